//! A filled-in spreadsheet. Its hidden sheet `gamma-ok` says where everything stands, so that rows may be sorted, columns
//! widened and sheets renamed.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use calamine::{DataRef, Reader, Xlsx, open_workbook_from_rs};

use super::markdown::attach;
use super::words::observations;
use super::{Form, Given, GivenAction, Rejected, Spot};
use crate::say;

/// The sheet that says where everything stands.
const FORM_SHEET: &str = "gamma-ok";

/// Rows and columns beyond these are no form's; a hostile sheet has cells at the end of the world.
const MAX_ROW: u32 = 200_000;
const MAX_COLUMN: u32 = 200;

/// So many bytes may a spreadsheet unpack to.
pub(crate) const MAX_UNPACKED: u64 = 200 * 1024 * 1024;

/// The cells of a sheet by row and column, from 0, as text.
pub(crate) type Cells = BTreeMap<(u32, u32), String>;

/// What the hidden sheet says: columns by name, cells of fields by name, and the rows of items, all from 0.
struct Layout {
    columns: BTreeMap<String, u32>,
    fields: BTreeMap<String, (u32, u32)>,
    rows: (u32, u32),
    site: Option<String>,
}

pub(super) fn read(bytes: &[u8]) -> Result<Form, Rejected> {
    let broken = || {
        Rejected::new("", say!("this spreadsheet cannot be opened"))
            .help(say!("open it in a spreadsheet program and save it again as .xlsx"))
    };
    if unpacked(bytes).ok_or_else(broken)? > MAX_UNPACKED {
        return Err(Rejected::new("", say!("this spreadsheet unpacks to more than any checklist holds")));
    }
    let mut book: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let names = book.sheet_names().clone();
    if !names.iter().any(|name| name == FORM_SHEET) {
        return Err(Rejected::new("", say!("this is not a checklist of gamma-ok: it has no sheet `gamma-ok`"))
            .help(say!("give a spreadsheet that `gamma-ok checklist --format xlsx` made")));
    }
    let layout = layout(&cells(&mut book, FORM_SHEET).ok_or_else(broken)?)?;
    // The form and the actions are the sheets before and after, whatever they are called by now.
    let others: Vec<&String> = names.iter().filter(|name| *name != FORM_SHEET).collect();
    let sheet = others.first().copied().ok_or_else(broken)?;
    let filled = cells(&mut book, sheet).ok_or_else(broken)?;
    let mut form = items(sheet, &filled, &layout);
    if let Some(sheet) = others.get(1) {
        let filled = cells(&mut book, sheet).ok_or_else(broken)?;
        actions(sheet, &filled, &mut form);
    }
    Ok(form)
}

/// How much a spreadsheet unpacks to, as far as that matters. What its directory says of that may be a lie.
pub(crate) fn unpacked(bytes: &[u8]) -> Option<u64> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).ok()?;
    let mut total = 0;
    for at in 0..archive.len() {
        let part = archive.by_index(at).ok()?;
        total += std::io::copy(&mut part.take(MAX_UNPACKED + 1 - total), &mut std::io::sink()).ok()?;
        if total > MAX_UNPACKED {
            break;
        }
    }
    Some(total)
}

/// Reads a sheet cell by cell: as a range it would take memory for every cell up to the last.
pub(crate) fn cells(book: &mut Xlsx<Cursor<&[u8]>>, sheet: &str) -> Option<Cells> {
    let mut reader = book.worksheet_cells_reader(sheet).ok()?;
    let mut cells = Cells::new();
    while let Some(cell) = reader.next_cell().ok()? {
        let (row, column) = cell.get_position();
        if row > MAX_ROW || column > MAX_COLUMN {
            continue;
        }
        let text = match cell.get_value() {
            DataRef::Empty | DataRef::Error(_) => continue,
            DataRef::String(text) | DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Float(number) => number.to_string(),
            DataRef::Bool(value) => value.to_string(),
            DataRef::DateTime(time) => {
                let (year, month, day, hour, minute, ..) = time.to_ymd_hms_milli();
                match (time.as_f64() < 1.0, time.as_f64().fract() == 0.0) {
                    (true, _) => format!("{hour:02}:{minute:02}"),
                    (_, true) => format!("{year:04}-{month:02}-{day:02}"),
                    _ => format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"),
                }
            }
        };
        let text = text.trim();
        if !text.is_empty() {
            cells.insert((row, column), text.to_owned());
        }
    }
    Some(cells)
}

