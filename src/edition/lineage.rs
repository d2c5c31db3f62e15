//! What things of any edition are called now: ids meet through `was`.

use std::collections::{HashMap, HashSet};

use super::Edition;
use crate::book::{Book, Id};
use crate::diag::Code;
use crate::method::Standards;

/// Names that things had → the name by which they are counted: that of today's book, or, where it no longer knows them, the
/// last that any edition gave them.
#[derive(Clone, Debug, Default)]
pub struct Lineage(HashMap<String, String>);

impl Lineage {
    /// The lineage of things: those of today, and those of each edition.
    pub fn of<'a>(today: impl IntoIterator<Item = &'a Id>, editions: impl IntoIterator<Item = &'a Id>) -> Self {
        let today: Vec<&Id> = today.into_iter().collect();
        let present: HashSet<&str> = today.iter().map(|id| id.name.as_str()).collect();
        let mut later: HashMap<&str, &str> = HashMap::new();
        let mut all: HashSet<&str> = HashSet::new();
        // A present id goes before a former one, and today's book before an edition.
        for id in today.into_iter().chain(editions) {
            all.insert(&id.name);
            for former in &id.was {
                all.insert(former);
                later.entry(former).or_insert(&id.name);
            }
        }
        let now = |name: &str| {
            let mut now = name;
            let mut seen = HashSet::new();
            while !present.contains(now) && seen.insert(now.to_owned()) {
                match later.get(now) {
                    Some(next) => now = next,
                    None => break,
                }
            }
            now.to_owned()
        };
        Lineage(all.into_iter().map(|name| (name.to_owned(), now(name))).filter(|(name, now)| name != now).collect())
    }

    /// What something of that name is called now.
    pub fn now<'a>(&'a self, name: &'a str) -> &'a str {
        self.0.get(name).map_or(name, String::as_str)
    }
}

/// The lineages of everything that figures are grouped by.
#[derive(Clone, Debug, Default)]
pub struct Lineages {
    /// Service areas.
    pub areas: Lineage,
    /// Sequences.
    pub sequences: Lineage,
    /// Phases.
    pub phases: Lineage,
    /// Steps, as `PHASE.STEP`.
    pub steps: Lineage,
    /// Traits.
    pub traits: Lineage,
    /// Roles.
    pub roles: Lineage,
    /// Sites.
    pub sites: Lineage,
    /// Standards.
    pub standards: Lineage,
}

impl Lineages {
    /// The lineage of the things that are reported by that code where they are unknown.
    pub fn of_things(&self, unknown: Code) -> &Lineage {
        match unknown {
            Code::UnknownSequence => &self.sequences,
            Code::UnknownRole => &self.roles,
            Code::UnknownTrait => &self.traits,
            _ => &self.phases,
        }
    }
}

impl Lineages {
    /// Those of a book and of editions of it.
    pub fn of<'a>(
        book: &'a Book,
        standards: &'a Standards,
        editions: impl Iterator<Item = &'a Edition> + Clone,
    ) -> Self {
        let books = editions.clone().map(|edition| &edition.book);
        let of = |ids: fn(&Book) -> Vec<&Id>| Lineage::of(ids(book), books.clone().flat_map(ids));
        let steps = |book: &Book| -> Vec<Id> { book.phases().flat_map(step_ids).collect() };
        let (steps_now, steps_then) = (steps(book), books.clone().flat_map(steps).collect::<Vec<_>>());
        let rows = editions.flat_map(|edition| edition.standards.all.iter().map(|standard| &standard.id));
        Lineages {
            areas: of(|book| book.areas.iter().map(|area| &area.id).collect()),
            sequences: of(|book| book.sequences.iter().map(|sequence| &sequence.id).collect()),
            phases: of(|book| book.phases().map(|phase| &phase.id).collect()),
            steps: Lineage::of(&steps_now, &steps_then),
            traits: of(|book| book.traits.iter().map(|of_trait| &of_trait.id).collect()),
            roles: of(|book| book.roles.iter().map(|role| &role.id).collect()),
            sites: of(|book| book.sites.iter().map(|site| &site.id).collect()),
            standards: Lineage::of(standards.all.iter().map(|standard| &standard.id), rows),
        }
    }
}

/// The ids of a phase's steps with its own before them, present and former.
fn step_ids(phase: &crate::book::Phase) -> impl Iterator<Item = Id> {
    let names = |id: &Id| std::iter::once(id.name.clone()).chain(id.was.iter().cloned()).collect::<Vec<_>>();
    let phases = names(&phase.id);
    phase.steps.iter().map(move |step| {
        let all = names(&step.id);
        let mut joined = phases.iter().flat_map(|phase| all.iter().map(move |step| format!("{phase}.{step}")));
        let name = joined.next().unwrap_or_default();
        Id { name, span: step.id.span, was: joined.collect() }
    })
}
