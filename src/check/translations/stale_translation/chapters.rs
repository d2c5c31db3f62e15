//! Chapters: a file a language, compared as a whole.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use super::former::fold;
use super::trace::{Stale, TranslatedText};
use crate::source::{FileId, Revision, Sources};

/// What a file said from a state on, counted from the folder back.
struct Version {
    from: usize,
    /// None where it was not there.
    text: Option<String>,
    /// The commit that changed it to what it said afterwards.
    changed: Option<(Revision, NaiveDate)>,
}

/// The chapters and their translations, with what they said.
#[derive(Default)]
pub(super) struct Chapters {
    /// The units that are chapters: number, text, translation.
    units: Vec<(usize, FileId, FileId)>,
    /// Of each file, its versions that differ, newest first.
    versions: BTreeMap<FileId, Vec<Version>>,
}

impl Chapters {
    pub(super) fn add(&mut self, number: usize, unit: &TranslatedText, sources: &Sources) {
        self.units.push((number, unit.original.file, unit.translation.file));
        for file in [unit.original.file, unit.translation.file] {
            let now = || vec![Version { from: 0, text: Some(fold(&sources.get(file).text)), changed: None }];
            self.versions.entry(file).or_insert_with(now);
        }
    }

    pub(super) fn files(&self) -> impl Iterator<Item = FileId> {
        self.versions.keys().copied()
    }

    /// Whether a file's past is of use still.
    pub(super) fn wants(&self, file: FileId) -> bool {
        self.units.iter().any(|unit| (unit.1 == file || unit.2 == file) && !self.is_clear(unit))
    }

    /// What a file said in a state.
    pub(super) fn read_in_state(
        &mut self,
        file: FileId,
        text: &str,
        from: usize,
        changed: Option<(Revision, NaiveDate)>,
    ) {
        let text = Some(fold(text));
        let versions = self.versions.entry(file).or_default();
        if versions.last().is_none_or(|last| last.text != text) {
            versions.push(Version { from, text, changed });
        }
    }

    /// From this state on the file was not there.
    pub(super) fn is_absent_from(&mut self, file: FileId, from: usize) {
        if let Some(versions) = self.versions.get_mut(&file) {
            versions.push(Version { from, text: None, changed: None });
        }
    }

    pub(super) fn is_settled(&self) -> bool {
        self.units.iter().all(|unit| self.is_clear(unit))
    }

    fn of(&self, file: FileId) -> &[Version] {
        self.versions.get(&file).map_or(&[], Vec::as_slice)
    }

    /// What a file said in a state, as far as is known.
    fn at(&self, file: FileId, state: usize) -> Option<&str> {
        let versions = self.of(file).iter().rev();
        versions.filter(|version| version.from <= state).map(|version| version.text.as_deref()).next()?
    }

    /// The oldest state that had the translation as it is now, where an older one is known that had not.
    fn made_in(&self, translation: FileId) -> Option<usize> {
        self.of(translation).get(1).map(|version| version.from - 1)
    }

    /// Whether a translation was made beside the text as it is now.
    fn is_clear(&self, &(_, original, translation): &(usize, FileId, FileId)) -> bool {
        self.made_in(translation).is_some_and(|state| self.at(original, state) == self.at(original, 0))
    }

    /// The chapters whose text is another than that which their translation was made of.
    pub(super) fn stale(&self) -> impl Iterator<Item = Stale> {
        let of_unit = move |&(unit, original, translation): &(usize, FileId, FileId)| {
            let made_in = self.made_in(translation).unwrap_or(usize::MAX);
            let (text, translated) = (self.at(original, 0), self.at(translation, 0));
            let is_pair = |state: usize| self.at(original, state) == text && self.at(translation, state) == translated;
            let older: BTreeSet<usize> =
                [original, translation].iter().flat_map(|file| self.of(*file)).map(|version| version.from).collect();
            let was_committed = is_pair(made_in) || older.into_iter().any(|state| state > made_in && is_pair(state));
            let last = self.of(original).get(1)?;
            // A text that came after its translation was not changed.
            let is_new = self.at(original, made_in).is_none();
            let changed = last.changed.clone();
            let stale = Stale { unit, before: None, changed, despite_allow: false };
            (!was_committed && !is_new).then_some(stale)
        };
        self.units.iter().filter_map(of_unit)
    }
}
