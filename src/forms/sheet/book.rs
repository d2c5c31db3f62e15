//! A workbook as sheets of cells, within bounds.

use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};

use calamine::{DataRef, ExcelDateTime, Reader, SheetVisible, Style, Xlsx, open_workbook_from_rs};

use super::addresses::impossible;
use super::cell::plain;
use crate::forms::{CellAddress, FormPlace, Refused, short};
use crate::say;
use crate::text::composed;

/// So many bytes may a workbook unpack to.
const MAX_UNPACKED: u64 = 32 * 1024 * 1024;

/// So many cells may a sheet have.
const MAX_CELLS: usize = 500_000;

/// So many letters may a cell hold; no spreadsheet program lets anybody write more.
const MAX_LETTERS: usize = 32_767;

/// The number of the first day that no spreadsheet has: 10000-01-01.
const END_OF_DAYS: f64 = 2_958_466.0;

/// A sheet.
#[derive(Debug)]
pub(crate) struct Sheet {
    pub name: String,
    /// The cells that hold something, row by row.
    pub cells: BTreeMap<CellAddress, CellContent>,
    /// Whether people do not see it.
    pub is_hidden: bool,
    /// First and last cell of each region of several cells that are merged into one.
    pub merged: BTreeMap<CellAddress, CellAddress>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum CellContent {
    /// A text.
    Text(String),
    /// A number, and how it is shown.
    Number(f64, NumberFormat),
    /// A day: `2026-05-12`.
    Day(String),
    /// A day and a time: `2026-05-12T14:30`.
    Moment(String),
    /// A time of day: `14:30`.
    Time(String),
    /// A truth value.
    Truth(bool),
    /// An error, such as `#N/A`.
    Error(String),
    /// A formula whose value nobody has stored.
    Formula(String),
    /// A text that is struck through.
    Struck(String),
}

impl CellContent {
    /// Whether the cell's format adds words to a number.
    pub fn is_worded(&self) -> bool {
        matches!(self, CellContent::Number(_, NumberFormat::Worded))
    }
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NumberFormat {
    Plain,
    Percent,
    Fraction,
    /// With words that the format adds, such as a unit.
    Worded,
}

/// The sheets of a workbook in their order.
pub(crate) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    let help = || say!("open it in a spreadsheet program and save it again as .xlsx");
    let broken = || Refused::new(FormPlace::Whole, say!("this spreadsheet cannot be opened")).help(help());
    if other(bytes) {
        let wrong = say!("this is a text or a spreadsheet of another kind than .xlsx");
        return Err(Refused::new(FormPlace::Whole, wrong).help(help()));
    }
    if !unpacks_within(bytes, MAX_UNPACKED).ok_or_else(broken)? {
        return Err(too_much(FormPlace::Whole));
    }
    if let Some(address) = impossible(bytes) {
        let wrong =
            say!("this spreadsheet speaks of `{address}`, and no sheet has such cells", address = short(&address));
        return Err(Refused::new(FormPlace::Whole, wrong).help(help()));
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let metadata = book.sheets_metadata().iter();
    let hidden = metadata.filter(|sheet| sheet.visible != SheetVisible::Visible).map(|sheet| sheet.name.clone());
    let hidden: Vec<String> = hidden.collect();
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let Some(mut cells) = cells(&mut book, &name)? else { continue };
        beyond(&mut book, &name, &mut cells);
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let cell = |(row, column): (u32, u32)| CellAddress { row, column };
        let merged = merged.into_iter().map(|region| (cell(region.start), cell(region.end))).collect();
        let is_hidden = hidden.contains(&name);
        sheets.push(Sheet { name, cells, is_hidden, merged });
    }
    Ok(sheets)
}

/// Whether an archive is an office's document that is no such workbook.
fn other(bytes: &[u8]) -> bool {
    let Ok(archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return false };
    let is_other = |name: &str| ["mimetype", "word/document.xml", "xl/workbook.bin", "Index.zip"].contains(&name);
    archive.file_names().flatten().any(|name| is_other(&name))
}

/// What cells hold that their values do not tell: formulas without a value, and where links lead.
fn beyond(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str, cells: &mut BTreeMap<CellAddress, CellContent>) {
    let mut links: Vec<(CellAddress, String)> = Vec::new();
    if let Ok(mut reader) = book.worksheet_cells_reader(sheet) {
        while let Ok(Some(formula)) = reader.next_formula() {
            let (row, column) = formula.get_position();
            let (cell, formula) = (CellAddress { row, column }, formula.get_value());
            if formula.is_empty() {
                continue;
            }
            if let Some(rest) = formula.trim_start_matches('=').strip_prefix("HYPERLINK(") {
                links.extend(rest.split('"').nth(1).map(|target| (cell, target.to_owned())));
            }
            if cells.len() < MAX_CELLS {
                cells
                    .entry(cell)
                    .or_insert_with(|| CellContent::Formula(format!("={}", formula.trim_start_matches('='))));
            }
        }
    }
    for link in book.hyperlinks_by_sheet_name(sheet).unwrap_or_default() {
        let (row, column) = link.range.start;
        let target = link.target.or(link.location.map(|location| format!("#{location}")));
        links.extend(target.map(|target| (CellAddress { row, column }, target)));
    }
    for (cell, target) in links {
        let shown = target.strip_prefix("mailto:").unwrap_or(&target).trim_end_matches('/');
        if let Some(CellContent::Text(text)) = cells.get_mut(&cell)
            && !text.contains(shown)
        {
            text.push_str(&format!(" ({target})"));
        }
    }
}

fn too_much(place: FormPlace) -> Refused {
    Refused::new(place, say!("this spreadsheet holds more than the program reads"))
        .help(say!("copy what is needed into a new file, cells without formats and pictures"))
}

/// Whether an archive unpacks to so many bytes at the most; none where it is none. What its directory says of that may be a lie.
pub(crate) fn unpacks_within(bytes: &[u8], most: u64) -> Option<bool> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        total += std::io::copy(&mut part.take(most + 1 - total), &mut std::io::sink()).ok()?;
        if total > most {
            return Some(false);
        }
    }
    Some(true)
}

