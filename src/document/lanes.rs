//! A sequence lane by lane as a table, a row a step: what the manual shows at a glance, and the blueprint beside its picture.

use std::collections::BTreeSet;

use serde::Serialize;

use super::prose::Prose;
use super::scope::Scope;
use crate::book::{Handoff, Phase, Sequence, Step, Text};
use crate::edition::FilterKey;

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
    /// The word in the format.
    pub word: &'static str,
    /// The name.
    pub label: String,
    /// The line that is crossed on the way into it, if any.
    pub line: Option<String>,
}

/// A phase in the blueprint.
#[derive(Clone, Debug, Serialize)]
pub struct GlancePhase {
    /// The title.
    pub title: Prose,
    /// What a link to its chapter names, where the manual has one.
    pub anchor: Option<String>,
    /// Titles of its traits.
    pub traits: Vec<Prose>,
    /// The steps; none for a phase that is not split into steps.
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
    /// The title, where no lane says it.
    pub title: Option<Prose>,
    /// Waits, lasts, contacts, hand-offs, fail point: short notes.
    pub notes: Vec<StepNote>,
}

/// A short note on a step.
#[derive(Clone, Debug, Serialize)]
pub struct StepNote {
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

/// The table of a sequence with the steps that are let through. A phase of the `chapters` links there.
pub(super) fn glance(
    scope: &Scope,
    sequence: &Sequence,
    keeps: &dyn Fn(&Step) -> bool,
    chapters: Option<&BTreeSet<&str>>,
) -> Glance {
    let applies = |step: &Step| scope.holds(&step.when);
    // A phase of which no step is let through is left out; one that is not divided into steps stays.
    let is_shown = |phase: &&Phase| {
        scope.holds(&phase.when)
            && scope.filter.picks(FilterKey::Phase, &phase.id.name)
            && (phase.steps.is_empty() || phase.steps.iter().any(|step| applies(step) && keeps(step)))
    };
    let phases: Vec<_> = sequence.phases.iter().filter(is_shown).collect();
    let steps = || phases.iter().flat_map(|phase| &phase.steps).filter(|step| applies(step) && keeps(step));
    let lanes: Vec<_> = LANES.iter().filter(|(word, _)| steps().any(|step| lane(step, word).is_some())).collect();
    let has_chapter = |phase: &Phase| chapters.is_some_and(|chapters| chapters.contains(phase.id.name.as_str()));
    let area = sequence.area.as_ref().and_then(|name| scope.book.areas.iter().find(|area| area.id.name == *name));
    let view = |phase: &&Phase| GlancePhase {
        title: scope.prose(&phase.title),
        anchor: has_chapter(phase).then(|| format!("phase-{}", phase.id.name)),
        traits: phase.traits.iter().map(|used| scope.trait_title(&used.name)).collect(),
        steps: phase
            .steps
            .iter()
            .filter(|step| applies(step))
            .enumerate()
            .filter(|(_, step)| keeps(step))
            .map(|(index, step)| GlanceStep {
                number: index + 1,
                moment_of_truth: step.moment_of_truth,
                title: step.title.as_ref().map(|title| scope.prose(title)),
                lanes: lanes.iter().map(|(word, _)| lane(step, word).map(|text| scope.prose(text))).collect(),
                notes: all_notes(scope, step),
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
                label: scope.of_customer_in(&format!("lane.{word}"), sequence),
                line: line.map(|line| scope.text(&format!("line.{line}"))),
            })
            .collect(),
    }
}

/// Notes of a step with its hand-offs and its fail point, which the manual's chapters tell elsewhere.
fn all_notes(scope: &Scope, step: &Step) -> Vec<StepNote> {
    let mut all = notes(scope, step);
    let label = |key: &str| scope.text(key);
    let given = step.handoffs.iter().filter(|handoff| !is_given_to_oneself(scope, step, handoff));
    all.extend(given.map(|handoff| StepNote {
        label: label("checklist.handoff"),
        text: Prose::plain(handoff_line(scope, handoff)),
    }));
    if let Some(fail) = &step.fail_point {
        all.push(StepNote { label: label("manual.phase.fail-point"), text: scope.prose(&fail.what) });
        let recovery = fail.recovery.iter().map(|recovery| scope.prose(recovery));
        all.extend(recovery.map(|text| StepNote { label: label("manual.phase.recovery"), text }));
    }
    all
}

/// Contact, waits, lasts.
pub(super) fn notes(scope: &Scope, step: &Step) -> Vec<StepNote> {
    let note = |key: &str, text: Prose| StepNote { label: scope.text(&format!("note.{key}")), text };
    let mut notes = Vec::new();
    if !step.contact.is_empty() {
        let words: Vec<_> = step.contact.iter().map(|contact| scope.text(&format!("contact.{contact}"))).collect();
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

/// Whether giver and receiver are the same person at the site, so that nothing is handed over.
pub(super) fn is_given_to_oneself(scope: &Scope, step: &Step, handoff: &Handoff) -> bool {
    let givers = scope.staffing.fold(&step.roles);
    let receiver = &handoff.to.value;
    scope.book.role(receiver).is_some() && givers.len() == 1 && scope.staffing.holder(receiver) == givers[0]
}

/// A hand-off in one line: receiver, content, channel, limit.
fn handoff_line(scope: &Scope, handoff: &Handoff) -> String {
    let (receiver, rest) = handoff_parts(scope, handoff);
    format!("{receiver} · {rest}")
}

/// Who receives it at the site, and what follows.
pub(super) fn handoff_parts(scope: &Scope, handoff: &Handoff) -> (String, String) {
    let receiver = scope.staffing.holder(&handoff.to.value);
    let title = scope.book.receiver_title(receiver);
    let receiver = title.map_or_else(|| receiver.to_owned(), |title| marked(scope.prose(title)).0);
    let mut parts = vec![marked(scope.prose(&handoff.what)).0];
    parts.extend(handoff.via.as_ref().map(|via| labelled(scope, "handoff.channel", &marked(scope.prose(via)).0)));
    parts.extend(
        handoff.within.as_ref().map(|limit| labelled(scope, "handoff.limit", &scope.interface.quantity(limit))),
    );
    (receiver, parts.join(" · "))
}

/// A text without marks, and its language where that is not the document's: said in brackets too, since a picture has no
/// other way to mark it.
pub(super) fn marked(prose: Prose) -> (String, Option<String>) {
    let text = prose.characters();
    match prose.lang {
        Some(lang) if !text.is_empty() => (format!("{text} ({lang})"), Some(lang)),
        _ => (text, None),
    }
}

pub(super) fn labelled(scope: &Scope, key: &str, text: &str) -> String {
    format!("{}: {text}", scope.text(key))
}
