//! Boxes as people tick them.

/// What stands in a box.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum BoxMark {
    /// Nothing.
    Empty,
    /// A sign that ticks it.
    Ticked,
    /// Something of which nobody knows whether it ticks it.
    Unclear(String),
}

/// Signs that tick a box.
const TICKS: [&str; 12] = ["x", "X", "v", "V", "×", "✓", "✔", "✅", "☑", "🗸", "🗹", "√"];

/// Signs that are a box and what stands in it.
const SIGNS: [(char, Option<bool>); 14] = [
    ('☐', Some(false)),
    ('⬜', Some(false)),
    ('◻', Some(false)),
    ('□', Some(false)),
    ('☑', Some(true)),
    ('✅', Some(true)),
    ('✔', Some(true)),
    ('✓', Some(true)),
    ('🗹', Some(true)),
    ('🗸', Some(true)),
    ('☒', None),
    ('❌', None),
    ('✗', None),
    ('✘', None),
];

/// So many letters may stand in a box; more are a text in brackets.
const MOST: usize = 3;

/// The box that a line begins with, and the rest of the line.
pub(super) fn boxed(line: &str) -> Option<(BoxMark, &str)> {
    let line = line.trim_start();
    if let Some((sign, is_ticked)) = SIGNS.iter().find(|(sign, _)| line.starts_with(*sign)) {
        let rest = line[sign.len_utf8()..].trim_start_matches('\u{fe0f}');
        let mark = match is_ticked {
            Some(true) => BoxMark::Ticked,
            Some(false) => BoxMark::Empty,
            None => BoxMark::Unclear(sign.to_string()),
        };
        return Some((mark, rest.trim_start()));
    }
    let rest = line.strip_prefix("\\[").or_else(|| line.strip_prefix('['))?;
    let end = rest.find(']')?;
    let inside = rest[..end].trim_end_matches('\\').replace(['\\', '\u{fe0f}'], "");
    let rest = rest[end + 1..].trim_start();
    let inside = inside.trim();
    if inside.chars().count() > MOST || rest.starts_with('(') {
        return None;
    }
    let mark = match inside {
        "" => BoxMark::Empty,
        tick if TICKS.contains(&tick) => BoxMark::Ticked,
        other => BoxMark::Unclear(other.to_owned()),
    };
    Some((mark, rest.trim_start_matches([':', '.']).trim_start()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boxes_are_known_however_they_are_ticked() {
        for line in [
            "[x] met",
            "[X] met",
            "[ x] met",
            "[x ] met",
            "\\[x\\] met",
            "[✓] met",
            "[v] met",
            "✅ met",
            "☑ met",
            "☑\u{fe0f} met",
            "[x]met",
            "[ ✔ ]  met",
            "[x]: met",
            "[☑] met",
        ] {
            assert_eq!(boxed(line), Some((BoxMark::Ticked, "met")), "{line}");
        }
        for line in ["[ ] met", "[] met", "[   ] met", "\\[ \\] met", "☐ met"] {
            assert_eq!(boxed(line), Some((BoxMark::Empty, "met")), "{line}");
        }
        for line in ["[-] met", "[?] met", "[yes] met", "[✗] met", "❌ met", "[o] met"] {
            assert!(matches!(boxed(line), Some((BoxMark::Unclear(_), "met"))), "{line}");
        }
        for line in ["met", "x met", "[photo] met", "[x](http://x)", "[", "", "Note: [x]"] {
            assert_eq!(boxed(line), None, "{line}");
        }
    }
}
