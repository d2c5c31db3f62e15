//! `action-overdue`: found while records are judged.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A corrective action that is not done in time.
pub static RULE: Rule = Rule {
    code: "action-overdue",
    group: Group::Life,
    severity: Severity::Note,
    summary: "A corrective action that is not done in time",
    why: "A finding that nobody sees to comes back. `gamma-ok audit actions` lists what is open, by owner and site, and ends with status 1 while something is overdue.",
    bad: "action: {what: Clear the desk, owner: shift leader, due: 2026-05-20}",
    good: "action: {what: Clear the desk, owner: shift leader, due: 2026-05-20, done: 2026-05-19}",
    check: Check::Records,
};
