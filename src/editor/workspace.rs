//! The books that an editor has open: each with the texts that are not saved laid over its folder.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Component, Path, PathBuf};

use chrono::NaiveDate;

use super::address::{address_of, path_of};
use super::lines::{Encoding, Lines};
use crate::book::{Book, MANIFEST};
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::project::{Project, Records, find, is_source};
use crate::source::{Disk, FileId, Overlay, Source, Span, World};

/// A book with what is open of it.
type Opened = Project<Overlay<Disk>>;

/// A text that is open in the editor.
#[derive(Clone, Debug)]
pub(super) struct OpenText {
    /// The address that the editor knows it by.
    pub address: String,
    pub version: i32,
    pub text: String,
}

/// A book of which something is open.
pub(super) struct OpenBook {
    pub root: PathBuf,
    /// The texts, by path in the book.
    pub texts: BTreeMap<String, OpenText>,
    /// The book as it stands; none where it cannot be read at all.
    pub opened: Option<Opened>,
    /// The book when its files could last all be parsed: what is known while somebody types.
    sound: Option<Opened>,
    records: Records,
    pub findings: Vec<Diagnostic>,
    /// What of the past is not known, or why the book cannot be read.
    pub remark: Option<Message>,
    /// Whether the texts have changed since the book was read.
    is_stale: bool,
    /// Whether they have since it was checked.
    is_unchecked: bool,
    /// Whether the editor was not told yet what is found.
    pub is_untold: bool,
    /// The files that the editor was told something of.
    pub told: BTreeSet<String>,
}

impl OpenBook {
    fn new(root: PathBuf) -> Self {
        OpenBook {
            root,
            texts: BTreeMap::new(),
            opened: None,
            sound: None,
            records: Records::default(),
            findings: Vec::new(),
            remark: None,
            is_stale: true,
            is_unchecked: true,
            is_untold: true,
            told: BTreeSet::new(),
        }
    }

    /// Says that a file of the book is another now.
    pub(super) fn touch(&mut self) {
        self.is_stale = true;
        self.is_unchecked = true;
        self.is_untold = true;
    }

    /// Reads the book if a text has changed since.
    pub(super) fn read(&mut self, today: NaiveDate) {
        if !self.is_stale {
            return;
        }
        self.is_stale = false;
        let Ok(disk) = Disk::new(&self.root, today) else {
            self.opened = None;
            return;
        };
        let mut world = Overlay::new(disk);
        for (path, open) in &self.texts {
            // Of other files only a new one matters: that nothing reads it.
            let is_new = || !self.root.join(path).exists();
            if is_source(Path::new(path)) || is_new() {
                world.set(path, &open.text);
            }
        }
        let before = self.opened.take();
        match Project::open(world) {
            Ok(opened) => self.opened = Some(opened),
            Err(error) => self.remark = Some(error.message()),
        }
        let is_unsound = self
            .opened
            .as_ref()
            .is_none_or(|opened| opened.loaded.findings.iter().any(|finding| finding.code == Code::YamlSyntax));
        let was_sound = before
            .as_ref()
            .is_some_and(|opened| opened.loaded.findings.iter().all(|finding| finding.code != Code::YamlSyntax));
        match (is_unsound, was_sound) {
            (true, true) => self.sound = before,
            (true, false) => {}
            (false, _) => self.sound = None,
        }
    }

    /// Reads the book and holds every rule against it, if a text has changed since.
    pub(super) fn check(&mut self, today: NaiveDate) {
        self.read(today);
        if !self.is_unchecked {
            return;
        }
        self.is_unchecked = false;
        self.findings.clear();
        if let Some(opened) = &mut self.opened {
            let mut records = opened.records();
            let checked = opened.check(&mut records);
            self.records = records;
            self.findings = checked.findings;
            self.remark = checked.remark;
        }
    }

    /// What is known of the book: of one that cannot be parsed just now, as it last could.
    pub(super) fn known(&self) -> Option<&Opened> {
        self.sound.as_ref().or(self.opened.as_ref())
    }

    pub(super) fn book(&self) -> Option<&Book> {
        self.known().map(|opened| &opened.loaded.book)
    }

    /// The records, as they were when the book was last checked.
    pub(super) fn records(&self) -> &Records {
        &self.records
    }

    /// The text of a file of the book: what the editor has, else what the disk has.
    pub(super) fn text(&self, path: &str) -> Option<String> {
        match self.texts.get(path) {
            Some(open) => Some(open.text.clone()),
            None => self.opened.as_ref()?.world.text(path).ok(),
        }
    }

    /// Whether a file could be read as YAML.
    pub(super) fn is_read(&self, path: &str) -> bool {
        let (Some(opened), Some(file)) = (&self.opened, self.file(path)) else { return false };
        let findings = opened.loaded.findings.iter();
        !findings.into_iter().any(|finding| finding.code == Code::YamlSyntax && finding.span.file == file)
    }

    /// The number of a file that was read.
    pub(super) fn file(&self, path: &str) -> Option<FileId> {
        let sources = &self.opened.as_ref()?.loaded.sources;
        sources.iter().find(|(_, source)| source.path == path && !source.built_in).map(|(file, _)| file)
    }

    /// The file of a place; none for the built-in library, which no editor can open.
    pub(super) fn source(&self, span: Span) -> Option<&Source> {
        Some(self.opened.as_ref()?.loaded.sources.get(span.file)).filter(|source| !source.built_in)
    }

