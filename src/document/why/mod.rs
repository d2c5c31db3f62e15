//! Why a standard is there: what led to it and what came of it.
//!
//! [`why_of`] gathers, in no language, what `why --format json` prints; [`why`] lays the same out for people.

mod facts;
mod orphans;
mod view;
mod wordings;

pub use facts::{Why, why_of};
pub use orphans::{Orphans, orphans};
pub use view::{WhyView, why};
