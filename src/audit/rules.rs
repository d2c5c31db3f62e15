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
        code: Code::UnknownEdition,
        summary: "A record or an issue that names a set of standards which is not here",
        why: "A record names the standards that it was judged by, so that its score stays what it was when the book changes. Where their set is neither in editions/ nor to be had otherwise, an answer is judged by its own stamp as far as that is known; the rest is kept and not counted.",
        bad: "edition: 7f3a9c2e    # and no file editions/7f3a9c2e.yaml",
        good: "edition: 7f3a9c2e    # with editions/7f3a9c2e.yaml beside it in git",
    },
    Rule {
        code: Code::StampNotInEdition,
        summary: "An answer about a wording that the record's edition does not hold",
        why: "The record says which standards it was judged by, and this answer says otherwise. It is judged by the wording that its stamp names, wherever that is known, and counts there; one of the two is most likely a slip.",
        bad: "edition: 7f3a9c2e\nanswers:\n  greet-within-10s@5c0d9e11: met    # 7f3a9c2e has 3f9a1c2e",
        good: "edition: 7f3a9c2e\nanswers:\n  greet-within-10s@3f9a1c2e: met",
    },
    Rule {
        code: Code::RoundTwice,
        summary: "A record of a round that is recorded already",
        why: "A round is one record. A file that was copied, or a form that was recorded by hand a second time, would count every answer twice and make the figures surer than they are. It counts once, and the copy is told.",
        bad: "# audits/2026-05-12-krakow-copy.yaml\nround: 7f3c2a9e    # as in audits/2026-05-12-krakow.yaml",
        good: "# audits/2026-05-13-krakow.yaml\nround: 1b2c3d4e",
    },
    Rule {
        code: Code::RepeatedVisit,
        summary: "The name of a visit that records have of days which no one visit spans",
        why: "Auditors who judged the same thing at the same time name the same visit, and what they judged counts once. A name that is used again weeks later makes one visit of both: what was seen counts once, and auditors are compared who were never there together. A night has two days, and is not told.",
        bad: "# audits/2026-06-01-krakow.yaml\ndate: 2026-06-01\nvisit: morning    # as in audits/2026-03-01-krakow.yaml",
        good: "# audits/2026-06-01-krakow.yaml\ndate: 2026-06-01\nvisit: 2026-06-01-morning",
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
    Rule {
        code: Code::ActionOrder,
        summary: "An action that was done before its audit, or verified before it was done",
        why: "An action answers a finding, and its effect is checked afterwards. Dates in another order are slips, and how long a finding stays open, whether it came back and what is still to be verified are counted by them.",
        bad: "date: 2026-05-12\nanswers:\n  desk-clear:\n    answer: not met\n    action: {what: Clear the desk, done: 2026-05-19, verified: 2026-05-02}",
        good: "date: 2026-05-12\nanswers:\n  desk-clear:\n    answer: not met\n    action: {what: Clear the desk, done: 2026-05-19, verified: 2026-06-02}",
    },
    Rule {
        code: Code::SameAuditor,
        summary: "One auditor in two spellings",
        why: "Auditors are told apart by how they are written. In two spellings one auditor counts as two: agreement is measured of somebody with themselves, and the figures by auditor are split. Capital letters, points, hyphens and spaces make no other person.",
        bad: "auditor: quality-lead    # and Quality Lead in the next record",
        good: "auditor: quality-lead",
    },
    Rule {
        code: Code::LostEvidence,
        summary: "A photograph that a record names and that is not there",
        why: "A photograph shows what was found to those who were not there, and to whoever reads the record in a year. It lies beside the records and belongs into git with them; a record that was copied without it names nothing. The form that the round was handed in with still has it.",
        bad: "desk-clear:\n  answer: not met\n  evidence: [photos/3f9a1c2e5d7b8064.jpg]    # and no such file in audits/photos/",
        good: "desk-clear:\n  answer: not met\n  evidence: [photos/3f9a1c2e5d7b8064.jpg]    # with audits/photos/3f9a1c2e5d7b8064.jpg",
    },
    Rule {
        code: Code::UnnamedPhotograph,
        summary: "A photograph in `audits/photos/` that no record names",
        why: "A photograph is kept because it shows what a round found. One that no record names is evidence of nothing: it was left over when an answer was taken back, or put there by hand. It may show people, and it is carried along in git for good.",
        bad: "audits/photos/3f9a1c2e5d7b8064.jpg    # and no record with photos/3f9a1c2e5d7b8064.jpg",
        good: "desk-clear:\n  answer: not met\n  evidence: [photos/3f9a1c2e5d7b8064.jpg]",
    },
    Rule {
        code: Code::PersonalData,
        summary: "The name of a person where a role or a code belongs",
        why: "A book of standards is read by many and kept for years, in git for good. Whose work was judged stands in it as a code, whose list is kept elsewhere; who judges and who sees to something is a role of the book, its id or title, or a code, so that it is still true when somebody else holds the role.",
        bad: "staff: Anna Svensson",
        good: "staff: R-07",
    },
];
