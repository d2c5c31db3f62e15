//! What records found, one finding for one cause.

use std::collections::BTreeMap;

use crate::book::{Book, Loaded};
use crate::diag::{Code, Diagnostic};
use crate::say;

/// So many answers to standards of one phase that the book does not know speak of the phase.
const MANY: usize = 4;

/// Findings of records, in which those on answers to standards that came of a phase which is gone are one: it was renamed, and
/// does not say what it was.
pub(super) fn of_one_cause(mut findings: Vec<Diagnostic>, loaded: &Loaded) -> Vec<Diagnostic> {
    let mut phases: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.code == Code::UnknownRecord) {
        let written = loaded.sources.slice(finding.span).trim_matches(['"', '\'']);
        // A standard that came of a trait or a hand-off has the phase's id before its own.
        if let Some((phase, _)) = written.split_once('.').filter(|(phase, _)| !has_phase(&loaded.book, phase)) {
            phases.entry(phase.to_owned()).or_default().push(index);
        }
    }
    let mut gone = vec![false; findings.len()];
    for (phase, mut places) in phases.into_iter().filter(|(_, places)| places.len() >= MANY) {
        places.sort_by_key(|index| findings[*index].span);
        places.iter().skip(1).for_each(|index| gone[*index] = true);
        let finding = &mut findings[places[0]];
        finding.message = say!(
            places.len();
            "the book has no phase `{phase}`, and 1 entry of the records speaks of it",
            "the book has no phase `{phase}`, and {n} entries of the records speak of it",
            phase = phase.as_str()
        );
        finding.help = Some(say!("a renamed phase keeps its history by `was: [{phase}]`", phase));
    }
    let mut gone = gone.into_iter();
    findings.retain(|_| !gone.next().unwrap_or_default());
    findings
}

fn has_phase(book: &Book, id: &str) -> bool {
    book.phases().any(|phase| phase.id.is_or_was(id))
}
