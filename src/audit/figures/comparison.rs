//! Which sites, years, periods or members of staff may be told apart.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::statistics::{FALSE_DISCOVERIES, Interval, Rate, benjamini_hochberg, difference, exact_test};

/// With more groups than this, each is compared with all the others together: pairs would be more than anybody reads, and
/// more than a small sample can tell apart.
const MANY: usize = 12;

/// The difference of two groups' shares of units met.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Comparison {
    /// What is compared: `site`, `year`, `period` or `staff`.
    pub dimension: &'static str,
    /// The first.
    pub a: String,
    /// The second; null for all the others together.
    pub b: Option<String>,
    /// Share of units met by the first, less that of the second; unweighted.
    pub difference: f64,
    /// Its 95 % interval (Newcombe); null where one of them has fewer than 5 judged units.
    pub interval: Option<Interval>,
    /// Probability of shares at least as unlike, if they did not differ (Fisher's exact test); null as above.
    pub p: Option<f64>,
    /// Whether the two may be told apart, all comparisons considered (Benjamini and Hochberg, 5 %).
    pub established: bool,
    /// Of periods: how many wordings were judged in both, which are all that is compared; else null.
    pub wordings: Option<usize>,
}

/// A group to compare: its key, and its units met out of those judged.
pub(super) type Group = (String, Rate);

/// Units met out of those judged, by number of the standard and of an earlier wording's stamp.
pub(super) type ByWording = BTreeMap<(usize, Option<u32>), Rate>;

/// Compares periods, all pairs of them, or each with all the others: only by what was judged under the same wording in
/// both, since a change of the standards is none of the work.
pub(super) fn periods(dimension: &'static str, periods: &[(String, ByWording)]) -> Vec<Comparison> {
    if periods.len() > MANY {
        let with_others = |(key, own): &(String, ByWording)| {
            let mut others = ByWording::new();
            for (_, rates) in periods.iter().filter(|(other, _)| other != key) {
                for (wording, rate) in rates {
                    let sum = others.entry(*wording).or_default();
                    *sum = *sum + *rate;
                }
            }
            alike(dimension, key, None, own, &others)
        };
        return periods.iter().filter_map(with_others).collect();
    }
    let with_later = |(number, a): (usize, &(String, ByWording))| -> Vec<Comparison> {
        periods[number + 1..].iter().filter_map(|b| alike(dimension, &a.0, Some(&b.0), &a.1, &b.1)).collect()
    };
    periods.iter().enumerate().flat_map(with_later).collect()
}

/// Compares two periods by the wordings that were judged in both; none where there is none.
pub(super) fn alike(
    dimension: &'static str,
    a: &str,
    b: Option<&str>,
    of_a: &ByWording,
    of_b: &ByWording,
) -> Option<Comparison> {
    let common = of_a.iter().filter_map(|(wording, rate)| Some((*rate, *of_b.get(wording)?)));
    let common: Vec<(Rate, Rate)> = common.filter(|(a, b)| a.of() > 0 && b.of() > 0).collect();
    let sum_a: Rate = common.iter().map(|(rate, _)| *rate).sum();
    let sum_b: Rate = common.iter().map(|(_, rate)| *rate).sum();
    Some(Comparison { wordings: Some(common.len()), ..compare(dimension, a, b, sum_a, sum_b)? })
}

/// All pairs of a dimension's groups, or each group with all the others.
pub(super) fn pairs(dimension: &'static str, groups: &[Group]) -> Vec<Comparison> {
    let groups: Vec<&Group> = groups.iter().filter(|(_, rate)| rate.of() > 0).collect();
    if groups.len() > MANY {
        let all: Rate = groups.iter().map(|(_, rate)| *rate).sum();
        let with_others = |(key, rate): &&Group| {
            let others = Rate::new(all.met() - rate.met(), all.of() - rate.of());
            compare(dimension, key, None, *rate, others)
        };
        return groups.iter().filter_map(with_others).collect();
    }
    let with_later = |(number, a): (usize, &&Group)| -> Vec<Comparison> {
        groups[number + 1..].iter().filter_map(|b| compare(dimension, &a.0, Some(&b.0), a.1, b.1)).collect()
    };
    groups.iter().enumerate().flat_map(with_later).collect()
}

