//! A table as text: which separator, which rows, and where each stands in its file.

use std::ops::Range;

use crate::message::Message;
use crate::say;
use crate::text::LineCount;

/// The separators of tables.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];

/// A table.
#[derive(Debug, Default)]
pub struct Table {
    /// The rows, the heading first; empty ones are left out.
    pub(crate) rows: Vec<TableRow>,
    /// Lines that could not be read as rows.
    pub faults: Vec<RowFault>,
    /// The sign between two cells.
    separator: u8,
}

/// A row and its place.
#[derive(Debug)]
pub(crate) struct TableRow {
    /// The cells, without the space around them.
    pub cells: Vec<String>,
    /// The bytes in the text, without the line's end.
    pub range: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// Why a line is no row.
#[derive(Debug)]
pub struct RowFault {
    /// The bytes in the text, without the line's end.
    pub range: Range<usize>,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong, without a full stop.
    pub message: Message,
    /// How to mend it.
    pub help: Message,
}

impl Table {
    /// The bytes of a cell of a row, without its quotation marks; the end of the row where it has so few.
    pub(crate) fn cell(&self, text: &str, row: &TableRow, index: usize) -> Range<usize> {
        let Some(field) = self.fields(text, row).nth(index) else { return row.range.end..row.range.end };
        let written = &text[field.clone()];
        let bare = written.trim().trim_matches('"');
        let start = field.start + written.find(bare).unwrap_or(0);
        start..start + bare.len()
    }

    /// The bytes of the cells of a row as they are written, with their quotation marks and the space around them.
    fn fields<'a>(&self, text: &'a str, row: &'a TableRow) -> impl Iterator<Item = Range<usize>> + use<'a> {
        let (bytes, separator, last) = (text.as_bytes(), self.separator, row.range.end);
        let mut next = Some(row.range.start);
        std::iter::from_fn(move || {
            let start = next?;
            let blank = bytes[start..last].iter().take_while(|byte| **byte == b' ').count();
            let mut end = start + blank;
            if bytes.get(end) == Some(&b'"') {
                end = closing(bytes, end + 1).map_or(last, |close| close + 1).min(last);
            }
            let rest = bytes[end..last].iter().position(|byte| *byte == separator);
            end = rest.map_or(last, |rest| end + rest);
            next = rest.map(|_| end + 1);
            Some(start..end)
        })
    }

    /// The row with other cells: those that stay the same keep every byte, and empty ones beyond the `columns` of the heading are
    /// left out.
    #[cfg(feature = "desk")]
    pub(crate) fn with_cells(&self, text: &str, row: &TableRow, cells: &[String], columns: usize) -> String {
        let mut written: Vec<String> = self.fields(text, row).map(|field| text[field].to_owned()).collect();
        let had = written.len();
        for (index, cell) in cells.iter().enumerate() {
            let is_same = row.cells.get(index).map_or(cell.is_empty(), |before| before == cell);
            if written.len() <= index {
                written.push(String::new());
            }
            if !is_same {
                written[index] = self.quoted(cell);
            }
        }
        while written.len() > columns.max(1) && written.last().is_some_and(|cell| cell.trim().is_empty()) {
            written.pop();
        }
        // Where nothing stands at the end, nothing is added there.
        while written.len() > had && written.last().is_some_and(String::is_empty) {
            written.pop();
        }
        written.join(&char::from(self.separator).to_string())
    }

