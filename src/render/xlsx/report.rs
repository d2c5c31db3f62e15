//! The audit report as a workbook: a sheet a section, figures as figures, so that a reader can sort and count.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::{look, set_up_named, started, text};
use crate::document::audit_report::{Cell, Column, Row, Section, Table};
use crate::document::{AuditReport, Prose};
use crate::render::csv::shown;

pub(super) fn workbook(report: &AuditReport) -> Result<Workbook, XlsxError> {
    let mut book = started(&report.head);
    about(book.add_worksheet(), report)?;
    for section in report.sections.iter() {
        if section.tables.iter().any(|table| !table.rows.is_empty()) {
            write(book.add_worksheet(), report, section)?;
        }
    }
    Ok(book)
}

/// The first sheet: the verdict and how much was looked at.
fn about(sheet: &mut Worksheet, report: &AuditReport) -> Result<(), XlsxError> {
    let head = &report.head;
    set_up_named(sheet, head, head.text("report.verdict-title"), false)?;
    sheet.set_column_width(0, 26)?.set_column_width(1, 80)?;
    sheet.write_string_with_format(0, 0, text(&head.title), &look::subtitle())?;
    sheet.write_string_with_format(1, 0, text(&shown(&head.book)), &look::title(head))?;
    let mut row = 3;
    let mut line = |sheet: &mut Worksheet, label: &str, value: &str| -> Result<(), XlsxError> {
        sheet.write_string_with_format(row, 0, text(label), &look::label())?;
        sheet.write_string_with_format(row, 1, text(value), &look::wrapped())?;
        row += 1;
        Ok(())
    };
    for limit in &head.limits {
        let values: Vec<String> = limit.values.iter().map(shown).collect();
        line(sheet, &limit.label, &values.join(", "))?;
    }
    line(sheet, head.text("common.issued"), &head.date)?;
    let verdict = &report.verdict;
    let counts = if verdict.counts.is_empty() { String::new() } else { format!(" ({})", verdict.counts) };
    line(sheet, head.text("report.column.score"), &format!("{}{counts}", verdict.score))?;
    let level = verdict.level.as_deref().unwrap_or(head.text("report.level-none"));
    line(sheet, head.text("report.level"), level)?;
    for sentence in &verdict.sentences {
        line(sheet, "", sentence)?;
    }
    for fact in &report.facts {
        line(sheet, &fact.label, &fact.value)?;
    }
    let sample = report.sections.iter().filter(|section| section.anchor == "sample");
    for note in sample.flat_map(|section| &section.notes) {
        line(sheet, "", &shown(note))?;
    }
    Ok(())
}

/// The most rows that a sheet holds.
const MOST: u32 = 1_048_576;

fn write(sheet: &mut Worksheet, report: &AuditReport, section: &Section) -> Result<(), XlsxError> {
    let head = &report.head;
    set_up_named(sheet, head, &section.title, true)?;
    let mut next_row = 0;
    for table in section.tables.iter().filter(|table| !table.rows.is_empty()) {
        if let Some(title) = &table.title {
            sheet.write_string_with_format(next_row, 0, text(&shown(title)), &look::phase())?;
            next_row += 1;
        }
        let columns = columns(table);
        for (column, (title, _)) in (0u16..).zip(&columns) {
            sheet.write_string_with_format(next_row, column, text(title), &look::heads(head))?;
        }
        if section.tables.len() == 1 {
            sheet.set_freeze_panes(1, 1)?;
            sheet.set_repeat_rows(0, 0)?;
        }
        next_row += 1;
        for row in &table.rows {
            if next_row >= MOST {
                break;
            }
            for (column, (_, value)) in (0u16..).zip(&columns) {
                put(sheet, next_row, column, value, row)?;
            }
            next_row += 1;
        }
        next_row += 1;
    }
    widths(sheet, section)
}

/// What stands in a column of the sheet.
enum Value {
    /// The text of that cell.
    Text(usize),
    /// The id.
    Code(usize),
    /// The figure.
    Figure(usize),
}

/// The columns of the sheet: a cell with an id below its text takes two, one with a figure beside its words too.
fn columns(table: &Table) -> Vec<(String, Value)> {
    let mut columns = Vec::new();
    for (index, Column { title, kind, place, .. }) in table.columns.iter().enumerate() {
        if *place == "page" {
            continue;
        }
        let any = |has: fn(&Cell) -> bool| table.rows.iter().any(|row| row.cells.get(index).is_some_and(has));
        if *kind != "number" {
            columns.push((title.clone(), Value::Text(index)));
        }
        if any(|cell| cell.code.is_some()) {
            columns.push(("ID@STAMP".to_owned(), Value::Code(index)));
        }
        match *kind {
            "number" => columns.push((title.clone(), Value::Figure(index))),
            "score" => columns.push(("%".to_owned(), Value::Figure(index))),
            _ => {}
        }
    }
    columns
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, value: &Value, of: &Row) -> Result<(), XlsxError> {
    let cell = |index: &usize| of.cells.get(*index);
    let written = |prose: &Prose| text(&shown(prose));
    match value {
        Value::Text(index) => {
            let text = cell(index).map(|cell| written(&cell.text)).unwrap_or_default();
            sheet.write_string_with_format(row, column, text, &look::wrapped())?;
        }
        Value::Code(index) => {
            let code = cell(index).and_then(|cell| cell.code.as_ref()).map(written).unwrap_or_default();
            sheet.write_string_with_format(row, column, code, &look::small())?;
        }
        Value::Figure(index) => {
            let Some((number, share)) = cell(index).and_then(|cell| Some((cell.number?, cell.share))) else {
                return Ok(());
            };
            let format = if share { look::centred().set_num_format("0 %") } else { look::centred() };
            sheet.write_number_with_format(row, column, number, &format)?;
        }
    }
    Ok(())
}

fn widths(sheet: &mut Worksheet, section: &Section) -> Result<(), XlsxError> {
    let Some(table) = section.tables.iter().find(|table| !table.rows.is_empty()) else { return Ok(()) };
    for (column, (_, value)) in (0u16..).zip(columns(table)) {
        let width = match value {
            Value::Text(0) => 48.0,
            Value::Text(_) => 26.0,
            Value::Code(_) => 22.0,
            Value::Figure(_) => 11.0,
        };
        sheet.set_column_width(column, width)?;
    }
    Ok(())
}
