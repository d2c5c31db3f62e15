//! Submissions of a form of ODK or KoboToolbox, as their servers export them: a table with a row for each round, as text or in a
//! workbook, by itself or in an archive with the photographs.
//!
//! Columns are called by the names of the form's questions ([`names`]), with or without the groups that they stand in before
//! them: `phase_1-step_1_1-q_1` of ODK Central, `phase_1/step_1_1/q_1` of KoboToolbox. Beside them stand the servers' own.

pub(crate) mod archive;
mod columns;
pub(crate) mod question_names;

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};

use self::columns::{Columns, Server, SubmissionColumn};
use super::questions::{FieldKind, FormWords};
use super::sheet::{day, unfit};
use super::table::{TableRow, headed};
use super::{
    CellAddress, CellContent, Form, FormEntry, FormItem, FormPlace, Refused, Sheet, observations, plain, short, surplus,
};
use crate::say;

/// The rounds of a file.
#[derive(Debug, Default)]
pub(crate) struct Submissions {
    /// Each with the place where it begins.
    pub forms: Vec<(FormPlace, Form)>,
    /// What is no round.
    pub refused: Vec<Refused>,
}

/// What a column says of a round, and the cell of a workbook that it stands in.
struct ColumnText<'t> {
    text: Cow<'t, str>,
    content: Option<&'t CellContent>,
}

/// Reads submissions; none where the table is something else.
pub(super) fn read(text: &str, words: &FormWords) -> Option<Result<Submissions, Refused>> {
    let is_own = |cell: &str| columns::is_reference(cell.trim().trim_matches('"'));
    if !text.lines().any(|line| line.split([',', ';', '\t']).any(is_own)) {
        return None;
    }
    let table = headed(text, |line| line.split([',', ';', '\t']).any(is_own));
    let (head, rows) = table.rows.split_first()?;
    let columns = match Columns::of(&head.cells, words) {
        Ok(columns) => columns,
        Err(refused) => return Some(Err(Refused { place: FormPlace::Line(head.line), ..refused })),
    };
    let refused =
        table.faults.into_iter().map(|fault| Refused::new(FormPlace::Line(fault.line), fault.message).help(fault.help));
    Some(Ok(Submissions {
        forms: rows.iter().map(|row| (FormPlace::Line(row.line), form(&of_text(row), &columns, words))).collect(),
        refused: refused.collect(),
    }))
}

/// A row of a text.
fn of_text(row: &TableRow) -> Vec<ColumnText<'_>> {
    row.cells.iter().map(|cell| ColumnText { text: Cow::Borrowed(cell.as_str()), content: None }).collect()
}

/// Reads the submissions of a workbook; none where it is something else.
pub(super) fn read_sheets(sheets: &[Sheet], words: &FormWords) -> Option<Result<Submissions, Refused>> {
    let heads = |sheet: &Sheet| {
        let is_head = |content: &CellContent| columns::is_reference(plain(content).trim());
        sheet.cells.iter().find(|(_, content)| is_head(content)).map(|(cell, _)| cell.row)
    };
    if !sheets.iter().any(|sheet| heads(sheet).is_some()) {
        return None;
    }
    let mut all = Submissions::default();
    for sheet in sheets {
        let Some(head) = heads(sheet) else {
            all.refused.extend(strange_sheet(sheet));
            continue;
        };
        let width = sheet.cells.keys().map(|cell| cell.column as usize + 1).max().unwrap_or(0);
        let line = |row: u32| -> Vec<Option<&CellContent>> {
            let mut line = vec![None; width];
            let cells = sheet.cells.range(CellAddress { row, column: 0 }..=CellAddress { row, column: u32::MAX });
            cells.for_each(|(cell, content)| line[cell.column as usize] = Some(content));
            line
        };
        let names: Vec<String> = line(head).iter().map(|content| content.map(plain).unwrap_or_default()).collect();
        let columns = match Columns::of(&names, words) {
            Ok(columns) => columns,
            Err(refused) => {
                return Some(Err(Refused {
                    place: FormPlace::Cell(sheet.name.clone(), CellAddress { row: head, column: 0 }),
                    ..refused
                }));
            }
        };
        let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).filter(|row| *row > head).collect();
        for row in rows {
            let line = line(row);
            let cells: Vec<ColumnText<'_>> = line
                .into_iter()
                .map(|content| ColumnText { text: content.map(plain).unwrap_or_default().into(), content })
                .collect();
            let place = FormPlace::Cell(sheet.name.clone(), CellAddress { row, column: 0 });
            all.forms.push((place, form(&cells, &columns, words)));
        }
    }
    Some(Ok(all))
}

/// A sheet that holds something else.
fn strange_sheet(sheet: &Sheet) -> Option<Refused> {
    let (cell, content) = sheet.cells.iter().next()?;
    let wrong = say!("this sheet holds no submissions, and is not read: `{text}`", text = short(&plain(content)));
    Some(
        Refused::new(FormPlace::Cell(sheet.name.clone(), *cell), wrong)
            .help(say!("delete the sheet, or export the workbook again")),
    )
}

