//! What the figures of a review recommend, the most pressing first.

use std::collections::{BTreeSet, HashSet};

use chrono::NaiveDate;

use super::actions::OpenAction;
use super::model::{Call, Review, ReviewEntry};
use crate::audit::{ActionState, Audits, unanswered};
use crate::book::vocabulary::words;
use crate::method::Standards;

/// At most so many; who reads more has read none.
const MOST: usize = 15;

words! {
    /// What is recommended.
    Advice {
        /// Act on a critical failure that nobody does anything about.
        Critical = "critical",
        /// Do what is late.
        Overdue = "overdue",
        /// Do something else about what was done and did not help, and is not met to this day.
        WithoutEffect = "without-effect",
        /// Look into what fewer than half met.
        FailedByMost = "failed-by-most",
        /// Say more clearly what auditors judge differently.
        ReadDifferently = "read-differently",
        /// Move down what practically everyone met for a year.
        Ordinary = "ordinary",
        /// Look into a phase that customers complain of more than of the rest.
        Complaints = "complaints",
    }
}

/// What a recommendation is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum About {
    /// The standard of that id.
    Standard(String),
    /// A phase, by its sequence and its place in it; none where the book no longer has it.
    Phase(Option<(usize, usize)>),
}

/// One recommendation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recommended {
    /// What to do.
    pub advice: Advice,
    /// About what.
    pub about: About,
}

/// Critical failures that nobody does anything about, actions that are late, without effect or came back, then what the evidence
/// calls for, worst first. `actions` are those open on `today`.
pub fn recommend(
    audits: &Audits,
    standards: &Standards,
    actions: &[OpenAction<'_>],
    review: &Review,
    today: NaiveDate,
) -> Vec<Recommended> {
    let mut all = Vec::new();
    let of = |advice: Advice, id: &str| Recommended { advice, about: About::Standard(id.to_owned()) };
    let mut named = HashSet::new();
    let idle = unanswered(audits, standards, today, today).into_iter().map(|(_, item)| audits.id(item));
    all.extend(idle.filter(|id| named.insert(*id)).map(|id| of(Advice::Critical, id)));
    let mut open = |is: &dyn Fn(&OpenAction<'_>) -> bool, advice: Advice| {
        let mut named = HashSet::new();
        let such = actions.iter().filter(|action| is(action)).map(|action| action.standard);
        all.extend(such.filter(|id| named.insert(*id)).map(|id| of(advice, id)));
    };
    open(&|action| action.is_overdue(), Advice::Overdue);
    // What was found met since was mended by something, if not by what was done first.
    let failed = |action: &OpenAction<'_>| {
        !action.met_since && (action.state == ActionState::WithoutEffect || action.came_back.is_some())
    };
    open(&failed, Advice::WithoutEffect);
    let calls = [
        (Call::FailedByMost, Advice::FailedByMost),
        (Call::ReadDifferently, Advice::ReadDifferently),
        (Call::Ordinary, Advice::Ordinary),
    ];
    for (call, advice) in calls {
        let mut called: Vec<&ReviewEntry> = review.entries.iter().filter(|entry| entry.calls_for(call)).collect();
        called.sort_by_key(|entry| {
            entry
                .evidence
                .as_ref()
                .map_or((0, 0), |frozen| (u64::from(frozen.met) * 1000 / u64::from(frozen.of.max(1)), frozen.of))
        });
        all.extend(called.into_iter().map(|entry| of(advice, &entry.id)));
    }
    let place = |entry: &ReviewEntry| {
        let standard = entry.standard.and_then(|index| standards.all.get(index));
        standard.map(|standard| (standard.sequence, standard.phase))
    };
    let complained = review.entries.iter().filter(|entry| entry.calls_for(Call::Complaints)).map(place);
    let (gone, phases): (BTreeSet<_>, BTreeSet<_>) = complained.partition(Option::is_none);
    let of_phase = |phase| Recommended { advice: Advice::Complaints, about: About::Phase(phase) };
    all.extend(phases.into_iter().chain(gone).map(of_phase));
    all.truncate(MOST);
    all
}
