//! Keys that an entry lacks, and keys that lack their value: each is written with what may stand there, so that the entry is
//! whole at once.

use lsp_types::CodeAction;

use super::{ActionQuery, mend};
use crate::book::id;
use crate::diag::Diagnostic;
use crate::editor::caret::{Caret, Stands, Way, caret, key_and_value};
use crate::editor::completion;
use crate::editor::keys::Allowed;
use crate::editor::workspace::kind_of;
use crate::language::Interface;
use crate::message::Message;
use crate::say;
use crate::source::World;

/// So many values are offered; completion has them all.
const MOST: usize = 8;

/// What may stand behind a key.
enum Fitting {
    /// A word, an id, a day.
    Word(String),
    /// A text, which is still to be written.
    Text,
}

/// The mends of a finding that an entry lacks a key, or a key its value.
pub(super) fn mends(asked: &ActionQuery<'_>, finding: &Diagnostic) -> Vec<CodeAction> {
    if let Some(key) = finding.message.filled("{what} lacks the key `{key}`", "key") {
        return added(asked, finding, key).unwrap_or_default();
    }
    let empty = ["`{key}` of {what} has no value", "`{key}` has no value"];
    match empty.iter().find_map(|template| finding.message.filled(template, "key")) {
        Some(key) => filled(asked, finding, key).unwrap_or_default(),
        None => Vec::new(),
    }
}

/// Adds the key that an entry lacks, with each value that is likely.
fn added(asked: &ActionQuery<'_>, finding: &Diagnostic, key: &str) -> Option<Vec<CodeAction>> {
    let text = &asked.book.source(finding.span)?.text;
    let start = finding.span.start as usize;
    let place = caret(text, start).map(|caret| Caret { stands: Stands::Value, ..caret });
    let values = place.map(|caret| fitting(asked, text, &caret, key, start)).unwrap_or_default();
    let is_flow = text[start..].starts_with('{');
    let column = column(text, start);
    let write = |value: Option<&Fitting>| -> Option<CodeAction> {
        let written = match value {
            Some(Fitting::Word(word)) => format!("{key}: {word}"),
            Some(Fitting::Text) => format!("{key}:{}", unwritten(asked, (!is_flow).then_some(column), newline(text))),
            None => format!("{key}: "),
        };
        let edit = if is_flow {
            let end = finding.span.end as usize - 1;
            let inner = text.get(start + 1..end)?;
            let end = start + 1 + inner.trim_end().len();
            let between = if inner.trim().is_empty() { "" } else { ", " };
            (end..end, format!("{between}{written}"))
        } else {
            in_block(text, start, column, &written)?
        };
        mend(asked, finding, &title(key, value), &[edit])
    };
    Some(match values.as_slice() {
        [] => write(None).into_iter().collect(),
        values => values.iter().filter_map(|value| write(Some(value))).collect(),
    })
}

fn title(key: &str, value: Option<&Fitting>) -> Message {
    match value {
        Some(Fitting::Word(word)) => say!("Add `{key}: {word}`", key, word),
        _ => say!("Add the key `{key}`", key),
    }
}

/// A key in the block that begins at a place: behind the id, which stands first; above what goes on in further lines.
fn in_block(text: &str, start: usize, column: usize, written: &str) -> Option<(std::ops::Range<usize>, String)> {
    let newline = newline(text);
    let line = line_start(text, start);
    if !text[line..start].chars().all(|letter| [' ', '-', '\u{feff}'].contains(&letter)) {
        return None;
    }
    let first = text[start..].lines().next()?;
    let end = start + first.len();
    let next = text[end..].trim_start_matches(['\r', '\n']).lines().next().unwrap_or("");
    let goes_on = next.len() - next.trim_start_matches(' ').len() > column;
    let is_whole = key_and_value(first).is_some_and(|(key, value)| key == "id" && !value.trim().is_empty());
    let indent = " ".repeat(column);
    Some(if is_whole && !goes_on {
        (end..end, format!("{newline}{indent}{written}"))
    } else {
        (start..start, format!("{written}{newline}{indent}"))
    })
}

/// Writes each likely value behind a key that has none.
fn filled(asked: &ActionQuery<'_>, finding: &Diagnostic, key: &str) -> Option<Vec<CodeAction>> {
    let text = &asked.book.source(finding.span)?.text;
    let (start, end) = (finding.span.start as usize, finding.span.end as usize);
    let caret = caret(text, start)?;
    let colon = end + text[end..].find(':')? + 1;
    let rest = text[colon..].lines().next().unwrap_or("");
    let spaces = rest.len() - rest.trim_start_matches([' ', '\t']).len();
    let is_flow = caret.column.is_none();
    let of_value = |value: &Fitting| {
        let written = match value {
            Fitting::Word(word) => format!(" {word}"),
            Fitting::Text => unwritten(asked, (!is_flow).then(|| column(text, start)), newline(text)),
        };
        let behind = if rest[spaces..].starts_with('#') { " " } else { "" };
        let title = match value {
            Fitting::Word(word) => say!("Write `{key}: {word}`", key, word),
            Fitting::Text => say!("Write a text for `{key}`", key),
        };
        // A comment cannot stay on the line of a key whose texts stand below it.
        let edit = if written.starts_with(['\r', '\n']) && rest[spaces..].starts_with('#') {
            (colon + rest.len()..colon + rest.len(), written)
        } else {
            (colon..colon + spaces, format!("{written}{behind}"))
        };
        mend(asked, finding, &title, &[edit])
    };
    Some(fitting(asked, text, &caret, key, start).iter().filter_map(of_value).collect())
}

