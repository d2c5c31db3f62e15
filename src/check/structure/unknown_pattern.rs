//! `unknown-pattern`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A waiver for a pattern that the trait does not have.
pub static RULE: Rule = Rule {
    code: "unknown-pattern",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A waiver for a pattern that the trait does not have",
    why: "The waiver would waive nothing, and the standard that it meant stays in force.",
    bad: "waive:
  - pattern: attentive.look
    why: The desk has no line of sight to the door.",
    good: "waive:
  - pattern: attentive.look-up
    why: The desk has no line of sight to the door.",
    check: Check::Reading,
};
