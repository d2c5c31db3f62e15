//! Which standards are due for review, and why.

use chrono::{Duration, Months, NaiveDate};

use super::model::{Decision, Demand, Reason, Reviews};
use super::{Evidence, Review, ReviewEntry};
use crate::book::{Book, Status};
use crate::method::{CellState, MatrixCell, Standard, Standards};
use crate::units::{Quantity, Unit};

/// How things stand on a day.
#[derive(Debug)]
pub struct Overview<'a> {
    /// The day.
    pub today: NaiveDate,
    /// All standards in force, in service order; due are those with a reason.
    pub standards: Vec<Due<'a>>,
    /// Cells that the book aims at and nothing fills, in the order of the matrix.
    pub gaps: Vec<&'a MatrixCell>,
}

/// A standard in force: due for review, if there is a reason.
#[derive(Clone, Debug)]
pub struct Due<'a> {
    /// The place in [`Standards::all`].
    pub index: usize,
    /// The standard.
    pub standard: &'a Standard,
    /// Why, in the order of [`Reason::ALL`].
    pub reasons: Vec<Reason>,
    /// Whether its review should have been by now.
    pub overdue: bool,
    /// The day it came into force, as far as is known.
    pub in_force: Option<NaiveDate>,
    /// When it was reviewed last.
    pub last: Option<Last<'a>>,
    /// What changed since then.
    pub change: Option<WordingChange>,
    /// What audits and customers say.
    pub evidence: Evidence,
}

/// The last review of a standard.
#[derive(Clone, Debug)]
pub struct Last<'a> {
    /// The review.
    pub review: &'a Review,
    /// The day it was closed.
    pub closed: NaiveDate,
    /// What it decided; none where it added the standard.
    pub decision: Option<Decision>,
    /// Whether what it decided is still to be carried out.
    pub is_pending: bool,
    /// The stamp that it left the standard with, as far as is known.
    pub stamp: Option<&'a str>,
    /// What it left the standard demanding, as far as the record says.
    pub demand: Demand,
}

/// A wording that is not the one the last review left.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct WordingChange {
    /// The stamp before.
    pub stamp: String,
    /// What was demanded before; empty where neither the record nor git knows.
    pub before: Demand,
}

/// What is known of every standard in force on `today`, due or not, and the gaps. Drafts are not in force yet and retired ones no
/// longer. `evidence` holds what is said about each
/// standard, in the order of [`Standards::all`], and `in_force` since when each is; both may be shorter, or empty.
pub fn overview<'a>(
    book: &Book,
    standards: &'a Standards,
    reviews: &'a Reviews,
    evidence: &[Evidence],
    in_force: &[Option<NaiveDate>],
    today: NaiveDate,
) -> Overview<'a> {
    let is_gap = |cell: &&MatrixCell| matches!(cell.state, CellState::Missing | CellState::Proposed);
    let gaps = standards.cells.iter().filter(is_gap).collect();
    Overview { today, standards: survey(book, standards, reviews, evidence, in_force, today).collect(), gaps }
}

impl<'a> Overview<'a> {
    /// The standards that are due.
    pub fn due(&self) -> impl Iterator<Item = &Due<'a>> {
        self.standards.iter().filter(|standard| !standard.reasons.is_empty())
    }
}

/// All standards in force, those without a reason to be due too, in service order. Drafts are not in force yet and retired
/// ones no longer.
pub(super) fn survey<'a, 'k>(
    book: &'k Book,
    standards: &'a Standards,
    reviews: &'a Reviews,
    evidence: &'k [Evidence],
    in_force: &'k [Option<NaiveDate>],
    today: NaiveDate,
) -> impl Iterator<Item = Due<'a>> + use<'a, 'k> {
    let mut last = last_reviews(standards, reviews, today);
    let late = move |since: NaiveDate| today > later(since, &book.review.every);
    let judge = move |(index, standard): (usize, &'a Standard)| {
        let last = last.get_mut(index).and_then(Option::take);
        let evidence = evidence.get(index).cloned().unwrap_or_default();
        let change = last.as_ref().and_then(|last| {
            // What was decided may be carried out at any time; until the record says that it was, the change is no news.
            let stamp = last.stamp.filter(|stamp| *stamp != standard.stamp && !last.is_pending)?;
            Some(WordingChange { stamp: stamp.to_owned(), before: last.demand.clone() })
        });
        let in_force = in_force.get(index).copied().unwrap_or(book.review.since);
        let overdue = last.as_ref().map_or(in_force, |last| Some(last.closed)).is_some_and(late);
        let holds = |reason: &Reason| match reason {
            Reason::NeverReviewed => last.is_none(),
            Reason::OlderThanReview => last.is_some() && overdue,
            Reason::Changed => change.is_some(),
            Reason::Evidence => !evidence.calls.is_empty(),
        };
        let reasons: Vec<Reason> = Reason::ALL.iter().copied().filter(holds).collect();
        Due { index, standard, reasons, overdue, in_force, last, change, evidence }
    };
    let active = standards.all.iter().enumerate().filter(|(_, standard)| standard.status == Status::Active);
    active.map(judge)
}

