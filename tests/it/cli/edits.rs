//! Commands that write an author's files: `init`, `convert --write`, `rename`.

use std::collections::BTreeMap;

use crate::support::Book;

/// Every file of a book and its text.
fn texts(book: &Book) -> BTreeMap<String, String> {
    book.files("").into_iter().map(|path| (path.clone(), book.read(&path))).collect()
}

#[test]
fn rename_lists_the_files_it_changed() {
    let book = Book::sound();
    let before = texts(&book);
    let diff =
        book.run("rename --dry-run seller clerk").ends(0).says("role:seller → clerk: ").says("nothing was written");
    diff.prints("--- a/roles.yaml\n+++ b/roles.yaml\n").prints("-  - id: seller\n+  - id: clerk\n+    was: [seller]\n");
    assert_eq!(texts(&book), before, "a dry run writes nothing");
    book.run("rename role:seller clerk")
        .ends(0)
        .prints("sequences/visit.yaml\nroles.yaml\n")
        .says("role:seller → clerk: ");
    book.run("check").ends(0);
    assert!(
        book.read("roles.yaml").contains("  - id: clerk\n    was: [seller]\n")
            && book.read("roles.yaml").contains("covered-by: clerk\n")
    );
    book.run("show --role seller").ends(0);
}

#[test]
fn rename_refuses_what_it_cannot_do() {
    let book = Book::sound();
    let before = texts(&book);
    book.run("rename seler clerk")
        .ends(2)
        .prints_nothing()
        .says("nothing in the book has the id `seler`")
        .says("did you mean `seller`?");
    book.run("rename seller cashier").ends(2).says("taken");
    book.run_words(&["rename", "seller", "Główny sprzedawca"]).ends(2).says("write `glowny-sprzedawca`");
    book.run("rename friendly warm").ends(2).says("built-in library's");
    assert_eq!(texts(&book), before);
    let torn = book.with("sequences/torn.yaml", "id: [");
    torn.run("rename seller clerk").ends(1).says("sequences/torn.yaml:1").says("nothing was written");
    Book::empty().run("rename a b").ends(2).says("gamma-ok init");
}

#[test]
fn records_are_never_rewritten() {
    let record = "site: corner\nanswers:\n  - standard: greet@00000000\n";
    let book = Book::sound().with("audits/2026/one.yaml", record).with("reviews/2026.yaml", "standard: greet\n");
    book.run("rename standard:greet greet-first").ends(0).prints("sequences/visit.yaml\n").omits("audits");
    assert_eq!(
        (book.read("audits/2026/one.yaml"), book.read("reviews/2026.yaml")),
        (record.to_owned(), "standard: greet\n".to_owned())
    );
}

#[test]
fn convert_prints_and_writes_the_same_drafts_once() {
    let book = Book::example("hotel-wisla");
    // Its records judged the patterns' wordings, which a book without git does not know once the drafts have their own.
    std::fs::remove_dir_all(book.path().join("audits")).expect("the example has records");
    let printed = book.run("convert check-in").ends(0).says_nothing().stdout();
    assert!(
        printed.starts_with("# sequences/guest-stay.yaml\nid: guest-stay\nphases:\n  - id: check-in\n    standards:\n")
    );
    let before = book.read("sequences/guest-stay.yaml");
    book.run("convert check-in --dry-run")
        .ends(0)
        .prints("+        status: draft\n")
        .omits("\n-")
        .says("would be written into 1 phase");
    assert_eq!(book.read("sequences/guest-stay.yaml"), before);
    book.run("convert check-in --write").ends(0).prints("sequences/guest-stay.yaml\n").says("written into 1 phase");
    let after = book.read("sequences/guest-stay.yaml");
    for line in printed.lines().skip(5) {
        assert!(after.contains(line), "{line}");
    }
    book.run("check --deny warnings").ends(0);
    book.run("convert check-in --write").ends(0).prints_nothing().says("nothing to convert");
    assert_eq!(book.read("sequences/guest-stay.yaml"), after);
    book.run("convert chekin").ends(2).says("did you mean `check-in`?");
    book.run("convert --type personall").ends(2).says("personal");
    let broken = book.edit("roles.yaml", "roles:", "rolls:");
    broken.run("convert").ends(1).says("did you mean `roles`?");
}

