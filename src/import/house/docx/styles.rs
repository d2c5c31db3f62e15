//! The styles of a document: which of them are headings, titles and lists, whatever they are called.

use std::collections::HashMap;

use quick_xml::events::Event;

use super::attribute;
use crate::import::cell_words::bare;

/// What a style makes of a paragraph.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Style {
    /// The level of a heading, from 1.
    pub heading: Option<usize>,
    /// The title of the document.
    pub is_title: bool,
    /// A line of the table of contents.
    pub is_contents: bool,
    /// An item of a list.
    pub is_list: bool,
    based_on: Option<String>,
}

/// Styles by their id.
pub(super) type Styles = HashMap<String, Style>;

/// Styles standing on each other deeper than this are not followed.
const MAX_BASES: usize = 12;

/// Reads the part of the styles. What cannot be read of it makes nothing.
pub(super) fn read(text: &str) -> Styles {
    let mut reader = quick_xml::Reader::from_str(text);
    let mut styles = Styles::new();
    let mut open: Option<(String, Style)> = None;
    while let Ok(event) = reader.read_event() {
        match event {
            Event::Start(element) if element.local_name().as_ref() == "style" => {
                open = attribute(&element, "styleId").map(|id| {
                    let style = named(&id);
                    (id, style)
                });
            }
            Event::Start(element) | Event::Empty(element) => {
                let Some((_, style)) = &mut open else { continue };
                let value = || attribute(&element, "val").unwrap_or_default();
                match element.local_name().as_ref() {
                    "name" => {
                        let known = named(&value());
                        style.heading = style.heading.or(known.heading);
                        style.is_title |= known.is_title;
                        style.is_contents |= known.is_contents;
                        style.is_list |= known.is_list;
                    }
                    "basedOn" => style.based_on = Some(value()),
                    "outlineLvl" => {
                        style.heading = value().parse::<usize>().ok().filter(|level| *level < 9).map(|level| level + 1)
                    }
                    "numId" => style.is_list |= value() != "0",
                    _ => {}
                }
            }
            Event::End(element) if element.local_name().as_ref() == "style" => styles.extend(open.take()),
            Event::Eof => break,
            _ => {}
        }
    }
    settle(&mut styles);
    styles
}

/// What a style is by its name or id, in the languages of the word processor.
pub(super) fn named(name: &str) -> Style {
    let name = bare(name);
    let (word, number) = match name.rsplit_once(' ') {
        Some((word, number)) if number.parse::<usize>().is_ok() => (word.to_owned(), number.parse().ok()),
        _ => {
            let word = name.trim_end_matches(|c: char| c.is_ascii_digit());
            (word.to_owned(), name[word.len()..].parse::<usize>().ok())
        }
    };
    let is_heading = matches!(word.as_str(), "heading" | "naglowek" | "nagwek" | "rubrik" | "uberschrift" | "titre");
    Style {
        heading: number.filter(|number| is_heading && (1..=9).contains(number)),
        is_title: number.is_none() && matches!(word.as_str(), "title" | "tytul" | "tytu" | "rubrik" | "titel"),
        is_contents: matches!(word.as_str(), "toc" | "spis tresci" | "innehall" | "innehallsforteckning" | "spistreci"),
        is_list: matches!(
            word.as_str(),
            "list bullet"
                | "list number"
                | "listapunktowana"
                | "lista punktowana"
                | "lista numerowana"
                | "listanumerowana"
                | "punktlista"
                | "numreradlista"
                | "numrerad lista"
                | "listbullet"
                | "listnumber"
        ),
        based_on: None,
    }
}

/// A style that stands on another is what that is, unless it says something else.
fn settle(styles: &mut Styles) {
    let before = styles.clone();
    let mut ids: Vec<&String> = before.keys().collect();
    ids.sort_unstable();
    for id in ids {
        let mut style = before.get(id);
        for _ in 0..MAX_BASES {
            let Some(base) = style.and_then(|style| style.based_on.as_ref()).and_then(|base| before.get(base)) else {
                break;
            };
            if let Some(style) = styles.get_mut(id) {
                style.heading = style.heading.or(base.heading);
                style.is_list |= base.is_list;
            }
            style = Some(base);
        }
    }
}
