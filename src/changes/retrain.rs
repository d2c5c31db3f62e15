//! Who has to learn something new after a change.

use std::collections::BTreeMap;

use super::{Change, ChangeKind, Retrain};
use crate::book::Book;
use crate::method::Standard;

/// Whether a change asks of the staff what it did not before. What is no longer asked, is asked at another level, or is
/// only said in another way of the same language's translation, needs no training.
pub(super) fn is_new_to_staff(change: &Change) -> bool {
    use ChangeKind as K;
    match change.kind {
        K::Added | K::Reworded | K::Tightened | K::Loosened | K::MovedPhase => true,
        K::Other => matches!(
            change.field,
            Some("role" | "status" | "measure" | "how" | "say" | "avoid" | "step" | "when" | "critical")
        ),
        K::Retired | K::Removed | K::MovedLevel | K::Renamed | K::Translated => false,
    }
}

/// Who has to learn what.
#[derive(Default)]
pub(super) struct Retraining {
    /// Role, or none for anyone → ids of standards.
    roles: BTreeMap<Option<String>, Vec<String>>,
}

impl Retraining {
    pub(super) fn add(&mut self, book: &Book, standard: &Standard) {
        let id = &standard.id.name;
        if standard.roles.is_empty() {
            self.roles.entry(None).or_default().push(id.clone());
        }
        for role in &standard.roles {
            let role = book.role(role).map_or(role, |role| &role.id.name);
            self.roles.entry(Some(role.clone())).or_default().push(id.clone());
        }
    }

    /// Roles in the book's order, then whoever is of the staff.
    pub(super) fn in_order(mut self, book: &Book) -> Vec<Retrain> {
        let named = book.roles.iter().map(|role| Some(role.id.name.clone()));
        let mut all: Vec<Retrain> = Vec::new();
        for role in named {
            let standards = self.roles.remove(&role);
            all.extend(standards.map(|standards| Retrain { role, standards }));
        }
        // Roles that the book does not define (a finding of its own), and no role.
        let (anyone, undefined): (Vec<_>, Vec<_>) = self.roles.into_iter().partition(|(role, _)| role.is_none());
        all.extend(undefined.into_iter().chain(anyone).map(|(role, standards)| Retrain { role, standards }));
        all
    }
}
