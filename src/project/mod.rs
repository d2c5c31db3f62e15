//! A folder opened as a book, with its standards and its records: what every edge starts from.

mod records;

pub use records::Records;

use crate::book::Loaded;
use crate::method::Standards;
use crate::source::Disk;

/// A book that was found, read and converted.
#[derive(Debug)]
pub struct Opened {
    /// Its folder.
    pub world: Disk,
    /// Its files, what they say, and what is wrong with them.
    pub loaded: Loaded,
    /// Its standards.
    pub standards: Standards,
}
