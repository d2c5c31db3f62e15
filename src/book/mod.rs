//! The book: what an author wrote, read into types.
//!
//! [`load`] goes from a [`World`](crate::source::World) to a [`Loaded`]: files → marked trees ([`crate::source::yaml`]) →
//! drafts (`draft`: as written, every value with its span) → [`Book`] (names resolved, quantities typed, texts by
//! language). No step stops at an error; all findings of all files come in one run.

mod blemish;
mod causes;
mod condition;
mod country;
pub(crate) mod decode;
pub(crate) mod draft;
pub(crate) mod draft_values;
mod expression;
pub(crate) mod format_words;
pub(crate) mod id;
mod list_marks;
mod load;
mod measure;
mod model;
mod picture;
mod resolve;
mod rules;
mod schema;
mod schema_checks;
mod text;
mod unread;
pub(crate) mod vocabulary;

pub(crate) use blemish::blemish_findings;
pub use condition::Condition;
pub use country::Country;
pub(crate) use decode::odd_help;
pub(crate) use draft_values::is_language_tag;
pub(crate) use expression::is_too_long;
pub use load::{LoadError, Loaded, MANIFEST, load};
pub(crate) use load::{YAML, decode_text, fault_finding, is_of_whole_file, refusal_finding};
pub use measure::{Bound, Measure};
pub use model::*;
pub(crate) use rules::RULES;
pub(crate) use schema::{KINDS, schema, schema_of_record};
#[cfg(feature = "editor")]
pub(crate) use schema_checks::TAG;
pub(crate) use text::GENDER;
pub use text::{Language, NOUN_FORMS, Noun, NounForms, Text, Worded};
pub(crate) use unread::unread;
pub(crate) use vocabulary::Word;
pub use vocabulary::{Aspect, Contact, Dimension, Feature, Level, Procedure, StandardType, Status, Verify};
