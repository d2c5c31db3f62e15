//! What is remembered for this computer's user, outside all books: where desks answer, and which books were opened last.

use std::ffi::OsString;
use std::fs;
use std::path::{Path, PathBuf};

/// So many books are remembered.
const MAX_BOOKS: usize = 12;

/// The folder for it, by the custom of the system; none where the user has no home.
pub(super) fn folder() -> Option<PathBuf> {
    let of = |name: &str| {
        std::env::var_os(name).filter(|value: &OsString| Path::new(value).is_absolute()).map(PathBuf::from)
    };
    let base = of("XDG_STATE_HOME").or_else(|| {
        if cfg!(windows) {
            of("LOCALAPPDATA")
        } else if cfg!(target_os = "macos") {
            Some(of("HOME")?.join("Library").join("Application Support"))
        } else {
            Some(of("HOME")?.join(".local").join("state"))
        }
    })?;
    Some(base.join("gamma-ok"))
}

/// The folder that new books are made in: one of the user's own, with a plain name.
pub(super) fn books_folder() -> Option<PathBuf> {
    let name = if cfg!(windows) { "USERPROFILE" } else { "HOME" };
    let home = std::env::var_os(name).map(PathBuf::from).filter(|home| home.is_absolute())?;
    Some(home.join("gamma-ok"))
}

fn list() -> Option<PathBuf> {
    Some(folder()?.join("books"))
}

/// The books that were opened last and are still there, the newest first.
pub(super) fn recent() -> Vec<PathBuf> {
    let Some(text) = list().and_then(|path| fs::read_to_string(path).ok()) else { return Vec::new() };
    let paths = text.lines().map(PathBuf::from).filter(|path| path.is_absolute());
    paths.filter(|path| crate::project::is_book(path).is_ok()).take(MAX_BOOKS).collect()
}

/// Remembers that a book was opened. Where that cannot be written, it is not remembered.
pub(super) fn remember(root: &Path) {
    let (Some(path), Some(root)) = (list(), root.to_str().filter(|root| !root.contains(['\n', '\r']))) else { return };
    let before = fs::read_to_string(&path).unwrap_or_default();
    let others = before.lines().filter(|line| *line != root);
    let lines: Vec<&str> = std::iter::once(root).chain(others).take(MAX_BOOKS).collect();
    if let Some(folder) = path.parent() {
        let _ = fs::create_dir_all(folder);
    }
    let _ = fs::write(&path, format!("{}\n", lines.join("\n")));
}
