//! `needless-waiver`: a reasoned blank where nothing is blank.

use crate::book::Waiver;
use crate::check::{PhaseView, Subject};
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::{CellState, MatrixCell};
use crate::say;

/// A waiver all of whose cells are written.
pub static RULE: Rule = Rule {
    code: Code::NeedlessWaiver,
    summary: "A waiver that leaves nothing blank, because standards are written for all it speaks of",
    why: "A waiver says why something is left blank. Where a standard has been written since, the reason is out of date \
          and misleads whoever reads it. A waiver never hides a written standard.",
    bad: "standards:\n  - id: map-of-town\n    trait: friendly\n    type: product\n    level: basic\nwaive:\n  - trait: \
          friendly\n    type: product\n    level: basic\n    why: Nothing is handed over in this phase.",
    good: "standards:\n  - id: map-of-town\n    trait: friendly\n    type: product\n    level: basic",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    for view in subject.phases.iter().filter(|view| view.is_whole) {
        for waiver in view.phase.waivers.iter() {
            let mut cells = view.cells.iter().filter(|cell| speaks_of(subject, view, waiver, cell)).peekable();
            let message = match (cells.peek().is_some(), cells.all(|cell| cell.state == CellState::Written)) {
                (false, _) => say!("this waiver speaks of nothing that the phase has"),
                (true, true) => say!("standards are written for all that this waiver speaks of"),
                (true, false) => continue,
            };
            let place = if waiver.why.is_empty() { waiver.span.head() } else { waiver.why.span() };
            let finding = Diagnostic::new(Code::NeedlessWaiver, place, message);
            findings.push(finding.help(say!("remove the waiver, or limit it to what is blank")));
        }
    }
}

/// Whether a waiver means, at least in part, a cell of its phase.
fn speaks_of(subject: &Subject<'_>, view: &PhaseView<'_>, waiver: &Waiver, cell: &MatrixCell) -> bool {
    let at_step = |name: &String| {
        let has = |used: &crate::book::TraitUse| used.name == cell.of_trait;
        let step = view.phase.steps.iter().find(|step| step.id.name == *name);
        // A trait of the whole phase may become standards at any step.
        step.is_some_and(|step| step.traits.iter().any(has)) || view.phase.traits.iter().any(has)
    };
    let by_pattern = |(of_trait, pattern): &(String, String)| {
        let patterns = subject.book.patterns_of(of_trait);
        let fits = |candidate: &crate::book::Pattern| {
            candidate.id.name == *pattern && candidate.kind == cell.kind && candidate.level == cell.level
        };
        *of_trait == cell.of_trait && patterns.iter().any(fits)
    };
    waiver.of_trait.as_ref().is_none_or(|name| *name == cell.of_trait)
        && waiver.kind.is_none_or(|kind| kind == cell.kind)
        && waiver.level.is_none_or(|level| level == cell.level)
        && waiver.step.as_ref().is_none_or(at_step)
        && waiver.pattern.as_ref().is_none_or(by_pattern)
}
