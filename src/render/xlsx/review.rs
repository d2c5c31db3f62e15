//! The review checklist as a workbook: a standard a row, a drop-down for the decision; a sheet for new standards; and the
//! hidden sheet `gamma-ok`, rows of three cells that say in words of the format what a reader needs:
//!
//! - `decision` · the word of the format · the word in the drop-down; the first rows, which the drop-down shows
//! - `form` · `review` · version of this shape
//! - `review` · the name of the review; `language` · the tag
//! - `field` · `participants` · the cell on the first sheet
//! - `column` · `decision`, `reason`, `owner`, `due`, `reference` · the letter on the first sheet
//! - `rows` · first · last
//! - `printed` · · a text that stands on the first sheet besides its columns; `printed` · `ID@STAMP` · one beside that item

use rust_xlsxwriter::{DataValidation, Formula, Workbook, Worksheet, XlsxError};

use super::form::PrintedTexts;
use super::{lines, look, running, set_up, started, text};
use crate::document::ReviewChecklist;
use crate::document::review::ReviewItem;
use crate::forms::ColumnLetters;
use crate::render::csv::shown;

/// Columns: their heads and widths. Together they are as wide as a landscape page is at nine tenths of the size, so that what is
/// printed can be read.
const COLUMNS: [(&str, f64); 10] = [
    ("checklist.number", 4.5),
    ("checklist.statement", 30.0),
    ("common.level", 11.0),
    ("sheet.measure", 13.0),
    ("review.evidence-label", 35.0),
    ("review.decision-label", 12.0),
    ("review.reason", 20.0),
    ("review.owner", 12.0),
    ("review.due", 11.0),
    ("sheet.reference", 12.0),
];
const DECISION: u16 = 5;
const REASON: u16 = 6;
const OWNER: u16 = 7;
const DUE: u16 = 8;
const REFERENCE: u16 = 9;

/// The row of the columns' heads, and the first of the standards.
const HEADS: u32 = 5;
const FIRST: u32 = HEADS + 1;
/// The row in which participants are written.
const PARTICIPANTS: u32 = 2;
/// Rows for new standards.
const NEW: u32 = 20;

/// The workbook of a review checklist.
pub(super) fn workbook(view: &ReviewChecklist) -> Result<Workbook, XlsxError> {
    let mut book = started(&view.head);
    let mut printed = PrintedTexts::default();
    let last = standards(book.add_worksheet(), view, &mut printed)?;
    new(book.add_worksheet(), view)?;
    for name in ["document.review-checklist", "review.new-title"] {
        printed.running(running(&view.head, view.head.text(name)));
    }
    hidden(book.add_worksheet(), view, last, &printed)?;
    Ok(book)
}

fn standards(sheet: &mut Worksheet, view: &ReviewChecklist, printed: &mut PrintedTexts) -> Result<u32, XlsxError> {
    let head = &view.head;
    set_up(sheet, head, "document.review-checklist", true)?;
    let title = text(&shown(&head.book));
    sheet.write_string_with_format(0, 0, &title, &look::title(head))?;
    let subtitle = text(&format!("{} · {}", head.title, view.count));
    sheet.write_string_with_format(1, 0, &subtitle, &look::subtitle())?;
    printed.text(title);
    printed.text(subtitle);
    sheet.write_string_with_format(PARTICIPANTS, 1, head.text("review.participants"), &look::label())?;
    sheet.merge_range(
        PARTICIPANTS,
        2,
        PARTICIPANTS,
        DECISION,
        &text(&view.reviewers.join(", ")),
        &look::typed(look::field()),
    )?;
    sheet.write_string_with_format(PARTICIPANTS + 1, 1, head.text("review.sheet.how"), &look::subtitle())?;
    for (column, (key, width)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(HEADS, column, head.text(key), &look::heads(head))?;
    }
    sheet.set_row_height(HEADS, 32)?;
    let mut row = FIRST;
    for phase in view.phases.iter() {
        for column in 1..=REFERENCE {
            sheet.write_blank(row, column, &look::phase())?;
        }
        let title = text(&shown(&phase.title));
        sheet.write_string_with_format(row, 0, &title, &look::phase())?;
        sheet.set_row_height(row, 18)?;
        printed.text(title);
        row += 1;
        for standard in &phase.items {
            item(sheet, view, row, standard, printed)?;
            row += 1;
        }
    }
    let last = row.max(FIRST + 1) - 1;
    let words = format!("='gamma-ok'!$C$1:$C${}", view.decisions.len());
    let list = DataValidation::new().allow_list_formula(Formula::new(words));
    sheet.add_data_validation(FIRST, DECISION, last, DECISION, &list)?;
    sheet.set_freeze_panes(FIRST, 2)?;
    sheet.set_repeat_rows(HEADS, HEADS)?;
    sheet.set_print_area(0, 0, last, REFERENCE)?;
    Ok(last)
}

