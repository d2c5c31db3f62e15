//! What the format allows where the caret stands: keys with their meaning, and words of closed lists.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use percent_encoding::percent_decode_str;
use serde_json::Value;

use super::caret::Way;
use crate::{audit, book, edition, review};

/// The schemas of all kinds of file, by kind.
static SCHEMAS: LazyLock<BTreeMap<&'static str, Value>> = LazyLock::new(|| {
    let of_book = book::KINDS.iter().filter_map(|(kind, _)| Some((*kind, book::schema(kind)?.to_value())));
    let of_records = [("audit", audit::schema()), ("edition", edition::schema()), ("review", review::schema())];
    of_book.chain(of_records.map(|(kind, schema)| (kind, schema.to_value()))).collect()
});

/// A key that may stand in a mapping.
#[derive(Clone, Debug)]
pub(super) struct Key<'a> {
    pub name: &'a str,
    /// What it means, in English; the key of its translations.
    pub meaning: &'a str,
    pub is_required: bool,
    /// What its value may be.
    pub holds: Holds,
}

/// What a value looks like, as far as its first line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Holds {
    List,
    Mapping,
    /// A text in each language of the book.
    Text,
    Value,
}

/// A word of a closed list.
#[derive(Clone, Debug)]
pub(super) struct Word<'a> {
    pub word: &'a str,
    /// What it means, in English; the key of its translations.
    pub meaning: &'a str,
}

/// What may stand at the end of a way.
pub(super) struct Allowed {
    root: &'static Value,
    /// The schemas that what stands there may fit.
    alternatives: Vec<&'static Value>,
    /// What the last key of the way means.
    pub meaning: Option<&'static str>,
}

impl Allowed {
    /// What may stand at the end of a way in a file of a kind; none in an unknown kind.
    pub(super) fn at(kind: &str, way: &[Way]) -> Option<Self> {
        let root = SCHEMAS.get(kind)?;
        let mut allowed = Allowed { root, alternatives: expanded(root, root), meaning: None };
        for step in way {
            allowed.go(step);
        }
        Some(allowed)
    }

    fn go(&mut self, step: &Way) {
        let mut next = Vec::new();
        let mut known = None;
        for schema in std::mem::take(&mut self.alternatives) {
            let inner = match step {
                Way::Item => schema.get("items"),
                Way::Key(key) => {
                    let named = schema.get("properties").and_then(|keys| keys.get(key));
                    named.or_else(|| schema.get("additionalProperties").filter(|inner| inner.is_object()))
                }
            };
            if let (Way::Key(_), Some(inner)) = (step, inner) {
                known = known.or_else(|| meaning(self.root, inner));
            }
            next.extend(inner.into_iter().flat_map(|inner| expanded(self.root, inner)));
        }
        self.alternatives = next;
        if matches!(step, Way::Key(_)) {
            self.meaning = known;
        }
    }

    /// The keys of the mapping that may stand there.
    pub(super) fn keys(&self) -> Vec<Key<'static>> {
        let mut keys: Vec<Key<'static>> = Vec::new();
        for schema in &self.alternatives {
            let required = schema.get("required").and_then(Value::as_array);
            for (name, inner) in schema.get("properties").and_then(Value::as_object).into_iter().flatten() {
                if keys.iter().any(|known| known.name == name) {
                    continue;
                }
                keys.push(Key {
                    name,
                    meaning: meaning(self.root, inner).unwrap_or(""),
                    is_required: required.is_some_and(|required| required.iter().any(|key| key == name)),
                    holds: holds(self.root, inner),
                });
            }
        }
        keys
    }

    /// The words of the closed list that may stand there.
    pub(super) fn words(&self) -> Vec<Word<'static>> {
        let mut words: Vec<Word<'static>> = Vec::new();
        for schema in &self.alternatives {
            let meaning = schema.get("description").and_then(Value::as_str).unwrap_or("");
            let constant = schema.get("const").and_then(Value::as_str).map(|word| Word { word, meaning });
            let several = schema.get("enum").and_then(Value::as_array).into_iter().flatten();
            words.extend(constant);
            words.extend(several.filter_map(Value::as_str).map(|word| Word { word, meaning: "" }));
            if is_truth_value(schema) {
                words.extend(["true", "false"].map(|word| Word { word, meaning: "" }));
            }
        }
        words
    }

    /// Whether a quantity may stand there: a number with a unit.
    pub(super) fn is_quantity(&self) -> bool {
        self.is_share()
            || self.has_example("10 s")
            || self.meaning.is_some_and(|meaning| meaning.contains("number and a unit"))
    }

    /// Whether the quantity is a share.
    pub(super) fn is_share(&self) -> bool {
        self.has_example("90 %")
    }

    fn has_example(&self, example: &str) -> bool {
        let has = |schema: &&Value| {
            schema.get("examples").and_then(Value::as_array).is_some_and(|all| all.iter().any(|known| known == example))
        };
        self.alternatives.iter().any(has)
    }

    /// Whether a text or a noun may stand there, worded in each language.
    pub(super) fn is_by_language(&self) -> bool {
        self.alternatives.iter().any(|schema| is_by_language(schema))
    }

    /// Whether a text of the author's may stand there.
    pub(super) fn is_text(&self) -> bool {
        self.alternatives.iter().any(|schema| is_text(schema))
    }

    /// Whether a list and nothing else may stand there.
    pub(super) fn is_list(&self) -> bool {
        let is = |kind: &str| {
            self.alternatives.iter().any(|schema| {
                schema.get("type").is_some_and(|known| {
                    known == kind || known.as_array().is_some_and(|all| all.iter().any(|name| name == kind))
                })
            })
        };
        is("array") && !is("string") && !is("object")
    }

    /// Whether a day may stand there.
    pub(super) fn is_day(&self) -> bool {
        self.has_example("2026-01-15") || self.has_example("2026-05-12")
    }
}

