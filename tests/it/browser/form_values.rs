//! The form judges what is typed as the program does: one table, read by both.

use gamma_ok::audit::{Answer, judge};
use gamma_ok::book::{Bound, Measure};
use gamma_ok::source::Span;
use gamma_ok::units::{Quantity, parse_quantity};
use serde_json::{Value, json};

use super::driver::Browser;
use crate::support::{Book, TODAY};

/// What people type as a quantity, well and badly.
const WRITTEN: &[&str] = &[
    "10 s",
    "10s",
    "1,5 h",
    "1.5 godz.",
    " 80\u{a0}% ",
    "80 procent",
    "4",
    "4,0",
    "1 200 m",
    "1\u{202f}200 mm",
    "-5 °C",
    "\u{2212}5 °C",
    "+3 d",
    "3 pillows",
    "2 dni robocze",
    "2  dni   roboczych",
    "2 arbetsdagar",
    "3 Sygnały",
    "3 SIGNALER",
    "1 timme",
    "2 tygodnie",
    "5 mån.",
    "90 sek",
    "10 degrees Celsius",
    "10.",
    "0",
    "0 s",
    "007 s",
    "12,345 km",
    "100000 s",
    "",
    " ",
    "s",
    "ten s",
    "10 20 s",
    "10  200 s",
    "1.2.3",
    "10,,5",
    "-3 s",
    "-3",
    "- 3 °C",
    ".5 s",
    "1e9",
    "1e999",
    "10 s 5",
    "99999999999999 s",
    "5 m2",
    "5 a unit that is far longer than any unit has a right to be",
    "1 20",
    "18/20",
    "½ h",
    "10 S",
    "10 MIN",
    "5 C",
    "5 c",
    "5 constructor",
    "5 __proto__",
    "ⅷ s",
    "١٠ s",
];

/// How the messages of the two sides correspond.
const WRONG: &[(&str, &str)] = &[
    ("it does not begin with a number", "no_number"),
    ("there are two numbers", "two_numbers"),
    ("the number is not clear", "unclear"),
    ("the unit is too long", "long_unit"),
    ("it is negative", "negative"),
];

#[test]
fn quantities_are_read_as_the_program_reads_them() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::sound();
    book.run(&format!("checklist --today {TODAY} -o form.html")).ends(0);
    browser.open(&book.path().join("form.html"));
    let here = browser.ask_of("return arguments[0].map(text => gammaOk.quantity(text))", json!([WRITTEN]));
    for (text, found) in WRITTEN.iter().zip(here.as_array().expect("a list")) {
        match parse_quantity(text, Span::default()) {
            Ok(quantity) => {
                let (value, base) = quantity.canonical();
                let wanted = (Some(value), Some(base), Some(quantity.unit.key()));
                let product = found["value"].as_f64().and_then(|value| Some(value * found["factor"].as_f64()?));
                assert_eq!((product, found["base"].as_str(), found["unit"].as_str()), wanted, "{text:?}: {found}");
            }
            Err(message) => {
                let code = WRONG.iter().find(|(known, _)| message == *known).map(|(_, code)| json!(code));
                assert_eq!(found.get("wrong").cloned(), code, "{text:?}: {message}; {found}");
            }
        }
    }
    let all_wrong: Vec<&Value> = here.as_array().into_iter().flatten().filter_map(|one| one.get("wrong")).collect();
    for (_, code) in WRONG {
        assert!(all_wrong.contains(&&json!(code)), "nothing in the table is {code}");
    }
}

