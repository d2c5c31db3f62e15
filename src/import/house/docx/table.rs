//! A table of a document, while it is being read: cells, merged stretches, and what tracked changes did to rows and cells.

use std::collections::BTreeMap;

use crate::forms::CellAddress;
use crate::import::house::Key;
use crate::import::house::grid::CellText;
use crate::import::house::heads::head;

/// So many columns may a cell take.
pub(super) const MAX_SPAN: u32 = 200;

/// A table that is being read.
#[derive(Default)]
pub(super) struct DocxTable {
    pub cells: BTreeMap<CellAddress, CellText>,
    pub merged: BTreeMap<CellAddress, CellAddress>,
    pub row: u32,
    pub column: u32,
    pub span: u32,
    /// Whether the cell goes on with the one above.
    pub goes_on: bool,
    pub words: String,
    /// Column → the first cell of a merged stretch.
    open: BTreeMap<u32, CellAddress>,
    /// Whether the paragraph before in the cell goes on with the next.
    joins: bool,
    /// What tracked changes did to the row, and to the cell.
    pub row_is: Tracked,
    pub cell_is: Tracked,
    /// The row's words that are gone, or new, with it.
    pub of_row: Vec<String>,
    /// Whether they were moved elsewhere.
    pub is_moved: bool,
}

/// What tracked changes that nobody has accepted did to a row or a cell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Tracked {
    #[default]
    Untouched,
    Added,
    Struck,
}

impl DocxTable {
    /// A table before its first row.
    pub(super) fn new() -> Self {
        DocxTable { row: u32::MAX, ..DocxTable::default() }
    }

    pub(super) fn begin_row(&mut self) {
        (self.row, self.column) = (self.row.wrapping_add(1), 0);
        (self.row_is, self.is_moved) = (Tracked::Untouched, true);
        self.of_row.clear();
    }

    pub(super) fn begin_cell(&mut self) {
        (self.span, self.goes_on, self.joins) = (1, false, false);
        self.cell_is = Tracked::Untouched;
        self.words.clear();
    }

    /// Takes a paragraph into the cell, on a line of its own unless the one before goes on with it.
    pub(super) fn write(&mut self, words: &str, goes_on: bool) {
        if !self.words.is_empty() && !self.joins {
            self.words.push('\n');
        }
        self.joins = goes_on;
        self.words.push_str(words);
    }

    /// Puts down the cell that was read.
    pub(super) fn end_cell(&mut self) {
        let words = std::mem::take(&mut self.words);
        let first = CellAddress { row: self.row, column: self.column };
        let is_gone = self.row_is == Tracked::Struck || self.cell_is == Tracked::Struck;
        let last = CellAddress { row: self.row, column: self.column + self.span.max(1) - 1 };
        match self.open.get(&first.column).filter(|_| self.goes_on) {
            Some(home) => {
                let end = self.merged.entry(*home).or_insert(*home);
                end.row = first.row;
            }
            // What begins in a row that is gone does not reach into the next.
            None if is_gone => drop(self.open.remove(&first.column)),
            None => {
                self.open.insert(first.column, first);
                if last.column > first.column {
                    self.merged.insert(first, last);
                }
            }
        }
        if !words.trim().is_empty() {
            self.cells.insert(first, CellText::text(words.trim()));
        }
        self.column = last.column + 1;
    }

    /// Whether its first row has the head of a column of standards.
    pub(super) fn is_of_standards(&self) -> bool {
        let first = self.cells.range(..CellAddress { row: 1, column: 0 });
        let is_head =
            |written: &CellText| head(&written.text).is_some_and(|head| head.key == Key::Text && !head.is_weak);
        first.into_iter().any(|(_, written)| is_head(written))
    }

    /// What its cells say, a line each.
    pub(super) fn text(&self) -> String {
        let words: Vec<&str> = self.cells.values().map(|written| written.text.as_str()).collect();
        words.join("\n")
    }
}
