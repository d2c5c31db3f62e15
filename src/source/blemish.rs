//! What spoils a file of text whatever it holds: marks of a merge that was not finished, and characters that have no place in
//! a text.

use std::borrow::Cow;
use std::ops::Range;

use crate::text::{OddCharacter, as_it_looks, garbled, never_seen, odd_character, unseen_in_prose};

/// Something that spoils a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Blemish {
    /// The bytes in the file.
    pub range: Range<usize>,
    /// What it is.
    pub kind: BlemishKind,
}

/// What spoils a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BlemishKind {
    /// git's marks around two versions of the same lines; the range is the line of the first.
    Conflict,
    /// A character that steers a device and prints nothing.
    Control(char),
    /// A character that cannot be seen, and has no place anywhere.
    Unseen(OddCharacter),
    /// A character that cannot be seen between letters of a word, where it may stand by intention.
    UnseenInWord(OddCharacter),
    /// A letter of another alphabet in a word of ours; the range is the word's.
    LookAlike(OddCharacter),
    /// Letters that were read in a wrong encoding; so many more of them follow.
    Garbled(usize),
}

impl BlemishKind {
    /// Whether it spoils words only, and not the file: a note that somebody took down may hold it.
    pub fn is_of_words(self) -> bool {
        matches!(self, BlemishKind::UnseenInWord(_) | BlemishKind::LookAlike(_) | BlemishKind::Garbled(_))
    }
}

/// So many of a kind are told of one file; who has more mends these first.
const MAX_OF_A_KIND: usize = 20;

/// What spoils a text, in its order.
pub fn blemishes(text: &str) -> Vec<Blemish> {
    let mut blemishes = conflicts(text);
    blemishes.extend(misread(text));
    let mut counts = [0; 4];
    // Most bytes are ordinary: only those that may begin an odd character are looked at as characters.
    let may_be_odd = |byte: u8| {
        (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r'))
            || matches!(byte, 0x7f | 0xc2 | 0xcd..=0xd4 | 0xe1 | 0xe2 | 0xef)
    };
    let mut told = 0;
    for (offset, _) in text.bytes().enumerate().filter(|(_, byte)| may_be_odd(*byte)) {
        let Some(character) = text.get(offset..).and_then(|rest| rest.chars().next()) else { continue };
        if offset < told || offset == 0 && character == '\u{feff}' {
            continue;
        }
        let Some((range, kind)) = odd(text, offset, character) else { continue };
        let count = &mut counts[match kind {
            BlemishKind::Control(_) => 0,
            BlemishKind::Unseen(_) => 1,
            BlemishKind::LookAlike(_) => 2,
            _ => 3,
        }];
        *count += 1;
        if *count <= MAX_OF_A_KIND {
            told = range.end;
            blemishes.push(Blemish { range, kind });
        }
    }
    blemishes.sort_by_key(|blemish| blemish.range.start);
    blemishes
}

/// The text without the characters that nobody sees, such as come along when something is pasted: a file of a book that held
/// them would be refused. What can be seen stays.
pub fn without_unseen(text: &str) -> Cow<'_, str> {
    let ranges: Vec<Range<usize>> = text
        .char_indices()
        .filter(|(_, character)| !matches!(character, ' '..='~' | '\t' | '\n' | '\r'))
        .filter_map(|(offset, character)| odd(text, offset, character))
        .filter(|(_, kind)| !matches!(kind, BlemishKind::LookAlike(_)))
        .map(|(range, _)| range)
        .collect();
    if ranges.is_empty() {
        return text.into();
    }
    let mut kept = String::with_capacity(text.len());
    let mut from = 0;
    for range in ranges {
        kept.push_str(text.get(from..range.start).unwrap_or_default());
        from = from.max(range.end);
    }
    kept.push_str(text.get(from..).unwrap_or_default());
    kept.into()
}

/// What is wrong with a character that stands there.
fn odd(text: &str, offset: usize, character: char) -> Option<(Range<usize>, BlemishKind)> {
    let range = offset..offset + character.len_utf8();
    if character.is_control() {
        return Some((range, BlemishKind::Control(character)));
    }
    if let Some(odd) = never_seen(character) {
        return Some((range, BlemishKind::Unseen(odd)));
    }
    let is_beside_ours = || {
        let before = text[..range.start].chars().next_back();
        let after = text[range.end..].chars().next();
        before.into_iter().chain(after).any(is_ours)
    };
    if let Some(odd) = unseen_in_prose(character) {
        return is_beside_ours().then_some((range, BlemishKind::UnseenInWord(odd)));
    }
    let odd = odd_character(character.encode_utf8(&mut [0; 4]))?;
    if !character.is_alphabetic() || is_ours(character) || !is_beside_ours() {
        return None;
    }
    let word = word_around(text, range);
    let written = &text[word.clone()];
    // A word in which other letters of its alphabet stand is one of that alphabet; capitals before its ending are an
    // abbreviation.
    let is_abbreviated = written.chars().all(|letter| is_ours(letter) == letter.is_uppercase());
    (!is_abbreviated && as_it_looks(written).chars().all(is_ours)).then_some((word, BlemishKind::LookAlike(odd)))
}

