//! Closing: refused while anything is open, carried out as far as a program can, dated; and killed at any moment.

use super::{DAY, book, entries, verdict};
use crate::support::Book;

/// A book with a review in which everything is decided.
pub(super) fn decided(language: &str) -> Book {
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
    book.with("reviews/2026.yaml", text.replace("reviewers: []", "reviewers: [consultant]"))
}

/// The sequence with what the reviewers asked a person for.
pub(super) fn tightened(book: Book) -> Book {
    book.edit("sequences/stay.yaml", "{within: 60 s}", "{within: 30 s}")
}

/// The lines of one standard in a review's file.
fn entry_text(file: &str, id: &str) -> String {
    let from = file.find(&format!("  {id}@")).expect("the entry");
    let lines = file[from..].split_inclusive('\n');
    let own = lines.enumerate().take_while(|(number, line)| *number == 0 || line.starts_with("    "));
    own.map(|(_, line)| line).collect()
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
fn what_was_decided_is_carried_out_later_and_written_down_as_it_is() {
    let book = decided("en");
    let stay = book.read("sequences/stay.yaml");
    let line = |text: &str| stay.lines().position(|line| line.contains(text)).expect("a line") + 1;
    let run = book.run(&format!("review close 2026 --today {DAY}")).ends(0).says("the next one is due on 2027-11-21");
    let run = run.prints(&format!("sequences/stay.yaml:{}:13: `map`: it was decided to retire it", line("id: map")));
    let run = run.prints("`welcome-drink`: it was decided to move it down a level, but it is exclusive, as it was");
    let run = run.prints("`greet-within-60s`: it was decided to tighten it, but it demands what it did");
    run.says("3 decisions are still to be carried out; `--apply` carries out what a program can");
    assert_eq!(book.read("sequences/stay.yaml"), stay);
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("closed: 2026-11-21\n") && !file.contains("carried-out"), "{file}");
    // What is kept is left as it is; what is to be changed is left with nothing yet.
    let of = |id: &str| entry_text(&file, id);
    assert!(entries(&book, "2026").iter().filter(|entry| of(&entry.id).contains("decision: keep\n")).count() > 0);
    for entry in entries(&book, "2026") {
        let text = of(&entry.id);
        let stamp = text.trim_start().split_once('@').and_then(|(_, rest)| rest.split_once(':')).expect("a stamp").0;
        let is_left = text.contains(&format!("    now: {stamp}\n"));
        assert_eq!(is_left, text.contains("decision: keep\n"), "{text}");
    }
    // Nothing is overdue meanwhile, and the report says what is open.
    book.run("review due --today 2026-12-01").ends(0).prints_nothing().says("3 decisions of the review `2026`");

    // What a program can do is done and written down, the rest is named.
    let run = book.run("review close 2026 --apply --today 2026-12-01").ends(0).prints("`greet-within-60s`");
    run.omits("`map`").says("1 decision is still to be carried out");
    let expected = stay
        .replace("      - id: map\n", "      - id: map\n        status: retired\n")
        .replace("level: exclusive # for now", "level: expected # for now");
    assert_eq!(book.read("sequences/stay.yaml"), expected, "every other byte stays");
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("became: {level: expected}") && file.contains("closed: 2026-11-21\n"), "{file}");
    // What is decided is no unexpected change, carried out or not.
    let book = book.edit("sequences/stay.yaml", "{within: 60 s}", "{within: 30 s}");
    book.run("review due --today 2027-01-01").ends(0).prints_nothing();
    let run = book.run("review close 2026 --today 2027-02-01").ends(0);
    run.says("all that the review `2026` decided is carried out").says("gamma-ok edition issue --number 1");
    let file = book.read("reviews/2026.yaml");
    assert!(file.contains("closed: 2026-11-21\ncarried-out: 2027-02-01\n") && file.contains("\nleft: "), "{file}");
    assert!(file.ends_with("next: 2027-11-21\n"), "{file}");
    // From then on a change is one again.
    let book = book.edit("sequences/stay.yaml", "{within: 30 s}", "{within: 20 s}");
    book.run("review due --today 2027-02-02").ends(0).prints("changed since 2026");
}

