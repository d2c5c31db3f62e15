//! What was in scope and has no answer: it counts as not observed.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::gather::Context;
use crate::audit::NO_ROW;

/// The scopes of all records.
#[derive(Default)]
pub(super) struct Scopes<'a> {
    all: Vec<SharedScope<'a>>,
    numbers: HashMap<(*const [u32], &'a Option<String>), usize>,
}

/// Records of one site that look at the same standards. What their visits leave unanswered is counted by standard at the
/// end, so that a round of two hundred answers in a book of ten thousand standards costs two hundred steps.
struct SharedScope<'a> {
    /// The rows of its standards.
    rows: &'a [u32],
    /// The numbers of the standards, in ascending order, each with its place in `rows`.
    places: Vec<(u32, usize)>,
    /// One of its records, which stands for all of them.
    record: usize,
    /// By place in `rows`: whether the filter picks it.
    is_picked: Vec<bool>,
    /// How many it picks.
    picked: u64,
    /// Visits that count.
    visits: u64,
    /// By place in `rows`: in how many of those visits it has an answer.
    answered: Vec<u64>,
}

/// What a visit leaves unanswered.
pub(super) enum Unseen {
    /// All of its records look at the same: the number of that scope, and how many it leaves unanswered.
    Shared(usize, u64),
    /// They look at different things: row and record of each unanswered one.
    Scattered(Vec<(u32, usize)>),
}

impl Unseen {
    pub(super) fn count(&self) -> u64 {
        match self {
            Unseen::Shared(_, units) => *units,
            Unseen::Scattered(rows) => rows.len() as u64,
        }
    }
}

impl SharedScope<'_> {
    /// The place in `rows` of the standard of that number.
    fn place(&self, standard: u32) -> Option<usize> {
        let found = self.places.binary_search_by_key(&standard, |(number, _)| *number).ok()?;
        self.places.get(found).map(|(_, place)| *place)
    }

    /// Its places whose standards are among those that were answered.
    fn answered<'s>(&'s self, answered: &'s [u32]) -> impl Iterator<Item = usize> + 's {
        answered.iter().filter_map(|standard| self.place(*standard))
    }
}

impl<'a> Scopes<'a> {
    /// What the filter picks and some records of a visit leave unanswered; `answered` are the numbers of the standards that
    /// they answer, each once, whether the filter picks the wording that was judged or not.
    pub(super) fn unseen(&mut self, context: &Context<'a>, records: &[usize], answered: &[u32]) -> Unseen {
        let mut scopes: Vec<(usize, usize)> = Vec::with_capacity(records.len());
        for record in records {
            scopes.extend(self.number(context, *record).map(|scope| (scope, *record)));
        }
        match scopes.as_slice() {
            [] => return Unseen::Scattered(Vec::new()),
            [(first, _), others @ ..] if others.iter().all(|(other, _)| other == first) => {
                let scope = &self.all[*first];
                let answered = scope.answered(answered).filter(|place| scope.is_picked[*place]).count() as u64;
                return Unseen::Shared(*first, scope.picked.saturating_sub(answered));
            }
            _ => {}
        }
        // A standard counts as the last record that looked at it has it.
        let mut rows: BTreeMap<u32, (u32, usize)> = BTreeMap::new();
        for (scope, record) in scopes {
            let Some(duties) = context.duties[record] else { continue };
            let scope = &self.all[scope];
            for (standard, place) in scope.places.iter().filter(|(_, place)| context.picks(scope.rows[*place], duties))
            {
                rows.insert(*standard, (scope.rows[*place], record));
            }
        }
        answered.iter().for_each(|standard| _ = rows.remove(standard));
        Unseen::Scattered(rows.into_values().collect())
    }

    /// Leaves what a visit left unanswered to be counted at the end; gives back what has to be counted now.
    pub(super) fn leave(&mut self, unseen: Unseen, answered: &[u32]) -> Option<Vec<(u32, usize)>> {
        match unseen {
            Unseen::Scattered(rows) => Some(rows),
            Unseen::Shared(number, _) => {
                let scope = self.all.get_mut(number)?;
                scope.visits += 1;
                let places: Vec<usize> = scope.answered(answered).collect();
                places.into_iter().for_each(|place| scope.answered[place] += 1);
                None
            }
        }
    }

    /// What was left unanswered: the row, a record that stands for those that left it, and in how many visits.
    pub(super) fn left(&self, context: &Context<'a>) -> Vec<(u32, usize, u64)> {
        let mut left = Vec::new();
        for scope in &self.all {
            let Some(duties) = context.duties[scope.record] else { continue };
            let rows = scope.rows.iter().zip(&scope.answered);
            let rows = rows.map(|(row, answered)| (*row, scope.record, scope.visits.saturating_sub(*answered)));
            left.extend(rows.filter(|(row, _, visits)| *visits > 0 && context.picks(*row, duties)));
        }
        left
    }

    /// Whether anything that a record was to look at is picked.
    pub(super) fn has_part(&mut self, context: &Context<'a>, index: usize) -> bool {
        self.number(context, index).is_some_and(|scope| self.all[scope].picked > 0)
    }

    /// The number of the scope of a record; it is worked out before any record of it is counted.
    fn number(&mut self, context: &Context<'a>, index: usize) -> Option<usize> {
        let record = context.audits.records.get(index)?;
        let key = (Arc::as_ptr(&record.scope), &record.site);
        if let Some(number) = self.numbers.get(&key) {
            return Some(*number);
        }
        let duties = context.duties.get(index).copied().flatten()?;
        let is_picked: Vec<bool> = record.scope.iter().map(|row| context.picks(*row, duties)).collect();
        let picked = is_picked.iter().filter(|is_picked| **is_picked).count() as u64;
        let number =
            |(place, row): (usize, &u32)| (context.audits.numbers.get(*row as usize).copied().unwrap_or(NO_ROW), place);
        let mut places: Vec<(u32, usize)> = record.scope.iter().enumerate().map(number).collect();
        places.sort_unstable();
        let (rows, answered) = (&record.scope, vec![0; record.scope.len()]);
        self.all.push(SharedScope { rows, places, record: index, is_picked, picked, visits: 0, answered });
        self.numbers.insert(key, self.all.len() - 1);
        Some(self.all.len() - 1)
    }
}
