//! The files as written: every key of every file kind, defined once. `book::resolve` makes a [`Book`](super::Book) of
//! them; `schema` prints their JSON Schema.

mod manifest;
mod roles;
mod sequence;
mod site;
mod standard;
mod traits;

use super::Spanned;
use crate::message::Message;
use crate::say;

pub use manifest::ManifestDraft;
pub use roles::{RoleDraft, RolesFileDraft};
pub use sequence::{HandoffDraft, PhaseDraft, ScenarioDraft, SequenceDraft, StepDraft, WaiverDraft};
pub use site::SiteDraft;
pub use standard::{ImageDraft, MeasureDraft, StandardDraft};
pub use traits::{PatternDraft, TraitDraft, TraitsFileDraft};

/// A name, as written.
pub type Name = Spanned<String>;

/// The keys of a step.
pub(super) const STEP_KEYS: &[&str] = StepDraft::KEYS;

/// Help for a key that its entry does not have, where another kind of entry does.
pub(super) fn belongs_elsewhere(key: &str) -> Option<Message> {
    if key == "standards" {
        return Some(say!("standards stand in the phase, beside its `steps`; `step: …` pins one to a step"));
    }
    let homes = [
        (say!("a standard"), StandardDraft::KEYS),
        (say!("a step"), StepDraft::KEYS),
        (say!("a phase"), PhaseDraft::KEYS),
        (say!("a sequence"), SequenceDraft::KEYS),
        (say!("the manifest"), ManifestDraft::KEYS),
        (say!("a measure"), MeasureDraft::KEYS),
        (say!("a picture"), ImageDraft::KEYS),
        (say!("a hand-off"), HandoffDraft::KEYS),
        (say!("a trait"), TraitDraft::KEYS),
        (say!("a role"), RoleDraft::KEYS),
    ];
    let (home, _) = homes.into_iter().find(|(_, keys)| keys.contains(&key))?;
    Some(say!("`{key}` is a key of {home}", key, home))
}
