//! The steps of a phase, to be put in order.

use super::shuffle::shuffled;
use crate::book::{Feature, Step};
use crate::document::prose::Prose;
use crate::document::readers::Readers;
use crate::document::scope::{Scope, ShownPhase};
use crate::statistics::seed_of;

/// Most steps to put in order.
const MOST_STEPS: usize = 6;

/// Steps in their right order, and the order in which they are shown.
pub(in crate::document) struct Order {
    /// What each is called, first to last.
    pub steps: Vec<Prose>,
    /// The steps by number, as they are shown.
    pub shown: Vec<usize>,
}

/// The steps that follow each other at the site, where there are at least three and no two are called the same. What comes at
/// any time has no place in the order, and a threat has none even where nobody said so. A role is asked about its own steps.
pub(in crate::document) fn order_of_steps(scope: &Scope<'_>, part: &ShownPhase<'_>) -> Option<Order> {
    let is_planned = |step: &Step| !step.any_time && !step.has.contains(&Feature::Threat);
    let readers = Readers::of(scope);
    let applies = |step: &&Step| scope.holds(&step.when) && is_planned(step) && readers.meet(scope, step);
    let steps = part.phase.steps.iter().filter(applies);
    let steps: Vec<Prose> = steps.filter_map(|step| Some(scope.prose(step.label()?))).take(MOST_STEPS).collect();
    let distinct = steps.iter().enumerate().all(|(index, step)| !steps[..index].contains(step));
    let shown = shuffled(steps.len(), seed_of(&part.phase.id.name));
    (steps.len() >= 3 && distinct).then_some(Order { steps, shown })
}
