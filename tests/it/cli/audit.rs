//! `audit new`, `audit record` and `audit actions`: the way from a filled-in checklist to a record, by every route.

use std::io::{Cursor, Read, Write};

use serde_json::{Value, json};

use crate::support::Book;

/// The stamp of a standard's wording of today.
pub(super) fn stamp(book: &Book, id: &str) -> String {
    let shown = book.run("show --format json").json();
    let list = shown["standards"].as_array().expect("standards").clone();
    let one = list.into_iter().find(|one| one["id"] == id).unwrap_or_else(|| panic!("no {id}"));
    one["stamp"].as_str().expect("a stamp").to_owned()
}

/// What the fillable page saves: greeted twice, once too late; no receipt; prices not applicable.
pub(super) fn form(book: &Book) -> Value {
    let of = |id: &str| stamp(book, id);
    json!({
        "gamma-ok": "checklist", "version": 1, "book": "Corner shop", "language": "en", "site": "market",
        "date": "2026-03-01", "round": "7f3c2a9e", "visit": null, "auditor": "quality-lead", "kind": "internal",
        "staff": null, "scope": {},
        "answers": [
            {"standard": "greet", "stamp": of("greet"), "answer": null, "observed": ["8 s", "12 s"]},
            {"standard": "receipt", "stamp": of("receipt"), "answer": "not met", "observed": null, "note": "No paper",
             "action": {"what": "Order paper", "owner": "shift leader", "due": "2026-03-20"}},
            {"standard": "price-tags", "stamp": of("price-tags"), "answer": "n/a", "why": "Stock-taking"},
        ]
    })
}

/// The same answers ticked in Markdown.
pub(super) fn markdown(book: &Book, lang: &str) -> String {
    let text = book.run(&format!("checklist --format md --site market --lang {lang}")).ends(0).stdout();
    let mut filled = String::new();
    let (mut item, mut task) = (String::new(), 0);
    for line in text.lines() {
        let mut line = line.to_owned();
        if let Some((_, rest)) = line.rsplit_once('`').and_then(|(rest, _)| rest.rsplit_once('`')) {
            item = rest.split('@').next().unwrap_or_default().to_owned();
            task = 0;
        }
        let ticked = match item.as_str() {
            "receipt" => Some(1),
            "price-tags" => Some(2),
            _ => None,
        };
        if line.trim_start().starts_with("- [ ]") {
            if ticked == Some(task) {
                line = line.replace("[ ]", "[x]");
            }
            task += 1;
        }
        let (observed, note) = (["  - Observed (s):", "  - Wynik (s):"], ["  - Note:", "  - Uwagi:"]);
        match item.as_str() {
            "greet" if observed.contains(&&*line) => line.push_str(" 8; 12"),
            "receipt" if note.contains(&&*line) => line.push_str(" No paper"),
            "price-tags" if note.contains(&&*line) => line.push_str(" Stock-taking"),
            _ => {}
        }
        if ["- Date:", "- Data:"].contains(&&*line) {
            line.push_str(" 2026-03-01");
        } else if ["- Auditor:", "- Audytor:"].contains(&&*line) && item.is_empty() {
            line.push_str(" quality-lead");
        } else if line == "|  |  |  |  |  |" && !filled.contains("Order paper") {
            line = "| 3 | Order paper | shift leader | 2026-03-20 |  |".to_owned();
        }
        filled.push_str(&line);
        filled.push('\n');
    }
    filled
}

/// A spreadsheet with some cells filled in, as another program would save it.
fn spreadsheet(bytes: &[u8], sheet: &str, cells: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a spreadsheet");
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its bytes");
        if name == format!("xl/worksheets/{sheet}.xml") {
            let mut text = String::from_utf8(content).expect("XML");
            for (cell, value) in cells {
                let start = text.find(&format!("<c r=\"{cell}\"")).unwrap_or_else(|| panic!("no cell {cell}"));
                let end = start + text[start..].find("/>").expect("an empty cell");
                let filled = match value.parse::<f64>() {
                    Ok(_) => format!("><v>{value}</v></c>"),
                    Err(_) => format!(" t=\"inlineStr\"><is><t>{value}</t></is></c>"),
                };
                text.replace_range(end..end + 2, &filled);
            }
            content = text.into_bytes();
        }
        writer.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        writer.write_all(&content).expect("its bytes");
    }
    writer.finish().expect("an archive").into_inner()
}

