//! The rule whose findings are made while the tables of feedback are read.

use crate::diag::{Code, Rule};

/// Their documentation.
pub(crate) static RULES: &[Rule] = &[Rule {
    code: Code::BadFeedback,
    summary: "A row of customer feedback, or a whole table, that cannot be counted",
    why: "A rating beyond the scale, an area that the book does not have or a row with too many cells would move the figures by \
          which the area to improve is chosen. Such a row is left out and told; the others count.",
    bad: "date,area,rating\n2026-05-12,front-ofice,6",
    good: "date,area,rating\n2026-05-12,front-office,5",
}];
