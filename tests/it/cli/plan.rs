//! `audit plan`: how many visits each place needs, as a table, a calendar and records to fill in.

use crate::support::Book;

const DAY: &str = "--today 2026-03-02";

#[test]
fn a_plan_has_as_many_visits_as_tell_the_level() {
    let book = Book::sound();
    let plan = book.run(&format!("audit plan --format json --shift early,late --auditor seller,cashier {DAY}")).json();
    let places = plan["places"].as_array().expect("a list");
    let visits = plan["visits"].as_array().expect("a list");
    for site in ["corner", "market"] {
        let own: Vec<_> = places.iter().filter(|place| place["site"] == site).collect();
        // Basic asks for all visits, so that a fault in one of five is to be seen; expected asks for 90 %.
        for (level, wanted) in [("basic", 14), ("expected", 29)] {
            let Some(place) = own.iter().find(|place| place["level"] == level) else { continue };
            assert_eq!(
                (place["visits"].as_u64(), place["so_far"]["judged"].as_u64()),
                (Some(wanted), Some(0)),
                "{place}"
            );
        }
        let most = own.iter().filter_map(|place| place["visits"].as_u64()).max().expect("a number");
        let made: Vec<_> = visits.iter().filter(|visit| visit["site"] == site).collect();
        assert_eq!(made.len() as u64, most);
        assert!(made.iter().all(|visit| visit["date"].as_str() > Some("2026-03-02")));
        assert!(made.iter().all(|visit| visit["date"].as_str() <= Some("2027-03-03")));
    }
    let surer = book.run(&format!("audit plan --format json --detect 5% --confidence 0.9 {DAY}")).json();
    let basic = |plan: &serde_json::Value| {
        let all = plan["places"].as_array().expect("a list").clone();
        all.iter().find(|place| place["level"] == "basic").expect("one")["visits"].as_u64()
    };
    assert_eq!(basic(&surer), Some(45), "ln 0.1 / ln 0.95");
    book.run(&format!("audit plan --detect 100% {DAY}")).ends(2).says("between 0.1 % and 99.9 %");
    book.run(&format!("audit plan --site corner {DAY}")).ends(0).prints("basic").omits("market");
}

#[test]
fn what_was_seen_in_the_past_year_needs_no_visit_and_failures_need_more() {
    let judged = |day: &str, answer: &str| {
        let text = format!("site: corner\ndate: {day}\nauditor: seller\nanswers: {{greet: {answer}}}\n");
        (format!("audits/{day}.yaml"), text)
    };
    let with = |answers: &[(&str, &str)]| {
        let book = answers.iter().fold(Book::sound(), |book, (day, answer)| {
            let (path, text) = judged(day, answer);
            book.with(&path, text)
        });
        let plan = book.run(&format!("audit plan --site corner --format json {DAY}")).json();
        let places = plan["places"].as_array().expect("a list").clone();
        let of = places.iter().find(|place| place["so_far"]["judged"].as_u64() > Some(0));
        of.cloned().unwrap_or_else(|| places[0].clone())
    };
    let none = with(&[]);
    let needed = none["visits"].as_u64().expect("a number");
    let good = with(&[("2026-02-01", "met"), ("2025-06-01", "met"), ("2024-01-01", "not met")]);
    assert_eq!(good["so_far"], serde_json::json!({"met": 2, "judged": 2}), "a year back and no more");
    let level = good["level"].as_str().expect("a level");
    let whole = if level == "basic" { (14, 22) } else { (29, 46) };
    assert_eq!(good["visits"].as_u64(), Some(whole.0 - 2), "{needed}");
    let bad = with(&[("2026-02-01", "met"), ("2025-06-01", "not met")]);
    assert_eq!(bad["visits"].as_u64(), Some(whole.1 - 2));
}

#[test]
fn a_plan_becomes_a_calendar_and_records_to_fill_in() {
    let book = Book::sound();
    let options = "--site market --shift early --auditor seller --seed 7 --today 2026-03-02";
    let plan = book.run(&format!("audit plan --format json {options}")).json();
    let rounds: Vec<&str> = plan["visits"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|visit| visit["round"].as_str().expect("a name"))
        .collect();
    let calendar = book.run(&format!("audit plan --format ics {options}")).ends(0).stdout();
    assert_eq!(calendar.matches("BEGIN:VEVENT").count(), rounds.len());
    book.run(&format!("audit plan --write --dry-run {options}")).ends(0).prints("+planned: true");
    assert!(book.files("audits").is_empty());
    book.run(&format!("audit plan --write {options}")).ends(0).says("counts when its record is filled in");
    assert_eq!(book.files("audits/planned").len(), rounds.len());
    book.run("check --today 2026-03-02").ends(0).omits("audits/");
    // What the plan said stands in the book's own calendar, by the same names.
    let own = book.run("export calendar --today 2026-03-02").ends(0).stdout();
    let uids = |text: &str| {
        let mut all: Vec<String> =
            text.replace("\r\n ", "").lines().filter(|line| line.starts_with("UID:visit")).map(str::to_owned).collect();
        all.sort();
        all
    };
    assert_eq!(uids(&own), uids(&calendar));
    book.run(&format!("audit plan --write {options}")).ends(2).says("is there already");
    // Filled in on its day, it counts.
    let path = format!("audits/planned/{}.yaml", rounds[0]);
    let text = book.read(&path);
    let line =
        text.lines().find(|line| line.contains('@') && line.ends_with(':') && !line.contains('#')).expect("an item");
    let filled = text.replacen(&format!("{line}\n"), &format!("{line} met\n"), 1);
    let filled: String = filled
        .lines()
        .filter(|line| !(line.contains('@') && line.ends_with(':')))
        .map(|line| format!("{line}\n"))
        .collect();
    let book = book.with(&path, filled);
    let report = book.run("audit report --format json --today 2027-06-01").json();
    assert_eq!((report["records"].as_u64(), report["overall"]["met"].as_u64()), (Some(1), Some(1)));
}
