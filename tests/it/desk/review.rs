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

#[test]
fn who_decides_is_not_written_over_and_a_changed_review_is_not_closed_unseen() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    let page = desk.get(&visitor, "/review/one?name=2026").body;
    let (people, whole) = page.split_once("action=\"/review/close\"").expect("two forms");
    let (people, whole) = (hidden(people, "from"), hidden(whole, "from"));
    let first = format!("name=2026&reviewers=seller&added=&from={people}");
    sent(&desk, &visitor, "/review/people", &first);
    sent(&desk, &visitor, "/review/people", &first);
    let file = book.read("reviews/2026.yaml");
    let second = format!("name=2026&reviewers=consultant%0D%0Amanager&added=&from={people}");
    let told = desk.post(&visitor, "/review/people", &second);
    assert_eq!(told.status, 409, "{}", told.body);
    assert_eq!(book.read("reviews/2026.yaml"), file, "nothing is written over");
    assert!(
        told.body.contains("says now: seller") && told.body.contains(">consultant\nmanager</textarea>"),
        "{}",
        told.body
    );
    let seen = hidden(told.body.split("action=\"/review/people\"").nth(1).expect("a form"), "from");
    sent(&desk, &visitor, "/review/people", &second.replace(&people, &seen));
    let closed = desk.post(&visitor, "/review/close", &format!("name=2026&from={whole}"));
    assert!(closed.status == 409 && closed.body.contains("changed meanwhile"), "{}", closed.body);

    let page = desk.get(&visitor, "/review/one?name=2026").body;
    for id in page.split("standard=").skip(1).filter_map(|rest| rest.split('"').next()) {
        let form = format!("name=2026&standard={}&decision=retire&reason=Gone", id.replace("%2D", "-"));
        let _ = desk.post(&visitor, "/review/decide", &form);
    }
    sent(&desk, &visitor, "/review/close", "name=2026");
    let whole = hidden(&desk.get(&visitor, "/review/one?name=2026").body, "from");
    let file = book.read("reviews/2026.yaml");
    let book = book.with("reviews/2026.yaml", format!("{file}# Read by the director.\n"));
    let told = desk.post(&visitor, "/review/reopen", &format!("name=2026&reason=A+wrong+figure&from={whole}"));
    assert!(told.status == 409 && told.body.contains("value=\"A wrong figure\""), "{}", told.body);
    assert!(book.read("reviews/2026.yaml").contains("closed: "));
}

#[test]
fn a_decision_has_a_reason_of_some_length_and_a_day_after_the_opening() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    let before = book.read("reviews/2026.yaml");
    let form = |reason: &str, due: &str| {
        format!("name=2026&standard=price-tags&decision=retire&owner=&reason={reason}&due={due}")
    };
    for (reason, due, said) in [
        ("x".repeat(12_000), "2026-06-01", "more than the 2,000 that are taken here"),
        ("word+".repeat(2_400), "2026-06-01", "more than the 2,000 that are taken here"),
        ("Gone".to_owned(), "1999-01-01", "it cannot be due on 1999-01-01"),
    ] {
        let refused = desk.post(&visitor, "/review/decide", &form(&reason, due));
        assert!(refused.status == 422 && refused.body.contains(said), "{said}: {}", refused.body);
        assert!(!refused.body.contains("bug"), "{}", refused.body);
    }
    assert_eq!(book.read("reviews/2026.yaml"), before);
    let page = desk.get(&visitor, "/review/item?name=2026&standard=price-tags").body;
    assert!(page.contains("Up to 2,000 characters") && page.contains("data-letters=\"2000\""), "{page}");
    sent(&desk, &visitor, "/review/decide", &form(&"x".repeat(2_000), "2026-06-01"));
    // What stands there in two languages is changed where it stands.
    let long = format!("reason: {}", "x".repeat(2_000));
    let book = book.edit("reviews/2026.yaml", &long, "reason: {en: Gone, sv: Borta}");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    loop {
        let page = desk.get(&visitor, "/review/item?name=2026&standard=price-tags").body;
        if page.contains("written in several languages") {
            assert!(page.contains(" readonly>Gone</textarea>"), "{page}");
            break;
        }
        assert!(std::time::Instant::now() < until, "{page}");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    drop(book);
}

#[test]
fn of_a_book_with_errors_nobody_can_tell_what_is_due() {
    let book = Book::sound().edit("gamma-ok.yaml", "derive: false", "derive: false\ndervie: true");
    let desk = Desk::open(&book);
    let page = desk.get(&desk.visitor(), "/review").body;
    assert!(page.contains("nobody can tell what is due") && !page.contains("Nothing is due"), "{page}");
}

