//! `review`: the annual review, from what is due to the report.

mod checklist;
mod close;
mod due;
mod json;
mod open;
mod record;
mod reopen;

use anyhow::Result;
use clap::Subcommand;

use super::documents::{formats_for, formats_or_json};
use super::usage::{Usage, unknown};
use super::{Edge, Exit};
use crate::book::Language;
pub(crate) use crate::document::review::figures::ReviewReportOutput;
use crate::document::review::kept;
use crate::document::{Document, DocumentKind};
use crate::project::{Project, Records};
use crate::review::Review;
use crate::say;

pub(crate) use json::ReviewDueOutput;

/// What `review` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to do
    #[command(subcommand)]
    pub command: Command,
}

/// The steps of a review.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// List the standards that are due for review, with the reasons and the evidence
    Due(due::Args),
    /// Begin a review: write the file reviews/NAME.yaml with everything that is due, to be filled in
    Open(open::Args),
    /// Make the checklist that the reviewers decide by, to print or to fill in
    #[command(mut_arg("format", formats_for(DocumentKind::ReviewChecklist)))]
    Checklist(checklist::Args),
    /// Take a filled checklist into the review's file
    Record(record::Args),
    /// Close a review when everything is decided; again, write down what has been carried out since
    Close(close::Args),
    /// Open a closed review again, with the reason
    Reopen(reopen::Args),
    /// Make the report of a review
    #[command(mut_arg("format", formats_or_json(DocumentKind::ReviewReport)))]
    Report(checklist::Args),
}

/// Does a step of the review.
///
/// # Errors
/// Wrong usage, no book, or a file that cannot be read or written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    match args.command {
        Command::Due(args) => due::run(args, edge),
        Command::Open(args) => open::run(&args, edge),
        Command::Checklist(args) => checklist::run(&args, DocumentKind::ReviewChecklist, edge),
        Command::Record(args) => record::run(&args, edge),
        Command::Close(args) => close::run(&args, edge),
        Command::Reopen(args) => reopen::run(&args, edge),
        Command::Report(args) => checklist::run(&args, DocumentKind::ReviewReport, edge),
    }
}

/// The review of that name, or wrong usage.
fn named<'a>(records: &'a Records, name: &str) -> Result<&'a Review, Usage> {
    records.reviews.named(name).ok_or_else(|| {
        let names: Vec<&str> = records.reviews.all.iter().map(|review| review.name.as_str()).collect();
        let usage = unknown(say!("there is no review `{name}`", name), name, names.iter().copied());
        if names.is_empty() { usage.help(say!("`gamma-ok review open {name}` begins it", name)) } else { usage }
    })
}

/// A document of a review, as it is made by `build`: its report as it was kept, where it was, or its checklist.
pub(super) fn document(
    opened: &Project,
    reviewed: (&Records, &Review),
    kind: DocumentKind,
    language: &Language,
) -> Box<dyn Document> {
    kept::document(opened, reviewed, language, kind == DocumentKind::ReviewReport)
}

/// The review's file has to be read without errors. What is still to be decided or to be given a reason is no error of an
/// open one.
fn sound(edge: &Edge, opened: &Project, records: &Records, review: &Review) -> Result<()> {
    let findings: Vec<_> = records.reviews.errors_of(review).cloned().collect();
    super::check::clear(edge, opened, &findings, say!("mend the review's file first"))
}
