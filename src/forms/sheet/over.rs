//! What of a workbook its cells do not tell: comments and pictures that lie over them, each refused at its cell; and rows that
//! nobody sees.

use std::collections::{BTreeSet, HashMap};
use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

use crate::forms::{CellAddress, FormPlace, Refused};
use crate::message::Message;
use crate::say;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// The parts of a workbook; none where it is no archive.
pub(super) fn open(bytes: &[u8]) -> Option<Archive<'_>> {
    ZipArchive::new(Cursor::new(bytes)).ok()
}

/// Refuses what lies over the cells.
pub(crate) fn over(bytes: &[u8]) -> Vec<Refused> {
    let Some(mut archive) = open(bytes) else { return Vec::new() };
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let sheets = sheets(&mut archive, &names);
    let mut refused = Vec::new();
    for name in names.iter().filter(|name| name.ends_with(".xml") && !name.contains("/_rels/")) {
        let is_of = |starts: &[&str]| starts.iter().any(|start| name.starts_with(start));
        let sheet = sheets.get(name).map(String::as_str);
        if is_of(&["xl/comments", "xl/threadedComments"]) {
            comments(&read(&mut archive, name), sheet, &mut refused);
        } else if is_of(&["xl/drawings/drawing"]) {
            pictures(&read(&mut archive, name), sheet, &mut refused);
        }
    }
    refused.sort_by_key(|refused| refused.place.to_string());
    refused.dedup_by(|a, b| a.place == b.place && a.message == b.message);
    refused
}

/// The rows that each sheet hides, by its name; counted from 0.
pub(crate) fn hidden_rows(bytes: &[u8]) -> HashMap<String, BTreeSet<u32>> {
    let Some(mut archive) = open(bytes) else { return HashMap::new() };
    let mut hidden = HashMap::new();
    for (name, part) in parts(&mut archive) {
        let mut rows = BTreeSet::new();
        // A row that names no number comes after the one before.
        let mut next = 1;
        elements(&read(&mut archive, &part), |element| {
            if element.local_name().as_ref() == "row" {
                let row: u32 = attribute(element, "r").parse().unwrap_or(next);
                next = row.saturating_add(1);
                if matches!(&*attribute(element, "hidden"), "1" | "true") {
                    rows.extend(row.checked_sub(1));
                }
            }
        });
        hidden.insert(name, rows);
    }
    hidden
}

/// A comment is written for each cell.
fn comments(text: &str, sheet: Option<&str>, refused: &mut Vec<Refused>) {
    elements(text, |element| {
        if matches!(element.local_name().as_ref(), "comment" | "threadedComment") {
            let name = attribute(element, "ref");
            let wrong = say!("a comment on a cell is no answer, and would be lost");
            let help = say!("write it into the column for notes, and delete the comment");
            refused.push(Refused::new(place(sheet, name.parse().ok(), &name), wrong).help(help));
        }
    });
}

/// A picture begins in the cell that its anchor names first.
fn pictures(text: &str, sheet: Option<&str>, refused: &mut Vec<Refused>) {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut from, mut row, mut column, mut number) = (false, 0, 0, None);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) => match element.local_name().as_ref() {
                "from" => from = true,
                "row" if from => number = Some(true),
                "col" if from => number = Some(false),
                "pic" | "sp" => {
                    let wrong: Message = say!("a picture or a shape on the sheet is no answer, and would be lost");
                    let help = say!(
                        "keep the picture as a file, write its name into the column for notes, and delete it here"
                    );
                    let place = place(sheet, Some(CellAddress { row, column }), "");
                    refused.push(Refused::new(place, wrong).help(help));
                }
                _ => {}
            },
            Event::Text(digits) => {
                let read = digits.trim().parse().ok();
                match (number.take(), read) {
                    (Some(true), Some(read)) => row = read,
                    (Some(false), Some(read)) => column = read,
                    _ => {}
                }
            }
            Event::End(element) if element.local_name().as_ref() == "from" => from = false,
            Event::Eof => break,
            _ => {}
        }
    }
}

fn place(sheet: Option<&str>, cell: Option<CellAddress>, name: &str) -> FormPlace {
    match (sheet, cell) {
        (Some(sheet), Some(cell)) => FormPlace::Cell(sheet.to_owned(), cell),
        (None, Some(cell)) => FormPlace::Path(cell.to_string()),
        (_, None) => FormPlace::Path(name.to_owned()),
    }
}

/// The part of an archive → the name of the sheet that it belongs to.
fn sheets(archive: &mut Archive<'_>, names: &[String]) -> HashMap<String, String> {
    let mut sheets = HashMap::new();
    for (name, part) in parts(archive) {
        let Some((folder, file)) = part.rsplit_once('/') else { continue };
        let relations = format!("{folder}/_rels/{file}.rels");
        if names.contains(&relations) {
            let parts = targets(archive, &relations, folder).into_values();
            sheets.extend(parts.map(|part| (part, name.clone())));
        }
    }
    sheets
}

/// The sheets by their names, each with its part of the archive.
pub(super) fn parts(archive: &mut Archive<'_>) -> Vec<(String, String)> {
    let targets = targets(archive, "xl/_rels/workbook.xml.rels", "xl");
    let mut named = Vec::new();
    elements(&read(archive, "xl/workbook.xml"), |element| {
        if element.local_name().as_ref() == "sheet" {
            named.push((attribute(element, "name"), attribute(element, "r:id")));
        }
    });
    named.into_iter().filter_map(|(name, id)| Some((name, targets.get(&id)?.clone()))).collect()
}

/// What a part names by an id, as paths in the archive.
fn targets(archive: &mut Archive<'_>, relations: &str, folder: &str) -> HashMap<String, String> {
    let mut targets = HashMap::new();
    elements(&read(archive, relations), |element| {
        let target = attribute(element, "Target");
        let path = match (target.strip_prefix('/'), target.strip_prefix("../")) {
            (Some(path), _) => path.to_owned(),
            (None, Some(rest)) => format!("{}/{rest}", folder.rsplit_once('/').map_or("", |(above, _)| above)),
            (None, None) => format!("{folder}/{target}"),
        };
        targets.insert(attribute(element, "Id"), path);
    });
    targets
}

pub(super) fn read(archive: &mut Archive<'_>, name: &str) -> String {
    let mut text = String::new();
    if let Ok(mut part) = archive.by_name(name) {
        // What is not text there has nothing to tell.
        part.read_to_string(&mut text).unwrap_or_default();
    }
    text
}

fn elements(text: &str, mut take: impl FnMut(&BytesStart<'_>)) {
    let mut reader = quick_xml::Reader::from_str(text);
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) | Event::Empty(element) => take(&element),
            Event::Eof => break,
            _ => {}
        }
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> String {
    let found = element.try_get_attribute(name).ok().flatten();
    found.map(|found| found.value.into_owned()).unwrap_or_default()
}
