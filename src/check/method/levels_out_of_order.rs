//! `levels-out-of-order`: a higher level that demands less.

use crate::book::{Bound, Measure};
use crate::check::{Check, Group, PhaseView, Rule, Subject};
use crate::diag::{Diagnostic, Severity};
use crate::method::Standard;

/// A higher level's threshold is laxer than a lower one's.
pub static RULE: Rule = Rule {
    code: "levels-out-of-order",
    group: Group::Method,
    severity: Severity::Warning,
    summary: "A standard of a higher level whose figure is laxer than that of a lower level",
    why: "What the customer expects cannot be less than the norm of the market. Standards of one phase, trait and type \
          that measure the same thing (the same `what`) must grow stricter from basic to exclusive.",
    bad: "- id: answer-basic\n  level: basic\n  measure: {what: rings before the answer, within: 3 rings}\n- id: \
          answer-expected\n  level: expected\n  measure: {what: rings before the answer, within: 5 rings}",
    good: "- id: answer-basic\n  level: basic\n  measure: {what: rings before the answer, within: 5 rings}\n- id: \
           answer-expected\n  level: expected\n  measure: {what: rings before the answer, within: 3 rings}",
    check: Check::Book(check),
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    for view in &subject.phases {
        let measured: Vec<(&Standard, &Measure)> =
            view.alive().filter_map(|standard| Some((standard, standard.measure.as_ref()?))).collect();
        for (higher, strict) in &measured {
            let lower = measured.iter().filter(|(lower, _)| lower.level < higher.level && same_subject(lower, higher));
            let wrong = lower.filter(|(_, lax)| is_laxer(strict, lax));
            // One finding a standard is enough; the nearest level below says most.
            if let Some((lower, lax)) = wrong.max_by_key(|(lower, _)| lower.level) {
                found.push(finding(subject, view, (higher, strict), (lower, lax)));
            }
        }
    }
}

fn finding(
    subject: &Subject<'_>,
    view: &PhaseView<'_>,
    (higher, strict): (&Standard, &Measure),
    (lower, lax): (&Standard, &Measure),
) -> Diagnostic {
    let message = format!(
        "`{}` ({}) asks for {}, which is laxer than the {} of `{}` ({})",
        higher.id.name,
        higher.level,
        figure(strict),
        figure(lax),
        lower.id.name,
        lower.level,
    );
    let place = |standard: &Standard, measure: &Measure| {
        let span = measure.value.span;
        if subject.is_authors(span) { span } else { standard.span }
    };
    let help = format!(
        "tighten it, loosen the lower level, or give them different `what` in the phase `{}`",
        view.phase.id.name
    );
    Diagnostic::new(RULE.code, place(higher, strict), message)
        .help(help)
        .related(place(lower, lax), format!("the {} level stands here", lower.level))
}

fn figure(measure: &Measure) -> String {
    match &measure.high {
        Some(high) => format!("{} to {}", measure.value.plain(), high.plain()),
        None => measure.value.plain(),
    }
}

/// Whether two standards measure the same thing. Without a `what` on both, only the step can say that they do.
fn same_subject(one: &Standard, other: &Standard) -> bool {
    let (Some(first), Some(second)) = (&one.measure, &other.measure) else { return false };
    let what = match (&first.what, &second.what) {
        (None, None) => one.step == other.step,
        (Some(first), Some(second)) => first
            .0
            .iter()
            .any(|here| second.get(&here.language).is_some_and(|there| fold(&here.text) == fold(&there.text))),
        _ => false,
    };
    what && one.kind == other.kind && one.traits.iter().any(|name| other.traits.contains(name))
}

fn fold(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// Whether `higher` asks for less than `lower`. Measures of different kinds are not compared, nor is a laxer figure that
/// must hold more often.
fn is_laxer(higher: &Measure, lower: &Measure) -> bool {
    let ((one, base), (other, other_base)) = (higher.value.canonical(), lower.value.canonical());
    if base != other_base || higher.share > lower.share {
        return false;
    }
    // 0.1 h and 6 min are equal, whatever binary fractions make of them.
    let more = |a: f64, b: f64| a - b > 1e-9 * a.abs().max(b.abs());
    match (higher.bound, lower.bound) {
        (Bound::Within | Bound::AtMost, Bound::Within | Bound::AtMost) => more(one, other),
        (Bound::AtLeast, Bound::AtLeast) => more(other, one),
        (Bound::Between, Bound::Between) => {
            let (Some(top), Some(other_top)) = (&higher.high, &lower.high) else { return false };
            let (top, other_top) = (top.canonical().0, other_top.canonical().0);
            let wider = more(other, one) || more(top, other_top);
            wider && !more(one, other) && !more(other_top, top)
        }
        _ => false,
    }
}
