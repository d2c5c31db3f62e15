//! `unknown-trait`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A trait that neither the book nor the library has.
pub static RULE: Rule = Rule {
    code: "unknown-trait",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A trait that neither the book nor the library has",
    why: "A trait that does not exist yields no standards.",
    bad: "traits: [freindly]",
    good: "traits: [friendly]",
    check: Check::Reading,
};
