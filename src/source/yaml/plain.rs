//! The simplest YAML, read without the parser: what records, and most of a book, are written in.
//!
//! Mappings and lists on lines of their own, or in brackets on one line; values without marks, or in quotation marks without
//! escapes, on one line. Whatever else stands in a text, or is not right about it, makes this reader give up, and the parser reads
//! the whole: so there is one judge of what YAML is. A property test holds the two against each other.

use std::borrow::Cow;

use super::{Entry, Layout, Node, Scalar, Style, Value, composed_whole};
use crate::source::{FileId, Span, text_excess};

/// Deeper nesting is the parser's.
const MAX_DEPTH: usize = 16;

/// Longer keys are the parser's: YAML bounds them.
const MAX_KEY: usize = 200;

/// The tree of a text; none where it is not of the simplest kind.
pub(super) fn read(file: FileId, text: &str) -> Option<Node<'_>> {
    let is_strange = |byte: &u8| *byte < b' ' && *byte != b'\n' || *byte == 0x7F;
    if text.as_bytes().iter().any(is_strange) || !text.is_ascii() && text.chars().any(is_odd) {
        return None;
    }
    let mut reader = Reader { file, text, bytes: text.as_bytes(), line: 0, offset: 0, depth: 0 };
    reader.go_to_content(0);
    let root = reader.block(reader.indent()?)?;
    // What is left over belongs to nothing.
    reader.indent().is_none().then_some(root)
}

/// What YAML, or what reads it, takes for more than a letter.
fn is_odd(c: char) -> bool {
    matches!(c, '\u{80}'..='\u{9F}' | '\u{2028}' | '\u{2029}' | '\u{FEFF}' | '\u{FFFE}' | '\u{FFFF}')
}

/// What may not begin a value without marks.
fn is_mark(byte: u8) -> bool {
    b"-?:,[]{}#&*!|>'\"%@`".contains(&byte)
}

/// What a key may consist of; others are the parser's.
fn is_of_key(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'@' | b'/') || byte >= 0x80
}

/// Where a value stands.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    /// On its line, up to the end of that.
    Line,
    /// In brackets.
    Brackets,
}

struct Reader<'t> {
    file: FileId,
    text: &'t str,
    bytes: &'t [u8],
    /// Where the line begins that is read.
    line: usize,
    /// Where its first letter stands; the end of the text where there is none any more.
    offset: usize,
    depth: usize,
}

