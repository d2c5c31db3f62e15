//! The parts of a report that formats lay out: sections of tables, notes and plots, final in content and order.

use chrono::NaiveDate;
use serde::Serialize;

use super::photographs::Photograph;
use super::plot::Plot;
use crate::document::scope::Scope;
use crate::document::{Inline, Parts, Prose};

/// A part of the report under a title.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Section {
    /// The name in addresses and style sheets.
    pub anchor: &'static str,
    /// What heads it.
    pub title: String,
    /// What is said before the tables.
    pub notes: Vec<Prose>,
    /// What explains its pictures: said only where there are pictures.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub legends: Vec<Prose>,
    /// Tables, in order.
    pub tables: Vec<ReportTable>,
    /// Pictures of shares over time.
    pub plots: Vec<Plot>,
    /// What was photographed; only where anything was.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub photos: Vec<Photograph>,
    /// Whether a page shows it folded until somebody asks for it.
    pub folded: bool,
    /// Whether it is one of the first page.
    pub front: bool,
}

/// A table.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReportTable {
    /// What heads it, where the section has several.
    pub title: Option<Prose>,
    /// Whether only spreadsheets have it, since pages say it elsewhere.
    pub sheet_only: bool,
    /// The columns.
    pub columns: Vec<ReportColumn>,
    /// The rows.
    pub rows: Vec<ReportRow>,
    /// How many rows were left out, in words.
    pub more: Option<String>,
}

/// A column.
#[derive(Clone, Debug, Serialize)]
pub struct ReportColumn {
    /// What heads it.
    pub title: String,
    /// What stands in it: `text`, `score` or `number`.
    pub kind: &'static str,
    /// How wide it is beside the others.
    pub weight: u8,
    /// In which formats it stands: `all`, `page` or `sheet`, where figures are wanted one by one.
    pub place: &'static str,
}

/// A row.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReportRow {
    /// `bad` for what calls for attention, `good`, or nothing.
    pub tone: &'static str,
    /// A cell a column.
    pub cells: Vec<ReportCell>,
}

/// A cell.
#[derive(Clone, Debug, Default, Serialize)]
pub struct ReportCell {
    /// What it says.
    pub text: Prose,
    /// An id, or `ID@STAMP`, below it.
    pub code: Option<Prose>,
    /// The figure, for spreadsheets: a share from 0 to 1, or a count.
    pub number: Option<f64>,
    /// Whether the figure is a share.
    pub share: bool,
    /// The day, for spreadsheets: `2026-05-12`.
    pub day: Option<String>,
    /// The share on a scale, with its uncertainty.
    pub bar: Option<Bar>,
}

/// A share on a scale of 0 to 100, with its interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Bar {
    /// Where the share stands; none where there is too little to tell.
    pub at: Option<f64>,
    /// Where the interval begins.
    pub from: f64,
    /// How wide it is.
    pub width: f64,
    /// What is asked for; none where nothing is.
    pub target: Option<f64>,
}

impl Section {
    pub(in crate::document) fn new(anchor: &'static str, title: String) -> Self {
        Section { anchor, title, ..Section::default() }
    }

    pub(in crate::document) fn in_front(self) -> Self {
        Section { front: true, ..self }
    }

    pub(in crate::document) fn note(mut self, text: impl Into<String>) -> Self {
        self.notes.push(Prose::plain(text));
        self
    }

    pub(in crate::document) fn legend(mut self, text: impl Into<String>) -> Self {
        self.legends.push(Prose::plain(text));
        self
    }

    pub(in crate::document) fn table(mut self, table: ReportTable) -> Self {
        self.tables.push(table);
        self
    }

    /// Whether it has anything to show.
    pub(super) fn is_empty(&self) -> bool {
        self.notes.is_empty()
            && self.plots.is_empty()
            && self.photos.is_empty()
            && self.tables.iter().all(|table| table.rows.is_empty())
    }
}

impl Scope<'_> {
    /// A table of texts, with what heads its columns.
    pub(in crate::document) fn text_table(&self, columns: &[&str], rows: Vec<ReportRow>) -> ReportTable {
        let column = |key: &&str| ReportColumn { title: self.text(key), kind: "text", weight: 2, place: "all" };
        ReportTable { columns: columns.iter().map(column).collect(), rows, ..ReportTable::default() }
    }

    /// A day as it is written in a file, as the language writes it.
    pub(in crate::document) fn day_cell(&self, day: Option<&String>) -> ReportCell {
        let Some(day) = day else { return ReportCell::default() };
        let written = day.parse::<NaiveDate>().map_or_else(|_| day.clone(), |day| self.interface.date(day));
        ReportCell { day: Some(day.clone()), ..ReportCell::plain(written) }
    }
}

impl ReportCell {
    /// The program's own characters.
    pub(in crate::document) fn plain(text: impl Into<String>) -> Self {
        ReportCell::prose(Prose::plain(text))
    }

    /// A sentence of the author's.
    pub(in crate::document) fn prose(text: Prose) -> Self {
        ReportCell { text, ..ReportCell::default() }
    }

    /// The same over an id.
    pub(in crate::document) fn code(mut self, code: impl Into<String>) -> Self {
        // An id that the book does not know may hold anything, so it is text like any other.
        self.code = Some(Prose { lang: None, parts: Parts::Rich(vec![Inline::Code(code.into())]) });
        self
    }

    /// The same with a mark behind what it says, in brackets.
    pub(in crate::document) fn marked(self, mark: &str) -> Self {
        ReportCell { text: self.text.wrapped("", &format!(" ({mark})")), ..self }
    }

    /// A count.
    pub(in crate::document) fn count(number: u64, written: String) -> Self {
        ReportCell { number: Some(number as f64), ..ReportCell::plain(written) }
    }

    /// A share; empty where there is none.
    pub(in crate::document) fn share(share: Option<f64>, written: String) -> Self {
        ReportCell { number: share, share: true, ..ReportCell::plain(written) }
    }
}
