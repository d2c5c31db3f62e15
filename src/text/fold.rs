//! Which texts say the same: letters in one form, words in one case.

use std::borrow::Cow;

use unicode_normalization::{IsNormalized, UnicodeNormalization, is_nfc_quick};

/// A text with each letter and its marks as one character (NFC): `Ś` is `Ś`, however a keyboard or a file system wrote it.
pub fn composed(text: &str) -> Cow<'_, str> {
    match is_nfc_quick(text.chars()) {
        IsNormalized::Yes => Cow::Borrowed(text),
        _ => Cow::Owned(text.nfc().collect()),
    }
}

/// A text as it is compared where case, and how much space stands between words, make no other text of it.
pub fn folded(text: &str) -> String {
    let lower: String = composed(text).chars().flat_map(char::to_lowercase).collect();
    lower.split_whitespace().collect::<Vec<_>>().join(" ")
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
}
