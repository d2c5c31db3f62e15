//! What becomes of records: actions done and checked, records withdrawn, people forgotten; every other byte stays.

use crate::support::{Book, TODAY, column};

/// A record with comments and an answer of each kind.
const RECORD: &str = "\
# A round.
site: market   # the big one
date: 2026-02-01
round: 7f3c2a9e
auditor: Q-1
staff: R-07
answers:
  receipt: not met   # no paper
  greet-within-5s: {answer: 8 s, staff: R-08}
  basket:
    answer: not met
    note: R-07 was alone
    action:
      what: Order baskets
      owner: R-07
      due: 2026-02-20 # soon
";

fn book() -> Book {
    Book::sound().with("audits/2026/round.yaml", RECORD)
}

/// The ids that the record of these tests needs.
fn ids() -> [String; 3] {
    let shown = Book::sound().run("show --format json").ends(0).json();
    let all = column(&shown["standards"], "id");
    let timed = |id: &&&str| {
        shown["standards"].as_array().expect("a list").iter().any(|one| one["id"] == **id && !one["measure"].is_null())
    };
    let value = all.iter().find(timed).expect("one with a measure");
    let others: Vec<&&str> = all.iter().filter(|id| id != &value).take(2).collect();
    [others[0].to_string(), value.to_string(), others[1].to_string()]
}

/// The book with a record about standards that it has.
fn recorded() -> (Book, [String; 3]) {
    let ids = ids();
    let text = RECORD
        .replace("receipt", &ids[0])
        .replace("greet-within-5s", &ids[1])
        .replace("basket:", &format!("{}:", ids[2]));
    (book().with("audits/2026/round.yaml", text), ids)
}

fn act(book: &Book, words: &[&str]) -> crate::support::Run {
    let mut all = vec!["audit", "act"];
    all.extend(words);
    all.extend(["--today", TODAY]);
    book.run_words(&all)
}

#[test]
fn an_action_is_closed_where_it_stands() {
    let (book, ids) = recorded();
    let before = book.read("audits/2026/round.yaml");
    act(&book, &["2026/round", &ids[2], "--done", "2026-02-18", "--dry-run"]).ends(0).prints("+      done: 2026-02-18");
    assert_eq!(book.read("audits/2026/round.yaml"), before);
    act(&book, &["7f3c2a9e", &ids[2], "--done", "2026-02-18"]).ends(0).prints("audits/2026/round.yaml");
    let done = before.replace("2026-02-20 # soon\n", "2026-02-20 # soon\n      done: 2026-02-18\n");
    assert_eq!(book.read("audits/2026/round.yaml"), done, "every other byte stays");
    act(&book, &["2026/round", &ids[2], "--verified", "2026-03-01", "--effective", "no"]).ends(0);
    let verified =
        done.replace("done: 2026-02-18\n", "done: 2026-02-18\n      verified: 2026-03-01\n      effective: false\n");
    assert_eq!(book.read("audits/2026/round.yaml"), verified);
    let run = book.run(&format!("audit actions --format json --today {TODAY}")).ends(0);
    assert_eq!(run.json()["actions"][0]["state"], "without-effect");
    book.run(&format!("check --today {TODAY}")).omits("action-order").omits("bad-date");
}

#[test]
fn what_has_no_action_gets_one() {
    let (book, ids) = recorded();
    act(&book, &["2026/round", &ids[0], "--done", "2026-02-18"]).ends(2).says("say what with --what");
    act(&book, &["2026/round", &ids[0], "--what", "Order paper", "--owner", "seller", "--due", "2026-03-20"]).ends(0);
    let text = book.read("audits/2026/round.yaml");
    let line = format!(
        "  {}: {{answer: not met, action: {{what: Order paper, owner: seller, due: 2026-03-20}}}}   # no paper\n",
        ids[0]
    );
    assert!(text.contains(&line), "{text}");
    let book = book.edit("audits/2026/round.yaml", "answer: 8 s", "answer: 98 s");
    act(&book, &["2026/round", &ids[1], "--what", "Train"]).ends(0);
    let text = book.read("audits/2026/round.yaml");
    assert!(text.contains("{answer: 98 s, action: {what: Train}, staff: R-08}"), "{text}");
    book.run(&format!("check --today {TODAY}")).omits("bad-answer");
}

