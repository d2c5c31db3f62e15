//! `bad-quantity`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A quantity that is not one number and a unit that fits.
pub static RULE: Rule = Rule {
    code: "bad-quantity",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A quantity that is not one number and a unit that fits",
    why: "Figures are compared, converted and printed in each language, which needs a number and a unit. A time limit \
          takes a time, a share lies between 0 and 100 %, and of two bounds the lower comes first.",
    bad: "measure: {within: ten seconds}",
    good: "measure: {within: 10 s}",
    check: Check::Reading,
};
