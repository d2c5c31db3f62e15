//! New rows of an edited sheet: standards of a house that the book does not have yet.

use super::columns::SheetColumn;
use super::reading::{Came, odd};
use crate::book::{Book, Id, Text};
use crate::forms::{Sheet, plain};
use crate::import::cell_words::{bare, truth, word};
use crate::import::house::{HouseStandard, Key, Wordings, clean, figure_of, list_lines, read_share};
use crate::import::{Spot, Unread};
use crate::message::Message;
use crate::say;

/// New rows as standards of a house, each in the phase that it names, else in that of the row above.
pub(super) fn new_rows(
    new: &[(&Sheet, &Came<'_>)],
    came: &[(&Sheet, Came<'_>)],
    book: &Book,
    not_understood: &mut Vec<Unread>,
) -> Vec<(usize, HouseStandard)> {
    let mut items = Vec::new();
    for (sheet, row) in new {
        let text_of = |row: &Came<'_>, key: &'static str| {
            let column = SheetColumn { key, language: None };
            row.cells.get(&column).map(|(_, content)| clean(&plain(content))).unwrap_or_default()
        };
        let above =
            || came.iter().rev().filter(|(other_sheet, other)| other_sheet.name == sheet.name && other.row < row.row);
        let phase = Some(text_of(row, "phase")).filter(|phase| !phase.is_empty());
        let phase = phase.or_else(|| above().map(|(_, other)| text_of(other, "phase")).find(|phase| !phase.is_empty()));
        let sequence = text_of(row, "sequence");
        let is_titled = |id: &Id, title: &Text, wanted: &str| {
            id.is_or_was(wanted) || title.0.iter().any(|worded| bare(&worded.text) == bare(wanted))
        };
        let home = book.sequences.iter().enumerate().find(|(_, candidate)| {
            let is_sequence = sequence.is_empty() || is_titled(&candidate.id, &candidate.title, &sequence);
            is_sequence
                && phase
                    .as_ref()
                    .is_some_and(|phase| candidate.phases.iter().any(|known| is_titled(&known.id, &known.title, phase)))
        });
        let spot = Spot::row(&sheet.name, row.row);
        let Some((home, _)) = home else {
            let value = phase.unwrap_or_default();
            let why = say!("this new row names no phase of the book");
            not_understood.push(Unread { spot, value, why });
            continue;
        };
        let phase = phase.map(|phase| (book.source_language().tag().to_owned(), phase));
        let mut item =
            HouseStandard { spot: Some(spot), phase: phase.into_iter().collect(), ..HouseStandard::default() };
        let mut wrong = Vec::new();
        // A figure is understood by the text.
        let mut cells: Vec<_> = row.cells.iter().collect();
        cells.sort_by_key(|(column, _)| (column.key == "measure") as usize + 2 * (column.key == "share") as usize);
        for (column, (cell, content)) in cells {
            let why = odd(content).or_else(|| take(&mut item, column, &plain(content), book));
            if let Some(why) = why {
                wrong.push(Unread { spot: Spot::cell(&sheet.name, *cell), value: plain(content), why });
            }
        }
        not_understood.append(&mut wrong);
        if item.text.is_empty() {
            let why = say!("this new row has no standard");
            let value = row.cells.values().next().map(|(_, content)| plain(content)).unwrap_or_default();
            not_understood.push(Unread { spot: Spot::row(&sheet.name, row.row), value, why });
            continue;
        }
        items.push((home, item));
    }
    items
}

/// Takes a cell of a new row; says why where it cannot.
fn take(item: &mut HouseStandard, column: &SheetColumn, written: &str, book: &Book) -> Option<Message> {
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
        // A step is named by its id, or by a title of the source language.
        "step" => item.step = vec![(book.source_language().tag().to_owned(), text)],
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
        "status" => match word("status", &text) {
            Some(status) => item.status = Some(status),
            None => return Some(say!("this is no status: draft, active or retired")),
        },
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
        "share" => match (read_share(&text), &mut item.measure) {
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
