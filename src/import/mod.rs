//! What came back from other programs → what it changes in the book: files of a house become drafts, and files that the program
//! wrote itself, with the values as they stood then, are merged three ways.
//!
//! In: the bytes of a file and the book. Out: what each place of the file says, and, by `crate::edit`, the changes of the
//! author's files. Nothing is decided that the file does not say.

mod cell_words;
pub(crate) mod drafts;
pub(crate) mod house;
pub(crate) mod merge;
mod report;
pub(crate) mod sheet;
mod spot;
pub(crate) mod xliff;

pub(crate) use report::Report;
pub(crate) use spot::{Refusal, Spot, Unread};
