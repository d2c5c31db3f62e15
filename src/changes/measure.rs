//! Whether a measure demands more or less than it did.

use std::cmp::Ordering;

use super::{ChangeKind, Value};
use crate::book::{Bound, Measure};

/// How a measure changed, each with what it was and is now. A bound and a share may go opposite ways, so there may be two.
pub(super) fn changes(
    before: Option<&Measure>,
    after: Option<&Measure>,
) -> Vec<(ChangeKind, Option<Value>, Option<Value>)> {
    let value = |measure: &Measure| Value::Measure(Box::new(measure.clone()));
    let (old, new) = match (before, after) {
        (None, None) => return Vec::new(),
        (Some(old), Some(new)) => (old, new),
        // A text may have said the figure all along, so a measure beside it demands neither more nor less.
        _ => return vec![(ChangeKind::Other, before.map(value), after.map(value))],
    };
    let shown = (value(old), value(new));
    let kinds = match stricter(old, new) {
        None => vec![ChangeKind::Other],
        Some(figure) => {
            let share = compare(new.share, old.share);
            let mut kinds: Vec<ChangeKind> = [figure, share].into_iter().filter_map(kind).collect();
            kinds.dedup();
            kinds
        }
    };
    kinds.into_iter().map(|kind| (kind, Some(shown.0.clone()), Some(shown.1.clone()))).collect()
}

fn kind(stricter: Ordering) -> Option<ChangeKind> {
    match stricter {
        Ordering::Greater => Some(ChangeKind::Tightened),
        Ordering::Less => Some(ChangeKind::Loosened),
        Ordering::Equal => None,
    }
}

/// Whether the new bound is stricter than the old; none where the two cannot be compared.
fn stricter(old: &Measure, new: &Measure) -> Option<Ordering> {
    let ((old_value, old_unit), (new_value, new_unit)) = (old.value.canonical(), new.value.canonical());
    if old_unit != new_unit {
        return None;
    }
    let value = compare(new_value, old_value);
    match (old.bound, new.bound) {
        // A time limit and an upper bound demand the same.
        (Bound::Within | Bound::AtMost, Bound::Within | Bound::AtMost) => Some(value.reverse()),
        (Bound::AtLeast, Bound::AtLeast) => Some(value),
        (Bound::Between, Bound::Between) => {
            let high = |measure: &Measure| measure.high.as_ref().map(|high| high.canonical().0);
            let top = compare(high(new)?, high(old)?).reverse();
            match (value, top) {
                (one, Ordering::Equal) | (Ordering::Equal, one) => Some(one),
                (one, other) if one == other => Some(one),
                // It was shifted: neither holds the other.
                _ => None,
            }
        }
        _ => None,
    }
}

/// Compares figures that may have come by different factors: 0.1 h and 6 min are equal.
fn compare(one: f64, other: f64) -> Ordering {
    let same = (one - other).abs() <= 1e-9 * one.abs().max(other.abs());
    if same { Ordering::Equal } else { one.total_cmp(&other) }
}

/// A measure as the file has it.
pub(super) fn written(measure: &Measure) -> String {
    let value = measure.value.plain();
    let bound = match (measure.bound, &measure.high) {
        (Bound::Within, _) => format!("within {value}"),
        (Bound::AtMost, _) => format!("at most {value}"),
        (Bound::AtLeast, _) => format!("at least {value}"),
        (Bound::Between, Some(high)) => format!("{value} to {}", high.plain()),
        (Bound::Between, None) => format!("from {value}"),
    };
    if measure.share >= 1.0 {
        return bound;
    }
    format!("{bound}, in {} % of cases", (measure.share * 100_000.0).round() / 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::units::parse_quantity;

    fn measure(bound: Bound, value: &str, high: Option<&str>, share: f64) -> Measure {
        let quantity = |text: &str| parse_quantity(text, Span::default()).expect("a quantity");
        Measure { what: None, bound, value: quantity(value), high: high.map(quantity), share, span: Span::default() }
    }

    fn kinds(before: Option<Measure>, after: Option<Measure>) -> Vec<ChangeKind> {
        changes(before.as_ref(), after.as_ref()).into_iter().map(|(kind, ..)| kind).collect()
    }

    #[test]
    fn a_bound_is_stricter_or_laxer_whatever_its_unit() {
        let within = |value: &str, share: f64| Some(measure(Bound::Within, value, None, share));
        let least = |value: &str| Some(measure(Bound::AtLeast, value, None, 1.0));
        assert_eq!(kinds(within("60 s", 1.0), within("30 s", 1.0)), [ChangeKind::Tightened]);
        assert_eq!(kinds(within("60 s", 1.0), within("2 min", 1.0)), [ChangeKind::Loosened]);
        assert_eq!(kinds(within("60 s", 1.0), within("1 min", 1.0)), []);
        assert_eq!(kinds(within("0.1 h", 1.0), within("6 min", 1.0)), []);
        assert_eq!(kinds(least("2"), least("3")), [ChangeKind::Tightened]);
        assert_eq!(kinds(least("3"), least("2")), [ChangeKind::Loosened]);
        assert_eq!(kinds(within("60 s", 0.8), within("60 s", 0.9)), [ChangeKind::Tightened]);
        assert_eq!(kinds(within("60 s", 0.8), within("30 s", 0.9)), [ChangeKind::Tightened]);
        assert_eq!(kinds(within("60 s", 0.9), within("30 s", 0.8)), [ChangeKind::Tightened, ChangeKind::Loosened]);
        let most = Some(measure(Bound::AtMost, "60 s", None, 1.0));
        assert_eq!(kinds(within("60 s", 1.0), most), []);
    }

    #[test]
    fn a_range_is_stricter_inside_the_other() {
        let range = |low: &str, high: &str| Some(measure(Bound::Between, low, Some(high), 1.0));
        assert_eq!(kinds(range("18 °C", "24 °C"), range("20 °C", "22 °C")), [ChangeKind::Tightened]);
        assert_eq!(kinds(range("20 °C", "22 °C"), range("20 °C", "24 °C")), [ChangeKind::Loosened]);
        assert_eq!(kinds(range("18 °C", "22 °C"), range("20 °C", "24 °C")), [ChangeKind::Other]);
        assert_eq!(kinds(range("1", "2"), range("1", "2")), []);
    }

    #[test]
    fn what_cannot_be_compared_is_neither() {
        let within = |value: &str| Some(measure(Bound::Within, value, None, 1.0));
        assert_eq!(kinds(within("2 d"), within("2 wd")), [ChangeKind::Other]);
        assert_eq!(kinds(within("5 s"), Some(measure(Bound::AtLeast, "5 s", None, 1.0))), [ChangeKind::Other]);
        assert_eq!(kinds(None, within("5 s")), [ChangeKind::Other]);
        assert_eq!(kinds(within("5 s"), None), [ChangeKind::Other]);
    }
}
