//! `measure-mismatch`: text and measure, or two languages, name different figures.

use super::figure::{Figure, UnitKind};
use super::sentence::{Sentence, place};
use crate::book::{Bound, Measure};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;
use crate::units::{Quantity, Unit};

/// A figure in the text that differs from the measure's, or from that of another language.
pub static RULE: Rule = Rule {
    code: Code::MeasureMismatch,
    summary: "A figure in the text that differs from the measure, or from the text in another language",
    why: "Staff are trained by the text and scored by the measure; in another language they are trained by another text. \
          Where the figures differ, somebody is judged by a limit that they were never told. A figure is compared where it \
          is the only one of its kind in the text; clock times and ordinals are none.",
    bad: "text: The receptionist greets the guest within 10 seconds.\nmeasure: {within: 20 s}",
    good: "text: The receptionist greets the guest within 10 seconds.\nmeasure: {within: 10 s}",
};

pub(super) fn check(subject: &Subject<'_>, of_standard: &[Sentence<'_>], findings: &mut Vec<Diagnostic>) {
    let source = subject.book.source_language();
    let measure = of_standard.first().and_then(|sentence| sentence.standard.measure.as_ref());
    for sentence in of_standard {
        findings.extend(measure.and_then(|measure| against_measure(subject, sentence, measure)));
    }
    let in_source = of_standard.iter().find(|sentence| sentence.worded.language == *source);
    let Some(first) = in_source.or(of_standard.first()) else { return };
    for other in of_standard.iter().filter(|other| other.worded.language != first.worded.language) {
        let compared = measure.and_then(|measure| dimension(&measure.value.unit));
        findings.extend(between_languages(subject, first, other, compared));
    }
}

fn against_measure(subject: &Subject<'_>, sentence: &Sentence<'_>, measure: &Measure) -> Option<Diagnostic> {
    let kind = dimension(&measure.value.unit)?;
    let figures = of_kind(sentence, kind);
    let figures = if figures.is_empty() { of_other_days(sentence, kind, measure) } else { figures };
    let mut bounds: Vec<f64> = std::iter::once(&measure.value).chain(&measure.high).map(base).collect();
    // Bounds in the wrong order are a finding of their own.
    bounds.sort_by(f64::total_cmp);
    let wrong = match (measure.bound, figures.as_slice()) {
        (_, [only]) => Some(only)
            .filter(|only| only.unit_kind() != Some(kind) || bounds.iter().all(|bound| differ(*bound, only.base())))?,
        (Bound::Between, [low, high]) if high.ties => {
            let pairs = [(low, bounds.first()), (high, bounds.last())];
            pairs.into_iter().find(|(figure, bound)| bound.is_some_and(|bound| differ(*bound, figure.base())))?.0
        }
        _ => return None,
    };
    let text = sentence.worded.text.get(wrong.range.clone())?;
    let demanded = measure.figure();
    let message = say!("the text says ‘{text}’, the measure {demanded}", text, demanded);
    let span = place(subject.sources, sentence.worded, &wrong.range);
    let mut finding = Diagnostic::new(Code::MeasureMismatch, span, message);
    if subject.is_authors(measure.value.span) {
        finding = finding.related(measure.value.span, say!("the measure"));
    }
    Some(finding.help(say!("make the two agree: staff are trained by the text and scored by the measure")))
}

/// The first kind of figure, other than the one compared with the measure, of which both texts have one and differ.
fn between_languages(
    subject: &Subject<'_>,
    first: &Sentence<'_>,
    other: &Sentence<'_>,
    compared: Option<UnitKind>,
) -> Option<Diagnostic> {
    let kinds = first.statement.figures().iter().filter_map(Figure::unit_kind).filter(|kind| Some(*kind) != compared);
    let (figure, other_figure) =
        kinds.filter_map(|kind| only(first, kind).zip(only(other, kind))).find(|(a, b)| differ(a.base(), b.base()))?;
    let text =
        |sentence: &Sentence<'_>, figure: &Figure| sentence.worded.text.get(figure.range.clone()).map(str::to_owned);
    let message = say!(
        "the text says ‘{text}’, in `{language}` ‘{other}’",
        text = text(other, other_figure)?,
        language = first.worded.language,
        other = text(first, figure)?
    );
    let span = place(subject.sources, other.worded, &other_figure.range);
    let related = place(subject.sources, first.worded, &figure.range);
    let label = say!("the text in `{language}`", language = first.worded.language);
    Some(Diagnostic::new(Code::MeasureMismatch, span, message).related(related, label).help(say!("make the two agree")))
}

fn of_kind<'s>(sentence: &'s Sentence<'_>, kind: UnitKind) -> Vec<&'s Figure> {
    sentence.statement.figures().iter().filter(|figure| figure.unit_kind() == Some(kind)).collect()
}

/// The figures of a text that count days otherwise than its measure: working days are no days, and the reverse.
fn of_other_days<'s>(sentence: &'s Sentence<'_>, kind: UnitKind, measure: &Measure) -> Vec<&'s Figure> {
    const DAY: f64 = 86_400.0;
    match kind {
        UnitKind::WorkingDays => {
            of_kind(sentence, UnitKind::Duration).into_iter().filter(|figure| figure.base() >= DAY).collect()
        }
        UnitKind::Duration if base(&measure.value) >= DAY => of_kind(sentence, UnitKind::WorkingDays),
        _ => Vec::new(),
    }
}

fn only<'s>(sentence: &'s Sentence<'_>, kind: UnitKind) -> Option<&'s Figure> {
    match of_kind(sentence, kind).as_slice() {
        [only] => Some(only),
        _ => None,
    }
}

/// What a unit measures, as figures in prose have it; nothing for counts and unknown units.
fn dimension(unit: &Unit) -> Option<UnitKind> {
    match unit {
        Unit::Known(key) => UnitKind::of_key(key),
        _ => None,
    }
}

/// A quantity in the base unit of figures in prose, where a week is seven days.
fn base(quantity: &Quantity) -> f64 {
    match quantity.unit {
        Unit::Known("weeks") => quantity.value * 7.0 * 86_400.0,
        _ => quantity.canonical().0,
    }
}

fn differ(value: f64, other: f64) -> bool {
    (value - other).abs() > 1e-9 * value.abs().max(other.abs())
}
