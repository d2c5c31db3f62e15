//! A filled workbook: its hidden sheet says in words of the format where things stand; see `render/xlsx/review.rs`.

use std::io::Cursor;

use calamine::{Reader, Xlsx, open_workbook_from_rs};

use super::{Answer, Filled, NoForm, Rejected, decision, filled, forms, names, set_due};
use crate::audit::forms::xlsx::{MAX_UNPACKED, cells, unpacked};
use crate::message::Message;
use crate::say;

/// The hidden sheet.
const HIDDEN: &str = "gamma-ok";

pub(super) fn read(bytes: &[u8]) -> Result<Filled, NoForm> {
    let wrong = |message: Message| NoForm::new(message, forms());
    let broken = || wrong(say!("the workbook cannot be opened"));
    if unpacked(bytes).ok_or_else(broken)? > MAX_UNPACKED {
        return Err(wrong(say!("this workbook unpacks to more than any checklist holds")));
    }
    let mut book: Xlsx<Cursor<&[u8]>> = open_workbook_from_rs(Cursor::new(bytes)).map_err(|_| broken())?;
    let sheets: Vec<String> = book.sheet_names().iter().filter(|name| *name != HIDDEN).cloned().collect();
    let hidden = cells(&mut book, HIDDEN).ok_or_else(|| wrong(say!("this workbook is no form of gamma-ok")))?;
    let hidden_at = |row: u32, column: u32| hidden.get(&(row, column)).map_or("", String::as_str);
    let last_hidden = hidden.keys().map(|(row, _)| *row).max().unwrap_or(0);
    let rows: Vec<[&str; 3]> = (0..=last_hidden).map(|row| [0, 1, 2].map(|column| hidden_at(row, column))).collect();
    let find = |what: &str, name: &str| {
        rows.iter().find(|[a, b, _]| *a == what && (name.is_empty() || *b == name)).map(|[_, b, c]| (*b, *c))
    };
    match find("form", "") {
        Some(("review", "1")) => {}
        Some(("checklist", _)) => {
            return Err(NoForm::new(
                say!("this is a checklist of a round"),
                say!("`gamma-ok audit record` takes it in"),
            ));
        }
        _ => return Err(wrong(say!("this workbook is no review checklist, or one of another version of gamma-ok"))),
    }
    let Some((_, review)) = find("review", "") else {
        return Err(wrong(say!("this workbook does not name its review")));
    };
    let mut form = Filled { review: review.to_owned(), ..Filled::default() };
    let place = |name: &str| find("column", name).and_then(|(_, letter)| column(letter));
    let (Some(reference), Some(decided), Some(reason), Some(owner), Some(due), Some(first)) = (
        place("reference"),
        place("decision"),
        place("reason"),
        place("owner"),
        place("due"),
        find("rows", "").and_then(|(first, _)| first.parse::<u32>().ok()),
    ) else {
        return Err(wrong(say!("the hidden sheet of this workbook was changed")));
    };
    let main = sheets.first().and_then(|name| cells(&mut book, name));
    let Some(main) = main else { return Err(wrong(say!("this workbook has lost its first sheet"))) };
    let said = |row: u32, column: u32| main.get(&(row, column)).map_or("", String::as_str);
    if let Some((row, column)) = find("field", "participants").and_then(|(_, at)| cell_of(at)) {
        form.reviewers = names(said(row, column));
    }
    // Rows may have been put in or sorted, so every reference below the heads counts, wherever it stands.
    let references = main.iter().filter(|((row, column), _)| *column == reference && *row + 1 >= first);
    for (&(row, _), written) in references.filter(|(_, written)| written.contains('@')) {
        let said = |column: u32| said(row, column);
        let mut answer = Answer {
            reference: written.clone(),
            reason: filled(said(reason)),
            owner: filled(said(owner)),
            place: format!("cell {}{}", letter(decided), row + 1),
            ..Answer::default()
        };
        if let Some(word) = filled(said(decided)) {
            match decision(&word) {
                Some(decision) => answer.decision = Some(decision),
                None => form.rejected.push(Rejected {
                    place: answer.place.clone(),
                    message: say!("`{word}` is not a decision", word),
                    help: say!("choose one from the list in the cell"),
                }),
            }
        }
        set_due(&mut answer, said(due), &mut form.rejected);
        if answer.is_filled() {
            form.answers.push(answer);
        }
    }
    if let Some(new) = sheets.get(1).and_then(|name| cells(&mut book, name)) {
        let first_column = new.iter().filter(|((row, column), _)| *row > 0 && *column == 0);
        form.added.extend(first_column.filter_map(|(_, text)| filled(text)));
    }
    Ok(form)
}

/// The number of a column named by letters.
fn column(letters: &str) -> Option<u32> {
    let digit = |c: char| c.is_ascii_uppercase().then(|| c as u32 - 'A' as u32 + 1);
    let number = letters.chars().try_fold(0u32, |sum, c| sum.checked_mul(26)?.checked_add(digit(c)?))?;
    number.checked_sub(1)
}

/// Row and column of a cell such as `C4`.
fn cell_of(name: &str) -> Option<(u32, u32)> {
    let split = name.find(|c: char| c.is_ascii_digit())?;
    let (letters, row) = name.split_at(split);
    Some((row.parse::<u32>().ok()?.checked_sub(1)?, column(letters)?))
}

fn letter(column: u32) -> char {
    char::from(b'A' + (column % 26) as u8)
}
