//! Whether two shares differ, and which of many differences may be believed.

use super::rate::{Interval, Rate};

/// The difference of two shares.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Difference {
    /// The first share less the second.
    pub value: f64,
    /// The 95 % interval.
    pub interval: Interval,
}

/// The difference of two independent shares with its interval; none where one of them has no observations.
///
/// Source: method 10 (hybrid of Wilson's intervals) of R. G. Newcombe, "Interval estimation for the difference between
/// independent proportions", Statistics in Medicine 17 (1998) 873–890.
pub fn difference(a: Rate, b: Rate) -> Option<Difference> {
    let (share_a, share_b) = (a.share()?, b.share()?);
    Some(newcombe((share_a, a.interval()?), (share_b, b.interval()?)))
}

/// The same of two shares with their own intervals.
pub(super) fn newcombe((share_a, of_a): (f64, Interval), (share_b, of_b): (f64, Interval)) -> Difference {
    let value = share_a - share_b;
    let below = (share_a - of_a.low).hypot(of_b.high - share_b);
    let above = (of_a.high - share_a).hypot(share_b - of_b.low);
    let interval = Interval { low: (value - below).max(-1.0), high: (value + above).min(1.0) };
    Difference { value, interval }
}

/// The probability of shares at least as unlike as these, if they do not differ: Fisher's exact test, two-sided (all
/// tables of the same margins that are no likelier than this one). None where one of them has no observations.
///
/// Exact, because audits are small and an approximation would claim more than they carry.
///
/// Source: R. A. Fisher, "Statistical Methods for Research Workers", 5th ed. (1934), § 21.02; two sides by J. O. Irwin,
/// Metron 12 (1935) 83–94.
pub fn exact_test(a: Rate, b: Rate) -> Option<f64> {
    if a.of() == 0 || b.of() == 0 {
        return None;
    }
    let met = a.met() + b.met();
    let (least, most) = (met.saturating_sub(b.of()), met.min(a.of()));
    // With x of `a` met, the table's likelihood over that of x + 1; all as floats, since the products are large.
    let next = |x: u64| {
        let up = (met - x) as f64 * (a.of() - x) as f64;
        let down = (x + 1) as f64 * (b.of() + x + 1 - met) as f64;
        up / down
    };
    let likeliest = likeliest(least, most, next);
    // Likelihoods relative to the likeliest table, outwards on both sides until nothing is left of them.
    let walk = |mut x: u64, upwards: bool, seen: &mut dyn FnMut(u64, f64)| {
        let mut weight = 1.0_f64;
        while (if upwards { x < most } else { x > least }) && weight > 0.0 {
            weight *= if upwards { next(x) } else { 1.0 / next(x - 1) };
            x = if upwards { x + 1 } else { x - 1 };
            seen(x, weight);
        }
    };
    let both_ways = |seen: &mut dyn FnMut(u64, f64)| {
        seen(likeliest, 1.0);
        walk(likeliest, true, seen);
        walk(likeliest, false, seen);
    };
    let mut of_this = 0.0;
    both_ways(&mut |x, weight| {
        if x == a.met() {
            of_this = weight;
        }
    });
    let (mut all, mut unlike) = (0.0, 0.0);
    // Tables as likely as this one belong to the other side, although rounding may put them a little above.
    let bound = of_this * (1.0 + 1e-7);
    both_ways(&mut |_, weight| {
        all += weight;
        if weight <= bound {
            unlike += weight;
        }
    });
    Some((unlike / all).min(1.0))
}

/// The table after which the likelihoods fall.
fn likeliest(least: u64, most: u64, next: impl Fn(u64) -> f64) -> u64 {
    let (mut low, mut high) = (least, most);
    while low < high {
        let middle = low + (high - low) / 2;
        if next(middle) >= 1.0 { low = middle + 1 } else { high = middle }
    }
    low
}

