//! One former state of a file, parsed: what a text was in it.

use std::collections::HashMap;

use super::trace::{TextInFile, TranslatedText};
use crate::diag::Code;
use crate::source::yaml::{self, Node};
use crate::source::{FileId, Span};
use crate::text::{composed, single_spaced};

/// What a text was in a former state, beside a translation that was the same.
pub(super) struct FormerText {
    /// What it said.
    pub text: String,
    /// How it was written.
    pub original: TextInFile,
    /// How the translation was written.
    pub translation: TextInFile,
    /// Whether its entry allowed that a translation is older than its text.
    pub is_allowed: bool,
}

/// A former state of a file.
pub(super) struct Former {
    text: String,
    /// Texts by language, each with whose they are.
    maps: Vec<Languages>,
    /// Of the state now: the place of a translation → whose it is.
    owners: HashMap<u32, (Vec<String>, String)>,
}

/// A mapping from languages to texts, or what looks like one.
struct Languages {
    /// The id of the entry that it belongs to, and its former ones.
    owner: Vec<String>,
    /// The key that it stands at.
    key: String,
    /// Language, text and place.
    texts: Vec<(String, String, Span)>,
    /// Whether an entry around it allows that a translation is older than its text.
    is_allowed: bool,
}

impl Languages {
    /// The text in a language, as it is compared, and its place.
    fn text(&self, language: &str) -> Option<(String, Span)> {
        let (_, text, span) = self.texts.iter().find(|(tag, ..)| tag == language)?;
        Some((fold(text), *span))
    }
}

impl Former {
    pub(super) fn of(now: &str, text: &str) -> Self {
        let owners = maps(now).into_iter().flat_map(|map| {
            let owner = (map.owner, map.key);
            map.texts.into_iter().map(move |(_, _, span)| (span.start, owner.clone())).collect::<Vec<_>>()
        });
        Former { text: text.to_owned(), maps: maps(text), owners: owners.collect() }
    }

    /// What the text of a unit was: of the entries with its id and key, that whose translation is the same; of several, that
    /// whose text is the one looked for.
    pub(super) fn former_text(&self, unit: &TranslatedText, looked_for: &str) -> Option<FormerText> {
        let same = self.same_entries(unit).filter_map(|map| {
            let (translated, translation) = map.text(&unit.language)?;
            let (text, original) = map.text(&unit.source)?;
            (translated == unit.translation_text).then_some((map, text, original, translation))
        });
        let (map, text, original, translation) =
            same.reduce(|best, other| if best.1 == looked_for { best } else { other })?;
        let mark = |span| TextInFile::of(&self.text, span);
        Some(FormerText { text, original: mark(original), translation: mark(translation), is_allowed: map.is_allowed })
    }

    /// Whether the entries with a unit's id and key had its text and its translation side by side.
    pub(super) fn has(&self, unit: &TranslatedText) -> bool {
        self.former_text(unit, &unit.original_text).is_some_and(|was| was.text == unit.original_text)
    }

    /// The entries with a unit's id and key.
    fn same_entries(&self, unit: &TranslatedText) -> impl Iterator<Item = &Languages> {
        let owner = self.owners.get(&unit.translation.start);
        self.maps.iter().filter(move |map| {
            owner.is_some_and(|(owner, key)| {
                map.key == *key
                    && (map.owner.iter().any(|name| owner.contains(name)) || (map.owner.is_empty() && owner.is_empty()))
            })
        })
    }
}

/// All mappings whose values are texts, with the entry they belong to. What cannot be parsed has none.
fn maps(text: &str) -> Vec<Languages> {
    let mut all = Vec::new();
    if let Ok(root) = yaml::parse(FileId(0), text) {
        walk(&root, &[], "", false, &mut all);
    }
    all
}

fn walk(node: &Node<'_>, owner: &[String], key: &str, is_allowed: bool, all: &mut Vec<Languages>) {
    let allows = |node: &Node<'_>| node.text() == Some(Code::StaleTranslation.word());
    let allow = node.get("allow");
    let is_allowed = is_allowed || allow.is_some_and(|allow| allows(allow) || allow.items().iter().any(allows));
    let own = node.get("id").and_then(Node::text).map(|id| {
        let was = node.get("was").into_iter().flat_map(|was| was.items().iter().chain([was]));
        std::iter::once(id.to_owned()).chain(was.filter_map(Node::text).map(str::to_owned)).collect::<Vec<String>>()
    });
    let owner = own.as_deref().unwrap_or(owner);
    let texts: Vec<(String, String, Span)> = node
        .entries()
        .iter()
        .filter_map(|entry| Some((entry.key.to_string(), entry.value.text()?.to_owned(), entry.value.span)))
        .collect();
    if texts.len() > 1 && own.is_none() {
        all.push(Languages { owner: owner.to_vec(), key: key.to_owned(), texts, is_allowed });
    }
    for entry in node.entries() {
        walk(&entry.value, owner, &entry.key, is_allowed, all);
    }
    for item in node.items() {
        walk(item, owner, key, is_allowed, all);
    }
}

/// A text as it is compared: however it was typed, quoted and wrapped.
pub(super) fn fold(text: &str) -> String {
    single_spaced(&composed(text)).into_owned()
}
