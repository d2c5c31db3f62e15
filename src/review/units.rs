//! What is counted of audits: a standard in one visit.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::audit::{Answer, Audits, Item, Record};
use crate::method::Standards;
use crate::statistics::Rate;

/// A standard in one visit, by the vote of its auditors.
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub day: NaiveDate,
    pub is_met: bool,
}

/// The stamp of the wording that an answer judged: the one that it names, else the one of the set that its record was judged by.
pub(super) fn judged<'a>(audits: &'a Audits, standards: &'a Standards, item: &Item) -> Option<&'a str> {
    let by_set = || audits.row(standards, item).map(|standard| standard.stamp.as_str());
    audits.stamp(standards, item).or_else(by_set)
}

/// The units that were judged met or not met, of the answers that `picks` lets through, by the number of their id. Where a visit has
/// several auditors they vote, and a tie is neither.
pub(super) fn units(audits: &Audits, picks: impl Fn(&Record, &Item) -> bool) -> Vec<Vec<Unit>> {
    // By standard and visit: the day, and what each auditor said; several answers of one auditor are
    // met when all are.
    type Votes<'a> = (NaiveDate, BTreeMap<(Option<&'a str>, usize), bool>);
    let mut votes: Vec<BTreeMap<usize, Votes>> = vec![BTreeMap::new(); audits.ids.len()];
    for (place, (record, visit)) in audits.records.iter().zip(audits.visits()).enumerate() {
        // Without a name, an auditor is the auditor of that record alone.
        let auditor = (record.auditor.as_deref(), if record.auditor.is_some() { 0 } else { place });
        for item in record.items.iter().filter(|item| item.is_judged() && picks(record, item)) {
            let Some(of_standard) = votes.get_mut(item.standard as usize) else { continue };
            let (_, said) = of_standard.entry(visit).or_insert_with(|| (record.moment.date, BTreeMap::new()));
            let is_met = item.answer == Answer::Met;
            said.entry(auditor).and_modify(|met| *met &= is_met).or_insert(is_met);
        }
    }
    let decide = |(day, said): (NaiveDate, BTreeMap<(Option<&str>, usize), bool>)| {
        let met = said.values().filter(|is_met| **is_met).count();
        let not_met = said.len() - met;
        (met != not_met).then_some(Unit { day, is_met: met > not_met })
    };
    votes.into_iter().map(|visits| visits.into_values().filter_map(decide).collect()).collect()
}

/// How many were met.
pub(super) fn rate<'a>(units: impl Iterator<Item = &'a Unit>) -> Rate {
    units.map(|unit| Rate::new(u64::from(unit.is_met), 1)).sum()
}
