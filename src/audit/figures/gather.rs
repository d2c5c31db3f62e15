//! The one pass over all records.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::groups::{Duties, GroupKeys};
use super::selection::Selection;
use super::tally::{Counted, Tally};
use crate::audit::{Audits, Item, NO_ROW, Record};
use crate::book::{Aspect, Book, Level, StandardType};
use crate::method::{Standard, Standards};
use crate::statistics::Rate;

/// A month, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(i32);

impl Month {
    fn of(date: NaiveDate) -> Self {
        Month(date.year() * 12 + date.month0() as i32)
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

/// One wording of one standard over all records.
#[derive(Clone, Debug)]
pub(super) struct WordingTally {
    /// Number of an earlier stamp; none for today's.
    pub former: Option<u32>,
    /// The head of a front-office analysis that it was last judged under.
    pub aspect: Option<Aspect>,
    /// Passes out of observations.
    pub observed: Rate,
    /// Items met out of items judged.
    pub items: Rate,
    /// Passes out of observations by month, in the order of time.
    pub months: Vec<(Month, Rate)>,
}

/// What one member of staff was seen doing.
#[derive(Clone, Debug, Default)]
pub(super) struct StaffTally {
    pub tally: Tally,
    pub observed: Rate,
    pub visits: BTreeSet<usize>,
}

/// Everything counted.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub overall: Tally,
    /// What the period before came to; none where the period has no beginning.
    pub before: Option<Tally>,
    pub sites: BTreeMap<String, Tally>,
    pub auditors: BTreeMap<String, Tally>,
    pub months: BTreeMap<Month, Tally>,
    pub years: BTreeMap<i32, Tally>,
    pub areas: Vec<Tally>,
    pub sequences: Vec<Tally>,
    pub phases: Vec<Tally>,
    pub steps: Vec<Tally>,
    pub types: Vec<Tally>,
    pub levels: Vec<Tally>,
    pub traits: Vec<Tally>,
    pub roles: Vec<Tally>,
    pub aspects: Vec<Tally>,
    /// By number of the id.
    pub standards: Vec<Vec<WordingTally>>,
    /// By number of the code.
    pub staff: Vec<StaffTally>,
    /// How many records count.
    pub records: usize,
    /// The numbers of their visits.
    pub visits: BTreeSet<usize>,
    /// Shares at which levels are reached.
    pub level_shares: [f64; 3],
    /// How many of the records name no edition.
    pub without_edition: usize,
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
}

/// Records of one site that look at the same standards. What they leave unanswered is counted by standard at the end, so
/// that a round of two hundred answers in a book of ten thousand standards costs two hundred steps.
struct SharedScope<'a> {
    /// The rows of its standards.
    rows: &'a [u32],
    /// The numbers of the standards, in ascending order, each with its place in `rows`.
    places: Vec<(u32, usize)>,
    duties: &'a Duties,
    /// How many of them the filter picks.
    picked: u64,
    /// Records that count.
    records: u64,
    /// By place in `rows`: in how many of those records it has an answer.
    answered: Vec<u64>,
}

/// What all steps of the pass need.
struct Pass<'a> {
    /// The standards of today's book and of all editions.
    rows: Vec<&'a Standard>,
    /// For each row the number of its id.
    numbers: &'a [u32],
    places: &'a GroupKeys,
    /// Whether the filter lets standards through that the book no longer knows.
    unknown_fit: bool,
}

