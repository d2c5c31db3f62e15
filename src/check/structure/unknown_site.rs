//! `unknown-site`: found while records are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A record of a site that the book does not have.
pub static RULE: Rule = Rule {
    code: "unknown-site",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A record of a site that the book does not have",
    why: "A score belongs to a place. Sites stand in sites/, one a file; a renamed one keeps its history by `was`.",
    bad: "site: krakov",
    good: "site: krakow",
    check: Check::Records,
};
