//! The way back: an edited sheet → what it changes in the book.

use std::collections::{BTreeMap, BTreeSet};

use super::columns::{Column, REFERENCE};
use super::edits::{Edited, sets};
use super::values::{Row, rows};
use super::{FORM, HIDDEN, VERSION};
use crate::book::{Book, Language, Loaded, load};
use crate::edit::convert::convert_those;
use crate::edit::intake::take_in;
use crate::edit::values::set;
use crate::edit::{Change as FileChange, EditError, unharmed};
use crate::edition::Reference;
use crate::forms::{Cell, Content, Place, Sheet, plain, sheets};
use crate::import::drafts::{Plan, Planner, Source};
use crate::import::house::{Found, Item, Key, Wordings, clean, figure_of, list_lines};
use crate::import::merge::{Cell as Value, merge, same};
use crate::import::words::{bare, truth, word};
use crate::import::{Refusal, Spot, Unread};
use crate::language::Interface;
use crate::message::Message;
use crate::method::{Standard, standards};
use crate::say;
use crate::source::{Overlay, World};

/// A value that the sheet changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// The standard, by its id as of now.
    pub id: String,
    /// The key, with its language.
    pub key: String,
    /// As the book has it.
    pub before: String,
    /// As it will be.
    pub after: String,
}

/// A value that the sheet and the book both changed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conflict {
    /// The standard.
    pub id: String,
    /// The key, with its language.
    pub key: String,
    /// Where it stands in the sheet.
    pub spot: Spot,
    /// As it was exported.
    pub exported: String,
    /// As the sheet has it.
    pub theirs: String,
    /// As the book has it.
    pub ours: String,
}

/// What an edited sheet comes to.
#[derive(Debug, Default)]
pub(crate) struct Back {
    /// Values that change.
    pub changes: Vec<Change>,
    /// Values that both changed.
    pub conflicts: Vec<Conflict>,
    /// New rows, as drafts.
    pub plan: Plan,
    /// Standards that traits yield and somebody edited: their id, and that of the draft.
    pub drafted: Vec<(String, String)>,
    /// Standards whose rows are gone. They stay in the book.
    pub deleted: Vec<String>,
    /// What was not understood.
    pub not_understood: Vec<Unread>,
    /// The files, all edits made.
    pub files: Vec<FileChange>,
}

/// What the sheet kept when it was written.
#[derive(Default)]
struct Kept {
    language: String,
    /// Heading without marks → column.
    headings: BTreeMap<String, Column>,
    /// Id and column → value.
    values: BTreeMap<(String, Column), String>,
    ids: BTreeSet<String>,
}

/// A row that came back: where it stands, the id that it names, its cells.
struct Came<'s> {
    row: u32,
    id: Option<String>,
    cells: BTreeMap<Column, (Cell, &'s Content)>,
}

/// Whether a workbook is a sheet of standards that the program wrote.
pub(crate) fn is_sheet(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK") && sheets(bytes).is_ok_and(|sheets| kept(&sheets).is_some())
}

fn kept(sheets: &[Sheet]) -> Option<Result<Kept, Refusal>> {
    let sheet = sheets.iter().find(|sheet| sheet.name == HIDDEN)?;
    let text = |row: u32, column: u32| sheet.cells.get(&Cell { row, column }).map(plain).unwrap_or_default();
    let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).collect();
    let form = rows.iter().find(|row| text(**row, 0) == "form" && text(**row, 1) == FORM)?;
    if text(*form, 2) != VERSION {
        let wrong = Refusal::new(say!("the sheet is of another version of gamma-ok"));
        return Some(Err(
            wrong.help(say!("write it again with `gamma-ok show --format xlsx` and copy the changes into it"))
        ));
    }
    let mut kept = Kept::default();
    for row in rows {
        match text(row, 0).as_str() {
            "language" => kept.language = text(row, 1),
            "column" => {
                if let Some(column) = Column::named(&text(row, 1)) {
                    kept.headings.insert(bare_heading(&text(row, 2)), column);
                }
            }
            "row" => drop(kept.ids.insert(text(row, 1))),
            "value" => {
                if let Some(column) = Column::named(&text(row, 2)) {
                    kept.values.insert((text(row, 1), column), text(row, 3));
                }
            }
            _ => {}
        }
    }
    Some(Ok(kept))
}

