//! The standards themselves, whichever way they came to be.

use std::sync::Arc;

use crate::book::{
    Aspect, Condition, Id, Level, Measure, Procedure, StandardType, Status, Teaching, Text, Undecided, Verify,
};
use crate::source::Span;
use crate::units::Quantity;

/// All standards of a book, in service order, and the matrix of its cells.
#[derive(Clone, Debug, Default)]
pub struct Standards {
    /// Sequence by sequence, phase by phase; in a phase: those of the phase itself, then step by step; within that
    /// written ones in the author's order, then derived ones, then hand-offs. Drafts and retired ones included.
    pub all: Vec<Standard>,
    /// Every cell of every phase, in the order phase, trait, type, level.
    pub cells: Vec<MatrixCell>,
}

/// One standard.
#[derive(Clone, Debug)]
pub struct Standard {
    /// The id: written, `PHASE.TRAIT.PATTERN`, or `PHASE.STEP.handoff`. `was` holds its former ids.
    pub id: Id,
    /// The standards that it was split from or merged of.
    pub from: Vec<String>,
    /// 8 hexadecimal digits that name its wording.
    pub stamp: String,
    /// Index of its sequence in the book.
    pub sequence: usize,
    /// Index of its phase in the sequence.
    pub phase: usize,
    /// Index of its step in the phase.
    pub step: Option<usize>,
    /// What it is about.
    pub kind: StandardType,
    /// How much it offers.
    pub level: Level,
    /// What of these two a draft leaves open.
    pub undecided: Undecided,
    /// Ids of the traits it converts.
    pub traits: Vec<String>,
    /// Ids of the roles that keep it: its own, else its step's; empty for anyone of the staff.
    pub roles: Vec<String>,
    /// What it demands. For a hand-off: its parts in one labelled line.
    pub text: Arc<Text>,
    /// The figure in it.
    pub measure: Option<Measure>,
    /// How it is verified.
    pub verify: Verify,
    /// Head of a front-office analysis.
    pub aspect: Aspect,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// How much it counts in scores; the usual is 1.
    pub weight: f64,
    /// Kind of front-office procedure, from its step.
    pub procedure: Option<Procedure>,
    /// All conditions on the way down: sequence, phase, step, its own.
    pub when: Vec<Condition>,
    /// Training.
    pub teaching: Arc<Teaching>,
    /// How it came to be.
    pub origin: Origin,
    /// Whether it is in force.
    pub status: Status,
    /// Written: the entry. Derived: where its trait stands in the sequence. Hand-off: the hand-off.
    pub span: Span,
}

impl Standard {
    /// What it is about; none in a draft that leaves it open.
    pub fn decided_kind(&self) -> Option<StandardType> {
        (!self.undecided.kind).then_some(self.kind)
    }

    /// How much it offers; none in a draft that leaves it open.
    pub fn decided_level(&self) -> Option<Level> {
        (!self.undecided.level).then_some(self.level)
    }
}

/// How a standard came to be.
#[derive(Clone, Debug, PartialEq)]
pub enum Origin {
    /// An author wrote it.
    Written,
    /// A pattern made it of a trait: trait id and pattern id.
    Derived {
        /// The trait.
        of_trait: String,
        /// The pattern.
        pattern: String,
    },
    /// A hand-off of a step demands it.
    Handoff(HandoffParts),
}

/// The labelled parts of a hand-off.
#[derive(Clone, Debug, PartialEq)]
pub struct HandoffParts {
    /// Id of the role or department that receives it.
    pub receiver: String,
    /// What is handed over.
    pub content: Text,
    /// By which channel.
    pub channel: Option<Text>,
    /// At the latest after.
    pub limit: Option<Quantity>,
}

impl Origin {
    /// The word for it in JSON.
    pub fn word(&self) -> &'static str {
        match self {
            Origin::Written => "written",
            Origin::Derived { .. } => "derived",
            Origin::Handoff(_) => "handoff",
        }
    }
}

/// One phase × trait × type × level.
#[derive(Clone, Debug, PartialEq)]
pub struct MatrixCell {
    /// Index of the sequence in the book.
    pub sequence: usize,
    /// Index of the phase in the sequence.
    pub phase: usize,
    /// Id of the trait.
    pub of_trait: String,
    /// The type.
    pub kind: StandardType,
    /// The level.
    pub level: Level,
    /// What fills it, or why nothing does.
    pub state: CellState,
    /// Ids of the standards that fill it.
    pub standards: Vec<String>,
    /// The waiver's reason.
    pub why: Option<Text>,
}

/// What fills a cell, or why nothing does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum CellState {
    /// An author's standard.
    Written,
    /// Left blank for a reason.
    Waived,
    /// Standards made of patterns.
    Derived,
    /// Patterns exist, but the book does not convert by them.
    Proposed,
    /// Nothing, though the phase aims at this level.
    Missing,
    /// Nothing, and the phase does not aim at this level.
    Beyond,
}
