//! How much Markdown is read. Libraries that read it, and what lays it out, take time and memory with the square of what
//! stands in one paragraph, and stack with its depth; so both are bounded before anything reads it.
//!
//! The text is looked at once, line by line, and never parsed: what is counted may be more than a parser would find, never
//! less. The numbers are ten times what people write.

use std::ops::Range;

use crate::message::Message;
use crate::say;

/// So deep may quotations and lists stand in one another; two columns of white space count as a list.
const MAX_DEPTH: usize = 100;

/// So many characters that may be marks may one paragraph, or one entry of a list, hold.
const MAX_MARKS: usize = 2_000;

/// So many letters may a word have: as many as the longest addresses of pages.
const MAX_WORD: usize = 3_000;

/// So many columns may a table have.
const MAX_COLUMNS: usize = 50;

/// So many cells may the tables of a text have together.
const MAX_CELLS: usize = 10_000;

/// So many addresses and notes may a text define for later use.
const MAX_DEFINITIONS: usize = 1_000;

/// So many characters may a text have that is a value of a key.
const MAX_TEXT: usize = 10_000;

/// So many bytes may a chapter have: more than a hundred pages.
const MAX_CHAPTER: usize = 256 * 1024;

/// So many lines that say something may a chapter have; each may be a paragraph.
const MAX_LINES: usize = 8_000;

/// What is too much in a text, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Excess {
    /// The bytes.
    pub range: Range<usize>,
    /// What there is too much of.
    kind: Kind,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Chapter,
    Lines,
    Text,
    Depth,
    Marks,
    Word,
    Columns,
    Cells,
    Definitions,
}

impl Excess {
    /// Whether the text as a whole is too long.
    pub fn is_of_length(&self) -> bool {
        matches!(self.kind, Kind::Chapter | Kind::Lines | Kind::Text)
    }

    /// What is wrong.
    pub fn message(&self) -> Message {
        match self.kind {
            Kind::Chapter => say!("this chapter is longer than {limit} KiB", limit = MAX_CHAPTER / 1024),
            Kind::Lines => say!("this chapter has more than {limit} lines", limit = MAX_LINES),
            Kind::Text => say!("this text is longer than {limit} characters", limit = MAX_TEXT),
            Kind::Depth => {
                say!("quotations and lists stand more than {limit} deep in one another here", limit = MAX_DEPTH)
            }
            Kind::Marks => {
                say!("this paragraph holds more than {limit} marks such as `*`, `[` and `!`", limit = MAX_MARKS)
            }
            Kind::Word => say!("this word has more than {limit} letters", limit = MAX_WORD),
            Kind::Columns => say!("this table has more than {limit} columns", limit = MAX_COLUMNS),
            Kind::Cells => say!("the tables of this text have more than {limit} cells", limit = MAX_CELLS),
            Kind::Definitions => {
                say!("this text defines more than {limit} addresses and notes", limit = MAX_DEFINITIONS)
            }
        }
    }

    /// How to mend it.
    pub fn help(&self) -> Message {
        match self.kind {
            Kind::Chapter | Kind::Lines => say!("split it into several chapters"),
            Kind::Text => say!("a long text belongs into a chapter, a file of its own in `chapters/`"),
            Kind::Depth => say!("move what stands so deep to the margin, or take away the signs before it"),
            Kind::Marks => say!("part the paragraph by empty lines, or take out the marks that mean nothing"),
            Kind::Word => say!("put spaces where words end, or take out what is no text"),
            Kind::Columns | Kind::Cells => say!("keep such a table in a spreadsheet, and show here what readers need"),
            Kind::Definitions => say!("write each address where it is used, or split the text"),
        }
    }
}

/// What a chapter has too much of.
pub fn chapter_excess(text: &str) -> Option<Excess> {
    let is_long = || text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).nth(MAX_LINES).is_some();
    let kind = if text.len() > MAX_CHAPTER { Some(Kind::Chapter) } else { is_long().then_some(Kind::Lines) };
    kind.map(|kind| Excess { range: 0..0, kind }).or_else(|| excess(text))
}

