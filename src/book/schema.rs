//! JSON Schema of each file kind, from the drafts that decode it. Editors use it for completion.

use std::borrow::Cow;

use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde_json::{Value, json};

use super::country::Country;
use super::decode::{OneOrMany, Pairs};
use super::draft::{ManifestDraft, RolesFileDraft, SequenceDraft, SiteDraft, TraitsFileDraft};
use super::draft_values::{
    DateDraft, LevelSharesDraft, NounDraft, QuantityDraft, ScaleDraft, ShareDraft, SourceDraft, TextDraft,
    TraitUseDraft,
};
use super::id::MAX_ID;
use super::model::Spanned;
use super::schema_checks::{DATE, SLUG, TAG, checked, quantity, with_values};
use super::text::{GENDER, GENDERS, NOUN_FORMS};

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
    let generator = || settings().with_transform(RecursiveTransform(with_values)).into_generator();
    Some(match kind {
        "manifest" => generator().into_root_schema_for::<ManifestDraft>(),
        "sequence" => generator().into_root_schema_for::<SequenceDraft>(),
        "traits" => generator().into_root_schema_for::<TraitsFileDraft>(),
        "roles" => generator().into_root_schema_for::<RolesFileDraft>(),
        "site" => generator().into_root_schema_for::<SiteDraft>(),
        _ => return None,
    })
}

/// The JSON Schema (draft 2020-12) of a file that the program writes and people fill in: a key may stand without its value.
pub fn schema_of_record<T: JsonSchema>() -> Schema {
    settings().into_generator().into_root_schema_for::<T>()
}

fn settings() -> SchemaSettings {
    SchemaSettings::draft2020_12()
        .with_transform(RecursiveTransform(checked))
        .with_transform(RecursiveTransform(as_read))
}

/// Lets a schema take what is read: a figure where a text belongs is that text, and a number may be written with a comma or in
/// quotation marks.
fn as_read(schema: &mut Schema) {
    let Some(object) = schema.as_object_mut() else { return };
    if ["const", "enum", "pattern"].iter().any(|key| object.contains_key(*key)) {
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
        {"type": "object", "propertyNames": {"pattern": TAG},
         "additionalProperties": {"type": ["string", "number", "boolean", "null"]}}
    ],
    "examples": [{"en": "The receptionist greets the guest within 10 seconds."}]
});

impl JsonSchema for NounDraft {
    fn schema_name() -> Cow<'static, str> {
        "Noun".into()
    }
    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        // Other languages name their own forms, and nothing keeps a noun from having more.
        let of_forms = |mut forms: serde_json::Map<String, Value>| {
            forms.insert(GENDER.to_owned(), json!({"type": "string", "enum": GENDERS}));
            json!({"type": "object", "properties": forms, "additionalProperties": {"type": "string"}})
        };
        let of_language = |(tag, forms): &(&str, &[&str])| {
            let forms: serde_json::Map<_, _> =
                forms.iter().map(|form| ((*form).to_owned(), json!({"type": "string"}))).collect();
            ((*tag).to_owned(), of_forms(forms))
        };
        let languages: serde_json::Map<_, _> = NOUN_FORMS.iter().map(of_language).collect();
        json_schema!({
            "description": "A word in the forms that sentences need, by language; `gender` for the words beside it.",
            "type": "object", "propertyNames": {"pattern": TAG},
            "properties": languages,
            "additionalProperties": of_forms(serde_json::Map::new()),
            "examples": [{"en": {"one": "guest", "many": "guests", "possessive": "guest's"}}]
        })
    }
}

literal_schema!(QuantityDraft, "Quantity", {
    "description": "A number and a unit; a bare number is a count.",
    "anyOf": [{"type": "number", "minimum": 0, "exclusiveMaximum": 1e12}, {"type": "string", "pattern": quantity()}],
    "examples": ["10 s", "2 min", "24 h", "3 d", "2 wd", "12 months", "80 %", "3 m", "21 °C", 4]
});

literal_schema!(Country, "Country", {
    "description": "A country by its two letters (ISO 3166-1); EU for the Union.",
    "type": "string", "pattern": "^[A-Z][A-Z]$", "examples": ["PL", "SE"]
});

literal_schema!(DateDraft, "Date", {
    "description": "A calendar date: year-month-day.",
    "type": "string", "pattern": DATE, "examples": ["2026-01-15"]
});

literal_schema!(ShareDraft, "Share", {
    "description": "A share, above 0 and up to 100 %.",
    "anyOf": [
        {"type": "number", "exclusiveMinimum": 0, "maximum": 1},
        {"type": "string", "pattern": "^\\s*((100([.,]0+)?|[0-9]{1,2}([.,][0-9]+)?)\\s*[^0-9\\s.,].*|0?[.,][0-9]+|1([.,]0+)?)$"}
    ],
    "examples": ["90 %"]
});

impl JsonSchema for LevelSharesDraft {
    fn schema_name() -> Cow<'static, str> {
        "Level shares".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let share = generator.subschema_for::<ShareDraft>();
        json_schema!({
            "description": "Share of standards met at which a level is reached.",
            "type": "object", "additionalProperties": false,
            "properties": {"basic": share, "expected": share, "exclusive": share},
            "examples": [{"basic": "100 %", "expected": "90 %", "exclusive": "75 %"}]
        })
    }
}

literal_schema!(ScaleDraft, "Scale", {
    "description": "Lowest and highest rating.",
    "type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2, "examples": [[1, 5]]
});

impl JsonSchema for SiteDraft {
    fn schema_name() -> Cow<'static, str> {
        "a site".into()
    }
    fn json_schema(generator: &mut SchemaGenerator) -> Schema {
        let title = generator.subschema_for::<TextDraft>();
        json_schema!({
            "description": "A place where the standards apply. Any further scalar keys are its attributes, for conditions such as `site.rooms >= 50`.",
            "type": "object", "required": ["id"],
            "properties": {
                "id": {"type": "string", "description": "Id of the site."},
                "title": {"description": "Title of the site, as documents print it: a text, or a mapping from language to text.", "anyOf": [title]},
                "country": {"type": "string", "pattern": "^[A-Z][A-Z]$", "description": "The country whose law and customs hold here, by its two letters, instead of the manifest's."},
                "was": {"type": ["array", "null"], "items": {"type": "string"}, "description": "Ids that the site had before, so that what was written with them still finds it."}
            },
            "propertyNames": {"pattern": "^[A-Za-z_][A-Za-z0-9_]*$"},
            "additionalProperties": {"type": ["string", "number", "boolean"]},
            "examples": [{"id": "krakow", "title": "Hotel Wisła Kraków", "rooms": 240}]
        })
    }
}

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
                {"type": ["string", "number", "boolean"], "pattern": SLUG, "maxLength": MAX_ID},
                {"type": "object", "required": ["trait"], "additionalProperties": false,
                 "properties": {
                    "trait": {"description": "The trait.", "type": "string"},
                    "why": {"description": "Why the trait matters here.", "anyOf": [text]}
                 }}
            ]
        })
    }
}
