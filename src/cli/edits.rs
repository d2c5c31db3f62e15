//! What commands that change an author's files have in common.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::usage::Usage;
use super::{Edge, check};
use crate::edit::{EditError, FileEdit, Picture, diff, edition};
use crate::edition::{Editions, FOLDER};
use crate::message::Message;
use crate::project::Project;
use crate::say;

/// Makes the changes and lists the files on standard output, or prints the difference they would make.
///
/// # Errors
/// When a file cannot be replaced, or standard output cannot be written to.
pub(super) fn apply(edge: &mut Edge, root: &Path, changes: &[FileEdit], dry_run: bool) -> Result<()> {
    if dry_run {
        edge.out.write_all(diff(changes).as_bytes())?;
        return Ok(());
    }
    edge.write(root, changes)?;
    list(edge, root, changes.iter().map(|change| &change.path))
}

/// Lists files that were written, as they are reached from here.
fn list<'p>(edge: &mut Edge, root: &Path, paths: impl Iterator<Item = &'p String>) -> Result<()> {
    let prefix = root.canonicalize().map_or_else(|_| String::new(), |root| edge.prefix(&root));
    for path in paths {
        writeln!(edge.out, "{prefix}{path}")?;
    }
    Ok(())
}

/// The same with the sets of standards that the changes name, where they are not kept yet, and other files that the program keeps
/// for itself. They are written with them, all or
/// none, and stand in no list or difference, since nobody has to read it.
pub(super) fn apply_keeping(
    edge: &mut Edge,
    root: &Path,
    sets: impl IntoIterator<Item = FileEdit>,
    changes: &[FileEdit],
    dry_run: bool,
) -> Result<()> {
    apply_with(edge, root, sets, &[], changes, dry_run)
}

/// The same with the pictures that the changes name.
pub(super) fn apply_with(
    edge: &mut Edge,
    root: &Path,
    sets: impl IntoIterator<Item = FileEdit>,
    pictures: &[Picture],
    changes: &[FileEdit],
    dry_run: bool,
) -> Result<()> {
    let sets: Vec<FileEdit> = sets.into_iter().collect();
    if dry_run || pictures.is_empty() && (changes.is_empty() || sets.is_empty()) {
        return apply(edge, root, changes, dry_run);
    }
    let is_set = |set: &&FileEdit| set.path.starts_with(FOLDER);
    let paths: Vec<String> = sets.iter().filter(is_set).map(|set| set.path.clone()).collect();
    let all: Vec<FileEdit> = sets.into_iter().chain(changes.iter().cloned()).collect();
    edge.write_with(root, pictures, &all)?;
    if !paths.is_empty() {
        let paths = paths.join(", ");
        edge.remark(say!("the standards that this was judged by are kept in {paths}, which belongs into git", paths));
    }
    list(edge, root, changes.iter().map(|change| &change.path).chain(pictures.iter().map(|picture| &picture.path)))
}

/// The name of the set of a book as it stands, and its file where it is not kept yet. A book with errors has none.
///
/// # Errors
/// A file of that name which is another set.
pub(super) fn current(opened: &Project, kept: &Editions) -> Result<(Option<String>, Option<FileEdit>)> {
    edition::current(opened, kept).map_err(|error| usage(&error).into())
}

/// Ends a command whose edit was refused: findings are told, anything else is wrong usage.
///
/// # Errors
/// Always: the refusal, or that it was told.
pub(super) fn refused<T>(edge: &Edge, opened: &Project, error: EditError) -> Result<T> {
    if let EditError::Findings(found) = &error {
        check::clear(edge, opened, found, say!("nothing was written: mend this first"))?;
    }
    Err(usage(&error).into())
}

/// The reason that was given, without blanks around it.
///
/// # Errors
/// [`Usage`] where there is none.
pub(super) fn reason(given: &str, lacking: Message) -> Result<&str, Usage> {
    Some(given.trim()).filter(|given| !given.is_empty()).ok_or_else(|| Usage::new(lacking))
}

/// A refusal as a sentence and a hint.
pub(super) fn usage(error: &EditError) -> Usage {
    Usage { message: error.message(), help: error.help() }
}
