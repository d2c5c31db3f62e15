//! What the program checks of a value beyond its type, for the schemas: an editor without our server flags it too, and completes
//! what is a closed list.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use schemars::Schema;
use serde_json::{Map, Value, json};

use super::id::MAX_ID;
use super::model::REVIEW_UNITS;
use crate::diag::Code;
use crate::library;
use crate::units::{Unit, unit_key, unit_names, unit_words};

/// An id.
pub(super) const SLUG: &str = "^[a-z0-9]+(-[a-z0-9]+)*$";
/// The id of a standard: written, or of a phase, a trait and a pattern.
const STANDARD: &str = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$";
/// A former id; that of a standard may be one that a pattern made.
const FORMER: &str = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*)?$";
/// A trait's pattern, or a pattern's name.
const PATTERN: &str = r"^[a-z0-9]+(-[a-z0-9]+)*\.[a-z0-9]+(-[a-z0-9]+)*$";
/// A standard in a record, with the stamp of its wording.
const REFERENCE: &str = r"^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*(@[0-9a-f]{8})?$";
/// The tag of a language.
pub(crate) const TAG: &str = "^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*$";
/// A calendar date.
pub(super) const DATE: &str =
    "^[0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|[12][0-9]))$";

/// Digits, in groups of three or not, with a decimal mark or without.
const FIGURE: &str = "[0-9]+([ \u{a0}\u{202f}][0-9]{3})*([.,][0-9]*)?";
/// What may stand before, between and behind.
const SPACE: &str = "[ \u{a0}\u{202f}]*";

/// The rules that may be switched off.
static RULES: LazyLock<Vec<&str>> =
    LazyLock::new(|| Code::ALL.iter().filter(|code| code.is_optional()).map(|code| code.word()).collect());

