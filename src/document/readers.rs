//! For whom a document is, and the steps that they have to do with.

use super::scope::{Scope, ShownPhase};
use crate::book::Step;
use crate::edition::FilterKey;
use crate::source::Span;

/// The roles that a document is for.
pub(super) struct Readers {
    /// At the site; none where it is for everybody.
    roles: Vec<String>,
    /// The steps in which they are taught something. By their places: a step's id is unique in its phase alone.
    taught: Vec<Span>,
}

impl Readers {
    /// The readers of the document.
    pub(super) fn of(scope: &Scope) -> Self {
        let roles = scope.staffing.fold(scope.filter.values(FilterKey::Role));
        let taught = if roles.is_empty() { Vec::new() } else { scope.parts().flat_map(|part| taught(&part)).collect() };
        Readers { roles, taught }
    }

    /// Whether the document is for everybody.
    pub(super) fn is_everybody(&self) -> bool {
        self.roles.is_empty()
    }

    /// Whether a step is theirs: they act in it, or are taught something in it.
    pub(super) fn meet(&self, scope: &Scope, step: &Step) -> bool {
        let acts = || scope.staffing.fold(&step.roles).iter().any(|role| self.roles.contains(role));
        self.is_everybody() || self.taught.contains(&step.span) || acts()
    }
}

/// The steps that a part's standards are pinned to.
fn taught(part: &ShownPhase) -> Vec<Span> {
    let steps = part.standards.iter().filter_map(|selected| part.phase.steps.get(selected.standard.step?));
    steps.map(|step| step.span).collect()
}
