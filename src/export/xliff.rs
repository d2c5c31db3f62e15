//! XLIFF 2.0, core only: what translators are to translate, for any of their programs.
//!
//! In: texts with their places. Out: a `file` for each file of the book, a `unit` for each text, and for a part of a chapter a
//! `segment`. The name of a unit holds the address of its text and the hashes of the text and of the translation as they
//! stand, so that what comes back can be put where it belongs, or is seen to be about another text than stands there now.
//! What must come back as it was is protected: `ph` for what is filled in, `pc` around words with a mark of Markdown, both with
//! the author's bytes in `originalData`. The format is that of OASIS, *XLIFF Version 2.0* (2014), chapter 4.

use std::io::{self, Write};

use quick_xml::escape::escape;

use crate::edit::translate::TranslationUnit;
use crate::edit::translate::pieces::{MarkKind, Piece, ProtectedMark, blocks, pieces};
use crate::language::Interface;
use crate::text::single_spaced;

/// The namespace of the format's core.
const NAMESPACE: &str = "urn:oasis:names:tc:xliff:document:2.0";

/// What is said of a text that is to be translated.
#[derive(Clone, Debug)]
pub struct ToTranslate<'a> {
    /// The text and its place.
    pub(crate) unit: &'a TranslationUnit<'a>,
    /// What the text was before it was changed, where its translation is older.
    pub before: Option<&'a str>,
}

/// The texts that are to be translated, and out of which language into which.
#[derive(Clone, Debug)]
pub struct Translation<'a> {
    /// The tag of the texts' language.
    pub from: &'a str,
    /// The tag of the other.
    pub to: &'a str,
    /// Files of the book with their texts.
    pub files: Vec<(&'a str, Vec<ToTranslate<'a>>)>,
    /// The words for notes.
    pub interface: &'static Interface,
}

/// Writes the file.
///
/// # Errors
/// When it cannot be written.
pub fn xliff(translation: &Translation<'_>, out: &mut dyn Write) -> io::Result<()> {
    let (from, to) = (escape(translation.from), escape(translation.to));
    writeln!(out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    writeln!(out, "<xliff xmlns=\"{NAMESPACE}\" version=\"2.0\" srcLang=\"{from}\" trgLang=\"{to}\">")?;
    for (number, (path, units)) in translation.files.iter().enumerate() {
        writeln!(out, "  <file id=\"f{}\" original=\"{}\">", number + 1, escape(*path))?;
        for asked in units {
            out.write_all(unit(asked, translation.interface).as_bytes())?;
        }
        writeln!(out, "  </file>")?;
    }
    writeln!(out, "</xliff>")
}

fn unit(asked: &ToTranslate<'_>, interface: &Interface) -> String {
    let unit = asked.unit;
    let (source, target) = unit.hashes();
    let mut text =
        format!("    <unit id=\"{}_{source}_{target}\" canResegment=\"no\" xml:space=\"preserve\">\n", unit.address);
    text.push_str("      <notes>\n");
    let mut note = |category: &str, words: &str| {
        let words = single_spaced(words);
        text.push_str(&format!("        <note category=\"{category}\">{}</note>\n", marked_up(&words)));
    };
    note("place", &place(unit, interface));
    match (asked.before, unit.target) {
        (Some(before), _) => note("changed", &interface.fill("xliff.changed-from", &[("before", before)])),
        (None, Some(_)) => note("changed", interface.text("xliff.changed")),
        (None, None) => {}
    }
    let is_chapter = unit.chapter.is_some();
    let parts = if is_chapter { blocks(&unit.source.text) } else { vec![(unit.source.text.as_str(), true)] };
    let parts: Vec<(Vec<Piece>, bool)> =
        parts.into_iter().map(|(part, is_words)| (pieces_of(part, is_words, is_chapter), is_words)).collect();
    if parts
        .iter()
        .flat_map(|(pieces, _)| pieces)
        .any(|piece| matches!(piece, Piece::Hole(mark) if mark.kind == MarkKind::Filled))
    {
        note("filled-in", interface.text("xliff.filled-in"));
    }
    text.push_str("      </notes>\n");
    let mut data = String::new();
    let mut body = String::new();
    // Names of marks are told apart in the whole unit.
    let mut base = 0;
    for (pieces, is_words) in &parts {
        let tag = if *is_words { "segment" } else { "ignorable" };
        let content = content(pieces, base, &mut data);
        body.push_str(&format!(
            "      <{tag}{}>\n        <source>{content}</source>\n",
            if *is_words { " state=\"initial\"" } else { "" }
        ));
        if let (false, Some(target)) = (is_chapter, unit.target) {
            body.push_str(&format!("        <target>{}</target>\n", target_content(&target.text, pieces, base)));
        }
        body.push_str(&format!("      </{tag}>\n"));
        base += pieces.iter().filter(|piece| matches!(piece, Piece::Hole(_) | Piece::Open(_))).count();
    }
    if !data.is_empty() {
        text.push_str(&format!("      <originalData>\n{data}      </originalData>\n"));
    }
    text.push_str(&body);
    text.push_str("    </unit>\n");
    text
}

/// The pieces of a part; what is between parts of a chapter has none.
fn pieces_of(part: &str, is_words: bool, is_chapter: bool) -> Vec<Piece> {
    if is_words { pieces(part, is_chapter) } else { vec![Piece::Words(part.to_owned())] }
}

/// A source, and its marks' bytes into `data`.
fn content(pieces: &[Piece], base: usize, data: &mut String) -> String {
    let mut text = String::new();
    let mut keep = |name: &str, raw: &str| {
        data.push_str(&format!("        <data id=\"{name}\">{}</data>\n", marked_up(raw)));
    };
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Words(words) => text.push_str(&marked_up(words)),
            Piece::Hole(mark) => {
                let name = format!("d{}", base + mark.number);
                keep(&name, &mark.raw);
                text.push_str(&hole(base + mark.number, mark));
            }
            Piece::Open(mark) => {
                let number = base + mark.number;
                let end = pieces[index..].iter().find_map(|piece| match piece {
                    Piece::Close(end) if end.number == mark.number => Some(end.raw.as_str()),
                    _ => None,
                });
                keep(&format!("d{number}"), &mark.raw);
                keep(&format!("d{number}e"), end.unwrap_or_default());
                text.push_str(&open(number, mark.kind));
            }
            Piece::Close(_) => text.push_str("</pc>"),
        }
    }
    text
}

