//! What became of standards: from one review to the next, and by what a review decided.

use super::item::{Difference, name_of};
use super::report::Changed;
use super::sentences;
use super::then::Then;
use crate::book::Status;
use crate::changes::{Change, ChangeKind, ChangedKind, Changes, Value};
use crate::document::changes::in_words;
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::edition::Edition;
use crate::review::{Decision, Review, ReviewEntry};

/// What changed in the standards from one opening to the next, standard by standard. What was split or merged is told at what
/// came of it, with the old wordings beside the new one.
pub(super) fn between(scope: &Scope, then: &Then<'_>, since: &Changes) -> Vec<Changed> {
    let of_standards: Vec<&Change> = since.all.iter().filter(|change| change.of == ChangedKind::Standard).collect();
    let is_gone = |change: &&&Change| matches!(change.kind, ChangeKind::Removed | ChangeKind::Retired);
    let gone: Vec<&Change> = of_standards.iter().filter(is_gone).copied().collect();
    let new = of_standards.iter().filter(|change| change.kind == ChangeKind::Added);
    let came: Vec<(&str, Vec<&Change>)> =
        new.map(|change| (change.id.as_str(), sources(scope, change, &gone))).collect();
    let sources_of =
        |id: &str| came.iter().find(|(new, _)| *new == id).map_or(&[][..], |(_, sources)| sources.as_slice());
    let is_told = |change: &&&Change| {
        let of_it = |(_, sources): &(&str, Vec<&Change>)| sources.iter().any(|source| source.id == change.id);
        !(is_gone(change) && came.iter().any(of_it))
    };
    let told: Vec<&Change> = of_standards.iter().filter(is_told).copied().collect();
    let changed = |together: &[&Change]| {
        let first = together.first()?;
        let differences = together.iter().flat_map(|change| {
            let from = if change.kind == ChangeKind::Added { sources_of(&change.id) } else { &[] };
            difference(scope, then, change, from)
        });
        Some(Changed { reference: first.id.clone(), changes: differences.collect() })
    };
    told.chunk_by(|a, b| a.id == b.id).filter_map(changed).collect()
}

/// What is gone and what a new standard says that it came of. A set does not keep that; the book does.
fn sources<'c>(scope: &Scope, new: &Change, gone: &[&'c Change]) -> Vec<&'c Change> {
    let now = scope.standards.all.iter().find(|standard| standard.id.is_or_was(&new.id));
    let names: Vec<&String> = new.from.iter().chain(now.iter().flat_map(|standard| &standard.from)).collect();
    let is_one = |id: &str| {
        let known = scope.standards.all.iter().find(|standard| standard.id.is_or_was(id)).map(|standard| &standard.id);
        names.iter().any(|name| *name == id || known.is_some_and(|known| known.is_or_was(name)))
    };
    gone.iter().copied().filter(|change| is_one(&change.id)).collect()
}

/// How a change is told; of what came of others, against each of them.
fn difference(scope: &Scope, then: &Then<'_>, change: &Change, from: &[&Change]) -> Vec<Difference> {
    let shown = |id: &str, value: &Option<Value>| match value {
        Some(Value::Text(text)) if change.field.is_none() => then.worded(id, text),
        Some(value) => Prose::plain(in_words(scope, change.field, value)),
        None => Prose::plain("–"),
    };
    let key = if from.len() == 1 { "changes.split" } else { "changes.merged" };
    let came = from.iter().map(|source| Difference {
        label: scope.interface.fill(key, &[("ids", &source.id)]),
        before: shown(&source.id, &source.before),
        after: shown(&change.id, &change.after),
    });
    if !from.is_empty() {
        return came.collect();
    }
    let label = scope.text(&format!("change.{}", change.kind.word()));
    let (before, after) = match (change.kind, change.old_id.as_deref()) {
        (ChangeKind::Renamed, Some(old)) => (Prose::plain(old), Prose::plain(change.id.as_str())),
        _ => {
            let (before, after) = (shown(&change.id, &change.before), shown(&change.id, &change.after));
            match (&change.before, &change.after) {
                // A translation that was not made anew says the same of both.
                (Some(Value::Text(old)), Some(Value::Text(new)))
                    if change.field.is_none() && before.characters() == after.characters() =>
                {
                    (then.in_source(old), then.in_source(new))
                }
                _ => (before, after),
            }
        }
    };
    vec![Difference { label, before, after }]
}

