//! Rows of the book's tables that cannot be counted, one by one: each is mended cell by cell or taken out, and every other byte
//! of its table stays.

use std::rc::Rc;

use axum::http::StatusCode;
use serde_json::{Value as Json, json};

use super::customers::{self, with, without};
use super::{Trouble, state_of, written};
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::query::Query;
use crate::desk::server::DeskState;
use crate::edit::FileEdit;
use crate::feedback::faults;
use crate::forms::table::{Table, TableRow, table};
use crate::language::Interface;
use crate::say;
use crate::source::{FileId, Source, World, without_unseen};

/// So many rows are asked about at once; the others come up when these are done.
const MAX_ASKED: usize = 20;

/// A cell of more letters than this gets several lines to be typed on.
const LONG: usize = 60;

/// A row that is not counted, in its table.
struct LostRow<'a> {
    source: &'a Source,
    table: Rc<Table>,
    /// Its place among the rows.
    place: usize,
}

impl LostRow<'_> {
    fn row(&self) -> &TableRow {
        &self.table.rows[self.place]
    }

    /// What it says, and where, in a few letters.
    fn state(&self) -> String {
        let text = self.source.text.get(self.row().range.clone());
        state_of(&(&self.source.path, self.row().line, text))
    }

    /// What the heading calls a cell.
    fn head(&self, index: usize) -> &str {
        self.table.rows.first().and_then(|head| head.cells.get(index)).map_or("", String::as_str)
    }

    /// How many cells the heading has.
    fn columns(&self) -> usize {
        self.table.rows.first().map_or(0, |head| head.cells.len())
    }

    /// How many cells are asked about: those of the heading, and what the row has beyond.
    fn width(&self) -> usize {
        self.columns().max(self.row().cells.len())
    }
}

/// The rows of all tables that are not counted and can be told apart, in the order of the tables.
fn lost(opened: &Opened) -> impl Iterator<Item = LostRow<'_>> {
    let sources = &opened.project.loaded.sources;
    let mut read: Option<(FileId, Rc<Table>)> = None;
    opened.records.feedback.rows_left_out.iter().filter_map(move |span| {
        let source = sources.get(span.file);
        let known = read.take().filter(|(file, _)| *file == span.file);
        let (_, table) = read.insert(known.unwrap_or_else(|| (span.file, Rc::new(table(&source.text)))));
        let place = table.rows.binary_search_by_key(&(span.start as usize), |row| row.range.start).ok()?;
        (place > 0).then(|| LostRow { source, table: Rc::clone(table), place })
    })
}

/// What is asked about them, and how many are left for later.
pub(super) fn asked(opened: &Opened, words: &Interface) -> (Vec<Json>, usize) {
    let all = opened.records.feedback.rows_left_out.len();
    let rows: Vec<Json> = lost(opened).take(MAX_ASKED).map(|row| question(opened, &row, words, None)).collect();
    let more = if rows.len() == MAX_ASKED { all - MAX_ASKED } else { 0 };
    (rows, more)
}

/// A row as it is asked about: its cells, as they stand or as somebody typed them, and what is wrong.
fn question(opened: &Opened, lost: &LostRow<'_>, words: &Interface, typed: Option<&[String]>) -> Json {
    let row = lost.row();
    let cells = (0..lost.width()).map(|index| {
        let value = typed.unwrap_or(&row.cells).get(index).map_or("", String::as_str);
        let is_long = value.chars().count() > LONG || value.contains('\n');
        json!({"name": format!("cell-{index}"), "head": lost.head(index), "value": value, "is_long": is_long})
    });
    let text = lost.source.text.get(row.range.clone()).unwrap_or_default();
    // What was typed may be wrong in another way than what stands there.
    let why = match typed {
        Some(cells) => {
            faults_of(opened, lost, &lost.table.with_cells(&lost.source.text, row, cells, lost.columns()), words)
        }
        None => reasons(opened, lost, text, words),
    };
    json!({
        "path": lost.source.path, "place": format!("{}:{}", lost.source.path, row.line), "from": lost.state(),
        "why": why, "cells": cells.collect::<Vec<_>>(), "width": lost.width(),
    })
}

