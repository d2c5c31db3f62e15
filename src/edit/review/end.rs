//! How a review ends: it closes when everything is decided; asked again, what has been carried out since is written down. Edges
//! say what comes of it, each in its own way.

use chrono::NaiveDate;

use super::close::{Applied, Closing, apply, close};
use crate::book::Book;
use crate::edit::edition::{Control, issue, keep};
use crate::edit::{EditError, FileEdit};
use crate::edition::Set;
use crate::message::Message;
use crate::method::Standards;
use crate::project::{Project, Records};
use crate::review::carried::{Outstanding, outstanding};
use crate::review::kept::{decided_the_same, with_end};
use crate::review::{Decision, KEPT, Review, ReviewEntry, load, next_review};
use crate::say;
use crate::source::{Overlay, Position, Sources, Span, World};

/// What is asked of the end of a review.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Ask<'a> {
    /// Whether what a program can carry out is carried out.
    pub apply: bool,
    /// Document control of the edition to issue with it, once everything is carried out.
    pub issue: Option<&'a Control>,
}

/// Something that is in the way, or still to do.
#[derive(Clone, Debug)]
pub(crate) struct Todo {
    /// The file.
    pub path: String,
    /// The place in it.
    pub position: Position,
    /// What is so.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
    /// Whether it should have been done by now.
    pub is_late: bool,
    /// Whether a program can do it.
    pub is_doable: bool,
    /// Whether the book does something else than was decided.
    pub contradicts: bool,
}

/// What comes of it. Nothing is written yet.
#[derive(Debug)]
pub(crate) enum Ended {
    /// Nothing is to be written: what is in the way, and that in a sentence.
    Open(Vec<Todo>, Vec<Message>),
    /// What is to be written.
    Closed(ReviewFiles),
}

/// What is to be written of a review that closes, or in which more is carried out.
#[derive(Debug)]
pub(crate) struct ReviewFiles {
    /// Files that the program keeps for itself: the set that the review leaves, its report.
    pub sets: Vec<FileEdit>,
    /// The author's files, and the review's last: whoever finds it closed finds the book as it says.
    pub changes: Vec<FileEdit>,
    /// The file that its report is kept in.
    pub report: Option<String>,
    /// What is still to be carried out.
    pub left: Vec<Todo>,
    /// The day of the next review.
    pub next: NaiveDate,
    /// The name of the set that it leaves; none while something is to be carried out.
    pub edition: Option<String>,
    /// What is kept of the review, with what has been carried out since: to be written last, so that whoever finds it finds the
    /// review as it says.
    pub seal: Option<FileEdit>,
    /// When all of it had been carried out before it was opened again.
    pub former: Option<FormerlyDone>,
}

/// When a review that was opened again had been carried out.
#[derive(Clone, Copy, Debug)]
pub(crate) struct FormerlyDone {
    /// The day.
    pub day: NaiveDate,
    /// Whether it is the day again, since nothing is decided otherwise.
    pub stands: bool,
}

impl FormerlyDone {
    /// It in a sentence.
    pub fn message(self) -> Message {
        let day = self.day;
        match self.stands {
            true => {
                say!("it is carried out since {day}, as before it was opened again: nothing is decided otherwise", day)
            }
            false => say!(
                "before it was opened again it was carried out on {day}; that day stays under `reopened`, since something is decided otherwise now, or is to be done anew",
                day
            ),
        }
    }
}

/// The book that the review leaves.
struct Left<'a> {
    sources: &'a Sources,
    book: &'a Book,
    standards: &'a Standards,
    changes: Vec<FileEdit>,
}

/// What to do with a review that is closed and should not be.
pub(crate) fn reopens(name: &str) -> Message {
    say!("`gamma-ok review reopen {name} --reason …` opens it again", name)
}

