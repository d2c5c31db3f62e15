//! The audit report as a workbook: a sheet a section, figures as figures, so that a reader can sort and count.

use rust_xlsxwriter::{Workbook, Worksheet, XlsxError};

use super::actions::DATE;
use super::{day, look, set_up_named, started, text};
use crate::document::audit_report::{ReportCell, ReportColumn, ReportRow, ReportTable, Section};
use crate::document::{ActionsView, AuditReport, Head, Prose};
use crate::render::csv::shown;

pub(super) fn workbook(report: &AuditReport) -> Result<Workbook, XlsxError> {
    let mut book = started(&report.head);
    first_page(book.add_worksheet(), report)?;
    for section in report.sections.iter().filter(|section| !section.front) {
        if section.tables.iter().any(|table| !table.rows.is_empty()) {
            write(book.add_worksheet(), &report.head, section)?;
        }
    }
    Ok(book)
}

/// The actions, a sheet a state.
pub(super) fn actions(view: &ActionsView) -> Result<Workbook, XlsxError> {
    let mut book = started(&view.head);
    for section in view.sections.iter() {
        write(book.add_worksheet(), &view.head, section)?;
    }
    if view.sections.is_empty() {
        let sheet = book.add_worksheet();
        set_up_named(sheet, &view.head, &view.head.title, true)?;
        sheet.write_string(0, 0, text(view.head.text("actions.none")))?;
    }
    Ok(book)
}

/// How wide the columns of the first sheet are.
const FIRST: [f64; 7] = [42.0, 32.0, 20.0, 20.0, 14.0, 13.0, 19.0];

/// So wide are the columns together that a landscape page shows at nine tenths of the size; beyond, print grows hard to read.
const PAGE: f64 = 160.0;

/// No narrower is a column of texts made for that.
const NARROW: f64 = 14.0;

/// The first sheet: the verdict and how much was looked at, then what the first page of a report says.
fn first_page(sheet: &mut Worksheet, report: &AuditReport) -> Result<(), XlsxError> {
    let head = &report.head;
    set_up_named(sheet, head, head.text("report.verdict-title"), true)?;
    for (column, width) in (0u16..).zip(FIRST) {
        sheet.set_column_width(column, width)?;
    }
    sheet.write_string_with_format(0, 0, text(&head.title), &look::subtitle())?;
    sheet.write_string_with_format(1, 0, text(&shown(&head.book)), &look::title(head))?;
    let mut row = 3;
    for (label, value) in lines(report) {
        sheet.write_string_with_format(row, 0, text(&label), &look::label())?;
        across(sheet, row, &value)?;
        row += 1;
    }
    for section in report.sections.iter().filter(|section| section.front) {
        row += 1;
        band(sheet, row, &section.title, FIRST.len())?;
        row += 1;
        for note in &section.notes {
            across(sheet, row, &shown(note))?;
            row += 1;
        }
        for table in section.tables.iter().filter(|table| !table.rows.is_empty()) {
            row = write_table(sheet, head, table, row, &FIRST)?;
            if let Some(more) = &table.more {
                across(sheet, row, more)?;
                row += 1;
            }
        }
    }
    Ok(())
}

/// The verdict line by line, each with its label.
fn lines(report: &AuditReport) -> Vec<(String, String)> {
    let head = &report.head;
    let label = |key: &str| head.text(key).to_owned();
    let of_limit = |limit: &crate::document::Limit| {
        let values: Vec<String> = limit.values.iter().map(shown).collect();
        (limit.label.clone(), values.join(", "))
    };
    let mut lines: Vec<(String, String)> = head.limits.iter().map(of_limit).collect();
    lines.extend(head.control.iter().map(|fact| (fact.label.clone(), shown(&fact.value))));
    let verdict = &report.verdict;
    let counts = if verdict.counts.is_empty() { String::new() } else { format!(" ({})", verdict.counts) };
    lines.push((label("report.column.score"), format!("{}{counts}", verdict.score)));
    let level = verdict.level.as_deref().unwrap_or(head.text("report.level-none"));
    lines.push((label("report.level"), level.to_owned()));
    lines.extend(verdict.sentences.iter().map(|sentence| (String::new(), sentence.clone())));
    lines.extend(report.facts.iter().map(|fact| (fact.label.clone(), fact.value.clone())));
    let sample = report.sections.iter().filter(|section| section.anchor == "sample");
    lines.extend(sample.flat_map(|section| &section.notes).map(|note| (String::new(), shown(note))));
    lines
}

