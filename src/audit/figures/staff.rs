//! A person's figures: only where there is enough of them to be fair.

use schemars::JsonSchema;
use serde::Serialize;

use super::gather::StaffTally;
use super::tally::Score;

/// A person's figures need at least so many observations.
pub const STAFF_OBSERVATIONS: u64 = 30;

/// And so many visits, since one bad day is not a person.
pub const STAFF_VISITS: u64 = 5;

/// What was seen of one member of staff.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct StaffFigures {
    /// The code that stands for the person.
    pub key: String,
    /// Observations of their work.
    pub observations: u64,
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
    /// Observations needed.
    pub observations_needed: u64,
    /// Visits needed.
    pub visits_needed: u64,
}

impl StaffFigures {
    pub(super) fn of(code: &str, tally: &StaffTally, ids: &[String]) -> Self {
        let (observations, visits) = (tally.observed.of(), tally.visits.len() as u64);
        let enough = observations >= STAFF_OBSERVATIONS && visits >= STAFF_VISITS;
        StaffFigures {
            key: code.to_owned(),
            observations,
            visits,
            figures: enough.then(|| tally.tally.score(ids, None)),
            withheld: (!enough)
                .then_some(Withheld { observations_needed: STAFF_OBSERVATIONS, visits_needed: STAFF_VISITS }),
        }
    }
}
