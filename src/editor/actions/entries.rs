//! What is done with whole entries: keys that they lack, rules that they may break, drafts, measures, and their place.

use lsp_types::{CodeAction, CodeActionKind};

use super::{Asked, action, done, mend};
use crate::book::{Bound, Phase, Sequence, WrittenStandard};
use crate::check::wording::single_quantity;
use crate::diag::{Code, Diagnostic};
use crate::edit::convert::convert;
use crate::edit::transfer::{copy_phase, free_copy, move_standard};
use crate::edit::{allow, measured};
use crate::edition::{By, Filter};
use crate::say;
use crate::source::Span;
use crate::units::Unit;

/// The mends of a finding that change its entry.
pub(super) fn mends(asked: &Asked<'_>, finding: &Diagnostic) -> Vec<CodeAction> {
    [lacking(asked, finding), allowed(asked, finding)].into_iter().flatten().collect()
}

/// Adds the key that an entry lacks, below its first, for its value to be written.
fn lacking(asked: &Asked<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if finding.code != Code::MissingKey {
        return None;
    }
    let key = finding.message.filled("{what} lacks the key `{key}`", "key")?;
    let text = &asked.book.source(finding.span)?.text;
    let start = finding.span.start as usize;
    let edit = if text[start..].starts_with('{') {
        let end = finding.span.end as usize - 1;
        let inner = text.get(start + 1..end)?;
        let written = if inner.trim().is_empty() { format!("{key}: ") } else { format!(", {key}: ") };
        let end = start + 1 + inner.trim_end().len();
        (end..end, written)
    } else {
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        let column = text[line..start].chars().filter(|letter| *letter != '\u{feff}').count();
        if !text[line..start].chars().all(|letter| [' ', '-', '\u{feff}'].contains(&letter)) {
            return None;
        }
        // Above the first key: what belongs to that may go on below it.
        (start..start, format!("{key}: \n{}", " ".repeat(column)))
    };
    mend(asked, finding, &say!("Add the key `{key}`", key), &[edit])
}

/// Lets the entry break the rule.
fn allowed(asked: &Asked<'_>, finding: &Diagnostic) -> Option<CodeAction> {
    if !finding.code.is_optional() {
        return None;
    }
    let opened = asked.book.opened.as_ref()?;
    let change = allow(&opened.loaded, finding.span, finding.code).ok()?;
    let title = say!("Let this entry break the rule `{code}`", code = finding.code.word());
    done(asked, action(asked, &title, CodeActionKind::QUICKFIX, Some(finding)), &[change])
}

/// The phase at the caret.
fn phase<'a>(asked: &'a Asked<'_>) -> Option<(&'a Sequence, &'a Phase)> {
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
fn standard<'a>(asked: &Asked<'_>, phase: &'a Phase) -> Option<&'a WrittenStandard> {
    let at = asked.selected.start;
    phase.standards.iter().find(|standard| {
        let Span { start, end, .. } = standard.span;
        start as usize <= at && at <= end as usize
    })
}

/// Writes what the patterns yield for the phase as drafts to be worded, where something is missing there.
pub(super) fn drafts(asked: &Asked<'_>) -> Option<CodeAction> {
    let opened = asked.book.opened.as_ref()?;
    let (_, phase) = phase(asked)?;
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
    done(asked, action(asked, &title, CodeActionKind::REFACTOR_REWRITE, None), &conversion.changes)
}

/// Takes the one figure of a standard's text into its measure, where it has none.
pub(super) fn figure(asked: &Asked<'_>) -> Vec<CodeAction> {
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
pub(super) fn moves(asked: &Asked<'_>) -> Vec<CodeAction> {
    let Some(opened) = asked.book.opened.as_ref() else { return Vec::new() };
    let Some((sequence, home)) = phase(asked) else { return Vec::new() };
    let Some(standard) = standard(asked, home) else {
        let copy = || {
            let new = free_copy(&opened.loaded.book, &home.id.name);
            let copied = copy_phase(&opened.loaded, &home.id.name, &new, None).ok()?;
            let title = say!("Copy the phase `{phase}` as `{new}`, with new ids", phase = &*home.id.name, new);
            done(asked, action(asked, &title, CodeActionKind::REFACTOR_REWRITE, None), &copied.changes)
        };
        return copy().into_iter().collect();
    };
    let others = sequence.phases.iter().filter(|phase| phase.id.name != home.id.name).take(NEAR);
    let to = |phase: &Phase| {
        let moved = move_standard(&opened.loaded, &standard.id.name, &phase.id.name, None).ok()?;
        let title =
            say!("Move `{standard}` to the phase `{phase}`", standard = &*standard.id.name, phase = &*phase.id.name);
        done(asked, action(asked, &title, CodeActionKind::REFACTOR_REWRITE, None), &moved.changes)
    };
    others.filter_map(to).collect()
}
