//! The command line: a file or folder for each command, with its `Args` and its `run`. The only place that prints, writes
//! results, asks the clock, or decides the exit status. What commands share is in `edge` (the book that is meant, what is
//! printed), `documents`, `edition_option`, `edits`, `files`, `filters`, `forms`, `out`, `table`, `tongue` and `usage`.
//!
//! In: arguments. Out: an [`Exit`]. A command holds no logic that a test could not reach without it: it resolves what was
//! asked (`filters`), opens the book (`edge`), calls the library and writes what comes back.
//!
//! Adding a command: its file, a variant of `Command` and an arm in `run`.

#[cfg(feature = "pdf")]
mod apart;
mod audit;
mod blueprint;
mod build;
mod check;
mod checklist;
mod completions;
mod convert;
mod copy;
mod design;
mod diff;
mod documents;
mod edge;
mod edition;
mod edition_option;
mod edits;
mod explain;
mod export;
mod feedback;
mod files;
mod filters;
mod forms;
mod help;
mod import;
mod init;
mod lsp;
mod man;
mod manual;
mod matrix;
mod out;
mod portfolio;
mod relocate;
mod rename;
mod review;
mod schema;
mod serve;
mod show;
pub mod table;
mod tongue;
mod usage;
mod why;

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use clap::{CommandFactory, FromArgMatches, Parser, Subcommand};

pub(crate) use edge::{Edge, Globals};
pub(crate) use edition_option::StandardsArgs;
pub(crate) use filters::{FilterArgs, SiteArgs};

pub(crate) use tongue::SpokenLanguages;
pub use usage::{Failure, Told, Usage, known, unknown};

/// How the program ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// Status 0: all is well.
    Fine,
    /// Status 1: the book or a record has errors, or something asked for is overdue.
    Findings,
    /// Status 2: wrong usage, or input or output failed.
    Failure,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        ExitCode::from(match exit {
            Exit::Fine => 0,
            Exit::Findings => 1,
            Exit::Failure => 2,
        })
    }
}

/// Designs customer-service standards and audits service quality by the OK method.
///
/// A book is a folder with a gamma-ok.yaml: service sequences, traits, roles and sites in YAML files. Commands look for it
/// from the working folder upwards.
#[derive(Debug, Parser)]
#[command(name = "gamma-ok", version, max_term_width = 100, disable_help_subcommand = true)]
#[command(
    after_help = "Exit status: 0 all is well; 1 the book has errors; 2 wrong usage, or a file could not be read or written."
)]
pub struct Cli {
    /// What applies to every command.
    #[command(flatten)]
    pub(crate) globals: Globals,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Start a book that checks clean and builds at once
    Init(init::Args),
    /// Check the book: every rule, every file
    Check(check::Args),
    /// Explain a rule: its reason, a bad and a good example, how to switch it off
    Explain(explain::Args),
    /// List the standards, or tell everything known of some
    Show(show::Args),
    /// Tell why a standard is there: what led to it, and what came of it
    Why(why::Args),
    /// Show what fills each phase, trait, type and level, and what is missing
    Matrix(matrix::Args),
    /// Show what the traits yield, or put it into the sequences' files as drafts for you to word
    Convert(convert::Args),
    /// Design standards step by step: asks the method's questions in order and writes the answers into the book
    Design(design::Args),
    /// Change an id wherever the book uses it; the old one is kept in `was`, every other byte stays
    Rename(rename::Args),
    /// Move a standard to another phase; its id and every other byte stay
    Move(relocate::Args),
    /// Copy a phase under new ids, its standards as drafts for you to word
    Copy(copy::Args),
    /// Tell what changed in the standards between two revisions or editions, or since one: in their own terms, with who needs
    /// re-training
    Diff(diff::Args),
    /// Rank service areas and phases by what customers say: where to begin, and how sure that is
    Feedback(feedback::Args),
    /// Make the training manual, for one role or all
    Manual(manual::Args),
    /// Make the checklist
    Checklist(checklist::Args),
    /// Draw the sequences as service blueprints: lanes, moments of truth, waits, hand-offs, fail points
    Blueprint(blueprint::Args),
    /// Take standards in from workbooks, tables and documents as drafts for you to sharpen, or an edited sheet back
    Import(import::Args),
    /// Make files for other programs: forms for ODK, texts for translators, questions, flash cards, calendars, tables of data
    Export(export::Args),
    /// Audit: start a record, take in filled-in checklists, follow up what was found
    Audit(audit::Args),
    /// Show several books in one picture: what is due in each, and how their places stand
    Portfolio(portfolio::Args),
    /// Make every document, in every language and format, in the book's folder out/
    Build(build::Args),
    /// Keep the standards as they stood: issue, list and show editions, and give records theirs
    Edition(edition::Args),
    /// Hold the annual review: what is due, the checklist, the decisions, the report
    Review(review::Args),
    /// Work with a book in a browser: rounds, actions, results, documents
    Serve(serve::Args),
    /// Check, complete and mend a book in a text editor: the language server that an editor starts
    Lsp(lsp::Args),
    /// Print the JSON Schema of a kind of file, or of a command's JSON
    Schema(schema::Args),
    /// Print what a shell needs to complete commands and options
    Completions(completions::Args),
    /// Print the program's manual page, or write the pages of all commands into a folder
    Man(man::Args),
}

