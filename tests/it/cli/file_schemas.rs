//! The schemas of files, as an editor without our server uses them: held against files by a validator of others.

use std::collections::BTreeMap;
use std::path::Path;

use gamma_ok::source::FileId;
use gamma_ok::source::yaml::{self, Node, Style, Value as Tree};
use jsonschema::Validator;
use serde_json::{Map, Value, json};

use crate::support::Book;

const VISIT: &str = "sequences/visit.yaml";

/// The kinds of file, with the beginning of their paths.
const KINDS: [(&str, &str); 8] = [
    ("manifest", "gamma-ok.yaml"),
    ("roles", "roles.yaml"),
    ("sequence", "sequences/"),
    ("traits", "traits/"),
    ("site", "sites/"),
    ("audit", "audits/"),
    ("review", "reviews/"),
    ("edition", "editions/issued/"),
];

/// A file as an editor sees it: what is plain and looks like a number is one, by the core schema of YAML 1.2.
fn json_of(node: &Node<'_>) -> Value {
    match &node.value {
        Tree::Null => Value::Null,
        Tree::Scalar(scalar) if scalar.style == Style::Plain => match &*scalar.text {
            "" | "~" | "null" | "Null" | "NULL" => Value::Null,
            "true" | "True" | "TRUE" => json!(true),
            "false" | "False" | "FALSE" => json!(false),
            text => match (text.parse::<i64>(), text.parse::<f64>()) {
                (Ok(whole), _) => json!(whole),
                (_, Ok(number)) if number.is_finite() && !text.contains(char::is_alphabetic) => json!(number),
                _ => json!(text),
            },
        },
        Tree::Scalar(scalar) => json!(scalar.text),
        Tree::List(items, _) => items.iter().map(json_of).collect(),
        Tree::Map(entries, _) => {
            let entries = entries.iter().map(|entry| (entry.key.to_string(), json_of(&entry.value)));
            Value::Object(entries.collect::<Map<_, _>>())
        }
    }
}

fn read(text: &str) -> Value {
    json_of(&yaml::parse(FileId(0), text).unwrap_or_else(|fault| panic!("{fault:?} in\n{text}")))
}

fn validators() -> BTreeMap<&'static str, Validator> {
    let nowhere = Book::empty();
    let of = |(kind, _): (&'static str, &str)| {
        let schema = nowhere.run(&format!("schema {kind}")).ends(0).json();
        let fault = jsonschema::meta::validate(&schema).err().map(|fault| fault.to_string());
        assert_eq!(fault, None, "{kind} is no schema");
        (kind, jsonschema::validator_for(&schema).unwrap_or_else(|fault| panic!("{kind}: {fault}")))
    };
    KINDS.into_iter().map(of).collect()
}

/// What of a text does not fit the schema of its kind.
fn misfits(validators: &BTreeMap<&str, Validator>, path: &str, text: &str) -> Vec<String> {
    let kind = KINDS.iter().find(|(_, start)| path.starts_with(start)).expect("a kind").0;
    let read = read(text);
    validators[kind].iter_errors(&read).map(|error| format!("{path} {}: {error}", error.instance_path())).collect()
}

fn yaml_files(book: &Book) -> Vec<String> {
    let mut open = vec![book.path().to_owned()];
    let mut found = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").flatten().map(|entry| entry.path()) {
            let below: &Path = entry.strip_prefix(book.path()).expect("below");
            let below = below.to_str().expect("a name").replace('\\', "/");
            if entry.is_dir() && !below.starts_with('.') {
                open.push(entry);
            } else if below.ends_with(".yaml") && KINDS.iter().any(|(_, start)| below.starts_with(start)) {
                found.push(below);
            }
        }
    }
    found
}

#[test]
fn every_example_and_every_new_book_fits() {
    let validators = validators();
    let mut books: Vec<Book> = ["hotel-wisla", "shop", "urzad", "vardcentral"].into_iter().map(Book::example).collect();
    books.push(Book::sound());
    for sector in gamma_ok::library::sectors() {
        let new = Book::empty();
        new.run(&format!("init . --sector {sector} --lang pl,en")).ends(0);
        books.push(new);
    }
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for book in &books {
        for path in yaml_files(book) {
            assert_eq!(misfits(&validators, &path, &book.read(&path)), Vec::<String>::new());
            *kinds.entry(KINDS.iter().find(|(_, start)| path.starts_with(start)).expect("a kind").0).or_default() += 1;
        }
    }
    assert_eq!(kinds.len(), KINDS.len(), "a kind without an example: {kinds:?}");
}

