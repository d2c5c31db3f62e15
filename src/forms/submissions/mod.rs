//! Submissions of a form of ODK or KoboToolbox, as their servers export them: a table with a row for each round.
//!
//! Columns are called by the names of the form's questions ([`names`]), with or without the groups that they stand in before
//! them: `phase_1-step_1_1-q_1` of ODK Central, `phase_1/step_1_1/q_1` of KoboToolbox. Beside them stand the servers' own.

mod columns;
pub(crate) mod names;

use std::collections::BTreeMap;

use self::columns::{Column, Columns, Server};
use super::questions::{Kind, Words};
use super::table::{Row, headed};
use super::{Entry, Form, Item, Place, Refused, observations, short};
use crate::say;

/// The rounds of a file.
#[derive(Debug, Default)]
pub(crate) struct Submissions {
    /// Each with the line that it begins on.
    pub forms: Vec<(usize, Form)>,
    /// Lines that are no round.
    pub refused: Vec<Refused>,
}

/// Reads submissions; none where the table is something else.
pub(super) fn read(text: &str, words: &Words) -> Option<Result<Submissions, Refused>> {
    let is_own = |cell: &str| columns::is_reference(cell.trim().trim_matches('"'));
    if !text.lines().any(|line| line.split([',', ';', '\t']).any(is_own)) {
        return None;
    }
    let table = headed(text, |line| line.split([',', ';', '\t']).any(is_own));
    let (head, rows) = table.rows.split_first()?;
    let columns = match Columns::of(&head.cells, words) {
        Ok(columns) => columns,
        Err(refused) => return Some(Err(Refused { place: Place::Line(head.line), ..refused })),
    };
    let refused =
        table.faults.into_iter().map(|fault| Refused::new(Place::Line(fault.line), fault.message).help(fault.help));
    Some(Ok(Submissions {
        forms: rows.iter().map(|row| (row.line, form(row, &columns, words))).collect(),
        refused: refused.collect(),
    }))
}

fn form(row: &Row, columns: &Columns, words: &Words) -> Form {
    let mut form = Form { says_scope: true, ..Form::default() };
    if row.cells.len() > columns.all.len() {
        let (cells, columns) = (row.cells.len(), columns.all.len());
        let wrong = say!("this row has {cells} cells and the first row {columns}", cells, columns);
        form.refused.push(
            Refused::new(Place::Whole, wrong).help(say!("put a text that holds the separator in quotation marks")),
        );
        return form;
    }
    let mut items: BTreeMap<usize, Item> = BTreeMap::new();
    // The better a name tells the round, the sooner it is taken: servers change some of them when an answer is mended.
    let mut round: Option<(usize, &str)> = None;
    for (column, cell) in columns.all.iter().zip(&row.cells).filter(|(_, cell)| !cell.is_empty()) {
        let place = Place::Path(column.name.clone());
        match &column.kind {
            Column::Version => {
                if cell != names::VERSION {
                    let wrong = say!("the form is of another version of gamma-ok");
                    let help = say!("take it in with the version that made the form");
                    form.refused.push(Refused::new(Place::Whole, wrong).help(help));
                }
            }
            // The hash alone, which no form prints beside other words.
            Column::Head(field) if field.name == "edition" => form.edition = Some(cell.clone()),
            Column::Head(field) => form.head.push(Entry::new(place, field.name, cell)),
            Column::Scope(label) => {
                form.head.extend(cell.split_whitespace().map(|word| Entry::new(place.clone(), label, word)));
            }
            Column::Reference(number) => cell.clone_into(&mut item(&mut items, *number).reference),
            Column::Photo(number) => {
                item(&mut items, *number).media.push(Entry::new(place, super::MEDIA, cell));
            }
            Column::Asked(number, field, behind) => {
                let place = Place::Path(names::item(*number));
                let item = item(&mut items, *number);
                match field.kind {
                    Kind::Choice => match choice(cell, words) {
                        Some(choice) => item.entries.push(Entry::new(place, field.name, choice)),
                        None => form.refused.push(words.no_choice(cell, place)),
                    },
                    Kind::Values if *behind == names::FIGURE => {
                        item.entries.push(Entry::new(place, field.name, figure(cell)));
                    }
                    Kind::Values => item.entries.extend(observations(&Entry::new(place, field.name, cell), words)),
                    _ => item.entries.push(Entry::new(place, field.name, cell)),
                }
            }
            Column::Server(Server::Round(rank)) => {
                let name = cell.strip_prefix("uuid:").unwrap_or(cell);
                if round.is_none_or(|(best, _)| *rank < best) {
                    round = Some((*rank, name));
                }
            }
            Column::Server(Server::State) => state(cell, &mut form),
            Column::Server(Server::Own) => {}
            Column::Strange => form.refused.push(stray(place, cell)),
        }
    }
    form.head.extend(round.map(|(_, name)| Entry::new(Place::Path("round".to_owned()), "round", name)));
    for item in items.into_values().filter(|item| !item.entries.is_empty() || !item.media.is_empty()) {
        if item.reference.is_empty() {
            let wrong = say!("this item has lost its `ID@STAMP`, so nobody can tell what was answered");
            let help = say!("export the table again with all of its columns");
            form.refused.push(Refused::new(item.place, wrong).help(help));
        } else {
            form.items.push(item);
        }
    }
    form
}

fn item(items: &mut BTreeMap<usize, Item>, number: usize) -> &mut Item {
    items.entry(number).or_insert_with(|| Item {
        place: Place::Path(names::item(number)),
        number: Some(number.to_string()),
        ..Item::default()
    })
}

/// An answer by its name in the form, or in words.
fn choice(cell: &str, words: &Words) -> Option<&'static str> {
    let named = names::ANSWERS.iter().find(|(_, name)| *name == cell).map(|(word, _)| *word);
    named.or_else(|| words.choice(cell))
}

/// A figure from a device. Its point is a decimal one, so three digits behind it are no thousands: a nought says so.
fn figure(cell: &str) -> String {
    let is_plain = cell.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    match cell.split_once('.') {
        Some((_, rest)) if is_plain && rest.len() == 3 => format!("{cell}0"),
        _ => cell.to_owned(),
    }
}

/// What whoever looked through the submissions on the server said of one.
fn state(cell: &str, form: &mut Form) {
    let folded = crate::text::folded(cell).replace(['_', '-'], " ");
    if folded.contains("reject") || folded.contains("not approved") {
        let wrong = say!("this round was rejected on the server: `{state}`", state = short(cell));
        form.refused
            .push(Refused::new(Place::Whole, wrong).help(say!("approve it there, or take its row out of the table")));
    } else if folded.contains("issue") || folded.contains("hold") {
        form.remarks.push(say!("on the server this round is marked `{state}`", state = short(cell)));
    }
}

/// Something beside what the form asks.
fn stray(place: Place, text: &str) -> Refused {
    Refused::new(place, say!("the form does not ask for this: `{text}`", text = short(text)))
        .help(say!("write it as a note of the item that it is about, or empty the cell"))
}

#[cfg(test)]
mod tests;
