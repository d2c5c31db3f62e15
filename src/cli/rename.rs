//! `rename`: an id wherever the book uses it, the old one kept in `was`.

use anyhow::Result;

use super::edits::{apply, refused};
use super::{Edge, Exit};
use crate::edit::rename::rename;
use crate::say;

/// What `rename` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Kinds: area, sequence, phase, step, standard, trait, pattern, role, department, site. \
    A step may be named with its phase (check-in.approach), a pattern with its trait (attentive.look-up).\n\n\
    Audits and reviews are never rewritten: they find the new id through `was`.")]
pub(crate) struct Args {
    /// The id now; where it names several things, with its kind: `step:approach`, `trait:local`
    #[arg(value_name = "[KIND:]OLD")]
    pub old: String,
    /// The id to be: words of a-z and 0-9 joined by `-`
    #[arg(value_name = "NEW")]
    pub new: String,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Renames, and lists the files that changed.
///
/// # Errors
/// No book, an id that is unknown or not free, or a file that cannot be replaced.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let opened = edge.open_to_write(args.dry_run)?;
    let renaming =
        rename(&opened.world, &opened.loaded, &args.old, &args.new).or_else(|error| refused(edge, &opened, error))?;
    apply(edge, opened.world.root(), &renaming.changes, args.dry_run)?;
    let (places, files) = (renaming.places, renaming.changes.len());
    let places = say!(places; "1 place", "{n} places");
    let files = say!(files; "1 file", "{n} files");
    let done = say!("{what} → {new}: {places} in {files}", what = renaming.target, new = renaming.new, places, files);
    edge.remark(if args.dry_run { say!("{done}; nothing was written", done) } else { done });
    if !renaming.kept {
        edge.remark(say!(
            "the area has no entry in gamma-ok.yaml, so its old id is kept nowhere: give it a title and a `was`"
        ));
    }
    Ok(Exit::Fine)
}
