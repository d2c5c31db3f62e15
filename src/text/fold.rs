//! Which texts say the same: letters in one form, words in one case.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text with each letter and its marks as one character (NFC): `Ś` is `Ś`, however a keyboard or a file system wrote it.
pub fn composed(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// A text with one space between its words and none around them.
pub fn single_spaced(text: &str) -> Cow<'_, str> {
    let mut after_space = true;
    let is_spaced = text.chars().all(|character| {
        let is_space = character == ' ';
        let fits = if is_space { !after_space } else { !character.is_whitespace() };
        after_space = is_space;
        fits
    });
    // Most texts are: looking costs less than writing them again.
    if is_spaced && (!after_space || text.is_empty()) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// A text as it is compared where case, and how much space stands between words, make no other text of it.
pub fn folded(text: &str) -> String {
    let lower: String = composed(text).chars().flat_map(char::to_lowercase).collect();
    single_spaced(&lower).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_look_the_same_are_the_same() {
        assert_eq!(folded("S\u{301}niadania  I lunch "), folded("ŚNIADANIA i lunch"));
        assert_eq!(composed("S\u{301}"), "Ś");
        assert!(matches!(composed("Śniadania"), Cow::Borrowed(_)));
        assert_ne!(folded("lunch"), folded("lunchen"));
    }

    #[test]
    fn one_space_stands_between_words() {
        for (text, expected) in [
            ("", ""),
            (" ", ""),
            ("a b", "a b"),
            (" a", "a"),
            ("a ", "a"),
            ("a  b", "a b"),
            ("a\tb", "a b"),
            ("ä\u{a0}ö\n", "ä ö"),
        ] {
            assert_eq!(single_spaced(text), expected, "{text:?}");
            assert_eq!(single_spaced(text), text.split_whitespace().collect::<Vec<_>>().join(" "), "{text:?}");
        }
        assert!(matches!(single_spaced("Śniadania i lunch"), Cow::Borrowed(_)));
    }
}
