//! Every unit of every visit with what was left unobserved: the facts that other programs count.
//!
//! The figures of this program go through the same units, but keep what a visit leaves unanswered as a number for each scope.
//! Here each of them is a row, so that whoever adds up the rows gets the same counts.

use std::collections::BTreeMap;

use super::model::{Audits, Item, NO_ROW, Record};
use super::units::{AuditUnit, Pooling, Verdict};
use crate::method::Standards;

/// One standard in one visit.
#[derive(Clone, Copy, Debug)]
pub struct Fact<'a> {
    /// The first record of the visit, which stands for it.
    pub visit: &'a Record,
    /// The record by whose edition it counts.
    pub record: &'a Record,
    /// The number of its standard's id; see [`Item::standard`].
    pub standard: u32,
    /// Where it counts; see [`Item::row`].
    pub row: u32,
    /// The number of an earlier wording's stamp; none for today's, or where nobody answered.
    pub former: Option<u32>,
    /// What became of it; none for what nothing here can judge, so that it does not count.
    pub verdict: Option<Verdict>,
    /// How many auditors judged it.
    pub auditors: usize,
}

impl Audits {
    /// Every fact, visit by visit in the order of time; in a visit first what was answered, then what was not, then what is
    /// not counted.
    pub fn each_fact<'a>(&'a self, standards: &Standards, mut each: impl FnMut(Fact<'a>)) {
        let mut pooling = Pooling::new(self, standards);
        for records in self.by_visit(|_| true) {
            let Some(visit) = records.first().and_then(|first| self.records.get(*first)) else { continue };
            pooling.units(
                &records,
                |_, _| true,
                |unit, judges| {
                    if let Some(record) = self.records.get(unit.record) {
                        let AuditUnit { standard, row, former, verdict, .. } = unit;
                        let verdict = Some(verdict);
                        each(Fact { visit, record, standard, row, former, verdict, auditors: judges.len() });
                    }
                },
            );
            let nobody = |(standard, row, record): (u32, u32, &'a Record)| {
                let verdict = Some(Verdict::NotObserved);
                Fact { visit, record, standard, row, former: None, verdict, auditors: 0 }
            };
            self.unseen(&records).into_iter().map(nobody).for_each(&mut each);
            for record in records.iter().filter_map(|index| self.records.get(*index)) {
                let waiting = record.missing.iter().flat_map(|missing| &missing.waiting);
                waiting.for_each(|item: &Item| {
                    let (standard, former) = (item.standard, item.wording.former());
                    each(Fact { visit, record, standard, row: item.row, former, verdict: None, auditors: 0 });
                });
            }
        }
    }

    /// What the records of a visit had in scope and none of them answers: number and row of the standard, and the last record
    /// that looked at it; in service order.
    fn unseen<'a>(&'a self, records: &[usize]) -> Vec<(u32, u32, &'a Record)> {
        let records: Vec<&Record> = records.iter().filter_map(|index| self.records.get(*index)).collect();
        let mut answered: Vec<u32> =
            records.iter().flat_map(|record| &record.items).map(|item| item.standard).collect();
        answered.sort_unstable();
        let mut rows: BTreeMap<u32, (u32, &Record)> = BTreeMap::new();
        for record in records {
            for row in record.scope.iter() {
                let standard = self.numbers.get(*row as usize).copied().unwrap_or(NO_ROW);
                if answered.binary_search(&standard).is_err() {
                    rows.insert(standard, (*row, record));
                }
            }
        }
        rows.into_iter().map(|(standard, (row, record))| (standard, row, record)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::Answer;
    use crate::audit::testing::{item, of, record};

    #[test]
    fn what_nobody_answered_is_a_row_too_and_counts_once_a_visit() {
        let mut first = record("a", Some("v"), Some("x"), vec![item(0, Answer::Met)]);
        let mut second = record("a", Some("v"), Some("y"), vec![item(0, Answer::NotMet)]);
        first.scope = [0, 1].into();
        second.scope = [1, 2].into();
        let mut audits = of(vec![first, second]);
        audits.numbers = vec![0, 1, 2];
        let mut found = Vec::new();
        audits.each_fact(&Standards::default(), |fact| found.push((fact.standard, fact.verdict, fact.auditors)));
        let (disputed, unseen) = (Some(Verdict::Disputed), Some(Verdict::NotObserved));
        assert_eq!(found, [(0, disputed, 2), (1, unseen, 0), (2, unseen, 0)]);
    }
}
