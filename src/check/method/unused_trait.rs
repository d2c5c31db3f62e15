//! `unused-trait`: a trait of the book's own that nothing names.

use std::collections::BTreeSet;

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A trait of the book's own that nothing names.
pub static RULE: Rule = Rule {
    code: Code::UnusedTrait,
    summary: "A trait of the book's own that no phase, step or standard names",
    why: "A trait works only where it is named. One that nothing names was forgotten in the sequence, or is left over.",
    bad: "# traits/local.yaml has the trait `local`\n- id: check-in\n  traits: [friendly]",
    good: "# traits/local.yaml has the trait `local`\n- id: check-in\n  traits: [friendly, local]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    // It may be named where the book could not be read.
    if !subject.is_whole() {
        return;
    }
    let mut used: BTreeSet<&str> = BTreeSet::new();
    for phase in subject.phases.iter().map(|view| view.phase) {
        let uses = phase.traits.iter().chain(phase.steps.iter().flat_map(|step| &step.traits));
        used.extend(uses.map(|used| used.name.as_str()));
        used.extend(phase.standards.iter().flat_map(|standard| &standard.traits).map(String::as_str));
    }
    let own = subject.book.own_traits();
    for of_trait in own.filter(|of_trait| !used.contains(of_trait.id.name.as_str())) {
        let message = say!("no phase, step or standard names the trait `{one}`", one = of_trait.id.name);
        let help = say!("name it where it would strengthen the customer's experience, or remove it");
        findings.push(Diagnostic::new(Code::UnusedTrait, of_trait.id.span, message).help(help));
    }
}