/// What the text of a key has too much of.
pub fn text_excess(text: &str) -> Option<Excess> {
    let is_long = text.len() > MAX_TEXT && text.chars().count() > MAX_TEXT;
    // Most texts are too short to hold too much of anything.
    let length = is_long.then_some(Excess { range: 0..text.len(), kind: Kind::Text });
    length.or_else(|| (text.len() > MAX_DEPTH).then(|| excess(text)).flatten())
}

/// What a text of any length has too much of; the first in its order.
pub fn excess(text: &str) -> Option<Excess> {
    let mut count = Count::default();
    let mut start = 0;
    for line in text.split_inclusive(['\n', '\r']) {
        if let Some((range, kind)) = count.line(line) {
            return Some(Excess { range: start + range.start..start + range.end, kind });
        }
        start += line.len();
    }
    None
}

/// What has been counted so far.
#[derive(Default)]
struct Count {
    /// Marks of the paragraph.
    marks: usize,
    /// Columns of the table that the lines belong to; none outside of one.
    columns: usize,
    cells: usize,
    definitions: usize,
}

impl Count {
    /// Counts a line; what is too much, and where in it.
    fn line(&mut self, line: &str) -> Option<(Range<usize>, Kind)> {
        let Prefix { length, depth, is_item } = Prefix::of(line);
        let content = line[length..].trim_end();
        let whole = length..length + content.len();
        if depth > MAX_DEPTH {
            return Some((0..length, Kind::Depth));
        }
        if content.is_empty() || is_item || content.starts_with('#') {
            (self.marks, self.columns) = (0, 0);
        }
        if content.len() > MAX_WORD
            && let Some(word) = long_word(content)
        {
            return Some((length + word.start..length + word.end, Kind::Word));
        }
        let is_row = content.contains('|');
        if is_row && content.contains('-') && content.bytes().all(|byte| b"|-: \t".contains(&byte)) {
            self.columns = content.bytes().filter(|byte| *byte == b'|').count() + 1;
            if self.columns > MAX_COLUMNS {
                return Some((whole, Kind::Columns));
            }
        }
        self.cells += self.columns;
        if self.cells > MAX_CELLS {
            return Some((whole, Kind::Cells));
        }
        self.definitions += usize::from(content.starts_with('[') && content.contains("]:"));
        if self.definitions > MAX_DEFINITIONS {
            return Some((whole, Kind::Definitions));
        }
        // Each row of a table is read by itself.
        if self.columns > 0 && is_row {
            self.marks = self.marks.min(MAX_MARKS / 2);
        }
        self.marks += content.bytes().filter(|byte| is_mark(*byte)).count();
        (self.marks > MAX_MARKS).then_some((whole, Kind::Marks))
    }
}

/// Whether a character may be a mark inside a paragraph.
fn is_mark(byte: u8) -> bool {
    matches!(byte, b'*' | b'_' | b'~' | b'`' | b'[' | b']' | b'!' | b'<' | b'&' | b'\\')
}

/// The first word with too many letters. Scripts that are written without spaces end theirs with marks of their own.
fn long_word(line: &str) -> Option<Range<usize>> {
    let (mut start, mut letters) = (0, 0);
    for (offset, letter) in line.char_indices() {
        if letter.is_whitespace() || letter == '|' || !letter.is_ascii() && !letter.is_alphanumeric() {
            (start, letters) = (offset + letter.len_utf8(), 0);
            continue;
        }
        letters += 1;
        if letters > MAX_WORD {
            return Some(start..offset + letter.len_utf8());
        }
    }
    None
}

/// What stands before the content of a line: white space, signs of quotations and of lists.
struct Prefix {
    length: usize,
    depth: usize,
    is_item: bool,
}

impl Prefix {
    fn of(line: &str) -> Prefix {
        let bytes = line.as_bytes();
        let (mut offset, mut columns, mut depth, mut is_item) = (0, 0, 0, false);
        while let Some(byte) = bytes.get(offset) {
            match byte {
                b' ' => columns += 1,
                b'\t' => columns += 4,
                b'>' => depth += 1,
                _ => {
                    let Some(sign) = sign_of_item(&bytes[offset..]) else { break };
                    is_item = true;
                    depth += 1;
                    // The space behind the sign is of the sign.
                    offset += sign;
                    continue;
                }
            }
            offset += 1;
        }
        Prefix { length: offset, depth: depth + columns / 2, is_item }
    }
}

