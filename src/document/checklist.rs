//! The checklist: what a manager takes on a round.

use std::collections::HashMap;

use serde::Serialize;

use super::form::{FormData, MeasureLimits};
use super::head::Head;
use super::image::ImageView;
use super::kind::DocumentKind;
use super::long::Long;
use super::prose::Prose;
use super::scope::{Request, Scope, ShownPhase};
use super::standard::{StandardView, numeral};
use crate::book::{Level, StandardType, Verify};
use crate::edition::Selected;

/// The view of a checklist.
#[derive(Clone, Debug, Serialize)]
pub struct Checklist {
    /// What it is.
    pub head: Head,
    /// How many items, in words.
    pub count: String,
    /// The levels that occur, for the legend.
    pub levels: Vec<LevelKey>,
    /// Whether any item is critical.
    pub has_critical: bool,
    /// Whether any step is a moment of truth.
    pub has_moments: bool,
    /// Whether more than one service sequence is in it.
    pub many_sequences: bool,
    /// What its fillable form needs to know.
    pub form: FormData,
    /// Phases in service order.
    pub phases: Long<PhaseItems>,
}

/// A line of the legend of levels.
#[derive(Clone, Debug, Serialize)]
pub struct LevelKey {
    /// I, II or III.
    pub numeral: &'static str,
    /// The name.
    pub label: String,
}

/// The items of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseItems {
    /// Id of the phase.
    pub id: String,
    /// Number among the phases of the checklist.
    pub number: usize,
    /// Title of the phase.
    pub title: Prose,
    /// Title of the service sequence.
    pub sequence: Prose,
    /// How its items are verified, where they stand in that order.
    pub verify: Option<String>,
    /// Steps in service order.
    pub steps: Vec<StepItems>,
}

/// The items of a step.
#[derive(Clone, Debug, Serialize)]
pub struct StepItems {
    /// What the step is called; none for the items of the phase as a whole.
    pub title: Option<Prose>,
    /// Whether it is a moment of truth.
    pub moment_of_truth: bool,
    /// Items in service order.
    pub items: Vec<ChecklistItem>,
}

/// One question with one answer.
#[derive(Clone, Debug, Serialize)]
pub struct ChecklistItem {
    /// Number in the checklist.
    pub number: usize,
    /// What it is about, in the document's language.
    pub type_label: String,
    /// How much it counts in the score.
    pub weight: f64,
    /// The measure in figures, for a form that judges what is typed.
    pub limit: Option<MeasureLimits>,
    /// The number of the first item of its ladder, where one observation answers several: the same thing measured for the same
    /// trait at other levels.
    pub ladder: Option<usize>,
    /// How it should look, which only a form shows; where it is not there, nothing is said of it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageView>,
    /// The standard.
    #[serde(flatten)]
    pub standard: StandardView,
}

/// In which order the items of a checklist stand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// As the service goes.
    #[default]
    Service,
    /// What is verified in one way together, and in service order there: a call, a look at the floor and a look into records are
    /// three errands.
    Verify,
}

impl Order {
    /// All of them.
    pub const ALL: &'static [Order] = &[Order::Service, Order::Verify];

    /// The word for it, as in `--sort`.
    pub fn word(self) -> &'static str {
        match self {
            Order::Service => "service",
            Order::Verify => "verify",
        }
    }
}

/// Composes the checklist in service order.
pub fn checklist(request: Request) -> Checklist {
    checklist_by(request, Order::Service)
}

