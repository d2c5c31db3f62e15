//! What became of standards: from one review to the next, and by what a review decided.

use super::item::{Difference, name_of};
use super::report::Changed;
use super::sentences;
use crate::book::Text;
use crate::changes::{Change, ChangeKind, ChangedKind, Changes, Value};
use crate::document::changes::in_words;
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::review::{Decision, Review, ReviewEntry};
use crate::source::Span;

/// What changed in the standards from one opening to the next, standard by standard.
pub(super) fn between(scope: &Scope, since: &Changes) -> Vec<Changed> {
    let of_standards: Vec<&Change> = since.all.iter().filter(|change| change.of == ChangedKind::Standard).collect();
    let changed = |together: &[&Change]| {
        let first = together.first()?;
        let differences = together.iter().map(|change| {
            let shown = |value: &Option<Value>| match value {
                Some(Value::Text(text)) if change.field.is_none() => worded(scope, &change.id, text),
                Some(value) => Prose::plain(in_words(scope, change.field, value)),
                None => Prose::plain("–"),
            };
            let (label, old) = (scope.text(&format!("change.{}", change.kind.word())), change.old_id.as_deref());
            match (change.kind, old) {
                (ChangeKind::Renamed, Some(old)) => {
                    Difference { label, before: Prose::plain(old), after: Prose::plain(change.id.as_str()) }
                }
                _ => Difference { label, before: shown(&change.before), after: shown(&change.after) },
            }
        });
        Some(Changed { reference: first.id.clone(), changes: differences.collect() })
    };
    of_standards.chunk_by(|a, b| a.id == b.id).filter_map(changed).collect()
}

/// A text as an edition has it, in the source language: where the book words the standard so to this day, in the reader's; else
/// marked as what it is.
fn worded(scope: &Scope, id: &str, text: &str) -> Prose {
    let source = scope.book.source_language();
    let standard = scope.standards.all.iter().find(|standard| standard.id.name == id);
    let now = standard.and_then(|standard| Some((&standard.text, standard.text.get(source)?)));
    match now.filter(|(_, own)| own.text.split_whitespace().eq(text.split_whitespace())) {
        Some((now, _)) => scope.prose(now),
        None => scope.prose(&Text::of(source, text, Span::default())),
    }
}

/// Old and new of what the review decided and the book shows.
pub(super) fn outcomes(scope: &Scope, review: &Review) -> Vec<Changed> {
    let of = |entry: &ReviewEntry| {
        let became = entry.became.as_ref().map(|_| sentences::changes(scope, &entry.demand, &entry.left_demand()));
        let mut changes = became.unwrap_or_default();
        changes.extend(parts(scope, entry));
        Changed { reference: name_of(&entry.key.value), changes }
    };
    let changed = review.entries.iter().map(of);
    changed.filter(|changed| !changed.changes.is_empty()).collect()
}

/// The standards that name a split or merged one in `from`, by their ids; their figures are their own.
fn parts(scope: &Scope, entry: &ReviewEntry) -> Option<Difference> {
    entry.changing().filter(|decision| matches!(decision, Decision::Split | Decision::Merge))?;
    let own = entry.standard.and_then(|index| scope.standards.all.get(index)).map(|standard| &standard.id);
    let is_own = |name: &String| *name == entry.id || own.is_some_and(|id| id.name == *name || id.has_been(name));
    let parts = scope.standards.all.iter().filter(|standard| standard.from.iter().any(is_own));
    let kept = entry.parts.iter().map(String::as_str);
    let ids: Vec<&str> = match entry.parts.is_empty() {
        true => parts.map(|standard| standard.id.name.as_str()).collect(),
        false => kept.collect(),
    };
    let (label, after) = (scope.text("common.standard"), Prose::plain(ids.join(", ")));
    (!ids.is_empty()).then(|| Difference { label, before: Prose::plain(entry.id.as_str()), after })
}