#[test]
fn init_gives_a_book_that_checks_clean() {
    let folder = Book::empty();
    let written =
        folder.run("init new/hotel --sector hotel --lang pl,en").ends(0).says("dalej: `gamma-ok check`").stdout();
    let files: Vec<String> = written.lines().map(str::to_owned).collect();
    assert_eq!(files, folder.files(""), "every file is listed, as it is reached from here");
    folder.run("--book new/hotel check --deny warnings").ends(0).prints("no remarks: ");
    folder.run("--book new/hotel check --deny notes").ends(0);
    folder.run("init new/hotel --sector hotel").ends(2).prints_nothing().says("is a book already");
    folder.run("init new/hotel/roles.yaml").ends(2).says("is not a folder");
    folder.run("init other --sector motel").ends(2).says("did you mean `hotel`?");
    folder.run("init other --sector hotel --lang de").ends(2).says("has no texts in `de`: it has en, pl, sv");
    assert_eq!(folder.files(""), files, "a refusal writes nothing");
}

#[test]
fn what_init_writes_builds_at_once() {
    for (arguments, languages) in [("--sector hotel --lang sv,pl", ["sv", "pl"]), ("--lang pl,de", ["pl", "de"])] {
        let folder = Book::empty();
        folder.run(&format!("init . {arguments}")).ends(0);
        folder.run("check --deny warnings").ends(0);
        folder.run("build --format html,md").ends(0);
        for language in languages {
            let manual = folder.read(&format!("out/{language}/manual.{language}.html"));
            assert!(manual.contains(&format!("lang=\"{language}\"")), "{language}");
        }
    }
}

#[test]
fn every_trade_starts_checks_and_builds_in_every_language() {
    let sectors = gamma_ok::library::sectors();
    assert!(sectors.len() >= 7, "{sectors:?}");
    let tongues = ["en", "pl", "sv"];
    let all: Vec<(&str, &str)> = sectors.iter().flat_map(|sector| tongues.map(|tongue| (*sector, tongue))).collect();
    // Most of the time goes to the program's own start in each of the runs.
    std::thread::scope(|scope| {
        for half in all.chunks(all.len().div_ceil(2)) {
            scope.spawn(move || half.iter().for_each(|(sector, tongue)| starts(sector, tongue)));
        }
    });
}

fn starts(sector: &str, tongue: &str) {
    let folder = Book::empty();
    folder.run(&format!("init . --sector {sector} --lang {tongue}")).ends(0);
    folder.run("check --deny notes").ends(0);
    folder.run("build --format html,md --quiet").ends(0);
    // What is law in one country alone neither lacks a country nor contradicts another's.
    for country in ["PL", "SE"] {
        let folder = Book::empty();
        folder.run(&format!("init . --sector {sector} --lang {tongue} --country {country}")).ends(0);
        folder.run("check --deny notes").ends(0);
        folder.run("build --format md --quiet").ends(0);
    }
    let (page, manual, list) = (
        folder.read(&format!("out/{tongue}/manual.{tongue}.html")),
        folder.read(&format!("out/{tongue}/manual.{tongue}.md")),
        folder.read(&format!("out/{tongue}/checklist.{tongue}.md")),
    );
    assert!(page.contains(&format!("<html lang=\"{tongue}\">")), "{sector} {tongue}");
    let shown: serde_json::Value =
        serde_json::from_str(&folder.run("show --format json").ends(0).stdout()).expect("JSON");
    let standards = shown["standards"].as_array().expect("standards");
    let written: Vec<_> = standards.iter().filter(|one| one["origin"] == "written").collect();
    assert!((30..=180).contains(&written.len()), "{sector}: {} written standards", written.len());
    for kind in ["personal", "product", "procedural"] {
        assert!(written.iter().any(|one| one["type"] == kind), "{sector}: no {kind}");
    }
    for level in ["basic", "expected", "exclusive"] {
        assert!(written.iter().any(|one| one["level"] == level), "{sector}: no {level}");
    }
    assert!(written.iter().any(|one| one["critical"] == true), "{sector}: nothing critical");
    for one in written {
        let id = one["id"].as_str().expect("an id");
        assert!(list.contains(&format!("`{id}@")) && manual.contains(id), "{sector} {tongue}: {id}");
        assert_eq!(one["text"].as_object().map(|texts| texts.len()), Some(1), "{sector} {tongue}: {id}");
    }
}

