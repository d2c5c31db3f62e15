//! What was done is shown by photographs, which are made anew, kept beside the records and shown on the page.

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};
use serde_json::{Value, json};

use super::client::{Answer, Desk, Visitor};
use super::{hidden, standard};
use crate::support::{Book, TODAY};

/// A photograph with a place in it, as an address.
fn photograph(shade: u8) -> String {
    let picture = RgbImage::from_fn(60, 40, |x, y| Rgb([x as u8, y as u8, shade]));
    let mut bytes = Vec::new();
    picture.write_with_encoder(JpegEncoder::new_with_quality(&mut bytes, 90)).expect("encoded");
    let place = b"Exif\0\0MM\0*\0\0\0\x08GPSLatitude 50.0614";
    let mut tagged = bytes[..2].to_vec();
    tagged.extend([0xff, 0xe1, 0, place.len() as u8 + 2]);
    tagged.extend(place);
    tagged.extend(&bytes[2..]);
    format!("data:image/jpeg;base64,{}", BASE64.encode(tagged))
}

fn done(desk: &Desk, visitor: &Visitor, sent: &Value) -> Answer {
    desk.hand_in(visitor, "/actions/done", sent)
}

/// A book with an action to be done.
fn book() -> (Book, String) {
    let book = Book::sound();
    let (id, _) = standard(&book);
    let record = format!(
        "site: corner\ndate: 2026-02-01\nauditor: seller   # at noon\nanswers:\n  {id}:\n    answer: not met\n    action:\n      what: \
         Mend the lamp\n      due: 2026-02-20\n"
    );
    (book.with("audits/2026-02-01-corner.yaml", record), id)
}

#[test]
fn a_photograph_shows_that_it_was_done() {
    let (book, id) = book();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let before = book.read("audits/2026-02-01-corner.yaml");
    let sent = json!({
        "record": "2026-02-01-corner", "standard": id, "day": "2026-02-19", "remark": "New bulb",
        "photographs": [photograph(1), photograph(2)],
    });
    let answer = done(&desk, &visitor, &sent);
    assert_eq!((answer.status, answer.json()["next"].as_str()), (200, Some("/actions")), "{}", answer.body);
    let record = book.read("audits/2026-02-01-corner.yaml");
    let added = record.strip_prefix(&before).expect("every other byte stays");
    let photos = book.files("audits/photos");
    assert_eq!(photos.len(), 2, "{photos:?}");
    assert!(added.starts_with("      done: 2026-02-19\n      evidence: [photos/"), "{added}");
    assert!(photos.iter().all(|name| added.contains(name.as_str())), "{added}: {photos:?}");
    for name in &photos {
        let bytes = std::fs::read(book.path().join("audits/photos").join(name)).expect("a file");
        assert!(!String::from_utf8_lossy(&bytes).contains("GPS"), "nothing but the picture");
    }
    book.run(&format!("check --today {TODAY}")).omits("unknown-key").omits("lost-evidence").omits("unnamed-photograph");

    // Another one is added to them, and the same again is nothing new.
    let more = json!({"record": "2026-02-01-corner", "standard": id, "day": "2026-02-19", "photographs": [photograph(3), photograph(1)]});
    assert_eq!(done(&desk, &visitor, &more).status, 200);
    assert_eq!(book.files("audits/photos").len(), 3);
    assert_eq!(book.read("audits/2026-02-01-corner.yaml").matches("photos/").count(), 3);

    let page = desk.get(&visitor, "/actions").body;
    let address =
        page.split("<img src=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a picture").to_owned();
    let picture = desk.get(&visitor, &address);
    assert_eq!((picture.status, picture.header("content-type")), (200, "image/jpeg"), "{address}");
    assert_eq!(picture.header("content-security-policy"), "default-src 'none'; frame-ancestors 'none'");
    let report = book.run(&format!("audit actions --today {TODAY} --format html")).ends(0).stdout();
    assert_eq!(report.matches("<img src=\"data:image/jpeg").count(), 3, "the page of actions shows them");
}

