//! A sheet to edit and back: what was edited changes, what was changed meanwhile stays, and both is a conflict.

use std::io::Cursor;
use std::process::Command;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::support::Book;

const SEQUENCE: &str = "id: visit
title: {en: Visit, pl: Wizyta}
phases:
  - id: arrival
    title: {en: Arrival, pl: Przyjście}
    traits: [friendly]
    steps: [{id: door, contact: face-to-face}]
    standards:
      - id: greet # by the door
        step: door
        trait: friendly
        type: personal
        level: basic
        text:
          en: The seller greets the customer within 10 seconds.
          pl: Sprzedawca wita klienta w ciągu 10 sekund.
        measure: {what: time to greeting, within: 10 s, share: 90 %}
        why: It is polite.
        how:
          - Look up # first
          - {en: Smile, pl: Uśmiechnij się}
      - id: floor
        type: product
        level: expected
        critical: true
        text: {en: The floor is dry., pl: Podłoga jest sucha.}
  - id: payment
    title: {en: Payment, pl: Płatność}
    standards:
      - id: receipt
        type: procedural
        level: basic
        weight: 2
        text: {en: The seller hands over a receipt., pl: Sprzedawca wydaje paragon.}
";

fn book(derive: bool) -> Book {
    Book::empty()
        .with("gamma-ok.yaml", format!("title: {{en: Shop, pl: Sklep}}\nlanguages: [en, pl]\nderive: {derive}\n"))
        .with("sequences/visit.yaml", SEQUENCE)
}

fn exported(book: &Book) -> Vec<u8> {
    book.run("show --format xlsx -o sheet.xlsx").ends(0);
    std::fs::read(book.path().join("sheet.xlsx")).expect("a sheet")
}

/// What to do with the sheet as another program would save it: cells by id and heading, rows that go, rows that come.
#[derive(Default)]
struct Edits<'a> {
    cells: &'a [(&'a str, &'a str, &'a str)],
    gone: &'a [&'a str],
    new: &'a [&'a [(&'a str, &'a str)]],
}

/// The workbook written again, cell by cell, with the edits. Formats, widths and the order of parts are lost, as they may be.
fn rewritten(bytes: &[u8], edits: &Edits<'_>) -> Vec<u8> {
    let mut old: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut new = Workbook::new();
    for name in old.sheet_names() {
        let range = old.worksheet_range(&name).expect("a sheet");
        let sheet = new.add_worksheet();
        sheet.set_name(&name).expect("a name");
        let text = |data: &Data| if let Data::String(text) = data { text.clone() } else { data.to_string() };
        let mut rows: Vec<Vec<String>> = range.rows().map(|row| row.iter().map(text).collect()).collect();
        if name == "gamma-ok" {
            sheet.set_hidden(true);
        } else {
            let heads = rows[0].clone();
            let column = |heading: &str| {
                heads.iter().position(|head| head == heading).unwrap_or_else(|| panic!("no {heading} in {heads:?}"))
            };
            for (id, heading, value) in edits.cells {
                let row = rows
                    .iter_mut()
                    .find(|row| row[0].split('@').next() == Some(*id))
                    .unwrap_or_else(|| panic!("no {id}"));
                row[column(heading)] = (*value).to_owned();
            }
            rows.retain(|row| !edits.gone.iter().any(|id| row[0].split('@').next() == Some(*id)));
            for cells in edits.new {
                let mut row = vec![String::new(); heads.len()];
                cells.iter().for_each(|(heading, value)| row[column(heading)] = (*value).to_owned());
                rows.push(row);
            }
        }
        for (at, row) in (0u32..).zip(&rows) {
            for (column, cell) in (0u16..).zip(row).filter(|(_, cell)| !cell.is_empty()) {
                sheet.write_string(at, column, cell).expect("a cell");
            }
        }
    }
    new.save_to_buffer().expect("a workbook")
}

fn import(book: &Book, bytes: &[u8], options: &[&str]) -> crate::support::Run {
    std::fs::write(book.path().join("back.xlsx"), bytes).expect("written");
    book.run_words(&[&["import", "back.xlsx"][..], options].concat())
}

fn standard(json: &Value, id: &str) -> Value {
    let all = json["standards"].as_array().expect("standards");
    all.iter().find(|standard| standard["id"] == id).unwrap_or_else(|| panic!("no {id}")).clone()
}

#[test]
fn a_sheet_that_nobody_edited_changes_nothing() {
    let book = book(true);
    let sheet = exported(&book);
    import(&book, &sheet, &[]).ends(0).says("nothing is new");
    import(&book, &rewritten(&sheet, &Edits::default()), &[]).ends(0).says("nothing is new");
    assert_eq!(book.read("sequences/visit.yaml"), SEQUENCE);
    assert_eq!(exported(&book), sheet, "the same standards, the same bytes");
}