/// What may stand behind a key of the mapping where the caret is, the likeliest first.
fn fitting(asked: &ActionQuery<'_>, text: &str, caret: &Caret, key: &str, start: usize) -> Vec<Fitting> {
    let Some(path) = asked.book.opened.as_ref().map(|_| asked.path) else { return Vec::new() };
    let Some(kind) = kind_of(path) else { return Vec::new() };
    let mut way = caret.way.clone();
    way.push(Way::Key(key.to_owned()));
    let Some(allowed) = Allowed::at(kind, &way) else { return Vec::new() };
    let word = |word: &str| Fitting::Word(word.to_owned());
    if key == "id" {
        return named(asked, text, start, &caret.way).iter().map(|id| word(id)).collect();
    }
    let words: Vec<Fitting> = allowed.words().iter().take(MOST).map(|known| word(known.word)).collect();
    if !words.is_empty() {
        return words;
    }
    let (interface, encoding) = (asked.interface, asked.encoding);
    let place = completion::CaretQuery { book: asked.book, path, text, offset: start, encoding, interface };
    let ids = completion::ids_of(&place, kind, &Caret { way, ..caret.clone() });
    match () {
        () if !ids.is_empty() => ids.iter().take(MOST).map(|id| word(id)).collect(),
        () if allowed.is_text() => vec![Fitting::Text],
        () if allowed.is_list() => vec![word("[]")],
        () if allowed.is_day() => {
            asked.book.opened.iter().map(|opened| word(&opened.world.today().to_string())).collect()
        }
        () => Vec::new(),
    }
}

/// An id for the entry that begins at a place: of its title or its text, else of what it is.
fn named(asked: &ActionQuery<'_>, text: &str, start: usize, way: &[Way]) -> Option<String> {
    let opened = asked.book.opened.as_ref()?;
    let list = way.iter().rev().find_map(|step| if let Way::Key(key) = step { Some(key.as_str()) } else { None });
    let column = column(text, start);
    let mut lines = text[start..].lines().enumerate().map(|(number, line)| match number {
        0 => (column, line),
        _ => (line.len() - line.trim_start_matches(' ').len(), line.trim_start_matches(' ')),
    });
    let mut wording = None;
    while let Some((depth, line)) = lines.next().filter(|(depth, line)| line.is_empty() || *depth >= column) {
        let Some((key, value)) = key_and_value(line).filter(|_| depth == column) else { continue };
        if !["title", "text", "staff", "what"].contains(&key.as_str()) {
            continue;
        }
        // A text in several languages: the first of them.
        let first = if value.trim().is_empty() { lines.next().map_or("", |(_, line)| line) } else { value };
        let first = first.trim().trim_start_matches('{');
        let first = key_and_value(first).map_or(first, |(_, value)| value);
        wording = first.split(", ").next().map(|first| first.trim_matches([' ', '"', '\'', '}']).to_owned());
        break;
    }
    let wording =
        wording.and_then(|wording| id::suggest(&wording.split_whitespace().take(6).collect::<Vec<_>>().join(" ")));
    let otherwise = list.map_or("new", |list| list.trim_end_matches('s'));
    let is_taken = |id: &str| opened.loaded.book.names.iter().any(|known| known.name == id);
    Some(id::free(wording.as_deref().unwrap_or(otherwise), "new", is_taken))
}

/// A text that is still to be written, as a rule says while it is there: in each language of the book, below a key in that
/// column; none for one in brackets.
fn unwritten(asked: &ActionQuery<'_>, column: Option<usize>, newline: &str) -> String {
    let languages = asked.book.book().map(|book| book.languages.as_slice()).unwrap_or_default();
    let of = |language: &crate::book::Language| Interface::of(language).say(&say!("to be written"));
    let each = languages.iter().map(|language| format!("{}: {}", language.tag(), of(language)));
    match (languages, column) {
        ([], _) => " …".to_owned(),
        ([language], _) => format!(" {}", of(language)),
        (_, None) => format!(" {{{}}}", each.collect::<Vec<_>>().join(", ")),
        (_, Some(column)) => each.map(|line| format!("{newline}{}{line}", " ".repeat(column + 2))).collect(),
    }
}

fn line_start(text: &str, offset: usize) -> usize {
    text[..offset].rfind('\n').map_or(0, |offset| offset + 1)
}

fn column(text: &str, offset: usize) -> usize {
    text[line_start(text, offset)..offset].chars().filter(|letter| *letter != '\u{feff}').count()
}

/// How the lines of a text end.
fn newline(text: &str) -> &'static str {
    if text.contains("\r\n") { "\r\n" } else { "\n" }
}