impl<'t> Reader<'t> {
    fn byte(&self, offset: usize) -> Option<u8> {
        self.bytes.get(offset).copied()
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.file, start, end)
    }

    /// How far the line's first letter is indented; none at the end of the text.
    fn indent(&self) -> Option<usize> {
        (self.offset < self.bytes.len()).then(|| self.offset - self.line)
    }

    /// Goes to the first line from there on that holds more than white space and remarks.
    fn go_to_content(&mut self, start: usize) {
        let mut line = start;
        loop {
            let offset = self.after_blanks(line);
            match self.byte(offset) {
                Some(b'\n') => line = offset + 1,
                Some(b'#') => line = self.line_end(offset) + 1,
                _ => {
                    (self.line, self.offset) = (line, offset);
                    return;
                }
            }
            if line >= self.bytes.len() {
                (self.line, self.offset) = (self.bytes.len(), self.bytes.len());
                return;
            }
        }
    }

    fn after_blanks(&self, mut offset: usize) -> usize {
        while self.byte(offset) == Some(b' ') {
            offset += 1;
        }
        offset
    }

    fn line_end(&self, offset: usize) -> usize {
        let rest = self.bytes.get(offset..).unwrap_or_default();
        rest.iter().position(|byte| *byte == b'\n').map_or(self.bytes.len(), |end| offset + end)
    }

    /// Whether the line ends there, but for white space and a remark.
    fn ends(&self, offset: usize) -> bool {
        let rest = self.after_blanks(offset);
        match self.byte(rest) {
            None | Some(b'\n') => true,
            Some(b'#') => rest > offset,
            _ => false,
        }
    }

    /// The mapping or list whose lines are indented so far.
    fn block(&mut self, indent: usize) -> Option<Node<'t>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let node = if self.is_dash(self.offset) { self.list(indent) } else { self.map(indent) };
        self.depth -= 1;
        node
    }

    fn is_dash(&self, offset: usize) -> bool {
        self.byte(offset) == Some(b'-') && matches!(self.byte(offset + 1), None | Some(b' ' | b'\n'))
    }

    /// A list whose dashes are indented so far.
    fn list(&mut self, indent: usize) -> Option<Node<'t>> {
        let start = self.offset;
        let mut items: Vec<Node<'t>> = Vec::new();
        while self.indent() == Some(indent) && self.is_dash(self.offset) {
            let offset = self.after_blanks(self.offset + 1);
            if self.ends(offset) {
                return None;
            }
            let item = if self.key_end(offset).is_some() {
                self.offset = offset;
                self.depth += 1;
                let item = self.map(offset - self.line)?;
                self.depth -= 1;
                item
            } else {
                let (item, end) = self.value(offset, Within::Line)?;
                self.go_to_content(self.line_end(end));
                item
            };
            items.push(item);
        }
        self.is_left(indent)?;
        let end = items.last()?.span.end as usize;
        Some(Node { span: self.span(start, end), value: Value::List(items, Layout::Block) })
    }

    /// A mapping whose keys are indented so far.
    fn map(&mut self, indent: usize) -> Option<Node<'t>> {
        let start = self.offset;
        let mut entries: Vec<Entry<'t>> = Vec::new();
        while self.indent() == Some(indent) {
            let end = self.key_end(self.offset)?;
            let key_span = self.span(self.offset, end);
            let key = self.key(self.offset, end)?;
            let offset = self.after_blanks(end + 1);
            let value = if !self.ends(end + 1) {
                let (value, end) = self.value(offset, Within::Line)?;
                self.go_to_content(self.line_end(end));
                value
            } else {
                self.go_to_content(self.line_end(offset));
                match self.indent() {
                    Some(deeper) if deeper > indent => self.block(deeper)?,
                    // An empty value; where the parser places it is its own matter.
                    _ => return None,
                }
            };
            entries.push(Entry { key, key_span, value });
        }
        self.is_left(indent)?;
        let last = entries.last()?;
        let end = last.value.span.end.max(last.key_span.end) as usize;
        Some(Node { span: self.span(start, end), value: Value::Map(entries, Layout::Block) })
    }

    /// Whether what follows a collection that is indented so far belongs further out.
    fn is_left(&self, indent: usize) -> Option<()> {
        self.indent().is_none_or(|next| next < indent).then_some(())
    }

    /// Where the key ends that begins there: at its colon.
    fn key_end(&self, offset: usize) -> Option<usize> {
        let first = self.byte(offset)?;
        if !first.is_ascii_alphanumeric() && first < 0x80 {
            return None;
        }
        let rest = self.bytes.get(offset..)?;
        let end = offset + rest.iter().position(|byte| !is_of_key(*byte))?;
        let is_key = self.byte(end) == Some(b':') && matches!(self.byte(end + 1), None | Some(b' ' | b'\n'));
        (is_key && end - offset <= MAX_KEY).then_some(end)
    }

    fn key(&self, start: usize, end: usize) -> Option<Cow<'t, str>> {
        let text = self.text.get(start..end)?;
        (!is_nothing(text)).then(|| composed_whole(Cow::Borrowed(text)))
    }

    /// The value that begins there, and where it ends.
    fn value(&mut self, offset: usize, within: Within) -> Option<(Node<'t>, usize)> {
        let first = self.byte(offset)?;
        let (node, end) = match first {
            b'[' | b'{' => self.brackets(offset)?,
            b'"' | b'\'' => self.quoted(offset, first)?,
            _ => self.unmarked(offset, within)?,
        };
        let is_end = match within {
            Within::Line => self.ends(end),
            Within::Brackets => matches!(self.byte(self.after_blanks(end)), Some(b',' | b']' | b'}')),
        };
        is_end.then_some((node, end))
    }

    /// A value without marks.
    fn unmarked(&self, start: usize, within: Within) -> Option<(Node<'t>, usize)> {
        let first = self.byte(start)?;
        let is_negative = first == b'-' && self.byte(start + 1).is_some_and(|next| next.is_ascii_digit());
        if is_mark(first) && !is_negative {
            return None;
        }
        // The end of what is no white space so far.
        let (mut offset, mut end) = (start, start);
        while let Some(byte) = self.byte(offset) {
            match byte {
                b'\n' => break,
                b'#' if offset > end => match within {
                    Within::Line => break,
                    Within::Brackets => return None,
                },
                b':' if matches!(self.byte(offset + 1), None | Some(b' ' | b'\n')) => return None,
                b',' | b'[' | b']' | b'{' | b'}' if within == Within::Brackets => match byte {
                    b'[' | b'{' => return None,
                    _ => break,
                },
                b':' if within == Within::Brackets
                    && matches!(self.byte(offset + 1), Some(b',' | b'[' | b']' | b'{' | b'}')) =>
                {
                    return None;
                }
                b' ' => {
                    offset += 1;
                    continue;
                }
                _ => {}
            }
            offset += 1;
            end = offset;
        }
        let text = self.text.get(start..end)?;
        let value = if is_nothing(text) { Value::Null } else { scalar(text, Style::Plain)? };
        Some((Node { span: self.span(start, end), value }, end))
    }

    /// A value in quotation marks, without an escape.
    fn quoted(&self, start: usize, mark: u8) -> Option<(Node<'t>, usize)> {
        let rest = self.bytes.get(start + 1..)?;
        let length = rest.iter().position(|byte| *byte == mark || matches!(byte, b'\n' | b'\\'))?;
        let close = start + 1 + length;
        // Two single marks are one that is meant.
        if self.byte(close) != Some(mark) || self.byte(close + 1) == Some(b'\'') {
            return None;
        }
        let value = scalar(self.text.get(start + 1..close)?, Style::Quoted)?;
        Some((Node { span: self.span(start, close + 1), value }, close + 1))
    }

    /// A list or mapping in brackets.
    fn brackets(&mut self, start: usize) -> Option<(Node<'t>, usize)> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return None;
        }
        let is_map = self.byte(start) == Some(b'{');
        let close = if is_map { b'}' } else { b']' };
        let (mut items, mut entries) = (Vec::new(), Vec::new());
        let mut offset = self.after_blanks(start + 1);
        // Empty ones are rare.
        loop {
            let key = match is_map {
                true => {
                    let end = self.key_end(offset).filter(|end| self.byte(end + 1) == Some(b' '))?;
                    let key = (self.key(offset, end)?, self.span(offset, end));
                    offset = self.after_blanks(end + 1);
                    Some(key)
                }
                false => None,
            };
            let (value, end) = self.value(offset, Within::Brackets)?;
            match key {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value }),
                None => items.push(value),
            }
            offset = self.after_blanks(end);
            match self.byte(offset)? {
                b',' => offset = self.after_blanks(offset + 1),
                byte if byte == close => break,
                _ => return None,
            }
        }
        self.depth -= 1;
        let value = if is_map { Value::Map(entries, Layout::Flow) } else { Value::List(items, Layout::Flow) };
        Some((Node { span: self.span(start, offset + 1), value }, offset + 1))
    }
}

