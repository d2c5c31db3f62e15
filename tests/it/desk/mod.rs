//! The desk over HTTP: who is let in, what is shown, what is written.

mod actions;
mod again;
mod attacks;
pub mod client;
mod commit;
mod customers;
mod moved;
mod others;
mod review;
mod rows;
mod start;
mod templates;

use serde_json::{Value, json};

use self::client::Desk;
use crate::support::Book;

/// Every page of the desk.
const PAGES: [&str; 12] = [
    "/",
    "/rounds",
    "/rounds/form",
    "/actions",
    "/results",
    "/customers",
    "/review",
    "/standards",
    "/documents",
    "/writing",
    "/access",
    "/documents/show?kind=checklist",
];

/// A standard of the small sound book that counts: its id and its stamp.
fn standard(book: &Book) -> (String, String) {
    let shown = book.run("show --format json");
    let all: Value = serde_json::from_str(&shown.stdout()).expect("JSON");
    let mut all = all["standards"].as_array().expect("standards").iter();
    let first = all.find(|standard| standard["status"] == "active").expect("one that is in force");
    let part = |key: &str| first[key].as_str().expect("a text").to_owned();
    (part("id"), part("stamp"))
}

/// What the first hidden field of that name holds.
fn hidden(page: &str, name: &str) -> String {
    let after = page.split(&format!("name=\"{name}\" value=\"")).nth(1).unwrap_or_else(|| panic!("{name}: {page}"));
    after.split('"').next().unwrap_or_default().to_owned()
}

/// A round as the form saves it, with one answer.
fn round(book: &Book, answer: &str) -> Value {
    let (standard, stamp) = standard(book);
    json!({
        "gamma-ok": "checklist", "version": 1, "language": "en", "site": "corner", "round": "7f3c2a9e",
        "date": "2026-03-01T09:00", "auditor": "seller", "kind": "internal", "scope": {},
        "answers": [{"standard": standard, "stamp": stamp, "answer": answer}],
    })
}

#[test]
fn every_page_is_there_in_every_language() {
    let book = Book::example("hotel-wisla");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    for language in ["en", "pl", "sv"] {
        let chosen = desk.post(&visitor, "/choices", &format!("lang={language}&role=manager&back=/actions"));
        assert_eq!((chosen.status, chosen.header("location")), (303, "/actions"));
        let kept: Vec<&str> =
            chosen.head.lines().filter_map(|line| line.strip_prefix("set-cookie: ")?.split(';').next()).collect();
        let visitor = client::Visitor { cookie: format!("{}; {}", visitor.cookie, kept.join("; ")), ..visitor.clone() };
        for page in PAGES {
            let answer = desk.get(&visitor, page);
            assert_eq!(answer.status, 200, "{page} in {language}: {}", answer.body);
            assert_eq!(answer.header("x-content-type-options"), "nosniff", "{page}");
            assert!(!answer.header("content-security-policy").is_empty(), "{page}");
            let is_desk = !page.starts_with("/documents/show") && page != "/rounds/form";
            let is_form_with_a_way_back = answer.body.contains("class=\"to-desk\"><a href=\"/rounds\">");
            assert_eq!(page == "/rounds/form", is_form_with_a_way_back, "{page} in {language}");
            // A file is opened in another way.
            assert!(page != "/rounds/form" || !answer.body.contains("Firefox"), "{page} in {language}");
            assert!(!is_desk || answer.body.contains(&format!("<html lang=\"{language}\">")), "{page} in {language}");
        }
    }
    assert_eq!(desk.get(&visitor, "/nowhere").status, 404);
}

