//! `edition adopt`: records that name no edition get theirs.

use std::collections::BTreeMap;

use anyhow::Result;

use crate::cli::edits::{apply, refused};
use crate::cli::{Edge, Exit, check};
use crate::edit::FileEdit;
use crate::edit::edition::{adopted, keep};
use crate::say;

/// What `edition adopt` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Print the difference instead of writing it
    #[arg(long)]
    pub dry_run: bool,
}

/// Writes the sets and the records.
///
/// # Errors
/// No book, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    check::fit(edge, &opened)?;
    let adoptions = opened.adoptions();
    if adoptions.is_empty() {
        edge.remark(say!("every record names its edition already"));
        return Ok(Exit::Fine);
    }
    let mut sets: BTreeMap<String, FileEdit> = BTreeMap::new();
    let mut changes = Vec::new();
    let mut of_today = 0;
    for adoption in &adoptions {
        of_today += usize::from(!adoption.is_of_commit);
        let source = opened.loaded.sources.get(adoption.file);
        let change = keep(&opened.world, &records.editions, &adoption.set)
            .map(|set| sets.extend(set.map(|set| (set.path.clone(), set))))
            .and_then(|()| adopted(&source.path, &source.text, &adoption.set.name()));
        changes.push(change.or_else(|error| refused(edge, &opened, error))?);
    }
    let all: Vec<FileEdit> = sets.into_values().chain(changes).collect();
    apply(edge, opened.world.root(), &all, args.dry_run)?;
    let given = match args.dry_run {
        true => say!(adoptions.len(); "1 record would get its edition", "{n} records would get their editions"),
        false => say!(adoptions.len(); "1 record got its edition", "{n} records got their editions"),
    };
    edge.remark(match of_today {
        0 => say!("{given}", given),
        n if args.dry_run => say!(
            n;
            "{given}; of 1 the past does not know which it was, so it would get today's",
            "{given}; of {n} the past does not know which it was, so they would get today's",
            given
        ),
        n => say!(
            n;
            "{given}; of 1 the past does not know which it was, so it got today's",
            "{given}; of {n} the past does not know which it was, so they got today's",
            given
        ),
    });
    Ok(Exit::Fine)
}
