//! `step-without-contact`: the customer acts, so there is probably a contact that was not named.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A step where the customer acts but no contact is named.
pub static RULE: Rule = Rule {
    code: Code::StepWithoutContact,
    summary: "A step where the customer does something but no contact is named",
    why: "Where the customer acts there is often a contact, and contacts need standards. Without `contact` the step is \
          passed over when traits are converted and when uncovered contacts are looked for.",
    bad: "- id: approach\n  customer: Comes to the desk",
    good: "- id: approach\n  customer: Comes to the desk\n  contact: face-to-face",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let steps = subject.phases.iter().flat_map(|view| &view.phase.steps);
    for step in steps.filter(|step| step.customer.is_some() && step.contact.is_empty()) {
        if !subject.was_misread(step.span, Code::WrongType) {
            let message = say!("the customer acts at the step `{step}`, but no contact is named", step = step.id.name);
            let help =
                "add `contact: …` (face-to-face, phone, email, chat, web or post), or `allow: [step-without-contact]`";
            findings.push(Diagnostic::new(Code::StepWithoutContact, step.id.span, message).help(help));
        }
    }
}
