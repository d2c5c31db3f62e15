//! What closes the manual: sign-off sheet, glossary, index of standards.

use serde::Serialize;

use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::edition::Reference;

/// The sign-off table of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct SignoffPhase {
    /// Title of the phase.
    pub title: Prose,
    /// A row a standard.
    pub rows: Vec<SignoffRow>,
}

/// A standard to sign off.
#[derive(Clone, Debug, Serialize)]
pub struct SignoffRow {
    /// Its number in the manual.
    pub number: usize,
    /// The id.
    pub id: String,
    /// The wording that is signed, as `ID@STAMP`.
    pub reference: String,
    /// What it demands.
    pub text: Prose,
    /// Whether failing it fails its phase.
    pub critical: bool,
}

/// Traits, roles and terms.
#[derive(Clone, Debug, Serialize)]
pub struct Glossary {
    /// Words of the method.
    pub terms: Vec<Term>,
    /// The traits that the document speaks of.
    pub traits: Vec<Term>,
}

/// A word and its meaning.
#[derive(Clone, Debug, Serialize)]
pub struct Term {
    /// The word.
    pub title: Prose,
    /// The meaning.
    pub meaning: Prose,
}

/// A line of the index.
#[derive(Clone, Debug, Serialize)]
pub struct IndexEntry {
    /// The standard's id.
    pub id: String,
    /// Its number in the manual.
    pub number: usize,
    /// The phase.
    pub phase: Prose,
    /// Level: I, II or III.
    pub numeral: &'static str,
}

/// The word for what fails its phase; a manual without such a standard does not explain it.
const CRITICAL: &str = "critical";

/// The words of the method that a glossary explains, in the order of the method.
const TERMS: [&str; 9] = [
    "service-sequence",
    "phase",
    "moment-of-contact",
    "moment-of-truth",
    "trait",
    "standard",
    CRITICAL,
    "hand-off",
    "wording",
];

pub(super) fn signoff(scope: &Scope) -> Vec<SignoffPhase> {
    let row = |selected: &crate::edition::Selected| SignoffRow {
        number: scope.number_of(&selected.standard.id.name),
        id: selected.standard.id.name.clone(),
        reference: Reference::to(selected.standard).to_string(),
        text: scope.prose(&selected.text),
        critical: selected.standard.critical,
    };
    let phase = |part: crate::document::scope::ShownPhase| SignoffPhase {
        title: scope.prose(&part.phase.title),
        rows: part.standards.iter().map(row).collect(),
    };
    scope.parts().map(phase).collect()
}

pub(super) fn glossary(scope: &Scope) -> Glossary {
    let term = |key: &&str| Term {
        title: Prose::plain(scope.text(&format!("term.{key}.title"))),
        meaning: Prose::plain(scope.of_customer(&format!("term.{key}.meaning"))),
    };
    let mut used: Vec<&str> =
        scope.chosen.iter().flat_map(|selected| selected.standard.traits.iter().map(String::as_str)).collect();
    used.sort_unstable();
    used.dedup();
    let traits = scope.book.traits.iter().filter(|known| used.binary_search(&known.id.name.as_str()).is_ok());
    let of_trait = |known: &crate::book::Trait| {
        Some(Term { title: scope.prose(&known.title), meaning: scope.prose(known.meaning.as_ref()?) })
    };
    let has_critical = scope.has_critical();
    let terms = TERMS.iter().filter(|key| **key != CRITICAL || has_critical);
    Glossary { terms: terms.map(term).collect(), traits: traits.filter_map(of_trait).collect() }
}

pub(super) fn index(scope: &Scope) -> Vec<IndexEntry> {
    let entry = |selected: &crate::edition::Selected, phase: &Prose| IndexEntry {
        id: selected.standard.id.name.clone(),
        number: scope.number_of(&selected.standard.id.name),
        phase: phase.clone(),
        numeral: crate::document::standard::numeral(selected.standard.level),
    };
    let of_part = |part: crate::document::scope::ShownPhase| {
        let phase = scope.prose(&part.phase.title);
        part.standards.iter().map(|selected| entry(selected, &phase)).collect::<Vec<_>>()
    };
    let mut entries: Vec<IndexEntry> = scope.parts().flat_map(of_part).collect();
    entries.sort_by(|a, b| a.id.cmp(&b.id));
    entries
}
