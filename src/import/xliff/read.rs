//! XLIFF 2 → its units: what each says its text was, and its translation, with what is protected in them.
//!
//! Read event by event; what is no part of the format's core, such as matches of a translation memory, is passed over. There
//! is no document type to be had, so no entity but those of XML itself; depth and size are bounded.

use quick_xml::Reader;
use quick_xml::escape::{resolve_predefined_entity, unescape};
use quick_xml::events::{BytesStart, Event};

use crate::forms::{FormPlace, Refused, short};
use crate::say;
use crate::text::LineCount;

/// Elements stand in one another no deeper than this in any translation.
const MAX_DEPTH: usize = 64;

/// A file of texts and translations.
#[derive(Debug, Default)]
pub(super) struct Xliff {
    /// The tag of the texts' language.
    pub from: String,
    /// The tag of the translations'.
    pub to: String,
    /// Files of the book and their units.
    pub files: Vec<(String, Vec<RawUnit>)>,
}

/// A unit as it stands in the file.
#[derive(Debug, Default)]
pub(super) struct RawUnit {
    /// Its name.
    pub id: String,
    /// Its line, from 1.
    pub line: usize,
    /// Its parts, in order.
    pub parts: Vec<Segment>,
    /// Bytes of marks, by their names.
    pub data: Vec<(String, String)>,
    /// Notes that are not the program's own, each with its line.
    pub notes: Vec<(usize, String)>,
}

/// A part of a unit.
#[derive(Debug, Default)]
pub(super) struct Segment {
    /// Whether it is words, and not what stands between them.
    pub is_words: bool,
    /// Whether somebody said that it is translated.
    pub is_done: bool,
    /// The text.
    pub source: Vec<Got>,
    /// The translation.
    pub target: Option<Vec<Got>>,
    /// The line of the translation, or else of the part.
    pub line: usize,
}

/// A stretch of a text as it came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Got {
    /// Words.
    Words(String),
    /// Something protected, by the name of its bytes.
    Data(String),
}

/// The categories of notes that the program writes.
const OWN_NOTES: [&str; 3] = ["place", "changed", "filled-in"];

/// Reads a file.
///
/// # Errors
/// Where it is no XLIFF that can be read, and why.
pub(super) fn read(text: &str) -> Result<Xliff, Refused> {
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = true;
    let mut state = State { text, ..State::default() };
    let mut depth = 0;
    loop {
        let offset = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let event = match reader.read_event() {
            Ok(event) => event,
            Err(error) => {
                let wrong = say!("this is not XML: {reason}", reason = error.to_string());
                return Err(state
                    .refused(offset, wrong)
                    .help(say!("give the file as the translator's program saved it")));
            }
        };
        match event {
            Event::Eof => break,
            Event::DocType(_) => {
                let wrong = say!("the file declares a document type, which XLIFF has none of");
                return Err(state.refused(offset, wrong));
            }
            Event::Start(start) => {
                depth += 1;
                if depth > MAX_DEPTH {
                    return Err(state.refused(offset, say!("elements stand in one another too deep")));
                }
                state.start(&start, offset, false)?;
            }
            Event::Empty(start) => state.start(&start, offset, true)?,
            Event::End(end) => {
                depth -= 1;
                state.end(end.name().as_ref());
            }
            Event::Text(words) => state.words(&words.xml10_content()),
            Event::CData(words) => state.words(&words.xml10_content()),
            Event::GeneralRef(name) => {
                let resolved = match name.resolve_char_ref() {
                    Ok(Some(c)) => Some(c.to_string()),
                    _ => resolve_predefined_entity(&name).map(str::to_owned),
                };
                match resolved {
                    Some(words) => state.words(&words),
                    None => return Err(state.refused(offset, say!("the file uses an entity that it does not have"))),
                }
            }
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) => {}
        }
    }
    if state.is_known { Ok(state.xliff) } else { Err(none(FormPlace::Whole)) }
}

