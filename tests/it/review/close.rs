//! Closing: refused while anything is open, carried out as far as a program can, dated; and killed at any moment.

use super::{DAY, book, entries, verdict};
use crate::support::Book;

/// A book with a review in which everything is decided.
fn decided(language: &str) -> Book {
    let book = book(language);
    book.run(&format!("review open 2026 --today {DAY}")).ends(0);
    let mut text = book.read("reviews/2026.yaml");
    for entry in entries(&book, "2026") {
        let at = text.find(&format!("  {}@", entry.id)).expect("the entry");
        let [decision, reason, ..] = verdict(&entry.id);
        let (before, rest) = text.split_at(at);
        let rest = rest.replacen("    decision:\n", &format!("    decision: {decision}\n"), 1);
        let reason = if reason.is_empty() { String::new() } else { format!(" '{reason}'") };
        text = format!("{before}{}", rest.replacen("    reason:\n", &format!("    reason:{reason}\n"), 1));
    }
    book.with("reviews/2026.yaml", text)
}

/// The sequence with what the reviewers asked a person for.
fn tightened(book: Book) -> Book {
    book.edit("sequences/stay.yaml", "{within: 60 s}", "{within: 30 s}")
}

#[test]
fn undecided_entries_are_listed_with_their_places() {
    let book = book("en");
    book.run(&format!("review open 2026 --today {DAY}")).ends(0);
    let before = book.read("reviews/2026.yaml");
    let run = book.run(&format!("review close 2026 --apply --today {DAY}")).ends(1).says("the review stays open");
    let line = before.lines().position(|line| line.contains("map@")).expect("the entry") + 1;
    run.prints(&format!("reviews/2026.yaml:{line}:3: `map` is undecided"));
    assert_eq!(book.read("reviews/2026.yaml"), before);
}

#[test]
fn what_is_not_carried_out_is_named_at_its_place() {
    let book = decided("en");
    let (file, stay) = (book.read("reviews/2026.yaml"), book.read("sequences/stay.yaml"));
    let line = |text: &str| stay.lines().position(|line| line.contains(text)).expect("a line") + 1;
    let run = book.run(&format!("review close 2026 --today {DAY}")).ends(1);
    let run = run.prints(&format!("sequences/stay.yaml:{}:13: `map`: it was decided to retire it", line("id: map")));
    let run = run.prints("`welcome-drink`: it was decided to move it down a level, but it is exclusive, as it was");
    let run = run.prints("`greet-within-60s`: it was decided to tighten it, but it demands what it did");
    run.says("3 decisions not carried out; `--apply` carries out what a program can");
    assert_eq!((book.read("reviews/2026.yaml"), book.read("sequences/stay.yaml")), (file.clone(), stay.clone()));

    // What a program can do is done, the rest is named, and the review stays open.
    let run = book.run(&format!("review close 2026 --apply --today {DAY}")).ends(1).prints("`greet-within-60s`");
    run.omits("`map`").says("1 decision for you to carry out");
    let expected = stay
        .replace("      - id: map\n", "      - id: map\n        status: retired\n")
        .replace("level: exclusive # for now", "level: expected # for now");
    assert_eq!(book.read("sequences/stay.yaml"), expected, "every other byte stays");
    assert_eq!(book.read("reviews/2026.yaml"), file);
    // A laxer figure is no tightening.
    let laxer = book.edit("sequences/stay.yaml", "{within: 60 s}", "{within: 90 s}");
    laxer.run(&format!("review close 2026 --today {DAY}")).ends(1).prints("but it demands less than it did");
    let book = laxer.edit("sequences/stay.yaml", "{within: 90 s}", "{within: 30 s}");
    book.run(&format!("review close 2026 --today {DAY}")).ends(0);
}

#[test]
fn a_closed_review_is_dated_and_not_closed_again() {
    let book = tightened(decided("en"));
    let before = book.read("reviews/2026.yaml");
    let run = book.run(&format!("review close 2026 --apply --dry-run --today {DAY}")).ends(0);
    run.prints("+        status: retired").prints("+closed: 2026-11-21").says("nothing was written");
    assert_eq!(book.read("reviews/2026.yaml"), before);
    let run = book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    run.prints("sequences/stay.yaml\nreviews/2026.yaml\n").says("the next one is due on 2027-11-21");
    let after = book.read("reviews/2026.yaml");
    assert!(
        after.contains("opened: 2026-11-21\nclosed: 2026-11-21\n") && after.ends_with("next: 2027-11-21\n"),
        "{after}"
    );
    let show = book.run("show --format json").ends(0).json();
    for entry in entries(&book, "2026") {
        let standard = show["standards"].as_array().expect("a list").iter().find(|one| one["id"] == entry.id.as_str());
        let stamp =
            standard.filter(|one| one["status"] != "retired").map(|one| one["stamp"].as_str().expect("a stamp"));
        let left = entry.now.as_deref().or(entry.stamp.as_deref());
        assert!(entry.id == "map" || left == stamp, "{}: {left:?} {stamp:?}", entry.id);
    }
    let drink = entries(&book, "2026").into_iter().find(|entry| entry.id == "welcome-drink").expect("the entry");
    assert_eq!(drink.became.and_then(|became| became.level).map(|level| level.word()), Some("expected"));
    book.run(&format!("review due --today {DAY}")).ends(0).prints_nothing();
    book.run(&format!("check --deny warnings --today {DAY}")).omits("changed-since-review");
    book.run("review close 2026").ends(2).says("was closed on 2026-11-21");
    book.run("review record nothing.md").ends(2);
    assert_eq!(book.read("reviews/2026.yaml"), after);
}

