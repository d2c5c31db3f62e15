//! Decisions, and who makes them.

use super::{review_address, to_write, unfit_to_tell};
use crate::audit::looks_like_a_person;
use crate::book::Book;
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::pages::{MAX_ADDED, MAX_PEOPLE, MAX_REASON, Trouble, no_longer_than, state_of, text_of, written};
use crate::desk::server::DeskState;
use crate::edit::review::{self, Decided};
use crate::review::{Review, ReviewEntry};
use crate::say;
use crate::text::iso_day;

/// The entry about a standard, by its id of now or of then.
pub(super) fn entry<'a>(opened: &Opened, review: &'a Review, id: &str) -> Option<&'a ReviewEntry> {
    let name = |entry: &ReviewEntry| {
        let standard = entry.standard.and_then(|index| opened.project.standards.all.get(index));
        standard.map_or_else(|| entry.id.clone(), |standard| standard.id.name.clone())
    };
    review.entries.iter().find(|entry| name(entry) == id)
}

/// What is decided so far, in a few letters.
pub(super) fn state(entry: &ReviewEntry) -> String {
    let decision = entry.decision.as_ref().map(|decision| decision.value.to_string());
    let reason = entry.reason.iter().flat_map(|reason| &reason.0).map(|worded| worded.text.as_str());
    let due = entry.due.map(|day| day.to_string());
    state_of(&(decision, reason.collect::<Vec<_>>(), &entry.owner, due))
}

/// One decision.
pub(in crate::desk::pages) fn decide(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let form = |name: &str| ask.form.get(name).map(str::trim).filter(|text| !text.is_empty());
    let (name, standard) = (form("name"), form("standard").ok_or(Trouble::Missing)?);
    let decision = form("decision").map(str::parse).transpose().map_err(|_| Trouble::Missing)?;
    let due = form("due").map(|day| iso_day(day).ok_or_else(not_a_day)).transpose()?;
    let text = |name: &str| text_of(&ask.form, name);
    let decided = Decided { decision, reason: text("reason"), owner: text("owner"), due };
    let mut back = String::new();
    let mut is_changed = false;
    let done = written(inside, ask, |opened| {
        is_fit(opened)?;
        let review = to_write(opened, name)?;
        is_open(review)?;
        let entry = entry(opened, review, standard).ok_or(Trouble::Missing)?;
        fits(review, entry, &decided)?;
        // On to the next that is undecided, in the order of the page; the review itself when there is none.
        let mut order: Vec<&ReviewEntry> = review.entries.iter().collect();
        order.sort_by_key(|entry| entry.standard.unwrap_or(usize::MAX));
        let position = order.iter().position(|other| other.key.span == entry.key.span).unwrap_or(0);
        let is_next = |other: &&&ReviewEntry| other.decision.is_none() && other.key.span != entry.key.span;
        let next = order.iter().skip(position).find(is_next).or(order.iter().find(is_next));
        let id = next.map(|next| {
            let standard = next.standard.and_then(|index| opened.project.standards.all.get(index));
            standard.map_or(next.id.as_str(), |standard| standard.id.name.as_str())
        });
        back = match id.filter(|_| decided.decision.is_some()) {
            Some(id) => review_address("/review/item", review, &[("standard", Some(id))]),
            None => review_address("/review/one", review, &[]),
        };
        let is_as_shown = form("from").is_none_or(|from| from == state(entry));
        let change = review::decide(&opened.project.loaded.sources, review, entry, &decided);
        // Who sends the same twice means it once.
        is_changed = !is_as_shown && !matches!(change, Ok(None));
        if is_changed {
            return Ok(Vec::new());
        }
        Ok(change?.into_iter().collect())
    });
    match done {
        Err(trouble) => super::detail::decision_refused(inside, ask, (name, standard), &decided, trouble),
        Ok(()) if is_changed => super::detail::typed(inside, ask, (name, standard), &decided),
        Ok(()) => Ok(Answer::see(&back)),
    }
}

