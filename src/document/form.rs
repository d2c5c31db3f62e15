//! What a document's fillable form needs to know beside its questions: what it is of, under which key a device keeps its
//! rounds, and the units that a value may be typed in.

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::prose::Prose;
use super::scope::Scope;
use crate::book::Measure;
use crate::edition::Selected;
use crate::text::hex;
use crate::units::Unit;
use crate::units::{unit_key, unit_names};

/// What a form knows of its document.
#[derive(Clone, Debug, Serialize)]
pub struct FormData {
    /// The kind of file that it saves: `checklist`, `review`.
    pub kind: &'static str,
    /// What tells its questions from those of any other form, or of another version of this one.
    pub key: String,
    /// How the name of a saved file begins.
    pub file: String,
    /// The book's title in its source language, as the manifest has it.
    pub book: String,
    /// What a saved file says in any case; `round` is filled in by each round.
    pub fixed: Map<String, Json>,
    /// The edition that it was made of; none where the book has none.
    pub edition: Option<FormEdition>,
    /// What the document has decided already, by reference and field.
    pub decided: BTreeMap<String, Map<String, Json>>,
    /// The book's sites, where the form is of none and asks for one.
    pub sites: Vec<SiteChoice>,
    /// The book's roles, of which one may have been the auditor.
    pub auditors: Vec<SiteChoice>,
    /// Keys of units by what people call them, in every language, in lower case.
    pub units: BTreeMap<&'static str, &'static str>,
    /// Each unit's base unit, and how many of those it is.
    pub bases: BTreeMap<&'static str, (&'static str, f64)>,
}

/// What a form brings along, so that whoever takes it in knows what was asked.
#[derive(Clone, Debug, Serialize)]
pub struct FormEdition {
    /// The full hash of the set.
    pub hash: String,
    /// The part of it that the form asks about, as the text of a set's file.
    pub part: String,
}

/// A site, or a role, that may be chosen.
#[derive(Clone, Debug, Serialize)]
pub struct SiteChoice {
    /// The id.
    pub id: String,
    /// The title.
    pub title: Prose,
}

/// A measure in figures.
#[derive(Clone, Debug, Serialize)]
pub struct MeasureLimits {
    /// `within`, `at-most`, `at-least`, `between`.
    pub bound: &'static str,
    /// The bound; the lower one of `between`.
    pub low: f64,
    /// Key of its unit; empty for a bare count.
    pub unit: String,
    /// The upper bound of `between`.
    pub high: Option<f64>,
    /// Key of its unit.
    pub high_unit: Option<String>,
    /// How often it must hold, 0 to 1.
    pub share: f64,
}

impl MeasureLimits {
    /// The figures of a measure.
    pub(super) fn of(measure: &Measure) -> Self {
        MeasureLimits {
            bound: measure.bound.key(),
            low: measure.value.value,
            unit: measure.value.unit.key().to_owned(),
            high: measure.high.as_ref().map(|high| high.value),
            high_unit: measure.high.as_ref().map(|high| high.unit.key().to_owned()),
            share: measure.share,
        }
    }
}

impl FormData {
    /// The form of a checklist.
    pub(super) fn checklist(scope: &Scope) -> Self {
        let mut fixed = Map::new();
        let sites = match scope.site {
            Some(site) => {
                fixed.insert("site".to_owned(), json!(site.id.name));
                Vec::new()
            }
            None => {
                let choice =
                    |site: &crate::book::Site| SiteChoice { id: site.id.name.clone(), title: scope.prose(&site.title) };
                fixed.insert("site".to_owned(), Json::Null);
                scope.book.sites.iter().map(choice).collect()
            }
        };
        fixed.insert("round".to_owned(), Json::Null);
        let limits = scope.filter.in_words().into_iter().map(|(key, words)| (key, json!(words)));
        fixed.insert("scope".to_owned(), limits.collect());
        let ids = scope.chosen.iter().map(|chosen| chosen.standard.id.name.as_str()).collect();
        let edition = scope
            .control
            .and_then(|control| control.set.as_ref())
            .map(|set| FormEdition { hash: set.full_name().to_owned(), part: set.part(&ids).text() });
        let role = |role: &crate::book::Role| SiteChoice { id: role.id.name.clone(), title: scope.prose(&role.title) };
        let auditors = scope.book.roles.iter().map(role).collect();
        FormData { sites, auditors, edition, ..FormData::of("checklist", "audit", fixed, &scope.chosen, scope) }
    }

    /// The form of a review's checklist, with what is decided so far.
    pub(super) fn review(scope: &Scope, name: &str, decided: BTreeMap<String, Map<String, Json>>) -> Self {
        let mut fixed = Map::new();
        fixed.insert("review".to_owned(), json!(name));
        // What a review asks is frozen when it is opened: its rounds go on whatever becomes of the book meanwhile.
        FormData { decided, ..FormData::of("review", &format!("review-{name}"), fixed, &[], scope) }
    }

    /// A form of that kind, whose saved files have `fixed` in them, and which asks about the wordings `asked`.
    fn of(kind: &'static str, file: &str, fixed: Map<String, Json>, asked: &[Selected], scope: &Scope) -> Self {
        let book = scope.book.in_source(&scope.book.title).unwrap_or_default().to_owned();
        let units: BTreeMap<_, _> = unit_names().filter_map(|name| Some((name, unit_key(name)?))).collect();
        let base = |key: &&'static str| (*key, known_base(key));
        FormData {
            kind,
            key: key(kind, &book, &fixed, asked),
            file: file.to_owned(),
            book,
            fixed,
            edition: None,
            decided: BTreeMap::new(),
            sites: Vec::new(),
            auditors: Vec::new(),
            bases: units.values().map(base).collect(),
            units,
        }
    }
}

/// The base unit of a known unit. Its name is the program's own, so it outlives the unit.
fn known_base(key: &'static str) -> (&'static str, f64) {
    let unit = Unit::Known(key);
    let (base, factor) = unit.canonical();
    (unit_key(base).unwrap_or(key), factor)
}

/// The same questions in another language are the same form: who switches languages goes on with the same round.
fn key(kind: &str, book: &str, fixed: &Map<String, Json>, asked: &[Selected]) -> String {
    let mut hash = Sha256::new();
    let mut field = |value: &str| {
        hash.update((value.len() as u64).to_le_bytes());
        hash.update(value.as_bytes());
    };
    field(kind);
    field(book);
    field(&Json::Object(fixed.clone()).to_string());
    for selected in asked {
        field(&selected.standard.id.name);
        field(&selected.standard.stamp);
    }
    hex(&hash.finalize()[..8])
}
