//! One revision as a world of its own.

use std::collections::{BTreeMap, HashSet};

use chrono::NaiveDate;

use super::{EntryKind, History, HistoryFault, Revision, RevisionFile};
use crate::say;
use crate::source::{Listed, MAX_FILE_BYTES, Refusal, World};
use crate::text::composed;

/// Links that lead to links are followed so often, as systems do it.
const MAX_LINKS: usize = 8;

/// The files of the book in one revision.
pub struct Snapshot<'a> {
    history: &'a dyn History,
    files: BTreeMap<String, RevisionFile>,
    today: NaiveDate,
}

impl std::fmt::Debug for Snapshot<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Snapshot").field("files", &self.files).finish_non_exhaustive()
    }
}

impl<'a> Snapshot<'a> {
    /// The book as it was in that revision, with the date to count from.
    ///
    /// # Errors
    /// What kept git from answering.
    pub fn new(history: &'a dyn History, revision: &Revision, today: NaiveDate) -> Result<Self, HistoryFault> {
        let files = history.files(revision)?.into_iter().map(|entry| (entry.path.clone(), entry)).collect();
        Ok(Snapshot { history, files, today })
    }

    /// The files, by path.
    pub fn files(&self) -> impl Iterator<Item = &RevisionFile> {
        self.files.values()
    }

    /// The file that a path leads to, through links. A link to a folder leads to no file.
    fn resolve(&self, path: &str) -> Result<&RevisionFile, Refusal> {
        let mut path = path.to_owned();
        for _ in 0..MAX_LINKS {
            let same = |known: &&String| !path.is_ascii() && composed(known) == composed(&path);
            let entry = self.files.get(&path).or_else(|| self.files.get(self.files.keys().find(same)?));
            let entry = entry.ok_or(Refusal::Missing)?;
            if entry.kind == EntryKind::File {
                return Ok(entry);
            }
            path = target(&path, &String::from_utf8_lossy(&self.read(entry)?))?;
        }
        Err(Refusal::System(say!("too many links lead to one another")))
    }

    fn read(&self, entry: &RevisionFile) -> Result<Vec<u8>, Refusal> {
        if entry.size > MAX_FILE_BYTES {
            return Err(Refusal::TooLarge(entry.size));
        }
        self.history.content(&entry.content).map_err(|fault| Refusal::System(fault.to_string().into()))
    }
}

impl World for Snapshot<'_> {
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        let mut found = self.list_names(folder, endings);
        // As on disk: a file is listed once, by its own path where that is in the list.
        let real = |path: &str| self.resolve(path).map_or_else(|_| path.to_owned(), |entry| entry.path.clone());
        let mut known: HashSet<String> = found.iter().flatten().filter(|path| real(path) == **path).cloned().collect();
        found.retain(|item| {
            item.as_ref().ok().is_none_or(|path| {
                let real = real(path);
                real == *path || known.insert(real)
            })
        });
        found
    }

    fn list_names(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let below = self.files.range(prefix.clone()..).take_while(|(path, _)| path.starts_with(&prefix));
        // As on disk: what begins with a dot is not the author's.
        let shown = below.filter(|(path, _)| !path[prefix.len()..].split('/').any(|part| part.starts_with('.')));
        let wanted = |path: &str| endings.iter().any(|ending| path.ends_with(ending));
        let item = |(path, entry): (&String, &RevisionFile)| match entry.kind {
            EntryKind::File => wanted(path).then(|| Ok(path.clone())),
            EntryKind::Link => match self.resolve(path) {
                Ok(_) if wanted(path) => Some(Ok(path.clone())),
                Err(Refusal::Outside) => Some(Err((path.clone(), Refusal::Outside))),
                Err(refusal) if wanted(path) => Some(Err((path.clone(), refusal))),
                _ => None,
            },
        };
        shown.filter_map(item).collect()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        // A path as an author may write it, such as `./images/logo.svg`.
        self.read(self.resolve(&target("", path)?)?)
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}

/// Where a link at `path` leads, from the book's folder.
fn target(path: &str, link: &str) -> Result<String, Refusal> {
    if link.starts_with('/') {
        return Err(Refusal::Outside);
    }
    let mut parts: Vec<&str> = path.split('/').collect();
    parts.pop();
    for part in link.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Refusal::Outside)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_lead_from_where_they_stand_and_not_out_of_the_book() {
        assert_eq!(target("sequences/a.yaml", "../shared/./b.yaml"), Ok("shared/b.yaml".to_owned()));
        assert_eq!(target("a.yaml", "b.yaml"), Ok("b.yaml".to_owned()));
        assert_eq!(target("sequences/a.yaml", "../../b.yaml"), Err(Refusal::Outside));
        assert_eq!(target("a.yaml", "/etc/passwd"), Err(Refusal::Outside));
    }
}
