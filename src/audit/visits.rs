//! Visits: which records tell of the same thing at the same time.

use std::collections::{BTreeMap, HashMap};
use std::hash::Hash;

use super::model::{Audits, Record};
use crate::diag::{Code, Diagnostic};
use crate::say;

impl Audits {
    /// For each record, the number of its visit. Records share a visit where they name the same `visit` at the same site; any
    /// other record is a visit of its own.
    pub fn visits(&self) -> Vec<usize> {
        self.shared_numbers(|record| Some((record.site.as_deref(), record.visit.as_deref()?)))
    }

    /// A finding for each name of a visit that records of a site have on days which no one visit spans, at the first record of
    /// the later day: a night has two.
    pub(super) fn repeated_visits(&self) -> Vec<Diagnostic> {
        let mut named: BTreeMap<(Option<&str>, &str), Vec<&Record>> = BTreeMap::new();
        for record in self.records.iter().filter(|record| record.is_placed) {
            let Some(visit) = record.visit.as_deref() else { continue };
            named.entry((record.site.as_deref(), visit)).or_default().push(record);
        }
        let finding = |((_, visit), records): ((Option<&str>, &str), Vec<&Record>)| {
            let first = records.first()?;
            let is_apart = |record: &&&Record| (record.moment.date - first.moment.date).num_days().abs() > 1;
            let other = records.iter().find(is_apart)?;
            let (day, before) = (other.moment.date, first.moment.date);
            let message = say!(
                "the visit `{visit}` is of {before} too, so that and {day} count as one visit",
                visit,
                before,
                day
            );
            let help = say!("a visit is one place at one time: give each a name of its own, or mend the date");
            let finding = Diagnostic::new(Code::RepeatedVisit, other.span, message).help(help);
            Some(finding.related(first.span, say!("it is named here first")))
        };
        named.into_iter().filter_map(finding).collect()
    }

    /// The records that `counts` lets through, visit by visit, in the order of each visit's first.
    pub(super) fn by_visit(&self, counts: impl Fn(&Record) -> bool) -> Vec<Vec<usize>> {
        let mut visits: Vec<Vec<usize>> = Vec::new();
        let mut places: HashMap<usize, usize> = HashMap::new();
        let numbered = self.visits().into_iter().enumerate();
        for (index, visit) in numbered.filter(|(index, _)| self.records.get(*index).is_some_and(&counts)) {
            let place = *places.entry(visit).or_insert(visits.len());
            match visits.get_mut(place) {
                Some(records) => records.push(index),
                None => visits.push(vec![index]),
            }
        }
        visits
    }

    /// For each record a number that it shares with all of the same key; without a key, a number of its own.
    pub(super) fn shared_numbers<'a, K: Hash + Eq>(&'a self, key: impl Fn(&'a Record) -> Option<K>) -> Vec<usize> {
        let mut known = HashMap::new();
        let number = |(own, record)| key(record).map_or(own, |key| *known.entry(key).or_insert(own));
        self.records.iter().enumerate().map(number).collect()
    }
}

#[cfg(test)]
mod tests {
    use crate::audit::testing::{item, of, record};
    use crate::audit::{Answer, Audits, Record};
    use crate::method::Standards;
    use crate::statistics::Ratings;

    fn ratings(audits: &Audits) -> Vec<Ratings> {
        audits.ratings(&Standards::default(), |_| true, |_, _| true)
    }

    fn night(auditor: Option<&str>, standard: u32, is_met: bool) -> Record {
        let answer = if is_met { Answer::Met } else { Answer::NotMet };
        record("north", Some("night"), auditor, vec![item(standard, answer)])
    }

    #[test]
    fn a_visit_is_shared_by_who_names_it_at_the_same_site() {
        let named = |site, visit| record(site, visit, Some("lead"), Vec::new());
        let audits = of(vec![
            named("north", Some("night")),
            named("north", None),
            named("north", None),
            named("south", Some("night")),
            named("north", Some("night")),
        ]);
        assert_eq!(audits.visits(), [0, 1, 2, 3, 0]);
        assert_eq!(audits.by_visit(|_| true), [vec![0, 4], vec![1], vec![2], vec![3]]);
        assert_eq!(audits.by_visit(|record| record.visit.is_some()), [vec![0, 4], vec![3]]);
    }

    #[test]
    fn a_name_used_again_later_is_told() {
        let on = |day: &str, lead| {
            let mut record = night(Some(lead), 0, true);
            record.moment.date = day.parse().expect("a day");
            record
        };
        let told = |days: &[&str]| -> Vec<String> {
            let audits = of(days.iter().map(|day| on(day, "lead")).collect());
            assert!(audits.visits().iter().all(|visit| *visit == 0));
            audits.repeated_visits().iter().map(|finding| finding.message.to_string()).collect()
        };
        assert_eq!(told(&["2026-03-01", "2026-03-01", "2026-03-02"]), [""; 0], "a night is of two days");
        let one = "the visit `night` is of 2026-03-01 too, so that and 2026-06-01 count as one visit";
        assert_eq!(told(&["2026-03-01", "2026-03-01", "2026-06-01", "2026-09-01"]), [one]);
    }

    #[test]
    fn an_unnamed_auditor_is_the_auditor_of_that_record() {
        let audits = of(vec![night(None, 0, true), night(None, 0, false), night(Some("lead"), 1, true)]);
        let ratings = ratings(&audits);
        assert_eq!((ratings[0].units(), ratings[0].auditors(), ratings[0].percent()), (1, 2, Some(0.0)));
        assert_eq!((ratings[1].units(), ratings[1].percent()), (0, None));
    }

    #[test]
    fn who_judged_a_unit_twice_counts_once() {
        let audits =
            of(vec![night(Some("lead"), 0, true), night(Some("lead"), 0, false), night(Some("guest"), 0, false)]);
        let found = ratings(&audits);
        assert_eq!((found[0].units(), found[0].percent()), (1, Some(1.0)));
        let alone = of(vec![night(Some("lead"), 0, true), night(Some("lead"), 0, false)]);
        assert_eq!(ratings(&alone)[0].units(), 0);
    }
}
