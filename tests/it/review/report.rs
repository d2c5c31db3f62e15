//! The report of a review: for other programs.

use super::close::{decided, tightened};
use super::{DAY, entries};

#[test]
fn other_programs_read_what_the_report_says() {
    let book = tightened(decided("en"))
        .edit("sequences/stay.yaml", "      - id: map\n", "      - id: map\n        critical: true\n")
        .with("audits/1.yaml", "date: 2026-11-02\nanswers: {map: not met, greet-within-60s: met}\n")
        .with(
            "audits/2.yaml",
            "date: 2026-11-03\nanswers: {welcome-drink: {answer: not met, action: {what: Buy juice, due: 2026-11-05, done: \
             2026-12-01}}}\n",
        );
    book.run(&format!("review close 2026 --today {DAY}")).ends(0);
    let read = |day: &str| book.run(&format!("review report 2026 --format json --today {day}")).ends(0).json();
    let report = read(DAY);
    assert_eq!((report["review"].as_str(), report["closed"].as_str()), (Some("2026"), Some(DAY)));
    assert_eq!(report["period"], serde_json::json!({"from": null, "to": DAY}));
    assert_eq!((&report["figures"]["overall"]["met"], &report["figures"]["overall"]["judged"]), (&1.into(), &3.into()));
    let decisions = report["decisions"].as_array().expect("a list");
    assert_eq!(decisions.len(), entries(&book, "2026").len());
    let of = |id: &str| decisions.iter().find(|one| one["standard"] == id).expect("the decision");
    assert_eq!(of("welcome-drink")["decision"], "level-down");
    assert_eq!(of("welcome-drink")["before"]["level"], "exclusive");
    assert_eq!((&of("welcome-drink")["pending"], &of("greet-within-60s")["pending"]), (&true.into(), &false.into()));
    let advice: Vec<(&str, &str)> = report["recommendations"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|one| (one["advice"].as_str().expect("a word"), one["standard"].as_str().expect("an id")))
        .collect();
    assert_eq!(advice, [("critical", "map"), ("overdue", "welcome-drink")]);
    // What was done after the closing was not done then.
    assert_eq!((&report["actions"][0]["state"], &report["actions"][0]["done"]), (&"overdue".into(), &().into()));
    assert_eq!(read("2028-01-01"), report, "a later day");

    let schema = book.run("schema review-report").ends(0).json();
    assert_eq!(crate::cli::schema::misfit(&schema, &schema, &report, ""), None);
    book.run(&format!("review report 2026 -o report.json --today {DAY}")).ends(0);
    let file: serde_json::Value = serde_json::from_str(&book.read("report.json")).expect("JSON");
    assert_eq!(file, report);
    book.run("review checklist 2026 --format json").ends(2);
}