/// The same answers in a spreadsheet.
fn filled_spreadsheet(book: &Book, lang: &str) -> Vec<u8> {
    book.run(&format!("checklist --site market --lang {lang} -o form.xlsx")).ends(0);
    let bytes = std::fs::read(book.path().join("form.xlsx")).expect("the spreadsheet");
    let words = if lang == "pl" { ["niespełniony", "nie dotyczy"] } else { ["not met", "n/a"] };
    let rows = rows(&bytes);
    let row = |id: &str| rows.iter().find(|(name, _)| name == id).map(|(_, row)| *row).expect("an item");
    let cell = |column: char, id: &str| format!("{column}{}", row(id));
    let cells = [
        (cell('H', "greet"), "8; 12"),
        (cell('I', "receipt"), words[0]),
        (cell('J', "receipt"), "No paper"),
        (cell('I', "price-tags"), words[1]),
        (cell('J', "price-tags"), "Stock-taking"),
        ("C4".to_owned(), "46082"),
        ("C6".to_owned(), "quality-lead"),
    ];
    let cells: Vec<(&str, &str)> = cells.iter().map(|(cell, value)| (cell.as_str(), *value)).collect();
    let filled = spreadsheet(&bytes, "sheet1", &cells);
    let actions = [("A2", "3"), ("B2", "Order paper"), ("D2", "shift leader"), ("E2", "2026-03-20")];
    spreadsheet(&filled, "sheet2", &actions)
}

#[test]
fn a_workbook_brings_the_standards_that_it_asks_about() {
    let book = Book::sound();
    let bytes = filled_spreadsheet(&book, "en");
    let book = book.with("filled.xlsx", bytes).edit("sequences/visit.yaml", "weight: 2.5", "weight: 3");
    book.run("audit record filled.xlsx --today 2026-03-02").ends(0).says("another edition of the book");
    let sets = book.files("editions");
    let name = sets.first().and_then(|set| set.strip_suffix(".part.yaml")).expect("a part of a set");
    assert!(book.read("audits/2026-03-01-market.yaml").contains(name), "{sets:?}");
    assert!(book.read(&format!("editions/{name}.part.yaml")).contains("\"weight\": 2.5"));
    book.run("check --today 2026-03-02").ends(0);
}

/// The items of a spreadsheet and their rows, from 1.
fn rows(bytes: &[u8]) -> Vec<(String, usize)> {
    use calamine::{Reader, Xlsx};
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).expect("a spreadsheet");
    let sheet = book.sheet_names()[0].clone();
    let range = book.worksheet_range(&sheet).expect("the first sheet");
    let cells = range.used_cells().map(|(row, _, cell)| (row, cell.to_string()));
    let start = range.start().map_or(0, |(row, _)| row as usize);
    cells.filter_map(|(row, cell)| Some((cell.split_once('@')?.0.to_owned(), start + row + 1))).collect()
}

/// A record without the name of its round.
fn unnamed(text: &str) -> String {
    let is_named = |line: &&str| !line.starts_with("round: ") && !line.starts_with("edition: ");
    text.lines().filter(is_named).map(|line| format!("{line}\n")).collect()
}

#[test]
fn the_same_answers_give_the_same_record_by_every_route() {
    let mut records = Vec::new();
    let mut record = |book: Book, file: &str| {
        book.run(&format!("audit record {file} --today 2026-03-02")).ends(0).prints("audits/2026-03-01-market.yaml");
        book.run("check --today 2026-03-02").ends(0);
        records.push((file.to_owned(), unnamed(&book.read("audits/2026-03-01-market.yaml"))));
    };
    let book = Book::sound();
    let text = form(&book).to_string();
    record(book.with("form.json", text), "form.json");
    for lang in ["en", "pl"] {
        let book = Book::sound();
        let text = markdown(&book, lang);
        record(book.with("form.md", text), "form.md");
        let book = Book::sound();
        let bytes = filled_spreadsheet(&book, lang);
        record(book.with("filled.xlsx", bytes), "filled.xlsx");
    }
    for (file, text) in &records {
        assert_eq!(text, &records[0].1, "{file}");
    }
    let (greet, receipt, tags) =
        (stamp(&Book::sound(), "greet"), stamp(&Book::sound(), "receipt"), stamp(&Book::sound(), "price-tags"));
    let expected = format!(
        "site: market\ndate: 2026-03-01\nauditor: quality-lead\nkind: internal\nanswers:\n  greet@{greet}: [8 s, 12 s]\n  \
         price-tags@{tags}:\n    answer: n/a\n    why: Stock-taking\n  receipt@{receipt}:\n    answer: not met\n    note: No \
         paper\n    action:\n      what: Order paper\n      owner: shift leader\n      due: 2026-03-20\n"
    );
    assert_eq!(records[0].1, expected);
}

