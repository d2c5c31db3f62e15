//! The book: what an author wrote, read into types.
//!
//! [`load`] goes from a [`World`](crate::source::World) to a [`Loaded`]: files → marked trees ([`crate::source::yaml`]) →
//! drafts ([`draft`]: as written, every value with its span) → [`Book`] (names resolved, quantities typed, texts by
//! language). No step stops at an error; all findings of all files come in one run.

mod blemish;
mod condition;
pub mod decode;
pub mod draft;
pub mod draft_values;
mod expression;
pub mod format_words;
pub mod id;
mod load;
mod measure;
mod model;
mod resolve;
mod rules;
mod schema;
mod text;
pub(crate) mod words;

pub use blemish::blemish_findings;
pub use condition::Condition;
pub use draft_values::is_language_tag;
pub use expression::{MAX_LENGTH, is_too_long};
pub use load::{LoadError, Loaded, MANIFEST, decode_text, is_of_whole_file, load, refusal_finding};
pub use measure::{Bound, Measure};
pub use model::*;
pub use rules::RULES;
pub use schema::{KINDS, schema};
pub use text::{Language, Noun, NounForms, Text, Worded};
pub use words::{Aspect, Contact, Dimension, Level, Procedure, StandardType, Status, Verify, Word};