#[test]
fn a_derived_standard_is_retired_by_a_waiver_with_the_reason() {
    let book = decided("pl");
    let text = book.read("reviews/2026.yaml");
    let derived = entries(&book, "2026").into_iter().find(|entry| entry.id.contains('.')).expect("a derived standard");
    let at = text.find(&format!("  {}@", derived.id)).expect("the entry");
    let (before, rest) = text.split_at(at);
    let rest = rest.replacen("decision: keep", "decision: retire", 1);
    let book = tightened(book.with("reviews/2026.yaml", format!("{before}{rest}")));
    let stay = book.read("sequences/stay.yaml");
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let pattern = derived.id.split_once('.').expect("a phase").1;
    let after = book.read("sequences/stay.yaml");
    assert!(
        after.ends_with(&format!(
            "    waive:\n      - pattern: {pattern}\n        why: Wycofany w przeglądzie rocznym.\n"
        )),
        "{after}"
    );
    assert!(after.starts_with(&stay[..stay.find("level: exclusive").expect("a level")]));
    let show = book.run("show --format json").ends(0).json();
    assert!(show["standards"].as_array().expect("a list").iter().all(|one| one["id"] != derived.id.as_str()));
    book.run(&format!("check --today {DAY}")).ends(0).omits("unknown-record");
}

#[test]
fn the_report_tells_of_the_review_in_every_language() {
    let words = [
        ("en", "The review looked at", "moves down a level", "Next review"),
        ("pl", "Przegląd objął", "o poziom niżej", "Następny przegląd"),
        ("sv", "Översynen omfattade", "flyttas ner en nivå", "Nästa översyn"),
    ];
    for (language, looked, moved, next) in words {
        let book = tightened(decided(language));
        book.run(&format!("review report 2026 --today {DAY}")).ends(0).prints(looked).omits(next);
        book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
        let run = book.run(&format!("review report 2026 --today {DAY}")).ends(0).prints(looked).prints(moved);
        run.prints(next).prints("welcome-drink").prints("Every house in town does it").omits("{");
        let html = book.run(&format!("review report 2026 --format html --today {DAY}")).ends(0).stdout();
        assert!(html.contains(looked) && html.contains("Phones, &quot;all&quot; of them"), "{html}");
        let next_year = book.run("review due --today 2027-12-01").ends(1).stdout();
        assert!(next_year.contains("last reviewed on 2026-11-21 in 2026"), "{next_year}");
    }
}

/// Kills the program after ever longer times; whenever that is, each file is the old one or the new one, and the same
/// command again completes the work.
#[cfg(unix)]
#[test]
fn killed_at_any_moment_each_file_is_old_or_new() {
    use std::process::Stdio;

    use crate::support::program;

    let fresh = || tightened(decided("en"));
    let read = |book: &Book| (book.read("sequences/stay.yaml"), book.read("reviews/2026.yaml"));
    let old = read(&fresh());
    let arguments = format!("review close 2026 --apply --today {DAY}");
    let done = fresh();
    let start = std::time::Instant::now();
    done.run(&arguments).ends(0);
    let whole = start.elapsed();
    let new = read(&done);
    let mut seen = [0; 3];
    for delay in (0..24).map(|step| whole * step / 20) {
        let book = fresh();
        let mut command = program(book.path());
        let mut child =
            command.args(arguments.split(' ')).stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it starts");
        std::thread::sleep(delay);
        let _ = child.kill();
        child.wait().expect("it ends");
        let now = read(&book);
        assert!(now.0 == old.0 || now.0 == new.0, "{}", now.0);
        assert!(now.1 == old.1 || now.1 == new.1, "{}", now.1);
        assert!(now.1 == old.1 || now.0 == new.0, "the record is closed last");
        seen[usize::from(now.0 == new.0) + usize::from(now.1 == new.1)] += 1;
        if now.1 == old.1 {
            book.run(&arguments).ends(0);
        }
        assert_eq!(read(&book), new, "the same command again completes it");
        assert_eq!(book.files("reviews"), ["2026.yaml"], "and leaves nothing lying");
        assert_eq!(book.files("sequences"), ["stay.yaml"]);
    }
    // How far the others came depends on the machine.
    assert!(seen[0] > 0, "{seen:?}");
}