fn item(
    sheet: &mut Worksheet,
    view: &ReviewChecklist,
    row: u32,
    standard: &ReviewItem,
    printed: &mut PrintedTexts,
) -> Result<(), XlsxError> {
    let head = &view.head;
    let (wrapped, centred, small) = (look::wrapped(), look::centred(), look::small());
    let typed = look::typed(look::wrapped());
    let mut known: Vec<String> = vec![standard.last.clone()];
    known.extend(standard.age.clone());
    if !standard.reasons.is_empty() {
        known.push(format!("{}: {}.", head.text("review.why"), standard.reasons.join("; ")));
    }
    let change = |change: &crate::document::review::Difference| {
        format!("{}: {} → {}", change.label, shown(&change.before), shown(&change.after))
    };
    known.extend(standard.changes.iter().map(change));
    known.extend(standard.evidence.iter().cloned());
    known.extend(standard.proposal.clone());
    known.push(standard.question.clone());
    let level = if standard.critical { format!("{} ▲", standard.level_label) } else { standard.level_label.clone() };
    let known = known.join("\n");
    let statement = shown(&standard.text);
    sheet.write_number_with_format(row, 0, standard.number as f64, &centred)?;
    let cells = [
        (1, statement, &wrapped),
        (2, level, &wrapped),
        (3, standard.measure.clone().unwrap_or_default(), &wrapped),
        (4, known, &wrapped),
        (DECISION, standard.decision_label.clone().unwrap_or_default(), &wrapped),
        (REASON, standard.reason.as_ref().map(shown).unwrap_or_default(), &typed),
        (OWNER, standard.owner.clone().unwrap_or_default(), &typed),
        (REFERENCE, standard.reference.clone(), &small),
    ];
    let own = cells.iter().filter(|(column, ..)| *column < DECISION).map(|(_, value, _)| value.as_str());
    printed.item(&standard.reference, standard.number, own);
    for (column, value, format) in &cells {
        if value.is_empty() {
            sheet.write_blank(row, *column, format)?;
        } else {
            sheet.write_string_with_format(row, *column, text(value), format)?;
        }
    }
    let dated = centred.clone().set_num_format("yyyy\\-mm\\-dd");
    match standard.due_day.as_deref().and_then(super::day) {
        Some(day) => sheet.write_datetime_with_format(row, DUE, &day, &dated)?,
        None => sheet.write_blank(row, DUE, &dated)?,
    };
    // Some programs do not fit the height of a row to its text when they open a file.
    let most = cells.iter().map(|(column, text, _)| lines(text, COLUMNS[usize::from(*column)].1)).max().unwrap_or(1);
    sheet.set_row_height(row, 13.0 * most.min(30) as f64 + 4.0)?;
    Ok(())
}

fn new(sheet: &mut Worksheet, view: &ReviewChecklist) -> Result<(), XlsxError> {
    let head = &view.head;
    set_up(sheet, head, "review.new-title", true)?;
    sheet.set_column_width(0, 90)?;
    sheet.write_string_with_format(0, 0, head.text("review.new-intro"), &look::heads(head))?;
    sheet.set_row_height(0, 24)?;
    let wrapped = look::typed(look::wrapped());
    for row in 1..=NEW {
        match view.added.get(row as usize - 1) {
            Some(added) => sheet.write_string_with_format(row, 0, text(added), &wrapped)?,
            None => sheet.write_blank(row, 0, &wrapped)?,
        };
        sheet.set_row_height(row, 24)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    Ok(())
}

fn hidden(sheet: &mut Worksheet, view: &ReviewChecklist, last: u32, printed: &PrintedTexts) -> Result<(), XlsxError> {
    sheet.set_name("gamma-ok")?;
    sheet.set_hidden(true);
    let mut rows: Vec<[String; 3]> = Vec::new();
    let mut row = |kind: &str, name: &str, value: &str| rows.push([kind.to_owned(), name.to_owned(), text(value)]);
    for decision in &view.decisions {
        row("decision", decision.word, &decision.label);
    }
    row("form", "review", "1");
    row("review", "", &view.name);
    row("language", "", &view.head.lang);
    row("field", "participants", &format!("C{}", PARTICIPANTS + 1));
    let columns =
        [("decision", DECISION), ("reason", REASON), ("owner", OWNER), ("due", DUE), ("reference", REFERENCE)];
    for (name, column) in columns {
        row("column", name, &ColumnLetters(column.into()).to_string());
    }
    row("rows", &(FIRST + 1).to_string(), &(last + 1).to_string());
    for [kind, name, written] in printed.rows() {
        row(kind, name, written);
    }
    super::form::write_rows(sheet, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_together_are_as_wide_as_a_page_that_can_be_read() {
        let width: f64 = COLUMNS.iter().map(|(_, width)| width).sum();
        // A landscape page of A4 holds 146 characters at full size; small type begins at four fifths of it.
        assert!(width * 0.85 < 146.0, "{width}");
    }
}
