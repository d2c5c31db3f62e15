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
    /// Ids of the standards that surely reach what they demand most often: by the lower end of the interval of their units met,
    /// best first. One that mostly fails, or whose passes fall short of the share that it demands, is never best.
    pub best: Vec<String>,
    /// Ids of the standards that surely reach it least often: by the upper end of that interval, worst first.
    pub worst: Vec<String>,
}

impl Analysis {
    /// What stands out under a head. Only standards with 5 units or more can; none is both.
    pub(super) fn of<'a>(aspect: Aspect, standards: impl Iterator<Item = &'a StandardFigures>) -> Self {
        let mut known: Vec<(&StandardFigures, Interval)> = standards
            .filter_map(|standard| standard.units().told_interval().map(|interval| (standard, interval)))
            .collect();
        let ids = |known: &[(&StandardFigures, Interval)]| -> Vec<String> {
            let mut ids: Vec<String> = Vec::new();
            for (standard, _) in known {
                if ids.len() < NAMED && !ids.contains(&standard.id) {
                    ids.push(standard.id.clone());
                }
            }
            ids
        };
        // Of equals the order must not depend on where they stand in today's book.
        known.sort_by(|a, b| a.1.high.total_cmp(&b.1.high).then_with(|| a.0.stamp.cmp(&b.0.stamp)));
        let failed: Vec<_> = known
            .iter()
            .filter(|(standard, _)| standard.met < standard.judged || standard.falls_short())
            .copied()
            .collect();
        let worst = ids(&failed);
        known.sort_by(|a, b| b.1.low.total_cmp(&a.1.low).then_with(|| a.0.stamp.cmp(&b.0.stamp)));
        known.retain(|(standard, _)| {
            !worst.contains(&standard.id) && standard.met * 2 > standard.judged && !standard.falls_short()
        });
        Analysis { aspect, best: ids(&known), worst }
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
            standard("nearly", (88, 100), (5, 8), 0.9),
            standard("enough", (80, 100), (8, 8), 0.7),
            standard("few", (100, 100), (4, 4), 1.0),
        ];
        let found = Analysis::of(Aspect::Performance, standards.iter());
        assert_eq!(found.best, ["enough"], "88 % of a demanded 90 % is failing, and four units are too few");
        assert_eq!(found.worst, ["nearly"]);
    }
}