/// Reads a sheet cell by cell: as a range it would take memory for every cell up to the last. None for a sheet without
/// cells, such as a chart.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Option<BTreeMap<CellAddress, CellContent>>, Refused> {
    let Ok(mut reader) = book.worksheet_cells_reader(sheet) else { return Ok(None) };
    let look = |style: &Style| {
        let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
        (shown(code), style.font.as_ref().is_some_and(|font| font.strikethrough))
    };
    let looks: Vec<(NumberFormat, bool)> = reader.styles().iter().map(look).collect();
    let mut cells = BTreeMap::new();
    loop {
        let next = reader.next_cell_with_style_id().map_err(|_| {
            Refused::new(FormPlace::Path(sheet.to_owned()), say!("this sheet cannot be read"))
                .help(say!("open it in a spreadsheet program and save it again as .xlsx"))
        })?;
        let Some((cell, style)) = next else { break };
        let (row, column) = cell.get_position();
        let place = CellAddress { row, column };
        let (shown, is_struck) = looks.get(style).copied().unwrap_or((NumberFormat::Plain, false));
        let Some(content) = content(cell.get_value(), shown) else { continue };
        let content = if is_struck { CellContent::Struck(plain(&content)) } else { content };
        let is_long = matches!(&content, CellContent::Text(text) if text.chars().count() > MAX_LETTERS);
        if is_long || cells.len() >= MAX_CELLS {
            return Err(too_much(FormPlace::Cell(sheet.to_owned(), place)));
        }
        cells.insert(place, content);
    }
    Ok(Some(cells))
}

/// How a format shows a number. What stands in quotation marks or behind a stroke is shown as it is.
fn shown(code: &str) -> NumberFormat {
    let mut letters = code.chars();
    let (mut plain, mut words) = (String::new(), String::new());
    let (mut is_quoted, mut is_bracketed) = (false, false);
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '\\' if !is_quoted => words.extend(letters.next()),
            '[' if !is_quoted => is_bracketed = true,
            ']' if !is_quoted => is_bracketed = false,
            // A currency: `[$kr-41D]`.
            '$' if is_bracketed => words.extend(letters.by_ref().take_while(|letter| !matches!(letter, '-' | ']'))),
            _ if is_quoted => words.push(letter),
            _ if !is_bracketed => plain.push(letter),
            _ => {}
        }
    }
    match (plain.contains('%'), plain.contains('/')) {
        _ if words.contains(char::is_alphabetic) => NumberFormat::Worded,
        (true, _) => NumberFormat::Percent,
        (_, true) => NumberFormat::Fraction,
        _ => NumberFormat::Plain,
    }
}

fn content(value: &DataRef<'_>, shown: NumberFormat) -> Option<CellContent> {
    let text = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| CellContent::Text(composed(text).into_owned()))
    };
    match value {
        DataRef::Empty => None,
        DataRef::String(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::Int(number) => Some(CellContent::Number(*number as f64, shown)),
        DataRef::Float(number) => Some(CellContent::Number(*number, shown)),
        DataRef::Bool(value) => Some(CellContent::Truth(*value)),
        DataRef::DateTime(time) => Some(dated(time)),
        DataRef::DateTimeIso(written) => match written.split_once('T') {
            Some((day, time)) if time.trim_matches(['0', ':', 'Z', '.']).is_empty() => {
                Some(CellContent::Day(day.to_owned()))
            }
            Some((day, time)) => Some(CellContent::Moment(format!("{day}T{}", time.get(..5).unwrap_or(time)))),
            None => Some(CellContent::Day(written.clone())),
        },
        DataRef::DurationIso(written) => Some(CellContent::Time(written.clone())),
        DataRef::Error(error) => Some(CellContent::Error(error.to_string())),
    }
}

