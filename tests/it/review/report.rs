//! The report of a review: for other programs.

use super::close::{decided, tightened};
use super::{DAY, book, entries};
use crate::support::Book;

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

#[test]
fn what_is_overdue_is_said_once_and_no_sentence_is_about_a_picture_that_is_not_there() {
    let mut book = tightened(decided("en"));
    for month in 1..=7 {
        for day in 1..=6 {
            let action = if (month, day) == (3, 1) {
                "{answer: not met, action: {what: Buy juice, due: 2026-04-05}}"
            } else {
                "met"
            };
            let record = format!("date: 2026-0{month}-0{day}\nanswers: {{welcome-drink: {action}, map: met}}\n");
            book = book.with(&format!("audits/{month}-{day}.yaml"), record);
        }
    }
    let ratings: String = (1..=6).map(|day| format!("2026-05-0{day},arrive,{}\n", day % 5 + 1)).collect();
    let book = book.with("feedback/a.csv", format!("date,phase,rating\n{ratings}"));
    let report =
        |format: &str| book.run(&format!("review report 2026 --format {format} --today {DAY}")).ends(0).stdout();
    let (text, page) = (report("md"), report("html"));
    let front = text.split("\n## ").take(3).collect::<String>();
    assert_eq!(front.matches("overdue").count(), 1, "{front}");
    assert!(text.contains("Shares of low ratings by phase") && !text.contains("shaded"), "{text}");
    assert!(page.contains("The shaded stretch is where the true share may lie."), "{page}");
    let audit = |format: &str| book.run(&format!("audit report --format {format} --today {DAY}")).stdout();
    let (text, page) = (audit("md"), audit("html"));
    assert!(page.contains("the bar is the 95 % interval"), "{page}");
    assert!(
        text.contains("Only answers to the same wording") && !text.contains("the dot") && !text.contains("are drawn"),
        "{text}"
    );
}

#[test]
fn a_report_says_by_which_editions_its_figures_stand_and_not_when_it_was_made() {
    let book = tightened(decided("en")).with("roles.yaml", "roles: [{id: head, title: Head of front office}]\n");
    let issue = |book: &Book, number: &str, day: &str, today: &str| {
        book.run(&format!(
            "edition issue --number {number} --in-force {day} --approved-by head --title Edition-{number} --today {today}"
        ))
        .ends(0);
    };
    issue(&book, "1", "2026-10-01", "2026-09-20");
    let set = book.read("editions/issued/1.yaml");
    let set = set.lines().find_map(|line| line.strip_prefix("edition: ")).expect("a set").trim_matches('"').to_owned();
    let book = book
        .with("audits/1.yaml", format!("edition: '{set}'\ndate: 2026-11-02\nanswers: {{map: met}}\n"))
        .with("audits/2.yaml", "date: 2026-08-03\nanswers: {map: met}\n");
    let judged = format!("- Judged by edition: 1 · Edition-1 ({set})\n");
    let audits = |options: &str| book.run(&format!("audit report --format md {options}")).ends(0).stdout();
    let report = audits("--from 2026-10-01 --today 2026-12-01");
    assert!(report.contains(&judged) && report.contains("- Stamp: "), "{report}");
    assert!(!report.contains("- Issued: ") && !report.contains("1\u{a0}December"), "{report}");
    assert_eq!(audits("--from 2026-10-01 --today 2027-03-01"), report, "made on a later day");
    let all = audits("--today 2026-12-01");
    assert!(all.contains("today’s book, where records name no edition; 1 · Edition-1"), "{all}");
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    for format in ["md", "html"] {
        let read = |day: &str| book.run(&format!("review report 2026 --format {format} --today {day}")).ends(0);
        let then = read("2027-01-01").prints("Edition-1").prints("Head of front office").omits("Edition-2").stdout();
        let history = then.split("History of editions").nth(1).expect("a history");
        assert!(history.contains("1\u{a0}October\u{a0}2026") && then.contains(&set), "{then}");
        assert!(then.contains("Stamp") && !then.contains("January\u{a0}2027"), "{then}");
    }
    // What is issued later is no part of what was signed.
    let then = book.run("review report 2026 --today 2027-01-01").ends(0).stdout();
    issue(&book, "2", "2027-02-01", "2027-01-20");
    assert_eq!(book.run("review report 2026 --today 2027-03-01").ends(0).stdout(), then);
}

