//! The one pass over all visits.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate};

use super::groups::{Duties, GroupKeys};
use super::scopes::{Scopes, Unseen};
use super::selection::Selection;
use super::stretch::Stretch;
use super::tally::{Counted, Tally};
use super::wording::{OfMonth, Stood, WordingTally, wording};
use crate::audit::units::Pooling;
use crate::audit::{AuditUnit, Audits, Item, Record, Verdict};
use crate::book::{Book, Status};
use crate::method::{Standard, Standards};
use crate::statistics::{Rate, Ratings};

/// A month, counted from the year 0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Month(i32);

impl Month {
    fn of(date: NaiveDate) -> Self {
        Month(date.year() * 12 + date.month0() as i32)
    }

    /// The month that many months later.
    pub(super) fn after(self, months: i32) -> Self {
        Month(self.0 + months)
    }

    /// How many months it is after another.
    pub(super) fn since(self, other: Self) -> i32 {
        self.0 - other.0
    }
}

impl std::fmt::Display for Month {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:04}-{:02}", self.0.div_euclid(12), self.0.rem_euclid(12) + 1)
    }
}

/// Everything counted.
#[derive(Debug, Default)]
pub(super) struct Gathered {
    pub overall: Tally,
    pub sites: BTreeMap<String, Tally>,
    pub auditors: BTreeMap<String, Tally>,
    pub months: BTreeMap<Month, Tally>,
    pub years: BTreeMap<i32, Tally>,
    /// What the visits of each year judged.
    pub judged: BTreeMap<i32, Stretch>,
    /// What the visits of the period before judged of the same wordings.
    pub judged_before: Stretch,
    /// How many wordings there are.
    pub wordings: u32,
    /// By number of the group, counted through all heads; see [`super::groups::Heads`].
    pub groups: Vec<Tally>,
    /// By number of the id.
    pub standards: Vec<Vec<WordingTally>>,
    /// What auditors made of each standard, by number of the id.
    pub ratings: Vec<Ratings>,
    /// By number of the code.
    pub staff: Vec<Tally>,
    /// How many records count.
    pub records: usize,
    /// How many visits they are.
    pub visits: usize,
    /// Shares at which levels are reached.
    pub level_shares: [f64; 3],
    /// How many of the records name no edition.
    pub without_edition: usize,
    /// How many of them name an edition that is not here.
    pub lost_edition: usize,
    /// How many of their answers are kept and not counted.
    pub uncounted: usize,
    /// By how many editions, today's book being one, the records are counted.
    pub bases: BTreeSet<usize>,
    pub first_day: Option<NaiveDate>,
    pub last_day: Option<NaiveDate>,
    /// The last of the records.
    pub last_record: Option<usize>,
}

/// What is asked of any record, row and item.
pub(super) struct Context<'a> {
    pub audits: &'a Audits,
    /// Who did what, record by record.
    pub duties: Vec<Option<&'a Duties>>,
    /// The standards of today's book and of all editions.
    rows: Vec<&'a Standard>,
    places: &'a GroupKeys,
    /// Whether the filter lets standards through that the book no longer knows.
    unknown_fit: bool,
}

/// The pass, visit by visit.
struct Counter<'a> {
    context: Context<'a>,
    pooling: Pooling<'a>,
    scopes: Scopes<'a>,
    all: Gathered,
    /// The units of the visit that is being counted.
    units: Vec<AuditUnit>,
    /// The numbers of the standards that its records answer.
    answered: Vec<u32>,
    /// Groups that have some of them.
    touched: Vec<usize>,
    keepers: Vec<usize>,
}