/// What YAML takes for nothing, where it stands without marks.
fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

/// A value; none where it holds more than is ever laid out, which the parser tells.
fn scalar(text: &str, style: Style) -> Option<Value<'_>> {
    if text_excess(text).is_some() {
        return None;
    }
    Some(Value::Scalar(Scalar { text: composed_whole(Cow::Borrowed(text)), style }))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::parse_any;
    use super::*;

    /// Holds this reader against the parser; whether it read the text.
    fn is_read(text: &str) -> bool {
        let file = FileId::default();
        let Some(root) = read(file, text) else { return false };
        assert_eq!(Ok(root), parse_any(file, text), "{text:?}");
        true
    }

    #[test]
    fn records_and_books_are_of_the_simplest_kind() {
        let record = "# a round\nedition: 7f3a9c2e\nsite: krakow\ndate: 2026-05-12T14:30\nscope: {phase: [check-in, bar]}\n\
                      answers:\n  greet@3f9a1c2e: 8 s   # by the clock\n  key-packet: 18/20\n\n  luggage: [met, not met, -18 °C]\n  desk:\n    answer: not met\n    \
                      note: \"Brochures: piled up\"\n    evidence:\n      - photos/a.jpg\n      - photos/b.jpg\n    action: {what: 'Clear it', due: 2026-05-20}\n  \
                      map: {answer: n/a, why: No concierge}\n";
        assert!(is_read(record));
        assert!(is_read(
            "phases:\n  - id: a\n    title: {en: Ą b, pl: S\u{301}niadania}\n    steps:\n      - one\n  -   id: b\n      was: [c]\n"
        ));
    }

    #[test]
    fn the_texts_that_every_start_reads_are_of_the_simplest_kind() {
        assert!(is_read(include_str!("../../language/texts/en.yaml")));
        assert!(is_read(include_str!("../../language/texts/pl.yaml")));
        assert!(is_read(include_str!("../../language/texts/sv.yaml")));
    }

    #[test]
    fn what_is_not_is_left_to_the_parser() {
        for text in [
            "a: b: c\n",
            "a: |\n  b\n",
            "a: b\n  c\n",
            "a: &x b\n",
            "a: *x\n",
            "a: !!str b\n",
            "a:\tb\n",
            "a: \"b\\n\"\n",
            "a: 'b''c'\n",
            "- - a\n",
            "a: [b\n]\n",
            "a: {b}\n",
            "a: [b: c]\n",
            "--- a\n",
            "a: b\r\n",
            "\u{feff}a: b\n",
            "a: \"b\" c\n",
            "a: b\n---\n",
            "? a\n: b\n",
            "",
            "a",
        ] {
            assert!(!is_read(text), "{text:?}");
        }
    }

    #[test]
    fn all_files_of_the_examples_and_the_library_read_alike() {
        let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
        let mut folders: Vec<_> =
            ["examples", "standards", "tests/check", "fuzz/seeds"].map(|name| root.join(name)).into();
        let (mut read, mut all) = (0, 0);
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
                let path = entry.path();
                if path.is_dir() {
                    folders.push(path);
                } else if let Ok(text) = std::fs::read_to_string(&path) {
                    read += usize::from(is_read(&text));
                    all += 1;
                }
            }
        }
        assert!(read * 3 > all, "{read} of {all}");
    }

    proptest! {
        #![proptest_config(ProptestConfig { cases: 20_000, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn whatever_it_reads_the_parser_reads_alike(pieces in prop::collection::vec(prop::sample::select(PIECES), 1..14)) {
            is_read(&pieces.concat());
        }
    }

    const PIECES: &[&str] = &[
        "a: ",
        "b: ",
        "a:",
        "id: x",
        "- ",
        "-",
        "\n",
        "\n",
        "\n",
        "\n  ",
        "\n  ",
        "\n    ",
        "\n- ",
        "\n  - ",
        " ",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        ",",
        "{a: ",
        "[b, ",
        "#",
        " # c",
        "'",
        "\"",
        "'q'",
        "\"q\"",
        ":",
        ": ",
        "met",
        "not met",
        "8 s",
        "-18",
        "1:30",
        "~",
        "null",
        "ę",
        "e\u{301}",
        "?",
        "|",
        "&a",
        "*a",
        "!t",
        "%",
        "@",
        "...",
        "---",
        "\t",
        "\r\n",
        "\u{a0}",
        "\\",
        "x@0a1b2c3d: ",
        "<<: ",
        "12",
        "=",
        "`",
        ">",
        "`a`",
    ];
}
