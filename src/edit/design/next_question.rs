//! What the method asks next: phases, steps and contact, traits, targets, then each standard type by type and level by
//! level.

use std::collections::BTreeSet;

use crate::book::{Book, Level, Sequence, StandardType};
use crate::method::{CellState, MatrixCell, Standards};

/// The next question about a sequence. Names are ids.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum OpenQuestion {
    /// Which phases does it have, or which follow those it has?
    Phases,
    /// Which steps does this phase have, and where is contact?
    Steps(String),
    /// Which traits would strengthen the customer's experience in this phase?
    Traits(String),
    /// Which level does this phase aim at?
    Target(String),
    /// Which standard fills this cell: phase, trait, type, level?
    Cell(String, String, StandardType, Level),
}

/// Which part of the book the questions are about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DesignScope {
    /// Id of the sequence.
    pub sequence: String,
    /// Ids of the phases that are meant; empty for all.
    pub phases: Vec<String>,
    /// Questions that were put off.
    pub(crate) later: BTreeSet<OpenQuestion>,
}

/// How far a design is: filled cells of those aimed at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Progress {
    /// Cells that need nothing more.
    pub filled: usize,
    /// Cells aimed at.
    pub wanted: usize,
}

/// The first question that the book does not answer and that was not put off.
pub(crate) fn next(book: &Book, standards: &Standards, asked: &DesignScope) -> Option<OpenQuestion> {
    let sequence = book.sequences.iter().find(|sequence| sequence.id.name == asked.sequence)?;
    let phases = sequence.phases.iter().filter(|phase| is_meant(asked, &phase.id.name));
    // More phases may always follow, so only putting it off ends that question.
    let mut open: Vec<OpenQuestion> = if asked.phases.is_empty() { vec![OpenQuestion::Phases] } else { Vec::new() };
    let name = |phase: &&crate::book::Phase| phase.id.name.clone();
    open.extend(phases.clone().filter(|phase| phase.steps.is_empty()).map(|phase| OpenQuestion::Steps(name(&phase))));
    let has_traits = |phase: &&crate::book::Phase| {
        !phase.traits.is_empty() || phase.steps.iter().any(|step| !step.traits.is_empty())
    };
    open.extend(phases.clone().filter(|phase| !has_traits(phase)).map(|phase| OpenQuestion::Traits(name(&phase))));
    let fresh = phases.filter(|phase| has_traits(phase) && phase.standards.is_empty() && !phase.has_target);
    open.extend(fresh.map(|phase| OpenQuestion::Target(name(&phase))));
    open.extend(cells(book, standards, asked).filter(|cell| is_open(cell)).map(|cell| {
        let phase = &sequence.phases[cell.phase].id.name;
        OpenQuestion::Cell(phase.clone(), cell.of_trait.clone(), cell.kind, cell.level)
    }));
    open.into_iter().find(|question| !asked.later.contains(question))
}

/// How far the cells of the sequence are filled.
pub(crate) fn progress(book: &Book, standards: &Standards, asked: &DesignScope) -> Progress {
    let wanted: Vec<&MatrixCell> =
        cells(book, standards, asked).filter(|cell| cell.state != CellState::Beyond).collect();
    Progress { filled: wanted.iter().filter(|cell| cell.state.is_covered()).count(), wanted: wanted.len() }
}

/// The cells that standards fill or that a reason leaves blank, each with the id of its phase.
pub(crate) fn settled<'a>(
    book: &'a Book,
    standards: &'a Standards,
    asked: &'a DesignScope,
) -> Vec<(&'a str, &'a MatrixCell)> {
    let of_phase = |cell: &'a MatrixCell| {
        let phase = book.phase_at(cell.sequence, cell.phase)?;
        // Above what a phase aims at nothing is asked for.
        let is_blank = cell.state == CellState::Waived && cell.level <= phase.target;
        let is_settled = !cell.standards.is_empty() || is_blank;
        is_settled.then_some((phase.id.name.as_str(), cell))
    };
    cells(book, standards, asked).filter_map(of_phase).collect()
}

fn is_open(cell: &MatrixCell) -> bool {
    matches!(cell.state, CellState::Proposed | CellState::Missing)
}

fn is_meant(asked: &DesignScope, phase: &str) -> bool {
    asked.phases.is_empty() || asked.phases.iter().any(|wanted| wanted == phase)
}

/// The cells of the sequence's phases that are meant, in the order of the matrix.
fn cells<'a>(book: &'a Book, standards: &'a Standards, asked: &'a DesignScope) -> impl Iterator<Item = &'a MatrixCell> {
    let of = |cell: &MatrixCell| -> Option<(&'a Sequence, &'a str)> {
        let sequence = book.sequences.get(cell.sequence)?;
        Some((sequence, &sequence.phases.get(cell.phase)?.id.name))
    };
    let is_of = move |cell: &&MatrixCell| {
        of(cell).is_some_and(|(sequence, phase)| sequence.id.name == asked.sequence && is_meant(asked, phase))
    };
    standards.cells.iter().filter(is_of)
}
