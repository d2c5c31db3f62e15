//! A filled-in form as CSV: comma, semicolon or tab, heads in any language of the interface.

use super::questions::{Field, Kind, Words};
use super::table::{Row, table};
use super::{Entry, Form, Item, Place, Refused, is, observations, short};
use crate::say;

/// What a column holds.
enum Column {
    Reference,
    Number,
    Field(&'static Field),
    /// What the form itself has printed.
    Printed,
    /// What somebody has added.
    Strange,
}

pub(super) fn read(text: &str, words: &Words) -> Result<Form, Refused> {
    let strange = || {
        Refused::new(Place::Line(1), say!("these are not the columns of a checklist"))
            .help(say!("keep the heads of the columns as `gamma-ok checklist --format csv` wrote them"))
    };
    let table = table(text);
    let (head, rows) = table.rows.split_first().ok_or_else(strange)?;
    let columns: Vec<Column> = head.cells.iter().map(|cell| column(cell, words)).collect();
    let is_asked =
        |column: &Column| matches!(column, Column::Field(field) if matches!(field.kind, Kind::Choice | Kind::Values));
    if !columns.iter().any(|column| matches!(column, Column::Reference)) || !columns.iter().any(is_asked) {
        return Err(strange());
    }
    let mut form = Form::default();
    for fault in table.faults {
        form.refused.push(Refused::new(Place::Line(fault.line), fault.message).help(fault.help));
    }
    for row in rows {
        take(row, &columns, words, &mut form);
        if form.is_beyond() {
            break;
        }
    }
    if form.items.is_empty() && form.refused.is_empty() { Err(strange()) } else { Ok(form) }
}

fn column(head: &str, words: &Words) -> Column {
    match words.item.find(head) {
        Some(field) => Column::Field(field),
        None if is(head, "sheet.reference") => Column::Reference,
        None if is(head, "checklist.number") => Column::Number,
        None if words.is_printed(head) => Column::Printed,
        None => Column::Strange,
    }
}

fn take(row: &Row, columns: &[Column], words: &Words, form: &mut Form) {
    let place = Place::Line(row.line);
    if row.cells.len() > columns.len() {
        let (cells, columns) = (row.cells.len(), columns.len());
        let wrong = say!("this row has {cells} cells and the first row {columns}", cells, columns);
        let help = say!("put a text that holds the separator in quotation marks");
        return form.refused.push(Refused::new(place, wrong).help(help));
    }
    let mut item = Item { place: place.clone(), ..Item::default() };
    let cells = columns.iter().zip(row.cells.iter().map(|cell| plain(cell))).filter(|(_, cell)| !cell.is_empty());
    for (column, cell) in cells {
        match column {
            Column::Reference => cell.clone_into(&mut item.reference),
            Column::Number => item.number = Some(cell.to_owned()),
            Column::Printed => {}
            Column::Strange => {
                let wrong = say!("the form does not ask for this: `{text}`", text = short(cell));
                let help = say!("write it beside the item that it is about, in the column for notes, or take it out");
                form.refused.push(Refused::new(place.clone(), wrong).help(help));
            }
            Column::Field(field) => match field.kind {
                Kind::Values => {
                    item.entries.extend(observations(&Entry::new(place.clone(), field.name, cell), words));
                }
                Kind::Choice => match words.choice(cell) {
                    Some(choice) => item.entries.push(Entry::new(place.clone(), field.name, choice)),
                    None => form.refused.push(words.no_choice(cell, place.clone())),
                },
                // The form itself marks critical items in that column.
                _ if is(cell, "common.critical") => {}
                _ => item.entries.push(Entry::new(place.clone(), field.name, cell)),
            },
        }
    }
    if !item.reference.is_empty() {
        form.items.push(item);
    } else if !item.entries.is_empty() {
        let wrong = say!("this line has lost its `ID@STAMP`, so nobody can tell what was answered");
        form.refused.push(Refused::new(place, wrong));
    } else if let Some(text) = row.cells.iter().find(|cell| !cell.is_empty()) {
        let wrong = say!("the form does not ask for this: `{text}`", text = short(text));
        let help = say!("write it beside the item that it is about, in the column for notes, or take it out");
        form.refused.push(Refused::new(place, wrong).help(help));
    }
}

/// A cell without the apostrophe that keeps a spreadsheet from running it.
fn plain(cell: &str) -> &str {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
        _ => cell,
    }
}
