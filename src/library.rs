//! The built-in library, embedded: traits and sectors from `standards/`, templates from `templates/`. A sector is a book
//! and is read by the same loader as an author's.

use std::collections::HashMap;
use std::sync::LazyLock;

use include_dir::{Dir, include_dir};

use crate::source::Memory;

static STANDARDS: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/standards");
static TEMPLATES: Dir<'static> = include_dir!("$CARGO_MANIFEST_DIR/templates");

/// Every file below `templates/` by its path. The folders themselves look through all that they hold at every level, and compare
/// paths part by part: a third of what a command with nothing to do cost.
static BY_PATH: LazyLock<HashMap<&'static str, &'static [u8]>> = LazyLock::new(|| {
    let mut files = HashMap::new();
    let mut open = vec![&TEMPLATES];
    while let Some(dir) = open.pop() {
        files.extend(dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents()))));
        open.extend(dir.dirs());
    }
    files
});

/// Whole books to look at, each with its records, by the language that they are written in first.
#[cfg(feature = "desk")]
static EXAMPLES: [(&str, &str, Dir<'static>); 3] = [
    ("en", "shop", include_dir!("$CARGO_MANIFEST_DIR/examples/shop")),
    ("pl", "urzad", include_dir!("$CARGO_MANIFEST_DIR/examples/urzad")),
    ("sv", "vardcentral", include_dir!("$CARGO_MANIFEST_DIR/examples/vardcentral")),
];

/// The example for readers of a language, else the first: its name, and its files by path, with their texts.
#[cfg(feature = "desk")]
pub(crate) fn example(language: &str) -> (&'static str, Vec<(String, &'static str)>) {
    let of_language = EXAMPLES.iter().find(|(tag, ..)| *tag == language);
    let (_, name, dir) = of_language.unwrap_or(&EXAMPLES[0]);
    let mut texts = Vec::new();
    collect(dir, &mut texts);
    // What was built of it beside the sources is no part of it.
    let texts = texts.into_iter().filter(|(path, _)| !path.starts_with("out"));
    (name, texts.map(|(path, text)| (path.replace('\\', "/"), text)).collect())
}

/// The sectors by id, sorted.
pub fn sectors() -> Vec<&'static str> {
    let sectors = STANDARDS.get_dir("sectors").into_iter().flat_map(Dir::dirs);
    let mut names: Vec<_> = sectors.filter_map(|dir| dir.path().file_name()?.to_str()).collect();
    names.sort_unstable();
    names
}

/// What a book builds on: all traits, the library's own manifest (default nouns) last, and of the sector its manifest
/// (nouns) and roles. Path below `standards/`, and text.
pub fn files(sector: Option<&str>) -> Vec<(&'static str, &'static str)> {
    let mut files = all("traits");
    if let Some(sector) = sector.filter(|sector| sectors().contains(sector)) {
        let wanted = |path: &str| path.ends_with("/gamma-ok.yaml") || path.ends_with("/roles.yaml");
        files.extend(all(&format!("sectors/{sector}")).into_iter().filter(|(path, _)| wanted(path)));
    }
    files.extend(text(&STANDARDS, "gamma-ok.yaml").map(|text| ("gamma-ok.yaml", text)));
    files
}

/// A sector as a book of its own, ready to be loaded; none for an unknown sector.
pub fn sector(name: &str) -> Option<Memory> {
    if !sectors().contains(&name) {
        return None;
    }
    Some(book(&format!("sectors/{name}/")))
}

/// The book that `init` starts with where no sector is named. Its comments are in every language of the library, each
/// line marked with its own, as in `# [pl] …`.
pub fn starter() -> Memory {
    book("starter/")
}

/// The files below a folder as a book.
fn book(folder: &str) -> Memory {
    let files = all(folder.trim_end_matches('/'));
    Memory::new(files.into_iter().map(|(path, text)| (path.trim_start_matches(folder).to_owned(), text)))
}

/// Text of a trait's file of the library.
pub fn trait_file(id: &str) -> Option<&'static str> {
    text(&STANDARDS, &format!("traits/{id}.yaml"))
}

/// A built-in template by its path below `templates/`.
pub fn template(path: &str) -> Option<&'static str> {
    template_bytes(path).and_then(|bytes| std::str::from_utf8(bytes).ok())
}

/// Bytes of a file below `templates/` that is no text, such as a font.
pub fn template_bytes(path: &str) -> Option<&'static [u8]> {
    BY_PATH.get(path).copied()
}

/// Paths of all built-in templates, sorted.
pub fn templates() -> Vec<&'static str> {
    let mut texts = Vec::new();
    collect(&TEMPLATES, &mut texts);
    texts.into_iter().map(|(path, _)| path).collect()
}

fn all(folder: &str) -> Vec<(&'static str, &'static str)> {
    let mut texts = Vec::new();
    if let Some(dir) = STANDARDS.get_dir(folder) {
        collect(dir, &mut texts);
    }
    texts
}

fn collect(dir: &'static Dir<'static>, texts: &mut Vec<(&'static str, &'static str)>) {
    let mut files: Vec<_> =
        dir.files().filter_map(|file| Some((file.path().to_str()?, file.contents_utf8()?))).collect();
    files.sort_unstable();
    texts.append(&mut files);
    let mut dirs: Vec<_> = dir.dirs().collect();
    dirs.sort_by_key(|dir| dir.path());
    for dir in dirs {
        collect(dir, texts);
    }
}

fn text(dir: &Dir<'static>, path: &str) -> Option<&'static str> {
    dir.get_file(path).and_then(|file| file.contents_utf8())
}
