//! The typesetter's world: the templates, the view, the logo and the embedded fonts. There is nothing else in it: no
//! disk, no network, no packages, no clock.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::{LazyLock, Mutex, PoisonError};

use typst::diag::{FileError, FileResult};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Feature, Library, LibraryExt, World};

use super::fonts::FONTS;

/// The typesetter's own functions, with those that mark the head cells of rows.
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| {
    LazyHash::new(Library::builder().with_features([Feature::A11yExtras].into_iter().collect()).build())
});

/// The templates, each parsed when it is first wanted.
#[derive(Default)]
pub(in crate::render) struct Templates {
    overrides: BTreeMap<String, String>,
    parsed: Mutex<BTreeMap<String, Source>>,
}

impl Templates {
    /// The program's templates, with a book's own in their place where it has some.
    pub(in crate::render) fn new(overrides: &BTreeMap<String, String>) -> Self {
        let wanted = |path: &str| path.starts_with("typst/");
        let overrides = overrides.iter().filter(|(path, _)| wanted(path));
        let overrides = overrides.map(|(path, text)| (path.clone(), text.clone())).collect();
        Templates { overrides, parsed: Mutex::default() }
    }

    /// The book's own.
    pub(super) fn own(&self) -> &BTreeMap<String, String> {
        &self.overrides
    }

    fn source(&self, id: FileId, path: &str) -> Option<Source> {
        // Nothing panics while it holds the lock, and a map of whole sources is right at any time.
        let mut parsed = self.parsed.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(source) = parsed.get(path) {
            return Some(source.clone());
        }
        let text = self.overrides.get(path).map(String::as_str).or_else(|| crate::library::template(path))?;
        let source = Source::new(id, text.to_owned());
        parsed.insert(path.to_owned(), source.clone());
        Some(source)
    }
}

/// Path of the view in the world.
const VIEW: &str = "view.json";

/// What one document is made from.
pub(super) struct Desk<'a> {
    templates: &'a Templates,
    main: FileId,
    /// The view, the logo and the pictures: path in the world, and bytes.
    files: BTreeMap<String, Bytes>,
    today: Option<Datetime>,
}

impl<'a> Desk<'a> {
    /// A desk with the template of that name below `templates/typst/` on it. None when the name is no path.
    pub(super) fn new(templates: &'a Templates, name: &str, view: Vec<u8>, today: Option<Datetime>) -> Option<Self> {
        let path = VirtualPath::new(format!("/typst/{name}.typ")).ok()?;
        let main = RootedPath::new(VirtualRoot::Project, path).intern();
        let files = BTreeMap::from([(VIEW.to_owned(), Bytes::new(view))]);
        Some(Desk { templates, main, files, today })
    }

    /// The same for templates to set everything a little smaller and closer; none where the view is no object.
    pub(super) fn tighter(&self) -> Option<Self> {
        let fields = self.files.get(VIEW)?.strip_prefix(b"{")?;
        let view = [b"{\"tight\":true,", fields].concat();
        let mut files = self.files.clone();
        files.insert(VIEW.to_owned(), Bytes::new(view));
        Some(Desk { files, ..*self })
    }

    /// Puts a picture on it.
    pub(super) fn put(&mut self, path: &str, bytes: Vec<u8>) {
        self.files.insert(path.trim_start_matches('/').to_owned(), Bytes::new(bytes));
    }
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &FONTS.book
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let path = id.vpath().get_without_slash();
        let source = matches!(id.root(), VirtualRoot::Project).then(|| self.templates.source(id, path)).flatten();
        source.ok_or_else(|| FileError::NotFound(PathBuf::from(path)))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let path = id.vpath().get_without_slash();
        let own = matches!(id.root(), VirtualRoot::Project).then(|| self.files.get(path).cloned()).flatten();
        own.ok_or_else(|| FileError::NotFound(PathBuf::from(path)))
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.all.get(index).cloned()
    }

    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        self.today
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_but_templates_and_the_view_can_be_read() {
        let templates = Templates::new(&BTreeMap::new());
        let Some(desk) = Desk::new(&templates, "checklist", b"{}".to_vec(), None) else { panic!("no desk") };
        let id = |root: VirtualRoot, path: &str| {
            RootedPath::new(root, VirtualPath::new(path).unwrap_or_else(|_| panic!("{path}"))).intern()
        };
        let own = |path: &str| id(VirtualRoot::Project, path);
        assert!(desk.source(desk.main()).is_ok() && desk.file(own("/view.json")).is_ok());
        for path in ["/etc/passwd", "/Cargo.toml", "/typst/none.typ", "/html/style.css"] {
            assert!(desk.source(own(path)).is_err() || path.starts_with("/html"), "{path}");
            assert!(desk.file(own(path)).is_err(), "{path}");
        }
        let Ok(spec) = "@preview/tablex:0.0.8".parse() else { panic!("a package's name") };
        let package = id(VirtualRoot::Package(spec), "/typst/checklist.typ");
        assert!(desk.source(package).is_err() && desk.file(package).is_err());
    }
}