pub(super) fn gather(book: &Book, standards: &Standards, audits: &Audits, selection: &Selection<'_>) -> Gathered {
    let (places, wanted) = (&selection.places, &selection.wanted);
    let before = wanted.period_before();
    let all = Gathered {
        level_shares: book.level_shares,
        groups: vec![Tally::default(); places.heads.count()],
        standards: vec![Vec::new(); audits.ids.len()],
        ratings: vec![Ratings::default(); audits.ids.len()],
        staff: vec![Tally::default(); audits.staff.len()],
        ..Gathered::default()
    };
    let context = Context {
        audits,
        duties: audits.records.iter().map(|record| selection.duties(record)).collect(),
        rows: audits.bases(book, standards).flat_map(|(_, standards)| &standards.all).collect(),
        places,
        unknown_fit: wanted.filter.picks_all(),
    };
    let (pooling, scopes) = (Pooling::new(audits, standards), Scopes::default());
    let (units, answered, touched, keepers) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut counter = Counter { context, pooling, scopes, all, units, answered, touched, keepers };
    for visit in audits.by_visit(|record| selection.counts(record)) {
        let shares = visit.last().map_or(book.level_shares, |last| level_shares(book, audits, *last));
        counter.count(&visit, shares);
    }
    counter.place_unseen();
    if let Some((first, last)) = before {
        let is_before = |record: &Record| {
            let day = record.moment.date;
            wanted.is_here(record) && first <= day && day <= last
        };
        for visit in audits.by_visit(is_before) {
            counter.count_before(&visit);
        }
    }
    let mut all = counter.all;
    all.uncounted = audits.records.iter().filter(|record| selection.counts(record)).map(Record::uncounted).sum();
    if let Some(last) = all.last_record {
        // Levels of a period are told under the last edition that judged in it.
        all.level_shares = level_shares(book, audits, last);
    }
    all
}

/// The shares at which levels are reached, by the edition of a record.
fn level_shares(book: &Book, audits: &Audits, record: usize) -> [f64; 3] {
    audits.records.get(record).map_or(book, |record| audits.book_of(book, record)).level_shares
}

/// The tally of a name, whose text is copied at its first use only.
fn entry<'a>(tallies: &'a mut BTreeMap<String, Tally>, name: &str) -> &'a mut Tally {
    if !tallies.contains_key(name) {
        tallies.insert(name.to_owned(), Tally::default());
    }
    tallies.entry(name.to_owned()).or_default()
}

impl<'a> Context<'a> {
    /// Whether the filter picks a row, as who has those duties keeps it.
    pub(super) fn picks(&self, row: u32, duties: &Duties) -> bool {
        match self.places.rows.get(row as usize) {
            None => self.unknown_fit,
            Some(place) => place.fits && duties.picks(&place.roles),
        }
    }

    fn picks_item(&self, record: usize, item: &Item) -> bool {
        let is_draft = self.standard(item.row).is_some_and(|standard| standard.status == Status::Draft);
        !is_draft && self.duties.get(record).copied().flatten().is_some_and(|duties| self.picks(item.row, duties))
    }

    fn standard(&self, row: u32) -> Option<&'a Standard> {
        self.rows.get(row as usize).copied()
    }

    fn counted(&self, unit: &AuditUnit) -> Counted {
        let standard = self.standard(unit.row);
        Counted {
            standard: unit.standard,
            verdict: unit.verdict,
            items: unit.items,
            observed: unit.observed,
            weight: standard.map_or(1.0, |standard| standard.weight),
            level: standard.map(|standard| standard.level),
            critical: standard.is_some_and(|standard| standard.critical),
        }
    }

    /// The groups that a row belongs to at a record's site.
    fn groups<'s>(
        &'s self,
        row: u32,
        duties: &Duties,
        keepers: &'s mut Vec<usize>,
    ) -> impl Iterator<Item = usize> + 's {
        let place = self.places.rows.get(row as usize);
        keepers.clear();
        if let Some(place) = place {
            duties.keepers(place, keepers);
        }
        let roles = self.places.heads.role.start;
        let fixed = place.into_iter().flat_map(|place| place.fixed.iter().copied());
        fixed.chain(keepers.iter().map(move |role| roles + role))
    }
}

