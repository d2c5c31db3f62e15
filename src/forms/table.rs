//! A table as text: which separator, which rows, and where each stands in its file.

use std::ops::Range;

/// The separators of tables.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];

/// A row and its place.
#[derive(Debug)]
pub struct Row {
    /// Its cells, without the space around them.
    pub cells: Vec<String>,
    /// Its bytes in the text, without the line's end.
    pub range: Range<usize>,
    /// The line on which it begins, from 1.
    pub line: usize,
}

/// The rows of a table, the heading first; empty rows are left out.
pub fn rows(text: &str) -> Vec<Row> {
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
    let body = &text[start..];
    let separator = named.map(|(separator, _)| separator).filter(|one| SEPARATORS.contains(one));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator.unwrap_or_else(|| separator_of(body)))
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
    let mut record = csv::StringRecord::new();
    // A line is counted where its text begins: the reader's own position may be before the end of the line above.
    let (mut counted, mut line) = (0, 1);
    loop {
        let from = reader.position().byte() as usize;
        // The text is sound UTF-8 in memory, so reading cannot fail.
        if !reader.read_record(&mut record).unwrap_or(false) {
            break;
        }
        let (from, to) = (from.min(body.len()), (reader.position().byte() as usize).min(body.len()));
        let written = body.get(from..to).unwrap_or_default();
        let lead = written.len() - written.trim_start().len();
        let range = start + from + lead..start + from + written.trim_end().len();
        if record.iter().any(|cell| !cell.is_empty()) {
            line += text.as_bytes()[counted..range.start].iter().filter(|byte| **byte == b'\n').count();
            counted = range.start;
            rows.push(Row { cells: record.iter().map(str::to_owned).collect(), range, line });
        }
    }
    rows
}

/// The separator of a table: the one that its heading holds most of, outside of quotation marks.
fn separator_of(text: &str) -> u8 {
    let head = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let mut counts = [0; SEPARATORS.len()];
    let mut quoted = false;
    for byte in head.bytes() {
        quoted ^= byte == b'"';
        if let Some(at) = SEPARATORS.iter().position(|one| *one == byte && !quoted) {
            counts[at] += 1;
        }
    }
    let most = counts.iter().max().copied().unwrap_or(0);
    let at = counts.iter().position(|count| *count == most && most > 0);
    at.map_or(b',', |at| SEPARATORS[at])
}

#[cfg(test)]
mod tests {
    use super::super::text::decode;
    use super::*;

    proptest::proptest! {
        #[test]
        fn any_bytes_are_rows_that_know_their_place(
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
            polish in proptest::bool::ANY,
        ) {
            let text = decode(&bytes, polish);
            let mut end = 0;
            for row in rows(&text) {
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
                let found = read_back(&text);
                // A row of nothing but space is no row.
                if expected.iter().any(|cell| !cell.is_empty()) {
                    proptest::prop_assert_eq!(&found[1], &expected);
                } else {
                    proptest::prop_assert_eq!(found.len(), 1);
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
    }

    #[test]
    fn rows_know_their_place_whatever_they_hold() {
        let text = "\u{feff}a;b\r\n1;\"x\r\ny\"\r\n\r\n2;ł\r\n";
        let rows = rows(text);
        let written: Vec<&str> = rows.iter().map(|row| &text[row.range.clone()]).collect();
        assert_eq!(written, ["a;b", "1;\"x\r\ny\"", "2;ł"]);
        assert_eq!(rows.iter().map(|row| row.line).collect::<Vec<_>>(), [1, 2, 5]);
        assert_eq!(super::rows("").len(), 0);
        assert_eq!(super::rows("sep=").len(), 1);
    }
}