fn none(place: FormPlace) -> Refused {
    Refused::new(place, say!("this is no XLIFF"))
        .help(say!("give the file that `gamma-ok export xliff` made and a translator filled in"))
}

/// The prefix of an element's name, and the name without it.
fn parts(name: &str) -> (&str, &str) {
    name.split_once(':').unwrap_or(("", name))
}

#[derive(Default)]
struct State<'t> {
    text: &'t str,
    lines: LineCount,
    xliff: Xliff,
    is_known: bool,
    /// The prefix of the core's names.
    prefix: String,
    /// Whether we are in a part of a unit.
    is_in_part: bool,
    unit: Option<RawUnit>,
    /// In which of the elements that hold words we are.
    inside: Vec<InElement>,
    /// Names of what ends the marks that are open.
    open: Vec<Option<String>>,
    /// What ends a mark that begins and ends as two elements, by its name.
    pairs: Vec<(String, Option<String>)>,
    /// Words of a note or of the bytes of a mark, and its name.
    collected: Option<(String, String)>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum InElement {
    Source,
    Target,
    Note,
    Data,
    /// Something that is passed over.
    Other,
}

/// Refuses a version that is another language.
fn of_version(version: &str, line: usize) -> Result<(), Refused> {
    if version.starts_with("2.") {
        return Ok(());
    }
    let wrong = say!("this is XLIFF {version}, and version 2 is read", version = short(version));
    let help = say!("let the translator's program save it as XLIFF 2.0, as it was");
    Err(Refused::new(FormPlace::Line(line), wrong).help(help))
}

