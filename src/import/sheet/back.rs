//! The way back: an edited sheet → what it changes in the book.

use std::collections::{BTreeMap, BTreeSet};

use super::HIDDEN;
use super::columns::{REFERENCE, SheetColumn};
use super::edits::{Edited, sets};
use super::fresh::new_rows;
use super::reading::{Came, SheetBase, came_back, kept, odd, outside};
use super::values::{SheetRow, rows};
use crate::book::{Book, Language, Loaded, Phase, WrittenStandard, load};
use crate::edit::convert::convert_those;
use crate::edit::intake::take_in;
use crate::edit::values::set;
use crate::edit::{EditError, FileEdit as FileChange, unharmed};
use crate::forms::{FormPlace, Sheet, plain, sheets};
use crate::import::drafts::{DraftPlan, Planner, Source};
use crate::import::house::hidden;
use crate::import::house::{HouseFile, HouseStandard};
use crate::import::merge::{ReturnedValue as Value, merge, same};
use crate::import::{Refusal, Spot, Unread};
use crate::language::Interface;
use crate::method::{Standard, standards};
use crate::say;
use crate::source::{Overlay, World};

/// A value that the sheet changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ValueChange {
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
pub(crate) struct SheetConflict {
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
pub(crate) struct ReturnedSheet {
    /// Values that change.
    pub changes: Vec<ValueChange>,
    /// Values that both changed.
    pub conflicts: Vec<SheetConflict>,
    /// New rows, as drafts.
    pub plan: DraftPlan,
    /// Standards that traits yield and somebody edited: their id, and that of the draft.
    pub drafted: Vec<(String, String)>,
    /// Standards whose rows are gone. They stay in the book.
    pub deleted: Vec<String>,
    /// What was not understood.
    pub not_understood: Vec<Unread>,
    /// What was read and is to be looked at.
    pub remarks: Vec<Unread>,
    /// The files, all edits made.
    pub files: Vec<FileChange>,
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
) -> Result<ReturnedSheet, BackError> {
    let sheets = sheets(bytes).map_err(Refusal::from)?;
    let kept = kept(&sheets).unwrap_or_else(|| Err(Refusal::new(say!("this is no sheet of standards of gamma-ok"))))?;
    let mut back = ReturnedSheet::default();
    let words = Interface::of(&Language::new(&kept.language));
    let came = all_that_came(bytes, &sheets, &kept, words, &mut back)?;
    let seen: BTreeSet<&String> = came.iter().filter_map(|(_, row)| row.id.as_ref()).collect();
    let all = standards(&loaded.book);
    let own: Vec<SheetRow<'_>> = rows(&loaded.book, all.all.iter(), words);
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
            let spot = Spot::cell(&sheet.name, *cell);
            let Some(own) = own else {
                let why = say!("the standard `{id}` is no longer in the book", id);
                back.not_understood.push(Unread { spot, value: theirs, why });
                continue;
            };
            if let Some(why) = odd(content) {
                back.not_understood.push(Unread { spot, value: theirs, why });
                continue;
            }
            let ours = own.values.get(column).cloned().unwrap_or_default();
            let place = FormPlace::Cell(sheet.name.clone(), *cell);
            values.push(Value { of: (own.standard.id.name.clone(), column.clone(), spot), place, base, theirs, ours });
        }
    }
    let merged = merge(values);
    back.conflicts = conflicts(loaded, merged.conflicts);
    let new: Vec<(&Sheet, &Came<'_>)> =
        came.iter().filter(|(_, row)| row.id.is_none()).map(|(sheet, row)| (*sheet, row)).collect();
    let items = new_rows(&new, &came, &loaded.book, &mut back.not_understood);
    // Of prose other characters are another text.
    let is_edit = |cell: &Value<(String, SheetColumn, Spot)>| {
        let (id, column, _) = &cell.of;
        column.language.is_some() || !is_as_in_book(loaded, id, column, &cell.theirs)
    };
    let edits = merged.edits.into_iter().filter(is_edit).map(|cell| (cell.of, cell.theirs, cell.ours)).collect();
    make(name, world, loaded, edits, items, is_partial, &mut back)?;
    Ok(back)
}

/// The rows of all sheets, each with its sheet; what is to be said of the sheets goes into `back`.
fn all_that_came<'s>(
    bytes: &[u8],
    sheets: &'s [Sheet],
    kept: &SheetBase,
    words: &Interface,
    back: &mut ReturnedSheet,
) -> Result<Vec<(&'s Sheet, Came<'s>)>, BackError> {
    let mut came = Vec::new();
    let mut has_any = false;
    for sheet in sheets.iter().filter(|sheet| sheet.name != HIDDEN) {
        let Some(rows) = came_back(sheet, kept, words, back) else {
            outside(sheet, &mut back.not_understood);
            continue;
        };
        has_any = true;
        if let Some(copy) = copied(sheet, &rows, &came) {
            back.not_understood.push(copy);
            continue;
        }
        if sheet.is_hidden {
            let why = say!("this sheet is hidden, and was read like the others");
            let spot = Spot::part(&sheet.name, say!("sheet {sheet}", sheet = &sheet.name));
            back.remarks.push(Unread { spot, value: String::new(), why });
        }
        back.remarks.extend(hidden(bytes, &[sheet]));
        came.extend(rows.into_iter().map(|row| (sheet, row)));
    }
    if !has_any {
        let wrong = Refusal::new(say!("no sheet of this workbook has the column `ID@STAMP`"));
        return Err(wrong.help(say!("keep the row of heads as the program wrote it")).into());
    }
    Ok(came)
}

