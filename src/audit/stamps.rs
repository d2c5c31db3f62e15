//! Stamps of earlier wordings: those that no wording ever had, and values that only their own wording's measure can judge.

use std::collections::HashSet;

use super::judge::{demand, judge};
#[cfg(doc)]
use super::model::Missing;
use super::model::{Audits, Item, Record, Wording};
use crate::book::Measure;
use crate::diag::{Code, Diagnostic, Severity};
use crate::edition::Reference;
use crate::forms::short;
use crate::method::Standards;
use crate::say;

/// What records name a wording by that is neither that of today nor, as far as `is_known` (id as of now, stamp) can
/// tell, an earlier one. `is_whole` says whether it can tell of all that ever were.
pub fn unknown_stamps(
    audits: &Audits,
    standards: &Standards,
    is_whole: bool,
    is_known: impl Fn(&str, &str) -> bool,
) -> Vec<Diagnostic> {
    let items = audits.records.iter().flat_map(|record| record.items.iter().map(move |item| (record.file, item)));
    let strange = items.filter_map(|(file, item)| {
        let Wording::Former(_) = item.wording else { return None };
        let standard = audits.standard(standards, item)?;
        let stamp = audits.stamp(standards, item)?;
        if audits.row(standards, item).is_some_and(|row| row.stamp == stamp) || is_known(&standard.id.name, stamp) {
            return None;
        }
        let id = &standard.id.name;
        let help = say!("the wording of today is `{reference}`", reference = Reference::to(standard).to_string());
        let (message, most) = match is_whole {
            true => (say!("`{id}` never had a wording with the stamp `{stamp}`", id, stamp), Severity::Error),
            // It may be right, and then there is nothing to mend.
            false => {
                (say!("a wording of `{id}` with the stamp `{stamp}` is not known here", id, stamp), Severity::Note)
            }
        };
        Some(Diagnostic::new(Code::UnknownStamp, item.key.of(file), message).help(help).at_most(most))
    });
    strange.collect()
}

impl Audits {
    /// Whether values were seen under earlier wordings, whose measures may have been others, or answers wait for theirs.
    pub fn has_former_values(&self) -> bool {
        let mut details = self.records.iter().flat_map(|record| &record.items).filter_map(|item| item.detail.as_ref());
        details.any(|detail| !detail.observed.is_empty()) || self.waiting().next().is_some()
    }

    /// The wordings, by id as of now and stamp, that answers wait for; see `Missing`.
    pub fn waiting(&self) -> impl Iterator<Item = (&str, &str)> {
        let missing = self.records.iter().filter_map(|record| record.missing.as_ref());
        missing.flat_map(|missing| &missing.waiting).filter_map(|item| self.former(item))
    }

    /// Id as of now and stamp of an item that names an earlier wording.
    fn former(&self, item: &Item) -> Option<(&str, &str)> {
        let Wording::Former(stamp) = item.wording else { return None };
        Some((self.ids.get(item.standard as usize)?, self.stamps.get(stamp as usize)?))
    }

    /// Judges values by the measure of the wording that they were seen under, and counts the answers that waited for theirs.
    /// `measure` gives that measure by id as of now and stamp: none where the wording is not known, and none inside where it
    /// had no measure.
    ///
    /// Until then such values are judged by the measure of today.
    pub fn rejudge<'m>(&mut self, measure: impl Fn(&str, &str) -> Option<Option<&'m Measure>>) {
        let mut judged = HashSet::new();
        let mut records = std::mem::take(&mut self.records);
        for record in &mut records {
            for item in &mut record.items {
                if item.detail.as_ref().is_none_or(|detail| detail.observed.is_empty()) {
                    continue;
                }
                let known = self.former(item).and_then(|(id, stamp)| measure(id, stamp));
                if known.is_some_and(|measure| judge_by(item, measure)) {
                    judged.insert(item.key.of(record.file));
                }
            }
            let Some(missing) = &mut record.missing else { continue };
            for mut item in std::mem::take(&mut missing.waiting) {
                let known = self.former(&item).and_then(|(id, stamp)| measure(id, stamp));
                match known.is_some_and(|measure| judge_by(&mut item, measure)) {
                    true => record.items.push(item),
                    false => missing.waiting.push(item),
                }
            }
        }
        self.records = records;
        // What today's measure could not judge is no bad answer any more.
        self.findings.retain(|finding| !(finding.code == Code::BadAnswer && judged.contains(&finding.span)));
    }
}

/// Judges an item anew by the measure of its own wording; false where what was seen is nothing that it could be compared with.
fn judge_by(item: &mut Item, measure: Option<&Measure>) -> bool {
    let observed = item.detail.as_mut().map(|detail| std::mem::take(&mut detail.observed)).unwrap_or_default();
    if !observed.is_empty() {
        let Ok(outcome) = judge(observed.iter().map(String::as_str), observed.len() > 1, measure) else {
            item.detail.get_or_insert_default().observed = observed;
            return false;
        };
        (item.answer, item.passed, item.observations) = (outcome.answer, outcome.passed, outcome.observations);
    }
    item.demand = demand(measure);
    true
}

impl Record {
    /// Says that what the record was judged by is not here, and how many of its answers are not counted for it.
    pub fn without_edition(&self) -> Option<Diagnostic> {
        let missing = self.missing.as_ref()?;
        let name = short(self.edition.as_deref().unwrap_or_default());
        let message = match self.uncounted() {
            0 => say!("the edition `{name}` is not known here; what it was about is judged by its stamps", name),
            n => say!(
                n;
                "the edition `{name}` is not known here; 1 answer of this record is kept and not counted",
                "the edition `{name}` is not known here; {n} answers of this record are kept and not counted",
                name
            ),
        };
        let help =
            say!("bring {path} back, from git or from where the form was made", path = format!("editions/{name}.yaml"));
        Some(Diagnostic::new(Code::UnknownEdition, missing.span, message).help(help))
    }
}