/// The last review of each standard that was closed by `today`, in the order of [`Standards::all`].
pub fn last_reviews<'a>(standards: &Standards, reviews: &'a Reviews, today: NaiveDate) -> Vec<Option<Last<'a>>> {
    let mut last: Vec<Option<Last>> = vec![None; standards.all.len()];
    for review in &reviews.all {
        let Some(closed) = review.closed.as_ref().map(|closed| closed.value).filter(|closed| *closed <= today) else {
            continue;
        };
        let decided = review.entries.iter().filter_map(|entry| {
            let decision = entry.decision.as_ref()?.value;
            let (demand, is_pending) = (entry.left_demand(), review.is_pending(entry));
            let stamp = entry.left();
            Some((entry.standard?, Last { review, closed, decision: Some(decision), is_pending, stamp, demand }))
        });
        let added = review.added.iter().filter_map(|added| {
            let demand = Demand::default();
            let stamp = added.stamp.as_deref();
            Some((added.standard?, Last { review, closed, decision: None, is_pending: false, stamp, demand }))
        });
        // Reviews stand in the order of their closing, so a later one replaces an earlier one.
        for (place, reviewed) in decided.chain(added) {
            if let Some(last) = last.get_mut(place) {
                *last = Some(reviewed);
            }
        }
    }
    last
}

/// What the latest review closed before this one was opened said about the entry's standard.
pub fn entry_before<'a>(
    reviews: &'a Reviews,
    review: &Review,
    entry: &ReviewEntry,
) -> Option<(&'a Review, &'a ReviewEntry)> {
    let is_before = |other: &&Review| {
        let closed = other.closed.as_ref().map(|closed| closed.value);
        other.name != review.name && closed.is_some_and(|closed| review.opened.is_none_or(|opened| closed <= opened))
    };
    let is_same = |other: &&ReviewEntry| match entry.standard {
        Some(place) => other.standard == Some(place),
        None => other.id == entry.id,
    };
    let decided = |other: &'a Review| {
        let entry = other.entries.iter().find(is_same).filter(|entry| entry.decision.is_some())?;
        Some((other, entry))
    };
    reviews.all.iter().rev().filter(is_before).find_map(decided)
}

/// The day, the review and the decision of the last review before this one that looked at the entry's standard; without a
/// decision where it added the standard.
pub fn last_before<'a>(
    reviews: &'a Reviews,
    review: &Review,
    entry: &ReviewEntry,
) -> Option<(NaiveDate, &'a Review, Option<Decision>)> {
    let day = |other: &Review| other.closed.as_ref().map(|closed| closed.value);
    let decided = entry_before(reviews, review, entry);
    let decided = decided
        .and_then(|(other, entry)| Some((day(other)?, other, entry.decision.as_ref().map(|decision| decision.value))));
    let place = entry.standard?;
    let added = reviews.all.iter().rev().find(|other| {
        let is_before = day(other).is_some_and(|closed| review.opened.is_none_or(|opened| closed <= opened));
        is_before && other.name != review.name && other.added.iter().any(|added| added.standard == Some(place))
    });
    let added = added.and_then(|other| Some((day(other)?, other, None)));
    decided.into_iter().chain(added).max_by_key(|(closed, ..)| *closed)
}

/// The day that is so much later. Months are the calendar's; a working day is a seventh part of a week's five.
pub fn later(day: NaiveDate, period: &Quantity) -> NaiveDate {
    let (value, base) = period.canonical();
    let days = match (&period.unit, base) {
        (Unit::Known("months"), _) => {
            let whole = value.floor().clamp(0.0, 12_000.0) as u32;
            let rest = (value.fract() * 30.4).round() as i64;
            let moved = day.checked_add_months(Months::new(whole)).unwrap_or(NaiveDate::MAX);
            return moved.checked_add_signed(Duration::days(rest)).unwrap_or(NaiveDate::MAX);
        }
        (Unit::Known("weeks"), _) => value * 7.0,
        (Unit::Known("wd"), _) => value * 7.0 / 5.0,
        (_, "s") => value / 86_400.0,
        _ => value,
    };
    day.checked_add_signed(Duration::days(days.clamp(0.0, 4e6).round() as i64)).unwrap_or(NaiveDate::MAX)
}

/// The day of the review after one that is closed on `closed`: a period later, on the anniversary that the reviews before
/// have kept, so that closing some weeks late does not move it from year to year.
pub fn next_review(reviews: &Reviews, review: &Review, closed: NaiveDate, every: &Quantity) -> NaiveDate {
    let plain = later(closed, every);
    // What was reopened keeps the day that it had.
    if let Some(next) = review.next.filter(|next| *next > closed) {
        return next;
    }
    let is_before =
        |other: &&Review| other.name != review.name && other.closed.as_ref().is_some_and(|day| day.value <= closed);
    let Some(mut kept) = reviews.all.iter().rev().filter(is_before).find_map(|other| other.next) else { return plain };
    let half = (plain - closed) / 2;
    for _ in 0..1_000 {
        if kept - closed > half || later(kept, every) <= kept {
            break;
        }
        kept = later(kept, every);
    }
    if kept > closed { kept } else { plain }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::units::parse_quantity;

    #[test]
    fn a_period_is_counted_by_the_calendar() {
        let day = |text: &str| text.parse::<NaiveDate>().expect("a date");
        let add = |from: &str, period: &str| {
            later(day(from), &parse_quantity(period, Span::default()).expect("a quantity")).to_string()
        };
        assert_eq!(add("2026-01-15", "12 months"), "2027-01-15");
        assert_eq!(add("2024-02-29", "12 months"), "2025-02-28");
        assert_eq!(add("2026-01-15", "2 weeks"), "2026-01-29");
        assert_eq!(add("2026-01-15", "10 wd"), "2026-01-29");
        assert_eq!(add("2026-01-15", "48 h"), "2026-01-17");
        assert_eq!(add("2026-01-15", "90 d"), "2026-04-15");
    }
}
