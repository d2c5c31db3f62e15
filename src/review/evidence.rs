//! What audits and customers say about a standard since it was last looked at, and what that calls for.
//!
//! Counted are units, a standard in one visit, of the wording in force, since the last review of it was opened: what came
//! before was frozen in that review and was decided on.
//!
//! Rules of thumb, which `gather` carries out, all of them over figures that are shown beside them, and none over age:
//!
//! - *failed by most*: of at least [`ENOUGH`] judged units fewer than half were met;
//! - *read differently*: its auditors agree less often than those of all other standards, by more than chance
//!   ([`disputed_more`](crate::statistics::Ratings::disputed_more)), as the audit report says too;
//! - *complaints*: customers rate its phase low more often than the whole book, and the difference is more than chance;
//! - *met by practically everyone for a year* (above the basic level): of the past year's units, whatever was reviewed
//!   meanwhile, at least nine of ten were met, and so many that the lower bound of the rate's interval is at least [`ORDINARY`], in at least three
//!   quarters of that year. Not where a review moved its level less than a year ago: a standard is at its level for a year
//!   before anything proposes another. What was exclusive decays into the expected, and that into the basic (Kano 1984); a proposal
//!   to move it down, never more.

use super::model::{Call, Decision, Frozen};
#[cfg(doc)]
use crate::statistics::ENOUGH;

/// From this lower bound on, a rate counts as *practically everyone*: two of three. Eight of eight reach it, which are the
/// audits of a year in many a house, and so do 13 of 14; 7 of 7 and 12 of 14 do not.
pub const ORDINARY: f64 = 2.0 / 3.0;

/// What evidence says about one standard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Evidence {
    /// Units met, of the wording in force, since its last review was opened.
    pub met: u32,
    /// Units judged.
    pub of: u32,
    /// The rate's 95 % interval; none below five judged.
    pub interval: Option<(f64, f64)>,
    /// Share of low ratings of its phase.
    pub low_ratings: Option<f64>,
    /// Share of judgements in which auditors agreed, where several judged the same thing.
    pub agreement: Option<f64>,
    /// How often several auditors judged the same thing.
    pub agreement_units: u32,
    /// Units met and judged in the past year, whatever was reviewed meanwhile.
    pub year: (u32, u32),
    /// What it calls for.
    pub calls: Vec<Call>,
}

impl Evidence {
    /// Whether there is any.
    pub fn is_empty(&self) -> bool {
        *self == Evidence::default()
    }

    /// What the figures propose; the reviewers decide.
    pub fn proposal(&self) -> Option<Decision> {
        self.freeze().proposal()
    }

    /// As a record keeps it.
    pub fn freeze(&self) -> Frozen {
        let agreement_units = self.agreement.map(|_| self.agreement_units);
        let Evidence { met, of, low_ratings, agreement, .. } = *self;
        let (calls, year) = (self.calls.clone(), self.calls.contains(&Call::Ordinary).then_some(self.year));
        Frozen { met, of, low_ratings, agreement, agreement_units, calls, year }
    }
}
