//! The front-office analysis: performance, organisation, professionalism; what is best and what is worst under each head.

use schemars::JsonSchema;
use serde::Serialize;

use super::standard::StandardFigures;
use crate::book::Aspect;

/// How many are named on each side.
const NAMED: usize = 3;

/// One head of the analysis; its figures stand under `by.aspect`.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Analysis {
    /// The head.
    pub aspect: Aspect,
    /// Ids of the standards that are surely kept best: by the lower end of their interval, best first.
    pub best: Vec<String>,
    /// Ids of the standards that are surely kept worst: by the upper end of their interval, worst first.
    pub worst: Vec<String>,
}

impl Analysis {
    /// What stands out under a head. Only standards with 5 observations or more can; none is both.
    pub(super) fn of<'a>(aspect: Aspect, standards: impl Iterator<Item = &'a StandardFigures>) -> Self {
        let mut known: Vec<(&StandardFigures, f64, f64)> = standards
            .filter_map(|standard| standard.interval.map(|interval| (standard, interval.low, interval.high)))
            .collect();
        let ids = |known: &[(&StandardFigures, f64, f64)]| -> Vec<String> {
            known.iter().take(NAMED).map(|(standard, ..)| standard.id.clone()).collect()
        };
        // Of equals the order must not depend on where they stand in today's book.
        known.sort_by(|a, b| a.2.total_cmp(&b.2).then_with(|| a.0.stamp.cmp(&b.0.stamp)));
        let failed: Vec<_> =
            known.iter().filter(|(standard, ..)| standard.passed < standard.observations).copied().collect();
        let worst = ids(&failed);
        known.sort_by(|a, b| b.1.total_cmp(&a.1).then_with(|| a.0.stamp.cmp(&b.0.stamp)));
        known.retain(|(standard, ..)| !worst.contains(&standard.id) && standard.passed > 0);
        Analysis { aspect, best: ids(&known), worst }
    }
}
