//! Texts with places: which file, which bytes, and from those the line and column that a person counts.

use std::sync::{Arc, OnceLock};

use super::Refusal;

/// A file of the book, as an index into [`Sources`].
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u32);

/// A stretch of a file in bytes, half open. The one way in which the program says *where*.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Span {
    /// The file the bytes are of.
    pub file: FileId,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// A span over `start..end` of `file`. Files are at most 4 MiB, so `u32` holds every offset.
    pub fn new(file: FileId, start: usize, end: usize) -> Self {
        Span { file, start: start as u32, end: end.max(start) as u32 }
    }

    /// The part of this span that is `range` bytes from its start; used for a word inside a text.
    pub fn within(self, range: std::ops::Range<usize>) -> Self {
        let start = (self.start + range.start as u32).min(self.end);
        let end = (self.start + range.end as u32).clamp(start, self.end);
        Span { start, end, ..self }
    }

    /// The empty span at this span's start.
    pub fn head(self) -> Self {
        Span { end: self.start, ..self }
    }

    /// The bytes as a range to index a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A stretch of a file that is known without it: of a million answers, the file of each would be four megabytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Stretch {
    start: u32,
    end: u32,
}

impl Stretch {
    /// The stretch in that file.
    pub fn of(self, file: FileId) -> Span {
        Span { file, start: self.start, end: self.end }
    }
}

impl From<Span> for Stretch {
    fn from(span: Span) -> Self {
        Stretch { start: span.start, end: span.end }
    }
}

/// A line and a column, both from 1; the column counts characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in characters, from 1.
    pub column: usize,
}

/// One file that was read.
#[derive(Debug)]
pub struct Source {
    /// Path relative to the book, with `/`.
    pub path: String,
    /// The text as it stands on disk, byte-order mark included.
    pub text: Arc<str>,
    /// True for files of the built-in library, which an author cannot edit.
    pub built_in: bool,
    /// True where the system did not give it, so that what stands in it may be sound, and is not known.
    pub is_withheld: bool,
    lines: OnceLock<Vec<u32>>,
    /// How many characters stand before each `STRIDE`th byte.
    characters: OnceLock<Vec<u32>>,
}

/// Columns are counted from the nearest of marks this many bytes apart, so that a line of megabytes with thousands of
/// findings does not take its square.
const STRIDE: usize = 1024;

impl Source {
    /// A source of an author's book.
    pub fn new(path: impl Into<String>, text: impl Into<Arc<str>>) -> Self {
        Source {
            path: path.into(),
            text: text.into(),
            built_in: false,
            is_withheld: false,
            lines: OnceLock::new(),
            characters: OnceLock::new(),
        }
    }

    /// A file, or a folder, that was not read; it stands there for its name.
    pub fn refused(path: impl Into<String>, refusal: &Refusal) -> Self {
        Source { is_withheld: matches!(refusal, Refusal::System(_)), ..Source::new(path, "") }
    }

    /// Offsets at which the lines start.
    fn lines(&self) -> &[u32] {
        self.lines.get_or_init(|| {
            let starts =
                self.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(offset, _)| offset as u32 + 1);
            std::iter::once(0).chain(starts).collect()
        })
    }

    /// Where the byte `offset` is. An offset past the end is the end.
    pub fn position(&self, offset: usize) -> Position {
        let mut offset = offset.min(self.text.len());
        while !self.text.is_char_boundary(offset) {
            offset -= 1;
        }
        let lines = self.lines();
        let line = lines.partition_point(|start| *start as usize <= offset).max(1);
        let start = lines[line - 1] as usize;
        let mark = usize::from(self.text[start..offset].starts_with('\u{feff}'));
        Position { line, column: self.characters_before(offset) - self.characters_before(start) - mark + 1 }
    }

    /// How many characters begin before the byte `offset`.
    fn characters_before(&self, offset: usize) -> usize {
        // A character begins at every byte that does not continue one.
        let begun = |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count();
        let bytes = self.text.as_bytes();
        let marks = self.characters.get_or_init(|| {
            let count = |so_far: &mut u32, chunk: &[u8]| {
                let before = *so_far;
                *so_far += begun(chunk) as u32;
                Some(before)
            };
            bytes.chunks(STRIDE).chain([&[][..]]).scan(0, count).collect()
        });
        let mark = offset / STRIDE;
        marks[mark] as usize + begun(&bytes[mark * STRIDE..offset])
    }

    /// The text of a line (from 1), without its end or a byte-order mark; empty past the end.
    pub fn line(&self, line: usize) -> &str {
        let lines = self.lines();
        let Some(start) = line.checked_sub(1).and_then(|index| lines.get(index)) else { return "" };
        let end = lines.get(line).map_or(self.text.len(), |end| *end as usize);
        self.text[*start as usize..end].trim_end_matches(['\n', '\r']).trim_start_matches('\u{feff}')
    }
}

/// All files read so far, in the order of reading.
#[derive(Debug, Default)]
pub struct Sources {
    files: Vec<Source>,
}

impl Sources {
    /// Takes a file in and gives it its number.
    pub fn add(&mut self, source: Source) -> FileId {
        self.files.push(source);
        FileId(self.files.len() as u32 - 1)
    }

    /// The file of that number.
    pub fn get(&self, file: FileId) -> &Source {
        &self.files[file.0 as usize]
    }

    /// All files with their numbers.
    pub fn iter(&self) -> impl Iterator<Item = (FileId, &Source)> {
        self.files.iter().enumerate().map(|(index, source)| (FileId(index as u32), source))
    }

    /// The text that a span covers; empty when the span does not fit its file.
    pub fn slice(&self, span: Span) -> &str {
        self.get(span.file).text.get(span.range()).unwrap_or("")
    }

    /// First and last position of a span.
    pub fn positions(&self, span: Span) -> (Position, Position) {
        let source = self.get(span.file);
        (source.position(span.start as usize), source.position(span.end as usize))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_characters_and_skip_the_byte_order_mark() {
        let source = Source::new("a.yaml", "\u{feff}zażółć: x\r\nb: ł\n");
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
        let offset = source.text.find('x').unwrap_or(0);
        assert_eq!(source.position(offset), Position { line: 1, column: 9 });
        assert_eq!(source.line(1), "zażółć: x");
        assert_eq!(source.line(2), "b: ł");
        assert_eq!(source.position(9_999).line, 3);
        assert_eq!(source.line(7), "");
    }

    #[test]
    fn columns_of_long_lines_are_counted_as_those_of_short_ones() {
        let line: String = "aął€😀".chars().cycle().take(3 * STRIDE).collect();
        let source = Source::new("a.yaml", format!("\u{feff}{line}\n{line}"));
        for start in [3, 3 + line.len() + 1] {
            for (column, (offset, _)) in line.char_indices().enumerate() {
                assert_eq!(source.position(start + offset).column, column + 1);
            }
        }
        assert_eq!(source.position(source.text.len()).column, 3 * STRIDE + 1);
        assert_eq!(
            Source::new("b.yaml", "x".repeat(STRIDE)).position(STRIDE),
            Position { line: 1, column: STRIDE + 1 }
        );
    }
}
