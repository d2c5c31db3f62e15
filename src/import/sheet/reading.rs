//! An edited sheet as it came back: what the hidden sheet kept of it, and its rows by the columns that they had.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{REFERENCE, SheetColumn};
use super::{FORM, HIDDEN, ReturnedSheet, VERSION};
use crate::edition::Reference;
use crate::forms::{CellAddress, CellContent, Sheet, plain, sheets};
use crate::import::{Refusal, Spot, Unread};
use crate::language::Interface;
use crate::message::Message;
use crate::say;
use crate::text::single_spaced;

/// What the sheet kept when it was written.
#[derive(Default)]
pub(super) struct SheetBase {
    /// The language of its heads.
    pub language: String,
    /// Heading without marks → column.
    pub headings: BTreeMap<String, SheetColumn>,
    /// Id and column → value.
    pub values: BTreeMap<(String, SheetColumn), String>,
    /// The standards that it was written with.
    pub ids: BTreeSet<String>,
}

/// A row that came back: where it stands, the id that it names, its cells.
pub(super) struct Came<'s> {
    pub row: u32,
    pub id: Option<String>,
    pub cells: BTreeMap<SheetColumn, (CellAddress, &'s CellContent)>,
}

/// Whether a workbook is a sheet of standards that the program wrote.
pub(crate) fn is_sheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") && sheets(bytes).is_ok_and(|sheets| kept(&sheets).is_some())
}

/// What the hidden sheet says; none where there is no such sheet.
///
/// # Errors
/// A sheet of another version.
pub(super) fn kept(sheets: &[Sheet]) -> Option<Result<SheetBase, Refusal>> {
    let sheet = sheets.iter().find(|sheet| sheet.name == HIDDEN)?;
    let text = |row: u32, column: u32| sheet.cells.get(&CellAddress { row, column }).map(plain).unwrap_or_default();
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).collect();
    let form = rows.iter().find(|row| text(**row, 0) == "form" && text(**row, 1) == FORM)?;
    if text(*form, 2) != VERSION {
        let wrong = Refusal::new(say!("the sheet is of another version of gamma-ok"));
        return Some(Err(
            wrong.help(say!("write it again with `gamma-ok show --format xlsx` and copy the changes into it"))
        ));
    }
    let mut kept = SheetBase::default();
    for row in rows {
        match text(row, 0).as_str() {
            "language" => kept.language = text(row, 1),
            "column" => {
                if let Some(column) = SheetColumn::named(&text(row, 1)) {
                    kept.headings.insert(bare_heading(&text(row, 2)), column);
                }
            }
            "row" => drop(kept.ids.insert(text(row, 1))),
            "value" => {
                if let Some(column) = SheetColumn::named(&text(row, 2)) {
                    kept.values.insert((text(row, 1), column), text(row, 3));
                }
            }
            _ => {}
        }
    }
    Some(Ok(kept))
}

/// A heading as it is found again: languages in brackets count.
fn bare_heading(heading: &str) -> String {
    single_spaced(heading).to_lowercase()
}

