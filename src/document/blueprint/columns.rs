//! What stands in the columns of a blueprint: a column a step, the steps by phase.

use crate::book::{Handoff, Phase, Sequence, Step, Text};
use crate::document::lanes::{handoff_parts, is_given_to_oneself, labelled, marked};
use crate::document::scope::Scope;
use crate::edition::FilterKey;

/// A phase and its columns.
pub(super) struct Phases {
    pub title: String,
    pub columns: Vec<StepColumn>,
}

impl Phases {
    /// Whether a step of it is shown: a phase that is not divided has a column that says so.
    pub(super) fn has_steps(&self) -> bool {
        self.columns.iter().any(|column| column.lanes.iter().any(|lane| !lane.is_empty()) || !column.notes.is_empty())
    }
}

/// A column.
#[derive(Default)]
pub(super) struct StepColumn {
    /// The head: the step's number and title, or that the phase has no steps.
    pub head: String,
    pub is_moment: bool,
    /// Short notes under the head.
    pub notes: Vec<(NoteKind, String)>,
    /// What stands in the lanes, in the order of [`LANES`].
    pub lanes: [Vec<LaneText>; LANES.len()],
}

/// What a note is about, as far as it has a sign of its own.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum NoteKind {
    Plain,
    Waits,
    Lasts,
}

/// A text in a lane.
pub(super) struct LaneText {
    pub kind: CellKind,
    pub text: String,
    /// A second text in smaller letters.
    pub small: String,
    /// The language where it is not the document's.
    pub lang: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum CellKind {
    Plain,
    Handoff,
    Fail,
}

/// A lane: its word, its key in the interface, and the line that is crossed on the way into it.
pub(super) struct LaneKind {
    pub word: &'static str,
    pub key: &'static str,
    pub line: Option<&'static str>,
}

const fn lane(word: &'static str, key: &'static str, line: Option<&'static str>) -> LaneKind {
    LaneKind { word, key, line }
}

/// The lanes from top to bottom.
pub(super) const LANES: [LaneKind; 6] = [
    lane("evidence", "lane.evidence", None),
    lane("customer", "lane.customer", None),
    lane("staff", "lane.staff", Some("line.interaction")),
    lane("backstage", "lane.backstage", Some("line.visibility")),
    lane("support", "lane.support", Some("line.internal")),
    lane("fail", "manual.phase.fail-point", None),
];

/// The lane that hand-offs stand in: they cross the line of internal interaction.
const SUPPORT: usize = 4;
const FAIL: usize = 5;

/// The phases of a sequence that the document shows, each with at least one column.
pub(super) fn phases(scope: &Scope, sequence: &Sequence, keeps: &dyn Fn(&Step) -> bool) -> Vec<Phases> {
    let phases = sequence.phases.iter().filter(|phase| scope.holds(&phase.when));
    let phases = phases.filter(|phase| scope.filter.picks(FilterKey::Phase, &phase.id.name));
    phases.map(|phase| of_phase(scope, phase, keeps)).filter(|phase| !phase.columns.is_empty()).collect()
}

fn of_phase(scope: &Scope, phase: &Phase, keeps: &dyn Fn(&Step) -> bool) -> Phases {
    let steps = phase.steps.iter().filter(|step| scope.holds(&step.when)).enumerate();
    let mut columns: Vec<StepColumn> =
        steps.filter(|(_, step)| keeps(step)).map(|(index, step)| column(scope, index + 1, step)).collect();
    if phase.steps.is_empty() {
        columns.push(StepColumn { head: scope.text("manual.glance.phase-only"), ..StepColumn::default() });
    }
    Phases { title: marked(scope.prose(&phase.title)).0, columns }
}

fn column(scope: &Scope, number: usize, step: &Step) -> StepColumn {
    let title = step.title.as_ref().map(|title| marked(scope.prose(title)).0);
    let mut notes = Vec::new();
    let roles = scope.role_titles(&scope.staffing.fold(&step.roles));
    if !roles.is_empty() {
        notes.push((NoteKind::Plain, list(roles.into_iter().map(|role| marked(role).0))));
    }
    if !step.contact.is_empty() {
        notes.push((
            NoteKind::Plain,
            list(step.contact.iter().map(|contact| scope.text(&format!("contact.{contact}")))),
        ));
    }
    if let Some(waits) = &step.waits {
        notes.push((NoteKind::Waits, labelled(scope, "note.waits", &scope.interface.quantity(waits))));
    }
    if let Some(lasts) = &step.lasts {
        notes.push((NoteKind::Lasts, labelled(scope, "note.lasts", &scope.interface.quantity(lasts))));
    }
    let plain = |text: &Option<Text>| text.iter().map(|text| cell(scope, CellKind::Plain, text)).collect();
    let mut lanes = [
        plain(&step.evidence),
        plain(&step.customer),
        plain(&step.staff),
        plain(&step.backstage),
        Vec::new(),
        Vec::new(),
    ];
    let given = step.handoffs.iter().filter(|given| !is_given_to_oneself(scope, step, given));
    lanes[SUPPORT] = given.map(|given| handoff(scope, given)).collect();
    lanes[SUPPORT].extend(step.support.iter().map(|text| cell(scope, CellKind::Plain, text)));
    lanes[FAIL] = step
        .fail_point
        .iter()
        .map(|fail| {
            let mut cell = cell(scope, CellKind::Fail, &fail.what);
            let recovery = fail.recovery.as_ref().map(|recovery| marked(scope.prose(recovery)).0);
            cell.small = recovery.map(|text| labelled(scope, "manual.phase.recovery", &text)).unwrap_or_default();
            cell
        })
        .collect();
    let head = title.map_or_else(|| number.to_string(), |title| format!("{number}\u{a0} {title}"));
    StepColumn { head, is_moment: step.moment_of_truth, notes, lanes }
}

fn cell(scope: &Scope, kind: CellKind, text: &Text) -> LaneText {
    let (text, lang) = marked(scope.prose(text));
    LaneText { kind, text, small: String::new(), lang }
}

fn handoff(scope: &Scope, handoff: &Handoff) -> LaneText {
    let (receiver, rest) = handoff_parts(scope, handoff);
    LaneText { kind: CellKind::Handoff, text: receiver, small: rest, lang: None }
}

fn list(words: impl Iterator<Item = String>) -> String {
    words.collect::<Vec<_>>().join(", ")
}
