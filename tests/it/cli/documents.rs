use std::fs;

use crate::support::{Book, Run, TODAY, program};

#[test]
fn a_document_goes_to_standard_output_or_into_a_file() {
    let book = Book::sound();
    for kind in ["manual", "checklist"] {
        let text = book.run(&format!("{kind} --today {TODAY}")).ends(0).says_nothing().stdout();
        assert!(text.starts_with("# "), "{text}");
        book.run(&format!("{kind} --today {TODAY} -o x.md")).ends(0).prints_nothing().says_nothing();
        assert_eq!(book.read("x.md"), text);
        let html = book.run(&format!("{kind} --today {TODAY} --format html")).ends(0).stdout();
        book.run(&format!("{kind} --today {TODAY} --output X.HTML")).ends(0).prints_nothing();
        assert_eq!(book.read("X.HTML"), html);
        assert!(html.starts_with("<!DOCTYPE html>") || html.starts_with("<!doctype html>"), "{}", &html[..80]);
        book.run(&format!("{kind} -o x.odt")).ends(2).prints_nothing().says(".html, .md");
        book.run(&format!("{kind} -o x")).ends(2).says("--format");
        book.run(&format!("{kind} --format hmtl")).ends(2).says("'html'");
        book.run(&format!("{kind} -o missing/x.md"))
            .ends(2)
            .says("cannot write `missing/x.md`: there is no such file or folder");
        book.run(&format!("{kind} -o sites --format md")).ends(2).says("`sites` is part of a book");
    }
    book.run("matrix -o m.html").ends(0).prints_nothing();
    assert!(book.read("m.html").contains("<table"));
    book.run("matrix -o m.csv").ends(0);
    assert!(book.read("m.csv").starts_with("sequence,phase,trait,type,level,state,standards,why\n"));
    book.run("matrix -o m.md").ends(2).says(".html, .pdf, .csv, .json, .txt");
    assert_eq!(book.files("").iter().filter(|file| file.contains(".tmp")).count(), 0);
}

#[test]
fn documents_follow_language_site_and_filters() {
    let book = Book::sound();
    book.run("manual --lang pl").ends(0).prints("Sprzedawca wita klienta").omits("The seller greets");
    book.run("manual --lang sv").ends(2).says("kända: en, pl");
    book.run("manual").ends(0).prints("greets the shopper").omits("regular shopper").omits("A bell hangs");
    book.run("manual --drafts").ends(0).prints("regular shopper").omits("A bell hangs");
    book.run("checklist --phase payment").ends(0).prints("price of each article").omits("greets the shopper");
    book.run("checklist --role seller --site corner").ends(0).prints("hands over the receipt");
    book.run("checklist --role seller --site market").ends(0).omits("hands over the receipt");
    book.run("checklist --phase payment --type personal").ends(0).says("no standards match");
    for command in ["manual", "checklist", "matrix", "build"] {
        book.run(&format!("{command} --phase paymnt")).ends(2).prints_nothing().says("did you mean `payment`?");
        book.run(&format!("{command} --site markt")).ends(2).prints_nothing().says("did you mean `market`?");
        book.run(&format!("{command} --lang ql")).ends(2).prints_nothing().says("did you mean `pl`?");
    }
}

#[test]
fn documents_need_a_book_without_errors() {
    let book = Book::sound().edit("sequences/visit.yaml", "traits: [accurate]", "traits: [acurate]");
    for command in ["manual", "checklist", "matrix --format html", "build"] {
        book.run(command).ends(1).says("[unknown-trait]").says("when the book has no errors");
    }
    assert_eq!(book.files("out"), Vec::<String>::new());
}

#[test]
fn the_matrix_counts_its_cells() {
    let book = Book::sound();
    let json = book.run("matrix --format json").ends(0).says_nothing().json();
    assert_eq!(crate::support::keys(&json), ["cells", "covered", "wanted"]);
    let cells = json["cells"].as_array().expect("a list");
    assert_eq!(cells.len(), 2 * 9);
    for cell in cells {
        assert_eq!(crate::support::keys(cell), ["phase", "trait", "type", "level", "state", "standards", "why"]);
    }
    let count =
        |states: &[&str]| cells.iter().filter(|cell| states.iter().any(|state| cell["state"] == *state)).count();
    assert_eq!(json["covered"], count(&["written", "waived", "derived"]));
    assert_eq!(json["wanted"], 18 - count(&["beyond"]));
    assert_eq!(cells[0]["standards"], serde_json::json!(["greet"]));
    let rows = |arguments: &str| {
        let json = book.run(&format!("matrix --format json {arguments}")).ends(0).json();
        json["cells"].as_array().map_or(0, Vec::len)
    };
    assert_eq!(rows("--phase payment"), 9);
    assert_eq!(rows("--phase payment --type personal,product --level basic"), 2);
    assert_eq!(rows("--trait friendly --up-to expected"), 6);
    assert_eq!(rows("--procedure transaction"), 9);
    book.run("matrix --trait caring").ends(0).prints_nothing().says("no cells match");
    let table = book.run("matrix").ends(0).says_nothing().stdout();
    assert!(table.starts_with("phase    trait     personal  product  procedural\n"), "{table}");
    assert!(table.contains("covered: "), "{table}");
}

