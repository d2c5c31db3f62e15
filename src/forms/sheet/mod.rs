//! A form as a spreadsheet. Sheets and columns are found by their heads, so that rows may be sorted and put in, columns moved
//! or taken out, and sheets added and renamed; the hidden sheet `gamma-ok` says in words of the format what form it is and
//! what the form itself has printed.

mod addresses;
mod book;
mod cell;
mod hidden;
mod over;
mod running;

use std::collections::{BTreeMap, BTreeSet};

pub(crate) use self::book::{CellContent, Sheet, sheets, unpacks_within};
pub(crate) use self::cell::plain;
use self::cell::take;
#[cfg(feature = "desk")]
pub(crate) use self::cell::unkept;
pub(super) use self::cell::{day, unfit};
use self::hidden::Hidden;
pub(crate) use self::over::{hidden_rows, over};
use super::questions::{Field, FieldKind, FormWords, WorkedOut};
use super::{CellAddress, Form, FormEntry, FormItem, FormPlace, Refused, is, stray};
use crate::say;
use crate::text::as_it_looks;

/// The sheet that says what form it is.
const FORM_SHEET: &str = "gamma-ok";

/// So far behind its label stands a value above the items.
pub(super) const REACH: u32 = 3;

/// A sheet of items and where its columns stand.
struct Table<'s> {
    sheet: &'s Sheet,
    /// The row of the heads.
    heads: u32,
    reference: u32,
    number: Option<u32>,
    fields: BTreeMap<u32, &'static Field>,
    /// Columns whose head is the form's own.
    printed: BTreeSet<u32>,
    /// What is wrong with the heads.
    wrong: Vec<Refused>,
}

pub(super) fn read(bytes: &[u8], words: &FormWords) -> Result<Form, Refused> {
    let sheets = sheets(bytes)?;
    let Some(hidden) = sheets.iter().find(|sheet| sheet.name == FORM_SHEET) else {
        let wrong = say!("this is not a checklist of gamma-ok: it has no sheet `gamma-ok`");
        return Err(Refused::new(FormPlace::Whole, wrong)
            .help(say!("give a spreadsheet that `gamma-ok checklist --format xlsx` made")));
    };
    let hidden = Hidden::read(hidden, words)?;
    let mut form = Form { refused: over(bytes), ..Form::default() };
    form.refused.extend(running::heads(bytes, &hidden));
    let mut filled: Vec<(&Sheet, Form)> = Vec::new();
    for sheet in sheets.iter().filter(|sheet| sheet.name != FORM_SHEET) {
        if let Some(table) = Table::find(sheet, words) {
            filled.push((sheet, table.read(words, &hidden)));
        } else if !beside(sheet, words, &mut form) {
            form.refused.extend(unread(sheet, words, &hidden));
        }
    }
    let is_filled = |form: &Form| form.items.iter().any(|item| !item.entries.is_empty()) || !form.refused.is_empty();
    let first = filled.iter().position(|(_, form)| is_filled(form)).unwrap_or(0);
    if filled.is_empty() {
        let wrong = say!("no sheet of this spreadsheet has the heads of a checklist's columns");
        return Err(Refused::new(FormPlace::Whole, wrong).help(say!(
            "put the row of heads back as the form had it, or make the checklist again and copy the answers into it"
        )));
    }
    let (sheet, taken) = filled.remove(first);
    for (other, of_other) in filled {
        if is_filled(&of_other) {
            let wrong =
                say!("two sheets are filled in, `{sheet}` and `{other}`", sheet = &sheet.name, other = &other.name);
            let place = FormPlace::Path(other.name.clone());
            form.refused.push(Refused::new(place, wrong).help(say!("save each round as a file of its own")));
        } else {
            form.remarks.push(say!("the sheet `{sheet}` is not filled in, and was not read", sheet = &other.name));
        }
    }
    form.head = hidden.head(words);
    form.edition.clone_from(&hidden.edition);
    form.part = Some(hidden.part.trim_start().to_owned()).filter(|part| !part.is_empty());
    let own: Vec<&str> = form.head.iter().map(|entry| entry.label).collect();
    let (repeated, typed): (Vec<FormEntry>, Vec<FormEntry>) =
        taken.head.into_iter().partition(|entry| own.contains(&entry.label));
    form.head.extend(typed);
    form.repeated =
        repeated.into_iter().filter(|entry| entry.label != "site" || !hidden.is_site(&entry.value)).collect();
    form.items = taken.items;
    form.refused.extend(taken.refused);
    form.remarks.extend(taken.remarks);
    Ok(form)
}