/// A text over all columns but the first, in a row that is high enough for it: no program makes room in merged cells.
fn across(sheet: &mut Worksheet, row: u32, value: &str) -> Result<(), XlsxError> {
    let room: f64 = FIRST[1..].iter().sum();
    let lines = (value.chars().count() as f64 / (room * 0.95)).ceil().max(1.0);
    sheet.merge_range(row, 1, row, FIRST.len() as u16 - 1, &text(value), &look::wrapped())?;
    sheet.set_row_height(row, 4.0 + 13.0 * lines)?;
    Ok(())
}

/// What heads a table, over all its columns.
fn band(sheet: &mut Worksheet, row: u32, title: &str, columns: usize) -> Result<(), XlsxError> {
    for column in 1..columns.max(1) as u16 {
        sheet.write_blank(row, column, &look::phase())?;
    }
    sheet.write_string_with_format(row, 0, text(title), &look::phase())?;
    Ok(())
}

/// The most rows that a sheet holds.
const MOST: u32 = 1_048_576;

fn write(sheet: &mut Worksheet, head: &Head, section: &Section) -> Result<(), XlsxError> {
    set_up_named(sheet, head, &section.title, true)?;
    let mut next_row = 0;
    let mut tables = section.tables.iter().filter(|table| !table.rows.is_empty()).peekable();
    let is_one = section.tables.len() == 1;
    let filled = || section.tables.iter().filter(|table| !table.rows.is_empty());
    let words = filled().map(words_end).max().unwrap_or_default();
    let room = fitted(filled().map(widths).reduce(wider).unwrap_or_default(), words);
    for (column, width) in (0u16..).zip(&room) {
        sheet.set_column_width(column, *width)?;
    }
    while let Some(table) = tables.next() {
        if let Some(title) = &table.title {
            band(sheet, next_row, &shown(title), columns(table).len())?;
            next_row += 1;
        }
        let first = next_row;
        next_row = write_table(sheet, head, table, next_row, &room)?;
        if is_one {
            sheet.set_freeze_panes(1, 1)?;
            sheet.set_repeat_rows(0, 0)?;
            let last = columns(table).len().saturating_sub(1) as u16;
            sheet.autofilter(first, 0, next_row.saturating_sub(1), last)?;
        }
        next_row += u32::from(tables.peek().is_some());
    }
    let last = printed(&room, words);
    if last < room.len() {
        sheet.set_print_area(0, 0, next_row.saturating_sub(1), last.saturating_sub(1) as u16)?;
    }
    Ok(())
}

/// How many columns there are up to the last that holds more than figures.
fn words_end(table: &ReportTable) -> usize {
    let columns = columns(table);
    columns.iter().rposition(|(_, value)| !matches!(value, Value::Figure(..))).map_or(0, |last| last + 1)
}

/// How many of the columns are printed: all that hold words, and of the figures behind them, which those words tell too, as many
/// as the page shows at a size that can be read.
fn printed(widths: &[f64], words: usize) -> usize {
    let mut end = 0.0;
    let fits = widths.iter().take_while(|width| {
        end += **width;
        end <= PAGE
    });
    fits.count().max(words).min(widths.len())
}

