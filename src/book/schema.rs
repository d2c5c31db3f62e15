//! JSON Schema of each file kind, from the drafts that decode it. Editors use it for completion.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::Value;

use super::country::Country;
use super::decode::{OneOrMany, Pairs};
use super::draft::{ManifestDraft, RolesFileDraft, SequenceDraft, SiteDraft, TraitsFileDraft};
use super::draft_values::{
    DateDraft, LevelSharesDraft, NounDraft, QuantityDraft, ScaleDraft, SourceDraft, TextDraft, TraitUseDraft,
};
use super::model::Spanned;

/// The kinds of file and which files are of the kind.
pub const KINDS: &[(&str, &str)] = &[
    ("manifest", "gamma-ok.yaml"),
    ("sequence", "sequences/*.yaml"),
    ("traits", "traits/*.yaml"),
    ("roles", "roles.yaml"),
    ("site", "sites/*.yaml"),
];

/// The JSON Schema (draft 2020-12) of a file kind; none for an unknown kind.
pub fn schema(kind: &str) -> Option<Schema> {
    let settings = || SchemaSettings::draft2020_12().with_transform(RecursiveTransform(as_read));
    let generator = || settings().into_generator();
    Some(match kind {
        "manifest" => generator().into_root_schema_for::<ManifestDraft>(),
        "sequence" => generator().into_root_schema_for::<SequenceDraft>(),
        "traits" => generator().into_root_schema_for::<TraitsFileDraft>(),
        "roles" => generator().into_root_schema_for::<RolesFileDraft>(),
        "site" => generator().into_root_schema_for::<SiteDraft>(),
        _ => return None,
    })
}

/// Lets a schema take what is read: a figure where a text belongs is that text, a number may be written with a comma or in
/// quotation marks, and an id is a slug.
fn as_read(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if let Some(id) = object.get_mut("properties").and_then(|keys| keys.get_mut("id")).and_then(Value::as_object_mut) {
        id.insert("pattern".to_owned(), "^[a-z0-9]+(-[a-z0-9]+)*$".into());
        id.insert("maxLength".to_owned(), super::id::MAX_ID.into());
    }
    if ["const", "enum", "pattern"].iter().any(|key| object.contains_key(*key)) && !object.contains_key("maxLength") {
        return;
    }
    let Some(kind) = object.get_mut("type") else { return };
    let mut kinds: Vec<Value> = kind.as_array().cloned().unwrap_or_else(|| vec![kind.clone()]);
    let has = |word: &str| kinds.iter().any(|kind| kind == word);
    let (text, number) = (has("string"), has("number"));
    match (text, number) {
        (true, false) => kinds.extend(["number", "boolean"].map(Value::from)),
        (false, true) => kinds.push("string".into()),
        _ => return,
    }
    *kind = kinds.into();
    if number {
        object.insert("pattern".to_owned(), r"^[-+]?([0-9]+([.,][0-9]*)?|[.,][0-9]+)([eE][-+]?[0-9]+)?$".into());
    }
}

impl<T: JsonSchema> JsonSchema for Spanned<T> {
    fn schema_name() -> Cow<'static, str> {
        T::schema_name()
    }
    fn inline_schema() -> bool {
        T::inline_schema()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        T::json_schema(generator)
    }
}

impl<T: JsonSchema> JsonSchema for OneOrMany<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("One or many: {}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({"anyOf": [value, {"type": "array", "items": value}]})
    }
}

impl<T: JsonSchema> JsonSchema for Pairs<T> {
    fn schema_name() -> Cow<'static, str> {
        format!("Mapping to {}", T::schema_name()).into()
    }
    fn inline_schema() -> bool {
        true
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let value = generator.subschema_for::<T>();
        json_schema!({"type": "object", "additionalProperties": value})
    }
}

/// Implements `JsonSchema` for a value type by a literal schema.
macro_rules! literal_schema {
    ($ty:ty, $name:literal, $schema:tt) => {
        impl JsonSchema for $ty {
            fn schema_name() -> Cow<'static, str> {
                $name.into()
            }
            fn json_schema(_: &mut SchemaGenerator) -> Schema {
                json_schema!($schema)
            }
        }
    };
}

