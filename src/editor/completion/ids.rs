//! Ids of the book, where the format refers to something by its id.

use std::collections::BTreeMap;

use lsp_types::CompletionItemKind as Kind;

use super::{CaretQuery, Suggestion, last_key};
use crate::book::{Attribute, Book, Id, Phase, Text};
use crate::check::explain;
use crate::diag::{Code, Severity};
use crate::edition::Reference;
use crate::editor::caret::{Caret, Way};
use crate::editor::hover::{readable, sequence_in};
use crate::language::interface_languages;
use crate::library;

/// What a key refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refers {
    Areas,
    Sequences,
    Phases,
    Steps,
    Traits,
    Patterns,
    Roles,
    /// Roles and departments.
    Receivers,
    Sites,
    /// Standards of every kind, by their ids.
    Standards,
    Rules,
    Sectors,
    Languages,
}

/// What the value of a key refers to, wherever the key stands; none for a key that refers to nothing.
const REFERENCES: &[(&str, Refers)] = &[
    ("allow", Refers::Rules),
    ("area", Refers::Areas),
    ("covered-by", Refers::Roles),
    ("languages", Refers::Languages),
    ("pattern", Refers::Patterns),
    ("phase", Refers::Phases),
    ("practises", Refers::Standards),
    ("role", Refers::Roles),
    ("sector", Refers::Sectors),
    ("sequence", Refers::Sequences),
    ("sequences", Refers::Sequences),
    ("site", Refers::Sites),
    ("step", Refers::Steps),
    ("to", Refers::Receivers),
    ("trait", Refers::Traits),
    ("traits", Refers::Traits),
];

/// The ids that may be the value where the caret stands.
pub(super) fn as_values(asked: &CaretQuery<'_>, kind: &str, caret: &Caret) -> Vec<Suggestion> {
    let Some(key) = last_key(&caret.way) else { return Vec::new() };
    // In a file of traits `traits` is the list of them.
    if (kind == "traits" && key == "traits") || (kind == "sequence" && key == "phases") {
        return Vec::new();
    }
    let Some((_, refers)) = REFERENCES.iter().find(|(known, _)| *known == key) else { return Vec::new() };
    let Some(opened) = asked.book.known() else { return Vec::new() };
    let book = &opened.loaded.book;
    let of = |id: &Id, title: Option<&Text>, kind: Kind| id_of(asked, &id.name, title, kind);
    let phases = || book.phases();
    match refers {
        Refers::Areas => book.areas.iter().map(|area| of(&area.id, Some(&area.title), Kind::ENUM)).collect(),
        Refers::Sequences => {
            book.sequences.iter().map(|known| of(&known.id, Some(&known.title), Kind::MODULE)).collect()
        }
        Refers::Phases => phases().map(|phase| of(&phase.id, Some(&phase.title), Kind::MODULE)).collect(),
        Refers::Steps => {
            let phase = phase_at(book, caret);
            let steps = phase.into_iter().flat_map(|phase| &phase.steps);
            steps.map(|step| of(&step.id, step.label(), Kind::EVENT)).collect()
        }
        Refers::Traits => book.traits.iter().map(|known| trait_of(asked, known)).collect(),
        Refers::Patterns => patterns(asked, book),
        Refers::Roles => book.roles.iter().map(|role| of(&role.id, Some(&role.title), Kind::INTERFACE)).collect(),
        Refers::Receivers => {
            let roles = book.roles.iter().map(|role| of(&role.id, Some(&role.title), Kind::INTERFACE));
            let departments = book.departments.iter().map(|known| of(&known.id, Some(&known.title), Kind::FOLDER));
            roles.chain(departments).collect()
        }
        Refers::Sites => book.sites.iter().map(|site| of(&site.id, Some(&site.title), Kind::CONSTANT)).collect(),
        Refers::Standards => {
            let all = opened.standards.all.iter();
            all.map(|standard| id_of(asked, &standard.id.name, Some(&standard.text), Kind::REFERENCE)).collect()
        }
        Refers::Rules => rules(asked),
        Refers::Sectors => library::sectors().into_iter().map(|name| Suggestion::word(name, Kind::MODULE)).collect(),
        Refers::Languages => interface_languages().map(|tag| Suggestion::word(tag, Kind::CONSTANT)).collect(),
    }
}

/// The ids that may be a key where the caret stands: standards that a record answers for, rules that a manifest weighs.
pub(super) fn as_keys(asked: &CaretQuery<'_>, kind: &str, caret: &Caret) -> Vec<Suggestion> {
    let Some(opened) = asked.book.known() else { return Vec::new() };
    let names: Vec<&str> =
        caret.way.iter().map(|step| if let Way::Key(key) = step { key.as_str() } else { "" }).collect();
    let as_key = |mut proposal: Suggestion| {
        proposal.text.push_str(": ");
        proposal
    };
    match (kind, names.as_slice()) {
        ("audit", ["answers"]) | ("review", ["decisions"]) => {
            let is_new = |name: &str| !caret.siblings.iter().any(|known| Reference::parse(known).id == name);
            let all = opened.standards.all.iter().filter(|standard| is_new(&standard.id.name));
            let reference = |standard| {
                let label = Reference::to(standard).to_string();
                as_key(id_of(asked, &label, Some(&standard.text), Kind::REFERENCE))
            };
            all.map(reference).collect()
        }
        ("manifest", ["rules"]) => rules(asked).into_iter().map(as_key).collect(),
        _ => Vec::new(),
    }
}