/// Whether a value is yes or no, and no text that may look like it.
fn is_truth_value(schema: &Value) -> bool {
    let has =
        |kinds: &Value, wanted: &str| kinds.as_array().is_some_and(|kinds| kinds.iter().any(|kind| kind == wanted));
    schema.get("type").is_some_and(|kind| kind == "boolean" || (has(kind, "boolean") && !has(kind, "string")))
}

/// Whether a schema is of a mapping with the tags of languages as keys.
fn is_by_language(schema: &Value) -> bool {
    schema.get("propertyNames").and_then(|names| names.get("pattern")).is_some_and(|form| form == book::TAG)
}

/// Whether a schema is of a mapping from languages to texts.
fn is_text(schema: &Value) -> bool {
    is_by_language(schema) && schema.get("properties").is_none()
}

/// What a schema says that it is.
fn meaning<'a>(root: &'a Value, schema: &'a Value) -> Option<&'a str> {
    let own = schema.get("description").and_then(Value::as_str);
    own.or_else(|| referred(root, schema)?.get("description")?.as_str())
}

fn referred<'a>(root: &'a Value, schema: &'a Value) -> Option<&'a Value> {
    let name = schema.get("$ref")?.as_str()?.strip_prefix("#/$defs/")?;
    let name = percent_decode_str(name).decode_utf8().ok()?;
    root.get("$defs")?.get(&*name)
}

/// A schema and what it may stand for, references followed.
fn expanded<'a>(root: &'a Value, schema: &'a Value) -> Vec<&'a Value> {
    let mut all: Vec<&Value> = Vec::new();
    let mut open = vec![schema];
    while let Some(schema) = open.pop() {
        // A schema that refers to itself is taken once.
        if all.iter().any(|known| std::ptr::eq(*known, schema)) {
            continue;
        }
        all.push(schema);
        open.extend(referred(root, schema));
        for key in ["oneOf", "anyOf", "allOf"] {
            open.extend(schema.get(key).and_then(Value::as_array).into_iter().flatten().rev());
        }
    }
    all
}

fn holds(root: &Value, schema: &Value) -> Holds {
    let all = expanded(root, schema);
    let has = |kind: &str| {
        all.iter().any(|schema| match schema.get("type") {
            Some(Value::Array(kinds)) => kinds.iter().any(|known| known == kind),
            Some(known) => known == kind,
            None => false,
        })
    };
    match () {
        () if all.iter().any(|schema| is_text(schema)) => Holds::Text,
        () if has("string") || has("number") || has("boolean") => Holds::Value,
        () if has("array") => Holds::List,
        () if has("object") => Holds::Mapping,
        () => Holds::Value,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allowed(kind: &str, way: &str) -> Allowed {
        let step = |step: &str| if step == "-" { Way::Item } else { Way::Key(step.to_owned()) };
        let way: Vec<Way> = way.split('/').filter(|step| !step.is_empty()).map(step).collect();
        Allowed::at(kind, &way).expect("a kind")
    }

    fn keys(kind: &str, way: &str) -> Vec<&'static str> {
        allowed(kind, way).keys().into_iter().map(|key| key.name).collect()
    }

    fn words(kind: &str, way: &str) -> Vec<&'static str> {
        allowed(kind, way).words().into_iter().map(|word| word.word).collect()
    }

    #[test]
    fn keys_of_every_kind_of_file() {
        assert!(keys("manifest", "").contains(&"languages"));
        assert!(keys("sequence", "phases/-/standards/-").contains(&"measure"));
        assert!(keys("traits", "traits/-/patterns/-").contains(&"contact"));
        assert!(keys("roles", "roles/-").contains(&"covered-by"));
        assert!(keys("audit", "").contains(&"auditor"));
        assert!(keys("audit", "answers/x").contains(&"evidence"));
        assert!(keys("review", "decisions/x").contains(&"reason"));
        assert!(keys("sequence", "nothing/like/that").is_empty());
    }

    #[test]
    fn words_of_closed_lists() {
        assert_eq!(words("sequence", "phases/-/standards/-/level"), ["basic", "expected", "exclusive"]);
        assert!(words("sequence", "phases/-/steps/-/contact/-").contains(&"phone"));
        assert!(words("audit", "kind").contains(&"mystery"));
        assert!(words("sequence", "phases/-/standards/-/critical").contains(&"true"));
    }

    #[test]
    fn values_are_known_by_their_shape() {
        let holds = |name: &str| {
            allowed("sequence", "phases/-").keys().into_iter().find(|key| key.name == name).expect("a key").holds
        };
        assert_eq!(holds("standards"), Holds::List);
        assert_eq!(holds("wants"), Holds::Text);
        assert_eq!(holds("id"), Holds::Value);
        assert!(allowed("sequence", "phases/-/steps/-/waits").is_quantity());
    }

    #[test]
    fn every_key_has_a_meaning() {
        for kind in SCHEMAS.keys() {
            let allowed = allowed(kind, "");
            assert!(allowed.keys().iter().all(|key| !key.meaning.is_empty()), "{kind}");
        }
    }
}
