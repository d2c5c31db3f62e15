//! `why`: what led to a standard and what came of it.

use crate::support::{Book, keys};

const DAY: &str = "--today 2026-11-20";

#[test]
fn it_tells_what_led_to_a_standard_and_what_came_of_it() {
    let book = Book::example("hotel-wisla");
    let told = book.run(&format!("why greet-within-10s --format json {DAY}")).ends(0).json();
    let wanted =
        ["id", "feedback", "area", "phase", "traits", "wordings", "records", "actions", "reviews", "scenarios"];
    assert!(wanted.iter().all(|key| keys(&told).contains(key)), "{told}");
    assert_eq!(told["phase"], "check-in");
    // What it quotes stands there.
    let records = told["records"].as_array().expect("a list");
    assert!(!records.is_empty());
    for record in records {
        let text = book.read(record["file"].as_str().expect("a file"));
        let line = text.lines().nth(record["line"].as_u64().expect("a line") as usize - 1).expect("the line");
        assert!(line.contains("greet-within-10s"), "{record}: {line}");
        assert_eq!(record["met"].is_null(), record["answer"] == "n/a" || record["answer"] == "not observed");
    }
    // As many as the report counts.
    let report = book.run(&format!("audit report --format json {DAY}")).json();
    let units = report["standards"].as_array().expect("a list").iter();
    let judged: u64 = units
        .filter(|one| one["id"] == "greet-within-10s")
        .map(|one| one["items"]["judged"].as_u64().unwrap_or_default())
        .sum();
    assert_eq!(records.iter().filter(|record| !record["met"].is_null()).count() as u64, judged);
    let wordings = told["wordings"].as_array().expect("a list");
    assert_eq!(wordings.last().expect("one")["stamp"], told["stamp"]);
    let reviews = told["reviews"].as_array().expect("a list");
    assert!(reviews.iter().all(|review| review["review"].is_string()) && !reviews.is_empty(), "{told}");
    book.run(&format!("why greet-within-10s {DAY}")).ends(0).prints("Why it is here").prints("What was seen");
    let page = book.run(&format!("why greet-within-10s --format html --lang pl {DAY}")).ends(0).stdout();
    assert!(page.contains("Dlaczego tu jest") && page.contains("lang=\"pl\""), "{page}");
    book.run("why greet-within").ends(2).says("no standard `greet-within`");
}

#[test]
fn orphans_are_what_nothing_supports_and_what_led_to_nothing() {
    let sequence = "id: s\nphases:\n  - id: p\n    title: P\n    standards:\n      \
                    - {id: bare, type: personal, level: basic, text: The clerk greets., }\n      \
                    - {id: reasoned, type: personal, level: basic, text: The clerk smiles., why: People come back.}\n";
    let record = "date: 2026-01-05\nauditor: lead\nanswers:\n  bare: not met\n  reasoned: not met\n";
    let later = "date: 2026-02-05\nauditor: lead\nanswers:\n  reasoned: met\n";
    let book = Book::empty()
        .with("gamma-ok.yaml", "title: T\nderive: false\n")
        .with("sequences/s.yaml", sequence)
        .with("audits/1.yaml", record)
        .with("audits/2.yaml", later);
    let found = book.run(&format!("why --orphans --format json {DAY}")).json();
    let ids = |list: &str, key: &str| {
        let all = found[list].as_array().expect("a list");
        all.iter().map(|one| one[key].as_str().expect("a text").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(ids("standards", "id"), ["bare"]);
    assert_eq!(ids("findings", "standard"), ["bare"], "the other was met since");
    book.run(&format!("why --orphans {DAY}")).prints("1 standard that nothing supports").prints("audits/1.yaml:4");
    let acted = book.edit("audits/1.yaml", "bare: not met", "bare: {answer: not met, action: {what: Mend it}}");
    assert_eq!(acted.run(&format!("why --orphans --format json {DAY}")).json()["findings"], serde_json::json!([]));
}
