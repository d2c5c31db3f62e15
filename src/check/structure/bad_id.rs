//! `bad-id`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// An id that is not made of a-z, 0-9 and single `-`.
pub static RULE: Rule = Rule {
    code: "bad-id",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "An id that is not made of a-z, 0-9 and single `-`",
    why: "Ids stand in file names, in links and in the records of many years, so they keep to letters that every \
          system writes alike.",
    bad: "- id: Zgłoszenie gościa",
    good: "- id: zgloszenie-goscia",
    check: Check::Reading,
};
