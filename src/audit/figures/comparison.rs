//! Which sites, years, periods or members of staff may be told apart.

use schemars::JsonSchema;
use serde::Serialize;

use super::stretch::Stretch;
use crate::statistics::{Clusters, FALSE_DISCOVERIES, Interval, benjamini_hochberg, clustered_difference};

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
    /// Its 95 % interval (Newcombe, over the units that are left when those of one visit hang together: Rao and Scott, Student's t);
    /// null where one of them has fewer than 5 judged units, or neither has two visits.
    pub interval: Option<Interval>,
    /// Probability of shares at least as unlike, if they did not differ (t of visits after Rao and Scott, or Fisher's exact test
    /// of units where that is larger); null as above.
    pub p: Option<f64>,
    /// Visits of the first and of the second that judged something of it.
    pub visits: [u64; 2],
    /// How many units of one visit tell as much as one would that had nothing to do with the others; 1 where visits differ by no
    /// more than chance; null as above.
    pub design_effect: Option<f64>,
    /// Whether the two may be told apart, all comparisons considered (Benjamini and Hochberg, 5 %).
    pub established: bool,
    /// Of periods: how many wordings were judged in both, which are all that is compared; else null.
    pub wordings: Option<usize>,
}

/// A group to compare: its key, and its units met out of those judged, visit by visit.
pub(super) type Group = (String, Clusters);

/// Compares periods, all pairs of them, or each with all the others: only by what was judged under the same wording in
/// both, since a change of the standards is none of the work. `wordings` is how many wordings there are.
pub(super) fn periods(dimension: &'static str, periods: &[(String, &Stretch)], wordings: u32) -> Vec<Comparison> {
    if periods.len() > MANY {
        let with_others = |(key, own): &(String, &Stretch)| {
            let others = periods.iter().filter(|(other, _)| other != key);
            let others: Vec<&Stretch> = others.map(|(_, stretch)| *stretch).collect();
            alike(dimension, (key, None), (&[own], &others), wordings)
        };
        return periods.iter().filter_map(with_others).collect();
    }
    let with_later = |(number, a): (usize, &(String, &Stretch))| -> Vec<Comparison> {
        let later = periods[number + 1..].iter();
        later.filter_map(|b| alike(dimension, (&a.0, Some(&b.0)), (&[a.1], &[b.1]), wordings)).collect()
    };
    periods.iter().enumerate().flat_map(with_later).collect()
}

/// Compares two periods by the wordings that were judged in both; none where there is none.
pub(super) fn alike(
    dimension: &'static str,
    (a, b): (&str, Option<&str>),
    (of_a, of_b): (&[&Stretch], &[&Stretch]),
    wordings: u32,
) -> Option<Comparison> {
    let judged = |stretches: &[&Stretch]| {
        let mut judged = vec![false; wordings as usize];
        for wording in stretches.iter().flat_map(|stretch| stretch.wordings()) {
            if let Some(judged) = judged.get_mut(wording as usize) {
                *judged = true;
            }
        }
        judged
    };
    let common: Vec<bool> = judged(of_a).into_iter().zip(judged(of_b)).map(|(a, b)| a && b).collect();
    let is_common = |wording: u32| common.get(wording as usize).copied().unwrap_or_default();
    let clusters = |stretches: &[&Stretch]| {
        let mut clusters = Clusters::default();
        stretches.iter().flat_map(|stretch| stretch.visits(is_common)).for_each(|visit| clusters.add(visit));
        clusters
    };
    let wordings = common.iter().filter(|is_common| **is_common).count();
    Some(Comparison { wordings: Some(wordings), ..compare(dimension, (a, b), clusters(of_a), clusters(of_b))? })
}

/// All pairs of a dimension's groups, or each group with all the others.
pub(super) fn pairs(dimension: &'static str, groups: &[Group]) -> Vec<Comparison> {
    let groups: Vec<&Group> = groups.iter().filter(|(_, group)| group.rate().of() > 0).collect();
    if groups.len() > MANY {
        let all: Clusters = groups.iter().map(|(_, group)| *group).sum();
        let with_others = |(key, own): &&Group| compare(dimension, (key, None), *own, all.without(*own));
        return groups.iter().filter_map(with_others).collect();
    }
    let with_later = |(number, a): (usize, &&Group)| -> Vec<Comparison> {
        groups[number + 1..].iter().filter_map(|b| compare(dimension, (&a.0, Some(&b.0)), a.1, b.1)).collect()
    };
    groups.iter().enumerate().flat_map(with_later).collect()
}

/// Compares two groups of visits; whether the difference is established is for [`judge`] to say. None where one has nothing
/// judged.
fn compare(
    dimension: &'static str,
    (a, b): (&str, Option<&str>),
    of_a: Clusters,
    of_b: Clusters,
) -> Option<Comparison> {
    let (share_a, share_b) = (of_a.rate().share()?, of_b.rate().share()?);
    let enough = !(of_a.rate().is_few() || of_b.rate().is_few());
    let found = clustered_difference(of_a, of_b).filter(|_| enough);
    Some(Comparison {
        dimension,
        a: a.to_owned(),
        b: b.map(str::to_owned),
        difference: share_a - share_b,
        interval: found.map(|found| found.difference.interval),
        p: found.map(|found| found.p),
        visits: [of_a.count(), of_b.count()],
        design_effect: found.map(|found| found.design_effect),
        established: false,
        wordings: None,
    })
}