pub(super) fn gather(book: &Book, standards: &Standards, audits: &Audits, selection: &Selection<'_>) -> Gathered {
    let (places, wanted) = (&selection.places, &selection.wanted);
    let rows = audits.bases(book, standards).flat_map(|(_, standards)| &standards.all).collect();
    let pass = Pass { rows, numbers: &audits.numbers, places, unknown_fit: wanted.filter.picks_all() };
    let mut all = Gathered { level_shares: book.level_shares, ..Gathered::empty(places, audits) };
    let mut scopes: Vec<SharedScope<'_>> = Vec::new();
    let mut numbers: HashMap<(*const [u32], &Option<String>), usize> = HashMap::new();
    let before = wanted.period_before();
    all.before = before.map(|_| Tally::default());
    for (record, visit) in audits.records.iter().zip(audits.visits()) {
        let date = record.moment.date;
        let is_before = before.is_some_and(|(first, last)| first <= date && date <= last);
        let (true, Some(duties)) = (wanted.is_here(record), selection.duties(record)) else { continue };
        if !is_before && !wanted.holds(date) {
            continue;
        }
        let scope = *numbers.entry((Arc::as_ptr(&record.scope), &record.site)).or_insert_with(|| {
            scopes.push(pass.scope(record, duties));
            scopes.len() - 1
        });
        if let (true, Some(before)) = (is_before, &mut all.before) {
            before.merge(&pass.whole(record, &scopes[scope]));
        }
        if !wanted.holds(date) {
            continue;
        }
        // Levels of a period are told under the last edition that judged in it.
        let level_shares = audits.book_of(book, record).level_shares;
        let sum = pass.count(record, visit, &mut scopes[scope], &mut all);
        if sum.is_empty() {
            continue;
        }
        all.overall.merge(&sum);
        if let Some(site) = &record.site {
            entry(&mut all.sites, site).merge(&sum);
        }
        if let Some(auditor) = &record.auditor {
            entry(&mut all.auditors, auditor).merge(&sum);
        }
        all.months.entry(Month::of(date)).or_default().merge(&sum);
        all.years.entry(date.year()).or_default().merge(&sum);
        all.first_day = Some(all.first_day.map_or(date, |day| day.min(date)));
        all.last_day = Some(all.last_day.map_or(date, |day| day.max(date)));
        all.level_shares = level_shares;
        all.without_edition += usize::from(record.edition.is_none() && record.basis == 0);
        all.records += 1;
        all.visits.insert(visit);
    }
    scopes.iter().for_each(|scope| pass.place_unseen(scope, &mut all));
    all
}

impl Gathered {
    fn empty(places: &GroupKeys, audits: &Audits) -> Self {
        let tallies = |keys: usize| vec![Tally::default(); keys];
        Gathered {
            areas: tallies(places.areas.len()),
            sequences: tallies(places.sequences.len()),
            phases: tallies(places.phases.len()),
            steps: tallies(places.steps.len()),
            types: tallies(StandardType::ALL.len()),
            levels: tallies(Level::ALL.len()),
            traits: tallies(places.traits.len()),
            roles: tallies(places.roles.len()),
            aspects: tallies(Aspect::ALL.len()),
            standards: vec![Vec::new(); audits.ids.len()],
            staff: vec![StaffTally::default(); audits.staff.len()],
            ..Gathered::default()
        }
    }
}

/// The tally of a name, whose text is copied at its first use only.
fn entry<'a>(tallies: &'a mut BTreeMap<String, Tally>, name: &str) -> &'a mut Tally {
    if !tallies.contains_key(name) {
        tallies.insert(name.to_owned(), Tally::default());
    }
    tallies.entry(name.to_owned()).or_default()
}

impl SharedScope<'_> {
    /// The place in `rows` of the standard of that number.
    fn place(&self, standard: u32) -> Option<usize> {
        let found = self.places.binary_search_by_key(&standard, |(number, _)| *number).ok()?;
        self.places.get(found).map(|(_, place)| *place)
    }
}