impl Counter<'_> {
    /// Puts the units of some records of a visit into `units`. `staff` picks the work of one member alone; `rates` says
    /// whether what auditors said counts for their agreement.
    fn fill(&mut self, records: &[usize], staff: Option<u32>, rates: bool) {
        let Counter { context, pooling, units, all, .. } = self;
        units.clear();
        let picks =
            |record: usize, item: &Item| (staff.is_none() || item.staff == staff) && context.picks_item(record, item);
        pooling.units(records, picks, |unit, judges| {
            if rates && let Some(ratings) = all.ratings.get_mut(unit.standard as usize) {
                ratings.add(judges);
            }
            units.push(unit);
        });
    }

    /// What some records of a visit leave unanswered of what the filter picks.
    fn unseen(&mut self, records: &[usize]) -> Unseen {
        let Counter { context, scopes, answered, .. } = self;
        answered.clear();
        let items =
            records.iter().filter_map(|index| context.audits.records.get(*index)).flat_map(|record| &record.items);
        answered.extend(items.map(|item| item.standard));
        answered.sort_unstable();
        answered.dedup();
        scopes.unseen(context, records, answered)
    }

    /// What the units at hand come to.
    fn sum(&self) -> Tally {
        let mut sum = Tally::default();
        self.units.iter().for_each(|unit| _ = sum.add(self.context.counted(unit)));
        sum
    }

    /// What some records of a visit come to, without their groups.
    fn whole(&mut self, records: &[usize], shares: [f64; 3]) -> Tally {
        self.fill(records, None, false);
        let mut sum = self.sum();
        sum.add_unseen(self.unseen(records).count());
        sum.close(shares);
        sum
    }

    /// Counts a visit into everything.
    fn count(&mut self, visit: &[usize], shares: [f64; 3]) {
        let Some((first, last)) = visit.first().zip(visit.last()) else { return };
        let (audits, day) = (self.context.audits, self.context.audits.records[*first].moment.date);
        self.fill(visit, None, true);
        let mut sum = self.sum();
        let unseen = self.unseen(visit);
        let unseen_units = unseen.count();
        sum.add_unseen(unseen_units);
        sum.close(shares);
        if sum.is_empty() {
            return;
        }
        self.count_groups(shares);
        if let Some(scattered) = self.scopes.leave(unseen, &self.answered) {
            scattered.into_iter().for_each(|(row, record)| self.add_unseen(row, record, 1));
        }
        self.count_standards(day);
        self.count_staff(visit, unseen_units, shares);
        self.count_auditors(visit, &sum, shares);
        let all = &mut self.all;
        if let Some(site) = &audits.records[*first].site {
            entry(&mut all.sites, site).merge(&sum);
        }
        all.months.entry(Month::of(day)).or_default().merge(&sum);
        all.years.entry(day.year()).or_default().merge(&sum);
        all.overall.merge(&sum);
        let last_day = audits.records[*last].moment.date;
        all.first_day = Some(all.first_day.map_or(day, |known| known.min(day)));
        all.last_day = Some(all.last_day.map_or(last_day, |known| known.max(last_day)));
        all.last_record = all.last_record.max(Some(*last));
        all.visits += 1;
        for index in visit {
            let record = &audits.records[*index];
            let has_part = self.scopes.has_part(&self.context, *index)
                || record.items.iter().any(|item| self.context.picks_item(*index, item));
            if !has_part {
                continue;
            }
            all.records += 1;
            all.without_edition += usize::from(record.edition.is_none() && record.basis == 0);
            all.lost_edition += usize::from(record.missing.is_some());
            all.bases.insert(record.basis);
        }
    }

    /// Counts the units at hand into the groups of their standards.
    fn count_groups(&mut self, shares: [f64; 3]) {
        let Counter { context, all, units, touched, keepers, .. } = self;
        for unit in units.iter() {
            let Some(duties) = context.duties[unit.record] else { continue };
            let counted = context.counted(unit);
            for group in context.groups(unit.row, duties, keepers) {
                if all.groups[group].add(counted) {
                    touched.push(group);
                }
            }
        }
        touched.drain(..).for_each(|group| all.groups[group].close(shares));
    }

    /// Counts the units at hand into the wordings of their standards.
    fn count_standards(&mut self, day: NaiveDate) {
        let month = Month::of(day);
        let judged = self.all.judged.entry(day.year()).or_default();
        for unit in &self.units {
            let Some(wordings) = self.all.standards.get_mut(unit.standard as usize) else { continue };
            let wording = match unit.verdict {
                Verdict::Met | Verdict::NotMet | Verdict::Disputed => {
                    wording(wordings, unit.former, &mut self.all.wordings)
                }
                Verdict::NotApplicable | Verdict::NotObserved => continue,
            };
            if unit.is_judged() {
                judged.add(wording.number, unit.verdict == Verdict::Met);
            }
            let standard = self.context.standard(unit.row);
            let of_units =
                if unit.is_judged() { Rate::new(u64::from(unit.verdict == Verdict::Met), 1) } else { Rate::default() };
            wording.last = standard.map(|standard| Stood { aspect: standard.aspect, level: standard.level });
            wording.critical_failed |=
                unit.verdict == Verdict::NotMet && standard.is_some_and(|standard| standard.critical);
            wording.demand = unit.demand;
            wording.observed = wording.observed + unit.observed;
            wording.units = wording.units + of_units;
            wording.disputed += u64::from(unit.verdict == Verdict::Disputed);
            wording.items = wording.items + unit.items;
            // Visits come in the order of time, so a month is the last one or new.
            match wording.months.last_mut() {
                Some(last) if last.month == month => {
                    last.observed = last.observed + unit.observed;
                    last.units = last.units + of_units;
                }
                _ => wording.months.push(OfMonth { month, observed: unit.observed, units: of_units }),
            }
        }
        judged.close();
    }

    /// Counts the work of each member of staff that a visit judged. What a record of somebody's work had in scope and left
    /// unanswered was not observed of that work either; `unseen` is how much that is for the visit.
    fn count_staff(&mut self, visit: &[usize], unseen: u64, shares: [f64; 3]) {
        if let [record] = visit {
            let Counter { context, all, units, touched, .. } = self;
            for unit in units.iter() {
                let Some(staff) = unit.staff else { continue };
                if let Some(tally) = all.staff.get_mut(staff as usize)
                    && tally.add(context.counted(unit))
                {
                    touched.push(staff as usize);
                }
            }
            touched.drain(..).for_each(|staff| all.staff[staff].close(shares));
            let staff = context.audits.records.get(*record).and_then(|record| record.staff);
            if let Some(tally) = staff.and_then(|staff| all.staff.get_mut(staff as usize)) {
                tally.add_unseen(unseen);
            }
            return;
        }
        let audits = self.context.audits;
        let items = visit.iter().flat_map(|index| &audits.records[*index].items);
        let codes: BTreeSet<u32> = items.filter_map(|item| item.staff).collect();
        for code in codes {
            self.fill(visit, Some(code), false);
            let mut sum = self.sum();
            let own: Vec<usize> =
                visit.iter().copied().filter(|index| audits.records[*index].staff == Some(code)).collect();
            sum.add_unseen(self.unseen(&own).count());
            sum.close(shares);
            if let Some(tally) = self.all.staff.get_mut(code as usize) {
                tally.merge(&sum);
            }
        }
    }

    /// Counts what each named auditor of a visit saw, by the records of that auditor alone.
    fn count_auditors(&mut self, visit: &[usize], sum: &Tally, shares: [f64; 3]) {
        let audits = self.context.audits;
        if let [record] = visit {
            if let Some(auditor) = &audits.records[*record].auditor {
                entry(&mut self.all.auditors, auditor).merge(sum);
            }
            return;
        }
        let mut own: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for index in visit {
            if let Some(auditor) = audits.records[*index].auditor.as_deref() {
                own.entry(auditor).or_default().push(*index);
            }
        }
        for (auditor, records) in own {
            let sum = self.whole(&records, shares);
            entry(&mut self.all.auditors, auditor).merge(&sum);
        }
    }

    /// Counts a visit of the period before.
    fn count_before(&mut self, visit: &[usize]) {
        self.fill(visit, None, false);
        for unit in self.units.iter().filter(|unit| unit.is_judged()) {
            if let Some(wordings) = self.all.standards.get_mut(unit.standard as usize) {
                // What was judged before alone is compared with nothing.
                if let Some(wording) = wordings.iter_mut().find(|wording| wording.former == unit.former) {
                    wording.before = wording.before + Rate::new(u64::from(unit.verdict == Verdict::Met), 1);
                    self.all.judged_before.add(wording.number, unit.verdict == Verdict::Met);
                }
            }
        }
        self.all.judged_before.close();
    }

    /// Counts what the visits of each scope left unanswered, standard by standard.
    fn place_unseen(&mut self) {
        for (row, record, visits) in self.scopes.left(&self.context) {
            self.add_unseen(row, record, visits);
        }
    }

    fn add_unseen(&mut self, row: u32, record: usize, units: u64) {
        let Counter { context, all, keepers, .. } = self;
        if let Some(duties) = context.duties[record] {
            context.groups(row, duties, keepers).for_each(|group| all.groups[group].add_unseen(units));
        }
    }
}
