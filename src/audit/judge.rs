//! Judging what was seen: words, passes out of observations, and values by the measure.

use super::model::{Answer, WHOLE};
use crate::book::{Bound, Measure};
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::text::nearest;
use crate::units::{Quantity, Unit, parse_clock, parse_quantity};

/// So many observations of one standard in one record are believed.
const MAX_OBSERVATIONS: u32 = 1_000_000;

/// Comparing figures forgives what binary fractions lose.
const TOLERANCE: f64 = 1e-9;

/// What an answer comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Outcome {
    /// Met or not, all observations together; else why nothing was judged.
    pub answer: Answer,
    /// Observations that passed.
    pub passed: u32,
    /// Observations; 0 where nothing was judged.
    pub observations: u32,
}

/// Why an answer cannot be judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unjudged {
    /// Which of the things seen is wrong, from 0.
    pub index: usize,
    /// What is wrong with it, without a full stop.
    pub message: Message,
    /// What to write instead.
    pub help: Message,
}

/// What one thing seen comes to.
enum Seen {
    Observed { passed: u32, of: u32 },
    Unjudged(Answer),
}

/// Judges what was seen by a standard with that measure.
///
/// With a measure's share, an item is met when the share of its passing observations reaches it; without one, when all
/// its observations pass.
///
/// # Errors
/// The first thing seen that is no answer, or that the measure cannot judge.
pub fn judge<'a>(
    seen: impl ExactSizeIterator<Item = &'a str>,
    is_list: bool,
    measure: Option<&Measure>,
) -> Result<Outcome, Unjudged> {
    let many = seen.len();
    if many == 0 {
        let message = say!("the list of observations is empty");
        return Err(Unjudged { index: 0, message, help: say!("write `not observed`, or what was seen") });
    }
    let (mut passed, mut observations) = (0, 0);
    for (index, text) in seen.enumerate() {
        match observation(text, measure).map_err(|(message, help)| Unjudged { index, message, help })? {
            Seen::Observed { passed: more, of } => {
                passed += more;
                observations += of;
            }
            Seen::Unjudged(answer) if !is_list || many == 1 => {
                return Ok(Outcome { answer, passed: 0, observations: 0 });
            }
            Seen::Unjudged(answer) => {
                let message = say!("`{answer}` cannot stand in a list of observations", answer = answer.word());
                return Err(Unjudged { index, message, help: say!("leave it out of the list") });
            }
        }
        if observations > MAX_OBSERVATIONS {
            let message = say!("there are more than {most} observations", most = MAX_OBSERVATIONS);
            return Err(Unjudged { index, message, help: say!("one record holds what one auditor saw on one round") });
        }
    }
    let share = measure.map_or(1.0, |measure| measure.share);
    let met = f64::from(passed) + TOLERANCE >= share * f64::from(observations);
    Ok(Outcome { answer: if met { Answer::Met } else { Answer::NotMet }, passed, observations })
}

/// The share of observations that has to pass, in millionths: a count, so that sums of it are exact.
pub(super) fn demand(measure: Option<&Measure>) -> u32 {
    let share = measure.map_or(1.0, |measure| measure.share);
    (share.clamp(0.0, 1.0) * f64::from(WHOLE)).round() as u32
}

/// What one thing seen comes to: a word, passes out of observations, or a value that the measure judges.
fn observation(text: &str, measure: Option<&Measure>) -> Result<Seen, (Message, Message)> {
    let text = text.trim();
    match text {
        "met" => return Ok(Seen::Observed { passed: 1, of: 1 }),
        "not met" => return Ok(Seen::Observed { passed: 0, of: 1 }),
        "n/a" => return Ok(Seen::Unjudged(Answer::NotApplicable)),
        "not observed" => return Ok(Seen::Unjudged(Answer::NotObserved)),
        _ => {}
    }
    if let Some(passes) = passes(text) {
        return passes;
    }
    let shown: String = text.chars().take(60).collect();
    if !text.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+' | '\u{2212}')) {
        let message = say!("`{word}` is not an answer", word = shown);
        return Err((message, word_help(text, measure)));
    }
    let Some(measure) = measure else {
        let message = say!("`{value}` is a value, but the standard has no measure to compare it with", value = shown);
        return Err((message, say!("write `met` or `not met`, or passes out of observations such as `18/20`")));
    };
    if let Some(time) = parse_clock(text, &measure.value.unit) {
        return Ok(Seen::Observed { passed: u32::from(passes_measure(&time, measure)?), of: 1 });
    }
    let value = parse_quantity(text, Span::default()).map_err(|problem| {
        let value = measure.value.plain();
        (
            say!("`{text}` is not a value: {problem}", text = shown.clone(), problem),
            say!("write one such as `{value}`", value),
        )
    })?;
    Ok(Seen::Observed { passed: u32::from(passes_measure(&value, measure)?), of: 1 })
}

