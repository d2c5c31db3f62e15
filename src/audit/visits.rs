//! Visits: what several auditors saw of the same thing at the same time, and how each of them judged it.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::model::{Answer, Audits, Item, Record};
use crate::statistics::Ratings;

/// One auditor's judgement in a visit: the standard, the number of an earlier stamp, the auditor, whether it was met.
/// In this order judgements sort by unit and auditor.
type Judgement = (u32, Option<u32>, usize, bool);

impl Audits {
    /// For each record, the number of its visit. Records share a visit where they name the same `visit` at the same site;
    /// any other record is a visit of its own.
    pub fn visits(&self) -> Vec<usize> {
        self.numbers(|record| Some((record.site.as_deref(), record.visit.as_deref()?)))
    }

    /// What auditors made of each standard, by the number of its id: a unit is one wording of it in one visit, of the
    /// records that `counts` lets through and their items that `picks` does. Auditors are told apart by name; one without
    /// a name is the auditor of that record alone. Who judged a unit twice found it met if it was met each time.
    pub fn ratings(&self, counts: impl Fn(&Record) -> bool, picks: impl Fn(&Record, &Item) -> bool) -> Vec<Ratings> {
        let auditors = self.numbers(|record| record.auditor.as_deref());
        let mut judged: BTreeMap<usize, Vec<Judgement>> = BTreeMap::new();
        for ((record, visit), auditor) in self.records.iter().zip(self.visits()).zip(auditors) {
            if counts(record) {
                let items = record.items.iter().filter(|item| item.is_judged() && picks(record, item));
                let judgement =
                    |item: &Item| (item.standard, item.wording.former(), auditor, item.answer == Answer::Met);
                judged.entry(visit).or_default().extend(items.map(judgement));
            }
        }
        let mut ratings = vec![Ratings::default(); self.ids.len()];
        for mut of_visit in judged.into_values() {
            of_visit.sort_unstable();
            for unit in of_visit.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
                let auditors = unit.chunk_by(|a, b| a.2 == b.2);
                let judge = |own: &[Judgement]| (own[0].2, usize::from(own.iter().all(|(.., is_met)| *is_met)));
                if let Some(ratings) = ratings.get_mut(unit[0].0 as usize) {
                    ratings.add(&auditors.map(judge).collect::<Vec<_>>());
                }
            }
        }
        ratings
    }

    /// For each record a number that it shares with all of the same key; without a key, a number of its own.
    fn numbers<'a, K: Hash + Eq>(&'a self, key: impl Fn(&'a Record) -> Option<K>) -> Vec<usize> {
        let mut known = HashMap::new();
        let number = |(own, record)| key(record).map_or(own, |key| *known.entry(key).or_insert(own));
        self.records.iter().enumerate().map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::{Kind, Moment, Wording};
    use crate::source::{FileId, Span};

    /// A record with one judgement of the standard of that number.
    fn record(site: &str, visit: Option<&str>, auditor: Option<&str>, standard: u32, is_met: bool) -> Record {
        let answer = if is_met { Answer::Met } else { Answer::NotMet };
        let span = Span::default();
        let (wording, passed) = (Wording::Unsaid, u32::from(is_met));
        let item = Item {
            standard,
            row: standard,
            wording,
            answer,
            passed,
            observations: 1,
            staff: None,
            detail: None,
            span,
            seen: span,
        };
        Record {
            file: FileId(0),
            span,
            site: Some(site.to_owned()),
            moment: Moment::default(),
            visit: visit.map(str::to_owned),
            round: None,
            edition: None,
            basis: 0,
            auditor: auditor.map(str::to_owned),
            kind: Kind::Internal,
            scope: [].into(),
            items: vec![item],
        }
    }

    fn of(records: Vec<Record>) -> Audits {
        Audits { records, ids: vec!["a".to_owned(), "b".to_owned()], ..Audits::default() }
    }

    #[test]
    fn a_visit_is_shared_by_who_names_it_at_the_same_site() {
        let named = |site, visit| record(site, visit, Some("lead"), 0, true);
        let audits = of(vec![
            named("north", Some("night")),
            named("north", None),
            named("north", None),
            named("south", Some("night")),
            named("north", Some("night")),
        ]);
        assert_eq!(audits.visits(), [0, 1, 2, 3, 0]);
    }

    #[test]
    fn an_unnamed_auditor_is_the_auditor_of_that_record() {
        let night = |auditor, standard, is_met| record("north", Some("night"), auditor, standard, is_met);
        let audits = of(vec![night(None, 0, true), night(None, 0, false), night(Some("lead"), 1, true)]);
        let ratings = audits.ratings(|_| true, |_, _| true);
        assert_eq!((ratings[0].units(), ratings[0].auditors(), ratings[0].percent()), (1, 2, Some(0.0)));
        assert_eq!((ratings[1].units(), ratings[1].percent()), (0, None));
    }

    #[test]
    fn who_judged_a_unit_twice_counts_once() {
        let night = |auditor, is_met| record("north", Some("night"), Some(auditor), 0, is_met);
        let audits = of(vec![night("lead", true), night("lead", false), night("guest", false)]);
        let ratings = audits.ratings(|_| true, |_, _| true);
        assert_eq!((ratings[0].units(), ratings[0].percent()), (1, Some(1.0)));
        let alone = of(vec![night("lead", true), night("lead", false)]);
        assert_eq!(alone.ratings(|_| true, |_, _| true)[0].units(), 0);
    }
}
