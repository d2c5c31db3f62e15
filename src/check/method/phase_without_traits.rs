//! `phase-without-traits`: the method's third step left out.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A phase that names no trait of service.
pub static RULE: Rule = Rule {
    code: Code::PhaseWithoutTraits,
    summary: "A phase for which no trait of service is named",
    why: "Of each phase one question is asked: which traits of service, shown here, would strengthen the customer's \
          experience of doing business with us? Without an answer there is nothing to convert into standards. The \
          traits may stand on the phase or on its steps.",
    bad: "- id: check-out\n  steps:\n    - id: bill\n      contact: face-to-face",
    good: "- id: check-out\n  traits: [accurate, prompt]\n  steps:\n    - id: bill\n      contact: face-to-face",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for phase in subject.phases.iter().filter(|view| view.is_whole).map(|view| view.phase) {
        if phase.traits.is_empty() && phase.steps.iter().all(|step| step.traits.is_empty()) {
            let message = say!("no trait of service is named for the phase `{phase}`", phase = phase.id.name);
            let help = say!("add `traits: […]`: which traits, shown here, would strengthen the customer's experience?");
            findings.push(Diagnostic::new(Code::PhaseWithoutTraits, phase.id.span, message).help(help));
        }
    }
}
