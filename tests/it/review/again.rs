//! Reviews that were closed: opened again, carried out later, and guarded as they stand.

use super::DAY;
use super::close::{decided, tightened};
use crate::support::Book;

/// A review that is closed and carried out.
fn carried_out() -> Book {
    let book = tightened(decided("en"));
    book.run(&format!("review close 2026 --apply --today {DAY}")).ends(0);
    book
}

fn reopened() -> Book {
    let book = carried_out();
    book.run_words(&["review", "reopen", "2026", "--reason", "Again", "--today", "2026-12-01"]).ends(0);
    let open = book.read("reviews/2026.yaml");
    let kept = "reopened: [{closed: 2026-11-21, carried-out: 2026-11-21, day: 2026-12-01, reason: Again}]";
    assert!(open.contains(kept), "{open}");
    book
}

#[test]
fn what_is_decided_the_same_again_keeps_the_day_on_which_it_was_carried_out() {
    let book = reopened();
    let closed = book.run("review close 2026 --today 2026-12-05").ends(0);
    closed.says("it is carried out since 2026-11-21, as before it was opened again");
    let again = book.read("reviews/2026.yaml");
    assert!(again.contains("closed: 2026-12-05\n") && again.contains("carried-out: 2026-11-21\n"), "{again}");
    let report = book.run("review report 2026 --today 2026-12-06").ends(0);
    let told = report.stdout().replace('\u{a0}', " ");
    assert!(told.contains("carried out 21 November 2026, opened again 1 December 2026"), "{told}");
    let json = book.run("review report 2026 --format json --today 2026-12-06").ends(0).json();
    assert_eq!(json["carried_out"], "2026-11-21");
    assert_eq!(json["reopened"][0]["carried_out"], "2026-11-21");
    // Nor does opening it once more lose it.
    book.run_words(&["review", "reopen", "2026", "--reason", "Once more", "--today", "2026-12-07"]).ends(0);
    book.run("review close 2026 --today 2026-12-08").ends(0);
    assert!(book.read("reviews/2026.yaml").contains("carried-out: 2026-11-21\n"));
}

#[test]
fn what_is_decided_otherwise_is_carried_out_on_another_day_and_says_so() {
    let book = reopened();
    let open = book.read("reviews/2026.yaml");
    let book = book.with("reviews/2026.yaml", open.replacen("decision: tighten", "decision: reword", 1));
    // The book has the figure of before, which is no other wording: it is put back and worded anew.
    let book = book.edit("sequences/stay.yaml", "{within: 30 s}", "{within: 60 s}");
    let book = book.edit("sequences/stay.yaml", "The porter greets the guest", "The porter greets every guest");
    let closed = book.run("review close 2026 --today 2026-12-05").ends(0);
    closed.says("before it was opened again it was carried out on 2026-11-21; that day stays under `reopened`");
    let again = book.read("reviews/2026.yaml");
    assert!(again.contains("carried-out: 2026-12-05\n") && again.contains("{closed: 2026-11-21, carried-out: 2026"));
    // What is asked for besides is something else too.
    let book = reopened();
    let text = book.read("reviews/2026.yaml");
    let book = book.with("reviews/2026.yaml", text.replacen("added: []", "added: [welcome-drink]", 1));
    book.run("review close 2026 --today 2026-12-05").ends(0).says("since something is decided otherwise now");
    assert!(book.read("reviews/2026.yaml").contains("carried-out: 2026-12-05\n"));
}

#[test]
fn what_was_undone_meanwhile_is_carried_out_on_another_day() {
    let book = reopened().edit("sequences/stay.yaml", "{within: 30 s}", "{within: 60 s}");
    let closed = book.run("review close 2026 --today 2026-12-05").ends(0);
    closed.says("1 decision is still to be carried out").says("or is to be done anew");
    assert!(!book.read("reviews/2026.yaml").contains("\ncarried-out"));
    let book = book.edit("sequences/stay.yaml", "{within: 60 s}", "{within: 30 s}");
    book.run("review close 2026 --today 2026-12-09").ends(0);
    assert!(book.read("reviews/2026.yaml").contains("\ncarried-out: 2026-12-09\n"));
}

