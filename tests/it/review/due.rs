//! What makes a standard due, and what does not.

use super::{DAY, book};
use crate::support::{Book, column};

/// The book after a review that kept everything on that day.
fn reviewed(day: &str) -> Book {
    let book = book("en");
    book.run(&format!("review open 2025 --today {day}")).ends(0).prints("reviews/2025.yaml");
    let text = book.read("reviews/2025.yaml").replace("    decision:\n", "    decision: keep\n");
    let text = text.replace("reviewers: []", "reviewers: [consultant]");
    let book = book.with("reviews/2025.yaml", text);
    book.run(&format!("review close 2025 --today {day}")).ends(0).says("the next one is due on");
    book
}

#[test]
fn never_reviewed_is_due_and_overdue_once_the_year_has_passed() {
    let book = book("en");
    let run = book.run("review due --format json --today 2025-12-01").ends(0);
    let due = run.json();
    let all = column(&due["due"], "id").len();
    assert!(all >= 4, "{due}");
    assert!(due["due"].as_array().expect("a list").iter().all(|one| one["overdue"] == false));
    let run = book.run("review due --today 2026-01-16").ends(1).prints("never reviewed").prints("overdue");
    run.says(&format!("{all} of {all} standards in force are due, {all} of them overdue"));
    book.run("review due --today 2026-01-15").ends(0);
    book.run("check --today 2026-01-16").ends(0).prints("review-overdue");
    // Without the day on which they came into force nothing can be late.
    let undated = book.edit("gamma-ok.yaml", ", since: 2025-01-15", "");
    undated.run("review due --today 2030-01-01").ends(0).omits("overdue");
    undated.run("check --today 2030-01-01").ends(0).omits("review-overdue");
}

#[test]
fn nothing_is_due_within_the_year_and_everything_after_it() {
    let book = reviewed("2025-11-20");
    book.run(&format!("review due --today {DAY}")).ends(1).prints("last reviewed on 2025-11-20 in 2025");
    book.run("review due --today 2026-11-20").ends(0).prints_nothing().says("nothing is due for review");
    // A review that is yet to be closed on that day has not been.
    book.run("review due --today 2025-11-19").ends(0).prints("never reviewed");
}

#[test]
fn what_changes_no_demand_makes_nothing_due() {
    let book = reviewed("2026-06-01");
    let nothing = |book: &Book, what: &str| {
        let run = book.run(&format!("review due --format json --today {DAY}")).ends(0);
        assert_eq!(column(&run.json()["due"], "id"), Vec::<&str>::new(), "{what}");
    };
    nothing(&book, "as it was");
    book.run("rename standard:greet-within-60s greet-soon").ends(0);
    book.run("rename phase:arrive arrival").ends(0);
    nothing(&book, "renamed");
    let text = "text: The porter greets the guest within 60 seconds.";
    let book = book.edit(
        "sequences/stay.yaml",
        text,
        "text: >-\n          The porter greets the guest\n          within 60 seconds.",
    );
    nothing(&book, "re-wrapped");
    let book = book.edit("sequences/stay.yaml", "{within: 60 s}", "{within: 1 min}");
    nothing(&book, "the same figure in another unit");
    let book = book.edit(
        "sequences/stay.yaml",
        "        level: basic\n",
        "        level: basic\n        how: [Look up first]\n",
    );
    nothing(&book, "a key point");
    let book = book.edit("gamma-ok.yaml", "[en]", "[en, sv]").edit(
        "sequences/stay.yaml",
        "text: A map of the town lies on the desk.",
        "text:\n          en: A map of the town lies on the desk.\n          sv: En karta över staden ligger på disken.",
    );
    nothing(&book, "translated");
    book.run(&format!("check --deny notes --today {DAY}")).omits("changed-since-review");
}

