//! Collects the evidence: what audits of the wording in force say of each standard, and customers of its phase, since its last
//! review was opened. The
//! proposals are decided here, by the rules of thumb that `evidence` explains.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Months, NaiveDate};

use super::due::{Last, last_reviews};
use super::evidence::{Evidence, ORDINARY};
use super::model::{Call, Decision, Reviews};
use super::units::{Unit, rate, units};
use crate::audit::{Audits, Item, Record};
use crate::book::{Book, Level};
use crate::feedback::Feedback;
use crate::method::Standards;
use crate::statistics::{Rate, Ratings, difference};

/// What audits and customers say about each standard up to `today`, since its last review was opened, customers for a year at
/// most; in the order of [`Standards::all`]. Of audits, only answers about the wording in force count, whether they
/// name its stamp or were judged by a set in which it stood so.
pub fn gather(
    book: &Book,
    standards: &Standards,
    audits: &Audits,
    feedback: &Feedback,
    reviews: &Reviews,
    today: NaiveDate,
) -> Vec<Evidence> {
    let last = last_reviews(standards, reviews, today);
    let since: Vec<Option<NaiveDate>> =
        last.iter().map(|last| last.as_ref().map(|last| last.review.opened.unwrap_or(last.closed))).collect();
    let mut low: BTreeMap<NaiveDate, Vec<LowRatings>> = BTreeMap::new();
    for opened in since.iter().copied().chain([None]) {
        let from = rated_since(opened, today);
        low.entry(from).or_insert_with(|| ratings(book, feedback, from, today));
    }
    let is_in_force = |item: &Item| {
        let standard = audits.standard(standards, item);
        standard.is_some_and(|standard| audits.judged_stamp(standards, item) == Some(&standard.stamp))
    };
    let is_new = |record: &Record, item: &Item| {
        let since = since.get(item.standard as usize).copied().flatten();
        since.is_none_or(|opened| record.moment.date > opened)
    };
    let counts = |record: &Record| record.moment.date <= today;
    let agreed = audits.ratings(standards, counts, |record, item| is_in_force(item) && is_new(record, item));
    let differ = Ratings::disputed_more(&agreed);
    let units = units(audits, standards, |record, item| counts(record) && is_in_force(item));
    let moved = level_moves(standards, reviews, today);
    let judge = |(place, (units, standard)): (usize, (Vec<Unit>, &crate::method::Standard))| {
        let since = since.get(place).copied().flatten();
        let none = Ratings::default();
        let agreed = (agreed.get(place).unwrap_or(&none), differ.get(place).copied().unwrap_or_default());
        let mut evidence = evidence(&units, since, agreed, standard.level, today);
        let low = low.get(&rated_since(since, today)).and_then(|all| all.get(standard.sequence));
        if let Some((share, is_low)) = low.and_then(|phases| *phases.get(standard.phase)?) {
            evidence.low_ratings = Some(share);
            evidence.calls.extend(is_low.then_some(Call::Complaints));
        }
        if let Some(last) = last.get(place).and_then(Option::as_ref) {
            evidence.calls.retain(|call| !is_settled(*call, last, place, today));
        }
        if moved.get(place).copied().flatten().is_some_and(|moved| moved > year_before(today)) {
            evidence.calls.retain(|call| *call != Call::Ordinary);
        }
        evidence.calls.sort_unstable();
        evidence
    };
    units.into_iter().zip(&standards.all).enumerate().map(judge).collect()
}

/// Whether the last review has an answer to what the evidence calls for, so that it is no reason for another: what was decided
/// about the wording is still to be carried out, or the proposal was before the reviewers within the year that it looks back on.
fn is_settled(call: Call, last: &Last<'_>, place: usize, today: NaiveDate) -> bool {
    let is_recent = last.review.opened.unwrap_or(last.closed) > year_before(today);
    let was_seen = || last.review.entry_of(place).is_some_and(|entry| entry.calls_for(Call::Ordinary));
    match call {
        Call::Complaints => false,
        Call::Ordinary => last.is_pending || is_recent && was_seen(),
        Call::FailedByMost | Call::ReadDifferently => last.is_pending,
    }
}

