//! `missing-key`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// An entry that lacks a key which it cannot do without.
pub static RULE: Rule = Rule {
    code: "missing-key",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "An entry that lacks a key which it cannot do without",
    why: "A standard without a level, or a hand-off without a receiver, has no place in a checklist.",
    bad: "- id: greet
  type: personal
  text: The receptionist greets the guest within 10 seconds.",
    good: "- id: greet
  type: personal
  level: basic
  text: The receptionist greets the guest within 10 seconds.",
    check: Check::Reading,
};
