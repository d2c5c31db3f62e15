//! The book as everything after reading sees it: names resolved, quantities typed, texts by language.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::condition::Condition;
use super::measure::Measure;
use super::text::{Language, Noun, Text};
use super::words::{Aspect, Contact, Dimension, Level, Procedure, StandardType, Status, Verify};
use crate::diag::Severity;
use crate::source::Span;
use crate::units::Quantity;

/// A name that others refer to, with its place and its former names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id {
    /// The id now.
    pub name: String,
    /// Where it is written.
    pub span: Span,
    /// Its former ids.
    pub was: Vec<String>,
}

/// A value and the place where it is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place.
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
    /// Its languages; the first is the source language. Never empty.
    pub languages: Vec<Language>,
    /// The sector of the built-in library it builds on.
    pub sector: Option<String>,
    /// The word for the customer.
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
    /// Overrides of built-in templates: relative path → text.
    pub templates: BTreeMap<String, String>,
    /// Entries that may break rules.
    pub allows: Vec<Allow>,
    /// Where every id is defined and used; what `rename` works from.
    pub names: Vec<NameUse>,
    /// The manifest's `title`, or its start: the place for findings about the book as a whole.
    pub span: Span,
}

/// What kind of thing an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A service area.
    Area,
    /// A service sequence.
    Sequence,
    /// A phase of a sequence.
    Phase,
    /// A step of a phase.
    Step,
    /// A written standard.
    Standard,
    /// A trait.
    Trait,
    /// A pattern of a trait.
    Pattern,
    /// A role.
    Role,
    /// A back-office department.
    Department,
    /// A site.
    Site,
}

/// One place where an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// What it names. A hand-off's receiver is recorded as a role or a department, whichever it is.
    pub kind: NameKind,
    /// The id as written there. For a pattern, `TRAIT.PATTERN` in a waiver.
    pub name: String,
    /// Where the phase (for steps) or trait (for patterns) that it belongs to matters: that id.
    pub scope: Option<String>,
    /// Its place.
    pub span: Span,
    /// True at `id:`, false where it is used.
    pub definition: bool,
}

/// A service area with a title.
#[derive(Clone, Debug, Default)]
pub struct Area {
    /// Its id.
    pub id: Id,
    /// Its title.
    pub title: Text,
}

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
    /// Path of the logo and its bytes.
    pub logo: Option<(String, Arc<[u8]>)>,
    /// Accent colour as `#rrggbb`.
    pub colour: Option<String>,
}

/// A chain of activities in chronological order.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    /// Its id.
    pub id: Id,
    /// Its title; the id where none is given.
    pub title: Text,
    /// Id of the service area it belongs to.
    pub area: Option<String>,
    /// When it applies.
    pub when: Option<Condition>,
    /// Its phases in chronological order.
    pub phases: Vec<Phase>,
    /// From the first key to the last value.
    pub span: Span,
}

/// A phase of a sequence.
#[derive(Clone, Debug, Default)]
pub struct Phase {
    /// Its id, unique in the book.
    pub id: Id,
    /// Its title; the id where none is given.
    pub title: Text,
    /// What the customer wants here.
    pub wants: Option<Text>,
    /// The traits of the phase itself.
    pub traits: Vec<TraitUse>,
    /// The level it aims at: its own `target`, or the book's.
    pub target: Level,
    /// Whether the target is its own.
    pub has_target: bool,
    /// Its steps in chronological order.
    pub steps: Vec<Step>,
    /// Its written standards, in the author's order.
    pub standards: Vec<WrittenStandard>,
    /// Its reasoned blanks.
    pub waivers: Vec<Waiver>,
    /// Role-plays.
    pub scenarios: Vec<Scenario>,
    /// When it applies.
    pub when: Option<Condition>,
    /// From the first key to the last value.
    pub span: Span,
}

/// A trait that a phase or a step is to show.
#[derive(Clone, Debug, Default)]
pub struct TraitUse {
    /// The trait's id, as of now.
    pub name: String,
    /// Why it matters here.
    pub why: Option<Text>,
    /// Where it is written.
    pub span: Span,
}