#[test]
fn what_is_late_is_told_and_ends_with_1() {
    let book = decided("en");
    let text = book.read("reviews/2026.yaml");
    let at = text.find("  greet-within-60s@").expect("the entry");
    let (before, rest) = text.split_at(at);
    let book =
        book.with("reviews/2026.yaml", format!("{before}{}", rest.replacen("    due:\n", "    due: 2027-01-31\n", 1)));
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    book.run("review close 2026 --today 2027-01-31").ends(0);
    book.run("review close 2026 --today 2027-02-01").ends(1).says("1 of them should have been by now");
}

#[test]
fn what_was_done_is_what_was_decided() {
    let greet = |decision: &str, figure: &str| {
        let book = decided("en");
        let text = book.read("reviews/2026.yaml").replacen("decision: tighten", &format!("decision: {decision}"), 1);
        let book = book.with("reviews/2026.yaml", text);
        book.edit("sequences/stay.yaml", "{within: 60 s}", &format!("{{within: {figure}}}"))
    };
    let close = format!("review close 2026 --apply --today {DAY}");
    let wrong = [
        ("tighten", "90 s", "but it demands less than it did"),
        ("loosen", "30 s", "but it demands more than it did"),
        ("reword", "90 s", "but it demands less than it did"),
        ("reword", "30 s", "but it demands more than it did"),
        ("keep", "30 s", "but it has been changed"),
    ];
    for (decision, figure, said) in wrong {
        let book = greet(decision, figure);
        let before = book.read("reviews/2026.yaml");
        book.run(&close).ends(1).prints(said).says("the review stays open");
        assert_eq!(book.read("reviews/2026.yaml"), before, "{decision} {figure}");
    }
    for (decision, figure) in [("tighten", "30 s"), ("loosen", "90 s")] {
        greet(decision, figure).run(&close).ends(0).omits("`greet-within-60s`");
    }
}

#[test]
fn what_is_split_names_what_it_was_split_from() {
    let book = decided("en");
    let text = book.read("reviews/2026.yaml").replacen("decision: tighten", "decision: split", 1);
    let book = book.with("reviews/2026.yaml", text);
    let close = |book: &Book| book.run(&format!("review close 2026 --apply --today {DAY}"));
    let part = |id: &str| {
        format!(
            "      - {{id: {id}, from: [greet-within-60s], trait: friendly, type: personal, level: basic, text: The porter does {id}.}}\n"
        )
    };
    let stay = book.read("sequences/stay.yaml");
    let one = book.with("sequences/stay.yaml", format!("{stay}{}", part("greet-arriving")));
    close(&one).ends(0).prints("but there are no two standards in force of it");
    let stay = one.read("sequences/stay.yaml");
    let two = one.with("sequences/stay.yaml", format!("{stay}{}", part("greet-returning")));
    let run = two.run("review close 2026 --today 2026-12-01").ends(0);
    run.prints("what came of it is in force, but so is it itself");
    two.run("review close 2026 --apply --today 2026-12-01").ends(0).says("is carried out");
    assert!(two.read("sequences/stay.yaml").contains("id: greet-within-60s\n        status: retired"));
    two.run("check --today 2026-12-01").ends(0);
    let report = two.run("review report 2026 --today 2026-12-01").ends(0);
    let report = report.prints("Standard, before: greet-within-60s → now: greet-arriving, greet-returning");
    report.prints(
        "greet-arriving, before: The porter greets the guest within 60 seconds. → now: The porter does greet-arriving.",
    );
    assert!(two.read("reviews/2026.yaml").contains("parts: [greet-arriving, greet-returning]"));
    // The next review relates them.
    two.run("review open 2027 --today 2027-11-21").ends(0);
    let report = two.run("review report 2027 --today 2027-11-21").ends(0);
    report.prints("`greet-arriving`").prints("split from greet-within-60s").omits("`greet-within-60s`");
    two.run("rename greet-arriving greet-first").ends(0);
    let report = two.run("review report 2026 --today 2026-12-01").ends(0);
    report.prints("Standard, before: greet-within-60s → now: greet-arriving, greet-returning");
}

