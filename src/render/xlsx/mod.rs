//! XLSX: the checklist as a workbook that counts its own score.
//!
//! Four sheets: the checklist, corrective actions, about, and a hidden one, `gamma-ok`, that says in words of the format
//! what a reader of the filled workbook needs: which cells hold the fields of the head, which words stand for which
//! answers, and in which columns answers, observed values, notes and `ID@STAMP` stand. Every text is written as a
//! string, so that none can be a formula; the same view gives the same bytes.

mod about;
mod actions;
mod checklist;
mod form;
mod judging;
mod look;
mod report;
mod review;
mod standards;

use std::io::Write;

pub(crate) use standards::standards;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use super::{Paper, RenderError, Renderer};
use crate::document::{Checklist, Document, DocumentKind, Head};

/// Lays a document out, where it is of the right type.
type Layout = fn(&dyn Document) -> Option<Result<Workbook, XlsxError>>;

/// The documents that there are workbooks of.
const LAYOUTS: [(DocumentKind, Layout); 4] = [
    (DocumentKind::Checklist, |document| document.view().map(workbook)),
    (DocumentKind::AuditReport, |document| document.view().map(report::workbook)),
    (DocumentKind::Actions, |document| document.view().map(report::actions)),
    (DocumentKind::ReviewChecklist, |document| document.view().map(review::workbook)),
];

/// Whether a kind of document can be had as a workbook.
pub(super) fn does(kind: DocumentKind) -> bool {
    LAYOUTS.iter().any(|(known, _)| *known == kind)
}

/// Renders a document as a workbook.
pub(super) fn render(renderer: &Renderer, document: &dyn Document, out: &mut dyn Write) -> Result<(), RenderError> {
    let not_offered = || RenderError::NotOffered { document: document.kind(), format: "xlsx".to_owned() };
    let mut workbook = LAYOUTS.iter().find_map(|(_, layout)| layout(document)).ok_or_else(not_offered)?;
    // As Office numbers sizes of paper.
    let size = match renderer.paper {
        Paper::A4 => 9,
        Paper::Letter => 1,
    };
    if let Ok(book) = &mut workbook {
        book.worksheets_mut().iter_mut().for_each(|sheet| _ = sheet.set_paper_size(size));
    }
    let wrong = |error: XlsxError| RenderError::Failed(error.to_string());
    let bytes = workbook.and_then(|mut book| book.save_to_buffer()).map_err(wrong)?;
    Ok(out.write_all(&bytes)?)
}

fn workbook(checklist: &Checklist) -> Result<Workbook, XlsxError> {
    let head = &checklist.head;
    let mut book = started(head);
    let mut places = checklist::write(book.add_worksheet(), checklist)?;
    actions::write(book.add_worksheet(), head)?;
    about::write(book.add_worksheet(), checklist, &mut places.printed)?;
    for name in ["sheet.checklist", "sheet.actions", "sheet.about"] {
        places.printed.running(running(head, head.text(name)));
    }
    let hidden = book.add_worksheet();
    form::write(hidden, head, checklist.form.edition.as_ref(), &places)?;
    judging::Judging::of(&checklist.form).write_words(hidden)?;
    Ok(book)
}

/// A workbook without sheets.
fn started(head: &Head) -> Workbook {
    titled(&text(&head.page_title), head.day.as_deref())
}

/// The same of that title, and that day.
fn titled(title: &str, of: Option<&str>) -> Workbook {
    let mut book = Workbook::new();
    let mut properties = DocProperties::new().set_title(title).set_company("");
    // The day of the edition or of the report, not of the clock: the same view, the same bytes. Office knows no workbook
    // without a day, so one that has none gets the first that its archive could name.
    if let Some(day) = day(of.unwrap_or("1980-01-01")) {
        properties = properties.set_creation_datetime(&day);
    }
    book.set_properties(&properties);
    book
}

/// `YYYY-MM-DD`, at midnight.
fn day(day: &str) -> Option<ExcelDateTime> {
    let mut parts = day.splitn(3, '-');
    let (year, month, day) = (parts.next()?, parts.next()?, parts.next()?);
    ExcelDateTime::from_ymd(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?).ok()
}

/// The characters that a sheet can hold.
fn text(text: &str) -> String {
    text.chars().filter(|c| super::svg::is_allowed(*c)).collect()
}

/// What is the same on every sheet: margins, running heads, how it prints.
fn set_up(sheet: &mut Worksheet, head: &Head, name: &str, landscape: bool) -> Result<(), XlsxError> {
    set_up_named(sheet, head, head.text(name), landscape)
}

/// The same for a sheet of that name.
fn set_up_named(sheet: &mut Worksheet, head: &Head, name: &str, landscape: bool) -> Result<(), XlsxError> {
    sheet.set_name(sheet_name(name))?;
    sheet.set_print_fit_to_pages(1, 0).set_margins(0.4, 0.4, 0.6, 0.6, 0.3, 0.3);
    if landscape {
        sheet.set_landscape();
    }
    // `&` begins the codes of a running head.
    let [names, title, mark] = running(head, name).map(|part| part.replace('&', "&&"));
    // A space, since a figure right after the size would be taken for a part of it.
    sheet.set_header(format!("&L&9 {names}&C&9 {title}&R&9 {mark}"));
    sheet.set_footer("&R&9&P / &N");
    Ok(())
}

/// What the running head of a sheet of that name says, from left to right. It holds 255 characters at the most.
fn running(head: &Head, name: &str) -> [String; 3] {
    let mut names = vec![head.book.characters()];
    names.extend(head.site.iter().map(|site| site.characters()));
    let first = |written: &str, most: usize| text(written).chars().take(most).collect::<String>();
    [first(&names.join(" · "), 100), first(name, 60), text(&head.mark)]
}

/// How many lines a text takes in a column of that width. A word is not broken unless it alone is wider.
fn lines(text: &str, width: f64) -> usize {
    let most = width.max(1.0) as usize;
    let of_line = |line: &str| {
        let (mut lines, mut used) = (1, 0);
        for word in line.split(' ').map(|word| word.chars().count()) {
            match used {
                0 => used = word,
                _ if used + 1 + word <= most => used += 1 + word,
                _ => (lines, used) = (lines + 1, word),
            }
            lines += used.saturating_sub(1) / most;
            used -= used.saturating_sub(1) / most * most;
        }
        lines
    };
    text.lines().map(of_line).sum()
}

/// A name that a sheet may have: at most 31 characters, none of `[]:*?/\`.
fn sheet_name(name: &str) -> String {
    name.chars().filter(|c| !"[]:*?/\\'".contains(*c)).take(31).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_as_high_as_its_text_is_long() {
        assert_eq!(lines("", 10.0), 0);
        assert_eq!(lines("one two", 10.0), 1);
        assert_eq!(lines("one two three", 10.0), 2);
        assert_eq!(lines("one\ntwo", 10.0), 2);
        assert_eq!(lines("abcdefghijklmnopqrstuvwxyz a", 10.0), 3, "a word that is too wide is broken");
    }
}