#[test]
fn a_stricter_figure_makes_its_standard_due_and_shows_both() {
    let book = reviewed("2026-06-01").edit("sequences/stay.yaml", "{within: 60 s}", "{within: 30 s}");
    let book = book.edit("sequences/stay.yaml", "within 60 seconds", "within 30 seconds");
    let run = book.run(&format!("review due --format json --today {DAY}")).ends(0);
    let due = run.json();
    assert_eq!(column(&due["due"], "id"), ["greet-within-60s"]);
    let one = &due["due"][0];
    assert_eq!((&one["reasons"], &one["overdue"]), (&serde_json::json!(["changed"]), &serde_json::json!(false)));
    assert_eq!((&one["last_review"], &one["last_decision"]), (&"2026-06-01".into(), &"keep".into()));
    assert_eq!(one["change"]["before"]["text"]["en"], "The porter greets the guest within 60 seconds.");
    assert_eq!(one["change"]["before"]["measure"], "within 60 s");
    assert_eq!(one["change"]["after"]["measure"], "within 30 s");
    let run = book.run(&format!("review due --today {DAY}")).ends(0).prints("- within 60 s\n    + within 30 s");
    run.prints("- The porter greets the guest within 60 seconds.");
    book.run(&format!("check --today {DAY}")).ends(0).prints("[changed-since-review]").prints("reviews/2025.yaml");
    // The next review keeps what the last one left, so that its checklist shows what changed.
    book.run(&format!("review open 2026 --today {DAY}")).ends(0).says("1 standard to decide on");
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("    before:\n      wording: The porter greets the guest within 60 seconds.\n"), "{file}");
    book.run("review checklist 2026")
        .ends(0)
        .prints("within 60\u{a0}s → now: within 30\u{a0}s")
        .prints("Is the new wording the one that is meant?");
    let html = book.run("review checklist 2026 --format html").ends(0).stdout();
    assert!(html.contains("<del>") && html.contains("greet-within-60s@"), "{html}");
}

#[test]
fn the_page_of_what_is_due_stands_in_every_language() {
    for (language, word) in [("en", "is due for review"), ("pl", "na przegląd"), ("sv", "ska ses över")] {
        let html = book(language).run(&format!("review due --format html --today {DAY}")).ends(1).stdout();
        assert!(html.contains(&format!("<html lang=\"{language}\">")));
        assert!(html.contains(&word.replace("is due", "are due")), "{html}");
    }
}

#[test]
fn everything_and_nothing_can_be_taken_into_a_review() {
    let book = reviewed("2026-06-01");
    book.run(&format!("review open empty --today {DAY}")).ends(0).prints_nothing().says("nothing is due");
    assert_eq!(book.files("reviews"), ["2025.yaml", "closed/2025.json"]);
    book.run(&format!("review open all --all --dry-run --today {DAY}")).ends(0).prints("+++ b/reviews/all.yaml");
    assert_eq!(book.files("reviews"), ["2025.yaml", "closed/2025.json"]);
    book.run(&format!("review open all --all --today {DAY}")).ends(0);
    let before = book.read("reviews/all.yaml");
    book.run(&format!("review open all --all --today {DAY}")).ends(2).says("there is a review `all` already");
    book.run("review open 2025 --all").ends(2).says("it is closed");
    for name in ["../x", "a b", ".hidden", "x/y", ""] {
        book.run_words(&["review", "open", name, "--all"]).ends(2);
    }
    assert_eq!(book.read("reviews/all.yaml"), before);
    assert_eq!(book.files("reviews"), ["2025.yaml", "all.yaml", "closed/2025.json"]);
    book.run("review report 2024").ends(2).says("there is no review `2024`").says("did you mean `2025`?");
}

