//! `review open`: the file of a new review.

use anyhow::Result;

use crate::cli::edits::{apply_keeping, current, refused};
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, check};
use crate::edit::review::{open, reopens};
use crate::review::Due;
use crate::say;
use crate::source::World;

/// What `review open` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// What to call the review; its file is reviews/NAME.yaml
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Put in every standard in force, due or not
    #[arg(long)]
    pub all: bool,
    /// Print the file instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Writes the file and says what to do next.
///
/// # Errors
/// A name that is taken or cannot be a file's, no book, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    check::fit(edge, &opened)?;
    let book = &opened.loaded.book;
    let name = args.name.as_str();
    if let Some(review) = records.reviews.named(name) {
        let is_closed = review.closed.is_some();
        let (message, help) = match is_closed {
            true => (say!("there is a review `{name}` already, and it is closed", name), reopens(&review.name)),
            false => (
                say!("there is a review `{name}` already, and it is open", name),
                say!("fill it in, or make its checklist with `gamma-ok review checklist`"),
            ),
        };
        return Err(Usage::new(message).help(help).into());
    }
    let today = opened.world.today();
    let evidence = opened.evidence(&records);
    let overview = opened.due(&records, &evidence);
    let due: Vec<Due<'_>> = match args.all {
        true => overview.standards,
        false => overview.standards.into_iter().filter(|due| !due.reasons.is_empty()).collect(),
    };
    if due.is_empty() {
        edge.remark(say!(
            "nothing is due for review, so nothing was written; `--all` takes in every standard in force"
        ));
        return Ok(Exit::Fine);
    }
    let (edition, kept) = current(&opened, &records.editions)?;
    let change = open(book, &due, name, today, edition.as_deref()).or_else(|error| refused(edge, &opened, error))?;
    apply_keeping(edge, opened.world.root(), kept, &[change], args.dry_run)?;
    let standards = say!(due.len(); "1 standard to decide on", "{n} standards to decide on");
    edge.remark(match args.dry_run {
        true => say!("{standards}; nothing was written", standards),
        false => say!(
            "{standards}: fill the file in, or make a checklist with `gamma-ok review checklist {name}`",
            standards,
            name
        ),
    });
    for other in records.reviews.all.iter().filter(|review| review.closed.is_none()) {
        edge.remark(say!("the review `{name}` is still open", name = other.name));
    }
    Ok(Exit::Fine)
}