/// What a key's value must be, wherever the key stands.
#[derive(Clone, Copy)]
enum Check {
    /// A text of this form; a number counts as one.
    Form(&'static str),
    /// A text of this form, and nothing else.
    Text(&'static str),
    /// One of the words.
    Words(fn() -> Vec<&'static str>),
    /// A number between these, the first not among them.
    Above(f64, f64),
    /// A whole number from one on.
    Number,
    /// A time in one of the units that reviews are planned in.
    Interval,
    /// A time, or something that the program does not know.
    Time,
    /// A time, or so many rings, or something that the program does not know.
    Limit,
    /// A list of just two.
    Two,
    /// Keys of this form.
    Keys(&'static str),
    /// Keys that are rules.
    Rules,
    /// Each but once, each of this form.
    Each(&'static str),
}

/// The keys of which more is checked than their type.
const CHECKS: &[(&str, Check)] = &[
    ("allow", Check::Words(|| RULES.clone())),
    ("area", Check::Form(SLUG)),
    ("answers", Check::Keys(REFERENCE)),
    ("between", Check::Two),
    ("colour", Check::Text("^#[0-9A-Fa-f]{6}$")),
    ("covered-by", Check::Form(SLUG)),
    ("decisions", Check::Keys(REFERENCE)),
    ("edition", Check::Form("^[0-9a-f]{8}$")),
    ("every", Check::Interval),
    ("from", Check::Form(STANDARD)),
    ("id", Check::Form(SLUG)),
    ("languages", Check::Each(TAG)),
    ("lasts", Check::Time),
    ("logo", Check::Text(r"\.([sS][vV][gG]|[pP][nN][gG]|[jJ][pP][eE]?[gG])$")),
    ("number", Check::Number),
    ("opposes", Check::Form(SLUG)),
    ("pattern", Check::Form(PATTERN)),
    ("practises", Check::Form(STANDARD)),
    ("role", Check::Form(SLUG)),
    ("rules", Check::Rules),
    ("sector", Check::Words(library::sectors)),
    ("sectors", Check::Words(library::sectors)),
    ("sequences", Check::Form(SLUG)),
    ("site", Check::Form(SLUG)),
    ("step", Check::Form(SLUG)),
    ("to", Check::Form(SLUG)),
    ("trait", Check::Form(SLUG)),
    ("was", Check::Form(FORMER)),
    ("weight", Check::Above(0.0, 1000.0)),
    ("within", Check::Limit),
];

/// Says in a schema of keys what is checked of each.
pub(super) fn checked(schema: &mut Schema) {
    let Some(keys) = schema.as_object_mut().and_then(|object| object.get_mut("properties")) else { return };
    let Some(keys) = keys.as_object_mut() else { return };
    let is_measure = ["within", "at-most", "at-least", "between"].iter().all(|key| keys.contains_key(*key));
    let is_standard = ["status", "type", "level"].iter().all(|key| keys.contains_key(*key));
    for (key, property) in keys.iter_mut() {
        let check = CHECKS.iter().find(|(known, _)| known == key);
        if let (Some((_, check)), Some(property)) = (check, property.as_object_mut()) {
            check.add(property);
        }
    }
    if let (true, Some(object)) = (is_measure, schema.as_object_mut()) {
        let bounds = ["within", "at-most", "at-least", "between"].map(|key| json!({"required": [key]}));
        object.insert("oneOf".to_owned(), bounds.into());
    }
    if let (true, Some(object)) = (is_standard, schema.as_object_mut()) {
        // Only a draft may leave them open.
        let draft = json!({"required": ["status"], "properties": {"status": {"const": "draft"}}});
        object.insert("if".to_owned(), json!({"not": draft}));
        object.insert("then".to_owned(), json!({"required": ["type", "level"]}));
    }
}

impl Check {
    fn add(self, property: &mut Map<String, Value>) {
        match self {
            Check::Form(form) => each_of(property, "string", &mut |text| {
                text.insert("pattern".to_owned(), form.into());
                if form == SLUG {
                    text.insert("maxLength".to_owned(), MAX_ID.into());
                }
                // What looks like a number is a text of those digits.
                text.insert("type".to_owned(), json!(["string", "number", "boolean"]));
                text.insert("minimum".to_owned(), 0.into());
            }),
            Check::Text(form) => each_of(property, "string", &mut |text| {
                text.insert("pattern".to_owned(), form.into());
            }),
            Check::Words(words) => each_of(property, "string", &mut |text| {
                text.insert("enum".to_owned(), words().into());
            }),
            Check::Above(low, high) => each_of(property, "number", &mut |number| {
                number.insert("exclusiveMinimum".to_owned(), low.into());
                number.insert("maximum".to_owned(), high.into());
            }),
            Check::Number => each_of(property, "number", &mut |number| {
                number.insert("minimum".to_owned(), 1.into());
                number.insert("multipleOf".to_owned(), 1.into());
            }),
            Check::Interval => with_unit(property, interval()),
            Check::Time => with_unit(property, limit(is_time)),
            Check::Limit => with_unit(property, limit(|unit| is_time(unit) || unit == "rings")),
            Check::Two => each_of(property, "array", &mut |list| {
                list.insert("minItems".to_owned(), 2.into());
                list.insert("maxItems".to_owned(), 2.into());
            }),
            Check::Keys(form) => each_of(property, "object", &mut |mapping| {
                mapping.insert("propertyNames".to_owned(), json!({"pattern": form}));
            }),
            Check::Rules => each_of(property, "object", &mut |mapping| {
                mapping.insert("propertyNames".to_owned(), json!({"enum": *RULES}));
            }),
            Check::Each(form) => {
                each_of(property, "array", &mut |list| {
                    list.insert("uniqueItems".to_owned(), true.into());
                });
                Check::Text(form).add(property);
            }
        }
    }
}

/// Says that a quantity is a text of this form: a bare number has no unit.
fn with_unit(property: &mut Map<String, Value>, form: String) {
    property.insert("type".to_owned(), "string".into());
    property.insert("pattern".to_owned(), form.into());
}

/// A quantity in a unit that is allowed, or that the program does not know: it may be a time.
fn limit(is_allowed: impl Fn(&str) -> bool) -> String {
    let others = names(|unit| !is_allowed(unit));
    format!("^{SPACE}[-\u{2212}+]?{FIGURE}{SPACE}(?!({others})[.]?{SPACE}$)[^0-9\\s][^0-9]{{0,39}}$")
}

fn is_time(unit: &str) -> bool {
    unit_key(unit).is_some_and(|key| Unit::Known(key).is_time())
}

/// A number above nothing and a unit of [`REVIEW_UNITS`].
fn interval() -> String {
    let unit = names(|unit| REVIEW_UNITS.contains(&unit));
    format!("^{SPACE}[+]?(?![0 \u{a0}\u{202f}]*([.,]0*)?[^0-9.,]){FIGURE}{SPACE}({unit})[.]?{SPACE}$")
}

/// A quantity: a number and a unit; below nothing is only what has a temperature's unit, or one that the program does not know.
pub(super) fn quantity() -> String {
    let bounded = names(|unit| unit != "°C");
    let below = format!("[-\u{2212}]{FIGURE}{SPACE}(?!({bounded})[.]?{SPACE}$)[^0-9\\s][^0-9]{{0,39}}");
    format!("^{SPACE}([+]?{FIGURE}{SPACE}[^0-9]{{0,40}}|{below})$")
}

/// The names of units in every language, whatever the size of their letters.
fn names(is_wanted: impl Fn(&str) -> bool) -> String {
    let letter = |letter: char| {
        let (lower, upper): (String, String) = (letter.to_lowercase().collect(), letter.to_uppercase().collect());
        match letter {
            ' ' => "[ ]+".to_owned(),
            _ if lower != upper && upper.chars().count() == 1 => format!("[{lower}{upper}]"),
            _ if letter.is_alphanumeric() => letter.to_string(),
            '^' | '\\' | ']' => format!("\\{letter}"),
            _ => format!("[{letter}]"),
        }
    };
    let all = unit_names().chain(unit_words("en").keys().map(String::as_str));
    let wanted: BTreeSet<&str> = all.filter(|name| unit_key(name).is_some_and(&is_wanted)).collect();
    wanted.into_iter().map(|name| name.chars().map(letter).collect::<String>()).collect::<Vec<_>>().join("|")
}

/// Does something with each schema of that type which a property may fit, in a list too.
fn each_of(schema: &mut Map<String, Value>, kind: &str, act: &mut dyn FnMut(&mut Map<String, Value>)) {
    let is_kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().any(|known| known == kind),
        known => known.is_some_and(|known| known == kind),
    };
    if is_kind {
        act(schema);
    }
    for key in ["anyOf", "oneOf"] {
        let alternatives = schema.get_mut(key).and_then(Value::as_array_mut).into_iter().flatten();
        alternatives.filter_map(Value::as_object_mut).for_each(|inner| each_of(inner, kind, act));
    }
    if let Some(items) = schema.get_mut("items").and_then(Value::as_object_mut) {
        each_of(items, kind, act);
    }
}

/// Takes from the keys of an author's file that they may stand without a value: only a list may, which nothing was put into yet.
pub(super) fn with_values(schema: &mut Schema) {
    let Some(keys) = schema.as_object_mut().and_then(|object| object.get_mut("properties")) else { return };
    for property in keys.as_object_mut().into_iter().flat_map(|keys| keys.values_mut()) {
        let Some(property) = property.as_object_mut() else { continue };
        if let Some(kinds) = property.get_mut("type").and_then(Value::as_array_mut)
            && !kinds.iter().any(|kind| kind == "array")
        {
            kinds.retain(|kind| kind != "null");
        }
        if let Some(alternatives) = property.get_mut("anyOf").and_then(Value::as_array_mut) {
            alternatives.retain(|schema| schema.get("type").is_none_or(|kind| kind != "null"));
        }
    }
}
