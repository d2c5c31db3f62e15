//! `review record`: a filled checklist goes into the review's file.

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;

use super::named;
use crate::cli::edits::{apply, refused};
use crate::cli::usage::{Failure, Usage};
use crate::cli::{Edge, Exit};
use crate::edit::review::{Recording, record};
use crate::edition::Directory;
use crate::review::form::{self, Filled};
use crate::say;
use crate::source::system_says;

/// What `review record` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "FILE is what the page's Save button wrote, the ticked Markdown, or the filled workbook, in any \
    language. What the review's file says already is never overwritten: where a form disagrees, both values are shown.\n\n\
    Exit status 1: something disagrees, or could not be taken."
)]
pub struct Args {
    /// The filled checklist
    #[arg(value_name = "FILE")]
    pub file: PathBuf,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub dry_run: bool,
}

/// Takes the form in and says what became of it.
///
/// # Errors
/// No book, a file that is no filled checklist, a review that is closed or not there, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let (opened, records) = edge.open_with_records()?;
    let shown = args.file.display().to_string();
    let bytes = std::fs::File::open(&args.file)
        .and_then(read_bounded)
        .map_err(|error| Failure(say!("cannot read `{file}`: {said}", file = shown, said = system_says(&error))))?;
    let filled: Filled = form::read(&bytes).map_err(|error| {
        Usage::new(say!("`{file}`: {message}", file = shown, message = error.message)).help(error.help)
    })?;
    let review = named(&records, &filled.review)?;
    if review.closed.is_some() {
        let message = say!("the review `{name}` is closed", name = review.name);
        return Err(Usage::new(message).help(say!("what is closed is not reopened: begin the next one")).into());
    }
    if !super::is_sound(edge, &opened, &records, review)? {
        return Ok(Exit::Findings);
    }
    let directory = Directory::new(&opened.loaded.book, &opened.standards);
    let recording = match record(&opened.loaded.sources, &directory, review, &filled) {
        Ok(recording) => recording,
        Err(error) => return refused(edge, &opened, error),
    };
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
        rejected = recording.rejected.len(),
        left,
        all = review.entries.len()
    ));
    let clean = recording.conflicts.is_empty() && recording.rejected.is_empty();
    Ok(if clean { Exit::Fine } else { Exit::Findings })
}

/// The bytes of a form, which is never large.
fn read_bounded(open: std::fs::File) -> std::io::Result<Vec<u8>> {
    use std::io::Read;
    const MAX: u64 = 32 * 1024 * 1024;
    let mut bytes = Vec::new();
    open.take(MAX + 1).read_to_end(&mut bytes)?;
    if bytes.len() as u64 > MAX {
        return Err(std::io::Error::other("it is larger than 32 MiB"));
    }
    Ok(bytes)
}

fn say(edge: &mut Edge, opened: &crate::project::Opened, recording: &Recording, file: &str) -> Result<()> {
    let prefix = edge.prefix(opened.world.root());
    for conflict in &recording.conflicts {
        let source = opened.loaded.sources.get(conflict.span.file);
        let at = source.position(conflict.span.start as usize);
        let recorded =
            say!("{key} of `{id}` is `{recorded}`", key = conflict.key, id = conflict.id, recorded = conflict.recorded);
        let recorded = edge.say(&recorded);
        writeln!(
            edge.out,
            "{prefix}{}:{}:{}: {recorded}\n  {file}, {}: `{}`",
            source.path, at.line, at.column, conflict.place, conflict.said
        )?;
    }
    for rejected in &recording.rejected {
        let said = edge.say(&rejected.message);
        writeln!(edge.out, "{file}, {}: {said}", rejected.place)?;
        super::close::help(edge, &rejected.help)?;
    }
    Ok(())
}