/// What a build makes of each document: its name, the endings of its files, and whether each site has its own.
const DOCUMENTS: [(&str, &[&str], bool); 4] = [
    ("blueprint", &["html", "pdf"], true),
    ("checklist", &["html", "pdf", "xlsx"], true),
    ("manual", &["html", "pdf"], true),
    ("matrix", &["html", "pdf"], false),
];

/// The places of the sound book, and the roles that have documents of their own there.
const PLACES: [(&str, &[&str]); 3] = [("", &[]), ("corner", &["seller"]), ("market", &["cashier", "seller"])];

/// The files that a build of the sound book makes in one language.
fn made_in(language: &str) -> Vec<String> {
    let mut files = Vec::new();
    for (place, roles) in PLACES {
        for (name, endings, by_site) in DOCUMENTS.into_iter().filter(|(.., by_site)| *by_site || place.is_empty()) {
            let (folder, stem) = match place {
                "" => (String::new(), name.to_owned()),
                place => (format!("{place}/"), format!("{name}-{place}")),
            };
            let of_roles = roles.iter().filter(|_| by_site && name != "blueprint").map(|role| format!("{stem}-{role}"));
            for stem in std::iter::once(stem.clone()).chain(of_roles) {
                let made = endings.iter().filter(|ending| **ending != "pdf" || cfg!(feature = "pdf"));
                files.extend(made.map(|ending| format!("{language}/{folder}{stem}.{language}.{ending}")));
            }
        }
    }
    files
}

#[test]
fn build_makes_every_document_twice_the_same() {
    let book = Book::sound();
    let run = book.run(&format!("build --today {TODAY}")).ends(0).says_nothing().prints("open out/index.html");
    let mut wanted = [made_in("en"), made_in("pl")].concat();
    let count = wanted.len();
    wanted.extend([".gamma-ok-files", ".gamma-ok-made", "index.html"].map(str::to_owned));
    wanted.sort();
    let made = book.files("out");
    assert_eq!(made, wanted);
    assert!(run.stdout().starts_with(&format!("{count} documents in out/")), "{}", run.stdout());
    let bytes = |book: &Book| -> Vec<Vec<u8>> {
        made.iter().map(|path| fs::read(book.path().join("out").join(path)).expect("a file")).collect()
    };
    let first = bytes(&book);
    book.run(&format!("build --today {TODAY}")).ends(0);
    assert_eq!(bytes(&book), first);
    let again = Book::sound();
    Run::of(program(&again.path().join("sites")).arg("build").env("SOURCE_DATE_EPOCH", "1772452800")).ends(0);
    assert_eq!(again.files("out"), made);
    assert_eq!(bytes(&again), first);
    // One document asked for alone is the one that `build` makes.
    let alone = book
        .run(&format!("manual --lang pl --site market --role cashier --today {TODAY} --format html"))
        .ends(0)
        .stdout();
    assert_eq!(alone, book.read("out/pl/market/manual-market-cashier.pl.html"));
    let index = book.read("out/index.html");
    for path in made.iter().filter(|path| path.contains('/')) {
        assert!(index.contains(&format!("href=\"{path}\"")), "{path}");
    }
}

