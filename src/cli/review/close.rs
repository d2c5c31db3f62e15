//! `review close`: a review ends when everything is decided and the book does it.

use std::io::Write;

use anyhow::Result;

use super::named;
use crate::cli::edits::{apply, refused};
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, check};
use crate::edit::review::{self, Applied};
use crate::message::Message;
use crate::method::Standards;
use crate::project::Project;
use crate::review::carried::{Outstanding, outstanding};
use crate::review::{Review, load};
use crate::say;
use crate::source::{Sources, Span, World};

/// What `review close` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status 1: something is undecided, or decided and not carried out; the review stays open.")]
pub(crate) struct Args {
    /// The review
    #[arg(value_name = "NAME")]
    pub name: String,
    /// Carry out what a program can: retire standards, move them up or down a level
    #[arg(long)]
    pub apply: bool,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Closes the review, or says what is in the way.
///
/// # Errors
/// No book, a review that is closed or not there, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    edge.lock(args.dry_run)?;
    let (opened, records) = edge.open_with_records()?;
    if !check::is_fit(edge, &opened)? {
        return Ok(Exit::Findings);
    }
    let review = named(&records, &args.name)?;
    if let Some(closed) = &review.closed {
        let message = say!("the review `{name}` was closed on {day}", name = review.name, day = closed.value);
        return Err(Usage::new(message).help(say!("what is closed is not reopened: begin the next one")).into());
    }
    if !super::is_sound(edge, &opened, &records, review)? {
        return Ok(Exit::Findings);
    }
    let undecided: Vec<Span> = review.undecided().map(|entry| entry.key.span).collect();
    if !undecided.is_empty() {
        for entry in review.undecided() {
            place(edge, &opened, &opened.loaded.sources, entry.key.span, &say!("`{id}` is undecided", id = entry.id))?;
        }
        edge.remark(say!(
            undecided.len(); "the review stays open: 1 standard to decide on",
            "the review stays open: {n} standards to decide on"
        ));
        return Ok(Exit::Findings);
    }
    let left = outstanding(&opened.loaded.book, &opened.standards, review);
    let doable = left.iter().any(|item| item.remedy.is_some());
    if left.is_empty() {
        return close(
            args,
            edge,
            &opened,
            &opened.loaded.sources,
            &opened.loaded.book,
            &opened.standards,
            review,
            Vec::new(),
        );
    }
    if !args.apply || !doable {
        show(edge, &opened, &left)?;
        let open = say!(
            left.len(); "the review stays open: 1 decision not carried out",
            "the review stays open: {n} decisions not carried out"
        );
        edge.remark(if doable { say!("{open}; `--apply` carries out what a program can", open) } else { open });
        return Ok(Exit::Findings);
    }
    let applied = match review::apply(&opened.world, &opened.loaded, &opened.standards, &left) {
        Ok(applied) => applied,
        Err(error) => return refused(edge, &opened, error),
    };
    let Applied { changes, mut loaded, standards } = applied;
    let reviews = load(&opened.world, &mut loaded.sources, &loaded.book, &standards);
    let Some(review) = reviews.named(&args.name) else { return Ok(Exit::Failure) };
    let left = outstanding(&loaded.book, &standards, review);
    if left.is_empty() {
        return close(args, edge, &opened, &loaded.sources, &loaded.book, &standards, review, changes);
    }
    apply(edge, opened.world.root(), &changes, args.dry_run)?;
    for item in &left {
        place(edge, &opened, &loaded.sources, item.span, &item.message)?;
        help(edge, &item.help)?;
    }
    edge.remark(say!(
        left.len(); "the review stays open: 1 decision for you to carry out",
        "the review stays open: {n} decisions for you to carry out"
    ));
    Ok(Exit::Findings)
}

/// Writes the changes of the book, if there are any, and after them the record: whoever finds the record closed finds the
/// book as it says, however far the writing came.
#[expect(clippy::too_many_arguments, reason = "the book before and after carrying out are two")]
fn close(
    args: &Args,
    edge: &mut Edge,
    opened: &Project,
    sources: &Sources,
    book: &crate::book::Book,
    standards: &Standards,
    review: &Review,
    mut changes: Vec<crate::edit::Change>,
) -> Result<Exit> {
    match review::close(sources, book, standards, review, opened.world.today()) {
        Ok(change) => changes.push(change),
        Err(error) => return refused(edge, opened, error),
    }
    apply(edge, opened.world.root(), &changes, args.dry_run)?;
    let next = crate::review::later(opened.world.today(), &book.review.every);
    let name = &review.name;
    edge.remark(match args.dry_run {
        true => say!("the review `{name}` would be closed; nothing was written", name),
        false => say!("the review `{name}` is closed; the next one is due on {next}", name, next),
    });
    Ok(Exit::Fine)
}

fn show(edge: &mut Edge, opened: &Project, left: &[Outstanding<'_>]) -> Result<()> {
    for item in left {
        place(edge, opened, &opened.loaded.sources, item.span, &item.message)?;
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
