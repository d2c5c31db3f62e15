//! What the fillable page saves: a mapping of what is said once, and a list of items.

mod unique;

use serde_json::{Map, Value};

use self::unique::Unique;
use super::questions::{Field, FieldKind, FormWords};
use super::{Form, FormEntry, FormItem, FormPlace, Refused, observations, of_another_kind, short};
use crate::edition::Reference;
use crate::message::Message;
use crate::say;

/// The version of the file that is understood.
const VERSION: u64 = 1;

/// What the form says of itself.
const OWN: [&str; 3] = ["gamma-ok", "version", "language"];

/// The edition that it was made of.
const EDITION: &str = "edition";

/// What names an item.
const NAME: [&str; 2] = ["standard", "stamp"];

pub(super) fn read(text: &str, words: &FormWords) -> Result<Form, Refused> {
    let Unique(value) = serde_json::from_str(text).map_err(|error| {
        let place = FormPlace::Position(error.line(), error.column());
        if error.is_eof() {
            Refused::new(place, say!("the file is cut off, and not whole"))
                .help(say!("save the form again; the page still has every answer"))
        } else if error.is_data() {
            let error_text = error.to_string();
            let key = error_text.rsplit_once(" at line ").map_or(&*error_text, |(key, _)| key);
            Refused::new(place, say!("the key `{key}` stands here a second time", key = short(key)))
                .help(say!("leave one of the two"))
        } else {
            Refused::new(place, say!("this is not what the form saves"))
                .help(say!("give the file as the form saved it"))
        }
    })?;
    let questions = words.questions;
    let Value::Object(file) = value else { return Err(of_another_kind("", words)) };
    match file.get("gamma-ok").and_then(Value::as_str) {
        Some(kind) if kind == questions.kind => {}
        kind => return Err(of_another_kind(kind.unwrap_or_default(), words)),
    }
    if file.get("version").and_then(Value::as_u64) != Some(VERSION) {
        let wrong =
            Refused::new(FormPlace::Path("version".to_owned()), say!("the form is of another version of gamma-ok"));
        return Err(wrong.help(say!("make the checklist again with this version, or take the form in with that one")));
    }
    let mut reader = Reader { words, entries: Vec::new(), refused: Vec::new() };
    for (key, value) in &file {
        if key != questions.list && key != EDITION && !OWN.contains(&key.as_str()) {
            reader.value(key, value, questions.head, &FormPlace::Path(key.clone()));
        }
    }
    let of_edition =
        |part: &str| Some(file.get(EDITION)?.get(part)?.as_str()?.trim().to_owned()).filter(|text| !text.is_empty());
    let mut form = Form {
        head: reader.entries,
        refused: reader.refused,
        edition: of_edition("hash"),
        part: of_edition("part"),
        says_scope: true,
        ..Form::default()
    };
    match file.get(questions.list) {
        Some(Value::Array(items)) => {
            for (index, value) in items.iter().enumerate() {
                let item = item(index, value, words, &mut form.refused);
                form.items.extend(item);
                if form.is_beyond() {
                    break;
                }
            }
        }
        _ => {
            form.refused.push(Refused::new(FormPlace::Path(questions.list.to_owned()), say!("the answers are missing")))
        }
    }
    Ok(form)
}

fn item(index: usize, value: &Value, words: &FormWords, refused: &mut Vec<Refused>) -> Option<FormItem> {
    let questions = words.questions;
    let numbered = FormPlace::Path(format!("{}[{index}]", questions.list));
    let Value::Object(map) = value else {
        refused.push(Refused::new(numbered, say!("this is {what}, not an answer", what = kind(value))));
        return None;
    };
    let name = |key: &str| map.get(key).and_then(Value::as_str).map(str::trim).filter(|text| !text.is_empty());
    let Some(id) = name("standard") else {
        refused.push(Refused::new(numbered, say!("the answer does not name its standard")));
        return None;
    };
    let reference = Reference { id, stamp: name("stamp") }.to_string();
    // A person finds an item by its name, not by its number in the file.
    let place = FormPlace::Path((questions.item_place)(id));
    let mut reader = Reader { words, entries: Vec::new(), refused: std::mem::take(refused) };
    for (key, value) in map.iter().filter(|(key, _)| !NAME.contains(&key.as_str())) {
        reader.value(key, value, questions.item, &place);
    }
    *refused = reader.refused;
    Some(FormItem { place, reference, entries: reader.entries, ..FormItem::default() })
}

