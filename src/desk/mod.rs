//! The edge for browsers: `serve` opens a local page for managers, consultants and trainers, over the same stages as the
//! command line.
//!
//! In: requests over HTTP, from this computer. Out: answers. `gate` says who is let in, `server` keeps the connections, `book`
//! reads the book again whenever a file of it changed, and `pages` has a file for each page, which asks the floors below and
//! fills a template of `templates/desk`. What a page writes goes through `edit`, under the book's lock.
//!
//! Adding a page: its file in `pages`, a line in the register there, its template, and its texts below `desk` in the files of
//! the languages.

mod answer;
mod ask;
mod book;
mod gate;
mod pages;
mod query;
mod server;

pub use server::{Desk, DeskError, Settings};