#[test]
fn a_review_of_a_book_with_errors_shows_no_standard_as_gone_and_takes_no_decision() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    drop(desk);
    let book = book.edit("gamma-ok.yaml", "derive: false", "derive: false\ndervie: true");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let page = desk.get(&visitor, "/review/one?name=2026").body;
    assert!(page.contains("nobody can tell what is due") && !page.contains("no longer in the book"), "{page}");
    let before = book.read("reviews/2026.yaml");
    let decided = desk.post(&visitor, "/review/decide", "name=2026&standard=price-tags&decision=keep");
    assert!(decided.status == 422 && decided.body.contains("the book has 1 error"), "{}", decided.body);
    assert_eq!(desk.post(&visitor, "/review/people", "name=2026&reviewers=seller&added=").status, 422);
    assert_eq!(book.read("reviews/2026.yaml"), before);
    // Whose first page it is, it says so instead of that there is nothing to do.
    let name = visitor.cookie.split('=').next().unwrap_or_default();
    let cookie = format!("{}; {name}-role=manager", visitor.cookie);
    let today = desk.send("GET", "/", &[("Cookie", &cookie)], "").body;
    assert!(today.contains("nobody can tell what is due") && !today.contains("There is nothing to do"), "{today}");
    // Beside Writing it is a page of the desk that says why there is no document.
    let shown = desk.get(&visitor, "/documents/show?kind=checklist&format=html&still=yes");
    let policy = shown.header("content-security-policy").to_owned();
    assert!(shown.status == 422 && shown.body.contains("no document is made of it"), "{}", shown.body);
    assert!(policy.contains("frame-ancestors 'self'"), "{policy}");
    assert!(desk.get(&visitor, "/review").header("content-security-policy").contains("frame-ancestors 'none'"));
}

#[test]
fn the_program_speaks_the_language_of_the_page_about_a_book_without_it() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    let name = visitor.cookie.split('=').next().unwrap_or_default();
    let page = |language: &str| {
        let cookie = format!("{}; {name}-lang={language}", visitor.cookie);
        desk.send("GET", "/review/item?name=2026&standard=price-tags", &[("Cookie", &cookie)], "").body
    };
    let (english, swedish) = (page("en"), page("sv"));
    let question = |page: &str| page.split("<p class=\"question\">").nth(1).map(|rest| rest[..20].to_owned());
    assert!(question(&english).is_some() && question(&english) != question(&swedish), "{swedish}");
}

#[test]
fn a_decision_that_lacks_its_reason_is_asked_about_on_the_same_page_in_the_readers_language() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    let before = book.read("reviews/2026.yaml");
    let cookie = visitor.cookie.clone();
    let name = cookie.split('=').next().unwrap_or_default();
    for (language, lacking) in
        [("en", "is decided without a reason"), ("pl", "decyzja bez uzasadnienia"), ("sv", "beslutad utan skäl")]
    {
        let visitor = Visitor { cookie: format!("{cookie}; {name}-lang={language}"), ..visitor.clone() };
        let form = "name=2026&standard=price-tags&decision=retire&owner=seller&due=2026-06-01&reason=+";
        let page = desk.post(&visitor, "/review/decide", form);
        assert_eq!(page.status, 422, "{}", page.body);
        let alert =
            page.body.split("role=\"alert\"").nth(1).and_then(|rest| rest.split("</div>").next()).unwrap_or_default();
        assert!(alert.contains(lacking) && !alert.contains("price-tags"), "by what it demands: {alert}");
        for kept in [
            "action=\"/review/decide\"",
            "value=\"retire\" checked",
            "value=\"seller\" selected",
            "value=\"2026-06-01\"",
        ] {
            assert!(page.body.contains(kept), "{kept} in {language}: {}", page.body);
        }
        assert_eq!(book.read("reviews/2026.yaml"), before);
    }
    // So does a review that cannot be closed, or be begun again under that name, and one that is opened again for no reason.
    let page = desk.post(&visitor, "/review/close", "name=2026");
    assert!(page.status == 422 && page.body.contains("action=\"/review/people\""), "{}", page.body);
    let page = desk.post(&visitor, "/review/open", "name=2026&all=yes");
    assert!(page.status == 422 && page.body.contains("name=\"name\" value=\"2026\""), "{}", page.body);
}

#[test]
fn who_decides_is_a_role_by_its_title_and_no_person() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    sent(&desk, &visitor, "/review/open", "name=2026&all=yes");
    let before = book.read("reviews/2026.yaml");
    let refused = desk.post(&visitor, "/review/people", "name=2026&reviewers=Anna+Nowak%0D%0Aseller&added=A+lamp");
    assert!(refused.status == 422 && refused.body.contains("looks like the name of a person"), "{}", refused.body);
    assert!(
        refused.body.contains(">Anna Nowak\nseller</textarea>") && refused.body.contains(">A lamp</textarea>"),
        "{}",
        refused.body
    );
    assert_eq!(book.read("reviews/2026.yaml"), before);
    // In whatever language the title is typed.
    sent(&desk, &visitor, "/review/people", "name=2026&reviewers=sprzedawca%0D%0AR-07&added=");
    assert!(book.read("reviews/2026.yaml").contains("reviewers: [seller, R-07]"));
    let page = desk.get(&visitor, "/review/one?name=2026").body;
    assert!(page.contains(">Seller\nR-07</textarea>"), "{page}");
    // Who stands there already, by whatever name, may stay.
    let book = book.edit("reviews/2026.yaml", "reviewers: [seller, R-07]", "reviewers: [Anna Nowak]");
    let until = std::time::Instant::now() + std::time::Duration::from_secs(20);
    while !desk.get(&visitor, "/review/one?name=2026").body.contains("Anna Nowak") {
        assert!(std::time::Instant::now() < until, "the file is read again");
        std::thread::sleep(std::time::Duration::from_millis(50));
    }
    sent(&desk, &visitor, "/review/people", "name=2026&reviewers=Anna+Nowak%0D%0Aseller&added=");
    assert!(book.read("reviews/2026.yaml").contains("reviewers: [Anna Nowak, seller]"));
}