#[test]
fn a_review_is_closed_by_somebody_with_reasons_and_after_its_opening() {
    let close = format!("review close 2026 --today {DAY}");
    let with = |old: &str, new: &str| {
        let book = decided("en");
        let text = book.read("reviews/2026.yaml");
        assert!(text.contains(old), "{text}");
        let book = book.with("reviews/2026.yaml", text.replacen(old, new, 1));
        let before = book.read("reviews/2026.yaml");
        (book, before)
    };
    let reasons = [
        ("reason: 'Phones, \"all\" of them'", "reason: ' '", "`map` is decided without a reason"),
        ("reason: 'Phones, \"all\" of them'", "reason:", "`map` is decided without a reason"),
        ("reviewers: [consultant]", "reviewers: []", "`reviewers` names nobody"),
    ];
    for (old, new, said) in reasons {
        let (book, before) = with(old, new);
        book.run(&close).ends(1).prints(said).says("the review stays open");
        assert_eq!(book.read("reviews/2026.yaml"), before, "{said}");
        if said.contains("reason") {
            book.run(&format!("check --today {DAY}")).ends(1).prints("is decided without a reason");
        }
    }
    decided("en").run("review close 2026 --today 2026-11-20").ends(2).says("it cannot be closed before");
    // Of a standard that fails, keeping it needs a reason too.
    let entry = decided("en").read("reviews/2026.yaml");
    let kept = entry
        .lines()
        .find(|line| line.contains(".") && line.ends_with(':') && line.contains('@'))
        .expect("a derived one");
    let failing = entry.replacen(kept, &format!("{kept}\n    evidence: {{met: 1, of: 6}}"), 1);
    let book = decided("en").with("reviews/2026.yaml", failing);
    book.run(&close).ends(1).prints("is kept without a reason, although fewer than half met it");
}

#[test]
fn what_is_reopened_keeps_both_days() {
    let book = tightened(decided("en"));
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    book.run_words(&["review", "reopen", "2026", "--reason", " ", "--today", "2026-12-01"]).ends(2);
    let closed = book.read("reviews/2026.yaml");
    book.run_words(&["review", "reopen", "2026", "--reason", "The map stays", "--dry-run", "--today", "2026-12-01"])
        .ends(0)
        .prints("+reopened: [{closed: 2026-11-21, carried-out: 2026-11-21, day: 2026-12-01, reason: The map stays}]");
    assert_eq!(book.read("reviews/2026.yaml"), closed);
    book.run_words(&["review", "reopen", "2026", "--reason", "The map stays", "--today", "2026-12-01"]).ends(0);
    let open = book.read("reviews/2026.yaml");
    assert!(
        open.contains("opened: 2026-11-21\nreopened: [{closed: 2026-11-21,") && !open.contains("\nclosed:"),
        "{open}"
    );
    assert!(!open.contains("\ncarried-out") && !open.contains("\nleft:") && open.contains("now:"), "{open}");
    book.run("review reopen 2026 --reason again --today 2026-12-01").ends(2).says("is open");
    book.run("check --today 2026-12-01").ends(0);
    book.run("review close 2026 --today 2026-12-05").ends(0).says("the next one is due on 2027-11-21");
    let again = book.read("reviews/2026.yaml");
    assert!(
        again.contains("closed: 2026-12-05\n")
            && again.contains("{closed: 2026-11-21, carried-out: 2026-11-21, day: 2026-12-01"),
        "{again}"
    );
    let report = book.run("review report 2026 --today 2026-12-05").ends(0);
    report.prints("- Opened again: **closed ").prints(": The map stays**");
}

