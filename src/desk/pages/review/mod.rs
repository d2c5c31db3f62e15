//! The annual review: what is due, the reviews there are, one of them, one decision, and its documents.

mod decide;
mod detail;
mod document;
mod end;

use serde_json::{Value as Json, json};

pub(super) use decide::{decide, people};
pub(super) use detail::{detail, item};
pub(super) use document::document;
pub(super) use end::{close, open, reopen};

use super::said::Said;
use super::{Trouble, address};
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::server::DeskState;
use crate::language::Interface;
use crate::message::Message;
use crate::review::Review;
use crate::say;

/// What is due, what goes on, and what was decided.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    Ok(overview(inside, ask, &*inside.shelf.book()?, None))
}

/// The same page where no review could be begun as asked, with what was typed and why.
///
/// # Errors
/// The trouble itself, where the page cannot be shown or the words are no help there.
fn open_refused(inside: &DeskState, ask: &Ask, trouble: Trouble) -> Result<Answer, Trouble> {
    let Ok(opened) = inside.shelf.book() else { return Err(trouble) };
    let said = Said::of(trouble, &opened, ask.interface)?;
    let status = said.status;
    Ok(overview(inside, ask, &opened, Some(said)).status(status))
}

fn overview(inside: &DeskState, ask: &Ask, opened: &Opened, said: Option<Said>) -> Answer {
    let (project, records, words) = (&opened.project, &opened.records, ask.interface);
    let evidence = project.evidence(records);
    let overview = project.due(records, &evidence);
    let (due, overdue) = (overview.due().count(), overview.due().filter(|due| due.overdue).count());
    let reviews: Vec<Json> = records.reviews.all.iter().rev().map(|review| listed(review, words)).collect();
    let is_broken = !opened.errors.is_empty();
    let due_said = match due {
        // What is due cannot be told of a book that is not understood.
        _ if is_broken => words.say(&unfit_to_tell(opened.errors.len())),
        0 => words.text("review.nothing-due").to_owned(),
        due => words.count("review.due-count", due),
    };
    let name = ask.form.get("name").map_or_else(|| free_name(opened, inside.shelf.today()), str::to_owned);
    let view = json!({
        "said": said, "is_all": ask.form.get("all").is_some(), "due": due_said, "is_broken": is_broken,
        "overdue": (overdue > 0 && !is_broken).then(|| words.count("review.overdue-count", overdue)),
        "reviews": reviews, "name": name,
        "show": address("/documents/show", &[("kind", Some("review-due")), ("format", Some("html")), ("lang", spoken(opened, words))]),
        "title": words.text("document.review-due"),
    });
    super::page(inside, ask, opened, "review", &view)
}

/// What is said where what is due cannot be told.
pub(super) fn unfit_to_tell(errors: usize) -> Message {
    say!(
        errors;
        "the book has 1 error, so nobody can tell what is due; Writing shows where",
        "the book has {n} errors, so nobody can tell what is due; Writing shows where"
    )
}

/// A review in the list.
fn listed(review: &Review, words: &Interface) -> Json {
    let all = review.entries.len();
    let decided = all - review.undecided().count();
    let pending = review.pending().count();
    json!({
        "name": review.name, "path": review_address("/review/one", review, &[]),
        "opened": review.opened.map(|day| words.date(day)),
        "closed": review.closed.as_ref().map(|closed| words.date(closed.value)),
        "is_done": review.carried_out.is_some(),
        "progress": words.fill("desk.review.decided", &[("n", &decided.to_string()), ("of", &all.to_string())]),
        "pending": (review.closed.is_some() && pending > 0).then(|| words.count("desk.pending", pending)),
        "next": review.next.map(|day| words.date(day)),
    })
}

/// A name that no review has: the year, with a number where there is one of that year.
fn free_name(opened: &Opened, today: chrono::NaiveDate) -> String {
    use chrono::Datelike;
    let year = today.year().to_string();
    let numbered = (2..).map(|number| format!("{year}-{number}"));
    let mut names = std::iter::once(year.clone()).chain(numbered);
    names.find(|name| opened.records.reviews.named(name).is_none()).unwrap_or(year)
}

/// The address of something about a review.
fn review_address(path: &str, review: &Review, more: &[(&str, Option<&str>)]) -> String {
    let pairs: Vec<_> = std::iter::once(("name", Some(review.name.as_str()))).chain(more.iter().copied()).collect();
    address(path, &pairs)
}

/// The tag of the book's language that a page speaks, where it has it.
fn spoken<'a>(opened: &'a Opened, words: &Interface) -> Option<&'a str> {
    let languages = &opened.project.loaded.book.languages;
    languages.iter().find(|language| language.primary() == words.tag()).map(crate::book::Language::tag)
}

/// The review that is asked for.
fn named<'a>(opened: &'a Opened, name: Option<&str>) -> Result<&'a Review, Trouble> {
    opened.records.reviews.named(name.ok_or(Trouble::Missing)?).ok_or(Trouble::Missing)
}

/// The same, to be written: its file can be read without errors.
fn to_write<'a>(opened: &'a Opened, name: Option<&str>) -> Result<&'a Review, Trouble> {
    let review = named(opened, name)?;
    if opened.records.reviews.errors_of(review).next().is_some() {
        return Err(say!("mend the review's file first").into());
    }
    Ok(review)
}
