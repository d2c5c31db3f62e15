//! Self-check: a few questions a phase, and their answers, on paper. The questions are those of the question bank
//! ([`questions`](crate::document::questions)), laid out with letters.

use serde::Serialize;

use super::phase::sayings;
use crate::document::prose::Prose;
use crate::document::questions::{Figure, figures_of, order_of_steps, shuffled};
use crate::document::scope::{Scope, ShownPhase};
use crate::document::standard::Numbered;
use crate::statistics::seed_of;

/// Questions about thresholds that one phase gets at most; critical standards are asked about first.
const THRESHOLDS_A_PHASE: usize = 4;
/// Most sayings in one question.
const MOST_CHOICES: usize = 6;

/// The self-check.
#[derive(Clone, Debug, Serialize)]
pub struct Quiz {
    /// Phase by phase.
    pub phases: Vec<QuizPhase>,
    /// How many questions, in words.
    pub count: String,
    /// Whether the answers stand below: in the trainer's edition.
    pub with_answers: bool,
}

/// The questions of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct QuizPhase {
    /// Title of the phase.
    pub title: Prose,
    /// Questions in order.
    pub questions: Vec<QuizQuestion>,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub struct QuizQuestion {
    /// Number in the self-check.
    pub number: usize,
    /// What is to be done.
    pub task: String,
    /// What it is about: what is measured, or the standard.
    pub about: Option<Prose>,
    /// The choices, each with its letter.
    pub choices: Vec<QuizChoice>,
    /// The answer, for the end of the self-check.
    pub answer: QuizAnswer,
}

/// A choice.
#[derive(Clone, Debug, Serialize)]
pub struct QuizChoice {
    /// A, B, C …
    pub letter: char,
    /// What it says.
    pub text: Prose,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct QuizAnswer {
    /// The letters, or the letters with what they stand for.
    pub letters: String,
    /// The standard, where one is asked about.
    pub standard: Option<Numbered>,
}

pub(super) fn quiz(scope: &Scope, with_answers: bool) -> Quiz {
    let mut number = 0;
    let phases: Vec<QuizPhase> = scope.parts().filter_map(|part| phase(scope, &part, &mut number)).collect();
    Quiz { count: scope.interface.count("manual.quiz.questions", number), with_answers, phases }
}

/// How many questions a phase has.
pub(super) fn count(scope: &Scope, part: &ShownPhase) -> usize {
    phase(scope, part, &mut 0).map_or(0, |phase| phase.questions.len())
}

fn phase(scope: &Scope, part: &ShownPhase, number: &mut usize) -> Option<QuizPhase> {
    let mut questions = thresholds(scope, part);
    questions.extend(order(scope, part));
    questions.extend(say_or_avoid(scope, part));
    for question in &mut questions {
        *number += 1;
        question.number = *number;
    }
    (!questions.is_empty()).then(|| QuizPhase { title: scope.prose(&part.phase.title), questions })
}

fn question(task: String, about: Option<Prose>, choices: Vec<Prose>, answer: QuizAnswer) -> QuizQuestion {
    let choices =
        choices.into_iter().enumerate().map(|(index, text)| QuizChoice { letter: letter(index), text }).collect();
    QuizQuestion { number: 0, task, about, choices, answer }
}

fn letter(index: usize) -> char {
    char::from(b'A' + (index % 26) as u8)
}

/// "What is the limit?" with plausible wrong figures.
fn thresholds(scope: &Scope, part: &ShownPhase) -> Vec<QuizQuestion> {
    let mut asked = figures_of(scope, part);
    asked.sort_by_key(|figure| !figure.selected.standard.critical);
    asked.truncate(THRESHOLDS_A_PHASE);
    let ask = |figure: Figure| {
        let standard = figure.selected.standard;
        let answer =
            QuizAnswer { letters: letter(figure.right).to_string(), standard: Some(scope.numbered(figure.selected)) };
        let level = scope.text(&format!("level.{}", standard.level));
        let task = scope.interface.fill("manual.quiz.threshold", &[("level", &level)]);
        question(task, Some(figure.about), figure.choices, answer)
    };
    asked.into_iter().map(ask).collect()
}

/// "Put these steps in order."
fn order(scope: &Scope, part: &ShownPhase) -> Option<QuizQuestion> {
    let order = order_of_steps(scope, part)?;
    let choices = order.shown.iter().map(|index| order.steps[*index].clone()).collect();
    let mut letters: Vec<(usize, char)> =
        order.shown.iter().enumerate().map(|(place, index)| (*index, letter(place))).collect();
    letters.sort_unstable();
    let letters: Vec<String> = letters.into_iter().map(|(_, letter)| letter.to_string()).collect();
    let answer = QuizAnswer { letters: letters.join(" – "), standard: None };
    Some(question(scope.text("manual.quiz.order"), None, choices, answer))
}

/// "Which of these do we say, and which do we avoid?"
fn say_or_avoid(scope: &Scope, part: &ShownPhase) -> Option<QuizQuestion> {
    let quote = |text: Prose| {
        let [open, close] = scope.interface.quotes();
        text.wrapped(open, close)
    };
    let half = MOST_CHOICES / 2;
    let say: Vec<_> = sayings(scope, part, |teaching| &teaching.say)
        .into_iter()
        .take(half)
        .map(|saying| (true, quote(saying.text)))
        .collect();
    let avoid: Vec<_> = sayings(scope, part, |teaching| &teaching.avoid)
        .into_iter()
        .take(half)
        .map(|saying| (false, quote(saying.text)))
        .collect();
    if say.is_empty() || avoid.is_empty() {
        return None;
    }
    let all: Vec<(bool, Prose)> = say.into_iter().chain(avoid).collect();
    let order = shuffled(all.len(), seed_of(&part.phase.id.name) ^ 0x5eed);
    let of_kind = |wanted: bool| -> String {
        let right = order.iter().enumerate().filter(|(_, index)| all[**index].0 == wanted);
        right.map(|(place, _)| letter(place).to_string()).collect::<Vec<_>>().join(", ")
    };
    let letters =
        scope.interface.fill("manual.quiz.say-answer", &[("say", &of_kind(true)), ("avoid", &of_kind(false))]);
    let choices = order.iter().map(|index| all[*index].1.clone()).collect();
    Some(question(scope.text("manual.quiz.say"), None, choices, QuizAnswer { letters, standard: None }))
}
