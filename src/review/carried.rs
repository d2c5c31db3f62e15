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
    /// Whether the book does something else than was decided, and not merely what it did before.
    pub contradicts: bool,
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
    let (remedy, contradicts) = (None, false);
    Some(Outstanding { entry: None, standard: added.standard, message, help, span, remedy, contradicts })
}

fn of_entry<'a>(book: &Book, standards: &Standards, entry: &'a ReviewEntry) -> Option<Outstanding<'a>> {
    let decision = entry.decision.as_ref()?.value;
    let standard = entry.standard.and_then(|place| standards.all.get(place));
    let in_force = standard.filter(|standard| standard.status != Status::Retired);
    let Finding { message, help, remedy, contradicts } = match (decision, in_force) {
        (Decision::Retire, None) => return None,
        (Decision::Retire, Some(standard)) => retire(standard),
        (Decision::Split | Decision::Merge, _) => parted(standards, entry, in_force, decision)?,
        (decision, None) => {
            let help = say!("take it back into force, or decide `retire`");
            let message = match standard.is_some() {
                true => say!("it was decided to {what}, but it is retired", what = in_words(decision)),
                false => say!("it was decided to {what}, but it is no longer in the book", what = in_words(decision)),
            };
            Finding::contradicting(message, help)
        }
        (Decision::Keep, Some(standard)) => {
            if !is_changed(entry, standard) {
                return None;
            }
            let help = say!("take the change back, or decide what was changed");
            Finding::contradicting(say!("it was decided to keep it as it is, but it has been changed"), help)
        }
        (Decision::Reword, Some(standard)) => reword(entry, standard)?,
        (Decision::Tighten, Some(standard)) => shifted(entry, standard, true)?,
        (Decision::Loosen, Some(standard)) => shifted(entry, standard, false)?,
        (Decision::LevelUp, Some(standard)) => level(book, entry, standard, true)?,
        (Decision::LevelDown, Some(standard)) => level(book, entry, standard, false)?,
    };
    let place = standard.map_or(entry.key.span, |standard| match standard.origin {
        Origin::Written => standard.id.span,
        _ => standard.span.head(),
    });
    let id = standard.map_or(entry.id.as_str(), |standard| &standard.id.name);
    let message = say!("`{id}`: {message}", id, message);
    Some(Outstanding { entry: Some(entry), standard: entry.standard, message, help, span: place, remedy, contradicts })
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
        Decision::Loosen => say!("loosen it"),
        Decision::Split => say!("split it"),
        Decision::Merge => say!("merge it with others"),
        Decision::LevelUp => say!("move it up a level"),
        Decision::LevelDown => say!("move it down a level"),
        Decision::Retire => say!("retire it"),
    }
}

/// A level in a sentence.
fn called(level: Level) -> Message {
    match level {
        Level::Basic => say!("basic"),
        Level::Expected => say!("expected"),
        Level::Exclusive => say!("exclusive"),
    }
}

/// What is not as it was decided.
struct Finding {
    message: Message,
    help: Message,
    remedy: Option<Remedy>,
    contradicts: bool,
}

impl Finding {
    fn new(message: Message, help: Message) -> Self {
        Finding { message, help, remedy: None, contradicts: false }
    }

    fn contradicting(message: Message, help: Message) -> Self {
        Finding { contradicts: true, ..Finding::new(message, help) }
    }

    fn with(self, remedy: Remedy) -> Self {
        Finding { remedy: Some(remedy), ..self }
    }
}

fn retire(standard: &Standard) -> Finding {
    let message = say!("it was decided to retire it, but it is in force");
    match standard.origin {
        Origin::Written => Finding::new(message, say!("write `status: retired`")).with(Remedy::Retire),
        Origin::Derived { .. } => {
            Finding::new(message, say!("waive its pattern in the phase, with the reason")).with(Remedy::Waive)
        }
        Origin::Handoff(_) => Finding::new(message, say!("remove the hand-off from its step")),
    }
}

/// How strict the figure is now, compared with what it was; none where the two cannot be compared.
fn shift(entry: &ReviewEntry, standard: &Standard) -> Option<Ordering> {
    match (&entry.demand.measure, &standard.measure) {
        (Some(old), Some(new)) => new.stricter(old),
        (Some(_), None) => Some(Ordering::Less),
        // A record that keeps no wording keeps no figure either.
        (None, Some(_)) if entry.demand.wording.is_some() => Some(Ordering::Greater),
        (None, _) => Some(Ordering::Equal),
    }
}

/// Other words are no other figure.
fn reword(entry: &ReviewEntry, standard: &Standard) -> Option<Finding> {
    let help = |decision: Decision| {
        say!("set its figure back, or decide `{decision}`: customers and trends see the figure", decision)
    };
    match shift(entry, standard) {
        _ if !is_changed(entry, standard) => {
            Some(Finding::new(say!("it was decided to reword it, but it reads as it did"), say!("reword it")))
        }
        Some(Ordering::Less) => {
            let message = say!("it was decided to reword it, but it demands less than it did");
            Some(Finding::contradicting(message, help(Decision::Loosen)))
        }
        Some(Ordering::Greater) => {
            let message = say!("it was decided to reword it, but it demands more than it did");
            Some(Finding::contradicting(message, help(Decision::Tighten)))
        }
        _ => None,
    }
}

