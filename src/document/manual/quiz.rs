//! Self-check: questions drawn from the standards, and their answers.
//!
//! Nothing is left to chance: the order of choices follows from the standards' stamps, so the same book asks the same
//! questions, and another book does not always put the right answer in the same place.

use serde::Serialize;

use super::phase::sayings;
use crate::book::{Bound, Measure, Quantity, Unit};
use crate::document::prose::Prose;
use crate::document::scope::{Part, Scope};
use crate::method::Selected;

/// Questions about thresholds that one phase gets at most; critical standards are asked about first.
const THRESHOLDS_A_PHASE: usize = 4;
/// Most sayings in one question, and most steps to put in order.
const MOST_CHOICES: usize = 6;

/// The self-check.
#[derive(Clone, Debug, Serialize)]
pub struct Quiz {
    /// Phase by phase.
    pub phases: Vec<QuizPhase>,
    /// How many questions, in words.
    pub count: String,
}

/// The questions of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct QuizPhase {
    /// Title of the phase.
    pub title: Prose,
    /// Questions in order.
    pub questions: Vec<Question>,
}

/// A question.
#[derive(Clone, Debug, Serialize)]
pub struct Question {
    /// Number in the self-check.
    pub number: usize,
    /// What is to be done.
    pub task: String,
    /// What it is about: what is measured, or the standard.
    pub about: Option<Prose>,
    /// The choices, each with its letter.
    pub choices: Vec<Choice>,
    /// The answer, for the end of the self-check.
    pub answer: Answer,
}

/// A choice.
#[derive(Clone, Debug, Serialize)]
pub struct Choice {
    /// A, B, C …
    pub letter: char,
    /// What it says.
    pub text: Prose,
}

/// An answer.
#[derive(Clone, Debug, Serialize)]
pub struct Answer {
    /// The letters, or the letters with what they stand for.
    pub letters: String,
    /// The standard in full, where one is asked about.
    pub text: Option<Prose>,
    /// Its id.
    pub standard: Option<String>,
}

pub(super) fn quiz(scope: &Scope) -> Quiz {
    let mut number = 0;
    let phases: Vec<QuizPhase> = scope.parts().filter_map(|part| phase(scope, &part, &mut number)).collect();
    Quiz { count: scope.interface.count("manual.quiz.questions", number), phases }
}

fn phase(scope: &Scope, part: &Part, number: &mut usize) -> Option<QuizPhase> {
    let mut questions = thresholds(scope, part);
    questions.extend(order_of_steps(scope, part));
    questions.extend(say_or_avoid(scope, part));
    for question in &mut questions {
        *number += 1;
        question.number = *number;
    }
    (!questions.is_empty()).then(|| QuizPhase { title: scope.prose(&part.phase.title), questions })
}

fn question(task: String, about: Option<Prose>, choices: Vec<Prose>, answer: Answer) -> Question {
    let choices = choices.into_iter().enumerate().map(|(at, text)| Choice { letter: letter(at), text }).collect();
    Question { number: 0, task, about, choices, answer }
}

fn letter(at: usize) -> char {
    char::from(b'A' + (at % 26) as u8)
}