/// Carries out a command.
///
/// # Errors
/// Wrong usage, or a failure of input or output; a sentence for the person who typed the command.
pub(crate) fn run(command: Command, edge: &mut Edge) -> anyhow::Result<Exit> {
    match command {
        Command::Init(args) => init::run(args, edge),
        Command::Check(args) => check::run(args, edge),
        Command::Explain(args) => explain::run(args, edge),
        Command::Show(args) => show::run(args, edge),
        Command::Why(args) => why::run(args, edge),
        Command::Matrix(args) => matrix::run(args, edge),
        Command::Convert(args) => convert::run(args, edge),
        Command::Design(args) => design::run(args, edge),
        Command::Rename(args) => rename::run(args, edge),
        Command::Move(args) => relocate::run(args, edge),
        Command::Copy(args) => copy::run(args, edge),
        Command::Diff(args) => diff::run(args, edge),
        Command::Feedback(args) => feedback::run(args, edge),
        Command::Manual(args) => manual::run(args, edge),
        Command::Checklist(args) => checklist::run(args, edge),
        Command::Blueprint(args) => blueprint::run(args, edge),
        Command::Import(args) => import::run(args, edge),
        Command::Export(args) => export::run(args, edge),
        Command::Audit(args) => audit::run(args, edge),
        Command::Portfolio(args) => portfolio::run(args, edge),
        Command::Build(args) => build::run(args, edge),
        Command::Edition(args) => edition::run(args, edge),
        Command::Review(args) => review::run(args, edge),
        Command::Serve(args) => serve::run(&args, edge),
        Command::Lsp(args) => lsp::run(args, edge),
        Command::Schema(args) => schema::run(args, edge),
        Command::Completions(args) => completions::run(args, edge),
        Command::Man(args) => man::run(args, edge),
    }
}

/// The whole program: arguments in, exit status out.
pub fn main() -> ExitCode {
    #[cfg(feature = "pdf")]
    if apart::is_asked() {
        return apart::answer();
    }
    main_with(std::env::args_os()).into()
}

fn main_with(arguments: impl Iterator<Item = OsString>) -> Exit {
    let arguments: Vec<OsString> = arguments.collect();
    let (tongue, arguments, spoken) = SpokenLanguages::of(arguments);
    let mut program = help::translated(Cli::command(), tongue.people);
    let matches = program.try_get_matches_from_mut(arguments);
    let cli =
        match matches.and_then(|matches| Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut program))) {
            Ok(cli) => cli,
            Err(error) => {
                let is_help = error.exit_code() == 0;
                let printed = match error.use_stderr() {
                    true => help::complain(error, tongue.people),
                    false => error.print().and_then(|()| std::io::stdout().flush()),
                };
                // Help that nobody reads to its end is no failure; help that nobody can read is one.
                let is_read = printed.map_or_else(|error| error.kind() == ErrorKind::BrokenPipe, |()| true);
                return if is_help && is_read { Exit::Fine } else { Exit::Failure };
            }
        };
    let mut edge = Edge::new(cli.globals, tongue);
    let result = spoken.map_err(anyhow::Error::from).and_then(|()| run(cli.command, &mut edge));
    let result = result.or_else(|error| if error.is::<Told>() { Ok(Exit::Findings) } else { Err(error) });
    let result = result.and_then(|exit| edge.out.finish().map(|()| exit));
    match result {
        Ok(exit) => exit,
        // Whoever read the results has read enough.
        Err(error) if out::is_broken_pipe(&error) => Exit::Fine,
        Err(error) => {
            edge.say_error(&error);
            Exit::Failure
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Cli;

    #[test]
    fn the_command_line_is_sound() {
        <Cli as clap::CommandFactory>::command().debug_assert();
    }
}