#[test]
fn a_wording_that_no_record_keeps_is_asked_of_git() {
    let book = book("en");
    let shown = book.run("show greet-within-60s --format json").ends(0).json();
    let stamp = shown["standards"][0]["stamp"].as_str().expect("a stamp").to_owned();
    let record = format!(
        "opened: 2026-06-01\nclosed: 2026-06-01\nreviewers: [consultant]\ndecisions:\n  greet-within-60s@{stamp}: keep\n"
    );
    let book = book.with("reviews/2025.yaml", record);
    let change = |book: &Book| {
        let due = book.run(&format!("review due --format json --today {DAY}")).ends(1).json();
        let all = due["due"].as_array().expect("a list").clone();
        let one = all.into_iter().find(|one| one["id"] == "greet-within-60s").expect("it is due");
        one["change"]["before"]["text"]["en"].clone()
    };
    let tightened = |book: Book| {
        let book = book.edit("sequences/stay.yaml", "{within: 60 s}", "{within: 30 s}");
        book.edit("sequences/stay.yaml", "within 60 seconds", "within 30 seconds")
    };
    let book = tightened(book.commit("as it was reviewed"));
    assert_eq!(change(&book), "The porter greets the guest within 60 seconds.");
    let book = book.commit("tightened");
    assert_eq!(change(&book), "The porter greets the guest within 60 seconds.");
    // Where there is no git, nobody knows.
    std::fs::remove_dir_all(book.path().join(".git")).expect("a folder");
    assert_eq!(change(&book), serde_json::Value::Null);
}

/// A record of that day with the answer to the greeting.
fn round(book: Book, day: &str, answer: &str) -> Book {
    let record = format!("date: {day}\nauditor: consultant\nanswers:\n  greet-within-60s: {answer}\n");
    book.with(&format!("audits/{day}.yaml"), record)
}

/// What is said of the greeting on that day: met and judged, and whether it is due.
fn greeting(book: &Book, day: &str) -> (serde_json::Value, bool) {
    let due = book.run(&format!("review due --format json --today {day}")).json();
    let all = due["due"].as_array().expect("a list");
    let one = all.iter().find(|one| one["id"] == "greet-within-60s");
    (one.map_or(serde_json::Value::Null, |one| one["evidence"].clone()), one.is_some())
}

#[test]
fn evidence_that_a_review_was_opened_on_is_not_counted_again() {
    let failing = (1..=6).fold(book("en"), |book, month| round(book, &format!("2026-0{month}-01"), "not met"));
    let (evidence, _) = greeting(&failing, "2026-06-02");
    assert_eq!((&evidence["met"], &evidence["of"]), (&0.into(), &6.into()));
    failing.run("review open 2026 --today 2026-06-02").ends(0);
    let file = failing.read("reviews/2026.yaml");
    assert!(file.contains("evidence: {met: 0, of: 6, calls: [failed-by-most]}"), "{file}");
    let file = file.replace("    decision:\n    reason:\n", "    decision: keep\n    reason: It is meant so\n");
    let failing = failing.with("reviews/2026.yaml", file.replace("reviewers: []", "reviewers: [consultant]"));
    failing.run("review close 2026 --today 2026-06-10").ends(0);
    assert!(!greeting(&failing, "2026-06-11").1, "what the review decided on calls for no other");
    // Of what comes after the opening, nothing is forgotten.
    let again = (3..=7).fold(failing, |book, day| round(book, &format!("2026-06-0{day}"), "not met"));
    let (evidence, is_due) = greeting(&again, "2026-06-11");
    assert_eq!((&evidence["of"], is_due), (&5.into(), true));
    again.run("review due --today 2026-06-11").ends(0).prints("evidence: fewer than half met it");
}