#[test]
fn what_is_wrong_in_a_file_does_not_fit() {
    let validators = validators();
    for (path, right, wrong) in [
        (VISIT, "level: basic", "level: podstawowy"),
        (VISIT, "type: personal", "type: person"),
        (VISIT, "id: greet\n", "id: Greet\n"),
        (VISIT, "id: arrival", "id: Wejście"),
        (VISIT, "step: enter", "step: The door"),
        (VISIT, "trait: friendly", "trait: uważny i miły"),
        (VISIT, "traits: [friendly]", "traits: [bardzo miły]"),
        (VISIT, "role: cashier", "role: Kasjer"),
        (VISIT, "was: [say-hello]", "was: [Say hello]"),
        (VISIT, "share: 90 %", "share: 900 %"),
        (VISIT, "share: 90 %", "share: 90"),
        (VISIT, "within: 10 s", "within: ten seconds"),
        (VISIT, "within: 10 s", "within: 10 s, at-most: 3 s"),
        (VISIT, "within: 10 s", "within: 10"),
        (VISIT, "within: 10 s", "within: 10 %"),
        (VISIT, "within: 10 s", "within: -10 s"),
        (VISIT, "id: visit\n", "id: visit\narea: The shop\n"),
        (VISIT, "id: price-tags", "id: -1"),
        (VISIT, "      - id: enter\n", "      - id: enter\n        lasts: 5\n"),
        (VISIT, "      - id: enter\n", "      - id: enter\n        lasts: 5 metres\n"),
        (VISIT, "within: 10 s", "within: -10 Sekund"),
        (VISIT, "within: 10 s", "within: 1.0.5 s"),
        (VISIT, "within: 10 s", "within: 10 20 s"),
        (VISIT, "within: 10 s", "within: -10"),
        (VISIT, "within: 10 s, ", ""),
        (VISIT, "between: [95 %, 100 %]", "between: [95 %]"),
        (VISIT, "weight: 2.5", "weight: 0"),
        (VISIT, "weight: 2.5", "weight: 1001"),
        (VISIT, "critical: true", "critical: tak"),
        (VISIT, "status: draft", "allow: [vague-wrod]"),
        (VISIT, "status: draft", "allow: [yaml-syntax]"),
        (VISIT, "status: draft", "verify:"),
        (VISIT, "contact: face-to-face", "contact: [telefon]"),
        (VISIT, "to: accounting", "to: The accounts"),
        (VISIT, "level: exclusive\n", "standard: x\n        level: exclusive\n"),
        (VISIT, "        level: basic\n", ""),
        ("gamma-ok.yaml", "languages: [en, pl]", "languages: [english]"),
        ("gamma-ok.yaml", "languages: [en, pl]", "languages: [en, en]"),
        ("gamma-ok.yaml", "title:", "sector: hotle\ntitle:"),
        ("gamma-ok.yaml", "title:", "brand: {colour: blue}\ntitle:"),
        ("gamma-ok.yaml", "title:", "brand: {logo: a.gif}\ntitle:"),
        ("gamma-ok.yaml", "title:", "rules: {vague-wrod: off}\ntitle:"),
        ("gamma-ok.yaml", "title:", "rules: {bad-id: off}\ntitle:"),
        ("gamma-ok.yaml", "title:", "rules: {vague-word: never}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {since: 2026-13-01}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {since: 2026-02-30}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {since: 2026-11-31}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: 12}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: 0 months}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: 12 hours}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: 30 wd}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: 12 moons}\ntitle:"),
        ("gamma-ok.yaml", "title:", "staff: {en: {one: clerk, gender: female}}\ntitle:"),
        ("gamma-ok.yaml", "languages: [en, pl]", "staff: {de: {gender: weiblich}}\nlanguages: [en, pl, de]"),
        ("roles.yaml", "covered-by: ", "noun: {pl: {nom: kasjer, gender: m}}\n    covered-by: "),
        ("gamma-ok.yaml", "title:", "levels: {basic: 110 %}\ntitle:"),
        ("gamma-ok.yaml", "title:", "target: expcted\ntitle:"),
        ("sites/market.yaml", "tills:", "wide-tills: 1\ntills:"),
        ("sites/market.yaml", "tills:", "wide: [1]\ntills:"),
        ("roles.yaml", "covered-by: ", "covered-by: The "),
    ] {
        let book = Book::sound();
        let (text, sound) = (book.read(path), misfits(&validators, path, &book.read(path)));
        assert_eq!(sound, Vec::<String>::new());
        assert!(text.contains(right), "no {right:?} in {path}");
        let broken = text.replacen(right, wrong, 1);
        assert!(!misfits(&validators, path, &broken).is_empty(), "{path} with {wrong:?} fits");
        // The program says so too: the schema asks for no more than it does.
        let found = book.with(path, broken).run("check --format json").json();
        assert!(found.as_array().is_some_and(|found| !found.is_empty()), "{path} with {wrong:?} is sound");
    }
}

