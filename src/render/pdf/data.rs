//! What a template gets: the view as JSON, made ready for setting. Texts go in as data, so none can be read as markup.

use std::collections::{BTreeMap, BTreeSet};

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use serde_json::{Map, Value as Json};

use super::{chapter, fonts, picture};
use crate::document::{Document, DocumentKind};
use crate::render::{Paper, RenderError};

/// A word of more characters may break anywhere; hyphenation sees to shorter ones.
const LONG_WORD: usize = 32;
/// It then breaks after every so many, which the narrowest column has room for.
const STRETCH: usize = 8;
/// From this length on, an id or an address may break after its punctuation.
const LONG_NAME: usize = 14;
/// Where a line may break without a hyphen.
const BREAK: char = '\u{200b}';

/// Sections of the interface's words that only documents of records use.
const OF_RECORDS: [&str; 6] = ["report", "review", "feedback", "feedback-column", "feedback-kind", "record"];

/// Characters that no font covers, and the text they stand in.
pub(super) struct Missing {
    /// The characters, each once.
    pub characters: Vec<String>,
    /// The text as the author wrote it.
    pub text: String,
}

/// What a document is set from.
pub(super) struct Prepared {
    /// The view.
    pub view: Json,
    /// What of it no font covers.
    pub missing: Vec<Missing>,
    /// The author's pictures: their paths in the typesetter's world, and their bytes.
    pub pictures: BTreeMap<String, Vec<u8>>,
    /// The files of those that it cannot draw; their words stand in their place.
    pub undrawn: BTreeSet<String>,
}

/// The view as a template gets it, and what of it no font covers. `logo` is the logo's path in the typesetter's world.
pub(super) fn prepare(
    document: &dyn Document,
    paper: Paper,
    logo: Option<&str>,
    with_pictures: bool,
) -> Result<Prepared, RenderError> {
    let fault = |error: serde_json::Error| RenderError::Failed(error.to_string());
    let mut view = serde_json::to_value(document).map_err(fault)?;
    let lang = document.head().lang.clone();
    let mut album = Album { with_pictures, ..Album::default() };
    album.place(&mut view);
    for list in ["sections", "charts"] {
        for (section, part) in view.get_mut(list).and_then(Json::as_array_mut).into_iter().flatten().enumerate() {
            read_chapter(part);
            place_picture(part, section);
            place_plots(part, section);
        }
    }
    leave_out(&mut view, document.kind());
    let mut missing = Vec::new();
    make_ready(&mut view, &lang, &mut missing);
    if let Some(view) = view.as_object_mut() {
        view.insert("paper".to_owned(), Json::from(paper.word()));
        if let Some(brand) = view.get_mut("head").and_then(|head| head.get_mut("brand")) {
            brand["logo"] = Json::from(logo);
        }
    }
    Ok(Prepared { view, missing, pictures: album.pictures, undrawn: album.undrawn })
}

/// Leaves out what no printed page has: what a form in a browser needs, and in the documents of a book the words of reports
/// and reviews, which are half of all words and would be read by the typesetter for every checklist.
fn leave_out(view: &mut Json, kind: DocumentKind) {
    let Some(view) = view.as_object_mut() else { return };
    view.remove("form");
    if let Some(words) = view.get_mut("head").and_then(|head| head.get_mut("words")).and_then(Json::as_object_mut) {
        let of_book = kind.composer().is_some();
        words.retain(|section, _| section != "form" && !(of_book && OF_RECORDS.contains(&section.as_str())));
    }
}

/// Replaces a chapter's Markdown by its tree.
fn read_chapter(section: &mut Json) {
    let Some(section) = section.as_object_mut() else { return };
    if let Some(Json::String(markdown)) = section.remove("markdown") {
        let images = match section.remove("images") {
            Some(Json::Object(images)) => images,
            _ => Map::new(),
        };
        section.insert("blocks".to_owned(), chapter::blocks(&markdown, 1, &images));
    }
}

/// The author's pictures on their way into the typesetter's world.
#[derive(Default)]
struct Album {
    with_pictures: bool,
    pictures: BTreeMap<String, Vec<u8>>,
    undrawn: BTreeSet<String>,
}

impl Album {
    /// Takes the pictures out of the view, and leaves of them what a template needs to place them. Where one cannot be drawn, or
    /// none are wanted, only its words are left.
    fn place(&mut self, value: &mut Json) {
        match value {
            Json::Array(values) => values.iter_mut().for_each(|value| self.place(value)),
            Json::Object(map) => {
                let text = |key: &str| map.get(key).and_then(Json::as_str);
                let (Some(name), Some(ending), Some(data)) = (text("name"), text("ending"), text("data")) else {
                    map.values_mut().for_each(|value| self.place(value));
                    return;
                };
                let path = format!("/{name}.{ending}");
                let file = text("file").unwrap_or_default().to_owned();
                let is_known = self.pictures.contains_key(&path);
                let is_shown = self.with_pictures && (is_known || !self.undrawn.contains(&file));
                let encoded = data.split_once(";base64,").map(|(_, encoded)| encoded).filter(|_| is_shown && !is_known);
                let bytes = encoded.and_then(|encoded| BASE64.decode(encoded).ok());
                let drawn = bytes.and_then(|bytes| picture::drawable(ending, bytes));
                if is_shown && !is_known && drawn.is_none() {
                    self.undrawn.insert(file);
                }
                let is_drawn = is_known || drawn.is_some();
                map.retain(|key, _| matches!(key.as_str(), "width" | "height" | "words" | "ending"));
                map.insert("path".to_owned(), if is_drawn { Json::from(path.clone()) } else { Json::Null });
                self.pictures.extend(drawn.map(|bytes| (path, bytes)));
            }
            _ => {}
        }
    }
}

