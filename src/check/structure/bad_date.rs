//! `bad-date`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A date that is not written year-month-day, or does not exist.
pub static RULE: Rule = Rule {
    code: "bad-date",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A date that is not written year-month-day, or does not exist",
    why: "`03/04/2026` is March in one country and April in another; `2026-04-03` is the same day everywhere.",
    bad: "review: {since: 15.1.2026}",
    good: "review: {since: 2026-01-15}",
    check: Check::Reading,
};
