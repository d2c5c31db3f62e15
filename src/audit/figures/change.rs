//! What got better or worse, wording by wording.

use schemars::JsonSchema;
use serde::Serialize;

use super::RecordSelection;
use super::comparison::{compare, judge};
use super::gather::{Gathered, Month, WordingTally};
use super::tally::Items;
use crate::statistics::{Interval, Rate};

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
    let mut found = Vec::new();
    let mut changes = Vec::new();
    for (number, wordings) in all.standards.iter().enumerate() {
        for wording in wordings {
            let (before, now) = rates(&which, wording);
            let Some(compared) = compare("standard", "", None, now, before) else { continue };
            let Some((standard, stamp)) = name(number, wording) else { continue };
            changes.push((standard, stamp, before, now));
            found.push(compared);
        }
    }
    judge(&mut found);
    let change =
        |((standard, stamp, before, now), compared): ((String, Option<String>, Rate, Rate), super::Comparison)| {
            Change {
                standard,
                stamp,
                before: before.into(),
                now: now.into(),
                difference: compared.difference,
                interval: compared.interval,
                p: compared.p,
                established: compared.established,
            }
        };
    (Some(stretches), changes.into_iter().zip(found).map(change).collect())
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
