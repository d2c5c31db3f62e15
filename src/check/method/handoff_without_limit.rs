//! `handoff-without-limit`: a hand-off has a receiver, a content, a channel and a time limit.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A hand-off without a time limit.
pub static RULE: Rule = Rule {
    code: Code::HandoffWithoutLimit,
    summary: "A hand-off without a time limit",
    why: "The back office needs what the front office records, and needs it in time. A hand-off that may come at any time \
          is one that nobody can be held to.",
    bad: "handoff:\n  to: accounting\n  what: Deposit and invoice data",
    good: "handoff:\n  to: accounting\n  what: Deposit and invoice data\n  within: 1 h",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let steps = subject.phases.iter().flat_map(|view| &view.phase.steps);
    for handoff in steps.flat_map(|step| &step.handoffs).filter(|handoff| handoff.within.is_none()) {
        if !subject.was_misread(handoff.span, Code::BadQuantity) {
            let message = say!("the hand-off to `{to}` has no time limit", to = handoff.to.value);
            let help = say!("add `within: …`, such as `within: 1 h`");
            findings.push(Diagnostic::new(Code::HandoffWithoutLimit, handoff.to.span, message).help(help));
        }
    }
}
