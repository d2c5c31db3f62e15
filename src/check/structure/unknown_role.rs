//! `unknown-role`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A role or department that neither the book nor its sector has.
pub static RULE: Rule = Rule {
    code: "unknown-role",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A role or department that neither the book nor its sector has",
    why: "What nobody is named for, nobody does. Roles and departments stand in roles.yaml or come with the sector.",
    bad: "role: recepcionist",
    good: "role: receptionist",
    check: Check::Reading,
};
