//! What spoils a file of text whatever it holds: marks of a merge that was not finished, and characters that have no place in
//! a text.

use std::ops::Range;

use crate::text::{OddCharacter, never_seen};

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
    /// A character that cannot be seen.
    Unseen(OddCharacter),
}

/// So many of a kind are told of one file; who has more mends these first.
const MAX_OF_A_KIND: usize = 20;

/// What spoils a text, in its order.
pub fn blemishes(text: &str) -> Vec<Blemish> {
    let mut blemishes = conflicts(text);
    let mut counts = (0, 0);
    // Most bytes are ordinary: only those that may begin an odd character are looked at as characters.
    let may_be_odd = |byte: u8| {
        (byte < 0x20 && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7f | 0xc2 | 0xe1 | 0xe2 | 0xef)
    };
    for (offset, _) in text.bytes().enumerate().filter(|(_, byte)| may_be_odd(*byte)) {
        let Some(character) = text.get(offset..).and_then(|rest| rest.chars().next()) else { continue };
        let kind = if character.is_control() {
            counts.0 += 1;
            (counts.0 <= MAX_OF_A_KIND).then_some(BlemishKind::Control(character))
        } else if offset == 0 && character == '\u{feff}' {
            None
        } else if let Some(odd) = never_seen(character) {
            counts.1 += 1;
            (counts.1 <= MAX_OF_A_KIND).then_some(BlemishKind::Unseen(odd))
        } else {
            None
        };
        blemishes.extend(kind.map(|kind| Blemish { range: offset..offset + character.len_utf8(), kind }));
    }
    blemishes.sort_by_key(|blemish| blemish.range.start);
    blemishes
}

/// The conflicts that a merge left: a line of seven `<`, with one of seven `>` below it.
fn conflicts(text: &str) -> Vec<Blemish> {
    const OPEN: &str = "<<<<<<<";
    const CLOSE: &str = ">>>>>>>";
    let mut conflicts = Vec::new();
    if !text.contains(OPEN) {
        return conflicts;
    }
    let mut offset = 0;
    let mut open: Option<Range<usize>> = None;
    for line in text.split_inclusive('\n') {
        let is_mark = |mark: &str| {
            line.strip_prefix(mark).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\r', '\n']))
        };
        if is_mark(OPEN) {
            open = Some(offset..offset + line.trim_end().len());
        } else if is_mark(CLOSE) && conflicts.len() < MAX_OF_A_KIND {
            conflicts.extend(open.take().map(|range| Blemish { range, kind: BlemishKind::Conflict }));
        }
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
            BlemishKind::Unseen(odd) => odd.described(),
        };
        blemishes(text).iter().map(shown).collect()
    }

    #[test]
    fn ordinary_text_has_none() {
        assert_eq!(
            kinds("\u{feff}id: ż\r\n\tść «a» – 10\u{a0}s\u{ad} 👩\u{200d}🍳\n=======\n<<<<<<< but no end\n"),
            Vec::<String>::new()
        );
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
    }
}
