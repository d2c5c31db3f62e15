//! A table of any kind of file: cells with their texts, whichever program they come from.

use std::collections::BTreeMap;

use crate::forms::table::headed;
use crate::forms::{CellAddress, CellContent, ColumnLetters, Sheet, plain};
use crate::import::{Spot, Unread};
use crate::message::Message;
use crate::say;

/// A table.
#[derive(Debug, Default)]
pub(super) struct Grid {
    /// The name of the sheet; empty where it has none.
    pub name: String,
    /// The cells that hold something.
    pub cells: BTreeMap<CellAddress, CellText>,
    /// First and last cell of each region that is merged into one.
    pub merged: BTreeMap<CellAddress, CellAddress>,
    /// Row → the regions over it.
    over: BTreeMap<u32, Vec<(CellAddress, CellAddress)>>,
    /// What kind of place its rows are.
    pub rows: Rows,
}

/// Over so many rows together go the merged regions that are looked at; a house has hundreds, a hostile file millions.
const MAX_MERGED: u64 = 200_000;

/// What kind of place the rows of a table are.
#[derive(Debug, Default)]
pub(super) enum Rows {
    /// Rows of a sheet.
    #[default]
    Sheet,
    /// Lines of a text, each from 1.
    Lines(Vec<usize>),
    /// Rows of a table in a document, which is that one from 1.
    Table(usize),
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct CellText {
    /// As it is shown.
    pub text: String,
    /// Why that may not be what was meant.
    pub odd: Option<Message>,
}

impl CellText {
    /// A text as it is.
    pub fn text(text: impl Into<String>) -> Self {
        CellText { text: text.into(), odd: None }
    }
}

impl Grid {
    /// The sheet of a workbook.
    pub fn of_sheet(sheet: &Sheet) -> Self {
        let cells = sheet.cells.iter().map(|(cell, content)| (*cell, written(content))).collect();
        Grid::new(&sheet.name, cells, sheet.merged.clone(), Rows::Sheet)
    }

    /// A table of these cells.
    pub fn new(
        name: &str,
        cells: BTreeMap<CellAddress, CellText>,
        merged: BTreeMap<CellAddress, CellAddress>,
        rows: Rows,
    ) -> Self {
        let mut over: BTreeMap<u32, Vec<(CellAddress, CellAddress)>> = BTreeMap::new();
        let mut left = MAX_MERGED;
        for (first, last) in &merged {
            let height = u64::from(last.row.saturating_sub(first.row)) + 1;
            let Some(rest) = left.checked_sub(height) else { continue };
            left = rest;
            (first.row..=last.row).for_each(|row| over.entry(row).or_default().push((*first, *last)));
        }
        Grid { name: name.to_owned(), cells, merged, over, rows }
    }

    /// A table as text; lines that are no rows are told.
    pub fn of_text(text: &str, is_heading: impl Fn(&str) -> bool, unread: &mut Vec<Unread>) -> Self {
        let has_heading = text.lines().any(&is_heading);
        let table = headed(text, |line| if has_heading { is_heading(line) } else { !line.trim().is_empty() });
        for fault in &table.faults {
            let value = text.get(fault.range.clone()).unwrap_or_default().to_owned();
            unread.push(Unread { spot: Spot::line(fault.line), value, why: fault.message.clone() });
        }
        let mut cells = BTreeMap::new();
        let mut lines = Vec::new();
        for (row, of_row) in (0u32..).zip(&table.rows) {
            lines.push(of_row.line);
            for (column, text) in (0u32..).zip(&of_row.cells).filter(|(_, text)| !text.is_empty()) {
                cells.insert(CellAddress { row, column }, CellText::text(text.as_str()));
            }
        }
        Grid::new("", cells, BTreeMap::new(), Rows::Lines(lines))
    }

    /// The text of a cell; of a merged region, that of its first cell.
    pub fn at(&self, cell: CellAddress) -> Option<&CellText> {
        let home = self.region(cell).map_or(cell, |(first, _)| first);
        self.cells.get(&home)
    }

    /// The merged region around a cell.
    pub fn region(&self, cell: CellAddress) -> Option<(CellAddress, CellAddress)> {
        let of_row = self.over.get(&cell.row)?;
        of_row.iter().find(|(first, last)| (first.column..=last.column).contains(&cell.column)).copied()
    }

    /// The rows that hold something.
    pub fn numbers(&self) -> Vec<u32> {
        let mut rows: Vec<u32> = self.cells.keys().map(|cell| cell.row).collect();
        rows.dedup();
        rows
    }

    /// The cells of a row that hold something of their own.
    pub fn row(&self, row: u32) -> impl Iterator<Item = (u32, &CellText)> {
        let range = CellAddress { row, column: 0 }..=CellAddress { row, column: u32::MAX };
        self.cells.range(range).map(|(cell, written)| (cell.column, written))
    }

    /// Where a row stands.
    pub fn spot(&self, row: u32) -> Spot {
        match &self.rows {
            Rows::Sheet => Spot::row(&self.name, row),
            Rows::Lines(lines) => Spot::line(lines.get(row as usize).copied().unwrap_or(row as usize + 1)),
            Rows::Table(table) => Spot::table(*table, row as usize + 1),
        }
    }

    /// Where a cell stands.
    pub fn spot_of(&self, cell: CellAddress) -> Spot {
        match &self.rows {
            Rows::Sheet => Spot::cell(&self.name, cell),
            _ => {
                let row = self.spot(cell.row);
                let column = ColumnLetters(cell.column).to_string();
                Spot {
                    place: format!("{}, column {column}", row.place),
                    told: say!("{row}, column {column}", row = row.told, column),
                }
            }
        }
    }
}

/// What a cell of a workbook holds, and why that may not be what somebody typed.
fn written(content: &CellContent) -> CellText {
    let odd = match content {
        CellContent::Text(_) | CellContent::Number(..) | CellContent::Truth(_) => None,
        CellContent::Day(_) | CellContent::Moment(_) => Some(say!("a spreadsheet made a day of this")),
        CellContent::Time(_) => Some(say!("a spreadsheet made a time of this")),
        CellContent::Error(_) => Some(say!("this is an error of the spreadsheet")),
        CellContent::Formula(_) => Some(say!("this is a formula whose value is not stored")),
        CellContent::Struck(_) => Some(say!("this is struck through")),
    };
    let odd = odd.or_else(|| content.is_worded().then(|| say!("the cell's format adds words to this number")));
    CellText { text: plain(content), odd }
}
