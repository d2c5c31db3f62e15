//! The hidden sheet `gamma-ok`: what a reader of the filled workbook needs, in words of the format rather than of a
//! language. Rows of three cells: what, name, value.
//!
//! - `form` · `checklist` · version of this shape
//! - `language` and `site` · the tag, the id
//! - `field` · `site`, `date`, `time`, `auditor` · the cell on the first sheet
//! - `answer` · the word of the format · the word in the drop-down
//! - `column` · `observed`, `answer`, `note`, `reference` · the letter on the first sheet
//! - `rows` · first · last
//! - `edition` · · the full hash of the set that the form was made of
//! - `part` · · a line of the part of it that the form asks about; with the name `on`, more of the line before
//! - `printed` · · a text that stands in the workbook besides the items: what is not there somebody wrote
//! - `printed` · `site` · what the form calls its site
//! - `printed` · `running` · a part of the running head of a sheet
//! - `printed` · `ID@STAMP` · a text that stands beside that item

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::checklist::{ANSWER, NOTE, OBSERVED, REFERENCE};
use super::text;
use crate::document::{FormEdition, Head};
use crate::forms::ColumnLetters;

/// The answers: the word of the format, and the key of the word in the drop-down.
pub(super) const ANSWERS: [(&str, &str); 4] = [
    ("met", "answer.met"),
    ("not met", "answer.not-met"),
    ("n/a", "answer.not-applicable"),
    ("not observed", "answer.not-observed"),
];

/// Where the drop-down takes its words from: the first rows of the sheet.
pub(super) const ANSWER_LIST: &str = "='gamma-ok'!$C$1:$C$4";

/// Where things stand on the first sheet.
pub(super) struct Places {
    /// Cells of the fields of the head.
    pub fields: Vec<(&'static str, String)>,
    /// First row of the items, from 0.
    pub first: u32,
    /// Last row of the items, from 0.
    pub last: u32,
    /// What the form itself says.
    pub printed: PrintedTexts,
}

/// What a form itself says, so that whatever else stands in it somebody wrote: of what, and the text.
#[derive(Default)]
pub(super) struct PrintedTexts(Vec<(String, String)>);

impl PrintedTexts {
    /// A text besides the items.
    pub(crate) fn text(&mut self, written: impl Into<String>) {
        self.0.push((String::new(), written.into()));
    }

    /// What the running head of a sheet says.
    pub(crate) fn running(&mut self, parts: [String; 3]) {
        self.0.extend(parts.into_iter().map(|part| ("running".to_owned(), part)));
    }

    /// What the form calls its site.
    pub(crate) fn site(&mut self, title: &str) {
        self.0.push(("site".to_owned(), title.to_owned()));
    }

    /// The number of an item and the texts beside it.
    pub(crate) fn item<'t>(&mut self, reference: &str, number: usize, texts: impl Iterator<Item = &'t str>) {
        self.0.push((reference.to_owned(), number.to_string()));
        let texts = texts.filter(|written| !written.is_empty());
        self.0.extend(texts.map(|written| (reference.to_owned(), written.to_owned())));
    }

    /// The rows of the hidden sheet that say so.
    pub(crate) fn rows(&self) -> impl Iterator<Item = [&str; 3]> {
        self.0.iter().map(|(name, written)| ["printed", name, written])
    }
}

/// So many bytes of a line fit into a cell, which holds 32,767 characters.
const PIECE: usize = 32_000;

/// The pieces of a line, each with its number. None begins or ends with a space, which a reader of cells drops.
fn pieces(line: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut rest = Some(line);
    let piece = move || {
        let line = rest.take()?;
        let is_inside = |end: &usize| {
            let Some((before, after)) = line.split_at_checked(*end) else { return false };
            !before.ends_with(char::is_whitespace) && !after.starts_with(char::is_whitespace)
        };
        let end = (1..=line.len().min(PIECE)).rev().find(is_inside).unwrap_or(line.len());
        let (piece, after) = line.split_at(end);
        rest = Some(after).filter(|after| !after.is_empty());
        Some(piece)
    };
    std::iter::from_fn(piece).enumerate()
}

pub(super) fn write(
    sheet: &mut Worksheet,
    head: &Head,
    edition: Option<&FormEdition>,
    places: &Places,
) -> Result<(), XlsxError> {
    sheet.set_name("gamma-ok")?;
    sheet.set_hidden(true);
    let mut rows: Vec<[String; 3]> = Vec::new();
    let mut row = |kind: &str, name: &str, value: &str| rows.push([kind.to_owned(), name.to_owned(), text(value)]);
    for (name, key) in ANSWERS {
        row("answer", name, head.text(key));
    }
    row("form", "checklist", "1");
    row("language", "", &head.lang);
    row("site", "", head.site_id.as_deref().unwrap_or(""));
    for (name, cell) in &places.fields {
        row("field", name, cell);
    }
    for (name, column) in [("observed", OBSERVED), ("answer", ANSWER), ("note", NOTE), ("reference", REFERENCE)] {
        row("column", name, &ColumnLetters(column.into()).to_string());
    }
    if let Some(edition) = edition {
        row("edition", "", &edition.hash);
        for (index, piece) in edition.part.lines().flat_map(pieces) {
            row("part", if index == 0 { "" } else { "on" }, piece);
        }
    }
    row("rows", &(places.first + 1).to_string(), &(places.last + 1).to_string());
    for [kind, name, written] in places.printed.rows() {
        row(kind, name, written);
    }
    write_rows(sheet, rows)
}

/// Fills the sheet from its first cell on.
pub(super) fn write_rows(sheet: &mut Worksheet, rows: Vec<[String; 3]>) -> Result<(), XlsxError> {
    for (row, cells) in (0u32..).zip(rows) {
        for (column, cell) in (0u16..).zip(cells) {
            sheet.write_string(row, column, cell)?;
        }
    }
    Ok(())
}
