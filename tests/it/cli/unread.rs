//! Each file of a book is read once or told, whatever leads to it and whatever it is called.

use crate::support::{Book, Run, program_that_must_end};

#[track_caller]
fn check(book: &Book, arguments: &[&str]) -> Run {
    Run::of(program_that_must_end(book.path()).arg("check").args(arguments))
}

#[cfg(unix)]
#[test]
fn each_folder_and_each_file_is_read_once_whatever_leads_to_it() {
    use std::os::unix::fs::symlink;
    let whole = check(&Book::sound(), &[]).stdout();
    for links in [
        &[("sequences/a", "."), ("sequences/b", ".")][..],
        &[("sites/a", ".."), ("sites/b", "../sites")],
        &[("sites/a", "../sequences/../sites"), ("traits", "sites")],
        &[("sequences/a.yaml", "visit.yaml"), ("sites/z.yaml", "market.yaml"), ("audits", ".")],
    ] {
        let book = Book::sound();
        for (link, target) in links {
            symlink(target, book.path().join(link)).expect("a link");
        }
        let run = check(&book, &["--format", "json"]);
        for finding in run.json().as_array().expect("a list") {
            let rule = finding["rule"].as_str().unwrap_or_default();
            assert!(!rule.starts_with("duplicate") && !rule.starts_with("reused"), "{links:?}: {finding}");
        }
    }
    let book = Book::sound();
    symlink("visit.yaml", book.path().join("sequences/a.yaml")).expect("a link");
    assert_eq!(check(&book, &[]).stdout(), whole, "one file by two names");
}

#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_read_is_told_by_its_name() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    use std::os::unix::fs::symlink;
    for folder in
        ["", "sequences", "traits", "sites", "chapters", "audits/2026", "reviews", "feedback", "templates/html"]
    {
        let book = Book::sound();
        let inside = book.path().join(folder);
        std::fs::create_dir_all(&inside).expect("a folder");
        std::fs::write(inside.join(OsStr::from_bytes(b"kaw\xeb.yaml")), "id: x\n").expect("a file");
        check(&book, &[]).prints("kaw\u{fffd}.yaml").prints("its name is not UTF-8");
    }
    let book = Book::sound();
    symlink("gone", book.path().join("sites/old")).expect("a link");
    check(&book, &[]).prints("sites/old").prints("the link leads to nothing");
    std::fs::remove_file(book.path().join("sites/old")).expect("a link");
    std::fs::remove_file(book.path().join("roles.yaml")).expect("a file");
    symlink("gone.yaml", book.path().join("roles.yaml")).expect("a link");
    check(&book, &[]).prints("roles.yaml:1:1: error: this file cannot be read: the link leads to nothing");
    let book = Book::sound().with("reviews", "not a folder\n");
    check(&book, &[]).prints("reviews").prints("it is not a folder");
    let book = Book::sound();
    let made = std::process::Command::new("mkfifo").arg(book.path().join("sites/pipe.yaml")).status().expect("mkfifo");
    assert!(made.success());
    check(&book, &[]).prints("sites/pipe.yaml").prints("it is not a regular file");
}

#[test]
fn a_file_that_is_in_icloud_only_is_told_and_nothing_else() {
    for (path, text) in [
        ("sequences/.visit.yaml.icloud", "sequences/visit.yaml"),
        ("sites/.market.yaml.icloud", "sites/market.yaml"),
        (".roles.yaml.icloud", "roles.yaml"),
        ("chapters/.01-welcome.md.icloud", "chapters/01-welcome.md"),
        ("audits/2026/.a.yaml.icloud", "audits/2026/a.yaml"),
        ("feedback/.2026.csv.icloud", "feedback/2026.csv"),
        ("reviews/.2026.yaml.icloud", "reviews/2026.yaml"),
        ("templates/html/.manual.html.icloud", "templates/html/manual.html"),
    ] {
        let book = Book::sound().with(path, "bplist00");
        if let Err(error) = std::fs::remove_file(book.path().join(text)) {
            assert_eq!(error.kind(), std::io::ErrorKind::NotFound);
        }
        let run = check(&book, &["--format", "json"]).ends(1);
        let found = run.json();
        let found = found.as_array().expect("a list");
        let errors: Vec<&serde_json::Value> = found.iter().filter(|finding| finding["severity"] == "error").collect();
        assert!(matches!(&*errors, [only] if only["file"] == text), "{path}: {errors:#?}");
        check(&book, &[]).prints("it is in iCloud and not on this computer");
    }
    let book = Book::sound().with("sites/.notes.txt.icloud", "x").with("sites/.DS_Store.icloud", "x");
    check(&book, &[]).omits("iCloud");
}

