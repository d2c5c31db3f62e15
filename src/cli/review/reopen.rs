//! `review reopen`: a closed review goes on, with the reason.

use anyhow::Result;

use super::named;
use crate::cli::edits::{apply, reason, refused};
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, check};
use crate::diag::{Code, Diagnostic};
use crate::edit::review;
use crate::say;
use crate::source::World;

/// What `review reopen` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The review
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Why it is opened again; it stands in the record, with the day of closing and of today
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Opens the review again.
///
/// # Errors
/// No book, no reason, a review that is open or not there, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let reason = reason(&args.reason, say!("a review is reopened with a reason"))?;
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    check::fit(edge, &opened)?;
    let review = named(&records, &args.name)?;
    let (name, today) = (&review.name, opened.world.today());
    let Some(closed) = review.closed.as_ref().map(|closed| closed.value) else {
        return Err(Usage::new(say!("the review `{name}` is open", name)).into());
    };
    if closed > today {
        let message = say!("the review `{name}` was closed on {day}; it cannot be reopened before", name, day = closed);
        return Err(Usage::new(message).into());
    }
    // Whoever changed it by hand says why, and decides anew.
    let is_other = |finding: &&Diagnostic| finding.code != Code::ReviewAltered;
    let wrong: Vec<Diagnostic> = records.reviews.errors_of(review).filter(is_other).cloned().collect();
    check::clear(edge, &opened, &wrong, say!("mend the review's file first"))?;
    let change = review::reopen(&opened.loaded.sources, review, closed, today, reason)
        .or_else(|error| refused(edge, &opened, error))?;
    apply(edge, opened.world.root(), &[change], args.dry_run)?;
    edge.remark(match args.dry_run {
        true => say!("nothing was written"),
        false => say!("the review `{name}` is open again; `gamma-ok review close {name}` closes it", name),
    });
    Ok(Exit::Fine)
}
