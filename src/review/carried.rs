//! Whether the book does what a review decided.

use std::cmp::Ordering;

use super::model::{Added, Decision, Review, ReviewEntry};
use crate::book::{Book, Level, Status};
use crate::message::Message;
use crate::method::{Origin, Standard, Standards, stamp};
use crate::say;
use crate::source::Span;

/// A decision that the book does not show yet.
#[derive(Clone, Debug)]
pub struct Outstanding<'a> {
    /// The entry of the review; none for a standard to be added.
    pub entry: Option<&'a ReviewEntry>,
    /// The standard's place in [`Standards::all`].
    pub standard: Option<usize>,
    /// What the book shows instead, in a sentence without a full stop.
    pub message: Message,
    /// What to do.
    pub help: Message,
    /// Where: in the book, or in the review where the book has nothing to point at.
    pub span: Span,
    /// What the program can do about it.
    pub remedy: Option<Remedy>,
}

/// A decision that a program can carry out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// Set the standard's status to retired.
    Retire,
    /// Leave the derived standard's pattern out by a waiver.
    Waive,
    /// Give the standard this level.
    Move(Level),
}

/// What of the review's decisions is not carried out, in the order of the record.
pub fn outstanding<'a>(book: &Book, standards: &Standards, review: &'a Review) -> Vec<Outstanding<'a>> {
    let decided = review.entries.iter().filter_map(|entry| of_entry(book, standards, entry));
    let added = review.added.iter().filter_map(|added| of_added(standards, added));
    decided.chain(added).collect()
}

fn of_added(standards: &Standards, added: &Added) -> Option<Outstanding<'static>> {
    let written = added.written.value.trim();
    let standard = added.standard.and_then(|place| standards.all.get(place));
    let (message, help, span) = match standard {
        Some(standard) if standard.status == Status::Active => return None,
        Some(standard) => {
            let id = &standard.id.name;
            let message = match standard.status {
                Status::Retired => say!("`{id}` is to be added, but it is retired", id),
                _ => say!("`{id}` is to be added, but it is a draft", id),
            };
            (message, say!("when its wording is settled, remove its `status`"), standard.id.span)
        }
        None => {
            let message = say!("`{written}` is to be added, but the book has no such standard", written);
            let help = say!("write the standard and put its id here, or remove the line");
            (message, help, added.written.span)
        }
    };
    Some(Outstanding { entry: None, standard: added.standard, message, help, span, remedy: None })
}

fn of_entry<'a>(book: &Book, standards: &Standards, entry: &'a ReviewEntry) -> Option<Outstanding<'a>> {
    let decision = entry.decision.as_ref()?.value;
    let standard = entry.standard.and_then(|place| standards.all.get(place));
    let in_force = standard.filter(|standard| standard.status != Status::Retired);
    let (message, help, remedy) = match (decision, in_force) {
        (Decision::Retire, None) => return None,
        (Decision::Retire, Some(standard)) => retire(standard),
        (decision, None) => {
            let help = say!("take it back into force, or decide `retire`");
            let message = match standard.is_some() {
                true => say!("it was decided to {what}, but it is retired", what = in_words(decision)),
                false => say!("it was decided to {what}, but it is no longer in the book", what = in_words(decision)),
            };
            (message, help, None)
        }
        (Decision::Keep, Some(standard)) => {
            if !is_changed(entry, standard) {
                return None;
            }
            let help = say!("take the change back, or decide `reword`, `tighten` or a level");
            (say!("it was decided to keep it as it is, but it has been changed"), help, None)
        }
        (Decision::Reword, Some(standard)) => {
            if is_changed(entry, standard) {
                return None;
            }
            (say!("it was decided to reword it, but it demands what it did"), say!("reword it"), None)
        }
        (Decision::Tighten, Some(standard)) => tighten(entry, standard)?,
        (Decision::LevelUp, Some(standard)) => level(book, entry, standard, true)?,
        (Decision::LevelDown, Some(standard)) => level(book, entry, standard, false)?,
    };
    let place = standard.map_or(entry.key.span, |standard| match standard.origin {
        Origin::Written => standard.id.span,
        _ => standard.span.head(),
    });
    let id = standard.map_or(entry.id.as_str(), |standard| &standard.id.name);
    let message = say!("`{id}`: {message}", id, message);
    Some(Outstanding { entry: Some(entry), standard: entry.standard, message, help, span: place, remedy })
}

