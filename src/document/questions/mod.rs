//! Questions for training, drawn from the standards: what is done, how soon and how many, in which order, what is said and
//! avoided, and who gets what is handed over. Levels and types are the trainer's business and are not asked.
//!
//! Nothing is left to chance: orders follow from stamps and names, so the same book asks the same questions, and another
//! book does not always put the right answer in the same place. A wrong choice is never right: a question is left out
//! where the book itself would make it doubtful. The manual's self-check is made of the same questions.

mod doing;
mod figure;
mod order;
mod saying;
mod shuffle;

use serde::Serialize;

use doing::{doings, receivers};
use saying::sayings;

pub(super) use figure::{Figure, figures_of};
pub(super) use order::order_of_steps;
pub(super) use shuffle::shuffled;

use super::head::Head;
use super::kind::DocumentKind;
use super::prose::Prose;
use super::scope::{Request, Scope, ShownPhase};
use crate::edition::{Reference, Selected};

/// The view of a question bank.
#[derive(Clone, Debug, Serialize)]
pub struct Questions {
    /// What it is.
    pub head: Head,
    /// Phases in service order.
    pub phases: Vec<PhaseQuestions>,
}

/// The questions of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseQuestions {
    /// Title of the service sequence.
    pub sequence: Prose,
    /// Title of the phase.
    pub title: Prose,
    /// Questions in order.
    pub questions: Vec<Question>,
}

/// A question that stands alone.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// The name, unique in the bank, of the oldest id of what it asks about: a renamed standard keeps its questions.
    pub name: String,
    /// The wording that is asked about, as `ID@STAMP`; none for a question about a phase.
    pub reference: Option<String>,
    /// What is to be done.
    pub task: String,
    /// What it is about.
    pub about: Option<Prose>,
    /// What there is to answer.
    pub answers: Answers,
    /// The standard in full, to be shown afterwards, where it is not what was asked about.
    pub afterwards: Option<Prose>,
}

/// What there is to answer.
#[derive(Clone, Debug, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Answers {
    /// One of these is right.
    Choice(Vec<Choice>),
    /// Lines as they are shown, each with its place in the right order, from 1.
    Order(Vec<(Prose, usize)>),
}

/// A choice.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// What it says.
    pub text: Prose,
    /// Whether it is the right one.
    pub right: bool,
}

/// Composes the question bank.
pub fn questions(request: Request) -> Questions {
    let scope = Scope::of(request);
    let phase = |part: ShownPhase| PhaseQuestions {
        sequence: scope.prose(&part.sequence.title),
        title: scope.prose(&part.phase.title),
        questions: of_phase(&scope, &part),
    };
    let phases = scope.parts().map(phase).filter(|phase| !phase.questions.is_empty()).collect();
    Questions { phases, head: Head::of(DocumentKind::Quiz, &scope) }
}

fn of_phase(scope: &Scope, part: &ShownPhase) -> Vec<Question> {
    let mut all = Vec::new();
    let of = |selected: &Selected, kind: &str, task: String, choices: Vec<Choice>| Question {
        name: format!("{} {kind}", selected.standard.id.oldest()),
        reference: Some(Reference::to(selected.standard).to_string()),
        task,
        about: Some(scope.prose(&selected.text)),
        answers: Answers::Choice(choices),
        afterwards: None,
    };
    all.extend(order_of_steps(scope, part).map(|order| Question {
        name: format!("{} order", part.phase.id.oldest()),
        reference: None,
        task: scope.text("manual.quiz.order"),
        about: None,
        answers: Answers::Order(order.shown.iter().map(|index| (order.steps[*index].clone(), index + 1)).collect()),
        afterwards: None,
    }));
    for figure in figures_of(scope, part) {
        let level = scope.text(&format!("level.{}", figure.selected.standard.level));
        let task = scope.interface.fill("manual.quiz.threshold", &[("level", &level)]);
        let asked = of(figure.selected, "figure", task, chosen(figure.choices, figure.right));
        let afterwards = asked.about.clone();
        all.push(Question { about: Some(figure.about), afterwards, ..asked });
    }
    let say = sayings(scope, part, |teaching| &teaching.say, |teaching| &teaching.avoid)
        .into_iter()
        .map(|saying| ("say", saying));
    let avoid = sayings(scope, part, |teaching| &teaching.avoid, |teaching| &teaching.say)
        .into_iter()
        .map(|saying| ("avoid", saying));
    for (kind, saying) in say.chain(avoid) {
        let task = scope.text(&format!("quiz.{kind}"));
        let kind = format!("{kind} {}", saying.number);
        all.push(of(saying.selected, &kind, task, chosen(saying.choices, saying.right)));
    }
    for doing in doings(scope, part) {
        let asked = of(doing.selected, "done", scope.text("quiz.done"), chosen(doing.choices, doing.right));
        all.push(Question { about: Some(doing.about), ..asked });
    }
    for doing in receivers(scope, part) {
        let asked = of(doing.selected, "receiver", scope.text("quiz.receiver"), chosen(doing.choices, doing.right));
        all.push(Question { about: Some(doing.about), ..asked });
    }
    all
}

fn chosen(choices: Vec<Prose>, right: usize) -> Vec<Choice> {
    choices.into_iter().enumerate().map(|(index, text)| Choice { text, right: index == right }).collect()
}
