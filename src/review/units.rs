//! What is counted of audits: a standard in one visit.

use chrono::NaiveDate;

use crate::audit::{Audits, Item, Record, Verdict};
use crate::method::Standards;
use crate::statistics::Rate;

/// A standard in one visit, as its auditors judged it together; see [`crate::audit::Unit`].
#[derive(Clone, Copy)]
pub(super) struct Unit {
    pub day: NaiveDate,
    pub is_met: bool,
    /// The number of the visit.
    pub visit: usize,
}

/// The units that were judged met or not met, of the answers that `picks` lets through, by the number of their id. What is
/// disputed is neither.
pub(super) fn units(audits: &Audits, standards: &Standards, picks: impl Fn(&Record, &Item) -> bool) -> Vec<Vec<Unit>> {
    let mut units: Vec<Vec<Unit>> = vec![Vec::new(); audits.ids.len()];
    let visits = audits.visits();
    audits.each_unit(
        standards,
        |_| true,
        picks,
        |record, unit, _| {
            if let Some(of_standard) = units.get_mut(unit.standard as usize).filter(|_| unit.is_judged()) {
                let visit = visits.get(unit.record).copied().unwrap_or_default();
                of_standard.push(Unit { day: record.moment.date, is_met: unit.verdict == Verdict::Met, visit });
            }
        },
    );
    units
}

/// How many were met.
pub(super) fn rate<'a>(units: impl Iterator<Item = &'a Unit>) -> Rate {
    units.map(|unit| Rate::new(u64::from(unit.is_met), 1)).sum()
}
