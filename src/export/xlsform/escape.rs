//! Texts that a form shows and nothing runs: the author's words with what XLSForm, Collect and Enketo would take for a
//! reference, a tag or Markdown made harmless.
//!
//! What Collect and Enketo read in a label stands in the latter's `enketo-transformer/src/markdown.ts`, which both follow: a
//! backslash keeps `*`, `_`, `#` and itself from meaning anything, a `<` before a letter begins a tag, `[…](…)` is a link. For
//! the others there is no sign that takes their meaning away, so a word joiner (U+2060), which has no width, divides them.

use crate::text::single_spaced;

/// A character without width, at which no line breaks.
const JOINER: char = '\u{2060}';

/// A function that pyxform looks for in labels.
const INSTANCE: &str = "instance";

/// So many characters fit into a cell of a sheet, with room for what stands around a text.
const MOST: usize = 32_000;

/// A text of a label or a hint.
pub(super) fn harmless(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    let mut before = ' ';
    for c in single_spaced(text).chars().filter(|c| is_allowed(*c)).take(MOST) {
        match (before, c) {
            ('$', '{') | (']', '(') => out.push(JOINER),
            ('<', c) if c.is_ascii_alphabetic() || matches!(c, '/' | '!' | '?') => out.push(JOINER),
            // What pyxform takes for a value from another list.
            (_, '(') if out.ends_with(INSTANCE) => out.push(JOINER),
            _ => {}
        }
        if matches!(c, '\\' | '*' | '_' | '#') {
            out.push('\\');
        }
        out.push(c);
        before = c;
    }
    out
}

/// The same for a title, in which nobody reads Markdown.
pub(super) fn title(text: &str) -> String {
    single_spaced(text)
        .chars()
        .filter(|c| is_allowed(*c))
        .take(MOST)
        .collect::<String>()
        .replace("${", &format!("${JOINER}{{"))
        .replace("instance(", &format!("{INSTANCE}{JOINER}("))
}

/// Whether XML, which sheets and forms are made of, can hold a character.
fn is_allowed(c: char) -> bool {
    !c.is_control() && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_means_something_is_left() {
        assert_eq!(harmless("a ${q_1} *b* _c_ # \\ d"), "a $\u{2060}{q\\_1} \\*b\\* \\_c\\_ \\# \\\\ d");
        assert_eq!(harmless("<b>x</b> 3 < 4 [a](b)"), "<\u{2060}b>x<\u{2060}/b> 3 < 4 [a]\u{2060}(b)");
        assert_eq!(harmless("instance('x')"), "instance\u{2060}('x')");
        assert_eq!(harmless(" two\n lines\u{7} "), "two lines");
        assert_eq!(title("${x} *y*"), "$\u{2060}{x} *y*");
        assert_eq!(harmless(&"ł".repeat(50_000)).chars().count(), MOST);
    }
}
