//! `duplicate-id`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// Two entries with one id.
pub static RULE: Rule = Rule {
    code: "duplicate-id",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "Two entries with one id",
    why: "An audit that names the id could mean either of them.",
    bad: "- id: greet
  text: The receptionist greets the guest within 10 seconds.
- id: greet
  text: The porter greets the guest at the door.",
    good: "- id: greet-at-desk
  text: The receptionist greets the guest within 10 seconds.
- id: greet-at-door
  text: The porter greets the guest at the door.",
    check: Check::Reading,
};
