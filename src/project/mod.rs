//! A folder → the opened book: what every edge starts from. Standards, records, what is due and the past are each worked out
//! when asked for; nothing here prints or writes.
//!
//! `find` finds the folder, [`Project::open`] reads the book in any [`World`]: a folder on disk, files in memory, or either
//! with texts laid over it that nobody has saved yet. The past is looked for when it is first needed, once.

mod brought;
mod check;
mod control;
mod editions;
mod find;
mod issued;
mod past;
mod records;
mod review;
#[cfg(feature = "desk")]
mod shared;
mod unnamed;

use std::sync::OnceLock;

pub use brought::Brought;
pub use check::Checked;
pub use control::{Control, Issued};
pub use editions::Adoption;
pub(crate) use find::find;
pub(crate) use find::{NotFound, SOURCES, is_book, is_source};
pub use issued::Beside;
pub(crate) use past::{Former, NoFormer};
pub use records::Records;
pub use unnamed::Unnamed;

use crate::book::{LoadError, Loaded, load};
use crate::edition::Editions;
use crate::feedback::{self, Feedback};
use crate::method::{Standards, standards};
use crate::source::{Disk, History, HistoryFault, HistoryStep, World};

/// The folder of a book that `build` fills.
pub(crate) const OUT: &str = "out";

/// A book that was found, read and converted.
pub struct Project<W = Disk> {
    /// Where its files are.
    pub world: W,
    /// The files, what they say, and what is wrong with them.
    pub loaded: Loaded,
    /// The standards.
    pub standards: Standards,
    history: OnceLock<Result<Box<dyn History>, HistoryFault>>,
}

impl<W: World> Project<W> {
    /// Reads the book of a world and converts its traits.
    ///
    /// # Errors
    /// When there is no book. What is wrong in it stands in [`Loaded::findings`].
    pub fn open(world: W) -> Result<Self, LoadError> {
        let loaded = load(&world)?;
        let standards = standards(&loaded.book);
        Ok(Project { world, loaded, standards, history: OnceLock::new() })
    }

    /// The same book with another past than its world knows.
    #[must_use]
    pub fn with_history(self, history: Box<dyn History>) -> Self {
        Project { history: OnceLock::from(Ok(history)), ..self }
    }

    /// The past.
    ///
    /// # Errors
    /// Where there is none; the same each time.
    pub fn history(&self) -> Result<&dyn History, HistoryFault> {
        self.history.get_or_init(|| self.world.history()).as_deref().map_err(Clone::clone)
    }

    /// The newest commits that changed one of these files, so many at the most; none where the past does not answer.
    fn steps(&self, paths: &[&str], most: usize) -> Option<Vec<HistoryStep>> {
        let history = self.history().ok()?;
        history.steps(&history.revision("HEAD").ok()?, paths, most).ok()
    }

    /// The commit that last changed the book, with a `+` where the book was changed since; none where it is in no commit.
    /// The commit of the book's folder, not the newest one, so that work elsewhere in the repository does not give the book
    /// another version.
    ///
    /// # Errors
    /// What kept the past from answering.
    pub fn version(&self) -> Result<Option<String>, HistoryFault> {
        let history = self.history()?;
        let head = history.revision("HEAD")?;
        let Some(commit) = history.last_change(&head)? else { return Ok(None) };
        // What `build` writes is no change of the book.
        let changed = if history.is_changed(&head, OUT)? { "+" } else { "" };
        Ok(Some(format!("{}{changed}", commit.short())))
    }

    /// The records. Their files become sources of the book.
    pub fn records(&mut self) -> Records {
        let mut records = Records::load(&self.world, &mut self.loaded, &self.standards);
        // A value is judged by the measure of the wording that it was seen under. Where there is no past to ask, today's
        // stands in; `check` says so.
        if records.audits.has_former_values() {
            records.ask_past(|| self.history(), &self.standards);
        }
        records
    }

    /// The editions that the book keeps, alone. Their files become sources of the book.
    pub fn editions(&mut self) -> Editions {
        Editions::load(&self.world, &mut self.loaded.sources)
    }

    /// What customers said, alone. Its files become sources of the book.
    pub fn feedback(&mut self) -> Feedback {
        feedback::load(&self.world, &mut self.loaded.sources, &self.loaded.book)
    }
}

impl<W: std::fmt::Debug> std::fmt::Debug for Project<W> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Project").field("world", &self.world).finish_non_exhaustive()
    }
}