/// Widths with which the columns that hold words fit a page, as far as texts can be wrapped for it; what figures stand behind them
/// makes none of them narrower.
fn fitted(mut widths: Vec<f64>, words: usize) -> Vec<f64> {
    let words = words.min(widths.len());
    let of_words = &mut widths[..words];
    let over = of_words.iter().sum::<f64>() - PAGE;
    let slack: f64 = of_words.iter().map(|width| (width - NARROW).max(0.0)).sum();
    if over > 0.0 && slack > 0.0 {
        let share = (over / slack).min(1.0);
        of_words.iter_mut().for_each(|width| *width -= (*width - NARROW).max(0.0) * share);
    }
    widths
}

/// A table with its heads from that row on, in columns that are so wide; the row after it.
fn write_table(
    sheet: &mut Worksheet,
    head: &Head,
    table: &ReportTable,
    first: u32,
    widths: &[f64],
) -> Result<u32, XlsxError> {
    let columns = columns(table);
    for (column, (title, _)) in (0u16..).zip(&columns) {
        sheet.write_string_with_format(first, column, text(title), &look::heads(head))?;
    }
    let title_lines = columns.iter().zip(widths).map(|((title, _), width)| super::lines(title, *width * 0.85)).max();
    if let Some(lines) = title_lines.filter(|lines| *lines > 1) {
        sheet.set_row_height(first, 4.0 + 13.0 * lines.min(4) as f64)?;
    }
    let mut next = first + 1;
    for row in table.rows.iter().take((MOST - next.min(MOST)) as usize) {
        for (column, (_, value)) in (0u16..).zip(&columns) {
            put(sheet, next, column, value, row)?;
        }
        let lines = columns.iter().zip(widths).map(|((_, value), width)| lines_of(value, row, *width)).max();
        if let Some(lines) = lines.filter(|lines| *lines > 1) {
            sheet.set_row_height(next, 4.0 + 13.0 * f64::from(lines))?;
        }
        next += 1;
    }
    Ok(next)
}

/// What stands in a column of the sheet.
enum Value {
    /// The text of that cell.
    Text(usize),
    /// The id.
    Code(usize),
    /// The figure, in a format of the whole column: as many decimals in each row.
    Figure(usize, &'static str),
    /// The day, as a date that can be sorted and counted with.
    Day(usize),
}

/// The columns of the sheet: a cell with an id below its text takes two, one with a figure beside its words too.
fn columns(table: &ReportTable) -> Vec<(String, Value)> {
    let mut columns = Vec::new();
    for (index, ReportColumn { title, kind, place, .. }) in table.columns.iter().enumerate() {
        if *place == "page" {
            continue;
        }
        let any = |has: fn(&ReportCell) -> bool| table.rows.iter().any(|row| row.cells.get(index).is_some_and(has));
        if any(|cell| cell.day.is_some()) {
            columns.push((title.clone(), Value::Day(index)));
        } else if *kind != "number" {
            columns.push((title.clone(), Value::Text(index)));
        }
        if any(|cell| cell.code.is_some()) {
            let has_stamp = |cell: &ReportCell| cell.code.as_ref().is_some_and(|code| code.characters().contains('@'));
            let head = if any(has_stamp) { "ID@STAMP" } else { "ID" };
            columns.push((head.to_owned(), Value::Code(index)));
        }
        match *kind {
            "number" => columns.push((title.clone(), Value::Figure(index, format_of(table, index)))),
            "score" => columns.push(("%".to_owned(), Value::Figure(index, format_of(table, index)))),
            _ => {}
        }
    }
    columns
}

/// How the figures of a column are written.
fn format_of(table: &ReportTable, index: usize) -> &'static str {
    let cells = || table.rows.iter().filter_map(|row| row.cells.get(index));
    if cells().any(|cell| cell.share) {
        return "0 %";
    }
    let has_part = |cell: &ReportCell| cell.number.is_some_and(|number| number.fract() != 0.0);
    if cells().any(has_part) { "0.00" } else { "0" }
}

