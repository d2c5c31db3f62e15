//! The sequences at a glance: each as a picture and as a table.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::book::{Sequence, Step};
use crate::document::blueprint::{Picture, picture_in_manual};
use crate::document::lanes::{Glance, glance};
use crate::document::scope::{Scope, ShownPhase};
use crate::edition::FilterKey;
use crate::source::Span;

/// A sequence at a glance in the manual: as a picture, and as a table where there is no room for one.
#[derive(Clone, Debug, Serialize)]
pub struct GlanceSection {
    /// The table.
    #[serde(flatten)]
    pub table: Glance,
    /// The picture.
    pub picture: Picture,
}

/// The places of the steps that a part's standards are pinned to: a step's id is unique in its phase alone.
fn pinned(part: &ShownPhase) -> Vec<Span> {
    let steps = part.standards.iter().filter_map(|selected| part.phase.steps.get(selected.standard.step?));
    steps.map(|step| step.span).collect()
}

/// The sequences of the document at a glance: whole, or in the manual of a role the steps in which it acts or is taught
/// something.
pub(super) fn glances<'a>(scope: &'a Scope) -> Vec<(&'a Sequence, GlanceSection)> {
    let chapters: BTreeSet<&str> = scope.parts().map(|part| part.phase.id.name.as_str()).collect();
    let readers = scope.staffing.fold(scope.filter.values(FilterKey::Role));
    let pinned: Vec<Span> = scope.parts().flat_map(|part| pinned(&part)).collect();
    let section = |sequence: &'a Sequence| {
        let acts = |step: &Step| scope.staffing.fold(&step.roles).iter().any(|role| readers.contains(role));
        let keeps = |step: &Step| readers.is_empty() || pinned.contains(&step.span) || acts(step);
        let mut table = glance(scope, sequence, &keeps, Some(&chapters));
        if !readers.is_empty() {
            table.phases.retain(|phase| !phase.steps.is_empty() || phase.anchor.is_some());
        }
        let picture = picture_in_manual(scope, sequence, &keeps, !readers.is_empty());
        (sequence, GlanceSection { table, picture })
    };
    let shown = |(_, section): &(&Sequence, GlanceSection)| readers.is_empty() || !section.table.phases.is_empty();
    scope.sequences().map(section).filter(shown).collect()
}