impl<'a> Pass<'a> {
    /// The scope of a record, before any record of it is counted.
    fn scope(&self, record: &'a Record, duties: &'a Duties) -> SharedScope<'a> {
        let mut keepers = Vec::new();
        let picked = record.scope.iter().filter(|row| self.picked(**row, duties, &mut keepers).is_some()).count();
        let answered = vec![0; record.scope.len()];
        let number = |(place, row): (usize, &u32)| (self.numbers.get(*row as usize).copied().unwrap_or(NO_ROW), place);
        let mut places: Vec<(u32, usize)> = record.scope.iter().enumerate().map(number).collect();
        places.sort_unstable();
        SharedScope { rows: &record.scope, places, duties, picked: picked as u64, records: 0, answered }
    }

    /// Counts a record into every group but those of the record as a whole, for which it returns the sum.
    fn count(&self, record: &Record, visit: usize, scope: &mut SharedScope<'_>, all: &mut Gathered) -> Tally {
        let mut sum = Tally::default();
        let mut keepers = Vec::new();
        let month = Month::of(record.moment.date);
        let mut in_scope = 0;
        scope.records += 1;
        for item in &record.items {
            let Some(standard) = self.picked(item.row, scope.duties, &mut keepers) else { continue };
            if let Some(place) = scope.place(item.standard) {
                scope.answered[place] += 1;
                in_scope += 1;
            }
            let counted = self.counted(item, standard);
            sum.add(counted);
            if let Some(standard) = standard {
                self.each_group(item.row, standard, &keepers, all, |tally| tally.add(counted));
            }
            if item.is_judged() {
                self.observe(item, standard, month, &mut all.standards);
            }
            if let Some(staff) = item.staff.and_then(|staff| all.staff.get_mut(staff as usize)) {
                staff.tally.add(counted);
                if item.is_judged() {
                    staff.observed = staff.observed + passes(item);
                    staff.visits.insert(visit);
                }
            }
        }
        sum.add_unseen(scope.picked.saturating_sub(in_scope));
        sum
    }

    /// The sum of a record alone.
    fn whole(&self, record: &Record, scope: &SharedScope<'_>) -> Tally {
        let mut sum = Tally::default();
        let mut keepers = Vec::new();
        let mut in_scope = 0;
        for item in &record.items {
            if let Some(standard) = self.picked(item.row, scope.duties, &mut keepers) {
                in_scope += u64::from(scope.place(item.standard).is_some());
                sum.add(self.counted(item, standard));
            }
        }
        sum.add_unseen(scope.picked.saturating_sub(in_scope));
        sum
    }

    /// What the records of a scope left unanswered, standard by standard.
    fn place_unseen(&self, scope: &SharedScope<'_>, all: &mut Gathered) {
        let mut keepers = Vec::new();
        for (row, answered) in scope.rows.iter().zip(&scope.answered) {
            let unseen = scope.records.saturating_sub(*answered);
            let Some(Some(standard)) = self.picked(*row, scope.duties, &mut keepers) else { continue };
            if unseen > 0 {
                self.each_group(*row, standard, &keepers, all, |tally| tally.add_unseen(unseen));
            }
        }
    }

    /// Whether the filter picks a standard; if so, the standard (none for one that the book no longer knows), with those
    /// who keep it in `keepers`.
    fn picked(&self, row: u32, duties: &Duties, keepers: &mut Vec<usize>) -> Option<Option<&'a Standard>> {
        keepers.clear();
        let Some(place) = self.places.rows.get(row as usize) else {
            return self.unknown_fit.then_some(None);
        };
        if !place.fits {
            return None;
        }
        duties.keepers(place, keepers);
        duties.picks(&place.roles).then(|| self.rows.get(row as usize).copied())
    }

    fn counted(&self, item: &Item, standard: Option<&Standard>) -> Counted {
        Counted {
            standard: item.standard,
            answer: item.answer,
            weight: standard.map_or(1.0, |standard| standard.weight),
            level: standard.map(|standard| standard.level),
            critical: standard.is_some_and(|standard| standard.critical),
        }
    }

    /// Does something to the tally of each group that a standard belongs to.
    fn each_group(
        &self,
        row: u32,
        standard: &Standard,
        keepers: &[usize],
        all: &mut Gathered,
        mut count: impl FnMut(&mut Tally),
    ) {
        let Some(place) = self.places.rows.get(row as usize) else { return };
        if let Some(area) = place.area {
            count(&mut all.areas[area]);
        }
        count(&mut all.sequences[place.sequence]);
        count(&mut all.phases[place.phase]);
        if let Some(step) = place.step {
            count(&mut all.steps[step]);
        }
        count(&mut all.types[standard.kind as usize]);
        count(&mut all.levels[standard.level as usize]);
        count(&mut all.aspects[standard.aspect as usize]);
        place.traits.iter().for_each(|number| count(&mut all.traits[*number]));
        keepers.iter().for_each(|role| count(&mut all.roles[*role]));
    }

    fn observe(&self, item: &Item, standard: Option<&Standard>, month: Month, standards: &mut [Vec<WordingTally>]) {
        let Some(wordings) = standards.get_mut(item.standard as usize) else { return };
        let former = item.wording.former();
        let place = wordings.iter().position(|wording| wording.former == former).unwrap_or_else(|| {
            let (observed, items) = (Rate::default(), Rate::default());
            wordings.push(WordingTally { former, aspect: None, observed, items, months: Vec::new() });
            wordings.len() - 1
        });
        let wording = &mut wordings[place];
        let passes = passes(item);
        wording.aspect = standard.map(|standard| standard.aspect);
        wording.observed = wording.observed + passes;
        wording.items = wording.items + Rate::new(u64::from(item.answer == crate::audit::Answer::Met), 1);
        // Records come in the order of time, so a month is the last one or new.
        match wording.months.last_mut() {
            Some((last, rate)) if *last == month => *rate = *rate + passes,
            _ => wording.months.push((month, passes)),
        }
    }
}

fn passes(item: &Item) -> Rate {
    Rate::new(u64::from(item.passed), u64::from(item.observations))
}
