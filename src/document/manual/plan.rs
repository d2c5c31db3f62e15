//! The training plan: what each role learns, and in which order. Basic before expected before exclusive, because no level
//! is reached while a lower one is not; in a level the moments of truth first, because there the customer judges.

use serde::Serialize;

use crate::book::Level;
use crate::changes::{ChangedKind, Changes};
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::document::standard::numeral;
use crate::edition::{FilterKey, Selected};

/// The training plan.
#[derive(Clone, Debug, Serialize)]
pub struct TrainingPlan {
    /// How to work with it, or since when it holds what is new.
    pub intro: String,
    /// What each role learns; what everybody on duty learns comes first.
    pub roles: Vec<RolePlan>,
}

/// What a role learns.
#[derive(Clone, Debug, Serialize)]
pub struct RolePlan {
    /// Title of the role; none for everybody on duty.
    pub title: Option<Prose>,
    /// How many standards, in words.
    pub count: String,
    /// Level by level.
    pub stages: Vec<Stage>,
}

/// The standards of a level.
#[derive(Clone, Debug, Serialize)]
pub struct Stage {
    /// I, II or III.
    pub numeral: &'static str,
    /// Name of the level.
    pub label: String,
    /// What is learnt together, in order.
    pub lessons: Vec<Lesson>,
}

/// What is learnt together: the standards of a step, or of a phase as a whole.
#[derive(Clone, Debug, Serialize)]
pub struct Lesson {
    /// Number in the role's plan.
    pub number: usize,
    /// The phase.
    pub phase: Prose,
    /// The step, if one.
    pub step: Option<Prose>,
    /// Whether it is a moment of truth.
    pub moment_of_truth: bool,
    /// The standards in service order.
    pub standards: Vec<Planned>,
}

/// A standard to learn.
#[derive(Clone, Debug, Serialize)]
pub struct Planned {
    /// Its number in the manual, where it is taught.
    pub number: usize,
    /// The id.
    pub id: String,
    /// What it demands, where the plan is about what changed and stands alone.
    pub text: Option<Prose>,
    /// Whether failing it fails its phase.
    pub critical: bool,
    /// What changed in it, where the plan is about that.
    pub change: Option<String>,
}

/// The changes since some time, for a plan of what is to be learnt anew.
#[derive(Clone, Copy, Debug)]
pub struct Since<'a> {
    /// The revision, as the reader named it.
    pub revision: &'a str,
    /// What changed since.
    pub changes: &'a Changes,
}

impl Since<'_> {
    /// Whether a role has to learn a standard anew; for what is anyone's, `role` is none.
    fn is_new(&self, scope: &Scope, selected: &Selected, role: Option<&String>) -> bool {
        let for_role = |owner: &Option<String>| match (owner, role) {
            (None, _) => true,
            (Some(owner), Some(role)) => scope.staffing.holder(owner) == role,
            (Some(_), None) => false,
        };
        let mut retrained = self.changes.retrain.iter().filter(|retrain| for_role(&retrain.role));
        retrained.any(|retrain| retrain.standards.contains(&selected.standard.id.name))
    }

    /// What changed in a standard, in words.
    fn change_of(&self, scope: &Scope, selected: &Selected) -> Option<String> {
        let own = self
            .changes
            .all
            .iter()
            .filter(|change| change.of == ChangedKind::Standard && change.id == selected.standard.id.name);
        let mut words: Vec<String> = own.map(|change| scope.text(&format!("change.{}", change.kind.word()))).collect();
        words.dedup();
        (!words.is_empty()).then(|| words.join(", "))
    }
}

/// The plan for the readers, or for everybody where the manual is for all; none where there is nothing to learn. Where it
/// is about changes, it says so even of nothing.
pub(super) fn plan(scope: &Scope, since: Option<Since>) -> Option<TrainingPlan> {
    let readers = scope.staffing.fold(scope.filter.values(FilterKey::Role));
    let is_meant =
        |selected: &Selected, role: Option<&String>| since.is_none_or(|since| since.is_new(scope, selected, role));
    let roles: Vec<RolePlan> = if readers.is_empty() {
        let named = scope.book.roles.iter().map(|role| Some(&role.id.name));
        let of = |role: Option<&String>| {
            let keeps =
                |selected: &Selected| role.map_or(selected.roles.is_empty(), |role| selected.roles.contains(role));
            role_plan(scope, role, since, &|selected| keeps(selected) && is_meant(selected, role))
        };
        std::iter::once(None).chain(named).filter_map(of).collect()
    } else {
        // A reader learns what is anyone's too.
        let of = |role: &String| {
            let keeps = |selected: &Selected| selected.roles.is_empty() || selected.roles.contains(role);
            role_plan(scope, Some(role), since, &|selected| keeps(selected) && is_meant(selected, Some(role)))
        };
        readers.iter().filter_map(of).collect()
    };
    let intro = match since {
        None => scope.text("manual.plan.intro"),
        Some(since) => {
            let key = if roles.is_empty() { "manual.plan.nothing" } else { "manual.plan.since" };
            scope.interface.fill(key, &[("older", since.revision)])
        }
    };
    (!roles.is_empty() || since.is_some()).then_some(TrainingPlan { intro, roles })
}

fn role_plan(
    scope: &Scope,
    role: Option<&String>,
    since: Option<Since>,
    learns: &dyn Fn(&Selected) -> bool,
) -> Option<RolePlan> {
    let own: Vec<&Selected> = scope.chosen.iter().filter(|selected| learns(selected)).collect();
    if own.is_empty() {
        return None;
    }
    let mut number = 0;
    let stage = |level: &Level| {
        let mut lessons: Vec<Lesson> = own
            .iter()
            .filter(|selected| selected.standard.level == *level)
            .collect::<Vec<_>>()
            .chunk_by(|a, b| place(a) == place(b))
            .map(|together| lesson(scope, since, together))
            .collect();
        // Stable: beside that, service order stays.
        lessons.sort_by_key(|lesson| !lesson.moment_of_truth);
        for lesson in &mut lessons {
            number += 1;
            lesson.number = number;
        }
        let label = scope.text(&format!("level.{level}"));
        (!lessons.is_empty()).then(|| Stage { numeral: numeral(*level), label, lessons })
    };
    let title = role.and_then(|role| scope.book.role(role)).map(|role| scope.prose(&role.title));
    let stages = Level::ALL.iter().filter_map(stage).collect();
    Some(RolePlan { title, count: scope.interface.count("manual.standards", own.len()), stages })
}

fn place(selected: &Selected) -> (usize, usize, Option<usize>) {
    (selected.standard.sequence, selected.standard.phase, selected.standard.step)
}

fn lesson(scope: &Scope, since: Option<Since>, together: &[&&Selected]) -> Lesson {
    let first_place = together.first().map(|selected| place(selected));
    let phase = first_place.and_then(|(sequence, phase, _)| scope.book.phase_at(sequence, phase));
    let step = first_place.and_then(|(.., step)| phase?.steps.get(step?));
    let planned = |selected: &&&Selected| Planned {
        number: scope.number_of(&selected.standard.id.name),
        id: selected.standard.id.name.clone(),
        text: since.map(|_| scope.prose(&selected.text)),
        critical: selected.standard.critical,
        change: since.and_then(|since| since.change_of(scope, selected)),
    };
    Lesson {
        number: 0,
        phase: phase.map(|phase| scope.prose(&phase.title)).unwrap_or_default(),
        step: step.and_then(|step| step.label()).map(|label| scope.prose(label)),
        moment_of_truth: step.is_some_and(|step| step.moment_of_truth),
        standards: together.iter().map(planned).collect(),
    }
}
