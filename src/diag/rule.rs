//! What is known of a rule beside its code.

use super::Code;

/// The documentation of one rule, beside the logic that finds what it speaks of.
#[derive(Debug)]
pub struct Rule {
    /// Completes the sentence "allow …".
    pub code: Code,
    /// What it finds, in one line without a full stop.
    pub summary: &'static str,
    /// Why that matters; Markdown.
    pub why: &'static str,
    /// Something that it finds fault with.
    pub bad: &'static str,
    /// The same put right.
    pub good: &'static str,
}