#[test]
fn what_is_no_photograph_changes_nothing() {
    let (book, id) = book();
    let book = book.with("secret.jpg", "\u{fffd} nobody reads this").with("audits/photos/other.jpg", "x");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let before = (book.read("audits/2026-02-01-corner.yaml"), book.files(""));
    let huge = format!("data:image/jpeg;base64,{}", "A".repeat(3_000_000));
    let many: Vec<String> = (0..11).map(photograph).collect();
    for photographs in [
        json!(["data:image/svg+xml;base64,PHN2Zy8+"]),
        json!(["data:image/jpeg;base64,AAAA"]),
        json!(["../../gamma-ok.yaml"]),
        json!([7]),
        json!([huge]),
        json!(many),
    ] {
        let sent =
            json!({"record": "2026-02-01-corner", "standard": id, "day": "2026-02-19", "photographs": photographs});
        let answer = done(&desk, &visitor, &sent);
        assert_eq!(answer.status, 422, "{}", answer.body);
        assert!(!answer.json()["error"].as_str().unwrap_or_default().is_empty());
    }
    let no_token = [("Cookie", &*visitor.cookie), ("Content-Type", "application/json")];
    assert_eq!(desk.send("POST", "/actions/done", &no_token, "{}").status, 403);
    assert_eq!((book.read("audits/2026-02-01-corner.yaml"), book.files("")), before);
    // Only what a record names is shown.
    for path in ["secret.jpg", "photos/other.jpg", "../secret.jpg", "audits/photos/other.jpg", "", "gamma-ok.yaml"] {
        assert_eq!(desk.get(&visitor, &format!("/actions/picture?path={path}")).status, 404, "{path}");
    }
}

#[test]
fn what_was_said_twice_is_done_once() {
    let (book, id) = book();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let form = format!("record=2026-02-01-corner&standard={id}&day=2026-02-28&remark=Yes");
    for _ in 0..2 {
        assert_eq!(desk.post(&visitor, "/actions/done", &form).status, 303);
    }
    assert_eq!(book.read("audits/2026-02-01-corner.yaml").matches("done: ").count(), 1);
}

#[test]
fn of_very_many_the_most_urgent_are_shown_and_the_rest_is_asked_for() {
    let (mut book, id) = book();
    for number in 0..130 {
        let (month, day) = (3 + number / 28, 1 + number % 28);
        let action = format!("action: {{what: Mend lamp {number:03}, due: 2026-{month:02}-{day:02}}}");
        let answer = format!("{id}: {{answer: not met, {action}}}");
        let visit =
            format!("site: corner\ndate: 2026-02-01\nvisit: v{number}\nauditor: seller\nanswers:\n  {answer}\n");
        book = book.with(&format!("audits/2026-02-01-{number:03}.yaml"), visit);
    }
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let page = desk.get(&visitor, "/actions").body;
    let lamps = |page: &str| {
        (0..130).filter(|number| page.contains(&format!("<strong>Mend lamp {number:03}</strong>"))).count()
    };
    assert!(
        page.contains("<strong>Mend lamp 001</strong>") && !page.contains("<strong>Mend lamp 129</strong>"),
        "the most urgent"
    );
    assert!(
        lamps(&page) >= 100 && lamps(&page) < 130 && page.contains("href=\"/actions?all=yes\""),
        "{}",
        lamps(&page)
    );
    assert_eq!(lamps(&desk.get(&visitor, "/actions?all=yes").body), 130);
}

