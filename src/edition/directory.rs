//! Finding a standard by any id that it has or had: what records, reviews, forms and commands name standards by.

use std::collections::{HashMap, HashSet};

use rustc_hash::FxBuildHasher;

use crate::book::{Book, Id, NameKind};
use crate::method::Standards;
use crate::text::nearest;

/// Every id by which a standard is, was or may be known. A present id goes before a former one.
#[derive(Debug, Default)]
pub struct Directory<'a> {
    /// Id, present or former → the place in [`Standards::all`].
    places: HashMap<&'a str, usize, FxBuildHasher>,
    /// The present ids, in service order.
    present: Vec<&'a str>,
    /// Ids that are given to standards which could not be read as a whole.
    unread: HashSet<&'a str>,
    /// Present and former ids of phases.
    phases: HashSet<&'a str>,
    /// Present and former ids of traits, with the places of those that have or had each.
    traits: HashMap<&'a str, Vec<usize>>,
    /// Of each trait the present and former ids of its patterns: never every pair, of which there may be millions.
    patterns: Vec<HashSet<&'a str>>,
}

impl<'a> Directory<'a> {
    /// The ids of a book's standards, and those that its files give beside them.
    pub fn new(book: &'a Book, standards: &'a Standards) -> Self {
        let mut directory = Directory::of(standards);
        let written = book.names.iter().filter(|name| name.definition && name.kind == NameKind::Standard);
        let written = written.map(|name| name.name.as_str());
        directory.unread = written.filter(|id| !directory.places.contains_key(id)).collect();
        directory.phases = book.phases().flat_map(|phase| all_names(&phase.id)).collect();
        for (place, of_trait) in book.traits.iter().enumerate() {
            all_names(&of_trait.id).for_each(|name| directory.traits.entry(name).or_default().push(place));
            let patterns = of_trait.patterns.iter().flat_map(|pattern| all_names(&pattern.id));
            directory.patterns.push(patterns.collect());
        }
        directory
    }

    /// The ids of standards alone.
    pub fn of(standards: &'a Standards) -> Self {
        let present: Vec<&str> = standards.all.iter().map(|standard| standard.id.name.as_str()).collect();
        let mut places = HashMap::with_capacity_and_hasher(present.len(), FxBuildHasher);
        for (place, id) in present.iter().enumerate() {
            places.entry(*id).or_insert(place);
        }
        for (place, standard) in standards.all.iter().enumerate() {
            for former in &standard.id.was {
                places.entry(former.as_str()).or_insert(place);
            }
        }
        Directory { places, present, ..Directory::default() }
    }

    /// The place in [`Standards::all`] of the standard that has, or had, that id.
    pub fn find(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// The place of the standard that has that id now.
    pub fn find_present(&self, id: &str) -> Option<usize> {
        self.find(id).filter(|place| self.present[*place] == id)
    }

    /// Whether a standard has, or had, that id, be it one that could not be read as a whole.
    pub fn has(&self, id: &str) -> bool {
        self.places.contains_key(id) || self.unread.contains(id)
    }

    /// Whether the id means something to the book: that of a standard, or one that a phase, a trait and a pattern make
    /// together, whose standard is written out or waived by now.
    pub fn is_known(&self, id: &str) -> bool {
        self.has(id) || self.is_latent(id)
    }

    fn is_latent(&self, id: &str) -> bool {
        let mut parts = id.splitn(3, '.');
        let (Some(phase), Some(of_trait), Some(pattern)) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        let mut traits = self.traits.get(of_trait).into_iter().flatten();
        self.phases.contains(phase) && traits.any(|place| self.patterns[*place].contains(pattern))
    }

    /// The present id that a mistyped one most likely stands for.
    pub fn nearest(&self, id: &str) -> Option<&'a str> {
        nearest(id, self.present.iter().copied())
    }

    /// All present ids, in service order.
    pub fn present(&self) -> &[&'a str] {
        &self.present
    }
}

/// The id that something has, and those that it had.
fn all_names(id: &Id) -> impl Iterator<Item = &str> {
    std::iter::once(id.name.as_str()).chain(id.was.iter().map(String::as_str))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Memory;

    #[test]
    fn knows_every_id_that_means_something() {
        let sequence = "
id: s
phases:
  - id: p
    was: [old-p]
    traits: [kind]
    standards:
      - {id: greet, was: [hello, bye], type: personal, level: expected, text: T1}
      - {id: bye, type: personal, level: exclusive, text: T2}
      - {id: torn, type: personal, level: basik, text: T3}
    waive: [{trait: kind, why: Nobody is there}]
";
        let traits = "traits: [{id: kind, patterns: [{id: smile, type: product, level: basic, text: T}]}]";
        let files = [("gamma-ok.yaml", "title: T\n"), ("traits/t.yaml", traits), ("sequences/s.yaml", sequence)];
        let loaded = crate::book::load(&Memory::new(files)).expect("a book");
        let standards = crate::method::standards(&loaded.book);
        let directory = Directory::new(&loaded.book, &standards);
        let named = |id: &str| directory.find(id).map(|place| standards.all[place].id.name.as_str());
        assert_eq!((named("greet"), named("hello")), (Some("greet"), Some("greet")));
        assert_eq!(named("bye"), Some("bye"), "a present id goes before a former one");
        assert_eq!((directory.find_present("hello"), directory.find_present("bye").is_some()), (None, true));
        assert!(named("torn").is_none() && directory.has("torn"));
        for id in ["p.kind.smile", "old-p.kind.smile"] {
            assert!(named(id).is_none() && !directory.has(id) && directory.is_known(id), "{id}");
        }
        assert!(!directory.is_known("p.kind.nod") && !directory.is_known("grete"));
        assert_eq!(directory.nearest("grete"), Some("greet"));
    }
}