fn dated(time: &ExcelDateTime) -> CellContent {
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    let value = time.as_f64();
    if value >= END_OF_DAYS {
        return CellContent::Number(value, NumberFormat::Plain);
    }
    match (value < 1.0 || time.is_duration(), value.fract() == 0.0) {
        (true, _) if time.is_duration() => {
            let minutes = (value * 24.0 * 60.0).round() as i64;
            CellContent::Time(format!("{:02}:{:02}", minutes / 60, minutes % 60))
        }
        (true, _) => CellContent::Time(format!("{hour:02}:{minute:02}")),
        (_, true) => CellContent::Day(format!("{year:04}-{month:02}-{day:02}")),
        _ => CellContent::Moment(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for (code, wanted) in [
            ("General", NumberFormat::Plain),
            ("0.00", NumberFormat::Plain),
            ("@", NumberFormat::Plain),
            ("", NumberFormat::Plain),
            ("0%", NumberFormat::Percent),
            ("0.00%", NumberFormat::Percent),
            ("# ?/?", NumberFormat::Fraction),
            ("# ??/??", NumberFormat::Fraction),
            ("General\"\u{a0}%\"", NumberFormat::Plain),
            ("0\\%", NumberFormat::Plain),
            ("0\" min\"", NumberFormat::Worded),
            ("General\" s\"", NumberFormat::Worded),
            ("0\\h", NumberFormat::Worded),
            ("#,##0 [$kr-41D]", NumberFormat::Worded),
            ("[Red]0;[Blue]-0", NumberFormat::Plain),
        ] {
            assert_eq!(shown(code), wanted, "{code}");
        }
    }

    /// A workbook of one sheet.
    fn workbook(sheet: &str) -> Vec<u8> {
        const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
        const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
        let workbook = format!(
            "<workbook xmlns=\"{MAIN}\" xmlns:r=\"{OFFICE}\"><sheets><sheet name=\"S\" sheetId=\"1\" r:id=\"a\"/></sheets></workbook>"
        );
        let relation = |kind: &str, target: &str| {
            format!(
                "<Relationships xmlns=\"{PACKAGE}\"><Relationship Id=\"a\" Type=\"{OFFICE}/{kind}\" Target=\"{target}\"/></Relationships>"
            )
        };
        let sheet = format!("<worksheet xmlns=\"{MAIN}\">{sheet}</worksheet>");
        let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, text) in [
            ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
            ("xl/workbook.xml", workbook),
            ("xl/_rels/workbook.xml.rels", relation("worksheet", "worksheets/sheet1.xml")),
            ("xl/worksheets/sheet1.xml", sheet),
        ] {
            archive.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
            std::io::Write::write_all(&mut archive, text.as_bytes()).expect("memory takes bytes");
        }
        archive.finish().expect("an archive").into_inner()
    }

    // Found by the fuzzer: numbers of columns that grow beyond what the library counts in, and a region that ends before it
    // begins.
    #[test]
    fn cells_that_no_sheet_has_are_refused() {
        let row =
            |cell: &str| format!("<sheetData><row r=\"1\"><c r=\"{cell}\" t=\"str\"><v>met</v></c></row></sheetData>");
        assert_eq!(sheets(&workbook(&row("B1"))).expect("it is sound")[0].cells.len(), 1);
        for sheet in [
            row("Arksheet xmlns"),
            row("ZZZZZZZZ1"),
            row("A99999999999"),
            format!("{}<mergeCells><mergeCell ref=\"C2:B2\"/></mergeCells>", row("A1")),
            format!("<dimension ref=\"B2:A1\"/>{}", row("A1")),
        ] {
            let refused = sheets(&workbook(&sheet)).expect_err("no sheet has such cells");
            assert!(refused.message.to_string().contains("no sheet has such cells"), "{sheet}: {refused:?}");
        }
    }

    #[test]
    fn documents_of_other_kinds_are_told() {
        for part in ["word/document.xml", "mimetype", "xl/workbook.bin"] {
            let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
            archive.start_file(part, zip::write::SimpleFileOptions::default()).expect("a part");
            let bytes = archive.finish().expect("an archive").into_inner();
            let refused = sheets(&bytes).expect_err("no workbook");
            assert!(refused.message.to_string().contains("of another kind than .xlsx"), "{part}");
        }
    }
}