#[test]
fn a_limited_build_leaves_the_rest_and_links_it() {
    let book = Book::sound();
    book.run("build --lang pl --format html --site market").ends(0).prints("7 dokumentów");
    let made = ["blueprint", "checklist", "manual"].map(|name| format!("{name}-market"));
    let of_roles =
        ["checklist", "manual"].map(|name| ["cashier", "seller"].map(|role| format!("{name}-market-{role}")));
    let mut wanted: Vec<String> = made
        .into_iter()
        .chain(of_roles.into_iter().flatten())
        .map(|name| format!("pl/market/{name}.pl.html"))
        .collect();
    wanted.extend([".gamma-ok-files", ".gamma-ok-made", "index.html"].map(str::to_owned));
    wanted.sort();
    assert_eq!(book.files("out"), wanted);
    book.run("build --lang en --format md").ends(0);
    let index = book.read("out/index.html");
    assert!(index.contains("href=\"pl/market/manual-market.pl.html\"") && index.contains("href=\"en/manual.en.md\""));
    assert!(!index.contains("href=\"en/manual.en.html\""));
}

#[test]
fn build_makes_again_only_what_changed() {
    let book = Book::sound();
    let build =
        |options: &str| book.run(&format!("build --lang en --format html --format md {options}")).ends(0).stdout();
    let count = build("").split(' ').next().expect("a number").to_owned();
    let stands = format!("{count} documents, all as they should be in out/");
    assert!(build("").starts_with(&stands));
    // Another day changes none of them, and what a document is made of is no matter of time.
    assert!(build("--today 2031-05-05").starts_with(&stands));
    let bytes = |path: &str| book.read(&format!("out/{path}"));
    let (manual, list) = (bytes("en/manual.en.html"), bytes(".gamma-ok-made"));

    // What is missing or altered is made again, and so is what another run did not come to note down.
    fs::remove_file(book.path().join("out/en/checklist.en.md")).expect("the checklist");
    fs::write(book.path().join("out/en/manual.en.html"), "altered").expect("the manual");
    let torn: String =
        list.lines().filter(|line| !line.ends_with("en/matrix.en.html")).map(|line| format!("{line}\n")).collect();
    fs::write(book.path().join("out/.gamma-ok-made"), format!("{torn}0123456789abc")).expect("the list");
    assert!(build("").starts_with(&format!("{count} documents, 3 of them made anew in out/")));
    assert_eq!((bytes("en/manual.en.html"), bytes(".gamma-ok-made")), (manual, list.clone()));
    assert!(build("").starts_with(&stands));

    // One standard changes: its documents, and no others.
    let changed = |before: &str, after: &str| -> Vec<String> {
        let old: Vec<&str> = before.lines().collect();
        let lines = after.lines().filter(|line| !old.contains(line) && !line.ends_with(" index.html"));
        lines.filter_map(|line| Some(line.rsplit_once(' ')?.1.to_owned())).collect()
    };
    let sequence = book.read("sequences/visit.yaml");
    let reworded = sequence.replacen("seller greets", "seller always greets", 1);
    assert_ne!(reworded, sequence);
    fs::write(book.path().join("sequences/visit.yaml"), &reworded).expect("the sequence");
    let said = build("");
    let changed = changed(&list, &bytes(".gamma-ok-made"));
    assert!(said.contains(&format!(" {} of them made anew", changed.len())), "{said} {changed:?}");
    for document in [
        "en/manual.en.html",
        "en/manual.en.md",
        "en/corner/manual-corner-seller.en.html",
        "en/market/checklist-market.en.html",
    ] {
        assert!(changed.iter().any(|path| path == document), "{document}: {changed:?}");
    }
    // A form brings along the set of all standards; what is read does not.
    assert!(!changed.iter().any(|path| path.contains("manual-market-cashier")), "{changed:?}");

    // Everything, by force, by other paper, or by a template of the book's own.
    assert!(build("--force").starts_with(&format!("{count} documents in out/")));
    assert!(build("--paper letter").starts_with(&format!("{count} documents in out/")));
    let book = book.with("templates/md/manual.md", "# Mine\n");
    let said = book.run("build --lang en --format html --format md --paper letter").ends(0).stdout();
    assert!(said.starts_with(&format!("{count} documents in out/")), "{said}");
    assert_eq!(book.read("out/en/manual.en.md"), "# Mine\n");
}

#[test]
fn a_note_of_what_was_made_that_is_no_file_is_in_the_way() {
    let book = Book::sound().with("out/.gamma-ok-made/x", "");
    book.run("build").ends(2).prints_nothing().says("`out/.gamma-ok-made` is in the way");
}

