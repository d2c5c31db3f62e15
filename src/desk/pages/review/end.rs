//! How a review begins and ends.

use super::detail::{changed, refused, state_of_review};
use super::{review_address, to_write};
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::{Opened, unfit};
use crate::desk::pages::said::called;
use crate::desk::pages::{MAX_REASON, Trouble, no_longer_than, text_of, written};
use crate::desk::server::DeskState;
use crate::document::review::kept::keep;
use crate::edit::edition::current;
use crate::edit::review::{self, Ended, end};
use crate::edit::{EditError, FileEdit};
use crate::review::{Due, Review};
use crate::say;

/// Begins a review of what is due, or of everything in force.
pub(in crate::desk::pages) fn open(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let name = ask.form.get("name").map(str::trim).filter(|name| !name.is_empty()).ok_or(Trouble::Missing)?;
    let is_all = ask.form.get("all").is_some();
    let done = written(inside, ask, |opened| {
        if !opened.errors.is_empty() {
            return Err(unfit(opened.errors.len()).into());
        }
        let (project, records) = (&opened.project, &opened.records);
        if let Some(review) = records.reviews.named(name) {
            return Err(Trouble::Refused(match review.closed {
                Some(_) => say!("there is a review `{name}` already, and it is closed", name),
                None => say!("there is a review `{name}` already, and it is open", name),
            }));
        }
        let evidence = project.evidence(records);
        let standards = project.due(records, &evidence).standards;
        let due: Vec<Due<'_>> = standards.into_iter().filter(|due| is_all || !due.reasons.is_empty()).collect();
        if due.is_empty() {
            return Err(say!("nothing is due for review, so nothing was written").into());
        }
        let (edition, set) = current(project, &records.editions)?;
        let book = &project.loaded.book;
        let change = review::open(book, &due, name, inside.shelf.today(), edition.as_deref())?;
        Ok(set.into_iter().chain([change]).collect())
    });
    if let Err(trouble) = done {
        return super::open_refused(inside, ask, trouble);
    }
    Ok(Answer::see(&super::address("/review/one", &[("name", Some(name))])))
}

/// Closes a review, or writes down what has been carried out since.
pub(in crate::desk::pages) fn close(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let apply = ask.form.get("apply").is_some();
    let mut back = String::new();
    let mut is_changed = false;
    let done = written(inside, ask, |opened| {
        if !opened.errors.is_empty() {
            return Err(unfit(opened.errors.len()).into());
        }
        let (project, records) = (&opened.project, &opened.records);
        let review = to_write(opened, ask.form.get("name"))?;
        is_changed = is_other(opened, review, ask);
        if is_changed {
            return Ok(Vec::new());
        }
        back = review_address("/review/one", review, &[]);
        let report = |changes: &[FileEdit]| {
            keep(project, changes, &review.name).map_err(|error| EditError::usage(error.message(), None))
        };
        match end(project, records, review, review::Ask { apply, issue: None }, report)? {
            Ended::Closed(kept) => Ok(kept.sets.into_iter().chain(kept.changes).chain(kept.seal).collect()),
            Ended::Open(places, why) => {
                let mut why = why.into_iter();
                let first = why.next().unwrap_or_else(|| say!("the review stays open"));
                let places = places.iter().map(|place| called(opened, &place.message, ask.interface));
                Err(Trouble::Listed(first, why.map(|why| ask.interface.say(&why)).chain(places).collect()))
            }
        }
    });
    match done {
        Err(trouble) => refused(inside, ask, None, trouble),
        Ok(()) if is_changed => changed(inside, ask),
        Ok(()) => Ok(Answer::see(&back)),
    }
}

/// Whether the review is another by now than the page showed.
fn is_other(opened: &Opened, review: &Review, ask: &Ask) -> bool {
    ask.form.get("from").is_some_and(|from| from != state_of_review(opened, review))
}

/// Opens a closed review again.
pub(in crate::desk::pages) fn reopen(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let today = inside.shelf.today();
    let mut is_changed = false;
    let mut back = String::new();
    let done = written(inside, ask, |opened| {
        let reason = text_of(&ask.form, "reason");
        let reason = reason.ok_or_else(|| Trouble::Refused(say!("a review is reopened with a reason")))?;
        no_longer_than(&reason, MAX_REASON)?;
        let review = to_write(opened, ask.form.get("name"))?;
        let name = &review.name;
        let Some(closed) = review.closed.as_ref().map(|closed| closed.value) else {
            return Err(say!("the review `{name}` is open", name).into());
        };
        if closed > today {
            let message =
                say!("the review `{name}` was closed on {day}; it cannot be reopened before", name, day = closed);
            return Err(message.into());
        }
        is_changed = is_other(opened, review, ask);
        if is_changed {
            return Ok(Vec::new());
        }
        back = review_address("/review/one", review, &[]);
        Ok(vec![review::reopen(&opened.project.loaded.sources, review, closed, today, &reason)?])
    });
    match done {
        Err(trouble) => refused(inside, ask, None, trouble),
        Ok(()) if is_changed => changed(inside, ask),
        Ok(()) => Ok(Answer::see(&back)),
    }
}
