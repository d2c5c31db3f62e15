//! `reused-id`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// An id that is also a former id.
pub static RULE: Rule = Rule {
    code: "reused-id",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "An id that is also a former id",
    why: "Old records name the former id and are resolved through `was`. If something new bore that id, last year's \
          audits would judge a standard that did not exist.",
    bad: "- id: greet-at-desk
  was: [greet]
- id: greet",
    good: "- id: greet-at-desk
  was: [greet]
- id: greet-at-door",
    check: Check::Reading,
};