#[test]
fn what_is_decided_otherwise_after_a_reopening_is_carried_out_anew() {
    let book = tightened(decided("en"));
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    book.run_words(&["review", "reopen", "2026", "--reason", "Again", "--today", "2026-12-01"]).ends(0);
    book.run("review close 2026 --today 2026-11-30").ends(2).says("was opened again on 2026-12-01");
    let open = book.read("reviews/2026.yaml");
    let with = |id: &str, from: &str, to: &str| {
        let (before, after) = open.split_at(open.find(&format!("  {id}@")).expect("its entry"));
        let after = after.replacen(from, to, 1);
        let after = if after.starts_with(&format!("  {id}@")) {
            after.replacen("reason:\n", "reason: Why\n", 1)
        } else {
            after
        };
        format!("{before}{after}")
    };
    let keep =
        entries(&book, "2026").into_iter().find(|entry| entry.changing().is_none()).expect("one that is kept").id;
    // Kept first, and now out of force by decision alone: it stands in the book as before.
    let book = book.with("reviews/2026.yaml", with(&keep, "decision: keep", "decision: retire"));
    let run = book
        .run("review close 2026 --today 2026-12-02")
        .ends(0)
        .prints(&format!("`{keep}`: it was decided to retire it"));
    run.says("1 decision is still to be carried out");
    assert!(!book.read("reviews/2026.yaml").contains("\ncarried-out"));
    let report = book.run("review report 2026 --format json --today 2026-12-02").ends(0).json();
    let all = report["decisions"].as_array().expect("decisions").clone();
    let told = all.iter().find(|decision| decision["standard"] == keep.as_str()).expect("the decision");
    assert_eq!((&told["decision"], &told["pending"]), (&"retire".into(), &true.into()));
    // Tightened first, and now to be kept: the book says otherwise.
    let book = book.with("reviews/2026.yaml", with("greet-within-60s", "decision: tighten", "decision: keep"));
    let run = book.run("review close 2026 --today 2026-12-02").ends(1).says("is not as it was decided");
    run.prints("`greet-within-60s`");
}

#[test]
fn a_trend_stands_between_answers_to_one_wording() {
    let record = |book: Book, day: &str, answers: &str| {
        book.with(&format!("audits/{day}.yaml"), format!("date: {day}\nauditor: consultant\nanswers: {{{answers}}}\n"))
    };
    let stamp_of = |book: &Book, id: &str| {
        let shown = book.run(&format!("show {id} --format json")).ends(0).json();
        shown["standards"][0]["stamp"].as_str().expect("a stamp").to_owned()
    };
    let mut book = decided("en");
    let old = stamp_of(&book, "greet-within-60s");
    let map = book.read("reviews/2026.yaml").replacen("decision: retire", "decision: keep", 1);
    book = book.with("reviews/2026.yaml", map);
    for day in 1..=5 {
        book = record(book, &format!("2026-11-0{day}"), &format!("greet-within-60s@{old}: met, map: met"));
    }
    let mut book = tightened(book);
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let new = stamp_of(&book, "greet-within-60s");
    for day in 1..=5 {
        book = record(book, &format!("2027-02-0{day}"), &format!("greet-within-60s@{new}: not met, map: met"));
    }
    book.run("review open 2027 --all --today 2027-11-20").ends(0);
    let report = book.run("review report 2027 --today 2027-11-20").ends(0).stdout();
    let trends = report.split("compared with the last review").nth(1).expect("the trends");
    assert!(trends.contains("(map)") && !trends.contains("(greet-within-60s)"), "{trends}");
    assert!(trends.contains("cannot be told apart"), "{trends}");
    // Nothing came before the first review, so nothing can have changed since.
    let first = decided("en").run(&format!("review report 2026 --today {DAY}")).ends(0);
    first.prints("This is the first review of these standards.").omits("Nothing was changed").omits("before and after");
}