/// `18/20`, if it is that.
fn passes(text: &str) -> Option<Result<Seen, (Message, Message)>> {
    let (passed, of) = text.split_once('/')?;
    let digits = |part: &str| {
        let part = part.trim();
        (!part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit())).then(|| part.to_owned())
    };
    let (passed, of) = (digits(passed)?, digits(of)?);
    let number = |digits: &str| digits.parse::<u32>().ok().filter(|number| *number <= MAX_OBSERVATIONS);
    let help = || say!("write passes out of observations, such as `18/20`");
    Some(match (number(&passed), number(&of)) {
        (Some(_), Some(0)) => Err((
            say!("`{passed}/{of}` has no observations", passed, of),
            say!("write `not observed` where nothing was seen"),
        )),
        (Some(passed), Some(of)) if passed > of => Err((
            say!(
                "`{passed}/{of}` is more passes than observations: over 100 %",
                passed = passed.to_string(),
                of = of.to_string()
            ),
            help(),
        )),
        (Some(passed), Some(of)) => Ok(Seen::Observed { passed, of }),
        _ => {
            Err((say!("`{passed}/{of}` is more than {most} observations", passed, of, most = MAX_OBSERVATIONS), help()))
        }
    })
}

fn word_help(text: &str, measure: Option<&Measure>) -> Message {
    match nearest(text, Answer::ALL.iter().map(|answer| answer.word())) {
        Some(near) => say!("did you mean `{near}`?", near),
        None => match measure {
            Some(measure) => say!(
                "write `met`, `not met`, `n/a`, `not observed`, or what was measured, such as `{value}`",
                value = measure.value.plain()
            ),
            None => say!("write `met`, `not met`, `n/a` or `not observed`, or passes such as `18/20`"),
        },
    }
}

