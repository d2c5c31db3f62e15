//! `handoff-without-limit`: a hand-off has a receiver, a content, a channel and a time limit.

use crate::check::{Check, Group, Rule, Subject};
use crate::diag::{Diagnostic, Severity};
use crate::say;

/// A hand-off without a time limit.
pub static RULE: Rule = Rule {
    code: "handoff-without-limit",
    group: Group::Method,
    severity: Severity::Warning,
    summary: "A hand-off without a time limit",
    why: "The back office needs what the front office records, and needs it in time. A hand-off that may come at any time \
          is one that nobody can be held to.",
    bad: "handoff:\n  to: accounting\n  what: Deposit and invoice data",
    good: "handoff:\n  to: accounting\n  what: Deposit and invoice data\n  within: 1 h",
    check: Check::Book(check),
};

fn check(subject: &Subject<'_>, found: &mut Vec<Diagnostic>) {
    let steps = subject.phases.iter().flat_map(|view| &view.phase.steps);
    for handoff in steps.flat_map(|step| &step.handoffs).filter(|handoff| handoff.within.is_none()) {
        if !subject.was_misread(handoff.span, "bad-quantity") {
            let message = say!("the hand-off to `{to}` has no time limit", to = handoff.to.value);
            let help = say!("add `within: …`, such as `within: 1 h`");
            found.push(Diagnostic::new(RULE.code, handoff.to.span, message).help(help));
        }
    }
}