#[test]
fn the_second_to_write_about_an_action_sees_what_the_first_wrote() {
    let (book, id) = book();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let page = desk.get(&visitor, "/actions").body;
    let from = hidden(&page, "from");
    let form = |day: &str, remark: &str, from: &str| {
        format!("record=2026-02-01-corner&standard={id}&day={day}&remark={remark}&from={from}")
    };
    assert_eq!(desk.post(&visitor, "/actions/done", &form("2026-02-18", "By+the+first", &from)).status, 303);
    let file = book.read("audits/2026-02-01-corner.yaml");
    // Sent twice by one is no contradiction.
    assert_eq!(desk.post(&visitor, "/actions/done", &form("2026-02-18", "By+the+first", &from)).status, 303);
    let second = desk.post(&visitor, "/actions/done", &form("2026-02-11", "By+the+second", &from));
    assert_eq!(second.status, 409, "{}", second.body);
    assert_eq!(book.read("audits/2026-02-01-corner.yaml"), file, "nothing is written over");
    for kept in ["says now: ", "By the first", "value=\"2026-02-11\"", "value=\"By the second\""] {
        assert!(second.body.contains(kept), "{kept}: {}", second.body);
    }
    let sent = json!({"record": "2026-02-01-corner", "standard": id, "day": "2026-02-11", "from": from, "photographs": [photograph(1)]});
    let told = done(&desk, &visitor, &sent);
    assert_eq!(told.status, 409, "{}", told.body);
    assert!(told.json()["error"].as_str().is_some_and(|said| said.contains("By the first")), "{}", told.body);
    assert_eq!((book.read("audits/2026-02-01-corner.yaml"), book.files("audits/photos").len()), (file, 0));
    // Who sends it again has seen it.
    let seen = hidden(&second.body, "from");
    assert_eq!(told.json()["from"].as_str(), Some(&*seen));
    assert_eq!(desk.post(&visitor, "/actions/done", &form("2026-02-11", "By+the+second", &seen)).status, 303);
    assert!(book.read("audits/2026-02-01-corner.yaml").contains("By the second"));

    let from = hidden(&desk.get(&visitor, "/actions").body, "from");
    let form =
        |worked: &str| format!("record=2026-02-01-corner&standard={id}&worked={worked}&remark=It+{worked}&from={from}");
    assert_eq!(desk.post(&visitor, "/actions/worked", &form("no")).status, 303);
    let file = book.read("audits/2026-02-01-corner.yaml");
    let second = desk.post(&visitor, "/actions/worked", &form("yes"));
    assert!(second.status == 409 && second.body.contains("value=\"It yes\""), "{}", second.body);
    assert_eq!(book.read("audits/2026-02-01-corner.yaml"), file);
}

#[test]
fn what_is_refused_of_an_action_is_said_on_its_page_with_what_was_typed() {
    let (book, id) = book();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let before = book.read("audits/2026-02-01-corner.yaml");
    let from = hidden(&desk.get(&visitor, "/actions").body, "from");
    for (day, said) in [("2026-01-01", "it cannot be done on 2026-01-01"), ("2999-01-01", "is after today")] {
        let form = format!("record=2026-02-01-corner&standard={id}&day={day}&remark=Both+shifts&from={from}");
        let page = desk.post(&visitor, "/actions/done", &form);
        assert_eq!(page.status, 422, "{}", page.body);
        for kept in [said, "action=\"/actions/done\"", "value=\"Both shifts\"", &format!("value=\"{day}\"")] {
            assert!(page.body.contains(kept), "{kept}: {}", page.body);
        }
    }
    let lacking = desk.post(&visitor, "/rounds/withdraw", "record=2026-02-01-corner&reason=+");
    assert!(lacking.status == 422 && lacking.body.contains("a record is withdrawn with a reason"), "{}", lacking.body);
    assert!(
        lacking.body.contains("<details open>") && lacking.body.contains("action=\"/rounds/form\""),
        "{}",
        lacking.body
    );
    let long = format!("record=2026-02-01-corner&reason={}", "x".repeat(600));
    let long = desk.post(&visitor, "/rounds/withdraw", &long);
    assert!(long.status == 422 && long.body.contains(&"x".repeat(600)), "{}", long.body);
    assert_eq!(book.read("audits/2026-02-01-corner.yaml"), before);
    // Of what is not there a page of its own says so.
    assert_eq!(desk.post(&visitor, "/actions/done", "record=none&standard=none&day=2026-02-18").status, 422);
}