impl State<'_> {
    fn line_of(&mut self, offset: usize) -> usize {
        self.lines.line(self.text, offset)
    }

    fn refused(&mut self, offset: usize, message: crate::message::Message) -> Refused {
        Refused::new(FormPlace::Line(self.line_of(offset)), message)
    }

    fn start(&mut self, start: &BytesStart<'_>, offset: usize, is_empty: bool) -> Result<(), Refused> {
        let name = start.name();
        let (prefix, element) = parts(name.as_ref());
        let attribute = |wanted: &str| -> Option<String> {
            let found = start.attributes().flatten().find(|attribute| attribute.key.as_ref() == wanted)?;
            unescape(&found.value).ok().map(|value| value.into_owned())
        };
        let line = self.line_of(offset);
        if self.is_known && prefix != self.prefix {
            return Ok(());
        }
        match element {
            "xliff" => {
                of_version(&attribute("version").unwrap_or_default(), line)?;
                (self.is_known, self.prefix) = (true, prefix.to_owned());
                self.xliff.from = attribute("srcLang").unwrap_or_default();
                self.xliff.to = attribute("trgLang").unwrap_or_default();
            }
            _ if !self.is_known => return Err(none(FormPlace::Line(line))),
            "file" => self.xliff.files.push((attribute("original").unwrap_or_default(), Vec::new())),
            "unit" => {
                self.unit = Some(RawUnit { id: attribute("id").unwrap_or_default(), line, ..RawUnit::default() });
            }
            "segment" | "ignorable" if self.unit.is_some() => {
                self.is_in_part = !is_empty;
                let is_done = matches!(attribute("state").as_deref(), Some("translated" | "reviewed" | "final"));
                let is_words = element == "segment";
                if let Some(unit) = &mut self.unit {
                    unit.parts.push(Segment { is_words, is_done, line, ..Segment::default() });
                }
            }
            // A match of a translation memory has a source and a target of its own.
            "source" | "target" if !self.is_in_part => self.inside.extend((!is_empty).then_some(InElement::Other)),
            "source" | "target" | "note" | "data" if self.unit.is_some() && self.inside.is_empty() => {
                let inside = match element {
                    "source" => InElement::Source,
                    "target" => InElement::Target,
                    "note" if attribute("category").is_some_and(|category| OWN_NOTES.contains(&category.as_str())) => {
                        InElement::Other
                    }
                    "note" => InElement::Note,
                    _ => InElement::Data,
                };
                if matches!(inside, InElement::Note | InElement::Data) {
                    let name =
                        if inside == InElement::Note { line.to_string() } else { attribute("id").unwrap_or_default() };
                    self.collected = Some((name, String::new()));
                }
                if let (InElement::Target, Some(part)) = (inside, self.part()) {
                    (part.target, part.line) = (Some(Vec::new()), line);
                }
                if !is_empty {
                    self.inside.push(inside);
                }
            }
            "source" | "target" | "note" | "data" if !is_empty => self.inside.push(InElement::Other),
            "cp" => {
                let code = attribute("hex").and_then(|hex| u32::from_str_radix(&hex, 16).ok()).and_then(char::from_u32);
                code.iter().for_each(|c| self.words(&c.to_string()));
            }
            "ph" => self.mark(attribute("dataRef").or_else(|| attribute("id").map(|id| format!("d{id}")))),
            "pc" => {
                let own = attribute("id").map(|id| format!("d{id}"));
                self.mark(attribute("dataRefStart").or_else(|| own.clone()));
                let end = attribute("dataRefEnd").or_else(|| own.map(|own| format!("{own}e")));
                if is_empty { self.mark(end) } else { self.open.push(end) }
            }
            "sc" => {
                self.mark(attribute("dataRef"));
                // Its end may name nothing but its beginning.
                let end = attribute("dataRef").map(|name| format!("{name}e"));
                self.pairs.push((attribute("id").unwrap_or_default(), end));
            }
            "ec" => {
                let begun = attribute("startRef").unwrap_or_default();
                let end = self.pairs.iter().find(|(name, _)| *name == begun).and_then(|(_, end)| end.clone());
                self.mark(attribute("dataRef").or(end));
            }
            _ => {}
        }
        Ok(())
    }

    fn end(&mut self, name: &str) {
        let (prefix, element) = parts(name);
        if prefix != self.prefix {
            return;
        }
        match element {
            "segment" | "ignorable" => self.is_in_part = false,
            "unit" => {
                let unit = self.unit.take();
                if let (Some(unit), Some((_, units))) = (unit, self.xliff.files.last_mut()) {
                    units.push(unit);
                }
                self.pairs.clear();
            }
            "source" | "target" | "note" | "data" => {
                let inside = self.inside.pop();
                if let (Some((name, words)), Some(unit)) = (self.collected.take(), &mut self.unit) {
                    match inside {
                        Some(InElement::Note) => unit.notes.push((name.parse().unwrap_or_default(), words)),
                        _ => unit.data.push((name, words)),
                    }
                }
            }
            "pc" => {
                let end = self.open.pop().flatten();
                self.mark(end);
            }
            _ => {}
        }
    }

    fn part(&mut self) -> Option<&mut Segment> {
        self.unit.as_mut()?.parts.last_mut()
    }

    fn side(&mut self) -> Option<&mut Vec<Got>> {
        let inside = *self.inside.last()?;
        let part = self.part()?;
        match inside {
            InElement::Source => Some(&mut part.source),
            InElement::Target => Some(part.target.get_or_insert_with(Vec::new)),
            InElement::Note | InElement::Data | InElement::Other => None,
        }
    }

    fn words(&mut self, words: &str) {
        if let (Some(InElement::Note | InElement::Data), Some((_, collected))) =
            (self.inside.last(), &mut self.collected)
        {
            return collected.push_str(words);
        }
        let Some(side) = self.side() else { return };
        match side.last_mut() {
            Some(Got::Words(last)) => last.push_str(words),
            _ => side.push(Got::Words(words.to_owned())),
        }
    }

    /// Something protected; one whose bytes nobody names is damaged, and told as such where it is judged.
    fn mark(&mut self, name: Option<String>) {
        if let Some(side) = self.side() {
            side.push(Got::Data(name.unwrap_or_default()));
        }
    }
}
