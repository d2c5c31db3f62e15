//! A standard's own figures.

use schemars::JsonSchema;
use serde::Serialize;

use super::gather::WordingTally;
use crate::statistics::Interval;

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
    /// Items met.
    pub met: u64,
    /// Items judged.
    pub judged: u64,
}

impl StandardFigures {
    pub(super) fn of(id: &str, stamp: Option<&str>, wording: &WordingTally) -> Self {
        let WordingTally { observed, items, .. } = wording;
        StandardFigures {
            id: id.to_owned(),
            stamp: stamp.map(str::to_owned),
            passed: observed.met(),
            observations: observed.of(),
            rate: observed.share(),
            interval: observed.told_interval(),
            met: items.met(),
            judged: items.of(),
        }
    }
}
