//! Where a text stands: the way to it in its file, and what a translator should know of the place.

use std::collections::{BTreeMap, BTreeSet};

use sha2::{Digest, Sha256};

use crate::book::{Language, Loaded, Text, Worded};
use crate::check::texts;
use crate::edit::values::TreeStep;
use crate::source::yaml::{self, Node, Value};
use crate::source::{FileId, Span};
use crate::text::{composed, hex, single_spaced};

/// A text of the book that can be translated from one language into another.
#[derive(Clone, Debug)]
pub(crate) struct TranslationUnit<'a> {
    /// The text in the language that is translated from.
    pub source: &'a Worded,
    /// The text in the other, where there is one.
    pub target: Option<&'a Worded>,
    /// The way to it in its file.
    pub path: Vec<TreeStep>,
    /// Ids and keys on that way, as one name that needs no other file.
    pub address: String,
    /// What it stands in, the widest first.
    pub crumbs: Vec<Crumb>,
    /// What it is: the last key, below another where that alone would not tell.
    pub key: String,
    /// The name of the chapter that it is.
    pub chapter: Option<String>,
}

/// Something that a text stands in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Crumb {
    /// What kind of thing, in a word of the format; empty where there is none.
    pub kind: &'static str,
    /// Its title, or else its id.
    pub title: String,
}

impl TranslationUnit<'_> {
    /// What tells the texts that stand here from any others: eight digits for the source, and for the translation, `0` where
    /// there is none.
    pub fn hashes(&self) -> (String, String) {
        (hash(&self.source.text), self.target.map_or_else(|| "0".to_owned(), |target| hash(&target.text)))
    }
}

/// Eight digits that tell a text from others, however it is wrapped.
pub(crate) fn hash(text: &str) -> String {
    let folded = composed(text);
    hex(&Sha256::digest(single_spaced(&folded).as_bytes())[..4])
}

/// What is known of a place in a file.
#[derive(Clone)]
struct TextPlace {
    path: Vec<TreeStep>,
    address: Vec<String>,
    crumbs: Vec<Crumb>,
}

/// Every text of the author's that stands in the language `from`, in the order of files and places.
pub(crate) fn units<'a>(loaded: &'a Loaded, from: &Language, to: &Language) -> Vec<TranslationUnit<'a>> {
    let places = places(loaded, from);
    let chapters: BTreeMap<FileId, &str> = loaded
        .book
        .chapters
        .iter()
        .filter_map(|chapter| Some((chapter.text.get(from)?.span.file, chapter.name.as_str())))
        .collect();
    let mut seen = BTreeSet::new();
    let mut units: Vec<TranslationUnit<'a>> = texts(&loaded.book)
        .into_iter()
        .filter_map(|text| {
            let source = text.get(from).filter(|source| !source.text.trim().is_empty())?;
            let target = text.get(to).filter(|target| !target.text.trim().is_empty());
            if let Some(name) = chapters.get(&source.span.file) {
                let crumbs = Vec::new();
                let address = "chapter".to_owned();
                let chapter = Some((*name).to_owned());
                return Some(TranslationUnit {
                    source,
                    target,
                    path: Vec::new(),
                    address,
                    crumbs,
                    key: "chapter".to_owned(),
                    chapter,
                });
            }
            let place = place_of(text, source, &places)?;
            // What an alias repeats is one text.
            seen.insert((source.span.file, place.path.clone())).then(|| unit(source, target, place))
        })
        .collect();
    units.sort_by_key(|unit| (unit.source.span.file, unit.source.span.start));
    units
}

fn unit<'a>(source: &'a Worded, target: Option<&'a Worded>, place: TextPlace) -> TranslationUnit<'a> {
    let keys: Vec<&str> = place
        .path
        .iter()
        .filter_map(|step| match step {
            TreeStep::Key(key) => Some(key.as_str()),
            TreeStep::Item(_) => None,
        })
        .collect();
    let key = match keys.as_slice() {
        [.., above, "what"] => format!("{above}-what"),
        [.., last] => (*last).to_owned(),
        [] => String::new(),
    };
    let TextPlace { path, address, crumbs } = place;
    TranslationUnit { source, target, path, address: address.join("."), crumbs, key, chapter: None }
}

