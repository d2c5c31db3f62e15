//! Document control: what was issued, what changed from one issue to the next, and which of it the book as it stands equals.

use std::collections::HashSet;

use super::Project;
use crate::changes::{Changes, compare};
use crate::edition::{Edition, Editions, Filter, Issue, NamedSet, Set, select};
use crate::source::World;

/// An edition that was issued.
#[derive(Clone, Debug)]
pub struct Issued {
    /// What document control says of it.
    pub issue: Issue,
    /// Its standards.
    pub edition: Edition,
    /// What is different from the one in force before; none for the first.
    pub changes: Option<Changes>,
    /// The ids of its standards that the book at hand has just so.
    alike: HashSet<String>,
}

/// What document control knows of a book.
#[derive(Clone, Debug, Default)]
pub struct Control {
    /// What was issued, by the day from which it is in force; what cannot be read is left out.
    pub issued: Vec<Issued>,
    /// What is different in the book at hand from the last of them, where anything is.
    pub since: Option<Changes>,
    /// The set of the book at hand, which its fillable forms bring along; none where nothing was asked of a book.
    pub set: Option<NamedSet>,
    /// The places in `issued` of those that a document may call itself, the first that fits.
    candidates: Vec<usize>,
}

impl Control {
    /// The edition that a document is of which holds these standards: every one of them is as it was issued, and none that was
    /// issued for the same site and filters is missing.
    pub fn edition_of(&self, chosen: &[&str], site: Option<&str>, filter: &Filter) -> Option<&Issued> {
        let is_of = |issued: &&Issued| {
            let Edition { book, standards, .. } = &issued.edition;
            let place = site.map(|site| book.site(site));
            let Some(place) = place.map_or(Some(None), |place| place.map(Some)) else { return false };
            let then = select(book, standards, place, filter);
            let then: HashSet<&str> = then.iter().map(|selected| selected.standard.id.name.as_str()).collect();
            then.len() == chosen.len() && chosen.iter().all(|id| then.contains(id) && issued.alike.contains(*id))
        };
        self.candidates.iter().filter_map(|index| self.issued.get(*index)).find(is_of)
    }
}

impl<W: World> Project<W> {
    /// What document control says of the book as it stands.
    pub fn control(&self, kept: &Editions) -> Control {
        let mut control = self.issues(kept, usize::MAX);
        let today = self.world.today();
        let in_force = control.issued.iter().rposition(|issued| issued.issue.in_force <= today);
        let later = in_force.map_or(0, |index| index + 1)..control.issued.len();
        control.candidates = in_force.into_iter().chain(later).collect();
        let set = self.set();
        let last = control.issued.last().map(|last| compared(&last.edition, &Edition::of(&set)));
        control.set = Some(set.into());
        control.since = last.filter(|changes| !changes.all.is_empty());
        control
    }

    /// What document control says of a book that was made of an edition: what had been issued until then.
    pub fn control_as_of(&self, kept: &Editions, name: &str) -> Control {
        let last = kept.issues.iter().rposition(|issue| issue.edition == name);
        let mut control = self.issues(kept, last.map_or(0, |last| last + 1));
        control.candidates =
            control.issued.iter().position(|issued| issued.issue.edition == name).into_iter().collect();
        control.set = Some(self.set().into());
        control
    }

    /// The first so many of what was issued.
    fn issues(&self, kept: &Editions, count: usize) -> Control {
        if kept.issues.is_empty() {
            return Control::default();
        }
        let now = self.set();
        let mut control = Control::default();
        for issue in kept.issues.iter().take(count) {
            let Some(set) = kept.read(&self.world, &issue.edition).and_then(Result::ok) else { continue };
            let edition = Edition::of(&set);
            let changes = control.issued.last().map(|before: &Issued| compared(&before.edition, &edition));
            control.issued.push(Issued { issue: issue.clone(), changes, alike: alike(&now, &set), edition });
        }
        control
    }
}

fn alike(now: &Set, then: &Set) -> HashSet<String> {
    // A part says nothing of what it does not hold.
    if then.is_partial() { HashSet::new() } else { now.alike(then) }
}

fn compared(before: &Edition, after: &Edition) -> Changes {
    compare(before.into(), after.into())
}
