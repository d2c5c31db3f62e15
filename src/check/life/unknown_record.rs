//! `unknown-record`: found while records are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A record of a standard that the book no longer knows.
pub static RULE: Rule = Rule {
    code: "unknown-record",
    group: Group::Life,
    severity: Severity::Warning,
    summary: "A record of a standard that the book no longer knows",
    why: "A standard that is renamed keeps its history by `was`, a retired one stays in its file with `status: retired`. What the book no longer knows still counts, but only under its own name: in no phase, at no level.",
    bad: "answers:\n  greet-guest: met    # now greet-within-10s, and nothing says so",
    good: "standards:\n  - id: greet-within-10s\n    was: [greet-guest]",
    check: Check::Records,
};
