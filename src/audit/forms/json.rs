//! What the fillable page saves.

use serde_json::{Map, Value};

use super::{Form, Given, GivenAction, Rejected, Spot};
use crate::message::Message;
use crate::say;

/// The version of the file that is understood.
const VERSION: u64 = 1;

pub(super) fn read(text: &str) -> Result<Form, Rejected> {
    let value: Value = serde_json::from_str(text).map_err(|error| {
        let place = format!("{}:{}", error.line(), error.column());
        if error.is_eof() {
            Rejected::new(place, say!("the file is cut off"))
                .help(say!("save the form again; the page still has every answer"))
        } else {
            Rejected::new(place, say!("this is not what the form saves"))
                .help(say!("give the file as the form saved it"))
        }
    })?;
    let Value::Object(file) = value else { return Err(strange()) };
    match file.get("gamma-ok").and_then(Value::as_str) {
        Some("checklist") => {}
        Some("review") => {
            let wrong = Rejected::new("", say!("this is the form of a review, not of an audit"));
            return Err(wrong.help(say!("take it in with `gamma-ok review record`")));
        }
        _ => return Err(strange()),
    }
    match file.get("version").and_then(Value::as_u64) {
        Some(VERSION) => {}
        _ => {
            let wrong = Rejected::new("version", say!("the form is of another version of gamma-ok"));
            return Err(
                wrong.help(say!("make the checklist again with this version, or take the form in with that one"))
            );
        }
    }
    let mut form = Form::default();
    let field = |key: &str, form: &mut Form| text_of(&file, key, key, &mut form.rejected);
    form.book = field("book", &mut form).map(|spot| spot.text);
    form.round = field("round", &mut form);
    form.site = field("site", &mut form);
    form.date = field("date", &mut form);
    form.visit = field("visit", &mut form);
    form.auditor = field("auditor", &mut form);
    form.kind = field("kind", &mut form);
    form.staff = field("staff", &mut form);
    form.scope = Some(scope(file.get("scope"), &mut form.rejected));
    match file.get("answers") {
        Some(Value::Array(answers)) => {
            for (at, answer) in answers.iter().enumerate() {
                let item = item(at, answer, &mut form.rejected);
                form.items.extend(item);
            }
        }
        _ => form.rejected.push(Rejected::new("answers", say!("the answers are missing"))),
    }
    Ok(form)
}

fn strange() -> Rejected {
    Rejected::new("", say!("this is not a filled-in checklist of gamma-ok"))
        .help(say!("give the file that the form's Save made"))
}

/// The text of a key; numbers are as good.
fn text_of(map: &Map<String, Value>, key: &str, place: &str, rejected: &mut Vec<Rejected>) -> Option<Spot> {
    match map.get(key)? {
        Value::Null => None,
        Value::String(text) => Spot::of(text, place),
        Value::Number(number) => Spot::of(&number.to_string(), place),
        other => {
            let message = say!("`{key}` is {what}, not a text", key, what = kind(other));
            rejected.push(Rejected::new(place, message));
            None
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

fn scope(value: Option<&Value>, rejected: &mut Vec<Rejected>) -> Vec<(String, Vec<String>)> {
    let map = match value {
        None | Some(Value::Null) => return Vec::new(),
        Some(Value::Object(map)) => map,
        Some(other) => {
            rejected.push(Rejected::new(
                "scope",
                say!("`{key}` is {what}, not a mapping", key = "scope", what = kind(other)),
            ));
            return Vec::new();
        }
    };
    let mut scope = Vec::new();
    for (key, value) in map {
        let words: Option<Vec<String>> = match value {
            Value::String(word) => Some(vec![word.clone()]),
            Value::Array(words) => words.iter().map(|word| word.as_str().map(str::to_owned)).collect(),
            Value::Null => continue,
            _ => None,
        };
        match words {
            Some(words) if words.is_empty() => {}
            Some(words) => scope.push((key.clone(), words)),
            None => rejected.push(Rejected::new("scope", say!("`{key}` is no list of words", key))),
        }
    }
    scope
}

fn item(at: usize, value: &Value, rejected: &mut Vec<Rejected>) -> Option<Given> {
    let numbered = format!("answers[{at}]");
    let Value::Object(map) = value else {
        rejected.push(Rejected::new(numbered, say!("this is {what}, not an answer", what = kind(value))));
        return None;
    };
    let Some(id) = text_of(map, "standard", &numbered, rejected) else {
        rejected.push(Rejected::new(numbered, say!("the answer does not name its standard")));
        return None;
    };
    let stamp = text_of(map, "stamp", &numbered, rejected);
    let reference = stamp.map_or_else(|| id.text.clone(), |stamp| format!("{}@{}", id.text, stamp.text));
    // A person finds an item by its name, not by its number in the file.
    let place = id.text;
    let action = match map.get("action") {
        None | Some(Value::Null) => None,
        Some(Value::Object(action)) => {
            let mut field = |key: &str| text_of(action, key, &place, rejected);
            Some(GivenAction {
                what: field("what"),
                cause: field("cause"),
                owner: field("owner"),
                due: field("due"),
                done: field("done"),
                verified: field("verified"),
            })
        }
        Some(other) => {
            rejected.push(Rejected::new(
                &*place,
                say!("`{key}` is {what}, not a mapping", key = "action", what = kind(other)),
            ));
            None
        }
    };
    let mut observed = Vec::new();
    match map.get("observed") {
        Some(Value::Array(values)) => {
            for value in values {
                match value {
                    Value::String(text) => observed.extend(Spot::of(text, &*place)),
                    Value::Number(number) => observed.extend(Spot::of(&number.to_string(), &*place)),
                    other => {
                        rejected.push(Rejected::new(&*place, say!("an observed value is {what}", what = kind(other))));
                    }
                }
            }
        }
        _ => observed.extend(text_of(map, "observed", &place, rejected)),
    }
    let mut field = |key: &str| text_of(map, key, &place, rejected);
    Some(Given {
        reference,
        number: None,
        ticked: field("answer").into_iter().collect(),
        observed,
        note: field("note"),
        why: field("why"),
        grade: field("grade"),
        staff: field("staff"),
        action: action.filter(|action| !action.is_empty()),
        place,
    })
}