#[test]
fn csv_is_taken_with_what_the_command_says() {
    for lang in ["en", "pl"] {
        let book = Book::sound();
        book.run(&format!("checklist --site market --lang {lang} -o form.csv")).ends(0);
        let text = book.read("form.csv");
        let mut rows: Vec<Vec<String>> = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes())
            .records()
            .map(|row| row.expect("a row").iter().map(str::to_owned).collect())
            .collect();
        for row in &mut rows[1..] {
            match row[12].split('@').next() {
                Some("greet") => row[9] = "9,5".to_owned(),
                Some("receipt") => row[10] = "met".to_owned(),
                _ => {}
            }
        }
        // As a spreadsheet saves it where a comma is the decimal mark.
        let mut writer = csv::WriterBuilder::new().delimiter(b';').from_writer(Vec::new());
        rows.iter().for_each(|row| writer.write_record(row).expect("a row"));
        let book = book.with("form.csv", writer.into_inner().expect("bytes"));
        let run = "audit record form.csv --today 2026-03-02 --site market";
        book.run(run).ends(1).prints("form.csv: the form does not say when").says("nothing of it was recorded");
        book.run(&format!("{run} --date 2026-03-01T09:30 --auditor porter --kind self"))
            .ends(0)
            .says("form.csv: 2 answers taken, 2 of its items unanswered");
        let record = book.read("audits/2026-03-01-market.yaml");
        let (greet, receipt) = (stamp(&book, "greet"), stamp(&book, "receipt"));
        assert_eq!(
            unnamed(&record),
            format!(
                "site: market\ndate: 2026-03-01T09:30\nauditor: porter\nkind: self\nanswers:\n  greet@{greet}: 9.5 s\n  \
                 receipt@{receipt}: met\n"
            )
        );
    }
}

#[test]
fn a_round_is_never_recorded_twice() {
    let book = Book::sound();
    let mut saved = form(&book);
    let ticked = markdown(&book, "en");
    let filled = filled_spreadsheet(&book, "pl");
    let book = book.with("one.json", saved.to_string()).with("two.json", saved.to_string());
    book.run("audit record one.json two.json --today 2026-03-02").ends(0).says("two.json: recorded already");
    book.run("audit record one.json --today 2026-03-02").ends(0).says("one.json: recorded already").prints_nothing();
    saved["answers"][1]["answer"] = json!("met");
    saved["answers"][1].as_object_mut().expect("an answer").remove("action");
    let book = book.with("later.json", saved.to_string());
    book.run("audit record later.json --today 2026-03-02")
        .ends(1)
        .says("later.json: this round is recorded already, in audits/2026-03-01-market.yaml, with other answers")
        .says("`not met` there, `met` here")
        .prints_nothing();
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
    // The same round without a name of its own is known by what it says, whichever way it comes.
    let book = book.with("ticked.md", ticked).with("filled.xlsx", filled);
    let run = book.run("audit record ticked.md filled.xlsx --today 2026-03-02").ends(0);
    run.says("ticked.md: recorded already").says("filled.xlsx: recorded already");
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
}

