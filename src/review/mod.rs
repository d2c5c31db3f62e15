//! The annual review: once a year every standard is looked at again, with evidence, and kept, reworded, tightened,
//! loosened, split, merged, moved up or down a level, or retired.
//!
//! In: the files below `reviews/`, the standards and the evidence ([`Evidence`]) that audits and feedback give. Out:
//! [`Reviews`], what is due and why ([`Due`]), what a filled form says ([`filled`]), and whether decisions were carried out
//! ([`carried`]). Writing into the author's files is `edit`'s work.

mod actions;
mod age;
pub mod carried;
pub mod draft;
mod due;
mod evidence;
pub mod filled;
mod findings;
mod gather;
pub(crate) mod kept;
mod load;
mod model;
mod period;
pub(crate) mod printed;
mod recommend;
mod rules;
mod schema;
mod trend;
mod units;

pub use actions::{OpenAction, as_of, open_actions};
pub use age::{ids, in_force, names};
pub use due::{
    Due, Last, Overview, WordingChange, entry_before, last_before, last_reviews, later, next_review, overview,
};
pub use evidence::Evidence;
pub use findings::{findings, unknown_sets};
pub use gather::gather;
pub use load::load;
pub use model::KEPT;
pub use model::{Added, Call, Decision, Demand, Frozen, Reason, Reopening, Review, ReviewEntry, Reviews};
pub use period::{period, review_before};
pub use recommend::{About, Advice, Recommended, recommend};
pub use rules::RULES;
pub use schema::schema;
pub use trend::{Trend, total, trends};
