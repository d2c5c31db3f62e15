//! Whether a standard says one thing that can be seen or measured.
//!
//! A text goes one way: [`Reading`] cuts it into words once, leaves out speech and code, and looks
//! every word up once in the language's list ([`words`]); a [`Statement`] adds what is known about
//! the standard; each rule then only looks at the words that its list found. `sentences` are the
//! statements of a book with their places.
//!
//! A language is one folder in `words/` and one line in `words::LANGUAGES`; texts in other
//! languages are left alone.

mod absolute_claim;
mod compound_statement;
mod context;
mod cut_sentence;
mod duplicate_text;
mod escape_clause;
mod figure;
mod figure_without_measure;
mod inner_state;
mod lexicon;
mod lint;
mod long_statement;
mod measure_mismatch;
mod missing_actor;
mod missing_measure;
mod negative_demand;
mod open_list;
mod quantity;
mod reading;
mod sentence;
mod single_brace;
mod speech;
mod statement;
mod token;
mod unwritten_text;
mod vague_word;
mod weak_modal;
pub mod words;

#[cfg(test)]
mod testing;

pub use figure::{Figure, figures};
pub(crate) use lint::lint;
pub(crate) use quantity::single_quantity;
pub use reading::Reading;
pub(crate) use sentence::{Sentence, StaffNouns, judged, sentences};
pub use statement::{Hit, Statement};
pub use words::WordListLanguage;

use crate::check::rules::Check;

/// The rules of this group that run here.
pub(super) static CHECKS: &[Check] = &[
    Check::text(&vague_word::RULE, vague_word::vague_word),
    Check::text(&missing_measure::RULE, missing_measure::missing_measure),
    Check::text(&compound_statement::RULE, compound_statement::compound_statement),
    Check::text(&missing_actor::RULE, missing_actor::missing_actor),
    Check::text(&weak_modal::RULE, weak_modal::weak_modal),
    Check::text(&inner_state::RULE, inner_state::inner_state),
    Check::text(&escape_clause::RULE, escape_clause::escape_clause),
    Check::text(&open_list::RULE, open_list::open_list),
    Check::text(&absolute_claim::RULE, absolute_claim::absolute_claim),
    Check::text(&negative_demand::RULE, negative_demand::negative_demand),
    Check::text(&long_statement::RULE, long_statement::long_statement),
    Check::book(&duplicate_text::RULE, duplicate_text::check),
    Check::texts(&measure_mismatch::RULE, measure_mismatch::check),
    Check::book(&cut_sentence::RULE, cut_sentence::check),
    Check::book(&single_brace::RULE, single_brace::check),
    Check::book(&unwritten_text::RULE, unwritten_text::check),
    Check::texts(&figure_without_measure::RULE, figure_without_measure::check),
];
