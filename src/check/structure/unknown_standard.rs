//! `unknown-standard`: what scenarios practise, known only after conversion.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::CellState;
use crate::say;

/// A scenario that practises a standard which the book does not have.
pub static RULE: Rule = Rule {
    code: Code::UnknownStandard,
    summary: "A scenario that practises a standard which the book does not have",
    why: "A role-play is there to practise standards. It may name written ones, derived ones (`PHASE.TRAIT.PATTERN`) \
          and hand-offs (`PHASE.STEP.handoff`), by their present or former ids.",
    bad: "scenarios:
  - title: The tired family
    situation: A family of four arrives at 23:40.
    practises: [greet-fast]",
    good: "scenarios:
  - title: The tired family
    situation: A family of four arrives at 23:40.
    practises: [greet-within-10s]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    // The standard may stand in a file that could not be read.
    if subject.lacks_files() {
        return;
    }
    let scenarios = subject.phases.iter().flat_map(|view| &view.phase.scenarios);
    for name in scenarios.flat_map(|scenario| &scenario.practises).filter(|name| !subject.directory.has(&name.value)) {
        let shown: String = name.value.chars().take(120).collect();
        let help = match subject.directory.nearest(&name.value) {
            Some(near) => say!("did you mean `{near}`?", near),
            None if is_blank(subject, &name.value) => {
                say!("its pattern is not converted here: see `gamma-ok matrix`, and `derive` in gamma-ok.yaml")
            }
            None => say!("`gamma-ok show` lists the ids of all standards"),
        };
        findings.push(
            Diagnostic::new(Code::UnknownStandard, name.span, say!("`{shown}` is not a standard of the book", shown))
                .help(help),
        );
    }
}

/// Whether the id is that of a standard which a pattern would make, if its cell were not waived or only proposed.
fn is_blank(subject: &Subject<'_>, id: &str) -> bool {
    let mut parts = id.split('.');
    let (Some(phase), Some(of_trait), Some(pattern), None) = (parts.next(), parts.next(), parts.next(), parts.next())
    else {
        return false;
    };
    let cells = subject.phases.iter().filter(|view| view.phase.id.name == phase).flat_map(|view| view.cells);
    cells.filter(|cell| cell.of_trait == of_trait).any(|cell| {
        let patterns = subject.book.patterns_of(of_trait);
        cell.state != CellState::Missing
            && patterns.iter().any(|candidate| {
                candidate.id.name == pattern && candidate.kind == cell.kind && candidate.level == cell.level
            })
    })
}