/// A book with a review that is closed and carried out, and another that was opened a year later.
fn a_year_later(between: impl FnOnce(Book) -> Book) -> Book {
    let book = tightened(decided("en"));
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let book = between(book);
    book.run("review open 2027 --all --today 2027-11-21").ends(0);
    book
}

#[test]
fn a_report_tells_all_that_changed_since_the_last_review() {
    let book = a_year_later(|book| {
        let stay = book.read("sequences/stay.yaml");
        let added = "      - {id: lamp, type: product, level: basic, text: The lamp is lit.}\n";
        book.with("sequences/stay.yaml", format!("{stay}{added}"))
    });
    let report = |book: &Book| book.run("review report 2027 --today 2027-11-21").ends(0).stdout();
    let told = report(&book);
    let changes = told.split("## What changed since the last review").nth(1).expect("the changes");
    let changes = changes.split("\n## ").next().expect("the part");
    for line in [
        "- `greet-within-60s`\n  - tightened, before: within 60\u{a0}s → now: within 30\u{a0}s",
        "- `welcome-drink`\n  - moved to another level, before: exclusive → now: expected",
        "- `lamp`\n  - added, before: – → now: The lamp is lit.",
        "removed, before: A map of the town lies on the desk. → now: –",
    ] {
        assert!(changes.contains(line), "{line}: {changes}");
    }
    // Where the sets that the reviews were opened on are not known, no more is said than is.
    let unnamed = book.read("reviews/2026.yaml");
    let without: String =
        unnamed.lines().filter(|line| !line.starts_with("edition: ")).map(|line| format!("{line}\n")).collect();
    let told = report(&book.with("reviews/2026.yaml", without));
    assert!(told.contains("have the wordings that the last review left them with"), "{told}");
}

#[test]
fn what_was_found_met_since_asks_for_no_other_remedy() {
    let record = |day: &str, answer: &str| format!("date: {day}\nauditor: consultant\nanswers: {{map: {answer}}}\n");
    let done = "{answer: not met, action: {what: Print it, done: 2026-03-01}}";
    let book = book("en")
        .with("audits/1.yaml", record("2026-02-01", done))
        .with("audits/2.yaml", record("2026-04-01", "not met"));
    book.run(&format!("review open 2026 --all --today {DAY}")).ends(0);
    let report = |book: &Book| book.run(&format!("review report 2026 --today {DAY}")).ends(0);
    report(&book).prints("Find another remedy: what was done did not help.");
    let met = book.with("audits/3.yaml", record("2026-05-01", "met"));
    report(&met).omits("Find another remedy").prints("**came back on 1");
    let again = met.with("audits/4.yaml", record("2026-06-01", "not met"));
    report(&again).prints("Find another remedy: what was done did not help.");
}

