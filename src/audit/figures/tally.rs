//! Counting items, and what the counts say.

use std::collections::BTreeSet;

use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::Answer;
use crate::book::Level;
use crate::statistics::{Interval, Rate};

/// What items of one kind (a site, a phase, a month) come to.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    met: u64,
    judged: u64,
    not_applicable: u64,
    not_observed: u64,
    weight_met: f64,
    weight_judged: f64,
    /// By level.
    levels: [LevelTally; 3],
    /// Critical standards that failed, as the numbers of their ids.
    critical: BTreeSet<u32>,
}

#[derive(Clone, Copy, Debug, Default)]
struct LevelTally {
    met: u64,
    judged: u64,
    critical_failed: bool,
}

/// One item, as far as it counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Counted {
    /// The number of the standard's id.
    pub standard: u32,
    pub answer: Answer,
    pub weight: f64,
    /// None for a standard that the book no longer knows.
    pub level: Option<Level>,
    pub critical: bool,
}

/// What a group of items scores.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Score {
    /// Weight of what was met, of the weight of what was judged; null where nothing was judged.
    pub score: Option<f64>,
    /// Items met.
    pub met: u64,
    /// Items met or not met.
    pub judged: u64,
    /// Items that could not be asked there.
    pub not_applicable: u64,
    /// Items in scope that nobody saw.
    pub not_observed: u64,
    /// Share of items judged among those that could be; null where there was none.
    pub coverage: Option<f64>,
    /// 95 % interval (Wilson) of the unweighted share of items met; null below 5 judged.
    pub interval: Option<Interval>,
    /// Ids of critical standards that were not met at least once.
    pub critical_failed: Vec<String>,
    /// The highest level for which it and every level below it are met, where that can be asked; else null.
    pub level_reached: Option<Level>,
}

impl Tally {
    pub(super) fn add(&mut self, item: Counted) {
        match item.answer {
            Answer::NotApplicable => self.not_applicable += 1,
            Answer::NotObserved => self.not_observed += 1,
            Answer::Met | Answer::NotMet => self.judge(item, item.answer == Answer::Met),
        }
    }

    /// Adds items in scope without an answer.
    pub(super) fn add_unseen(&mut self, items: u64) {
        self.not_observed += items;
    }

    fn judge(&mut self, item: Counted, met: bool) {
        self.judged += 1;
        self.weight_judged += item.weight;
        if met {
            self.met += 1;
            self.weight_met += item.weight;
        } else if item.critical {
            self.critical.insert(item.standard);
        }
        if let Some(level) = item.level {
            let level = &mut self.levels[level as usize];
            level.judged += 1;
            level.met += u64::from(met);
            level.critical_failed |= item.critical && !met;
        }
    }

    /// Adds what another has counted.
    pub(super) fn merge(&mut self, other: &Tally) {
        self.met += other.met;
        self.judged += other.judged;
        self.not_applicable += other.not_applicable;
        self.not_observed += other.not_observed;
        self.weight_met += other.weight_met;
        self.weight_judged += other.weight_judged;
        for (level, other) in self.levels.iter_mut().zip(&other.levels) {
            level.met += other.met;
            level.judged += other.judged;
            level.critical_failed |= other.critical_failed;
        }
        self.critical.extend(&other.critical);
    }

    pub(super) fn is_empty(&self) -> bool {
        self.judged + self.not_applicable + self.not_observed == 0
    }

    pub(super) fn rate(&self) -> Rate {
        Rate::new(self.met, self.judged)
    }

    /// The highest level that is reached, by the share of items that each level asks for. Levels without judged items
    /// neither count nor block.
    fn level_reached(&self, shares: [f64; 3]) -> Option<Level> {
        let mut reached = None;
        for ((level, tally), share) in Level::ALL.iter().zip(&self.levels).zip(shares) {
            let Some(met) = Rate::new(tally.met, tally.judged).share() else { continue };
            // 90 % written as 0.9 must not be missed by the last digit of a division.
            if tally.critical_failed || met < share - 1e-9 {
                break;
            }
            reached = Some(*level);
        }
        reached
    }

    /// What it comes to. `shares` is the manifest's, where a level can be reached by what was counted here.
    pub(super) fn score(&self, ids: &[String], shares: Option<[f64; 3]>) -> Score {
        let could_be_judged = self.judged + self.not_observed;
        // Standards of no weight alone are judged and yet score nothing.
        let weighted = self.weight_judged > 0.0;
        Score {
            score: weighted.then(|| (self.weight_met / self.weight_judged).clamp(0.0, 1.0)),
            met: self.met,
            judged: self.judged,
            not_applicable: self.not_applicable,
            not_observed: self.not_observed,
            coverage: Rate::new(self.judged, could_be_judged).share(),
            interval: self.rate().told_interval(),
            critical_failed: self.critical.iter().filter_map(|number| ids.get(*number as usize).cloned()).collect(),
            level_reached: shares.and_then(|shares| self.level_reached(shares)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn item(answer: Answer, level: Level) -> Counted {
        Counted { standard: 0, answer, weight: 1.0, level: Some(level), critical: false }
    }

    fn tally(items: impl IntoIterator<Item = Counted>) -> Tally {
        let mut tally = Tally::default();
        items.into_iter().for_each(|item| tally.add(item));
        tally
    }

    fn many(met: usize, failed: usize, level: Level) -> impl Iterator<Item = Counted> {
        let of = move |answer, times| std::iter::repeat_n(item(answer, level), times);
        of(Answer::Met, met).chain(of(Answer::NotMet, failed))
    }

    const SHARES: Option<[f64; 3]> = Some([1.0, 0.9, 0.75]);

    #[test]
    fn what_was_not_judged_leaves_the_score_and_lowers_coverage() {
        let not_judged = [Answer::NotApplicable, Answer::NotApplicable, Answer::NotObserved]
            .map(|answer| item(answer, Level::Basic));
        let score = tally(many(18, 3, Level::Basic).chain(not_judged)).score(&[], SHARES);
        assert_eq!((score.met, score.judged, score.not_applicable, score.not_observed), (18, 21, 2, 1));
        assert_eq!(score.score, Some(18.0 / 21.0));
        assert_eq!(score.coverage, Some(21.0 / 22.0));
    }

    #[test]
    fn nothing_judged_scores_nothing() {
        let score = tally([item(Answer::NotApplicable, Level::Basic)]).score(&[], SHARES);
        assert_eq!((score.score, score.coverage, score.interval, score.level_reached), (None, None, None, None));
        let score = tally([item(Answer::NotObserved, Level::Basic)]).score(&[], SHARES);
        assert_eq!((score.score, score.coverage), (None, Some(0.0)));
    }

    #[test]
    fn weights_move_the_score_and_not_the_interval() {
        let heavy = Counted { weight: 3.0, ..item(Answer::NotMet, Level::Basic) };
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
        let failed = Counted { standard: 1, critical: true, ..item(Answer::NotMet, Level::Expected) };
        let items = many(10, 0, Level::Basic).chain(many(99, 0, Level::Expected)).chain([failed, failed]);
        let score = tally(items).score(&["a".to_owned(), "b".to_owned()], SHARES);
        assert_eq!(score.critical_failed, ["b"]);
        assert_eq!(score.level_reached, Some(Level::Basic), "99 % is no excuse");
    }
}
