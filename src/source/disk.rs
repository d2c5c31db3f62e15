//! A book in a folder on disk.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::walk::walk;
use super::world::MAX_LARGE_BYTES;
use super::{FolderEntry, Git, History, HistoryFault, Listed, MAX_FILE_BYTES, Refusal, World, system_says};
use crate::say;
use crate::text::composed;

/// How the name of a placeholder of iCloud ends; it begins with a dot, and between them stands the name of the file.
const IN_CLOUD: &str = ".icloud";

/// The name of the file whose placeholder is called that.
pub(super) fn in_cloud(name: &str) -> Option<&str> {
    name.strip_prefix('.')?.strip_suffix(IN_CLOUD).filter(|name| !name.is_empty())
}

/// A book in a folder on disk.
#[derive(Debug)]
pub struct Disk {
    root: PathBuf,
    today: NaiveDate,
}

impl Disk {
    /// The book in `root`, as of `today`.
    ///
    /// # Errors
    /// When the folder does not exist or cannot be resolved.
    pub fn new(root: &Path, today: NaiveDate) -> std::io::Result<Self> {
        Ok(Disk { root: root.canonicalize()?, today })
    }

    /// The book's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// Resolves links and refuses whatever ends outside the book.
    pub(super) fn resolve(&self, path: &str) -> Result<PathBuf, Refusal> {
        let full = self.root.join(path).canonicalize().or_else(|error| self.composed(path).ok_or(error));
        let full = full.map_err(|error| match error.kind() {
            // A link is there, also where nothing is that it leads to.
            std::io::ErrorKind::NotFound if self.root.join(path).symlink_metadata().is_ok() => Refusal::Dangling,
            std::io::ErrorKind::NotFound if self.is_in_cloud(path) => Refusal::InCloud,
            std::io::ErrorKind::NotFound => Refusal::Missing,
            _ => Refusal::System(system_says(&error)),
        })?;
        if full.starts_with(&self.root) { Ok(full) } else { Err(Refusal::Outside) }
    }

    /// Whether iCloud has left a placeholder for a file that it took away.
    fn is_in_cloud(&self, path: &str) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        self.root.join(folder).join(format!(".{name}{IN_CLOUD}")).is_file()
    }

    /// Where a path leads that a file system wrote with its letters and their marks apart, or an author did.
    fn composed(&self, path: &str) -> Option<PathBuf> {
        if path.is_ascii() {
            return None;
        }
        let mut full = self.root.clone();
        for part in path.split('/') {
            let next = full.join(part);
            full = if next.symlink_metadata().is_ok() {
                next
            } else {
                let mut entries = fs::read_dir(&full).ok()?.flatten();
                let same = |entry: &fs::DirEntry| {
                    entry.file_name().to_str().is_some_and(|name| composed(name) == composed(part))
                };
                entries.find(same)?.path()
            };
        }
        full.canonicalize().ok()
    }

    /// The bytes of a file that has no more than `limit` of them.
    fn bytes_up_to(&self, path: &str, limit: u64) -> Result<Vec<u8>, Refusal> {
        let full = self.resolve(path)?;
        let system = |error: std::io::Error| Refusal::System(system_says(&error));
        let metadata = fs::metadata(&full).map_err(system)?;
        if !metadata.is_file() {
            return Err(Refusal::System(say!("it is not a regular file")));
        }
        if metadata.len() > limit {
            return Err(Refusal::TooLarge(metadata.len()));
        }
        // The file may grow between the two calls, so the reading is bounded too.
        let mut bytes = Vec::with_capacity(metadata.len() as usize);
        fs::File::open(&full).map_err(system)?.take(limit + 1).read_to_end(&mut bytes).map_err(system)?;
        if bytes.len() as u64 > limit { Err(Refusal::TooLarge(bytes.len() as u64)) } else { Ok(bytes) }
    }
}

impl World for Disk {
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        walk(self, folder, endings, false)
    }

    fn list_names(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        walk(self, folder, endings, true)
    }

    fn names(&self, folder: &str) -> Vec<Result<FolderEntry, (String, Refusal)>> {
        let entries = self.resolve(folder).ok().and_then(|full| fs::read_dir(full).ok());
        let name = |entry: fs::DirEntry| {
            let name = match entry.file_name().into_string() {
                Ok(name) => name,
                Err(name) => return Err((name.to_string_lossy().into_owned(), Refusal::Unnameable)),
            };
            let is_folder = match entry.file_type() {
                Ok(kind) if kind.is_symlink() => {
                    self.resolve(&format!("./{folder}/{name}")).is_ok_and(|full| full.is_dir())
                }
                kind => kind.is_ok_and(|kind| kind.is_dir()),
            };
            Ok(FolderEntry { name, is_folder })
        };
        let mut found: Vec<_> = entries.into_iter().flatten().flatten().map(name).collect();
        let key = |item: &Result<FolderEntry, (String, Refusal)>| match item {
            Ok(name) => name.name.clone(),
            Err((name, _)) => name.clone(),
        };
        found.retain(|item| !key(item).starts_with('.'));
        found.sort_by_key(key);
        found
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        self.bytes_up_to(path, MAX_FILE_BYTES)
    }

    fn large_text(&self, path: &str) -> Result<String, Refusal> {
        let bytes = self.bytes_up_to(path, MAX_LARGE_BYTES)?;
        String::from_utf8(bytes).map_err(|error| Refusal::NotText(error.utf8_error().valid_up_to()))
    }

    fn today(&self) -> NaiveDate {
        self.today
    }

    fn history(&self) -> Result<Box<dyn History>, HistoryFault> {
        Ok(Box::new(Git::open(&self.root)?))
    }
}