/// A heading as it is found again: languages in brackets count.
fn bare_heading(heading: &str) -> String {
    heading.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Works out what an edited sheet changes in a book. Nothing is written.
///
/// # Errors
/// Why the file cannot be read, or the book not be changed.
pub(crate) fn back(
    name: &str,
    bytes: &[u8],
    world: &dyn World,
    loaded: &Loaded,
    is_partial: bool,
) -> Result<Back, BackError> {
    let sheets = sheets(bytes).map_err(Refusal::from)?;
    let kept = kept(&sheets).unwrap_or_else(|| Err(Refusal::new(say!("this is no sheet of standards of gamma-ok"))))?;
    let mut back = Back::default();
    let words = Interface::of(&Language::new(&kept.language));
    let mut came = Vec::new();
    let mut has_any = false;
    for sheet in sheets.iter().filter(|sheet| sheet.name != HIDDEN) {
        let Some(rows) = came_back(sheet, &kept, &mut back) else {
            outside(sheet, &mut back);
            continue;
        };
        has_any = true;
        came.extend(rows.into_iter().map(|row| (sheet, row)));
    }
    if !has_any {
        let wrong = Refusal::new(say!("no sheet of this workbook has the column `ID@STAMP`"));
        return Err(wrong.help(say!("keep the row of heads as the program wrote it")).into());
    }
    let seen: BTreeSet<&String> = came.iter().filter_map(|(_, row)| row.id.as_ref()).collect();
    let all = standards(&loaded.book);
    let own: Vec<Row<'_>> = rows(&loaded.book, all.all.iter(), words);
    let in_book = |id: &str| {
        own.iter()
            .find(|row| row.standard.id.name == id)
            .or_else(|| own.iter().find(|row| row.standard.id.has_been(id)))
    };
    back.deleted = kept.ids.iter().filter(|id| !seen.contains(id) && in_book(id).is_some()).cloned().collect();
    let mut values = Vec::new();
    let mut taken: BTreeSet<&String> = BTreeSet::new();
    for (sheet, row) in &came {
        let Some(id) = &row.id else { continue };
        let spot = Spot::row(&sheet.name, row.row);
        if !taken.insert(id) {
            let why = say!("this `ID@STAMP` stands in two rows: empty the cell in the new one");
            back.not_understood.push(Unread { spot, value: id.clone(), why });
            continue;
        }
        let own = in_book(id);
        for (column, (cell, content)) in &row.cells {
            if column.key == REFERENCE {
                continue;
            }
            let base = kept.values.get(&(id.clone(), column.clone())).cloned().unwrap_or_default();
            let theirs = plain(content);
            if same(&theirs, &base) {
                continue;
            }
            let at = Spot::cell(&sheet.name, *cell);
            let Some(own) = own else {
                let why = say!("the standard `{id}` is no longer in the book", id);
                back.not_understood.push(Unread { spot: at, value: theirs, why });
                continue;
            };
            if let Some(why) = odd(content) {
                back.not_understood.push(Unread { spot: at, value: theirs, why });
                continue;
            }
            let ours = own.values.get(column).cloned().unwrap_or_default();
            let place = Place::Cell(sheet.name.clone(), *cell);
            values.push(Value { of: (own.standard.id.name.clone(), column.clone(), at), place, base, theirs, ours });
        }
    }
    let merged = merge(values);
    back.conflicts = merged
        .conflicts
        .into_iter()
        .map(|cell| {
            let (id, column, spot) = cell.of;
            Conflict { id, key: column.name(), spot, exported: cell.base, theirs: cell.theirs, ours: cell.ours }
        })
        .collect();
    let new: Vec<(&Sheet, &Came<'_>)> =
        came.iter().filter(|(_, row)| row.id.is_none()).map(|(sheet, row)| (*sheet, row)).collect();
    let items = new_rows(&new, &came, &loaded.book, &mut back);
    let edits = merged.edits.into_iter().map(|cell| (cell.of, cell.theirs, cell.ours)).collect();
    make(name, world, loaded, edits, items, is_partial, &mut back)?;
    Ok(back)
}

/// Why an edited sheet changes nothing.
#[derive(Debug)]
pub(crate) enum BackError {
    /// The file cannot be read.
    File(Refusal),
    /// The book cannot be changed.
    Edit(EditError),
}

impl From<Refusal> for BackError {
    fn from(refusal: Refusal) -> Self {
        BackError::File(refusal)
    }
}

impl From<EditError> for BackError {
    fn from(error: EditError) -> Self {
        BackError::Edit(error)
    }
}

/// The rows of a sheet that has the column of `ID@STAMP`.
fn came_back<'s>(sheet: &'s Sheet, kept: &Kept, back: &mut Back) -> Option<Vec<Came<'s>>> {
    let is_reference = |content: &Content| {
        kept.headings.get(&bare_heading(&plain(content))).is_some_and(|column| column.key == REFERENCE)
    };
    let heads = sheet.cells.iter().find(|(_, content)| is_reference(content)).map(|(cell, _)| cell.row)?;
    let row_of = |row: u32| sheet.cells.range(Cell { row, column: 0 }..=Cell { row, column: u32::MAX });
    let mut columns: BTreeMap<u32, Column> = BTreeMap::new();
    for (cell, content) in row_of(heads) {
        match kept.headings.get(&bare_heading(&plain(content))) {
            Some(column) if !columns.values().any(|known| known == column) => {
                drop(columns.insert(cell.column, column.clone()))
            }
            _ => {
                let why = say!("this column is none of the sheet's, and is not read");
                let is_used = sheet.cells.keys().any(|other| other.column == cell.column && other.row > heads);
                if is_used {
                    let spot = Spot::cell(&sheet.name, *cell);
                    back.not_understood.push(Unread { spot, value: plain(content), why });
                    columns.insert(cell.column, Column { key: "", language: None });
                }
            }
        }
    }
    let numbers: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).filter(|row| *row > heads).collect();
    let mut came = Vec::new();
    for row in numbers {
        let mut cells = BTreeMap::new();
        for (cell, content) in row_of(row) {
            match columns.get(&cell.column) {
                Some(column) if column.key.is_empty() => {}
                Some(column) => drop(cells.insert(column.clone(), (*cell, content))),
                None => {
                    let why = say!("it stands outside of the table's columns");
                    let spot = Spot::cell(&sheet.name, *cell);
                    back.not_understood.push(Unread { spot, value: plain(content), why });
                }
            }
        }
        // What a row does not hold any more is empty.
        let reference = Column { key: REFERENCE, language: None };
        let id = cells.get(&reference).map(|(_, content)| Reference::parse(plain(content).trim()).id.to_owned());
        let id = id.filter(|id| !id.is_empty());
        if let Some(id) = &id {
            if !kept.ids.contains(id) {
                let spot = Spot::row(&sheet.name, row);
                let why =
                    say!("the sheet was not written with a standard of this id; leave `ID@STAMP` empty in a new row");
                back.not_understood.push(Unread { spot, value: id.clone(), why });
                continue;
            }
            for (index, column) in &columns {
                if !column.key.is_empty() {
                    cells.entry(column.clone()).or_insert((Cell { row, column: *index }, &EMPTY));
                }
            }
        }
        if id.is_some() || !cells.is_empty() {
            came.push(Came { row, id, cells });
        }
    }
    Some(came)
}

