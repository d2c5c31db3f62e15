//! Questions about thresholds: the right figure among plausible wrong ones.

use super::shuffle::seed;
use crate::book::{Bound, Measure, Status};
use crate::document::prose::Prose;
use crate::document::scope::{Scope, ShownPhase};
use crate::edition::Selected;
use crate::method::Standard;
use crate::units::{Quantity, Unit};

/// A threshold that can be asked for.
pub(in crate::document) struct Figure<'a> {
    /// The standard that sets it.
    pub selected: &'a Selected<'a>,
    /// What is measured.
    pub about: Prose,
    /// The figures to choose from, in ascending order.
    pub choices: Vec<Prose>,
    /// Which of them is right.
    pub right: usize,
}

/// The thresholds of a phase that can be asked for, in service order: each says what it measures, has one bound, and is
/// the only figure for that at its level. Two figures for one thing would make a question with two right answers, so it is
/// not asked at all, whoever keeps the other standard.
pub(in crate::document) fn figures_of<'a>(scope: &Scope<'_>, part: &ShownPhase<'a>) -> Vec<Figure<'a>> {
    let measured = |standard: &Standard| -> Option<String> {
        let text = standard.measure.as_ref()?.what.as_ref()?;
        Some(scope.prose(text).characters().to_lowercase())
    };
    let bound = |standard: &Standard| standard.measure.as_ref().map(|measure| scope.interface.bound(measure));
    let place = part.standards.first().map(|first| (first.standard.sequence, first.standard.phase));
    let in_phase: Vec<&Standard> =
        scope.standards.all.iter().filter(|standard| Some((standard.sequence, standard.phase)) == place).collect();
    let is_only = |standard: &Standard| {
        let rivals = in_phase.iter().filter(|other| {
            other.status == Status::Active && other.level == standard.level && other.id.name != standard.id.name
        });
        rivals.filter(|other| measured(other) == measured(standard)).all(|other| bound(other) == bound(standard))
    };
    let mut asked: Vec<(crate::book::Level, String)> = Vec::new();
    let figure = |selected: &'a Selected<'a>| {
        let standard = selected.standard;
        let measure = standard.measure.as_ref().filter(|measure| measure.bound != Bound::Between)?;
        let key = (standard.level, measured(standard)?);
        if asked.contains(&key) || !is_only(standard) {
            return None;
        }
        asked.push(key);
        let (choices, right) = figures(measure, seed(&standard.stamp))?;
        let text = |value: f64| {
            let value = Quantity { value, ..measure.value.clone() };
            // The share is not asked for, so the choices leave it out.
            Prose::plain(scope.interface.bound(&Measure { value, share: 1.0, ..measure.clone() }))
        };
        let choices: Vec<Prose> = choices.into_iter().map(text).collect();
        // Rounded for the reader, two figures may look alike.
        let distinct = choices.iter().enumerate().all(|(index, choice)| !choices[..index].contains(choice));
        let about = scope.prose(measure.what.as_ref()?);
        distinct.then_some(Figure { selected, about, choices, right })
    };
    part.standards.iter().filter_map(figure).collect()
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
    // Nothing lasts at least 36 hours of a day.
    let of_day = measure.bound == Bound::AtLeast && measure.value.unit == Unit::Known("h") && right <= 24.0;
    choices.retain(|value| *value > 0.0 && !(of_day && *value > 24.0));
    for less in [0.75, 0.5, 0.25, 0.125].map(|factor| (right * factor).ceil()) {
        if of_day && choices.len() < 4 && !choices.contains(&less) {
            choices.push(less);
        }
    }
    choices.sort_by(f64::total_cmp);
    choices.dedup();
    // Small counts run out of halves; the next whole figures take their place.
    let mut next = right.ceil() + 1.0;
    while choices.len() < 4 && measure.value.unit != Unit::Known("%") && !(of_day && next > 24.0) {
        if !choices.contains(&next) {
            choices.push(next);
            choices.sort_by(f64::total_cmp);
        }
        next += 1.0;
    }
    let index = choices.iter().position(|value| *value == right)?;
    (choices.len() >= 3).then_some((choices, index))
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
        // A day has 24 hours.
        for (seed, hours) in (0..4).flat_map(|seed| [24.0, 16.0, 12.0].map(|hours| (seed, hours))) {
            let open = Measure { bound: Bound::AtLeast, ..measure(hours, Unit::Known("h")) };
            let (choices, right) = figures(&open, seed).unwrap_or_default();
            assert!(choices.len() == 4 && choices.iter().all(|choice| *choice <= 24.0), "{choices:?}");
            assert_eq!(choices[right], hours);
        }
    }
}