impl<'s> Table<'s> {
    /// The table of a sheet that has one: a row with the heads of `ID@STAMP` and of what is to be filled in.
    fn find(sheet: &'s Sheet, words: &FormWords) -> Option<Table<'s>> {
        let is_reference =
            |content: &CellContent| matches!(content, CellContent::Text(text) if is(text, "sheet.reference"));
        let heads = sheet.cells.iter().find(|(_, content)| is_reference(content)).map(|(cell, _)| cell.row)?;
        let mut table = Table {
            sheet,
            heads,
            reference: 0,
            number: None,
            fields: BTreeMap::new(),
            printed: BTreeSet::new(),
            wrong: Vec::new(),
        };
        let mut columns: BTreeMap<&str, CellAddress> = BTreeMap::new();
        for (cell, content) in row(sheet, heads) {
            let head = plain(content);
            if is_reference(content) {
                table.reference = cell.column;
            } else if let Some(field) = words.item.find(&head) {
                table.fields.insert(cell.column, field);
            } else if is(&head, "checklist.number") {
                table.number = Some(cell.column);
            } else if let Some(key) = words.column(&head) {
                table.printed.insert(cell.column);
                if let Some(first) = columns.insert(key, cell) {
                    table.wrong.push(twice(table.place(cell), &head, &first.to_string()));
                }
            } else if let Some(wrong) = words.odd_head(&head, table.place(cell)) {
                // What stands below it is as it looks; nothing is taken of a form that is refused.
                table.fields.extend(words.item.find(&as_it_looks(&head)).map(|field| (cell.column, field)));
                table.wrong.push(wrong);
            }
        }
        if !table.fields.values().any(|field| field.kind == FieldKind::Choice) {
            let place = table.place(CellAddress { row: heads, column: table.reference });
            table.wrong.push(unanswerable(place));
        }
        let is_asked = |field: &Field| matches!(field.kind, FieldKind::Choice | FieldKind::Values);
        (table.fields.values().any(|field| is_asked(field)) || !table.printed.is_empty()).then_some(table)
    }

    fn read(&self, words: &FormWords, hidden: &Hidden) -> Form {
        let mut form = Form { refused: self.wrong.clone(), ..Form::default() };
        self.head(words, hidden, &mut form);
        let named: BTreeSet<u32> =
            self.below().filter(|cell| cell.column == self.reference).map(|cell| cell.row).collect();
        let last = named.last().copied().unwrap_or(self.heads);
        let beside = self.beside(&named);
        let rows: BTreeSet<u32> = self.below().map(|cell| cell.row).collect();
        for number in rows {
            let cells: Vec<(CellAddress, &CellContent)> =
                row(self.sheet, number).filter(|(cell, _)| !beside.contains(&cell.column)).collect();
            // A number alone below the items is nothing that the form needs.
            let is_alone = cells.is_empty() && !named.contains(&number);
            let lone = row(self.sheet, number).filter(|_| is_alone).take(1);
            form.refused.extend(lone.map(|(cell, content)| stray(self.place(cell), &plain(content))));
            if !cells.is_empty() {
                self.row(&cells, number <= last, words, hidden, &mut form);
            }
            if form.is_beyond() {
                break;
            }
        }
        form
    }

    fn place(&self, cell: CellAddress) -> FormPlace {
        FormPlace::Cell(self.sheet.name.clone(), cell)
    }

    /// The cells below the heads.
    fn below(&self) -> impl Iterator<Item = CellAddress> + '_ {
        self.sheet.cells.keys().copied().filter(|cell| cell.row > self.heads)
    }

    /// Columns without a head that hold a number in nearly each row that names a standard, and nothing else: figures that a
    /// formula of the form needs. Rows that somebody has pasted below lack them, or have them without a standard.
    fn beside(&self, named: &BTreeSet<u32>) -> BTreeSet<u32> {
        let mut numbers: BTreeMap<u32, Option<usize>> = BTreeMap::new();
        for cell in self.below() {
            let count = numbers.entry(cell.column).or_insert(Some(0));
            let is_number = matches!(self.sheet.cells.get(&cell), Some(CellContent::Number(..)));
            let is_named = usize::from(named.contains(&cell.row));
            *count = count.filter(|_| is_number).map(|count| count + is_named);
        }
        let has_head = |column: u32| self.sheet.cells.contains_key(&CellAddress { row: self.heads, column });
        let is_beside = |(column, count): &(u32, Option<usize>)| {
            count.is_some_and(|count| count > 0 && count * 10 >= named.len() * 9) && !has_head(*column)
        };
        numbers.into_iter().filter(is_beside).map(|(column, _)| column).collect()
    }

