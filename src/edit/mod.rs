//! Edits that keep an author's bytes: `rename`, `convert --write`, `design`, `init`, and what an audit or a review records.
//!
//! Each works out [`FileEdit`]s (file, text before, text after) without touching the disk; [`write()`] then replaces the
//! files, and [`diff`] shows them instead under `--dry-run`.
//!
//! **Why spans and not a lossless YAML tree.** An edit here replaces or inserts a few stretches of the author's text
//! (`patch::Patch`) at the spans that our own marked tree ([`crate::source::yaml`]) already gives for every key and
//! value. A second, lossless parser such as `yaml-edit` would have to agree with the first on every file (byte-order
//! marks, anchors, block scalars, flow brackets), and where the two differ an edit would land in the wrong place. What
//! a second parser would be trusted for is proved instead: the edited text is parsed again and compared, value by
//! value, with the old tree to which the intended change was made ([`tree::same`]), then the whole book is loaded with
//! it and must have no new finding. Where that fails nothing is written and [`EditError::NotKept`] says so.

mod allow;
mod append;
mod condition;
pub mod convert;
pub mod design;
mod diff;
pub mod edition;
pub(crate) mod emit;
mod fields;
pub(crate) mod follow_up;
pub mod init;
mod insertion;
pub(crate) mod intake;
mod languages;
#[cfg(feature = "editor")]
mod measured;
pub(crate) mod patch;
pub mod record;
pub mod rename;
pub mod review;
pub mod transfer;
pub(crate) mod translate;
pub mod tree;
pub(crate) mod values;
mod verify;
mod wording;
mod write;

pub use allow::allow;
pub use diff::diff;
#[cfg(feature = "editor")]
#[cfg(feature = "editor")]
pub(crate) use measured::measured;
pub(crate) use verify::unharmed;
pub use write::Picture;
pub(crate) use write::{Lock, TextOwner as TemporaryOf, WriteError, sweep};
pub use write::{temporary, write};

use crate::diag::Diagnostic;
use crate::message::Message;
use crate::say;
use crate::source::{Overlay, World};

/// One file of a book, before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileEdit {
    /// Path relative to the book, with `/`.
    pub path: String,
    /// The text that was read; none where the file is to be made.
    pub before: Option<String>,
    /// The text to be written.
    pub after: String,
}

impl<W: World> Overlay<W> {
    /// Makes changes that stand on no disk.
    pub fn apply(&mut self, changes: &[FileEdit]) {
        changes.iter().for_each(|change| self.set(&change.path, &change.after));
    }

    /// All that was changed, against the world below.
    pub fn changes(&self) -> Vec<FileEdit> {
        let change = |(path, after): (&str, &str)| FileEdit {
            path: path.to_owned(),
            before: self.base().text(path).ok(),
            after: after.to_owned(),
        };
        self.texts().map(change).collect()
    }
}

/// Why an edit was not made. Whatever the reason, no file was touched.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub enum EditError {
    /// What was asked for cannot be done: a mistake in the command.
    Usage {
        /// What is wrong, in a sentence without a full stop.
        message: Message,
        /// What to do instead.
        help: Option<Message>,
    },
    /// Findings of the book stand in the way.
    Findings(Vec<Diagnostic>),
    /// A place of the author's file is written in a way that the edit does not reach.
    Place {
        /// The file.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is written there.
        message: Message,
        /// How to write it instead.
        help: Option<Message>,
    },
    /// The edited text would not read as intended.
    NotKept {
        /// The file.
        path: String,
        /// What differs.
        detail: Message,
    },
}

impl EditError {
    /// A mistake in the command.
    pub(crate) fn usage(message: impl Into<Message>, help: Option<Message>) -> Self {
        EditError::Usage { message: message.into(), help }
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<Message> {
        match self {
            EditError::Usage { help, .. } | EditError::Place { help, .. } => help.clone(),
            EditError::Findings(_) => Some(say!("mend them first; `gamma-ok check` shows them again")),
            EditError::NotKept { .. } => Some(say!("make this change by hand, and please report the file as a bug")),
        }
    }

    /// What is wrong, as a sentence for people.
    pub fn message(&self) -> Message {
        match self {
            EditError::Usage { message, .. } => message.clone(),
            EditError::Findings(_) => say!("the book has remarks that stand in the way"),
            EditError::Place { path, line, message, .. } => {
                say!("{place}: {message}", place = format!("{path}:{line}"), message)
            }
            EditError::NotKept { path, detail } => {
                say!(
                    "{path} would not read as intended after this edit, so nothing was written: {detail}",
                    path,
                    detail
                )
            }
        }
    }
}