fn put(sheet: &mut Worksheet, row: u32, column: u16, value: &Value, row_of: &ReportRow) -> Result<(), XlsxError> {
    let cell = |index: &usize| row_of.cells.get(*index);
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
        Value::Day(index) => {
            let date = cell(index).and_then(|cell| day(cell.day.as_deref()?));
            let format = look::centred().set_num_format(DATE);
            match date {
                Some(date) => sheet.write_datetime_with_format(row, column, &date, &format)?,
                None => sheet.write_blank(row, column, &format)?,
            };
        }
        Value::Figure(index, format) => {
            let Some(number) = cell(index).and_then(|cell| cell.number) else { return Ok(()) };
            sheet.write_number_with_format(row, column, number, &look::centred().set_num_format(*format))?;
        }
    }
    Ok(())
}

/// How many lines a text takes in a column that is so wide: not every program makes room for them by itself.
fn lines_of(value: &Value, row: &ReportRow, width: f64) -> u32 {
    // Ids stand in small type, of which more fits.
    let width = if matches!(value, Value::Code(_)) { width * 1.25 } else { width };
    let text = match value {
        Value::Text(index) => row.cells.get(*index).map(|cell| shown(&cell.text)),
        Value::Code(index) => row.cells.get(*index).and_then(|cell| cell.code.as_ref()).map(shown),
        Value::Figure(..) | Value::Day(_) => None,
    };
    text.map_or(1, |text| super::lines(&text, width).clamp(1, 30)) as u32
}

/// How wide the columns of a table are: no wider than what stands in them, since what is printed is made to fit the paper.
fn widths(table: &ReportTable) -> Vec<f64> {
    let longest = |index: usize, of: fn(&ReportCell) -> Option<&Prose>| {
        let cells = table.rows.iter().filter_map(|row| of(row.cells.get(index)?));
        cells.map(|prose| shown(prose).chars().count()).max().unwrap_or_default() as f64
    };
    let width = |(title, value): (String, Value)| {
        let head = title.chars().count() as f64 + 2.0;
        let fit = |content: f64, most: f64| (content * 1.1 + 2.0).clamp(head.clamp(9.0, most), most);
        match value {
            Value::Text(0) => fit(longest(0, |cell| Some(&cell.text)), 44.0),
            // A share with its counts is read in a line or two.
            Value::Text(index) => {
                let is_score = table.columns.get(index).is_some_and(|column| column.kind == "score");
                fit(longest(index, |cell| Some(&cell.text)), if is_score { 44.0 } else { 26.0 })
            }
            Value::Code(index) => fit(longest(index, |cell| cell.code.as_ref()), 22.0),
            Value::Figure(..) => 11.0,
            Value::Day(_) => 12.0,
        }
    };
    columns(table).into_iter().map(width).collect()
}

/// The wider of two tables' columns, each.
fn wider(mut a: Vec<f64>, b: Vec<f64>) -> Vec<f64> {
    a.resize(a.len().max(b.len()), 0.0);
    a.iter_mut().zip(b).for_each(|(a, b)| *a = a.max(b));
    a
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_fit_the_page_and_texts_are_wrapped_for_it() {
        assert_eq!(fitted(vec![40.0, 12.0], 2), [40.0, 12.0], "there is room");
        let many = fitted(vec![44.0, 22.0, 12.0, 26.0, 22.0, 26.0, 12.0, 12.0, 12.0, 26.0, 26.0], 11);
        assert!((many.iter().sum::<f64>() - PAGE).abs() < 1e-9, "{many:?}");
        assert!(many.iter().all(|width| *width >= 12.0), "{many:?}");
        let behind = fitted([vec![44.0, 44.0, 26.0], vec![11.0; 12]].concat(), 3);
        assert_eq!(behind[..3], [44.0, 44.0, 26.0], "figures behind the words make none narrower");
    }

    #[test]
    fn figures_that_words_tell_too_are_not_printed_where_they_would_make_all_too_small() {
        let wide = [vec![40.0, 26.0], vec![11.0; 12]].concat();
        assert_eq!(printed(&wide, 2), 10, "eight columns of figures fit behind the words");
        assert_eq!(printed(&wide, 13), 13, "words always are");
        assert_eq!(printed(&[40.0, 26.0, 11.0], 2), 3);
    }
}
