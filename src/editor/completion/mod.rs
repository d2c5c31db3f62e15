//! What may be written where the caret stands.

mod ids;
mod snippets;

use lsp_types::{
    CompletionItem, CompletionItemKind, CompletionTextEdit, Documentation, InsertTextFormat, InsertTextMode,
    MarkupContent, MarkupKind, TextEdit,
};

use super::caret::{Caret, Stands, Way, caret};
use super::keys::{Allowed, Holds, Key};
use super::lines::{Encoding, Lines};
use super::workspace::{OpenBook, kind_of};
use crate::language::Interface;
use crate::units::{Unit, UnitWords, unit_words};

/// One thing that may be written.
#[derive(Clone, Debug)]
pub(super) struct Suggestion {
    /// What the list shows.
    pub label: String,
    /// What is written; with `$1` where the caret goes next, if it is a snippet.
    pub text: String,
    pub is_snippet: bool,
    pub kind: CompletionItemKind,
    /// What it is, in a few words.
    pub detail: String,
    /// What it means.
    pub about: String,
    /// Proposals of a smaller group stand before those of a larger one.
    pub group: u8,
}

impl Suggestion {
    pub(super) fn word(label: impl Into<String>, kind: CompletionItemKind) -> Self {
        let label = label.into();
        Suggestion {
            text: label.clone(),
            label,
            is_snippet: false,
            kind,
            detail: String::new(),
            about: String::new(),
            group: 1,
        }
    }
}

/// What is asked about a place in a text.
pub(super) struct CaretQuery<'a> {
    pub book: &'a OpenBook,
    pub path: &'a str,
    pub text: &'a str,
    pub offset: usize,
    pub encoding: Encoding,
    pub interface: &'static Interface,
}

/// All that may be written there; snippets only for an editor that takes them.
pub(super) fn completions(asked: &CaretQuery<'_>, takes_snippets: bool) -> Vec<CompletionItem> {
    let Some(kind) = kind_of(asked.path) else { return Vec::new() };
    let Some(caret) = caret(asked.text, asked.offset) else { return Vec::new() };
    let Some(allowed) = Allowed::at(kind, &caret.way) else { return Vec::new() };
    let mut proposals = Vec::new();
    if caret.stands != Stands::Value {
        proposals.extend(keys(asked, &caret, &allowed, takes_snippets));
        proposals.extend(languages(asked, &caret, &allowed));
        proposals.extend(snippets::entries(asked, &caret));
        proposals.extend(ids::as_keys(asked, kind, &caret));
    }
    if caret.stands != Stands::Key {
        if last_key(&caret.way) == Some("when")
            && let Some((start, attributes)) = ids::attributes(asked, &caret)
        {
            let caret = Caret { word: start..asked.offset, ..caret };
            let lines = Lines::of(asked.text, asked.encoding);
            return attributes.into_iter().enumerate().map(|proposal| item(proposal, &caret, &lines)).collect();
        }
        let known = ids::as_values(asked, kind, &caret);
        // What is told of an id is more than that it is one of a list.
        let is_new = |word: &Suggestion| !known.iter().any(|id| id.label == word.label);
        proposals.extend(words(asked, &allowed).into_iter().filter(is_new));
        proposals.extend(known);
        if allowed.is_quantity() {
            proposals.extend(units(asked, &caret, &allowed));
        }
    }
    let lines = Lines::of(asked.text, asked.encoding);
    proposals
        .into_iter()
        .filter(|proposal| takes_snippets || !proposal.is_snippet)
        .enumerate()
        .map(|proposal| item(proposal, &caret, &lines))
        .collect()
}

/// The ids that may be the value where a caret stands.
pub(super) fn ids_of(asked: &CaretQuery<'_>, kind: &str, caret: &Caret) -> Vec<String> {
    ids::as_values(asked, kind, caret).into_iter().map(|proposal| proposal.text).collect()
}

fn item((number, proposal): (usize, Suggestion), caret: &Caret, lines: &Lines<'_>) -> CompletionItem {
    let about = Some(MarkupContent { kind: MarkupKind::Markdown, value: proposal.about });
    let about = about.filter(|about| !about.value.is_empty()).map(Documentation::MarkupContent);
    CompletionItem {
        // In the order of the format and of the book, which is that of the work.
        sort_text: Some(format!("{}{number:06}", proposal.group)),
        filter_text: Some(proposal.label.clone()),
        label: proposal.label,
        kind: Some(proposal.kind),
        detail: (!proposal.detail.is_empty()).then_some(proposal.detail),
        documentation: about,
        insert_text_format: Some(match proposal.is_snippet {
            true => InsertTextFormat::SNIPPET,
            false => InsertTextFormat::PLAIN_TEXT,
        }),
        // The columns of all lines are counted here.
        insert_text_mode: Some(InsertTextMode::AS_IS),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit {
            range: lines.range(caret.word.clone()),
            new_text: proposal.text,
        })),
        ..CompletionItem::default()
    }
}

