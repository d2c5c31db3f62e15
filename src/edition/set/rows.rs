//! The rows of a set: what is kept of each thing, so that everything about the past can be counted without the book.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde::{Deserialize as FromRow, Serialize};

use crate::book::{Attribute, Language, Text, Worded};
use crate::source::Span;

/// A service area, or a trait that a standard converts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
pub(super) struct TitledRow {
    pub id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Text::is_empty")]
    pub title: Text,
}

/// A service sequence.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
pub(super) struct SequenceRow {
    pub id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Text::is_empty")]
    pub title: Text,
}

/// A phase, with its steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
pub(super) struct PhaseRow {
    pub id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    pub sequence: String,
    pub target: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Text::is_empty")]
    pub title: Text,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub steps: Vec<StepRow>,
}

/// A step of a phase.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
pub(super) struct StepRow {
    pub id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Text::is_empty")]
    pub title: Text,
}

/// A role that keeps a standard, receives a hand-off, or covers for one that does.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
#[serde(rename_all = "kebab-case")]
pub(super) struct RoleRow {
    pub id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub covered_by: Option<String>,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Text::is_empty")]
    pub title: Text,
}

/// A place where the standards apply.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
pub(super) struct SiteRow {
    pub id: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub attributes: BTreeMap<String, Attribute>,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Text::is_empty")]
    pub title: Text,
}

/// The figure in a standard.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
pub(super) struct MeasureRow {
    pub bound: String,
    pub value: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub high: Option<String>,
    pub share: f64,
    #[serde(default, deserialize_with = "text", skip_serializing_if = "Text::is_empty")]
    pub what: Text,
}

/// A standard in force.
#[derive(Clone, Debug, Default, PartialEq, Serialize, FromRow)]
pub(super) struct StandardRow {
    pub id: String,
    pub stamp: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub was: Vec<String>,
    /// What it came of; as titles, beside what the name of the set is made of, since no figure stands on it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    pub origin: String,
    pub sequence: String,
    pub phase: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub step: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub area: Option<String>,
    pub r#type: String,
    pub level: String,
    pub aspect: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub procedure: Option<String>,
    pub verify: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub traits: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<String>,
    /// Who receives a hand-off.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<String>,
    pub weight: f64,
    pub critical: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub measure: Option<MeasureRow>,
    /// All conditions on the way down.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub when: Vec<String>,
    /// In the source language, as filled in.
    pub text: String,
}

/// Reads a text by language; its places are nowhere.
fn text<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Text, D::Error> {
    struct ByLanguage;
    impl<'de> Visitor<'de> for ByLanguage {
        type Value = Text;
        fn expecting(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            formatter.write_str("a map from language to text")
        }
        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Text, A::Error> {
            let mut all = Vec::new();
            while let Some((tag, text)) = map.next_entry::<String, String>()? {
                all.push(Worded { language: Language::new(&tag), text, span: Span::default() });
            }
            Ok(Text(all))
        }
    }
    deserializer.deserialize_map(ByLanguage)
}

/// An attribute as it was typed.
impl<'de> Deserialize<'de> for Attribute {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        use serde_json::Value;
        Ok(match Value::deserialize(deserializer)? {
            Value::Bool(value) => Attribute::Bool(value),
            Value::Number(value) => Attribute::Number(value.as_f64().unwrap_or(0.0)),
            Value::String(text) => Attribute::Text(text),
            _ => return Err(serde::de::Error::custom("neither truth, number nor text")),
        })
    }
}
