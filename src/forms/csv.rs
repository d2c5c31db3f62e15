//! A filled-in form as CSV: comma, semicolon or tab, heads in any language of the interface.

use super::questions::{Kind, Words};
use super::table::rows;
use super::{Entry, Form, Item, Place, Refused, is, observations};
use crate::say;

pub(super) fn read(text: &str, words: &Words) -> Result<Form, Refused> {
    let strange = || {
        Refused::new(Place::Line(1), say!("these are not the columns of a checklist"))
            .help(say!("keep the heads of the columns as `gamma-ok checklist --format csv` wrote them"))
    };
    let rows = rows(text);
    let (head, rows) = rows.split_first().ok_or_else(strange)?;
    let column = |key: &'static str| head.cells.iter().position(|cell| is(cell, key));
    let reference = column("sheet.reference").ok_or_else(strange)?;
    let number = column("checklist.number");
    let fields: Vec<_> = head.cells.iter().map(|cell| words.item.find(cell)).collect();
    if !fields.iter().flatten().any(|field| matches!(field.kind, Kind::Choice | Kind::Values)) {
        return Err(strange());
    }
    let mut form = Form::default();
    for row in rows {
        let place = Place::Line(row.line);
        let cell = |at: usize| row.cells.get(at).map_or("", |cell| plain(cell));
        let mut entries = Vec::new();
        for (at, field) in fields.iter().enumerate() {
            let Some(field) = field else { continue };
            let value = cell(at);
            match field.kind {
                _ if value.is_empty() => {}
                Kind::Values => {
                    entries.extend(observations(&Entry::new(place.clone(), field.name, value), words));
                }
                Kind::Choice => match words.choice(value) {
                    Some(choice) => entries.push(Entry::new(place.clone(), field.name, choice)),
                    None => form.refused.push(words.no_choice(value, place.clone())),
                },
                // The form itself marks critical items in that column.
                _ if is(value, "common.critical") => {}
                _ => entries.push(Entry::new(place.clone(), field.name, value)),
            }
        }
        let reference = cell(reference).to_owned();
        if !reference.is_empty() {
            let number = number.map(cell).filter(|number| !number.is_empty()).map(str::to_owned);
            form.items.push(Item { place, reference, number, entries });
        } else if !entries.is_empty() {
            let wrong = say!("this line has lost its `ID@STAMP`, so nobody can tell what was answered");
            form.refused.push(Refused::new(place, wrong));
        }
    }
    if form.items.is_empty() && form.refused.is_empty() { Err(strange()) } else { Ok(form) }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}
