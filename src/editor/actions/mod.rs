//! The mends that a finding knows, and what can be done with the phase where the caret is.

mod entries;
mod lacking;
mod layout;
mod spelling;
mod tasks;

pub(super) use tasks::{Chosen, resolved};

use std::collections::BTreeSet;

use lsp_types::{CodeAction, CodeActionKind};

use super::diagnostics::as_diagnostic;
use super::edits::{Takes, workspace_edit};
use super::lines::Encoding;
use super::workspace::OpenBook;
use crate::diag::Diagnostic;
use crate::edit::FileEdit;
use crate::edit::patch::Patch;
use crate::language::Interface;
use crate::message::Message;

/// What is asked of the actions at a place.
pub(super) struct ActionQuery<'a> {
    pub book: &'a OpenBook,
    pub path: &'a str,
    /// The bytes that are selected.
    pub selected: std::ops::Range<usize>,
    pub encoding: Encoding,
    pub interface: &'static Interface,
    pub takes: Takes,
    /// Whether the editor asks for the edit of what was chosen.
    pub resolves: bool,
}

/// What can be done there.
pub(super) fn actions(asked: &ActionQuery<'_>) -> Vec<CodeAction> {
    let Some(file) = asked.book.file(asked.path) else { return Vec::new() };
    let meets = |finding: &&Diagnostic| {
        let span = finding.span;
        // What is wrong with a file as a whole is mended from anywhere in it.
        let is_of_all = span.start == 0 && span.end == 0;
        let is_there = span.start as usize <= asked.selected.end && asked.selected.start <= span.end as usize;
        span.file == file && (is_of_all || is_there)
    };
    let found: Vec<&Diagnostic> = asked.book.findings.iter().filter(meets).collect();
    let mut all: Vec<CodeAction> = Vec::new();
    for finding in &found {
        all.extend(spelling::mends(asked, finding));
        all.extend(layout::mends(asked, finding));
        all.extend(lacking::mends(asked, finding));
        all.extend(entries::mends(asked, finding));
    }
    all.extend(entries::drafts(asked));
    all.extend(entries::figure(asked));
    all.extend(entries::moves(asked));
    // One tab, one space too many: several findings may have the same mend.
    let mut titles = BTreeSet::new();
    all.retain(|action| titles.insert((action.title.clone(), format!("{:?}", action.edit))));
    all
}

fn action(asked: &ActionQuery<'_>, title: &Message, kind: CodeActionKind, finding: Option<&Diagnostic>) -> CodeAction {
    CodeAction {
        title: asked.interface.say(title),
        kind: Some(kind),
        diagnostics: finding
            .and_then(|finding| as_diagnostic(asked.book, finding, asked.encoding, asked.interface, None))
            .map(|diagnostic| vec![diagnostic]),
        ..CodeAction::default()
    }
}

/// A mend of a finding: stretches of its file and what they become.
fn mend(
    asked: &ActionQuery<'_>,
    finding: &Diagnostic,
    title: &Message,
    edits: &[(std::ops::Range<usize>, String)],
) -> Option<CodeAction> {
    let source = asked.book.source(finding.span)?;
    let mut patch = Patch::default();
    edits.iter().for_each(|(range, text)| patch.replace(range.clone(), text.clone()));
    let change = FileEdit {
        path: source.path.clone(),
        before: Some(source.text.to_string()),
        after: patch.apply(&source.text)?,
    };
    done(asked, action(asked, title, CodeActionKind::QUICKFIX, Some(finding)), &[change])
}

/// The one that an editor offers first.
fn preferred(action: CodeAction) -> CodeAction {
    CodeAction { is_preferred: Some(true), ..action }
}

/// An action with the changes that it makes.
fn done(asked: &ActionQuery<'_>, mut action: CodeAction, changes: &[FileEdit]) -> Option<CodeAction> {
    action.edit = Some(workspace_edit(asked.book, changes, asked.encoding, asked.takes)?);
    Some(action)
}