#[test]
fn a_closed_report_says_the_same_ever_after() {
    let book = tightened(decided("en"));
    let book = book.with(
        "audits/1.yaml",
        "date: 2026-11-02\nanswers: {map: {answer: not met, action: {what: Print it, due: 2026-12-24}}}\n",
    );
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let report = |book: &Book, day: &str| -> Vec<String> {
        let formats = ["md", "html", "json"].into_iter();
        let made = |format| book.run(&format!("review report 2026 --format {format} --today {day}")).ends(0);
        formats.map(|format| made(format).says_nothing().stdout()).collect()
    };
    let then = report(&book, DAY);
    assert!(then[0].contains("Print it") && then[0].contains("The porter greets the guest"), "{}", then[0]);
    assert_eq!(report(&book, "2028-01-01"), then, "a later day");
    let changed = book.edit("sequences/stay.yaml", "{within: 30 s}", "{within: 20 s}");
    let changed = changed.with("audits/2.yaml", "date: 2027-01-02\nanswers: {welcome-drink: not met}\n");
    assert_eq!(report(&changed, "2028-01-01"), then, "a later book");
    // What is said of the time before, after the review was closed.
    let changed = changed
        .with("audits/3.yaml", "date: 2026-10-02\nanswers: {welcome-drink: not met}\n")
        .with("feedback/1.csv", "date,phase,rating\n2026-10-01,arrive,1\n")
        .edit("sequences/stay.yaml", "title: Arrival", "title: Coming")
        .edit("gamma-ok.yaml", "title: Nordic", "title: Southern");
    changed.run("audit act 1 map --done 2026-11-20 --today 2026-12-01").ends(0);
    assert_eq!(report(&changed, "2028-01-01"), then, "a later record");
    changed.run("audit withdraw 1 --reason Mistaken --today 2026-12-01").ends(0);
    changed.run("rename welcome-drink first-drink --today 2026-12-01").ends(0);
    assert_eq!(report(&changed, "2028-01-01"), then, "another name");
    assert_eq!(changed.run("check --today 2026-12-01").stdout().matches("closed/2026.json").count(), 0);
    // What management answers belongs to the report; a file that is gone is missed.
    let file = changed.read("reviews/2026.yaml");
    let answered = changed.with("reviews/2026.yaml", format!("{file}response: We agree.\n"));
    let now = report(&answered, "2028-01-01");
    assert!(now[0].contains("We agree.") && now[1].contains("We agree.") && now[2].contains("We agree."));
    std::fs::remove_file(answered.path().join("reviews/closed/2026.json")).expect("what was kept");
    answered.run("review report 2026 --today 2028-01-01").ends(1).says("is not there: reviews/closed/2026.json");
    // What was closed by hand, or by an older program, kept none.
    let older = answered.edit("reviews/2026.yaml", "report: reviews/closed/2026.json\n", "");
    older.run("review report 2026 --today 2028-01-01").ends(0).says("was not kept when it was closed");
}