/// Whether the standard demands something else than the wording that was judged. Without a stamp that is not known, and
/// a review that names none has judged whatever is there.
fn is_changed(entry: &ReviewEntry, standard: &Standard) -> bool {
    entry.stamp.as_ref().is_some_and(|stamp| *stamp != standard.stamp)
}

/// A decision after *it was decided to*.
fn in_words(decision: Decision) -> Message {
    match decision {
        Decision::Keep => say!("keep it"),
        Decision::Reword => say!("reword it"),
        Decision::Tighten => say!("tighten it"),
        Decision::LevelUp => say!("move it up a level"),
        Decision::LevelDown => say!("move it down a level"),
        Decision::Retire => say!("retire it"),
    }
}

type Finding = (Message, Message, Option<Remedy>);

fn retire(standard: &Standard) -> Finding {
    let message = say!("it was decided to retire it, but it is in force");
    match standard.origin {
        Origin::Written => (message, say!("write `status: retired`"), Some(Remedy::Retire)),
        Origin::Derived { .. } => {
            (message, say!("waive its pattern in the phase, with the reason"), Some(Remedy::Waive))
        }
        Origin::Handoff(_) => (message, say!("remove the hand-off from its step"), None),
    }
}

fn tighten(entry: &ReviewEntry, standard: &Standard) -> Option<Finding> {
    let order = match (&entry.demand.measure, &standard.measure) {
        (Some(old), Some(new)) => new.stricter(old),
        _ => None,
    };
    let help = say!("set a stricter figure or share");
    match order {
        Some(Ordering::Less) => {
            Some((say!("it was decided to tighten it, but it demands less than it did"), help, None))
        }
        // A figure may stay while the text asks for more.
        _ if is_changed(entry, standard) => None,
        _ => Some((say!("it was decided to tighten it, but it demands what it did"), help, None)),
    }
}

fn level(book: &Book, entry: &ReviewEntry, standard: &Standard, up: bool) -> Option<Finding> {
    let now = standard.level;
    let Some(old) = entry.demand.level.or_else(|| former_level(book, entry, standard)) else {
        // What level it had is not on record; that it was changed is all that can be seen.
        if is_changed(entry, standard) {
            return None;
        }
        return level_finding(standard, now, up);
    };
    let moved = if up { now > old } else { now < old };
    if moved {
        return None;
    }
    let decision = in_words(if up { Decision::LevelUp } else { Decision::LevelDown });
    if now != old {
        let (old, now) = (old.word(), now.word());
        let message = say!("it was decided to {what}, but it went from {old} to {now}", what = decision, old, now);
        return Some((message, say!("set its level right"), None));
    }
    level_finding(standard, old, up)
}

fn level_finding(standard: &Standard, old: Level, up: bool) -> Option<Finding> {
    let decision = in_words(if up { Decision::LevelUp } else { Decision::LevelDown });
    let place = Level::ALL.iter().position(|level| *level == old)?;
    let next = if up { place.checked_add(1) } else { place.checked_sub(1) }.and_then(|next| Level::ALL.get(next));
    let Some(next) = next else {
        let message =
            say!("it was decided to {what}, but there is no level beyond {old}", what = decision, old = old.word());
        return Some((message, say!("decide otherwise"), None));
    };
    let message = say!("it was decided to {what}, but it is {old}, as it was", what = decision, old = old.word());
    Some(match standard.origin {
        Origin::Written => (message, say!("write `level: {level}`", level = next.word()), Some(Remedy::Move(*next))),
        Origin::Derived { .. } => {
            let help = say!(
                "its level is the pattern's: write the standard out with `gamma-ok convert PHASE --write`, then set its level"
            );
            (message, help, None)
        }
        Origin::Handoff(_) => (message, say!("a hand-off is always basic: decide otherwise"), None),
    })
}

/// The level that a written standard had when nothing but its level has changed since, told by the stamp.
fn former_level(book: &Book, entry: &ReviewEntry, standard: &Standard) -> Option<Level> {
    let judged = entry.stamp.as_ref()?;
    let phase = book.sequences.get(standard.sequence)?.phases.get(standard.phase)?;
    let written = phase.standards.iter().find(|written| written.id.name == standard.id.name)?;
    let source = book.source_language();
    let text = written.text.best(source, source)?.text.as_str();
    let of = |level: Level| {
        stamp(text, written.kind, level, written.measure.as_ref(), written.critical, written.when.as_ref())
    };
    Level::ALL.iter().copied().find(|level| of(*level) == *judged)
}