#[test]
fn a_round_is_recorded_once_and_a_contradiction_is_told_with_both_answers() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let (id, _) = standard(&book);

    let first = desk.hand_in(&visitor, "/rounds", &round(&book, "met"));
    assert_eq!((first.status, first.json()["recorded"].as_str()), (201, Some("new")), "{}", first.body);
    let path = first.json()["record"].as_str().expect("a path").to_owned();
    let recorded = book.read(&path);
    assert!(recorded.contains("round: 7f3c2a9e") && recorded.contains(": met"), "{recorded}");

    let again = desk.hand_in(&visitor, "/rounds", &round(&book, "met"));
    assert_eq!((again.status, again.json()["recorded"].as_str()), (200, Some("known")));
    assert_eq!(book.read(&path), recorded);

    let other = desk.hand_in(&visitor, "/rounds", &round(&book, "not met"));
    assert_eq!(other.status, 409, "{}", other.body);
    let item = &other.json()["items"][0];
    assert_eq!(
        (item["id"].as_str(), item["there"].as_str(), item["here"].as_str()),
        (Some(&*id), Some("met"), Some("not met"))
    );
    let message = item["message"].as_str().unwrap_or_default();
    let is_in_words = !message.contains(&format!("`{id}")) && message.contains("there, ");
    assert!(is_in_words, "in the words of the standard: {message}");
    assert_eq!(book.read(&path), recorded, "nothing is written");

    let taken = desk.hand_in(&visitor, "/rounds?replace=yes", &round(&book, "not met"));
    assert_eq!((taken.status, taken.json()["recorded"].as_str()), (200, Some("updated")), "{}", taken.body);
    assert!(book.read(&path).contains(": not met"));
    // The page shows what is on the disk now.
    assert!(desk.get(&visitor, "/rounds").body.contains("0 of 1 met"));

    let mut dayless = round(&book, "met");
    dayless.as_object_mut().expect("a form").remove("date");
    let refused = desk.hand_in(&visitor, "/rounds", &dayless);
    assert!(refused.status == 422 && !refused.body.contains("--date"), "no help for a terminal: {}", refused.body);
    let wrong = desk.hand_in(&visitor, "/rounds", &round(&book, "perhaps"));
    assert_eq!((wrong.status, wrong.json()["items"][0]["id"].as_str()), (422, Some(&*id)), "{}", wrong.body);
}

#[test]
fn an_action_is_done_and_every_other_byte_stays() {
    let record = "site: corner\ndate: 2026-02-01\nauditor: seller   # at noon\nanswers:\n  greeting:\n    answer: not met\n    action:\n      \
                  what: Train the greeting\n      due: 2026-02-20\n";
    let book = Book::sound();
    let (id, _) = standard(&book);
    let record = record.replace("greeting:\n", &format!("{id}:\n"));
    let book = book.with("audits/2026-02-01-corner.yaml", &record);
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    assert!(desk.get(&visitor, "/actions").body.contains("Train the greeting"));
    let form = format!("record=2026-02-01-corner&standard={id}&day=2026-02-28&remark=Shown+twice%3A+%23+both+shifts");
    let done = desk.post(&visitor, "/actions/done", &form);
    assert_eq!((done.status, done.header("location")), (303, "/actions"), "{}", done.body);
    let written = format!("{record}      done: 2026-02-28\n      remark: \"Shown twice: # both shifts\"\n");
    assert_eq!(book.read("audits/2026-02-01-corner.yaml"), written);
    assert!(desk.get(&visitor, "/actions").body.contains("Shown twice: # both shifts"));

    let withdrawn = desk.post(&visitor, "/rounds/withdraw", "record=2026-02-01-corner&reason=Tried+out");
    assert_eq!(withdrawn.status, 303, "{}", withdrawn.body);
    assert!(book.read("audits/2026-02-01-corner.yaml").contains("Tried out"));
    assert_eq!(desk.post(&visitor, "/rounds/withdraw", "record=2026-02-01-corner&reason=+").status, 422);
}

#[test]
fn a_page_waits_for_a_change_of_the_book_and_shows_it() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let before = desk.get(&visitor, "/writing");
    assert_eq!(before.status, 200);
    let now =
        before.body.split("data-now=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a number").to_owned();
    let book = book.edit("gamma-ok.yaml", "derive: false", "derive: false\ndervie: true");
    let started = std::time::Instant::now();
    let told = desk.get(&visitor, &format!("/events?since={now}"));
    assert_ne!(told.json()["now"].to_string(), now);
    assert!(started.elapsed().as_secs() < 10, "told within {:?}", started.elapsed());
    let after = desk.get(&visitor, "/writing");
    assert!(after.body.contains("dervie") && after.body.contains("gamma-ok.yaml:4"), "{}", after.body);
    drop(book);
}

#[test]
fn a_standard_says_why_it_is_there_in_the_language_of_the_page() {
    let book = Book::example("hotel-wisla");
    let shown = book.run("show --format json").json();
    let id = shown["standards"].as_array().expect("standards").iter().find_map(|one| {
        let id = one["id"].as_str()?;
        let told = book.run(&format!("why {id} --format json")).json();
        let has = |key: &str| told[key].as_array().is_some_and(|list| !list.is_empty());
        (has("records") && has("reviews") && has("traits")).then(|| id.to_owned())
    });
    let id = id.expect("a standard that was judged and reviewed");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let page = desk.get(&visitor, &format!("/standards/{id}"));
    assert_eq!(page.status, 200, "{}", page.body);
    for said in ["Why it is here", "What was seen", "What reviews decided", "audits/"] {
        assert!(page.body.contains(said), "{said}: {}", page.body);
    }
}