#[test]
fn a_conflict_is_told_with_both_places_and_nothing_is_written() {
    let book = Book::sound();
    let text = markdown(&book, "en");
    let receipt = text.lines().position(|line| line.contains("`receipt@")).expect("an item") + 2;
    let lines: Vec<String> = text
        .lines()
        .enumerate()
        .map(|(at, line)| if at + 1 == receipt { line.replace("[ ]", "[x]") } else { line.to_owned() })
        .collect();
    let book = book.with("form.md", lines.join("\n"));
    book.run("audit record form.md --today 2026-03-02")
        .ends(1)
        .prints(&format!("form.md:{}: `receipt` is answered `met` ({receipt}) and `not met` at once", receipt + 1));
    assert!(book.files("audits").is_empty());
    book.run("audit record form.md --today 2026-03-02 --partial").ends(1).says("2 answers taken");
    assert!(!book.read("audits/2026-03-01-market.yaml").contains("receipt"));
    let mut twice = form(&book);
    let again = twice["answers"][1].clone();
    twice["answers"].as_array_mut().expect("answers").push(again);
    twice["round"] = json!("another");
    let book = book.with("form.json", twice.to_string());
    book.run("audit record form.json --today 2026-03-02")
        .ends(1)
        .prints("form.json:receipt: `receipt` is answered twice");
}

#[test]
fn every_bad_form_gets_a_clear_word_at_its_place() {
    let sound = Book::sound();
    let good = form(&sound);
    let with = |change: &dyn Fn(&mut Value)| {
        let mut form = good.clone();
        change(&mut form);
        form.to_string().into_bytes()
    };
    let answer = |at: usize, key: &'static str, value: Value| {
        with(&|form| {
            form["answers"][at][key] = value.clone();
        })
    };
    let text = good.to_string();
    let mut foreign = rust_xlsxwriter::Workbook::new();
    foreign.add_worksheet().write_string(0, 0, "Budget").expect("a cell");
    let foreign = foreign.save_to_buffer().expect("a spreadsheet");
    let sheet = filled_spreadsheet(&sound, "en");
    let cases: Vec<(&str, Vec<u8>, &str)> = vec![
        ("a.json", text.as_bytes()[..text.len() / 2].to_vec(), "the file is cut off"),
        ("a.json", b"[1, 2]".to_vec(), "not a filled-in checklist of gamma-ok"),
        ("a.json", b"{\"gamma-ok\": \"review\"}".to_vec(), "gamma-ok review record"),
        ("a.json", with(&|form| form["version"] = json!(2)), "another version"),
        ("a.json", b"".to_vec(), "the file is empty"),
        ("a.json", vec![0xff, 0xfe, 0x00], "not UTF-8"),
        ("a.md", b"text\0text".to_vec(), "this is not text"),
        ("a.md", b"# Notes\n\n- milk\n".to_vec(), "no items of a checklist"),
        ("a.pdf", b"%PDF".to_vec(), "no kind of filled-in checklist"),
        ("a.csv", b"a,b\n1,2\n".to_vec(), "a.csv:1: these are not the columns"),
        ("a.xlsx", foreign, "it has no sheet `gamma-ok`"),
        ("a.xlsx", sheet[..sheet.len() / 2].to_vec(), "cannot be opened"),
        ("a.xlsx", b"no archive".to_vec(), "cannot be opened"),
        ("a.json", answer(0, "observed", json!("8 m")), "a.json:greet: `8 m` cannot be compared with `within 10 s`"),
        ("a.json", answer(0, "observed", json!("21/20")), "over 100 %"),
        ("a.json", answer(2, "observed", json!("105 %")), "`105 %` is a share over 100 %"),
        ("a.json", answer(0, "answer", json!("met")), "but what was observed says `not met`"),
        ("a.json", answer(1, "answer", json!("yes")), "a.json:receipt: `yes` is not an answer"),
        ("a.json", answer(1, "grade", json!("grave")), "is not a grade"),
        ("a.json", answer(1, "standard", json!("../x")), "is not the `ID@STAMP` of a standard"),
        ("a.json", answer(2, "why", json!(null)), "`price-tags` is not applicable for no reason"),
        ("a.json", answer(1, "action", json!({"what": "x", "due": "tomorrow"})), "`tomorrow` is not a date"),
        ("a.json", answer(1, "action", json!({"owner": "x"})), "does not say what will be done"),
        ("a.json", with(&|form| form["date"] = json!("2026-03-03")), "2026-03-03 is after today, 2026-03-02"),
        ("a.json", with(&|form| form["date"] = json!(null)), "does not say when"),
        ("a.json", with(&|form| form["site"] = json!("markt")), "did you mean `market`?"),
        ("a.json", with(&|form| form["site"] = json!(null)), "does not say at which site"),
        ("a.json", with(&|form| form["kind"] = json!("secret")), "is not a kind of audit"),
        ("a.json", with(&|form| form["round"] = json!("../../etc")), "is not the name of a round"),
        ("a.json", with(&|form| form["scope"] = json!({"phase": ["nowhere"]})), "`nowhere` is not a phase"),
        ("a.json", with(&|form| form["scope"] = json!({"site": ["market"]})), "`site` is not a key of `scope`"),
        ("a.json", with(&|form| form["answers"] = json!([])), "nothing is filled in"),
        (
            "a.json",
            with(&|form| form["answers"] = json!([{"standard": "other", "answer": "met"}])),
            "none of the standards",
        ),
    ];
    let book = Book::sound();
    for (name, bytes, part) in cases {
        std::fs::write(book.path().join(name), bytes).expect("a file");
        let run = book.run(&format!("audit record {name} --today 2026-03-02")).ends(1);
        run.prints(part);
        assert!(book.files("audits").is_empty(), "{part}: something was written");
    }
    book.run("audit record nowhere.json").ends(2).says("nowhere.json");
    book.run("audit record sites").ends(2).says("it is a folder");
}

