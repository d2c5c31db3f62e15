//! `review-overdue`: found by `review`, which knows when standards were reviewed.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// Standards whose review should have been by now.
pub static RULE: Rule = Rule {
    code: "review-overdue",
    group: Group::Life,
    severity: Severity::Note,
    summary: "Standards whose annual review should have been by now",
    why: "Standards are never defined for life: markets move, and what was exclusive becomes expected, then basic. They are \
          looked at again at least as often as `review.every` says, counted from their last review, or from `review.since` \
          where they never had one. This is one note for the whole book; `gamma-ok review due` lists the standards and ends \
          with status 1.",
    bad: "review: {every: 12 months, since: 2024-01-15}    # and no file in reviews/",
    good: "# reviews/2025.yaml\nopened: 2025-01-08\nclosed: 2025-01-10\ndecisions:\n  greet-within-10s@3f9a1c2e: keep",
    check: Check::Records,
};
