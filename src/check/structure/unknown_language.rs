//! `unknown-language`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A text in a language that the book does not name.
pub static RULE: Rule = Rule {
    code: "unknown-language",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A text in a language that the book does not name",
    why: "Documents are made in the languages that the manifest names; a text in any other would never be seen.",
    bad: "# gamma-ok.yaml: languages: [en, pl]
title:
  en: Check-in
  p: Zameldowanie",
    good: "# gamma-ok.yaml: languages: [en, pl]
title:
  en: Check-in
  pl: Zameldowanie",
    check: Check::Reading,
};