    fn row(
        &self,
        cells: &[(CellAddress, &CellContent)],
        is_within: bool,
        words: &FormWords,
        hidden: &Hidden,
        form: &mut Form,
    ) {
        let reference = cells.iter().find(|(cell, _)| cell.column == self.reference);
        let mut item = FormItem::default();
        let mut strange: Vec<(CellAddress, String)> = Vec::new();
        let is_own = |content: &CellContent| {
            let named = reference.map(|(_, content)| plain(content));
            named.is_some_and(|named| !hidden.is_altered(&named, &plain(content)))
        };
        for (cell, content) in cells {
            let place = self.place(*cell);
            match self.fields.get(&cell.column) {
                // Of a row without its standard one thing is said.
                Some(_) if reference.is_none() => strange.push((*cell, plain(content))),
                Some(field) => match self.merged(*cell) {
                    Some(wrong) => form.refused.push(wrong),
                    None => take(field, content, place, words, &mut item.entries, &mut form.refused),
                },
                None if cell.column == self.reference => {}
                None if (Some(cell.column) == self.number || self.printed.contains(&cell.column))
                    && is_own(content) =>
                {
                    if Some(cell.column) == self.number {
                        item.number = Some(plain(content));
                    }
                }
                None => strange.push((*cell, plain(content))),
            }
        }
        match reference {
            Some((cell, content)) => {
                item.place = self.place(*cell);
                item.reference = plain(content);
                form.items.push(item);
            }
            None => {
                // What heads a phase or a step stands alone in the first column.
                let is_band = |(_, text): &(CellAddress, String)| {
                    hidden.is_printed(text) || hidden.printed.is_empty() && is_within
                };
                let filled = strange.iter().find(|(cell, _)| self.fields.contains_key(&cell.column));
                if let Some((cell, _)) = filled {
                    let wrong = say!("this row has lost its `ID@STAMP`, so nobody can tell what was answered");
                    form.refused.push(Refused::new(self.place(*cell), wrong));
                    strange.clear();
                } else if strange.len() == 1 && strange.iter().all(is_band) {
                    strange.clear();
                }
                strange.truncate(1);
            }
        }
        for (cell, text) in strange {
            form.refused.push(stray(self.place(cell), &text));
        }
    }

    /// Why a cell cannot be read that is one with others.
    fn merged(&self, cell: CellAddress) -> Option<Refused> {
        let last = self.sheet.merged.get(&cell)?;
        let first = cell;
        let wrong = say!(
            "the cells {first} to {last} are merged into one, so nobody can tell which items it is about",
            first = first.to_string(),
            last = last.to_string()
        );
        Some(Refused::new(self.place(cell), wrong).help(say!("unmerge the cells, and fill in each of them")))
    }

