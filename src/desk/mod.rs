//! The edge for browsers: `serve` opens a local page for managers, consultants and trainers, over the same stages as the
//! command line.
//!
//! In: requests over HTTP, from this computer or from phones that were let in. Out: answers. `gate` says who is let in, `phones`
//! which phones, `behind` by what address; `server` keeps the connections, `once` sees that a book has one desk, and `start` is
//! there where no book is; `refusal` says no in words that can be read. `book` reads the book again whenever a file of it changed, `write` writes it, `memory` is what is
//! remembered outside of books, and `pages` has a file for each page, which asks the floors below and fills a template of
//! `templates/desk`. What a page writes goes through `edit`, under the book's lock.
//!
//! Adding a page: its file in `pages`, a line in the register there, its template, and its texts below `desk` in the files of
//! the languages.

mod answer;
mod ask;
mod behind;
mod book;
mod gate;
mod memory;
mod once;
mod pages;
mod phones;
mod query;
mod refusal;
mod server;
mod start;
mod write;

pub use behind::Behind;
pub use server::{Desk, DeskError, Opening, Settings, Today};
pub use start::Start;
