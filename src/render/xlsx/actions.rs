//! The sheet *Actions*: what is done about what was not met.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::{look, set_up};
use crate::document::Head;

/// Columns: their heads, widths, and the format of what is written there: a number, words as they are typed, a date.
const COLUMNS: [(&str, f64, &str); 7] = [
    ("checklist.action-item", 10.0, "General"),
    ("checklist.action-what", 50.0, "@"),
    ("sheet.cause", 34.0, "@"),
    ("checklist.action-owner", 22.0, "@"),
    ("checklist.action-due", 14.0, DATE),
    ("checklist.action-done", 14.0, DATE),
    ("sheet.checked", 14.0, DATE),
];
/// How a day is written.
pub(super) const DATE: &str = "yyyy\\-mm\\-dd";

/// Rows to write in.
const ROWS: u32 = 30;

pub(super) fn write(sheet: &mut Worksheet, head: &Head) -> Result<(), XlsxError> {
    set_up(sheet, head, "sheet.actions", true)?;
    let mut last = 0;
    for (column, (key, width, format)) in (0u16..).zip(COLUMNS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, head.text(key), &look::heads(head))?;
        let format = look::wrapped().set_num_format(format);
        for row in 1..=ROWS {
            sheet.write_blank(row, column, &format)?;
        }
        last = column;
    }
    for row in 1..=ROWS {
        sheet.set_row_height(row, 24)?;
    }
    sheet.set_freeze_panes(1, 0)?;
    sheet.set_repeat_rows(0, 0)?;
    sheet.set_print_area(0, 0, ROWS, last)?;
    Ok(())
}
