//! `bad-condition`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A condition that cannot be read, or speaks of an attribute that no site has.
pub static RULE: Rule = Rule {
    code: "bad-condition",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A condition that cannot be read, or speaks of an attribute that no site has",
    why: "A mistyped attribute would make the condition false everywhere, and its standards would silently vanish from \
          every checklist.",
    bad: "when: site.room >= 20",
    good: "when: site.rooms >= 20",
    check: Check::Reading,
};
