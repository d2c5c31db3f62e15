//! Setting values of the book where an author wrote them: texts in some languages, lists of texts, figures, words. Every other
//! byte stays, and each file is proved to say what is meant and nothing else.

mod intended;
mod slot;
mod texts;

use std::collections::BTreeMap;

pub(crate) use super::fields::Field;
use super::insertion::refuse;
use super::patch::Patch;
use super::{EditError, FileEdit, fields, tree, verify};
use crate::book::Loaded;
use crate::say;
use crate::source::yaml::Node;
use crate::source::{FileId, Span};
use slot::{Slot, slot};

/// A value to be set.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Set {
    /// The file.
    pub file: FileId,
    /// Where the id of the entry stands that the value belongs to, such as a standard's or a phase's; none for the file as a whole.
    pub owner: Option<Span>,
    /// The way from that entry to the value.
    pub path: Vec<TreeStep>,
    /// What it is to be.
    pub to: To,
}

/// A step into a tree.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum TreeStep {
    /// The value of a key.
    Key(String),
    /// An item of a list, from 0. What stands alone where a list may stand is its own first item.
    Item(usize),
}

/// What a value is to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum To {
    /// A text: languages with their wordings; a language without one loses it. Languages that are not named stay.
    Wordings(Vec<(String, Option<String>)>),
    /// A list of texts, each by its languages.
    Texts(Vec<Vec<(String, String)>>),
    /// A word, a figure, a truth value, a list of names.
    Value(Field),
    /// Nothing: the key goes.
    Nothing,
}

/// The keys of an entry in the order in which the program writes them, so that a new one finds its place.
const ORDER: [&str; 28] = [
    "id", "was", "from", "title", "status", "step", "trait", "type", "level", "role", "text", "what", "within",
    "at-most", "at-least", "between", "share", "measure", "verify", "aspect", "critical", "weight", "why", "how",
    "say", "avoid", "when", "sources",
];

impl TreeStep {
    /// The value of a key.
    pub fn key(key: &str) -> Self {
        TreeStep::Key(key.to_owned())
    }
}

/// Works out how to set the values. Of a value only one may be asked; several languages of one text are one value. Nothing is
/// written.
///
/// # Errors
/// Where a value is written in a way that this does not reach.
pub(crate) fn set(loaded: &Loaded, sets: &[Set]) -> Result<Vec<FileEdit>, EditError> {
    let mut by_file: BTreeMap<FileId, Vec<&Set>> = BTreeMap::new();
    sets.iter().for_each(|set| by_file.entry(set.file).or_default().push(set));
    let trees = verify::trees(loaded)?;
    let source = loaded.book.source_language().tag();
    let mut changes = Vec::new();
    for (file, mut sets) in by_file {
        sets.sort_by_key(|set| rank(set));
        let root = trees.iter().find(|(id, _)| *id == file).map(|(_, root)| root);
        let root = root.ok_or_else(|| unreached(loaded, file, 0))?;
        let mut patch = Patch::default();
        let mut intended = root.clone();
        for set in sets {
            let offset = set.owner.map_or(0, |owner| owner.start as usize);
            let owner = set.owner.map_or(Some(root), |id| tree::owner(root, "id", id));
            let slot = owner.and_then(|owner| slot(owner, &set.path));
            let slot = slot.ok_or_else(|| unreached(loaded, file, offset))?;
            apply(&mut patch, loaded, slot, &set.to, source)?;
            intended::intend(&mut intended, set, source).ok_or_else(|| unreached(loaded, file, offset))?;
        }
        if !patch.is_empty() {
            changes.push(verify::as_intended(loaded.sources.get(file), &patch, &intended)?);
        }
    }
    Ok(changes)
}

fn unreached(loaded: &Loaded, file: FileId, offset: usize) -> EditError {
    let message = say!("this entry is written in a way that the program does not reach");
    refuse(&loaded.sources, file, offset, message, say!("write each key on a line of its own"))
}

/// The key of an entry that a new one stands behind: the nearest that is written before it, or the text where that stands later.
fn behind<'m>(map: &'m Node<'_>, key: &str) -> Vec<&'m str> {
    let before = ORDER.iter().position(|known| *known == key).map_or(&ORDER[..0], |index| &ORDER[..index]);
    let place = |key: &str| map.entries().iter().position(|entry| entry.key == key);
    let nearest = before.iter().rev().find_map(|key| place(key));
    let text = before.contains(&"text").then(|| place("text")).flatten();
    let entry = nearest.max(text).and_then(|index| map.entries().get(index));
    entry.map(|entry| &*entry.key).into_iter().collect()
}

/// In which order values are set, so that new keys stand in theirs, and what goes goes last.
fn rank(set: &Set) -> (bool, usize) {
    let goes = match &set.to {
        To::Nothing => true,
        To::Wordings(wordings) => wordings.iter().all(|(_, text)| text.is_none()),
        To::Texts(items) => items.is_empty(),
        To::Value(_) => false,
    };
    let key = set.path.iter().rev().find_map(|step| if let TreeStep::Key(key) = step { Some(key) } else { None });
    let place = ORDER.iter().position(|known| key.is_some_and(|key| key == known));
    (goes, place.unwrap_or(usize::MAX))
}

fn apply(patch: &mut Patch, loaded: &Loaded, slot: Slot<'_, '_>, to: &To, source: &str) -> Result<(), EditError> {
    match to {
        To::Wordings(wordings) => texts::wordings(patch, loaded, slot, wordings, source),
        To::Texts(items) => texts::list(patch, loaded, slot, items, source),
        To::Value(field) => value(patch, loaded, slot, field),
        To::Nothing => slot.remove(patch, &loaded.sources),
    }
}

fn value(patch: &mut Patch, loaded: &Loaded, slot: Slot<'_, '_>, field: &Field) -> Result<(), EditError> {
    let Slot::Key { map, key } = slot else { return Err(slot.unreached(&loaded.sources)) };
    match slot.node() {
        // A list that stands on lines of its own gives way to one in brackets.
        Some(node) if slot::is_block(node) => slot.replace_lines(
            patch,
            &loaded.sources,
            &format!("{key}: {}", field.written(super::emit::Context::Block)),
        ),
        _ => fields::set(patch, &loaded.sources, map, key, field, &behind(map, key)),
    }
}

#[cfg(test)]
mod tests;
