//! `copy`: a phase once more, under new ids, for another sequence or to be worded otherwise.

use anyhow::Result;

use super::edits::{apply, refused};
use super::{Edge, Exit};
use crate::edit::transfer::{Copied, copy_phase};
use crate::edit::unharmed;
use crate::say;

/// What `copy` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The copied standards are drafts, with ids made of the new phase's: they say what the old ones say \
    until you word them. Former ids and retired standards stay with the old phase."
)]
pub(crate) struct Args {
    /// Id of the phase
    #[arg(value_name = "PHASE")]
    pub phase: String,
    /// Id of the copy: words of a-z and 0-9 joined by `-`
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Copy to the end of this sequence; without it, of the phase's own
    #[arg(long, value_name = "SEQUENCE")]
    pub into: Option<String>,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Copies, and lists the file that changed.
///
/// # Errors
/// No book, an id that is unknown or not free, or a file that cannot be replaced.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let opened = edge.open_to_write(args.dry_run)?;
    let copied = copy_phase(&opened.loaded, &args.phase, &args.new, args.into.as_deref())
        .and_then(|copied| unharmed(&opened.world, &opened.loaded, &copied.changes).map(|_| copied));
    let Copied { phases: (old, new), standards, changes } = copied.or_else(|error| refused(edge, &opened, error))?;
    apply(edge, opened.world.root(), &changes, args.dry_run)?;
    let standards = say!(standards.len(); "1 standard", "{n} standards");
    let done = say!("{old} → {new}: {standards}, as drafts to be worded", old, new, standards);
    edge.remark(if args.dry_run { say!("{done}; nothing was written", done) } else { done });
    Ok(Exit::Fine)
}
