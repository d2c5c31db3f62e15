//! `unknown-key`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A key that the format does not have.
pub static RULE: Rule = Rule {
    code: "unknown-key",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A key that the format does not have",
    why: "A mistyped key would otherwise be passed over in silence, and what it holds with it. A comma in a text \
          between `{…}` cuts the text in two, and its second half then looks like a key: quote the text, or write it \
          on lines of its own.",
    bad: "standarts:
  - id: greet",
    good: "standards:
  - id: greet",
    check: Check::Reading,
};
