//! The book as everything after reading sees it: names resolved, quantities typed, texts by language.

mod ids;
mod image;
mod organisation;
mod sequence;
mod standard;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::condition::Condition;
use super::text::{Language, Noun, NounForms, Text};
use super::vocabulary::Level;
use crate::diag::Severity;
use crate::source::Span;
use crate::units::Quantity;

pub use ids::{Id, NameKind, NameUse};
pub use image::{Image, ImageContent, ImageKind};
pub use organisation::{Attribute, Department, Role, Site};
pub use sequence::{FailPoint, Handoff, Phase, Scenario, Sequence, Step, TraitUse, Waiver};
pub use standard::{Pattern, Teaching, Trait, Undecided, WrittenStandard};

/// A value and the place where it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Where it is written.
    pub span: Span,
}

/// Where an entry comes from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Home {
    /// The author's book.
    #[default]
    Book,
    /// The built-in library.
    Library,
}

/// How a business serves its customers: all that an author wrote, and what the library adds to it.
#[derive(Clone, Debug, Default)]
pub struct Book {
    /// The book's title.
    pub title: Text,
    /// The languages it is written in; the first is the source language. Never empty.
    pub languages: Vec<Language>,
    /// The sector of the built-in library it builds on.
    pub sector: Option<String>,
    /// The country whose law and customs hold where a site does not say otherwise, by its two letters.
    pub country: Option<String>,
    /// The word for the customer; a sequence may have its own.
    pub customer: Noun,
    /// The word for whoever acts where no role is named.
    pub staff: Noun,
    /// Service areas that have a title.
    pub areas: Vec<Area>,
    /// Service sequences, in the manifest's order, the rest in file order.
    pub sequences: Vec<Sequence>,
    /// Which of `sequences` the manifest's list names; empty where it has no list.
    pub listed_sequences: Vec<String>,
    /// The level a phase aims at unless it says otherwise.
    pub target: Level,
    /// Whether traits are converted by patterns where nothing is written.
    pub derive: bool,
    /// Share of standards met at which a level is reached, 0 to 1, for basic, expected and exclusive.
    pub level_shares: [f64; 3],
    /// When standards are reviewed.
    pub review: ReviewPlan,
    /// Lowest and highest rating of customer feedback.
    pub feedback_scale: [f64; 2],
    /// How documents look.
    pub brand: Brand,
    /// What the manifest says of the rules: code as written, severity. `check` knows which codes exist.
    pub rules: Vec<(Spanned<String>, Severity)>,
    /// Traits: the book's own first, then the library's that it does not replace.
    pub traits: Vec<Trait>,
    /// Roles: the book's own first, then the sector's that it does not replace.
    pub roles: Vec<Role>,
    /// Back-office departments, likewise.
    pub departments: Vec<Department>,
    /// The places where the standards apply.
    pub sites: Vec<Site>,
    /// The author's own chapters of the manual, by number and name.
    pub chapters: Vec<Chapter>,
    /// The pictures that chapters show, by their paths from the book's folder.
    pub images: BTreeMap<String, Arc<ImageContent>>,
    /// Overrides of built-in templates: relative path → text.
    pub templates: BTreeMap<String, String>,
    /// Entries that may break rules.
    pub allows: Vec<Allow>,
    /// Where every id is defined and used; what `rename` works from.
    pub names: Vec<NameUse>,
    /// The manifest's `title`, or its start: the place for findings about the book as a whole.
    pub span: Span,
}

/// A service area with a title.
#[derive(Clone, Debug, Default)]
pub struct Area {
    /// What sequences name it by.
    pub id: Id,
    /// What documents call it.
    pub title: Text,
}

/// The units of time between two reviews.
pub(crate) const REVIEW_UNITS: [&str; 3] = ["months", "weeks", "d"];

/// When the standards are reviewed.
#[derive(Clone, Debug)]
pub struct ReviewPlan {
    /// At least this often.
    pub every: Quantity,
    /// The day the standards came into force.
    pub since: Option<NaiveDate>,
}

/// How documents look.
#[derive(Clone, Debug, Default)]
pub struct Brand {
    /// The logo.
    pub logo: Option<Arc<ImageContent>>,
    /// Accent colour as `#rrggbb`.
    pub colour: Option<String>,
}

/// A chapter of the manual that the author wrote.
#[derive(Clone, Debug, Default)]
pub struct Chapter {
    /// Number and name, from the file name: `01-welcome`.
    pub name: String,
    /// The Markdown in each language it is written in; one without a language in its name is in the source language.
    pub text: Text,
}

