//! `standard-without-trait`: a standard that serves no trait, so nobody can say what it is for.

use crate::book::Status;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A standard that names no trait.
pub static RULE: Rule = Rule {
    code: Code::StandardWithoutTrait,
    summary: "A standard that names no trait",
    why: "A standard is there to show a trait of service. One without a trait stands outside the matrix: it fills no cell, \
          and the annual review cannot tell what would be lost without it.",
    bad: "- id: key-tested\n  type: procedural\n  level: basic\n  text: The receptionist tests the key card before handing \
          it over.",
    good: "- id: key-tested\n  trait: reliable\n  type: procedural\n  level: basic\n  text: The receptionist tests the key \
           card before handing it over.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let standards =
        subject.phases.iter().flat_map(|view| view.phase.standards.iter().map(move |standard| (view.phase, standard)));
    for (phase, standard) in standards {
        let bare = standard.traits.is_empty() && standard.status != Status::Retired;
        // One that is only misspelt, or whose key is, has been reported as such.
        let was_misread =
            [Code::UnknownTrait, Code::UnknownKey].into_iter().any(|code| subject.was_misread(standard.span, code));
        if bare && !was_misread {
            let message = say!("the standard `{standard}` names no trait", standard = standard.id.name);
            let mut traits: Vec<String> = Vec::new();
            for used in phase.traits.iter().chain(phase.steps.iter().flat_map(|step| &step.traits)) {
                let name = format!("`{}`", used.name);
                if !traits.contains(&name) {
                    traits.push(name);
                }
            }
            let help = match traits.as_slice() {
                [] => say!("add `trait: …`: which trait of service does it show?"),
                traits => say!("add `trait: …`; traits of this phase: {traits}", traits = traits.join(", ")),
            };
            findings.push(Diagnostic::new(Code::StandardWithoutTrait, standard.id.span, message).help(help));
        }
    }
}
