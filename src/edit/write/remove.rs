//! Removing files of a book that the program wrote itself.

use std::fs;

use super::{Lock, WriteError, rights, still, sync_folder, system, target};
use crate::edit::FileEdit;

impl Lock {
    /// Removes a file of the book, as it was read.
    ///
    /// # Errors
    /// The [`WriteError`] that says why it stays.
    pub fn remove(&self, path: &str, text: &str) -> Result<(), WriteError> {
        self.remove_bytes(path, text.as_bytes())
    }

    /// The same for a file that is no text.
    #[expect(clippy::disallowed_methods, reason = "what is removed was compared with what was read")]
    pub fn remove_bytes(&self, path: &str, bytes: &[u8]) -> Result<(), WriteError> {
        let change = FileEdit { path: path.to_owned(), before: Some(String::new()), after: String::new() };
        // A link goes, not what it leads to; that it leads out of the book is refused.
        let file = target(self.root(), &change)?;
        rights::may_be_replaced(path, &file)?;
        rights::folder_is_open(path, &file)?;
        still(path, &file, bytes)?;
        fs::remove_file(self.root().join(path)).map_err(|error| system(path, &error))?;
        sync_folder(&file).map_err(|error| system(path, &error))
    }
}

#[cfg(test)]
#[expect(clippy::disallowed_methods, reason = "tests make the files that are removed")]
mod tests {
    use super::*;

    #[test]
    fn only_what_was_read_is_removed() {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("a.yaml"), "a").expect("a file");
        let lock = Lock::of(folder.path()).expect("a lock");
        assert!(matches!(lock.remove("a.yaml", "b"), Err(WriteError::Changed(_))));
        assert!(matches!(lock.remove("../a.yaml", "a"), Err(WriteError::System { .. } | WriteError::Outside(_))));
        assert!(folder.path().join("a.yaml").exists());
        lock.remove("a.yaml", "a").expect("removed");
        assert!(!folder.path().join("a.yaml").exists());
    }
}
