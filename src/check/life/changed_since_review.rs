//! `changed-since-review`: found by `review`, which knows what the last review left.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A standard that was changed after its review.
pub static RULE: Rule = Rule {
    code: "changed-since-review",
    group: Group::Life,
    severity: Severity::Note,
    summary: "A standard that was changed after its review",
    why: "A review decides with evidence, and the evidence is about one wording. What was changed since is in force without \
          anybody having decided so; the next review looks at it again. Renaming, re-wrapping, translating and training \
          notes change nothing that is demanded.",
    bad: "# reviews/2025.yaml, closed\ndecisions:\n  greet-within-60s@3f9a1c2e: keep\n# sequences/visit.yaml, a month \
          later\nmeasure: {within: 30 s}",
    good: "# reviews/2025.yaml, closed\ndecisions:\n  greet-within-60s@3f9a1c2e:\n    decision: tighten\n    now: 5c0d9e11",
    check: Check::Records,
};
