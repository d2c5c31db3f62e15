//! `unknown-step`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A step that the phase does not have.
pub static RULE: Rule = Rule {
    code: "unknown-step",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A step that the phase does not have",
    why: "A standard is pinned to a step of its own phase, so that checklists follow the order of service.",
    bad: "steps:
  - id: approach
standards:
  - id: greet
    step: arrival",
    good: "steps:
  - id: approach
standards:
  - id: greet
    step: approach",
    check: Check::Reading,
};