literal_schema!(TextDraft, "Text", {
    "description": "Prose: a text in the source language, or a mapping from language to text.",
    "anyOf": [
        {"type": ["string", "number", "boolean"]},
        {"type": "object", "propertyNames": {"pattern": "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$"},
         "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}
    ],
    "examples": [{"en": "The receptionist greets the guest within 10 seconds."}]
});

literal_schema!(NounDraft, "Noun", {
    "description": "A word in the forms that sentences need, by language; `gender` for the words beside it.",
    "type": "object",
    "additionalProperties": {"type": "object", "additionalProperties": {"type": "string"}},
    "examples": [{"en": {"one": "guest", "many": "guests", "possessive": "guest's"}}]
});

literal_schema!(QuantityDraft, "Quantity", {
    "description": "A number and a unit; a bare number is a count.",
    "anyOf": [{"type": "number"}, {"type": "string", "pattern": "^\\s*[-+]?[0-9][0-9 .,\\u00a0\\u202f]*\\s*[^0-9]*$"}],
    "examples": ["10 s", "2 min", "24 h", "3 d", "2 wd", "12 months", "80 %", "3 m", "21 °C", 4]
});

literal_schema!(Country, "Country", {
    "description": "A country by its two letters (ISO 3166-1); EU for the Union.",
    "type": "string", "pattern": "^[A-Z][A-Z]$", "examples": ["PL", "SE"]
});

literal_schema!(DateDraft, "Date", {
    "description": "A calendar date: year-month-day.",
    "type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "examples": ["2026-01-15"]
});

literal_schema!(LevelSharesDraft, "Level shares", {
    "description": "Share of standards met at which a level is reached.",
    "type": "object", "additionalProperties": false,
    "properties": {"basic": {"type": ["string", "number"]}, "expected": {"type": ["string", "number"]}, "exclusive": {"type": ["string", "number"]}},
    "examples": [{"basic": "100 %", "expected": "90 %", "exclusive": "75 %"}]
});

literal_schema!(ScaleDraft, "Scale", {
    "description": "Lowest and highest rating.",
    "type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2, "examples": [[1, 5]]
});

literal_schema!(SiteDraft, "a site", {
    "description": "A place where the standards apply. Any further scalar keys are its attributes, for conditions such as `site.rooms >= 50`.",
    "type": "object", "required": ["id"],
    "properties": {
        "id": {"type": "string", "description": "Id of the site."},
        "title": {"description": "Title of the site, as documents print it: a text, or a mapping from language to text.", "type": ["string", "object"]},
        "country": {"type": "string", "pattern": "^[A-Z][A-Z]$", "description": "The country whose law and customs hold here, by its two letters, instead of the manifest's."},
        "was": {"type": "array", "items": {"type": "string"}, "description": "Ids that the site had before, so that what was written with them still finds it."}
    },
    "additionalProperties": {"type": ["string", "number", "boolean", "null"]},
    "examples": [{"id": "krakow", "title": "Hotel Wisła Kraków", "rooms": 240}]
});

impl JsonSchema for SourceDraft {
    fn schema_name() -> Cow<'static, str> {
        "Source".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let (text, country) = (generator.subschema_for::<TextDraft>(), generator.subschema_for::<Country>());
        json_schema!({
            "description": "Where a figure comes from: a text, or a mapping of the text and the country whose law it is.",
            "anyOf": [
                text,
                {"type": "object", "required": ["text"], "additionalProperties": false,
                 "properties": {
                    "text": {"description": "What the source is called.", "anyOf": [text]},
                    "country": {"description": "The country whose law it is; leave it out for what holds anywhere.", "anyOf": [country]}
                 }}
            ]
        })
    }
}

impl JsonSchema for TraitUseDraft {
    fn schema_name() -> Cow<'static, str> {
        "Trait use".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let text = generator.subschema_for::<TextDraft>();
        json_schema!({
            "description": "A trait's id, or a mapping of the trait and why it matters here.",
            "anyOf": [
                {"type": "string"},
                {"type": "object", "required": ["trait"], "additionalProperties": false,
                 "properties": {
                    "trait": {"description": "The trait.", "type": "string"},
                    "why": {"description": "Why the trait matters here.", "anyOf": [text]}
                 }}
            ]
        })
    }
}
