//! Guided design: what the method still asks of a sequence (`next`), and answers as edits of the book's files
//! (`Design`). Whoever asks the questions keeps no state of their own: what is answered stands in the book, so a design
//! can be left at any question and taken up again.

mod addition;
mod next_question;
mod reopen;

pub(crate) use addition::{Design, NewStandard, NewStep};
pub use next_question::DesignScope;
pub(crate) use next_question::{OpenQuestion, Progress};
pub(crate) use next_question::{next, progress, settled};

#[cfg(test)]
mod tests;