/// Whether a letter is of the Latin alphabet.
fn is_ours(letter: char) -> bool {
    letter.is_alphabetic() && letter < '\u{250}'
}

/// The letters before and behind a stretch; no word that people write is longer than what is looked at.
fn word_around(text: &str, range: Range<usize>) -> Range<usize> {
    const LONGEST: usize = 40;
    let of_word = |letter: &char| letter.is_alphabetic();
    let before = text[..range.start].chars().rev().take(LONGEST).take_while(of_word).map(char::len_utf8).sum::<usize>();
    let after = text[range.end..].chars().take(LONGEST).take_while(of_word).map(char::len_utf8).sum::<usize>();
    range.start - before..range.end + after
}

/// Letters that were read in a wrong encoding: where they stand first, and how many more there are. Whoever has one has all,
/// for one cause.
fn misread(text: &str) -> Option<Blemish> {
    let (first, _) = garbled(text, 0)?;
    let mut more = 0;
    let mut end = first.end;
    while let Some((next, _)) = garbled(text, end) {
        more += 1;
        end = next.end;
    }
    Some(Blemish { range: first, kind: BlemishKind::Garbled(more) })
}

/// The conflicts that a merge left: from a line of seven `<` to one of seven `>`. A mark that lost its partner, where somebody
/// mended half of it, is one too.
pub(crate) fn conflicts(text: &str) -> Vec<Blemish> {
    const OPEN: &str = "<<<<<<<";
    const CLOSE: &str = ">>>>>>>";
    let mut conflicts = Vec::new();
    if !text.contains(OPEN) && !text.contains(CLOSE) {
        return conflicts;
    }
    let mut offset = 0;
    let (mut is_open, mut is_divided) = (false, false);
    for line in text.split_inclusive('\n') {
        let is_mark = |mark: &str| {
            line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
        };
        let (opens, closes) = (is_mark(OPEN), is_mark(CLOSE));
        is_divided |= is_mark("=======");
        // Without a division above it, seven `>` are an answer to an answer in a letter.
        if (opens || closes && is_divided && !is_open) && conflicts.len() < MAX_OF_A_KIND {
            conflicts.push(Blemish { range: offset..offset + line.trim_end().len(), kind: BlemishKind::Conflict });
        }
        is_open = opens || is_open && !closes;
        is_divided &= !closes;
        offset += line.len();
    }
    conflicts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<String> {
        let shown = |blemish: &Blemish| match blemish.kind {
            BlemishKind::Conflict => format!("conflict {}", &text[blemish.range.clone()]),
            BlemishKind::Control(character) => format!("control {:x}", u32::from(character)),
            BlemishKind::Unseen(odd) | BlemishKind::UnseenInWord(odd) => odd.described(),
            BlemishKind::LookAlike(odd) => format!("{} in {}", odd.described(), &text[blemish.range.clone()]),
            BlemishKind::Garbled(more) => format!("{} and {more}", &text[blemish.range.clone()]),
        };
        blemishes(text).iter().map(shown).collect()
    }

    #[test]
    fn ordinary_text_has_none() {
        assert_eq!(
            kinds(
                "\u{feff}id: ż\r\n\tść «a» – 10\u{a0}s 👩\u{200d}🍳 привет Привіт, SMSка, β-test, 5 µm, ¾, שלום\u{200f}!\n=======\n <<<<<<< a\n>>>>>> b\n>>>>>>>>> c\n"
            ),
            Vec::<String>::new()
        );
    }

    #[test]
    fn a_conflict_that_was_half_mended_is_one() {
        assert_eq!(kinds("a\n<<<<<<< HEAD\nb\n=======\nc\n"), ["conflict <<<<<<< HEAD"]);
        assert_eq!(kinds("a\n=======\nc\n>>>>>>> other\nd\n"), ["conflict >>>>>>> other"]);
        assert_eq!(kinds("a\n>>>>>>> an old letter\n"), Vec::<String>::new());
        let two = "<<<<<<< HEAD\na\n>>>>>>> b\n<<<<<<< HEAD\nc\n=======\n>>>>>>> d";
        assert_eq!(kinds(two), ["conflict <<<<<<< HEAD", "conflict <<<<<<< HEAD"]);
    }

    #[test]
    fn each_is_told_where_it_stands() {
        assert_eq!(
            kinds("a\u{0}b\u{85}\n<<<<<<< HEAD\r\nx\n=======\ny\n>>>>>>> other\nz\u{200b}\u{feff}"),
            [
                "control 0",
                "control 85",
                "conflict <<<<<<< HEAD",
                "U+200B ZERO WIDTH SPACE",
                "U+FEFF ZERO WIDTH NO-BREAK SPACE"
            ]
        );
        assert_eq!(kinds(&"\u{7}".repeat(1000)).len(), MAX_OF_A_KIND);
        assert_eq!(
            kinds("The p\u{43e}rter w\u{ad}elcomes \u{410}nna"),
            [
                "U+043E CYRILLIC SMALL LETTER O in p\u{43e}rter",
                "U+00AD SOFT HYPHEN",
                "U+0410 CYRILLIC CAPITAL LETTER A in \u{410}nna"
            ]
        );
        assert_eq!(kinds("GoÅ›Ä‡, gÃ³ra"), ["Å› and 2"]);
    }
}
