//! Stamps of earlier wordings: those that no wording ever had, and values that only their own wording's measure can judge.

use std::collections::HashSet;

use super::judge::{demand, judge};
use super::model::{Audits, Wording};
use crate::book::Measure;
use crate::diag::{Code, Diagnostic, Severity};
use crate::edition::Reference;
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
    let items = audits.records.iter().flat_map(|record| &record.items);
    let strange = items.filter_map(|item| {
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
        Some(Diagnostic::new(Code::UnknownStamp, item.span, message).help(help).at_most(most))
    });
    strange.collect()
}

impl Audits {
    /// Whether values were seen under earlier wordings, whose measures may have been others.
    pub fn has_former_values(&self) -> bool {
        let mut details = self.records.iter().flat_map(|record| &record.items).filter_map(|item| item.detail.as_ref());
        details.any(|detail| !detail.observed.is_empty())
    }

    /// Judges values by the measure of the wording that they were seen under. `measure` gives that measure by id as of now
    /// and stamp: none where the wording is not known, and none inside where it had no measure.
    ///
    /// Until then such values are judged by the measure of today.
    pub fn rejudge<'m>(&mut self, measure: impl Fn(&str, &str) -> Option<Option<&'m Measure>>) {
        let mut judged = HashSet::new();
        for record in &mut self.records {
            for item in &mut record.items {
                let Wording::Former(stamp) = item.wording else { continue };
                let Some(detail) = item.detail.as_ref().filter(|detail| !detail.observed.is_empty()) else { continue };
                let (id, stamp) = (self.ids.get(item.standard as usize), self.stamps.get(stamp as usize));
                let Some(measure) = id.zip(stamp).and_then(|(id, stamp)| measure(id, stamp)) else { continue };
                let seen = detail.observed.iter().map(String::as_str);
                if let Ok(outcome) = judge(seen, detail.observed.len() > 1, measure) {
                    (item.answer, item.passed, item.observations) =
                        (outcome.answer, outcome.passed, outcome.observations);
                    item.demand = demand(measure);
                    judged.insert(item.span);
                }
            }
        }
        // What today's measure could not judge is no bad answer any more.
        self.findings.retain(|finding| !(finding.code == Code::BadAnswer && judged.contains(&finding.span)));
    }
}
