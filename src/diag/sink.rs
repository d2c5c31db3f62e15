//! Where findings are gathered and the manifest's severities applied, once.

use std::collections::BTreeMap;

use super::{Code, Diagnostic, Severity};

/// Which severity each rule has: its default, unless the manifest says otherwise.
#[derive(Clone, Debug, Default)]
pub struct Severities {
    set: BTreeMap<Code, Severity>,
}

impl Severities {
    /// Sets what the manifest says of a rule.
    pub fn set(&mut self, code: Code, severity: Severity) {
        self.set.insert(code, severity);
    }

    /// The severity that findings of `code` get, where its default is `default`.
    pub fn of(&self, code: Code, default: Severity) -> Severity {
        self.set.get(code).copied().unwrap_or(default)
    }
}

/// Gathers findings, drops those that are switched off, and gives each its severity.
#[derive(Debug, Default)]
pub struct Sink {
    found: Vec<Diagnostic>,
}

impl Sink {
    /// Takes in findings of one rule at one severity.
    pub fn add(&mut self, severity: Severity, found: impl IntoIterator<Item = Diagnostic>) {
        if severity != Severity::Off {
            self.found.extend(found.into_iter().map(|finding| Diagnostic { severity, ..finding }));
        }
    }

    /// All findings, by file, place and code, each once.
    pub fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by(|a, b| (a.span, a.code, &a.message).cmp(&(b.span, b.code, &b.message)));
        self.found.dedup();
        self.found
    }
}
