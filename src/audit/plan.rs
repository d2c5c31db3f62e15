//! How many visits each place needs so that its level can be told, and on which days.
//!
//! A visit is one trial: it reaches a level, or it does not. What is asked for is the least number that, with as many failures
//! as were seen, tells the level's share; see [`visits_to_tell`]. A share of all visits can be told by no number of them; there
//! a fault that shows at a given rate is to be seen.

use std::collections::HashMap;

use chrono::{Days, NaiveDate};

use super::Audits;
use super::figures::{RecordSelection, Selection, figures};
use crate::book::{Book, Level, Site};
use crate::edition::{Filter, FilterKey, select};
use crate::message::Message;
use crate::method::Standards;
use crate::say;
use crate::statistics::{Chance, seed_of, visits_to_tell};

/// The days that a plan looks ahead, and what was seen looks back.
const YEAR: u64 = 365;

/// Every so many visits are made by two auditors, so that it can be told whether they see the same.
const TOGETHER: usize = 5;

/// What is asked of a plan.
#[derive(Clone, Copy, Debug)]
pub struct PlanWanted<'a> {
    /// Only this site.
    pub site: Option<&'a str>,
    /// Only these standards.
    pub filter: &'a Filter,
    /// The rate of a fault that is to be seen where a level asks for all visits, from 0 to 1.
    pub detect: f64,
    /// How sure it is to be, from 0 to 1.
    pub certainty: f64,
    /// What the days follow from.
    pub seed: u64,
    /// The day to count from.
    pub today: NaiveDate,
    /// The first day that a visit may be on.
    pub from: NaiveDate,
    /// The shifts to take turns with.
    pub shifts: &'a [String],
    /// Who takes turns.
    pub auditors: &'a [String],
}

/// A plan.
#[derive(Clone, Debug)]
pub struct Plan {
    /// What each place needs, level by level.
    pub places: Vec<PlanPlace>,
    /// The visits, by day and site.
    pub visits: Vec<PlanVisit>,
}

/// What a level of a place needs.
#[derive(Clone, Debug)]
pub struct PlanPlace {
    /// Id of the site; none in a book without sites.
    pub site: Option<String>,
    /// The level.
    pub level: Level,
    /// Visits of the past year that reached it.
    pub met: u64,
    /// Visits of the past year in which it was judged.
    pub judged: u64,
    /// Visits still to be made; none where no number that a year holds would tell.
    pub visits: Option<u64>,
    /// Why so many.
    pub why: Message,
}

/// A visit.
#[derive(Clone, Debug)]
pub struct PlanVisit {
    /// The day.
    pub date: NaiveDate,
    /// Id of the site.
    pub site: Option<String>,
    /// In which shift.
    pub shift: Option<String>,
    /// By whom.
    pub auditors: Vec<String>,
    /// The phase to look at most closely.
    pub phase: Option<String>,
    /// What names it: the same place in the same plan.
    pub round: String,
}

/// Works out a plan.
pub fn plan(book: &Book, standards: &Standards, audits: &Audits, wanted: &PlanWanted<'_>) -> Plan {
    let sites: Vec<Option<&Site>> = match book.sites.as_slice() {
        [] => vec![None],
        all => all.iter().filter(|site| wanted.site.is_none_or(|name| name == site.id.name)).map(Some).collect(),
    };
    let mut plan = Plan { places: Vec::new(), visits: Vec::new() };
    for site in sites {
        let chosen = select(book, standards, site, &wanted.filter.clone().in_force(false));
        let mut needed = 0;
        for level in Level::ALL.iter().copied().filter(|level| *level <= book.target) {
            if !chosen.iter().any(|selected| selected.standard.level == level) {
                continue;
            }
            let place = place(book, standards, audits, wanted, site, level);
            needed = needed.max(place.visits.unwrap_or(0));
            plan.places.push(place);
        }
        let mut phases: Vec<&str> = Vec::new();
        for selected in &chosen {
            let sequence = book.sequences.get(selected.standard.sequence);
            let phase = sequence.and_then(|sequence| sequence.phases.get(selected.standard.phase));
            phases.extend(phase.map(|phase| phase.id.name.as_str()).filter(|name| !phases.contains(name)));
        }
        plan.visits.extend(spread(wanted, site, needed, &phases));
    }
    plan.visits.sort_by(|a, b| (a.date, &a.site, &a.shift).cmp(&(b.date, &b.site, &b.shift)));
    plan
}

fn place(
    book: &Book,
    standards: &Standards,
    audits: &Audits,
    wanted: &PlanWanted<'_>,
    site: Option<&Site>,
    level: Level,
) -> PlanPlace {
    let filter = wanted.filter.clone().with(FilterKey::Level, vec![level.word().to_owned()]);
    let name = site.map(|site| site.id.name.as_str());
    let from = wanted.today.checked_sub_days(Days::new(YEAR));
    let asked = RecordSelection { site: name, filter: &filter, from, to: Some(wanted.today), staff: false };
    let overall = figures(book, standards, audits, &Selection::of(book, standards, audits, asked)).overall;
    let judged = overall.visits;
    let met = overall.reached_in.map_or(0, |reached| reached.of(level)).min(judged);
    let share = book.level_shares.get(level as usize).copied().unwrap_or(1.0);
    // A share of everything can be told by no number.
    let told = if share < 1.0 { share } else { 1.0 - wanted.detect };
    let needed = visits_to_tell(told, wanted.certainty, judged - met);
    let visits = needed.map(|needed| needed.saturating_sub(judged)).filter(|visits| *visits <= YEAR);
    let why = why(share, wanted, needed, (met, judged));
    PlanPlace { site: name.map(str::to_owned), level, met, judged, visits, why }
}

