//! A table as text: which encoding, which separator, which rows, and where each stands in its file.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1252};

use crate::source::{FileId, Span};

/// The separators of tables.
const SEPARATORS: [u8; 3] = [b';', b'\t', b','];

/// Bytes from 0x80 that are a letter of Polish in Windows-1250 and no letter of a western language in Windows-1252:
/// ą Ą ł Ł ś Ś ź Ź ż Ż, and ć ń ę, which are rare western ones.
const POLISH: &[u8] = &[0xb9, 0xa5, 0xb3, 0xa3, 0x9c, 0x8c, 0x9f, 0x8f, 0xbf, 0xaf, 0xe6, 0xf1, 0xea];

/// Bytes that are a letter of Swedish or its neighbours in Windows-1252 and a letter that Polish lacks in Windows-1250: å Å,
/// è à â ç, and the western quotation marks' neighbours.
const WESTERN: &[u8] = &[0xe5, 0xc5, 0xe8, 0xe0, 0xe7, 0xf8, 0xd8];

/// The text of a table, whatever program wrote it.
///
/// UTF-8 and UTF-16 say so themselves. Of the two encodings of one byte a letter that offices in Poland and Sweden have,
/// the letters tell: those that stand beside other letters are counted that only Polish, or only Swedish and its neighbours
/// have. `polish` decides where they tell nothing.
pub(super) fn decode(bytes: &[u8], polish: bool) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes)
        && (encoding == UTF_16LE || encoding == UTF_16BE)
    {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let encoding = if is_polish(bytes, polish) { WINDOWS_1250 } else { WINDOWS_1252 };
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

fn is_polish(bytes: &[u8], usual: bool) -> bool {
    // Beside a letter: the signs among them, such as £ or ¿, stand beside figures and spaces.
    let in_word = |at: usize| {
        let letter = |at: Option<usize>| at.and_then(|at| bytes.get(at)).is_some_and(u8::is_ascii_alphabetic);
        letter(at.checked_sub(1)) || letter(at.checked_add(1))
    };
    let count =
        |letters: &[u8]| bytes.iter().enumerate().filter(|(at, byte)| letters.contains(byte) && in_word(*at)).count();
    match count(POLISH).cmp(&count(WESTERN)) {
        std::cmp::Ordering::Equal => usual,
        more => more.is_gt(),
    }
}

/// A row and its place.
#[derive(Debug)]
pub(super) struct Row {
    /// Its cells, without the space around them.
    pub cells: Vec<String>,
    /// Its place, without the line's end.
    pub span: Span,
}

/// The rows of a table, the heading first; empty rows are left out.
pub(super) fn rows(file: FileId, text: &str) -> Vec<Row> {
    let mut start = text.len() - text.trim_start_matches('\u{feff}').len();
    // A first line that spreadsheets take for the name of the separator.
    let named = text[start..].strip_prefix("sep=").and_then(|rest| Some((rest.bytes().next()?, rest.find('\n')?)));
    if let Some((_, end)) = named {
        start += "sep=".len() + end + 1;
    }
    let body = &text[start..];
    let separator = named.map(|(separator, _)| separator).filter(|one| SEPARATORS.contains(one));
    let separator = separator.unwrap_or_else(|| separator_of(body));
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .trim(csv::Trim::All)
        .from_reader(body.as_bytes());
    let mut rows: Vec<Row> = Vec::new();
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
        let span = Span::new(file, start + from + lead, start + from + written.trim_end().len());
        if record.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { cells: record.iter().map(str::to_owned).collect(), span });
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
    use super::*;

    const POLISH_TEXT: &str = "data;komentarz\n2026-05-12;Zażółć gęślą jaźń\n2026-05-13;Świetna obsługa\n";
    const SWEDISH_TEXT: &str =
        "datum;kommentar\n2026-05-12;Väldigt trevligt bemötande på hotellet\n2026-05-13;Åkte hem för tidigt\n";

    #[test]
    fn encodings_are_told_by_their_letters() {
        for usual in [true, false] {
            for (text, encoding) in [(POLISH_TEXT, WINDOWS_1250), (SWEDISH_TEXT, WINDOWS_1252)] {
                let (bytes, _, lossy) = encoding.encode(text);
                assert!(!lossy);
                assert_eq!(decode(&bytes, usual), text);
                assert_eq!(decode(text.as_bytes(), usual), text);
            }
        }
        // ä and ö are the same in both; what is said in the book's languages decides the rest.
        let (bytes, ..) = WINDOWS_1252.encode("Ganz schön");
        assert_eq!(decode(&bytes, false), "Ganz schön");
        let (bytes, ..) = WINDOWS_1252.encode("price £5, 3 ³");
        assert_eq!(decode(&bytes, false), "price £5, 3 ³");
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_rows_that_know_their_place(
            bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300),
            polish in proptest::bool::ANY,
        ) {
            let text = decode(&bytes, polish);
            let mut end = 0;
            for row in rows(FileId(0), &text) {
                proptest::prop_assert!(text.get(row.span.range()).is_some_and(|written| !written.is_empty()));
                proptest::prop_assert!(end <= row.span.start);
                end = row.span.end;
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

    #[test]
    fn utf_16_says_so_itself() {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend("data\tocena\n".encode_utf16().flat_map(u16::to_le_bytes));
        assert_eq!(decode(&bytes, true), "data\tocena\n");
    }

    fn read_back(text: &str) -> Vec<Vec<String>> {
        rows(FileId(0), text).into_iter().map(|row| row.cells).collect()
    }

    #[test]
    fn separators_are_told_by_the_heading() {
        let expected = [["date", "comment, long"], ["2026-05-12", "a; b"]];
        for text in [
            "date,\"comment, long\"\n2026-05-12,a; b\n",
            "\u{feff}date;comment, long\r\n2026-05-12;\"a; b\"\r\n",
            "date\tcomment, long\n\n2026-05-12\ta; b",
            "sep=;\ndate;comment, long\n2026-05-12;\"a; b\"\n",
        ] {
            assert_eq!(read_back(text), expected, "{text:?}");
        }
    }

    #[test]
    fn rows_know_their_place_whatever_they_hold() {
        let text = "\u{feff}a;b\r\n1;\"x\r\ny\"\r\n\r\n2;ł\r\n";
        let rows = rows(FileId(0), text);
        let written: Vec<&str> = rows.iter().map(|row| &text[row.span.range()]).collect();
        assert_eq!(written, ["a;b", "1;\"x\r\ny\"", "2;ł"]);
        assert_eq!(super::rows(FileId(0), "").len(), 0);
        assert_eq!(super::rows(FileId(0), "sep=").len(), 1);
    }
}