/// Which of many differences are established, by their probabilities and intervals, where they have any. One whose interval
/// holds 0 is not, whatever its probability.
pub(super) fn established(differences: &[Option<(f64, Interval)>]) -> Vec<bool> {
    let probabilities: Vec<f64> = differences.iter().flatten().map(|(p, _)| *p).collect();
    let mut rejected = benjamini_hochberg(&probabilities, FALSE_DISCOVERIES).into_iter();
    let judge = |told: &Option<(f64, Interval)>| {
        told.is_some_and(|(_, interval)| rejected.next().unwrap_or_default() && !interval.holds(0.0))
    };
    differences.iter().map(judge).collect()
}

/// Decides, over all comparisons of a report, which differences are established.
pub(super) fn judge(comparisons: &mut [Comparison]) {
    let told: Vec<_> = comparisons.iter().map(|comparison| comparison.p.zip(comparison.interval)).collect();
    for (comparison, established) in comparisons.iter_mut().zip(established(&told)) {
        comparison.established = established;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::statistics::Rate;

    /// Groups of so many visits each, all of which go alike.
    fn groups(rates: &[(u64, u64)], visits: usize) -> Vec<Group> {
        let group = |(met, of): &(u64, u64)| (0..visits).map(|_| clusters(*met, *of)).sum();
        rates.iter().enumerate().map(|(number, rate)| (format!("g{number}"), group(rate))).collect()
    }

    fn clusters(met: u64, of: u64) -> Clusters {
        let mut clusters = Clusters::default();
        clusters.add(Rate::new(met, of));
        clusters
    }

    fn are_established(rates: &[(u64, u64)], visits: usize) -> Vec<bool> {
        let mut found = pairs("site", &groups(rates, visits));
        judge(&mut found);
        found.iter().map(|comparison| comparison.established).collect()
    }

    #[test]
    fn a_difference_is_established_when_there_is_enough_of_it() {
        assert_eq!(are_established(&[(9, 10), (6, 10)], 10), [true]);
        assert_eq!(are_established(&[(90, 100), (60, 100)], 1), [false], "one visit each");
        assert_eq!(are_established(&[(1, 1), (0, 1)], 4), [false], "fewer than five on both sides");
    }

    #[test]
    fn a_good_day_and_a_bad_one_are_no_difference() {
        let of = |days: &[u64]| days.iter().map(|met| clusters(*met, 20)).sum();
        let sites = [("a".to_owned(), of(&[20, 12, 20, 13])), ("b".to_owned(), of(&[14, 9, 20, 8]))];
        let found = pairs("site", &sites);
        // 65 of 80 against 51 of 80 would be believed of independent checks (Fisher: 0.022).
        assert!(found[0].p.is_some_and(|p| p > 0.2) && found[0].design_effect.is_some_and(|d| d > 3.0), "{found:?}");
        assert_eq!(found[0].visits, [4, 4]);
    }

    #[test]
    fn many_looks_make_a_doubtful_difference_undecided() {
        assert_eq!(are_established(&[(23, 25), (18, 25)], 2), [false], "two visits each tell little");
        assert_eq!(are_established(&[(23, 25), (19, 25)], 4), [true]);
        let mut rates = vec![(21, 25); 8];
        rates.extend([(23, 25), (19, 25)]);
        let none = are_established(&rates, 4).iter().all(|established| !established);
        assert!(none, "one such pair among 45 is to be expected");
    }

    #[test]
    fn periods_are_compared_by_what_both_judged_under_one_wording() {
        let of = |visits: &[&[(u32, u64, u64)]]| {
            let mut stretch = Stretch::default();
            for visit in visits {
                for (wording, met, of) in *visit {
                    (0..*of).for_each(|unit| stretch.add(*wording, unit < *met));
                }
                stretch.close();
            }
            stretch
        };
        let (first, second) = (of(&[&[(0, 10, 10), (1, 0, 50)]]), of(&[&[(0, 9, 10), (2, 9, 9)], &[(2, 1, 1)]]));
        let found = periods("year", &[("2025".to_owned(), &first), ("2026".to_owned(), &second)], 3);
        assert_eq!(found.len(), 1);
        assert!((found[0].difference - 0.1).abs() < 1e-12 && found[0].wordings == Some(1), "{found:?}");
        assert_eq!(found[0].visits, [1, 1], "one visit judged nothing that both did");
        let third = of(&[&[(7, 1, 1)]]);
        assert_eq!(periods("year", &[("2025".to_owned(), &first), ("2027".to_owned(), &third)], 8), []);
    }

    #[test]
    fn few_judged_have_a_difference_and_neither_interval_nor_verdict() {
        let found = pairs("site", &[("a".to_owned(), clusters(3, 4)), ("b".to_owned(), clusters(50, 100))]);
        assert_eq!(found.len(), 1);
        assert_eq!((found[0].difference, found[0].interval, found[0].p), (0.25, None, None));
    }

    #[test]
    fn nothing_judged_is_compared_with_nothing() {
        assert_eq!(pairs("site", &groups(&[(0, 0), (5, 10)], 2)), []);
    }

    #[test]
    fn of_many_each_is_compared_with_the_rest() {
        let mut rates = vec![(50, 100); 20];
        rates[3] = (80, 100);
        let mut found = pairs("site", &groups(&rates, 10));
        judge(&mut found);
        assert_eq!(found.len(), 20);
        assert!(found.iter().all(|comparison| comparison.b.is_none()));
        let apart: Vec<&str> =
            found.iter().filter(|comparison| comparison.established).map(|comparison| comparison.a.as_str()).collect();
        assert_eq!(apart, ["g3"]);
        assert!((found[3].difference - 0.3).abs() < 1e-12);
    }
}
