//! `export calendar`: what is to be done on which day.

use std::path::PathBuf;

use anyhow::Result;

use crate::cli::filters::language;
use crate::cli::out::OutputKind;
use crate::cli::{Edge, Exit, SiteArgs, check, documents, files};
use crate::document::{Request, calendar};
use crate::edition::Filter;
use crate::export;
use crate::say;

/// What `export calendar` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Language; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// Makes the calendar.
///
/// # Errors
/// Wrong usage, no book, or output that cannot be written.
pub(super) fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let (mut opened, records) = edge.open_with_records()?;
    check::fit(edge, &opened)?;
    let faults = check::Faults::of(edge, &mut opened, &records);
    let unread = records.audits.findings.iter().chain(&records.reviews.findings);
    check::whole(edge, &opened, unread, args.output.as_deref())?;
    let book = &opened.loaded.book;
    let language = language(book, args.lang.as_ref())?;
    documents::note_labels(edge, [&language]);
    let filter = Filter::default();
    let request = Request { site: args.site.resolve(book)?, ..Request::of(&opened, &filter, &language) };
    let made = calendar(request, &records.audits, &records.reviews);
    if made.events.is_empty() {
        edge.remark(say!("nothing is to be done on any day: the calendar is empty"));
    }
    match made.undated {
        0 => {}
        n => edge.remark(say!(
            n;
            "1 open action has no day by which it is due, and is not in the calendar; `gamma-ok audit actions` lists it",
            "{n} open actions have no day by which they are due, and are not in the calendar; `gamma-ok audit actions` lists them"
        )),
    }
    let mut bytes = Vec::new();
    export::ics(&made, &mut bytes)?;
    files::deliver(edge, args.output.as_deref(), OutputKind::Data, &bytes)?;
    Ok(faults.tell(edge))
}
