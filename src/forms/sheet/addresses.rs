//! Addresses of cells as the parts of a workbook have them. The library that reads workbooks counts with them before it looks
//! whether there can be such a cell, so they are looked at first.

use std::io::{Cursor, Read as _};

/// The last column and the last row of a sheet, both from 1.
const LAST: (u32, u32) = (16_384, 1_048_576);

/// The first address in the archive that no sheet has, or a region whose last cell stands before its first.
pub(super) fn impossible(bytes: &[u8]) -> Option<String> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut part = Vec::new();
    for index in 0..archive.len() {
        part.clear();
        // What cannot be unpacked is told where the workbook is opened.
        archive.by_index(index).ok()?.read_to_end(&mut part).ok()?;
        if let Some(address) = addresses(&part).find(|address| !is_possible(address)) {
            return Some(String::from_utf8_lossy(address).into_owned());
        }
    }
    None
}

/// The values of the attributes `r` and `ref` in a part that is a sheet or a table; of no other part. Nothing is asked of its
/// XML, for whoever reads it next may ask less than a parser.
fn addresses(part: &[u8]) -> impl Iterator<Item = &[u8]> {
    let holds = |word: &[u8]| part.windows(word.len()).any(|window| window == word);
    let part = if holds(b"worksheet") || holds(b"table") { part } else { &[] };
    part.iter().enumerate().filter(|(_, byte)| **byte == b'=').filter_map(|(sign, _)| {
        let before = part[..sign].trim_ascii_end();
        let before = before.strip_suffix(b"ref").or_else(|| before.strip_suffix(b"r"))?;
        before.last().filter(|byte| byte.is_ascii_whitespace())?;
        let (quote, value) = part[sign + 1..].trim_ascii_start().split_first()?;
        let end = value.iter().position(|byte| byte == quote)?;
        matches!(quote, b'"' | b'\'').then_some(&value[..end])
    })
}

/// Whether a sheet can have it; what is no address at all is told by whoever reads it as one.
fn is_possible(address: &[u8]) -> bool {
    let mut cells = address.split(|byte| *byte == b':').map(cell);
    match (cells.next(), cells.next()) {
        (Some(Some(first)), Some(Some(last))) => first.0 <= last.0 && first.1 <= last.1,
        (first, last) => first.flatten().is_some() && last.is_none_or(|last| last.is_some()),
    }
}

/// Column and row, from 1; 0 for what is not said. None where they are beyond the last, or something else stands there.
fn cell(written: &[u8]) -> Option<(u32, u32)> {
    let letters = written.iter().take_while(|byte| byte.is_ascii_alphabetic()).count();
    let (letters, digits) = written.split_at(letters);
    if letters.len() > 3 || digits.len() > 7 || !digits.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let column =
        letters.iter().fold(0, |column, letter| column * 26 + u32::from(letter.to_ascii_uppercase() - b'A') + 1);
    let row = digits.iter().fold(0, |row, digit| row * 10 + u32::from(digit - b'0'));
    (column <= LAST.0 && row <= LAST.1).then_some((column, row))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_no_sheet_has_is_told_from_what_it_may_have() {
        for address in ["A1", "xfd1048576", "A1:B2", "A1:A1", "7", "A:C", "B2:XFD9", ""] {
            assert!(is_possible(address.as_bytes()), "{address}");
        }
        for address in
            ["XFE1", "A1048577", "C2:B2", "A3:A2", "ABCD1", "A123456789", "Arksheet xmlns", "A1:", "A-1", "A1:ZZZZ9"]
        {
            assert!(!is_possible(address.as_bytes()), "{address}");
        }
    }

    #[test]
    fn only_addresses_are_looked_at() {
        let part = br#"<worksheet a="x"><row r = "1"><c r='B2' other="Q9" r="C3"/></row><mergeCell
            ref="C2:B2"/><x sqref="D4 E5" r=F6 /></worksheet>"#;
        let found: Vec<_> = addresses(part).map(String::from_utf8_lossy).collect();
        assert_eq!(found, ["1", "B2", "C3", "C2:B2"]);
        assert_eq!(addresses(br#"<svg><circle r="123456789"/></svg>"#).count(), 0);
    }
}
