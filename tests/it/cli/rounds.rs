//! A round is one record: handed in again it is nothing, adds to its record, or asks.

use serde_json::{Value, json};

use super::audit::{form, markdown, stamp};
use crate::support::Book;

const FILE: &str = "audits/2026-03-01-market.yaml";

/// Records a form; the day is the one after the round.
fn record(book: &Book, arguments: &str) -> crate::support::Run {
    book.run(&format!("audit record {arguments} --today 2026-03-02"))
}

/// The form with some of its answers only.
fn part(form: &Value, answers: &[usize]) -> Value {
    let mut part = form.clone();
    part["answers"] = answers.iter().map(|at| form["answers"][*at].clone()).collect();
    part
}

#[test]
fn a_form_saved_later_adds_to_the_record() {
    let book = Book::sound();
    let whole = form(&book);
    let (noon, evening) = (part(&whole, &[1]), whole.clone());
    let book = book.with("noon.json", noon.to_string()).with("evening.json", evening.to_string());
    record(&book, "noon.json").ends(0);
    let run = record(&book, "evening.json").ends(0).prints("evening.json: the round is recorded in audits/");
    run.prints("is answered now: `8 s, 12 s`").prints("is answered now: `n/a`").prints(FILE);
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
    let after = book.read(FILE);
    record(&book, "evening.json").ends(0).says("recorded already").prints_nothing();
    record(&book, "noon.json").ends(0).says("recorded already").prints_nothing();
    assert_eq!(book.read(FILE), after);
    // Both in one run come to the same.
    let book = Book::sound().with("noon.json", noon.to_string()).with("evening.json", evening.to_string());
    record(&book, "noon.json evening.json").ends(0);
    assert_eq!(book.read(FILE), after);
    let once = Book::sound().with("evening.json", evening.to_string());
    record(&once, "evening.json").ends(0);
    assert_eq!(once.read(FILE), after);
}

#[test]
fn what_was_mended_takes_the_place_of_what_was_there() {
    let book = Book::sound();
    let mut saved = form(&book);
    let book = book.with("one.json", saved.to_string());
    record(&book, "one.json").ends(0);
    saved["answers"][1]["note"] = json!("No paper in the printer");
    saved["answers"][1]["action"]["due"] = json!("2026-03-25");
    saved["answers"][1]["grade"] = json!("minor");
    let book = book.with("two.json", saved.to_string());
    // A remark that says more is added to; another day takes the place of the old one only where that is asked for.
    record(&book, "two.json").ends(1).says("due of `receipt");
    let run = record(&book, "two.json --replace").ends(0).prints("note of `receipt");
    run.prints("`No paper` there, `No paper in the printer` here")
        .prints("due of `receipt")
        .prints("grade of `receipt");
    // The older file puts nothing back.
    record(&book, "one.json").ends(1).says("due of `receipt");
    let record = book.read(FILE);
    assert!(record.contains("note: No paper in the printer") && record.contains("due: 2026-03-25"), "{record}");
    assert_eq!(book.files("audits").len(), 1);
    book.run("check --today 2026-03-02").ends(0);
}

#[test]
fn answers_that_contradict_are_asked_about() {
    let book = Book::sound();
    let mut saved = form(&book);
    let book = book.with("one.json", saved.to_string());
    record(&book, "one.json").ends(0);
    let before = book.read(FILE);
    saved["answers"][1]["answer"] = json!("met");
    saved["answers"][0]["observed"] = json!(["8 s", "9 s"]);
    let book = book.with("two.json", saved.to_string());
    let run = record(&book, "two.json").ends(1).says("with other answers").says("`not met` there, `met` here");
    run.says("`8 s, 12 s` there, `8 s, 9 s` here").says("--replace").prints_nothing();
    assert_eq!(book.read(FILE), before);
    record(&book, "two.json --replace --dry-run").ends(0).prints("+    answer: met");
    assert_eq!(book.read(FILE), before);
    record(&book, "two.json --replace").ends(0);
    assert!(book.read(FILE).contains("answer: met"), "{}", book.read(FILE));
    record(&book, "two.json").ends(0).says("recorded already");
    assert_eq!(book.files("audits").len(), 1);
}