#[test]
fn a_form_of_an_older_book_is_taken_and_told() {
    let book = Book::sound();
    let mut saved = form(&book);
    saved["answers"]
        .as_array_mut()
        .expect("answers")
        .push(json!({"standard": "gone", "stamp": "0a0a0a0a", "answer": "met"}));
    // By the measure of its own wording that was not met; today's would say otherwise.
    saved["answers"][0]["answer"] = json!("not met");
    let old = stamp(&book, "greet");
    let book = book
        .with("form.json", saved.to_string())
        .edit("sequences/visit.yaml", "within: 10 s, share: 90 %", "within: 20 s, share: 90 %")
        .edit("sequences/visit.yaml", "id: receipt", "id: slip\n        was: [receipt]");
    let run = book.run("audit record form.json --today 2026-03-02").ends(0);
    run.says("1 answer is about an earlier wording").says("1 answer is about a standard that the book no longer knows");
    let record = book.read("audits/2026-03-01-market.yaml");
    assert!(record.contains(&format!("  greet@{old}:\n    answer: not met\n    note: 8 s; 12 s\n")), "{record}");
    assert!(record.contains("  slip@") && record.ends_with("  gone@0a0a0a0a: met\n"), "{record}");
    book.run("check --today 2026-03-02").ends(0).prints("[unknown-record]");
}

#[test]
fn a_new_record_is_filled_in_by_hand() {
    let book = Book::sound();
    book.run("audit new --today 2026-03-02").ends(2).says("an audit is of one site").says("corner, market");
    let new = "audit new --site market --phase arrival --today 2026-03-02 --auditor quality-lead --lang pl";
    book.run(new).ends(0).prints("audits/2026-03-02-market.yaml");
    let text = book.read("audits/2026-03-02-market.yaml");
    let greet = stamp(&book, "greet");
    for part in [
        "site: market\ndate: 2026-03-02\nauditor: quality-lead\nkind: internal\nscope:\n  phase: [arrival]\nanswers:\n",
        "  # ── Wejście\n  # Sprzedawca wita klienta w ciągu 10 sekund. (w ciągu 10",
        &format!("\n  greet@{greet}:\n"),
    ] {
        assert!(text.contains(part), "no {part} in\n{text}");
    }
    assert!(!text.contains("receipt"), "only the scope");
    book.run("check --today 2026-03-02").ends(1).prints("no answer is filled in");
    book.run(new).ends(2).says("`audits/2026-03-02-market.yaml` już istnieje");
    assert_eq!(book.read("audits/2026-03-02-market.yaml"), text);
    let book = book.edit("audits/2026-03-02-market.yaml", &format!("greet@{greet}:"), &format!("greet@{greet}: 18/20"));
    book.run("check --today 2026-03-02").ends(0);
    book.run("audit new --site market --today 2026-03-02 -o ../x.yaml").ends(2).says("is not where audits are kept");
    book.run("audit new --site market --today 2026-03-02 --date 2026-03-03").ends(2).says("after today");
    book.run("audit new --site corner --today 2026-03-02 --dry-run")
        .ends(0)
        .prints("+++ b/audits/2026-03-02-corner.yaml");
    assert_eq!(book.files("audits"), ["2026-03-02-market.yaml"]);
}

