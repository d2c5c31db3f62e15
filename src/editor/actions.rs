//! The mends that a finding knows, and what can be done with the phase where the caret is.

use lsp_types::{CodeAction, CodeActionKind, TextEdit, WorkspaceEdit};

use super::diagnostics::as_diagnostic;
use super::edits::{Takes, workspace_edit};
use super::lines::{Encoding, Lines};
use super::workspace::OpenBook;
use crate::diag::Diagnostic;
use crate::edit::convert::convert;
use crate::edit::{Change, allow};
use crate::edition::{By, Filter};
use crate::language::Interface;
use crate::message::Message;
use crate::say;
use crate::source::Span;

/// What is asked of the actions at a place.
pub(super) struct Asked<'a> {
    pub book: &'a OpenBook,
    pub path: &'a str,
    /// The bytes that are selected.
    pub selected: std::ops::Range<usize>,
    pub encoding: Encoding,
    pub interface: &'static Interface,
    pub takes: Takes,
}

/// The helps that name the right word, with the hole that holds it.
const NEAREST: &[(&str, &str)] = &[
    ("did you mean `{near}`?", "near"),
    ("did you mean `{near}`? A renamed standard keeps its old id in `was`", "near"),
    ("did you mean `{near}`? A renamed standard keeps its history by `was`", "near"),
    ("write `{slug}`", "slug"),
    ("write `{word}`", "word"),
];

/// What can be done there.
pub(super) fn actions(asked: &Asked<'_>) -> Vec<CodeAction> {
    let Some(file) = asked.book.file(asked.path) else { return Vec::new() };
    let meets = |finding: &&Diagnostic| {
        let span = finding.span;
        span.file == file && span.start as usize <= asked.selected.end && asked.selected.start <= span.end as usize
    };
    let found: Vec<&Diagnostic> = asked.book.findings.iter().filter(meets).collect();
    let mut all: Vec<CodeAction> = found.iter().filter_map(|finding| nearest(asked, finding)).collect();
    all.extend(found.iter().filter_map(|finding| quoted(asked, finding)));
    all.extend(found.iter().filter_map(|finding| allowed(asked, finding)));
    all.extend(drafts(asked));
    all
}

fn action(asked: &Asked<'_>, title: &Message, kind: CodeActionKind, finding: Option<&Diagnostic>) -> CodeAction {
    CodeAction {
        title: asked.interface.say(title),
        kind: Some(kind),
        diagnostics: finding
            .and_then(|finding| as_diagnostic(asked.book, finding, asked.encoding, asked.interface, None))
            .map(|one| vec![one]),
        ..CodeAction::default()
    }
}

/// Replaces a wrong word by the nearest right one.
fn nearest(asked: &Asked<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let help = finding.help.as_ref()?;
    let word = NEAREST.iter().find_map(|(template, hole)| help.filled(template, hole))?;
    let written = asked.book.opened.as_ref()?.loaded.sources.slice(finding.span);
    let marks: &[char] = &['"', '\''];
    let inner = written.trim_matches(marks);
    // Only what is one word can be told apart from what stands around it.
    if inner.is_empty() || inner.contains(['\n', ':', '{', '[']) {
        return None;
    }
    let text = written.replacen(inner, word, 1);
    let title = say!("Write `{word}` instead", word);
    let mut done = action(asked, &title, CodeActionKind::QUICKFIX, Some(finding));
    done.edit = Some(replaced(asked, finding.span, text)?);
    done.is_preferred = Some(true);
    Some(done)
}

/// The helps that say that a text is to be put in quotation marks.
const QUOTE: &str = "quotation marks";

/// Puts the rest of a line in quotation marks where YAML reads something else in it.
fn quoted(asked: &Asked<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    let help = finding.help.as_ref()?;
    if !help.contains(QUOTE) && !help.contains("quote it") {
        return None;
    }
    let source = asked.book.source(finding.span)?;
    let start = source.text[..finding.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
    let line = source.text[start..].lines().next()?;
    let content = line.trim_start_matches([' ', '-']);
    let (_, value) = super::caret::key_and_value(content)?;
    let value = value.trim();
    if value.is_empty() || value.starts_with(['"', '\'', '|', '>', '[', '{']) {
        return None;
    }
    let begins = start + line.rfind(value)?;
    let text = format!("\"{}\"", value.replace('\\', "\\\\").replace('"', "\\\""));
    let mut done = action(asked, &say!("Put this text in quotation marks"), CodeActionKind::QUICKFIX, Some(finding));
    done.edit = Some(replaced(asked, Span::new(finding.span.file, begins, begins + value.len()), text)?);
    Some(done)
}

fn replaced(asked: &Asked<'_>, span: Span, text: String) -> Option<WorkspaceEdit> {
    let source = asked.book.source(span)?;
    let mut after = source.text.to_string();
    after.replace_range(span.range(), &text);
    let change = Change { path: source.path.clone(), before: Some(source.text.to_string()), after };
    let lines = Lines::of(&source.text, asked.encoding);
    let edit = TextEdit { range: lines.range(span.range()), new_text: text };
    let mut whole = workspace_edit(asked.book, &[change], asked.encoding, asked.takes)?;
    // The word alone, and not its line, so that the caret stays.
    if let Some(changes) = &mut whole.changes {
        changes.values_mut().for_each(|edits| *edits = vec![edit.clone()]);
    }
    Some(whole)
}

/// Lets the entry break the rule.
fn allowed(asked: &Asked<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if !finding.code.is_optional() {
        return None;
    }
    let opened = asked.book.opened.as_ref()?;
    let change = allow(&opened.loaded, finding.span, finding.code).ok()?;
    let title = say!("Let this entry break the rule `{code}`", code = finding.code.word());
    let mut done = action(asked, &title, CodeActionKind::QUICKFIX, Some(finding));
    done.edit = Some(workspace_edit(asked.book, &[change], asked.encoding, asked.takes)?);
    Some(done)
}

/// Writes what the patterns yield for the phase as drafts to be worded, where something is missing there.
fn drafts(asked: &Asked<'_>) -> Option<CodeAction> {
    let opened = asked.book.opened.as_ref()?;
    let file = asked.book.file(asked.path)?;
    let phases = opened.loaded.book.sequences.iter().flat_map(|sequence| &sequence.phases);
    let mut around = phases.filter(|phase| {
        let Span { file: of, start, end } = phase.span;
        of == file && start as usize <= asked.selected.start && asked.selected.start <= end as usize
    });
    let phase = around.next()?;
    let filter = Filter::default().with(By::Phase, vec![phase.id.name.clone()]);
    let conversion = convert(&opened.world, &opened.loaded, &filter).ok()?;
    let drafts: usize = conversion.drafts.iter().map(|(_, ids)| ids.len()).sum();
    if drafts == 0 {
        return None;
    }
    let title = say!(
        drafts;
        "Write 1 draft for what is missing in the phase `{phase}`",
        "Write {n} drafts for what is missing in the phase `{phase}`",
        phase = phase.id.name
    );
    let mut done = action(asked, &title, CodeActionKind::REFACTOR_REWRITE, None);
    done.edit = Some(workspace_edit(asked.book, &conversion.changes, asked.encoding, asked.takes)?);
    Some(done)
}