#[test]
fn what_was_closed_is_guarded() {
    let book = tightened(decided("en")).with("audits/1.yaml", "date: 2026-11-02\nanswers: {map: not met}\n");
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let (review, kept) = (book.read("reviews/2026.yaml"), book.read("reviews/closed/2026.json"));
    let refuses = |book: &Book, said: &str| {
        book.run("check --today 2026-12-01").ends(1).prints("reviews/2026.yaml:").prints(said);
        for command in ["review report 2026", "review close 2026", "review close 2026 --apply"] {
            book.run(&format!("{command} --today 2026-12-01")).ends(1).says(said);
        }
    };
    let book = book.with("reviews/closed/2026.json", kept.replace("Review report 2026", "Review report 2025"));
    assert_ne!(book.read("reviews/closed/2026.json"), kept);
    refuses(&book, "is not as it was written: reviews/closed/2026.json");
    let (_, without_hash) = kept.split_once("\",").expect("a hash in front");
    let book = book.with("reviews/closed/2026.json", format!("{{{without_hash}"));
    refuses(&book, "is not as it was written: reviews/closed/2026.json");
    let book = book.with("reviews/closed/2026.json", &kept);
    book.run("check --today 2026-12-01").ends(0);
    let entry = entries(&book, "2026")
        .into_iter()
        .find(|entry| entry.decision.as_ref().is_some_and(|one| one.value.word() == "keep"));
    let id = entry.expect("one that is kept").id;
    let (before, after) = review.split_at(review.find(&format!("  {id}@")).expect("its entry"));
    let changed =
        after.replacen("decision: keep", "decision: retire", 1).replacen("reason:", "reason: Nobody needs it", 1);
    let book = book.with("reviews/2026.yaml", format!("{before}{changed}"));
    refuses(&book, &format!("when the review was closed, `{id}` was decided as `keep`, not as `retire`"));
    // `build` makes no report of it either, and says so; what it made before is no report any more.
    let report = "out/en/review-report.en.html";
    let as_closed = book.read("reviews/2026.yaml");
    let book = book.with("reviews/2026.yaml", &review);
    book.run("build --lang en --format html --today 2026-12-01").ends(0).omits("review");
    assert!(book.path().join(report).exists());
    let book = book.with("reviews/2026.yaml", as_closed);
    let told = book.run("build --lang en --format html --today 2026-12-01").ends(0);
    told.says("no document of the review `2026` is made").says("was decided as `keep`, not as `retire`");
    assert!(!book.path().join(report).exists());
    // What was decided by is as much a part of it as what was decided.
    let altered = book.read("reviews/2026.yaml");
    let mut book = book;
    for (from, to, key) in [
        ("    level: expected\n", "    level: expected\n    evidence: {met: 3, of: 4}\n", "evidence"),
        ("    level: basic\n", "    level: expected\n", "level"),
        ("within: 60 s", "within: 90 s", "measure"),
        ("opened: 2026-11-21\n", "opened: 2025-11-21\n", "opened"),
        ("reasons: [never-reviewed]", "reasons: [evidence]", "reasons"),
        ("guest within 60", "guest within 70", "wording"),
    ] {
        let other = review.replacen(from, to, 1);
        assert_ne!(other, review, "{from} in {review}");
        book = book.with("reviews/2026.yaml", other);
        refuses(&book, &format!("`{key}` is not what it was when the review was closed"));
    }
    let book = book.with("reviews/2026.yaml", altered);
    // Who decides otherwise says why.
    book.run_words(&["review", "reopen", "2026", "--reason", "A complaint", "--today", "2026-12-01"]).ends(0);
    book.run("check --today 2026-12-01").ends(0);
    assert!(!book.read("reviews/2026.yaml").contains("report:"));
    book.run("review close 2026 --apply --today 2026-12-01").ends(0);
    book.run("check --today 2026-12-01").omits("review-altered");
}

#[test]
fn a_set_that_a_review_names_and_that_is_gone_is_told() {
    let book = tightened(decided("en"));
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let text = book.read("reviews/2026.yaml");
    let left = text.lines().find_map(|line| line.strip_prefix("left: ")).expect("a set").trim_matches('"').to_owned();
    let book = book.with("reviews/2026.yaml", text.replace(&left, "6318d192"));
    book.run("check --today 2026-12-01").prints("there is no set `6318d192` in editions/");
}

#[test]
fn closing_issues_the_edition_in_the_same_step_or_writes_nothing() {
    let book = tightened(decided("en")).with("roles.yaml", "roles: [{id: head, title: Head of front office}]\n");
    let (stay, review) = (book.read("sequences/stay.yaml"), book.read("reviews/2026.yaml"));
    let issue = format!("--issue 1 --in-force 2026-12-01 --approved-by head --today {DAY}");
    let run = book.run(&format!("review close 2026 {issue}")).ends(1).prints("`map`: it was decided to retire it");
    run.says("nothing was written: 2 decisions are still to be carried out before the edition can be issued");
    book.run(&format!("review close 2026 --apply --issue 1 --today {DAY}")).ends(2).says("--in-force");
    book.run(&format!("review close 2026 --apply {issue}").replace("head", "chef")).ends(2).says("no role `chef`");
    let run = book.run(&format!("review close 2026 --apply --dry-run {issue}")).ends(0).prints("+number: 1");
    run.prints("+carried-out: 2026-11-21").says("edition 1 would be in force from 2026-12-01; nothing was written");
    assert_eq!((book.read("sequences/stay.yaml"), book.read("reviews/2026.yaml")), (stay, review));
    assert!(!book.path().join("editions/issued").exists());

    let run = book.run(&format!("review close 2026 --apply {issue}")).ends(0);
    run.says("edition 1 is in force from 2026-12-01").omits("can be issued now");
    let (issued, review) = (book.read("editions/issued/1.yaml"), book.read("reviews/2026.yaml"));
    let left = review.lines().find_map(|line| line.strip_prefix("left: ")).expect("what it left");
    assert!(issued.contains(&format!("edition: {left}\n")), "{issued} {review}");
    assert!(issued.contains("approved-by: head\nnext-review: 2027-11-21\n"), "{issued}");
    let list = book.run(&format!("edition list --format json --today {DAY}")).ends(0).json();
    let is_current = |one: &&serde_json::Value| one["current"] == true && one["number"] == 1;
    assert!(list["editions"].as_array().expect("a list").iter().any(|one| is_current(&one)), "{list}");
}