    /// What stands above the heads: labels, and behind each its value.
    fn head(&self, words: &FormWords, hidden: &Hidden, form: &mut Form) {
        let labelled = |row_number: u32| {
            row(self.sheet, row_number).any(|(_, content)| words.head.find(&plain(content)).is_some())
        };
        let above: BTreeSet<u32> =
            self.sheet.cells.keys().map(|cell| cell.row).filter(|row| *row < self.heads).collect();
        let first = above.iter().copied().find(|row| labelled(*row)).unwrap_or(self.heads);
        for row_number in above {
            let mut label: Option<(u32, Option<&'static Field>)> = None;
            // What the form works out by itself stands behind its label.
            let mut worked_out: Option<(u32, WorkedOut)> = None;
            let mut bare: Option<FormEntry> = None;
            for (cell, content) in row(self.sheet, row_number) {
                let text = plain(content);
                if let Some(field) = words.head.find(&text) {
                    label = Some((cell.column, Some(field)));
                    form.head.extend(bare.replace(FormEntry::new(self.place(cell), field.name, "")));
                } else if let Some(own) = words.worked_out(&text) {
                    (label, worked_out) = (None, Some((cell.column, own)));
                } else if words.is_label(&text) {
                    (label, worked_out) = (Some((cell.column, None)), None);
                } else if worked_out.is_some_and(|(column, own)| cell.column - column <= REACH && is_own(own, content))
                {
                    worked_out = None;
                } else {
                    match label {
                        Some((row_number, Some(field))) if cell.column - row_number <= REACH => {
                            bare = None;
                            take(field, content, self.place(cell), words, &mut form.head, &mut form.refused);
                        }
                        None if hidden.is_printed(&text) || hidden.printed.is_empty() && row_number < first => {}
                        _ => form.refused.push(stray(self.place(cell), &text)),
                    }
                }
            }
            // A label without a value.
            form.head.extend(bare);
        }
    }
}

/// Whether a cell holds what the form itself works out there, and nobody has typed something over it.
fn is_own(own: WorkedOut, content: &CellContent) -> bool {
    matches!(content, CellContent::Formula(_) | CellContent::Error(_)) || own.fits(&plain(content))
}

/// A column that the form has once and that stands there twice: one of the two was another.
pub(super) fn twice(place: FormPlace, head: &str, first: &str) -> Refused {
    let wrong = say!("two columns are called `{head}`, here and at {first}", head, first);
    Refused::new(place, wrong).help(say!("give the columns back the heads that the form had"))
}

/// A table that has no column for answers.
pub(super) fn unanswerable(place: FormPlace) -> Refused {
    Refused::new(place, say!("no column of this table is headed as the one for answers"))
        .help(say!("give the columns back the heads that the form had"))
}

/// Why a sheet cannot be passed over that is none of the form's: something stands on it.
fn unread(sheet: &Sheet, words: &FormWords, hidden: &Hidden) -> Option<Refused> {
    let is_own = |content: &CellContent| hidden.is_printed(&plain(content));
    let is_about = !hidden.is_whole() && words.is_printed(&sheet.name);
    let (cell, content) = sheet.cells.iter().find(|(_, content)| !is_about && !is_own(content))?;
    let place = FormPlace::Cell(sheet.name.clone(), *cell);
    let text = super::short(&plain(content));
    let wrong = say!("this sheet is none that the form asks for, and what stands on it would be lost: `{text}`", text);
    Some(Refused::new(place, wrong).help(say!(
        "put its row of heads back as the form had it, write what it says beside the items, or delete the sheet"
    )))
}

/// Reads a table beside the items, if the sheet is one: its heads stand in its first row with anything in it.
fn beside(sheet: &Sheet, words: &FormWords, form: &mut Form) -> bool {
    let questions = words.questions;
    let Some(heads) = sheet.cells.keys().map(|cell| cell.row).find(|number| {
        let fields: Vec<_> = row(sheet, *number).filter_map(|(_, content)| words.table.find(&plain(content))).collect();
        let has = |needed: &'static Field| fields.iter().any(|field| std::ptr::eq(*field, needed));
        !questions.table.is_empty() && questions.table.iter().take(2).all(has)
    }) else {
        return false;
    };
    let fields: BTreeMap<u32, Option<&'static Field>> =
        row(sheet, heads).map(|(cell, content)| (cell.column, words.table.find(&plain(content)))).collect();
    let place = |cell: CellAddress| FormPlace::Cell(sheet.name.clone(), cell);
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).filter(|number| *number > heads).collect();
    for number in rows {
        let mut item = FormItem::default();
        for (cell, content) in row(sheet, number) {
            item.place = if item.place == FormPlace::Whole { place(cell) } else { item.place };
            match fields.get(&cell.column).copied().flatten() {
                Some(field) if questions.table.len() > 1 && std::ptr::eq(field, &questions.table[0]) => {
                    item.reference = plain(content)
                }
                Some(field) => take(field, content, place(cell), words, &mut item.entries, &mut form.refused),
                None => form.refused.push(stray(place(cell), &plain(content))),
            }
        }
        form.table.push(item);
        if form.is_beyond() {
            break;
        }
    }
    true
}

/// The cells of a row.
fn row(sheet: &Sheet, number: u32) -> impl Iterator<Item = (CellAddress, &CellContent)> {
    let all = CellAddress { row: number, column: 0 }..=CellAddress { row: number, column: u32::MAX };
    sheet.cells.range(all).map(|(cell, content)| (*cell, content))
}