struct Reader<'w> {
    words: &'w FormWords,
    entries: Vec<FormEntry>,
    refused: Vec<Refused>,
}

impl Reader<'_> {
    /// Takes in what a key says: a text, a number that is as good, a list of these, or a mapping of them.
    fn value(&mut self, key: &str, value: &Value, fields: &'static [Field], place: &FormPlace) {
        if let Value::Object(map) = value {
            return self.mapping(key, map, fields, place);
        }
        let Some(field) = fields.iter().find(|field| field.name == key) else {
            return self.strange(key, value, fields, place);
        };
        let is_many = matches!(field.kind, FieldKind::Values | FieldKind::List | FieldKind::Photographs);
        match value {
            Value::Array(values) if is_many => values.iter().for_each(|value| self.scalar(key, value, field, place)),
            _ => self.scalar(key, value, field, place),
        }
    }

    fn scalar(&mut self, key: &str, value: &Value, field: &'static Field, place: &FormPlace) {
        let text = match value {
            Value::Null => return,
            Value::String(text) => text.trim().to_owned(),
            Value::Number(number) => number.to_string(),
            other => {
                let wrong = say!("`{key}` is {what}, not a text", key, what = kind(other));
                return self.refused.push(Refused::new(place.clone(), wrong));
            }
        };
        match field.kind {
            _ if text.is_empty() => {}
            FieldKind::Choice => match self.words.choice(&text) {
                Some(choice) => self.entries.push(FormEntry::new(place.clone(), field.name, choice)),
                None => self.refused.push(self.words.no_choice(&text, place.clone())),
            },
            FieldKind::Values => {
                self.entries.extend(observations(&FormEntry::new(place.clone(), field.name, text), self.words));
            }
            _ => self.entries.push(FormEntry::new(place.clone(), field.name, text)),
        }
    }

    /// A key that the form does not have.
    fn strange(&mut self, key: &str, value: &Value, fields: &'static [Field], place: &FormPlace) {
        let of_group = |field: &Field| field.name.split_once('.').is_some_and(|(group, _)| group == key);
        let wrong = match value {
            Value::Null => return,
            _ if fields.iter().any(of_group) => say!("`{key}` is {what}, not a mapping", key, what = kind(value)),
            _ => say!("the form has no key `{key}`, so what it says would be lost", key = short(key)),
        };
        self.refused.push(Refused::new(place.clone(), wrong).help(say!("give the file as the form saved it")));
    }

    fn mapping(&mut self, key: &str, map: &Map<String, Value>, fields: &'static [Field], place: &FormPlace) {
        if let Some(field) = fields.iter().find(|field| field.name == key) {
            return self.scalar(key, &Value::Object(map.clone()), field, place);
        }
        for (inner, value) in map {
            let path = format!("{key}.{inner}");
            if fields.iter().any(|field| field.name == path) {
                self.value(&path, value, fields, place);
            } else if !value.is_null() {
                let parent = format!("`{key}`");
                let wrong = say!("`{key}` is not a key of {what}", key = inner, what = parent);
                self.refused.push(Refused::new(place.clone(), wrong));
            }
        }
    }
}

fn kind(value: &Value) -> Message {
    match value {
        Value::Null => say!("nothing"),
        Value::Bool(_) => say!("a truth value"),
        Value::Number(_) => say!("a number"),
        Value::String(_) => say!("a text"),
        Value::Array(_) => say!("a list"),
        Value::Object(_) => say!("a mapping"),
    }
}
