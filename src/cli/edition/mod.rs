//! `edition`: the standards as they stood, named, issued and shown.

mod adopt;
mod issue;
mod list;
mod prune;
mod show;

use anyhow::Result;
use clap::Subcommand;

use super::{Edge, Exit};

pub(super) use issue::{checked, issued, offer};
pub use list::EditionListOutput;

/// What `edition` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

/// What can be done about editions.
#[derive(Debug, Subcommand)]
enum Command {
    /// Issue the standards as they stand: a number, the day from which they are in force, and who approved them
    Issue(issue::Args),
    /// Give each record that names no edition the one that it was judged by, once
    Adopt(adopt::Args),
    /// List the editions that the book keeps
    List(list::Args),
    /// Show the standards of an edition
    Show(show::Args),
    /// Remove sets that were not issued and that no record or review names
    Prune(prune::Args),
}

/// Carries out an edition command.
///
/// # Errors
/// Wrong usage, no book, or input or output that fails.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    match args.command {
        Command::Issue(args) => issue::run(args, edge),
        Command::Adopt(args) => adopt::run(&args, edge),
        Command::List(args) => list::run(&args, edge),
        Command::Show(args) => show::run(&args, edge),
        Command::Prune(args) => prune::run(&args, edge),
    }
}

/// How lists are printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    #[default]
    Table,
    /// For programs
    Json,
}
