//! `yaml-syntax`: found while the files are read.

use crate::check::{Check, Group, Rule};
use crate::diag::Severity;

/// A file is not YAML that can be read, or not text at all.
pub static RULE: Rule = Rule {
    code: "yaml-syntax",
    group: Group::Structure,
    severity: Severity::Error,
    summary: "A file is not YAML that can be read, or not text at all",
    why: "A book is read by people and by programs. Where the punctuation of the file is broken, nobody can tell which \
          text belongs to which key, so nothing of that file is read. Most often a text holds a `:` or begins with \
          `{`, `[`, `*`, `&` or `!`: put the whole text in quotation marks.",
    bad: "text: {{ customer.one }} gets a key.",
    good: r#"text: "{{ customer.one }} gets a key.""#,
    check: Check::Reading,
};
