//! What is due for review, to look at.

use serde::Serialize;

use super::ReviewRequest;
use super::item::{PhaseReview, of_due};
use super::sentences::{GapRow, gap_rows};
use crate::document::head::Head;
use crate::document::kind::DocumentKind;
use crate::document::long::Long;
use crate::document::scope::Scope;
use crate::review::Due;

/// The view of what is due.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewDue {
    /// What it is.
    pub head: Head,
    /// How many are due, and how many overdue, in words.
    pub summary: String,
    /// Phases in service order.
    pub phases: Long<PhaseReview>,
    /// Cells that nothing fills.
    pub gaps: Vec<GapRow>,
}

/// Composes what is due.
pub fn review_due(asked: ReviewRequest) -> ReviewDue {
    let scope = Scope::of(asked.request);
    let due: Vec<&Due> = asked.overview.due().collect();
    let overdue = due.iter().filter(|due| due.overdue).count();
    let mut number = 0;
    let place = |due: &Due| (due.standard.sequence, due.standard.phase);
    let phases = due.chunk_by(|a, b| place(a) == place(b)).filter_map(|group| {
        let (sequence, phase) = place(group.first()?);
        let phase = scope.book.phase_at(sequence, phase)?;
        let items = group.iter().map(|due| {
            number += 1;
            of_due(&scope, due, number)
        });
        Some(PhaseReview { items: items.collect(), id: Some(phase.id.name.clone()), title: scope.prose(&phase.title) })
    });
    ReviewDue {
        phases: phases.collect(),
        summary: format!(
            "{} {}",
            scope.interface.count("review.due-count", due.len()),
            scope.interface.count("review.overdue-count", overdue)
        ),
        gaps: gap_rows(&scope, &asked.overview.gaps),
        head: Head::of(DocumentKind::ReviewDue, &scope),
    }
}
