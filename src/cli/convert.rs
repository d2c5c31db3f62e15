//! `convert`: what the traits yield, printed, or put into the sequences' files as drafts.

use std::io::Write;

use anyhow::Result;

use super::edits::{apply, refused};
use super::out::OutputKind;
use super::{Edge, Exit, FilterArgs};
use crate::edit::EditError;
use crate::edit::convert::{convert, yaml};
use crate::edition::FilterKey;
use crate::say;

/// What `convert` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Only these phases
    #[arg(value_name = "PHASE")]
    pub phases: Vec<String>,
    /// Put the standards into the sequences' files, as drafts for you to word; every other byte stays
    #[arg(long)]
    pub write: bool,
    /// Print the difference that --write would make
    #[arg(long)]
    pub(crate) dry_run: bool,
    /// Which of the standards
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// Prints what the traits yield, or writes it and lists the files that changed.
///
/// # Errors
/// No book, an unknown phase or trait, or a file that cannot be replaced.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let opened = edge.open_to_write(!args.write || args.dry_run)?;
    let filter = args.filters.and(FilterKey::Phase, args.phases).resolve(&opened.loaded.book)?;
    if !opened.loaded.findings.is_empty() {
        return refused(edge, &opened, EditError::Findings(opened.loaded.findings.clone()));
    }
    if !(args.write || args.dry_run) {
        let printed = yaml(&opened.loaded, &filter);
        if printed.is_empty() {
            nothing(edge);
        }
        edge.out.of(OutputKind::Data)?.write_all(printed.as_bytes())?;
        return Ok(Exit::Fine);
    }
    let conversion = convert(&opened.world, &opened.loaded, &filter).or_else(|error| refused(edge, &opened, error))?;
    if conversion.drafts.is_empty() {
        nothing(edge);
        return Ok(Exit::Fine);
    }
    apply(edge, opened.world.root(), &conversion.changes, args.dry_run)?;
    let drafts: usize = conversion.drafts.iter().map(|(_, ids)| ids.len()).sum();
    let phases = conversion.drafts.len();
    let phases = say!(phases; "1 phase", "{n} phases");
    let drafts = say!(drafts; "1 draft", "{n} drafts");
    edge.remark(match args.dry_run {
        true => say!("{drafts} would be written into {phases}", drafts, phases),
        false => say!("{drafts} written into {phases}: word each, then remove its `status: draft`", drafts, phases),
    });
    Ok(Exit::Fine)
}

fn nothing(edge: &Edge) {
    edge.remark(say!("nothing to convert: every cell that is meant is written, waived, or has no pattern"));
}