#[test]
fn eight_audits_a_year_can_propose_a_level() {
    let days = [
        "2025-12-10",
        "2026-01-20",
        "2026-03-05",
        "2026-04-20",
        "2026-06-05",
        "2026-07-20",
        "2026-09-05",
        "2026-10-20",
    ];
    let drink = |book: Book, day: &str, answer: &str| {
        book.with(&format!("audits/{day}.yaml"), format!("date: {day}\nanswers: {{welcome-drink: {answer}}}\n"))
    };
    let met = days.iter().fold(book("en"), |book, day| drink(book, day, "met"));
    let run = met.run(&format!("review due --today {DAY}")).ends(1);
    run.prints("the figures propose: level-down, met 8 of 8 in the past year");
    let one = drink(met, days[3], "not met");
    one.run(&format!("review due --today {DAY}")).ends(1).omits("the figures propose");
    // 20 of 23 are not practically everyone, however many they are.
    let many = (0..23).fold(book("en"), |book, n| {
        let day = format!("2026-{:02}-{:02}", n % 10 + 1, n + 1);
        drink(book, &day, if n < 3 { "not met" } else { "met" })
    });
    many.run(&format!("review due --today {DAY}")).ends(1).omits("the figures propose");
}

#[test]
fn a_proposal_that_was_decided_on_is_not_made_again() {
    let is_due = |book: &Book, day: &str| {
        let due = book.run(&format!("review due --format json --today {day}")).json();
        due["due"].as_array().expect("a list").iter().any(|one| one["id"] == "welcome-drink")
    };
    for decision in ["level-down", "keep"] {
        let days = (1..=9).map(|month| format!("2026-0{month}-20"));
        let met = days.fold(book("en"), |book, day| {
            book.with(&format!("audits/{day}.yaml"), format!("date: {day}\nanswers: {{welcome-drink: met}}\n"))
        });
        met.run("review open 2026 --today 2026-10-01").ends(0);
        let file = met.read("reviews/2026.yaml").replace("reviewers: []", "reviewers: [consultant]");
        assert!(file.contains("calls: [ordinary]"), "{file}");
        let (before, drink) = file.split_at(file.find("  welcome-drink@").expect("the entry"));
        let open = "    decision:\n    reason:\n";
        let drink = drink.replacen(open, &format!("    decision: {decision}\n    reason: It is so\n"), 1);
        let file = format!("{before}{drink}").replace(open, "    decision: keep\n    reason: Yes\n");
        let book = met.with("reviews/2026.yaml", file);
        book.run("review close 2026 --today 2026-10-02").ends(0);
        assert!(!is_due(&book, "2026-10-03"), "{decision}");
        assert!(is_due(&book, "2027-10-03"), "a year later it is: {decision}");
    }
}

#[test]
fn what_a_review_moved_is_a_year_at_its_level_before_anything_moves_it_back() {
    let met = |book: Book, days: &[&str]| {
        days.iter().fold(book, |book, day| {
            book.with(&format!("audits/{day}.yaml"), format!("date: {day}\nanswers: {{welcome-drink: met}}\n"))
        })
    };
    let book = book("en").edit("sequences/stay.yaml", "exclusive # for now", "expected # for now");
    let book = met(book, &["2026-01-20", "2026-02-20", "2026-03-20", "2026-04-20", "2026-05-20"]);
    book.run("review open 2026 --today 2026-06-01").ends(0);
    let file = book.read("reviews/2026.yaml").replace("reviewers: []", "reviewers: [consultant]");
    assert!(!file.contains("ordinary"), "five of five are too few to propose anything: {file}");
    let (before, drink) = file.split_at(file.find("  welcome-drink@").expect("the entry"));
    let open = "    decision:\n    reason:\n";
    let drink = drink.replacen(open, "    decision: level-up\n    reason: Only we have it\n", 1);
    let file = format!("{before}{drink}").replace(open, "    decision: keep\n    reason: Yes\n");
    let book = book.with("reviews/2026.yaml", file);
    book.run("review close 2026 --apply --today 2026-06-02").ends(0);
    assert!(book.read("sequences/stay.yaml").contains("level: exclusive # for now"));
    // Answers without a stamp are judged by today's book: those of before the move as if it had been exclusive then.
    let book =
        met(book, &["2026-06-20", "2026-07-20", "2026-08-20", "2026-09-20", "2026-12-20", "2027-01-20", "2027-02-20"]);
    for day in ["2026-10-03", "2027-03-01", "2027-06-01"] {
        book.run(&format!("review due --today {day}")).omits("the figures propose");
    }
    let book = met(book, &["2027-03-20", "2027-04-20", "2027-05-20"]);
    book.run("review due --today 2027-06-03").prints("the figures propose: level-down, met 10 of 10 in the past year");
}

