//! A share of what was observed, and how sure it is.

use serde::{Serialize, Serializer};

use super::{ENOUGH, Z95};

/// So many of so many.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rate {
    met: u64,
    of: u64,
}

/// A 95 % interval. In JSON it is `[low, high]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub low: f64,
    /// Upper end.
    pub high: f64,
}

impl Rate {
    /// `met` out of `of`; never more than all of them.
    pub fn new(met: u64, of: u64) -> Self {
        Rate { met: met.min(of), of }
    }

    /// How many were met.
    pub fn met(self) -> u64 {
        self.met
    }

    /// Out of how many.
    pub fn of(self) -> u64 {
        self.of
    }

    /// The share, from 0 to 1; none of nothing.
    pub fn share(self) -> Option<f64> {
        (self.of > 0).then(|| self.met as f64 / self.of as f64)
    }

    /// Whether it is of too few for its share to say anything.
    pub fn is_few(self) -> bool {
        self.of < ENOUGH
    }

    /// The interval, where there is enough for one to be told.
    pub fn told_interval(self) -> Option<Interval> {
        self.interval().filter(|_| !self.is_few())
    }

    /// The Wilson score interval of the share, without continuity correction; none of nothing.
    ///
    /// Source: E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the
    /// American Statistical Association 22 (1927) 209–212; method 3 of R. G. Newcombe, "Two-sided confidence intervals
    /// for the single proportion", Statistics in Medicine 17 (1998) 857–872.
    pub fn interval(self) -> Option<Interval> {
        Some(wilson(self.share()?, self.of as f64))
    }
}

/// The same of a share and a number that need not be whole.
pub(super) fn wilson(share: f64, n: f64) -> Interval {
    let z2 = Z95 * Z95;
    let middle = share + z2 / (2.0 * n);
    let reach = Z95 * (share * (1.0 - share) / n + z2 / (4.0 * n * n)).sqrt();
    let whole = 1.0 + z2 / n;
    // At none and at all, one end is exactly 0 or 1, which rounding would miss.
    let low = if share <= 0.0 { 0.0 } else { ((middle - reach) / whole).clamp(0.0, share) };
    let high = if share >= 1.0 { 1.0 } else { ((middle + reach) / whole).clamp(share, 1.0) };
    Interval { low, high }
}

/// A share of what was observed in whole per cent, as every report prints it: 0 of nothing only and 100 of everything only,
/// so that 99.6 % is 99 and 0.4 % is 1.
pub fn whole_percent(share: f64) -> f64 {
    let whole = (share * 100.0).round();
    match share {
        _ if share > 0.0 && whole <= 0.0 => 1.0,
        _ if share < 1.0 && whole >= 100.0 => 99.0,
        _ => whole,
    }
}

impl std::ops::Add for Rate {
    type Output = Rate;

    fn add(self, other: Rate) -> Rate {
        Rate { met: self.met.saturating_add(other.met), of: self.of.saturating_add(other.of) }
    }
}

impl std::iter::Sum for Rate {
    fn sum<I: Iterator<Item = Rate>>(rates: I) -> Rate {
        rates.fold(Rate::default(), |sum, rate| sum + rate)
    }
}

impl Interval {
    /// Whether a value lies in it, its ends included.
    pub fn holds(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// From one end to the other.
    pub fn width(self) -> f64 {
        self.high - self.low
    }
}

impl Serialize for Interval {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        [self.low, self.high].serialize(serializer)
    }
}

impl schemars::JsonSchema for Interval {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Interval".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let mut schema = <[f64; 2]>::json_schema(generator);
        schema.insert("description".to_owned(), "A 95 % interval: its lower and its upper end.".into());
        schema
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn interval(met: u64, of: u64) -> Interval {
        Rate::new(met, of).interval().expect("something was observed")
    }

    #[test]
    fn wilson_is_what_is_published() {
        // Newcombe 1998, 857: 81 of 263, 0 of 20; the others by the same formula to six places.
        let published = [
            (81, 263, 0.255_289, 0.366_21),
            (0, 20, 0.0, 0.1611),
            (10, 10, 0.722_467, 1.0),
            (9, 10, 0.595_85, 0.982_124),
        ];
        for (met, of, low, high) in published {
            let interval = interval(met, of);
            let places = if of == 20 { 5e-5 } else { 5e-7 };
            assert!((interval.low - low).abs() <= places, "{met} of {of}: low {} for {low}", interval.low);
            assert!((interval.high - high).abs() <= places, "{met} of {of}: high {} for {high}", interval.high);
        }
    }

    #[test]
    fn nothing_observed_has_neither_share_nor_interval() {
        assert_eq!(Rate::new(0, 0).share(), None);
        assert_eq!(Rate::new(0, 0).interval(), None);
        assert_eq!(Rate::new(3, 0), Rate::new(0, 0));
    }

    #[test]
    fn one_observation_says_little() {
        let none = interval(0, 1);
        let all = interval(1, 1);
        assert_eq!((none.low, all.high), (0.0, 1.0));
        assert!((none.high - 0.793_45).abs() < 5e-5 && (all.low - 0.206_55).abs() < 5e-5, "{none:?} {all:?}");
    }

    #[test]
    fn all_and_nothing_are_printed_of_all_and_nothing_alone() {
        let printed = [0.0, 0.004, 0.006, 0.444, 0.5, 0.99, 0.996, 1.0].map(whole_percent);
        assert_eq!(printed, [0.0, 1.0, 1.0, 44.0, 50.0, 99.0, 99.0, 100.0]);
    }

    #[test]
    fn json_is_a_pair() {
        assert_eq!(serde_json::to_string(&Interval { low: 0.25, high: 1.0 }).ok().as_deref(), Some("[0.25,1.0]"));
    }

    proptest! {
        #[test]
        fn lies_around_the_share_and_within_0_and_1(of in 1u64..100_000, part in 0.0f64..=1.0) {
            let met = (part * of as f64) as u64;
            let rate = Rate::new(met, of);
            let interval = interval(met, of);
            prop_assert!(interval.holds(rate.share().unwrap_or(-1.0)));
            prop_assert!(interval.low >= 0.0 && interval.high <= 1.0 && interval.width() > 0.0);
        }

        #[test]
        fn failures_mirror_passes(of in 1u64..100_000, part in 0.0f64..=1.0) {
            let met = (part * of as f64) as u64;
            let (passes, failures) = (interval(met, of), interval(of - met, of));
            prop_assert!((passes.low - (1.0 - failures.high)).abs() < 1e-9);
            prop_assert!((passes.high - (1.0 - failures.low)).abs() < 1e-9);
        }

        #[test]
        fn more_of_the_same_is_surer(met in 0u64..100, failed in 0u64..100, times in 2u64..50) {
            prop_assume!(met + failed > 0);
            let few = interval(met, met + failed);
            let many = interval(met * times, (met + failed) * times);
            prop_assert!(many.width() < few.width());
        }
    }
}
