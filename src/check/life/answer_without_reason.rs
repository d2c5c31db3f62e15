//! `answer-without-reason`: found while records are judged.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// An answer `n/a` without its reason.
pub static RULE: Rule = Rule {
    code: "answer-without-reason",
    group: Group::Life,
    severity: Severity::Error,
    summary: "An answer `n/a` without its reason",
    why: "What is not applicable leaves the score. Without the reason nobody can tell a standard that does not fit the place from one that was inconvenient.",
    bad: "concierge-map: n/a",
    good: "concierge-map: {answer: n/a, why: No concierge at this site}",
    check: Check::Records,
};
