//! The chapter of a phase.

use serde::Serialize;

use super::job::{JobStep, job_steps};
use super::ladder::{TypeGroup, ladder};
use crate::book::{Text, TraitUse};
use crate::document::image::ImageView;
use crate::document::prose::Prose;
use crate::document::scope::{Scope, ShownPhase};
use crate::document::standard::{Numbered, Taught};
use crate::edition::Selected;
use crate::method::Origin;

/// The chapter of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseChapter {
    /// The sequence, where the manual has more than one.
    pub sequence: Option<Prose>,
    /// What the customer wants here.
    pub wants: Option<Prose>,
    /// A picture of it.
    pub image: Option<ImageView>,
    /// What heads that, in the word for whom the sequence serves.
    pub wants_label: String,
    /// That word as a label.
    pub customer_label: String,
    /// The level it aims at.
    pub target: String,
    /// The traits and why each matters.
    pub traits: Vec<TraitView>,
    /// The job-instruction sheet.
    pub steps: Vec<JobStep>,
    /// Whether any step says why.
    pub has_reasons: bool,
    /// Names of the levels in the columns.
    pub levels: Vec<LevelColumn>,
    /// The standards by type.
    pub groups: Vec<TypeGroup>,
    /// The language's quotation marks, for what is said.
    pub quotes: &'static [String; 2],
    /// What to say.
    pub say: Vec<Saying>,
    /// What to avoid.
    pub avoid: Vec<Saying>,
    /// Hand-offs to colleagues and the back office.
    pub handoffs: Vec<Taught>,
    /// Role-plays.
    pub role_plays: Vec<RolePlay>,
}

/// A column of levels.
#[derive(Clone, Debug, Serialize)]
pub struct LevelColumn {
    /// The word in the format.
    pub word: &'static str,
    /// I, II or III.
    pub numeral: &'static str,
    /// The name.
    pub label: String,
}

/// A trait in a phase.
#[derive(Clone, Debug, Serialize)]
pub struct TraitView {
    /// The title.
    pub title: Prose,
    /// What it means.
    pub meaning: Option<Prose>,
    /// The question of the customer's that it answers.
    pub question: Option<Prose>,
    /// Why it matters here.
    pub why: Option<Prose>,
    /// The step it belongs to, where it is a step's own.
    pub step: Option<Prose>,
}

/// Words to say or to avoid, in quotation marks.
#[derive(Clone, Debug, Serialize)]
pub struct Saying {
    /// The words, without quotation marks.
    pub text: Prose,
    /// Id of the standard they belong to.
    pub standard: String,
}

/// A role-play.
#[derive(Clone, Debug, Serialize)]
pub struct RolePlay {
    /// The title.
    pub title: Prose,
    /// What the trainee meets.
    pub situation: Prose,
    /// A picture of it.
    pub image: Option<ImageView>,
    /// What it practises, as far as the manual teaches it.
    pub practises: Vec<Numbered>,
}

/// Composes the chapter of a phase.
pub(super) fn chapter(scope: &Scope, part: &ShownPhase, is_leaflet: bool) -> PhaseChapter {
    let phase = part.phase;
    let sequences = scope
        .chosen
        .iter()
        .any(|selected| Some(selected.standard.sequence) != scope.chosen.first().map(|first| first.standard.sequence));
    let is_handoff = |selected: &&Selected| matches!(selected.standard.origin, Origin::Handoff(_));
    let (levels, groups) = ladder(scope, part, is_leaflet);
    let steps = job_steps(scope, part);
    PhaseChapter {
        sequence: sequences.then(|| scope.prose(&part.sequence.title)),
        wants: phase.wants.as_ref().map(|wants| scope.prose(wants)),
        image: scope.image(&phase.image),
        wants_label: scope.of_customer_in("manual.phase.wants", part.sequence),
        customer_label: scope.of_customer_in("lane.customer", part.sequence),
        target: scope.text(&format!("level.{}", phase.target)),
        traits: traits(scope, part, is_leaflet),
        has_reasons: steps.iter().flat_map(|step| &step.lines).any(|line| !line.reasons.is_empty()),
        steps,
        levels,
        groups,
        quotes: scope.interface.quotes(),
        say: sayings(scope, part, |teaching| &teaching.say),
        avoid: sayings(scope, part, |teaching| &teaching.avoid),
        handoffs: part.standards.iter().filter(is_handoff).map(|selected| scope.taught(selected)).collect(),
        role_plays: role_plays(scope, part),
    }
}

