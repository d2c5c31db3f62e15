//! What commands that change an author's files have in common.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::usage::Usage;
use super::{Edge, Exit};
use crate::edit::{Change, EditError, diff};
use crate::project::Project;
use crate::say;

/// Makes the changes and lists the files on standard output, or prints the difference they would make.
///
/// # Errors
/// When a file cannot be replaced, or standard output cannot be written to.
pub(super) fn apply(edge: &mut Edge, root: &Path, changes: &[Change], dry_run: bool) -> Result<()> {
    if dry_run {
        edge.out.write_all(diff(changes).as_bytes())?;
        return Ok(());
    }
    edge.write(root, changes)?;
    let prefix = root.canonicalize().map_or_else(|_| String::new(), |root| edge.prefix(&root));
    for change in changes {
        writeln!(edge.out, "{prefix}{}", change.path)?;
    }
    Ok(())
}

/// How a command ends whose edit was refused: findings are printed, anything else is wrong usage.
///
/// # Errors
/// The refusal, or standard output that cannot be written to.
pub(super) fn refused(edge: &mut Edge, opened: &Project, error: EditError) -> Result<Exit> {
    if let EditError::Findings(found) = &error {
        super::check::tell(edge, opened, found)?;
        edge.remark(say!("nothing was written: mend this first"));
        return Ok(Exit::Findings);
    }
    Err(usage(&error).into())
}

/// A refusal as a sentence and a hint.
pub(super) fn usage(error: &EditError) -> Usage {
    Usage { message: error.message(), help: error.help() }
}
