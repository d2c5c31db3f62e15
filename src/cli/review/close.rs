//! `review close`: a review ends when everything is decided; run again, it writes down what has been carried out since.

use std::io::Write;

use anyhow::Result;
use chrono::NaiveDate;

use super::{kept, named};
use crate::cli::edition::{checked, issued, offer};
use crate::cli::edits::{apply_keeping, refused, usage};
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, check};
use crate::edit::Change;
use crate::edit::edition::{Control, issue, keep};
use crate::edit::review::{self, Applied, Closing};
use crate::edition::Set;
use crate::message::Message;
use crate::method::Standards;
use crate::project::{Project, Records};
use crate::review::carried::{Outstanding, outstanding};
use crate::review::{Decision, Review, load, next_review};
use crate::say;
use crate::source::{Sources, Span, World};

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

/// The book that the review leaves, and the changes that made it so.
struct Book<'a> {
    sources: &'a Sources,
    book: &'a crate::book::Book,
    standards: &'a Standards,
    changes: Vec<Change>,
}

/// Closes the review, or says what is in the way; of a closed one, what has been carried out.
///
/// # Errors
/// No book, a review that is not there or done with, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    edge.lock(args.dry_run)?;
    let (opened, records) = edge.open_with_records()?;
    if !check::is_fit(edge, &opened)? {
        return Ok(Exit::Findings);
    }
    let review = named(&records, &args.name)?;
    let name = &review.name;
    if let (Some(closed), Some(done)) = (&review.closed, review.carried_out) {
        let message = say!(
            "the review `{name}` was closed on {day}, and all of it is carried out since {done}",
            name,
            day = closed.value,
            done
        );
        return Err(Usage::new(message).help(super::reopens(name)).into());
    }
    let today = opened.world.today();
    if let Some(day) = review.opened.filter(|day| *day > today) {
        let message = say!("the review `{name}` was opened on {day}; it cannot be closed before", name, day);
        return Err(Usage::new(message).help(say!("close it on that day or later")).into());
    }
    if !super::is_sound(edge, &opened, &records, review)? {
        return Ok(Exit::Findings);
    }
    if review.closed.is_none() && !is_decided(edge, &opened, review)? {
        return Ok(Exit::Findings);
    }
    let left = outstanding(&opened.loaded.book, &opened.standards, review);
    if !args.apply || left.iter().all(|item| item.remedy.is_none()) {
        let loaded = &opened.loaded;
        let (sources, book, standards) = (&loaded.sources, &loaded.book, &opened.standards);
        return close(args, edge, &opened, &records, review, Book { sources, book, standards, changes: Vec::new() });
    }
    let applied = match review::apply(&opened.world, &opened.loaded, &opened.standards, &left) {
        Ok(applied) => applied,
        Err(error) => return refused(edge, &opened, error),
    };
    let Applied { changes, mut loaded, standards } = applied;
    let reviews = load(&opened.world, &mut loaded.sources, &loaded.book, &standards);
    let Some(review) = reviews.named(&args.name) else { return Ok(Exit::Failure) };
    let book = Book { sources: &loaded.sources, book: &loaded.book, standards: &standards, changes };
    close(args, edge, &opened, &records, review, book)
}

/// Whether everything is decided, with reasons, and by somebody; says what is not.
fn is_decided(edge: &mut Edge, opened: &Project, review: &Review) -> Result<bool> {
    let sources = &opened.loaded.sources;
    let undecided: Vec<Span> = review.undecided().map(|entry| entry.key.span).collect();
    for entry in review.undecided() {
        place(edge, opened, sources, entry.key.span, &say!("`{id}` is undecided", id = entry.id))?;
    }
    let mut unreasoned = 0;
    for entry in review.unreasoned() {
        unreasoned += 1;
        let message = match entry.changing() {
            Some(_) => say!("`{id}` is decided without a reason", id = entry.id),
            None => say!("`{id}` is kept without a reason, although fewer than half met it", id = entry.id),
        };
        place(edge, opened, sources, entry.key.span, &message)?;
    }
    let is_by_nobody = review.reviewers.iter().all(|name| name.trim().is_empty());
    if is_by_nobody {
        let file = Span { file: review.file, ..Span::default() };
        place(edge, opened, sources, file, &say!("`reviewers` names nobody: write the roles that decided"))?;
    }
    if !undecided.is_empty() {
        edge.remark(say!(
            undecided.len(); "the review stays open: 1 standard to decide on",
            "the review stays open: {n} standards to decide on"
        ));
    }
    if unreasoned > 0 {
        edge.remark(say!(
            unreasoned; "the review stays open: 1 decision without its reason",
            "the review stays open: {n} decisions without their reasons"
        ));
    } else if undecided.is_empty() && is_by_nobody {
        edge.remark(say!("the review stays open: nobody is named who decided"));
    }
    Ok(undecided.is_empty() && unreasoned == 0 && !is_by_nobody)
}

