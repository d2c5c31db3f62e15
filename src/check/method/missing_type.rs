//! `missing-type`: a phase with standards, but none of one of the three types.

use crate::book::StandardType;
use crate::check::{PhaseView, Subject};
use crate::diag::{Code, Diagnostic, Rule};
use crate::message::Message;
use crate::method::CellState;
use crate::say;

/// A phase that lacks one of the three types.
pub static RULE: Rule = Rule {
    code: Code::MissingType,
    summary: "A phase without any personal, any product or any procedural standard",
    why: "A trait becomes standards of three types: how staff meet the customer, what the customer is offered, and how \
          the service runs. A phase that lacks a type has a blind side: the kindest welcome does not make up for a key \
          that does not open the room. Where a type truly has no place, say so in `waive`.",
    bad: "standards:\n  - id: greet-within-10s\n    type: personal\n  - id: key-tested\n    type: procedural",
    good: "standards:\n  - id: greet-within-10s\n    type: personal\n  - id: key-tested\n    type: procedural\nwaive:\n  - \
           type: product\n    why: Nothing is handed over in this phase.",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in &subject.phases {
        // Of a phase where nothing is converted at all, `trait-not-converted` or `phase-without-traits` speaks.
        if !view.is_whole || view.converted().next().is_none() {
            continue;
        }
        for kind in StandardType::ALL.iter().filter(|kind| is_missing(view, **kind)) {
            let phase = &view.phase.id.name;
            let message = say!("the phase `{phase}` has no {kind} standard", phase, kind);
            findings.push(Diagnostic::new(Code::MissingType, view.phase.id.span, message).help(help(view, *kind)));
        }
    }
}

fn is_missing(view: &PhaseView<'_>, kind: StandardType) -> bool {
    let mut cells = view.cells.iter().filter(|cell| cell.kind == kind && cell.level <= view.phase.target).peekable();
    let waived = cells.peek().is_some() && cells.all(|cell| cell.state == CellState::Waived);
    !waived && !view.alive().any(|standard| standard.kind == kind)
}

fn help(view: &PhaseView<'_>, kind: StandardType) -> Message {
    let phase = &view.phase.id.name;
    if view.cells.iter().any(|cell| cell.kind == kind && cell.state == CellState::Proposed) {
        return say!("`gamma-ok convert {phase}` proposes some; `--write` puts them into the file", phase);
    }
    let asks = match kind {
        StandardType::Personal => say!("how do staff meet the customer here?"),
        StandardType::Product => say!("what does the customer see, use or take away here?"),
        StandardType::Procedural => {
            say!("in which order, by which time and with which record is the customer served here?")
        }
    };
    say!("{asks} Write a standard with `type: {kind}`, or say under `waive` why there is none", asks, kind)
}