#[test]
fn what_was_edited_changes_and_every_other_byte_stays() {
    let book = book(false);
    let sheet = exported(&book);
    let cells = [
        ("greet", "Standard (pl)", "Sprzedawca wita klienta w ciągu 8 sekund."),
        ("greet", "Measure", "≤ 8 s"),
        ("greet", "How (en)", "Look up\nSmile\nSpeak"),
        ("greet", "How (pl)", "—\nUśmiechnij się\nMów"),
        ("floor", "Critical", ""),
        ("floor", "Level", "basic"),
        ("receipt", "Why (pl)", "Wymaga tego prawo."),
        ("receipt", "Weight", "1,5"),
    ];
    let back = rewritten(&sheet, &Edits { cells: &cells, ..Edits::default() });
    import(&book, &back, &["--dry-run"]).ends(0).prints("+          pl: Sprzedawca wita klienta w ciągu 8 sekund.");
    assert_eq!(book.read("sequences/visit.yaml"), SEQUENCE);
    import(&book, &back, &[])
        .ends(0)
        .prints("-          pl: Sprzedawca wita klienta w ciągu 10 sekund.")
        .says("8 values");
    let wanted = SEQUENCE
        .replace("pl: Sprzedawca wita klienta w ciągu 10 sekund.", "pl: Sprzedawca wita klienta w ciągu 8 sekund.")
        .replace("within: 10 s, share", "within: 8 s, share")
        .replace(
            "          - {en: Smile, pl: Uśmiechnij się}\n",
            "          - {en: Smile, pl: Uśmiechnij się}\n          - en: Speak\n            pl: Mów\n",
        )
        .replace("        critical: true\n", "")
        .replace("level: expected", "level: basic")
        .replace("weight: 2", "weight: 1.5")
        .replace(
            "pl: Sprzedawca wydaje paragon.}\n",
            "pl: Sprzedawca wydaje paragon.}\n        why:\n          pl: Wymaga tego prawo.\n",
        );
    assert_eq!(book.read("sequences/visit.yaml"), wanted);
}

#[test]
fn what_both_changed_is_a_conflict_that_shows_all_three() {
    let book = book(false);
    let sheet = exported(&book);
    let cells =
        [("floor", "Standard (pl)", "Podłoga lśni."), ("receipt", "Standard (en)", "The seller gives a receipt.")];
    let back = rewritten(&sheet, &Edits { cells: &cells, ..Edits::default() });
    let book = book.edit("sequences/visit.yaml", "Podłoga jest sucha.", "Podłoga jest czysta.");
    let before = book.read("sequences/visit.yaml");
    import(&book, &back, &[])
        .ends(1)
        .prints("Podłoga jest sucha.")
        .prints("Podłoga lśni.")
        .prints("Podłoga jest czysta.")
        .says("--partial");
    assert_eq!(book.read("sequences/visit.yaml"), before, "nothing of the file is written");
    let json = import(&book, &back, &["--partial", "--format", "json"]).ends(1).json();
    let conflict = &json["conflicts"][0];
    assert_eq!((&conflict["id"], &conflict["key"]), (&"floor".into(), &"text.pl".into()), "{json:#}");
    assert_eq!(
        book.read("sequences/visit.yaml"),
        before.replace("The seller hands over a receipt.", "The seller gives a receipt.")
    );
}

#[test]
fn what_says_the_same_in_other_characters_is_no_conflict() {
    let book = book(false);
    let bytes = exported(&book);
    let cells = [
        ("receipt", "Weight", "2,50"),
        ("greet", "Measure", "15 seconds"),
        ("greet", "Share", "0.95"),
        ("floor", "Critical", "yes"),
        ("floor", "Level", "Basic"),
    ];
    let edited = rewritten(&bytes, &Edits { cells: &cells, ..Edits::default() });
    import(&book, &edited, &[]).ends(0);
    let first = book.read("sequences/visit.yaml");
    assert!(first.contains("weight: 2.5") && first.contains("within: 15 s, share: 95 %"), "{first}");
    // The same file once more: the book has it all.
    let json = import(&book, &edited, &["--format", "json"]).ends(0).json();
    assert_eq!((&json["conflicts"], &json["changes"]), (&serde_json::json!([]), &serde_json::json!([])), "{json:#}");
    assert_eq!(book.read("sequences/visit.yaml"), first);
}