/// "What is the limit?" with plausible wrong figures.
fn thresholds(scope: &Scope, part: &Part) -> Vec<Question> {
    let mut asked: Vec<&Selected> = part.standards.iter().filter(|one| asks_for_figure(one)).collect();
    asked.sort_by_key(|one| !one.standard.critical);
    // Two figures for one thing at one level would make a question with two right answers.
    let mut seen = Vec::new();
    asked.retain(|one| {
        let key = (one.standard.level, one.standard.measure.as_ref().and_then(|measure| measure.what.clone()));
        let fresh = !seen.contains(&key);
        seen.push(key);
        fresh
    });
    asked.truncate(THRESHOLDS_A_PHASE);
    let ask = |one: &Selected| {
        let standard = one.standard;
        let measure = standard.measure.as_ref()?;
        let (choices, right) = figures(measure, seed(&standard.stamp))?;
        let text = |value: f64| {
            let value = Quantity { value, ..measure.value.clone() };
            // The share is not asked for, so the choices leave it out.
            Prose::plain(scope.interface.bound(&Measure { value, share: 1.0, ..measure.clone() }))
        };
        let answer = Answer {
            letters: letter(right).to_string(),
            text: Some(scope.prose(&one.text)),
            standard: Some(standard.id.name.clone()),
        };
        let about = measure.what.as_ref().map(|what| scope.prose(what));
        let level = scope.text(&format!("level.{}", standard.level));
        let task = scope.interface.fill("manual.quiz.threshold", &[("level", &level)]);
        Some(question(task, about, choices.into_iter().map(text).collect(), answer))
    };
    asked.into_iter().filter_map(ask).collect()
}

/// A figure can be asked for where it says what it measures and has one bound.
fn asks_for_figure(one: &Selected) -> bool {
    let measure = one.standard.measure.as_ref();
    measure.is_some_and(|measure| measure.what.is_some() && measure.bound != Bound::Between)
}

/// Four figures in ascending order, and which of them is right; none where no plausible wrong ones exist.
fn figures(measure: &Measure, seed: u64) -> Option<(Vec<f64>, usize)> {
    let right = measure.value.value;
    if right <= 0.0 || !right.is_finite() {
        return None;
    }
    let mut choices = vec![right];
    if measure.value.unit == Unit::Known("%") {
        let step = if right > 90.0 { 5.0 } else { 10.0 };
        let candidates = (1..20).map(|n| right - step * f64::from(n)).filter(|value| *value > 0.0);
        let above = (1..20).map(|n| right + step * f64::from(n)).filter(|value| *value <= 100.0);
        let above: Vec<f64> = above.take((seed % 4) as usize).collect();
        choices.extend(&above);
        choices.extend(candidates.take(3 - above.len()));
    } else {
        // Half, double and so on; which of the four is right depends on the standard.
        let factors: [f64; 3] = match seed % 4 {
            0 => [2.0, 3.0, 4.0],
            1 => [0.5, 2.0, 3.0],
            2 => [0.5, 1.5, 2.0],
            _ => [0.25, 0.5, 2.0],
        };
        let whole = right.fract() == 0.0;
        choices.extend(factors.map(|factor| if whole { (right * factor).round() } else { right * factor }));
    }
    choices.retain(|value| *value > 0.0);
    choices.sort_by(f64::total_cmp);
    choices.dedup();
    // Small counts run out of halves; the next whole figures take their place.
    let mut next = right.ceil() + 1.0;
    while choices.len() < 4 && measure.value.unit != Unit::Known("%") {
        if !choices.contains(&next) {
            choices.push(next);
            choices.sort_by(f64::total_cmp);
        }
        next += 1.0;
    }
    let at = choices.iter().position(|value| *value == right)?;
    (choices.len() >= 3).then_some((choices, at))
}

/// "Put these steps in order."
fn order_of_steps(scope: &Scope, part: &Part) -> Option<Question> {
    let applies = |step: &&crate::book::Step| step.when.as_ref().is_none_or(|when| when.holds(scope.site));
    let steps = part.phase.steps.iter().filter(applies);
    let labels: Vec<Prose> = steps.filter_map(|step| Some(scope.prose(step.label()?))).take(MOST_CHOICES).collect();
    if labels.len() < 3 {
        return None;
    }
    let order = shuffled(labels.len(), seed_of(&part.phase.id.name));
    let choices = order.iter().map(|at| labels[*at].clone()).collect();
    let mut letters: Vec<(usize, char)> = order.iter().enumerate().map(|(place, at)| (*at, letter(place))).collect();
    letters.sort_unstable();
    let letters: Vec<String> = letters.into_iter().map(|(_, letter)| letter.to_string()).collect();
    let answer = Answer { letters: letters.join(" – "), text: None, standard: None };
    Some(question(scope.text("manual.quiz.order"), None, choices, answer))
}