/// A translation as it stands, with the marks of the source where it has the same.
fn target_content(target: &str, source: &[Piece], base: usize) -> String {
    let mut free: Vec<&ProtectedMark> = source
        .iter()
        .filter_map(|piece| match piece {
            Piece::Hole(mark) | Piece::Open(mark) => Some(mark),
            _ => None,
        })
        .collect();
    let pieces = pieces(target, false);
    let mut text = String::new();
    // What the source has not is typed.
    let mut open_marks: Vec<Option<usize>> = Vec::new();
    for piece in &pieces {
        let taken = |mark: &ProtectedMark, free: &mut Vec<&ProtectedMark>| {
            let index = free.iter().position(|known| known.kind == mark.kind && known.raw == mark.raw)?;
            Some(base + free.remove(index).number)
        };
        match piece {
            Piece::Words(words) => text.push_str(&marked_up(words)),
            Piece::Hole(mark) => match taken(mark, &mut free) {
                Some(number) => text.push_str(&hole(number, mark)),
                None => text.push_str(&marked_up(&mark.raw)),
            },
            Piece::Open(mark) => {
                // Of a link the end counts as well, and it is another where its address is.
                let number = if mark.kind == MarkKind::Link { None } else { taken(mark, &mut free) };
                open_marks.push(number);
                match number {
                    Some(number) => text.push_str(&open(number, mark.kind)),
                    None => text.push_str(&marked_up(&mark.raw)),
                }
            }
            Piece::Close(mark) => match open_marks.pop().flatten() {
                Some(_) => text.push_str("</pc>"),
                None => text.push_str(&marked_up(&mark.raw)),
            },
        }
    }
    text
}

fn hole(number: usize, mark: &ProtectedMark) -> String {
    let shown = single_spaced(&mark.raw);
    let shown = if shown.is_empty() { "\u{21b5}" } else { &shown };
    format!(
        "<ph id=\"{number}\" canDelete=\"no\" canCopy=\"no\" dataRef=\"d{number}\" disp=\"{}\"/>",
        escape(&*plain(shown))
    )
}

fn open(number: usize, kind: MarkKind) -> String {
    let kind = match kind {
        MarkKind::Emphasis => " type=\"fmt\" subType=\"xlf:i\"",
        MarkKind::Strong => " type=\"fmt\" subType=\"xlf:b\"",
        MarkKind::Link => " type=\"link\" canDelete=\"no\"",
        MarkKind::Code | MarkKind::Filled | MarkKind::Line => " canDelete=\"no\"",
    };
    format!("<pc id=\"{number}\"{kind} canCopy=\"no\" dataRefStart=\"d{number}\" dataRefEnd=\"d{number}e\">")
}

/// What a text stands in, and what it is.
fn place(unit: &TranslationUnit<'_>, interface: &Interface) -> String {
    let crumb = |kind: &str, title: &str| match kind {
        "" => title.to_owned(),
        kind => format!("{}: {title}", interface.text(&format!("thing.{kind}"))),
    };
    let mut parts: Vec<String> = unit.crumbs.iter().map(|crumb_of| crumb(crumb_of.kind, &crumb_of.title)).collect();
    parts.extend(unit.chapter.clone());
    let key = format!("xliff.what.{}", unit.key);
    let label = interface.text(&key);
    parts.push(if label == key { unit.key.clone() } else { label.to_owned() });
    parts.join(" › ")
}

/// Words as XML has them; a character that XML cannot hold as an element of the format.
fn marked_up(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for part in text.split_inclusive(|c| !is_allowed(c)) {
        let (words, odd) = match part.chars().next_back() {
            Some(c) if !is_allowed(c) => (&part[..part.len() - c.len_utf8()], Some(c)),
            _ => (part, None),
        };
        out.push_str(&escape(words));
        out.extend(odd.map(|c| format!("<cp hex=\"{:04X}\"/>", u32::from(c))));
    }
    out
}

/// Words for an attribute, which holds no such elements.
fn plain(text: &str) -> String {
    text.chars().filter(|c| is_allowed(*c)).collect()
}

/// Whether XML 1.0 can hold a character.
fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
