//! `unknown-sector`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A sector that the library does not have.
pub static RULE: Rule = Rule {
    code: "unknown-sector",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A sector that the library does not have",
    why: "The sector lends its words for customer and staff, and its roles. Leave `sector` out for a trade that the \
          library does not know.",
    bad: "sector: hotels",
    good: "sector: hotel",
    check: Check::Reading,
};
