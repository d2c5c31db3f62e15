//! How a standard was worded: today's wording, those of editions, of reviews and of git, each with the days it is known from.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use crate::book::{Measure, Text};
use crate::changes;
use crate::language::Interface;
use crate::method::Standard;
use crate::project::{Project, Records};

/// One wording of a standard.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub struct WordingOutput {
    /// What names it.
    pub stamp: String,
    /// What it demands, by language; empty where only its stamp is known.
    #[schemars(with = "BTreeMap<String, String>")]
    pub text: Text,
    /// Its figure, as a file has it.
    pub measure: Option<String>,
    /// The first day that it is known of: an edition came into force, a review looked at it, or an audit judged it.
    pub from: Option<String>,
    /// The first day of the wording after it; null for today's.
    pub to: Option<String>,
    /// The editions that hold it: numbers of those that were issued, names of the others.
    pub editions: Vec<String>,
}

/// What is known of a wording so far.
#[derive(Default)]
struct KnownWording {
    text: Option<Text>,
    measure: Option<String>,
    from: Option<NaiveDate>,
    editions: Vec<String>,
}

/// All of them, the earliest first, today's last.
pub(super) fn wordings(opened: &Project, records: &Records, standard: &Standard, place: usize) -> Vec<WordingOutput> {
    let mut all: BTreeMap<String, KnownWording> = BTreeMap::new();
    of_editions(opened, records, standard, &mut all);
    let mut seen = |stamp: &str, day: Option<NaiveDate>| {
        let known = all.entry(stamp.to_owned()).or_default();
        known.from = known.from.into_iter().chain(day).min();
        known.text.is_none()
    };
    for review in &records.reviews.all {
        let Some(entry) = review.entry_of(place) else { continue };
        entry.stamp.iter().for_each(|stamp| _ = seen(stamp, review.opened));
        let closed = review.closed.as_ref().map(|closed| closed.value);
        entry.now.iter().for_each(|stamp| _ = seen(stamp, closed));
    }
    let audits = &records.audits;
    for record in &audits.records {
        for item in record.items.iter().filter(|item| audits.id(item) == standard.id.name) {
            if let Some(stamp) = audits.judged_stamp(&opened.standards, item) {
                seen(stamp, Some(record.moment.date));
            }
        }
    }
    seen(&standard.stamp, None);
    of_reviews(records, place, &mut all);
    of_git(opened, standard, &mut all);
    if let Some(now) = all.get_mut(&standard.stamp) {
        now.text = Some(standard.text.as_ref().clone());
        now.measure = standard.measure.as_ref().map(plain);
    }
    let mut ordered: Vec<(String, KnownWording)> = all.into_iter().collect();
    ordered.sort_by_key(|(stamp, known)| (*stamp == standard.stamp, known.from, stamp.clone()));
    let next: Vec<Option<NaiveDate>> = ordered.iter().skip(1).map(|(_, known)| known.from).chain([None]).collect();
    let output = |((stamp, known), to): ((String, KnownWording), Option<NaiveDate>)| WordingOutput {
        stamp,
        text: known.text.unwrap_or_default(),
        measure: known.measure,
        from: known.from.map(|day| day.to_string()),
        to: to.map(|day| day.to_string()),
        editions: known.editions,
    };
    ordered.into_iter().zip(next).map(output).collect()
}

fn of_editions(opened: &Project, records: &Records, standard: &Standard, all: &mut BTreeMap<String, KnownWording>) {
    let names = &records.audits.names.standards;
    for name in records.editions.names() {
        let Some(edition) = records.editions.revived(&opened.world, name) else { continue };
        let is_it =
            |then: &&Standard| standard.id.is_or_was(&then.id.name) || names.now(&then.id.name) == standard.id.name;
        let Some(then) = edition.standards.all.iter().find(is_it) else { continue };
        let known = all.entry(then.stamp.clone()).or_default();
        known.text.get_or_insert_with(|| then.text.as_ref().clone());
        known.measure = known.measure.take().or_else(|| then.measure.as_ref().map(plain));
        let issues: Vec<_> = records.editions.issues.iter().filter(|issue| issue.edition == name).collect();
        known.from = known.from.into_iter().chain(issues.iter().map(|issue| issue.in_force)).min();
        match issues.is_empty() {
            true => known.editions.push(name.to_owned()),
            false => known.editions.extend(issues.iter().map(|issue| issue.number.to_string())),
        }
    }
}

/// Reviews keep the words that they looked at.
fn of_reviews(records: &Records, place: usize, all: &mut BTreeMap<String, KnownWording>) {
    for entry in records.reviews.all.iter().filter_map(|review| review.entry_of(place)) {
        for (stamp, demand) in [(&entry.stamp, Some(&entry.demand)), (&entry.now, entry.became.as_ref())] {
            let (Some(stamp), Some(demand)) = (stamp, demand) else { continue };
            let Some(known) = all.get_mut(stamp) else { continue };
            known.text = known.text.take().or_else(|| demand.wording.clone());
            known.measure = known.measure.take().or_else(|| demand.measure.as_ref().map(plain));
        }
    }
}

/// What nothing here words, git may know.
fn of_git(opened: &Project, standard: &Standard, all: &mut BTreeMap<String, KnownWording>) {
    let is_wanted = |(stamp, known): &(&String, &KnownWording)| known.text.is_none() && **stamp != standard.stamp;
    let wanted = all.iter().filter(is_wanted).map(|(stamp, _)| (standard.id.name.clone(), stamp.clone()));
    let wanted: BTreeSet<(String, String)> = wanted.collect();
    if wanted.is_empty() {
        return;
    }
    let past = opened.history().and_then(|history| changes::wordings(history, &opened.standards, &wanted));
    for ((_, stamp), wording) in past.map(|past| past.found).unwrap_or_default() {
        if let Some(known) = all.get_mut(&stamp) {
            known.text = Some(wording.text);
            known.measure = wording.measure.as_ref().map(plain);
        }
    }
}

/// A figure for programs and people alike: in English words, as the interface has them.
fn plain(measure: &Measure) -> String {
    Interface::english().bound(measure).replace(crate::text::NO_BREAK, " ")
}
