//! The figure that a standard demands.

use std::cmp::Ordering;

use super::text::Text;
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::units::Quantity;

/// Which way a measure bounds its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// A time limit: at most this long.
    Within,
    /// At most this much.
    AtMost,
    /// At least this much.
    AtLeast,
    /// From `value` to `high`, both included.
    Between,
}

/// The figure in a standard.
#[derive(Clone, Debug, PartialEq)]
pub struct Measure {
    /// What is measured.
    pub what: Option<Text>,
    /// Which way it is bounded.
    pub bound: Bound,
    /// The bound; the lower one of `between`.
    pub value: Quantity,
    /// The upper bound of `between`.
    pub high: Option<Quantity>,
    /// How often it must hold, 0 to 1.
    pub share: f64,
    /// From the first key to the last value.
    pub span: Span,
}

impl Bound {
    /// The key in a file.
    pub fn key(self) -> &'static str {
        match self {
            Bound::Within => "within",
            Bound::AtMost => "at-most",
            Bound::AtLeast => "at-least",
            Bound::Between => "between",
        }
    }
}

impl Measure {
    /// The figure as a sentence has it, without what is measured: `within 10 s`.
    pub fn plain(&self) -> String {
        let value = self.value.plain();
        match (self.bound, &self.high) {
            (Bound::Within, _) => format!("within {value}"),
            (Bound::AtMost, _) => format!("at most {value}"),
            (Bound::AtLeast, _) => format!("at least {value}"),
            (Bound::Between, Some(high)) => format!("{value} to {}", high.plain()),
            (Bound::Between, None) => format!("from {value}"),
        }
    }

    /// The figure alone, for a message: `10 s`, or `2 min to 5 min`.
    pub fn figure(&self) -> Message {
        match &self.high {
            Some(high) => say!("{measure} to {high}", measure = self.value.plain(), high = high.plain()),
            None => say!("{measure}", measure = self.value.plain()),
        }
    }

    /// How often it must hold, as a file has it: `90 %`; none where that is always.
    pub fn plain_share(&self) -> Option<String> {
        // Rounded, because 0.07 × 100 is not 7 in binary.
        (self.share < 1.0).then(|| format!("{} %", (self.share * 1e8).round() / 1e6))
    }

    /// The keys of its figure in a file, each with its value, or its two values: `within` with `10 s`, `share` with `90 %`.
    pub fn keys(&self) -> Vec<(&'static str, Vec<String>)> {
        let figures = [Some(self.value.plain()), self.high.as_ref().map(Quantity::plain)];
        let figures = (self.bound.key(), figures.into_iter().flatten().collect());
        [Some(figures), self.plain_share().map(|share| ("share", vec![share]))].into_iter().flatten().collect()
    }

    /// Whether it demands more than another of the same thing (`Greater`), less, or as much; none where the two cannot be
    /// compared, or each demands more in one way.
    pub fn stricter(&self, than: &Measure) -> Option<Ordering> {
        one_way(self.stricter_figure(than)?, self.stricter_share(than))
    }

    /// As [`Measure::stricter`], by the figure alone. A figure is as strict as the range that it leaves is narrow: one
    /// range inside the other demands more, and of two that overlap neither does.
    pub fn stricter_figure(&self, than: &Measure) -> Option<Ordering> {
        if self.value.canonical().1 != than.value.canonical().1 {
            return None;
        }
        let ((low, high), (other_low, other_high)) = (self.range(), than.range());
        one_way(compare(low, other_low), compare(other_high, high))
    }

    /// As [`Measure::stricter`], by how often it must hold alone.
    pub fn stricter_share(&self, than: &Measure) -> Ordering {
        compare(self.share, than.share)
    }

    /// The lowest and the highest figure that it lets pass, in the base unit; without a bound on a side, none is too far.
    fn range(&self) -> (f64, f64) {
        let value = self.value.canonical().0;
        match self.bound {
            // A time limit and an upper bound demand the same.
            Bound::Within | Bound::AtMost => (f64::NEG_INFINITY, value),
            Bound::AtLeast => (value, f64::INFINITY),
            Bound::Between => (value, self.high.as_ref().map_or(f64::INFINITY, |high| high.canonical().0)),
        }
    }
}

/// The order of two things together, where they do not go opposite ways.
fn one_way(first: Ordering, second: Ordering) -> Option<Ordering> {
    match (first, second) {
        (order, Ordering::Equal) | (Ordering::Equal, order) => Some(order),
        (first, second) => (first == second).then_some(first),
    }
}

/// Compares figures that may have come by different factors: 0.1 h and 6 min are equal.
fn compare(figure: f64, other: f64) -> Ordering {
    let is_equal = (figure - other).abs() <= 1e-9 * figure.abs().max(other.abs()).min(f64::MAX);
    if is_equal { Ordering::Equal } else { figure.total_cmp(&other) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::parse_quantity;

    fn measure(bound: Bound, value: &str, high: Option<&str>, share: f64) -> Measure {
        let quantity = |text: &str| parse_quantity(text, Span::default()).expect("a quantity");
        Measure { what: None, bound, value: quantity(value), high: high.map(quantity), share, span: Span::default() }
    }

    #[test]
    fn a_figure_is_stricter_or_laxer_whatever_its_unit() {
        use Ordering::{Equal, Greater, Less};
        let within = |value: &str, share: f64| measure(Bound::Within, value, None, share);
        let most = |value: &str| measure(Bound::AtMost, value, None, 1.0);
        let least = |value: &str| measure(Bound::AtLeast, value, None, 1.0);
        let between = |low: &str, high: &str| measure(Bound::Between, low, Some(high), 1.0);
        for (new, old, wanted) in [
            (within("30 s", 1.0), within("60 s", 1.0), Some(Greater)),
            (within("2 min", 1.0), within("60 s", 1.0), Some(Less)),
            (within("6 min", 1.0), within("0.1 h", 1.0), Some(Equal)),
            (most("60 s"), within("1 min", 1.0), Some(Equal)),
            (within("60 s", 0.9), within("60 s", 0.8), Some(Greater)),
            (within("60 s", 0.1 + 0.2), within("60 s", 0.3), Some(Equal)),
            (within("30 s", 0.8), within("60 s", 0.9), None),
            (least("3"), least("2"), Some(Greater)),
            (between("20 °C", "22 °C"), between("18 °C", "24 °C"), Some(Greater)),
            (between("18 °C", "22 °C"), between("20 °C", "24 °C"), None),
            (between("5 s", "10 s"), most("10 s"), Some(Greater)),
            (most("10 s"), between("5 s", "10 s"), Some(Less)),
            (least("5 s"), within("5 s", 1.0), None),
            (within("2 wd", 1.0), within("2 d", 1.0), None),
        ] {
            assert_eq!(new.stricter(&old), wanted, "{} after {}", new.plain(), old.plain());
            assert_eq!(old.stricter(&new), wanted.map(Ordering::reverse));
        }
    }

    #[test]
    fn is_written_by_its_keys() {
        let keys = |measure: Measure| {
            let pairs = measure.keys().into_iter().map(|(key, values)| format!("{key}: {}", values.join(" | ")));
            pairs.collect::<Vec<_>>().join(", ")
        };
        assert_eq!(keys(measure(Bound::Within, "10 s", None, 0.07)), "within: 10 s, share: 7 %");
        assert_eq!(keys(measure(Bound::Between, "2 °C", Some("8 °C"), 1.0)), "between: 2 °C | 8 °C");
    }
}
