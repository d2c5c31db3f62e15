//! Files as houses make them become drafts that `check` reads, and nothing in them is lost.

use serde_json::Value;

use super::book;
use super::samples::{Sample, all};
use crate::support::Book;

fn list<'v>(json: &'v Value, key: &str) -> &'v [Value] {
    json[key].as_array().unwrap_or_else(|| panic!("no {key} in {json}"))
}

/// White space does not count: a line of a cell may become a line of a file.
fn folded(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ").replace("\\\"", "\"")
}

fn imported(sample: &Sample) -> (Book, Value) {
    let book = book().with(sample.name, &sample.bytes);
    let json = book.run_words(&["import", sample.name, "--format", "json"]).ends(0).json();
    (book, json)
}

#[test]
fn sheets_and_documents_of_houses_become_drafts_that_check_reads() {
    for sample in all() {
        let (book, json) = imported(&sample);
        assert_eq!(list(&json, "standards").len(), sample.standards, "{}: {json:#}", sample.name);
        assert_eq!(list(&json, "not_understood").len(), 0, "{}: {json:#}", sample.name);
        // A table's bare words such as a level need no sentence of their own.
        let path = list(&json, "files")[0].as_str().expect("a path").to_owned();
        let written = folded(&book.read(&path));
        let beside: Vec<String> =
            list(&json, "not_read").iter().map(|unread| folded(unread["value"].as_str().expect("a value"))).collect();
        for sentence in &sample.sentences {
            let sentence = folded(sentence);
            let is_there = written.contains(&sentence) || beside.iter().any(|value| value.contains(&sentence));
            assert!(is_there, "{}: `{sentence}` is lost\n{written}\n{beside:?}", sample.name);
        }
        // Drafts may lack what the sheet did not say; nothing else is wrong with them.
        let checked = book.run("check --format json").ends(0).json();
        let errors: Vec<&Value> =
            checked.as_array().expect("findings").iter().filter(|finding| finding["severity"] == "error").collect();
        assert!(errors.is_empty(), "{}: {errors:#?}", sample.name);
        let shown = book.run("show --format json").ends(0).json();
        assert!(list(&shown, "standards").iter().all(|standard| standard["status"] == "draft"), "{}", sample.name);
        assert_eq!(list(&shown, "standards").len(), sample.standards, "{}", sample.name);
    }
}

