//! `nesting-too-deep`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// Lists and mappings nested more than 64 levels deep.
pub static RULE: Rule = Rule {
    code: "nesting-too-deep",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "Lists and mappings nested more than 64 levels deep",
    why: "A book needs fewer than ten levels. Deeper nesting comes from a bracket that is never closed, or from a file \
          that was made to do harm.",
    bad: "how: [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[Smile",
    good: "how: [Smile]",
    check: Check::Reading,
};
