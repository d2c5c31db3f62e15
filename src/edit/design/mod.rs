//! Guided design: what the method still asks of a sequence (`next`), and answers as edits of the book's files
//! (`Design`). Whoever asks the questions keeps no state of their own: what is answered stands in the book, so a design
//! can be left at any question and taken up again.

mod addition;
mod open;
mod reopen;

#[cfg(feature = "editor")]
pub(crate) use addition::free;
pub(in crate::edit) use addition::intend;
pub(crate) use addition::{Design, NewStandard, NewStep};
pub use open::Asked;
pub(crate) use open::{Open, Progress};
pub(crate) use open::{next, progress, settled};

#[cfg(test)]
mod tests;
