//! The history of a document: what was issued, newest first, and what each edition changed of what the document is about.

use std::collections::HashSet;

use chrono::NaiveDate;
use serde::Serialize;

use super::control::{approved_by, named};
use super::prose::Prose;
use super::scope::Scope;
use crate::changes::{ChangeKind, ChangedKind, Changes};
use crate::edition::{Edition, select};

/// What was issued.
#[derive(Clone, Debug, Serialize)]
pub struct History {
    /// Newest first; where the book has changed since the last issue, what it is now stands before them.
    pub editions: Vec<EditionEntry>,
}

/// One edition.
#[derive(Clone, Debug, Serialize)]
pub struct EditionEntry {
    /// Number and title, or that it is a draft.
    pub name: String,
    /// From which day it is in force.
    pub in_force: Option<String>,
    /// Who approved it.
    pub approved_by: Option<Prose>,
    /// What it changed, a line a kind; a sentence where that is nothing, or everything.
    pub changes: Vec<Kinds>,
    /// That sentence.
    pub remark: Option<String>,
}

/// The standards that changed in one way.
#[derive(Clone, Debug, Serialize)]
pub struct Kinds {
    /// How.
    pub kind: String,
    /// Ids of the standards.
    pub standards: Vec<String>,
}

/// The history of what a document is about; none where nothing was issued.
pub(super) fn history(scope: &Scope) -> Option<History> {
    history_until(scope, None)
}

/// The same as it stood on a day, which says nothing of what came later, nor of what the book is now.
pub(super) fn history_until(scope: &Scope, day: Option<NaiveDate>) -> Option<History> {
    let control = scope.control?;
    let mut editions = Vec::new();
    let last = control.issued.last()?;
    if let Some(changes) = control.since.as_ref().filter(|_| day.is_none()) {
        let now = select(scope.book, scope.standards, scope.site, scope.filter);
        let now = now.iter().map(|selected| selected.standard.id.name.as_str());
        let kinds = kinds(scope, changes, &now.chain(held(scope, &last.edition)).collect());
        if !kinds.is_empty() {
            let name = scope.text("common.draft");
            editions.push(EditionEntry { name, in_force: None, approved_by: None, changes: kinds, remark: None });
        }
    }
    for (index, issued) in control.issued.iter().enumerate().rev() {
        let known = issued.issue.issued.unwrap_or(issued.issue.in_force);
        if day.is_some_and(|day| known > day) {
            continue;
        }
        let held_now: HashSet<&str> = held(scope, &issued.edition).collect();
        let before = index.checked_sub(1).and_then(|before| control.issued.get(before));
        let (changes, remark) = match issued.changes.as_ref().zip(before) {
            None => (Vec::new(), Some(scope.interface.count("manual.standards", held_now.len()))),
            Some((changes, before)) => {
                let about = held_now.into_iter().chain(held(scope, &before.edition)).collect();
                let kinds = kinds(scope, changes, &about);
                let remark = kinds.is_empty().then(|| scope.text("history.nothing"));
                (kinds, remark)
            }
        };
        let issue = &issued.issue;
        let in_force = Some(scope.interface.date(issue.in_force));
        let approved_by = approved_by(scope, issue);
        editions.push(EditionEntry { name: named(issue), in_force, approved_by, changes, remark });
    }
    (!editions.is_empty()).then_some(History { editions })
}

/// The ids of what an edition holds for the document's site and filters.
fn held<'a>(scope: &Scope, edition: &'a Edition) -> impl Iterator<Item = &'a str> {
    let site = scope.site.and_then(|site| edition.book.site(&site.id.name));
    select(&edition.book, &edition.standards, site, scope.filter)
        .into_iter()
        .map(|selected| selected.standard.id.name.as_str())
}

/// Changes of these standards, kind by kind.
fn kinds(scope: &Scope, changes: &Changes, about: &HashSet<&str>) -> Vec<Kinds> {
    let of_kind = |kind: ChangeKind| {
        let mut standards: Vec<String> = Vec::new();
        for change in changes.all.iter().filter(|change| change.of == ChangedKind::Standard && change.kind == kind) {
            let is_about =
                about.contains(change.id.as_str()) || change.old_id.as_deref().is_some_and(|old| about.contains(old));
            if is_about && standards.last() != Some(&change.id) {
                standards.push(change.id.clone());
            }
        }
        (!standards.is_empty()).then(|| Kinds { kind: scope.text(&format!("change.{}", kind.word())), standards })
    };
    ChangeKind::ALL.into_iter().filter_map(of_kind).collect()
}
