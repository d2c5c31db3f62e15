//! `retired-in-use`: training for something that is no longer demanded.

use std::collections::BTreeMap;

use crate::book::Status;
use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;

/// A retired standard that a scenario practises.
pub static RULE: Rule = Rule {
    code: Code::RetiredInUse,
    summary: "A retired standard that a scenario still practises",
    why: "A retired standard is kept for its history only. A role-play that practises it trains staff in what is no longer \
          demanded.",
    bad: "standards:\n  - id: greet-within-20s\n    status: retired\nscenarios:\n  - title: The tired family\n    practises: \
          [greet-within-20s]",
    good: "standards:\n  - id: greet-within-20s\n    status: retired\n  - id: greet-within-10s\nscenarios:\n  - title: The \
           tired family\n    practises: [greet-within-10s]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let standards = subject.phases.iter().flat_map(|view| &view.phase.standards);
    let retired = standards.filter(|standard| standard.status == Status::Retired);
    let retired: BTreeMap<&str, _> = retired.map(|standard| (standard.id.name.as_str(), standard.id.span)).collect();
    let scenarios = subject.phases.iter().flat_map(|view| &view.phase.scenarios);
    for name in scenarios.flat_map(|scenario| &scenario.practises) {
        if let Some(span) = retired.get(name.value.as_str()) {
            let message = say!("the scenario practises `{value}`, which is retired", value = name.value);
            let finding =
                Diagnostic::new(Code::RetiredInUse, name.span, message).related(*span, say!("it is retired here"));
            findings.push(finding.help(say!("practise the standard that took its place, or remove it from the list")));
        }
    }
}
