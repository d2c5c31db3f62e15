//! Adding pictures to a book together with the texts that name them.

use std::fs;
use std::path::{Path, PathBuf};

use super::{Lock, Staged, WriteError, stage_bytes, sync_folder, system, target, temporary};
use crate::edit::FileEdit;

/// A picture that is to be added: no picture of a book is ever replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// Path relative to the book, with `/`.
    pub path: String,
    /// What is in it.
    pub bytes: Vec<u8>,
}

impl Lock {
    /// Adds pictures and makes the changes that name them: all, or none. The pictures come first, so that no text ever names
    /// one that is not there; killed in between, the same command again finds them and completes the work.
    ///
    /// # Errors
    /// The [`WriteError`] that says why not.
    pub fn write_with(&self, pictures: &[Picture], changes: &[FileEdit]) -> Result<(), WriteError> {
        temporary::sweep_book(self.root());
        let staged = Staged::new(self.root(), changes)?;
        let mut made = Vec::new();
        let added = pictures.iter().try_for_each(|picture| {
            made.extend(add(self.root(), picture)?);
            Ok(())
        });
        added.and_then(|()| staged.commit()).inspect_err(|_| take_back(&made))
    }
}

/// Adds a picture; its file, where it was not there.
fn add(root: &Path, picture: &Picture) -> Result<Option<PathBuf>, WriteError> {
    let Picture { path, bytes } = picture;
    if fs::read(root.join(path)).is_ok_and(|written| written == *bytes) {
        return Ok(None);
    }
    let file = target(root, &FileEdit { path: path.clone(), before: None, after: String::new() })?;
    let staged = stage_bytes(&file, path, false, bytes)?;
    staged.persist_noclobber(&file).map_err(|error| system(path, &error.error))?;
    sync_folder(&file).map_err(|error| system(path, &error))?;
    Ok(Some(file))
}

/// Removes what was added. What stays all the same is in nobody's way: nothing names it.
#[expect(clippy::disallowed_methods, reason = "removes only what this very run has made")]
fn take_back(made: &[PathBuf]) {
    for file in made {
        let _ = fs::remove_file(file);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn picture(path: &str, bytes: &[u8]) -> Picture {
        Picture { path: path.to_owned(), bytes: bytes.to_vec() }
    }

    #[test]
    fn pictures_and_the_texts_that_name_them_are_written_all_or_none() {
        let folder = tempfile::tempdir().expect("a folder");
        let lock = Lock::of(folder.path()).expect("a lock");
        let change = |before: Option<&str>| FileEdit {
            path: "audits/a.yaml".to_owned(),
            before: before.map(str::to_owned),
            after: "evidence: [photos/a.jpg]".to_owned(),
        };
        let pictures = [picture("audits/photos/a.jpg", b"\xff\xd8a"), picture("audits/photos/b.jpg", b"\xff\xd8b")];
        let path = |name: &str| folder.path().join("audits").join(name);
        lock.write_with(&pictures, &[change(Some("another"))]).expect_err("the record is not there");
        assert!(!path("photos/a.jpg").exists() && !path("photos/b.jpg").exists());
        lock.write_with(&pictures, &[change(None)]).expect("written");
        assert_eq!(fs::read(path("photos/a.jpg")).expect("a file"), b"\xff\xd8a");
        // The same again is nothing new, and another one of the same name is refused.
        lock.write_with(&pictures, &[]).expect("there already");
        let other = [picture("audits/photos/c.jpg", b"c"), picture("audits/photos/a.jpg", b"other")];
        assert!(matches!(lock.write_with(&other, &[]), Err(WriteError::Exists(_))));
        assert!(!path("photos/c.jpg").exists(), "taken back");
        assert_eq!(fs::read(path("photos/a.jpg")).expect("a file"), b"\xff\xd8a");
        assert!(matches!(lock.write_with(&[picture("../out.jpg", b"x")], &[]), Err(WriteError::Outside(_))));
    }
}
