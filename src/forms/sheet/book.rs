//! A workbook as sheets of cells, within bounds.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, ExcelDateTime, Reader, Xlsx, open_workbook_from_rs};

use quick_xml::events::Event;

use crate::forms::{Cell, Place, Refused};
use crate::say;
use crate::text::composed;

/// So many bytes may a workbook unpack to.
const MAX_UNPACKED: u64 = 48 * 1024 * 1024;

/// So many cells may a sheet have.
const MAX_CELLS: usize = 500_000;

/// So many letters may a cell hold; no spreadsheet program lets anybody write more.
const MAX_LETTERS: usize = 32_767;

/// A sheet.
#[derive(Debug)]
pub(super) struct Sheet {
    pub name: String,
    /// The cells that hold something, row by row.
    pub cells: BTreeMap<Cell, Content>,
    /// First and last cell of each region of several cells that are merged into one.
    pub merged: BTreeMap<Cell, Cell>,
}

/// What a cell holds.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    /// A text.
    Text(String),
    /// A number, and how it is shown.
    Number(f64, Shown),
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
}

/// How a number is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Plain,
    Percent,
    Fraction,
}

/// The sheets of a workbook in their order.
pub(super) fn sheets(bytes: &[u8]) -> Result<Vec<Sheet>, Refused> {
    let broken = || {
        Refused::new(Place::Whole, say!("this spreadsheet cannot be opened"))
            .help(say!("open it in a spreadsheet program and save it again as .xlsx"))
    };
    if unpacked(bytes).ok_or_else(broken)? > MAX_UNPACKED {
        return Err(too_much(Place::Whole));
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let mut sheets = Vec::new();
    for name in book.sheet_names() {
        let Some(cells) = cells(&mut book, &name)? else { continue };
        let merged = book.merge_cells_by_sheet_name(&name).unwrap_or_default();
        let cell = |(row, column): (u32, u32)| Cell { row, column };
        let merged = merged.into_iter().map(|region| (cell(region.start), cell(region.end))).collect();
        sheets.push(Sheet { name, cells, merged });
    }
    Ok(sheets)
}

fn too_much(place: Place) -> Refused {
    Refused::new(place, say!("this spreadsheet holds more than any checklist does"))
        .help(say!("make the checklist again and copy the answers into it"))
}

/// Comments on cells, which are no answers: each is refused at its cell.
pub(super) fn comments(bytes: &[u8]) -> Vec<Refused> {
    let Ok(mut archive) = zip::ZipArchive::new(Cursor::new(bytes)) else { return Vec::new() };
    let mut refused = Vec::new();
    for index in 0..archive.len() {
        let Ok(mut part) = archive.by_index(index) else { continue };
        let is_comments = part.name().is_ok_and(|name| {
            ["xl/comments", "xl/threadedComments"].iter().any(|start| name.starts_with(start)) && name.ends_with(".xml")
        });
        let mut text = String::new();
        if !is_comments || part.read_to_string(&mut text).is_err() {
            continue;
        }
        let mut reader = quick_xml::Reader::from_str(&text);
        while let Ok(event) = reader.read_event() {
            match event {
                Event::Start(element) if matches!(element.local_name().as_ref(), "comment" | "threadedComment") => {
                    let cell = element.try_get_attribute("ref").ok().flatten();
                    let cell = cell.map(|cell| cell.value.into_owned()).unwrap_or_default();
                    let wrong = say!("a comment on a cell is no answer, and would be lost");
                    let help = say!("write it into the column for notes, and delete the comment");
                    refused.push(Refused::new(Place::Path(cell), wrong).help(help));
                }
                Event::Eof => break,
                _ => {}
            }
        }
    }
    refused.dedup_by(|a, b| a.place == b.place);
    refused
}

/// How much a workbook unpacks to, as far as that matters. What its directory says of that may be a lie.
fn unpacked(bytes: &[u8]) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut total = 0;
    for index in 0..archive.len() {
        let part = archive.by_index(index).ok()?;
        total += std::io::copy(&mut part.take(MAX_UNPACKED + 1 - total), &mut std::io::sink()).ok()?;
        if total > MAX_UNPACKED {
            break;
        }
    }
    Some(total)
}

