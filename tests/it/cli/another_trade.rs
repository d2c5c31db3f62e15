//! A book that the built-in library knows nothing of: another trade, another source language, traits of its own.

use crate::reading;
use crate::support::{Book, TODAY};

fn workshop() -> Book {
    let files = reading::files("tests/books/fahrradwerkstatt");
    files.iter().fold(Book::empty(), |book, (path, bytes)| book.with(path, bytes))
}

#[test]
fn it_checks_converts_and_renders_like_the_example() {
    let book = workshop();
    book.run("check --deny warnings --deny notes").ends(0).prints("no remarks");
    book.run("convert annahme-phase").ends(0).prints("de: Der Mechaniker nennt dem Kunden den Preis");
    book.run(&format!("build --today {TODAY}")).ends(0).says("labels are in English");
    let built = book.files("out");
    for path in [
        "index.html",
        "de/manual.de.html",
        "en/checklist.en.html",
        "de/rad-bus/manual-rad-bus-annahme.de.html",
        "de/matrix.de.html",
    ] {
        assert!(built.iter().any(|file| file == path), "{path} is not among {built:#?}");
    }
    let manual = book.read("out/de/manual.de.html");
    assert!(manual.contains("Der Mechaniker nennt dem Kunden den Preis vor Beginn der Arbeit."));
    assert!(manual.contains("Hier entscheidet sich das Vertrauen."));
}

#[test]
fn its_sites_and_roles_fold_like_any_other() {
    let book = workshop();
    let on_the_bus = book.run("checklist --lang de --site rad-bus").ends(0);
    on_the_bus.omits("Leihräder").prints("Der Meister nennt den Tag");
    book.run("checklist --lang de --site rad-bus --role annahme").ends(0).prints("Der Meister nennt den Tag");
    book.run("checklist --lang de --site nord --role annahme").ends(0).omits("Der Meister nennt den Tag");
}
