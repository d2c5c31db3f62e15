//! `unknown-sequence`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// The manifest lists a sequence that has no file.
pub static RULE: Rule = Rule {
    code: "unknown-sequence",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "The manifest lists a sequence that has no file",
    why: "The list gives the order of the sequences in every document; a name without a file in sequences/ is a slip \
          of the pen or a file that got lost.",
    bad: "sequences: [gest-stay]",
    good: "sequences: [guest-stay]",
    check: Check::Reading,
};
