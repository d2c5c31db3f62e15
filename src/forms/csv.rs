//! A filled-in form as CSV: comma, semicolon or tab, heads in any language of the interface. A sheet of the form as a
//! workbook, saved as CSV, has its title and its labels above the heads, and bands between the items.

use std::collections::BTreeMap;

use super::questions::{Field, FieldKind, FormWords, WorkedOut};
use super::sheet::{REACH, twice, unanswerable};
use super::table::{TableRow, headed};
use super::{
    ColumnLetters as Letter, Form, FormEntry, FormItem, FormPlace, PrintedPart, PrintedText, Refused, is, observations,
    short, stray, surplus,
};
use crate::say;
use crate::text::as_it_looks;

/// The sign of a critical item, in the column of the levels.
const CRITICAL: char = '▲';

/// What a column holds.
enum Column {
    Reference,
    Number,
    /// The edition that the form was made of, the same in each line.
    Edition,
    Field(&'static Field),
    /// What the form itself has printed.
    Printed,
    /// Figures without a head that a workbook's formulas need.
    Figures,
    /// What somebody has added.
    Strange,
}

/// The columns of a form.
struct Columns {
    columns: Vec<Column>,
    /// What heads them.
    heads: Vec<String>,
    /// Whether the form marks critical items in the column for notes, as it did once.
    marks_in_notes: bool,
    /// Whether the form was a sheet of a workbook.
    is_sheet: bool,
}

pub(super) fn read(text: &str, words: &FormWords) -> Result<Form, Refused> {
    let strange = || {
        Refused::new(FormPlace::Line(1), say!("these are not the columns of a checklist"))
            .help(say!("keep the heads of the columns as `gamma-ok checklist --format csv` wrote them"))
    };
    let is_reference = |cell: &str| is(cell.trim().trim_matches('"'), "sheet.reference");
    let table = headed(text, |line| line.split([',', ';', '\t']).any(is_reference));
    let is_head = |row: &TableRow| row.cells.iter().any(|cell| is_reference(cell));
    let index = table.rows.iter().position(is_head).ok_or_else(strange)?;
    let (above, rest) = table.rows.split_at(index);
    let (head, rows) = rest.split_first().ok_or_else(strange)?;
    let mut form = Form::default();
    let columns = columns(head, rows, index > 0, words, &mut form);
    let is_asked = |column: &Column| matches!(column, Column::Field(field) if matches!(field.kind, FieldKind::Choice | FieldKind::Values));
    if !columns.columns.iter().any(is_asked) {
        return Err(strange());
    }
    for fault in table.faults {
        form.refused.push(Refused::new(FormPlace::Line(fault.line), fault.message).help(fault.help));
    }
    top(above, words, &mut form);
    let reference = columns.columns.iter().position(|column| matches!(column, Column::Reference));
    let is_named =
        |row: &TableRow| reference.and_then(|index| row.cells.get(index)).is_some_and(|cell| !cell.is_empty());
    let last = rows.iter().rposition(is_named).unwrap_or(0);
    for (index, row) in rows.iter().enumerate() {
        // What heads a phase or a step stands alone in the first column.
        let is_band = columns.is_sheet
            && index < last
            && row.cells.iter().filter(|cell| !cell.is_empty()).count() == 1
            && row.cells.first().is_some_and(|cell| !cell.is_empty());
        if is_band {
            form.shown.extend(row.cells.first().map(|title| heading(row.line, title)));
        } else {
            take(row, &columns, words, &mut form);
        }
        if form.is_beyond() {
            break;
        }
    }
    if form.items.is_empty() && form.refused.is_empty() { Err(strange()) } else { Ok(form) }
}

/// What the heads say. An answer under a head of the form's own would be lost, so each stands there once.
fn columns(head: &TableRow, rows: &[TableRow], is_sheet: bool, words: &FormWords, form: &mut Form) -> Columns {
    let mut first: BTreeMap<&str, usize> = BTreeMap::new();
    let mut columns = Vec::new();
    let mut has_mark = false;
    for (index, cell) in head.cells.iter().enumerate() {
        let below = || rows.iter().filter_map(move |row| row.cells.get(index)).filter(|cell| !cell.is_empty());
        if let Some(key) = words.column(cell) {
            if let Some(other) = first.insert(key, index) {
                let letter = Letter(u32::try_from(other).unwrap_or(u32::MAX)).to_string();
                form.refused.push(twice(FormPlace::Line(head.line), cell, &letter));
            }
            has_mark |= cell.contains(CRITICAL) || below().any(|cell| cell.contains(CRITICAL));
        }
        // What stands below a head that only looks right is as it looks; nothing is taken of a form that is refused.
        let odd = words.odd_head(cell, FormPlace::Line(head.line));
        let looks = as_it_looks(cell);
        let cell = if odd.is_some() { &looks } else { cell };
        form.refused.extend(odd);
        let is_figures = cell.is_empty() && below().all(|cell| cell.parse::<f64>().is_ok());
        columns.push(match words.item.find(cell) {
            Some(field) => Column::Field(field),
            None if is(cell, "sheet.reference") => Column::Reference,
            None if is(cell, "checklist.number") => Column::Number,
            None if is(cell, "common.edition") => Column::Edition,
            None if words.column(cell).is_some() => Column::Printed,
            None if is_sheet && is_figures => Column::Figures,
            None => Column::Strange,
        });
    }
    if !columns.iter().any(|column| matches!(column, Column::Field(field) if field.kind == FieldKind::Choice)) {
        form.refused.push(unanswerable(FormPlace::Line(head.line)));
    }
    Columns { columns, heads: head.cells.clone(), marks_in_notes: !has_mark, is_sheet }
}

/// What stands above the heads: a title, then labels, each before its value.
fn top(rows: &[TableRow], words: &FormWords, form: &mut Form) {
    let mut has_labels = false;
    for row in rows {
        let cells: Vec<(usize, &str)> =
            row.cells.iter().map(String::as_str).enumerate().filter(|(_, cell)| !cell.is_empty()).collect();
        // The column of a label, and what is written behind it.
        let mut label: Option<(usize, Option<&'static Field>)> = None;
        let mut worked_out: Option<WorkedOut> = None;
        for (index, (column, cell)) in cells.iter().enumerate() {
            if let Some(field) = words.head.find(cell) {
                (label, has_labels) = (Some((*column, Some(field))), true);
            } else if let Some(own) = words.worked_out(cell).filter(|_| index + 1 < cells.len()) {
                (label, worked_out) = (None, Some(own));
            } else if worked_out.take().is_some_and(|own| own.fits(cell) || cell.starts_with('#')) {
                // What a sheet has worked out by itself, or could not.
            } else if words.is_label(cell) && index + 1 < cells.len() {
                label = Some((*column, None));
            } else {
                match label.take() {
                    Some((before, Some(field))) if column - before <= REACH as usize => {
                        form.head.push(FormEntry::new(FormPlace::Line(row.line), field.name, *cell))
                    }
                    // A title.
                    None if !has_labels && cells.len() == 1 => {
                        form.shown.push(PrintedText { part: PrintedPart::Title, ..heading(row.line, cell) });
                    }
                    _ => form.refused.push(stray(FormPlace::Line(row.line), cell)),
                }
            }
        }
    }
}

/// A title or a heading.
fn heading(line: usize, text: &str) -> PrintedText {
    PrintedText { place: FormPlace::Line(line), part: PrintedPart::Head, text: text.to_owned() }
}

fn take(row: &TableRow, columns: &Columns, words: &FormWords, form: &mut Form) {
    let place = FormPlace::Line(row.line);
    if row.cells.len() > columns.columns.len() {
        return form.refused.push(surplus(place, row.cells.len(), columns.columns.len()));
    }
    let mut item = FormItem { place: place.clone(), ..FormItem::default() };
    let mut printed = Vec::new();
    let cells = row.cells.iter().map(|cell| plain(cell));
    let cells = columns.columns.iter().zip(&columns.heads).zip(cells).filter(|(_, cell)| !cell.is_empty());
    for ((column, head), cell) in cells {
        let place = if head.is_empty() { place.clone() } else { FormPlace::Column(row.line, short(head)) };
        match column {
            Column::Reference => cell.clone_into(&mut item.reference),
            Column::Number if cell.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_digit()) => {
                item.number = Some(cell.trim_end_matches('.').to_owned());
            }
            Column::Edition if cell.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
                form.edition = form.edition.take().or_else(|| Some(cell.to_owned()));
            }
            Column::Printed => printed.push((place, cell.to_owned())),
            Column::Figures => {}
            Column::Number | Column::Edition | Column::Strange => form.refused.push(stray(place, cell)),
            Column::Field(field) => match field.kind {
                FieldKind::Values => item.entries.extend(observations(&FormEntry::new(place, field.name, cell), words)),
                FieldKind::Choice => match words.choice(cell) {
                    Some(choice) => item.entries.push(FormEntry::new(place, field.name, choice)),
                    None => form.refused.push(words.no_choice(cell, place)),
                },
                _ if columns.marks_in_notes && is(cell, "common.critical") => {}
                _ => item.entries.push(FormEntry::new(place, field.name, cell)),
            },
        }
    }
    if !item.reference.is_empty() {
        let cell = |(place, text)| PrintedText { place, part: PrintedPart::Cell(item.reference.clone()), text };
        form.shown.extend(printed.into_iter().map(cell));
        form.items.push(item);
    } else if !item.entries.is_empty() {
        let wrong = say!("this line has lost its `ID@STAMP`, so nobody can tell what was answered");
        form.refused.push(Refused::new(place, wrong));
    } else if let Some(text) = row.cells.iter().find(|cell| !cell.is_empty()) {
        form.refused.push(stray(place, text));
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}
