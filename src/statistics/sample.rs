//! How many observations would be enough.

use super::Z95;

/// How many observations tell a share to within `margin` (0.05 for ± 5 points) with 95 % confidence, if it is expected to
/// be near `share` (0.5 is the most cautious), out of a `population` of that many where it is known. None where that is
/// no question: a margin that is not above 0, a share outside 0 and 1, a population of none.
///
/// Source: W. G. Cochran, "Sampling Techniques", 3rd ed. (1977), § 4.4: z² p (1 − p) / E², and n₀ / (1 + (n₀ − 1) / N) for
/// a finite population.
pub fn sample_size(share: f64, margin: f64, population: Option<u64>) -> Option<u64> {
    if !(margin > 0.0 && (0.0..=1.0).contains(&share)) || population == Some(0) {
        return None;
    }
    let endless = Z95 * Z95 * share * (1.0 - share) / (margin * margin);
    let needed = match population {
        Some(population) => endless / (1.0 + (endless - 1.0) / population as f64),
        None => endless,
    };
    // One is the least that is an observation; a float too large for the type stays at the type's end.
    let whole = (needed.ceil() as u64).max(1);
    Some(population.map_or(whole, |population| whole.min(population)))
}

/// More trials than this are no plan.
const MOST_VISITS: u64 = 100_000;

/// The least number of trials that, with that many failures among them, tells with `certainty` that the share of successes is
/// at least `share`: were it just that, so few failures would have a chance of 1 − `certainty` at most. None where that is no
/// question, or takes more than anybody would make.
///
/// Source: C. J. Clopper and E. S. Pearson, "The use of confidence or fiducial limits illustrated in the case of the binomial",
/// Biometrika 26 (1934) 404–413: the lower limit of a share. Without a failure, ln (1 − C) / ln p.
pub fn visits_to_tell(share: f64, certainty: f64, failures: u64) -> Option<u64> {
    let is_question = share > 0.0 && share < 1.0 && certainty > 0.0 && certainty < 1.0;
    if !is_question {
        return None;
    }
    let odds = (1.0 - share) / share;
    let is_enough = |n: u64| {
        // The chance of 0, 1, … failures of n, each from the one before.
        let mut chance = share.powf(n as f64);
        let mut sum = chance;
        for failed in 1..=failures.min(n) {
            chance *= odds * (n - failed + 1) as f64 / failed as f64;
            sum += chance;
        }
        sum <= 1.0 - certainty + 1e-12
    };
    let (mut least, mut most) = (failures + 1, MOST_VISITS);
    if !is_enough(most) {
        return None;
    }
    while least < most {
        let middle = least + (most - least) / 2;
        if is_enough(middle) { most = middle } else { least = middle + 1 }
    }
    Some(least)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn is_what_is_published() {
        assert_eq!(sample_size(0.5, 0.05, None), Some(385));
        assert_eq!(sample_size(0.5, 0.05, Some(100)), Some(80));
        assert_eq!(sample_size(0.5, 0.05, Some(1000)), Some(278));
    }

    #[test]
    fn visits_that_tell_a_share_are_what_is_published() {
        // Without a failure: the success run; with one or two, the tables of reliability demonstration.
        let published =
            [(0.95, 0, 59), (0.9, 0, 29), (0.8, 0, 14), (0.95, 1, 93), (0.9, 1, 46), (0.8, 1, 22), (0.9, 2, 61)];
        for (share, failures, visits) in published {
            assert_eq!(visits_to_tell(share, 0.95, failures), Some(visits), "{share}, {failures} failures");
        }
        assert_eq!(visits_to_tell(0.9, 0.9, 0), Some(22));
        assert_eq!(visits_to_tell(1.0, 0.95, 0), None);
    }

    #[test]
    fn what_is_no_question_has_no_answer() {
        for (share, margin) in [(0.5, 0.0), (0.5, -0.1), (1.5, 0.05), (f64::NAN, 0.05), (0.5, f64::NAN)] {
            assert_eq!(sample_size(share, margin, None), None);
        }
        assert_eq!(sample_size(0.5, 0.05, Some(0)), None);
        assert_eq!(sample_size(1.0, 0.05, None), Some(1), "where nothing varies, one look tells");
    }

    proptest! {
        #[test]
        fn never_more_than_there_are(share in 0.0f64..=1.0, margin in 0.001f64..0.5, population in 1u64..100_000) {
            let finite = sample_size(share, margin, Some(population)).expect("a question");
            prop_assert!(finite <= population);
            prop_assert!(finite <= sample_size(share, margin, None).expect("a question"));
        }
    }
}