#[test]
fn new_rows_become_drafts_and_rows_that_are_gone_are_named() {
    let book = book(false);
    let sheet = exported(&book);
    let new: &[&[(&str, &str)]] = &[&[
        ("Phase", "Payment"),
        ("Standard (en)", "The seller thanks the customer within 5 seconds."),
        ("Standard (pl)", "Sprzedawca dziękuje klientowi w ciągu 5 sekund."),
        ("Level", "basic"),
        ("Measure", "5 s"),
    ]];
    let back = rewritten(&sheet, &Edits { gone: &["floor"], new, ..Edits::default() });
    import(&book, &back, &[]).ends(0).says("`floor`").says("stays in the book");
    let json = book.run("show --format json").ends(0).json();
    assert_eq!(standard(&json, "floor")["status"], "active");
    let thanks = standard(&json, "seller-thanks-customer-within-5");
    assert_eq!(
        (&thanks["status"], &thanks["phase"], &thanks["type"], &thanks["level"]),
        (&"draft".into(), &"payment".into(), &Value::Null, &"basic".into())
    );
    assert_eq!(thanks["measure"]["kind"], "within");
}

#[test]
fn a_new_row_may_name_a_new_step_and_what_it_says_wrongly_is_told() {
    let book = book(false);
    let sheet = exported(&book);
    let row: &[(&str, &str)] = &[
        ("Phase", "Payment"),
        ("Step", "At the till"),
        ("Standard (en)", "The seller counts the change aloud."),
        ("What is measured (en)", "coins that are counted"),
        ("Status", "to be agreed"),
    ];
    let back = rewritten(&sheet, &Edits { new: &[row], ..Edits::default() });
    let told = import(&book, &back, &[]).ends(1).stdout();
    assert!(told.contains("`to be agreed`: this is no status"), "{told}");
    let back = rewritten(&sheet, &Edits { new: &[&row[..4]], ..Edits::default() });
    import(&book, &back, &[]).ends(0);
    let text = book.read("sequences/visit.yaml");
    assert!(text.contains("At the till") && text.contains("# what is measured, in the file: coins"), "{text}");
    book.run("check").ends(0);
}

#[test]
fn an_edit_of_a_derived_row_becomes_a_draft() {
    let book = book(true);
    let sheet = exported(&book);
    let json = book.run("show --format json").ends(0).json();
    let derived = json["standards"]
        .as_array()
        .expect("standards")
        .iter()
        .find(|standard| standard["origin"] == "derived")
        .expect("a derived one");
    let id = derived["id"].as_str().expect("an id");
    let cells = [(id, "Standard (en)", "The seller smiles at the customer within 3 m.")];
    let back = rewritten(&sheet, &Edits { cells: &cells, ..Edits::default() });
    let told = import(&book, &back, &["--format", "json"]).ends(0).json();
    assert_eq!(told["drafted"][0]["derived"], id, "{told:#}");
    let after = book.run("show --format json").ends(0).json();
    let draft = standard(&after, told["drafted"][0]["id"].as_str().expect("an id"));
    assert_eq!(
        (&draft["status"], &draft["text"]["en"]),
        (&"draft".into(), &"The seller smiles at the customer within 3 m.".into())
    );
    assert_eq!(draft["was"], serde_json::json!([id]));
    assert_eq!(draft["text"]["pl"], derived["text"]["pl"], "what was not edited is as the trait yields it");
}

#[test]
fn what_a_cell_cannot_say_is_listed_and_nothing_is_written() {
    let book = book(false);
    let sheet = exported(&book);
    let cells = [
        ("greet", "Level", "wysoki"),
        ("greet", "Phase", "Payment"),
        ("floor", "Measure", "soon"),
        ("receipt", "Standard (en)", ""),
    ];
    let back = rewritten(&sheet, &Edits { cells: &cells, ..Edits::default() });
    let json = import(&book, &back, &["--format", "json"]).ends(1).json();
    let wrong: Vec<&str> = json["not_understood"]
        .as_array()
        .expect("a list")
        .iter()
        .map(|unread| unread["value"].as_str().expect("a value"))
        .collect();
    for value in ["wysoki", "Payment", "soon"] {
        assert!(wrong.contains(&value), "{json:#}");
    }
    assert_eq!(book.read("sequences/visit.yaml"), SEQUENCE);
}

