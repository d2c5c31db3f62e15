//! One writer a book at a time.
//!
//! The lock is the system's own, so that one that was killed holds none and nobody has to guess whether a lock is stale. It
//! lies on the book's folder, where that can be locked; else on a file in it, which stays there empty.

use std::fs::{File, TryLockError};
use std::path::{Path, PathBuf};
use std::time::Duration;

use super::WriteError;

/// The file that is locked where folders cannot be.
const FILE: &str = ".gamma-ok.lock";

/// So often it is tried again, for two minutes in all: a hundred runs may wait for each other.
const TRIES: usize = 12_000;

/// Between two tries.
const PAUSE: Duration = Duration::from_millis(10);

/// The right to write a book, as long as this lives. Whoever reads a book in order to change it takes it before reading, so
/// that nobody else changes it in between.
#[derive(Debug)]
pub struct Lock {
    root: PathBuf,
    /// None where the file system has no locks at all: then only the comparison before each file is replaced is left.
    _held: Option<File>,
}

impl Lock {
    /// Takes the lock of the book in `root`, after whoever has it.
    ///
    /// # Errors
    /// When the folder cannot be opened, or somebody does not give the lock back.
    pub fn of(root: &Path) -> Result<Self, WriteError> {
        let root = root.canonicalize().map_err(|error| super::system(".", &error))?;
        for open in [folder, named] {
            let Some(file) = open(&root) else { continue };
            match take(&file) {
                Ok(true) => return Ok(Lock { root, _held: Some(file) }),
                Ok(false) => return Err(WriteError::Busy),
                // Not every file system locks folders, and some lock nothing.
                Err(_) => {}
            }
        }
        Ok(Lock { root, _held: None })
    }

    /// The book's folder.
    pub fn root(&self) -> &Path {
        &self.root
    }
}

/// Waits for the lock; says whether it was given.
fn take(file: &File) -> std::io::Result<bool> {
    for _ in 0..TRIES {
        match file.try_lock() {
            Ok(()) => return Ok(true),
            Err(TryLockError::WouldBlock) => std::thread::sleep(PAUSE),
            Err(TryLockError::Error(error)) => return Err(error),
        }
    }
    Ok(false)
}

#[cfg(unix)]
fn folder(root: &Path) -> Option<File> {
    File::open(root).ok()
}

#[cfg(not(unix))]
fn folder(_root: &Path) -> Option<File> {
    // Folders cannot be opened as files there.
    None
}

fn named(root: &Path) -> Option<File> {
    let path = root.join(FILE);
    // Opening what is no file may wait for ever.
    if path.symlink_metadata().is_ok_and(|known| !known.is_file()) {
        return None;
    }
    File::options().read(true).write(true).create(true).truncate(false).open(path).ok()
}
