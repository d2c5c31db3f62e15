//! What the book's files were before: the past that a version control system keeps.
//!
//! In: a folder. Out: a [`History`] of [`Revision`]s, [`Step`]s and the files of either, and a [`Snapshot`], which is a
//! [`World`](super::World) of one revision, so that a book of the past is read as one of today. Nothing is checked out, and
//! nothing is written but, where the desk is told to, commits of what it wrote. [`Git`] is the one implementation; where there is no git or no repository, there is no history,
//! and [`HistoryFault`] says so.

#[cfg(feature = "desk")]
mod commit;
mod git;
mod process;
mod snapshot;
mod working;

use chrono::NaiveDate;

use crate::message::Message;
use crate::say;

#[cfg(feature = "desk")]
pub(crate) use commit::{CommitDetails, Committed, commit, is_under_way};
pub use git::Git;
pub use snapshot::Snapshot;

/// A commit, by its full id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Revision(pub(super) String);

impl Revision {
    /// The commit of that full id.
    pub fn new(id: impl Into<String>) -> Self {
        Revision(id.into())
    }

    /// The full id.
    pub fn id(&self) -> &str {
        &self.0
    }

    /// The id as people write it: so many digits in every repository, since git's own choice grows with the repository.
    pub fn short(&self) -> &str {
        self.0.get(..10).unwrap_or(&self.0)
    }
}

/// What a file is in a revision.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EntryKind {
    /// An ordinary file.
    File,
    /// A symbolic link; its bytes are where it leads.
    Link,
}

/// A file of a revision.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionFile {
    /// Path relative to the book, with `/`.
    pub path: String,
    /// What it is.
    pub kind: EntryKind,
    /// Names its bytes: the same in every revision where they are the same.
    pub content: String,
    /// How many bytes.
    pub size: u64,
}

/// What a step did to one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileChange {
    /// The path and content before; none where the step brought the file.
    pub before: Option<(String, String)>,
    /// The path and content after; none where the step removed the file. A file that was moved has another path.
    pub after: Option<(String, String)>,
}

/// One commit on the way back from a revision, and what it did to the files asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryStep {
    /// The commit.
    pub revision: Revision,
    /// The date, in UTC.
    pub date: NaiveDate,
    /// What it changed.
    pub files: Vec<FileChange>,
}

/// The past of a book's files.
pub trait History: Send + Sync {
    /// The commit that a name stands for: `HEAD`, a branch, a tag, an id, `HEAD~3` and whatever else git understands.
    ///
    /// # Errors
    /// [`HistoryFault::Unknown`] with the nearest name, or what kept git from answering.
    fn revision(&self, name: &str) -> Result<Revision, HistoryFault>;

    /// The files of the book in a revision, sorted by path; none where the book was not there.
    ///
    /// # Errors
    /// What kept git from answering.
    fn files(&self, revision: &Revision) -> Result<Vec<RevisionFile>, HistoryFault>;

    /// The bytes of a content.
    ///
    /// # Errors
    /// What kept git from answering.
    fn content(&self, content: &str) -> Result<Vec<u8>, HistoryFault>;

    /// The commits that changed a file of the `paths` (files or folders relative to the book), newest first, from
    /// `revision` back along the first parents: what a merge brought counts as of the merge, so the steps are one chain
    /// in which each begins where the next older one ended. At most `limit` of them, and from no more than [`FAR_BACK`]
    /// commits of the repository.
    ///
    /// # Errors
    /// What kept git from answering.
    fn steps(&self, revision: &Revision, paths: &[&str], limit: usize) -> Result<Vec<HistoryStep>, HistoryFault>;

    /// The newest commit, from `revision` back, that changed anything of the book; none where it is in no commit.
    ///
    /// # Errors
    /// What kept git from answering.
    fn last_change(&self, revision: &Revision) -> Result<Option<Revision>, HistoryFault>;

    /// Whether the folder holds something else than the revision does. The folder `except` is not looked at, nor what git
    /// was told to ignore; other line ends are no change.
    ///
    /// # Errors
    /// What kept git from answering.
    fn is_changed(&self, revision: &Revision, except: &str) -> Result<bool, HistoryFault>;

    /// Whether part of the past is missing: the repository was copied without it. What is not found may have been all the
    /// same.
    fn is_cut_off(&self) -> bool;
}

/// So many commits of a repository are looked through for those that changed the book. In a repository that the book shares
/// with much else, looking further would take seconds.
pub const FAR_BACK: usize = 10_000;

/// Why there is no answer from the past.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum HistoryFault {
    /// There is no git.
    NoGit,
    /// The folder is in no repository.
    NoRepository,
    /// The repository belongs to somebody else.
    NotTrusted,
    /// Nothing was ever committed.
    NoCommit,
    /// No commit has that name.
    Unknown {
        /// The name.
        name: String,
        /// A branch or tag with a name like it.
        nearest: Option<String>,
    },
    /// Several commits' ids begin so.
    Ambiguous(String),
    /// The repository lacks what was asked for: it was copied without it.
    Incomplete,
    /// Git was waited for in vain.
    Silent,
    /// Git failed; holds what it said.
    Failed(String),
}

impl HistoryFault {
    /// Whether there simply is no past, which is nobody's fault and nothing is broken.
    pub fn is_absence(&self) -> bool {
        matches!(self, HistoryFault::NoGit | HistoryFault::NoRepository | HistoryFault::NoCommit)
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self {
            HistoryFault::NoGit => say!("git cannot be run: it is not installed, or not where programs are looked for"),
            HistoryFault::NoRepository => say!("the book's folder is not in a git repository"),
            HistoryFault::NotTrusted => {
                say!("git does not read this repository, because its folder belongs to another user")
            }
            HistoryFault::NoCommit => say!("the git repository has no commit yet"),
            HistoryFault::Unknown { name, .. } => say!("git knows no revision `{name}`", name),
            HistoryFault::Ambiguous(name) => say!("several commits have ids that begin with `{name}`", name),
            HistoryFault::Incomplete => say!("the repository was copied without part of its past"),
            HistoryFault::Silent => {
                say!("git did not answer within {n} seconds, and was given up on", n = process::PATIENCE.as_secs())
            }
            HistoryFault::Failed(reason) => say!("git failed: {reason}", reason),
        }
    }

    /// What to do about it.
    pub fn help(&self) -> Option<Message> {
        Some(match self {
            HistoryFault::NoGit => say!("install git, see https://git-scm.com"),
            HistoryFault::NoRepository => {
                say!("keep the book in git: `git init`, `git add .`, `git commit`; from then on its past is known")
            }
            HistoryFault::NotTrusted => say!(
                "if you trust that user, say so: `git config --global --add safe.directory FOLDER`, with the repository's \
                 full path"
            ),
            HistoryFault::NoCommit => say!("commit the book first: `git add .`, then `git commit`"),
            HistoryFault::Unknown { nearest: Some(near), .. } => say!("did you mean `{near}`?", near),
            HistoryFault::Unknown { nearest: None, .. } => {
                say!("name a branch, a tag, a commit's id, or HEAD; `git log` lists commits")
            }
            HistoryFault::Ambiguous(_) => say!("write more digits of the id"),
            HistoryFault::Incomplete => say!("copy all of it: `git fetch --unshallow`, or `git fetch --refetch`"),
            HistoryFault::Silent | HistoryFault::Failed(_) => return None,
        })
    }
}
