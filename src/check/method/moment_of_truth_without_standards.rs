//! `moment-of-truth-without-standards`: where the customer judges the whole service, chance must not decide.

use super::coverage::{help, is_covered};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A moment of truth that no standard covers.
pub static RULE: Rule = Rule {
    code: Code::MomentOfTruthWithoutStandards,
    summary: "A moment of truth that no standard covers",
    why: "At a moment of truth the customer judges the whole service by what happens now. If any step needs a standard, \
          it is this one.",
    bad: "steps:\n  - id: complaint\n    contact: face-to-face\n    moment-of-truth: true",
    good: "steps:\n  - id: complaint\n    contact: face-to-face\n    moment-of-truth: true\nstandards:\n  - id: \
           complaint-repeated\n    step: complaint\n    trait: caring\n    type: personal\n    level: basic\n    text: The \
           receptionist repeats the complaint in the guest's words before proposing a remedy.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in subject.phases.iter().filter(|view| view.is_whole) {
        for (index, step) in view.phase.steps.iter().enumerate() {
            if step.moment_of_truth && !is_covered(view, index, step) {
                let message = say!("no standard covers the moment of truth at the step `{step}`", step = step.id.name);
                findings.push(
                    Diagnostic::new(Code::MomentOfTruthWithoutStandards, step.id.span, message).help(help(view, step)),
                );
            }
        }
    }
}
