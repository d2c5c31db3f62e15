//! `fail-point-without-recovery`: it is known where things go wrong, but not what is done then.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A fail-point without a recovery.
pub static RULE: Rule = Rule {
    code: Code::FailPointWithoutRecovery,
    summary: "A fail-point that does not say how things are put right",
    why: "A mishap that is put right well can leave a customer more loyal than no mishap at all, but only if staff know \
          beforehand what to do.",
    bad: "fail-point:\n  what: A queue forms",
    good: "fail-point:\n  what: A queue forms\n  recovery: The second desk opens at the fourth guest in line",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let steps = subject.phases.iter().flat_map(|view| &view.phase.steps);
    for fail in steps.filter_map(|step| step.fail_point.as_ref()).filter(|fail| fail.recovery.is_none()) {
        let message = say!("this fail-point does not say how things are put right");
        let help = say!("add `recovery: …`: who does what, and by when?");
        findings.push(Diagnostic::new(Code::FailPointWithoutRecovery, fail.what.span(), message).help(help));
    }
}
