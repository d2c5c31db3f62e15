//! Units: one standard in one visit, whoever judged it. Everything that is counted over audits counts them.
//!
//! Several records of one auditor in a visit are pooled before anything is decided. Of what auditors then say only *met* and
//! *not met* vote; where the standard asks for a share of its observations, the passes of all auditors are pooled instead. A
//! tie is disputed and leaves the denominator. A critical standard fails where anybody says that it was not met.

use super::model::{Answer, Audits, Item, Record, WHOLE};
use crate::book::Status;
use crate::method::Standards;
use crate::statistics::{Rate, Ratings};

/// What the auditors of a visit say of a standard together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was kept.
    Met,
    /// It was not.
    NotMet,
    /// As many say the one as the other.
    Disputed,
    /// It cannot be asked there.
    NotApplicable,
    /// Nobody saw whether it was kept.
    NotObserved,
}

/// One standard in one visit. Where auditors of one visit judged two wordings of it, each wording is a unit of its own:
/// what is said of one says nothing of the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AuditUnit {
    /// The standard: an index into [`Audits::ids`].
    pub standard: u32,
    /// Where it counts, as the last record that judged it has it; see [`Item::row`].
    pub row: u32,
    /// The number of an earlier wording's stamp; none for today's.
    pub former: Option<u32>,
    /// That record: an index into [`Audits::records`].
    pub record: usize,
    /// What its auditors say together.
    pub verdict: Verdict,
    /// Items met out of items judged: an item is one standard in one record.
    pub items: Rate,
    /// Passes out of observations.
    pub observed: Rate,
    /// The share of observations that had to pass, in millionths.
    pub demand: u32,
    /// Whose work it was, where the visit is one record.
    pub(super) staff: Option<u32>,
}

/// One answer of a visit.
#[derive(Clone, Copy)]
struct Given<'a> {
    standard: u32,
    former: Option<u32>,
    auditor: usize,
    record: usize,
    item: &'a Item,
}

/// Puts the records of a visit together, one visit after another.
pub(super) struct Pooling<'a> {
    audits: &'a Audits,
    /// For each record the number of its auditor; one without a name is the auditor of that record alone.
    auditors: Vec<usize>,
    /// For each row whether the standard is critical.
    critical: Vec<bool>,
    /// For each row whether it is a draft: what is answered about one is a trial, and counts nowhere.
    drafts: Vec<bool>,
    given: Vec<Given<'a>>,
    /// For each unit judged, in the order of the units, who judged it and whether each found it met.
    judges: Vec<(usize, usize)>,
}

impl<'a> Pooling<'a> {
    pub(super) fn new(audits: &'a Audits, standards: &Standards) -> Self {
        let rows = std::iter::once(standards).chain(audits.editions.iter().map(|edition| &edition.standards));
        let rows = rows.flat_map(|standards| &standards.all);
        let (critical, drafts) = rows.map(|standard| (standard.critical, standard.status == Status::Draft)).unzip();
        let auditors = audits.shared_numbers(|record| record.auditor.as_deref());
        Pooling { audits, auditors, critical, drafts, given: Vec::new(), judges: Vec::new() }
    }

    /// The units of the records of one visit, by the items that `picks` lets through. `each` gets every unit, and who judged
    /// it: the number of each auditor, and 1 where the auditor found it met, else 0.
    pub(super) fn units(
        &mut self,
        records: &[usize],
        picks: impl Fn(usize, &Item) -> bool,
        mut each: impl FnMut(AuditUnit, &[(usize, usize)]),
    ) {
        let counts = |item: &Item| !self.drafts.get(item.row as usize).copied().unwrap_or(false);
        let picks = |record: usize, item: &Item| counts(item) && picks(record, item);
        if let [record] = records {
            let Some(found) = self.audits.records.get(*record) else { return };
            for item in found.items.iter().filter(|item| picks(*record, item)) {
                let judge = [(self.auditors[*record], usize::from(item.answer == Answer::Met))];
                each(alone(item, *record), if item.is_judged() { &judge } else { &[] });
            }
            return;
        }
        let mut given = std::mem::take(&mut self.given);
        for record in records {
            let Some(found) = self.audits.records.get(*record) else { continue };
            let auditor = self.auditors[*record];
            given.extend(found.items.iter().filter(|item| picks(*record, item)).map(|item| Given {
                standard: item.standard,
                former: item.wording.former(),
                auditor,
                record: *record,
                item,
            }));
        }
        given.sort_by_key(|given| (given.standard, given.former, given.auditor, given.record));
        for of_standard in given.chunk_by(|a, b| a.standard == b.standard) {
            let mut is_judged = false;
            for of_wording in of_standard.chunk_by(|a, b| a.former == b.former) {
                if let Some(unit) = self.judged(of_wording) {
                    is_judged = true;
                    each(unit, &self.judges);
                }
            }
            if !is_judged {
                each(unjudged(of_standard), &[]);
            }
        }
        given.clear();
        self.given = given;
    }