#[test]
fn init_without_a_sector_starts_small_in_the_working_folder() {
    let folder = Book::empty().with("notes.txt", "mine");
    folder
        .run("init --dry-run --lang sv")
        .ends(0)
        .prints("--- /dev/null\n+++ b/gamma-ok.yaml\n")
        .says("13 filer skulle skrivas");
    assert_eq!(folder.files(""), ["notes.txt"]);
    folder
        .run_words(&["init", "--lang", "sv,de", "--title", "Tvätt: \"Vit & ren\""])
        .ends(0)
        .says("saknar texter på `de`");
    // Beside them what git and editors need, which no book is made of.
    let texts: Vec<String> = folder.files("").into_iter().filter(|path| !path.starts_with('.')).collect();
    assert_eq!(texts, ["gamma-ok.yaml", "notes.txt", "sequences/visit.yaml"]);
    folder.run("check --deny warnings").ends(0);
    folder.run("show --format json").ends(0).prints("Tvätt: \\\"Vit & ren\\\"");

    // What somebody has for git already is theirs.
    let repository = Book::empty().with(".gitignore", "mine");
    repository.run("init").ends(0);
    assert_eq!(repository.read(".gitignore"), "mine");
    for (text, is_said) in [("*.tmp\n", true), ("/out/\n", false), ("a\nout\n", false)] {
        let run = Book::empty().with(".gitignore", text).run("init").ends(0);
        assert_eq!(run.stderr().contains("add the line `/out/`"), is_said, "{text:?}");
    }

    let taken = Book::empty().with("sequences/visit.yaml", "mine");
    taken.run("init").ends(2).says("in the way: sequences/visit.yaml");
    assert_eq!(taken.files(""), ["sequences/visit.yaml"]);
}

#[test]
fn a_standard_is_moved_and_a_phase_copied() {
    let book = Book::sound();
    let before = book.read("sequences/visit.yaml");
    book.run("move greet payment --dry-run").ends(0).prints("-      - id: greet\n").says("nothing was written");
    assert_eq!(book.read("sequences/visit.yaml"), before);
    book.run("move greet payment")
        .ends(0)
        .prints("sequences/visit.yaml")
        .says("greet: arrival → payment")
        .says("has no step `enter`");
    book.run("show greet").ends(0).prints("phase       payment");
    book.run("check").ends(0);
    book.run("move greet-by-name payment --step pay").ends(0);
    book.run("copy payment return").ends(0).says("payment → return: 4 standards, as drafts to be worded");
    book.run("show return").ends(0).prints("return-receipt\n");
    // Drafts accuse themselves of nothing.
    book.run("check").ends(0).omits("duplicate-text");
    book.run("copy payment return").ends(2).says("the id `return` is taken");
    book.run("move receit payment").ends(2).says("did you mean `receipt`?");
}

#[test]
fn what_may_stand_in_a_file_that_cannot_be_read_is_not_said_to_be_nowhere() {
    let book = Book::sound().edit("sequences/visit.yaml", "level: basic", "level: [");
    for command in ["move greet payment", "copy arrival new"] {
        book.run(command).ends(1).prints_nothing().says("`[` is never closed").says("mend this first");
    }
    book.run("show greet").ends(2).prints_nothing().says("`[` is never closed").says("nothing in the book has the id");
}
