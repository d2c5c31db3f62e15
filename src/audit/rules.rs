//! Rules whose findings are made while the records of audits are read and judged.

use crate::diag::{Code, Rule};

/// Their documentation.
pub static RULES: &[Rule] = &[
    Rule {
        code: Code::BadAnswer,
        summary: "An answer that is none, or that the measure of its standard cannot judge",
        why: "An answer is `met`, `not met`, `n/a` or `not observed`, a value in a unit of the measure, passes out of observations, or a list of these, once a standard. Anything else would have to be guessed, and a guess does not belong into a score.",
        bad: "greet-within-10s: 8 m\nphone-answered: 21/20",
        good: "greet-within-10s: 8 s\nphone-answered: 20/20",
    },
    Rule {
        code: Code::UnknownStamp,
        summary: "A record of a wording that the standard never had",
        why: "The stamp says which wording was judged, so that only like is compared with like. One that is neither that of today, nor in a review, nor in the history of the book, is mistyped, or the wording was never committed.",
        bad: "greet-within-10s@00000000: met",
        good: "greet-within-10s@3f9a1c2e: met",
    },
    Rule {
        code: Code::UnknownRecord,
        summary: "A record of a standard that the book no longer knows",
        why: "A standard that is renamed keeps its history by `was`, a retired one stays in its file with `status: retired`. What the book no longer knows still counts, but only under its own name: in no phase, at no level.",
        bad: "answers:\n  greet-guest: met    # now greet-within-10s, and nothing says so",
        good: "standards:\n  - id: greet-within-10s\n    was: [greet-guest]",
    },
    Rule {
        code: Code::ActionOverdue,
        summary: "A corrective action that is not done in time",
        why: "A finding that nobody sees to comes back. `gamma-ok audit actions` lists what is open, by owner and site, and ends with status 1 while something is overdue.",
        bad: "action: {what: Clear the desk, owner: shift leader, due: 2026-05-20}",
        good: "action: {what: Clear the desk, owner: shift leader, due: 2026-05-20, done: 2026-05-19}",
    },
    Rule {
        code: Code::AnswerWithoutReason,
        summary: "An answer `n/a` without its reason",
        why: "What is not applicable leaves the score. Without the reason nobody can tell a standard that does not fit the place from one that was inconvenient.",
        bad: "concierge-map: n/a",
        good: "concierge-map: {answer: n/a, why: No concierge at this site}",
    },
];
