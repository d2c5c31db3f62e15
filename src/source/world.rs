//! The outside world as one trait: files and *today*. `Disk` is the real one; `Memory` serves tests and the library.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use super::{History, HistoryFault};
use crate::message::Message;
use crate::say;
use crate::text::composed;

/// Files larger than this are refused before they are read.
pub const MAX_FILE_BYTES: u64 = 4 * 1024 * 1024;

/// The same for what the program wrote itself and reads line by line.
pub(super) const MAX_LARGE_BYTES: u64 = 32 * 1024 * 1024;

/// A file of a list, or the path of what cannot be listed or read, and why not.
pub type Listed = Result<String, (String, Refusal)>;

/// Why a file was not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub enum Refusal {
    /// There is no such file.
    Missing,
    /// It is larger than [`MAX_FILE_BYTES`]; holds its size in bytes.
    TooLarge(u64),
    /// It is, or lies behind, a link that leaves the book.
    Outside,
    /// Only its placeholder is there: the file itself is kept in iCloud.
    InCloud,
    /// It is a link that leads to nothing.
    Dangling,
    /// It is a link to a folder that it stands in itself.
    Loop,
    /// Its name is not UTF-8, so that no path leads to it.
    Unnameable,
    /// Its bytes are not UTF-8; holds the offset of the first bad byte.
    NotText(usize),
    /// The system refused; holds what it said.
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
            Refusal::InCloud => say!("it is in iCloud and not on this computer"),
            Refusal::Dangling => say!("the link leads to nothing"),
            Refusal::Loop => say!("the link leads to a folder that it stands in itself"),
            Refusal::Unnameable => say!("its name is not UTF-8"),
            Refusal::NotText(byte) => say!("the file is not UTF-8 text (byte {byte})", byte = *byte),
            Refusal::System(message) => message.clone(),
        }
    }
}

/// What stands in a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderEntry {
    /// What it is called there.
    pub name: String,
    /// Whether it is a folder, or a link to one of the book's.
    pub is_folder: bool,
}

/// What the program may ask of the outside: the files of one book, and the date.
pub trait World: Sync {
    /// Files below `folder` (relative, with `/`; empty for the book itself) whose name ends in one of `endings`,
    /// sorted by path. A folder that does not exist has none. What cannot be listed is given as a refusal. A file that
    /// several paths lead to is listed once, by its own path where that is one of them.
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Listed>;

    /// As [`World::list`], for files whose name says what they are: links to one file are several.
    fn list_names(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        self.list(folder, endings)
    }

    /// What stands in `folder` itself, sorted by name, without what begins with a dot. What has no name in UTF-8 is given
    /// by the name that is nearest, with the refusal.
    fn names(&self, folder: &str) -> Vec<Result<FolderEntry, (String, Refusal)>> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let mut found: Vec<FolderEntry> = Vec::new();
        for path in self.list_names(folder, &[""]).into_iter().flatten() {
            let Some(below) = path.strip_prefix(&prefix) else { continue };
            let (name, is_folder) = below.split_once('/').map_or((below, false), |(name, _)| (name, true));
            if !name.starts_with('.') && found.last().is_none_or(|last| last.name != name) {
                found.push(FolderEntry { name: name.to_owned(), is_folder });
            }
        }
        found.into_iter().map(Ok).collect()
    }

    /// The bytes of a file of the book.
    ///
    /// # Errors
    /// The [`Refusal`] that says why not.
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal>;

    /// The text of a file that the program wrote itself: it may have eight times as many bytes as one that people write.
    fn large_text(&self, path: &str) -> Result<String, Refusal> {
        self.text(path)
    }

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
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        (**self).list(folder, endings)
    }

    fn list_names(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        (**self).list_names(folder, endings)
    }

    fn names(&self, folder: &str) -> Vec<Result<FolderEntry, (String, Refusal)>> {
        (**self).names(folder)
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        (**self).bytes(path)
    }

    fn large_text(&self, path: &str) -> Result<String, Refusal> {
        (**self).large_text(path)
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
    fn list(&self, folder: &str, endings: &[&str]) -> Vec<Listed> {
        let prefix = if folder.is_empty() { String::new() } else { format!("{folder}/") };
        let wanted = |path: &&String| path.starts_with(&prefix) && endings.iter().any(|ending| path.ends_with(ending));
        self.files.keys().filter(wanted).cloned().map(Ok).collect()
    }

    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        let bytes = self.files.get(path).or_else(|| {
            let same = |known: &&String| !path.is_ascii() && composed(known) == composed(path);
            self.files.get(self.files.keys().find(same)?)
        });
        let bytes = bytes.ok_or(Refusal::Missing)?;
        let size = bytes.len() as u64;
        if size > MAX_FILE_BYTES { Err(Refusal::TooLarge(size)) } else { Ok(bytes.clone()) }
    }

    fn today(&self) -> NaiveDate {
        self.today
    }
}