    /// The address of a file of the book, as the editor has it where it is open.
    pub(super) fn address(&self, path: &str) -> String {
        match self.texts.get(path) {
            Some(open) => open.address.clone(),
            None => address_of(&self.root.join(path)),
        }
    }
}

/// Finds places as the protocol has them; the lines of a file are counted once.
pub(super) struct Locator<'a> {
    book: &'a OpenBook,
    encoding: Encoding,
    lines: HashMap<FileId, Lines<'a>>,
}

impl<'a> Locator<'a> {
    pub(super) fn of(book: &'a OpenBook, encoding: Encoding) -> Self {
        Locator { book, encoding, lines: HashMap::new() }
    }

    /// A place; none for the built-in library, which no editor can open.
    pub(super) fn location(&mut self, span: Span) -> Option<lsp_types::Location> {
        let source = self.book.source(span)?;
        let uri = super::address::uri(&self.book.address(&source.path))?;
        let lines = self.lines.entry(span.file).or_insert_with(|| Lines::of(&source.text, self.encoding));
        Some(lsp_types::Location { uri, range: lines.range(span.range()) })
    }
}

/// All books.
#[derive(Default)]
pub(super) struct Workspace {
    /// The folders that the editor has open.
    pub folders: Vec<PathBuf>,
    pub books: BTreeMap<PathBuf, OpenBook>,
}

impl Workspace {
    /// Opens the books of the editor's folders.
    pub(super) fn open_folders(&mut self) {
        for folder in self.folders.clone() {
            if let Ok(root) = find(&folder) {
                self.books.entry(root.clone()).or_insert_with(|| OpenBook::new(root));
            }
        }
    }

    /// The book of a file, and the file's path in it; opens the nearest book above it where that is not open.
    pub(super) fn place(&mut self, address: &str) -> Option<(&mut OpenBook, String)> {
        let path = path_of(address)?;
        let path = plain(&path)?;
        let root = self.root_of(&path)?;
        let inside = inside(&path, &root)?;
        let book = self.books.entry(root.clone()).or_insert_with(|| OpenBook::new(root));
        Some((book, inside))
    }

    fn root_of(&self, path: &Path) -> Option<PathBuf> {
        // The nearest: a book may lie in the folder of another.
        let nearest = path.parent().and_then(|folder| find(folder).ok());
        let open =
            self.books.keys().filter(|root| inside(path, root).is_some()).max_by_key(|root| root.as_os_str().len());
        match (nearest, open) {
            (Some(nearest), Some(open)) if nearest.starts_with(open) => Some(nearest),
            (_, Some(open)) => Some(open.clone()),
            (nearest, None) => nearest,
        }
    }
}

/// A path without `.` and `..`; none where it leads above its root.
fn plain(path: &Path) -> Option<PathBuf> {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                if !plain.pop() {
                    return None;
                }
            }
            part => plain.push(part),
        }
    }
    Some(plain)
}

/// The path of a file in a book's folder, with `/`, by whatever links both are named.
fn inside(path: &Path, root: &Path) -> Option<String> {
    let below = match path.strip_prefix(root) {
        Ok(below) => below.to_owned(),
        Err(_) => {
            let folder = path.parent()?.canonicalize().ok()?;
            let root = root.canonicalize().ok()?;
            folder.strip_prefix(root).ok()?.join(path.file_name()?)
        }
    };
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    parts.filter(|parts| !parts.is_empty()).map(|parts| parts.join("/"))
}

/// What kind of file of the format a path is, as `schema` names it; none for any other.
pub(super) fn kind_of(path: &str) -> Option<&'static str> {
    let is_yaml = path.ends_with(".yaml") || path.ends_with(".yml");
    let folder = path.split('/').next().filter(|folder| *folder != path);
    match (path, folder) {
        (MANIFEST, None) => Some("manifest"),
        ("roles.yaml", None) => Some("roles"),
        (_, Some("sequences")) if is_yaml => Some("sequence"),
        (_, Some("traits")) if is_yaml => Some("traits"),
        (_, Some("sites")) if is_yaml => Some("site"),
        (_, Some("audits")) if is_yaml => Some("audit"),
        (_, Some("reviews")) if is_yaml => Some("review"),
        (path, Some("editions")) if is_yaml && path.starts_with("editions/issued/") => Some("edition"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_of_their_kind() {
        assert_eq!(kind_of("gamma-ok.yaml"), Some("manifest"));
        assert_eq!(kind_of("sequences/stay.yml"), Some("sequence"));
        assert_eq!(kind_of("audits/2026/a.yaml"), Some("audit"));
        assert_eq!(kind_of("sequences"), None);
        assert_eq!(kind_of("out/en/index.html"), None);
        assert_eq!(kind_of("editions/7f3a9c2e.yaml"), None);
    }

    #[test]
    fn a_path_that_leads_out_is_none() {
        assert_eq!(plain(Path::new("/a/b/../c")), Some(PathBuf::from("/a/c")));
        assert_eq!(inside(Path::new("/a/c"), Path::new("/a/b")), None);
        assert_eq!(inside(Path::new("/a/b/c/d.yaml"), Path::new("/a/b")), Some("c/d.yaml".to_owned()));
    }
}
