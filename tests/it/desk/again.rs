//! A round that is handed in again: what goes is named first, and what was withdrawn counts again only where that is meant.

use serde_json::{Value, json};

use super::client::Desk;
use crate::support::Book;

/// A round of the first two standards of the small sound book, with these answers to them.
fn round(book: &Book, answers: &[(usize, &str, Option<&str>)]) -> Value {
    let all = book.run("show --format json").json();
    let standards = all["standards"].as_array().expect("standards").clone();
    let answer = |(place, answer, note): &(usize, &str, Option<&str>)| {
        let standard = &standards[*place];
        json!({"standard": standard["id"], "stamp": standard["stamp"], "answer": answer, "note": note})
    };
    json!({
        "gamma-ok": "checklist", "version": 1, "language": "en", "site": "corner", "round": "7f3c2a9e",
        "date": "2026-03-01T09:00", "auditor": "seller", "kind": "internal", "scope": {},
        "answers": answers.iter().map(answer).collect::<Vec<_>>(),
    })
}

#[test]
fn what_the_form_does_not_have_goes_only_after_it_was_named() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    // Two people go on with the same round: one of them added an answer, and the other does not have it.
    let both = round(&book, &[(0, "met", None), (1, "met", Some("The floor was wet"))]);
    let path = desk.hand_in(&visitor, "/rounds", &both).json()["record"].as_str().expect("a path").to_owned();
    let other = round(&book, &[(0, "not met", None)]);
    let asked = desk.hand_in(&visitor, "/rounds", &other);
    assert_eq!((asked.status, asked.json()["items"].as_array().map(Vec::len)), (409, Some(1)), "{}", asked.body);
    let named = asked.json()["removable"].to_string();
    assert!(named.contains("is answered in the record") && named.contains("The floor was wet"), "{named}");
    let taken = desk.hand_in(&visitor, "/rounds?replace=yes", &other);
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert!(taken.json()["beyond"].to_string().contains("is answered in the record"), "{}", taken.body);
    let record = book.read(&path);
    assert!(record.contains(": not met") && record.contains("The floor was wet"), "it stays: {record}");

    // Somebody wrote into the record between the question and its answer: it is asked again.
    let back = round(&book, &[(0, "met", None)]);
    let from = desk.hand_in(&visitor, "/rounds", &back).json()["from"].as_str().expect("a state").to_owned();
    let book = book.edit(&path, "The floor was wet", "The floor was wet, and somebody fell");
    let sure = format!("/rounds?replace=yes&remove=yes&from={from}");
    let again = desk.hand_in(&visitor, &sure, &back);
    assert!(again.status == 409 && again.body.contains("somebody fell"), "{}", again.body);
    assert!(book.read(&path).contains("somebody fell"));
    let from = again.json()["from"].as_str().expect("a state").to_owned();
    let gone = desk.hand_in(&visitor, &format!("/rounds?replace=yes&remove=yes&from={from}"), &back);
    assert_eq!(gone.status, 200, "{}", gone.body);
    assert!(!book.read(&path).contains("somebody fell"), "{}", book.read(&path));
}

#[test]
fn what_is_to_be_done_about_an_answer_is_taken_out_by_no_form() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let mut both = round(&book, &[(0, "met", None), (1, "not met", None)]);
    both["answers"][1]["action"] = json!({"what": "Dry the floor", "due": "2026-03-20"});
    let path = desk.hand_in(&visitor, "/rounds", &both).json()["record"].as_str().expect("a path").to_owned();
    let other = round(&book, &[(0, "not met", None)]);
    let taken = desk.hand_in(&visitor, "/rounds?replace=yes&remove=yes", &other);
    assert_eq!(taken.status, 200, "{}", taken.body);
    assert!(book.read(&path).contains("Dry the floor"), "{}", book.read(&path));
    // No action is due before the day on which it was found to be needed.
    both["round"] = json!("00000001");
    both["answers"][1]["action"]["due"] = json!("1999-01-01");
    let early = desk.hand_in(&visitor, "/rounds", &both);
    assert!(early.status == 422 && early.body.contains("it cannot be due on 1999-01-01"), "{}", early.body);
}

#[test]
fn a_withdrawn_round_counts_again_only_where_that_is_meant() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let form = round(&book, &[(0, "met", None)]);
    assert_eq!(desk.hand_in(&visitor, "/rounds", &form).status, 201);
    assert_eq!(desk.post(&visitor, "/rounds/withdraw", "record=2026-03-01-corner&reason=Tried+out").status, 303);
    let again = desk.hand_in(&visitor, "/rounds", &form);
    assert!(again.status == 409 && again.body.contains("was withdrawn"), "{}", again.body);
    assert_eq!(again.json()["may_be_another"], json!(true));
    assert_eq!(book.files("audits"), ["2026-03-01-corner.yaml"]);
    let book = book.with("form.json", form.to_string());
    book.run("audit record form.json --today 2026-03-02").ends(1).says("was withdrawn").says("--another");
    assert_eq!(desk.hand_in(&visitor, "/rounds?another=yes", &form).status, 201);
    assert_eq!(book.files("audits").len(), 2);
}

#[test]
fn a_reason_that_is_too_long_is_refused_with_the_limit_and_kept() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    assert_eq!(desk.hand_in(&visitor, "/rounds", &round(&book, &[(0, "met", None)])).status, 201);
    let long = "word+".repeat(2_400);
    let refused = desk.post(&visitor, "/rounds/withdraw", &format!("record=2026-03-01-corner&reason={long}"));
    assert!(
        refused.status == 422 && refused.body.contains("more than the 500 that are taken here"),
        "{}",
        refused.body
    );
    assert!(refused.body.contains("word word word") && !refused.body.contains("bug"), "{}", refused.body);
    assert!(desk.get(&visitor, "/rounds").body.contains("data-letters=\"500\""));
}

#[test]
fn a_round_that_cannot_be_judged_while_the_book_has_errors_waits() {
    let book = Book::sound();
    let known = round(&book, &[(0, "met", None)]);
    let mut unknown = known.clone();
    unknown["round"] = json!("00000002");
    unknown["answers"][0]["stamp"] = json!("0000000");
    let book = book.edit("gamma-ok.yaml", "derive: false", "derive: false\ndervie: true");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let refused = desk.hand_in(&visitor, "/rounds", &unknown);
    assert!(refused.status == 422 && refused.body.contains("cannot be judged now"), "{}", refused.body);
    assert!(book.files("audits").is_empty());
    assert_eq!(desk.hand_in(&visitor, "/rounds", &known).status, 201);
}

#[test]
fn a_failure_stays_on_the_first_page_until_its_standard_is_judged_again() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let name = visitor.cookie.split('=').next().unwrap_or_default();
    let cookie = format!("{}; {name}-role=manager", visitor.cookie);
    let fails = || desk.send("GET", "/", &[("Cookie", &cookie)], "").body.to_lowercase().contains("not met last time");
    let hand_in = |number: u32, place: usize, answer: &str| {
        let mut form = round(&book, &[(place, answer, None)]);
        form["round"] = json!(format!("0000000{number}"));
        form["date"] = json!(format!("2026-03-01T1{number}:00"));
        let taken = desk.hand_in(&visitor, "/rounds", &form);
        assert_eq!(taken.status, 201, "{}", taken.body);
    };
    hand_in(1, 1, "not met");
    assert!(fails());
    hand_in(2, 3, "met");
    assert!(fails(), "a round about another standard");
    hand_in(3, 1, "not observed");
    assert!(fails(), "nobody saw it");
    hand_in(4, 1, "met");
    assert!(!fails(), "put right");
}
