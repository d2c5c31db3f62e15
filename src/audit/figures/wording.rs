//! What is counted of one wording of a standard.

use super::gather::Month;
use crate::audit::WHOLE;
use crate::book::{Aspect, Level};
use crate::statistics::Rate;

/// One wording of one standard over all visits.
#[derive(Clone, Debug)]
pub(super) struct WordingTally {
    /// Its number among all wordings.
    pub number: u32,
    /// Number of an earlier stamp; none for today's.
    pub former: Option<u32>,
    /// How it stood when it was last judged.
    pub last: Option<Stood>,
    /// Whether it is critical and failed.
    pub critical_failed: bool,
    /// The share of observations that it asks for, in millionths.
    pub demand: u32,
    /// Passes out of observations.
    pub observed: Rate,
    /// Units met out of units judged.
    pub units: Rate,
    /// Units that are disputed.
    pub disputed: u64,
    /// Items met out of items judged.
    pub items: Rate,
    /// Month by month, in the order of time.
    pub months: Vec<OfMonth>,
    /// Units met out of units judged in the period before.
    pub before: Rate,
}

/// How a standard stood when it was judged.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stood {
    pub aspect: Aspect,
    pub level: Level,
}

/// One wording in one month.
#[derive(Clone, Copy, Debug)]
pub(super) struct OfMonth {
    pub month: Month,
    /// Passes out of observations.
    pub observed: Rate,
    /// Units met out of units judged.
    pub units: Rate,
}

/// The tally of a wording.
pub(super) fn wording<'a>(
    wordings: &'a mut Vec<WordingTally>,
    former: Option<u32>,
    count: &mut u32,
) -> &'a mut WordingTally {
    let place = wordings.iter().position(|wording| wording.former == former).unwrap_or_else(|| {
        wordings.push(WordingTally::of(*count, former));
        *count += 1;
        wordings.len() - 1
    });
    &mut wordings[place]
}

impl WordingTally {
    fn of(number: u32, former: Option<u32>) -> Self {
        let (observed, units, items, before) = Default::default();
        let (last, critical_failed, demand, disputed, months) = (None, false, WHOLE, 0, Vec::new());
        WordingTally { number, former, last, critical_failed, demand, observed, units, disputed, items, months, before }
    }
}
