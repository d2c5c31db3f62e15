//! The files of reviews, and what a review changes in the book: `review open`, `review record`, `review close`,
//! `review reopen`.

mod close;
mod open;
mod record;

pub(crate) use close::{Applied, Closing, apply, close, reopen};
pub use open::{open, path};
pub(crate) use record::{Recording, record};
