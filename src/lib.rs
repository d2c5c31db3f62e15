//! gamma-ok designs customer-service standards and audits service quality by the OK method (*Obsługa Klienta*, customer
//! service). A book of YAML files in git goes in; findings, standards, training manuals and checklists come out.
//!
//! # The way of the data
//!
//! | stage | module | in | out |
//! |---|---|---|---|
//! | read | [`source`] | files, through a [`source::World`] | [`source::Source`] and [`source::yaml::Node`]: text and values with spans |
//! | parse | [`book`] | trees | [`book::draft`] (as written, every value with its span), then a [`book::Book`] (resolved) |
//! | convert | [`method`] | a `Book` | [`method::Standards`]: written, derived and of hand-offs, with stamps, and the matrix |
//! | compare | [`changes`] | a `Book` and its `Standards`, twice | [`changes::Changes`]: added, reworded, tightened, retired … |
//! | judge | [`audit`] | the records in `audits/` and `Standards` | [`audit::Audits`]: items resolved and judged |
//! | judge | [`feedback`] | the tables in `feedback/` and a `Book` | [`feedback::Ranking`]: where to begin, and how sure that is |
//! | compose | [`document`] | a [`document::Request`] | a [`document::Document`]: one view in one language, knows no format |
//! | render | [`render`] | a `Document` and the templates | bytes |
//!
//! [`edit`] goes the other way: from a [`book::Loaded`] and what is asked (`rename`, `convert --write`, `init`) to
//! [`edit::Change`]s of the author's files that keep every other byte.
//!
//! [`diag`] holds what a finding is, [`language`] the interface texts, and [`library`] the built-in traits, sectors and
//! templates; they serve every stage.
//!
//! # Invariants
//!
//! - Each stage is pure over the one before. Only [`source::Disk`] and [`source::Git`] read the disk; only the command line prints, asks
//!   the date, ends the program, or writes the disk (an author's files through [`edit::write()`]).
//! - Nothing stops at the first error: a stage gives what it could make, and its findings beside it.
//! - Imports run downwards only, in the order of the table; a test over `use crate::` holds them to it.
//! - The same input gives the same bytes: no clock, no order of a hash table, no absolute path in any output.
//! - A name is the field's own term, and the same word in YAML, types, commands and documents.
//! - Whatever an author wrote is text, never markup or template, in every document.
//!
//! # What the program says
//!
//! Findings, remarks, refusals and help are said in the language of whoever runs the program. Whatever a person is to read
//! is a [`language::Message`], made by [`say!`]: `say!("the phase `{phase}` has no traits", phase = id)`, or, where
//! something is counted, `say!(n; "1 error", "{n} errors")`; a kept word stands in backticks, a part that is a sentence or a
//! noun phrase itself is a message too. Nothing else is needed to add one: the English template is the key of its
//! translations in `src/language/messages/pl/*.yaml` and `sv/*.yaml`, and a test reads the sources and names the templates
//! that a language lacks. A message is its English text (`Deref<Target = str>`) wherever a text is needed: for programs, which
//! read English whatever the locale.
//!
//! # To add something
//!
//! A rule is a file in `check/rules` and a line in its register; a format a file in `render` and a line in its register; a
//! language a file in `language/texts` and a folder in `language/messages`; a command a file in `cli` and an arm; a key of the YAML format a line in
//! [`book::draft`], from which decoding, "did you mean" and the JSON Schema follow.

pub mod audit;
pub mod book;
pub mod changes;
pub mod check;
pub mod cli;
pub mod diag;
pub mod document;
pub mod edit;
pub mod edition;
pub mod feedback;
pub mod language;
pub mod library;
pub mod message;
pub mod method;
pub mod project;
pub mod render;
pub mod report;
pub mod review;
pub mod source;
pub mod statistics;
pub mod text;
pub mod units;