#[test]
fn what_somebody_wrote_into_the_record_stays() {
    let book = Book::sound();
    let whole = form(&book);
    let book = book.with("noon.json", part(&whole, &[1]).to_string()).with("evening.json", whole.to_string());
    record(&book, "noon.json").ends(0);
    let own = book.read(FILE).replace("auditor: quality-lead", "auditor: 'quality-lead'   # Monday's shift");
    let own = own.replace("      due: 2026-03-20\n", "      due: 2026-03-20\n      done: 2026-03-02\n\n# The end\n");
    let book = book.with(FILE, &own);
    record(&book, "evening.json").ends(0);
    let after = book.read(FILE);
    for line in own.lines() {
        assert!(after.contains(line), "no {line:?} in\n{after}");
    }
    assert!(after.contains("8 s") && after.contains("n/a"), "{after}");
    // A comment within an answer stays.
    let mended = whole.to_string().replace("No paper", "No paper at all");
    let book = book.with("late.json", mended).edit(FILE, "    note: No paper", "    note: No paper  # see the photo");
    record(&book, "late.json").ends(0);
    let after = book.read(FILE);
    assert!(after.contains("note: No paper at all") && after.contains("# see the photo"), "{after}");
}

#[test]
fn a_record_begun_by_hand_takes_the_form_in() {
    a_begun_record_takes_the_form_in("--auditor quality-lead");
    a_begun_record_takes_the_form_in("");
}

fn a_begun_record_takes_the_form_in(auditor: &str) {
    let book = Book::sound();
    book.run(&format!("audit new --site market --date 2026-03-01 {auditor} --today 2026-03-02")).ends(0);
    let begun = book.read(FILE);
    let saved = form(&book);
    let ticked = markdown(&book, "en");
    let book = book.with("one.md", ticked).with("one.json", saved.to_string());
    record(&book, "one.md").ends(0).prints(FILE);
    let after = book.read(FILE);
    for comment in begun.lines().filter(|line| line.trim_start().starts_with('#')) {
        assert!(after.contains(comment), "no {comment:?} in\n{after}");
    }
    assert!(after.contains("note: No paper") && after.contains("[8 s, 12 s]"), "{after}");
    book.run("check --today 2026-03-02").ends(0);
    record(&book, "one.md").ends(0).says("recorded already");
    assert_eq!(book.files("audits").len(), 1);
}

#[test]
fn what_was_taken_back_is_told_and_taken_out_where_that_is_asked_for() {
    let book = Book::sound();
    let mut saved = form(&book);
    let book = book.with("one.json", saved.to_string());
    record(&book, "one.json").ends(0);
    saved["answers"].as_array_mut().expect("answers").remove(2);
    saved["answers"][1]["note"] = Value::Null;
    let book = book.with("two.json", saved.to_string());
    let before = book.read(FILE);
    let run = record(&book, "two.json").ends(0).says("recorded already").says("is `No paper` in the record");
    run.says("is answered in the record, and not in the form: `n/a`").says("--replace");
    assert_eq!(book.read(FILE), before);
    record(&book, "two.json --replace").ends(0).prints("is answered in the record");
    let after = book.read(FILE);
    assert!(!after.contains("No paper") && !after.contains("n/a") && after.contains("8 s"), "{after}");
    // Parts of one round in one run take nothing back from each other.
    let whole = form(&book);
    let book = book.with("a.json", part(&whole, &[0]).to_string()).with("b.json", part(&whole, &[2]).to_string());
    record(&book, "a.json b.json --replace").ends(0);
    let after = book.read(FILE);
    assert!(after.contains("8 s") && after.contains("n/a"), "{after}");
}

