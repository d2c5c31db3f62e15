//! `unknown-stamp`: found while records are judged.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A record of a wording that the standard never had.
pub static RULE: Rule = Rule {
    code: "unknown-stamp",
    group: Group::Life,
    severity: Severity::Warning,
    summary: "A record of a wording that the standard never had",
    why: "The stamp says which wording was judged, so that only like is compared with like. One that is neither that of today, nor in a review, nor in the history of the book, is mistyped, or the wording was never committed.",
    bad: "greet-within-10s@00000000: met",
    good: "greet-within-10s@3f9a1c2e: met",
    check: Check::Records,
};
