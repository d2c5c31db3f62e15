//! What audits and customers say about a standard since it was last looked at, and what that calls for.
//!
//! Rules of thumb, which `gather` carries out, all of them over figures that are shown beside them, and none over age:
//!
//! - *failed by most*: of at least [`ENOUGH`] judged items fewer than half were met;
//! - *read differently*: of at least [`ENOUGH`] units that several auditors judged, their judgements agreed in less than
//!   [`AGREED`];
//! - *complaints*: customers rate its phase low more often than the whole book, and the difference is more than chance;
//! - *met by practically everyone for a year* (above the basic level): of the past year's items so many were met that
//!   the lower bound of the rate's interval is at least [`ORDINARY`], in at least three quarters of that year. What was
//!   exclusive decays into the expected, and that into the basic (Kano 1984); a proposal to move it down, never more.

use super::model::{Decision, Frozen};
#[cfg(doc)]
use crate::statistics::ENOUGH;

/// Below this share of agreement a wording is read differently.
pub const AGREED: f64 = 0.8;

/// From this lower bound on, a rate counts as *practically everyone*: 16 of 16 reach it, and so do 35 of 37.
pub const ORDINARY: f64 = 0.8;

/// What evidence says about one standard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Items met, of the wording in force.
    pub met: u32,
    /// Items judged.
    pub of: u32,
    /// The rate's 95 % interval; none below five judged.
    pub interval: Option<(f64, f64)>,
    /// Share of low ratings of its phase.
    pub low_ratings: Option<f64>,
    /// Share of judgements in which auditors agreed, where several judged the same thing.
    pub agreement: Option<f64>,
    /// How often several auditors judged the same thing.
    pub agreement_units: u32,
    /// What it calls for.
    pub calls: Vec<Call>,
}

/// What evidence calls attention to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Call {
    /// Fewer than half of its items were met.
    FailedByMost,
    /// Auditors judged the same thing differently.
    ReadDifferently,
    /// Customers rate its phase low more often than the rest.
    Complaints,
    /// Met by practically everyone for a year, above the basic level.
    Ordinary,
}

impl Call {
    /// The word for it in interface keys and JSON.
    pub fn word(self) -> &'static str {
        match self {
            Call::FailedByMost => "failed-by-most",
            Call::ReadDifferently => "read-differently",
            Call::Complaints => "complaints",
            Call::Ordinary => "ordinary",
        }
    }
}

impl Evidence {
    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        *self == Evidence::default()
    }

    /// What the figures propose; the reviewers decide.
    pub fn proposal(&self) -> Option<Decision> {
        self.calls.contains(&Call::Ordinary).then_some(Decision::LevelDown)
    }

    /// As a record keeps it.
    pub fn freeze(&self) -> Frozen {
        let agreement_units = self.agreement.map(|_| self.agreement_units);
        let Evidence { met, of, low_ratings, agreement, .. } = *self;
        Frozen { met, of, low_ratings, agreement, agreement_units }
    }
}