/// What a condition may ask of the site, where `site.` has been written, with where that begins.
pub(super) fn attributes(asked: &CaretQuery<'_>, caret: &Caret) -> Option<(usize, Vec<Suggestion>)> {
    let before = asked.text.get(..asked.offset)?;
    let is_part = |letter: &char| letter.is_alphanumeric() || ['_', '.'].contains(letter);
    let length: usize = before.chars().rev().take_while(is_part).map(char::len_utf8).sum();
    let start = before.len() - length;
    // Also before `site.` is written: where a comparison begins, it begins with that.
    let begins = || {
        let earlier = before.get(caret.word.start..start).unwrap_or("").trim_end();
        earlier.is_empty()
            || earlier.ends_with('(')
            || ["and", "or", "not"].contains(&earlier.split(' ').next_back().unwrap_or(""))
    };
    let is_begun = "site.".starts_with(&before[start..]) && begins();
    if !before[start..].starts_with("site.") && !is_begun {
        return None;
    }
    let book = asked.book.book()?;
    let mut names: BTreeMap<&str, Vec<String>> = BTreeMap::new();
    for site in &book.sites {
        names.entry("id").or_default().push(site.id.name.clone());
        for (name, value) in &site.attributes {
            names.entry(name).or_default().push(match value {
                Attribute::Bool(value) => value.to_string(),
                Attribute::Number(value) => value.to_string(),
                Attribute::Text(value) => value.clone(),
            });
        }
    }
    let proposal = |(name, mut values): (&str, Vec<String>)| {
        let mut proposal = Suggestion::word(format!("site.{name}"), Kind::FIELD);
        values.dedup();
        proposal.detail = values.join(", ");
        proposal
    };
    Some((start, names.into_iter().map(proposal).collect()))
}

/// The phase that the caret is in.
fn phase_at<'a>(book: &'a Book, caret: &Caret) -> Option<&'a Phase> {
    let (_, id) = caret.owners.iter().find(|(list, _)| list == "phases")?;
    book.phase_of_id(id)
}

fn id_of(asked: &CaretQuery<'_>, id: &str, title: Option<&Text>, kind: Kind) -> Suggestion {
    let mut proposal = Suggestion::word(id, kind);
    proposal.detail = title.map(|title| in_language(asked, title)).unwrap_or_default();
    proposal
}

/// A text in the reader's language; in the book's first where it has none.
pub(super) fn in_language(asked: &CaretQuery<'_>, text: &Text) -> String {
    let Some(book) = asked.book.book() else { return String::new() };
    let spoken = book.languages.iter().find(|language| language.primary() == asked.interface.tag());
    let worded = spoken.and_then(|language| text.get(language)).or_else(|| text.get(book.source_language()));
    let worded = worded.or_else(|| text.0.first());
    let sequence = sequence_in(asked.book, asked.path);
    worded.map(|worded| readable(book, sequence, &worded.language, &worded.text)).unwrap_or_default()
}

fn trait_of(asked: &CaretQuery<'_>, known: &crate::book::Trait) -> Suggestion {
    let mut proposal = id_of(asked, &known.id.name, Some(&known.title), Kind::CLASS);
    let meaning = known.meaning.as_ref().map(|meaning| in_language(asked, meaning));
    let patterns = known.patterns.iter().map(|pattern| format!("- {}", in_language(asked, &pattern.text)));
    proposal.about =
        meaning.into_iter().chain(std::iter::once(String::new())).chain(patterns).collect::<Vec<_>>().join("\n");
    proposal
}

fn patterns(asked: &CaretQuery<'_>, book: &Book) -> Vec<Suggestion> {
    let of_trait = |known: &crate::book::Trait| -> Vec<Suggestion> {
        let pattern = |pattern: &crate::book::Pattern| {
            id_of(asked, &format!("{}.{}", known.id.name, pattern.id.name), Some(&pattern.text), Kind::METHOD)
        };
        known.patterns.iter().map(pattern).collect()
    };
    book.traits.iter().flat_map(of_trait).collect()
}

/// The rules that an author may switch off.
fn rules(asked: &CaretQuery<'_>) -> Vec<Suggestion> {
    let rule = |code: &Code| {
        let mut proposal = Suggestion::word(code.word(), Kind::VALUE);
        proposal.detail = asked.interface.say(&Severity::title(code.severity()));
        proposal.about = explain(*code, asked.interface);
        proposal
    };
    Code::ALL.iter().filter(|code| code.is_optional()).map(rule).collect()
}
