//! What was looked at, where a form does not say.

use std::collections::HashSet;

use crate::audit::{Index, Written};
use crate::edition::{Filter, select};
use crate::forms::Item;
use crate::method::Standard;

/// What was looked at, by what stands on a form that does not say: the narrowest scope of which it holds every item.
pub(super) fn scope_of(items: &[Item], site: Option<&str>, index: &Index<'_>) -> Vec<(String, Vec<String>)> {
    let book = index.book();
    let id = |item: &Item| index.standard(item.reference.split('@').next().unwrap_or_default().trim());
    let mut standards: Vec<&Standard> = items.iter().filter_map(id).collect();
    standards.sort_by_key(|standard| index.find(&standard.id.name));
    standards.dedup_by(|a, b| std::ptr::eq(*a, *b));
    let site = site.and_then(|site| book.site(site));
    let fits = |filter: &Filter| {
        let chosen = select(book, index.standards(), site, &filter.clone().in_force(false));
        // A form may hold what the book has since retired, but must hold all that is asked of it today.
        chosen.iter().all(|one| standards.iter().any(|standard| std::ptr::eq(*standard, one.standard)))
    };
    let everything = Filter::default();
    if standards.is_empty() || fits(&everything) {
        return Vec::new();
    }
    fn each<T: PartialEq>(all: impl Iterator<Item = T>) -> Vec<T> {
        let mut once = Vec::new();
        all.for_each(|one| {
            if !once.contains(&one) {
                once.push(one);
            }
        });
        once
    }
    let phase = |standard: &&Standard| book.sequences[standard.sequence].phases[standard.phase].id.name.clone();
    let phases = each(standards.iter().map(phase));
    let of_phases = Filter { phases: phases.clone(), ..Filter::default() };
    let types = each(standards.iter().map(|standard| standard.kind));
    let levels = each(standards.iter().map(|standard| standard.level));
    let aspects = each(standards.iter().map(|standard| standard.aspect));
    let procedures = each(standards.iter().filter_map(|standard| standard.procedure));
    let phase_words = ("phase".to_owned(), phases);
    let narrower = [
        (None, of_phases.clone()),
        (
            Some(("type", types.iter().map(|one| one.word().to_owned()).collect::<Vec<_>>())),
            Filter { types, ..of_phases.clone() },
        ),
        (
            Some(("level", levels.iter().map(|one| one.word().to_owned()).collect())),
            Filter { levels, ..of_phases.clone() },
        ),
        (
            Some(("procedure", procedures.iter().map(|one| one.word().to_owned()).collect())),
            Filter { procedures, ..of_phases.clone() },
        ),
        (
            Some(("aspect", aspects.iter().map(|one| one.word().to_owned()).collect())),
            Filter { aspects, ..of_phases.clone() },
        ),
    ];
    let fitting = narrower.into_iter().find(|(_, filter)| fits(filter)).and_then(|(words, _)| words);
    let mut scope = vec![phase_words];
    scope.extend(fitting.map(|(key, words)| (key.to_owned(), words)));
    scope
}

/// How many standards of a record's scope it has no answer to.
pub(super) fn unanswered(record: &Written, index: &Index<'_>) -> usize {
    fn parsed<T: std::str::FromStr>(words: &[String]) -> Vec<T> {
        words.iter().filter_map(|word| word.parse().ok()).collect()
    }
    let words =
        |key: &str| record.scope.iter().find(|(one, _)| one == key).map(|(_, words)| words.clone()).unwrap_or_default();
    let filter = Filter {
        sequences: words("sequence"),
        phases: words("phase"),
        roles: words("role"),
        types: parsed(&words("type")),
        levels: parsed(&words("level")),
        up_to: parsed(&words("up-to")).pop(),
        traits: words("trait"),
        procedures: parsed(&words("procedure")),
        aspects: parsed(&words("aspect")),
        statuses: Vec::new(),
    };
    let site = record.site.as_deref().and_then(|site| index.book().site(site));
    let chosen = select(index.book(), index.standards(), site, &filter.in_force(false));
    let answered: HashSet<&str> = record.answers.iter().filter_map(|answer| answer.key.split('@').next()).collect();
    chosen.iter().filter(|chosen| !answered.contains(chosen.standard.id.name.as_str())).count()
}
