//! Findings and what became of them: actions, and findings that came back.

use std::collections::{BTreeMap, HashMap, HashSet};

use chrono::NaiveDate;

use super::model::{Action, Answer, Audits, Grade, Item, Record};
use super::units::{Pooling, Verdict};
use crate::book::Status;
use crate::book::vocabulary::words;
use crate::method::Standards;

words! {
    /// How far an action has come.
    ActionState {
        /// Its day has passed and it is not done.
        Overdue = "overdue",
        /// It is to be done.
        Open = "open",
        /// It is done, and nobody has checked whether that helped.
        Done = "done",
        /// It was checked, and did not help.
        WithoutEffect = "without-effect",
        /// It is done and was checked.
        Verified = "verified",
    }
}

/// An item that calls for attention: not met, graded, or with an action.
#[derive(Clone, Copy, Debug)]
pub struct Finding<'a> {
    /// The record it stands in.
    pub record: &'a Record,
    /// The standard in it that calls for attention, and how it was answered.
    pub item: &'a Item,
    /// Its own place in the list of all findings.
    pub number: usize,
    /// Whether the auditors of its visit together say that the standard was not met. What most of them, or half, found met is no
    /// nonconformity, whatever one of them says.
    pub is_failure: bool,
    /// Where another auditor of the visit found the same, and that finding tells it for both: its place in the list of all
    /// findings.
    pub told_by: Option<usize>,
    /// The gravest grade that any auditor of the visit gave to what was found.
    pub grade: Option<Grade>,
    /// The earlier finding, as a place in the list of all findings, whose action was done before this one came: the same
    /// standard at the same site was not met again.
    pub repeats: Option<usize>,
    /// The first later finding that repeats this one.
    pub came_back: Option<usize>,
    /// Whether another auditor of the visit wrote the same action, which counts there.
    pub is_action_told: bool,
}

impl<'a> Finding<'a> {
    /// What is done about it, where that is told here: what several auditors of a visit wrote alike is one action.
    pub fn action(&self) -> Option<&'a Action> {
        self.item.action().filter(|_| !self.is_action_told)
    }

    /// Whether it is a nonconformity, and the one finding that counts for it: one standard in one visit is one.
    pub fn is_nonconformity(&self) -> bool {
        self.is_failure && self.told_by.is_none()
    }

    /// Whether it counts: it was not told by another auditor of the visit, and is not a failure that the visit denies.
    pub fn counts(&self) -> bool {
        self.told_by.is_none() && (self.is_failure || self.item.answer != Answer::NotMet)
    }
}

impl Action {
    /// Whether two say that the same is to be done, by the same and by the same day.
    fn is_same(&self, other: &Action) -> bool {
        (&self.what, &self.owner, self.due) == (&other.what, &other.owner, other.due)
    }

    /// How far it has come by `today`.
    pub fn state(&self, today: NaiveDate) -> ActionState {
        match (self.done, self.verified, self.effective) {
            (_, Some(_), Some(false)) | (Some(_), None, Some(false)) => ActionState::WithoutEffect,
            (_, Some(_), _) => ActionState::Verified,
            (Some(_), None, _) => ActionState::Done,
            (None, None, _) if self.is_overdue(today) => ActionState::Overdue,
            (None, None, _) => ActionState::Open,
        }
    }

    /// The day on which nothing was left to do; none while something is: it is not done, or had no effect.
    pub fn settled(&self) -> Option<NaiveDate> {
        if self.effective == Some(false) { None } else { self.done.or(self.verified) }
    }
}