/// A step of a phase, with the lanes of a service blueprint.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// Its id, unique in its phase.
    pub id: Id,
    /// Its title, where it has one of its own.
    pub title: Option<Text>,
    /// Channels of contact with the customer; none where there is no contact.
    pub contact: Vec<Contact>,
    /// Kind of front-office procedure.
    pub procedure: Option<Procedure>,
    /// Who acts.
    pub roles: Vec<String>,
    /// Whether the customer judges the whole service here.
    pub moment_of_truth: bool,
    /// Lane: physical evidence.
    pub evidence: Option<Text>,
    /// Lane: what the customer does.
    pub customer: Option<Text>,
    /// Lane: front stage.
    pub staff: Option<Text>,
    /// Lane: back stage.
    pub backstage: Option<Text>,
    /// Lane: support.
    pub support: Option<Text>,
    /// What the customer spends in this step.
    pub lasts: Option<Quantity>,
    /// What the customer waits before it, at most.
    pub waits: Option<Quantity>,
    /// Where it goes wrong.
    pub fail_point: Option<FailPoint>,
    /// The step's own traits.
    pub traits: Vec<TraitUse>,
    /// What is handed to whom.
    pub handoffs: Vec<Handoff>,
    /// When it applies.
    pub when: Option<Condition>,
    /// From the first key to the last value.
    pub span: Span,
}

impl Step {
    /// What to call the step: its title, else what the staff does, the customer does, or its id.
    pub fn label(&self) -> Option<&Text> {
        self.title.as_ref().or(self.staff.as_ref()).or(self.customer.as_ref()).or(self.backstage.as_ref())
    }
}

/// What may go wrong at a step and how it is put right.
#[derive(Clone, Debug, Default)]
pub struct FailPoint {
    /// What goes wrong.
    pub what: Text,
    /// How it is put right.
    pub recovery: Option<Text>,
    /// Its place.
    pub span: Span,
}

/// Something handed to another role or a department.
#[derive(Clone, Debug, Default)]
pub struct Handoff {
    /// Id of the role or department that receives it.
    pub to: Spanned<String>,
    /// What is handed over.
    pub what: Text,
    /// By which channel.
    pub via: Option<Text>,
    /// At the latest after.
    pub within: Option<Quantity>,
    /// From the first key to the last value.
    pub span: Span,
}

/// A standard that an author wrote.
#[derive(Clone, Debug)]
pub struct WrittenStandard {
    /// Its id, unique in the book.
    pub id: Id,
    /// The step it is pinned to.
    pub step: Option<String>,
    /// What it converts.
    pub traits: Vec<String>,
    /// What it is about.
    pub kind: StandardType,
    /// How much it offers.
    pub level: Level,
    /// Its own roles; empty where it names none.
    pub roles: Vec<String>,
    /// What it demands.
    pub text: Arc<Text>,
    /// The figure in it.
    pub measure: Option<Measure>,
    /// How it is verified, where it says so.
    pub verify: Option<Verify>,
    /// Head of a front-office analysis, where it says so.
    pub aspect: Option<Aspect>,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// Its weight in scores.
    pub weight: f64,
    /// Training and history.
    pub teaching: Arc<Teaching>,
    /// Its own condition.
    pub when: Option<Condition>,
    /// Whether it is in force.
    pub status: Status,
    /// From the first key to the last value.
    pub span: Span,
}

/// What a standard, or a pattern, adds for training.
#[derive(Clone, Debug, Default)]
pub struct Teaching {
    /// Why it is demanded.
    pub why: Option<Text>,
    /// Key points.
    pub how: Vec<Text>,
    /// What to say.
    pub say: Vec<Text>,
    /// What not to say.
    pub avoid: Vec<Text>,
    /// Where a figure comes from.
    pub sources: Vec<Text>,
}

/// A reasoned blank: cells that are left empty on purpose. What it leaves out means any.
#[derive(Clone, Debug, Default)]
pub struct Waiver {
    /// Only cells of this step's traits.
    pub step: Option<String>,
    /// Only this trait.
    pub of_trait: Option<String>,
    /// Only this type.
    pub kind: Option<StandardType>,
    /// Only this level.
    pub level: Option<Level>,
    /// Only this pattern: trait and pattern id.
    pub pattern: Option<(String, String)>,
    /// Why they are blank.
    pub why: Text,
    /// From the first key to the last value.
    pub span: Span,
}

/// A role-play for training.
#[derive(Clone, Debug, Default)]
pub struct Scenario {
    /// Its title.
    pub title: Text,
    /// What the trainee meets.
    pub situation: Text,
    /// Ids of standards that it practises: written, derived, or of a hand-off.
    pub practises: Vec<Spanned<String>>,
}

