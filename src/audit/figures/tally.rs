//! Counting units, and what the counts say.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::Verdict;
use crate::book::Level;
use crate::statistics::{Clusters, Interval, Rate};

/// What units of one kind (of a site, a phase, a month) come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    met: u64,
    judged: u64,
    disputed: u64,
    not_applicable: u64,
    not_observed: u64,
    items: Rate,
    observed: Rate,
    /// In millionths, so that no order of adding changes the sum.
    weight_met: u128,
    weight_judged: u128,
    /// By level.
    levels: [LevelTally; 3],
    /// Critical standards that failed, as the numbers of their ids.
    critical: BTreeSet<u32>,
    /// Visits in which something was judged.
    visits: u64,
    /// In how many of them each level was reached.
    reached_in: [u64; 3],
    /// Units met out of units judged, visit by visit.
    by_visit: Clusters,
    /// The visit that is being counted.
    of_visit: Option<OfVisit>,
}

/// What was judged in one visit.
#[derive(Clone, Copy, Debug, Default)]
struct OfVisit {
    levels: [LevelTally; 3],
    units: Rate,
}

#[derive(Clone, Copy, Debug, Default)]
struct LevelTally {
    met: u64,
    judged: u64,
    critical_failed: bool,
}

/// One unit, as far as it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// The number of the standard's id.
    pub standard: u32,
    pub verdict: Verdict,
    pub items: Rate,
    pub observed: Rate,
    pub weight: f64,
    /// None for a standard that the book no longer knows.
    pub level: Option<Level>,
    pub critical: bool,
}

/// What a group of units scores. A unit is one standard in one visit, whoever judged it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Score {
    /// Weight of what was met, of the weight of what was judged; null where nothing was judged.
    pub score: Option<f64>,
    /// Units met.
    pub met: u64,
    /// Units met or not met.
    pub judged: u64,
    /// Units that could not be asked there.
    pub not_applicable: u64,
    /// Units in scope that nobody saw.
    pub not_observed: u64,
    /// Units of which as many auditors say met as not met.
    pub disputed: u64,
    /// The same by items: an item is one standard in one record.
    pub items: Items,
    /// Passes, of all observations of what was judged or is disputed.
    pub passed: u64,
    /// Those observations.
    pub observations: u64,
    /// Visits in which something was judged.
    pub visits: u64,
    /// In how many of them each level was reached; null where no level can be.
    pub reached_in: Option<ReachedIn>,
    /// Share of units judged among those that could be; null where there was none.
    pub coverage: Option<f64>,
    /// 95 % interval (Wilson) of the unweighted share of units met; null below 5 judged.
    pub interval: Option<Interval>,
    /// Ids of critical standards that were not met at least once.
    pub critical_failed: Vec<String>,
    /// The highest level for which it and every level below it are met, where that can be asked; else null.
    pub level_reached: Option<Level>,
    /// Units judged of that level; 0 where none is reached.
    #[serde(skip)]
    pub level_judged: u64,
}

/// Items met, of items judged.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Items {
    /// Items met.
    pub met: u64,
    /// Items judged.
    pub judged: u64,
}

/// For each level, in how many visits it was reached.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct ReachedIn {
    /// Visits that reached the basic level.
    pub basic: u64,
    /// Visits that reached the expected level.
    pub expected: u64,
    /// Visits that reached the exclusive level.
    pub exclusive: u64,
}

impl From<Rate> for Items {
    fn from(rate: Rate) -> Self {
        Items { met: rate.met(), judged: rate.of() }
    }
}

impl ReachedIn {
    /// Visits that reached a level.
    pub fn of(self, level: Level) -> u64 {
        match level {
            Level::Basic => self.basic,
            Level::Expected => self.expected,
            Level::Exclusive => self.exclusive,
        }
    }
}

