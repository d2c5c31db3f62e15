//! `edition prune`: removes sets that nothing names.

use std::io::Write;

use anyhow::Result;

use crate::cli::{Edge, Exit, Failure};
use crate::edition::Editions;
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
    edge.lock(args.dry_run)?;
    let mut opened = edge.open()?;
    let kept = Editions::load(&opened.world, &mut opened.loaded.sources);
    if let Some(finding) = kept.findings.first() {
        crate::cli::check::tell(edge, &opened, std::slice::from_ref(finding))?;
        edge.remark(say!("nothing was removed: mend this first"));
        return Ok(Exit::Findings);
    }
    let unnamed = opened.unnamed(&kept).map_err(|path| {
        Failure(say!("{path} cannot be read, and it may name any of the sets; nothing was removed", path))
    })?;
    let prefix = edge.prefix(opened.world.root());
    for one in &unnamed {
        if !args.dry_run {
            edge.remove(&one.path, &one.text)?;
        }
        writeln!(edge.out, "{prefix}{}", one.path)?;
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
