//! The training plan: what each role learns, and in which order. Basic before expected before exclusive, because no level
//! is reached while a lower one is not; in a level the moments of truth first, because there the customer judges.

use serde::Serialize;

use crate::book::Level;
use crate::document::entry::numeral;
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::method::Selected;

/// The training plan.
#[derive(Clone, Debug, Serialize)]
pub struct Plan {
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
    /// Its id.
    pub id: String,
    /// What it demands.
    pub text: Prose,
    /// Whether failing it fails its phase.
    pub critical: bool,
}

/// The plan for the readers, or for everybody where the manual is for all; none where there is nothing to learn.
pub(super) fn plan(scope: &Scope) -> Option<Plan> {
    let readers = scope.staffing.fold(&scope.filter.roles);
    let roles: Vec<RolePlan> = if readers.is_empty() {
        let named = scope.book.roles.iter().map(|role| Some(&role.id.name));
        let of = |role: Option<&String>| {
            role_plan(scope, role, &|one| role.map_or(one.roles.is_empty(), |role| one.roles.contains(role)))
        };
        std::iter::once(None).chain(named).filter_map(of).collect()
    } else {
        // A reader learns what is anyone's too.
        let of = |role: &String| role_plan(scope, Some(role), &|one| one.roles.is_empty() || one.roles.contains(role));
        readers.iter().filter_map(of).collect()
    };
    (!roles.is_empty()).then_some(Plan { roles })
}

fn role_plan(scope: &Scope, role: Option<&String>, learns: &dyn Fn(&Selected) -> bool) -> Option<RolePlan> {
    let own: Vec<&Selected> = scope.chosen.iter().filter(|one| learns(one)).collect();
    if own.is_empty() {
        return None;
    }
    let mut number = 0;
    let stage = |level: &Level| {
        let mut lessons: Vec<Lesson> = own
            .iter()
            .filter(|one| one.standard.level == *level)
            .collect::<Vec<_>>()
            .chunk_by(|a, b| place(a) == place(b))
            .map(|together| lesson(scope, together))
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

fn place(one: &Selected) -> (usize, usize, Option<usize>) {
    (one.standard.sequence, one.standard.phase, one.standard.step)
}

fn lesson(scope: &Scope, together: &[&&Selected]) -> Lesson {
    let at = together.first().map(|one| place(one));
    let phase = at.and_then(|(sequence, phase, _)| scope.book.sequences.get(sequence)?.phases.get(phase));
    let step = at.and_then(|(.., step)| phase?.steps.get(step?));
    let planned = |one: &&&Selected| Planned {
        id: one.standard.id.name.clone(),
        text: scope.prose(&one.text),
        critical: one.standard.critical,
    };
    Lesson {
        number: 0,
        phase: phase.map(|phase| scope.prose(&phase.title)).unwrap_or_default(),
        step: step.and_then(|step| step.label()).map(|label| scope.prose(label)),
        moment_of_truth: step.is_some_and(|step| step.moment_of_truth),
        standards: together.iter().map(planned).collect(),
    }
}
