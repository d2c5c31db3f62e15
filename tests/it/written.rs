//! One book, however it is written down: its letters composed or in parts, its lines ended as on any system, with or without
//! a byte-order mark, in a repository with all of its past, a part of it, or none. What is found, stamped and counted is the
//! same, or a remark says what is not known.

use std::process::Command;

use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use crate::support::Book;

const EXAMPLES: [&str; 4] = ["hotel-wisla", "shop", "urzad", "vardcentral"];

/// A way to write a text down.
type Way = fn(&str) -> String;

/// The ways, by what is written otherwise.
const WAYS: [(&str, Way); 5] = [
    ("in parts", |text| text.nfd().collect()),
    ("CRLF", |text| text.replace('\n', "\r\n")),
    ("a byte-order mark", |text| format!("\u{feff}{text}")),
    ("all at once", |text| format!("\u{feff}{}", text.nfd().collect::<String>().replace('\n', "\r\n"))),
    ("composed", |text| text.nfc().collect()),
];

/// The place of the way with everything in it.
const ALL_AT_ONCE: usize = 3;

/// An example with every text written in one way.
fn written(name: &str, way: Way) -> Book {
    let book = Book::example(name);
    for path in book.files("") {
        if let Ok(text) = std::fs::read_to_string(book.path().join(&path)) {
            std::fs::write(book.path().join(&path), way(&text)).expect("a writable file");
        }
    }
    book
}

/// What is found, without the columns: a letter in two parts is two characters.
fn findings(book: &Book) -> Vec<String> {
    let found = book.run("check --format json").json();
    let of = |finding: &Value| {
        let keys = ["rule", "severity", "message", "help", "file", "line", "end_line"];
        keys.map(|key| finding[key].to_string()).join(" ").nfc().collect()
    };
    found.as_array().expect("a list").iter().map(of).collect()
}

/// What a command prints, as JSON with composed letters.
fn printed(book: &Book, command: &str) -> Value {
    let text: String = book.run(command).stdout().nfc().collect();
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{command}: {error}: {text}"))
}

#[test]
fn however_it_is_written_down_it_is_the_same_book() {
    let figures = ["show --format json", "audit report --format json", "feedback --format json"];
    for name in EXAMPLES {
        let book = Book::example(name);
        let base = (findings(&book), figures.map(|command| printed(&book, command)));
        // The larger ones are written down in the way that has everything in it.
        let ways = if name == "shop" { 0..WAYS.len() } else { ALL_AT_ONCE..ALL_AT_ONCE + 1 };
        for (way, write) in &WAYS[ways] {
            let book = written(name, *write);
            assert_eq!(findings(&book), base.0, "{name}, {way}: findings");
            for (command, base) in figures.iter().zip(&base.1) {
                assert_eq!(&printed(&book, command), base, "{name}, {way}: {command}");
            }
        }
    }
}

#[test]
fn writing_it_down_anew_changes_nothing_and_orders_no_training() {
    for name in EXAMPLES {
        let book = Book::example(name).commit("the book");
        let none = printed(&book, "diff HEAD --format json");
        for path in book.files("").iter().filter(|path| path.ends_with(".yaml") || path.ends_with(".md")) {
            let text = book.read(path);
            std::fs::write(book.path().join(path), WAYS[ALL_AT_ONCE].1(&text)).expect("a writable file");
        }
        assert_eq!(printed(&book, "diff HEAD --format json"), none, "{name}");
        let before = findings(&book);
        assert_eq!(findings(&book.commit("all anew")), before, "{name}");
    }
}

#[test]
fn what_a_cut_off_past_or_none_leaves_unknown_is_said() {
    for name in EXAMPLES {
        let book = Book::example(name).edit("gamma-ok.yaml", "title:", "# once\ntitle:").commit("once");
        let text = book.read("gamma-ok.yaml").replace("# once\n", "");
        let book = book.with("gamma-ok.yaml", text).commit("now");
        let whole = findings(&book);
        let shallow = Book::empty();
        let from = format!("file://{}", book.path().display());
        let clone = Command::new("git")
            .args(["clone", "--quiet", "--depth", "1", &from, "."])
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .current_dir(shallow.path())
            .status();
        assert!(clone.expect("git runs").success());
        let copy = Book::example(name);
        for (what, book, remark) in [("shallow", &shallow, "cut off"), ("no past", &copy, "was not looked at")] {
            let run = book.run("check");
            let is_said = run.stderr().contains(remark);
            let found = findings(book);
            assert!(is_said || found == whole, "{name}, {what}: {}", run.stderr());
            // What is not known is left out, never taken for wrong.
            let added: Vec<_> = found.iter().filter(|finding| !whole.contains(finding)).collect();
            assert!(added.is_empty(), "{name}, {what}: {added:?}");
            assert_eq!(printed(book, "show --format json"), printed(&copy, "show --format json"), "{name}, {what}");
            assert_eq!(
                printed(book, "audit report --format json"),
                printed(&copy, "audit report --format json"),
                "{name}"
            );
        }
    }
}

#[test]
fn lines_that_end_in_cr_alone_are_refused_at_once_or_read() {
    let cr = |text: &str| text.replace('\n', "\r");
    let book = Book::sound();
    let text = cr(&book.read("sequences/visit.yaml"));
    let run = book.with("sequences/visit.yaml", text).run("check").ends(1);
    run.prints("end in CR alone").prints("1 error");
    let chapter = "# Welcome\n\nThe *first* page.\n";
    let of = |text: &str| Book::sound().with("chapters/01-a.md", text).run("manual --format html").ends(0).stdout();
    assert_eq!(of(&cr(chapter)), of(chapter));
}

#[test]
fn a_name_is_found_however_a_file_system_writes_it() {
    let logo = "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 1 1\"/>";
    let parts: String = "images/zdjęcie-ż.svg".nfd().collect();
    for (file, named) in [(&*parts, "images/zdjęcie-ż.svg"), ("images/zdjęcie-ż.svg", &*parts)] {
        let book = Book::sound().with(file, logo);
        let book = book.edit("gamma-ok.yaml", "derive: false", &format!("derive: false\nbrand: {{logo: {named}}}"));
        book.run("check").ends(0).omits("cannot be read");
    }
    let book = Book::sound().with("chapters/01-\u{142}o\u{301}d\u{17a}.md", "# A\n");
    let book = book.with("chapters/01-\u{142}\u{f3}dz\u{301}.pl.md", "# B\n");
    book.run("manual --lang pl --format md").ends(0).prints("1. B").omits("1. A");
}