/// Tightened or loosened.
fn shifted(entry: &ReviewEntry, standard: &Standard, tighten: bool) -> Option<Finding> {
    let decided = in_words(if tighten { Decision::Tighten } else { Decision::Loosen });
    let help = match tighten {
        true => say!("set a stricter figure or share"),
        false => say!("set a laxer figure or share"),
    };
    match shift(entry, standard) {
        Some(Ordering::Less) if tighten => {
            let message = say!("it was decided to {what}, but it demands less than it did", what = decided);
            Some(Finding::contradicting(message, help))
        }
        Some(Ordering::Greater) if !tighten => {
            let message = say!("it was decided to {what}, but it demands more than it did", what = decided);
            Some(Finding::contradicting(message, help))
        }
        // A figure may stay while the text asks for more, or for less.
        _ if is_changed(entry, standard) => None,
        _ => Some(Finding::new(say!("it was decided to {what}, but it demands what it did", what = decided), help)),
    }
}

/// Split or merged: what came of it names it in `from`, and it is out of force itself, unless it goes on as one of them.
fn parted(
    standards: &Standards,
    entry: &ReviewEntry,
    in_force: Option<&Standard>,
    decision: Decision,
) -> Option<Finding> {
    let former = |standard: &&Standard| {
        let is_own = |name: &String| *name == entry.id || in_force.is_some_and(|own| own.id.is_or_was(name));
        standard.status == Status::Active && standard.from.iter().any(is_own)
    };
    let came = standards.all.iter().filter(former).count();
    let goes_on = in_force.is_some_and(|own| is_changed(entry, own) && (decision == Decision::Split || former(&own)));
    let enough = match decision {
        Decision::Split => came + usize::from(goes_on && !in_force.is_some_and(|own| former(&own))) >= 2,
        _ => came >= 1,
    };
    let decided = in_words(decision);
    if !enough {
        let message = match decision {
            Decision::Split => {
                say!("it was decided to {what}, but there are no two standards in force of it", what = decided)
            }
            _ => say!("it was decided to {what}, but no standard in force was made of it", what = decided),
        };
        return Some(Finding::new(message, say!("write `from: [{id}]` in each that was made of it", id = &entry.id)));
    }
    let own = in_force.filter(|_| !goes_on)?;
    let message =
        say!("it was decided to {what}, and what came of it is in force, but so is it itself", what = decided);
    let finding = Finding::new(message, say!("write `status: retired`"));
    Some(if own.origin == Origin::Written { finding.with(Remedy::Retire) } else { finding })
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
        let (old, now) = (called(old), called(now));
        let message = say!("it was decided to {what}, but it went from {old} to {now}", what = decision, old, now);
        return Some(Finding::contradicting(message, say!("set its level right")));
    }
    level_finding(standard, old, up)
}

fn level_finding(standard: &Standard, old: Level, up: bool) -> Option<Finding> {
    let decision = in_words(if up { Decision::LevelUp } else { Decision::LevelDown });
    let place = Level::ALL.iter().position(|level| *level == old)?;
    let next = if up { place.checked_add(1) } else { place.checked_sub(1) }.and_then(|next| Level::ALL.get(next));
    let Some(next) = next else {
        let message =
            say!("it was decided to {what}, but there is no level beyond {old}", what = decision, old = called(old));
        return Some(Finding::contradicting(message, say!("decide otherwise")));
    };
    let message = say!("it was decided to {what}, but it is {old}, as it was", what = decision, old = called(old));
    Some(match standard.origin {
        Origin::Written => {
            Finding::new(message, say!("write `level: {level}`", level = next.word())).with(Remedy::Move(*next))
        }
        Origin::Derived { .. } => {
            let help = say!(
                "its level is the pattern's: write the standard out with `gamma-ok convert PHASE --write`, then set its level"
            );
            Finding::new(message, help)
        }
        Origin::Handoff(_) => Finding::contradicting(message, say!("a hand-off is always basic: decide otherwise")),
    })
}

/// The level that a written standard had when nothing but its level has changed since, told by the stamp.
fn former_level(book: &Book, entry: &ReviewEntry, standard: &Standard) -> Option<Level> {
    let judged = entry.stamp.as_ref()?;
    let phase = book.phase_at(standard.sequence, standard.phase)?;
    let written = phase.standards.iter().find(|written| written.id.name == standard.id.name)?;
    let text = book.in_source(&written.text)?;
    let of = |level: Level| {
        stamp(text, written.kind, level, written.measure.as_ref(), written.critical, written.when.as_ref())
    };
    Level::ALL.iter().copied().find(|level| of(*level) == *judged)
}
