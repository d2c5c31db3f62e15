//! A table of responses in a workbook becomes the CSV that the book keeps: one that people and git can read.

use std::collections::{BTreeMap, BTreeSet};

use super::cells::FeedbackColumn;
use crate::forms::{Sheet, hidden_rows, plain, sheets, unkept};
use crate::message::Message;
use crate::say;

/// Below so many known headings no row is the head of a table.
const LEAST_HEADS: usize = 2;

/// What a workbook holds, as a table: each row stands on the line that has its number, so that what is wrong is found in both.
/// Beside it, what is to be said of what nobody sees in it.
///
/// # Errors
/// Why it cannot be read, and where.
pub(crate) fn table_of_workbook(bytes: &[u8]) -> Result<(String, Vec<Message>), Message> {
    let sheets = sheets(bytes).map_err(|refused| refused.message)?;
    let mut with_heads =
        sheets.iter().filter(|sheet| !sheet.is_hidden).filter_map(|sheet| Some((sheet, heads(sheet)?)));
    let Some((sheet, heads)) = with_heads.next() else {
        return Err(say!("no sheet of this spreadsheet has a row of headings with a date or a rating"));
    };
    if let Some((other, _)) = with_heads.next() {
        return Err(say!(
            "two sheets hold responses, `{sheet}` and `{other}`: save each as a file of its own",
            sheet = &sheet.name,
            other = &other.name
        ));
    }
    let mut said = Vec::new();
    let hidden = hidden_rows(bytes).remove(&sheet.name).unwrap_or_default();
    let is_hidden = |row: &u32| *row > heads && hidden.contains(row);
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).filter(is_hidden).collect();
    if !rows.is_empty() {
        said.push(say!(
            rows.len(); "1 row of the spreadsheet is hidden, and is read like the others",
            "{n} rows of the spreadsheet are hidden, and are read like the others"
        ));
    }
    let others = sheets.iter().filter(|sheet| sheet.is_hidden && self::heads(sheet).is_some()).count();
    if others > 0 {
        said.push(say!(
            others; "1 sheet with responses is hidden, and is not read", "{n} sheets with responses are hidden, and are not read"
        ));
    }
    Ok((written(sheet, heads)?, said))
}

/// The row of the headings: the first in which two are known, and one of them says when or how well.
fn heads(sheet: &Sheet) -> Option<u32> {
    let mut known: BTreeMap<u32, (usize, bool)> = BTreeMap::new();
    for (cell, content) in &sheet.cells {
        if let Some(column) = FeedbackColumn::of(&plain(content)) {
            let (count, is_head) = known.entry(cell.row).or_default();
            *count += 1;
            *is_head |= matches!(column, FeedbackColumn::Date | FeedbackColumn::Rating);
        }
    }
    known.into_iter().find(|(_, (count, is_head))| *count >= LEAST_HEADS && *is_head).map(|(row, _)| row)
}

fn written(sheet: &Sheet, heads: u32) -> Result<String, Message> {
    let mut rows: BTreeMap<u32, Vec<String>> = BTreeMap::new();
    for (cell, content) in sheet.cells.iter().filter(|(cell, _)| cell.row >= heads) {
        if let Some(wrong) = unkept(content) {
            let cell = cell.to_string();
            return Err(say!("{cell} on the sheet `{sheet}`: {wrong}", cell, sheet = &sheet.name, wrong));
        }
        let row = rows.entry(cell.row).or_default();
        let place = cell.column as usize;
        if row.len() <= place {
            row.resize(place + 1, String::new());
        }
        // A row is a line.
        row[place] = plain(content).split(['\r', '\n']).map(str::trim).collect::<Vec<_>>().join(" ");
    }
    let mut text = String::new();
    let mut line = 0;
    for (row, cells) in rows {
        text.push_str(&"\n".repeat((row - line) as usize));
        line = row + 1;
        let mut writer = csv::Writer::from_writer(Vec::new());
        let made = writer.write_record(&cells).ok().and_then(|()| writer.into_inner().ok());
        text.push_str(&String::from_utf8_lossy(&made.unwrap_or_default()));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    use super::*;

    fn workbook(fill: impl FnOnce(&mut Workbook) -> Result<(), rust_xlsxwriter::XlsxError>) -> Vec<u8> {
        let mut book = Workbook::new();
        fill(&mut book).expect("filled");
        book.save_to_buffer().expect("saved")
    }

    #[test]
    fn rows_keep_their_numbers_and_days_are_days() {
        let bytes = workbook(|book| {
            let sheet = book.add_worksheet();
            sheet.write(0, 0, "Survey of the spring")?;
            for (column, head) in ["Data", "Ocena (1-5)", "Nr", "Komentarz"].into_iter().enumerate() {
                sheet.write(2, column as u16, head)?;
            }
            let day = Format::new().set_num_format("yyyy-mm-dd");
            sheet.write_with_format(3, 0, &ExcelDateTime::parse_from_str("2026-02-03")?, &day)?;
            sheet.write(3, 1, 4.5)?;
            sheet.write(5, 0, "2026-02-04")?;
            sheet.write(5, 1, 2)?;
            sheet.write(5, 3, "Late, and \"cold\"\nagain")?;
            Ok(())
        });
        let (text, hidden) = table_of_workbook(&bytes).expect("a table");
        assert!(hidden.is_empty());
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(
            lines,
            [
                "",
                "",
                "Data,Ocena (1-5),Nr,Komentarz",
                "2026-02-03,4.5",
                "",
                "2026-02-04,2,,\"Late, and \"\"cold\"\" again\""
            ]
        );
    }

    #[test]
    fn what_cannot_be_told_is_told() {
        let heads = |sheet: &mut rust_xlsxwriter::Worksheet| {
            sheet.write(0, 0, "date").and_then(|sheet| sheet.write(0, 1, "rating")).map(|_| ())
        };
        let none = workbook(|book| book.add_worksheet().write(0, 0, "Hello").map(|_| ()));
        assert!(table_of_workbook(&none).expect_err("refused").contains("no sheet"));
        let two = workbook(|book| {
            heads(book.add_worksheet())?;
            heads(book.add_worksheet())
        });
        assert!(table_of_workbook(&two).expect_err("refused").contains("two sheets"));
        let struck = workbook(|book| {
            let sheet = book.add_worksheet();
            heads(sheet)?;
            sheet.write_with_format(1, 1, 3, &Format::new().set_font_strikethrough()).map(|_| ())
        });
        let told = table_of_workbook(&struck).expect_err("refused");
        assert!(told.contains("B2") && told.contains("struck through"), "{told}");
        assert!(table_of_workbook(b"PK\x03\x04 no archive").is_err());
    }
}
