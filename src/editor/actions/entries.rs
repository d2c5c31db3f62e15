//! What is done with whole entries: rules that they may break, drafts, measures, and their place.

use lsp_types::{CodeAction, CodeActionKind};

use super::tasks::{Task, offered};
use super::{ActionQuery, action, done};
use crate::book::{Bound, Phase, Sequence, WrittenStandard};
use crate::check::wording::single_quantity;
use crate::diag::Diagnostic;
use crate::edit::transfer::free_copy;
use crate::edit::{allow, measured};
use crate::method::{Proposal, proposals};
use crate::say;
use crate::source::Span;
use crate::units::Unit;

/// The mends of a finding that change its entry.
pub(super) fn mends(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Vec<CodeAction> {
    allowed(asked, finding).into_iter().collect()
}

/// Lets the entry break the rule.
fn allowed(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if !finding.code.is_optional() {
        return None;
    }
    let opened = asked.book.opened.as_ref()?;
    let change = allow(&opened.loaded, finding.span, finding.code).ok()?;
    let title = say!("Let this entry break the rule `{code}`", code = finding.code.word());
    done(asked, action(asked, &title, CodeActionKind::QUICKFIX, Some(finding)), &[change])
}

/// The phase at the caret.
fn phase<'a>(asked: &'a ActionQuery<'_>) -> Option<(&'a Sequence, &'a Phase)> {
    let opened = asked.book.opened.as_ref()?;
    let file = asked.book.file(asked.path)?;
    let sequences = opened.loaded.book.sequences.iter();
    let mut phases = sequences.flat_map(|sequence| sequence.phases.iter().map(move |phase| (sequence, phase)));
    phases.find(|(_, phase)| {
        let Span { file: of, start, end } = phase.span;
        of == file && start as usize <= asked.selected.start && asked.selected.start <= end as usize
    })
}

/// The written standard at the caret.
fn standard<'a>(asked: &ActionQuery<'_>, phase: &'a Phase) -> Option<&'a WrittenStandard> {
    let offset = asked.selected.start;
    phase.standards.iter().find(|standard| {
        let Span { start, end, .. } = standard.span;
        start as usize <= offset && offset <= end as usize
    })
}

/// Writes what the patterns yield for the phase as drafts to be worded, where something is missing there.
pub(super) fn drafts(asked: &ActionQuery<'_>) -> Option<CodeAction> {
    let opened = asked.book.opened.as_ref()?;
    let (_, phase) = phase(asked)?;
    let book = &opened.loaded.book;
    // What cannot be understood stands in the way of drafts.
    if !opened.loaded.findings.is_empty() {
        return None;
    }
    let is_here = |proposal: &&Proposal| {
        let home = book.phase_at(proposal.sequence, proposal.phase);
        home.is_some_and(|home| home.id.name == phase.id.name)
    };
    let drafts: usize = proposals(book).iter().filter(is_here).map(|proposal| proposal.standards.len()).sum();
    if drafts == 0 {
        return None;
    }
    let title = say!(
        drafts;
        "Write 1 draft for what is missing in the phase `{phase}`",
        "Write {n} drafts for what is missing in the phase `{phase}`",
        phase = phase.id.name
    );
    offered(asked, &title, Task::Draft { phase: phase.id.name.clone() })
}

/// Takes the one figure of a standard's text into its measure, where it has none.
pub(super) fn figure(asked: &ActionQuery<'_>) -> Vec<CodeAction> {
    let Some(opened) = asked.book.opened.as_ref() else { return Vec::new() };
    let Some(standard) = phase(asked).and_then(|(_, phase)| standard(asked, phase)) else { return Vec::new() };
    if standard.measure.is_some() {
        return Vec::new();
    }
    let source = opened.loaded.book.source_language();
    let Some(worded) = standard.text.get(source) else { return Vec::new() };
    let with_unit = |quantity: &crate::units::Quantity| quantity.unit != Unit::Count;
    let Some(value) = single_quantity(&worded.text, source.primary(), with_unit) else { return Vec::new() };
    // Which way it bounds, only time says by itself.
    let bounds: &[Bound] = if value.unit.is_time() { &[Bound::Within] } else { &[Bound::AtLeast, Bound::AtMost] };
    let of_bound = |bound: &Bound| {
        let change = measured(&opened.loaded, standard.id.span, *bound, &value.plain()).ok()?;
        let figure = format!("{}: {}", bound.key(), value.plain());
        let title = say!("Take the figure into the measure: `{figure}`", figure);
        done(asked, action(asked, &title, CodeActionKind::REFACTOR_REWRITE, None), &[change])
    };
    bounds.iter().filter_map(of_bound).collect()
}

/// So many phases are offered for a standard to be moved to; the command moves to any.
const NEAR: usize = 12;

/// Moves the standard at the caret to another phase of its sequence; or copies the phase, where the caret is in none.
pub(super) fn moves(asked: &ActionQuery<'_>) -> Vec<CodeAction> {
    let Some(opened) = asked.book.opened.as_ref() else { return Vec::new() };
    let Some((sequence, home)) = phase(asked) else { return Vec::new() };
    let Some(standard) = standard(asked, home) else {
        let (phase, new) = (home.id.name.clone(), free_copy(&opened.loaded.book, &home.id.name));
        let title = say!("Copy the phase `{phase}` as `{new}`, with new ids", phase = &*phase, new = &*new);
        return offered(asked, &title, Task::Copy { phase, new }).into_iter().collect();
    };
    let others = sequence.phases.iter().filter(|phase| phase.id.name != home.id.name).take(NEAR);
    let to = |to: &Phase| {
        let (standard, phase) = (standard.id.name.clone(), to.id.name.clone());
        let title = say!("Move `{standard}` to the phase `{phase}`", standard = &*standard, phase = &*phase);
        offered(asked, &title, Task::Move { standard, phase })
    };
    others.filter_map(to).collect()
}
