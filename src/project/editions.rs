//! The set of the book as it stands, and the one that a record was most likely judged by.

use std::collections::{BTreeMap, BTreeSet};

use super::Project;
use crate::audit::draft::RecordDraft;
use crate::book::decode_text;
use crate::edition::{Directory, Edition, Editions, Reference, Set};
use crate::method::Standards;
use crate::say;
use crate::source::{FileId, Revision, World};

/// So many commits of a record's file are looked at for the one that brought it.
const MAX_STEPS: usize = 1_000;

/// Which edition a record that names none is to get.
#[derive(Debug)]
pub struct Adoption {
    /// The file of the record.
    pub file: FileId,
    /// The set.
    pub set: Set,
    /// Whether it is that of the commit which brought the record, and not today's.
    pub is_of_commit: bool,
}

impl<W: World> Project<W> {
    /// The set of the book as it stands.
    pub fn set(&self) -> Set {
        Set::of(&self.loaded.book, &self.standards)
    }

    /// The name of the edition that answers with these references are judged by: today's where it holds them all, else the
    /// first that does; none where no edition holds them all.
    pub fn edition_of(&self, kept: &Editions, today: &Set, references: &[&str]) -> Option<String> {
        if held(&self.standards, references) == references.len() {
            return Some(today.name());
        }
        let holds = |name: &&str| {
            let set = kept.read(&self.world, name).and_then(Result::ok).filter(|set| !set.is_partial());
            set.is_some_and(|set| held(&Edition::of(&set).standards, references) == references.len())
        };
        kept.names().find(holds).map(str::to_owned)
    }

    /// For each record that names no edition, the one that it is to get: that of the book in the commit which brought it,
    /// unless today's book holds more of the wordings that it names.
    pub fn adoptions(&self) -> Vec<Adoption> {
        let mut of_commits: BTreeMap<Revision, Option<Set>> = BTreeMap::new();
        let today = self.set();
        let records = self.loaded.sources.iter().filter(|(_, source)| {
            source.path.starts_with("audits/") && (source.path.ends_with(".yaml") || source.path.ends_with(".yml"))
        });
        let mut all = Vec::new();
        for (file, source) in records {
            let (draft, _) = decode_text::<RecordDraft>(file, &source.text, say!("an audit record"));
            let Some(draft) = draft.filter(|draft| draft.edition.is_none() && draft.date.is_some()) else { continue };
            let keys: BTreeSet<&str> =
                draft.answers.iter().flat_map(|answers| &answers.entries).map(|(key, _)| key.value.as_str()).collect();
            let keys: Vec<&str> = keys.into_iter().collect();
            let brought = self.brought_by(&source.path);
            let of_commit = brought.and_then(|revision| {
                of_commits.entry(revision.clone()).or_insert_with(|| self.set_at(&revision)).clone()
            });
            let better =
                of_commit.filter(|set| held(&Edition::of(set).standards, &keys) >= held(&self.standards, &keys));
            let is_of_commit = better.is_some();
            all.push(Adoption { file, set: better.unwrap_or_else(|| today.clone()), is_of_commit });
        }
        all
    }

    /// The commit that brought a file.
    fn brought_by(&self, path: &str) -> Option<Revision> {
        self.steps(&[path], MAX_STEPS)?.pop().map(|step| step.revision)
    }

    pub(super) fn set_at(&self, revision: &Revision) -> Option<Set> {
        let former = self.at(revision.id()).ok().filter(|former| former.loaded.findings.is_empty())?;
        Some(Set::of(&former.loaded.book, &former.standards))
    }
}

/// How many of these references (`ID@STAMP`, or an id alone) some standards hold.
fn held(standards: &Standards, references: &[&str]) -> usize {
    let directory = Directory::of(standards);
    let holds = |reference: &&&str| {
        let Reference { id, stamp } = Reference::parse(reference);
        let standard = directory.find(id).and_then(|place| standards.all.get(place));
        standard.is_some_and(|standard| stamp.is_none_or(|stamp| standard.stamp == stamp))
    };
    references.iter().filter(holds).count()
}