/// Records with actions in every state, and a finding that came back.
fn with_actions() -> Book {
    let record = |date: &str, answers: &str| format!("site: market\ndate: {date}\nauditor: lead\nanswers:\n{answers}");
    let action = |id: &str, rest: &str| {
        format!("  {id}: {{answer: not met, grade: minor, action: {{what: Mend {id}, {rest}}}}}\n")
    };
    Book::sound()
        .with(
            "audits/1.yaml",
            record(
                "2026-01-10",
                &[
                    action("greet", "owner: seller, due: 2026-01-20, done: 2026-01-15"),
                    action("receipt", "owner: shift leader, due: 2026-02-01"),
                    action("price-tags", "owner: shift leader, due: 2026-01-20, done: 2026-01-20, verified: 2026-02-01, effective: false"),
                ]
                .concat(),
            ),
        )
        .with("audits/2.yaml", record("2026-02-10", &("  receipt: met\n".to_owned() + &action("greet", "due: 2026-04-01"))))
}

#[test]
fn actions_are_followed_up() {
    let book = with_actions();
    let run = book.run("audit actions --format json --today 2026-03-02").ends(1);
    let found = run.json();
    let states: Vec<_> = found["actions"].as_array().expect("actions").iter().map(|one| one["state"].clone()).collect();
    assert_eq!(states, ["overdue", "open", "done", "without-effect"]);
    let overdue = &found["actions"][0];
    assert_eq!((&overdue["standard"], &overdue["days_overdue"]), (&json!("receipt"), &json!(29)));
    assert_eq!((&overdue["file"], &overdue["line"]), (&json!("audits/1.yaml"), &json!(6)));
    assert_eq!(found["actions"][2]["came_back"], "2026-02-10");
    assert_eq!(found["actions"][1]["repeats"], "2026-01-10");
    assert_eq!(
        found["counts"],
        json!({"overdue": 1, "open": 1, "done": 1, "without_effect": 1, "verified": 0, "repeat": 1})
    );
    // What was recorded later had not been then.
    book.run("audit actions --today 2026-01-31").ends(0);
    book.run("check --today 2026-03-02").ends(0).prints("[action-overdue]");
}

#[test]
fn actions_are_filtered_and_printed_in_every_form() {
    let book = with_actions();
    let today = "--today 2026-03-02";
    book.run(&format!("audit actions {today}")).ends(1).prints("overdue 29 d").prints("done, came back 2026-02-10");
    book.run(&format!("audit actions {today} --state open,done")).ends(0).omits("Mend receipt").prints("Mend greet");
    book.run_words(&["audit", "actions", "--today", "2026-03-02", "--owner", "shift leader"])
        .ends(1)
        .omits("Mend greet");
    book.run(&format!("audit actions {today} --owner seler")).ends(2).says("did you mean `seller`?");
    book.run(&format!("audit actions {today} --repeat")).ends(0).prints("2026-02-10").omits("Mend price-tags");
    book.run(&format!("audit actions {today} --site corner")).ends(0).says("no actions match").prints_nothing();
    book.run(&format!("audit actions {today} --format md"))
        .ends(1)
        .prints("| overdue 29 d | 2026-02-01 | shift leader |");
    book.run(&format!("audit actions {today} --format csv"))
        .ends(1)
        .prints("overdue,receipt,,market,2026-01-10,Mend receipt,");
    book.run(&format!("audit actions {today} --state openn")).ends(2).says("open");
    Book::sound().run("audit actions").ends(0).says("no actions match");
    let broken = with_actions().with("audits/3.yaml", "site: market\n");
    broken.run("audit actions --state done --today 2026-03-02").ends(1).says("something may be missing");
}
