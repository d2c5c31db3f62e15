//! What people type is read and judged alike by the program and by the form's script: `tests/measures/cases.json` holds what
//! both must make of it.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use gamma_ok::audit::judge;
use gamma_ok::book::{Bound, Measure};
use gamma_ok::source::Span;
use gamma_ok::units::parse_quantity;
use serde_json::{Value, json};

use crate::support::{Book, TODAY};

/// The cases: what is typed, and what comes of it. `wrong` is the form's word for why nothing does, `says` what the program
/// says; `saved` is what the form saves where that is not what was typed.
fn cases() -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/measures/cases.json");
    serde_json::from_str(&std::fs::read_to_string(path).expect("the cases")).expect("JSON")
}

fn list<'a>(value: &'a Value, key: &str) -> Vec<&'a Value> {
    value[key].as_array().into_iter().flatten().collect()
}

fn texts<'a>(value: &'a Value, key: &str) -> Vec<&'a str> {
    list(value, key).into_iter().filter_map(Value::as_str).collect()
}

/// The measure of a case.
fn measure(case: &Value) -> Option<Measure> {
    let quantity = |key: &str| {
        let text = case["measure"][key].as_str()?;
        Some(parse_quantity(text, Span::default()).expect("a quantity"))
    };
    Some(Measure {
        what: None,
        bound: match case["measure"]["bound"].as_str()? {
            "within" => Bound::Within,
            "at-most" => Bound::AtMost,
            "at-least" => Bound::AtLeast,
            _ => Bound::Between,
        },
        value: quantity("value")?,
        high: quantity("high"),
        share: case["measure"]["share"].as_f64().unwrap_or(1.0),
        span: Span::default(),
    })
}

#[test]
fn the_program_reads_and_judges_what_is_typed() {
    let cases = cases();
    for case in list(&cases, "quantities") {
        match parse_quantity(case["typed"].as_str().expect("a text"), Span::default()) {
            Ok(quantity) => assert_eq!(
                (case["value"].as_f64(), case["unit"].as_str()),
                (Some(quantity.value), Some(quantity.unit.key())),
                "{case}"
            ),
            Err(message) => assert_eq!(case["says"], json!(message.to_string()), "{case}"),
        }
    }
    let (mut answers, mut refused) = (Vec::new(), 0);
    for case in list(&cases, "judged") {
        let seen = texts(case, if case["saved"].is_array() { "saved" } else { "typed" });
        match judge(seen.iter().copied(), seen.len() > 1, measure(case).as_ref()) {
            Ok(outcome) => {
                let found = json!([outcome.answer.word(), outcome.passed, outcome.observations]);
                assert_eq!(json!([case["answer"], case["passed"], case["of"]]), found, "{case}");
                answers.push(outcome.answer.word());
            }
            Err(wrong) => {
                let (message, part) = (wrong.message.to_string(), case["says"].as_str().expect("a message"));
                assert!(message.contains(part), "{case}: {message}");
                refused += 1;
            }
        }
    }
    // A time is read as it is written, too: not every round comes out of a form.
    for case in list(&cases, "judged").into_iter().filter(|case| case["saved"].is_array() && case["answer"].is_string())
    {
        let (typed, saved) = (texts(case, "typed"), texts(case, "saved"));
        let of = |seen: &[&str]| judge(seen.iter().copied(), seen.len() > 1, measure(case).as_ref());
        if typed.iter().any(|text| text.contains(':')) {
            assert_eq!(of(&typed), of(&saved), "{case}");
        }
    }
    let many = |word: &str| answers.iter().filter(|answer| **answer == word).count();
    assert!(many("met") > 10 && many("not met") > 10 && refused > 10, "the cases hold all of it");
}

/// What the form's script makes of the cases; none, with a word, where Node is lacking.
#[allow(clippy::disallowed_macros, reason = "a test says why it is skipped")]
fn form_says(cases: &Value) -> Option<Value> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let scripts = ["quantities.js", "judging.js"].map(|name| root.join("templates/html/form").join(name));
    let node = Command::new("node")
        .arg(root.join("tests/measures/form.mjs"))
        .args(scripts)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut node) = node else {
        eprintln!("skipped: this test needs `node`");
        return None;
    };
    let book = Book::sound();
    let html = book.run(&format!("checklist --format html --today {TODAY}")).ends(0).stdout();
    let (_, page) = html.split_once("id=\"form-data\">").expect("the page's data");
    let page: Value = serde_json::from_str(page.split("</script>").next().unwrap_or_default()).expect("JSON");
    let asked = json!({"page": page, "quantities": cases["quantities"], "judged": cases["judged"]});
    let mut input = node.stdin.take().expect("a pipe");
    input.write_all(asked.to_string().as_bytes()).expect("node listens");
    drop(input);
    let done = node.wait_with_output().expect("node ends");
    assert!(done.status.success(), "the script runs without a page");
    Some(serde_json::from_slice(&done.stdout).expect("JSON"))
}

#[test]
fn the_form_reads_and_judges_it_alike() {
    let cases = cases();
    let Some(found) = form_says(&cases) else { return };
    for (case, read) in list(&cases, "quantities").into_iter().zip(list(&found, "quantities")) {
        let keys = if case["wrong"].is_string() { vec!["wrong"] } else { vec!["value", "unit"] };
        for key in keys {
            assert!(same(&case[key], &read[key]), "{case}: {read}");
        }
    }
    for (case, judged) in list(&cases, "judged").into_iter().zip(list(&found, "judged")) {
        let saved = if case["saved"].is_array() { &case["saved"] } else { &case["typed"] };
        assert_eq!(*saved, judged["saved"], "{case}");
        for (key, of_form) in [("wrong", "wrong"), ("answer", "verdict"), ("passed", "passed"), ("of", "of")] {
            assert!(same(&case[key], &judged["outcome"][of_form]), "{case}: {judged}");
        }
    }
}

/// Equal, whether a number is written with a fraction or without.
fn same(wanted: &Value, found: &Value) -> bool {
    wanted == found || wanted.is_number() && wanted.as_f64() == found.as_f64()
}
