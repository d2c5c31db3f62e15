//! Rules whose findings are made while reviews are read, and by what they left.

use crate::diag::{Code, Rule};

/// Their documentation.
pub static RULES: &[Rule] = &[
    Rule {
        code: Code::ReviewAltered,
        summary: "A closed review that is not as it was closed",
        why: "When a review is closed, its report is kept: the figures of that day and what was decided by them. It is handed over \
          and acted on, so it must say the same ever after; the kept file's hash vouches for it, and the decisions in the \
          review's file are those that it tells of. What `review close` wrote of its end stands too, from when it was written: \
          the stamps that it left, the day when all was carried out, the next day. Where any of it was changed by hand, or the file is gone, nobody can tell what \
          was decided. Who has to decide otherwise opens the review again, with the reason.",
        bad: "# reviews/2025.yaml, closed, and then changed by hand\ndecisions:\n  greet@3f9a1c2e: retire    # was keep",
        good: "# reviews/2025.yaml\nreopened:\n  - {closed: 2025-01-10, day: 2025-02-03, reason: A complaint came in}\ndecisions:\n  \
          greet@3f9a1c2e: {decision: retire, reason: Nobody asks for it}",
    },
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
