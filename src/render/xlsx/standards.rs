//! The standards as a sheet to edit: a row each, every language a column, `ID@STAMP` first; those that traits yield in grey. The
//! hidden sheet keeps each value as it is now, so that the way back can tell what was changed; `crate::import::sheet` says how.

use rust_xlsxwriter::{Color, Format, FormatAlign, FormatBorder, Workbook, Worksheet, XlsxError};

use super::{look, text, titled};
use crate::book::Book;
use crate::import::sheet::{FORM, HIDDEN, SheetColumn, SheetRow, VERSION, columns};
use crate::language::Interface;
use crate::render::RenderError;

/// So many characters does a cell hold.
const MAX_CELL: usize = 32_767;

/// The workbook. The same standards give the same bytes.
///
/// # Errors
/// When a text is longer than a cell holds.
pub(crate) fn standards(book: &Book, rows: &[SheetRow<'_>], words: &Interface) -> Result<Vec<u8>, RenderError> {
    let wrong = |error: XlsxError| RenderError::Failed(error.to_string());
    workbook(book, rows, words).and_then(|mut workbook| workbook.save_to_buffer()).map_err(wrong)
}

fn workbook(book: &Book, rows: &[SheetRow<'_>], words: &Interface) -> Result<Workbook, XlsxError> {
    let mut workbook = titled(words.text("standards-sheet.title"), None);
    let columns = columns(book);
    shown(workbook.add_worksheet(), &columns, rows, words)?;
    kept(workbook.add_worksheet(), &columns, rows, words)?;
    Ok(workbook)
}

fn cell() -> Format {
    // As text: a spreadsheet makes a day of `1/2`.
    look::typed(look::wrapped())
}

/// Standards that traits yield, and what cannot be changed here.
fn grey() -> Format {
    cell().set_font_color(Color::RGB(0x6a_6d_73)).set_background_color(Color::RGB(0xf0_ee_ea))
}

fn heads() -> Format {
    Format::new()
        .set_bold()
        .set_text_wrap()
        .set_font_size(10)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
        .set_background_color(Color::RGB(0xe4_e2_dc))
}

fn shown(
    sheet: &mut Worksheet,
    columns: &[SheetColumn],
    rows: &[SheetRow<'_>],
    words: &Interface,
) -> Result<(), XlsxError> {
    sheet.set_name(super::sheet_name(words.text("standards-sheet.title")))?;
    sheet.set_landscape().set_print_fit_to_pages(1, 0);
    sheet.set_repeat_rows(0, 0)?;
    for (index, column) in (0u16..).zip(columns) {
        sheet.set_column_width(index, column.width())?;
        // Rows that are added are text too.
        sheet.set_column_format(index, &look::typed(Format::new().set_text_wrap().set_align(FormatAlign::Top)))?;
        sheet.write_string_with_format(0, index, text(&column.heading(words)), &heads())?;
    }
    for (number, row) in (1u32..).zip(rows) {
        for (index, column) in (0u16..).zip(columns) {
            let value = row.values.get(column).map_or("", String::as_str);
            let format = match (row.is_derived(), column.is_fixed()) {
                _ if column.key == "reference" => grey().set_font_size(8),
                (true, _) | (_, true) => grey(),
                _ => cell(),
            };
            sheet.write_string_with_format(number, index, held(value), &format)?;
        }
    }
    let last = u32::try_from(rows.len()).unwrap_or(0);
    let end = u16::try_from(columns.len().saturating_sub(1)).unwrap_or(0);
    sheet.autofilter(0, 0, last, end)?;
    sheet.set_freeze_panes(1, 1)?;
    Ok(())
}

/// A value as a cell holds it.
fn held(value: &str) -> String {
    text(value).chars().take(MAX_CELL).collect()
}

fn kept(
    sheet: &mut Worksheet,
    columns: &[SheetColumn],
    rows: &[SheetRow<'_>],
    words: &Interface,
) -> Result<(), XlsxError> {
    sheet.set_name(HIDDEN)?;
    sheet.set_very_hidden(true);
    let mut next = 0;
    let mut write = |cells: [&str; 4]| -> Result<(), XlsxError> {
        for (column, cell) in (0u16..).zip(cells) {
            if !cell.is_empty() {
                sheet.write_string(next, column, cell)?;
            }
        }
        next += 1;
        Ok(())
    };
    write(["form", FORM, VERSION, ""])?;
    write(["language", words.tag(), "", ""])?;
    for column in columns {
        write(["column", &column.name(), &text(&column.heading(words)), ""])?;
    }
    for row in rows {
        let id = &row.standard.id.name;
        write(["row", id, "", ""])?;
        for column in columns.iter().filter(|column| column.key != "reference") {
            let value = row.values.get(column).map_or("", String::as_str);
            if !value.is_empty() {
                write(["value", id, &column.name(), &held(value)])?;
            }
        }
    }
    Ok(())
}
