//! `edition prune`: removes sets that nothing names.

use std::io::Write;

use anyhow::Result;

use crate::cli::{Edge, Exit, Failure, check};
use crate::say;

/// What `edition prune` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// List the files and remove none
    #[arg(long)]
    pub dry_run: bool,
}

/// Removes them, and lists their files.
///
/// # Errors
/// No book, a record that cannot be read, or a file that cannot be removed.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let mut opened = edge.open_to_write(args.dry_run)?;
    let kept = opened.editions();
    let first = kept.findings.first().map(std::slice::from_ref).unwrap_or_default();
    check::clear(edge, &opened, first, say!("nothing was removed: mend this first"))?;
    let unnamed = opened.unnamed(&kept).map_err(|path| {
        Failure(say!("{path} cannot be read, and it may name any of the sets; nothing was removed", path))
    })?;
    let prefix = edge.prefix(opened.world.root());
    for set in &unnamed {
        if !args.dry_run {
            edge.remove(&set.path, &set.text)?;
        }
        writeln!(edge.out, "{prefix}{}", set.path)?;
    }
    edge.remark(match (unnamed.len(), args.dry_run) {
        (0, _) => say!("every set that is kept was issued, or a record or review names it"),
        (n, true) => {
            say!(n; "1 set that nothing names would be removed", "{n} sets that nothing names would be removed")
        }
        (n, false) => say!(n; "1 set that nothing named was removed", "{n} sets that nothing named were removed"),
    });
    Ok(Exit::Fine)
}