/// Closes a review, or writes down what has been carried out since. `report` makes the file that keeps its report once these
/// changes are made.
///
/// # Errors
/// The [`EditError`] of a review that cannot be closed on this day, or of files that the edit does not reach.
pub(crate) fn end(
    opened: &Project,
    records: &Records,
    review: &Review,
    ask: Ask<'_>,
    report: impl FnOnce(&[FileEdit]) -> Result<Option<FileEdit>, EditError>,
) -> Result<Ended, EditError> {
    let name = &review.name;
    if let (Some(closed), Some(done)) = (&review.closed, review.carried_out) {
        let message = say!(
            "the review `{name}` was closed on {day}, and all of it is carried out since {done}",
            name,
            day = closed.value,
            done
        );
        return Err(EditError::usage(message, Some(reopens(name))));
    }
    let today = opened.world.today();
    if let Some(day) = review.opened.filter(|day| *day > today) {
        let message = say!("the review `{name}` was opened on {day}; it cannot be closed before", name, day);
        return Err(EditError::usage(message, Some(say!("close it on that day or later"))));
    }
    if let Some(day) = review.reopened.last().map(|last| last.day).filter(|day| review.closed.is_none() && *day > today)
    {
        let message = say!("the review `{name}` was opened again on {day}; it cannot be closed before", name, day);
        return Err(EditError::usage(message, Some(say!("close it on that day or later"))));
    }
    let loaded = &opened.loaded;
    if review.closed.is_none()
        && let Some(undecided) = undecided(&loaded.sources, review)
    {
        return Ok(undecided);
    }
    let (sources, book, standards) = (&loaded.sources, &loaded.book, &opened.standards);
    let left = outstanding(book, standards, review);
    if !ask.apply || left.iter().all(|item| item.remedy.is_none()) {
        return of(opened, records, review, Left { sources, book, standards, changes: Vec::new() }, ask, report);
    }
    let Applied { changes, mut loaded, standards } = apply(&opened.world, loaded, standards, &left)?;
    let reviews = load(&opened.world, &mut loaded.sources, &loaded.book, &standards);
    let Some(review) = reviews.named(name) else {
        return Err(EditError::usage(say!("there is no review `{name}`", name), None));
    };
    let left = Left { sources: &loaded.sources, book: &loaded.book, standards: &standards, changes };
    of(opened, records, review, left, ask, report)
}

/// What is not decided, with reasons, and by somebody.
fn undecided(sources: &Sources, review: &Review) -> Option<Ended> {
    let mut places: Vec<Todo> = Vec::new();
    let mut add = |span, message| places.push(todo(sources, span, message));
    for entry in review.undecided() {
        add(entry.key.span, say!("`{id}` is undecided", id = entry.id));
    }
    let mut unreasoned = 0;
    for entry in review.unreasoned() {
        unreasoned += 1;
        let message = match entry.changing() {
            Some(_) => say!("`{id}` is decided without a reason", id = entry.id),
            None => say!("`{id}` is kept without a reason, although fewer than half met it", id = entry.id),
        };
        add(entry.key.span, message);
    }
    let is_by_nobody = review.reviewers.iter().all(|name| name.trim().is_empty());
    if is_by_nobody {
        let file = Span { file: review.file, ..Span::default() };
        add(file, say!("`reviewers` names nobody: write the roles that decided"));
    }
    let open = review.undecided().count();
    let mut why = Vec::new();
    if open > 0 {
        why.push(say!(
            open; "the review stays open: 1 standard to decide on",
            "the review stays open: {n} standards to decide on"
        ));
    }
    if unreasoned > 0 {
        why.push(say!(
            unreasoned; "the review stays open: 1 decision without its reason",
            "the review stays open: {n} decisions without their reasons"
        ));
    } else if open == 0 && is_by_nobody {
        why.push(say!("the review stays open: nobody is named who decided"));
    }
    (!places.is_empty()).then_some(Ended::Open(places, why))
}

fn of(
    opened: &Project,
    records: &Records,
    review: &Review,
    of: Left<'_>,
    ask: Ask<'_>,
    report: impl FnOnce(&[FileEdit]) -> Result<Option<FileEdit>, EditError>,
) -> Result<Ended, EditError> {
    let today = opened.world.today();
    let left = still(of.book, of.standards, review);
    let todos = |wanted: &dyn Fn(&Outstanding<'_>) -> bool| -> Vec<Todo> {
        left.iter().filter(|item| wanted(item)).map(|item| to_do(of.sources, item, today)).collect()
    };
    let contradicting = todos(&|item| item.contradicts);
    if !contradicting.is_empty() && review.closed.is_none() {
        let why = say!(
            contradicting.len(); "the review stays open: 1 standard is not as it was decided",
            "the review stays open: {n} standards are not as it was decided"
        );
        return Ok(Ended::Open(contradicting, vec![why]));
    }
    if ask.issue.is_some() && !left.is_empty() {
        let why = say!(
            left.len(); "nothing was written: 1 decision is still to be carried out before the edition can be issued",
            "nothing was written: {n} decisions are still to be carried out before the edition can be issued"
        );
        return Ok(Ended::Open(todos(&|_| true), vec![why]));
    }
    let next = next_review(&records.reviews, review, today, &of.book.review.every);
    let mut set = None;
    let mut edition = None;
    let mut changes = of.changes;
    if left.is_empty() {
        let leaves = Set::of(of.book, of.standards);
        set = keep(&opened.world, &records.editions, &leaves)?;
        edition = Some(leaves.name());
        if let Some(control) = ask.issue {
            changes.push(issue(&records.editions, &leaves, control)?);
        }
    }
    let former = formerly_done(opened, review);
    let former = former.map(|former| FormerlyDone { stands: former.stands && left.is_empty(), ..former });
    let done = former.filter(|former| former.stands).map(|former| former.day);
    let closing = Closing { review, today, next, left: &left, done, edition: edition.as_deref(), report: None };
    let closed = |closing| close(of.sources, of.book, of.standards, closing);
    let first = closed(closing)?;
    let after: Vec<FileEdit> = set.iter().chain(&changes).chain(&first).cloned().collect();
    let report = if review.closed.is_none() { report(&after)? } else { None };
    let path = report.as_ref().map(|report| report.path.clone());
    changes.extend(match &path {
        Some(path) => closed(Closing { report: Some(path.as_str()), ..closing })?,
        None => first,
    });
    let left = left.iter().map(|item| to_do(of.sources, item, today)).collect();
    let sets: Vec<FileEdit> = set.into_iter().chain(report).collect();
    let seal = if review.closed.is_some() { seal(opened, review, &after)? } else { None };
    Ok(Ended::Closed(ReviewFiles { sets, changes, report: path, left, next, edition, seal, former }))
}

