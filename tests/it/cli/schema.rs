use serde_json::Value;

use crate::support::Book;

/// What of a value does not fit a schema: the part of JSON Schema that our schemas of outputs use.
pub(crate) fn misfit(schema: &Value, root: &Value, value: &Value, path: &str) -> Option<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = name.strip_prefix("#/$defs/").map(|name| &root["$defs"][name]).filter(|target| target.is_object());
        return misfit(target.unwrap_or_else(|| panic!("{name} leads nowhere")), root, value, path);
    }
    for alternatives in ["anyOf", "oneOf"] {
        if let Some(list) = schema[alternatives].as_array() {
            let fits = list.iter().any(|one| misfit(one, root, value, path).is_none());
            return (!fits).then(|| format!("{path}: none of {alternatives} fits {value}"));
        }
    }
    if let Some(constant) = schema.get("const") {
        return (constant != value).then(|| format!("{path}: {value} is not {constant}"));
    }
    if let Some(words) = schema["enum"].as_array() {
        return (!words.contains(value)).then(|| format!("{path}: {value} is none of {words:?}"));
    }
    let kind = match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_u64() || number.is_i64() => "integer",
        Value::Number(_) => "number",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    };
    let is = |word: &Value| word == kind || (kind == "integer" && word == "number");
    let of_type = match &schema["type"] {
        Value::Array(words) => words.iter().any(is),
        word => is(word),
    };
    if !of_type {
        return Some(format!("{path}: {kind} is not {}", schema["type"]));
    }
    match value {
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(at, item)| misfit(&schema["items"], root, item, &format!("{path}/{at}"))),
        Value::Object(entries) => {
            let missing = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str);
            let missing =
                missing.filter(|key| !entries.contains_key(*key)).map(|key| format!("{path}: no {key}")).next();
            missing.or_else(|| {
                entries.iter().find_map(|(key, value)| {
                    let of_key = schema["properties"].get(key).or_else(|| schema.get("additionalProperties"));
                    let path = format!("{path}/{key}");
                    match of_key {
                        Some(schema) => misfit(schema, root, value, &path),
                        None => Some(format!("{path}: no schema speaks of it")),
                    }
                })
            })
        }
        _ => None,
    }
}

#[test]
fn outputs_fit_their_schemas() {
    let faulty = Book::sound().edit("sequences/visit.yaml", "id: price-tags", "id: greet");
    for (kind, book, status) in
        [("show", Book::example("hotel-wisla"), 0), ("matrix", Book::example("hotel-wisla"), 0), ("check", faulty, 1)]
    {
        let schema = book.run(&format!("schema {kind}")).ends(0).says_nothing().json();
        let output = book.run(&format!("{kind} --format json")).ends(status).json();
        assert_eq!(misfit(&schema, &schema, &output, ""), None, "{kind}");
        let spoilt: Value = serde_json::from_str(
            &output.to_string().replace("\"line\":", "\"row\":").replace("\"state\":", "\"row\":"),
        )
        .expect("JSON");
        assert!(misfit(&schema, &schema, &spoilt, "").is_some(), "{kind}: a schema that anything fits");
    }
}

#[test]
fn a_comparison_fits_its_schema() {
    let book = Book::sound().commit("one").edit("sequences/visit.yaml", "within: 10 s,", "within: 5 s,");
    let book = book.edit("roles.yaml", "title: {en: Seller,", "title: {en: Shop assistant,");
    let schema = book.run("schema diff").ends(0).says_nothing().json();
    let output = book.run("diff --format json").ends(0).json();
    assert_eq!(misfit(&schema, &schema, &output, ""), None);
    let spoilt: Value = serde_json::from_str(&output.to_string().replace("\"kind\":", "\"sort\":")).expect("JSON");
    assert!(misfit(&schema, &schema, &spoilt, "").is_some(), "a schema that anything fits");
}

#[test]
fn feedback_fits_its_schema() {
    let rows = "2026-05-01,arrival,2,5,complaint\n2026-05-01,payment,5,4,praise\n".repeat(6);
    let book = Book::sound().with("feedback/a.csv", format!("date,phase,rating,importance,kind\n{rows}"));
    let schema = book.run("schema feedback").ends(0).says_nothing().json();
    let output = book.run("feedback --format json --today 2026-06-01").ends(0).json();
    assert_eq!(misfit(&schema, &schema, &output, ""), None);
    let spoilt: Value = serde_json::from_str(&output.to_string().replace("\"rank\":", "\"row\":")).expect("JSON");
    assert!(misfit(&schema, &schema, &spoilt, "").is_some(), "a schema that anything fits");
}

#[test]
fn every_kind_has_a_schema() {
    let nowhere = Book::empty();
    let list = nowhere.run("schema").ends(0).says_nothing().stdout();
    let kinds: Vec<&str> = list.lines().filter_map(|line| line.split_whitespace().next()).collect();
    assert!(
        ["manifest", "sequence", "traits", "roles", "site", "check", "show"].iter().all(|kind| kinds.contains(kind)),
        "{list}"
    );
    for kind in kinds {
        let schema = nowhere.run(&format!("schema {kind}")).ends(0).says_nothing().json();
        assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema", "{kind}");
        assert!(schema["title"].is_string(), "{kind}");
    }
    nowhere.run("schema sequense").ends(2).prints_nothing().says("did you mean `sequence`?");
}

#[test]
fn a_schema_takes_what_is_read() {
    let schema = Book::empty().run("schema sequence").ends(0).json();
    let standard = &schema["$defs"]["a standard"]["properties"];
    assert_eq!(standard["id"]["pattern"], "^[a-z0-9]+(-[a-z0-9]+)*$");
    for (key, value) in [("id", "123"), ("weight", "\"2\""), ("weight", "2.5"), ("text", "12"), ("step", "1")] {
        let value: Value = serde_json::from_str(value).expect("JSON");
        assert_eq!(misfit(&standard[key], &schema, &value, key), None, "{key}");
    }
    let pattern = standard["weight"]["pattern"].as_str().expect("a pattern");
    assert!(pattern.contains("[.,]"), "a decimal comma: {pattern}");
    assert_eq!(schema["properties"]["id"]["maxLength"], 64);
}
