//! `trait-not-converted`: a trait that stays a good intention.

use crate::book::TraitUse;
use crate::check::{PhaseView, Subject};
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::CellState;
use crate::say;

/// A trait that yields no standard in a phase which names it.
pub static RULE: Rule = Rule {
    code: Code::TraitNotConverted,
    summary: "A trait that yields no standard in the phase that names it",
    why: "\"Be friendly\" cannot be trained, seen or checked. A trait does its work only when it is converted into \
          standards: personal ones, about the product, and about procedure. Write one, let the trait's patterns do it, or \
          say in `waive` why the trait is left blank here.",
    bad: "traits: [friendly]\nstandards: []",
    good: "traits: [friendly]\nstandards:\n  - id: name-at-check-in\n    trait: friendly\n    type: personal\n    level: \
           basic\n    text: The receptionist says the guest's surname once during check-in.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in subject.phases.iter().filter(|view| view.is_whole) {
        let mut seen: Vec<&str> = Vec::new();
        for used in view.phase.traits.iter().chain(view.phase.steps.iter().flat_map(|step| &step.traits)) {
            if seen.contains(&used.name.as_str()) {
                continue;
            }
            seen.push(&used.name);
            findings.extend(finding(view, used));
        }
    }
}

fn finding(view: &PhaseView<'_>, used: &TraitUse) -> Option<Diagnostic> {
    let (name, phase) = (&used.name, &view.phase.id.name);
    let cells = || view.cells.iter().filter(|cell| cell.of_trait == *name);
    let is = |state: CellState| move |cell: &crate::method::MatrixCell| cell.state == state;
    let filled = cells().any(is(CellState::Written)) || cells().any(is(CellState::Derived));
    let waived = cells().all(|cell| matches!(cell.state, CellState::Waived | CellState::Beyond));
    if filled || waived {
        return None;
    }
    let message = say!("the trait `{name}` yields no standard in the phase `{phase}`", name, phase);
    let help = if cells().any(is(CellState::Proposed)) {
        say!("`gamma-ok convert {phase}` shows what its patterns would yield; `--write` puts that into the file", phase)
    } else {
        say!("write a standard with `trait: {name}`, or say under `waive` why there is none", name)
    };
    Some(Diagnostic::new(Code::TraitNotConverted, used.span, message).help(help))
}
