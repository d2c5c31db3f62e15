//! `audit`: what audits come to and what is done about it.

mod act;
mod actions;
mod forget;
mod new;
mod photographs;
mod plan;
mod printed_actions;
mod record;
mod report;
mod report_json;
mod withdraw;

use anyhow::Result;
use clap::Subcommand;

use super::{Edge, Exit};

pub(crate) use actions::ActionsOutput;
pub(crate) use plan::PlanOutput;
pub(crate) use report_json::ReportOutput;

/// What `audit` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to do.
    #[command(subcommand)]
    command: Command,
}

/// What can be done about audits.
#[derive(Debug, Subcommand)]
enum Command {
    /// Start an audit: a record of a site without answers, to be filled in by hand
    New(Box<new::Args>),
    /// Plan visits: how many each place needs so that its level can be told, spread over a year
    Plan(Box<plan::Args>),
    /// Take in filled-in checklists: what the fillable page saves, ticked Markdown, spreadsheets, CSV
    Record(record::Args),
    /// Follow up what audits found: actions open, overdue, done and verified, and findings that came back
    Actions(actions::Args),
    /// Write down what is done about a finding, that it was done, and whether that helped
    Act(Box<act::Args>),
    /// Mark a record that was wrong: it is kept, and does not count
    Withdraw(withdraw::Args),
    /// Take a person's code out of all records
    Forget(forget::Args),
    /// Report what the audits come to: verdict, scores with their uncertainty, findings, actions
    Report(Box<report::Args>),
}

/// Carries out an audit command.
///
/// # Errors
/// Wrong usage, no book, or input or output that fails.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    match args.command {
        Command::New(args) => new::run(*args, edge),
        Command::Plan(args) => plan::run(*args, edge),
        Command::Record(args) => record::run(args, edge),
        Command::Actions(args) => actions::run(args, edge),
        Command::Act(args) => act::run(&args, edge),
        Command::Withdraw(args) => withdraw::run(&args, edge),
        Command::Forget(args) => forget::run(&args, edge),
        Command::Report(args) => report::run(*args, edge),
    }
}
