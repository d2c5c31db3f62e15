//! Who serves customers, and where: roles, departments, sites.

use std::collections::BTreeMap;

use crate::book::{Condition, Home, Id, Noun, Spanned, Text};
use crate::source::Span;

/// Who does what.
#[derive(Clone, Debug, Default)]
pub struct Role {
    /// What steps, standards and hand-offs name it by.
    pub id: Id,
    /// What documents call it; the id where nothing is written.
    pub title: Text,
    /// What sentences call whoever has the role.
    pub noun: Noun,
    /// What it is there for.
    pub duties: Vec<Text>,
    /// At which sites it exists.
    pub when: Option<Condition>,
    /// Who takes its duties where it does not.
    pub covered_by: Option<Spanned<String>>,
    /// Whose it is.
    pub home: Home,
    /// From the first key to the last value.
    pub span: Span,
}

/// A back-office department.
#[derive(Clone, Debug, Default)]
pub struct Department {
    /// What hand-offs name it by.
    pub id: Id,
    /// What documents call it; the id where nothing is written.
    pub title: Text,
    /// Whose it is.
    pub home: Home,
}

/// A place where the standards apply.
#[derive(Clone, Debug, Default)]
pub struct Site {
    /// What records of audits and feedback name it by.
    pub id: Id,
    /// What documents call it; the id where nothing is written.
    pub title: Text,
    /// What conditions can ask about it, by name.
    pub attributes: BTreeMap<String, Attribute>,
    /// From the first key to the last value.
    pub span: Span,
}

/// A site's attribute.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
#[serde(untagged)]
pub enum Attribute {
    /// A truth value.
    Bool(bool),
    /// A number.
    Number(f64),
    /// Anything else.
    Text(String),
}