/// Rules that an entry may break.
#[derive(Clone, Debug)]
pub struct Allow {
    /// The entry.
    pub span: Span,
    /// The rules, as written.
    pub codes: Vec<Spanned<String>>,
}

impl Default for Level {
    /// What a phase aims at where nothing is said.
    fn default() -> Self {
        Level::Expected
    }
}

impl Default for ReviewPlan {
    fn default() -> Self {
        ReviewPlan { every: Quantity::months(12.0), since: None }
    }
}

impl Book {
    /// The source language.
    pub fn source_language(&self) -> &Language {
        // `languages` is filled by the reader with at least one; a default book in tests may lack it.
        self.languages.first().unwrap_or(Language::english())
    }

    /// A text in a language, else in the source language, else in any it has.
    pub fn in_language<'a>(&self, text: &'a Text, language: &Language) -> Option<&'a str> {
        text.best(language, self.source_language()).map(|worded| worded.text.as_str())
    }

    /// A text in the source language, else in any it has.
    pub fn in_source<'a>(&self, text: &'a Text) -> Option<&'a str> {
        self.in_language(text, self.source_language())
    }

    /// The word for whom a sequence serves, or else the book, in a language.
    pub fn customer_of<'a>(&'a self, sequence: Option<&'a Sequence>, language: &Language) -> Option<&'a NounForms> {
        let own = sequence.and_then(|sequence| sequence.customer.forms.get(language));
        own.or_else(|| self.customer.forms.get(language))
    }

    /// The trait of that id or former id.
    pub fn trait_of(&self, name: &str) -> Option<&Trait> {
        named(&self.traits, |of_trait| &of_trait.id, name)
    }

    /// The patterns of the trait of that id or former id; none where there is no such trait.
    pub fn patterns_of(&self, name: &str) -> &[Pattern] {
        self.trait_of(name).map(|of_trait| of_trait.patterns.as_slice()).unwrap_or_default()
    }

    /// The traits that stand in the book, and not in the library.
    pub fn own_traits(&self) -> impl Iterator<Item = &Trait> {
        self.traits.iter().filter(|of_trait| of_trait.home == Home::Book)
    }

    /// The conditions that the author wrote, in an order that does not change: of roles, patterns, and along the sequences.
    pub fn conditions(&self) -> impl Iterator<Item = &Condition> {
        let roles = self.roles.iter().filter(|role| role.home == Home::Book).filter_map(|role| role.when.as_ref());
        let patterns = self.own_traits().flat_map(|of_trait| &of_trait.patterns);
        let patterns = patterns.filter_map(|pattern| pattern.when.as_ref());
        let sequences = self.sequences.iter().flat_map(|sequence| {
            let phases = sequence.phases.iter().flat_map(|phase| {
                let steps = phase.steps.iter().filter_map(|step| step.when.as_ref());
                let standards = phase.standards.iter().filter_map(|standard| standard.when.as_ref());
                phase.when.iter().chain(steps).chain(standards)
            });
            sequence.when.iter().chain(phases)
        });
        roles.chain(patterns).chain(sequences)
    }

    /// The phases of all sequences, in service order.
    pub fn phases(&self) -> impl Iterator<Item = &Phase> + Clone {
        self.sequences.iter().flat_map(|sequence| &sequence.phases)
    }

    /// The phase that has that id now.
    pub fn phase_of_id(&self, id: &str) -> Option<&Phase> {
        self.phases().find(|phase| phase.id.name == id)
    }

    /// The phase at a place: the number of its sequence, and its own in there.
    pub fn phase_at(&self, sequence: usize, phase: usize) -> Option<&Phase> {
        self.sequences.get(sequence)?.phases.get(phase)
    }

    /// The role of that id or former id.
    pub fn role(&self, name: &str) -> Option<&Role> {
        named(&self.roles, |role| &role.id, name)
    }

    /// The department of that id or former id.
    pub fn department(&self, name: &str) -> Option<&Department> {
        named(&self.departments, |department| &department.id, name)
    }

    /// The site of that id or former id.
    pub fn site(&self, name: &str) -> Option<&Site> {
        named(&self.sites, |site| &site.id, name)
    }

    /// The title of a role or a department.
    pub fn receiver_title(&self, name: &str) -> Option<&Text> {
        self.role(name).map(|role| &role.title).or_else(|| self.department(name).map(|department| &department.title))
    }
}

/// What has that id, else what had it.
fn named<'a, T>(all: &'a [T], id: fn(&T) -> &Id, name: &str) -> Option<&'a T> {
    let now = all.iter().find(|named| id(named).name == name);
    now.or_else(|| all.iter().find(|named| id(named).has_been(name)))
}