/// The book refuses the review's file with that in it; the same file as it was is fine.
fn refuses(book: Book, from: &str, to: &str, said: &str) -> Book {
    let as_closed = book.read("reviews/2026.yaml");
    let other = as_closed.replacen(from, to, 1);
    assert_ne!(other, as_closed, "{from} in {as_closed}");
    let book = book.with("reviews/2026.yaml", other);
    book.run("check --today 2027-03-01").ends(1).prints("review-altered").prints(said);
    book.run("review report 2026 --today 2027-03-01").ends(1).says(said);
    let book = book.with("reviews/2026.yaml", as_closed);
    book.run("check --today 2027-03-01").ends(0);
    book
}

#[test]
fn how_a_review_ended_is_guarded() {
    let book = carried_out();
    let file = book.read("reviews/2026.yaml");
    let line = |key: &str| {
        let line = file.lines().find(|line| line.trim_start().starts_with(&format!("{key}:")));
        line.unwrap_or_else(|| panic!("{key} in {file}")).to_owned()
    };
    let mut book = book;
    for (key, value) in [
        ("next", "2029-01-01"),
        ("carried-out", "2026-11-30"),
        ("left", "00000000"),
        ("now", "00000000"),
        ("became", "{measure: {within: 20 s}}"),
    ] {
        let said = format!("`{key}` is not what `gamma-ok review close` wrote");
        let old = line(key);
        let indent = &old[..old.len() - old.trim_start().len()];
        book = refuses(book, &old, &format!("{indent}{key}: {value}"), &said);
        // To take it out is to alter it too.
        if key != "became" {
            book = refuses(book, &format!("{old}\n"), "", &said);
        }
    }
    // Who gets the report, and what management answers, is written afterwards.
    let book = book.with("reviews/2026.yaml", format!("{file}response: We agree.\ndistribution: [consultant]\n"));
    book.run("check --today 2027-03-01").ends(0);
}

#[test]
fn what_is_carried_out_later_is_written_and_then_guarded() {
    let book = decided("en");
    book.run(&format!("review close 2026 --today {DAY}")).ends(0);
    let kept = book.read("reviews/closed/2026.json");
    let report = |book: &Book| book.run("review report 2026 --format json --today 2027-03-01").ends(0).json();
    let then = report(&book);
    // What is not written yet may be written: by hand, or by the program.
    let closed = book.read("reviews/2026.yaml");
    let book = book.with(
        "reviews/2026.yaml",
        closed.replacen("closed: 2026-11-21\n", "closed: 2026-11-21\ncarried-out: 2026-12-01\n", 1),
    );
    book.run("check --today 2027-03-01").ends(0);
    let book = tightened(book.with("reviews/2026.yaml", closed));
    let dry = book.run("review close 2026 --apply --dry-run --today 2026-12-24").ends(0).omits("+++ b/reviews/closed");
    dry.prints("+carried-out: 2026-12-24");
    book.run("review close 2026 --apply --today 2026-12-24").ends(0).prints("reviews/closed/2026.json");
    let after = book.read("reviews/closed/2026.json");
    assert_ne!(after, kept);
    let of = |text: &str, key: &str| text[text.find(key).expect(key)..].to_owned();
    assert_eq!(of(&after, "\"reports\":"), of(&kept, "\"reports\":"), "the report itself is as it was");
    let now = report(&book);
    assert_eq!((&now["figures"], &now["closed"]), (&then["figures"], &then["closed"]));
    assert_eq!(now["carried_out"], "2026-12-24");
    book.run("check --today 2027-03-01").ends(0);
    let said = "`carried-out` is not what `gamma-ok review close` wrote";
    let book = refuses(book, "carried-out: 2026-12-24", "carried-out: 2026-12-20", said);
    let left = book.read("reviews/2026.yaml").lines().find(|line| line.starts_with("left:")).expect("left").to_owned();
    refuses(book, &left, "left: 00000000", "`left` is not what `gamma-ok review close` wrote");
}