    /// A cell as it is written: in quotation marks where it would be several, or not the same, without.
    #[cfg(feature = "desk")]
    fn quoted(&self, cell: &str) -> String {
        let parts = |letter: char| letter == char::from(self.separator) || matches!(letter, '"' | '\n' | '\r');
        match cell.contains(parts) || cell.trim() != cell {
            true => format!("\"{}\"", cell.replace('"', "\"\"")),
            false => cell.to_owned(),
        }
    }
}

/// Reads a table. A quotation mark that is not closed takes its own line with it, and not those below.
pub fn table(text: &str) -> Table {
    headed(text, |line| !line.trim().is_empty())
}

/// Reads a table whose heading is the first line of that kind, with whatever stands above it.
pub(crate) fn headed(text: &str, is_heading: impl Fn(&str) -> bool) -> Table {
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    // A first line that spreadsheets take for the name of the separator.
    let named = text.get(start..start + 4).filter(|word| word.eq_ignore_ascii_case("sep="));
    let named = named.and_then(|_| {
        let rest = &text[start + 4..];
        Some((rest.bytes().next()?, rest.find('\n')?))
    });
    if let Some((_, end)) = named {
        start += "sep=".len() + end + 1;
    }
    let separator = named.map(|(separator, _)| separator).filter(|separator| SEPARATORS.contains(separator));
    let mut lines = text[start..].lines();
    let heading = lines.find(|line| is_heading(line)).unwrap_or_default();
    let separator = separator.unwrap_or_else(|| separator_of(heading));
    let columns = heading.bytes().filter(|byte| *byte == separator).count() + 1;
    let mut reader = Reader {
        text,
        separator,
        columns,
        lines: LineCount::default(),
        table: Table { separator, ..Table::default() },
    };
    while start < text.len() {
        let Some((open, message, help)) = reader.fault(start) else {
            reader.rows(start..text.len());
            break;
        };
        let line = text[..open].rfind('\n').map_or(0, |break_at| break_at + 1).max(start);
        let end = text[open..].find('\n').map_or(text.len(), |length| open + length);
        reader.rows(start..line);
        let range = line..line + text[line..end].trim_end().len();
        let line = reader.line(range.start);
        reader.table.faults.push(RowFault { range, line, message, help });
        start = (end + 1).min(text.len());
    }
    reader.table
}

struct Reader<'t> {
    text: &'t str,
    separator: u8,
    /// How many cells the heading has.
    columns: usize,
    lines: LineCount,
    table: Table,
}

/// Where a quotation mark opens that makes no cell; what is wrong, and how to mend it.
type Unclosed = (usize, Message, Message);

impl Reader<'_> {
    fn line(&mut self, offset: usize) -> usize {
        self.lines.line(self.text, offset)
    }

    fn rows(&mut self, range: Range<usize>) {
        let body = &self.text[range.clone()];
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .flexible(true)
            .delimiter(self.separator)
            .trim(csv::Trim::All)
            .from_reader(body.as_bytes());
        let mut record = csv::StringRecord::new();
        loop {
            let from = reader.position().byte() as usize;
            // The text is sound UTF-8 in memory, so reading cannot fail.
            if !reader.read_record(&mut record).unwrap_or(false) {
                break;
            }
            let (from, to) = (from.min(body.len()), (reader.position().byte() as usize).min(body.len()));
            let written = body.get(from..to).unwrap_or_default();
            let lead = written.len() - written.trim_start().len();
            if record.iter().all(str::is_empty) {
                continue;
            }
            let range = range.start + from + lead..range.start + from + written.trim_end().len();
            let line = self.line(range.start);
            if let Some(cell) = record.iter().find(|cell| is_cut(cell)) {
                let message = say!("`{cell}` begins with a curly quotation mark and does not end with one", cell);
                let help = say!("write straight quotation marks: \"…\"; curly ones do not hold a cell together");
                self.table.faults.push(RowFault { range, line, message, help });
            } else {
                self.table.rows.push(TableRow { cells: record.iter().map(str::to_owned).collect(), range, line });
            }
        }
    }

    /// The first quotation mark from `start` on that opens a cell and does not close one.
    fn fault(&self, start: usize) -> Option<Unclosed> {
        let bytes = self.text.as_bytes();
        let (mut offset, mut row) = (start, start);
        while offset < bytes.len() {
            // The start of a cell.
            if bytes[offset] == b'"' {
                let open = offset;
                let Some(close) = closing(bytes, open + 1) else {
                    return Some((open, say!("the quotation mark that opens here is never closed"), mend()));
                };
                offset = close + 1;
                let rest = self.text[offset..].trim_start_matches([' ', '\r']);
                let is_end = rest.is_empty() || rest.starts_with('\n') || rest.as_bytes()[0] == self.separator;
                if !is_end || self.swallows(row, open, close) {
                    let message =
                        say!("the quotation mark that opens here does not close its cell where the cell ends");
                    return Some((open, message, mend()));
                }
            }
            while offset < bytes.len() && bytes[offset] != self.separator && bytes[offset] != b'\n' {
                offset += 1;
            }
            if bytes.get(offset) == Some(&b'\n') {
                row = offset + 1;
            }
            offset += 1;
        }
        None
    }

    /// Whether a quoted cell of several lines holds one that looks like a row of its own: as many cells, and the first like
    /// the first of its row.
    fn swallows(&self, row: usize, open: usize, close: usize) -> bool {
        let first = |line: &str| shape(line.split(char::from(self.separator)).next().unwrap_or_default());
        let own = first(&self.text[row..open]);
        let mut inner = self.text[open..close].lines().skip(1);
        own.contains('9')
            && inner.any(|line| {
                line.bytes().filter(|byte| *byte == self.separator).count() + 1 >= self.columns && first(line) == own
            })
    }
}

