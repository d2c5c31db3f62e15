//! What is remembered for this computer's user, outside all books: where desks answer, and which books were opened last. The one
//! file of the desk that touches the disk; no path in it comes from a request.

use std::ffi::OsString;
use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

/// So many books are remembered.
const MAX_BOOKS: usize = 12;

/// The folder for it, by the custom of the system; none where the user has no home.
fn folder() -> Option<PathBuf> {
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
#[expect(clippy::disallowed_methods, reason = "a list of the program's own, in no book")]
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

/// The books whose own templates may be used on the desk: a file of the same kind as that of the books.
fn trusted() -> Option<PathBuf> {
    Some(folder()?.join("trusted"))
}

/// Whether a book's own templates were allowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// Nobody allowed any.
    Never,
    /// Others, which stood there then.
    OfOthers,
    /// Those that stand there now.
    Given,
}

/// Whether the templates of a book that have this hash were allowed.
pub(super) fn trust_of(root: &Path, hash: &str) -> Trust {
    let text = trusted().and_then(|path| fs::read_to_string(path).ok()).unwrap_or_default();
    let Some(root) = root.to_str() else { return Trust::Never };
    // Once only the folder was written down.
    let line = text.lines().find(|line| *line == root || line.split_once(' ').is_some_and(|(_, of)| of == root));
    match line {
        None => Trust::Never,
        Some(line) if line.strip_suffix(root).is_some_and(|known| known.trim_end() == hash) => Trust::Given,
        Some(_) => Trust::OfOthers,
    }
}

/// Remembers that the templates of a book that have this hash are allowed, or that none are any more; whether that could be
/// written down.
#[expect(clippy::disallowed_methods, reason = "a list of the program's own, in no book")]
pub(super) fn trust(root: &Path, hash: Option<&str>) -> bool {
    let (Some(path), Some(root)) = (trusted(), root.to_str().filter(|root| !root.contains(['\n', '\r']))) else {
        return false;
    };
    let before = fs::read_to_string(&path).unwrap_or_default();
    let is_of = |line: &str| line == root || line.split_once(' ').is_some_and(|(_, of)| of == root);
    let own = hash.map(|hash| format!("{hash} {root}\n"));
    let lines: String = before.lines().filter(|line| !is_of(line)).map(|line| format!("{line}\n")).chain(own).collect();
    if let Some(folder) = path.parent() {
        let _ = fs::create_dir_all(folder);
    }
    fs::write(&path, lines).is_ok()
}

/// What is written down about a desk.
pub(super) fn desk(name: &str) -> Option<String> {
    fs::read_to_string(folder()?.join("desks").join(name)).ok()
}

/// Writes something down about a desk that this user alone may read. Where that cannot be written, nobody finds the desk, and all
/// else works.
#[expect(clippy::disallowed_methods, reason = "a note of the program's own, in no book")]
pub(super) fn remember_desk(name: &str, text: &str) {
    let Some(folder) = folder().map(|folder| folder.join("desks")) else { return };
    let _ = fs::create_dir_all(&folder);
    let path = folder.join(name);
    // Never written over what somebody else may read already.
    let _ = fs::remove_file(&path);
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }
    let _ = options.open(&path).and_then(|mut file| file.write_all(text.as_bytes()));
}

/// Makes the folder of a new book.
///
/// # Errors
/// What the system says.
pub(super) fn make_folder(folder: &Path) -> std::io::Result<()> {
    fs::create_dir_all(folder)
}
