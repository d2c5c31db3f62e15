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