/// Where a piece of the picture of that section or chart lies in the typesetter's world.
pub(super) fn picture_path(section: usize, piece: usize) -> String {
    format!("/picture-{section}-{piece}.svg")
}

/// Leaves of a picture what a template needs to place it; it is drawn already.
fn place_picture(part: &mut Json, section: usize) {
    let Some(picture) = part.get_mut("picture").and_then(Json::as_object_mut) else { return };
    for (number, piece) in picture.get_mut("pieces").and_then(Json::as_array_mut).into_iter().flatten().enumerate() {
        if let Some(piece) = piece.as_object_mut() {
            piece.retain(|key, _| matches!(key.as_str(), "height" | "title" | "description"));
            piece.insert("path".to_owned(), Json::from(picture_path(section, number)));
        }
    }
}

/// The same for the pictures of shares over time in that section.
fn place_plots(part: &mut Json, section: usize) {
    for (number, plot) in part.get_mut("plots").and_then(Json::as_array_mut).into_iter().flatten().enumerate() {
        if let Some(plot) = plot.as_object_mut() {
            plot.retain(|key, _| matches!(key.as_str(), "title" | "reference" | "description" | "caption"));
            plot.insert("path".to_owned(), Json::from(picture_path(section, number)));
        }
    }
}

fn make_ready(value: &mut Json, lang: &str, missing: &mut Vec<Missing>) {
    match value {
        Json::String(text) => {
            if let Some(ready) = ready(text, lang, missing) {
                *text = ready;
            }
        }
        Json::Array(values) => values.iter_mut().for_each(|value| make_ready(value, lang, missing)),
        Json::Object(map) => make_map_ready(map, lang, missing),
        _ => {}
    }
}

fn make_map_ready(map: &mut Map<String, Json>, lang: &str, missing: &mut Vec<Missing>) {
    for (key, value) in map {
        match (key.as_str(), value) {
            // Addresses are followed, not only read.
            ("url" | "logo" | "path", _) => {}
            // What is typed as it stands keeps its spaces.
            ("code", value) => make_ready(value, "", missing),
            (_, value) => make_ready(value, lang, missing),
        }
    }
}

/// The text as it is set, where that differs.
fn ready(text: &str, lang: &str, missing: &mut Vec<Missing>) -> Option<String> {
    let replaced = fonts::covered(text).map(|(written, characters)| {
        let mut unique: Vec<String> = Vec::new();
        for character in characters {
            if !unique.iter().any(|known| known == character) {
                unique.push(character.to_owned());
            }
        }
        missing.push(Missing { characters: unique, text: text.to_owned() });
        written
    });
    let tied = if lang == "pl" { tied(replaced.as_deref().unwrap_or(text)) } else { None };
    let so_far = tied.as_deref().or(replaced.as_deref()).unwrap_or(text);
    let broken = breakable(so_far);
    broken.or(tied).or(replaced)
}

/// Polish leaves no word of one letter at the end of a line: it is tied to the next.
fn tied(text: &str) -> Option<String> {
    let mut out: Option<String> = None;
    let mut before = ' ';
    let mut letter = None;
    for (offset, c) in text.char_indices() {
        let is_space = c == ' ';
        if is_space && letter.is_some() {
            let out = out.get_or_insert_with(|| text[..offset].to_owned());
            out.push('\u{a0}');
        } else if let Some(out) = &mut out {
            out.push(c);
        }
        let opens = before.is_whitespace() || matches!(before, '(' | '„' | '\u{a0}');
        letter = (opens && "aiouwzAIOUWZ".contains(c)).then_some(c);
        before = c;
    }
    out
}

/// Gives long words, ids and addresses places to break, so that nothing runs off the page.
fn breakable(text: &str) -> Option<String> {
    if text.len() <= LONG_NAME || !text.split(char::is_whitespace).any(|word| word.len() > LONG_NAME) {
        return None;
    }
    let mut out = String::with_capacity(text.len() + 16);
    for word in text.split_inclusive(char::is_whitespace) {
        let length = word.chars().count();
        let (is_name, is_long) = (length > LONG_NAME, length > LONG_WORD);
        let mut run = 0;
        let mut before: Option<char> = None;
        for c in word.chars() {
            let after_mark = before.is_some_and(|before| "._/@:&=?_,;|".contains(before)) && c.is_alphanumeric();
            if (is_name && after_mark) || (is_long && run == STRETCH) {
                out.push(BREAK);
                run = 0;
            }
            run = if c == '-' || c == '\u{ad}' { 0 } else { run + 1 };
            out.push(c);
            before = Some(c);
        }
    }
    (out.len() > text.len()).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_words_are_tied_in_polish() {
        assert_eq!(tied("Gość w hotelu i o tym wie"), Some("Gość w\u{a0}hotelu i\u{a0}o\u{a0}tym wie".to_owned()));
        assert_eq!(tied("Z recepcji (w nocy)"), Some("Z\u{a0}recepcji (w\u{a0}nocy)".to_owned()));
        assert_eq!(tied("bez zmian"), None);
    }

    #[test]
    fn long_words_and_names_may_break() {
        assert_eq!(breakable("short words only here"), None);
        assert_eq!(breakable("odpowiedzialności"), None);
        let broken = breakable("guest-stay.check-in.desk@1a2b").unwrap_or_default();
        assert_eq!(broken.replace(BREAK, "|"), "guest-stay.|check-in.|desk@|1a2b");
        let broken = breakable(&"a".repeat(100)).unwrap_or_default();
        assert!(broken.split(BREAK).all(|part| part.len() <= STRETCH), "{broken}");
    }
}
