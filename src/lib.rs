//! gamma-ok designs customer-service standards and audits service quality by the OK method (*Obsługa Klienta*, customer
//! service). A book of YAML files in git goes in; findings, standards, training manuals and checklists come out.
//!
//! A book is read from anywhere that can give files, and nothing stops at the first error:
//!
//! ```
//! use gamma_ok::book::load;
//! use gamma_ok::source::Memory;
//!
//! let sequence = "\
//! id: visit
//! title: A visit
//! phases:
//!   - id: payment
//!     title: Payment
//!     traits: [acurate]
//! ";
//! let shop = Memory::new([("gamma-ok.yaml", "title: Corner shop\n"), ("sequences/visit.yaml", sequence)]);
//! let loaded = load(&shop)?;
//! assert_eq!(loaded.book.sequences.len(), 1);
//!
//! let finding = loaded.findings.first().expect("a mistyped trait");
//! assert_eq!(finding.code.word(), "unknown-trait");
//! assert_eq!(finding.help.as_deref(), Some("did you mean `accurate`?"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Its standards are those that are written, and those that its traits yield:
//!
//! ```
//! # use std::path::Path;
//! use gamma_ok::book::load;
//! use gamma_ok::method::standards;
//! use gamma_ok::source::Disk;
//!
//! let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
//! let loaded = load(&Disk::new(Path::new("examples/shop"), today)?)?;
//! let standards = standards(&loaded.book);
//! for standard in &standards.all {
//!     println!("{}@{} {}", standard.id.name, standard.stamp, standard.level.word());
//! }
//! assert!(standards.all.iter().any(|standard| standard.id.name == "greet-from-the-ladder"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! And a checklist of them is composed once, then laid out in any format:
//!
//! ```
//! # use std::path::Path;
//! # use gamma_ok::book::load;
//! # use gamma_ok::method::standards;
//! # use gamma_ok::source::Disk;
//! use gamma_ok::document::{Pictures, Request, checklist};
//! use gamma_ok::edition::Filter;
//! use gamma_ok::render::{Renderer, format};
//!
//! # let today = chrono::NaiveDate::from_ymd_opt(2026, 3, 2).expect("a day");
//! # let loaded = load(&Disk::new(Path::new("examples/shop"), today)?)?;
//! # let standards = standards(&loaded.book);
//! let book = &loaded.book;
//! let filter = Filter::default().in_force(false);
//! let language = book.source_language();
//! let (control, audits, pictures) = (None, None, Pictures::default());
//! let request =
//!     Request { book, standards: &standards, site: None, filter: &filter, language, today, control, audits, pictures };
//! let checklist = checklist(request);
//!
//! let markdown = format("md").expect("a format of the register");
//! let bytes = Renderer::new(&book.templates).render(markdown, &checklist)?;
//! assert!(String::from_utf8(bytes)?.contains("- [ ]"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! # The way of the data
//!
//! The floors from the ground up: the first row is the lowest. A file imports from its own folder and from the rows before
//! its own, and from no other; `tests/it/architecture.rs` holds every file to it.
//!
//! | floor | from → to | may not |
//! |---|---|---|
//! | [`text`] | small things of text: days, the nearest known word, what looks the same, numbers in the digits of a language | |
//! | [`message`] | what is to be said to a person → a [`message::Message`], made by [`say!`] | know a language |
//! | [`statistics`] | numbers → numbers: a [`statistics::Rate`] and its interval, comparisons, agreement, charts, sample sizes; each with its source | know what an audit is |
//! | [`source`] | files, through a [`source::World`], and git, through a [`source::History`] → text, and [`source::yaml::Node`]s whose every value knows its place | know what a standard is |
//! | [`diag`] | a [`diag::Diagnostic`] with its [`diag::Code`]; severity is decided once, in the [`diag::Sink`] | print |
//! | [`library`] | the embedded `standards/` and `templates/` | |
//! | [`units`] | how a [`units::Quantity`] is read, in all languages | |
//! | [`book`] | text → `book::draft` (as written, every value with its place) → a [`book::Book`] (resolved) | stop at the first error; read the disk |
//! | [`language`] | how things are said: the [`language::Interface`], plurals, dates, numbers, units, quotation marks | |
//! | [`method`] | a `Book` → its [`method::Standards`]: written, derived and of hand-offs, with their stamps, and the matrix | lay out a sentence for a person |
//! | [`edition`] | `Standards` → the set as it stands, and as it stood: a [`edition::Set`] is named, kept and read back as an [`edition::Edition`]; the directory of ids, what a [`edition::Filter`] picks, the [`edition::Staffing`] of a site | |
//! | [`changes`] | two books with their standards → [`changes::Changes`], in the standards' own terms | |
//! | [`forms`] | a filled-in form of any kind of file, and what is asked → a [`forms::Form`]: what somebody wrote, each with its place, and what could not be read | know audit or review |
//! | [`audit`] | the records in `audits/` → [`audit::Audits`]: items resolved, judged, and counted into figures, the score ([`audit::figures`]) among them | lay out |
//! | [`feedback`] | the tables in `feedback/` → a [`feedback::Ranking`]: where to begin, and how sure that is | lay out |
//! | [`review`] | the files in `reviews/` and the evidence → [`review::Reviews`]: decided, due, carried out | lay out |
//! | [`check`] | joins what every floor found, and runs the rules of structure, method, wording, translation and life | write |
//! | [`report`] | findings → text for people, JSON, SARIF, GitHub, JUnit | |
//! | [`project`] | a folder → a [`project::Project`]: the opened book, with its records, its past and all findings when asked for: what all edges share | print |
//! | [`edit`] | what is asked (rename, convert, record, close …) → [`edit::FileEdit`]s of the author's files that keep every other byte | |
//! | [`import`] | a file of another program → what it changes in the book: new drafts, and the merge of three with what the program once wrote into the file | know what a house means that it does not say |
//! | [`document`] | any of these → a [`document::Document`]: one view in one language, final in content and order | know a format |
//! | [`render`] | a `Document` and the templates → bytes; one file or folder a format, and one register | compute content |
//! | [`export`] | a view → a file for another program | |
//! | `editor` | the edge: a text editor, which speaks the Language Server Protocol. A file for each request | hold what another edge would need too |
//! | `desk` | the edge: a browser, over HTTP. A file for each page | hold what another edge would need too |
//! | [`cli`] | the edge: a terminal, which starts the others. A file or a folder for each command | hold what another edge would need too |
//!
//! # Where to look
//!
//! | question | where |
//! |---|---|
//! | how a day is read, and why one is refused | [`text::written_day`] |
//! | how heavy a finding of a rule is | [`diag::Code::severity`] by default, [`diag::Sink`] under the manifest and `allow` |
//! | which standards a checklist, or any other document, is about | [`edition::select`] |
//! | how a score is computed | [`audit::figures::figures`], and of one group [`audit::figures::Score`] |
//! | how an author's file is written | [`edit::write()`]; a result that can be made again, `src/cli/files.rs` |
//!
//! # Invariants
//!
//! - Each floor is pure over those below. Only [`source::Disk`] and [`source::Git`] read a book from the disk. Only the
//!   edges print, ask the date, end the program and write results; an author's files are written by
//!   [`edit::write()`] alone, which reads each once more just before it replaces it.
//! - Nothing stops at the first error: a floor gives what it could make, and its findings beside it.
//! - The same input gives the same bytes: no clock, no order of a hash table, no absolute path in any output.
//! - A name is the field's own term, and the same word in YAML, types, commands and documents.
//! - Whatever an author wrote is text, never markup or template, in every document.
//!
//! # What the program says
//!
//! Findings, remarks, refusals and help are said in the language of whoever runs the program. Whatever a person is to read
//! is a [`message::Message`], made by [`say!`]: `say!("the phase `{phase}` has no traits", phase = id)`, or, where
//! something is counted, `say!(n; "1 error", "{n} errors")`; a kept word stands in backticks, a part that is a sentence or
//! a noun phrase itself is a message too. Nothing else is needed to add one: the English template is the key of its
//! translations below `src/language/messages`, and a test reads the sources and names the templates that a language
//! lacks. A message is its English text (`Deref<Target = str>`) wherever a text is needed: for programs, which read
//! English whatever the locale.
//!
//! # To add something
//!
//! `CONTRIBUTING.md` walks through each kind of addition, and `docs/decisions` says what was decided, why, and what was
//! refused.

pub mod audit;
pub mod book;
pub mod changes;
pub mod check;
pub mod cli;
#[cfg(feature = "desk")]
pub mod desk;
pub mod diag;
pub mod document;
pub mod edit;
pub mod edition;
#[cfg(feature = "editor")]
pub mod editor;
pub mod export;
pub mod feedback;
pub mod forms;
pub mod import;
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