#[test]
fn a_head_that_was_filled_in_later_makes_no_second_record() {
    let book = Book::sound();
    let ticked = markdown(&book, "en");
    let book = book
        .with("bare.md", ticked.replace("quality-lead", ""))
        .with("slip.md", ticked.replace("quality-lead", "quality lead."))
        .with("named.md", ticked.clone())
        .with("timed.md", ticked.replace("- Time or shift:", "- Time or shift: 14:30"))
        .with("other.md", ticked.replace("quality-lead", "manager"));
    record(&book, "bare.md").ends(0);
    let before = book.read(FILE);
    for file in ["named.md", "slip.md", "timed.md"] {
        record(&book, file).ends(1).says("has the same answers").says("--another");
    }
    assert_eq!((book.files("audits").len(), book.read(FILE)), (1, before));
    record(&book, "named.md --another").ends(0);
    assert_eq!(book.files("audits").len(), 2);
    // Another auditor is another, and so is another kind.
    let book =
        Book::sound().with("named.md", ticked.clone()).with("other.md", ticked.replace("quality-lead", "manager"));
    record(&book, "named.md other.md").ends(0);
    assert_eq!(book.files("audits").len(), 2);
}

#[test]
fn a_round_saved_by_the_page_and_ticked_on_paper_is_one() {
    let both = || {
        let book = Book::sound();
        let (saved, ticked) = (form(&book).to_string(), markdown(&book, "en"));
        book.with("a.json", saved).with("b.md", ticked)
    };
    let book = both();
    record(&book, "a.json").ends(0);
    record(&book, "b.md").ends(0).says("b.md: recorded already");
    let book = both();
    record(&book, "b.md a.json").ends(0).says("a.json: recorded already");
    assert_eq!(book.files("audits").len(), 1);
}

#[test]
fn a_round_stays_the_same_round_after_a_rename() {
    let book = Book::sound();
    let saved = form(&book).to_string();
    let ticked = markdown(&book, "en");
    let rows = format!("No.,Answer,ID@STAMP\n3,met,receipt@{}\n", stamp(&book, "receipt"));
    let book = book.with("a.json", saved).with("b.md", ticked.replace("2026-03-01", "2026-02-28")).with("c.csv", rows);
    let csv = "c.csv --site market --date 2026-02-27 --auditor lead";
    record(&book, "a.json").ends(0);
    record(&book, "b.md").ends(0);
    record(&book, csv).ends(0);
    let files = book.files("audits");
    assert_eq!(files.len(), 3);
    book.run("rename standard:receipt slip").ends(0);
    book.run("rename site:market square").ends(0);
    for (file, said) in
        [("a.json", "a.json: recorded already"), ("b.md", "b.md: recorded already"), (csv, "c.csv: recorded already")]
    {
        record(&book, &file.replace("--site market", "--site square")).ends(0).says(said);
    }
    assert_eq!(book.files("audits"), files);
}

#[test]
fn rounds_of_one_day_are_told_apart_by_their_hour() {
    let book = Book::sound();
    let ticked = markdown(&book, "en");
    let at = |time: &str| ticked.replace("- Time or shift:", &format!("- Time or shift: {time}"));
    let book =
        book.with("a.md", at("9:10")).with("b.md", at("9.10")).with("c.md", at("15:00")).with("d.md", at("night"));
    record(&book, "a.md").ends(0);
    record(&book, "b.md").ends(0).says("b.md: recorded already");
    record(&book, "c.md d.md").ends(0);
    assert_eq!(book.files("audits").len(), 3);
    // The same hour with another answer is the same round.
    let other = at("9:10").replace("8; 12", "8; 9");
    record(&book.with("e.md", other), "e.md").ends(1).says("`8 s, 12 s` there, `8 s, 9 s` here");
}

#[test]
fn a_copied_record_is_told_and_counts_once() {
    let book = Book::sound();
    let saved = form(&book).to_string();
    let book = book.with("one.json", saved);
    record(&book, "one.json").ends(0);
    let counts = |book: &Book| book.run("audit report --format json --today 2026-03-02").json()["overall"].clone();
    let before = counts(&book);
    let text = book.read(FILE);
    let book = book.with("audits/2026-03-01-market copy.yaml", text);
    assert_eq!(counts(&book), before);
    let run = book.run("check --today 2026-03-02 --deny warnings").ends(1);
    run.prints("audits/2026-03-01-market copy.yaml:3:7: warning: this round is recorded already, in audits/2026-03-01-market.yaml");
}