    /// What the auditors of one wording say together; none where none of them judged it.
    fn judged(&mut self, given: &[Given<'_>]) -> Option<AuditUnit> {
        self.judges.clear();
        let (mut items, mut observed) = (Rate::default(), Rate::default());
        let mut last: Option<&Given<'_>> = None;
        for of_auditor in given.chunk_by(|a, b| a.auditor == b.auditor) {
            let mut own = Rate::default();
            for answer in of_auditor.iter().filter(|answer| answer.item.is_judged()) {
                own = own + passes(answer.item);
                items = items + Rate::new(u64::from(answer.item.answer == Answer::Met), 1);
                last = last.filter(|last| last.record > answer.record).or(Some(answer));
            }
            if own.of() > 0 {
                let demand = last.map_or(WHOLE, |last| last.item.demand);
                self.judges.push((of_auditor[0].auditor, usize::from(reaches(own, demand))));
                observed = observed + own;
            }
        }
        let last = last?;
        let verdict = self.verdict(last.item, observed);
        let Given { standard, former, record, .. } = *last;
        let (row, demand) = (last.item.row, last.item.demand);
        Some(AuditUnit { standard, row, former, record, verdict, items, observed, demand, staff: None })
    }

    fn verdict(&self, item: &Item, observed: Rate) -> Verdict {
        let met = self.judges.iter().filter(|(_, is_met)| *is_met == 1).count();
        let failed = self.judges.len() - met;
        if failed > 0 && self.critical.get(item.row as usize).copied().unwrap_or_default() {
            return Verdict::NotMet;
        }
        // With a share of one, a failure of one auditor's would outvote all the others.
        let is_met = if item.demand < WHOLE { Some(reaches(observed, item.demand)) } else { None };
        match is_met.or_else(|| (met != failed).then_some(met > failed)) {
            Some(true) => Verdict::Met,
            Some(false) => Verdict::NotMet,
            None => Verdict::Disputed,
        }
    }
}

/// The unit of a record that is a visit by itself.
fn alone(item: &Item, record: usize) -> AuditUnit {
    let (verdict, items) = match item.answer {
        Answer::Met => (Verdict::Met, Rate::new(1, 1)),
        Answer::NotMet => (Verdict::NotMet, Rate::new(0, 1)),
        Answer::NotApplicable => (Verdict::NotApplicable, Rate::default()),
        Answer::NotObserved => (Verdict::NotObserved, Rate::default()),
    };
    let Item { standard, row, demand, staff, .. } = *item;
    let (former, observed) = (item.wording.former(), passes(item));
    AuditUnit { standard, row, former, record, verdict, items, observed, demand, staff }
}

/// The unit of a standard that nobody judged: not applicable where one said so.
fn unjudged(given: &[Given<'_>]) -> AuditUnit {
    let is_na = |given: &&Given<'_>| given.item.answer == Answer::NotApplicable;
    let verdict = if given.iter().any(|given| is_na(&given)) { Verdict::NotApplicable } else { Verdict::NotObserved };
    // As the last record has it, of those that say what is told.
    let last = given.iter().max_by_key(|given| (is_na(given), given.record)).unwrap_or(&given[0]);
    let Given { standard, former, record, item, .. } = *last;
    let (items, observed) = (Rate::default(), Rate::default());
    let Item { row, demand, .. } = *item;
    AuditUnit { standard, row, former, record, verdict, items, observed, demand, staff: None }
}

fn passes(item: &Item) -> Rate {
    Rate::new(u64::from(item.passed), u64::from(item.observations))
}

/// Whether passes are as many as demanded, in millionths of the observations.
fn reaches(observed: Rate, demand: u32) -> bool {
    u128::from(observed.met()) * u128::from(WHOLE) >= u128::from(observed.of()) * u128::from(demand)
}

impl Audits {
    /// Every unit of the records that `counts` lets through and their items that `picks` does, visit by visit. `each` gets
    /// the first of those records of the visit, the unit, and who judged it: a number for each auditor, and 1 for met.
    pub fn each_unit<'a>(
        &'a self,
        standards: &Standards,
        counts: impl Fn(&Record) -> bool,
        picks: impl Fn(&Record, &Item) -> bool,
        mut each: impl FnMut(&'a Record, AuditUnit, &[(usize, usize)]),
    ) {
        let mut pooling = Pooling::new(self, standards);
        for records in self.by_visit(counts) {
            let Some(first) = records.first().and_then(|first| self.records.get(*first)) else { continue };
            let picks = |record: usize, item: &Item| self.records.get(record).is_some_and(|record| picks(record, item));
            pooling.units(&records, picks, |unit, judges| each(first, unit, judges));
        }
    }

    /// What auditors made of each standard, by the number of its id, over the same units.
    pub fn ratings(
        &self,
        standards: &Standards,
        counts: impl Fn(&Record) -> bool,
        picks: impl Fn(&Record, &Item) -> bool,
    ) -> Vec<Ratings> {
        let mut ratings = vec![Ratings::default(); self.ids.len()];
        self.each_unit(standards, counts, picks, |_, unit, judges| {
            if let Some(ratings) = ratings.get_mut(unit.standard as usize) {
                ratings.add(judges);
            }
        });
        ratings
    }
}

impl AuditUnit {
    /// Whether it counts in a score.
    pub fn is_judged(&self) -> bool {
        matches!(self.verdict, Verdict::Met | Verdict::NotMet)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::audit::testing::{item, of, record};

    /// The verdicts of the units of all records, which are one visit, each record of an auditor of its own or of the one
    /// that is named.
    fn verdicts(records: &[(Option<&str>, Item)]) -> Vec<(Verdict, Rate, Vec<usize>)> {
        let of_visit = |(auditor, item): &(Option<&str>, Item)| record("a", Some("v"), *auditor, vec![item.clone()]);
        let audits = of(records.iter().map(of_visit).collect());
        let mut found = Vec::new();
        audits.each_unit(
            &Standards::default(),
            |_| true,
            |_, _| true,
            |_, unit, judges| {
                found.push((unit.verdict, unit.items, judges.iter().map(|(_, met)| *met).collect()));
            },
        );
        found
    }

    fn met() -> Item {
        item(0, Answer::Met)
    }

    fn failed() -> Item {
        item(0, Answer::NotMet)
    }

    fn verdict(records: &[(Option<&str>, Item)]) -> Verdict {
        let found = verdicts(records);
        assert_eq!(found.len(), 1, "one standard in one visit");
        found[0].0
    }

    #[test]
    fn most_decide_and_a_tie_is_disputed() {
        assert_eq!(verdict(&[(None, met()), (None, met()), (None, failed())]), Verdict::Met);
        assert_eq!(verdict(&[(None, failed()), (None, met()), (None, failed())]), Verdict::NotMet);
        assert_eq!(verdict(&[(None, failed()), (None, met())]), Verdict::Disputed);
    }

    #[test]
    fn only_met_and_not_met_vote() {
        let (na, unseen) = (item(0, Answer::NotApplicable), item(0, Answer::NotObserved));
        assert_eq!(verdict(&[(None, na.clone()), (None, unseen.clone()), (None, met())]), Verdict::Met);
        assert_eq!(verdict(&[(None, na), (None, unseen.clone())]), Verdict::NotApplicable);
        assert_eq!(verdict(&[(None, unseen.clone()), (None, unseen)]), Verdict::NotObserved);
    }

    #[test]
    fn with_a_share_the_passes_of_all_are_pooled() {
        let of = |passed, observations, demand| Item { passed, observations, demand, ..met() };
        let (all, most) = (of(10, 10, 900_000), Item { answer: Answer::NotMet, ..of(8, 10, 900_000) });
        assert_eq!(verdict(&[(None, all.clone()), (None, most.clone())]), Verdict::Met, "18 of 20 are 90 %");
        let less = Item { passed: 7, ..most };
        assert_eq!(verdict(&[(None, all), (None, less)]), Verdict::NotMet);
    }

    #[test]
    fn records_of_one_auditor_are_pooled_before_the_vote() {
        let found = verdicts(&[(Some("q"), met()), (Some("q"), failed()), (Some("g"), met())]);
        assert_eq!(found, [(Verdict::Disputed, Rate::new(2, 3), vec![0, 1])]);
        let of = |passed, observations| Item { passed, observations, demand: 800_000, ..met() };
        let found = verdicts(&[(Some("q"), of(3, 5)), (Some("q"), of(5, 5))]);
        assert_eq!((found[0].0, &found[0].2), (Verdict::Met, &vec![1]), "8 of 10 are 80 %");
    }

    #[test]
    fn what_is_critical_fails_when_anybody_says_so() {
        let audits = of(vec![
            record("a", Some("v"), None, vec![met()]),
            record("a", Some("v"), None, vec![met()]),
            record("a", Some("v"), None, vec![failed()]),
        ]);
        let mut pooling = Pooling::new(&audits, &Standards::default());
        pooling.critical = vec![true];
        let mut found = Vec::new();
        pooling.units(&[0, 1, 2], |_, _| true, |unit, _| found.push(unit.verdict));
        assert_eq!(found, [Verdict::NotMet]);
    }

    #[test]
    fn two_wordings_are_two_units_and_what_was_not_judged_is_none() {
        let old = |answer| Item { wording: crate::audit::Wording::Former(0), ..item(0, answer) };
        let found = verdicts(&[(None, old(Answer::Met)), (None, failed())]);
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [Verdict::NotMet, Verdict::Met]);
        let found = verdicts(&[(None, old(Answer::NotObserved)), (None, failed())]);
        assert_eq!(found.iter().map(|found| found.0).collect::<Vec<_>>(), [Verdict::NotMet]);
    }
}
