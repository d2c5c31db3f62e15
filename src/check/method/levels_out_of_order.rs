//! `levels-out-of-order`: a higher level that demands less.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use crate::book::{Language, Measure, StandardType};
use crate::check::{PhaseView, Subject};
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::Standard;
use crate::say;
use crate::text::single_spaced;

/// A higher level's threshold is laxer than a lower one's.
pub static RULE: Rule = Rule {
    code: Code::LevelsOutOfOrder,
    summary: "A standard of a higher level whose figure is laxer than that of a lower level",
    why: "What the customer expects cannot be less than the norm of the market. Standards of one phase, trait and type \
          that measure the same thing (the same `what`) must grow stricter from basic to exclusive.",
    bad: "- id: answer-basic\n  level: basic\n  measure: {what: rings before the answer, within: 3 rings}\n- id: \
          answer-expected\n  level: expected\n  measure: {what: rings before the answer, within: 5 rings}",
    good: "- id: answer-basic\n  level: basic\n  measure: {what: rings before the answer, within: 5 rings}\n- id: \
           answer-expected\n  level: expected\n  measure: {what: rings before the answer, within: 3 rings}",
};

/// A standard with its measure.
type Measured<'a> = (&'a Standard, &'a Measure);

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in &subject.phases {
        let mut groups: BTreeMap<_, Vec<Measured<'_>>> = BTreeMap::new();
        for standard in view.alive() {
            if let Some(measure) = &standard.measure {
                groups
                    .entry(measured(subject.book.source_language(), standard, measure))
                    .or_default()
                    .push((standard, measure));
            }
        }
        for group in groups.values() {
            findings.extend(group.iter().filter_map(|higher| {
                let shares_trait = |lower: &Standard| higher.0.traits.iter().any(|name| lower.traits.contains(name));
                let lower = group.iter().filter(|(lower, lax)| {
                    lower.level < higher.0.level && is_laxer(higher.1, lax) && shares_trait(lower)
                });
                // One finding a standard is enough; the nearest level below says most.
                lower.max_by_key(|(lower, _)| lower.level).map(|lower| finding(subject, view, *higher, *lower))
            }));
        }
    }
}

/// What a standard measures: its type and `what`. Without a `what`, only the step can say that two measure the same.
fn measured(
    source: &Language,
    standard: &Standard,
    measure: &Measure,
) -> (StandardType, Option<String>, Option<usize>) {
    let what = measure
        .what
        .as_ref()
        .and_then(|what| what.best(source, source))
        .map(|what| single_spaced(&what.text).to_lowercase());
    let step = standard.step.filter(|_| what.is_none());
    (standard.kind, what, step)
}

fn finding(
    subject: &Subject<'_>,
    view: &PhaseView<'_>,
    (higher, strict): Measured<'_>,
    (lower, lax): Measured<'_>,
) -> Diagnostic {
    let message = say!(
        "`{higher}` ({level}) asks for {figure}, which is laxer than the {lower_figure} of `{lower}` ({lower_level})",
        higher = higher.id.name,
        level = higher.level,
        figure = strict.figure(),
        lower_figure = lax.figure(),
        lower = lower.id.name,
        lower_level = lower.level
    );
    let place = |standard: &Standard, measure: &Measure| {
        let span = measure.value.span;
        if subject.is_authors(span) { span } else { standard.span }
    };
    let help = say!(
        "tighten it, loosen the lower level, or give them different `what` in the phase `{phase}`",
        phase = view.phase.id.name
    );
    Diagnostic::new(Code::LevelsOutOfOrder, place(higher, strict), message)
        .help(help)
        .related(place(lower, lax), say!("the {level} level stands here", level = lower.level))
}

/// Whether `higher` asks for less than `lower`. A laxer figure that must hold more often is not compared.
fn is_laxer(higher: &Measure, lower: &Measure) -> bool {
    higher.stricter_share(lower) != Ordering::Greater && higher.stricter_figure(lower) == Some(Ordering::Less)
}
