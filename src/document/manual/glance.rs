//! The sequence at a glance: the service blueprint as a table, a row a step, a column a lane.

use serde::Serialize;

use crate::book::{Sequence, Step, Text};
use crate::document::prose::Prose;
use crate::document::scope::Scope;

/// A sequence at a glance.
#[derive(Clone, Debug, Serialize)]
pub struct Glance {
    /// The service area it belongs to.
    pub area: Option<Prose>,
    /// The lanes that anything stands in.
    pub lanes: Vec<Lane>,
    /// Whether a step is a moment of truth.
    pub has_moments: bool,
    /// Phases in service order.
    pub phases: Vec<GlancePhase>,
}

/// A lane of the blueprint.
#[derive(Clone, Debug, Serialize)]
pub struct Lane {
    /// Its word in the format.
    pub word: &'static str,
    /// Its name.
    pub label: String,
    /// The line that is crossed on the way into it, if any.
    pub line: Option<String>,
}

/// A phase in the blueprint.
#[derive(Clone, Debug, Serialize)]
pub struct GlancePhase {
    /// Its title.
    pub title: Prose,
    /// What a link to its chapter names, where the manual has one.
    pub anchor: Option<String>,
    /// Titles of its traits.
    pub traits: Vec<Prose>,
    /// Its steps; none for a phase that is not split into steps.
    pub steps: Vec<GlanceStep>,
}

/// A step in the blueprint.
#[derive(Clone, Debug, Serialize)]
pub struct GlanceStep {
    /// Number in its phase.
    pub number: usize,
    /// Whether it is a moment of truth.
    pub moment_of_truth: bool,
    /// What stands in each lane, in the order of the lanes.
    pub lanes: Vec<Option<Prose>>,
    /// Its title, where no lane says it.
    pub title: Option<Prose>,
    /// Waits, lasts, contacts, hand-offs, fail point: short notes.
    pub notes: Vec<Note>,
}

/// A short note on a step.
#[derive(Clone, Debug, Serialize)]
pub struct Note {
    /// What it is about.
    pub label: String,
    /// What it says.
    pub text: Prose,
}

/// The lanes in order, each with the line above it.
const LANES: [(&str, Option<&str>); 5] = [
    ("evidence", None),
    ("customer", None),
    ("staff", Some("interaction")),
    ("backstage", Some("visibility")),
    ("support", Some("internal")),
];

fn lane<'a>(step: &'a Step, word: &str) -> Option<&'a Text> {
    let text = match word {
        "evidence" => &step.evidence,
        "customer" => &step.customer,
        "staff" => &step.staff,
        "backstage" => &step.backstage,
        _ => &step.support,
    };
    text.as_ref()
}

/// The sequences of the document at a glance.
pub(super) fn glances<'a>(scope: &'a Scope) -> Vec<(&'a Sequence, Glance)> {
    let asked = &scope.filter.sequences;
    let applies = |sequence: &&Sequence| {
        let wanted = asked.is_empty() || asked.contains(&sequence.id.name);
        wanted && sequence.when.as_ref().is_none_or(|when| when.holds(scope.site)) && !sequence.phases.is_empty()
    };
    scope.book.sequences.iter().filter(applies).map(|sequence| (sequence, glance(scope, sequence))).collect()
}

fn glance(scope: &Scope, sequence: &Sequence) -> Glance {
    let holds = |when: &Option<crate::book::Condition>| when.as_ref().is_none_or(|when| when.holds(scope.site));
    let asked = &scope.filter.phases;
    let phases = sequence.phases.iter().filter(|phase| holds(&phase.when));
    let phases: Vec<_> = phases.filter(|phase| asked.is_empty() || asked.contains(&phase.id.name)).collect();
    let steps = || phases.iter().flat_map(|phase| &phase.steps).filter(|step| holds(&step.when));
    let lanes: Vec<_> = LANES.iter().filter(|(word, _)| steps().any(|step| lane(step, word).is_some())).collect();
    let chapters: std::collections::BTreeSet<&str> = scope.parts().map(|part| part.phase.id.name.as_str()).collect();
    let area = sequence.area.as_ref().and_then(|name| scope.book.areas.iter().find(|area| area.id.name == *name));
    let view = |phase: &&crate::book::Phase| GlancePhase {
        title: scope.prose(&phase.title),
        anchor: chapters.contains(phase.id.name.as_str()).then(|| format!("phase-{}", phase.id.name)),
        traits: phase.traits.iter().map(|one| super::phase::trait_title(scope, &one.name)).collect(),
        steps: phase
            .steps
            .iter()
            .filter(|step| holds(&step.when))
            .enumerate()
            .map(|(at, step)| GlanceStep {
                number: at + 1,
                moment_of_truth: step.moment_of_truth,
                title: step.title.as_ref().map(|title| scope.prose(title)),
                lanes: lanes.iter().map(|(word, _)| lane(step, word).map(|text| scope.prose(text))).collect(),
                notes: notes(scope, step),
            })
            .collect(),
    };
    Glance {
        area: area.map(|area| scope.prose(&area.title)),
        has_moments: steps().any(|step| step.moment_of_truth),
        phases: phases.iter().map(view).collect(),
        lanes: lanes
            .iter()
            .map(|(word, line)| Lane {
                word,
                label: scope.of_customer(&format!("lane.{word}")),
                line: line.map(|line| scope.text(&format!("line.{line}"))),
            })
            .collect(),
    }
}

/// What else the blueprint notes on a step.
pub(super) fn notes(scope: &Scope, step: &Step) -> Vec<Note> {
    let note = |key: &str, text: Prose| Note { label: scope.text(&format!("note.{key}")), text };
    let mut notes = Vec::new();
    if !step.contact.is_empty() {
        let words: Vec<_> = step.contact.iter().map(|one| scope.text(&format!("contact.{one}"))).collect();
        notes.push(note("contact", Prose::plain(words.join(", "))));
    }
    if let Some(waits) = &step.waits {
        notes.push(note("waits", Prose::plain(scope.interface.quantity(waits))));
    }
    if let Some(lasts) = &step.lasts {
        notes.push(note("lasts", Prose::plain(scope.interface.quantity(lasts))));
    }
    notes
}
