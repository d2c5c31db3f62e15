//! `book-too-large`: books that multiply beyond bounds.

use crate::check::Subject;
use crate::diag::{Code, Diagnostic, Rule};
use crate::method::{Beyond, beyond};

/// A book that multiplies to more standards or ids than any business has.
pub static RULE: Rule = Rule {
    code: Code::BookTooLarge,
    summary: "Phases, traits, patterns and former names that multiply beyond bounds",
    why: "Each trait of a phase makes a standard of every pattern, and each former name of a phase, a trait and a pattern an \
          id for every combination. A page of names can so become a million ids, which no program gets through.",
    bad: "was: [arrival-1, arrival-2, arrival-3, arrival-4]   # and so on, a hundred times",
    good: "was: [arrival]",
};

pub(super) fn check(subject: &Subject<'_>, findings: &mut Vec<Diagnostic>) {
    let finding = |beyond: Beyond| Diagnostic::new(Code::BookTooLarge, beyond.span, beyond.message).help(beyond.help);
    findings.extend(beyond(subject.book).into_iter().map(finding));
}