#[test]
fn days_that_cannot_be_and_what_is_not_there_are_refused() {
    let (book, ids) = recorded();
    let before = book.read("audits/2026/round.yaml");
    let id = ids[2].as_str();
    let wrong: [(&[&str], &str); 8] = [
        (&["2026/round", id], "say what became of it"),
        (&["2026/rund", id, "--done", "2026-02-18"], "did you mean `2026/round`?"),
        (&["2026/round", "strange-one", "--done", "2026-02-18"], "has no answer about `strange-one`"),
        (&["2026/round", id, "--done", "2026-01-31"], "it was found on 2026-02-01"),
        (&["2026/round", id, "--done", "2026-03-03"], "is after today"),
        (&["2026/round", id, "--verified", "2026-03-01"], "what is not done cannot be verified"),
        (&["2026/round", id, "--done", "2026-02-20", "--verified", "2026-02-19"], "it was done on 2026-02-20"),
        (&["2026/round", id, "--done", "2026-02-20", "--effective", "yes"], "say when with --verified"),
    ];
    for (words, said) in wrong {
        act(&book, words).ends(2).says(said);
    }
    assert_eq!(book.read("audits/2026/round.yaml"), before);
}

#[test]
fn a_withdrawn_record_is_kept_and_counts_for_nothing() {
    let (book, ids) = recorded();
    let withdraw = |book: &Book, reason: &str| {
        book.run_words(&["audit", "withdraw", "2026/round", "--reason", reason, "--today", TODAY])
    };
    withdraw(&book, " ").ends(2);
    let before = book.read("audits/2026/round.yaml");
    withdraw(&book, "The wrong shop").ends(0);
    let after = before.replace("staff: R-07\n", "staff: R-07\nwithdrawn: {why: The wrong shop, date: 2026-03-02}\n");
    assert_eq!(book.read("audits/2026/round.yaml"), after);
    let report = book.run(&format!("audit report --format json --today {TODAY}")).json();
    assert_eq!(report["overall"]["judged"], 0);
    book.run(&format!("check --deny warnings --today {TODAY}")).omits("audits/");
    withdraw(&book, "again").ends(2).says("withdrawn already");
    act(&book, &["2026/round", &ids[2], "--done", "2026-02-18"]).ends(2).says("is withdrawn");
}

#[test]
fn who_is_forgotten_is_in_no_record_and_no_figure_moves() {
    let (book, _) = recorded();
    let other = book
        .read("audits/2026/round.yaml")
        .replace("7f3c2a9e", "11112222")
        .replace("Q-1", "R-07")
        .replace("02-01", "02-02");
    let book = book.with("audits/2026/other.yaml", other).commit("as it was");
    let figures = |book: &Book| {
        let report = book.run(&format!("audit report --format json --today {TODAY}")).json();
        (report["overall"].clone(), report["standards"].clone(), report["agreement"].clone())
    };
    let before = figures(&book);
    let forget = |words: &[&str]| {
        let mut all = vec!["audit", "forget"];
        all.extend(words);
        all.extend(["--today", TODAY]);
        book.run_words(&all)
    };
    forget(&["seller", "--reason", "left"]).ends(2).says("is a role of the book");
    forget(&["R-99", "--reason", "left"]).ends(2).says("no record names `R-99`");
    let run = forget(&["R-07", "--reason", "Asked for it"]).ends(0).says("`forgotten-1` stands in 2 records instead");
    run.prints("R-07 was alone").says("git still holds the code in 1 commit");
    for path in ["audits/2026/round.yaml", "audits/2026/other.yaml"] {
        let text = book.read(path);
        assert!(text.contains("staff: forgotten-1\nforgotten: [{why: Asked for it, date: 2026-03-02}]\n"), "{text}");
        assert!(text.contains("owner: forgotten-1\n") && text.contains("# the big one"), "{text}");
        assert_eq!(text.matches("R-07").count(), 1, "the note is for a person to look at");
    }
    assert_eq!(figures(&book), before);
    book.run(&format!("check --today {TODAY}")).omits("personal-data").omits("unknown-key");
    forget(&["R-08", "--reason", "Left"]).ends(0).says("`forgotten-2`");
    let text = book.read("audits/2026/round.yaml");
    assert!(
        text.contains("forgotten: [{why: Asked for it, date: 2026-03-02}, {why: Left, date: 2026-03-02}]"),
        "{text}"
    );
}

