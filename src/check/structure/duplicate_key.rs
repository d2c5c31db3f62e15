//! `duplicate-key`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A key that stands twice in one entry.
pub static RULE: Rule = Rule {
    code: "duplicate-key",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A key that stands twice in one entry",
    why: "Only one of the two could count, and a reader cannot see which.",
    bad: "level: basic
type: personal
level: expected",
    good: "level: basic
type: personal",
    check: Check::Reading,
};
