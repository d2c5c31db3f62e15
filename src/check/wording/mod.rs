//! Whether a standard says one thing that can be seen or measured.
//!
//! A text goes one way: [`Reading`] cuts it into words once, leaves out speech and code, and looks
//! every word up once in the language's list ([`words`]); a [`Statement`] adds what is known about
//! the standard; each rule then only looks at the words that its list found. [`sentences`] are the
//! statements of a book with their places.
//!
//! A language is one file in `words/` and one line in [`words::LANGUAGES`]; texts in other
//! languages are left alone.

pub(super) mod absolute_claim;
pub(super) mod compound_statement;
pub(super) mod duplicate_text;
pub(super) mod escape_clause;
mod figure;
pub(super) mod inner_state;
mod lexicon;
mod lint;
pub(super) mod long_statement;
pub(super) mod measure_mismatch;
pub(super) mod missing_actor;
pub(super) mod missing_measure;
pub(super) mod negative_demand;
pub(super) mod open_list;
mod reading;
mod sentence;
mod speech;
mod statement;
mod token;
pub(super) mod vague_word;
pub(super) mod weak_modal;
pub mod words;

#[cfg(test)]
mod testing;

pub use figure::{Dimension, Figure, figures};
pub use lint::lint;
pub use reading::Reading;
pub use sentence::{Sentence, StaffNouns, sentences};
pub use statement::{Hit, Statement};
pub use words::Words;