/// Reads a sheet cell by cell: as a range it would take memory for every cell up to the last. None for a sheet without
/// cells, such as a chart.
fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Result<Option<BTreeMap<Cell, Content>>, Refused> {
    let Ok(mut reader) = book.worksheet_cells_reader(sheet) else { return Ok(None) };
    let shown: Vec<Shown> = reader
        .styles()
        .iter()
        .map(|style| {
            let code = style.number_format.as_ref().map_or("", |format| format.format_code.as_str());
            shown(code)
        })
        .collect();
    let mut cells = BTreeMap::new();
    loop {
        let next = reader.next_cell_with_style_id().map_err(|_| {
            Refused::new(Place::Path(sheet.to_owned()), say!("this sheet cannot be read"))
                .help(say!("open it in a spreadsheet program and save it again as .xlsx"))
        })?;
        let Some((cell, style)) = next else { break };
        let (row, column) = cell.get_position();
        let place = Cell { row, column };
        let Some(content) = content(cell.get_value(), shown.get(style).copied().unwrap_or(Shown::Plain)) else {
            continue;
        };
        let is_long = matches!(&content, Content::Text(text) if text.chars().count() > MAX_LETTERS);
        if is_long || cells.len() >= MAX_CELLS {
            return Err(too_much(Place::Cell(sheet.to_owned(), place)));
        }
        cells.insert(place, content);
    }
    Ok(Some(cells))
}

/// How a format shows a number. What stands in quotation marks or behind a stroke is shown as it is.
fn shown(code: &str) -> Shown {
    let mut letters = code.chars();
    let mut plain = String::new();
    let mut is_quoted = false;
    while let Some(letter) = letters.next() {
        match letter {
            '"' => is_quoted = !is_quoted,
            '\\' if !is_quoted => drop(letters.next()),
            _ if !is_quoted => plain.push(letter),
            _ => {}
        }
    }
    match (plain.contains('%'), plain.contains('/')) {
        (true, _) => Shown::Percent,
        (_, true) => Shown::Fraction,
        _ => Shown::Plain,
    }
}

fn content(value: &DataRef<'_>, shown: Shown) -> Option<Content> {
    let text = |text: &str| {
        let text = text.trim();
        (!text.is_empty()).then(|| Content::Text(composed(text).into_owned()))
    };
    match value {
        DataRef::Empty => None,
        DataRef::String(written) => text(written),
        DataRef::SharedString(written) => text(written),
        DataRef::Int(number) => Some(Content::Number(*number as f64, shown)),
        DataRef::Float(number) => Some(Content::Number(*number, shown)),
        DataRef::Bool(value) => Some(Content::Truth(*value)),
        DataRef::DateTime(time) => Some(dated(time)),
        DataRef::DateTimeIso(written) => match written.split_once('T') {
            Some((day, time)) if time.trim_matches(['0', ':', 'Z', '.']).is_empty() => {
                Some(Content::Day(day.to_owned()))
            }
            Some((day, time)) => Some(Content::Moment(format!("{day}T{}", time.get(..5).unwrap_or(time)))),
            None => Some(Content::Day(written.clone())),
        },
        DataRef::DurationIso(written) => Some(Content::Time(written.clone())),
        DataRef::Error(error) => Some(Content::Error(error.to_string())),
    }
}

fn dated(time: &ExcelDateTime) -> Content {
    let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
    let value = time.as_f64();
    match (value < 1.0 || time.is_duration(), value.fract() == 0.0) {
        (true, _) if time.is_duration() => {
            let minutes = (value * 24.0 * 60.0).round() as i64;
            Content::Time(format!("{:02}:{:02}", minutes / 60, minutes % 60))
        }
        (true, _) => Content::Time(format!("{hour:02}:{minute:02}")),
        (_, true) => Content::Day(format!("{year:04}-{month:02}-{day:02}")),
        _ => Content::Moment(format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_told_apart() {
        for (code, wanted) in [
            ("General", Shown::Plain),
            ("0.00", Shown::Plain),
            ("@", Shown::Plain),
            ("", Shown::Plain),
            ("0%", Shown::Percent),
            ("0.00%", Shown::Percent),
            ("# ?/?", Shown::Fraction),
            ("# ??/??", Shown::Fraction),
            ("General\"\u{a0}%\"", Shown::Plain),
            ("0\\%", Shown::Plain),
        ] {
            assert_eq!(shown(code), wanted, "{code}");
        }
    }
}