/// All findings, by date and path of their record, then in the author's order.
pub fn findings<'a>(audits: &'a Audits, standards: &Standards) -> Vec<Finding<'a>> {
    let shared = Shared::of(audits, standards);
    let mut all: Vec<Finding<'a>> = Vec::new();
    // What several auditors of a visit found of a standard: the places of their findings.
    let mut same: HashMap<(usize, u32, Option<u32>, bool), Vec<usize>> = HashMap::new();
    // By site and standard: findings so far whose action is done, with the day it was.
    type Done = Vec<(NaiveDate, usize)>;
    let mut done: HashMap<(Option<&str>, u32), Done> = HashMap::new();
    for (index, record) in audits.records.iter().enumerate() {
        let site = record.site.as_deref();
        for item in &record.items {
            let action = item.action();
            if item.answer != Answer::NotMet && item.grade().is_none() && action.is_none() {
                continue;
            }
            let number = all.len();
            let key = (site, item.standard);
            let is_failure = item.answer == Answer::NotMet && shared.fails(index, item);
            let before = |(day, earlier): &&(NaiveDate, usize)| {
                *day < record.moment.date && all[*earlier].record.moment < record.moment
            };
            // The last one that should have put an end to it.
            let earlier = done.get(&key).filter(|_| is_failure).and_then(|actions| {
                actions.iter().filter(before).max_by_key(|(day, earlier)| (*day, *earlier)).map(|(_, earlier)| *earlier)
            });
            if let Some(earlier) = earlier {
                all[earlier].came_back.get_or_insert(number);
            }
            // What was kept cannot be missed again, whatever was done to keep it better.
            if let (true, Some(day)) = (is_failure, action.and_then(|action| action.done)) {
                done.entry(key).or_default().push((day, number));
            }
            if let Some(visit) = shared.visit(index) {
                let of_visit = (visit, item.standard, item.wording.former(), item.answer == Answer::NotMet);
                same.entry(of_visit).or_default().push(number);
            }
            let (told_by, grade, repeats) = (None, item.grade(), earlier);
            let (came_back, is_action_told) = (None, false);
            all.push(Finding { record, item, number, is_failure, told_by, grade, repeats, came_back, is_action_told });
        }
    }
    for numbers in same.into_values().filter(|numbers| numbers.len() > 1) {
        tell_once(&mut all, &numbers);
        act_once(&mut all, &numbers);
    }
    all
}

/// Lets one of the same actions of several auditors count: the one that has come furthest, else the first.
fn act_once(all: &mut [Finding<'_>], numbers: &[usize]) {
    let mut told: Vec<usize> = Vec::new();
    let mut order = numbers.to_vec();
    order.sort_by_key(|number| {
        let action = all[*number].item.action();
        let (done, verified) = (action.and_then(|action| action.done), action.and_then(|action| action.verified));
        (verified.is_none(), done.is_none(), *number)
    });
    for number in order {
        let Some(action) = all[number].item.action() else { continue };
        let is_told = told.iter().any(|other| all[*other].item.action().is_some_and(|other| other.is_same(action)));
        all[number].is_action_told = is_told;
        if !is_told {
            told.push(number);
        }
    }
}

/// Lets one of the findings of several auditors tell what all of them found: one with an action, else the gravest, else the first.
fn tell_once(all: &mut [Finding<'_>], numbers: &[usize]) {
    let rank = |number: &&usize| {
        let item = all[**number].item;
        (item.action().is_none(), item.grade().map_or(u8::MAX, Grade::gravity), **number)
    };
    let Some(teller) = numbers.iter().min_by_key(rank).copied() else { return };
    let grades = numbers.iter().filter_map(|number| all[*number].grade);
    let grade = grades.min_by_key(|grade| grade.gravity());
    for number in numbers {
        all[*number].grade = grade;
        all[*number].told_by = Some(teller).filter(|teller| teller != number);
    }
}

/// What visits of several records say of standards.
struct Shared {
    /// For each record its visit, where it shares that with others.
    visits: Vec<Option<usize>>,
    /// By visit, standard and former wording whether it was not met.
    failed: HashSet<(usize, u32, Option<u32>)>,
}

impl Shared {
    fn of(audits: &Audits, standards: &Standards) -> Self {
        let mut visits = vec![None; audits.records.len()];
        let mut failed = HashSet::new();
        let mut pooling = Pooling::new(audits, standards);
        for records in audits.by_visit(|_| true).iter().filter(|records| records.len() > 1) {
            let Some(visit) = records.first().copied() else { continue };
            records.iter().for_each(|record| visits[*record] = Some(visit));
            let all = |_: usize, _: &Item| true;
            pooling.units(records, all, |unit, _| {
                if unit.verdict == Verdict::NotMet {
                    failed.insert((visit, unit.standard, unit.former));
                }
            });
        }
        Shared { visits, failed }
    }

    fn visit(&self, record: usize) -> Option<usize> {
        self.visits.get(record).copied().flatten()
    }

    /// Whether what a record says was not met was not, as its visit has it.
    fn fails(&self, record: usize, item: &Item) -> bool {
        let of_visit = |visit| self.failed.contains(&(visit, item.standard, item.wording.former()));
        self.visit(record).is_none_or(of_visit)
    }
}

/// Failures of critical standards about which nothing is to be done.
#[derive(Debug, Default)]
pub struct Unanswered<'a> {
    /// Those whose standard nobody found met at the site since.
    pub open: Vec<(&'a Record, &'a Item)>,
    /// Those whose standard somebody found met there later.
    pub met_since: Vec<(&'a Record, &'a Item)>,
}

/// Failures of critical standards up to `until` about which nothing is to be done and which nobody has found mended since, at the
/// same site: of a visit once, and not where another auditor of it has an action. On `today` a standard that went out of force
/// asks for nothing any more.
pub fn unanswered<'a>(
    audits: &'a Audits,
    standards: &Standards,
    until: NaiveDate,
    today: NaiveDate,
) -> Vec<(&'a Record, &'a Item)> {
    all_unanswered(audits, standards, until, today).open
}