/// Of each standard the day on which a review moved its level last: that on which everything decided was carried out, else that of
/// the closing. Before a whole year at its level lies behind it nothing proposes another: what was audited before was of another
/// level, or is judged as if it had been of this one, and what came after is less than a year.
fn level_moves(standards: &Standards, reviews: &Reviews, today: NaiveDate) -> Vec<Option<NaiveDate>> {
    let mut moved: Vec<Option<NaiveDate>> = vec![None; standards.all.len()];
    for review in &reviews.all {
        let closed = review.closed.as_ref().map(|closed| closed.value).filter(|closed| *closed <= today);
        let Some(day) = closed.map(|closed| review.carried_out.unwrap_or(closed)) else { continue };
        let is_move = |decision: Decision| matches!(decision, Decision::LevelUp | Decision::LevelDown);
        for entry in review.entries.iter().filter(|entry| entry.changing().is_some_and(is_move)) {
            if let Some(moved) = entry.standard.and_then(|place| moved.get_mut(place)) {
                *moved = (*moved).max(Some(day));
            }
        }
    }
    moved
}

/// The first day from which what customers say counts as new, for a standard whose last review was opened on that day.
fn rated_since(opened: Option<NaiveDate>, today: NaiveDate) -> NaiveDate {
    let after = opened.and_then(|opened| opened.succ_opt());
    after.map_or(year_before(today), |after| after.max(year_before(today)))
}

/// Of each phase of a sequence the share of low ratings, and whether they are more than elsewhere.
type LowRatings = Vec<Option<(f64, bool)>>;

/// Of each phase, by sequence: the share of low ratings since a day, and whether they are more than elsewhere by more than
/// chance. None where too few rated it.
fn ratings(book: &Book, feedback: &Feedback, since: NaiveDate, today: NaiveDate) -> Vec<LowRatings> {
    let low = feedback.low_by_phase(since, today);
    let of = |sequence: usize, phase: usize| low.get(&(sequence, phase)).copied().unwrap_or_default();
    let sequences = book.sequences.iter().enumerate();
    let rates: Vec<Vec<Rate>> = sequences
        .map(|(number, sequence)| (0..sequence.phases.len()).map(|phase| of(number, phase)).collect())
        .collect();
    let all: Rate = rates.iter().flatten().copied().sum();
    let judge = |rate: &Rate| {
        let share = rate.share().filter(|_| !rate.is_few())?;
        let rest = Rate::new(all.met().saturating_sub(rate.met()), all.of().saturating_sub(rate.of()));
        Some((share, difference(*rate, rest).is_some_and(|difference| difference.interval.low > 0.0)))
    };
    rates.iter().map(|phases| phases.iter().map(judge).collect()).collect()
}

fn year_before(day: NaiveDate) -> NaiveDate {
    day.checked_sub_months(Months::new(12)).unwrap_or(NaiveDate::MIN)
}

/// `agreed` is how auditors judged it together, and whether they differ more than about other standards.
fn evidence(
    units: &[Unit],
    since: Option<NaiveDate>,
    (agreed, differ): (&Ratings, bool),
    level: Level,
    today: NaiveDate,
) -> Evidence {
    let counted = rate(units.iter().filter(|unit| since.is_none_or(|opened| unit.day > opened)));
    let year: Vec<&Unit> = units.iter().filter(|unit| unit.day > year_before(today)).collect();
    let of_year = rate(year.iter().copied());
    let (agreement, agreement_units) = (agreed.percent(), agreed.units());
    let mut calls = Vec::new();
    if !counted.is_few() && counted.met() * 2 < counted.of() {
        calls.push(Call::FailedByMost);
    }
    if differ {
        calls.push(Call::ReadDifferently);
    }
    if level > Level::Basic && is_ordinary(&year, of_year, today) {
        calls.push(Call::Ordinary);
    }
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Evidence {
        met: count(counted.met()),
        of: count(counted.of()),
        interval: counted.told_interval().map(|interval| (interval.low, interval.high)),
        low_ratings: None,
        agreement,
        agreement_units: count(agreement_units),
        year: (count(of_year.met()), count(of_year.of())),
        calls,
    }
}

/// Whether practically everyone met it in the past year, and that over most of the year.
fn is_ordinary(year: &[&Unit], rate: Rate, today: NaiveDate) -> bool {
    let since = year_before(today);
    let quarter = |day: NaiveDate| (day - since).num_days().max(0) * 4 / 366;
    let quarters: BTreeSet<i64> = year.iter().map(|unit| quarter(unit.day)).collect();
    let is_practically_everyone = rate.met() * 10 >= rate.of() * 9;
    quarters.len() >= 3 && is_practically_everyone && rate.interval().is_some_and(|interval| interval.low >= ORDINARY)
}
