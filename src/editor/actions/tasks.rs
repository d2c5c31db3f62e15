//! What is done with a whole phase or a standard of it. Such an edit is long and takes the whole book to work out, so an editor
//! that can asks for it when it was chosen, and not at each place where the caret stands.

use lsp_types::{CodeAction, CodeActionKind};
use serde::{Deserialize, Serialize};

use super::{ActionQuery, action, done};
use crate::edit::convert::convert;
use crate::edit::transfer::{copy_phase, move_standard};
use crate::edit::{EditError, FileEdit};
use crate::edition::{Filter, FilterKey};
use crate::editor::edits::{Takes, workspace_edit};
use crate::editor::lines::Encoding;
use crate::editor::workspace::OpenBook;
use crate::message::Message;
use crate::say;

/// Something to be done, by ids.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(in crate::editor) enum Task {
    /// Write what the patterns yield for a phase as drafts.
    Draft { phase: String },
    /// Move a standard to another phase.
    Move { standard: String, phase: String },
    /// Copy a phase under a new id.
    Copy { phase: String, new: String },
}

/// What an action carries until it is chosen.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(in crate::editor) struct Chosen {
    /// The address of the file that it was offered in.
    pub uri: String,
    pub task: Task,
}

/// An action that does the task: with its edit, unless the editor asks for that later.
pub(super) fn offered(asked: &ActionQuery<'_>, title: &Message, task: Task) -> Option<CodeAction> {
    let mut offered = action(asked, title, CodeActionKind::REFACTOR_REWRITE, None);
    if asked.resolves {
        let chosen = Chosen { uri: asked.book.address(asked.path), task };
        offered.data = Some(serde_json::to_value(chosen).ok()?);
        return Some(offered);
    }
    let changes = changes(asked.book, &task).ok()?;
    done(asked, offered, &changes)
}

/// The action with its edit.
///
/// # Errors
/// Why it cannot be done.
pub(in crate::editor) fn resolved(
    book: &OpenBook,
    mut action: CodeAction,
    task: &Task,
    encoding: Encoding,
    takes: Takes,
) -> Result<CodeAction, (Message, Option<Message>)> {
    let changes = changes(book, task).map_err(|error| (error.message(), error.help()))?;
    action.edit = workspace_edit(book, &changes, encoding, takes);
    Ok(action)
}

fn changes(book: &OpenBook, task: &Task) -> Result<Vec<FileEdit>, EditError> {
    let opened = book.opened.as_ref().ok_or_else(|| EditError::usage(say!("the book cannot be read"), None))?;
    let loaded = &opened.loaded;
    Ok(match task {
        Task::Draft { phase } => {
            let filter = Filter::default().with(FilterKey::Phase, vec![phase.clone()]);
            convert(&opened.world, loaded, &filter)?.changes
        }
        Task::Move { standard, phase } => move_standard(loaded, standard, phase, None)?.changes,
        Task::Copy { phase, new } => copy_phase(loaded, phase, new, None)?.changes,
    })
}