/// The highest level that is reached, by the share of units that each level asks for. Levels without judged units neither
/// count nor block.
fn level_reached(levels: &[LevelTally; 3], shares: [f64; 3]) -> Option<Level> {
    let mut reached = None;
    for ((level, tally), share) in Level::ALL.iter().zip(levels).zip(shares) {
        let Some(met) = Rate::new(tally.met, tally.judged).share() else { continue };
        // 90 % written as 0.9 must not be missed by the last digit of a division.
        if tally.critical_failed || met < share - 1e-9 {
            break;
        }
        reached = Some(*level);
    }
    reached
}

impl LevelTally {
    fn judge(&mut self, met: bool, critical: bool) {
        self.judged += 1;
        self.met += u64::from(met);
        self.critical_failed |= critical && !met;
    }
}

impl Tally {
    /// Adds a unit of the visit that is being counted; whether it is the first of that visit.
    pub(super) fn add(&mut self, unit: Counted) -> bool {
        let is_first = self.of_visit.is_none();
        let of_visit = self.of_visit.get_or_insert_default();
        self.items = self.items + unit.items;
        self.observed = self.observed + unit.observed;
        let is_met = match unit.verdict {
            Verdict::NotApplicable => {
                self.not_applicable += 1;
                return is_first;
            }
            Verdict::NotObserved => {
                self.not_observed += 1;
                return is_first;
            }
            Verdict::Disputed => {
                self.disputed += 1;
                return is_first;
            }
            Verdict::Met => true,
            Verdict::NotMet => false,
        };
        // Rounded by hand: there is no instruction for it on every processor that this is built for, and there are millions of units.
        let weight = u128::from((unit.weight.max(0.0) * 1e6 + 0.5) as u64);
        self.judged += 1;
        self.weight_judged += weight;
        if is_met {
            self.met += 1;
            self.weight_met += weight;
        } else if unit.critical {
            self.critical.insert(unit.standard);
        }
        if let Some(level) = unit.level {
            self.levels[level as usize].judge(is_met, unit.critical);
            of_visit.levels[level as usize].judge(is_met, unit.critical);
        }
        of_visit.units = of_visit.units + Rate::new(u64::from(is_met), 1);
        is_first
    }

    /// Adds units in scope without an answer.
    pub(super) fn add_unseen(&mut self, units: u64) {
        self.not_observed += units;
    }

    /// Ends the visit that was being counted. `shares` are those at which levels are reached.
    pub(super) fn close(&mut self, shares: [f64; 3]) {
        let Some(of_visit) = self.of_visit.take() else { return };
        let reached = level_reached(&of_visit.levels, shares);
        self.visits += u64::from(of_visit.units.of() > 0);
        self.by_visit.add(of_visit.units);
        for (level, visits) in Level::ALL.iter().zip(&mut self.reached_in) {
            *visits += u64::from(reached.is_some_and(|reached| reached >= *level));
        }
    }

    /// Adds what another has counted.
    pub(super) fn merge(&mut self, other: &Tally) {
        self.met += other.met;
        self.judged += other.judged;
        self.disputed += other.disputed;
        self.not_applicable += other.not_applicable;
        self.not_observed += other.not_observed;
        self.items = self.items + other.items;
        self.observed = self.observed + other.observed;
        self.weight_met += other.weight_met;
        self.weight_judged += other.weight_judged;
        self.visits += other.visits;
        self.by_visit = self.by_visit + other.by_visit;
        self.reached_in.iter_mut().zip(other.reached_in).for_each(|(visits, more)| *visits += more);
        for (level, other) in self.levels.iter_mut().zip(&other.levels) {
            level.met += other.met;
            level.judged += other.judged;
            level.critical_failed |= other.critical_failed;
        }
        self.critical.extend(&other.critical);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.judged + self.disputed + self.not_applicable + self.not_observed == 0
    }

    /// Units met out of units judged.
    pub(super) fn rate(&self) -> Rate {
        Rate::new(self.met, self.judged)
    }

    /// Passes out of observations.
    pub(super) fn observed(&self) -> Rate {
        self.observed
    }

    /// Units met out of units judged, visit by visit.
    pub(super) fn by_visit(&self) -> Clusters {
        self.by_visit
    }