/// Which of many tests may be believed if at most the share `alpha` of those believed may be false: `true` where the
/// hypothesis of no difference is rejected. A probability that is no number is never believed.
///
/// Source: Y. Benjamini and Y. Hochberg, "Controlling the false discovery rate: a practical and powerful approach to
/// multiple testing", Journal of the Royal Statistical Society B 57 (1995) 289–300.
pub fn benjamini_hochberg(probabilities: &[f64], alpha: f64) -> Vec<bool> {
    let mut order: Vec<f64> = probabilities.iter().copied().filter(|p| !p.is_nan()).collect();
    order.sort_by(f64::total_cmp);
    let tests = probabilities.len() as f64;
    let holds = |(rank, p): &(usize, &f64)| **p <= (*rank as f64 + 1.0) / tests * alpha;
    let bound = order.iter().enumerate().rfind(holds).map(|(_, p)| *p);
    probabilities.iter().map(|p| bound.is_some_and(|bound| *p <= bound)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn rate(met: u64, of: u64) -> Rate {
        Rate::new(met, of)
    }

    #[test]
    fn newcombe_is_what_is_published() {
        // Newcombe 1998, 873, table II, method 10.
        let published =
            [(rate(56, 70), rate(48, 80), 0.2, 0.0524, 0.3339), (rate(10, 10), rate(0, 20), 1.0, 0.6791, 1.0)];
        for (a, b, value, low, high) in published {
            let difference = difference(a, b).expect("both observed");
            assert!((difference.value - value).abs() < 1e-12, "{difference:?}");
            assert!((difference.interval.low - low).abs() < 5e-5, "{difference:?}");
            assert!((difference.interval.high - high).abs() < 5e-5, "{difference:?}");
        }
    }

    #[test]
    fn fisher_is_what_is_published() {
        // Fisher's lady tasting tea (two-sided by all no likelier tables), and the example of 24 students, both as given
        // by R's fisher.test.
        let p = exact_test(rate(3, 4), rate(1, 4)).unwrap_or_default();
        assert!((p - 0.485_714).abs() < 5e-7, "{p}");
        let p = exact_test(rate(1, 12), rate(9, 12)).unwrap_or_default();
        assert!((p - 0.002_759_456).abs() < 5e-10, "{p}");
    }

    #[test]
    fn nothing_observed_cannot_be_compared() {
        assert_eq!(difference(rate(0, 0), rate(1, 2)), None);
        assert_eq!(exact_test(rate(1, 2), rate(0, 0)), None);
    }

    #[test]
    fn no_variation_is_no_difference() {
        assert_eq!(exact_test(rate(5, 5), rate(9, 9)), Some(1.0));
        assert_eq!(exact_test(rate(0, 5), rate(0, 9)), Some(1.0));
        assert_eq!(difference(rate(5, 5), rate(9, 9)).map(|difference| difference.value), Some(0.0));
    }

    #[test]
    fn half_a_million_observations_are_no_burden() {
        let p = exact_test(rate(250_000, 500_000), rate(250_700, 500_000)).unwrap_or_default();
        // By the normal approximation with continuity correction: z = 1.398, p = 0.1621.
        assert!((p - 0.1621).abs() < 5e-5, "{p}");
        let p = exact_test(rate(0, 500_000), rate(500_000, 500_000)).unwrap_or(1.0);
        assert!((0.0..1e-100).contains(&p), "{p}");
    }

    const PUBLISHED: [f64; 15] = [
        0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759,
        1.0,
    ];

    #[test]
    fn benjamini_and_hochberg_reject_four_of_their_fifteen() {
        let rejected = benjamini_hochberg(&PUBLISHED, 0.05);
        assert_eq!(rejected.iter().filter(|rejected| **rejected).count(), 4);
        assert_eq!(rejected[..4], [true; 4]);
        // Bonferroni would have stopped at 0.05 / 15.
        const { assert!(PUBLISHED[3] > 0.05 / 15.0) };
    }

    #[test]
    fn no_test_rejects_nothing() {
        assert_eq!(benjamini_hochberg(&[], 0.05), Vec::<bool>::new());
        assert_eq!(benjamini_hochberg(&[f64::NAN, 0.01], 0.05), [false, true]);
        assert_eq!(benjamini_hochberg(&[1.0, 1.0], 0.05), [false, false]);
    }

    /// The probabilities of all tables of these margins, each by multiplication.
    fn by_hand(a: Rate, b: Rate) -> f64 {
        let choose = |n: u64, k: u64| (0..k).fold(1.0, |so_far, i| so_far * (n - i) as f64 / (i + 1) as f64);
        let met = a.met() + b.met();
        let of = |x: u64| choose(a.of(), x) * choose(b.of(), met - x);
        let tables: Vec<u64> = (met.saturating_sub(b.of())..=met.min(a.of())).collect();
        let all: f64 = tables.iter().map(|x| of(*x)).sum();
        let observed = of(a.met());
        tables.iter().map(|x| of(*x)).filter(|probability| *probability <= observed * (1.0 + 1e-7)).sum::<f64>() / all
    }

    fn rates() -> impl Strategy<Value = Rate> {
        (1u64..60).prop_flat_map(|of| (0..=of).prop_map(move |met| rate(met, of)))
    }

    proptest! {
        #[test]
        fn the_interval_holds_the_difference_and_turns_round_with_it(a in rates(), b in rates()) {
            let (forth, back) = (difference(a, b).expect("observed"), difference(b, a).expect("observed"));
            prop_assert!(forth.interval.holds(forth.value));
            prop_assert!(forth.interval.low >= -1.0 && forth.interval.high <= 1.0);
            prop_assert!((forth.value + back.value).abs() < 1e-12);
            prop_assert!((forth.interval.low + back.interval.high).abs() < 1e-12);
        }

        #[test]
        fn the_exact_test_is_exact(a in rates(), b in rates()) {
            let p = exact_test(a, b).expect("observed");
            prop_assert!((p - by_hand(a, b)).abs() < 1e-9, "{} for {}", p, by_hand(a, b));
            prop_assert!((p - exact_test(b, a).expect("observed")).abs() < 1e-9);
        }

        #[test]
        fn the_order_of_tests_does_not_matter(mut ps in prop::collection::vec(0.0f64..1.0, 1..30)) {
            let rejected = benjamini_hochberg(&ps, 0.05);
            let count = rejected.iter().filter(|rejected| **rejected).count();
            // No more than without any correction, and at least what Bonferroni believes.
            prop_assert!(count <= ps.iter().filter(|p| **p <= 0.05).count());
            prop_assert!(count >= ps.iter().filter(|p| **p <= 0.05 / ps.len() as f64).count());
            ps.reverse();
            let mut turned = benjamini_hochberg(&ps, 0.05);
            turned.reverse();
            prop_assert_eq!(turned, rejected);
        }
    }
}
