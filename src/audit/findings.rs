//! Findings and what became of them: actions, and findings that came back.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::model::{Action, Answer, Audits, Item, Record};
use crate::book::words::words;

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
    /// The earlier finding, as a place in the list of all findings, whose action was done before this one came: the same
    /// standard at the same site was not met again.
    pub repeats: Option<usize>,
    /// The first later finding that repeats this one.
    pub came_back: Option<usize>,
}

impl Action {
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
pub fn findings(audits: &Audits) -> Vec<Finding<'_>> {
    let mut all: Vec<Finding<'_>> = Vec::new();
    // By site and standard: findings so far whose action is done, with the day it was.
    type Done = Vec<(NaiveDate, usize)>;
    let mut done: HashMap<(Option<&str>, u32), Done> = HashMap::new();
    for record in &audits.records {
        let site = record.site.as_deref();
        for item in &record.items {
            let action = item.action();
            if item.answer != Answer::NotMet && item.grade().is_none() && action.is_none() {
                continue;
            }
            let number = all.len();
            let key = (site, item.standard);
            let before = |(day, earlier): &&(NaiveDate, usize)| {
                *day < record.moment.date && all[*earlier].record.moment < record.moment
            };
            // The last one that should have put an end to it.
            let repeats = match item.answer {
                Answer::NotMet => done.get(&key).and_then(|actions| {
                    actions
                        .iter()
                        .filter(before)
                        .max_by_key(|(day, earlier)| (*day, *earlier))
                        .map(|(_, earlier)| *earlier)
                }),
                _ => None,
            };
            if let Some(earlier) = repeats {
                all[earlier].came_back.get_or_insert(number);
            }
            // What was kept cannot be missed again, whatever was done to keep it better.
            if let (Answer::NotMet, Some(day)) = (item.answer, action.and_then(|action| action.done)) {
                done.entry(key).or_default().push((day, number));
            }
            all.push(Finding { record, item, repeats, came_back: None });
        }
    }
    all
}

/// Failures of critical standards up to `today` about which nothing is to be done and which nobody has found mended since, at
/// the same site; `is_critical` says of an item whether its standard was critical when it was judged.
pub fn unanswered(audits: &Audits, today: NaiveDate, is_critical: impl Fn(&Item) -> bool) -> Vec<(&Record, &Item)> {
    let mut open: Vec<(&Record, &Item)> = Vec::new();
    for record in audits.records.iter().filter(|record| record.moment.date <= today) {
        for item in record.items.iter().filter(|item| item.is_judged()) {
            let is_same =
                |(other, earlier): &(&Record, &Item)| other.site == record.site && earlier.standard == item.standard;
            if item.answer == Answer::Met {
                open.retain(|earlier| !(is_same(earlier) && earlier.0.moment.date < record.moment.date));
            } else if item.action().is_none() && is_critical(item) {
                open.push((record, item));
            }
        }
    }
    open
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Detail, Kind, Moment, Wording};
    use crate::source::{FileId, Span};

    fn day(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    fn item(standard: u32, answer: Answer, done: Option<&str>) -> Item {
        let action = done.map(|done| Action { done: Some(day(done)), ..Action::default() });
        let detail = action.map(|action| Box::new(Detail { action: Some(action), ..Detail::default() }));
        let (wording, span) = (Wording::Unsaid, Span::default());
        Item {
            standard,
            row: standard,
            wording,
            answer,
            passed: 0,
            observations: 1,
            demand: crate::audit::WHOLE,
            staff: None,
            detail,
            span,
            seen: span,
        }
    }

    fn record(site: &str, date: &str, items: Vec<Item>) -> Record {
        Record {
            file: FileId(0),
            span: Span::default(),
            site: Some(site.to_owned()),
            moment: Moment { date: day(date), time: None },
            visit: None,
            round: None,
            edition: None,
            basis: 0,
            auditor: None,
            staff: None,
            kind: Kind::Internal,
            scope: [].into(),
            items,
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
        let findings = findings(&audits);
        let repeats: Vec<_> = findings.iter().map(|finding| finding.repeats).collect();
        assert_eq!(repeats, [None, None, None, None, Some(0), None, None, Some(4)]);
        let back: Vec<_> = findings.iter().map(|finding| finding.came_back).collect();
        assert_eq!(back, [Some(4), None, None, None, Some(7), None, None, None]);
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