/// Says of a sheet whose standards all stand on another one that it is a copy: once, and not row by row.
fn copied(sheet: &Sheet, rows: &[Came<'_>], came: &[(&Sheet, Came<'_>)]) -> Option<Unread> {
    let ids: Vec<&String> = rows.iter().filter_map(|row| row.id.as_ref()).collect();
    let first = came.iter().find(|(_, row)| row.id.as_ref() == ids.first().copied()).map(|(first, _)| *first)?;
    let of_first: BTreeSet<&String> =
        came.iter().filter(|(other, _)| other.name == first.name).filter_map(|(_, row)| row.id.as_ref()).collect();
    let is_copy = ids.len() > 1 && ids.iter().all(|id| of_first.contains(id));
    let why = say!(
        ids.len();
        "1 row of it names the same standard as the sheet `{other}`: it is a copy; delete the sheet that is not meant",
        "{n} rows of it name the same standards as the sheet `{other}`: it is a copy; delete the sheet that is not meant",
        other = &first.name
    );
    let spot = Spot::part(&sheet.name, say!("sheet {sheet}", sheet = &sheet.name));
    is_copy.then(|| Unread { spot, value: String::new(), why })
}

/// What was changed on both sides, but for what says the same in other characters.
fn conflicts(loaded: &Loaded, cells: Vec<Value<(String, SheetColumn, Spot)>>) -> Vec<SheetConflict> {
    let differs =
        |cell: &Value<(String, SheetColumn, Spot)>| !is_as_in_book(loaded, &cell.of.0, &cell.of.1, &cell.theirs);
    let conflict = |cell: Value<(String, SheetColumn, Spot)>| {
        let (id, column, spot) = cell.of;
        SheetConflict { id, key: column.name(), spot, exported: cell.base, theirs: cell.theirs, ours: cell.ours }
    };
    cells.into_iter().filter(differs).map(conflict).collect()
}

/// Whether a cell says what the book says, only in other characters: `2,5` for `2.5`, `20 seconds` for `≤ 20 s`.
fn is_as_in_book(loaded: &Loaded, id: &str, column: &SheetColumn, theirs: &str) -> bool {
    let Some((phase, standard)) = written(&loaded.book, id) else { return false };
    let (sets, wrong) = sets(&loaded.book, phase, standard, &[(column, theirs)]);
    let is_same = |change: &FileChange| change.before.as_deref() == Some(change.after.as_str());
    wrong.is_empty() && set(loaded, &sets).is_ok_and(|changes| changes.iter().all(is_same))
}

/// A standard that stands in a file, with its phase.
fn written<'b>(book: &'b Book, id: &str) -> Option<(&'b Phase, &'b WrittenStandard)> {
    book.phases()
        .flat_map(|phase| phase.standards.iter().map(move |standard| (phase, standard)))
        .find(|(_, standard)| standard.id.name == id)
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

/// An edit: of which standard and column, where it stands, what it is to be, what it was.
type Edit = ((String, SheetColumn, Spot), String, String);

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
    items: Vec<(usize, HouseStandard)>,
    is_partial: bool,
    back: &mut ReturnedSheet,
) -> Result<(), BackError> {
    let mut edited = Overlay::new(world);
    let derived: BTreeSet<&String> = edits.iter().map(|((id, ..), ..)| id).filter(|id| id.contains('.')).collect();
    let mut now: BTreeMap<String, String> = BTreeMap::new();
    if !derived.is_empty() {
        let conversion = convert_those(world, loaded, |standard: &Standard| derived.contains(&standard.id.name))?;
        edited.apply(&conversion.changes);
        let after = reload(name, &edited)?;
        for standard in after.book.phases().flat_map(|phase| &phase.standards) {
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
        let of_id: Vec<&Edit> = edits.iter().filter(|((edited, ..), ..)| edited == id).collect();
        let Some((phase, standard)) = written(&after.book, name) else {
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
            match wrong.iter().find(|(known, _)| *known == column) {
                Some((_, why)) => {
                    back.not_understood.push(Unread { spot: spot.clone(), value: theirs.clone(), why: why.clone() });
                }
                None => back.changes.push(ValueChange {
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
    let mut by_home: BTreeMap<usize, Vec<HouseStandard>> = BTreeMap::new();
    items.into_iter().for_each(|(home, item)| by_home.entry(home).or_default().push(item));
    for (home, items) in by_home {
        let after = reload(name, &edited)?;
        let found = HouseFile { items, ..HouseFile::default() };
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
