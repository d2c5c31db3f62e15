//! Rules whose findings are made while editions are read.

use crate::diag::{Code, Rule};

/// Their documentation.
pub static RULES: &[Rule] = &[
    Rule {
        code: Code::EditionAltered,
        summary: "A set of standards in editions/ that is not as it was written",
        why: "Records are judged by the standards as they stood, and the file's hash vouches that it still says what it said. One that was changed by hand, or by a merge, would change what last year's score was. A set is never changed: what changes is the book, and the next set has another name.",
        bad: "# editions/7f3a9c2e.yaml, changed by hand\n  - {\"id\": \"greet\", \"level\": \"expected\", …}",
        good: "# editions/7f3a9c2e.yaml, as `gamma-ok audit record` wrote it\n  - {\"id\": \"greet\", \"level\": \"basic\", …}",
    },
    Rule {
        code: Code::EditionTwice,
        summary: "Two issued editions with one number, or in force from one day",
        why: "The number on a manual says which standards it holds, and the day says by which ones a round was judged. Two editions with one number, or from one day, leave both open.",
        bad: "# editions/issued/4.yaml\nnumber: 4\nin-force: 2026-12-01\n# editions/issued/4b.yaml\nnumber: 4\nin-force: 2027-03-01",
        good: "# editions/issued/4.yaml\nnumber: 4\nin-force: 2026-12-01\n# editions/issued/5.yaml\nnumber: 5\nin-force: 2027-03-01",
    },
];