/// When a review that closes again had been carried out, and whether that day stands: where what was kept of it decided the same.
fn formerly_done(opened: &Project, review: &Review) -> Option<FormerlyDone> {
    let last = review.reopened.last().filter(|_| review.closed.is_none())?;
    let day = last.carried_out?;
    Some(FormerlyDone { day, stands: decided_the_same(&opened.world, review, last.closed) })
}

/// What is kept of a closed review, with what its file says once these changes are made; none where it says so already.
fn seal(opened: &Project, review: &Review, changes: &[FileEdit]) -> Result<Option<FileEdit>, EditError> {
    let path = format!("{KEPT}{}.json", review.name);
    let Ok(text) = opened.world.large_text(&path) else { return Ok(None) };
    let mut world = Overlay::new(&opened.world);
    world.apply(changes);
    let mut left = Project::open(world).map_err(|error| EditError::usage(error.message(), None))?;
    let reviews = load(&left.world, &mut left.loaded.sources, &left.loaded.book, &left.standards);
    let after = reviews.named(&review.name).and_then(|review| with_end(&text, review));
    let after = after.filter(|after| *after != text);
    Ok(after.map(|after| FileEdit { path, before: Some(text), after }))
}

/// What of the decisions is still to be carried out.
fn still<'a>(book: &Book, standards: &Standards, review: &'a Review) -> Vec<Outstanding<'a>> {
    let mut left = outstanding(book, standards, review);
    left.retain(|item| item.entry.is_none_or(|entry| !is_settled(review, entry)));
    left
}

/// Whether nothing is to be asked of the book any more about a decision.
fn is_settled(review: &Review, entry: &ReviewEntry) -> bool {
    let is_kept = entry.decision.as_ref().is_some_and(|decision| decision.value == Decision::Keep);
    match (review.closed.is_some(), is_kept) {
        // What became of a kept standard after the review was closed is for the next one to look at.
        (true, true) => true,
        (true, false) => review.carried_out.is_some() || entry.is_carried_out(),
        // As long as a review is open, what was decided before may be decided otherwise: only the book can tell.
        (false, true) => entry.now.is_some() && entry.now == entry.stamp,
        (false, false) => false,
    }
}

/// What of a review's decisions the book does not show yet, as far as the record says.
#[cfg(feature = "desk")]
pub(crate) fn left(opened: &Project, review: &Review) -> Vec<Todo> {
    let (loaded, today) = (&opened.loaded, opened.world.today());
    let left = still(&loaded.book, &opened.standards, review);
    left.iter().map(|item| to_do(&loaded.sources, item, today)).collect()
}

fn todo(sources: &Sources, span: Span, message: Message) -> Todo {
    let source = sources.get(span.file);
    Todo {
        path: source.path.clone(),
        position: source.position(span.start as usize),
        message,
        help: None,
        is_late: false,
        is_doable: false,
        contradicts: false,
    }
}

fn to_do(sources: &Sources, item: &Outstanding<'_>, today: NaiveDate) -> Todo {
    Todo {
        help: Some(item.help.clone()),
        is_late: item.entry.is_some_and(|entry| entry.due.is_some_and(|due| due < today)),
        is_doable: item.remedy.is_some(),
        contradicts: item.contradicts,
        ..todo(sources, item.span, item.message.clone())
    }
}
