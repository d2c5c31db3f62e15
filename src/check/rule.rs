//! What a rule is.

use super::wording::{Hit, Statement};
use super::{RULES, Subject};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::say;
use crate::text::nearest;

/// What a rule is about; the order of lists of rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Whether the files say something that can be understood. Always errors.
    Structure,
    /// Whether the standards follow the OK method.
    Method,
    /// Whether a standard says one thing that can be seen or measured.
    Wording,
    /// Whether every language says the same.
    Translations,
    /// How standards age.
    Life,
}

impl Group {
    /// All groups, in order.
    pub const ALL: [Group; 5] = [Group::Structure, Group::Method, Group::Wording, Group::Translations, Group::Life];

    /// Its name, to be said to people.
    pub fn said(self) -> Message {
        match self {
            Group::Structure => say!("Structure"),
            Group::Method => say!("Method"),
            Group::Wording => say!("Wording"),
            Group::Translations => say!("Translations"),
            Group::Life => say!("Life"),
        }
    }

    /// Its name.
    pub fn title(self) -> &'static str {
        match self {
            Group::Structure => "Structure",
            Group::Method => "Method",
            Group::Wording => "Wording",
            Group::Translations => "Translations",
            Group::Life => "Life",
        }
    }
}

/// How a rule is checked.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// While the files are read, by `source` and `book`.
    Reading,
    /// While records of audits and reviews are read and judged, by `audit` and `review`.
    Records,
    /// Against what the book was in the past, by [`of_history`](super::of_history).
    History,
    /// On the book and its standards.
    Book(fn(&Subject<'_>, &mut Vec<Diagnostic>)),
    /// On the text of one standard in one language.
    Text(fn(&Statement<'_>) -> Vec<Hit>),
}

/// One rule: what it is called, what it asks for and why, and how it is checked.
#[derive(Debug)]
pub struct Rule {
    /// Completes the sentence "allow …".
    pub code: Code,
    /// What it is about.
    pub group: Group,
    /// Its weight unless the manifest says otherwise.
    pub severity: Severity,
    /// What it finds, in one line without a full stop.
    pub summary: &'static str,
    /// Why that matters; Markdown.
    pub why: &'static str,
    /// Something that it finds fault with.
    pub bad: &'static str,
    /// The same put right.
    pub good: &'static str,
    /// How it is checked.
    pub check: Check,
}

/// The rule of that code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.iter().find(|rule| rule.code == code).copied()
}

/// The code that a mistyped one most likely stands for.
pub fn nearest_rule(code: &str) -> Option<&'static str> {
    nearest(code, RULES.iter().map(|rule| rule.code))
}
