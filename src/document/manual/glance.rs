//! The sequences at a glance: each as a picture and as a table.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::book::{Sequence, Step};
use crate::document::blueprint::{Picture, picture_in_manual};
use crate::document::lanes::{Glance, glance};
use crate::document::readers::Readers;
use crate::document::scope::Scope;

/// A sequence at a glance in the manual: as a picture, and as a table where there is no room for one.
#[derive(Clone, Debug, Serialize)]
pub struct GlanceSection {
    /// The table.
    #[serde(flatten)]
    pub table: Glance,
    /// The picture.
    pub picture: Picture,
}

/// The sequences of the document at a glance: whole, or in the manual of a role the steps in which it acts or is taught
/// something.
pub(super) fn glances<'a>(scope: &'a Scope) -> Vec<(&'a Sequence, GlanceSection)> {
    let chapters: BTreeSet<&str> = scope.parts().map(|part| part.phase.id.name.as_str()).collect();
    let readers = Readers::of(scope);
    let section = |sequence: &'a Sequence| {
        let keeps = |step: &Step| readers.meet(scope, step);
        let mut table = glance(scope, sequence, &keeps, Some(&chapters));
        if !readers.is_everybody() {
            table.phases.retain(|phase| !phase.steps.is_empty() || phase.anchor.is_some());
        }
        let picture = picture_in_manual(scope, sequence, &keeps, !readers.is_everybody());
        (sequence, GlanceSection { table, picture })
    };
    let shown = |(_, section): &(&Sequence, GlanceSection)| readers.is_everybody() || !section.table.phases.is_empty();
    scope.sequences().map(section).filter(shown).collect()
}
