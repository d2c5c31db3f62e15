//! The set of standards in force as it stood: what a record was judged by, kept in `editions/`, so that a figure about the
//! past does not change because the book changed.
//!
//! [`Set::of`] takes it from a book, [`Set::text`] writes it, a row a line, each row a JSON object, which YAML is too;
//! [`Set::read`] reads it without a tree; [`Set::hash`] names it; [`Set::revive`] makes a book of it that holds nothing else,
//! so that whatever counts, picks or compares standards does so with those of the past as with those of today.

mod alike;
mod hash;
mod read;
mod revive;
mod rows;
mod take;
mod write;

#[cfg(test)]
mod tests;

use std::collections::HashSet;

use self::rows::{PhaseRow, RoleRow, SequenceRow, SiteRow, StandardRow, TitledRow};

pub use read::Unreadable;

/// The digits of a hash that name its set.
pub const NAME_DIGITS: usize = 8;

/// The set of standards in force as it stood.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Set {
    /// Tag of the language that the standards' texts are in.
    language: String,
    /// Where it holds a part only, the hash of the whole.
    of: Option<String>,
    /// Shares at which levels are reached.
    levels: [f64; 3],
    areas: Vec<TitledRow>,
    /// By position.
    sequences: Vec<SequenceRow>,
    /// By position in their sequences.
    phases: Vec<PhaseRow>,
    traits: Vec<TitledRow>,
    roles: Vec<RoleRow>,
    sites: Vec<SiteRow>,
    /// By id.
    standards: Vec<StandardRow>,
}

impl Set {
    /// How many standards are in it.
    pub fn len(&self) -> usize {
        self.standards.len()
    }

    /// Whether no standard is in it.
    pub fn is_empty(&self) -> bool {
        self.standards.is_empty()
    }

    /// Whether it is a part of a set, as a form brings it.
    pub fn is_partial(&self) -> bool {
        self.of.is_some()
    }

    /// The hash that it is known by: its own, or of a part that of the whole.
    pub fn full_name(&self) -> String {
        self.of.clone().unwrap_or_else(|| self.hash())
    }

    /// The digits by which records name it.
    pub fn name(&self) -> String {
        self.full_name().chars().take(NAME_DIGITS).collect()
    }

    /// The path of its file in a book.
    pub fn path(&self) -> String {
        let part = if self.is_partial() { ".part" } else { "" };
        format!("{}/{}{part}.yaml", super::FOLDER, self.name())
    }
}

/// A set whose name is known: it is worked out of all that the set holds, and every form that is made asks for it.
#[derive(Clone, Debug)]
pub struct NamedSet {
    set: Set,
    full_name: String,
}

impl From<Set> for NamedSet {
    fn from(set: Set) -> Self {
        NamedSet { full_name: set.full_name(), set }
    }
}

impl NamedSet {
    /// The hash that it is known by: its own, or of a part that of the whole.
    pub fn full_name(&self) -> &str {
        &self.full_name
    }

    /// The digits by which records name it.
    pub fn name(&self) -> String {
        self.full_name.chars().take(NAME_DIGITS).collect()
    }

    /// The part of it that these standards stand on, known by the name of the whole.
    #[must_use]
    pub fn part(&self, ids: &HashSet<&str>) -> Set {
        self.set.part(ids, &self.full_name)
    }
}
