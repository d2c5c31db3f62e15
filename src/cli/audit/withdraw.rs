//! `audit withdraw`: a record that was wrong does not count any more.

use anyhow::Result;

use crate::cli::edits::{apply, reason, usage};
use crate::cli::{Edge, Exit};
use crate::edit::follow_up::{find, withdraw};
use crate::say;
use crate::source::World;

/// What `audit withdraw` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The record is kept and marked, with the reason and the day. To count it again, take `withdrawn` out."
)]
pub(crate) struct Args {
    /// The record: its path below audits/ without the ending, or its round
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// Why it is wrong
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Marks the record.
///
/// # Errors
/// Wrong usage, no book, a record that is not there or withdrawn already, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let reason = reason(&args.reason, say!("a record is withdrawn with a reason"))?;
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    let sources = &opened.loaded.sources;
    let file = find(sources, &records.audits, &args.record).map_err(|error| usage(&error))?;
    let change = withdraw(sources, file, reason, opened.world.today()).map_err(|error| usage(&error))?;
    apply(edge, opened.world.root(), &[change], args.dry_run)?;
    if !args.dry_run {
        edge.remark(say!("the record is kept and does not count any more"));
    }
    Ok(Exit::Fine)
}
