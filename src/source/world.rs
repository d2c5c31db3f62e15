//! The outside world as one trait: files and *today*. `Disk` is the real one; `Memory` serves tests and the library.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use super::{Git, History, HistoryFault};
use crate::message::Message;
use crate::say;

/// Files larger than this are refused before they are read.
pub const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// Folders nested deeper than this are not looked into; a link that loops ends here at the latest.
const MAX_FOLDER_DEPTH: usize = 32;

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// There is no such file.
    #[error("{}", self.message())]
    Missing,
    /// It is larger than [`MAX_FILE_BYTES`]; holds its size in bytes.
    #[error("{}", self.message())]
    TooLarge(u64),
    /// It is, or lies behind, a link that leaves the book.
    #[error("{}", self.message())]
    Outside,
    /// Its bytes are not UTF-8; holds the offset of the first bad byte.
    #[error("{}", self.message())]
    NotText(usize),
    /// The system refused; holds what it said.
    #[error("{}", self.message())]
    System(Message),
}

impl Refusal {
    /// It as a sentence for people.
    pub fn message(&self) -> Message {
        const MIB: u64 = 1024 * 1024;
        match self {
            Refusal::Missing => say!("there is no such file"),
            Refusal::TooLarge(bytes) => say!(
                "the file is {size} MiB, more than the {limit} MiB allowed",
                size = bytes.div_ceil(MIB),
                limit = MAX_FILE_BYTES / MIB
            ),
            Refusal::Outside => say!("the path leads outside the book"),
            Refusal::NotText(byte) => say!("the file is not UTF-8 text (byte {byte})", byte = *byte),
            Refusal::System(said) => said.clone(),
        }
    }
}

/// What the program may ask of the outside: the files of one book, and the date.
pub trait World: Sync {
    /// Files below `folder` (relative, with `/`; empty for the book itself) whose name ends in one of `endings`,
    /// sorted by path. A folder that does not exist has none. What cannot be listed is given as a refusal.
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Result<String, (String, Refusal)>>;

    /// The bytes of a file of the book.
    ///
    /// # Errors
    /// The [`Refusal`] that says why not.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal>;

    /// The date to count from.
    fn today(&self) -> NaiveDate;

    /// The past of these files; opened anew by each call.
    ///
    /// # Errors
    /// Where there is none.
    fn history(&self) -> Result<Box<dyn History>, HistoryFault> {
        Err(HistoryFault::NoRepository)
    }

    /// The text of a file of the book, byte-order mark and line ends as they stand.
    ///
    /// # Errors
    /// As [`World::bytes`], or [`Refusal::NotText`].
    fn text(&self, path: &str) -> Result<String, Refusal> {
        String::from_utf8(self.bytes(path)?).map_err(|error| Refusal::NotText(error.utf8_error().valid_up_to()))
    }
}

impl<W: World + ?Sized> World for &W {
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Result<String, (String, Refusal)>> {
        (**self).list(folder, endings)
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        (**self).bytes(path)
    }

    fn today(&self) -> NaiveDate {
        (**self).today()
    }

    fn history(&self) -> Result<Box<dyn History>, HistoryFault> {
        (**self).history()
    }
}