#[test]
fn a_file_of_which_nothing_else_is_wrong_does_not_fit() {
    let validators = validators();
    for (path, text) in [
        ("traits/own.yaml", "traits: [{id: calm, opposes: Being loud}]\n"),
        ("traits/own.yaml", "traits: [{id: calm, opposes: [friendly, Being loud]}]\n"),
        (
            "traits/own.yaml",
            "traits: [{id: calm, patterns: [{id: a, type: personal, level: basic, text: x, sectors: hotle}]}]\n",
        ),
        (
            "traits/own.yaml",
            "traits: [{id: calm, patterns: [{id: a, type: personal, level: basic, text: x, sectors: [hotel, Bar]}]}]\n",
        ),
        ("audits/a.yaml", "date: 2026-02-30T25:00\nanswers: {greet: met}\n"),
        ("audits/a.yaml", "date: 2026-01-01\nanswers: {greet@zz: met}\n"),
        ("audits/a.yaml", "date: 2026-01-01\nanswers: {The greeting: met}\n"),
        ("audits/a.yaml", "date: 2026-01-01\nkind: secret\nanswers: {greet: met}\n"),
        ("audits/a.yaml", "date: 2026-01-01\nedition: seven\nanswers: {greet: met}\n"),
        ("reviews/2026.yaml", "opened: 2026-01-01\ndecisions: {greet: keep it}\n"),
        ("editions/issued/1.yaml", "number: 1.5\nedition: 7f3a9c2e\nin-force: 2026-01-01\n"),
    ] {
        assert!(!misfits(&validators, path, text).is_empty(), "{text} fits");
        let book = Book::sound().with(path, text);
        assert_ne!(book.run("check --format json").json(), json!([]), "{text} is sound");
    }
}

#[test]
fn what_is_read_otherwise_than_it_looks_fits() {
    let validators = validators();
    for (path, right, other) in [
        (VISIT, "weight: 2.5", "weight: 2,5"),
        (VISIT, "weight: 2.5", "weight: \"2\""),
        (VISIT, "share: 90 %", "share: 0.9"),
        (VISIT, "share: 90 %", "share: \"0,9\""),
        (VISIT, "share: 90 %", "share: \"99,5 procent\""),
        (VISIT, "within: 10 s", "within: \"10,5 sekundy\""),
        (VISIT, "within: 10 s", "within: \"1 200,5 Sek.\""),
        (VISIT, "within: 10 s", "within: 3 dzwonki"),
        (VISIT, "within: 10 s", "within: 2 wd"),
        (VISIT, "      - id: enter\n", "      - id: enter\n        lasts: 1,5 godziny\n"),
        (VISIT, "within: 10 s", "at-least: -5 °C"),
        (VISIT, "within: 10 s", "at-least: -18 stopni Celsjusza"),
        (VISIT, "within: 10 s", "at-least: -5 points"),
        ("gamma-ok.yaml", "title:", "review: {every: 12 months}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: \"18,5 Miesiąca\"}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: \"52 veckor\"}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: 0.5 weeks}\ntitle:"),
        ("gamma-ok.yaml", "title:", "review: {every: +365 d}\ntitle:"),
        ("gamma-ok.yaml", "title:", "staff: {pl: {nom: kasjer, gender: masculine}}\ntitle:"),
        (VISIT, "id: price-tags", "id: 123"),
        (VISIT, "was: [say-hello]", "was: [arrival.friendly.look]"),
        (VISIT, "status: draft", "allow: []"),
        (VISIT, "sources: [Mystery visits of 2025]", "sources: [2025]"),
        ("gamma-ok.yaml", "title:", "brand: {logo: images/a.JPG, colour: \"#0B3d6b\"}\ntitle:"),
        ("sites/market.yaml", "tills:", "Wide_2: yes please\ntills:"),
    ] {
        let text = Book::sound().read(path);
        assert!(text.contains(right), "no {right:?} in {path}");
        assert_eq!(misfits(&validators, path, &text.replacen(right, other, 1)), Vec::<String>::new(), "{other}");
    }
    // A record that is still to be filled in.
    let record = "date: 2026-01-01\nauditor:\nstaff: 12\nanswers:\n  greet@01234567:\n  receipt: {answer: not met, note: , action: {what: x, due: }}\n";
    assert_eq!(misfits(&validators, "audits/a.yaml", record), Vec::<String>::new());
}
