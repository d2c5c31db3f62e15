//! The sheet *About*: what the checklist is, what its signs mean, how it is filled in.

use rust_xlsxwriter::{Worksheet, XlsxError};

use super::form::PrintedTexts;
use super::{look, set_up, text};
use crate::document::{Checklist, Prose};
use crate::render::csv::shown;

pub(super) fn write(sheet: &mut Worksheet, checklist: &Checklist, printed: &mut PrintedTexts) -> Result<(), XlsxError> {
    let head = &checklist.head;
    set_up(sheet, head, "sheet.about", false)?;
    sheet.set_column_width(0, 24)?;
    sheet.set_column_width(1, 70)?;
    let label = |key: &str| head.text(key).to_owned();
    let list = |proses: &[Prose]| proses.iter().map(shown).collect::<Vec<_>>().join(", ");
    let mut rows = vec![(head.title.clone(), shown(&head.book))];
    rows.extend(head.site.as_ref().map(|site| (label("common.site"), shown(site))));
    if !head.roles.is_empty() {
        rows.push((label("common.role"), list(&head.roles)));
    }
    rows.extend(head.limits.iter().map(|limit| (limit.label.clone(), list(&limit.values))));
    rows.extend(head.control.iter().map(|fact| (fact.label.clone(), shown(&fact.value))));
    rows.push((label("checklist.legend"), checklist.count.clone()));
    rows.extend(checklist.levels.iter().map(|level| (level.numeral.to_owned(), level.label.clone())));
    if checklist.has_critical {
        rows.push(("▲".to_owned(), label("checklist.critical-legend")));
    }
    if checklist.has_moments {
        rows.push(("★".to_owned(), label("common.moment")));
    }
    rows.push((label("sheet.how-title"), label("sheet.how")));
    for (row, (name, value)) in (0u32..).zip(rows) {
        sheet.write_string_with_format(
            row,
            0,
            text(&name),
            &look::label().set_align(rust_xlsxwriter::FormatAlign::Top),
        )?;
        sheet.write_string_with_format(row, 1, text(&value), &look::wrapped())?;
        printed.text(name);
        printed.text(value);
    }
    Ok(())
}
