//! Files for other programs: in a composed view, out the bytes that the other program reads.

mod anki;
mod fragment;
mod gift;

pub use anki::anki;
pub use gift::gift;