fn why(share: f64, wanted: &PlanWanted<'_>, needed: Option<u64>, (met, judged): (u64, u64)) -> Message {
    let percent = |share: f64| (share * 1000.0).round() / 10.0;
    let (sure, failed) = (percent(wanted.certainty), judged - met);
    let Some(needed) = needed else {
        return say!("too many visits of the past year were below it for any number of visits to tell it");
    };
    match share < 1.0 {
        true => say!(
            "{needed} visits of which {failed} fail tell a share of {share} % with {sure} % certainty; {judged} were made in the past year",
            needed,
            failed,
            share = percent(share),
            sure,
            judged
        ),
        false => say!(
            "no number of visits tells that all are kept; {needed} visits of which {failed} fail show with {sure} % certainty that a fault is rarer than {rate} %; {judged} were made in the past year",
            needed,
            failed,
            sure,
            rate = percent(wanted.detect),
            judged
        ),
    }
}

/// So many visits over a year from the first day on: one in each stretch of it, on a day that follows from the seed.
fn spread(wanted: &PlanWanted<'_>, site: Option<&Site>, needed: u64, phases: &[&str]) -> Vec<PlanVisit> {
    let name = site.map(|site| site.id.name.clone());
    let mut chance = Chance::of(wanted.seed, name.as_deref().unwrap_or_default());
    // Apart, so that the days stay when there is another shift or phase.
    let mut turns = Chance::of(!wanted.seed, name.as_deref().unwrap_or_default());
    let shifts = turns.shuffled(wanted.shifts.len());
    let auditors = turns.shuffled(wanted.auditors.len());
    let phases_in_turn = turns.shuffled(phases.len());
    let turn = |order: &[usize], visit: usize| order.get(visit % order.len().max(1)).copied();
    let mut numbers: HashMap<String, usize> = HashMap::new();
    let visit = |visit: usize| {
        let (first, last) = (YEAR * visit as u64 / needed, YEAR * (visit as u64 + 1) / needed);
        let day = first + chance.below(last - first);
        let date = wanted.from.checked_add_days(Days::new(day)).unwrap_or(wanted.from);
        let shift = turn(&shifts, visit).and_then(|place| wanted.shifts.get(place).cloned());
        let auditor = |visit| turn(&auditors, visit).and_then(|place| wanted.auditors.get(place).cloned());
        let mut auditing: Vec<String> = auditor(visit).into_iter().collect();
        if visit % TOGETHER == TOGETHER - 1 && wanted.auditors.len() > 1 {
            auditing.extend(auditor(visit + 1));
        }
        let phase = turn(&phases_in_turn, visit).and_then(|place| phases.get(place)).map(|phase| (*phase).to_owned());
        let stem = format!("plan-{:08x}", wanted.seed ^ seed_of(name.as_deref().unwrap_or_default()) & 0xffff_ffff);
        let number = numbers.entry(stem.clone()).or_insert(0);
        *number += 1;
        PlanVisit { date, site: name.clone(), shift, auditors: auditing, phase, round: format!("{stem}-{number}") }
    };
    (0..usize::try_from(needed).unwrap_or(0)).map(visit).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn visits_are_spread_and_everything_takes_its_turn() {
        let (shifts, auditors) = (["early", "late"].map(str::to_owned), ["a", "b", "c"].map(str::to_owned));
        let from = NaiveDate::from_ymd_opt(2026, 1, 1).expect("a day");
        let filter = Filter::default();
        let wanted = |seed| PlanWanted {
            site: None,
            filter: &filter,
            detect: 0.2,
            certainty: 0.95,
            seed,
            today: from,
            from,
            shifts: &shifts,
            auditors: &auditors,
        };
        let made = spread(&wanted(1), None, 14, &["p", "q"]);
        assert_eq!(made.len(), 14);
        assert!(made.windows(2).all(|pair| pair[0].date < pair[1].date), "{made:?}");
        let late = made.iter().filter(|visit| visit.shift.as_deref() == Some("late")).count();
        assert_eq!((late, made.iter().filter(|visit| visit.auditors.len() == 2).count()), (7, 2));
        assert_eq!(made.iter().filter(|visit| visit.phase.as_deref() == Some("q")).count(), 7);
        let days = |made: &[PlanVisit]| made.iter().map(|visit| visit.date).collect::<Vec<_>>();
        assert_eq!(days(&spread(&wanted(1), None, 14, &["p"])), days(&made));
        assert_ne!(days(&spread(&wanted(2), None, 14, &["p"])), days(&made));
    }
}