/// A general trait of service and how it becomes standards.
#[derive(Clone, Debug, Default)]
pub struct Trait {
    /// Its id.
    pub id: Id,
    /// Its name.
    pub title: Text,
    /// What it means.
    pub meaning: Option<Text>,
    /// The question of the customer's that it answers.
    pub question: Option<Text>,
    /// Its SERVQUAL dimension.
    pub dimension: Option<Dimension>,
    /// Its patterns.
    pub patterns: Vec<Pattern>,
    /// Whose it is.
    pub home: Home,
    /// From the first key to the last value.
    pub span: Span,
}

/// How a trait becomes one standard.
#[derive(Clone, Debug)]
pub struct Pattern {
    /// Its id, unique in its trait.
    pub id: Id,
    /// What the standard is about.
    pub kind: StandardType,
    /// How much it offers.
    pub level: Level,
    /// The contacts it fits; empty for any.
    pub contact: Vec<Contact>,
    /// The standard's text, a template over nouns and titles.
    pub text: Text,
    /// The figure in it.
    pub measure: Option<Measure>,
    /// The role it names.
    pub roles: Vec<String>,
    /// How it is verified, where it says so.
    pub verify: Option<Verify>,
    /// Head of a front-office analysis, where it says so.
    pub aspect: Option<Aspect>,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// Its weight in scores.
    pub weight: f64,
    /// Training. Its texts are templates too.
    pub teaching: Teaching,
    /// From the first key to the last value.
    pub span: Span,
}

/// Who does what.
#[derive(Clone, Debug, Default)]
pub struct Role {
    /// Its id.
    pub id: Id,
    /// Its title; the id where none is given.
    pub title: Text,
    /// Its word in sentences.
    pub noun: Noun,
    /// What it is there for.
    pub duties: Vec<Text>,
    /// At which sites it exists.
    pub when: Option<Condition>,
    /// Who takes its duties where it does not.
    pub covered_by: Option<Spanned<String>>,
    /// Whose it is.
    pub home: Home,
    /// From the first key to the last value.
    pub span: Span,
}

/// A back-office department.
#[derive(Clone, Debug, Default)]
pub struct Department {
    /// Its id.
    pub id: Id,
    /// Its title; the id where none is given.
    pub title: Text,
    /// Whose it is.
    pub home: Home,
}

/// A place where the standards apply.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// Its id.
    pub id: Id,
    /// Its title; the id where none is given.
    pub title: Text,
    /// Its attributes, by name.
    pub attributes: BTreeMap<String, Attribute>,
    /// From the first key to the last value.
    pub span: Span,
}

/// A site's attribute.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Attribute {
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Anything else.
    Text(String),
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

    /// The trait of that id or former id.
    pub fn trait_of(&self, name: &str) -> Option<&Trait> {
        self.traits
            .iter()
            .find(|one| one.id.name == name)
            .or_else(|| self.traits.iter().find(|one| one.id.has_been(name)))
    }

    /// The role of that id or former id.
    pub fn role(&self, name: &str) -> Option<&Role> {
        self.roles
            .iter()
            .find(|one| one.id.name == name)
            .or_else(|| self.roles.iter().find(|one| one.id.has_been(name)))
    }

    /// The department of that id or former id.
    pub fn department(&self, name: &str) -> Option<&Department> {
        let now = self.departments.iter().find(|one| one.id.name == name);
        now.or_else(|| self.departments.iter().find(|one| one.id.has_been(name)))
    }

    /// The site of that id or former id.
    pub fn site(&self, name: &str) -> Option<&Site> {
        self.sites
            .iter()
            .find(|one| one.id.name == name)
            .or_else(|| self.sites.iter().find(|one| one.id.has_been(name)))
    }

    /// The title of a role or a department.
    pub fn receiver_title(&self, name: &str) -> Option<&Text> {
        self.role(name).map(|role| &role.title).or_else(|| self.department(name).map(|one| &one.title))
    }
}

impl Id {
    /// Whether this is its name, or was once.
    pub fn is_or_was(&self, name: &str) -> bool {
        self.name == name || self.has_been(name)
    }

    /// Whether this was its name once.
    pub fn has_been(&self, name: &str) -> bool {
        self.was.iter().any(|former| former == name)
    }
}
