//! Audits: records of what was seen, judged by the standards they speak of.
//!
//! [`load`] goes from the files in `audits/` to [`Audits`]: records ([`Record`]) whose items ([`Item`]) are resolved to
//! standards, former ids included, and judged by their measures. Nothing stops at an error; what is wrong in a record
//! stands in [`Audits::findings`], and the rest of it counts.

mod bases;
mod detail;
pub mod draft;
pub(crate) mod evidence;
mod facts;
pub mod figures;
pub mod filled;
mod findings;
mod judge;
mod load;
mod model;
mod needs;
mod people;
mod plan;
pub(crate) mod record_words;
mod resolve;
mod round;
mod rules;
mod schema;
mod stamps;
mod subject;
mod table;
#[cfg(test)]
mod testing;
mod units;
mod visits;
mod written;

pub use facts::Fact;
pub use findings::{ActionState, Finding, Unanswered, all_unanswered, findings, unanswered};
pub use judge::{Outcome, Unjudged, judge};
pub use load::{is_later, leaves_out, load};
pub use model::{Action, Answer, Audits, Detail, Grade, Item, Kind, Moment, NO_ROW, Planned, Record, WHOLE, Wording};
#[cfg(feature = "desk")]
pub(crate) use people::looks_like_a_person;
pub use plan::{Plan, PlanPlace, PlanVisit, PlanWanted, plan};
pub use resolve::StandardIndex;
pub use round::RoundKey;
pub use rules::RULES;
pub use schema::schema;
pub use stamps::unknown_stamps;
pub use units::{AuditUnit, Verdict};
pub use written::{WrittenAnswer, WrittenRecord};

/// The folder of a book that holds its audit records.
pub const FOLDER: &str = "audits";

pub(crate) use filled::PHOTOS;
