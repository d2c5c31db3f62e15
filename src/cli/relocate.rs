//! `move`: a standard to another phase, with its id.

use anyhow::Result;

use super::edits::{apply, refused};
use super::{Edge, Exit};
use crate::edit::transfer::{Moved, move_standard};
use crate::edit::unharmed;
use crate::say;

/// What `move` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The id stays, so audits and reviews still find the standard. It keeps its step where the new phase has \
    one of that id; else it belongs to the phase as a whole."
)]
pub(crate) struct Args {
    /// Id of the standard
    #[arg(value_name = "STANDARD")]
    pub standard: String,
    /// Id of the phase that it is to stand in
    #[arg(value_name = "PHASE")]
    pub phase: String,
    /// Id of the step there that it belongs to
    #[arg(long, value_name = "STEP")]
    pub step: Option<String>,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Moves, and lists the files that changed.
///
/// # Errors
/// No book, an unknown id, or a file that cannot be replaced.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let opened = edge.open_to_write(args.dry_run)?;
    let moved = move_standard(&opened.loaded, &args.standard, &args.phase, args.step.as_deref())
        .and_then(|moved| unharmed(&opened.world, &opened.loaded, &moved.changes).map(|_| moved));
    let Moved { standard, phases: (from, to), unpinned, changes } =
        moved.or_else(|error| refused(edge, &opened, error))?;
    apply(edge, opened.world.root(), &changes, args.dry_run)?;
    let done = say!("{standard}: {from} → {to}", standard, from, to = &*to);
    edge.remark(if args.dry_run { say!("{done}; nothing was written", done) } else { done });
    if let Some(step) = unpinned {
        edge.remark(say!(
            "the phase `{phase}` has no step `{step}`, so it belongs to the phase as a whole",
            phase = to,
            step
        ));
    }
    Ok(Exit::Fine)
}
