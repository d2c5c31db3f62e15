//! What was looked at, where a form does not say.

use std::collections::HashSet;

use crate::audit::{StandardIndex, WrittenRecord};
use crate::edition::{Filter, FilterKey, Reference, Staffing, Values, select};
use crate::forms::FormItem;
use crate::method::Standard;

/// What was looked at, by what stands on a form that does not say: the narrowest scope of which it holds every item.
pub(super) fn scope_of(
    items: &[FormItem],
    site: Option<&str>,
    index: &StandardIndex<'_>,
) -> Vec<(String, Vec<String>)> {
    let book = index.book();
    let id = |item: &FormItem| index.standard(Reference::parse(&item.reference).id);
    let mut standards: Vec<&Standard> = items.iter().filter_map(id).collect();
    standards.sort_by_key(|standard| index.find(&standard.id.name));
    standards.dedup_by(|a, b| std::ptr::eq(*a, *b));
    let site = site.and_then(|site| book.site(site));
    let fits = |filter: &Filter| {
        let chosen = select(book, index.standards(), site, &filter.clone().in_force(false));
        // A form may hold what the book has since retired, but must hold all that is asked of it today.
        chosen.iter().all(|selected| standards.iter().any(|standard| std::ptr::eq(*standard, selected.standard)))
    };
    let everything = Filter::default();
    if standards.is_empty() || fits(&everything) {
        return Vec::new();
    }
    fn each<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
        let mut once = Vec::new();
        all.for_each(|value| {
            if !once.contains(&value) {
                once.push(value);
            }
        });
        once
    }
    let phase = |standard: &&Standard| book.sequences[standard.sequence].phases[standard.phase].id.name.clone();
    let phases = each(standards.iter().map(phase));
    let of_phases = Filter::default().with(FilterKey::Phase, phases.clone());
    let mut scope = vec![(FilterKey::Phase.key().to_owned(), phases)];
    if fits(&of_phases) {
        return scope;
    }
    let chosen = |filter: &Filter| select(book, index.standards(), site, &filter.clone().in_force(false));
    let holds = |filter: &Filter| {
        let chosen = chosen(filter);
        standards.iter().all(|standard| chosen.iter().any(|selected| std::ptr::eq(*standard, selected.standard)))
    };
    // A form for a role is the commonest part of a checklist: what it holds is all that somebody does.
    for (within, phases) in [(&everything, None), (&of_phases, scope.first().cloned())] {
        let of = |roles: Vec<String>| within.clone().with(FilterKey::Role, roles);
        let staffing = Staffing::new(book, site);
        let roles = book.roles.iter().map(|role| &role.id.name).filter(|role| staffing.exists(role));
        // One who has nothing to do there is no part of it.
        let is_part = |filter: &Filter| fits(filter) && !chosen(filter).is_empty();
        let fitting: Vec<String> = roles.filter(|role| is_part(&of(vec![(*role).clone()]))).cloned().collect();
        let alone = fitting.iter().find(|role| holds(&of(vec![(*role).clone()]))).map(|role| vec![role.clone()]);
        if let Some(roles) = alone.or_else(|| (!fitting.is_empty() && holds(&of(fitting.clone()))).then_some(fitting)) {
            let of_role = (FilterKey::Role.key().to_owned(), roles);
            return phases.into_iter().chain([of_role]).collect();
        }
    }
    let mut narrower = FilterKey::ALL.iter().filter(|criterion| matches!(criterion.values(), Values::Words(_)));
    scope.extend(narrower.find_map(|criterion| {
        let words =
            each(standards.iter().flat_map(|standard| criterion.of_standard(book, standard)).map(str::to_owned));
        fits(&of_phases.clone().with(*criterion, words.clone())).then(|| (criterion.key().to_owned(), words))
    }));
    scope
}

/// How many standards of a record's scope it has no answer to.
pub(super) fn unanswered(record: &WrittenRecord, index: &StandardIndex<'_>) -> usize {
    let filter = Filter::of_words(&record.scope);
    let site = record.site.as_deref().and_then(|site| index.book().site(site));
    let chosen = select(index.book(), index.standards(), site, &filter.in_force(false));
    let answered: HashSet<&str> = record.answers.iter().map(|answer| Reference::parse(&answer.key).id).collect();
    chosen.iter().filter(|chosen| !answered.contains(chosen.standard.id.name.as_str())).count()
}
