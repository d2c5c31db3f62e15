//! The folder `out/`: only what was listed there as `build`'s own is ever replaced or removed.

use std::collections::BTreeSet;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use anyhow::Result;

use crate::cli::files::{replace, replace_by};
use crate::cli::{Failure, Usage};
use crate::message::Message;
use crate::project::OUT;
use crate::render::RenderError;
use crate::say;
use crate::source::system_says;

/// The list of the files that are `build`'s own.
const LIST: &str = ".gamma-ok-files";

const HEAD: &str =
    "# Files that `gamma-ok build` made here, and may replace or remove. Everything else is left alone.\n";

/// The folder `out/` of a book.
pub(super) struct OutFolder {
    root: PathBuf,
    own: BTreeSet<String>,
}

impl OutFolder {
    /// Opens the folder, or makes it.
    ///
    /// # Errors
    /// When something else has its name, or it lies elsewhere.
    pub(super) fn open(book: &Path) -> Result<Self> {
        let root = book.join(OUT);
        folder(&root, OUT)?;
        let list = root.join(LIST);
        let text = match fs::symlink_metadata(&list) {
            Ok(known) if known.is_file() => fs::read_to_string(&list).map_err(|error| {
                wrong(|path, reason| say!("cannot read `{path}`: {reason}", path, reason), LIST, &error)
            })?,
            Ok(_) => return Err(in_the_way(LIST).into()),
            Err(_) => String::new(),
        };
        // The list is only believed where it names files below the folder.
        let own = text.lines().filter(|line| !line.starts_with('#') && is_below(line)).map(str::to_owned).collect();
        Ok(OutFolder { root, own })
    }

    /// Makes these files `build`'s own, before any is written: a run that ends half-way leaves nothing that a later one
    /// would not know.
    ///
    /// # Errors
    /// When something is in the way that `build` did not make; nothing was written then.
    pub(super) fn claim(&mut self, paths: &[String]) -> Result<()> {
        for path in paths {
            let mut full = self.root.clone();
            let folders: Vec<&str> = path.split('/').collect();
            for name in folders.iter().take(folders.len().saturating_sub(1)) {
                full.push(name);
                if fs::symlink_metadata(&full).is_ok_and(|known| !known.is_dir()) {
                    return Err(in_the_way(&self.relative(&full)).into());
                }
            }
            let Ok(known) = fs::symlink_metadata(self.root.join(path)) else { continue };
            if !known.is_file() || !self.own.contains(path) {
                return Err(in_the_way(path).into());
            }
        }
        self.own.extend(paths.iter().cloned());
        self.write_list()
    }

    /// Writes a file that was claimed by what `fill` puts into it. One that is so already is not touched.
    ///
    /// # Errors
    /// When it cannot be written, and whatever `fill` does.
    pub(super) fn write(&self, path: &str, fill: impl FnOnce(&mut dyn Write) -> Result<()>) -> Result<()> {
        let full = self.root.join(path);
        let mut parent = self.root.clone();
        for part in Path::new(path).parent().into_iter().flat_map(Path::components) {
            parent.push(part);
            folder(&parent, &format!("{OUT}/{}", self.relative(&parent)))?;
        }
        replace_by(&full, fill).map_err(|error| {
            let refused = match error.downcast_ref() {
                Some(RenderError::Write(refused)) => Some(refused),
                _ => error.downcast_ref::<std::io::Error>(),
            };
            match refused {
                Some(refused) => {
                    wrong(|path, reason| say!("cannot write `{path}`: {reason}", path, reason), path, refused)
                }
                None => error,
            }
        })
    }

    /// Where it is.
    pub(super) fn root(&self) -> &Path {
        &self.root
    }

    /// Whether a file of its own stands there.
    pub(super) fn has(&self, path: &str) -> bool {
        self.own.contains(path) && fs::symlink_metadata(self.root.join(path)).is_ok_and(|known| known.is_file())
    }

    /// Removes its own files that are none of `wanted`, and the folders that this leaves empty; says how many.
    ///
    /// # Errors
    /// When one cannot be removed.
    #[expect(clippy::disallowed_methods, reason = "these are the files that this program made and listed")]
    pub(super) fn sweep(&mut self, wanted: &[String]) -> Result<usize> {
        let wanted: BTreeSet<&String> = wanted.iter().collect();
        let stale: Vec<String> = self.own.iter().filter(|path| !wanted.contains(path)).cloned().collect();
        let mut removed = 0;
        for path in &stale {
            if self.reaches(path) && self.has(path) {
                fs::remove_file(self.root.join(path)).map_err(|error| {
                    wrong(|path, reason| say!("cannot remove `{path}`: {reason}", path, reason), path, &error)
                })?;
                removed += 1;
                for above in Path::new(path).ancestors().skip(1).filter(|above| *above != Path::new("")) {
                    // Fails where something is left in it, which is as it should be.
                    let _ = fs::remove_dir(self.root.join(above));
                }
            }
            self.own.remove(path);
        }
        let exists = |path: &String| fs::symlink_metadata(self.root.join(path)).is_ok();
        self.own = std::mem::take(&mut self.own).into_iter().filter(exists).collect();
        self.write_list()?;
        Ok(removed)
    }

    /// Whether a path leads there through folders only, not through a link.
    fn reaches(&self, path: &str) -> bool {
        let above = Path::new(path).ancestors().skip(1).filter(|above| *above != Path::new(""));
        above
            .map(|above| self.root.join(above))
            .all(|above| fs::symlink_metadata(above).is_ok_and(|known| known.is_dir()))
    }

    fn relative(&self, full: &Path) -> String {
        full.strip_prefix(&self.root).unwrap_or(full).to_string_lossy().replace('\\', "/")
    }

    fn write_list(&self) -> Result<()> {
        let lines: String = self.own.iter().map(|path| format!("{path}\n")).collect();
        replace(&self.root.join(LIST), format!("{HEAD}{lines}").as_bytes())
            .map_err(|error| wrong(|path, reason| say!("cannot write `{path}`: {reason}", path, reason), LIST, &error))
    }
}

/// Makes a folder where there is none; a link is none, since it may lead anywhere.
fn folder(path: &Path, name: &str) -> Result<()> {
    match fs::symlink_metadata(path) {
        Ok(known) if known.is_dir() => Ok(()),
        Ok(known) if known.is_symlink() => {
            Err(Usage::new(say!("`{name}` is a link, and may lead out of the book", name))
                .help(say!("replace it by a folder, or remove it"))
                .into())
        }
        Ok(_) => Err(Usage::new(say!("`{name}` is a file, but build needs a folder of that name", name))
            .help(say!("move the file or remove it"))
            .into()),
        Err(_) => match fs::create_dir(path) {
            // Another thread may have made it in the meantime.
            Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
                Err(Failure(say!("cannot make `{path}`: {reason}", path = name, reason = system_says(&error))).into())
            }
            _ => Ok(()),
        },
    }
}

pub(super) fn in_the_way(path: &str) -> Usage {
    Usage::new(say!("`{out}/{path}` is in the way: build did not make it, and leaves it alone", out = OUT, path))
        .help(say!("move it or remove it, then build again"))
}

pub(super) fn wrong(say: fn(String, Message) -> Message, path: &str, error: &std::io::Error) -> anyhow::Error {
    Failure(say(format!("{OUT}/{path}"), system_says(error))).into()
}

/// Whether a path names something below a folder: no root, no `..`.
fn is_below(path: &str) -> bool {
    let parts = Path::new(path).components();
    !path.is_empty() && parts.into_iter().all(|part| matches!(part, Component::Normal(_)))
}
