//! `unknown-phase`: found while records are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A phase that no sequence of the book has.
pub static RULE: Rule = Rule {
    code: "unknown-phase",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A phase that no sequence of the book has",
    why: "What was looked at decides what counts as not observed. With a mistyped phase in its scope an audit would be about nothing.",
    bad: "scope: {phase: [chek-in]}",
    good: "scope: {phase: [check-in]}",
    check: Check::Records,
};