/// What is wrong with a row that says that.
fn faults_of(opened: &Opened, lost: &LostRow<'_>, row: &str, words: &Interface) -> Vec<String> {
    let part = |row: &TableRow| lost.source.text.get(row.range.clone()).unwrap_or_default();
    let head = lost.table.rows.first().map(part).unwrap_or_default();
    let alone = format!("{head}\n{row}\n");
    let book = &opened.project.loaded.book;
    let wrong = faults(book, opened.project.world.today(), &alone);
    wrong.iter().map(|finding| words.say(&finding.message)).collect()
}

/// Why it is not counted.
fn reasons(opened: &Opened, lost: &LostRow<'_>, row: &str, words: &Interface) -> Vec<String> {
    let mut why = faults_of(opened, lost, row, words);
    if why.is_empty() {
        why.push(words.text("desk.row.twice").to_owned());
    }
    why
}

/// `POST /customers/row`: a row is mended or taken out, unless it is another by now than the page showed.
pub(super) fn decide(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let from = ask.form.get("from").ok_or(Trouble::Missing)?;
    let is_out = match ask.form.get("do") {
        Some("out") => true,
        Some("mend") => false,
        _ => return Err(Trouble::Missing),
    };
    let mut again = None;
    written(inside, ask, |opened| {
        let found = lost(opened).find(|row| row.state() == from);
        let row =
            found.ok_or_else(|| say!("this row is not there any more as the page showed it; nothing was written"))?;
        let cells = typed(&ask.form, &row);
        let text = &row.source.text;
        let range = row.row().range.clone();
        let after = match is_out {
            true => without(text, &[range]).text,
            false => {
                let mended = row.table.with_cells(text, row.row(), &cells, row.columns());
                format!("{}{mended}{}", &text[..range.start], &text[range.end..])
            }
        };
        let edit = edit(opened, row.source, &after)?;
        // Not one row more may be lost by it, and this one is not lost any more.
        let (read, _) = with(&opened.project, &row.source.path, &after);
        if read.left_out >= opened.records.feedback.left_out {
            again = Some(question(opened, &row, ask.interface, Some(&cells)));
            return Ok(Vec::new());
        }
        Ok(vec![edit])
    })?;
    match again {
        None => Ok(Answer::see(if is_out { "/customers?row=out" } else { "/customers?row=mended" })),
        Some(row) => {
            let opened = inside.shelf.book()?;
            // What is right in itself is not counted because another row is it already.
            let is_known = row["why"].as_array().is_none_or(Vec::is_empty);
            let still = match is_known {
                true => say!(
                    "nothing was written: another row says the same and is counted already; take this one out, or correct it"
                ),
                false => say!("this row still cannot be counted, so nothing was written"),
            };
            let still = ask.interface.say(&still);
            let answer = customers::shown(inside, ask, &opened, Some((row, still)))?;
            Ok(answer.status(StatusCode::UNPROCESSABLE_ENTITY))
        }
    }
}

/// The cells as they were typed; what a form says in other bytes and not in other letters is what it was.
fn typed(form: &Query, lost: &LostRow<'_>) -> Vec<String> {
    let cell = |index: usize| {
        let typed = form.get(&format!("cell-{index}")).unwrap_or_default().replace("\r\n", "\n");
        let typed = typed.trim();
        let before = lost.row().cells.get(index).filter(|before| without_unseen(before).replace("\r\n", "\n") == typed);
        before.cloned().unwrap_or_else(|| typed.to_owned())
    };
    (0..lost.width()).map(cell).collect()
}

/// The change of a table's file, whose bytes are those of its text.
fn edit(opened: &Opened, source: &Source, after: &str) -> Result<FileEdit, Trouble> {
    const MARK: &str = "\u{feff}";
    let bytes = opened.project.world.bytes(&source.path).unwrap_or_default();
    let before = String::from_utf8(bytes).ok().filter(|before| before.trim_start_matches(MARK) == &*source.text);
    let Some(before) = before else {
        let path = &source.path;
        return Err(say!(
            "{path} is not written in UTF-8, so a row of it cannot be changed here: save it as CSV in UTF-8, and take that in",
            path
        )
        .into());
    };
    let mark = &before[..before.len() - source.text.len()];
    let after = format!("{mark}{after}");
    Ok(FileEdit { path: source.path.clone(), before: Some(before), after })
}