#[test]
fn complaints_that_a_review_had_before_it_call_for_no_other() {
    let phases = "  - {id: leave, title: Departure, standards: [{id: bill, type: product, level: basic, text: The bill is right.}]}\n";
    let book = book("en");
    let stay = book.read("sequences/stay.yaml") + phases;
    let said = |month: u32| -> String {
        let lines = (1..=20).map(|day| {
            let (phase, rating) = if day % 2 == 0 { ("arrive", 1) } else { ("leave", 5) };
            format!("2026-{month:02}-{day:02},stay,{phase},{rating}\n")
        });
        lines.collect()
    };
    let head = "date,sequence,phase,rating\n";
    let book = book.with("sequences/stay.yaml", stay).with("feedback/1.csv", format!("{head}{}", said(5)));
    book.run("review open 2026 --all --today 2026-06-01").ends(0);
    let file = book.read("reviews/2026.yaml").replace("reviewers: []", "reviewers: [consultant]");
    assert!(file.contains("calls: [complaints]"), "{file}");
    let file = file.replace("    decision:\n    reason:\n", "    decision: keep\n    reason: It is meant so\n");
    let book = book.with("reviews/2026.yaml", file);
    book.run("review close 2026 --today 2026-06-10").ends(0);
    assert!(!greeting(&book, "2026-06-11").1, "they were before the reviewers");
    let book = book.with("feedback/2.csv", format!("{head}{}", said(7)));
    let (evidence, is_due) = greeting(&book, "2026-08-01");
    assert_eq!((&evidence["low_ratings"], is_due), (&1.0.into(), true), "new ones do");
}

#[test]
fn a_standard_is_as_old_as_the_edition_that_brought_it() {
    let book = book("en");
    book.run("edition issue --number 1 --in-force 2025-02-01 --approved-by front-office-manager --today 2025-02-01")
        .ends(0);
    let text = "      - {id: umbrella, type: product, level: basic, text: An umbrella stands at the door.}\n";
    let stay = book.read("sequences/stay.yaml") + text;
    let book = book.with("sequences/stay.yaml", stay);
    book.run("edition issue --number 2 --in-force 2026-06-01 --approved-by front-office-manager --today 2026-06-01")
        .ends(0);
    let overdue = |day: &str| {
        let due = book.run(&format!("review due --format json --today {day}")).json();
        let all = due["due"].as_array().expect("a list").clone();
        let late = all.into_iter().filter(|one| one["overdue"] == true);
        late.map(|one| one["id"].as_str().expect("an id").to_owned()).collect::<Vec<_>>()
    };
    assert!(!overdue("2026-06-02").contains(&"umbrella".to_owned()));
    assert!(overdue("2026-06-02").contains(&"map".to_owned()), "it is older");
    assert!(overdue("2027-06-02").contains(&"umbrella".to_owned()));
}

#[test]
fn where_nothing_was_issued_git_knows_what_is_younger() {
    // Commits are of today's clock, so the book's day is far from it.
    let book = book("en").commit("as it was");
    let text = "      - {id: umbrella, type: product, level: basic, text: An umbrella stands at the door.}\n";
    let stay = book.read("sequences/stay.yaml") + text;
    let book = book.with("sequences/stay.yaml", stay).commit("an umbrella");
    let due = book.run(&format!("review due --format json --today {DAY}")).json();
    let late =
        |id: &str| due["due"].as_array().expect("a list").iter().any(|one| one["id"] == id && one["overdue"] == true);
    assert!(late("map") && !late("umbrella"), "{due}");
}
