//! What the desk writes: under the book's lock, and where it is told to, as a commit of its own.

use std::sync::PoisonError;

use super::ask::{Ask, Role};
use super::pages::Trouble;
use super::server::DeskState;
use crate::edit::{FileEdit, Lock, Picture};
use crate::message::Message;
use crate::say;
use crate::source::{CommitDetails, Committed, HistoryFault, commit, is_under_way};

impl DeskState {
    /// Writes changes of the book, and commits them where that is asked for.
    ///
    /// # Errors
    /// Somebody else was faster, the system refused, or a merge is under way.
    pub(super) fn write(&self, lock: &Lock, ask: &Ask, changes: &[FileEdit]) -> Result<(), Trouble> {
        self.write_with(lock, ask, &[], changes)
    }

    /// The same with the pictures that the changes name.
    pub(super) fn write_with(
        &self,
        lock: &Lock,
        ask: &Ask,
        pictures: &[Picture],
        changes: &[FileEdit],
    ) -> Result<(), Trouble> {
        if changes.is_empty() && pictures.is_empty() {
            return Ok(());
        }
        let root = self.shelf.root();
        if self.is_committing && is_under_way(root).unwrap_or(false) {
            return Err(Trouble::NotWritten(say!(
                "a merge is under way in the repository, so nothing was written; finish it, then send this again"
            )));
        }
        lock.write_with(pictures, changes).map_err(|error| Trouble::NotWritten(error.message()))?;
        if self.is_committing {
            let told = committed(self, ask, pictures, changes)
                .err()
                .map(|fault| say!("what was written last is not committed: {reason}", reason = fault.message()));
            *self.trouble.lock().unwrap_or_else(PoisonError::into_inner) = told;
        }
        self.shelf.touch();
        Ok(())
    }

    /// Whether that phone handed in that record.
    pub(super) fn has_handed_in(&self, phone: u32, path: &str) -> bool {
        self.gate.phones.as_ref().is_some_and(|phones| phones.records_of(phone).iter().any(|known| known == path))
    }

    /// What of the writing went wrong last, though it was written.
    pub(super) fn trouble(&self) -> Option<Message> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// A commit of exactly these files, by the role that was picked.
fn committed(inside: &DeskState, ask: &Ask, pictures: &[Picture], changes: &[FileEdit]) -> Result<(), HistoryFault> {
    let texts = changes.iter().map(|change| Committed { path: &change.path, bytes: change.after.as_bytes() });
    let pictures = pictures.iter().map(|picture| Committed { path: &picture.path, bytes: &picture.bytes });
    let files: Vec<Committed<'_>> = texts.chain(pictures).collect();
    let role = ask.role.map_or("desk", Role::word);
    let author = ask.role.map_or("gamma-ok", |role| ask.interface.text(role.title_key()));
    let names: Vec<&str> = files.iter().map(|file| file.path).collect();
    let message = match names.as_slice() {
        [path] => format!("{path}\n"),
        [first, rest @ ..] => format!("{first} (+{})\n\n{}\n", rest.len(), names.join("\n")),
        [] => String::new(),
    };
    // The domain is one that can never be anybody's.
    let mail = format!("{role}@desk.invalid");
    let saying = CommitDetails { author, mail: &mail, message: &message };
    commit(inside.shelf.root(), &files, saying).map(|_| ())
}
