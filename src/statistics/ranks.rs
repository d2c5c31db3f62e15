//! Whether values of one group lie below those of another, by their ranks alone: a scale of ratings has an order, and no
//! distances that anybody could add.

use super::normal::two_sided;

/// How the values of one group lie to those of another.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RankTest {
    /// The share of pairs in which the first group's value is the lower one; equal values count as half.
    pub below: f64,
    /// The probability of such ranks, or less alike ones, if the groups did not differ.
    pub p: f64,
}

/// Compares two groups by the ranks of their values; none where one of them has none.
///
/// The probability is that of the normal distribution, with corrections for ties and for continuity: ratings tie so often
/// that no exact table fits.
///
/// Source: H. B. Mann and D. R. Whitney, "On a test of whether one of two random variables is stochastically larger than the
/// other", Annals of Mathematical Statistics 18 (1947) 50–60; ties by W. J. Conover, "Practical Nonparametric Statistics",
/// 3rd ed. (1999), § 5.1.
pub fn rank_test(a: &[f64], b: &[f64]) -> Option<RankTest> {
    if a.is_empty() || b.is_empty() {
        return None;
    }
    let mut all: Vec<(f64, bool)> = a.iter().map(|value| (*value, true)).collect();
    all.extend(b.iter().map(|value| (*value, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (of_a, of_b, of_all) = (a.len() as f64, b.len() as f64, all.len() as f64);
    let (mut before, mut ranks, mut ties) = (0.0, 0.0, 0.0);
    for alike in all.chunk_by(|a, b| a.0 == b.0) {
        let many = alike.len() as f64;
        let own = alike.iter().filter(|(_, is_first)| *is_first).count() as f64;
        // All of them have the middle of the ranks that they take up.
        ranks += own * (before + (many + 1.0) / 2.0);
        ties += many * (many * many - 1.0);
        before += many;
    }
    // Pairs in which the first group's value is the higher one.
    let above = ranks - of_a * (of_a + 1.0) / 2.0;
    let below = 1.0 - above / (of_a * of_b);
    let spread = of_a * of_b / 12.0 * (of_all + 1.0 - ties / (of_all * (of_all - 1.0)));
    let distance = ((above - of_a * of_b / 2.0).abs() - 0.5).max(0.0);
    let p = if spread > 0.0 { two_sided(distance / spread.sqrt()) } else { 1.0 };
    Some(RankTest { below, p })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn is_what_is_published() {
        // The worked example in the reference of scipy.stats.mannwhitneyu (U = 17, asymptotic p = 0.11134688653314041).
        let found = rank_test(&[19.0, 22.0, 16.0, 29.0, 24.0], &[20.0, 11.0, 17.0, 12.0]).expect("values");
        assert!((found.below - 3.0 / 20.0).abs() < 1e-12, "{found:?}");
        assert!((found.p - 0.111_346_886_533_140_41).abs() < 1e-12, "{found:?}");
        // The same function on ratings with ties.
        let low = [1.0, 1.0, 2.0, 3.0, 3.0, 4.0, 5.0, 2.0, 1.0, 2.0];
        let high = [3.0, 4.0, 4.0, 5.0, 5.0, 5.0, 2.0, 4.0, 3.0, 5.0, 5.0, 1.0];
        let found = rank_test(&low, &high).expect("values");
        assert!((found.p - 0.028_534_593_342_580_93).abs() < 1e-12, "{found:?}");
        assert!((found.below - (1.0 - 27.0 / 120.0)).abs() < 1e-12, "{found:?}");
        // Far out, where a probability is no rounding error of 1.
        let found = rank_test(&[1.0; 300], &[5.0; 300]).expect("values");
        assert!((found.p / 2.781_010_020_177_556_8e-132 - 1.0).abs() < 1e-9, "{found:?}");
    }

    #[test]
    fn nothing_and_no_variation_tell_nothing() {
        assert_eq!(rank_test(&[], &[1.0]), None);
        assert_eq!(rank_test(&[3.0; 4], &[3.0; 9]), Some(RankTest { below: 0.5, p: 1.0 }));
    }

    proptest! {
        #[test]
        fn turns_round_with_the_groups(
            a in prop::collection::vec(1u8..6, 1..40),
            b in prop::collection::vec(1u8..6, 1..40),
        ) {
            let values = |of: &[u8]| of.iter().map(|value| f64::from(*value)).collect::<Vec<_>>();
            let (forth, back) = (rank_test(&values(&a), &values(&b)), rank_test(&values(&b), &values(&a)));
            let (forth, back) = (forth.expect("values"), back.expect("values"));
            prop_assert!((forth.below + back.below - 1.0).abs() < 1e-12 && (forth.p - back.p).abs() < 1e-12);
            prop_assert!((0.0..=1.0).contains(&forth.p) && (0.0..=1.0).contains(&forth.below));
        }
    }
}
