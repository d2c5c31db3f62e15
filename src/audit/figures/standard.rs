//! A standard's own figures.

use schemars::JsonSchema;
use serde::Serialize;

use super::tally::Items;
use super::wording::WordingTally;
use crate::audit::WHOLE;
use crate::statistics::{Interval, Rate};

/// How one wording of a standard was kept.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StandardFigures {
    /// Its id as of now; as written where the book no longer knows it.
    pub id: String,
    /// The wording. A record that names none counts for today's; null where the book no longer knows the standard.
    pub stamp: Option<String>,
    /// Observations that passed, over all records.
    pub passed: u64,
    /// Observations over all records.
    pub observations: u64,
    /// Share of observations that passed.
    pub rate: Option<f64>,
    /// Its 95 % interval (Wilson); null below 5 observations.
    pub interval: Option<Interval>,
    /// Units met: a unit is one standard in one visit.
    pub met: u64,
    /// Units judged.
    pub judged: u64,
    /// Units that are disputed.
    pub disputed: u64,
    /// Items met and judged: an item is one standard in one record.
    pub items: Items,
    /// The share of observations that it asks for.
    pub demand: f64,
}

impl StandardFigures {
    pub(super) fn of(id: &str, stamp: Option<&str>, wording: &WordingTally) -> Self {
        let WordingTally { observed, units, items, .. } = wording;
        StandardFigures {
            id: id.to_owned(),
            stamp: stamp.map(str::to_owned),
            passed: observed.met(),
            observations: observed.of(),
            rate: observed.share(),
            interval: observed.told_interval(),
            met: units.met(),
            judged: units.of(),
            disputed: wording.disputed,
            items: Items::from(*items),
            demand: f64::from(wording.demand) / f64::from(WHOLE),
        }
    }

    /// Units met out of units judged.
    pub fn units(&self) -> Rate {
        Rate::new(self.met, self.judged)
    }

    /// Whether fewer of its observations passed than it asks for, where it asks for a share of them.
    pub(super) fn falls_short(&self) -> bool {
        self.demand < 1.0 && self.rate.is_some_and(|rate| rate < self.demand - 1e-9)
    }
}