/// Who decides, and what is asked for beside what there is.
pub(in crate::desk::pages) fn people(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let lines = |name: &str| -> Vec<String> {
        let lines = ask.form.get(name).unwrap_or_default().lines().map(str::trim);
        lines.filter(|line| !line.is_empty()).map(str::to_owned).collect()
    };
    let people = People { reviewers: lines("reviewers"), added: lines("added") };
    let mut back = String::new();
    let mut is_changed = false;
    let done = written(inside, ask, |opened| {
        for (name, most) in [("reviewers", MAX_PEOPLE), ("added", MAX_ADDED)] {
            no_longer_than(&text_of(&ask.form, name).unwrap_or_default(), most)?;
        }
        is_fit(opened)?;
        let review = to_write(opened, ask.form.get("name"))?;
        is_open(review)?;
        back = review_address("/review/one", review, &[]);
        let sources = &opened.project.loaded.sources;
        let names = named(&opened.project.loaded.book, review, &people.reviewers)?;
        let change = review::reviewers(sources, review, &names, &people.added)?;
        // Who sends the same twice means it once.
        is_changed = change.is_some() && ask.form.get("from").is_some_and(|from| from != People::of(review).state());
        Ok(change.filter(|_| !is_changed).into_iter().collect())
    });
    match done {
        Err(trouble) => super::detail::refused(inside, ask, Some(people), trouble),
        Ok(()) if is_changed => super::detail::typed_people(inside, ask, people),
        Ok(()) => Ok(Answer::see(&back)),
    }
}

/// Those who decide, as the file names them: a role by its id, whatever it was typed as. The name of a person is refused, as in
/// every other record; who stands in the file already stays.
fn named(book: &Book, review: &Review, typed: &[String]) -> Result<Vec<String>, Trouble> {
    let name = |typed: &String| {
        if let Some(role) = role_named(book, typed).filter(|_| !review.reviewers.contains(typed)) {
            return Ok(role.to_owned());
        }
        if review.reviewers.contains(typed) || !looks_like_a_person(book, typed) {
            return Ok(typed.clone());
        }
        let message = say!("`{name}` looks like the name of a person", name = typed);
        let role = say!("write a role of the book, or a code: it is still true when somebody else holds the role");
        let other = say!("who comes from elsewhere is named by what they do, in small letters: a consultant");
        Err(Trouble::Several(message, vec![role, other]))
    };
    let mut names: Vec<String> = Vec::new();
    for name in typed.iter().map(name) {
        let name = name?;
        if !names.contains(&name) {
            names.push(name);
        }
    }
    Ok(names)
}

/// The id of the role that is called so in some language, or was once.
pub(super) fn role_named<'b>(book: &'b Book, typed: &str) -> Option<&'b str> {
    let typed = typed.to_lowercase();
    let by_id = book.roles.iter().find(|role| role.id.is_or_was(&typed));
    let is_title = |text: &str| text.to_lowercase() == typed;
    let by_title = || book.roles.iter().find(|role| role.title.0.iter().any(|worded| is_title(&worded.text)));
    by_id.or_else(by_title).map(|role| role.id.name.as_str())
}

/// Who decides, and what is asked for beside what there is.
pub(super) struct People {
    pub reviewers: Vec<String>,
    pub added: Vec<String>,
}

impl People {
    /// As a review has them.
    pub fn of(review: &Review) -> Self {
        let added = review.added.iter().map(|added| added.written.value.clone());
        People { reviewers: review.reviewers.clone(), added: added.collect() }
    }

    /// In a few letters.
    pub fn state(&self) -> String {
        state_of(&(&self.reviewers, &self.added))
    }
}

/// Whether what is decided anew can be: what the file says already stays, however long, and whenever it was due.
fn fits(review: &Review, entry: &ReviewEntry, decided: &Decided) -> Result<(), Trouble> {
    let written = entry.reason.iter().flat_map(|reason| &reason.0).map(|worded| worded.text.as_str());
    if let Some(reason) = decided.reason.as_deref().filter(|reason| !written.clone().any(|known| known == *reason)) {
        no_longer_than(reason, MAX_REASON)?;
    }
    match (decided.due.filter(|due| entry.due != Some(*due)), review.opened) {
        (Some(due), Some(opened)) if due < opened => {
            Err(say!("it cannot be due on {due}: the review was opened on {opened}", due, opened).into())
        }
        _ => Ok(()),
    }
}

/// What is decided about a book that is not understood may be about something else.
fn is_fit(opened: &Opened) -> Result<(), Trouble> {
    match opened.errors.len() {
        0 => Ok(()),
        errors => Err(unfit_to_tell(errors).into()),
    }
}

fn is_open(review: &Review) -> Result<(), Trouble> {
    match &review.closed {
        Some(_) => Err(say!("the review `{name}` is closed", name = &review.name).into()),
        None => Ok(()),
    }
}

fn not_a_day() -> Trouble {
    Trouble::Refused(say!("write a date as year, month and day: 2026-01-31"))
}
