//! A person's figures: only where there is enough of them to be fair.

use schemars::JsonSchema;
use serde::Serialize;

use super::tally::{Score, Tally};

/// A person's figures need at least so many units: so many standards judged, each once in a visit.
pub const STAFF_UNITS: u64 = 30;

/// And so many visits, since one bad day is not a person.
pub const STAFF_VISITS: u64 = 5;

/// What was seen of one member of staff.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StaffFigures {
    /// The code that stands for the person.
    pub key: String,
    /// Observations of their work.
    pub observations: u64,
    /// Units of their work that were judged: a unit is one standard in one visit.
    pub units: u64,
    /// Visits on which it was observed.
    pub visits: u64,
    /// Their figures; null where there is not enough to be fair.
    pub figures: Option<Score>,
    /// What is missing; null where nothing is.
    pub withheld: Option<Withheld>,
}

/// Why a person's figures are withheld: how much there would have to be.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Withheld {
    /// Observations needed: a unit has at least one.
    pub observations_needed: u64,
    /// Units needed.
    pub units_needed: u64,
    /// Visits needed.
    pub visits_needed: u64,
}

impl StaffFigures {
    pub(super) fn of(code: &str, tally: &Tally, ids: &[String]) -> Self {
        let (units, visits) = (tally.rate().of(), tally.visits());
        let enough = units >= STAFF_UNITS && visits >= STAFF_VISITS;
        StaffFigures {
            key: code.to_owned(),
            observations: tally.observed().of(),
            units,
            visits,
            figures: enough.then(|| tally.score(ids, None)),
            withheld: (!enough).then_some(Withheld {
                observations_needed: STAFF_UNITS,
                units_needed: STAFF_UNITS,
                visits_needed: STAFF_VISITS,
            }),
        }
    }
}
