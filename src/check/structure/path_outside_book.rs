//! `path-outside-book`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A file, or a link, that leads out of the book's folder.
pub static RULE: Rule = Rule {
    code: "path-outside-book",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A file, or a link, that leads out of the book's folder",
    why: "A book must be complete in its folder, so that everybody who has the folder has the book, and so that \
          reading somebody else's book never opens your own files.",
    bad: "brand: {logo: ../../logo.svg}",
    good: "brand: {logo: images/logo.svg}",
    check: Check::Reading,
};
