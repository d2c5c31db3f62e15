//! Files for other programs: in a composed view, out the bytes that the other program reads. A data set ([`data`]) has no view:
//! it holds all that records say.

mod anki;
pub mod data;
mod fragment;
mod gift;
mod ics;
mod xliff;
mod xlsform;

pub use anki::anki;
pub use gift::gift;
pub use ics::ics;
pub use xliff::{ToTranslate, Translation, xliff};
pub use xlsform::xlsform;