/// Compares two groups; whether the difference is established is for [`judge`] to say. None where one has nothing judged.
pub(super) fn compare(dimension: &'static str, a: &str, b: Option<&str>, of_a: Rate, of_b: Rate) -> Option<Comparison> {
    let found = difference(of_a, of_b)?;
    let enough = !(of_a.is_few() || of_b.is_few());
    Some(Comparison {
        dimension,
        a: a.to_owned(),
        b: b.map(str::to_owned),
        difference: found.value,
        interval: enough.then_some(found.interval),
        p: if enough { exact_test(of_a, of_b) } else { None },
        established: false,
        wordings: None,
    })
}

/// Decides, over all comparisons of a report, which differences are established. One whose interval holds 0 is not,
/// whatever its probability.
pub(super) fn judge(comparisons: &mut [Comparison]) {
    let tested: Vec<&mut Comparison> = comparisons.iter_mut().filter(|comparison| comparison.p.is_some()).collect();
    let probabilities: Vec<f64> = tested.iter().filter_map(|comparison| comparison.p).collect();
    let rejected = benjamini_hochberg(&probabilities, FALSE_DISCOVERIES);
    for (comparison, rejected) in tested.into_iter().zip(rejected) {
        comparison.established = rejected && comparison.interval.is_some_and(|interval| !interval.holds(0.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn groups(rates: &[(u64, u64)]) -> Vec<Group> {
        rates.iter().enumerate().map(|(number, (met, of))| (format!("g{number}"), Rate::new(*met, *of))).collect()
    }

    fn established(rates: &[(u64, u64)]) -> Vec<bool> {
        let mut found = pairs("site", &groups(rates));
        judge(&mut found);
        found.iter().map(|comparison| comparison.established).collect()
    }

    #[test]
    fn a_difference_is_established_when_there_is_enough_of_it() {
        assert_eq!(established(&[(90, 100), (60, 100)]), [true]);
        assert_eq!(established(&[(9, 10), (6, 10)]), [false]);
        assert_eq!(established(&[(4, 4), (0, 4)]), [false], "fewer than five on both sides");
    }

    #[test]
    fn many_looks_make_a_doubtful_difference_undecided() {
        // Alone, 45 of 50 against 37 of 50 would be believed (p = 0.066 is not; 46 against 37 has p = 0.03).
        assert_eq!(established(&[(46, 50), (37, 50)]), [true]);
        let mut rates = vec![(42, 50); 8];
        rates.extend([(46, 50), (37, 50)]);
        assert!(established(&rates).iter().all(|established| !established), "one such pair among 45 is to be expected");
    }

    #[test]
    fn periods_are_compared_by_what_both_judged_under_one_wording() {
        let of = |rates: &[(usize, u64, u64)]| -> ByWording {
            rates.iter().map(|(number, met, of)| ((*number, None), Rate::new(*met, *of))).collect()
        };
        let years =
            [("2025".to_owned(), of(&[(0, 10, 10), (1, 0, 50)])), ("2026".to_owned(), of(&[(0, 9, 10), (2, 9, 9)]))];
        let found = periods("year", &years);
        assert_eq!(found.len(), 1);
        assert!((found[0].difference - 0.1).abs() < 1e-12 && found[0].wordings == Some(1), "{found:?}");
        assert_eq!(periods("year", &[years[0].clone(), ("2027".to_owned(), of(&[(7, 1, 1)]))]), []);
    }

    #[test]
    fn few_judged_have_a_difference_and_neither_interval_nor_verdict() {
        let found = pairs("site", &groups(&[(3, 4), (50, 100)]));
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].difference, found[0].interval, found[0].p), (0.25, None, None));
    }

    #[test]
    fn nothing_judged_is_compared_with_nothing() {
        assert_eq!(pairs("site", &groups(&[(0, 0), (5, 10)])), []);
    }

    #[test]
    fn of_many_each_is_compared_with_the_rest() {
        let mut rates = vec![(500, 1000); 20];
        rates[3] = (800, 1000);
        let mut found = pairs("site", &groups(&rates));
        judge(&mut found);
        assert_eq!(found.len(), 20);
        assert!(found.iter().all(|comparison| comparison.b.is_none()));
        let apart: Vec<&str> =
            found.iter().filter(|comparison| comparison.established).map(|comparison| comparison.a.as_str()).collect();
        assert_eq!(apart, ["g3"]);
        assert!((found[3].difference - 0.3).abs() < 1e-12);
    }
}