/// The place of a text: that of its wording, without the language where that is the last step.
fn place_of(text: &Text, source: &Worded, places: &BTreeMap<(FileId, u32), TextPlace>) -> Option<TextPlace> {
    let mut place = places.get(&start(source.span))?.clone();
    let is_language = matches!(place.path.last(), Some(TreeStep::Key(key)) if key == source.language.tag());
    if is_language {
        place.path.pop();
        place.address.pop();
    } else if text.0.len() > 1 {
        return None;
    }
    Some(place)
}

fn start(span: Span) -> (FileId, u32) {
    (span.file, span.start)
}

/// The places of all texts in the author's YAML.
fn places(loaded: &Loaded, from: &Language) -> BTreeMap<(FileId, u32), TextPlace> {
    let mut places = BTreeMap::new();
    for (file, source) in loaded.sources.iter().filter(|(_, source)| !source.built_in) {
        if !(source.path.ends_with(".yaml") || source.path.ends_with(".yml")) {
            continue;
        }
        let Ok(root) = yaml::parse(file, &source.text) else { continue };
        let kind = match source.path.split('/').next() {
            Some("sequences") => "sequence",
            Some("sites") => "site",
            _ => "",
        };
        let top = TextPlace { path: Vec::new(), address: Vec::new(), crumbs: Vec::new() };
        walk(&root, kind, top, &BTreeMap::new(), from, &mut places);
    }
    places
}

/// What the entries of a list are.
const KINDS: [(&str, &str); 6] = [
    ("phases", "phase"),
    ("steps", "step"),
    ("standards", "standard"),
    ("traits", "trait"),
    ("roles", "role"),
    ("departments", "department"),
];

fn walk<'n>(
    node: &'n Node<'_>,
    kind: &'static str,
    mut place: TextPlace,
    steps: &BTreeMap<&'n str, String>,
    from: &Language,
    places: &mut BTreeMap<(FileId, u32), TextPlace>,
) {
    match &node.value {
        Value::Null => {}
        Value::Scalar(_) => _ = places.entry(start(node.span)).or_insert(place),
        Value::List(items, _) => {
            for (index, item) in items.iter().enumerate() {
                let mut inner = place.clone();
                inner.path.push(TreeStep::Item(index));
                // An id goes on to tell an entry when another is put before it.
                let id = item.get("id").and_then(Node::text).map(str::to_owned);
                inner.address.push(id.unwrap_or_else(|| index.to_string()));
                walk(item, kind, inner, steps, from, places);
            }
        }
        Value::Map(entries, _) => {
            if let Some(id) = node.get("id").and_then(Node::text) {
                if let Some(title) = node.get("step").and_then(Node::text).and_then(|step| steps.get(step)) {
                    place.crumbs.push(Crumb { kind: "step", title: title.clone() });
                }
                place.crumbs.push(Crumb { kind, title: title(node, from).unwrap_or_else(|| id.to_owned()) });
            }
            let own = node.get("steps").map(|steps| {
                let named = |step: &'n Node<'_>| Some((step.get("id")?.text()?, title(step, from)?));
                steps.items().iter().filter_map(named).collect::<BTreeMap<_, _>>()
            });
            let steps = own.as_ref().unwrap_or(steps);
            for entry in entries {
                let mut inner = place.clone();
                inner.path.push(TreeStep::Key(entry.key.to_string()));
                inner.address.push(entry.key.chars().map(plain).collect());
                let kind = KINDS.iter().find(|(list, _)| *list == entry.key).map_or("", |(_, kind)| *kind);
                walk(&entry.value, kind, inner, steps, from, places);
            }
        }
    }
}

/// A character that may stand in a name of XML.
fn plain(c: char) -> char {
    if c.is_ascii_alphanumeric() || c == '-' { c } else { '-' }
}

/// The title of an entry in a language, or in whichever it has; of a step without one, what the customer does.
fn title(node: &Node<'_>, language: &Language) -> Option<String> {
    let text = |key: &str| {
        let value = node.get(key)?;
        let worded = value.get(language.tag()).or_else(|| value.entries().first().map(|entry| &entry.value));
        let text = worded.unwrap_or(value).text()?;
        Some(single_spaced(text).into_owned())
    };
    ["title", "customer", "staff"].iter().find_map(|key| text(key)).filter(|text| !text.is_empty())
}
