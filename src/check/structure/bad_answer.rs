//! `bad-answer`: found while records are judged.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// An answer that is none, or that the measure of its standard cannot judge.
pub static RULE: Rule = Rule {
    code: "bad-answer",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "An answer that is none, or that the measure of its standard cannot judge",
    why: "An answer is `met`, `not met`, `n/a` or `not observed`, a value in a unit of the measure, passes out of observations, or a list of these, once a standard. Anything else would have to be guessed, and a guess does not belong into a score.",
    bad: "greet-within-10s: 8 m\nphone-answered: 21/20",
    good: "greet-within-10s: 8 s\nphone-answered: 20/20",
    check: Check::Records,
};