#[test]
fn build_replaces_and_removes_only_its_own() {
    let book = Book::sound().with("out/notes.txt", "mine").with("out/en/notes.txt", "mine");
    book.run("build").ends(0);
    // A site closes: its documents go, what somebody put beside them stays.
    let book = book.with("out/en/corner/photo.jpg", "mine");
    let gone = 2 * made_in("en").iter().filter(|path| path.contains("/corner/")).count();
    fs::remove_file(book.path().join("sites/corner.yaml")).expect("the site");
    book.run("build").ends(0).prints(&format!("; removed {gone} that the book no longer gives"));
    assert_eq!(book.files("out/en/corner"), ["photo.jpg"]);
    assert!(!book.path().join("out/pl/corner").exists());
    assert_eq!((book.read("out/notes.txt"), book.read("out/en/notes.txt")), ("mine".to_owned(), "mine".to_owned()));
    // Something that build did not make stands where a document goes.
    let book = Book::sound().with("out/en/manual.en.html", "mine");
    book.run("build").ends(2).prints_nothing().says("`out/en/manual.en.html` is in the way");
    assert_eq!(book.files("out"), ["en/manual.en.html"]);
    assert_eq!(book.read("out/en/manual.en.html"), "mine");
    let book = Book::sound().with("out/en", "mine");
    book.run("build").ends(2).says("`out/en` is in the way");
    let book = Book::sound().with("out", "mine");
    book.run("build").ends(2).prints_nothing().says("`out` is a file");
    assert_eq!(book.read("out"), "mine");
}

#[test]
fn a_list_that_somebody_wrote_removes_nothing_elsewhere() {
    let book = Book::sound()
        .with("out/.gamma-ok-files", "../roles.yaml\n/etc/hostname\nen/../../roles.yaml\nold.html\n")
        .with("out/old.html", "x");
    book.run("build").ends(0);
    assert!(book.path().join("roles.yaml").exists() && !book.path().join("out/old.html").exists());
}

#[cfg(unix)]
#[test]
fn build_follows_no_link_out_of_the_book() {
    use std::os::unix::fs::symlink;
    let elsewhere = Book::empty();
    let book = Book::sound();
    symlink(elsewhere.path(), book.path().join("out")).expect("a link");
    book.run("build").ends(2).prints_nothing().says("`out` is a link");
    let book = Book::sound().with("out/x", "");
    symlink(elsewhere.path(), book.path().join("out/en")).expect("a link");
    book.run("build").ends(2).says("`out/en` is in the way");
    let book = Book::sound();
    book.run("build").ends(0);
    let own = elsewhere.path().join("own.html");
    fs::write(&own, "mine").expect("a file");
    fs::remove_file(book.path().join("out/en/manual.en.html")).expect("the manual");
    symlink(&own, book.path().join("out/en/manual.en.html")).expect("a link");
    book.run("build").ends(2).says("`out/en/manual.en.html` is in the way");
    fs::remove_dir_all(book.path().join("out/pl")).expect("the folder");
    fs::remove_file(book.path().join("out/en/manual.en.html")).expect("the link");
    symlink(elsewhere.path(), book.path().join("out/pl")).expect("a link");
    book.run("build").ends(2).says("`out/pl` is in the way");
    assert_eq!(elsewhere.files(""), ["own.html"]);
    assert_eq!(fs::read_to_string(own).expect("the file"), "mine");
}

#[test]
fn a_template_of_the_books_own_that_is_wrong_is_named() {
    let book = Book::sound().with("templates/md/manual.md", "# Mine\n\n{{ nothing.of.the.kind }}\n");
    book.run("manual").ends(2).prints_nothing().says("templates/md/manual.md:3");
    book.run("checklist").ends(0).prints("# ");
}

#[test]
fn completions_and_manual_pages() {
    let nowhere = Book::empty();
    for (shell, sign) in [
        ("bash", "complete "),
        ("zsh", "#compdef gamma-ok"),
        ("fish", "complete -c gamma-ok"),
        ("powershell", "Register-ArgumentCompleter"),
        ("elvish", "edit:completion"),
    ] {
        nowhere.run(&format!("completions {shell}")).ends(0).says_nothing().prints(sign).prints("up-to");
    }
    nowhere.run("completions bsh").ends(2).says("'bash'");
    nowhere.run("man").ends(0).prints(".TH gamma-ok 1");
    nowhere.run("man pages/man1").ends(0).prints_nothing().says_nothing();
    let pages = nowhere.files("pages/man1");
    for command in ["", "-check", "-show", "-build", "-manual", "-rename"] {
        assert!(pages.contains(&format!("gamma-ok{command}.1")), "{pages:?}");
    }
    assert!(nowhere.read("pages/man1/gamma-ok-show.1").contains(".TH gamma-ok-show 1"));
}
