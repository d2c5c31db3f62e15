//! The scores of an audit report: a group a line, under the head it is grouped by.

use super::{Lines, shown};
use crate::document::AuditReport;
use crate::document::audit_report::{FIGURES, ReportCell, ReportColumn, ReportRow, ReportTable, Section};

/// The scores: head, group, score in words, then every figure on its own.
pub(super) fn lines(report: &AuditReport) -> Lines<'_> {
    let section = report.sections.iter().find(|section| section.anchor == "scores");
    let keys = ["by", "group", "score", "level", "share"].into_iter().chain(FIGURES);
    let heads = keys.map(|key| report.head.text(&format!("report.column.{key}")).to_owned()).collect();
    let rows = section.into_iter().flat_map(rows).map(|(table, row)| record(table, row));
    Box::new(std::iter::once(heads).chain(rows))
}

fn rows(section: &Section) -> impl Iterator<Item = (&ReportTable, &ReportRow)> {
    section.tables.iter().flat_map(|table| table.rows.iter().map(move |row| (table, row)))
}

fn record(table: &ReportTable, row: &ReportRow) -> Vec<String> {
    let cells: Vec<(&ReportColumn, &ReportCell)> = table.columns.iter().zip(&row.cells).collect();
    let head = table.columns.first().map(|column| column.title.clone()).unwrap_or_default();
    let pages: Vec<String> =
        cells.iter().filter(|(column, _)| column.place != "sheet").map(|(_, cell)| shown(&cell.text)).collect();
    let page = |index: usize| pages.get(index).cloned().unwrap_or_default();
    // The interval in words stands in its two ends below.
    let mut record = vec![head, page(0), page(1), page(3)];
    record.push(figure(row.cells.get(1)));
    record.extend(cells.iter().filter(|(column, _)| column.place == "sheet").map(|(_, cell)| figure(Some(cell))));
    record
}

/// A figure as every program reads it: a decimal point, four places of a share.
fn figure(cell: Option<&ReportCell>) -> String {
    match cell.and_then(|cell| Some((cell.number?, cell.share))) {
        None => String::new(),
        Some((number, true)) => format!("{number:.4}"),
        Some((number, false)) => number.to_string(),
    }
}
