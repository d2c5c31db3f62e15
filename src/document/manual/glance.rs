//! The sequences at a glance: each as a picture and as a table.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::book::Sequence;
use crate::document::blueprint::{Picture, picture_in_manual};
use crate::document::lanes::{Glance, glance};
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

/// The sequences of the document at a glance.
pub(super) fn glances<'a>(scope: &'a Scope) -> Vec<(&'a Sequence, GlanceSection)> {
    let chapters: BTreeSet<&str> = scope.parts().map(|part| part.phase.id.name.as_str()).collect();
    let section = |sequence: &'a Sequence| {
        let table = glance(scope, sequence, &|_| true, Some(&chapters));
        (sequence, GlanceSection { table, picture: picture_in_manual(scope, sequence) })
    };
    scope.sequences().map(section).collect()
}
