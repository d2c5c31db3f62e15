//! `file-too-large`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A file of more than 4 MiB.
pub static RULE: Rule = Rule {
    code: "file-too-large",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A file of more than 4 MiB",
    why: "No one writes that much by hand; more often something else was saved under the name. A long sequence can be \
          split into several files.",
    bad: "sequences/everything.yaml    9 MiB",
    good: "sequences/arrival.yaml       40 KiB
sequences/stay.yaml          60 KiB",
    check: Check::Reading,
};
