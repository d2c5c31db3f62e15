//! One former state of a file, parsed: what a text was in it.

use std::collections::HashMap;

use super::trace::{Mark, Unit};
use crate::source::yaml::{self, Node};
use crate::source::{FileId, Span};

/// What a text was in a former state, beside a translation that was the same.
pub(super) enum Was {
    /// The same, white space aside; with how it and its translation were written.
    Same(Mark, Mark),
    /// This.
    Other(String),
    /// It was not there, or had no such translation.
    Absent,
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
}

impl Former {
    pub(super) fn of(now: &str, text: &str) -> Self {
        let owners = maps(now).into_iter().flat_map(|map| {
            let owner = (map.owner, map.key);
            map.texts.into_iter().map(move |(_, _, span)| (span.start, owner.clone())).collect::<Vec<_>>()
        });
        Former { text: text.to_owned(), maps: maps(text), owners: owners.collect() }
    }

    /// What the text of a unit was: of the entries with its id and key, that whose translation is the same.
    pub(super) fn was(&self, unit: &Unit) -> Was {
        let Some((owner, key)) = self.owners.get(&unit.translation.start) else { return Was::Absent };
        let (original, translation) = (fold(&unit.original_text), fold(&unit.translation_text));
        let is_same_entry = |map: &&Languages| {
            map.key == *key
                && (map.owner.iter().any(|name| owner.contains(name)) || (map.owner.is_empty() && owner.is_empty()))
        };
        let mut other = Was::Absent;
        for map in self.maps.iter().filter(is_same_entry) {
            let translated = map.texts.iter().find(|(tag, text, _)| *tag == unit.language && fold(text) == translation);
            let Some((_, _, place)) = translated else { continue };
            for (_, text, span) in map.texts.iter().filter(|(tag, ..)| *tag == unit.source) {
                if fold(text) == original {
                    return Was::Same(Mark::of(&self.text, *span), Mark::of(&self.text, *place));
                }
                other = Was::Other(fold(text));
            }
        }
        other
    }
}

/// All mappings whose values are texts, with the entry they belong to. What cannot be parsed has none.
fn maps(text: &str) -> Vec<Languages> {
    let mut all = Vec::new();
    if let Ok(root) = yaml::parse(FileId(0), text) {
        walk(&root, &[], "", &mut all);
    }
    all
}

fn walk(node: &Node<'_>, owner: &[String], key: &str, all: &mut Vec<Languages>) {
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
        all.push(Languages { owner: owner.to_vec(), key: key.to_owned(), texts });
    }
    for entry in node.entries() {
        walk(&entry.value, owner, &entry.key, all);
    }
    for item in node.items() {
        walk(item, owner, key, all);
    }
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