/// What the system said, without its number for it.
pub fn system_says(error: &std::io::Error) -> Message {
    use std::io::ErrorKind as K;
    match error.kind() {
        K::NotFound => say!("there is no such file or folder"),
        K::PermissionDenied => say!("permission denied"),
        K::AlreadyExists => say!("there is one already"),
        K::IsADirectory => say!("it is a folder"),
        K::NotADirectory => say!("it is not a folder"),
        K::StorageFull => say!("the disk is full"),
        K::ReadOnlyFilesystem => say!("the disk cannot be written to"),
        _ => {
            let text = error.to_string();
            Message::verbatim(text.split(" (os error").next().unwrap_or(&text).to_lowercase())
        }
    }
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
    fn resolve(&self, path: &str) -> Result<PathBuf, Refusal> {
        let full = self.root.join(path).canonicalize().map_err(|error| match error.kind() {
            std::io::ErrorKind::NotFound => Refusal::Missing,
            _ => Refusal::System(system_says(&error)),
        })?;
        if full.starts_with(&self.root) { Ok(full) } else { Err(Refusal::Outside) }
    }

    fn walk(&self, folder: &str, endings: &[&str], depth: usize, found: &mut Vec<Result<String, (String, Refusal)>>) {
        let full = match self.resolve(folder) {
            Ok(full) => full,
            Err(Refusal::Missing) => return,
            Err(refusal) => return found.push(Err((folder.to_owned(), refusal))),
        };
        if !full.is_dir() || depth > MAX_FOLDER_DEPTH {
            return;
        }
        let entries = match fs::read_dir(&full) {
            Ok(entries) => entries,
            Err(error) => return found.push(Err((folder.to_owned(), Refusal::System(system_says(&error))))),
        };
        for entry in entries.flatten() {
            let Ok(name) = entry.file_name().into_string() else { continue };
            let path = if folder.is_empty() { name.clone() } else { format!("{folder}/{name}") };
            if name.starts_with('.') {
                continue;
            }
            let wanted = endings.iter().any(|ending| name.ends_with(ending));
            let kind = entry.file_type();
            if kind.as_ref().is_ok_and(|kind| kind.is_dir()) {
                self.walk(&path, endings, depth + 1, found);
            } else if kind.is_ok_and(|kind| kind.is_symlink()) {
                match self.resolve(&path) {
                    Ok(target) if target.is_dir() => self.walk(&path, endings, depth + 1, found),
                    Ok(_) if wanted => found.push(Ok(path)),
                    Err(Refusal::Outside) => found.push(Err((path, Refusal::Outside))),
                    Err(refusal) if wanted => found.push(Err((path, refusal))),
                    _ => {}
                }
            } else if wanted {
                found.push(Ok(path));
            }
        }
    }
}

impl World for Disk {
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Result<String, (String, Refusal)>> {
        let mut found = Vec::new();
        self.walk(folder, endings, 0, &mut found);
        let path = |item: &Result<String, (String, Refusal)>| match item {
            Ok(path) | Err((path, _)) => path.clone(),
        };
        found.sort_by_key(path);
        found
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        let full = self.resolve(path)?;
        let system = |error: std::io::Error| Refusal::System(system_says(&error));
        let metadata = fs::metadata(&full).map_err(system)?;
        if !metadata.is_file() {
            return Err(Refusal::System(say!("it is not a regular file")));
        }
        if metadata.len() > MAX_FILE_BYTES {
            return Err(Refusal::TooLarge(metadata.len()));
        }
        // The file may grow between the two calls, so the reading is bounded too.
        let mut bytes = Vec::with_capacity(metadata.len() as usize);
        fs::File::open(&full).map_err(system)?.take(MAX_FILE_BYTES + 1).read_to_end(&mut bytes).map_err(system)?;
        if bytes.len() as u64 > MAX_FILE_BYTES { Err(Refusal::TooLarge(bytes.len() as u64)) } else { Ok(bytes) }
    }

    fn today(&self) -> NaiveDate {
        self.today
    }

    fn history(&self) -> Result<Box<dyn History>, HistoryFault> {
        Ok(Box::new(Git::open(&self.root)?))
    }
}

/// A book held in memory: path → bytes.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    /// The files, by path relative to the book.
    pub files: BTreeMap<String, Vec<u8>>,
    /// The date to count from.
    pub today: NaiveDate,
}

impl Memory {
    /// A book of the given files; *today* is 1 January 1970 until set.
    pub fn new<P: Into<String>, T: Into<Vec<u8>>>(files: impl IntoIterator<Item = (P, T)>) -> Self {
        let files = files.into_iter().map(|(path, text)| (path.into(), text.into())).collect();
        Memory { files, today: NaiveDate::default() }
    }
}

impl World for Memory {
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Result<String, (String, Refusal)>> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let wanted = |path: &&String| path.starts_with(&prefix) && endings.iter().any(|ending| path.ends_with(ending));
        self.files.keys().filter(wanted).cloned().map(Ok).collect()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        let bytes = self.files.get(path).ok_or(Refusal::Missing)?;
        let size = bytes.len() as u64;
        if size > MAX_FILE_BYTES { Err(Refusal::TooLarge(size)) } else { Ok(bytes.clone()) }
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}