/// A book in two languages, whose first review was closed without keeping its report, as older programs did, and a second, after
/// what was rewritten since: once with its translation, once without.
fn bilingual() -> Book {
    let standard = |id: &str, own: &str, english: &str| {
        format!("      - {{id: {id}, type: product, level: basic, text: {{sv: {own}, en: {english}}}}}\n")
    };
    let stay = |map: [&str; 2], lamp: [&str; 2]| {
        format!(
            "id: stay\nphases:\n  - id: arrive\n    title: {{sv: Ankomst, en: Arrival}}\n    standards:\n{}{}",
            standard("map", map[0], map[1]),
            standard("lamp", lamp[0], lamp[1])
        )
    };
    let close = |book: Book, year: u32| {
        let file = format!("reviews/{year}.yaml");
        let set = book.read(&file);
        let set = set.lines().find_map(|line| line.strip_prefix("edition: ")).expect("a set").to_owned();
        let record = format!("edition: {set}\nsite: north\ndate: {year}-06-01\nanswers: {{map: met, lamp: met}}\n");
        let text = book.read(&file).replace("reviewers: []", "reviewers: [consultant]");
        let text = text.replace("    decision:\n    reason:\n", "    decision: keep\n    reason: Ja\n");
        let book = book.with(&file, text).with(&format!("audits/{year}.yaml"), record);
        book.run(&format!("review close {year} --today {year}-11-02")).ends(0);
        let text = book.read(&file).replace(&format!("report: reviews/closed/{year}.json\n"), "");
        std::fs::remove_file(book.path().join(format!("reviews/closed/{year}.json"))).expect("what was kept");
        book.with(&file, text)
    };
    let book = Book::empty()
        .with(
            "gamma-ok.yaml",
            "title: Nordic\nlanguages: [sv, en]\nderive: false\nreview: {every: 12 months, since: 2025-01-15}\n",
        )
        .with("sites/north.yaml", "id: north\ntitle: {sv: Norr, en: North house}\n")
        .with(
            "sequences/stay.yaml",
            stay(["En karta finns.", "A map is there."], ["Lampan är tänd.", "The lamp is lit."]),
        );
    book.run("review open 2026 --all --today 2026-11-01").ends(0);
    let book = close(book, 2026);
    let other = stay(["En karta ligger framme.", "A map lies ready."], ["Lampan lyser klart.", "The lamp is lit."]);
    let book = book.with("sequences/stay.yaml", other);
    book.run("review open 2027 --all --today 2027-11-01").ends(0);
    close(book, 2027)
}

#[test]
fn a_report_of_the_past_reads_as_it_did_in_every_language() {
    let book = bilingual();
    let report = |book: &Book, language: &str| {
        book.run(&format!("review report 2027 --lang {language} --today 2028-03-01")).ends(0).stdout()
    };
    let (own, english) = (report(&book, "sv"), report(&book, "en"));
    assert!(english.contains("before: A map is there. → now: A map lies ready."), "{english}");
    // A translation that was not made anew says nothing of the change, which is told in the language in which it was made.
    let changes = english.split("## What changed since the last review").nth(1).expect("the changes");
    let changes = changes.split("\n## ").next().expect("the part");
    assert!(changes.contains("Lampan är tänd.") && changes.contains("Lampan lyser klart."), "{changes}");
    assert!(english.contains("Arrival") && english.contains("North house"), "{english}");
    // Later the book says it otherwise, and calls things otherwise.
    let book = book
        .edit(
            "sequences/stay.yaml",
            "sv: En karta ligger framme., en: A map lies ready.",
            "sv: Kartan hänger., en: The map hangs.",
        )
        .edit("sequences/stay.yaml", "sv: Ankomst, en: Arrival", "sv: Välkomst, en: Welcome")
        .edit("sites/north.yaml", "sv: Norr, en: North house", "sv: Nord, en: Northern inn");
    assert_eq!(report(&book, "en"), english);
    assert_eq!(report(&book, "sv"), own);
    // So does the audit report of that time.
    let audits = book.run("audit report --from 2027-01-01 --to 2027-12-31 --lang en --today 2028-03-01").ends(0);
    audits.prints("Arrival").prints("North house").prints("A map lies ready.").omits("Welcome").omits("Northern inn");
    book.run("audit report --lang en --today 2028-03-01").ends(0).prints("Welcome").prints("Northern inn");
}

#[test]
fn a_report_says_how_far_auditors_agreed_over_all_standards() {
    let record = |day: usize, auditor: &str, answer: &str| {
        format!(
            "date: 2026-05-0{day}\nvisit: v{day}\nauditor: {auditor}\nanswers: {{map: {answer}, welcome-drink: met}}\n"
        )
    };
    let book = (1..=6).fold(book("en"), |book, day| {
        let other = if day == 1 { "not met" } else { "met" };
        book.with(&format!("audits/{day}a.yaml"), record(day, "a", "met"))
            .with(&format!("audits/{day}b.yaml"), record(day, "b", other))
    });
    book.run(&format!("review open 2026 --all --today {DAY}")).ends(0);
    let run = book.run(&format!("review report 2026 --today {DAY}")).ends(0);
    run.prints("All standards together: auditors judged the same thing 12 times and agree in 92").prints("AC1 0.9");
}