#[test]
fn a_sheet_says_what_it_says_and_the_rest_is_proposed() {
    let (book, json) = imported(&super::samples::english());
    let text = book.read("sequences/service-standards-of-the-reception-2026.yaml");
    for line in [
        "      # from reception.xlsx, sheet Reception, row 6 (no. 1.1)\n",
        "        type: personal\n        level: basic\n        text:\n          en: The receptionist greets the guest within 10 seconds",
        "          pl: Recepcjonista wita gościa w ciągu 10 sekund od podejścia do lady.\n        measure:\n          within: 10 s\n        critical: true\n",
        "          between: [20 °C, 22 °C]\n",
        "      # proposed: ",
        "      # to decide: the level (basic, expected or exclusive)\n",
    ] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    let third = &list(&json, "standards")[3];
    assert_eq!(third["proposed"], serde_json::json!(["type", "level"]), "{third}");
    assert_eq!(third["from"], "reception.xlsx, Reception!10", "{third}");
    let (book, _) = imported(&super::samples::polish());
    let text = book.read("sequences/standardy-obslugi-w-sklepie.yaml");
    for line in [
        "role: cashier",
        "step: przy-drzwiach",
        "within: 15 s",
        "Sprzedawca wita klienta",
        "zimą częściej",
        "Kierownik zmiany",
    ] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    let (book, _) = imported(&super::samples::swedish());
    let text = book.read("sequences/receptionen.yaml");
    for line in
        ["- id: ankomst\n", "- id: telefon\n", "at-least: 2\n", "at-most: 3 rings\n", "weight: 2\n", "critical: true\n"]
    {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    let (book, json) = imported(&super::samples::procedure());
    let text = book.read("sequences/telephone-procedure.yaml");
    for line in [
        "text: The agent calls back within 4 hours.\n",
        "step: complaints\n",
        "role: agent\n",
        "why: An apology costs nothing & calms.\n",
    ] {
        assert!(text.contains(line), "no {line:?} in\n{text}");
    }
    let why = |value: &str| {
        let unread = list(&json, "not_read").iter().find(|unread| unread["value"] == value);
        unread.unwrap_or_else(|| panic!("{value} is not told"))["why"].as_str().expect("a reason").to_owned()
    };
    assert!(
        why("the next day").contains("tracked changes")
            && why("Keep calm, whatever the caller says.").contains("text box")
    );
}

#[test]
fn the_same_file_twice_brings_nothing_twice() {
    let sample = super::samples::polish();
    let (book, _) = imported(&sample);
    let again = book
        .run_words(&["import", sample.name, "--into", "standardy-obslugi-w-sklepie", "--format", "json"])
        .ends(0)
        .json();
    assert_eq!((list(&again, "standards").len(), list(&again, "files").len()), (0, 0), "{again:#}");
    assert!(
        list(&again, "not_read").iter().any(|unread| unread["why"].as_str().expect("a reason").contains("already"))
    );
}

#[test]
fn drafts_go_into_a_sequence_of_the_book_and_every_other_byte_stays() {
    let sample = super::samples::polish();
    let sequence = "# by hand\nid: shop\ntitle: {en: Shop, pl: Sklep}\nphases:\n  - id: entry # the door\n    title: {en: Entry, pl: Wejście}\n    standards:\n      - id: door\n        type: product\n        level: basic\n        text: {en: The door is open., pl: \"Drzwi są otwarte.\", sv: Dörren är öppen.}\n\n  - id: end\n    title: The end\n";
    let book = book().with("sequences/shop.yaml", sequence).with(sample.name, &sample.bytes);
    let diff = book.run_words(&["import", sample.name, "--into", "shop", "--dry-run"]).ends(0).stdout();
    assert!(
        diff.starts_with("--- a/sequences/shop.yaml")
            && !diff.lines().any(|line| line.starts_with('-') && !line.starts_with("---")),
        "{diff}"
    );
    assert_eq!(book.read("sequences/shop.yaml"), sequence, "a dry run writes nothing");
    book.run_words(&["import", sample.name, "--into", "shop"]).ends(0).prints("sequences/shop.yaml");
    let after = book.read("sequences/shop.yaml");
    let mut lines = after.lines();
    assert!(sequence.lines().all(|line| lines.any(|now| now == line)), "{after}");
    // The phase that it has takes what the sheet puts there; the other is new.
    let shown = book.run("show --format json --phase entry").ends(0).json();
    assert_eq!(list(&shown, "standards").len(), 4);
    book.run("show --format json --phase kasa").ends(0);
    book.run_words(&["import", sample.name, "--into", "shp"]).ends(2).says("shop");
}

#[test]
fn what_is_not_understood_is_listed_by_sheet_and_cell_and_nothing_is_written() {
    let sheet = "Nr;Standard;Poziom;Wynik 2025;Mierzone\n1;Kasjer wita klienta w ciągu 5 sekund.;wysoki;3;x\n2;Kasjer wydaje paragon.;podstawowy;;\n";
    let book = book().with("lista.csv", encoding(sheet));
    let run = book.run("import lista.csv").ends(1);
    run.prints("Wynik 2025").prints("Mierzone").prints("wysoki").says("--partial");
    assert!(!book.path().join("sequences").exists());
    let words = [
        "import",
        "lista.csv",
        "--ignore",
        "Wynik 2025",
        "--map",
        "Mierzone=note",
        "--map",
        "Poziom=note",
        "--format",
        "json",
    ];
    let json = book.run_words(&words).ends(0).json();
    assert_eq!(list(&json, "standards").len(), 2, "{json:#}");
    let text = book.read(list(&json, "files")[0].as_str().expect("a path"));
    assert!(text.contains("wysoki") && text.contains("text:\n          pl: Kasjer wita klienta"), "{text}");
}

#[test]
fn the_rest_is_taken_when_asked_for() {
    let sheet = "Nr;Standard;Poziom\n1;Kasjer wita klienta.;wysoki\n2;Kasjer wydaje paragon.;podstawowy\n";
    let book = book().with("lista.csv", encoding(sheet));
    let json = book.run("import lista.csv --partial --format json").ends(1).json();
    assert_eq!((list(&json, "standards").len(), list(&json, "not_understood").len()), (2, 1), "{json:#}");
    let text = book.read(list(&json, "files")[0].as_str().expect("a path"));
    assert!(text.contains("Poziom: wysoki"), "what is not understood stays in sight: {text}");
}

/// As an office in Poland saves it.
fn encoding(text: &str) -> Vec<u8> {
    encoding_rs::WINDOWS_1250.encode(text).0.into_owned()
}

#[test]
fn markdown_is_read_as_word_is() {
    let text = "# Reception\n\nHow we work.\n\n## Arrival\n\n### At the desk\n\n- The receptionist greets the guest within 10 seconds.\n- The desk is **clean**.\n\n## Stay\n\n| Standard | Level | Why |\n|---|---|---|\n| The bill lies ready. | basic | Nobody waits. |\n";
    let book = book().with("reception.md", text);
    let json = book.run("import reception.md --format json").ends(0).json();
    let phases: Vec<&str> =
        list(&json, "standards").iter().map(|standard| standard["phase"].as_str().expect("a phase")).collect();
    assert_eq!(phases, ["arrival", "arrival", "stay"], "{json:#}");
    assert_eq!(list(&json, "not_read")[0]["value"], "How we work.");
    assert_eq!(list(&json, "not_read")[0]["place"], "line 3");
    let text = book.read("sequences/reception.yaml");
    assert!(text.contains("step: at-the-desk") && text.contains("# from reception.md, line 9\n"), "{text}");
}

#[test]
fn everything_is_said_in_the_language_of_the_book_or_of_who_asks() {
    let sample = super::samples::procedura();
    let book = Book::empty()
        .with("gamma-ok.yaml", "title: Urząd\nlanguages: [pl]\nderive: false\n")
        .with(sample.name, &sample.bytes);
    book.run_words(&["import", sample.name]).ends(0);
    let file = book.files("sequences").into_iter().next().expect("a file");
    let text = book.read(&format!("sequences/{file}"));
    assert!(
        text.contains("# z pliku procedura.docx, akapit 2") && text.contains("# propozycja: personal (osobisty), bo"),
        "{text}"
    );
}
