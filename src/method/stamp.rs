//! The stamp: 8 hexadecimal digits that name one wording of one standard.
//!
//! The first 32 bits of a SHA-256 over what the standard demands. Each field is named and length-prefixed, so no two
//! wordings meet by joining; the hash has a version, so a change of this recipe is visible as one.

use sha2::{Digest, Sha256};

use crate::book::{Bound, Condition, Level, Measure, StandardType};
use crate::text::{hex, single_spaced};

/// Changes with the recipe.
const VERSION: &str = "gamma-ok stamp 1";

/// The stamp of a wording.
///
/// `text` is the source-language text (a pattern's before filling in). White space in it and in the condition is
/// folded, and the measure is taken in canonical units, so that re-wrapping and `1 min` for `60 s` leave it alone.
pub fn stamp(
    text: &str,
    kind: StandardType,
    level: Level,
    measure: Option<&Measure>,
    critical: bool,
    when: Option<&Condition>,
) -> String {
    let mut hash = Sha256::new();
    let mut field = |name: &str, value: &str| {
        for part in [name, value] {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
    };
    field("version", VERSION);
    field("text", &single_spaced(text));
    field("type", kind.word());
    field("level", level.word());
    if let Some(measure) = measure {
        let (value, base) = measure.value.canonical();
        let bound = match measure.bound {
            // A time limit and an upper bound demand the same.
            Bound::Within | Bound::AtMost => "at-most",
            Bound::AtLeast => "at-least",
            Bound::Between => "between",
        };
        field("bound", bound);
        field("value", &figure(value));
        field("unit", base);
        if let Some(high) = &measure.high {
            field("high", &figure(high.canonical().0));
        }
        field("share", &figure(measure.share));
    }
    field("critical", if critical { "true" } else { "false" });
    if let Some(when) = when {
        field("when", &single_spaced(&when.source));
    }
    hex(&hash.finalize()[..4])
}

/// A number without the noise of binary fractions: 0.1 h and 6 min are the same.
fn figure(value: f64) -> String {
    format!("{:.6}", value)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;
    use crate::units::parse_quantity;

    fn within(written: &str) -> Measure {
        let value = parse_quantity(written, Span::default()).expect("a quantity");
        Measure { what: None, bound: Bound::Within, value, high: None, share: 1.0, span: Span::default() }
    }

    fn of(text: &str, measure: Option<&Measure>) -> String {
        stamp(text, StandardType::Personal, Level::Basic, measure, false, None)
    }

    #[test]
    fn re_wrapping_and_another_unit_leave_it_alone() {
        assert_eq!(of("a  b\n c", None), of("a b c", None));
        assert_eq!(of("a", Some(&within("60 s"))), of("a", Some(&within("1 min"))));
        assert_eq!(of("a", Some(&within("0,1 h"))), of("a", Some(&within("6 min"))));
    }

    #[test]
    fn whatever_it_demands_changes_it() {
        let base = of("a", Some(&within("60 s")));
        assert_ne!(base, of("a", Some(&within("30 s"))));
        assert_ne!(base, of("a", None));
        assert_ne!(base, of("b", Some(&within("60 s"))));
        assert_ne!(of("a", None), stamp("a", StandardType::Product, Level::Basic, None, false, None));
        assert_ne!(of("a", None), stamp("a", StandardType::Personal, Level::Expected, None, false, None));
        assert_ne!(of("a", None), stamp("a", StandardType::Personal, Level::Basic, None, true, None));
    }

    #[test]
    fn is_what_earlier_versions_wrote() {
        // Records hold stamps; a change of this value is a change of the recipe and needs a new VERSION.
        let stamp = of("The receptionist greets the guest within 10 seconds.", Some(&within("10 s")));
        assert_eq!(stamp.len(), 8);
        assert!(stamp.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }
}
