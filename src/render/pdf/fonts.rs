//! The embedded fonts, and which characters they cover.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use unicode_normalization::char::is_combining_mark;
use unicode_segmentation::UnicodeSegmentation;

/// The fonts, in the order in which a character that the wanted one lacks is looked for.
const FILES: [&str; 7] = [
    "SourceSerif4-Regular.ttf",
    "SourceSerif4-Italic.ttf",
    "SourceSerif4-SemiBold.ttf",
    "SourceSans3-Regular.ttf",
    "SourceSans3-Italic.ttf",
    "SourceSans3-SemiBold.ttf",
    "DejaVuSansMono.ttf",
];

/// The fonts as the typesetter wants them.
pub(super) struct Fonts {
    /// What it chooses from.
    pub book: LazyHash<FontBook>,
    /// In the order of the book.
    pub all: Vec<Font>,
}

/// Read when the first PDF is made, and not again.
pub(super) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let all: Vec<Font> = files().flat_map(|bytes| Font::iter(Bytes::new(bytes))).collect();
    Fonts { book: LazyHash::new(FontBook::from_fonts(&all)), all }
});

/// The files of the fonts.
pub(super) fn files() -> impl Iterator<Item = &'static [u8]> {
    FILES.iter().filter_map(|name| crate::library::template_bytes(&format!("typst/fonts/{name}")))
}

/// What stands where a character has no glyph: the replacement character, which the last font has.
pub(super) const MISSING: &str = "\u{fffd}";

/// The text with what no font covers replaced, and the characters that were; none where all are covered.
pub(super) fn covered(text: &str) -> Option<(String, Vec<&str>)> {
    if text.bytes().all(|byte| (b' '..0x7f).contains(&byte) || byte == b'\n') {
        return None;
    }
    let missing: Vec<&str> = text.graphemes(true).filter(|cluster| !is_covered(cluster)).collect();
    if missing.is_empty() {
        return None;
    }
    let written = text.graphemes(true).map(|cluster| if is_covered(cluster) { cluster } else { MISSING });
    Some((written.collect(), missing))
}

/// Whether a character may be one that no font covers: alone, or with the letter that it is a mark of.
pub(crate) fn may_lack(c: char) -> bool {
    is_combining_mark(c) || is_invisible(c) && c != '\u{ad}' || !is_covered(c.encode_utf8(&mut [0; 4]))
}

/// Whether one font has all of the cluster: a letter and its mark from two fonts would not stand together.
fn is_covered(cluster: &str) -> bool {
    if cluster.bytes().all(|byte| (b' '..0x7f).contains(&byte)) || matches!(cluster, "\n" | "\r\n" | "\t") {
        return true;
    }
    let has = |font: &Font, c: char| is_invisible(c) || font.info().coverage.contains(u32::from(c));
    FONTS.all.iter().any(|font| cluster.chars().all(|c| has(font, c)))
}

/// Characters that steer the setting of others and have no look of their own; the typesetter needs no glyph for them.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}'..='\u{2064}' | '\u{fe00}'..='\u{fe0f}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_three_languages_are_covered_in_every_font() {
        let letters = "aąbcćdeęfghijklłmnńoópqrsśtuvwxyzźżåäöéüAĄBCĆDEĘFGHIJKLŁMNŃOÓPQRSŚTUVWXYZŹŻÅÄÖÉÜ0123456789 .,;:!?\
            –—…“”„‘’«»()[]{}%&@#*/+-=<>°€£×≤≥§\u{a0}";
        assert_eq!(FONTS.all.len(), FILES.len());
        for font in &FONTS.all {
            let lacks: String = letters.chars().filter(|c| !font.info().coverage.contains(u32::from(*c))).collect();
            assert_eq!(lacks, "", "{}", font.info().family);
        }
    }

    #[test]
    fn the_signs_of_documents_are_covered() {
        assert_eq!(covered("★▲●◐○–✕·☐☑→\u{fffd}"), None);
    }

    #[test]
    fn what_no_font_covers_is_named() {
        assert_eq!(covered("Zażółć gęślą jaźń, Åsa"), None);
        assert_eq!(covered("o 😀 b"), Some((format!("o {MISSING} b"), vec!["😀"])));
        assert_eq!(covered("你好"), Some((format!("{MISSING}{MISSING}"), vec!["你", "好"])));
        // A family of four is one character to its reader.
        let (written, missing) = covered("👨‍👩‍👧‍👦!").unwrap_or_default();
        assert_eq!((written.as_str(), missing.len()), ("\u{fffd}!", 1));
        assert_eq!(covered("a\u{7}"), Some((format!("a{MISSING}"), vec!["\u{7}"])));
    }
}
