//! Which standards a command or a document is about.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{FilterKey, Lineages, Staffing, Values};
use crate::book::{Book, Level, Site, Status, Text};
use crate::method::{MatrixCell, Origin, Standard, Standards, handoff};

/// What to pick: *or* within one filter, *and* between them. Values are words, or ids as of now.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// The values that were asked for; a filter that is not here lets everything through.
    values: BTreeMap<FilterKey, Vec<String>>,
    /// Which statuses; documents pick active ones, `--drafts` adds drafts, `show` picks all.
    pub statuses: Vec<Status>,
}

/// A standard as it applies at a site.
#[derive(Clone, Debug)]
pub struct Selected<'a> {
    /// The standard.
    pub standard: &'a Standard,
    /// Who keeps it there: its roles after folding; empty for anyone of the staff.
    pub roles: Vec<String>,
    /// What it demands there: a hand-off names who receives it.
    pub text: Arc<Text>,
}

/// The standards that apply at a site (or anywhere, without one) and that the filter picks, in service order.
///
/// A hand-off is dropped where the one who gives and the one who receives are the same person. A role filter picks what
/// names that role, and what names no role at all, since that is everybody's.
pub fn select<'a>(book: &Book, standards: &'a Standards, site: Option<&Site>, filter: &Filter) -> Vec<Selected<'a>> {
    let staffing = Staffing::new(book, site);
    let wanted_roles = staffing.fold(filter.values(FilterKey::Role));
    let picked = standards.all.iter().filter_map(|standard| {
        let roles = staffing.fold(&standard.roles);
        let given_to_oneself = matches!(&standard.origin, Origin::Handoff(parts)
            if roles.len() == 1 && book.role(&parts.receiver).is_some() && staffing.holder(&parts.receiver) == roles[0]);
        let text = || match &standard.origin {
            Origin::Handoff(parts) if !staffing.exists(&parts.receiver) => {
                Arc::new(handoff::text(book, parts, staffing.holder(&parts.receiver), standard.span))
            }
            _ => standard.text.clone(),
        };
        let keep = filter.fits(book, standard)
            && !given_to_oneself
            && (wanted_roles.is_empty() || roles.is_empty() || roles.iter().any(|role| wanted_roles.contains(role)))
            && standard.when.iter().all(|when| when.holds(site));
        keep.then(|| Selected { standard, text: text(), roles })
    });
    picked.collect()
}

impl Filter {
    /// Picks by these values, instead of what was asked for; no values let everything through.
    pub fn set(&mut self, criterion: FilterKey, mut values: Vec<String>) {
        if let Values::UpTo(words) = criterion.values() {
            let all = (words.all)();
            values =
                values.into_iter().max_by_key(|value| all.iter().position(|word| word == value)).into_iter().collect();
        }
        if values.is_empty() {
            self.values.remove(&criterion);
        } else {
            self.values.insert(criterion, values);
        }
    }

    /// The same filter with these values.
    #[must_use]
    pub fn with(mut self, criterion: FilterKey, values: Vec<String>) -> Self {
        self.set(criterion, values);
        self
    }

    /// The same filter in the words of a book of the past: `names` tells what its things are called now.
    #[must_use]
    pub fn in_terms_of(&self, book: &Book, names: &Lineages) -> Self {
        let mut filter = self.clone();
        for (criterion, wanted) in &mut filter.values {
            let Values::Ids(things) = criterion.values() else { continue };
            let lineage = names.of_things(things.unknown);
            let then = (things.all)(book).into_iter().map(|(id, _)| &id.name);
            let then: Vec<String> =
                then.filter(|name| wanted.iter().any(|wanted| wanted == lineage.now(name))).cloned().collect();
            // What the book did not have picks nothing there.
            if !then.is_empty() {
                *wanted = then;
            }
        }
        filter
    }

    /// What documents are about: standards in force, and drafts if asked for.
    pub fn in_force(mut self, drafts: bool) -> Self {
        self.statuses = if drafts { vec![Status::Draft, Status::Active] } else { vec![Status::Active] };
        self
    }

    /// The same filter, whatever the status.
    #[must_use]
    pub fn of_any_status(mut self) -> Self {
        self.statuses.clear();
        self
    }

    /// The values that were asked for; empty where everything is let through.
    pub fn values(&self, criterion: FilterKey) -> &[String] {
        self.values.get(&criterion).map_or(&[], Vec::as_slice)
    }

    /// Everything that was asked for, in the order of the table.
    pub fn chosen(&self) -> impl Iterator<Item = (FilterKey, &[String])> {
        self.values.iter().map(|(criterion, values)| (*criterion, values.as_slice()))
    }

    /// The filter that a record's `scope` says in words.
    pub fn of_words(scope: &[(String, Vec<String>)]) -> Self {
        let mut filter = Filter::default();
        for (key, words) in scope {
            FilterKey::of_key(key).into_iter().for_each(|criterion| filter.set(criterion, words.clone()));
        }
        filter
    }

    /// The same in the words of a record's `scope`.
    pub fn in_words(&self) -> Vec<(String, Vec<String>)> {
        self.chosen().map(|(criterion, values)| (criterion.key().to_owned(), values.to_vec())).collect()
    }

    /// Whether it lets everything through, whatever its status.
    pub fn picks_all(&self) -> bool {
        self.values.is_empty()
    }

    /// Whether it lets through what has that value.
    pub fn picks(&self, criterion: FilterKey, value: &str) -> bool {
        self.picks_any(criterion, &[value])
    }

    /// Whether it lets through what has these values.
    pub fn picks_any(&self, criterion: FilterKey, values: &[&str]) -> bool {
        self.values.get(&criterion).is_none_or(|wanted| wanted.iter().any(|wanted| values.contains(&wanted.as_str())))
    }

    /// Whether it lets a level through, by name and by the top of the ladder.
    pub fn picks_level(&self, level: Level) -> bool {
        self.picks(FilterKey::Level, level.word()) && level <= self.top()
    }

    /// The highest level that it asks for by `up-to`.
    pub fn top(&self) -> Level {
        self.values(FilterKey::UpTo).first().and_then(|word| word.parse().ok()).unwrap_or(Level::Exclusive)
    }

    /// Whether everything but roles and conditions fits: who keeps a standard depends on the site.
    pub fn fits(&self, book: &Book, standard: &Standard) -> bool {
        let mut filters = self.values.keys().filter(|criterion| **criterion != FilterKey::Role);
        filters.all(|criterion| self.picks_any(*criterion, &criterion.of_standard(book, standard)))
            // No document can place a draft that has no type or no level yet.
            && (self.statuses.is_empty() || self.statuses.contains(&standard.status) && !standard.undecided.is_any())
    }

    /// Whether everything fits that a cell of the matrix has; of what only standards have it says nothing.
    pub fn fits_cell(&self, book: &Book, cell: &MatrixCell) -> bool {
        self.values
            .keys()
            .all(|criterion| criterion.of_cell(book, cell).is_none_or(|values| self.picks_any(*criterion, &values)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_several_tops_the_highest_counts() {
        let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
        let filter = Filter::default().with(FilterKey::UpTo, words(&["expected", "basic"]));
        assert_eq!(filter.values(FilterKey::UpTo), ["expected"]);
        assert!(filter.picks_level(Level::Basic) && filter.picks_level(Level::Expected));
        assert!(!filter.picks_level(Level::Exclusive) && !filter.picks_all());
        let filter = filter.with(FilterKey::UpTo, Vec::new());
        assert!(filter.picks_all() && filter.picks_level(Level::Exclusive));
    }
}
