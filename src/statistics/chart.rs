//! A share over time: whether it changed, or wavers as such shares do.

use super::rate::{Interval, Rate};

/// From so many subgroups on, a chart's limits mean something.
///
/// Source: 20 to 25 subgroups by D. C. Montgomery, "Introduction to Statistical Quality Control", chapter 7.
pub const ENOUGH_FOR_CHART: usize = 20;

/// A control chart of shares.
#[derive(Clone, Debug, PartialEq)]
pub struct PChart {
    /// The share over all subgroups.
    pub centre: f64,
    /// For each subgroup, between which limits its share wavers by chance; none for one without observations.
    pub limits: Vec<Option<Interval>>,
    /// Indices of the subgroups whose share lies outside its limits.
    pub outside: Vec<usize>,
}

/// The chart of shares by subgroup (a month, a sample), with limits three standard deviations from the centre, held
/// within 0 and 1; none where nothing was observed. The number of subgroups is the caller's to judge, by
/// [`ENOUGH_FOR_CHART`].
///
/// Source: NIST/SEMATECH e-Handbook of Statistical Methods, § 6.3.3.2 "Proportions Control Charts".
pub fn p_chart(subgroups: &[Rate]) -> Option<PChart> {
    let centre = subgroups.iter().copied().sum::<Rate>().share()?;
    let limit = |rate: &Rate| {
        (rate.of() > 0).then(|| {
            let reach = 3.0 * (centre * (1.0 - centre) / rate.of() as f64).sqrt();
            Interval { low: (centre - reach).max(0.0), high: (centre + reach).min(1.0) }
        })
    };
    let limits: Vec<Option<Interval>> = subgroups.iter().map(limit).collect();
    let leaves = |number: &usize| match (subgroups[*number].share(), limits[*number]) {
        (Some(share), Some(limits)) => is_outside(share, limits),
        _ => false,
    };
    let outside = (0..subgroups.len()).filter(leaves).collect();
    Some(PChart { centre, limits, outside })
}

/// How likely it is that the share of so many observations lies outside limits though nothing changed: by the binomial
/// distribution, since the limits are those of large samples and few observations leave them oftener than the 27 in 10,000 of
/// three standard deviations.
///
/// Source: W. Feller, "An Introduction to Probability Theory and Its Applications", volume 1, chapter VI.
pub fn chance_outside(share: f64, of: u64, limits: Interval) -> f64 {
    if share <= 0.0 || share >= 1.0 || of == 0 {
        return 0.0;
    }
    let n = of as f64;
    let odds = (share / (1.0 - share)).ln();
    // Logarithms, since the likelihood of none at all may be too small for a number.
    let mut log = n * (1.0 - share).ln();
    let mut outside = 0.0;
    for k in 0..=of {
        let seen = k as f64;
        if is_outside(seen / n, limits) {
            outside += log.exp();
        }
        log += ((n - seen) / (seen + 1.0)).ln() + odds;
    }
    outside.min(1.0)
}

/// A share that equals the centre up to rounding is not outside limits that meet there.
fn is_outside(share: f64, limits: Interval) -> bool {
    share < limits.low - 1e-12 || share > limits.high + 1e-12
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn is_what_is_published() {
        // NIST/SEMATECH e-Handbook § 6.3.3.2, after Montgomery: 30 samples of 50.
        let failed = [
            12, 15, 8, 10, 4, 7, 16, 9, 14, 10, 5, 6, 17, 12, 22, 8, 10, 5, 13, 11, 20, 18, 24, 15, 9, 12, 7, 13, 9, 6,
        ];
        let samples = failed.map(|failed| Rate::new(failed, 50));
        let chart = p_chart(&samples).expect("observed");
        assert!((chart.centre - 0.2313).abs() < 5e-5, "{}", chart.centre);
        for limits in chart.limits.iter().flatten() {
            assert!((limits.low - 0.0524).abs() < 5e-5 && (limits.high - 0.4102).abs() < 5e-5, "{limits:?}");
        }
        // The handbook counts samples from 1: 15 and 23.
        assert_eq!(chart.outside, [14, 22]);
    }

    #[test]
    fn of_few_more_leave_the_limits_by_chance() {
        // scipy.stats.binom: 1 − (cdf(high) − cdf(low − 1)).
        let of = |share: f64, n: u64| {
            let reach = 3.0 * (share * (1.0 - share) / n as f64).sqrt();
            chance_outside(share, n, Interval { low: (share - reach).max(0.0), high: (share + reach).min(1.0) })
        };
        assert!((of(0.9, 10) - 0.012_795_2).abs() < 5e-7, "{}", of(0.9, 10));
        assert!((of(0.5, 4000) - 0.002_7).abs() < 2e-4, "{}", of(0.5, 4000));
        assert_eq!((of(1.0, 9), of(0.0, 9)), (0.0, 0.0));
    }

    #[test]
    fn nothing_observed_has_no_chart() {
        assert_eq!(p_chart(&[]), None);
        assert_eq!(p_chart(&[Rate::default()]), None);
    }

    #[test]
    fn no_variation_has_nothing_outside() {
        for rate in [Rate::new(0, 7), Rate::new(7, 7), Rate::new(1, 3)] {
            let chart = p_chart(&[rate; 25]).expect("observed");
            assert_eq!(chart.outside, [0; 0], "{chart:?}");
        }
    }

    #[test]
    fn a_subgroup_without_observations_has_no_limits() {
        let chart = p_chart(&[Rate::new(1, 2), Rate::default(), Rate::new(2, 2)]).expect("observed");
        assert_eq!(chart.limits[1], None);
        assert!(chart.limits[0].is_some() && chart.limits[2].is_some());
    }

    proptest! {
        #[test]
        fn limits_lie_around_the_centre_and_are_wider_where_less_was_seen(
            subgroups in prop::collection::vec((0u64..50, 0u64..50), 1..40),
        ) {
            let rates: Vec<Rate> = subgroups.iter().map(|(met, failed)| Rate::new(*met, met + failed)).collect();
            let Some(chart) = p_chart(&rates) else { return Ok(()) };
            let limits: Vec<(u64, Interval)> =
                rates.iter().zip(&chart.limits).filter_map(|(rate, limits)| Some((rate.of(), (*limits)?))).collect();
            for (n, of) in &limits {
                prop_assert!(of.low <= chart.centre + 1e-12 && chart.centre <= of.high + 1e-12);
                for (more, narrower) in &limits {
                    prop_assert!(more < n || narrower.width() <= of.width() + 1e-12);
                }
            }
        }
    }
}
