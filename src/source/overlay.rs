//! A world in which some files have other texts, or are there already: what an editor has not saved, or answers that are
//! not to be written.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::walk::path;
use super::{FolderEntry, History, HistoryFault, Listed, MAX_FILE_BYTES, Refusal, World};

/// A book with texts that stand on no disk.
#[derive(Debug)]
pub struct Overlay<W> {
    base: W,
    texts: BTreeMap<String, String>,
}

impl<W: World> Overlay<W> {
    /// The base as it is.
    pub fn new(base: W) -> Self {
        Overlay { base, texts: BTreeMap::new() }
    }

    /// The world below.
    pub fn base(&self) -> &W {
        &self.base
    }

    /// Gives a file another text.
    pub fn set(&mut self, path: impl Into<String>, text: impl Into<String>) {
        self.texts.insert(path.into(), text.into());
    }

    /// Gives a file back the text that it has below.
    pub fn forget(&mut self, path: &str) {
        self.texts.remove(path);
    }

    /// The files that have another text here, with that text.
    pub fn texts(&self) -> impl Iterator<Item = (&str, &str)> {
        self.texts.iter().map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// What the base lists, and what stands here alone.
    fn with_texts(&self, mut paths: Vec<Listed>, folder: &str, endings: &[&str]) -> Vec<Listed> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        for path in self.texts.keys() {
            let inside = path.starts_with(&prefix) && endings.iter().any(|ending| path.ends_with(ending));
            let known = paths.iter().any(|listed| listed.as_ref().is_ok_and(|listed| listed == path));
            if inside && !known {
                paths.push(Ok(path.clone()));
            }
        }
        paths.sort_by(|a, b| path(a).cmp(path(b)));
        paths
    }
}

impl<W: World> World for Overlay<W> {
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        self.with_texts(self.base.list(folder, endings), folder, endings)
    }

    fn list_names(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        self.with_texts(self.base.list_names(folder, endings), folder, endings)
    }

    fn names(&self, folder: &str) -> Vec<Result<FolderEntry, (String, Refusal)>> {
        let mut names = self.base.names(folder);
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        for below in self.texts.keys().filter_map(|path| path.strip_prefix(&prefix)) {
            let (name, is_folder) = below.split_once('/').map_or((below, false), |(name, _)| (name, true));
            if !names.iter().flatten().any(|known| known.name == name) {
                names.push(Ok(FolderEntry { name: name.to_owned(), is_folder }));
            }
        }
        names
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        match self.texts.get(path) {
            None => self.base.bytes(path),
            Some(text) if text.len() as u64 > MAX_FILE_BYTES => Err(Refusal::TooLarge(text.len() as u64)),
            Some(text) => Ok(text.as_bytes().to_vec()),
        }
    }

    fn today(&self) -> NaiveDate {
        self.base.today()
    }

    fn history(&self) -> Result<Box<dyn History>, HistoryFault> {
        self.base.history()
    }
}
