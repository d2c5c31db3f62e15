//! `review record`: a filled checklist goes into the review's file.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use super::named;
use crate::cli::edits::{apply, refused};
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, forms};
use crate::edit::record::altered;
use crate::edit::review::{Recording, record, reopens};
use crate::edition::Directory;
use crate::review::filled::{self, FilledReview};
use crate::review::printed::PrintedContext;
use crate::say;

/// What `review record` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "FILE is what the page's Save button wrote, the ticked Markdown, or the filled workbook, in any \
    language. What the review's file says already is never overwritten: where a form disagrees, both values are shown.\n\n\
    Exit status 1: something disagrees, or could not be taken."
)]
pub(crate) struct Args {
    /// The filled checklist
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Takes the form in and says what became of it.
///
/// # Errors
/// No book, a file that is no filled checklist, a review that is closed or not there, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let shown = args.file.display().to_string();
    let bytes = forms::bytes(&args.file)?;
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    let mut filled: FilledReview = filled::read(&shown, &bytes, &opened.loaded.book).map_err(|refused| {
        let message = say!("`{file}`: {message}", file = refused.place.of(&shown), message = refused.message);
        Usage { message, help: refused.help }
    })?;
    for remark in &filled.remarks {
        edge.remark(say!("{name}: {remark}", name = &shown, remark));
    }
    let review = named(&records, &filled.review)?;
    if review.closed.is_some() {
        let message = say!("the review `{name}` is closed", name = review.name);
        return Err(Usage::new(message).help(reopens(&review.name)).into());
    }
    super::sound(edge, &opened, &records, review)?;
    let directory = Directory::new(&opened.loaded.book, &opened.standards);
    let printed = PrintedContext {
        review,
        reviews: &records.reviews,
        audits: &records.audits,
        book: &opened.loaded.book,
        standards: &opened.standards,
        editions: &records.editions,
    };
    let (_, altered) = altered(&opened, &shown, None, printed.altered(&filled));
    filled.refused.extend(altered);
    let recording =
        record(&opened.loaded.sources, &directory, review, &filled).or_else(|error| refused(edge, &opened, error))?;
    if let Some(change) = &recording.change {
        apply(edge, opened.world.root(), std::slice::from_ref(change), args.dry_run)?;
    }
    say(edge, &opened, &recording, &shown)?;
    let left = review.undecided().count().saturating_sub(recording.decided);
    edge.remark(say!(
        "{taken} taken, {same} the same as recorded, {conflicts} in conflict, {rejected} rejected; {left} of {all} still to \
         be decided",
        taken = recording.taken.len(),
        same = recording.same,
        conflicts = recording.conflicts.len(),
        rejected = recording.refused.len(),
        left,
        all = review.entries.len()
    ));
    let clean = recording.conflicts.is_empty() && recording.refused.is_empty();
    Ok(if clean { Exit::Fine } else { Exit::Findings })
}

fn say(edge: &mut Edge, opened: &crate::project::Project, recording: &Recording, file: &str) -> Result<()> {
    let prefix = edge.prefix(opened.world.root());
    for conflict in &recording.conflicts {
        let source = opened.loaded.sources.get(conflict.span.file);
        let position = source.position(conflict.span.start as usize);
        let recorded =
            say!("{key} of `{id}` is `{recorded}`", key = conflict.key, id = conflict.id, recorded = conflict.recorded);
        let recorded = edge.say(&recorded);
        writeln!(
            edge.out,
            "{prefix}{}:{}:{}: {recorded}\n  {file}, {}: `{}`",
            source.path, position.line, position.column, conflict.place, conflict.answered
        )?;
    }
    recording.refused.iter().try_for_each(|refused| forms::complain(edge, file, refused))
}
