//! What changed in the standards between two states of a book, in the standards' own terms, and what of their past a
//! history of the files remembers.
//!
//! [`compare`] goes from two [`Side`]s (a [`Book`] and its [`Standards`] each) to [`Changes`]: added, retired, reworded,
//! tightened, moved and so on, with the roles that need re-training. Who was moved to another file, re-wrapped or put in
//! another order has not changed. [`wordings`] finds the wordings that standards once had.

mod compare;
mod difference;
mod measure;
mod retrain;
mod rewording;
mod structure;
mod wordings;

use serde::Serialize;

use crate::book::{Book, Level, Measure};
use crate::edition::Edition;
use crate::method::Standards;

pub use compare::compare;
pub(crate) use rewording::{Stretch, rewording};
pub use wordings::{Wording, Wordings, wordings};

/// A book at one moment.
#[derive(Clone, Copy, Debug)]
pub struct Side<'a> {
    /// The book.
    pub book: &'a Book,
    /// What the book demands.
    pub standards: &'a Standards,
}

impl<'a> From<&'a Edition> for Side<'a> {
    fn from(edition: &'a Edition) -> Self {
        Side { book: &edition.book, standards: &edition.standards }
    }
}

/// What changed between two sides.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Changes {
    /// Those of the standards in service order, then those of the structure.
    pub all: Vec<Change>,
    /// Who has to learn something new.
    pub retrain: Vec<Retrain>,
}

/// One change of one thing.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// What kind of thing changed.
    pub of: ChangedKind,
    /// How it changed.
    pub kind: ChangeKind,
    /// The id after the change; of what is gone, the id it had.
    pub id: String,
    /// The id it had, where that was another.
    pub old_id: Option<String>,
    /// Of a standard that is new: the ids of those that it was split from (one) or merged of (several).
    pub from: Vec<String>,
    /// What it was; none for what was not there.
    pub before: Option<Value>,
    /// What it is now, likewise.
    pub after: Option<Value>,
    /// Id of the phase that it belongs to.
    pub phase: Option<String>,
    /// The key of the format that changed, where the kind does not say so.
    pub field: Option<&'static str>,
    /// The language of a translation.
    pub language: Option<String>,
}

/// What something was or is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text in the source language or of a translation, an id, or a word of the format.
    Text(String),
    /// A level.
    Level(Level),
    /// A measure.
    Measure(Box<Measure>),
}

impl Value {
    /// In the words of the format.
    pub fn plain(&self) -> String {
        match self {
            Value::Text(text) => text.clone(),
            Value::Level(level) => level.to_string(),
            Value::Measure(measure) => measure::written(measure),
        }
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Value::Text(text)
    }
}

/// What kind of thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[schemars(rename = "Of")]
#[serde(rename_all = "lowercase")]
pub enum ChangedKind {
    /// A standard.
    Standard,
    /// The book as a whole.
    Book,
    /// A service sequence.
    Sequence,
    /// A phase.
    Phase,
    /// A step; its id is `PHASE.STEP`.
    Step,
    /// A trait.
    Trait,
    /// A role.
    Role,
    /// A back-office department.
    Department,
    /// A site.
    Site,
}

impl ChangedKind {
    /// The word for it in JSON and in keys of the interface.
    pub fn word(self) -> &'static str {
        match self {
            ChangedKind::Standard => "standard",
            ChangedKind::Book => "book",
            ChangedKind::Sequence => "sequence",
            ChangedKind::Phase => "phase",
            ChangedKind::Step => "step",
            ChangedKind::Trait => "trait",
            ChangedKind::Role => "role",
            ChangedKind::Department => "department",
            ChangedKind::Site => "site",
        }
    }
}

/// How a thing changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// It was not there.
    Added,
    /// It is no longer demanded, and kept for its history; a derived one: it is waived.
    Retired,
    /// It is gone.
    Removed,
    /// The text in the source language, or the title, is another.
    Reworded,
    /// The measure demands more.
    Tightened,
    /// The measure demands less.
    Loosened,
    /// It is at another level.
    MovedLevel,
    /// It is in another phase.
    MovedPhase,
    /// It has another id, and the former one in `was`.
    Renamed,
    /// Only a translation changed.
    Translated,
    /// Something else changed; the field says what.
    Other,
}

impl ChangeKind {
    /// All of them, in the order of a legend.
    pub const ALL: [ChangeKind; 11] = [
        ChangeKind::Added,
        ChangeKind::Retired,
        ChangeKind::Removed,
        ChangeKind::Reworded,
        ChangeKind::Tightened,
        ChangeKind::Loosened,
        ChangeKind::MovedLevel,
        ChangeKind::MovedPhase,
        ChangeKind::Renamed,
        ChangeKind::Translated,
        ChangeKind::Other,
    ];

    /// The word for it in JSON and in keys of the interface.
    pub fn word(self) -> &'static str {
        match self {
            ChangeKind::Added => "added",
            ChangeKind::Retired => "retired",
            ChangeKind::Removed => "removed",
            ChangeKind::Reworded => "reworded",
            ChangeKind::Tightened => "tightened",
            ChangeKind::Loosened => "loosened",
            ChangeKind::MovedLevel => "moved-level",
            ChangeKind::MovedPhase => "moved-phase",
            ChangeKind::Renamed => "renamed",
            ChangeKind::Translated => "translated",
            ChangeKind::Other => "other",
        }
    }
}

/// A role that has to learn something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retrain {
    /// Id of the role; none for whoever is of the staff, where a standard names no role.
    pub role: Option<String>,
    /// Ids of the standards that are new to it or ask for something else than before, in service order.
    pub standards: Vec<String>,
}
