//! New texts that lie beside the files they are to replace, until they do.

use std::fs::{self, File, Metadata};
use std::path::Path;
use std::time::Duration;

use tempfile::NamedTempFile;

/// How the names of new texts end. All begin with a dot, as nothing does that is read as part of a book.
const SUFFIX: &str = ".tmp";

/// Whose new text it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TextOwner {
    /// An author's file: written under the book's lock.
    Book,
    /// A result that can be made again, anywhere.
    Result,
}

impl TextOwner {
    fn prefix(self) -> &'static str {
        match self {
            TextOwner::Book => ".gamma-ok-new-",
            TextOwner::Result => ".gamma-ok-out-",
        }
    }

    fn is_name(self, name: &str) -> bool {
        name.starts_with(self.prefix()) && name.ends_with(SUFFIX)
    }
}

/// One that is younger than that may belong to a run that has made it and not yet locked it.
const YOUTH: Duration = Duration::from_secs(60);

/// Folders nested deeper than this are not looked through for what a killed run left.
const DEPTH: usize = 8;

/// Folders whose names begin with a dot are looked through only where `init` writes into them; nothing in others is ours.
const HIDDEN: [&str; 2] = [".gamma-ok", ".vscode"];

/// An empty file beside `target`, locked, so that nobody takes it for one that was left lying. `is_new` says that no file is
/// replaced: then others may read it as far as the user's mask lets them; a temporary file alone would be for its owner only.
///
/// # Errors
/// What the system says.
pub fn temporary(owner: TextOwner, target: &Path, is_new: bool) -> std::io::Result<NamedTempFile> {
    let folder = target.parent().filter(|folder| *folder != Path::new("")).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(owner.prefix()).suffix(SUFFIX);
    #[cfg(unix)]
    if is_new {
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    }
    #[cfg(not(unix))]
    let _ = is_new;
    let temporary = builder.tempfile_in(folder)?;
    // Not every file system has locks; without one the file is at worst taken for one that was left lying.
    let _ = temporary.as_file().try_lock();
    Ok(temporary)
}

/// Removes results that a killed run left lying in a folder. `now` is a file that this run has just made there: what is much older
/// and locked by nobody belongs to no run. What cannot be removed is in nobody's way.
pub fn sweep(folder: &Path, now: &Metadata) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let is_ours = name.to_str().is_some_and(|name| TextOwner::Result.is_name(name));
        if is_ours && is_left(&entry.path(), now) {
            remove(&entry.path());
        }
    }
}

/// Removes what a killed run left lying in a book and the folders below it. Whoever calls this holds the book's lock, so that
/// there are no others' but those of the dead.
pub(super) fn sweep_book(folder: &Path) {
    walk(folder, DEPTH);
}

fn walk(folder: &Path, depth: usize) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let (name, Ok(kind)) = (entry.file_name(), entry.file_type()) else { continue };
        let Some(name) = name.to_str() else { continue };
        let is_looked_through = !name.starts_with('.') || depth == DEPTH && HIDDEN.contains(&name);
        if kind.is_dir() && is_looked_through && depth > 0 {
            walk(&entry.path(), depth - 1);
        } else if kind.is_file() && TextOwner::Book.is_name(name) && is_free(&entry.path()) {
            remove(&entry.path());
        }
    }
}

/// Whether no run holds it any more. What is no ordinary file is nobody's: opening it may wait for ever.
fn is_left(path: &Path, now: &Metadata) -> bool {
    let Ok(known) = path.symlink_metadata() else { return false };
    let age = now.modified().ok().zip(known.modified().ok()).and_then(|(now, then)| now.duration_since(then).ok());
    known.is_file() && age.is_some_and(|age| age > YOUTH) && is_free(path)
}

fn is_free(path: &Path) -> bool {
    File::open(path).is_ok_and(|file| file.try_lock().is_ok())
}

#[expect(clippy::disallowed_methods, reason = "removes only what an earlier run has made for itself")]
fn remove(path: &Path) {
    let _ = fs::remove_file(path);
}