/// A cell that holds nothing.
static EMPTY: Content = Content::Text(String::new());

/// A sheet that somebody has added.
fn outside(sheet: &Sheet, back: &mut Back) {
    if let Some((cell, content)) = sheet.cells.iter().next() {
        let why = say!("this sheet is none that the program wrote, and is not read");
        back.not_understood.push(Unread { spot: Spot::cell(&sheet.name, *cell), value: plain(content), why });
    }
}

/// Why a cell may not hold what was typed.
fn odd(content: &Content) -> Option<Message> {
    match content {
        Content::Day(_) | Content::Moment(_) | Content::Time(_) => {
            Some(say!("a spreadsheet made a day or a time of this: give the cell the format Text and write it again"))
        }
        Content::Error(_) => Some(say!("this is an error of the spreadsheet")),
        Content::Formula(_) => Some(say!("this is a formula whose value is not stored")),
        Content::Struck(_) => Some(say!("this is struck through: empty the cell, or take the line off")),
        content if content.is_worded() => Some(say!("the cell's format adds words to this number")),
        _ => None,
    }
}

/// New rows as standards of a house, each in the phase that it names, else in that of the row above.
fn new_rows(
    new: &[(&Sheet, &Came<'_>)],
    came: &[(&Sheet, Came<'_>)],
    book: &Book,
    back: &mut Back,
) -> Vec<(usize, Item)> {
    let mut items = Vec::new();
    for (sheet, row) in new {
        let text_of = |row: &Came<'_>, key: &'static str| {
            let column = Column { key, language: None };
            row.cells.get(&column).map(|(_, content)| clean(&plain(content))).unwrap_or_default()
        };
        let above = || came.iter().rev().filter(|(of, other)| of.name == sheet.name && other.row < row.row);
        let phase = Some(text_of(row, "phase")).filter(|phase| !phase.is_empty());
        let phase = phase.or_else(|| above().map(|(_, other)| text_of(other, "phase")).find(|phase| !phase.is_empty()));
        let sequence = text_of(row, "sequence");
        let is_titled = |id: &crate::book::Id, title: &crate::book::Text, wanted: &str| {
            id.is_or_was(wanted) || title.0.iter().any(|worded| bare(&worded.text) == bare(wanted))
        };
        let home = book.sequences.iter().enumerate().find(|(_, of)| {
            let is_sequence = sequence.is_empty() || is_titled(&of.id, &of.title, &sequence);
            is_sequence
                && phase
                    .as_ref()
                    .is_some_and(|phase| of.phases.iter().any(|known| is_titled(&known.id, &known.title, phase)))
        });
        let spot = Spot::row(&sheet.name, row.row);
        let Some((home, _)) = home else {
            let value = phase.unwrap_or_default();
            let why = say!("this new row names no phase of the book");
            back.not_understood.push(Unread { spot, value, why });
            continue;
        };
        let phase = phase.map(|phase| (book.source_language().tag().to_owned(), phase));
        let mut item = Item { spot: Some(spot), phase: phase.into_iter().collect(), ..Item::default() };
        let mut wrong = Vec::new();
        // A figure is understood by the text.
        let mut cells: Vec<_> = row.cells.iter().collect();
        cells.sort_by_key(|(column, _)| (column.key == "measure") as usize + 2 * (column.key == "share") as usize);
        for (column, (cell, content)) in cells {
            let why = odd(content).or_else(|| take(&mut item, column, &plain(content)));
            if let Some(why) = why {
                wrong.push(Unread { spot: Spot::cell(&sheet.name, *cell), value: plain(content), why });
            }
        }
        back.not_understood.append(&mut wrong);
        if item.text.is_empty() {
            let why = say!("this new row has no standard");
            let value = row.cells.values().next().map(|(_, content)| plain(content)).unwrap_or_default();
            back.not_understood.push(Unread { spot: Spot::row(&sheet.name, row.row), value, why });
            continue;
        }
        items.push((home, item));
    }
    items
}

/// Takes a cell of a new row; says why where it cannot.
fn take(item: &mut Item, column: &Column, written: &str) -> Option<Message> {
    let text = clean(written);
    if text.is_empty() {
        return None;
    }
    let language = column.language.clone().unwrap_or_default();
    let worded = |list: &mut Wordings| list.push((language.clone(), text.clone()));
    match column.key {
        "text" => worded(&mut item.text),
        "why" => worded(&mut item.why),
        "what" => worded(&mut item.what),
        "step" => item.step = vec![(language, text)],
        "role" => item.roles = text.split([',', ';']).map(clean).filter(|name| !name.is_empty()).collect(),
        "trait" => item.traits = text.split([',', ';']).map(clean).filter(|name| !name.is_empty()).collect(),
        "type" => match word("type", &text) {
            Some(kind) => item.kind = Some(kind),
            None => return Some(say!("this is no type: personal, product or procedural")),
        },
        "level" => match word("level", &text) {
            Some(level) => item.level = Some(level),
            None => return Some(say!("this is no level: basic, expected or exclusive")),
        },
        "status" => item.status = word("status", &text),
        "verify" => match word("verify", &text) {
            Some(verify) => item.verify = Some(verify),
            None => item.notes.push(say!("verified in the house's words: {text}", text = &*text)),
        },
        "critical" => match truth(&text) {
            Some(critical) => item.critical = Some(critical),
            None => return Some(say!("this is neither yes nor no")),
        },
        "weight" => match text.replace(',', ".").parse::<f64>().ok().filter(|weight| *weight > 0.0 && *weight <= 100.0)
        {
            Some(weight) => item.weight = Some(weight),
            None => return Some(say!("this is no number above 0")),
        },
        "measure" => match figure_of(&text, item) {
            Some(figure) => item.measure = Some(figure),
            None => return Some(say!("this is no figure with a unit, such as `≤ 10 s`")),
        },
        "share" => match (crate::import::house::read_share(&text), &mut item.measure) {
            (Some(share), Some(measure)) => measure.share = Some(share),
            (None, _) => return Some(say!("this is no share, such as `90 %`")),
            (_, None) => return Some(say!("a share needs a figure that is to hold so often")),
        },
        "how" => list_lines(item, Key::How, &language, written),
        "say" => list_lines(item, Key::Say, &language, written),
        "avoid" => list_lines(item, Key::Avoid, &language, written),
        "sources" => list_lines(item, Key::Sources, &language, written),
        "when" | "aspect" => item.notes.push(say!("{key} in the file: {text}", key = column.key, text = &*text)),
        _ => {}
    }
    None
}

/// An edit: of which standard and column, where it stands, what it is to be, what it was.
type Edit = ((String, Column, Spot), String, String);

/// The book with what is edited so far.
fn reload(name: &str, edited: &dyn World) -> Result<Loaded, EditError> {
    load(edited).map_err(|error| EditError::NotKept { path: name.to_owned(), detail: error.message() })
}

/// Makes the edits on a copy of the book: standards that traits yield become drafts first, then values are set, then new rows
/// come in.
fn make(
    name: &str,
    world: &dyn World,
    loaded: &Loaded,
    edits: Vec<Edit>,
    items: Vec<(usize, Item)>,
    is_partial: bool,
    back: &mut Back,
) -> Result<(), BackError> {
    let mut edited = Overlay::new(world);
    let derived: BTreeSet<&String> = edits.iter().map(|((id, ..), ..)| id).filter(|id| id.contains('.')).collect();
    let mut now: BTreeMap<String, String> = BTreeMap::new();
    if !derived.is_empty() {
        let conversion = convert_those(world, loaded, |standard: &Standard| derived.contains(&standard.id.name))?;
        edited.apply(&conversion.changes);
        let after = reload(name, &edited)?;
        let written =
            after.book.sequences.iter().flat_map(|sequence| &sequence.phases).flat_map(|phase| &phase.standards);
        for standard in written {
            let former = standard.id.was.iter().find(|former| derived.contains(former));
            now.extend(former.map(|former| (former.clone(), standard.id.name.clone())));
        }
        back.drafted = now.iter().map(|(old, new)| (old.clone(), new.clone())).collect();
    }
    let after = reload(name, &edited)?;
    let mut sets_of_all = Vec::new();
    let ids: BTreeSet<&String> = edits.iter().map(|((id, ..), ..)| id).collect();
    for id in ids {
        let name = now.get(id).unwrap_or(id);
        let of_id: Vec<&Edit> = edits.iter().filter(|((of, ..), ..)| of == id).collect();
        let phases = after.book.sequences.iter().flat_map(|sequence| &sequence.phases);
        let found = phases.flat_map(|phase| phase.standards.iter().map(move |standard| (phase, standard)));
        let found = found.into_iter().find(|(_, standard)| standard.id.name == *name);
        let Some((phase, standard)) = found else {
            for ((_, _, spot), theirs, _) in of_id {
                let why = say!("the standard `{id}` cannot be changed in a sheet", id);
                back.not_understood.push(Unread { spot: spot.clone(), value: theirs.clone(), why });
            }
            continue;
        };
        let cells: Vec<Edited<'_>> =
            of_id.iter().map(|((_, column, _), theirs, _)| (column, theirs.as_str())).collect();
        let (sets, wrong) = sets(&after.book, phase, standard, &cells);
        for ((_, column, spot), theirs, ours) in of_id {
            match wrong.iter().find(|(of, _)| *of == column) {
                Some((_, why)) => {
                    back.not_understood.push(Unread { spot: spot.clone(), value: theirs.clone(), why: why.clone() });
                }
                None => back.changes.push(Change {
                    id: name.clone(),
                    key: column.name(),
                    before: ours.clone(),
                    after: theirs.clone(),
                }),
            }
        }
        sets_of_all.extend(sets);
    }
    // Nothing of the file is written then, so its edits need not be made.
    if !is_partial && (!back.conflicts.is_empty() || !back.not_understood.is_empty()) {
        return Ok(());
    }
    let changes = set(&after, &sets_of_all)?;
    edited.apply(&changes);
    let mut by_home: BTreeMap<usize, Vec<Item>> = BTreeMap::new();
    items.into_iter().for_each(|(home, item)| by_home.entry(home).or_default().push(item));
    for (home, items) in by_home {
        let after = reload(name, &edited)?;
        let found = Found { items, ..Found::default() };
        let source = Source { name: name.to_owned(), found };
        let plan = Planner::new(&after.book).plan(vec![source], Some(home), |_| true);
        let changes = take_in(&edited, &after, &plan.intakes)?;
        edited.apply(&changes);
        back.plan.drafts.extend(plan.drafts);
        back.plan.known.extend(plan.known);
    }
    back.files =
        edited.changes().into_iter().filter(|change| change.before.as_deref() != Some(change.after.as_str())).collect();
    unharmed(world, loaded, &back.files)?;
    Ok(())
}
