use std::io::Read;
use std::process::Stdio;

use crate::support::{Book, Run, program};

#[test]
fn the_book_is_found_upwards_or_named() {
    let book = Book::sound();
    Run::of(program(&book.path().join("sequences")).arg("show")).ends(0).prints("greet");
    let elsewhere = Book::empty();
    elsewhere.run("show").ends(2).prints_nothing().says("there is no gamma-ok.yaml here").says("--book DIR");
    Run::of(program(elsewhere.path()).args(["show", "--book"]).arg(book.path())).ends(0).prints("greet");
    Run::of(program(elsewhere.path()).arg("--book").arg(book.path()).arg("show")).ends(0).prints("greet");
    elsewhere.run("show --book nowhere").ends(2).says("there is no folder `nowhere`");
    elsewhere.run("show --book .").ends(2).says("is not a book");
    Run::of(program(elsewhere.path()).args(["show", "--book"]).arg(book.path().join("roles.yaml")))
        .ends(2)
        .says("is a file");
}

#[test]
fn dates_are_dates() {
    let book = Book::sound();
    for wrong in ["2026-02-30", "2.3.2026", "26-03-02", "today"] {
        book.run(&format!("check --today {wrong}")).ends(2).says("2026-01-31");
    }
    Run::of(program(book.path()).arg("check").env("SOURCE_DATE_EPOCH", "soon"))
        .ends(2)
        .says("SOURCE_DATE_EPOCH is `soon`");
    Run::of(program(book.path()).arg("check").env("SOURCE_DATE_EPOCH", "99999999999999999"))
        .ends(2)
        .says("SOURCE_DATE_EPOCH");
    Run::of(program(book.path()).arg("check").env("SOURCE_DATE_EPOCH", "1772452800")).ends(0);
}

#[test]
fn colour_is_for_terminals_and_for_those_who_ask() {
    let book = Book::sound().edit("sequences/visit.yaml", "traits: [accurate]", "traits: [acurate]");
    let check = |arguments: &[&str], no_color: bool| {
        let mut command = program(book.path());
        command.arg("check").args(arguments);
        if no_color {
            command.env("NO_COLOR", "1");
        }
        Run::of(&mut command).ends(1).stdout().contains('\u{1b}')
    };
    assert!(!check(&[], false) && !check(&["--color", "never"], false) && !check(&["--color", "auto"], true));
    assert!(check(&["--color", "always"], false));
}

#[test]
fn a_reader_who_has_had_enough_is_no_failure() {
    // Far more than a pipe holds, so that the program meets the closed pipe.
    let standards: String = (0..3000)
        .map(|n| format!("      - {{id: s{n}, trait: freindly, type: personal, level: basic, text: The seller greets shopper {n} of the day.}}\n"))
        .collect();
    let book = Book::sound().with(
        "sequences/long.yaml",
        format!("id: long\ntitle: {{en: Long, pl: Długa}}\nphases:\n  - id: first\n    title: {{en: First, pl: Pierwsza}}\n    traits: [friendly]\n    standards:\n{standards}"),
    );
    for arguments in
        ["show", "show --format json", "show --format csv", "check -q --format json", "check -q --format junit"]
    {
        let mut child = program(book.path())
            .args(arguments.split(' '))
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program runs");
        let mut first = [0; 10];
        child.stdout.take().expect("a pipe").read_exact(&mut first).expect("some output");
        let output = child.wait_with_output().expect("an end");
        assert_eq!(output.status.code(), Some(0), "{arguments}");
        assert_eq!(String::from_utf8_lossy(&output.stderr), "", "{arguments}");
    }
}

#[test]
fn help_and_version_are_results() {
    let nowhere = Book::empty();
    nowhere.run("--version").ends(0).prints("gamma-ok 0.").says_nothing();
    nowhere.run("--help").ends(0).prints("check").prints("Exit status").says_nothing();
    nowhere.run("check --help").ends(0).prints("--deny").prints("sarif").says_nothing();
    nowhere.run("").ends(2).prints_nothing();
    nowhere.run("chek").ends(2).says("'check'");
}

#[test]
fn a_full_disk_is_a_failure() {
    let Ok(full) = std::fs::OpenOptions::new().write(true).open("/dev/full") else { return };
    let book = Book::sound();
    let output = program(book.path()).arg("show").stdout(full).output().expect("the program runs");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).contains("error:"));
}