#[test]
fn files_that_nothing_reads_are_told_and_may_be_wanted() {
    let book = Book::sound().with("sequences/S.YAML", "id: s\n").with("templates/html/checklst.html", "<p>");
    let book = book.with("templates/logo.png", b"\x89PNG\xff");
    check(&book, &[]).prints("rename it to `sequences/S.yaml`").prints("did you mean `templates/html/checklist.html`?");
    book.run("checklist").ends(0);
    let book =
        book.edit("gamma-ok.yaml", "derive: false", "derive: false\nrules: {unread-file: off, unknown-template: off}");
    check(&book, &[]).omits("unread-file").omits("unknown-template").omits("unknown-rule");
}

/// A record of the sound book.
const ROUND: &str = "site: market\ndate: 2026-02-01\nauditor: Q-1\nanswers:\n  receipt: not met\n";

#[test]
fn a_record_that_counts_for_nothing_keeps_a_report_from_being_written() {
    let wrong = [
        ("date: 2026-02-01", "date: 2026-13-45"),
        ("date: 2026-02-01\n", ""),
        ("site: market", "site: markt"),
        ("receipt: not met", "receipt: mett"),
    ];
    for (right, slip) in wrong {
        let book = Book::sound().with("audits/1.yaml", ROUND);
        let book = book.with("audits/2.yaml", ROUND.replace(right, slip));
        for command in ["audit report -o report.md", "audit report -o report.json"] {
            let run = book.run(&format!("{command} --today 2026-03-02")).ends(1).says("audits/2.yaml:");
            run.says("was not written: it would lack what could not be read");
        }
        assert!(!book.path().join("report.md").exists(), "{slip}");
        // Records with errors stop no manual.
        book.run("build --lang en --format html --today 2026-03-02");
        assert!(book.path().join("out/index.html").exists(), "{slip}");
    }
    // A day that is to come is a slip; but what came after the day that a report is asked for had not been then.
    let book = Book::sound().with("audits/1.yaml", ROUND.replace("2026-02-01", "2999-02-01"));
    book.run("audit report -o report.md").ends(1).says("audits/1.yaml:");
    book.run("audit report -o report.md --today 2026-03-02").ends(0);
}

#[test]
fn a_site_that_nothing_knows_is_no_place_in_the_figures() {
    let book = Book::sound().with("audits/1.yaml", ROUND);
    let alone = book.run("audit report --format json --today 2026-03-02").ends(0).json();
    let book = book.with("audits/2.yaml", ROUND.replace("market", "markt").replace("02-01", "02-02"));
    let run = book.run("audit report --format json --today 2026-03-02").ends(1);
    assert_eq!(run.json()["by"]["site"], alone["by"]["site"]);
    assert_eq!(run.json()["overall"], alone["overall"]);
    run.says("something may be missing here");
}

#[test]
fn what_is_shown_of_records_with_errors_ends_with_1() {
    let book = Book::sound().with("audits/1.yaml", ROUND).with("audits/2.yaml", ROUND.replace("not met", "mett"));
    for command in [
        "audit report",
        "audit report --format json",
        "audit plan",
        "audit plan --format json",
        "audit actions --format json",
        "export calendar",
        "why receipt",
        "why receipt --format json",
        "why --orphans --format json",
    ] {
        let run = book.run(&format!("{command} --today 2026-03-02")).ends(1).says("the records have 1 error");
        assert!(!run.stdout().is_empty(), "{command}");
    }
    let book = Book::sound().with("audits/1.yaml", ROUND);
    for command in ["audit report", "audit plan", "export calendar", "why receipt"] {
        book.run(&format!("{command} --today 2026-03-02")).ends(0);
    }
}
