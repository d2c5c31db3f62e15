//! Ids: what things are called, were called, and where that stands.

use crate::source::Span;

/// A name that others refer to, with its place and its former names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Id {
    /// The id now.
    pub name: String,
    /// Where it is written.
    pub span: Span,
    /// What it was called before; an id is never reused.
    pub was: Vec<String>,
}

/// What kind of thing an id names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum NameKind {
    /// A service area.
    Area,
    /// A service sequence.
    Sequence,
    /// A phase of a sequence.
    Phase,
    /// A step of a phase.
    Step,
    /// A written standard.
    Standard,
    /// A trait.
    Trait,
    /// A pattern of a trait.
    Pattern,
    /// A role.
    Role,
    /// A back-office department.
    Department,
    /// A site.
    Site,
}

/// One place where an id stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameUse {
    /// What it names. A hand-off's receiver is recorded as a role or a department, whichever it is.
    pub kind: NameKind,
    /// The id as written there. For a pattern, `TRAIT.PATTERN` in a waiver.
    pub name: String,
    /// Where the phase (for steps) or trait (for patterns) that it belongs to matters: that id.
    pub scope: Option<String>,
    /// Where it stands.
    pub span: Span,
    /// True at `id:`, false where it is used.
    pub definition: bool,
}

impl Id {
    /// The first name that it had: what outsiders know it by, whatever it is called now.
    pub fn oldest(&self) -> &str {
        self.was.first().unwrap_or(&self.name)
    }

    /// Whether this is its name, or was once.
    pub fn is_or_was(&self, name: &str) -> bool {
        self.name == name || self.has_been(name)
    }

    /// Whether this was its name once.
    pub fn has_been(&self, name: &str) -> bool {
        self.was.iter().any(|former| former == name)
    }
}