#[test]
fn photographs_of_somebody_go_where_that_is_asked_for() {
    let book = Book::sound();
    let all: serde_json::Value = book.run("show --format json").json();
    let id = all["standards"][0]["id"].as_str().expect("an id").to_owned();
    let record = |day: &str, staff: &str, evidence: &str, action: &str| {
        format!(
            "site: corner\ndate: {day}\nauditor: seller\nstaff: {staff}\nanswers:\n  {id}:\n    answer: not met\n    evidence: {evidence}\n    \
             note: Seen from the door   # twice\n{action}"
        )
    };
    let action = "    action: {what: Mend it, done: 2026-02-03, evidence: [photos/c.jpg, papers/bill.pdf]}\n";
    let book = book
        .with("audits/1.yaml", record("2026-02-01", "R-07", "[photos/a.jpg, photos/b.jpg]", action))
        .with("audits/2.yaml", record("2026-02-02", "R-08", "photos/b.jpg", ""));
    let book =
        ["a", "b", "c", "d"].into_iter().fold(book, |book, name| book.with(&format!("audits/photos/{name}.jpg"), "x"));
    book.run(&format!("check --today {TODAY}")).prints("audits/photos/d.jpg").prints("unnamed-photograph");

    let forget = |more: &[&str]| {
        let words = ["audit", "forget", "R-07", "--reason", "Asked for it", "--photographs", "--today", TODAY];
        book.run_words(&[&words, more].concat())
    };
    forget(&["--dry-run"]).ends(0).prints("-    evidence: [photos/a.jpg, photos/b.jpg]");
    assert_eq!(book.files("audits/photos").len(), 4);
    forget(&[]).ends(0).says("2 photographs were removed").prints("note").omits("evidence");
    assert_eq!(
        book.files("audits/photos"),
        ["b.jpg", "d.jpg"],
        "another record names the one, and nobody asked for the other"
    );
    let text = book.read("audits/1.yaml");
    assert!(
        !text.contains("photos/") && text.contains("evidence: [papers/bill.pdf]") && text.contains("# twice"),
        "{text}"
    );
    assert!(book.read("audits/2.yaml").contains("photos/b.jpg"));
}

#[test]
fn who_is_spelt_two_ways_is_forgotten_in_both() {
    let record = |day: &str, auditor: &str| {
        format!("site: market\ndate: {day}\nauditor: {auditor}\nanswers: {{receipt: met}}\n")
    };
    let book = Book::sound()
        .with("audits/1.yaml", record("2026-02-01", "Q. Berg"))
        .with("audits/2.yaml", record("2026-02-02", "q berg"));
    let forget = |code: &str| book.run_words(&["audit", "forget", code, "--reason", "left", "--today", TODAY]);
    forget("Q Berg").ends(2).says("did you mean `Q. Berg`?");
    forget("Q. Berg").ends(0).says("`forgotten-1` stands in 1 record instead").says("also spell it `q berg`");
    forget("q berg").ends(0).says("`forgotten-2`").omits("also spell it");
}

#[test]
fn a_critical_failure_without_an_action_is_named_until_it_is_mended() {
    let critical =
        "      - {id: safe-locked, type: product, level: basic, critical: true, text: The safe is locked.}\n";
    let book = Book::sound();
    let visit = book.read("sequences/visit.yaml");
    let (before, rest) = visit.split_at(visit.find("    standards:\n").expect("standards") + "    standards:\n".len());
    let book = book.with("sequences/visit.yaml", format!("{before}{critical}{rest}"));
    let record = |day: &str, answer: &str| format!("site: market\ndate: {day}\nanswers: {{safe-locked: {answer}}}\n");
    let book = book.with("audits/1.yaml", record("2026-02-01", "not met"));
    book.run(&format!("audit actions --today {TODAY}")).says("the critical `safe-locked`, not met on");
    // The report of later days names it too, though nothing failed in them.
    let report = |options: &str| book.run(&format!("audit report --from 2026-02-02 {options} --today {TODAY}")).ends(0);
    report("")
        .prints("1 critical failure has no action")
        .prints("| The safe is locked. `safe-locked` | 1\u{a0}February\u{a0}2026 |");
    assert_eq!(report("--format json").json()["without_action"][0]["standard"], "safe-locked");
    act(&book, &["1", "safe-locked", "--what", "Lock it"]).ends(0);
    book.run(&format!("audit actions --today {TODAY}")).ends(0).omits("has no action");
    let book =
        book.with("audits/1.yaml", record("2026-02-01", "not met")).with("audits/2.yaml", record("2026-02-03", "met"));
    let found = book.run(&format!("audit actions --format json --today {TODAY}")).json();
    assert_eq!(found["without_action"].as_array().map(Vec::len), Some(0));
}

#[test]
fn what_was_met_and_what_is_not_there_is_refused() {
    let (book, ids) = recorded();
    let record = book.read("audits/2026/round.yaml");
    let missing = ["2026/round", &ids[2], "--done", "2026-02-19", "--evidence", "nope.jpg"];
    act(&book, &missing).ends(2).says("the photograph audits/nope.jpg is not there");
    let early = ["2026/round", &ids[0], "--what", "Order paper", "--due", "2026-01-20"];
    act(&book, &early).ends(2).says("it cannot be due on 2026-01-20: it was found on 2026-02-01");
    assert_eq!(book.read("audits/2026/round.yaml"), record);
    let book = book.edit("audits/2026/round.yaml", &format!("{}: not met", ids[0]), &format!("{}: met", ids[0]));
    let met = ["2026/round", &ids[0], "--what", "Order paper", "--due", "2026-02-20"];
    act(&book, &met).ends(2).says("was met in audits/2026/round.yaml: there is nothing to act on");
    let book = book.edit(
        "audits/2026/round.yaml",
        &format!("{}: met   # no paper", ids[0]),
        &format!("{}: {{answer: met, grade: opportunity}}", ids[0]),
    );
    act(&book, &met).ends(0);
}