fn mend() -> Message {
    say!("close it where the cell ends, and write a quotation mark inside a cell twice: \"\"")
}

/// The quotation mark that closes a cell: the first that does not stand twice.
fn closing(bytes: &[u8], from: usize) -> Option<usize> {
    let mut offset = from;
    loop {
        offset += bytes.get(offset..)?.iter().position(|byte| *byte == b'"')?;
        if bytes.get(offset + 1) != Some(&b'"') {
            return Some(offset);
        }
        offset += 2;
    }
}

/// Which kinds of character a text is made of.
fn shape(text: &str) -> String {
    let kind = |c: char| match c {
        _ if c.is_ascii_digit() => '9',
        _ if c.is_alphabetic() => 'a',
        _ => c,
    };
    text.trim().chars().map(kind).collect()
}

/// Whether a cell begins with a curly quotation mark and has none to close it, so that it may be a part of one.
fn is_cut(cell: &str) -> bool {
    let rest = cell.strip_prefix(['“', '„', '”', '«']);
    rest.is_some_and(|rest| !rest.contains(['”', '“', '"', '»', '‟']))
}

/// The separator of a table: the one that its heading holds most of, outside of quotation marks.
fn separator_of(head: &str) -> u8 {
    let mut counts = [0; SEPARATORS.len()];
    let mut quoted = false;
    for byte in head.bytes() {
        quoted ^= byte == b'"';
        if let Some(index) = SEPARATORS.iter().position(|separator| *separator == byte && !quoted) {
            counts[index] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    counts.iter().position(|count| *count == most && most > 0).map_or(b',', |index| SEPARATORS[index])
}

#[cfg(test)]
mod tests {
    use super::super::decoding::decode;
    use super::*;

    fn rows(text: &str) -> Vec<TableRow> {
        table(text).rows
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_rows_that_know_their_place(
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
            polish in proptest::bool::ANY,
        ) {
            let text = decode(&bytes, polish);
            let mut end = 0;
            let read = table(&text);
            for fault in &read.faults {
                proptest::prop_assert_eq!(fault.line, text[..fault.range.start].matches('\n').count() + 1);
            }
            for row in read.rows {
                proptest::prop_assert!(text.get(row.range.clone()).is_some_and(|written| !written.is_empty()));
                proptest::prop_assert!(end <= row.range.start);
                proptest::prop_assert_eq!(row.line, text[..row.range.start].matches('\n').count() + 1);
                end = row.range.end;
            }
        }

        #[test]
        fn quoted_cells_come_back_as_they_were(cells in proptest::collection::vec("[a-zł\",;\\t\n|]{1,8}", 2..5)) {
            let quoted: Vec<String> = cells.iter().map(|cell| format!("\"{}\"", cell.replace('"', "\"\""))).collect();
            for separator in [",", ";", "\t"] {
                let head = vec!["x"; cells.len()].join(separator);
                let text = format!("{head}\n{}\n", quoted.join(separator));
                let expected: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
                let rows = read_back(&text);
                // A row of nothing but space is no row.
                if expected.iter().any(|cell| !cell.is_empty()) {
                    proptest::prop_assert_eq!(&rows[1], &expected);
                } else {
                    proptest::prop_assert_eq!(rows.len(), 1);
                }
            }
        }
    }

    fn read_back(text: &str) -> Vec<Vec<String>> {
        rows(text).into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn separators_are_told_by_the_heading() {
        let expected = [["date", "comment, long"], ["2026-05-12", "a; b"]];
        for text in [
            "date,\"comment, long\"\n2026-05-12,a; b\n",
            "\u{feff}date;comment, long\r\n2026-05-12;\"a; b\"\r\n",
            "date\tcomment, long\n\n2026-05-12\ta; b",
            "sep=;\ndate;comment, long\n2026-05-12;\"a; b\"\n",
            "SEP=;\r\ndate;comment, long\r\n2026-05-12;\"a; b\"\r\n",
        ] {
            assert_eq!(read_back(text), expected, "{text:?}");
        }
        let titled = "Round, north\n\na;b\n1;2\n";
        assert_eq!(headed(titled, |line| line == "a;b").rows[2].cells, ["1", "2"]);
    }

    #[test]
    fn cells_know_their_place() {
        let text = "a;b;c\n1;\"x;y\"\"z\nw\"; ł\n;;\n5";
        let read = table(text);
        let cell = |row: usize, index: usize| &text[read.cell(text, &read.rows[row], index)];
        assert_eq!([cell(0, 0), cell(0, 1), cell(0, 2)], ["a", "b", "c"]);
        assert_eq!([cell(1, 0), cell(1, 1), cell(1, 2)], ["1", "x;y\"\"z\nw", "ł"]);
        assert_eq!((cell(2, 0), cell(2, 1), read.cell(text, &read.rows[2], 1).start), ("5", "", text.len()));
    }

    #[test]
    fn a_quotation_mark_that_is_not_closed_takes_its_own_line() {
        let good = "date,rating,comment\n2026-05-01,9,fine\n";
        for (bad, line) in [
            ("2026-05-02,9,\"never closed\n", 3),
            ("2026-05-02,9,\"closed by a curly one”\n", 3),
            ("2026-05-02,9,\"He said \"no\" twice\"\n", 3),
            ("2026-05-02,9,“open, and split”\n", 3),
            ("2026-05-02,9,\"nice\n2026-05-04,3,bad\"\n", 3),
        ] {
            let text = format!("{good}{bad}2026-05-03,2,\"bad, slow\"\n");
            let read = table(&text);
            assert_eq!(read.faults.iter().map(|fault| fault.line).collect::<Vec<_>>(), [line], "{bad}");
            let last = read.rows.last().expect("a row");
            assert_eq!(last.cells, ["2026-05-03", "2", "bad, slow"], "{bad}");
            assert_eq!(last.line, text.lines().count());
        }
        let text = format!("{good}2026-05-02,9,\"two\nlines, and more\"\n2026-05-03,2,„cytat” i „cytat”\n");
        assert!(table(&text).faults.is_empty());
    }

    #[test]
    fn rows_know_their_place_whatever_they_hold() {
        let text = "\u{feff}a;b\r\n1;\"x\r\ny\"\r\n\r\n2;ł\r\n";
        let rows = rows(text);
        let written: Vec<&str> = rows.iter().map(|row| &text[row.range.clone()]).collect();
        assert_eq!(written, ["a;b", "1;\"x\r\ny\"", "2;ł"]);
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 5]);
        assert_eq!(table("").rows.len(), 0);
        assert_eq!(table("sep=").rows.len(), 1);
    }
}