fn layout(cells: &Cells) -> Result<Layout, Rejected> {
    let mut layout = Layout { columns: BTreeMap::new(), fields: BTreeMap::new(), rows: (0, 0), site: None };
    let cell = |row: u32, column: u32| cells.get(&(row, column)).map_or("", String::as_str);
    let last = cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    let mut kind = "";
    for row in 0..=last {
        let (name, value) = (cell(row, 1), cell(row, 2));
        match cell(row, 0) {
            "form" => kind = name,
            "site" => layout.site = Some(value.to_owned()).filter(|site| !site.is_empty()),
            "field" => {
                layout.fields.extend(position(value).map(|position| (name.to_owned(), position)));
            }
            "column" => {
                layout.columns.extend(column(value).map(|column| (name.to_owned(), column)));
            }
            "rows" => {
                let number = |text: &str| text.parse::<u32>().ok().and_then(|row| row.checked_sub(1));
                layout.rows = (number(name).unwrap_or(0), number(value).unwrap_or(0).min(MAX_ROW));
            }
            _ => {}
        }
    }
    let needed = ["observed", "answer", "note", "reference"];
    if kind == "review" {
        return Err(Rejected::new("", say!("this is the form of a review, not of an audit"))
            .help(say!("take it in with `gamma-ok review record`")));
    }
    if kind != "checklist" || needed.iter().any(|name| !layout.columns.contains_key(*name)) {
        return Err(Rejected::new("gamma-ok", say!("the sheet that says where everything stands has been changed"))
            .help(say!("make the checklist again and copy the answers into it")));
    }
    Ok(layout)
}

/// `C` → 2.
fn column(letters: &str) -> Option<u32> {
    let letters = letters.trim();
    let value = |so_far: u32, letter: u8| {
        letter
            .is_ascii_uppercase()
            .then(|| so_far * 26 + u32::from(letter - b'A') + 1)
            .filter(|value| *value <= MAX_COLUMN)
    };
    let number = letters.bytes().try_fold(0, value)?;
    number.checked_sub(1)
}

/// `C3` → row 2, column 2.
fn position(cell: &str) -> Option<(u32, u32)> {
    let at = cell.find(|c: char| c.is_ascii_digit())?;
    let row: u32 = cell[at..].parse().ok()?;
    Some((row.checked_sub(1)?, column(&cell[..at])?))
}

/// `C3` of row 2, column 2, in its sheet.
fn place(sheet: &str, row: u32, column: u32) -> String {
    let mut letters = String::new();
    let mut rest = column + 1;
    while rest > 0 {
        letters.insert(0, char::from(b'A' + ((rest - 1) % 26) as u8));
        rest = (rest - 1) / 26;
    }
    format!("{sheet}!{letters}{}", row + 1)
}

fn items(sheet: &str, cells: &Cells, layout: &Layout) -> Form {
    let spot = |row: u32, column: u32| {
        let text = cells.get(&(row, column))?;
        Spot::of(text, place(sheet, row, column))
    };
    let field = |name: &str| layout.fields.get(name).and_then(|(row, column)| spot(*row, *column));
    let mut form = Form {
        site: layout.site.as_ref().and_then(|site| Spot::of(site, "gamma-ok")).or_else(|| field("site")),
        date: field("date"),
        time: field("time"),
        auditor: field("auditor"),
        ..Form::default()
    };
    let of = |row: u32, name: &str| layout.columns.get(name).and_then(|column| spot(row, *column));
    // Rows that were put in below still count: the last row with anything in it ends the list.
    let last = cells.keys().map(|(row, _)| *row).max().unwrap_or(0).max(layout.rows.1);
    for row in layout.rows.0..=last {
        let (answer, observed, note) = (of(row, "answer"), of(row, "observed"), of(row, "note"));
        let Some(reference) = of(row, "reference") else {
            if let Some(lost) = answer.or(observed) {
                let wrong = say!("this row has lost its `ID@STAMP`, so nobody can tell what was answered");
                form.rejected.push(Rejected::new(lost.place, wrong));
            }
            continue;
        };
        let observed = observed.iter().flat_map(|spot| {
            observations(&spot.text).filter_map(|text| Spot::of(text, &*spot.place)).collect::<Vec<_>>()
        });
        form.items.push(Given {
            place: reference.place.clone(),
            reference: reference.text,
            number: cells.get(&(row, 0)).cloned(),
            ticked: answer.into_iter().collect(),
            observed: observed.collect(),
            note,
            ..Given::default()
        });
    }
    form
}

/// The sheet of actions: item, what, cause, owner, due, done, checked.
fn actions(sheet: &str, cells: &Cells, form: &mut Form) {
    let last = cells.keys().map(|(row, _)| *row).max().unwrap_or(0);
    for row in 1..=last {
        let cell = |column: u32| cells.get(&(row, column)).and_then(|text| Spot::of(text, place(sheet, row, column)));
        let number = cell(0).unwrap_or(Spot { text: String::new(), place: place(sheet, row, 0) });
        let action = GivenAction {
            what: cell(1),
            cause: cell(2),
            owner: cell(3),
            due: cell(4),
            done: cell(5),
            verified: cell(6),
        };
        attach(form, &number, action);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_have_their_names() {
        assert_eq!(column("A"), Some(0));
        assert_eq!(column("AB"), Some(27));
        assert_eq!(column(""), None);
        assert_eq!(column("ZZZ"), None);
        assert_eq!(position("C3"), Some((2, 2)));
        assert_eq!(position("C0"), None);
        assert_eq!(place("Checklist", 13, 8), "Checklist!I14");
        assert_eq!(place("x", 0, 27), "x!AB1");
    }

    #[test]
    fn what_is_no_spreadsheet_is_refused() {
        for bytes in [&b""[..], b"PK\x03\x04", b"PK\x03\x04truncated", &[0xff; 64]] {
            assert!(read(bytes).is_err());
        }
    }
}