#[test]
fn a_day_that_was_mistyped_makes_no_second_record() {
    let book = Book::sound();
    let ticked = markdown(&book, "en");
    let book = book.with("a.md", &ticked).with("b.md", ticked.replace("- Date: 2026-03-01", "- Date: 2026-02-28"));
    record(&book, "a.md").ends(0);
    record(&book, "b.md").ends(1).says("of 2026-03-01").says("--replace");
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
    record(&book, "--replace b.md").ends(0).prints("the file keeps its name");
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
    assert!(book.read(FILE).contains("date: 2026-02-28"));
    record(&book, "b.md").ends(0).says("recorded already");
    // Another round with the same words is one of its own where that is said; without words of somebody's own nobody asks.
    record(&book, "--another a.md").ends(0);
    assert_eq!(book.files("audits").len(), 2);
    let bare = ticked.replace(" No paper", "").replace("[x] n/a", "[ ] n/a").replace(" Stock-taking", "");
    let bare = bare.replace("| 3 | Order paper | shift leader | 2026-03-20 |  |", "|  |  |  |  |  |");
    let other = bare.replace("- Date: 2026-03-01", "- Date: 2026-02-28");
    let book = Book::sound().with("a.md", &bare).with("b.md", other);
    record(&book, "a.md").ends(0);
    record(&book, "b.md").ends(0);
    assert_eq!(book.files("audits").len(), 2);
}

#[test]
fn a_note_that_is_the_word_of_an_answer_is_no_note() {
    let book = Book::sound();
    let empty = |lang: &str| book.run(&format!("checklist --format md --site market --lang {lang}")).ends(0).stdout();
    let (english, polish) = (empty("en").replacen("- Date:", "- Date: 2026-03-01", 1), empty("pl"));
    let polish = polish.replacen("- Data:", "- Data: 2026-03-01", 1);
    let (english, polish) =
        (english.replacen("[ ] met", "[x] met", 1), polish.replacen("[ ] spełniony", "[x] spełniony", 1));
    let noted = |form: &str, label: &str, note: &str| {
        // The note of the second item, which has no answer.
        let (first, rest) = form.split_once(label).expect("a first note");
        format!("{first}{label}{}", rest.replacen(label, &format!("{label} {note}"), 1))
    };
    for (form, label, note) in [
        (&english, "- Note:", "not met"),
        (&english, "- Note:", "Not met!"),
        (&english, "- Note:", "n/a"),
        (&english, "- Note:", "niespełniony"),
        (&polish, "- Uwagi:", "Niespełniony."),
        (&polish, "- Uwagi:", "nie dotyczy"),
    ] {
        std::fs::write(book.path().join("form.md"), noted(form, label, note)).expect("written");
        record(&book, "form.md").ends(1).prints("is the word of an answer");
        assert!(book.files("audits").is_empty(), "{note}");
    }
    std::fs::write(book.path().join("form.md"), noted(&english, "- Note:", "not met by chance, I think"))
        .expect("written");
    record(&book, "form.md").ends(0);
}

#[test]
fn what_steers_a_terminal_is_recorded_by_no_form_and_found_in_a_record() {
    let book = Book::sound();
    let form =
        book.run("checklist --format md --site market").ends(0).stdout().replacen("- Date:", "- Date: 2026-03-01", 1);
    let form = form.replacen("[ ] met", "[x] met", 1);
    for sign in ['\u{1b}', '\u{7}', '\u{9b}'] {
        let noted = form.replacen("- Note:", &format!("- Note: abc{sign}]52;c;aGk="), 1);
        std::fs::write(book.path().join("form.md"), noted).expect("written");
        record(&book, "form.md").ends(1).prints(&format!("U+{:04X}", u32::from(sign)));
        assert!(book.files("audits").is_empty());
    }
    std::fs::write(book.path().join("form.md"), form.replacen("- Note:", "- Note: abc", 1)).expect("written");
    record(&book, "form.md").ends(0);
    for escape in [r"\e[31m", r"\x1b[31m", r"\u009b31m", r"\a"] {
        let book = Book::sound().with(FILE, book.read(FILE).replace("note: abc", &format!("note: \"abc{escape}\"")));
        book.run("check --format json").ends(1).prints("control-character");
    }
}
