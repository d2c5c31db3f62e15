//! Collects the evidence: what audits of the wording in force say of each standard, and customers of its phase. The
//! proposals are decided here, by the rules of thumb that `evidence` explains.

use std::collections::BTreeSet;

use chrono::{Months, NaiveDate};

use super::Call;
use super::evidence::{AGREED, Evidence, ORDINARY};
use crate::audit::{Answer, Audits, Item, Record};
use crate::book::{Book, Level};
use crate::feedback::Feedback;
use crate::method::Standards;
use crate::statistics::{ENOUGH, Rate, Ratings, difference};

/// One judgement of a standard.
#[derive(Clone, Copy)]
struct Judgement<'a> {
    record: &'a Record,
    is_met: bool,
}

/// What audits up to `today` and customers in the year before it say about each standard, in the order of
/// [`Standards::all`]. Of audits, only answers about the wording in force count: those that name its stamp, and those that
/// name none.
pub fn gather(
    book: &Book,
    standards: &Standards,
    audits: &Audits,
    feedback: &Feedback,
    today: NaiveDate,
) -> Vec<Evidence> {
    let low = ratings(book, feedback, today);
    let mut of_standard: Vec<Vec<Judgement>> = vec![Vec::new(); standards.all.len()];
    let counts = |record: &Record| record.moment.date <= today;
    let is_in_force = |item: &Item| item.wording.former().is_none();
    let agreed = audits.ratings(counts, |_, item| is_in_force(item));
    for record in audits.records.iter().filter(|record| counts(record)) {
        for item in record.items.iter().filter(|item| is_in_force(item)) {
            let is_met = match item.answer {
                Answer::Met => true,
                Answer::NotMet => false,
                Answer::NotApplicable | Answer::NotObserved => continue,
            };
            if let Some(all) = of_standard.get_mut(item.standard as usize) {
                all.push(Judgement { record, is_met });
            }
        }
    }
    let judge = |((judgements, agreed), standard): ((Vec<Judgement>, &Ratings), &crate::method::Standard)| {
        let mut evidence = evidence(&judgements, agreed, standard.level, today);
        if let Some((share, is_low)) = low.get(standard.sequence).and_then(|phases| *phases.get(standard.phase)?) {
            evidence.low_ratings = Some(share);
            evidence.calls.extend(is_low.then_some(Call::Complaints));
        }
        evidence.calls.sort_unstable();
        evidence
    };
    of_standard.into_iter().zip(&agreed).zip(&standards.all).map(judge).collect()
}

/// Of each phase, by sequence: the share of low ratings in the past year, and whether they are more than elsewhere by more
/// than chance. None where too few rated it.
fn ratings(book: &Book, feedback: &Feedback, today: NaiveDate) -> Vec<Vec<Option<(f64, bool)>>> {
    let since = year_before(today);
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

fn evidence(judgements: &[Judgement], agreed: &Ratings, level: Level, today: NaiveDate) -> Evidence {
    let rate = rate(judgements);
    let (agreement, units) = (agreed.percent(), agreed.units() as u64);
    let mut calls = Vec::new();
    if !rate.is_few() && rate.met() * 2 < rate.of() {
        calls.push(Call::FailedByMost);
    }
    if units >= ENOUGH && agreement.is_some_and(|share| share < AGREED) {
        calls.push(Call::ReadDifferently);
    }
    if level > Level::Basic && is_ordinary(judgements, today) {
        calls.push(Call::Ordinary);
    }
    let count = |n: u64| u32::try_from(n).unwrap_or(u32::MAX);
    Evidence {
        met: count(rate.met()),
        of: count(rate.of()),
        interval: rate.told_interval().map(|interval| (interval.low, interval.high)),
        low_ratings: None,
        agreement,
        agreement_units: count(units),
        calls,
    }
}

fn rate(judgements: &[Judgement]) -> Rate {
    let met = judgements.iter().filter(|judgement| judgement.is_met).count();
    Rate::new(met as u64, judgements.len() as u64)
}

/// Whether practically everyone met it in the past year, and that over most of the year.
fn is_ordinary(judgements: &[Judgement], today: NaiveDate) -> bool {
    let since = year_before(today);
    let year: Vec<Judgement> =
        judgements.iter().filter(|judgement| judgement.record.moment.date > since).copied().collect();
    let quarter = |day: NaiveDate| (day - since).num_days().max(0) * 4 / 366;
    let quarters: BTreeSet<i64> = year.iter().map(|judgement| quarter(judgement.record.moment.date)).collect();
    quarters.len() >= 3 && rate(&year).interval().is_some_and(|interval| interval.low >= ORDINARY)
}
