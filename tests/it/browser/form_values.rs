//! The form judges what is typed as the program does: one table, read by both.

use gamma_ok::book::parse_quantity;
use gamma_ok::source::Span;
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
                let code = WRONG.iter().find(|(known, _)| *known == message).map(|(_, code)| json!(code));
                assert_eq!(found.get("wrong").cloned(), code, "{text:?}: {message}; {found}");
            }
        }
    }
    let all_wrong: Vec<&Value> = here.as_array().into_iter().flatten().filter_map(|one| one.get("wrong")).collect();
    for (_, code) in WRONG {
        assert!(all_wrong.contains(&&json!(code)), "nothing in the table is {code}");
    }
}