#[test]
fn a_photograph_that_is_not_there_is_told_and_not_counted() {
    let (book, ids) = recorded();
    let shown = format!("  {}:\n    answer: not met\n", ids[2]);
    let book = book.edit("audits/2026/round.yaml", &shown, &format!("{shown}    evidence: [nope.jpg, desk.png]\n"));
    let book = book.with("audits/desk.png", "\u{89}PNG");
    book.run("check").prints("the photograph audits/nope.jpg is not there").omits("audits/desk.png");
    let report = book.run(&format!("audit report --format md --today {TODAY}")).ends(0);
    report.prints("1 photograph; its file is in audits/photos").omits("2 photographs");
}

#[test]
fn the_same_name_of_a_visit_on_a_later_day_is_told() {
    let round = |day: &str, answer: &str| {
        format!("site: market\ndate: {day}\nvisit: morning\nauditor: Q-1\nanswers: {{receipt: {answer}}}\n")
    };
    let book = Book::sound().with("audits/1.yaml", round("2026-01-10", "met"));
    let book = book.with("audits/2.yaml", round("2026-02-10", "not met"));
    let report = book.run(&format!("audit report --format json --today {TODAY}")).ends(0).json();
    assert_eq!((&report["visits"], &report["overall"]["judged"]), (&1.into(), &1.into()));
    book.run("check").prints("audits/2.yaml:2:7: note: the visit `morning` is of 2026-01-10 too");
}

#[test]
fn one_action_that_two_auditors_wrote_is_one() {
    let round = |auditor: &str, done: &str| {
        format!(
            "site: market\ndate: 2026-01-10\nvisit: morning\nauditor: {auditor}\nanswers:\n  receipt:\n    answer: not met\n    \
             action: {{what: Order paper, owner: shift leader, due: 2026-01-20{done}}}\n"
        )
    };
    let book = Book::sound().with("audits/1.yaml", round("Q-1", "")).with("audits/2.yaml", round("Q-2", ""));
    let actions =
        |book: &Book| book.run(&format!("audit actions --format json --today {TODAY}")).json()["actions"].clone();
    assert_eq!(actions(&book).as_array().expect("a list").len(), 1);
    let report = book.run(&format!("audit report --format json --today {TODAY}")).ends(0).json();
    assert_eq!(report["actions"].as_array().expect("a list").len(), 1);
    // What one of them says is done is done.
    let book = book.with("audits/2.yaml", round("Q-2", ", done: 2026-01-19"));
    assert_eq!(actions(&book)[0]["state"], "done");
    assert_eq!(actions(&book).as_array().expect("a list").len(), 1);
    // Another action is another one.
    let book = book.with("audits/2.yaml", round("Q-2", "").replace("Order paper", "Count the rolls"));
    assert_eq!(actions(&book).as_array().expect("a list").len(), 2);
}

#[test]
fn what_was_withdrawn_and_what_was_adopted_stands_in_the_report() {
    let book = book().with("audits/2.yaml", RECORD.replace("02-01", "02-03").replace("7f3c2a9e", "1b2c3d4e"));
    let plain = book.run(&format!("audit report --format md --today {TODAY}")).ends(0);
    plain.omits("withdrawn").omits("adopted");
    book.run_words(&["audit", "withdraw", "2", "--reason", "The wrong site", "--today", TODAY]).ends(0);
    let adopted = book.read("audits/2026/round.yaml").replace("auditor:", "adopted: true\nauditor:");
    let book = book.with("audits/2026/round.yaml", adopted);
    let report = book.run(&format!("audit report --format md --today {TODAY}")).ends(0);
    let report = report.prints("1 record of this period was withdrawn and counts for nothing.");
    report.prints("1 of 1 records was made before editions were kept");
    let before = book.run(&format!("audit report --format md --to 2026-02-02 --today {TODAY}")).ends(0);
    before.omits("withdrawn");
}

#[test]
fn a_level_that_rests_on_few_units_is_told_as_such() {
    // Six judged, and of the basic level two.
    let book = Book::sound();
    let book = (1..=2).fold(book, |book, day| {
        let text = "site: market\nanswers: {receipt: met, greet-by-name: not met, bell: not met}\n";
        book.with(&format!("audits/{day}.yaml"), format!("date: 2026-02-0{day}\n{text}"))
    });
    let report = book.run(&format!("audit report --format md --today {TODAY}")).ends(0);
    report.prints("I · basic (too few to rely on)").omits("I · basic, in ");
}
