//! What got better or worse, wording by wording.

use schemars::JsonSchema;
use serde::Serialize;

use super::RecordSelection;
use super::comparison::established;
use super::gather::{Gathered, Month};
use super::tally::Items;
use super::wording::WordingTally;
use crate::statistics::{Interval, Rate, difference, exact_test};

/// How one wording of a standard fared in two stretches of time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Change {
    /// Id of the standard.
    pub standard: String,
    /// The wording.
    pub stamp: Option<String>,
    /// Units of the earlier stretch.
    pub before: Items,
    /// Units of the later one.
    pub now: Items,
    /// Share of units met in the later one, less that in the earlier one.
    pub difference: f64,
    /// Its 95 % interval (Newcombe); null below 5 units in one of them.
    pub interval: Option<Interval>,
    /// Probability of shares at least as unlike, if they did not differ (Fisher's exact test); null as above.
    pub p: Option<f64>,
    /// Whether it may be believed, all changes considered (Benjamini and Hochberg, 5 %).
    pub established: bool,
}

/// Two stretches of time that are compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Stretches {
    /// First and last month, or day, of the earlier one.
    pub before: [String; 2],
    /// Of the later one.
    pub now: [String; 2],
}

/// Which stretches are compared: the period and the one before it where one is asked for, else the halves of the months.
enum Which {
    Periods,
    Halves(Month),
}

/// What changed, and between what; nothing where there is nothing to compare.
pub(super) fn changes(
    all: &Gathered,
    wanted: &RecordSelection<'_>,
    name: impl Fn(usize, &WordingTally) -> Option<(String, Option<String>)>,
) -> (Option<Stretches>, Vec<Change>) {
    let Some((which, stretches)) = stretches(all, wanted) else { return (None, Vec::new()) };
    let mut changes: Vec<Change> = Vec::new();
    for (number, wordings) in all.standards.iter().enumerate() {
        for wording in wordings {
            // A wording is judged once on each visit, so its units are independent.
            let (before, now) = rates(&which, wording);
            let Some(found) = difference(now, before) else { continue };
            let Some((standard, stamp)) = name(number, wording) else { continue };
            let enough = !(now.is_few() || before.is_few());
            changes.push(Change {
                standard,
                stamp,
                before: before.into(),
                now: now.into(),
                difference: found.value,
                interval: enough.then_some(found.interval),
                p: if enough { exact_test(now, before) } else { None },
                established: false,
            });
        }
    }
    let told: Vec<_> = changes.iter().map(|change| change.p.zip(change.interval)).collect();
    for (change, established) in changes.iter_mut().zip(established(&told)) {
        change.established = established;
    }
    (Some(stretches), changes)
}

fn stretches(all: &Gathered, wanted: &RecordSelection<'_>) -> Option<(Which, Stretches)> {
    if let (Some((first, last)), Some(from), Some(to)) = (wanted.period_before(), wanted.from, wanted.to) {
        let [first, last, from, to] = [first, last, from, to].map(|day| day.to_string());
        return Some((Which::Periods, Stretches { before: [first, last], now: [from, to] }));
    }
    let (first, last) = (all.months.keys().next()?, all.months.keys().next_back()?);
    let months = last.since(*first) + 1;
    if months < 2 {
        return None;
    }
    let middle = first.after(months / 2);
    let [first, before, from, last] = [*first, middle.after(-1), middle, *last].map(|month| month.to_string());
    Some((Which::Halves(middle), Stretches { before: [first, before], now: [from, last] }))
}

/// Units before and now.
fn rates(which: &Which, wording: &WordingTally) -> (Rate, Rate) {
    match which {
        Which::Periods => (wording.before, wording.units),
        Which::Halves(middle) => {
            let sum = |is_now: bool| {
                let months = wording.months.iter().filter(|month| (month.month >= *middle) == is_now);
                months.map(|month| month.units).sum::<Rate>()
            };
            (sum(false), sum(true))
        }
    }
}
