//! What `build` remembers of the files that it made, so that it makes again only what changed: `out/.gamma-ok-made`, a line a
//! file with its fingerprint, the sum of its bytes, and its path. A line is added as each file is done, so that a run that was
//! interrupted is finished by the next one; a later line of a path counts, and what is no line is none.

use std::collections::BTreeMap;
use std::fs::{self, File, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use anyhow::Result;

use super::folder::{in_the_way, wrong};
use crate::cli::files::replace;
use crate::render::fingerprint::sum;
use crate::say;

/// The file's name in `out/`.
const MADE: &str = ".gamma-ok-made";

/// So long is a fingerprint, and a sum.
const DIGITS: usize = 32;

/// What is known of the files.
pub(super) struct Made {
    root: PathBuf,
    /// By path: what it was made of, and the sum of its bytes.
    known: Mutex<BTreeMap<String, (String, String)>>,
    journal: Mutex<File>,
}

impl Made {
    /// Opens what is remembered in the folder; with `forget`, as if nothing was.
    ///
    /// # Errors
    /// When something else has the file's name, or it cannot be read or added to.
    pub(super) fn open(root: &Path, forget: bool) -> Result<Self> {
        let path = root.join(MADE);
        let text = match fs::symlink_metadata(&path) {
            Ok(known) if known.is_file() => fs::read(&path).map_err(|error| {
                wrong(|path, reason| say!("cannot read `{path}`: {reason}", path, reason), MADE, &error)
            })?,
            Ok(_) => return Err(in_the_way(MADE).into()),
            Err(_) => Vec::new(),
        };
        let text = String::from_utf8_lossy(&text);
        let known = if forget { BTreeMap::new() } else { text.lines().filter_map(entry).collect() };
        let journal = OpenOptions::new().append(true).create(true).open(&path).map_err(|error| cannot_write(&error))?;
        Ok(Made { root: root.to_owned(), known: Mutex::new(known), journal: Mutex::new(journal) })
    }

    /// Whether a file stands as it was made, of just this.
    pub(super) fn stands(&self, path: &str, fingerprint: &str) -> bool {
        let known = lock(&self.known).get(path).cloned();
        let Some((made_of, made)) = known else { return false };
        let full = self.root.join(path);
        made_of == fingerprint
            && fs::symlink_metadata(&full).is_ok_and(|known| known.is_file())
            && fs::read(&full).is_ok_and(|bytes| sum(&bytes) == made)
    }

    /// Remembers that a file was made of this, and what its bytes sum up to.
    ///
    /// # Errors
    /// When that cannot be written down.
    pub(super) fn note(&self, path: &str, fingerprint: String, made: String) -> Result<()> {
        let line = line(path, &fingerprint, &made);
        // In one piece: another run may add to it at the same time.
        lock(&self.journal).write_all(line.as_bytes()).map_err(|error| cannot_write(&error))?;
        lock(&self.known).insert(path.to_owned(), (fingerprint, made));
        Ok(())
    }

    /// Writes it down once more, in the order of paths, without the files that are no longer there.
    ///
    /// # Errors
    /// When it cannot be written.
    pub(super) fn settle(self, is_there: impl Fn(&str) -> bool) -> Result<()> {
        let known = lock(&self.known);
        let lines: String = known
            .iter()
            .filter(|(path, _)| is_there(path))
            .map(|(path, (fingerprint, made))| line(path, fingerprint, made))
            .collect();
        replace(&self.root.join(MADE), lines.as_bytes()).map_err(|error| cannot_write(&error))
    }
}

fn line(path: &str, fingerprint: &str, made: &str) -> String {
    format!("{fingerprint} {made} {path}\n")
}

fn entry(line: &str) -> Option<(String, (String, String))> {
    let mut parts = line.splitn(3, ' ');
    let is_sum = |part: &&str| part.len() == DIGITS && part.bytes().all(|byte| byte.is_ascii_hexdigit());
    let (made_of, made) = (parts.next().filter(is_sum)?, parts.next().filter(is_sum)?);
    Some((parts.next()?.to_owned(), (made_of.to_owned(), made.to_owned())))
}

fn cannot_write(error: &std::io::Error) -> anyhow::Error {
    wrong(|path, reason| say!("cannot write `{path}`: {reason}", path, reason), MADE, error)
}

/// A thread that ended in the middle leaves a line that is whole or none.
fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