#[test]
fn a_second_closing_issues_an_edition_from_a_day_before_the_last_audit_with_the_reason() {
    let book = decided("en").with("roles.yaml", "roles: [{id: head, title: Head of front office}]\n");
    book.run(&format!("review close 2026 --today {DAY}")).ends(0).says("3 decisions are still to be carried out");
    let book = tightened(book).with("audits/1.yaml", "date: 2026-12-10\nauditor: head\nanswers: {map: met}\n");
    let issue = "--issue 1 --in-force 2026-12-01 --approved-by head --today 2026-12-20";
    let before = (book.read("sequences/stay.yaml"), book.read("reviews/2026.yaml"));
    book.run(&format!("review close 2026 --apply {issue}")).ends(2).says("--backdate");
    assert_eq!((book.read("sequences/stay.yaml"), book.read("reviews/2026.yaml")), before, "nothing was written");
    let issue = format!("review close 2026 --apply {issue} --backdate Approved");
    book.run(&issue).ends(0).says("all that the review `2026` decided is carried out").says("edition 1 is in force");
    let (issued, review) = (book.read("editions/issued/1.yaml"), book.read("reviews/2026.yaml"));
    assert!(issued.contains("issued: 2026-12-20\nin-force: 2026-12-01\n"), "{issued}");
    assert!(issued.contains("backdated: Approved") && issued.contains("next-review: 2027-11-21"), "{issued}");
    assert!(
        review.contains("closed: 2026-11-21\ncarried-out: 2026-12-20\n"),
        "the first day of closing stays: {review}"
    );
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
    book.run(&format!("review close 2026 --today {DAY}")).ends(2).says("was closed on 2026-11-21");
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
    let rest = rest.replacen("    reason:\n", "    reason: Nikt tego nie zauważa.\n", 1);
    let book = tightened(book.with("reviews/2026.yaml", format!("{before}{rest}")));
    let stay = book.read("sequences/stay.yaml");
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let pattern = derived.id.split_once('.').expect("a phase").1;
    let after = book.read("sequences/stay.yaml");
    assert!(
        after.ends_with(&format!("    waive:\n      - pattern: {pattern}\n        why: Nikt tego nie zauważa.\n")),
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
        assert_eq!(book.files("reviews"), ["2026.yaml", "closed/2026.json"], "and leaves nothing lying");
        assert_eq!(book.files("sequences"), ["stay.yaml"]);
    }
    // How far the others came depends on the machine.
    assert!(seen[0] > 0, "{seen:?}");
}

#[test]
fn what_was_retired_stands_in_what_the_review_changed() {
    let book = tightened(decided("en"));
    let text = book.read("reviews/2026.yaml");
    let (before, after) = text.split_at(text.find("  welcome-drink@").expect("its entry"));
    let decision = after.lines().find(|line| line.contains("decision:")).expect("a decision").to_owned();
    let after = after.replacen(&decision, "    decision: retire", 1);
    let reason = after.lines().find(|line| line.contains("reason:")).expect("a reason").to_owned();
    let after = after.replacen(&reason, "    reason: Nobody drinks it", 1);
    let book = book.with("reviews/2026.yaml", format!("{before}{after}"));
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    let report = book.run(&format!("review report 2026 --today {DAY}")).ends(0);
    report.prints("retired, before: A welcome drink stands on the desk. → now: –");
}