#[test]
fn what_is_answered_to_a_round_is_in_the_language_of_its_form() {
    let book = Book::example("hotel-wisla");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let form = desk.get(&visitor, "/rounds/form?lang=pl").body;
    assert!(
        form.contains("\"lang\":\"pl\"") && form.contains("Przekaż") && form.contains(">Obchody kontrolne</a>"),
        "{form}"
    );
    assert!(!form.contains("Hand in"), "the desk speaks English");
    let mut sent = round(&book, "perhaps");
    sent["site"] = json!("krakow");
    sent["language"] = json!("pl");
    let says = |path: &str, sent: &Value| {
        desk.hand_in(&visitor, path, sent).json()["error"].as_str().unwrap_or_default().to_owned()
    };
    assert!(says("/rounds", &sent).starts_with("niczego nie zapisano"), "{}", says("/rounds", &sent));
    assert!(says("/rounds?lang=sv", &sent).starts_with("inget"), "{}", says("/rounds?lang=sv", &sent));
    // What is refused before it is looked into, too.
    let other = [("Cookie", &*visitor.cookie), ("Content-Type", "application/json")];
    let refused = desk.send("POST", "/rounds?lang=pl", &other, "{}");
    assert!(refused.status == 403 && refused.body.contains("Ta strona"), "{}", refused.body);
}

#[test]
fn a_round_that_adds_to_its_record_is_told_what_was_new_and_what_was_the_same() {
    let book = Book::example("hotel-wisla");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let shown: Value = serde_json::from_str(&book.run("show --format json").stdout()).expect("JSON");
    let all: Vec<&Value> = shown["standards"]
        .as_array()
        .expect("standards")
        .iter()
        .filter(|one| one["status"] == "active" && one["measure"].is_null())
        .take(3)
        .collect();
    let answer = |place: usize, answer: &str| json!({"standard": all[place]["id"], "stamp": all[place]["stamp"], "answer": answer});
    let mut sent = round(&book, "met");
    sent["site"] = json!("krakow");
    sent["auditor"] = json!("front-office-manager");
    sent["answers"] = json!([answer(0, "met"), answer(1, "not observed")]);
    let first = desk.hand_in(&visitor, "/rounds", &sent);
    assert_eq!(first.status, 201, "{}", first.body);
    sent["answers"] = json!([answer(0, "met"), answer(1, "met"), answer(2, "met")]);
    let more = desk.hand_in(&visitor, "/rounds?lang=en", &sent).json();
    assert_eq!(more["said"], "Handed in – new answers: 1, changed: 1, as they were: 1.", "{more}");
    let same = desk.hand_in(&visitor, "/rounds", &sent).json();
    assert_eq!((same["recorded"].as_str(), &same["said"]), (Some("known"), &Value::Null), "{same}");
}

#[test]
fn a_standard_is_written_in_words_and_as_reports_write_figures() {
    let book = Book::example("hotel-wisla");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let name = visitor.cookie.split('=').next().unwrap_or_default();
    let page = |language: &str| {
        let cookie = format!("{}; {name}-lang={language}", visitor.cookie);
        desk.send("GET", "/standards/welcome-card", &[("Cookie", &cookie)], "").body
    };
    let polish = page("pl");
    assert!(polish.contains("<dt>English</dt>") && polish.contains("<dt>polski</dt>"), "{polish}");
    assert!(!polish.contains("<title>welcome-card"), "{polish}");
    let customers = polish.split("<h2>").find(|part| part.contains("Niskie oceny")).expect("what customers say");
    assert!(
        customers.contains("Recepcja") && customers.contains("Zameldowanie") && !customers.contains("check-in"),
        "{customers}"
    );
    let has_decimals = customers.split('%').any(|before| {
        before
            .rsplit(|c: char| !c.is_ascii_digit() && c != ',' && c != '.')
            .next()
            .is_some_and(|share| share.contains([',', '.']))
    });
    assert!(!has_decimals, "{customers}");
    // The book has no Swedish: what falls back is marked.
    let swedish = page("sv");
    let title = swedish.split("<h1>").nth(1).and_then(|rest| rest.split("</h1>").next()).unwrap_or_default();
    assert!(title.starts_with("<span class=\"foreign\" lang=\"en\">"), "{title}");
}
