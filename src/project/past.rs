//! The book as it was.

use super::Project;
use crate::book::{Loaded, load};
use crate::method::{Standards, standards};
use crate::source::{HistoryFault, Snapshot, World};

/// The book as it was in a revision.
#[derive(Debug)]
pub(crate) struct Former {
    /// The files, what they said, and what was wrong with them.
    pub loaded: Loaded,
    /// The standards.
    pub standards: Standards,
}

/// Why the book of a revision cannot be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NoFormer {
    /// The past does not answer, or has no such revision.
    History(HistoryFault),
    /// The revision has no book in this folder.
    NoBook,
}

impl From<HistoryFault> for NoFormer {
    fn from(fault: HistoryFault) -> Self {
        NoFormer::History(fault)
    }
}

impl<W: World> Project<W> {
    /// The book as it was in the revision of that name.
    ///
    /// # Errors
    /// Without a past, such a revision, or a book in it. What was wrong in the book stands in [`Loaded::findings`].
    pub(crate) fn at(&self, revision: &str) -> Result<Former, NoFormer> {
        let history = self.history()?;
        let world = Snapshot::new(history, &history.revision(revision)?, self.world.today())?;
        let loaded = load(&world).map_err(|_| NoFormer::NoBook)?;
        let standards = standards(&loaded.book);
        Ok(Former { loaded, standards })
    }
}
