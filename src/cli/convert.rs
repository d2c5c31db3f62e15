//! `convert`: what the traits yield, printed, or put into the sequences' files as drafts.

use std::io::Write;

use anyhow::Result;

use super::edits::{apply, refused};
use super::filters::words;
use super::{Edge, Exit, FilterArgs};
use crate::book::{Level, StandardType};
use crate::edit::EditError;
use crate::edit::convert::{Wanted, convert, yaml};
use crate::edition::By;
use crate::say;

/// What `convert` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Only these phases
    #[arg(value_name = "PHASE")]
    pub phases: Vec<String>,
    /// Put the standards into the sequences' files, as drafts for you to word; every other byte stays
    #[arg(long)]
    pub write: bool,
    /// Print the difference that --write would make
    #[arg(long)]
    pub dry_run: bool,
    /// Only what converts this trait
    #[arg(long = "trait", value_name = "ID", value_delimiter = ',')]
    pub of_trait: Vec<String>,
    /// Only this type
    #[arg(long = "type", value_name = "TYPE", value_delimiter = ',', value_parser = words(StandardType::ALL, StandardType::word))]
    pub kind: Vec<StandardType>,
    /// Only this level
    #[arg(long, value_name = "LEVEL", value_delimiter = ',', value_parser = words(Level::ALL, Level::word))]
    pub level: Vec<Level>,
}

/// Prints what the traits yield, or writes it and lists the files that changed.
///
/// # Errors
/// No book, an unknown phase or trait, or a file that cannot be replaced.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    edge.lock(!args.write || args.dry_run)?;
    let opened = edge.open()?;
    let filters = FilterArgs::of([(By::Phase, args.phases.clone()), (By::Trait, args.of_trait.clone())]);
    let filter = filters.resolve(&opened.loaded.book)?;
    let (phases, traits) = (filter.values(By::Phase).to_vec(), filter.values(By::Trait).to_vec());
    let wanted = Wanted { phases, traits, types: args.kind, levels: args.level };
    if !opened.loaded.findings.is_empty() {
        return refused(edge, &opened, EditError::Findings(opened.loaded.findings.clone()));
    }
    if !(args.write || args.dry_run) {
        let printed = yaml(&opened.loaded, &wanted);
        if printed.is_empty() {
            nothing(edge);
        }
        edge.out.write_all(printed.as_bytes())?;
        return Ok(Exit::Fine);
    }
    let conversion = match convert(&opened.world, &opened.loaded, &wanted) {
        Ok(conversion) => conversion,
        Err(error) => return refused(edge, &opened, error),
    };
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
