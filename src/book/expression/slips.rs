//! What an expression most likely meant that cannot be read, or that names what there is not.

use std::ops::Range;

use crate::message::Message;
use crate::say;

/// What an expression that cannot be read most likely meant: where, and what to write.
pub(in crate::book) fn slip(source: &str) -> Option<(Range<usize>, Message)> {
    const MARKS: &[(&str, &str)] = &[
        ("&&", "and"),
        ("||", "or"),
        ("=>", ">="),
        ("=<", "<="),
        ("<>", "!="),
        ("===", "=="),
        ("≥", ">="),
        ("≤", "<="),
        ("≠", "!="),
        ("“", "\""),
        ("”", "\""),
        ("„", "\""),
        ("’", "'"),
    ];
    const WORDS: &[(&str, &str)] = &[
        ("AND", "and"),
        ("OR", "or"),
        ("NOT", "not"),
        ("oraz", "and"),
        ("i", "and"),
        ("lub", "or"),
        ("albo", "or"),
        ("nie", "not"),
        ("och", "and"),
        ("eller", "or"),
        ("inte", "not"),
    ];
    let replacement = |wrong: &str, start: usize, right: &str| {
        (start..start + wrong.len(), say!("write `{right}` in place of `{wrong}`", right, wrong))
    };
    if let Some((start, (wrong, right))) =
        MARKS.iter().filter_map(|pair| Some((source.find(pair.0)?, pair))).min_by_key(|(start, _)| *start)
    {
        return Some(replacement(wrong, start, right));
    }
    let mut offset = 0;
    for word in source.split(' ') {
        if let Some((wrong, right)) = WORDS.iter().find(|(wrong, _)| *wrong == word) {
            return Some(replacement(wrong, offset, right));
        }
        offset += word.len() + 1;
    }
    if let Some((range, right)) = cut_number(source) {
        let wrong = source.get(range.clone()).unwrap_or_default();
        return Some((range.clone(), say!("write `{right}` in place of `{wrong}`", right, wrong)));
    }
    let bytes = source.as_bytes();
    let is_alone = |index: &usize| {
        bytes[*index] == b'='
            && !matches!(index.checked_sub(1).and_then(|before| bytes.get(before)), Some(b'=' | b'!' | b'<' | b'>'))
            && bytes.get(index + 1) != Some(&b'=')
    };
    let alone = (0..bytes.len()).find(is_alone);
    alone.map(|start| replacement("=", start, "=="))
}

/// A number with a decimal comma, or with spaces between its thousands: where, and what to write.
fn cut_number(source: &str) -> Option<(Range<usize>, String)> {
    let is_digit = |letter: char| letter.is_ascii_digit();
    let (at, mark) = source.char_indices().find(|(at, mark)| {
        let (before, after) = (&source[..*at], &source[at + mark.len_utf8()..]);
        matches!(mark, ',' | ' ' | '\u{a0}' | '\u{202f}') && before.ends_with(is_digit) && after.starts_with(is_digit)
    })?;
    let start = source[..at].trim_end_matches(is_digit).len();
    let after = &source[at + mark.len_utf8()..];
    let digits = after.len() - after.trim_start_matches(is_digit).len();
    let (whole, rest) = (&source[start..at], &after[..digits]);
    let right = if mark == ',' { format!("{whole}.{rest}") } else { format!("{whole}{rest}") };
    Some((start..at + mark.len_utf8() + digits, right))
}

/// What a word that is no name of the format most likely meant in a condition: a text without its quotation marks, or an
/// attribute without `site.` before it.
pub(in crate::book) fn bare_word(source: &str, name: &str) -> Option<(Range<usize>, Message)> {
    let start = source.find(name)?;
    let of_word = |letter: &char| letter.is_alphanumeric() || "-_".contains(*letter);
    let length: usize = source[start..].chars().take_while(of_word).map(char::len_utf8).sum();
    let range = start..start + length;
    let wrong = source.get(range.clone())?;
    let before = source[..start].trim_end_matches([' ', '[', '(']);
    let is_value = ["==", "!="].iter().any(|mark| before.ends_with(mark)) || before.ends_with(" in");
    if ["<", ">", "<=", ">="].iter().any(|mark| before.ends_with(mark)) {
        return Some((range, say!("`{wrong}` is no number: write the number in figures", wrong)));
    }
    // What is called is no attribute.
    let is_alone = !source[range.end..].trim_start().starts_with(['(', '[']);
    match (is_value, is_alone && wrong == name) {
        (true, _) => {
            Some((range, say!("a text stands in quotation marks: write `{right}`", right = format!("\"{wrong}\""))))
        }
        (false, true) => Some((
            range,
            say!("a condition speaks of the site only: write `site.{name}`, if it is an attribute of your sites", name),
        )),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_have_their_cure() {
        let cure = |source: &str| slip(source).map(|(range, cure)| format!("{}: {cure}", &source[range]));
        assert_eq!(cure("site.rooms = 5").as_deref(), Some("=: write `==` in place of `=`"));
        assert_eq!(cure("site.a && site.b").as_deref(), Some("&&: write `and` in place of `&&`"));
        assert_eq!(cure("site.rooms => 5").as_deref(), Some("=>: write `>=` in place of `=>`"));
        assert_eq!(cure("site.a oraz site.b").as_deref(), Some("oraz: write `and` in place of `oraz`"));
        assert_eq!(cure("site.rooms > 1,5").as_deref(), Some("1,5: write `1.5` in place of `1,5`"));
        assert_eq!(cure("site.rooms > 1 200 and site.a").as_deref(), Some("1 200: write `1200` in place of `1 200`"));
        assert_eq!(cure("site.rooms >= 5"), None);
        assert_eq!(cure("site.rooms in [1, 2]"), None);
        let bare = |source: &str, name: &str| {
            bare_word(source, name).map(|(range, cure)| format!("{}: {cure}", &source[range]))
        };
        let quoted = |word: &str| Some(format!("{word}: a text stands in quotation marks: write `\"{word}\"`"));
        assert_eq!(bare("site.id == north", "north"), quoted("north"));
        assert_eq!(bare("site.id != dom-seniora", "dom"), quoted("dom-seniora"));
        assert_eq!(bare("site.id in [north, south]", "north"), quoted("north"));
        assert!(bare("rooms >= 20", "rooms").is_some_and(|cure| cure.contains("`site.rooms`")));
        assert_eq!(
            bare("site.rooms >= ten", "ten").as_deref(),
            Some("ten: `ten` is no number: write the number in figures")
        );
        assert_eq!(bare("range(9) | length", "range"), None);
    }
}
