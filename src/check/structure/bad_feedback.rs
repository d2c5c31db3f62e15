//! `bad-feedback`: a row of customer feedback that cannot be counted.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A table of feedback, or a row of one, that does not fit the book.
pub static RULE: Rule = Rule {
    code: "bad-feedback",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A row of customer feedback, or a whole table, that cannot be counted",
    why: "A rating beyond the scale, an area that the book does not have or a row with too many cells would move the figures by \
          which the area to improve is chosen. Such a row is left out and told; the others count.",
    bad: "date,area,rating\n2026-05-12,front-ofice,6",
    good: "date,area,rating\n2026-05-12,front-office,5",
    check: Check::Records,
};
