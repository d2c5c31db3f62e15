//! A review from its opening to what became of it, on the desk.

use super::client::{Answer, Desk, Visitor};
use super::hidden;
use crate::support::{Book, TODAY};

fn sent(desk: &Desk, visitor: &Visitor, path: &str, form: &str) -> Answer {
    let answer = desk.post(visitor, path, form);
    assert_eq!(answer.status, 303, "{path} {form}: {}", answer.body);
    answer
}

#[test]
fn a_review_is_opened_decided_closed_and_carried_out() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let show = book.run("show --format json").json();
    let active = show["standards"].as_array().expect("standards").iter().filter(|one| one["status"] == "active");
    let active: Vec<&str> = active.filter_map(|one| one["id"].as_str()).collect();
    let id = "price-tags";
    assert!(desk.get(&visitor, "/review").body.contains("kind=review%2Ddue"));

    let opened = sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    assert_eq!(opened.header("location"), "/review/one?name=2026");
    assert!(book.read("reviews/2026.yaml").contains(&format!("\n  {id}@")));
    assert_eq!(desk.post(&visitor, "/review/open", "name=2026").status, 422, "the name is taken");
    assert_eq!(desk.post(&visitor, "/review/open", "name=..%2Fevil").status, 422);

    let item = format!("/review/item?name=2026&standard={id}");
    let page = desk.get(&visitor, &item);
    assert!(page.status == 200 && page.body.contains("value=\"level-down\""), "{}", page.body);

    // A decision that changes something says why, as in the command.
    let without = desk.post(&visitor, "/review/decide", &format!("name=2026&standard={id}&decision=retire"));
    assert!(without.status == 422 && without.body.contains("without a reason"), "{}", without.body);
    let form = format!(
        "name=2026&standard={id}&decision=retire&reason=Nobody+asks+for+it%3A+%23+ever&owner=seller&due=2026-06-01"
    );
    sent(&desk, &visitor, "/review/decide", &form);
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("decision: retire") && file.contains("\"Nobody asks for it: # ever\""), "{file}");
    assert!(file.contains("owner: seller") && file.contains("due: 2026-06-01"), "{file}");
    // It can be made again while the review is open, and taken back.
    sent(&desk, &visitor, "/review/decide", &format!("name=2026&standard={id}&decision="));
    let file = book.read("reviews/2026.yaml");
    assert!(!file.contains("decision: retire") && !file.contains("owner: seller"), "{file}");
    sent(&desk, &visitor, "/review/decide", &form);

    let open = desk.post(&visitor, "/review/close", "name=2026");
    assert!(open.status == 422 && open.body.contains("stays open"), "{}", open.body);
    // The others stay as they are.
    for other in active.iter().filter(|other| **other != id) {
        sent(&desk, &visitor, "/review/decide", &format!("name=2026&standard={other}&decision=keep"));
    }
    sent(&desk, &visitor, "/review/people", "name=2026&reviewers=seller%0D%0Aconsultant&added=");
    assert!(book.read("reviews/2026.yaml").contains("reviewers: [seller, consultant]"));
    sent(&desk, &visitor, "/review/close", "name=2026");
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("closed: ") && !file.contains("carried-out"), "{file}");
    assert!(!book.read("reviews/closed/2026.json").is_empty());
    assert_eq!(desk.post(&visitor, "/review/decide", &form).status, 422, "it is closed");

    let page = desk.get(&visitor, "/review/one?name=2026").body;
    assert!(page.contains("name=\"apply\""), "a program can retire it: {page}");
    sent(&desk, &visitor, "/review/close", "name=2026&apply=yes");
    assert!(book.read("reviews/2026.yaml").contains("carried-out: "));
    let show = book.run("show --format json").json();
    let retired = show["standards"].as_array().expect("standards").iter().find(|standard| standard["id"] == id);
    assert!(retired.is_none_or(|standard| standard["status"] == "retired"), "{retired:?}");

    // The report is the one that was kept.
    let report = desk.get(&visitor, "/review/document?name=2026&kind=review-report&lang=en");
    assert!(report.status == 200 && report.header("content-security-policy").starts_with("sandbox"), "{}", report.head);
    let by_command = book.run(&format!("review report 2026 --format html --lang en --today {TODAY}")).stdout();
    assert_eq!(report.body, by_command.trim_end_matches('\n'), "the same as the command's");

    assert_eq!(desk.post(&visitor, "/review/reopen", "name=2026&reason=+").status, 422);
    sent(&desk, &visitor, "/review/reopen", "name=2026&reason=A+wrong+figure");
    assert!(book.read("reviews/2026.yaml").contains("A wrong figure"));
    book.run(&format!("check --today {TODAY}")).ends(0);
}

#[test]
fn the_second_to_decide_sees_what_the_first_decided() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    let from = hidden(&desk.get(&visitor, "/review/item?name=2026&standard=price-tags").body, "from");
    let form = |decided: &str, from: &str| format!("name=2026&standard=price-tags&{decided}&from={from}");
    let first = "decision=tighten&reason=The+first+says+so&owner=seller&due=2027-01-01";
    sent(&desk, &visitor, "/review/decide", &form(first, &from));
    let file = book.read("reviews/2026.yaml");
    sent(&desk, &visitor, "/review/decide", &form(first, &from));
    let other = "decision=retire&reason=The+second+says+so&owner=&due=2026-11-30";
    let second = desk.post(&visitor, "/review/decide", &form(other, &from));
    assert_eq!(second.status, 409, "{}", second.body);
    assert_eq!(book.read("reviews/2026.yaml"), file, "nothing is written over");
    for kept in [
        "says now: ",
        "The first says so",
        "The second says so</textarea>",
        "value=\"2026-11-30\"",
        "value=\"retire\" checked",
    ] {
        assert!(second.body.contains(kept), "{kept}: {}", second.body);
    }
    sent(&desk, &visitor, "/review/decide", &form(other, &hidden(&second.body, "from")));
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("The second says so") && !file.contains("The first says so"), "{file}");
}
