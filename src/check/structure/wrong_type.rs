//! `wrong-type`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A value of the wrong kind: a list where a text belongs, an unknown word, an empty text.
pub static RULE: Rule = Rule {
    code: "wrong-type",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A value of the wrong kind: a list where a text belongs, an unknown word, an empty text",
    why: "A value that is not understood cannot be printed, checked or scored. The message says what was expected. A \
          text with a comma inside `[…]` becomes two items: quote it, or write the list on lines of its own.",
    bad: "how: [Look up first, then smile]
level: base",
    good: "how:
  - Look up first, then smile
level: basic",
    check: Check::Reading,
};