/// Composes the checklist in that order.
pub fn checklist_by(request: Request, order: Order) -> Checklist {
    let mut scope = Scope::of(request);
    let position = |selected: &Selected| Verify::ALL.iter().position(|verify| *verify == selected.standard.verify);
    if order == Order::Verify {
        scope.chosen.sort_by_key(position);
    }
    let mut number = 0;
    let groups: Vec<&[Selected]> = match order {
        Order::Service => vec![&scope.chosen],
        Order::Verify => scope.chosen.chunk_by(|a, b| a.standard.verify == b.standard.verify).collect(),
    };
    let mut phases: Vec<PhaseItems> = Vec::new();
    for group in groups {
        let verify = group.first().filter(|_| order == Order::Verify).map(|first| first.standard.verify);
        let verify = verify.map(|verify| scope.text(&format!("verify.{verify}")));
        for part in scope.parts_of(group) {
            let items = phase(&scope, &part, phases.len() + 1, &mut number);
            phases.push(PhaseItems { verify: verify.clone(), ..items });
        }
    }
    let phases: Long<_> = phases.into();
    let used = |level: &&Level| scope.chosen.iter().any(|selected| selected.standard.level == **level);
    let key = |level: &Level| LevelKey { numeral: numeral(*level), label: scope.text(&format!("level.{level}")) };
    let sequences =
        scope.chosen.iter().map(|selected| selected.standard.sequence).collect::<std::collections::BTreeSet<_>>();
    let head = Head::of(DocumentKind::Checklist, &scope).stamped(&phases);
    Checklist {
        count: scope.interface.count("checklist.items", scope.chosen.len()),
        levels: Level::ALL.iter().filter(used).map(key).collect(),
        has_critical: scope.has_critical(),
        has_moments: phases.iter().flat_map(|phase| &phase.steps).any(|step| step.moment_of_truth),
        many_sequences: sequences.len() > 1,
        phases,
        form: FormData::checklist(&scope),
        head,
    }
}

/// What the items of one ladder have in common: step, trait, type, what is measured, the kind of its bound, its base unit.
type LadderKey<'a> = (Option<usize>, &'a str, StandardType, String, &'static str, &'a str);

/// The ladder that an item stands on; none without a measure or a trait.
fn ladder_of<'a>(selected: &Selected<'a>) -> Option<LadderKey<'a>> {
    let standard = selected.standard;
    let (of_trait, measure) = (standard.traits.first()?, standard.measure.as_ref()?);
    let what = measure.what.as_ref().and_then(|what| what.0.first()).map(|worded| worded.text.clone());
    let (base, _) = measure.value.unit.canonical();
    Some((standard.step, of_trait.as_str(), standard.kind, what.unwrap_or_default(), measure.bound.key(), base))
}

fn phase(scope: &Scope, part: &ShownPhase, phase_number: usize, number: &mut usize) -> PhaseItems {
    let mut ladders: HashMap<LadderKey<'_>, Vec<usize>> = HashMap::new();
    for (place, selected) in part.standards.iter().enumerate() {
        if let Some(key) = ladder_of(selected) {
            ladders.entry(key).or_default().push(*number + place + 1);
        }
    }
    let mut item = |selected: &Selected| {
        *number += 1;
        let ladder = ladder_of(selected).and_then(|key| ladders.get(&key)).filter(|numbers| numbers.len() > 1);
        let type_label = scope.text(&format!("type.{}", selected.standard.kind));
        let limit = selected.standard.measure.as_ref().map(MeasureLimits::of);
        ChecklistItem {
            number: *number,
            type_label,
            weight: selected.standard.weight,
            limit,
            ladder: ladder.and_then(|numbers| numbers.first().copied()),
            image: scope.image(&selected.standard.teaching.image),
            standard: scope.standard(selected),
        }
    };
    let steps = part.standards.chunk_by(|a, b| a.standard.step == b.standard.step).map(|standards| {
        let step = standards.first().and_then(|first| part.phase.steps.get(first.standard.step?));
        StepItems {
            title: step.and_then(|step| step.label()).map(|label| scope.prose(label)),
            moment_of_truth: step.is_some_and(|step| step.moment_of_truth),
            items: standards.iter().map(&mut item).collect(),
        }
    });
    PhaseItems {
        id: part.phase.id.name.clone(),
        number: phase_number,
        title: scope.prose(&part.phase.title),
        sequence: scope.prose(&part.sequence.title),
        verify: None,
        steps: steps.collect(),
    }
}
