//! Rules whose findings are made while reviews are read, and by what they left.

use crate::diag::{Code, Rule};

/// Their documentation.
pub static RULES: &[Rule] = &[
    Rule {
        code: Code::ChangedSinceReview,
        summary: "A standard that was changed after its review",
        why: "A review decides with evidence, and the evidence is about one wording. What was changed since is in force without \
          anybody having decided so; the next review looks at it again. Renaming, re-wrapping, translating and training \
          notes change nothing that is demanded.",
        bad: "# reviews/2025.yaml, closed\ndecisions:\n  greet-within-60s@3f9a1c2e: keep\n# sequences/visit.yaml, a month \
          later\nmeasure: {within: 30 s}",
        good: "# reviews/2025.yaml, closed\ndecisions:\n  greet-within-60s@3f9a1c2e:\n    decision: tighten\n    now: 5c0d9e11",
    },
    Rule {
        code: Code::ReviewOverdue,
        summary: "Standards whose annual review should have been by now",
        why: "Standards are never defined for life: markets move, and what was exclusive becomes expected, then basic. They are \
          looked at again at least as often as `review.every` says, counted from their last review, or from `review.since` \
          where they never had one. This is one note for the whole book; `gamma-ok review due` lists the standards and ends \
          with status 1.",
        bad: "review: {every: 12 months, since: 2024-01-15}    # and no file in reviews/",
        good: "# reviews/2025.yaml\nopened: 2025-01-08\nclosed: 2025-01-10\ndecisions:\n  greet-within-10s@3f9a1c2e: keep",
    },
];