/// Writes the changes of the book, if there are any, the issue of what it leaves, where that is asked for, and after them the record: whoever finds the record closed finds the
/// book as it says, however far the writing came.
fn close(
    args: &Args,
    edge: &mut Edge,
    opened: &Project,
    records: &Records,
    review: &Review,
    of: Book<'_>,
) -> Result<Exit> {
    let today = opened.world.today();
    let is_keeping =
        |item: &Outstanding<'_>| item.entry.is_some_and(|entry| entry.decision.as_ref().is_some_and(is_keep));
    let mut left = outstanding(of.book, of.standards, review);
    // What became of a kept standard after the review was closed is for the next one to look at.
    left.retain(|item| review.closed.is_none() || !is_keeping(item));
    let is_done = |item: &Outstanding<'_>| item.entry.is_some_and(|entry| entry.now.is_some());
    left.retain(|item| !is_done(item));
    let contradicting = left.iter().filter(|item| item.contradicts).count();
    if contradicting > 0 && review.closed.is_none() {
        show(edge, opened, of.sources, left.iter().filter(|item| item.contradicts))?;
        edge.remark(say!(
            contradicting; "the review stays open: 1 standard is not as it was decided",
            "the review stays open: {n} standards are not as it was decided"
        ));
        return Ok(Exit::Findings);
    }
    let next = next_review(&records.reviews, review, today, &of.book.review.every);
    let control = asked(args, today, review.next.filter(|_| review.closed.is_some()).unwrap_or(next))
        .map(|asked| checked(opened, records, asked))
        .transpose()?;
    if control.is_some() && !left.is_empty() {
        show(edge, opened, of.sources, left.iter())?;
        edge.remark(say!(
            left.len(); "nothing was written: 1 decision is still to be carried out before the edition can be issued",
            "nothing was written: {n} decisions are still to be carried out before the edition can be issued"
        ));
        return Ok(Exit::Findings);
    }
    let mut set = None;
    let mut edition = None;
    let mut changes = of.changes;
    if left.is_empty() {
        let leaves = Set::of(of.book, of.standards);
        set = keep(&opened.world, &records.editions, &leaves).map_err(|error| usage(&error))?;
        edition = Some(leaves.name());
        if let Some(control) = &control {
            changes.push(issue(&records.editions, &leaves, control).map_err(|error| usage(&error))?);
        }
    }
    let closing = Closing { review, today, next, left: &left, edition: edition.as_deref() };
    match review::close(of.sources, of.book, of.standards, closing) {
        Ok(change) => changes.extend(change),
        Err(error) => return refused(edge, opened, error),
    }
    let after: Vec<Change> = set.iter().chain(&changes).cloned().collect();
    let kept = if review.closed.is_none() { kept::keep(opened, &after, &review.name)? } else { None };
    let path = kept.as_ref().map(|kept| kept.path.clone());
    apply_keeping(edge, opened.world.root(), set.into_iter().chain(kept), &changes, args.dry_run)?;
    let exit = told(args, edge, opened, of.sources, closing, !changes.is_empty())?;
    if let Some(path) = path.filter(|_| !args.dry_run) {
        edge.remark(say!("its report is kept as it is now in {path}, which belongs into git", path));
    }
    match (&control, &edition) {
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
fn told(
    args: &Args,
    edge: &mut Edge,
    opened: &Project,
    sources: &Sources,
    closing: Closing<'_>,
    is_written: bool,
) -> Result<Exit> {
    let Closing { review, today, left, .. } = closing;
    let name = &review.name;
    if !args.dry_run {
        show(edge, opened, sources, left.iter())?;
    }
    edge.remark(match (args.dry_run, &review.closed, left.len()) {
        (true, None, _) => say!("the review `{name}` would be closed; nothing was written", name),
        (true, Some(_), _) => say!("nothing was written"),
        (false, None, _) => {
            say!("the review `{name}` is closed; the next one is due on {next}", name, next = closing.next)
        }
        (false, Some(_), 0) => say!("all that the review `{name}` decided is carried out", name),
        (false, Some(_), _) if !is_written => say!("nothing more has been carried out"),
        (false, Some(_), _) => say!("what has been carried out was written down"),
    });
    let late = |item: &&Outstanding<'_>| item.entry.is_some_and(|entry| entry.due.is_some_and(|due| due < today));
    let (late, doable) = (left.iter().filter(late).count(), left.iter().any(|item| item.remedy.is_some()));
    if !left.is_empty() {
        let todo =
            say!(left.len(); "1 decision is still to be carried out", "{n} decisions are still to be carried out");
        edge.remark(match doable && !args.apply {
            true => say!("{todo}; `--apply` carries out what a program can", todo),
            false => todo,
        });
    }
    if late > 0 {
        edge.remark(say!(late; "1 of them should have been by now", "{n} of them should have been by now"));
    }
    let contradicts = left.iter().any(|item| item.contradicts);
    Ok(if late > 0 || contradicts { Exit::Findings } else { Exit::Fine })
}

fn is_keep(decision: &crate::book::Spanned<Decision>) -> bool {
    decision.value == Decision::Keep
}

fn show<'a>(
    edge: &mut Edge,
    opened: &Project,
    sources: &Sources,
    left: impl Iterator<Item = &'a Outstanding<'a>>,
) -> Result<()> {
    for item in left {
        place(edge, opened, sources, item.span, &item.message)?;
        help(edge, &item.help)?;
    }
    Ok(())
}

/// A line below it that says what to do.
fn help(edge: &mut Edge, help: &Message) -> Result<()> {
    let (label, help) = (edge.say(&say!("help:")), edge.say(help));
    Ok(writeln!(edge.out, "  {label} {help}")?)
}

/// A line that begins with a place.
fn place(edge: &mut Edge, opened: &Project, sources: &Sources, span: Span, message: &Message) -> Result<()> {
    let prefix = edge.prefix(opened.world.root());
    let source = sources.get(span.file);
    let position = source.position(span.start as usize);
    let text = edge.say(message);
    Ok(writeln!(edge.out, "{prefix}{}:{}:{}: {text}", source.path, position.line, position.column)?)
}