/// The rows of a sheet that has the column of `ID@STAMP`.
pub(super) fn came_back<'s>(
    sheet: &'s Sheet,
    kept: &SheetBase,
    words: &Interface,
    back: &mut ReturnedSheet,
) -> Option<Vec<Came<'s>>> {
    let ReturnedSheet { not_understood, remarks, .. } = back;
    let is_reference = |content: &CellContent| {
        kept.headings.get(&bare_heading(&plain(content))).is_some_and(|column| column.key == REFERENCE)
    };
    let heads = sheet.cells.iter().find(|(_, content)| is_reference(content)).map(|(cell, _)| cell.row)?;
    let row_of = |row: u32| sheet.cells.range(CellAddress { row, column: 0 }..=CellAddress { row, column: u32::MAX });
    let mut columns: BTreeMap<u32, SheetColumn> = BTreeMap::new();
    for (cell, content) in row_of(heads) {
        match kept.headings.get(&bare_heading(&plain(content))) {
            Some(column) if !columns.values().any(|known| known == column) => {
                drop(columns.insert(cell.column, column.clone()))
            }
            _ => {
                let why = say!(
                    "this column is none of the sheet's, and is not read; give it back its own heading, or delete it"
                );
                let is_used = sheet.cells.keys().any(|other| other.column == cell.column && other.row > heads);
                if is_used {
                    let spot = Spot::cell(&sheet.name, *cell);
                    not_understood.push(Unread { spot, value: plain(content), why });
                    columns.insert(cell.column, SheetColumn { key: "", language: None });
                }
            }
        }
    }
    let gone: BTreeSet<&SheetColumn> =
        kept.headings.values().filter(|column| !columns.values().any(|known| known == *column)).collect();
    remarks.extend(gone.into_iter().map(|column| {
        let spot = Spot::part(&sheet.name, say!("sheet {sheet}", sheet = &sheet.name));
        let why = say!("this column is gone from the sheet; what the book has of it stays as it is");
        Unread { spot, value: column.heading(words), why }
    }));
    let numbers: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).filter(|row| *row > heads).collect();
    let mut came = Vec::new();
    for row in numbers {
        let mut cells = BTreeMap::new();
        for (cell, content) in row_of(row) {
            match columns.get(&cell.column) {
                Some(column) if column.key.is_empty() => {}
                Some(column) => drop(cells.insert(column.clone(), (*cell, content))),
                None => {
                    let why = say!("it stands outside of the table's columns");
                    let spot = Spot::cell(&sheet.name, *cell);
                    not_understood.push(Unread { spot, value: plain(content), why });
                }
            }
        }
        // What a row does not hold any more is empty.
        let reference = SheetColumn { key: REFERENCE, language: None };
        let id = cells.get(&reference).map(|(_, content)| Reference::parse(plain(content).trim()).id.to_owned());
        let id = id.filter(|id| !id.is_empty());
        if let Some(id) = &id {
            if !kept.ids.contains(id) {
                let spot = Spot::row(&sheet.name, row);
                let why =
                    say!("the sheet was not written with a standard of this id; leave `ID@STAMP` empty in a new row");
                not_understood.push(Unread { spot, value: id.clone(), why });
                continue;
            }
            for (index, column) in &columns {
                if !column.key.is_empty() {
                    cells.entry(column.clone()).or_insert((CellAddress { row, column: *index }, &EMPTY));
                }
            }
        }
        if id.is_some() || !cells.is_empty() {
            came.push(Came { row, id, cells });
        }
    }
    Some(came)
}

/// A cell that holds nothing.
static EMPTY: CellContent = CellContent::Text(String::new());

/// A sheet that somebody has added.
pub(super) fn outside(sheet: &Sheet, not_understood: &mut Vec<Unread>) {
    if let Some((cell, content)) = sheet.cells.iter().next() {
        let why = say!("this sheet is none that the program wrote, and is not read");
        not_understood.push(Unread { spot: Spot::cell(&sheet.name, *cell), value: plain(content), why });
    }
}

/// Why a cell may not hold what was typed.
pub(super) fn odd(content: &CellContent) -> Option<Message> {
    match content {
        CellContent::Day(_) | CellContent::Moment(_) | CellContent::Time(_) => {
            Some(say!("a spreadsheet made a day or a time of this: give the cell the format Text and write it again"))
        }
        CellContent::Error(_) => Some(say!("this is an error of the spreadsheet")),
        CellContent::Formula(_) => Some(say!("this is a formula whose value is not stored")),
        CellContent::Struck(_) => Some(say!("this is struck through: empty the cell, or take the line off")),
        content if content.is_worded() => Some(say!("the cell's format adds words to this number")),
        _ => None,
    }
}
