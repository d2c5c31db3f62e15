//! A document of a word processor (.docx), within bounds: its headings, lists, tables and paragraphs; what is struck from it,
//! and what stands beside its text, is named.

mod body;
mod links;
mod styles;
mod table;

use std::io::{Cursor, Read};

use quick_xml::events::{BytesStart, Event};
use zip::ZipArchive;

pub(super) use links::shown_link;

use super::outline::Document;
use crate::forms::unpacks_within;
use crate::import::{Refusal, Spot, Unread};
use crate::message::Message;
use crate::say;

type Archive<'b> = ZipArchive<Cursor<&'b [u8]>>;

/// So many bytes may a document unpack to.
const MAX_UNPACKED: u64 = 64 * 1024 * 1024;

/// So many bytes may its text have, with its marks.
const MAX_TEXT: u64 = 24 * 1024 * 1024;

/// So deep may elements stand in one another.
pub(super) const MAX_DEPTH: usize = 200;

/// Reads a document.
pub(super) fn blocks(bytes: &[u8]) -> Result<Document, Refusal> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| broken())?;
    if !unpacks_within(bytes, MAX_UNPACKED).ok_or_else(broken)? {
        return Err(too_much());
    }
    let styles = part(&mut archive, "word/styles.xml")?.map(|text| styles::read(&text)).unwrap_or_default();
    let text = part(&mut archive, "word/document.xml")?.ok_or_else(broken)?;
    let links = part(&mut archive, "word/_rels/document.xml.rels")?.map(|text| links::read(&text)).transpose()?;
    let mut document = body::read(&text, &styles, &links.unwrap_or_default())?;
    let names: Vec<String> = archive.file_names().flatten().map(|name| name.into_owned()).collect();
    let mut beside: Vec<&String> = names.iter().filter(|name| what_of(name).is_some()).collect();
    beside.sort_unstable();
    for name in beside {
        let (Some(kind), Some(text)) = (what_of(name), part(&mut archive, name)?) else { continue };
        for value in paragraphs(&text)? {
            let why = say!("{what} are not read", what = kind.clone());
            document.beside.push(Unread { spot: Spot::part(name, kind.clone()), value, why });
        }
    }
    Ok(document)
}

/// What a part beside the text holds.
fn what_of(name: &str) -> Option<Message> {
    let file = name.strip_prefix("word/")?.strip_suffix(".xml")?;
    Some(match file.trim_end_matches(|c: char| c.is_ascii_digit()) {
        "comments" => say!("comments"),
        "footnotes" => say!("footnotes"),
        "endnotes" => say!("endnotes"),
        "header" => say!("heads of pages"),
        "footer" => say!("feet of pages"),
        _ => return None,
    })
}

fn broken() -> Refusal {
    let wrong = say!("the file is broken: it ends too early, or was damaged on its way");
    Refusal::new(wrong).help(say!("copy or download it again"))
}

fn too_much() -> Refusal {
    let wrong = say!("this document holds more than the program reads");
    Refusal::new(wrong).help(say!("copy its text into a new document, without pictures"))
}

pub(super) fn too_deep() -> Refusal {
    Refusal::new(say!("elements of this document stand more than {limit} deep in one another", limit = MAX_DEPTH))
        .help(say!("open it in an office program and save it again as .docx"))
}

/// A part as text; none where there is no such part.
fn part(archive: &mut Archive<'_>, name: &str) -> Result<Option<String>, Refusal> {
    let Ok(part) = archive.by_name(name) else { return Ok(None) };
    let mut bytes = Vec::new();
    part.take(MAX_TEXT + 1).read_to_end(&mut bytes).map_err(|_| broken())?;
    if bytes.len() as u64 > MAX_TEXT {
        return Err(too_much());
    }
    String::from_utf8(bytes).map(Some).map_err(|_| broken())
}

/// The paragraphs of a part as plain text.
fn paragraphs(text: &str) -> Result<Vec<String>, Refusal> {
    let mut reader = quick_xml::Reader::from_str(text);
    let (mut paragraphs, mut words, mut is_text) = (Vec::new(), String::new(), false);
    loop {
        match reader.read_event().map_err(|_| broken())? {
            Event::Start(element) if element.local_name().as_ref() == "t" => is_text = true,
            Event::End(element) => match element.local_name().as_ref() {
                "t" => is_text = false,
                "p" if words.trim().is_empty() => words.clear(),
                "p" => paragraphs.push(super::clean(&std::mem::take(&mut words))),
                _ => {}
            },
            Event::Text(piece) if is_text => words.push_str(&piece),
            Event::GeneralRef(name) if is_text => words.push_str(&reference(&name)),
            Event::Eof => return Ok(paragraphs),
            _ => {}
        }
    }
}

/// What a reference such as `&amp;` stands for. A document's own entities stand for nothing.
pub(super) fn reference(name: &quick_xml::events::BytesRef<'_>) -> String {
    if let Ok(Some(letter)) = name.resolve_char_ref() {
        return letter.to_string();
    }
    match &**name {
        "amp" => "&",
        "lt" => "<",
        "gt" => ">",
        "quot" => "\"",
        "apos" => "'",
        _ => "",
    }
    .to_owned()
}

/// The value of an element's attribute, whatever its prefix.
pub(super) fn attribute(element: &BytesStart<'_>, name: &str) -> Option<String> {
    let found = element.attributes().flatten().find(|attribute| attribute.key.local_name().as_ref() == name)?;
    Some(found.value.into_owned())
}

/// Whether a mark such as `w:b` holds: it may say that it does not.
pub(super) fn is_on(element: &BytesStart<'_>) -> bool {
    !attribute(element, "val").is_some_and(|value| matches!(value.as_str(), "0" | "false" | "off" | "none"))
}
