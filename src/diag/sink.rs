//! Where findings are gathered, and what the manifest and the entries say of them is applied, once.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};
use crate::say;
use crate::source::Span;

/// Which weight each rule has: its usual one, unless the manifest says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Severities {
    set: BTreeMap<Code, Severity>,
}

impl Severities {
    /// Sets what the manifest says of a rule; a rule of structure keeps its own.
    pub fn set(&mut self, code: Code, severity: Severity) {
        if code.is_optional() {
            self.set.insert(code, severity);
        }
    }

    /// The weight that findings of a rule get.
    pub fn of(&self, code: Code) -> Severity {
        self.set.get(&code).copied().unwrap_or(code.severity())
    }
}

/// The entries that may break a rule, by rule.
#[derive(Clone, Debug, Default)]
pub struct Allows {
    /// Of each rule: where an entry begins, and how far the furthest of those that begin there or before it in that file
    /// reaches. Sorted, so that a finding is looked up among ten thousand of them without reading them all.
    entries: BTreeMap<Code, Vec<(Span, u32)>>,
}

impl Allows {
    /// Takes in the entries and the rules that each may break; rules of structure cannot be allowed.
    pub fn new(entries: impl IntoIterator<Item = (Code, Span)>) -> Self {
        let mut by_code: BTreeMap<Code, Vec<(Span, u32)>> = BTreeMap::new();
        for (code, span) in entries.into_iter().filter(|(code, _)| code.is_optional()) {
            by_code.entry(code).or_default().push((span, span.end));
        }
        for spans in by_code.values_mut() {
            spans.sort_unstable_by_key(|(span, _)| (span.file, span.start));
            for index in 1..spans.len() {
                if spans[index - 1].0.file == spans[index].0.file {
                    spans[index].1 = spans[index].1.max(spans[index - 1].1);
                }
            }
        }
        Allows { entries: by_code }
    }

    /// Whether a finding stands in an entry that may break its rule.
    fn permit(&self, finding: &Diagnostic) -> bool {
        let Some(spans) = self.entries.get(&finding.code) else { return false };
        let place = (finding.span.file, finding.span.start);
        let before = spans.partition_point(|(span, _)| (span.file, span.start) <= place);
        let last = before.checked_sub(1).and_then(|last| spans.get(last));
        last.is_some_and(|(span, reach)| span.file == finding.span.file && finding.span.end <= *reach)
    }
}

/// Gathers findings, drops those that are switched off or allowed, and gives each its weight.
#[derive(Debug, Default)]
pub struct Sink {
    severities: Severities,
    allows: Allows,
    findings: Vec<Diagnostic>,
}

impl Sink {
    /// A sink under what the manifest and the entries say.
    pub fn new(severities: Severities, allows: Allows) -> Self {
        Sink { severities, allows, findings: Vec::new() }
    }

    /// Whether findings of a rule would be dropped wherever they stand.
    pub fn is_off(&self, code: Code) -> bool {
        self.severities.of(code) == Severity::Off
    }

    /// Takes in findings of any rules; one that is not sure weighs less than its rule.
    pub fn add(&mut self, findings: impl IntoIterator<Item = Diagnostic>) {
        for finding in findings {
            let severity = self.severities.of(finding.code).min(finding.severity);
            let is_allowed = !finding.despite_allow && self.allows.permit(&finding);
            if severity != Severity::Off && !is_allowed {
                self.findings.push(Diagnostic { severity, ..finding });
            }
        }
    }

    /// All findings, by file, place and code, each once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        let key = |finding: &Diagnostic| (finding.span, finding.code.word());
        self.findings.sort_by(|a, b| key(a).cmp(&key(b)).then_with(|| a.message.cmp(&b.message)));
        self.findings.dedup();
        let findings = self.findings.chunk_by(|finding, next| finding.span.file == next.span.file);
        findings.flat_map(within_bounds).collect()
    }
}

/// So many findings of one file are told.
const MAX_OF_A_FILE: usize = 2_000;

/// The findings of one file, in their order; of too many the weightiest, and how many more there are.
fn within_bounds(of_file: &[Diagnostic]) -> Vec<Diagnostic> {
    // What decoding has to say of their number is one of them.
    if of_file.len() <= MAX_OF_A_FILE + 1 {
        return of_file.to_vec();
    }
    let mut order: Vec<usize> = (0..of_file.len()).collect();
    order.sort_by_key(|index| (Reverse(of_file[*index].severity), *index));
    let gone = order.split_off(MAX_OF_A_FILE);
    order.sort_unstable();
    let mut told: Vec<Diagnostic> = order.iter().map(|index| of_file[*index].clone()).collect();
    let severity = gone.first().map_or(Severity::Note, |index| of_file[*index].severity);
    let place = told.last().map(|last| last.span.head()).unwrap_or_default();
    let message =
        say!(gone.len(); "1 more remark on this file is not told", "{n} more remarks on this file are not told");
    let help = say!("mend those that are told, and check again");
    told.push(Diagnostic { severity, ..Diagnostic::new(Code::BookTooLarge, place, message).help(help) });
    told
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn span(file: u32, start: u32, end: u32) -> Span {
        Span { file: FileId(file), start, end }
    }

    #[test]
    fn an_entry_permits_what_stands_in_it_and_nothing_else() {
        let entries = [span(0, 10, 100), span(0, 20, 30), span(0, 200, 210), span(1, 0, 5)];
        let allows = Allows::new(entries.map(|entry| (Code::VagueWord, entry)));
        let permits = |code, span| allows.permit(&Diagnostic::new(code, span, "found"));
        for inside in [span(0, 10, 100), span(0, 25, 28), span(0, 40, 90), span(0, 200, 205), span(1, 2, 3)] {
            assert!(permits(Code::VagueWord, inside), "{inside:?}");
            assert!(!permits(Code::WeakModal, inside), "another rule");
        }
        for outside in
            [span(0, 5, 8), span(0, 90, 101), span(0, 150, 160), span(0, 205, 215), span(1, 4, 8), span(2, 1, 2)]
        {
            assert!(!permits(Code::VagueWord, outside), "{outside:?}");
        }
    }

    #[test]
    fn of_too_many_findings_the_weightiest_are_told_and_how_many_more_there_are() {
        let mut sink = Sink::new(Severities::default(), Allows::new([]));
        let number = MAX_OF_A_FILE as u32 + 500;
        sink.add((0..number).map(|start| Diagnostic::new(Code::VagueWord, span(0, start, start + 1), "found")));
        sink.add([Diagnostic::new(Code::UnknownKey, span(0, number, number + 1), "found")]);
        sink.add([Diagnostic::new(Code::VagueWord, span(1, 0, 1), "found")]);
        let told = sink.finish();
        assert_eq!(told.len(), MAX_OF_A_FILE + 2);
        assert!(told.iter().any(|finding| finding.code == Code::UnknownKey));
        let last = &told[MAX_OF_A_FILE];
        assert_eq!((last.code, last.severity), (Code::BookTooLarge, Severity::Warning));
        assert!(last.message.contains("501 more remarks"), "{}", last.message);
    }

    #[test]
    fn what_is_of_structure_cannot_be_softened_or_allowed() {
        let mut severities = Severities::default();
        severities.set(Code::UnknownKey, Severity::Off);
        let mut sink = Sink::new(severities, Allows::new([(Code::UnknownKey, span(0, 0, 9))]));
        sink.add([Diagnostic::new(Code::UnknownKey, span(0, 1, 2), "found")]);
        assert_eq!(sink.finish().len(), 1);
    }
}
