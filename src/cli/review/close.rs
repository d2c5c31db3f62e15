//! `review close`: a review ends when everything is decided; run again, it writes down what has been carried out since.

use std::io::Write;

use anyhow::Result;
use chrono::NaiveDate;

use super::named;
use crate::cli::edition::{checked, issued, offer};
use crate::cli::edits::{apply_keeping, refused};
use crate::cli::{Edge, Exit, check};
use crate::document::review::kept;
use crate::edit::edition::Control;
use crate::edit::review::{Ask, Ended, ReviewFiles, Todo, end};
use crate::edit::{EditError, FileEdit};
use crate::project::Project;
use crate::review::{Review, next_review};
use crate::say;
use crate::source::World;

/// What `review close` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "A review closes when everything is decided. What was decided may be carried out later: run this again then, \
    and it writes down what has been, and what is still to do.\n\n\
    With --issue and --in-force the standards that the review leaves are issued in the same step: all of it is written, or \
    nothing where something is still to be carried out.\n\n\
    Exit status 1: something is undecided or without its reason, the book does something else than was decided, or what was \
    decided should have been carried out by now."
)]
pub(crate) struct Args {
    /// The review
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Carry out what a program can: retire standards, move them up or down a level
    #[arg(long)]
    pub apply: bool,
    /// Issue the standards that the review leaves as the edition of this number, once everything is carried out
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..), requires = "in_force")]
    pub issue: Option<u32>,
    /// The day from which that edition is in force, as 2026-01-31
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date, requires = "issue")]
    pub in_force: Option<NaiveDate>,
    /// Who approved it: a role of the book
    #[arg(long, value_name = "ROLE", requires = "issue")]
    pub approved_by: Option<String>,
    /// Why it is in force from a day before the last audit
    #[arg(long, value_name = "REASON", requires = "issue")]
    pub backdate: Option<String>,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Closes the review, or says what is in the way; of a closed one, what has been carried out.
///
/// # Errors
/// No book, a review that is not there or done with, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    check::fit(edge, &opened)?;
    let review = named(&records, &args.name)?;
    super::sound(edge, &opened, &records, review)?;
    let today = opened.world.today();
    let next = next_review(&records.reviews, review, today, &opened.loaded.book.review.every);
    let control = asked(args, today, review.next.filter(|_| review.closed.is_some()).unwrap_or(next))
        .map(|asked| checked(&opened, &records, asked))
        .transpose()?;
    let report = |changes: &[FileEdit]| {
        kept::keep(&opened, changes, &review.name).map_err(|error| EditError::usage(error.message(), None))
    };
    let ask = Ask { apply: args.apply, issue: control.as_ref() };
    let kept = match end(&opened, &records, review, ask, report) {
        Ok(Ended::Closed(kept)) => kept,
        Ok(Ended::Open(places, why)) => {
            show(edge, &opened, &places)?;
            why.into_iter().for_each(|why| edge.remark(why));
            return Ok(Exit::Findings);
        }
        Err(error) => return refused(edge, &opened, error),
    };
    // What is kept is one long line, which nobody compares by eye.
    let seal = kept.seal.iter().filter(|_| !args.dry_run);
    let changes: Vec<FileEdit> = kept.changes.iter().chain(seal).cloned().collect();
    apply_keeping(edge, opened.world.root(), kept.sets.iter().cloned(), &changes, args.dry_run)?;
    let exit = told(args, edge, &opened, review, &kept)?;
    if let Some(path) = kept.report.filter(|_| !args.dry_run) {
        edge.remark(say!("its report is kept as it is now in {path}, which belongs into git", path));
    }
    match (&control, &kept.edition) {
        (Some(control), _) => issued(edge, control, args.dry_run),
        (None, Some(edition)) if !args.dry_run => offer(edge, &records.editions, edition),
        _ => {}
    }
    Ok(exit)
}

/// Document control of the edition that is to be issued with the closing, if one is: it is looked at again with the next review.
fn asked(args: &Args, today: NaiveDate, next: NaiveDate) -> Option<Control> {
    let (number, in_force) = args.issue.zip(args.in_force)?;
    Some(Control {
        number,
        title: None,
        issued: today,
        in_force,
        approved_by: args.approved_by.clone(),
        next_review: Some(next),
        backdated: args.backdate.clone(),
    })
}

/// Says how it stands, and what is still to do.
fn told(args: &Args, edge: &mut Edge, opened: &Project, review: &Review, kept: &ReviewFiles) -> Result<Exit> {
    let left = &kept.left;
    let name = &review.name;
    if !args.dry_run {
        show(edge, opened, left)?;
    }
    edge.remark(match (args.dry_run, &review.closed, left.len()) {
        (true, None, _) => say!("the review `{name}` would be closed; nothing was written", name),
        (true, Some(_), _) => say!("nothing was written"),
        (false, None, _) => {
            say!("the review `{name}` is closed; the next one is due on {next}", name, next = kept.next)
        }
        (false, Some(_), 0) => say!("all that the review `{name}` decided is carried out", name),
        (false, Some(_), _) if kept.changes.is_empty() => say!("nothing more has been carried out"),
        (false, Some(_), _) => say!("what has been carried out was written down"),
    });
    if let Some(former) = kept.former {
        edge.remark(former.message());
    }
    let late = left.iter().filter(|todo| todo.is_late).count();
    if !left.is_empty() {
        let todo =
            say!(left.len(); "1 decision is still to be carried out", "{n} decisions are still to be carried out");
        let is_doable = left.iter().any(|todo| todo.is_doable);
        edge.remark(match is_doable && !args.apply {
            true => say!("{todo}; `--apply` carries out what a program can", todo),
            false => todo,
        });
    }
    if late > 0 {
        edge.remark(say!(late; "1 of them should have been by now", "{n} of them should have been by now"));
    }
    let contradicts = left.iter().any(|todo| todo.contradicts);
    Ok(if late > 0 || contradicts { Exit::Findings } else { Exit::Fine })
}

/// A line for each that begins with its place, and one below that says what to do.
fn show(edge: &mut Edge, opened: &Project, places: &[Todo]) -> Result<()> {
    let prefix = edge.prefix(opened.world.root());
    for Todo { path, position, message, help, .. } in places {
        writeln!(edge.out, "{prefix}{path}:{}:{}: {}", position.line, position.column, edge.say(message))?;
        if let Some(help) = help {
            let (label, help) = (edge.say(&say!("help:")), edge.say(help));
            writeln!(edge.out, "  {label} {help}")?;
        }
    }
    Ok(())
}
