//! What customers go through: sequences, phases, steps, and what an author says of them.

use crate::book::{
    Condition, Contact, Feature, Id, Image, Level, Noun, Procedure, Spanned, StandardType, Text, WrittenStandard,
};
use crate::source::Span;
use crate::units::Quantity;

/// A chain of activities in chronological order.
#[derive(Clone, Debug, Default)]
pub struct Sequence {
    /// Unique in the book.
    pub id: Id,
    /// What documents call it; the id where nothing is written.
    pub title: Text,
    /// Id of the service area it belongs to.
    pub area: Option<String>,
    /// The word for whom it serves; without forms where that is the book's customer. See [`crate::book::Book::customer_of`].
    pub customer: Noun,
    /// When it applies.
    pub when: Option<Condition>,
    /// What it consists of, in chronological order.
    pub phases: Vec<Phase>,
    /// From the first key to the last value.
    pub span: Span,
}

/// A phase of a sequence.
#[derive(Clone, Debug, Default)]
pub struct Phase {
    /// Unique in the book.
    pub id: Id,
    /// What documents call it; the id where nothing is written.
    pub title: Text,
    /// What the customer wants here.
    pub wants: Option<Text>,
    /// The traits of the phase itself.
    pub traits: Vec<TraitUse>,
    /// The level it aims at: its own `target`, or the book's.
    pub target: Level,
    /// Whether the target is its own.
    pub has_target: bool,
    /// What it consists of, in chronological order.
    pub steps: Vec<Step>,
    /// What is demanded here, in the author's order.
    pub standards: Vec<WrittenStandard>,
    /// What is left blank on purpose.
    pub waivers: Vec<Waiver>,
    /// Role-plays.
    pub scenarios: Vec<Scenario>,
    /// A picture of it.
    pub image: Option<Image>,
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
    /// Unique in its phase.
    pub id: Id,
    /// What documents call it; see [`Step::label`] where nothing is written.
    pub title: Option<Text>,
    /// Channels of contact with the customer; none where there is no contact.
    pub contact: Vec<Contact>,
    /// What there is at it, for the patterns that need it.
    pub has: Vec<Feature>,
    /// Kind of front-office procedure.
    pub procedure: Option<Procedure>,
    /// Who acts.
    pub roles: Vec<String>,
    /// Whether it comes at any time in its phase, or not at all.
    pub any_time: bool,
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
    /// A picture of it.
    pub image: Option<Image>,
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
    /// Where it is written.
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
    /// What documents call it.
    pub title: Text,
    /// What the trainee meets.
    pub situation: Text,
    /// Ids of standards that it practises: written, derived, or of a hand-off.
    pub practises: Vec<Spanned<String>>,
    /// A picture of it.
    pub image: Option<Image>,
}