/// The keys that the mapping does not have yet.
fn keys(asked: &CaretQuery<'_>, caret: &Caret, allowed: &Allowed, takes_snippets: bool) -> Vec<Suggestion> {
    let of_key = |key: Key<'static>| {
        let mut proposal = Suggestion::word(key.name, CompletionItemKind::PROPERTY);
        proposal.about = asked.interface.translate(key.meaning).to_owned();
        proposal.group = u8::from(!key.is_required);
        let deeper = |columns: usize| caret.column.map(|column| " ".repeat(column + columns));
        let value = match (key.holds, deeper(2)) {
            (Holds::List, Some(deeper)) => format!("\n{deeper}- "),
            (Holds::Mapping, Some(deeper)) => format!("\n{deeper}"),
            (Holds::Text, Some(deeper)) => snippets::text_value(asked, &deeper),
            _ => " ".to_owned(),
        };
        // Where the editor takes none, what is in the text of a snippet is left out.
        let value = if takes_snippets { value } else { " ".to_owned() };
        proposal.is_snippet = value.contains('$');
        proposal.text = format!("{}:{value}", key.name);
        proposal
    };
    let is_new = |key: &Key<'_>| !caret.siblings.iter().any(|known| known == key.name) || caret.typed == key.name;
    allowed.keys().into_iter().filter(is_new).map(of_key).collect()
}

/// The languages of the book, where a text or a noun is worded in each.
fn languages(asked: &CaretQuery<'_>, caret: &Caret, allowed: &Allowed) -> Vec<Suggestion> {
    let Some(book) = asked.book.book().filter(|_| allowed.is_by_language()) else { return Vec::new() };
    let missing = book.languages.iter().filter(|language| !caret.siblings.iter().any(|tag| tag == language.tag()));
    let of_language = |language: &crate::book::Language| {
        let mut proposal = Suggestion::word(language.tag(), CompletionItemKind::PROPERTY);
        proposal.text = format!("{}: ", language.tag());
        proposal.group = 0;
        proposal
    };
    missing.map(of_language).collect()
}

/// The words of a closed list.
fn words(asked: &CaretQuery<'_>, allowed: &Allowed) -> Vec<Suggestion> {
    let of_word = |word: super::keys::Word<'static>| {
        let mut proposal = Suggestion::word(word.word, CompletionItemKind::ENUM_MEMBER);
        proposal.about = asked.interface.translate(word.meaning).to_owned();
        proposal.group = 0;
        proposal
    };
    allowed.words().into_iter().map(of_word).collect()
}

/// A number that has been begun, with each unit that what is measured may have.
fn units(asked: &CaretQuery<'_>, caret: &Caret, allowed: &Allowed) -> Vec<Suggestion> {
    let number = caret.typed.trim_end_matches(|letter: char| !letter.is_ascii_digit());
    if number.is_empty() || !number.starts_with(|letter: char| letter.is_ascii_digit()) {
        return Vec::new();
    }
    let words = unit_words(asked.interface.tag());
    let unit = |(key, words): (&String, &UnitWords)| {
        let mut proposal = Suggestion::word(format!("{number} {key}"), CompletionItemKind::UNIT);
        proposal.detail = words.forms.get("many").or_else(|| words.forms.get("other")).cloned().unwrap_or_default();
        proposal
    };
    let key = last_key(&caret.way);
    let fits = |word: &'static str| match (allowed.is_share(), key) {
        (true, _) => word == "%",
        (false, Some("within" | "lasts" | "waits" | "every")) => Unit::Known(word).is_time(),
        _ => true,
    };
    words.iter().filter(|(word, _)| fits(word.as_str())).map(unit).collect()
}

/// The key that the caret is in the value of, past the items of a list.
fn last_key(way: &[Way]) -> Option<&str> {
    way.iter().rev().find_map(|step| if let Way::Key(key) = step { Some(key.as_str()) } else { None })
}
