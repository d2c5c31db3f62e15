//! `alias-bomb`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// References (`*name`) that multiply a file's content beyond bounds.
pub static RULE: Rule = Rule {
    code: "alias-bomb",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "References (`*name`) that multiply a file's content beyond bounds",
    why: "A few lines of references to references can grow to billions of values. Write out what is meant.",
    bad: "a: &a [x, x, x, x, x, x, x, x, x]
b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a]
c: [*b, *b, *b, *b, *b, *b, *b, *b, *b]",
    good: "a: [x, x, x]",
    check: Check::Reading,
};