#[test]
fn a_sheet_that_libreoffice_saved_comes_back() {
    let office =
        ["soffice", "libreoffice"].into_iter().find(|name| Command::new(name).arg("--version").output().is_ok());
    let Some(office) = office else {
        assert!(std::env::var_os("GAMMA_OK_REQUIRE_PROGRAMS").is_none(), "LibreOffice is required and is not there");
        return;
    };
    let book = book(true);
    let sheet = exported(&book);
    let cells = [("floor", "Standard (en)", "The floor is dry and swept."), ("greet", "Measure", "≤ 9 s")];
    std::fs::write(book.path().join("edited.xlsx"), rewritten(&sheet, &Edits { cells: &cells, ..Edits::default() }))
        .expect("written");
    for (from, to) in [("sheet.xlsx", "plain"), ("edited.xlsx", "edited")] {
        let out = book.path().join("saved").join(to);
        let profile = format!("-env:UserInstallation=file://{}", book.path().join("profile").display());
        let run = Command::new(office)
            .args([&profile, "--headless", "--convert-to", "xlsx", "--outdir"])
            .arg(&out)
            .arg(book.path().join(from))
            .output()
            .expect("LibreOffice runs");
        assert!(out.join(from).exists(), "{}", String::from_utf8_lossy(&run.stderr));
    }
    book.run_words(&["import", "saved/plain/sheet.xlsx"]).ends(0).says("nothing is new");
    book.run_words(&["import", "saved/edited/edited.xlsx"]).ends(0).says("2 values");
    let text = book.read("sequences/visit.yaml");
    assert_eq!(
        text,
        SEQUENCE.replace("The floor is dry.", "The floor is dry and swept.").replace("within: 10 s", "within: 9 s")
    );
}

/// Values that a case may edit: the id, the heading, the text in the file, and the value where it is said by `show`.
const VALUES: [(&str, &str, &str, &str); 6] = [
    ("greet", "Standard (en)", "The seller greets the customer within 10 seconds.", "/text/en"),
    ("greet", "Standard (pl)", "Sprzedawca wita klienta w ciągu 10 sekund.", "/text/pl"),
    ("greet", "Why (en)", "It is polite.", "/why/en"),
    ("floor", "Standard (en)", "The floor is dry.", "/text/en"),
    ("floor", "Standard (pl)", "Podłoga jest sucha.", "/text/pl"),
    ("receipt", "Standard (en)", "The seller hands over a receipt.", "/text/en"),
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn each_side_keeps_what_it_alone_changed(sides in prop::collection::vec(0u8..5, VALUES.len()), word in "[A-Za-zżółć:#\"' -]{1,12}") {
        let mut book = book(false);
        let sheet = exported(&book);
        let theirs = |index: usize| format!("Theirs {index} {word}.");
        let ours = |index: usize| format!("Ours {index}.");
        // 0: nobody; 1: the sheet; 2: the book; 3: both, differently; 4: both, in the same way.
        let texts: Vec<String> = sides.iter().enumerate().map(|(index, side)| if *side == 4 { ours(index) } else { theirs(index) }).collect();
        let cells: Vec<(&str, &str, &str)> = VALUES.iter().enumerate()
            .filter(|(index, _)| matches!(sides[*index], 1 | 3 | 4))
            .map(|(index, (id, heading, ..))| (*id, *heading, texts[index].as_str())).collect();
        let back = rewritten(&sheet, &Edits { cells: &cells, ..Edits::default() });
        for (index, (_, _, old, _)) in VALUES.iter().enumerate().filter(|(index, _)| matches!(sides[*index], 2..=4)) {
            book = book.edit("sequences/visit.yaml", old, &ours(index));
        }
        let before = book.read("sequences/visit.yaml");
        let conflicts = sides.iter().filter(|side| **side == 3).count();
        let run = import(&book, &back, &["--format", "json"]);
        let json = run.ends(i32::from(conflicts > 0)).json();
        prop_assert_eq!(json["conflicts"].as_array().expect("a list").len(), conflicts);
        if conflicts > 0 {
            prop_assert_eq!(&book.read("sequences/visit.yaml"), &before);
            import(&book, &back, &["--partial"]).ends(1);
        }
        let shown = book.run("show --format json").ends(0).json();
        for (index, (id, _, old, path)) in VALUES.iter().enumerate() {
            let wanted = match sides[index] { 0 => (*old).to_owned(), 1 => theirs(index), _ => ours(index) };
            let now = standard(&shown, id).pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
            prop_assert_eq!(now.split_whitespace().collect::<Vec<_>>(), wanted.split_whitespace().collect::<Vec<_>>());
        }
        // Only lines that hold one of the values changed.
        let after = book.read("sequences/visit.yaml");
        let changed = sides.iter().filter(|side| **side == 1).count();
        let differing = before.lines().zip(after.lines()).filter(|(one, other)| one != other).count();
        prop_assert!(differing <= changed && before.lines().count() == after.lines().count(), "{}", after);
    }
}
