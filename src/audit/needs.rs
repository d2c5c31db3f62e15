//! Which editions the records of a book are judged by.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use rustc_hash::FxBuildHasher;

use super::draft::{RecordDraft, moment};
use crate::edition::{Edition, Editions, Reference};
use crate::method::Standards;
use crate::source::World;

/// The stamps of some standards.
pub(super) type Stamps<'a> = HashSet<&'a str, FxBuildHasher>;

/// Which editions records need: those that they name, those in force on the days of records that name none, and, where an
/// answer names a wording that none of these holds, all others too.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Needs {
    names: BTreeSet<String>,
    /// Whether a record names one that is not kept.
    pub names_lost: bool,
    /// Whether an answer names a wording that none of them holds.
    is_strange: bool,
}

impl Needs {
    /// What the record in a text seems to need, by the lines of its head. Whoever reads the whole of it knows, and asks again
    /// where that is something else: so that a million answers need not be kept as written until it is known.
    pub fn guessed(text: &str, kept: &Editions) -> Self {
        let (mut edition, mut day) = (None, None);
        for line in text.lines().take_while(|line| !line.starts_with("answers:")) {
            let value = |key: &str| {
                let value = line.strip_prefix(key)?.trim();
                let value = value.split_once(" #").map_or(value, |(value, _)| value.trim_end());
                Some(value.trim_matches(['"', '\'']))
            };
            edition = edition.or_else(|| value("edition:"));
            day = day.or_else(|| value("date:").and_then(moment));
        }
        Needs::naming(edition.filter(|name| !name.is_empty()), day.map(|moment| moment.date), kept)
    }

    /// What a record needs. `stamps` are those of the standards that are at hand.
    pub fn of(draft: &RecordDraft, kept: &Editions, stamps: &Stamps<'_>) -> Self {
        let edition = draft.edition.as_ref().map(|edition| edition.value.trim());
        let day = draft.date.as_ref().map(|date| date.value.0.date);
        let mut keys = draft.answers.iter().flat_map(|answers| &answers.entries);
        let is_strange = |key: &str| Reference::parse(key).stamp.is_some_and(|stamp| !stamps.contains(stamp));
        Needs { is_strange: keys.any(|(key, _)| is_strange(&key.value)), ..Needs::naming(edition, day, kept) }
    }

    fn naming(edition: Option<&str>, day: Option<NaiveDate>, kept: &Editions) -> Self {
        let in_force = || kept.in_force(day?).map(|issue| issue.edition.as_str());
        let name = edition.or_else(in_force).filter(|name| kept.has(name));
        Needs {
            names: name.map(str::to_owned).into_iter().collect(),
            names_lost: edition.is_some_and(|name| !kept.has(name)),
            is_strange: false,
        }
    }

    /// What both need.
    #[must_use]
    pub fn and(mut self, mut other: Self) -> Self {
        self.names.append(&mut other.names);
        self.names_lost |= other.names_lost;
        self.is_strange |= other.is_strange;
        self
    }

    /// What is needed instead of this, where records were read by this and turned out to need `found`.
    pub fn mended(&self, found: Needs, kept: &Editions) -> Option<Self> {
        if (&self.names, self.names_lost) != (&found.names, found.names_lost) {
            return Some(Needs { is_strange: false, ..found });
        }
        let has_others = kept.names().any(|name| !self.names.contains(name));
        (found.is_strange && !self.is_strange && has_others).then_some(found)
    }

    /// Reads them: first those that are named.
    pub fn read(&self, world: &dyn World, kept: &Editions) -> Vec<Arc<Edition>> {
        let read = |names: Vec<&str>| -> Vec<Arc<Edition>> {
            names.into_par_iter().filter_map(|name| kept.revived(world, name)).collect()
        };
        let mut editions = read(self.names.iter().map(String::as_str).collect());
        if self.is_strange {
            editions.extend(read(kept.names().filter(|name| !self.names.contains(*name)).collect()));
        }
        editions
    }
}

/// The stamps of today's standards and of some editions.
pub(super) fn stamps<'a>(standards: &'a Standards, editions: &'a [Arc<Edition>]) -> Stamps<'a> {
    let all = editions.iter().flat_map(|edition| &edition.standards.all).chain(&standards.all);
    all.map(|standard| standard.stamp.as_str()).collect()
}