/// Old and new of what the review decided and the book shows. `left` is the set that the review left, where it is here.
pub(super) fn outcomes(scope: &Scope, then: &Then<'_>, review: &Review, left: Option<&Edition>) -> Vec<Changed> {
    let of = |entry: &ReviewEntry| {
        let became = entry.became.as_ref().map(|_| sentences::changes(scope, &entry.demand, &entry.left_demand()));
        let mut changes = became.unwrap_or_default();
        changes.extend(retired(scope, review, entry));
        changes.extend(parts(scope, then, entry, left));
        Changed { reference: name_of(&entry.key.value), changes }
    };
    let changed = review.entries.iter().map(of);
    changed.filter(|changed| !changed.changes.is_empty()).collect()
}

/// That a standard went out of force, with what it had demanded.
fn retired(scope: &Scope, review: &Review, entry: &ReviewEntry) -> Option<Difference> {
    entry.changing().filter(|decision| *decision == Decision::Retire)?;
    let standard = entry.standard.and_then(|index| scope.standards.all.get(index));
    let is_gone = standard.is_none_or(|standard| standard.status == Status::Retired);
    (review.carried_out.is_some() || is_gone).then(|| Difference {
        label: scope.text("change.retired"),
        before: before(scope, entry),
        after: Prose::plain("–"),
    })
}

/// What a standard demanded when the review was opened; its id where the record does not say.
fn before(scope: &Scope, entry: &ReviewEntry) -> Prose {
    entry.demand.wording.as_ref().map_or_else(|| Prose::plain(entry.id.as_str()), |wording| scope.prose(wording))
}

/// The standards that name a split or merged one in `from`: their ids, and what each demands; their figures are their own.
fn parts(scope: &Scope, then: &Then<'_>, entry: &ReviewEntry, left: Option<&Edition>) -> Vec<Difference> {
    if !matches!(entry.changing(), Some(Decision::Split | Decision::Merge)) {
        return Vec::new();
    }
    let own = entry.standard.and_then(|index| scope.standards.all.get(index)).map(|standard| &standard.id);
    let is_own = |name: &String| *name == entry.id || own.is_some_and(|id| id.name == *name || id.has_been(name));
    let parts = scope.standards.all.iter().filter(|standard| standard.from.iter().any(is_own));
    let kept = entry.parts.iter().map(String::as_str);
    let ids: Vec<&str> = match entry.parts.is_empty() {
        true => parts.map(|standard| standard.id.name.as_str()).collect(),
        false => kept.collect(),
    };
    if ids.is_empty() {
        return Vec::new();
    }
    let names = Difference {
        label: scope.text("common.standard"),
        before: Prose::plain(entry.id.as_str()),
        after: Prose::plain(ids.join(", ")),
    };
    let text = |id: &str| {
        let source = scope.book.source_language();
        let of_set = left.and_then(|left| left.standards.all.iter().find(|standard| standard.id.name == id));
        let now = scope.standards.all.iter().find(|standard| standard.id.is_or_was(id));
        match of_set.and_then(|standard| standard.text.get(source)) {
            Some(own) => Some(then.worded(now.map_or(id, |standard| standard.id.name.as_str()), &own.text)),
            None => now.map(|standard| scope.prose(&standard.text)),
        }
    };
    let wordings = ids
        .iter()
        .filter_map(|id| Some(Difference { label: (*id).to_owned(), before: before(scope, entry), after: text(id)? }));
    std::iter::once(names).chain(wordings).collect()
}