/// The phase's traits, then those that its steps add; in a leaflet those that its standards convert.
fn traits(scope: &Scope, part: &ShownPhase, is_leaflet: bool) -> Vec<TraitView> {
    let is_meant = |used: &TraitUse| {
        !is_leaflet || part.standards.iter().any(|selected| selected.standard.traits.contains(&used.name))
    };
    let view = |of: &TraitUse, step: Option<Prose>| {
        let known = scope.book.trait_of(&of.name);
        let prose = |text: Option<&Text>| text.map(|text| scope.prose(text));
        TraitView {
            title: scope.trait_title(&of.name),
            meaning: prose(known.and_then(|known| known.meaning.as_ref())),
            question: prose(known.and_then(|known| known.question.as_ref())),
            why: of.why.as_ref().map(|why| scope.prose(why)),
            step,
        }
    };
    let own = &part.phase.traits;
    let mut views: Vec<TraitView> = own.iter().filter(|used| is_meant(used)).map(|used| view(used, None)).collect();
    let mut seen: Vec<&str> = own.iter().map(|used| used.name.as_str()).collect();
    for step in &part.phase.steps {
        let applies = scope.holds(&step.when);
        // A step that repeats a trait of the phase adds to it only a reason of its own.
        for used in
            step.traits.iter().filter(|used| applies && (used.why.is_some() || !seen.contains(&used.name.as_str())))
        {
            if !is_meant(used) {
                continue;
            }
            views.push(view(used, step.label().map(|label| scope.prose(label))));
        }
        seen.extend(step.traits.iter().map(|used| used.name.as_str()));
    }
    views
}

/// Words of all standards, in service order, each once.
pub(super) fn sayings<'a>(
    scope: &Scope,
    part: &ShownPhase<'a>,
    of: impl Fn(&'a crate::book::Teaching) -> &'a Vec<Text>,
) -> Vec<Saying> {
    let mut sayings: Vec<Saying> = Vec::new();
    for selected in part.standards {
        for text in of(&selected.standard.teaching) {
            let text = scope.prose(text);
            if !sayings.iter().any(|earlier| earlier.text == text) {
                sayings.push(Saying { text, standard: selected.standard.id.name.clone() });
            }
        }
    }
    sayings
}

pub(super) fn role_plays(scope: &Scope, part: &ShownPhase) -> Vec<RolePlay> {
    let find = |name: &str| {
        let is_named = |selected: &&Selected| selected.standard.id.name == name || selected.standard.id.has_been(name);
        part.standards.iter().find(is_named).or_else(|| scope.chosen.iter().find(is_named))
    };
    let practised = |name: &str| Some(scope.numbered(find(name)?));
    let role_play = |scenario: &crate::book::Scenario| RolePlay {
        title: scope.prose(&scenario.title),
        situation: scope.prose(&scenario.situation),
        image: scope.image(&scenario.image),
        practises: scenario.practises.iter().filter_map(|named| practised(&named.value)).collect(),
    };
    // A role-play that practises nothing of what the reader is taught is somebody else's.
    let plays = part.phase.scenarios.iter().map(|scenario| (scenario.practises.is_empty(), role_play(scenario)));
    plays.filter(|(free, play)| *free || !play.practises.is_empty()).map(|(_, play)| play).collect()
}
