//! What became of the files that were taken in.

use super::Unread;
use super::drafts::{DraftPlan, DraftSummary};
use super::sheet::{ReturnedSheet, SheetConflict, ValueChange};
use crate::edit::FileEdit as FileChange;

/// What became of all files.
#[derive(Debug, Default)]
pub(crate) struct Report {
    /// Drafts that are taken in.
    pub drafts: Vec<DraftSummary>,
    /// What is no standard: the file, and what.
    pub not_read: Vec<(String, Unread)>,
    /// What was not understood.
    pub not_understood: Vec<(String, Unread)>,
    /// Values that change.
    pub changes: Vec<ValueChange>,
    /// Values that both sides changed.
    pub conflicts: Vec<(String, SheetConflict)>,
    /// Standards of traits, and the drafts that they became.
    pub drafted: Vec<(String, String)>,
    /// Standards whose rows are gone.
    pub deleted: Vec<(String, String)>,
    /// What was read and is to be looked at: the file, and what.
    pub remarks: Vec<(String, Unread)>,
    /// Files of which nothing was taken.
    pub held: Vec<String>,
    /// The book's files, all edits made.
    pub files: Vec<FileChange>,
}

impl Report {
    /// Whether everything was taken.
    pub fn is_whole(&self) -> bool {
        self.not_understood.is_empty() && self.conflicts.is_empty() && self.held.is_empty()
    }

    /// Adds what became of a house's file.
    pub fn house(
        &mut self,
        file: &str,
        plan: DraftPlan,
        not_read: Vec<Unread>,
        not_understood: Vec<Unread>,
        remarks: Vec<Unread>,
        is_held: bool,
    ) {
        let named = |unread: Unread| (file.to_owned(), unread);
        self.not_read.extend(not_read.into_iter().map(named));
        self.not_read.extend(plan.known);
        self.not_understood.extend(not_understood.into_iter().map(named));
        self.remarks.extend(remarks.into_iter().map(named));
        match is_held {
            true => self.held.push(file.to_owned()),
            false => self.drafts.extend(plan.drafts),
        }
    }

    /// Adds what became of an edited sheet.
    pub fn sheet(&mut self, file: &str, back: ReturnedSheet, is_held: bool) {
        self.not_understood.extend(back.not_understood.into_iter().map(|unread| (file.to_owned(), unread)));
        self.conflicts.extend(back.conflicts.into_iter().map(|conflict| (file.to_owned(), conflict)));
        self.remarks.extend(back.remarks.into_iter().map(|unread| (file.to_owned(), unread)));
        self.deleted.extend(back.deleted.into_iter().map(|id| (file.to_owned(), id)));
        if is_held {
            self.held.push(file.to_owned());
            return;
        }
        self.not_read.extend(back.plan.known);
        self.changes.extend(back.changes);
        self.drafted.extend(back.drafted);
        self.drafts.extend(back.plan.drafts);
    }
}
