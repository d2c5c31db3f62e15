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
    let is_outside = |number: &usize| match (subgroups[*number].share(), limits[*number]) {
        // A share that equals the centre up to rounding is not outside limits that meet there.
        (Some(share), Some(limits)) => share < limits.low - 1e-12 || share > limits.high + 1e-12,
        _ => false,
    };
    let outside = (0..subgroups.len()).filter(is_outside).collect();
    Some(PChart { centre, limits, outside })
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