fn form(row: &[ColumnText<'_>], columns: &Columns, words: &FormWords) -> Form {
    let mut form = Form { says_scope: true, ..Form::default() };
    if row.len() > columns.all.len() {
        form.refused.push(surplus(FormPlace::Whole, row.len(), columns.all.len()));
        return form;
    }
    let mut items: BTreeMap<usize, FormItem> = BTreeMap::new();
    // The better a name tells the round, the sooner it is taken: servers change some of them when an answer is mended.
    let mut round: Option<(usize, String)> = None;
    for (column, written) in columns.all.iter().zip(row).filter(|(_, written)| !written.text.is_empty()) {
        let (place, cell) = (FormPlace::Path(column.name.clone()), written.text.as_ref());
        if let (Some(kind), Some(content)) = (column.kind.asks_for(), written.content)
            && let Some(wrong) = unfit(kind, content)
        {
            let help = say!("give the cell the format Text and write again what was meant");
            form.refused.push(Refused::new(place, wrong).help(help));
            continue;
        }
        // A day whose cell has lost the format of one.
        let lost = match (column.kind.asks_for(), written.content) {
            (Some(FieldKind::Day), Some(CellContent::Number(number, _))) => day(*number),
            _ => None,
        };
        let cell = lost.as_deref().unwrap_or(cell);
        match &column.kind {
            SubmissionColumn::Version => {
                if cell != question_names::VERSION {
                    let wrong = say!("the form is of another version of gamma-ok");
                    let help = say!("take it in with the version that made the form");
                    form.refused.push(Refused::new(FormPlace::Whole, wrong).help(help));
                }
            }
            // The hash alone, which no form prints beside other words.
            SubmissionColumn::Head(field) if field.name == "edition" => form.edition = Some(cell.to_owned()),
            SubmissionColumn::Head(field) => form.head.push(FormEntry::new(place, field.name, cell)),
            SubmissionColumn::Scope(label) => {
                form.head.extend(cell.split_whitespace().map(|word| FormEntry::new(place.clone(), label, word)));
            }
            SubmissionColumn::Reference(number) => item(&mut items, *number).reference = cell.to_owned(),
            SubmissionColumn::Photo(number) => {
                item(&mut items, *number).media.push(FormEntry::new(place, super::MEDIA, cell));
            }
            SubmissionColumn::Asked(number, field, behind) => {
                let place = FormPlace::Path(question_names::item(*number));
                let item = item(&mut items, *number);
                match field.kind {
                    FieldKind::Choice => match choice(cell, words) {
                        Some(choice) => item.entries.push(FormEntry::new(place, field.name, choice)),
                        None => form.refused.push(words.no_choice(cell, place)),
                    },
                    FieldKind::Values if *behind == question_names::FIGURE => {
                        item.entries.push(FormEntry::new(place, field.name, figure(cell)));
                    }
                    FieldKind::Values => {
                        item.entries.extend(observations(&FormEntry::new(place, field.name, cell), words))
                    }
                    _ => item.entries.push(FormEntry::new(place, field.name, cell)),
                }
            }
            SubmissionColumn::Server(Server::Round(rank)) => {
                let name = cell.strip_prefix("uuid:").unwrap_or(cell);
                if round.as_ref().is_none_or(|(best, _)| rank < best) {
                    round = Some((*rank, name.to_owned()));
                }
            }
            SubmissionColumn::Server(Server::State) => state(cell, &mut form),
            SubmissionColumn::Server(Server::Own) => {}
            SubmissionColumn::Strange => form.refused.push(stray(place, cell)),
        }
    }
    form.head.extend(round.map(|(_, name)| FormEntry::new(FormPlace::Path("round".to_owned()), "round", name)));
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

fn item(items: &mut BTreeMap<usize, FormItem>, number: usize) -> &mut FormItem {
    items.entry(number).or_insert_with(|| FormItem {
        place: FormPlace::Path(question_names::item(number)),
        number: Some(number.to_string()),
        ..FormItem::default()
    })
}

/// An answer by its name in the form, or in words.
fn choice(cell: &str, words: &FormWords) -> Option<&'static str> {
    let named = question_names::ANSWERS.iter().find(|(_, name)| *name == cell).map(|(word, _)| *word);
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
        form.refused.push(
            Refused::new(FormPlace::Whole, wrong).help(say!("approve it there, or take its row out of the table")),
        );
    } else if folded.contains("issue") || folded.contains("hold") {
        form.remarks.push(say!("on the server this round is marked `{state}`", state = short(cell)));
    }
}

/// Something beside what the form asks.
fn stray(place: FormPlace, text: &str) -> Refused {
    Refused::new(place, say!("the form does not ask for this: `{text}`", text = short(text)))
        .help(say!("write it as a note of the item that it is about, or empty the cell"))
}

#[cfg(test)]
mod tests;
