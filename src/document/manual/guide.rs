//! How to use the manual; the levels and types in a few words; the people.

use serde::Serialize;

use crate::book::{Level, StandardType};
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::document::standard::numeral;
use crate::edition::FilterKey;

/// The guide.
#[derive(Clone, Debug, Serialize)]
pub struct Guide {
    /// How to work with the manual, step by step; empty in a leaflet.
    pub advice: Vec<String>,
    /// The levels taught: numeral, name, meaning.
    pub levels: Vec<Meaning>,
    /// The types: name and meaning.
    pub types: Vec<Meaning>,
    /// The people at the site.
    pub people: Vec<Person>,
    /// What heads the people: at which site.
    pub at_site: Option<Prose>,
    /// Whether anybody covers for anybody.
    pub has_covers: bool,
}

/// A word of the method and what it means.
#[derive(Clone, Debug, Serialize)]
pub struct Meaning {
    /// I, II or III; empty for a type.
    pub numeral: &'static str,
    /// The word.
    pub label: String,
    /// What it means.
    pub meaning: String,
}

/// A role at the site.
#[derive(Clone, Debug, Serialize)]
pub struct Person {
    /// The title.
    pub title: Prose,
    /// What it is there for: its own duties.
    pub duties: Vec<Prose>,
    /// Whom it covers for here.
    pub covers: Vec<Cover>,
    /// Whether the manual is for this role.
    pub is_reader: bool,
}

/// An absent role and its duties.
#[derive(Clone, Debug, Serialize)]
pub struct Cover {
    /// Title of the absent role.
    pub title: Prose,
    /// The duties, which somebody else has here.
    pub duties: Vec<Prose>,
}

pub(super) fn guide(scope: &Scope, is_leaflet: bool) -> Guide {
    let level = |level: &Level| Meaning {
        numeral: numeral(*level),
        label: scope.text(&format!("level.{level}")),
        meaning: scope.of_customer(&format!("level-meaning.{level}")),
    };
    let kind = |kind: &StandardType| Meaning {
        numeral: "",
        label: scope.text(&format!("type.{kind}")),
        meaning: scope.of_customer(&format!("type-meaning.{kind}")),
    };
    let top = scope.filter.top();
    let mut people = people(scope);
    if is_leaflet {
        people.retain(|person| person.is_reader);
    }
    // A leaflet explains what occurs in it.
    let occurs = |is_so: &dyn Fn(&crate::edition::Selected) -> bool| !is_leaflet || scope.chosen.iter().any(is_so);
    let advice: &[&str] = if is_leaflet { &[] } else { &["one", "two", "three", "four"] };
    let has_level = |level: &&Level| **level <= top && occurs(&|selected| selected.standard.level == **level);
    let has_kind = |kind: &&StandardType| occurs(&|selected| selected.standard.kind == **kind);
    Guide {
        advice: advice.iter().map(|step| scope.of_customer(&format!("manual.guide.advice.{step}"))).collect(),
        levels: Level::ALL.iter().filter(has_level).map(level).collect(),
        types: StandardType::ALL.iter().filter(has_kind).map(kind).collect(),
        has_covers: people.iter().any(|person| !person.covers.is_empty()),
        people,
        at_site: scope.site.map(|site| scope.prose(&site.title)),
    }
}

/// The roles that the book's standards and steps name, with all whom they cover for; a library role that the book never
/// uses is left out.
fn people(scope: &Scope) -> Vec<Person> {
    let readers = scope.staffing.fold(scope.filter.values(FilterKey::Role));
    let mut used: Vec<String> = scope.chosen.iter().flat_map(|selected| selected.roles.iter().cloned()).collect();
    used.extend(readers.iter().cloned());
    used.sort_unstable();
    used.dedup();
    let is_shown = |role: &&crate::book::Role| {
        scope.staffing.exists(&role.id.name)
            && (role.home == crate::book::Home::Book || used.binary_search(&role.id.name).is_ok())
    };
    // Before folding: a library role whose duties nobody here ever had is nobody's to cover.
    let named = |role: &crate::book::Role| {
        role.home == crate::book::Home::Book
            || scope.chosen.iter().any(|selected| selected.standard.roles.contains(&role.id.name))
    };
    let person = |role: &crate::book::Role| {
        let covers = scope.staffing.covers(&role.id.name);
        let cover = |name: &&str| {
            let absent = scope.book.role(name).filter(|absent| named(absent))?;
            Some(Cover { title: scope.prose(&absent.title), duties: scope.proses(&absent.duties) })
        };
        Person {
            title: scope.prose(&role.title),
            duties: scope.proses(&role.duties),
            covers: covers.iter().filter_map(cover).collect(),
            is_reader: readers.contains(&role.id.name),
        }
    };
    scope.book.roles.iter().filter(is_shown).map(person).collect()
}
