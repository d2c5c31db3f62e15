//! `contact-without-standards`: the sequence is there to expose every moment of contact, because those need standards.

use super::coverage::{help, is_covered};
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A moment of contact that no standard covers.
pub static RULE: Rule = Rule {
    code: Code::ContactWithoutStandards,
    summary: "A moment of contact with the customer that no standard covers",
    why: "The service sequence is drawn to expose every moment of contact, because those moments need standards. A \
          contact without one is left to chance. A step is covered by a standard pinned to it, by one that a pattern \
          makes there, or by one of the whole phase whose trait the step has as its own.",
    bad: "steps:\n  - id: approach\n    contact: face-to-face",
    good: "steps:\n  - id: approach\n    contact: face-to-face\nstandards:\n  - id: greet-within-10s\n    step: approach\n    \
           trait: attentive\n    type: personal\n    level: basic\n    text: The receptionist greets the guest within 10 \
           seconds of their reaching the desk.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in subject.phases.iter().filter(|view| view.is_whole) {
        for (index, step) in view.phase.steps.iter().enumerate() {
            // Of an uncovered moment of truth its own rule speaks, and louder.
            if step.contact.is_empty() || step.moment_of_truth || is_covered(view, index, step) {
                continue;
            }
            let message =
                say!("no standard covers the contact with the customer at the step `{step}`", step = step.id.name);
            findings.push(Diagnostic::new(Code::ContactWithoutStandards, step.id.span, message).help(help(view, step)));
        }
    }
}
