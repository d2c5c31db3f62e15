//! Places as the protocol counts them: lines from 0, and in a line the units that client and server have agreed on.

use lsp_types::{Position, PositionEncodingKind, Range};

/// What a place in a line is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    /// What every client can do.
    Utf16,
    Utf32,
}

impl Encoding {
    /// The best of those that a client offers: bytes need no counting.
    pub(super) fn chosen(offered: Option<&[PositionEncodingKind]>) -> Self {
        let offers = |kind: &PositionEncodingKind| offered.is_some_and(|offered| offered.contains(kind));
        match () {
            () if offers(&PositionEncodingKind::UTF8) => Encoding::Utf8,
            () if offers(&PositionEncodingKind::UTF32) => Encoding::Utf32,
            () => Encoding::Utf16,
        }
    }

    pub(super) fn kind(self) -> PositionEncodingKind {
        match self {
            Encoding::Utf8 => PositionEncodingKind::UTF8,
            Encoding::Utf16 => PositionEncodingKind::UTF16,
            Encoding::Utf32 => PositionEncodingKind::UTF32,
        }
    }

    fn width(self, letter: char) -> usize {
        match self {
            Encoding::Utf8 => letter.len_utf8(),
            Encoding::Utf16 => letter.len_utf16(),
            Encoding::Utf32 => 1,
        }
    }
}

/// A text with the starts of its lines. A line ends at `\n`, `\r\n` or a lone `\r`, as the protocol has it.
#[derive(Clone, Debug)]
pub(super) struct Lines<'a> {
    text: &'a str,
    starts: Vec<usize>,
    encoding: Encoding,
}

impl<'a> Lines<'a> {
    pub(super) fn of(text: &'a str, encoding: Encoding) -> Self {
        // An editor shows no byte-order mark.
        let first = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let bytes = text.as_bytes();
        let ends = bytes.iter().enumerate().filter(|(offset, byte)| match byte {
            b'\n' => true,
            b'\r' => bytes.get(offset + 1) != Some(&b'\n'),
            _ => false,
        });
        let starts = std::iter::once(first).chain(ends.map(|(offset, _)| offset + 1)).collect();
        Lines { text, starts, encoding }
    }

    /// Where a byte is. One inside a letter is the start of that letter.
    pub(super) fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let line = self.starts.partition_point(|start| *start <= offset).saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0).min(offset);
        let character: usize = self.text[start..offset].chars().map(|letter| self.encoding.width(letter)).sum();
        Position { line: line as u32, character: character as u32 }
    }

    /// The byte at a place. One past the end of its line is that end, one past the last line the end of the text.
    pub(super) fn offset(&self, position: Position) -> usize {
        let Some(start) = self.starts.get(position.line as usize).copied() else { return self.text.len() };
        let line = self.line(position.line as usize);
        let mut counted = 0;
        for (offset, letter) in line.char_indices() {
            if counted >= position.character as usize {
                return start + offset;
            }
            counted += self.encoding.width(letter);
        }
        start + line.len()
    }

    /// A line without its end; empty past the last.
    pub(super) fn line(&self, line: usize) -> &'a str {
        let Some(start) = self.starts.get(line) else { return "" };
        let end = self.starts.get(line + 1).copied().unwrap_or(self.text.len());
        self.text[*start..end].trim_end_matches(['\n', '\r'])
    }

    /// How many lines there are; an empty text has one.
    pub(super) fn len(&self) -> usize {
        self.starts.len()
    }

    pub(super) fn range(&self, bytes: std::ops::Range<usize>) -> Range {
        Range { start: self.position(bytes.start), end: self.position(bytes.end) }
    }

    /// The bytes of a range; its ends are put in order.
    pub(super) fn bytes(&self, range: Range) -> std::ops::Range<usize> {
        let (start, end) = (self.offset(range.start), self.offset(range.end));
        start.min(end)..start.max(end)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const ALL: [Encoding; 3] = [Encoding::Utf8, Encoding::Utf16, Encoding::Utf32];

    #[test]
    fn letters_beyond_the_first_plane_count_as_the_encoding_has_it() {
        let text = "a: zażółć 😀 x\r\nb: y\rc: z";
        let x = text.find('x').expect("x");
        let characters = ALL.map(|encoding| Lines::of(text, encoding).position(x).character);
        assert_eq!(characters, [19, 13, 12]);
        let lines = Lines::of(text, Encoding::Utf16);
        assert_eq!(lines.position(text.find('z').expect("z")).line, 0);
        assert_eq!(lines.position(text.len()), Position { line: 2, character: 4 });
        assert_eq!(lines.offset(Position { line: 1, character: 99 }), text.find("\rc").expect("the end of b"));
    }

    #[test]
    fn a_byte_order_mark_has_no_place() {
        let lines = Lines::of("\u{feff}id: x", Encoding::Utf16);
        assert_eq!(lines.position(3), Position { line: 0, character: 0 });
        assert_eq!(lines.offset(Position { line: 0, character: 2 }), 5);
    }

    proptest! {
        #[test]
        fn every_place_is_found_again(text in "[a-ząć€😀\r\n: ]{0,60}") {
            for encoding in ALL {
                let lines = Lines::of(&text, encoding);
                for (offset, _) in text.char_indices() {
                    let back = lines.offset(lines.position(offset));
                    // Between `\r` and `\n` is no place of its own.
                    prop_assert!(back == offset || text.as_bytes()[offset] == b'\n' || text.as_bytes()[offset] == b'\r');
                }
            }
        }

        #[test]
        fn no_place_is_outside(text in "[aą😀\r\n]{0,20}", line in 0u32..9, character in 0u32..40) {
            for encoding in ALL {
                let offset = Lines::of(&text, encoding).offset(Position { line, character });
                prop_assert!(text.is_char_boundary(offset));
            }
        }
    }
}
