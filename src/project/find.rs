//! Where a book is.

use std::path::{Path, PathBuf};

use crate::book::MANIFEST;
use crate::message::Message;
use crate::say;

/// Why a folder is not a book's.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
pub(crate) enum NotFound {
    /// It is a file.
    File(PathBuf),
    /// It has no manifest.
    NoManifest(PathBuf),
    /// It is not there.
    Missing(PathBuf),
    /// No folder from there upwards has a manifest.
    Nowhere,
}

impl NotFound {
    /// It as a sentence for people.
    pub fn message(&self) -> Message {
        match self {
            NotFound::File(path) => say!("`{folder}` is a file", folder = path.display()),
            NotFound::NoManifest(folder) => {
                let folder = folder.display();
                say!("`{folder}` is not a book: it has no {manifest}", folder, manifest = MANIFEST)
            }
            NotFound::Missing(folder) => say!("there is no folder `{folder}`", folder = folder.display()),
            NotFound::Nowhere => say!("there is no {manifest} here, nor in a folder above", manifest = MANIFEST),
        }
    }

    /// What to do about it, where that is known.
    pub fn help(&self) -> Option<Message> {
        match self {
            NotFound::File(_) => Some(say!("name the book's folder")),
            NotFound::NoManifest(_) => Some(say!("`gamma-ok init` starts a book")),
            NotFound::Missing(_) => None,
            NotFound::Nowhere => {
                Some(say!("go to a book's folder, name it with --book DIR, or start one with `gamma-ok init`"))
            }
        }
    }
}

/// The files and folders that a book is made of, in its own folder, and its history.
pub(crate) const SOURCES: [&str; 13] = [
    MANIFEST,
    "roles.yaml",
    "sequences",
    "traits",
    "sites",
    "chapters",
    "templates",
    "feedback",
    "audits",
    "reviews",
    "images",
    "editions",
    ".git",
];

/// Whether a path in a book's folder is one that the book is made of, or its history; in any case of letters, since some
/// systems tell none apart.
pub(crate) fn is_source(inside: &Path) -> bool {
    let first = inside.components().next().map(|part| part.as_os_str().to_string_lossy().to_lowercase());
    first.is_some_and(|first| SOURCES.contains(&first.as_str()))
}

/// The folder of the book that `path` lies in: the nearest one with a manifest, upwards from there.
///
/// # Errors
/// [`NotFound::Nowhere`].
pub(crate) fn find(path: &Path) -> Result<PathBuf, NotFound> {
    let folder = path.ancestors().find(|folder| folder.join(MANIFEST).is_file());
    folder.map(Path::to_owned).ok_or(NotFound::Nowhere)
}

/// Sees to it that `folder` itself is a book's.
///
/// # Errors
/// The [`NotFound`] that says why not.
pub(crate) fn is_book(folder: &Path) -> Result<(), NotFound> {
    match folder {
        _ if folder.join(MANIFEST).is_file() => Ok(()),
        _ if folder.is_file() => Err(NotFound::File(folder.to_owned())),
        _ if folder.is_dir() => Err(NotFound::NoManifest(folder.to_owned())),
        _ => Err(NotFound::Missing(folder.to_owned())),
    }
}
