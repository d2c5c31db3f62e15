//! A world in which some files have other texts, or are there already: where answers go that are not to be written.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::Change;
use crate::source::{Refusal, World};

/// A book with changes that stand on no disk.
pub struct Overlay<'a> {
    base: &'a dyn World,
    texts: BTreeMap<String, String>,
}

impl<'a> Overlay<'a> {
    /// The base as it is.
    pub fn new(base: &'a dyn World) -> Self {
        Overlay { base, texts: BTreeMap::new() }
    }

    /// Makes changes.
    pub fn apply(&mut self, changes: &[Change]) {
        self.texts.extend(changes.iter().map(|change| (change.path.clone(), change.after.clone())));
    }

    /// All that was changed, against the base.
    pub fn changes(&self) -> Vec<Change> {
        let change = |(path, after): (&String, &String)| Change {
            path: path.clone(),
            before: self.base.text(path).ok(),
            after: after.clone(),
        };
        self.texts.iter().map(change).collect()
    }
}

impl std::fmt::Debug for Overlay<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Overlay").field("texts", &self.texts).finish_non_exhaustive()
    }
}

impl World for Overlay<'_> {
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Result<String, (String, Refusal)>> {
        let mut found = self.base.list(folder, endings);
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        for path in self.texts.keys() {
            let inside = path.starts_with(&prefix) && endings.iter().any(|ending| path.ends_with(ending));
            let known = found.iter().any(|one| one.as_ref().is_ok_and(|one| one == path));
            if inside && !known {
                found.push(Ok(path.clone()));
            }
        }
        found.sort_by(|one, other| key(one).cmp(key(other)));
        found
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        self.texts.get(path).map_or_else(|| self.base.bytes(path), |text| Ok(text.as_bytes().to_vec()))
    }

    fn today(&self) -> NaiveDate {
        self.base.today()
    }
}

fn key(listed: &Result<String, (String, Refusal)>) -> &str {
    match listed {
        Ok(path) | Err((path, _)) => path,
    }
}
