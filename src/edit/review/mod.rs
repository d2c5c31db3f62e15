//! The files of reviews, and what a review changes in the book: `review open`, `review record`, `review close`,
//! `review reopen`.

mod close;
#[cfg(feature = "desk")]
mod decide;
mod end;
mod open;
mod record;

pub(crate) use close::reopen;
#[cfg(feature = "desk")]
pub(crate) use decide::{Decided, decide, reviewers};
#[cfg(feature = "desk")]
pub(crate) use end::left;
pub(crate) use end::{Ask, Ended, ReviewFiles, Todo, end, reopens};
pub use open::{open, path};
pub(crate) use record::{Recording, record};