    /// Visits in which something was judged.
    pub(super) fn visits(&self) -> u64 {
        self.visits
    }

    /// The lowest level with judged units that is not reached: its units met and judged.
    pub(super) fn level_missed(&self, shares: [f64; 3]) -> Option<(Level, Rate)> {
        let reached = level_reached(&self.levels, shares);
        let above =
            Level::ALL.iter().zip(&self.levels).filter(|(level, _)| reached.is_none_or(|reached| **level > reached));
        above.map(|(level, tally)| (*level, Rate::new(tally.met, tally.judged))).find(|(_, rate)| rate.of() > 0)
    }

    /// What it comes to. `shares` is the manifest's, where a level can be reached by what was counted here.
    pub(super) fn score(&self, ids: &[String], shares: Option<[f64; 3]>) -> Score {
        let could_be_judged = self.judged + self.not_observed;
        // Standards of no weight alone are judged and yet score nothing.
        let weighted = self.weight_judged > 0;
        let [basic, expected, exclusive] = self.reached_in;
        let level_reached = shares.and_then(|shares| level_reached(&self.levels, shares));
        Score {
            score: weighted.then(|| self.weight_met as f64 / self.weight_judged as f64),
            met: self.met,
            judged: self.judged,
            not_applicable: self.not_applicable,
            not_observed: self.not_observed,
            disputed: self.disputed,
            items: self.items.into(),
            passed: self.observed.met(),
            observations: self.observed.of(),
            visits: self.visits,
            reached_in: shares.map(|_| ReachedIn { basic, expected, exclusive }),
            coverage: Rate::new(self.judged, could_be_judged).share(),
            interval: self.rate().told_interval(),
            critical_failed: self.critical.iter().filter_map(|number| ids.get(*number as usize).cloned()).collect(),
            level_reached,
            level_judged: level_reached.map_or(0, |level| self.levels[level as usize].judged),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unit(verdict: Verdict, level: Level) -> Counted {
        let (items, observed) = (Rate::default(), Rate::default());
        Counted { standard: 0, verdict, items, observed, weight: 1.0, level: Some(level), critical: false }
    }

    fn tally(units: impl IntoIterator<Item = Counted>) -> Tally {
        let mut tally = Tally::default();
        units.into_iter().for_each(|unit| _ = tally.add(unit));
        tally.close([1.0, 0.9, 0.75]);
        tally
    }

    fn many(met: usize, failed: usize, level: Level) -> impl Iterator<Item = Counted> {
        let of = move |answer, times| std::iter::repeat_n(unit(answer, level), times);
        of(Verdict::Met, met).chain(of(Verdict::NotMet, failed))
    }

    const SHARES: Option<[f64; 3]> = Some([1.0, 0.9, 0.75]);

    #[test]
    fn what_was_not_judged_leaves_the_score_and_lowers_coverage() {
        let not_judged = [Verdict::NotApplicable, Verdict::NotApplicable, Verdict::NotObserved]
            .map(|answer| unit(answer, Level::Basic));
        let score = tally(many(18, 3, Level::Basic).chain(not_judged)).score(&[], SHARES);
        assert_eq!((score.met, score.judged, score.not_applicable, score.not_observed), (18, 21, 2, 1));
        assert_eq!(score.score, Some(18.0 / 21.0));
        assert_eq!(score.coverage, Some(21.0 / 22.0));
    }

    #[test]
    fn what_is_disputed_is_counted_and_leaves_the_denominator() {
        let score = tally(many(5, 1, Level::Basic).chain([unit(Verdict::Disputed, Level::Basic)])).score(&[], SHARES);
        assert_eq!((score.met, score.judged, score.disputed, score.coverage), (5, 6, 1, Some(1.0)));
        let alone = tally([unit(Verdict::Disputed, Level::Basic)]);
        let score = alone.score(&[], SHARES);
        assert!(!alone.is_empty());
        assert_eq!((score.score, score.judged, score.visits, score.level_reached), (None, 0, 0, None));
    }

    #[test]
    fn a_level_is_told_for_each_visit() {
        let mut sum = Tally::default();
        for visit in [
            tally(many(10, 0, Level::Basic).chain(many(9, 1, Level::Expected))),
            tally(many(4, 1, Level::Basic).chain(many(5, 0, Level::Expected))),
            tally(many(3, 0, Level::Basic)),
            tally([unit(Verdict::NotObserved, Level::Basic)]),
        ] {
            sum.merge(&visit);
        }
        let score = sum.score(&[], SHARES);
        assert_eq!(score.reached_in, Some(ReachedIn { basic: 2, expected: 1, exclusive: 0 }));
        assert_eq!((score.visits, score.level_reached), (3, None), "17 of 18 over the whole time are not all");
        assert_eq!(sum.level_missed([1.0, 0.9, 0.75]), Some((Level::Basic, Rate::new(17, 18))));
    }

    #[test]
    fn nothing_judged_scores_nothing() {
        let score = tally([unit(Verdict::NotApplicable, Level::Basic)]).score(&[], SHARES);
        assert_eq!((score.score, score.coverage, score.interval, score.level_reached), (None, None, None, None));
        let score = tally([unit(Verdict::NotObserved, Level::Basic)]).score(&[], SHARES);
        assert_eq!((score.score, score.coverage), (None, Some(0.0)));
    }

    #[test]
    fn weights_move_the_score_and_not_the_interval() {
        let heavy = Counted { weight: 3.0, ..unit(Verdict::NotMet, Level::Basic) };
        let score = tally(many(9, 0, Level::Basic).chain([heavy])).score(&[], SHARES);
        assert_eq!((score.score, score.met, score.judged), (Some(0.75), 9, 10));
        assert_eq!(score.interval, Rate::new(9, 10).interval());
    }

    #[test]
    fn four_judged_have_a_figure_and_no_interval() {
        let score = tally(many(3, 1, Level::Basic)).score(&[], SHARES);
        assert_eq!((score.score, score.interval), (Some(0.75), None));
        assert!(tally(many(3, 2, Level::Basic)).score(&[], SHARES).interval.is_some());
    }

    #[test]
    fn no_level_is_reached_over_a_broken_one() {
        let reached = |items: Vec<Counted>| tally(items).score(&[], SHARES).level_reached;
        let join = |basic: (usize, usize), expected: (usize, usize), exclusive: (usize, usize)| {
            let of = |(met, failed), level| many(met, failed, level);
            let lower = of(basic, Level::Basic).chain(of(expected, Level::Expected));
            lower.chain(of(exclusive, Level::Exclusive)).collect::<Vec<_>>()
        };
        assert_eq!(reached(join((10, 0), (9, 1), (3, 1))), Some(Level::Exclusive));
        assert_eq!(reached(join((10, 0), (9, 1), (2, 1))), Some(Level::Expected));
        assert_eq!(reached(join((10, 0), (8, 2), (4, 0))), Some(Level::Basic));
        assert_eq!(reached(join((9, 1), (10, 0), (4, 0))), None);
        // Not looked at is no obstacle, and no achievement.
        assert_eq!(reached(join((10, 0), (0, 0), (3, 0))), Some(Level::Exclusive));
        assert_eq!(reached(join((0, 0), (10, 0), (0, 0))), Some(Level::Expected));
    }

    #[test]
    fn a_critical_failure_fails_its_level_and_is_named() {
        let failed = Counted { standard: 1, critical: true, ..unit(Verdict::NotMet, Level::Expected) };
        let items = many(10, 0, Level::Basic).chain(many(99, 0, Level::Expected)).chain([failed, failed]);
        let score = tally(items).score(&["a".to_owned(), "b".to_owned()], SHARES);
        assert_eq!(score.critical_failed, ["b"]);
        assert_eq!(score.level_reached, Some(Level::Basic), "99 % is no excuse");
    }
}