/// The length of the sign of an entry of a list, with the space behind it.
fn sign_of_item(bytes: &[u8]) -> Option<usize> {
    let digits = bytes.iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
    let is_sign = match bytes.get(digits)? {
        b'-' | b'*' | b'+' => digits == 0,
        b'.' | b')' => digits > 0,
        _ => false,
    };
    let is_apart = bytes.get(digits + 1).is_none_or(|next| matches!(next, b' ' | b'\t' | b'\n' | b'\r'));
    (is_sign && is_apart).then(|| (digits + 2).min(bytes.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(text: &str) -> Option<Kind> {
        excess(text).map(|excess| excess.kind)
    }

    #[test]
    fn what_no_person_writes_is_told_at_its_place() {
        let table = |columns: usize, rows: usize| {
            format!("{}\n{}\n{}", "|a".repeat(columns), "|-".repeat(columns), "|b\n".repeat(rows))
        };
        let stairs: String = (0..200).map(|step| format!("{}- a\n", "  ".repeat(step))).collect();
        let addresses: String = (0..2000).map(|offset| format!("[a{offset}]: /b\n\n")).collect();
        for (text, wanted) in [
            (">".repeat(200), Kind::Depth),
            ("> ".repeat(200), Kind::Depth),
            ("- ".repeat(200), Kind::Depth),
            ("1. ".repeat(200), Kind::Depth),
            ("1) * > + ".repeat(200), Kind::Depth),
            (stairs, Kind::Depth),
            ("![ ".repeat(2000), Kind::Marks),
            ("[a][b] ".repeat(2000), Kind::Marks),
            ("**a\n".repeat(2000), Kind::Marks),
            ((1..80).map(|run| "`".repeat(run) + "a ").collect(), Kind::Marks),
            ("x".repeat(5000), Kind::Word),
            (format!("a\n\n{} {}", "ż".repeat(100), "ż".repeat(5000)), Kind::Word),
            (table(100, 1), Kind::Columns),
            (table(40, 2000), Kind::Cells),
            (addresses, Kind::Definitions),
        ] {
            assert_eq!(kind(&text), Some(wanted), "{}", &text[..60]);
            let range = excess(&text).map(|excess| excess.range).unwrap_or_default();
            assert!(text.get(range.clone()).is_some_and(|told| !told.is_empty()), "{range:?}");
        }
    }

    #[test]
    fn what_people_write_is_read() {
        let list = "- **One** thing, *said* at [a page](https://example.org/)\n".repeat(2000);
        let rows = "| **a** | `b` | [c](https://example.org/) |\n".repeat(1000);
        for text in [
            "- - -\n* * *\n\n> - 1. a\n>   b\n".to_owned(),
            list,
            format!("| a | b | c |\n|---|:-:|--:|\n{rows}"),
            format!("```\n{}\n```\n", "    let x = [1, 2];\n".repeat(100)),
            "这是一个没有空格的段落，".repeat(500),
            "A paragraph of plain words. ".repeat(5000),
        ] {
            assert_eq!(excess(&text), None, "{}", text.chars().take(40).collect::<String>());
        }
    }

    #[test]
    fn long_texts_are_chapters_and_long_chapters_several() {
        let length = |excess: Option<Excess>| excess.is_some_and(|excess| excess.is_of_length());
        let text = "Words. ".repeat(2000);
        assert!(length(text_excess(&text)) && !length(chapter_excess(&text)));
        assert!(length(chapter_excess(&text.repeat(20))) && length(chapter_excess(&"- a\n".repeat(9_000))));
        assert_eq!(text_excess("A text."), None);
    }

    proptest::proptest! {
        #[test]
        fn every_text_has_a_place_for_what_it_has_too_much_of(text in "[>\\-*_`!\\[\\]|a1. \\n\\t\u{17c}]{0,400}", times in 1..200_usize) {
            let text = text.repeat(times);
            if let Some(excess) = excess(&text) {
                proptest::prop_assert!(text.get(excess.range).is_some());
            }
        }
    }
}