/// "Which of these do we say, and which do we avoid?"
fn say_or_avoid(scope: &Scope, part: &Part) -> Option<Question> {
    let quote = |text: Prose| {
        let [open, close] = scope.interface.quotes();
        text.wrapped(open, close)
    };
    let half = MOST_CHOICES / 2;
    let say: Vec<_> =
        sayings(scope, part, |one| &one.say).into_iter().take(half).map(|one| (true, quote(one.text))).collect();
    let avoid: Vec<_> =
        sayings(scope, part, |one| &one.avoid).into_iter().take(half).map(|one| (false, quote(one.text))).collect();
    if say.is_empty() || avoid.is_empty() {
        return None;
    }
    let all: Vec<(bool, Prose)> = say.into_iter().chain(avoid).collect();
    let order = shuffled(all.len(), seed_of(&part.phase.id.name) ^ 0x5eed);
    let of_kind = |wanted: bool| -> String {
        let right = order.iter().enumerate().filter(|(_, at)| all[**at].0 == wanted);
        right.map(|(place, _)| letter(place).to_string()).collect::<Vec<_>>().join(", ")
    };
    let letters =
        scope.interface.fill("manual.quiz.say-answer", &[("say", &of_kind(true)), ("avoid", &of_kind(false))]);
    let choices = order.iter().map(|at| all[*at].1.clone()).collect();
    Some(question(scope.text("manual.quiz.say"), None, choices, Answer { letters, text: None, standard: None }))
}

/// A stamp as a number; it is hexadecimal.
fn seed(stamp: &str) -> u64 {
    u64::from_str_radix(stamp, 16).unwrap_or_else(|_| seed_of(stamp))
}

/// FNV-1a, for names.
fn seed_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// The numbers below `n` in an order that follows from the seed and is never the plain one.
fn shuffled(n: usize, mut seed: u64) -> Vec<usize> {
    let mut order: Vec<usize> = (0..n).collect();
    for at in (1..n).rev() {
        // Knuth's linear congruential generator; its high bits are good enough to mix a handful of lines.
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        order.swap(at, (seed >> 33) as usize % (at + 1));
    }
    if n > 1 && order.is_sorted() {
        order.rotate_left(1);
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    fn measure(value: f64, unit: Unit) -> Measure {
        let value = Quantity { value, unit, span: Span::default() };
        Measure { what: None, bound: Bound::Within, value, high: None, share: 1.0, span: Span::default() }
    }

    #[test]
    fn wrong_figures_are_plausible_and_the_right_one_is_among_them() {
        for seed in 0..4 {
            for (value, unit) in [(10.0, "s"), (1.0, "min"), (2.0, "rings"), (0.5, "h"), (100.0, "%"), (80.0, "%")] {
                let (choices, right) = figures(&measure(value, Unit::Known(unit)), seed).unwrap_or_default();
                assert_eq!(choices.len(), 4, "{value} {unit} {seed}: {choices:?}");
                assert_eq!(choices[right], value);
                assert!(choices.windows(2).all(|pair| pair[0] < pair[1]), "{choices:?}");
                assert!(choices.iter().all(|choice| *choice > 0.0 && (unit != "%" || *choice <= 100.0)), "{choices:?}");
            }
        }
        assert_eq!(figures(&measure(0.0, Unit::Count), 1), None);
    }

    #[test]
    fn shuffling_keeps_every_line_and_never_the_order() {
        for seed in 0..50 {
            let order = shuffled(4, seed);
            assert!(!order.is_sorted());
            let mut sorted = order;
            sorted.sort_unstable();
            assert_eq!(sorted, [0, 1, 2, 3]);
        }
        assert_eq!(shuffled(5, 7), shuffled(5, 7));
    }
}