/// A measure (bound, value, upper bound, share) and what was observed under it.
const JUDGED: &[(&str, &str, &str, f64, &[&str])] = &[
    ("within", "10 s", "", 1.0, &["10"]),
    ("within", "10 s", "", 1.0, &["10,0001 s"]),
    ("within", "2 min", "", 1.0, &["120 s"]),
    ("within", "2 min", "", 1.0, &["0,0334 h"]),
    ("within", "2 wd", "", 1.0, &["3 d"]),
    ("within", "2 wd", "", 1.0, &["2 dni robocze"]),
    ("within", "10 s", "", 0.9, &["9", "10", "11"]),
    ("within", "10 s", "", 0.9, &["18/20"]),
    ("within", "10 s", "", 0.9, &["17/20"]),
    ("within", "10 s", "", 0.9, &["9 / 10", "8 s"]),
    ("within", "10 s", "", 0.7, &["7/10"]),
    ("within", "10 s", "", 0.3, &["8", "12", "13", "9 metres"]),
    ("within", "10 s", "", 1.0, &["18/0"]),
    ("within", "10 s", "", 1.0, &["21/20"]),
    ("within", "10 s", "", 1.0, &["1000000/1000000"]),
    ("within", "10 s", "", 1.0, &["1000000/1000000", "1/1"]),
    ("within", "10 s", "", 1.0, &["1000001/1000001"]),
    ("within", "10 s", "", 1.0, &["soon"]),
    ("at-most", "21 °C", "", 1.0, &["-5"]),
    ("at-most", "3 rings", "", 1.0, &["3 signaler"]),
    ("at-most", "3 rings", "", 1.0, &["4"]),
    ("at-least", "80 %", "", 1.0, &["79,9"]),
    ("at-least", "80 %", "", 1.0, &["100"]),
    ("at-least", "80 %", "", 1.0, &["101"]),
    ("at-least", "120 %", "", 1.0, &["130"]),
    ("at-least", "3", "", 1.0, &["3"]),
    ("at-least", "3", "", 1.0, &["3 s"]),
    ("at-least", "3 pillows", "", 1.0, &["2"]),
    ("at-least", "3 pillows", "", 1.0, &["3 cushions"]),
    ("between", "90 cm", "2 m", 1.0, &["1,1 m"]),
    ("between", "90 cm", "2 m", 1.0, &["2000 mm"]),
    ("between", "90 cm", "2 m", 1.0, &["2001 mm"]),
    ("between", "90 cm", "2 m", 1.0, &["89"]),
    ("between", "0.1 m", "0.3 m", 1.0, &["30 cm"]),
    ("", "", "", 1.0, &["18/20"]),
    ("", "", "", 1.0, &["20/20"]),
    ("", "", "", 1.0, &["8 s"]),
];

#[test]
fn values_are_judged_as_the_program_judges_them() {
    let Some(browser) = Browser::start() else { return };
    let book = Book::sound();
    book.run(&format!("checklist --today {TODAY} -o form.html")).ends(0);
    browser.open(&book.path().join("form.html"));
    let quantity = |text: &str| parse_quantity(text, Span::default()).expect("a quantity");
    let script = "const [measure, texts] = arguments;
        return [gammaOk.judge(measure, texts), texts.map(text => gammaOk.spelled(measure, text))]";
    let (mut met, mut not_met, mut wrong) = (0, 0, 0);
    for (bound, value, high, share, texts) in JUDGED {
        let measure = (!bound.is_empty()).then(|| Measure {
            what: None,
            bound: match *bound {
                "within" => Bound::Within,
                "at-most" => Bound::AtMost,
                "at-least" => Bound::AtLeast,
                _ => Bound::Between,
            },
            value: quantity(value),
            high: (!high.is_empty()).then(|| quantity(high)),
            share: *share,
            span: Span::default(),
        });
        let figures = measure.as_ref().map(|measure| {
            let unit = |quantity: &Quantity| quantity.unit.key().to_owned();
            json!({
                "bound": bound, "low": measure.value.value, "unit": unit(&measure.value), "share": share,
                "high": measure.high.as_ref().map(|high| high.value), "highUnit": measure.high.as_ref().map(unit),
            })
        });
        let here = browser.ask_of(script, json!([figures, texts]));
        let spelled: Vec<&str> = here[1].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let there = judge(spelled.iter().copied(), spelled.len() > 1, measure.as_ref());
        let place = format!("{bound} {value} {high} {share}: {texts:?}: {here} {there:?}");
        match there {
            Ok(outcome) => {
                let verdict = match outcome.answer {
                    Answer::Met => "met",
                    _ => "not met",
                };
                *(if verdict == "met" { &mut met } else { &mut not_met }) += 1;
                let found = (&here[0]["verdict"], &here[0]["passed"], &here[0]["of"]);
                assert_eq!(found, (&json!(verdict), &json!(outcome.passed), &json!(outcome.observations)), "{place}");
            }
            Err(_) => {
                wrong += 1;
                assert!(here[0]["wrong"].is_string(), "{place}");
            }
        }
    }
    assert!(met > 8 && not_met > 8 && wrong > 8, "the table holds all of {met} {not_met} {wrong}");
}
