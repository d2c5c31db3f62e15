//! The records of a book: what was seen, decided and said, read beside it.

use crate::audit::{self, Audits};
use crate::book::Loaded;
use crate::diag::Diagnostic;
use crate::method::Standards;
use crate::source::World;

/// All records of a book.
#[derive(Debug, Default)]
pub struct Records {
    /// Its audits.
    pub audits: Audits,
    /// What the records say about each other and about the book's history.
    found: Vec<Diagnostic>,
}

impl Records {
    /// Reads them. Their files become sources of the book.
    pub fn load(world: &dyn World, loaded: &mut Loaded, standards: &Standards) -> Self {
        let audits = audit::load(world, &mut loaded.sources, &loaded.book, standards);
        let found = audit::unknown_stamps(&audits, standards, |_, _| false);
        Records { audits, found }
    }

    /// What is wrong in them, for [`check_with_records`](crate::check::check_with_records).
    pub fn findings(&self) -> Vec<Diagnostic> {
        self.audits.found.iter().chain(&self.found).cloned().collect()
    }
}
