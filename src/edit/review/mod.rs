//! The files of reviews, and what a review changes in the book: `review open`, `review record`, `review close`.

mod close;
mod open;
mod record;

pub(crate) use close::{Applied, apply, close};
pub use open::{open, path};
pub(crate) use record::{Recording, record};