/// The same with those that were found mended since.
pub fn all_unanswered<'a>(
    audits: &'a Audits,
    standards: &Standards,
    until: NaiveDate,
    today: NaiveDate,
) -> Unanswered<'a> {
    let rows = audits.bases_of(standards).flat_map(|standards| &standards.all);
    // What is answered about a draft is a trial.
    let critical: Vec<bool> = rows.map(|standard| standard.critical && standard.status != Status::Draft).collect();
    let is_critical = |item: &Item| critical.get(item.row as usize).copied().unwrap_or_default();
    let is_in_force = |item: &Item| {
        until < today || audits.standard(standards, item).is_some_and(|standard| standard.status == Status::Active)
    };
    let sites = audits.shared_numbers(|record| Some(record.site.as_deref()));
    let visits = audits.visits();
    let mut open: BTreeMap<usize, (&Record, &Item)> = BTreeMap::new();
    let mut met_since: BTreeMap<usize, (usize, (&Record, &Item))> = BTreeMap::new();
    // By site and standard the failures that are open, each with its visit.
    let mut of_place: HashMap<(usize, u32), Vec<(usize, usize)>> = HashMap::new();
    let mut acted: HashSet<(usize, u32)> = HashSet::new();
    let mut number = 0;
    let by_then = audits.records.iter().enumerate().filter(|(_, record)| record.moment.date <= until);
    for (index, record) in by_then {
        let visit = visits[index];
        for item in record.items.iter().filter(|item| item.is_judged()) {
            let place = (sites[index], item.standard);
            if item.answer == Answer::Met {
                let Some(earlier) = of_place.get_mut(&place) else { continue };
                earlier.retain(|(failure, failed)| {
                    // Whoever of the same visit found it met speaks against the finding, and mends nothing: not after midnight either.
                    let is_open = *failed == visit
                        || open.get(failure).is_some_and(|(other, _)| other.moment.date >= record.moment.date);
                    if !is_open && let Some(mended) = open.remove(failure) {
                        met_since.insert(*failure, (*failed, mended));
                    }
                    is_open
                });
            } else if item.action().is_some() {
                acted.insert((visit, item.standard));
                let same = of_place.get(&place).into_iter().flatten().filter(|(_, other)| *other == visit);
                same.for_each(|(failure, _)| _ = open.remove(failure));
            } else if is_critical(item) && is_in_force(item) && !acted.contains(&(visit, item.standard)) {
                let known = of_place.entry(place).or_default();
                if known.iter().all(|(_, other)| *other != visit) {
                    known.push((number, visit));
                    open.insert(number, (record, item));
                    number += 1;
                }
            }
        }
    }
    let mended = met_since.into_values().filter(|(visit, (_, item))| !acted.contains(&(*visit, item.standard)));
    Unanswered { open: open.into_values().collect(), met_since: mended.map(|(_, failure)| failure).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Detail, Kind, Moment, Wording};
    use crate::source::{FileId, Span, Stretch};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn item(standard: u32, answer: Answer, done: Option<&str>) -> Item {
        let action = done.map(|done| Action { done: Some(day(done)), ..Action::default() });
        let detail = action.map(|action| Box::new(Detail { action: Some(action), ..Detail::default() }));
        let (wording, key) = (Wording::Unsaid, Stretch::default());
        Item {
            standard,
            row: standard,
            wording,
            answer,
            passed: u32::from(answer == Answer::Met),
            observations: 1,
            demand: crate::audit::WHOLE,
            staff: None,
            detail,
            key,
            seen: key,
        }
    }

    fn record(site: &str, date: &str, items: Vec<Item>) -> Record {
        Record {
            file: FileId(0),
            span: Span::default(),
            site: Some(site.to_owned()),
            is_placed: true,
            moment: Moment { date: day(date), time: None },
            visit: None,
            round: None,
            edition: None,
            is_adopted: false,
            basis: 0,
            auditor: None,
            staff: None,
            kind: Kind::Internal,
            scope: [].into(),
            items,
            missing: None,
        }
    }

    #[test]
    fn a_finding_repeats_one_whose_action_was_done() {
        let (met, not_met) = (Answer::Met, Answer::NotMet);
        let audits = Audits {
            records: vec![
                record("a", "2026-01-01", vec![item(0, not_met, Some("2026-01-10")), item(1, met, None)]),
                record("b", "2026-01-05", vec![item(0, not_met, None)]),
                record("a", "2026-01-08", vec![item(0, not_met, None)]),
                record("a", "2026-01-10", vec![item(0, not_met, None)]),
                record("a", "2026-01-11", vec![item(0, not_met, Some("2026-01-20")), item(1, not_met, None)]),
                record("b", "2026-02-01", vec![item(0, not_met, None)]),
                record("a", "2026-02-01", vec![item(0, met, None)]),
                record("a", "2026-03-01", vec![item(0, not_met, None)]),
            ],
            ..Audits::default()
        };
        let findings = findings(&audits, &Standards::default());
        let repeats: Vec<_> = findings.iter().map(|finding| finding.repeats).collect();
        assert_eq!(repeats, [None, None, None, None, Some(0), None, None, Some(4)]);
        let back: Vec<_> = findings.iter().map(|finding| finding.came_back).collect();
        assert_eq!(back, [Some(4), None, None, None, Some(7), None, None, None]);
    }

    #[test]
    fn what_two_auditors_found_in_one_visit_is_one_nonconformity() {
        let seen = |date: &str, auditor: &str, answer, done| Record {
            visit: Some("noon".to_owned()),
            auditor: Some(auditor.to_owned()),
            ..record("a", date, vec![item(0, answer, done)])
        };
        let (met, not_met) = (Answer::Met, Answer::NotMet);
        let audits = Audits {
            ids: vec!["greet".to_owned()],
            records: vec![
                seen("2026-01-01", "q", not_met, None),
                seen("2026-01-01", "r", not_met, Some("2026-01-10")),
                Record { visit: Some("night".to_owned()), ..seen("2026-02-01", "q", not_met, None) },
                Record { visit: Some("night".to_owned()), ..seen("2026-02-01", "r", met, None) },
                Record { visit: Some("day".to_owned()), ..seen("2026-03-01", "q", not_met, None) },
                Record { visit: Some("day".to_owned()), ..seen("2026-03-01", "r", not_met, None) },
            ],
            ..Audits::default()
        };
        let found = findings(&audits, &Standards::default());
        let told: Vec<_> =
            found.iter().map(|finding| (finding.is_nonconformity(), finding.told_by, finding.repeats)).collect();
        assert_eq!(
            told,
            [
                (false, Some(1), None),
                (true, None, None),
                (false, None, None),
                (true, None, Some(1)),
                (false, Some(3), Some(1)),
            ],
            "the one with an action tells it for both; what is disputed is none; it came back once"
        );
    }

    #[test]
    fn a_critical_failure_asks_once_a_visit_for_an_action() {
        let files = [
            ("gamma-ok.yaml", "title: T\nderive: false\n"),
            (
                "sequences/s.yaml",
                "id: s\nphases: [{id: p, standards: [{id: greet, type: personal, level: basic, critical: true, text: T}, \
                 {id: gone, status: retired, type: personal, level: basic, critical: true, text: U}]}]\n",
            ),
        ];
        let loaded = crate::book::load(&crate::source::Memory::new(files)).expect("a book");
        let standards = crate::method::standards(&loaded.book);
        let not_met = Answer::NotMet;
        let seen =
            |date: &str, visit: &str, items| Record { visit: Some(visit.to_owned()), ..record("a", date, items) };
        let acted = item(0, not_met, Some("2026-01-10"));
        let audits = Audits {
            ids: vec!["greet".to_owned(), "gone".to_owned()],
            records: vec![
                seen("2026-01-01", "v", vec![item(0, not_met, None), item(1, not_met, None)]),
                seen("2026-01-01", "v", vec![item(0, not_met, None)]),
                seen("2026-01-02", "w", vec![item(0, not_met, None)]),
                seen("2026-01-02", "w", vec![acted]),
            ],
            ..Audits::default()
        };
        let of = |until: &str, today: &str| -> Vec<(String, u32)> {
            let open = unanswered(&audits, &standards, day(until), day(today));
            open.iter().map(|(record, item)| (record.moment.date.to_string(), item.standard)).collect()
        };
        let first = || "2026-01-01".to_owned();
        assert_eq!(of("2026-06-01", "2026-06-01"), [(first(), 0)], "a retired standard asks for nothing");
        assert_eq!(of("2026-05-31", "2026-06-01"), [(first(), 0), (first(), 1)], "of the past it is told as it was");
    }

    #[test]
    fn actions_go_from_open_to_verified() {
        let today = day("2026-06-01");
        let of = |due: Option<&str>, done: Option<&str>, verified: Option<&str>, effective| {
            let [due, done, verified] = [due, done, verified].map(|date| date.map(day));
            Action { due, done, verified, effective, ..Action::default() }.state(today)
        };
        assert_eq!(of(None, None, None, None), ActionState::Open);
        assert_eq!(of(Some("2026-06-01"), None, None, None), ActionState::Open, "its day is not over");
        assert_eq!(of(Some("2026-05-31"), None, None, None), ActionState::Overdue);
        assert_eq!(of(Some("2026-05-01"), Some("2026-05-31"), None, None), ActionState::Done);
        assert_eq!(of(None, Some("2026-05-31"), Some("2026-06-01"), Some(true)), ActionState::Verified);
        assert_eq!(of(None, Some("2026-05-31"), Some("2026-06-01"), None), ActionState::Verified);
        assert_eq!(of(None, Some("2026-05-31"), Some("2026-06-01"), Some(false)), ActionState::WithoutEffect);
    }
}
