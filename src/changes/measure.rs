//! Whether a measure demands more or less than it did.

use std::cmp::Ordering;

use super::{ChangeKind, Value};
use crate::book::Measure;

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
    let kinds = match new.stricter_figure(old) {
        None => vec![ChangeKind::Other],
        Some(figure) => {
            let share = new.stricter_share(old);
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

/// A measure as the file has it.
pub(super) fn written(measure: &Measure) -> String {
    match measure.plain_share() {
        Some(share) => format!("{}, in {share} of cases", measure.plain()),
        None => measure.plain(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::book::Bound;
    use crate::source::Span;
    use crate::units::parse_quantity;

    fn measure(bound: Bound, value: &str, share: f64) -> Measure {
        let value = parse_quantity(value, Span::default()).expect("a quantity");
        Measure { what: None, bound, value, high: None, share, span: Span::default() }
    }

    fn kinds(before: Option<Measure>, after: Option<Measure>) -> Vec<ChangeKind> {
        changes(before.as_ref(), after.as_ref()).into_iter().map(|(kind, ..)| kind).collect()
    }

    #[test]
    fn a_figure_and_its_share_may_go_opposite_ways() {
        let within = |value: &str, share: f64| Some(measure(Bound::Within, value, share));
        assert_eq!(kinds(within("60 s", 1.0), within("30 s", 1.0)), [ChangeKind::Tightened]);
        assert_eq!(kinds(within("60 s", 1.0), within("2 min", 1.0)), [ChangeKind::Loosened]);
        assert_eq!(kinds(within("0.1 h", 1.0), within("6 min", 1.0)), []);
        assert_eq!(kinds(within("60 s", 0.8), within("30 s", 0.9)), [ChangeKind::Tightened]);
        assert_eq!(kinds(within("60 s", 0.9), within("30 s", 0.8)), [ChangeKind::Tightened, ChangeKind::Loosened]);
    }

    #[test]
    fn what_cannot_be_compared_is_neither() {
        let within = |value: &str| Some(measure(Bound::Within, value, 1.0));
        assert_eq!(kinds(within("2 d"), within("2 wd")), [ChangeKind::Other]);
        assert_eq!(kinds(within("5 s"), Some(measure(Bound::AtLeast, "5 s", 1.0))), [ChangeKind::Other]);
        assert_eq!(kinds(None, within("5 s")), [ChangeKind::Other]);
        assert_eq!(kinds(within("5 s"), None), [ChangeKind::Other]);
    }
}
