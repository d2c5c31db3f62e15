//! The front-office analysis: performance, organisation, professionalism; what is best and what is worst under each head.

use schemars::JsonSchema;
use serde::Serialize;

use super::standard::StandardFigures;
use crate::book::Aspect;
use crate::statistics::Interval;

/// How many are named on each side.
const NAMED: usize = 3;

/// One head of the analysis; its figures stand under `by.aspect`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Analysis {
    /// The head.
    pub aspect: Aspect,
    /// Ids of standards that were met as often as their level asks for, the surest first: by the lower end of the interval of
    /// their units met. A critical one that failed is never among them, nor one whose passes fall short of the share that it
    /// demands.
    pub best: Vec<String>,
    /// Ids of those that were not, the surest first: by the upper end of that interval.
    pub worst: Vec<String>,
}

impl Analysis {
    /// What stands out under a head, of standards with what each is to reach. Only those with 5 units or more can; none is both.
    pub(super) fn of<'a>(
        aspect: Aspect,
        standards: impl Iterator<Item = (&'a StandardFigures, WordingTarget)>,
    ) -> Self {
        let known = standards.filter_map(|(standard, wanted)| {
            let interval = standard.units().told_interval()?;
            Some((standard, interval, wanted.is_reached(standard)))
        });
        let (mut kept, mut failed): (Vec<_>, Vec<_>) = known.partition(|(_, _, is_reached)| *is_reached);
        let ids = |known: &[(&StandardFigures, Interval, bool)]| -> Vec<String> {
            let mut ids: Vec<String> = Vec::new();
            for (standard, ..) in known {
                if ids.len() < NAMED && !ids.contains(&standard.id) {
                    ids.push(standard.id.clone());
                }
            }
            ids
        };
        // Of equals the order must not depend on where they stand in today's book.
        failed.sort_by(|a, b| a.1.high.total_cmp(&b.1.high).then_with(|| a.0.stamp.cmp(&b.0.stamp)));
        let worst = ids(&failed);
        kept.sort_by(|a, b| b.1.low.total_cmp(&a.1.low).then_with(|| a.0.stamp.cmp(&b.0.stamp)));
        kept.retain(|(standard, ..)| !worst.contains(&standard.id));
        Analysis { aspect, best: ids(&kept), worst }
    }
}

/// What a wording of a standard is to reach.
#[derive(Clone, Copy, Debug)]
pub(super) struct WordingTarget {
    /// The head that it counts under.
    pub aspect: Aspect,
    /// The share of units that its level asks for.
    pub share: f64,
    /// Whether it is critical and failed, which no share makes good.
    pub critical_failed: bool,
}

impl WordingTarget {
    fn is_reached(self, standard: &StandardFigures) -> bool {
        let reaches = standard.units().share().is_some_and(|share| share >= self.share - 1e-9);
        reaches && !self.critical_failed && !standard.falls_short()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::figures::Items;

    fn standard(
        id: &str,
        (passed, observations): (u64, u64),
        (met, judged): (u64, u64),
        demand: f64,
    ) -> StandardFigures {
        StandardFigures {
            id: id.to_owned(),
            stamp: Some(id.to_owned()),
            passed,
            observations,
            rate: Some(passed as f64 / observations as f64),
            interval: None,
            met,
            judged,
            disputed: 0,
            items: Items { met, judged },
            demand,
        }
    }

    #[test]
    fn what_falls_short_of_its_demand_is_not_best() {
        let standards = [
            (standard("nearly", (88, 100), (5, 8), 0.9), 0.5, false),
            (standard("enough", (80, 100), (8, 8), 0.7), 1.0, false),
            (standard("few", (100, 100), (4, 4), 1.0), 1.0, false),
        ];
        let found = analysis(&standards);
        assert_eq!(found.best, ["enough"], "88 % of a demanded 90 % is failing, and four units are too few");
        assert_eq!(found.worst, ["nearly"]);
    }

    fn analysis(standards: &[(StandardFigures, f64, bool)]) -> Analysis {
        let wanted = |share, critical_failed| WordingTarget { aspect: Aspect::Performance, share, critical_failed };
        let all = standards.iter().map(|(standard, share, critical)| (standard, wanted(*share, *critical)));
        Analysis::of(Aspect::Performance, all)
    }

    #[test]
    fn best_and_worst_are_told_by_what_the_level_asks_for() {
        let of = |id, met, share, critical| (standard(id, (met, 12), (met, 12), 1.0), share, critical);
        let found = analysis(&[
            of("critical", 11, 0.9, true),
            of("expected", 10, 0.9, false),
            of("exclusive", 10, 0.75, false),
            of("basic", 12, 1.0, false),
        ]);
        assert_eq!(found.best, ["basic", "exclusive"], "what keeps a level away is not best of anything");
        assert_eq!(found.worst, ["expected", "critical"], "and what reaches its level is not worst");
    }
}