/// Whether a value is within the measure's bounds.
///
/// # Errors
/// A value that no such measure can give: message and help.
pub(super) fn passes_measure(value: &Quantity, measure: &Measure) -> Result<bool, (Message, Message)> {
    let ((seen, base), (bound, wanted)) = (value.canonical(), measure.value.canonical());
    let wants = || say!("the standard asks for `{measure}`", measure = measure.plain());
    if base != wanted {
        if value.unit == Unit::Count {
            let message = say!("`{value}` has no unit", value = value.plain());
            return Err((
                message,
                say!(
                    "write `{value}`: {reason}",
                    value = format!("{} {}", value.plain(), measure.value.unit.key()),
                    reason = wants()
                ),
            ));
        }
        let message =
            say!("`{value}` cannot be compared with `{measure}`", value = value.plain(), measure = measure.plain());
        let in_unit = match measure.value.unit.key() {
            "" => say!("write a bare number"),
            unit => say!("write a value in `{unit}`", unit),
        };
        return Err((message, in_unit));
    }
    let high = measure.high.as_ref().map(|high| high.canonical().0);
    if base == "%" && seen > 100.0 && bound.max(high.unwrap_or(0.0)) <= 100.0 {
        let message = say!("`{value}` is a share over 100 %", value = value.plain());
        return Err((message, wants()));
    }
    let tolerance = TOLERANCE * seen.abs().max(bound.abs()).max(1.0);
    let (over, under) = (seen + tolerance >= bound, seen <= bound + tolerance);
    Ok(match measure.bound {
        Bound::Within | Bound::AtMost => under,
        Bound::AtLeast => over,
        Bound::Between => over && high.is_none_or(|high| seen <= high + tolerance),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        parse_quantity(text, Span::default()).expect("a quantity")
    }

    fn measure(bound: Bound, value: &str, share: f64) -> Measure {
        Measure { what: None, bound, value: quantity(value), high: None, share, span: Span::default() }
    }

    fn of(seen: &[&str], measure: Option<&Measure>) -> Result<(Answer, u32, u32), String> {
        judge(seen.iter().copied(), seen.len() > 1, measure)
            .map(|outcome| (outcome.answer, outcome.passed, outcome.observations))
            .map_err(|wrong| wrong.message.to_string())
    }

    #[test]
    fn words_passes_and_lists() {
        assert_eq!(of(&["met"], None), Ok((Answer::Met, 1, 1)));
        assert_eq!(of(&["not met"], None), Ok((Answer::NotMet, 0, 1)));
        assert_eq!(of(&["n/a"], None), Ok((Answer::NotApplicable, 0, 0)));
        assert_eq!(of(&["not observed"], None), Ok((Answer::NotObserved, 0, 0)));
        assert_eq!(of(&["20/20"], None), Ok((Answer::Met, 20, 20)));
        assert_eq!(of(&["18/20"], None), Ok((Answer::NotMet, 18, 20)));
        assert_eq!(of(&["met", "met", "not met"], None), Ok((Answer::NotMet, 2, 3)));
        assert_eq!(of(&["met", "3/4"], None), Ok((Answer::NotMet, 4, 5)));
    }

    #[test]
    fn a_share_decides_how_often_it_must_hold() {
        let within = measure(Bound::Within, "10 s", 0.9);
        assert_eq!(of(&["18/20"], Some(&within)), Ok((Answer::Met, 18, 20)), "exactly the share");
        assert_eq!(of(&["17/20"], Some(&within)), Ok((Answer::NotMet, 17, 20)));
        assert_eq!(of(&["8 s", "12 s"], Some(&within)), Ok((Answer::NotMet, 1, 2)));
        // 0.7 × 10 is a little more than 7 in binary fractions.
        assert_eq!(of(&["7/10"], Some(&measure(Bound::Within, "10 s", 0.7))), Ok((Answer::Met, 7, 10)));
    }

    #[test]
    fn values_are_judged_in_the_units_of_the_measure() {
        let within = measure(Bound::Within, "1 min", 1.0);
        let met =
            |value: &str, measure: &Measure| of(&[value], Some(measure)).map(|(answer, ..)| answer == Answer::Met);
        assert_eq!(met("60 s", &within), Ok(true));
        assert_eq!(met("1,01 min", &within), Ok(false));
        assert_eq!(met("0.02 h", &within), Ok(false));
        let least = measure(Bound::AtLeast, "95 %", 1.0);
        assert_eq!(met("95%", &least), Ok(true));
        assert_eq!(met("94,9 %", &least), Ok(false));
        let between = Measure { high: Some(quantity("22 °C")), ..measure(Bound::Between, "18 °C", 1.0) };
        assert_eq!(
            ["17 °C", "18 °C", "22 °C", "22.5 °C"].map(|value| met(value, &between)),
            [Ok(false), Ok(true), Ok(true), Ok(false)]
        );
        assert_eq!(met("4", &measure(Bound::AtMost, "4", 1.0)), Ok(true));
    }

    #[test]
    fn what_cannot_be_judged_says_why() {
        let within = measure(Bound::Within, "10 s", 1.0);
        let share = measure(Bound::AtLeast, "95 %", 1.0);
        for (seen, measure, part) in [
            (&["8"][..], Some(&within), "has no unit"),
            (&["8 m"], Some(&within), "cannot be compared with `within 10 s`"),
            (&["105 %"], Some(&share), "over 100 %"),
            (&["21/20"], Some(&within), "over 100 %"),
            (&["0/0"], None, "no observations"),
            (&["8 s"], None, "no measure"),
            (&["yes"], None, "not an answer"),
            (&["met", "n/a"], None, "cannot stand in a list"),
            (&["10 20 s"], Some(&within), "two numbers"),
            (&["9999999999/9999999999"], None, "more than"),
            (&[], None, "empty"),
        ] {
            let message = of(seen, measure).expect_err("refused");
            assert!(message.contains(part), "{seen:?}: {message}");
        }
    }
}
