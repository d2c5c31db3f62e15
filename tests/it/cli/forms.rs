//! Filled forms as people fill them in and programs save them: what was written is read, or refused at its place.

use std::io::{Cursor, Read as _, Write as _};

use calamine::{Data, Reader, Xlsx};
use rust_xlsxwriter::{Format, Formula, Image, Note, Url, Workbook};

use super::audit::{form, markdown, stamp};
use crate::support::Book;

/// A cell of a spreadsheet, as somebody types it.
#[derive(Clone)]
enum Typed {
    Text(String),
    Number(f64),
    /// A number that is shown in a format.
    Shown(f64, &'static str),
    /// Cells that are merged into one.
    Merged(u32, u16, String),
    /// A formula whose value is not stored.
    Formula(&'static str),
    /// A text that is struck through.
    Struck(&'static str),
    /// A text that leads somewhere.
    Link(&'static str, &'static str),
    /// A picture over the cell.
    Picture,
    /// A comment on the cell.
    Comment,
}

/// A picture of one point.
const PICTURE: [u8; 67] = [
    0x89, b'P', b'N', b'G', 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0x0d, b'I', b'H', b'D', b'R', 0, 0, 0, 1, 0, 0, 0, 1, 8,
    6, 0, 0, 0, 0x1f, 0x15, 0xc4, 0x89, 0, 0, 0, 0x0a, b'I', b'D', b'A', b'T', 0x78, 0x9c, 0x63, 0, 1, 0, 0, 5, 0, 1,
    0x0d, 0x0a, 0x2d, 0xb4, 0, 0, 0, 0, b'I', b'E', b'N', b'D', 0xae, 0x42, 0x60, 0x82,
];

/// Sheets of cells: row, column and content.
type Sheets = Vec<(String, Vec<(u32, u16, Typed)>)>;

/// A spreadsheet as another program would save it: what its cells hold is kept, how they look is not.
fn saved(sheets: &Sheets) -> Vec<u8> {
    let mut book = Workbook::new();
    for (name, cells) in sheets {
        let sheet = book.add_worksheet();
        sheet.set_name(name).expect("a name");
        for (row, column, cell) in cells {
            let done = match cell {
                Typed::Text(text) => sheet.write_string(*row, *column, text),
                Typed::Number(number) => sheet.write_number(*row, *column, *number),
                Typed::Shown(number, format) => {
                    sheet.write_number_with_format(*row, *column, *number, &Format::new().set_num_format(*format))
                }
                Typed::Merged(last_row, last_column, text) => {
                    sheet.merge_range(*row, *column, *last_row, *last_column, text, &Format::new())
                }
                Typed::Formula(formula) => sheet.write_formula(*row, *column, Formula::new(*formula).set_result("")),
                Typed::Struck(text) => {
                    sheet.write_string_with_format(*row, *column, *text, &Format::new().set_font_strikethrough())
                }
                Typed::Link(text, target) => sheet.write_url(*row, *column, Url::new(*target).set_text(*text)),
                Typed::Picture => {
                    sheet.insert_image(*row, *column, &Image::new_from_buffer(&PICTURE).expect("a picture"))
                }
                Typed::Comment => sheet.insert_note(*row, *column, &Note::new("They were late")),
            };
            done.expect("a cell");
        }
    }
    without_values(&book.save_to_buffer().expect("a spreadsheet"))
}

/// The spreadsheet with its formulas as a program leaves them that works nothing out.
fn without_values(bytes: &[u8]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut part = archive.by_index(index).expect("a part");
        let name = part.name().expect("a name").into_owned();
        let mut content = Vec::new();
        part.read_to_end(&mut content).expect("its bytes");
        if let Ok(text) = std::str::from_utf8(&content) {
            content = text.replace("</f><v>0</v>", "</f>").into_bytes();
        }
        written.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        written.write_all(&content).expect("its bytes");
    }
    written.finish().expect("an archive").into_inner()
}

/// The checklist of a site as a spreadsheet that nobody has filled in.
fn blank(book: &Book, arguments: &str) -> Sheets {
    book.run(&format!("{arguments} -o blank.xlsx")).ends(0);
    let bytes = std::fs::read(book.path().join("blank.xlsx")).expect("the spreadsheet");
    let mut read = Xlsx::new(Cursor::new(bytes)).expect("a spreadsheet");
    let names = read.sheet_names();
    let sheet = |name: &String| {
        let range = read.worksheet_range(name).expect("a sheet");
        let (top, left) = range.start().unwrap_or_default();
        let cells = range.used_cells().filter_map(|(row, column, cell)| {
            let typed = match cell {
                Data::Empty => return None,
                Data::Float(number) => Typed::Number(*number),
                Data::Int(number) => Typed::Number(*number as f64),
                other => Typed::Text(other.to_string()),
            };
            Some((top + row as u32, left as u16 + column as u16, typed))
        });
        (name.clone(), cells.collect())
    };
    names.iter().map(sheet).collect()
}

fn text(cell: &Typed) -> &str {
    match cell {
        Typed::Text(text) => text,
        _ => "",
    }
}

/// The row of an item on a sheet.
fn row_of(sheets: &Sheets, sheet: usize, id: &str) -> u32 {
    let found = sheets[sheet].1.iter().find(|(.., cell)| text(cell).starts_with(&format!("{id}@")));
    found.unwrap_or_else(|| panic!("no {id}")).0
}

/// Writes into a cell.
fn put(sheets: &mut Sheets, sheet: usize, row: u32, column: u16, cell: Typed) {
    let cells = &mut sheets[sheet].1;
    cells.retain(|(at, beside, _)| (*at, *beside) != (row, column));
    cells.push((row, column, cell));
}

fn words(text: &str) -> Typed {
    Typed::Text(text.to_owned())
}

const OBSERVED: u16 = 7;
const ANSWER: u16 = 8;
const NOTE: u16 = 9;

/// The checklist of the market with two answers.
fn filled(book: &Book) -> Sheets {
    let mut sheets = blank(book, "checklist --site market");
    let (greet, receipt) = (row_of(&sheets, 0, "greet"), row_of(&sheets, 0, "receipt"));
    put(&mut sheets, 0, greet, OBSERVED, words("8 s"));
    put(&mut sheets, 0, receipt, ANSWER, words("not met"));
    put(&mut sheets, 0, receipt, NOTE, words("No paper"));
    put(&mut sheets, 0, 3, 2, words("2026-03-01"));
    put(&mut sheets, 0, 5, 2, words("lead"));
    sheets
}

const RECORD: &str = "audit record form.xlsx --today 2026-03-02";

/// What is recorded of a spreadsheet, which must be taken whole.
fn recorded(sheets: &Sheets) -> String {
    let book = Book::sound().with("form.xlsx", saved(sheets));
    book.run(RECORD).ends(0);
    let file = book.files("audits").pop().expect("a record");
    book.read(&format!("audits/{file}"))
}

/// Requires that a spreadsheet is refused at a cell, with those words, and nothing of it recorded.
#[track_caller]
fn refused(sheets: &Sheets, place: &str, words: &str) {
    let book = Book::sound().with("form.xlsx", saved(sheets));
    book.run(RECORD).ends(1).prints(&format!("form.xlsx:{place}: ")).prints(words);
    assert!(book.files("audits").is_empty());
}

#[test]
fn the_programs_own_forms_hold_nothing_that_it_does_not_know() {
    for (example, languages, extra) in [
        ("hotel-wisla", &["en", "pl"][..], "--site krakow"),
        ("shop", &["en"], "--role cashier"),
        ("urzad", &["pl"], "--site ratusz --up-to expected"),
        ("vardcentral", &["sv", "en"], "--site eken"),
    ] {
        let book = Book::example(example);
        for language in languages {
            for ending in ["md", "xlsx", "csv"] {
                for limits in ["", extra] {
                    book.run(&format!("checklist --lang {language} {limits} -o form.{ending}")).ends(0);
                    let run = book.run(&format!("audit record form.{ending} --today 2026-12-01 --date 2026-11-30"));
                    let said: Vec<String> = run.stdout().lines().map(str::to_owned).collect();
                    let of = |line: &&String| !line.starts_with("  ") && !line.contains("at which site");
                    let wrong: Vec<_> = said.iter().filter(of).collect();
                    let nothing = wrong.iter().all(|line| line.contains("nothing is filled in"));
                    assert!(nothing, "{example} {language} {limits} {ending}: {wrong:#?}");
                    assert!(!run.stderr().contains("not read"), "{}", run.stderr());
                }
            }
        }
    }
}

#[test]
fn a_site_that_is_titled_in_one_language_is_found_by_its_own_form() {
    let book = Book::sound().edit("sites/market.yaml", "title: {en: Market, pl: Rynek}", "title: North*Gate");
    let ticked = markdown(&book, "pl");
    assert!(ticked.contains("*(en)*"), "{ticked}");
    book.with("form.md", ticked)
        .run("audit record form.md --today 2026-03-02")
        .ends(0)
        .prints("2026-03-01-market.yaml");
}

#[test]
fn sheets_and_columns_are_found_by_their_heads() {
    let book = Book::sound();
    let plain = filled(&book);
    let expected = recorded(&plain);
    assert!(expected.contains(": 8 s") && expected.contains("note: No paper"), "{expected}");
    // A row put in above, a column put in, a column moved out, a sheet before and one behind.
    let mut moved = plain.clone();
    moved[0].1.iter_mut().for_each(|(row, column, _)| {
        *row += 1;
        *column += u16::from(*column >= 2) * 2;
    });
    moved[0].0 = "Round".to_owned();
    assert_eq!(recorded(&moved), expected);
    let mut without = plain.clone();
    without[0].1.retain(|(row, column, _)| *row < 7 || *column != 3);
    without[0].1.iter_mut().filter(|(row, ..)| *row >= 7).for_each(|(_, column, _)| *column -= u16::from(*column > 3));
    assert_eq!(recorded(&without), expected);
    let mut cover = plain.clone();
    cover.insert(0, ("Cover".to_owned(), Vec::new()));
    cover.insert(2, ("Notes".to_owned(), Vec::new()));
    let receipt = row_of(&cover, 1, "receipt");
    let number =
        cover[1].1.iter().find(|(row, column, _)| (*row, *column) == (receipt, 0)).expect("a number").2.clone();
    put(&mut cover, 3, 1, 0, number);
    put(&mut cover, 3, 1, 1, words("Order paper"));
    put(&mut cover, 3, 1, 4, Typed::Shown(46_082.0, "yyyy\\-mm\\-dd"));
    let book = Book::sound().with("form.xlsx", saved(&cover));
    book.run(RECORD).ends(0);
    let record = book.read("audits/2026-03-01-market.yaml");
    assert!(record.contains("what: Order paper\n      due: 2026-03-01"), "{record}");
}

#[test]
fn a_sheet_copied_for_a_second_round_is_never_lost() {
    let book = Book::sound();
    let mut sheets = filled(&book);
    let mut copy = blank(&book, "checklist --site market").swap_remove(0);
    copy.0 = "Checklist (2)".to_owned();
    sheets.push(copy);
    let book = Book::sound().with("form.xlsx", saved(&sheets));
    book.run(RECORD).ends(0).says("the sheet `Checklist (2)` is not filled in, and was not read");
    let last = sheets.len() - 1;
    let receipt = row_of(&sheets, last, "receipt");
    put(&mut sheets, last, receipt, ANSWER, words("met"));
    refused(&sheets, "Checklist (2)", "two sheets are filled in, `Checklist` and `Checklist (2)`");
}

#[test]
fn what_a_spreadsheet_made_of_a_value_is_refused() {
    let book = Book::sound();
    let plain = filled(&book);
    let greet = row_of(&plain, 0, "greet");
    let place = format!("Checklist!H{}", greet + 1);
    for (cell, said) in [
        (Typed::Shown(46_024.0, "d/m/yyyy"), "the day 2026-01-02"),
        (Typed::Shown(12.5 / 24.0, "hh:mm"), "the time 12:30"),
        (Typed::Shown(0.9, "# ?/?"), "shown as a fraction"),
        (Typed::Shown(0.95, "0%"), "`95 %` cannot be compared"),
        (Typed::Number(12.5 / 24.0), "the time 12:30"),
        (Typed::Number(46_024.0), "the day 2026-01-02"),
        (words("#N/A"), "is not an answer"),
    ] {
        let mut sheets = plain.clone();
        put(&mut sheets, 0, greet, OBSERVED, cell);
        refused(&sheets, &place, said);
    }
    // Where people type, the cells of the form are text.
    book.run("checklist --site market -o form.xlsx").ends(0);
    let bytes = std::fs::read(book.path().join("form.xlsx")).expect("the spreadsheet");
    let mut read = Xlsx::new(Cursor::new(bytes)).expect("a spreadsheet");
    let styles = read.worksheet_style("Checklist").expect("styles");
    for column in [OBSERVED, ANSWER, NOTE] {
        let style = styles.get((greet, u32::from(column))).expect("a style");
        assert_eq!(style.number_format.as_ref().map(|format| format.format_code.as_str()), Some("@"), "{column}");
    }
}

#[test]
fn cells_that_are_merged_or_stray_are_refused_at_their_place() {
    let book = Book::sound();
    let plain = filled(&book);
    let (greet, last) = (row_of(&plain, 0, "greet"), plain[0].1.iter().map(|(row, ..)| *row).max().expect("rows"));
    let mut merged = plain.clone();
    merged[0].1.retain(|(row, column, _)| !(*column == ANSWER && *row >= greet));
    put(&mut merged, 0, greet, ANSWER, Typed::Merged(greet + 1, ANSWER, "met".to_owned()));
    refused(&merged, &format!("Checklist!I{}", greet + 1), "are merged into one");
    for (row, column, name) in [
        (last + 2, 0, format!("A{}", last + 3)),
        (last + 1, 1, format!("B{}", last + 2)),
        (last + 3, NOTE, format!("J{}", last + 4)),
        (greet, 15, format!("P{}", greet + 1)),
        (4, 12, "M5".to_owned()),
    ] {
        let mut stray = plain.clone();
        put(&mut stray, 0, row, column, words("The lift was broken"));
        let said = if column == NOTE { "lost its `ID@STAMP`" } else { "The lift was broken" };
        refused(&stray, &format!("Checklist!{name}"), said);
    }
}

/// The checklist as CSV with an answer, in one of the ways in which programs save it.
fn csv(separator: char, ends: &str) -> String {
    let book = Book::sound();
    let stamp = stamp(&book, "receipt");
    let rows = [
        ["Nr", "Wynik", "Ocena", "Uwagi", "ID@ZNACZNIK"].map(str::to_owned),
        [
            "3".to_owned(),
            String::new(),
            "niespełniony".to_owned(),
            "Źle, zażółć".to_owned(),
            format!("receipt@{stamp}"),
        ],
        [
            "1".to_owned(),
            "9,5".to_owned(),
            String::new(),
            String::new(),
            format!("greet@{}", self::stamp(&book, "greet")),
        ],
    ];
    let cell = |cell: &String| if cell.contains([separator, '"']) { format!("\"{cell}\"") } else { cell.clone() };
    rows.iter().map(|row| row.iter().map(cell).collect::<Vec<_>>().join(&separator.to_string()) + ends).collect()
}

#[test]
fn csv_is_read_however_a_spreadsheet_saved_it() {
    let utf_16 = |text: &str| -> Vec<u8> {
        std::iter::once(0xfeff).chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect()
    };
    let windows = |text: &str| encoding_rs::WINDOWS_1250.encode(text).0.into_owned();
    let files: [(&str, Vec<u8>); 9] = [
        // A table that was made before the heading was called otherwise.
        ("earlier", csv(',', "\n").replace("ID@ZNACZNIK", "ID@STEMPEL").into_bytes()),
        ("comma", csv(',', "\n").into_bytes()),
        ("semicolon", csv(';', "\r\n").into_bytes()),
        ("tab", csv('\t', "\r\n").into_bytes()),
        ("mark", format!("\u{feff}{}", csv(';', "\r\n")).into_bytes()),
        ("old Macintosh", csv(';', "\r").into_bytes()),
        ("sep", format!("SEP=;\r\n{}", csv(';', "\r\n")).into_bytes()),
        ("UTF-16", utf_16(&csv('\t', "\r\n"))),
        ("Windows", windows(&csv(';', "\r\n"))),
    ];
    let mut records = Vec::new();
    for (name, bytes) in files {
        let book = Book::sound().with("form.csv", bytes);
        let run = book.run("audit record form.csv --site market --date 2026-03-01 --today 2026-03-02");
        run.ends(0).says("2 answers taken");
        records.push((name, book.read("audits/2026-03-01-market.yaml")));
    }
    assert!(records[0].1.contains("note: Źle, zażółć") && records[0].1.contains(": 9.5 s"), "{}", records[0].1);
    for (name, record) in &records {
        assert_eq!(*record, records[0].1, "{name}");
    }
}

#[test]
fn csv_with_open_quotation_marks_or_strange_cells_names_the_line() {
    let good = csv(';', "\n");
    for (text, line, said) in [
        (good.replace("Źle, zażółć", "\"Źle"), 2, "never closed"),
        (good.replace("Źle, zażółć", "\"Źle”"), 2, "never closed"),
        (good.replace("Źle, zażółć", "“Źle; bardzo”"), 2, "curly"),
        (good.replace("3;;", "3;;;"), 2, "6 cells"),
        (format!("{good}The lift was broken;;;;\n"), 4, "The lift was broken"),
        (format!("{good};;;too late;\n"), 4, "lost its `ID@STAMP`"),
        (good.replace("niespełniony", "spełnione"), 2, "spełniony, niespełniony, nie dotyczy, nie zaobserwowano"),
    ] {
        let book = Book::sound().with("form.csv", text);
        let run = book.run("audit record form.csv --site market --date 2026-03-01 --today 2026-03-02");
        run.ends(1).prints(&format!("form.csv:{line}: ")).prints(said);
        assert!(book.files("audits").is_empty());
    }
}

#[test]
fn json_that_says_a_thing_twice_or_something_unknown_is_refused() {
    let book = Book::sound();
    let text = form(&book).to_string();
    for (old, new, said) in [
        (
            "\"note\":\"No paper\"",
            "\"note\":\"No paper\",\"note\":\"Paper\"",
            "the key `note` stands here a second time",
        ),
        ("\"note\":\"No paper\"", "\"notes\":\"No paper\"", "a.json:receipt: the form has no key `notes`"),
        ("\"site\":\"market\"", "\"site\":\"market\",\"weather\":\"rain\"", "the form has no key `weather`"),
        ("\"kind\":\"internal\"", "\"kind\":true", "`kind` is a truth value"),
        ("\"date\":\"2026-03-01\"", "\"date\":\"12/02/2026\"", "`12/02/2026` may be 2026-02-12 or 2026-12-02"),
        ("\"date\":\"2026-03-01\"", "\"date\":\"1970-01-01\"", "whose clock was never set"),
    ] {
        assert!(text.contains(old), "{text}");
        let book = Book::sound().with("a.json", text.replacen(old, new, 1));
        book.run("audit record a.json --today 2026-03-02").ends(1).prints(said);
        assert!(book.files("audits").is_empty(), "{said}");
    }
    let deep = format!("{{\"gamma-ok\": \"checklist\", \"x\": {}", "[".repeat(100_000));
    Book::sound().with("a.json", deep).run("audit record a.json").ends(1).prints("a.json:1:");
    let clock = text.replace("2026-03-01", "1970-01-01");
    let book = Book::sound().with("a.json", clock);
    book.run("audit record a.json --today 2026-03-02 --date 2026-03-01").ends(0).says("whose clock was never set");
    assert_eq!(book.files("audits"), ["2026-03-01-market.yaml"]);
}

#[test]
fn what_is_unanswered_is_counted_by_what_was_to_be_looked_at() {
    let book = Book::sound();
    let text = form(&book).to_string();
    let run = book.with("a.json", text).run("audit record a.json --today 2026-03-02").ends(0);
    run.says("a.json: 3 answers taken, 1 of its items unanswered");
}

#[test]
fn letters_and_their_marks_may_be_apart() {
    let book = Book::sound();
    let ticked = markdown(&book, "pl").replace("No paper", "Źle, zażółć");
    let apart = ticked.replace('Ź', "Z\u{301}").replace('ó', "o\u{301}").replace('ż', "z\u{307}");
    let apart = apart.replace('ć', "c\u{301}").replace('ę', "e\u{328}").replace('ś', "s\u{301}");
    assert_ne!(ticked, apart);
    let book = book.with("one.md", ticked).with("two.md", apart);
    book.run("audit record one.md two.md --today 2026-03-02").ends(0).says("two.md: recorded already");
}

/// A cell's name.
fn named(sheets: &Sheets, sheet: usize, row: u32, column: u8) -> String {
    format!("{}!{}{}", sheets[sheet].0, char::from(b'A' + column), row + 1)
}

#[test]
fn what_a_spreadsheet_has_printed_is_not_written_over() {
    let plain = filled(&Book::sound());
    let expected = recorded(&plain);
    let greet = row_of(&plain, 0, "greet");
    let changed = |sheet: usize, row: u32, column: u8, text: &str, said: &str| {
        let mut sheets = plain.clone();
        put(&mut sheets, sheet, row, u16::from(column), words(text));
        refused(&sheets, &named(&plain, sheet, row, column), said);
    };
    for column in 0..7 {
        changed(0, greet, column, "two were missing", "two were missing");
    }
    changed(0, 2, 2, "North", "the form was made for the site `market`, and here stands `North`");
    changed(2, 1, 1, "ask the owner", "ask the owner");
    let mut without = plain.clone();
    without[0].1.retain(|(row, column, _)| (*row, *column) != (2, 2));
    refused(&without, "Checklist!B3", "no site stands here");
    // A form of a time when it did not say what it had printed.
    let mut former = plain;
    let hidden = former.len() - 1;
    let named: Vec<u32> = former[hidden].1.iter().filter(|(_, column, _)| *column == 1).map(|(row, ..)| *row).collect();
    let is_printed = |row: u32| {
        let first = former[hidden].1.iter().find(|(other, column, _)| (*other, *column) == (row, 0));
        first.is_some_and(|(.., cell)| text(cell) == "printed")
    };
    let newer: Vec<u32> = named.into_iter().filter(|row| is_printed(*row)).collect();
    assert!(!newer.is_empty());
    former[hidden].1.retain(|(row, ..)| !newer.contains(row));
    assert_eq!(recorded(&former), expected);
}

#[test]
fn what_a_sheet_works_out_is_not_written_over() {
    let plain = filled(&Book::sound());
    let score = plain[0].1.iter().find(|(.., cell)| text(cell) == "Score").expect("a label").0;
    for cell in [
        words("100 % (2 of 2; 0 n/a, 1 not observed)"),
        words("n/a"),
        words("78 % (7 av 9; 1 ej tillämpligt, 0 ej sedda)"),
    ] {
        let mut sheets = plain.clone();
        put(&mut sheets, 0, score, 7, cell.clone());
        let book = Book::sound().with("form.xlsx", saved(&sheets));
        let run = book.run(RECORD);
        if text(&cell).contains("av") {
            run.ends(1);
        } else {
            run.ends(0);
        }
    }
    for (row, column, cell, said) in [
        (score, 7, words("The lift was broken"), "The lift was broken"),
        (score, 7, Typed::Number(80.0), "80"),
        (score, 9, words("far too low"), "far too low"),
        (score + 1, 7, words("the fire door"), "the fire door"),
        (score + 1, 7, Typed::Number(1.5), "1.5"),
        (score, 10, words("Score is not what I saw"), "Score is not what I saw"),
        (score, 10, words("Level: poor"), "Level: poor"),
        (score + 2, 6, words("Measure again in May"), "Measure again in May"),
    ] {
        let mut sheets = plain.clone();
        put(&mut sheets, 0, row, column, cell);
        refused(&sheets, &named(&plain, 0, row, column as u8), said);
        let csv = separated(&sheets[0].1, ",");
        let book = Book::sound().with("form.csv", csv);
        let run = book.run("audit record form.csv --site market --today 2026-03-02");
        assert!(run.stdout().contains(said), "{said}: {}", run.stdout());
    }
}

/// The blank checklist of the market as the program makes it, with one part of its archive changed.
fn remade(book: &Book, part: &str, change: impl Fn(&str) -> String) -> Vec<u8> {
    book.run("checklist --site market -o blank.xlsx").ends(0);
    let bytes = std::fs::read(book.path().join("blank.xlsx")).expect("the spreadsheet");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut written = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for index in 0..archive.len() {
        let mut inside = archive.by_index(index).expect("a part");
        let name = inside.name().expect("a name").into_owned();
        let mut content = Vec::new();
        inside.read_to_end(&mut content).expect("its bytes");
        if name == part {
            content = change(std::str::from_utf8(&content).expect("text")).into_bytes();
        }
        written.start_file(name, zip::write::SimpleFileOptions::default()).expect("a part");
        written.write_all(&content).expect("its bytes");
    }
    written.finish().expect("an archive").into_inner()
}

#[test]
fn words_in_the_head_or_foot_of_a_page_are_refused() {
    let book = Book::sound();
    let sheet = "xl/worksheets/sheet1.xml";
    let taken = |change: &dyn Fn(&str) -> String| {
        let book = Book::sound().with("form.xlsx", remade(&book, sheet, change));
        book.run("audit record form.xlsx --date 2026-03-01 --today 2026-03-02").stdout()
    };
    let own = taken(&str::to_owned);
    assert!(!own.contains("on each page"), "{own}");
    for (from, to, said) in [
        ("&amp;P / &amp;N", "&amp;P / &amp;N the lift was broken", "/ the lift was broken"),
        ("<oddFooter>", "<oddFooter>&amp;LNo hot water", "No hot water"),
        ("<oddHeader>&amp;L", "<oddHeader>&amp;LSeen on a Monday ", "Seen on a Monday"),
    ] {
        let found = taken(&|text| {
            assert!(text.contains(from), "{text}");
            text.replacen(from, to, 1)
        });
        assert!(found.contains("form.xlsx:Checklist: the head or foot") && found.contains(said), "{found}");
    }
    let renamed = taken(&|text| text.replace("&amp;9&amp;P / &amp;N", "&amp;\"Arial\"&amp;8Page &amp;P of &amp;N"));
    assert!(!renamed.contains("on each page"), "{renamed}");
}

#[test]
fn rows_and_columns_that_are_hidden_are_read() {
    let book = Book::sound();
    let sheet = "xl/worksheets/sheet1.xml";
    let cell = format!("I{}", row_of(&blank(&book, "checklist --site market"), 0, "receipt") + 1);
    // Its answer is given, and its row and the columns are hidden.
    let answer = |text: &str| {
        let (before, after) = text.split_once(&format!("r=\"{cell}\"")).expect("a cell");
        let (style, after) = after.split_once("/>").expect("an empty cell");
        let (top, start) = before.split_at(before.rfind("<row ").expect("a row"));
        let top = top.replace("<col ", "<col hidden=\"1\" ");
        let start = start.replacen("<row ", "<row hidden=\"1\" ", 1);
        format!("{top}{start}r=\"{cell}\" t=\"inlineStr\"{style}><is><t>not met</t></is></c>{after}")
    };
    let book = Book::sound().with("form.xlsx", remade(&book, sheet, answer));
    book.run("audit record form.xlsx --date 2026-03-01 --auditor Q-1 --today 2026-03-02").ends(0);
    let file = book.files("audits").pop().expect("a record");
    assert!(book.read(&format!("audits/{file}")).contains("not met"));
}

#[test]
fn a_column_of_answers_called_otherwise_is_refused() {
    let plain = filled(&Book::sound());
    for (column, head, place, said) in [
        (ANSWER, "Score", "K8", "no column of this table is headed as the one for answers"),
        (ANSWER, "Level", "I8", "two columns are called `Level`, here and at C8"),
        (NOTE, "Measure", "J8", "two columns are called `Measure`"),
    ] {
        let mut sheets = plain.clone();
        put(&mut sheets, 0, 7, column, words(head));
        refused(&sheets, &format!("Checklist!{place}"), said);
    }
}

#[test]
fn no_sheet_with_something_on_it_is_passed_over() {
    let plain = filled(&Book::sound());
    let mut cover = plain.clone();
    cover.insert(0, ("Cover".to_owned(), vec![(3, 1, words("The lift was broken"))]));
    refused(&cover, "Cover!B4", "The lift was broken");
    let mut renamed = plain.clone();
    put(&mut renamed, 1, 0, 1, words("Measure to take"));
    refused(&renamed, &named(&plain, 1, 0, 0), "is none that the form asks for");
    let mut headless = plain.clone();
    headless[1].1.retain(|(row, ..)| *row > 0);
    put(&mut headless, 1, 1, 1, words("Order paper"));
    refused(&headless, &named(&plain, 1, 1, 1), "Order paper");
    // An action without words is told in its own row.
    let mut silent = plain.clone();
    put(&mut silent, 1, 1, 0, Typed::Number(1.0));
    put(&mut silent, 1, 1, 3, words("lead"));
    refused(&silent, &named(&plain, 1, 1, 3), "does not say what will be done");
}

#[test]
fn what_a_cell_holds_besides_its_value_is_kept_or_refused() {
    let plain = filled(&Book::sound());
    let receipt = row_of(&plain, 0, "receipt");
    for (column, cell, said) in [
        (7, Typed::Shown(90.0, "0\" min\""), "to which its format adds words"),
        (8, Typed::Formula("=I11"), "no value of it is stored"),
        (9, Typed::Formula("=TODAY()+7"), "no value of it is stored"),
        (8, Typed::Struck("met"), "this cell is struck through: `met`"),
        (9, Typed::Picture, "a picture or a shape"),
        (9, Typed::Comment, "a comment on a cell"),
    ] {
        let mut sheets = plain.clone();
        if matches!(cell, Typed::Picture | Typed::Comment) {
            sheets[0].1.push((receipt, column, cell));
        } else {
            put(&mut sheets, 0, receipt, column, cell);
        }
        refused(&sheets, &named(&plain, 0, receipt, column as u8), said);
    }
    let mut dated = plain.clone();
    put(&mut dated, 0, 3, 2, Typed::Shown(20_261_120.0, "yyyy\\-mm\\-dd"));
    refused(&dated, "Checklist!C4", "this cell holds 20261120, which is no day");
    let mut due = plain.clone();
    put(&mut due, 1, 1, 0, Typed::Number(1.0));
    put(&mut due, 1, 1, 1, words("Order paper"));
    for cell in [Typed::Number(5.0), Typed::Shown(2027.0, "yyyy\\-mm\\-dd")] {
        put(&mut due, 1, 1, 4, cell);
        refused(&due, &named(&plain, 1, 1, 4), "this cell holds");
    }
    let mut linked = plain;
    put(&mut linked, 0, receipt, NOTE, Typed::Link("photo", "https://example.org/a.jpg"));
    assert!(recorded(&linked).contains("photo (https://example.org/a.jpg)"));
}

#[test]
fn a_row_pasted_below_is_told_once() {
    let mut sheets = filled(&Book::sound());
    let greet = row_of(&sheets, 0, "greet");
    let last = sheets[0].1.iter().map(|(row, ..)| *row).max().expect("rows");
    let copied: Vec<_> =
        sheets[0].1.iter().filter(|(row, column, _)| *row == greet && *column != 10).cloned().collect();
    sheets[0].1.extend(copied.into_iter().map(|(_, column, cell)| (last + 2, column, cell)));
    let run = Book::sound().with("form.xlsx", saved(&sheets)).run(RECORD).ends(1);
    assert_eq!(run.stdout().matches("form.xlsx:").count(), 1, "{}", run.stdout());
    run.prints("lost its `ID@STAMP`");
}

/// Rows of cells as CSV.
fn separated(sheet: &[(u32, u16, Typed)], separator: &str) -> String {
    let shown = |cell: &Typed| match cell {
        Typed::Number(number) => number.to_string(),
        other => format!("\"{}\"", text(other).replace('"', "\"\"")),
    };
    let last = sheet.iter().map(|(row, ..)| *row).max().unwrap_or(0);
    let line = |row: u32| {
        let cell = |column: u16| sheet.iter().find(|(other, beside, _)| (*other, *beside) == (row, column));
        let cells: Vec<String> =
            (0..13).map(|column| cell(column).map_or_else(String::new, |(.., cell)| shown(cell))).collect();
        cells.join(separator) + "\r\n"
    };
    (0..=last).map(line).collect()
}

#[test]
fn a_sheet_saved_as_csv_is_read() {
    let plain = filled(&Book::sound());
    let expected = recorded(&plain);
    for separator in [",", ";", "\t"] {
        let text = separated(&plain[0].1, separator);
        let book = Book::sound().with("form.csv", &text).with("titled.csv", format!("Round spring\n\n{text}"));
        book.run("audit record form.csv --today 2026-03-02").ends(0);
        assert_eq!(book.read("audits/2026-03-01-market.yaml"), expected);
        book.run("audit record titled.csv --today 2026-03-02").ends(0).says("recorded already");
        let stray = text.replacen("Site", "Weather\"\r\nIt rained\r\n\"Site", 1);
        let book = Book::sound().with("form.csv", stray + "The lift was broken\r\n");
        book.run("audit record form.csv --today 2026-03-02").ends(1).prints("The lift was broken");
    }
}

#[test]
fn csv_keeps_what_is_written_under_its_own_heads() {
    let book = Book::sound();
    book.run("checklist --site market -o form.csv").ends(0);
    let blank = book.read("form.csv");
    let filled = blank.replace(",,,receipt@", ",not met,critical,receipt@");
    assert_ne!(blank, filled);
    const COMMAND: &str = "audit record form.csv --site market --date 2026-03-01 --today 2026-03-02";
    let book = Book::sound().with("form.csv", &filled);
    book.run(COMMAND).ends(0);
    assert!(book.read("audits/2026-03-01-market.yaml").contains("note: critical"));
    for (head, said) in [
        (",Score,", "no column of this table is headed as the one for answers"),
        (",Level,", "two columns are called `Level`"),
        (",Phase,", "two columns are called `Phase`, here and at B"),
    ] {
        let book = Book::sound().with("form.csv", filled.replacen(",Answer,", head, 1));
        book.run(COMMAND).ends(1).prints("form.csv:1: ").prints(said);
        assert!(book.files("audits").is_empty());
    }
    // Forms of a time when the word stood in the notes.
    let former = blank.replacen(" (▲ critical)", "", 1).replace(" ▲", "");
    let former = former.replace(",,,greet@", ",,critical,greet@").replace(",,,receipt@", ",not met,Late,receipt@");
    let book = Book::sound().with("form.csv", former);
    book.run(COMMAND).ends(0).says("1 answer taken");
}

#[test]
fn a_reviews_own_form_is_taken_in_any_language() {
    for language in ["en", "pl"] {
        for ending in ["md", "xlsx"] {
            let book = Book::example("hotel-wisla");
            book.run(&format!("review checklist 2026 --lang {language} -o r.{ending}")).ends(0);
            let run = book.run(&format!("review record r.{ending}")).ends(0);
            run.says("0 in conflict, 0 rejected").prints_nothing();
        }
    }
}

#[test]
fn what_is_written_over_or_into_the_forms_own_words_is_refused() {
    let book = Book::sound();
    let ticked = markdown(&book, "en");
    let book = book.with("form.md", &ticked);
    book.run(COMMAND_MD).ends(0);
    for (old, new) in [
        ("# Checklist: Corner shop", "# Checklist: Corner shop, on a busy Monday"),
        ("# Checklist: Corner shop", "# Monday"),
        ("## 1. Arrival", "## 1. Arrival: nobody was there"),
        ("## 1. Arrival", "## 1. Chaos"),
        ("## 1. Arrival", "## 1. Arrival ✗"),
        ("## 2. Payment", "## 2. Payment not met"),
        ("## Corrective actions", "## Corrective actions (ask Anna)"),
        ("- Edition: draft", "- Edition: draft of Monday"),
        ("▲ critical, fails", "▲ critical (which is nonsense), fails"),
        (" · observe · ", " · observe from afar · "),
        ("**within 10\u{a0}s, in 90\u{a0}% of cases**", "**within 10\u{a0}s, in 90\u{a0}% of cases** 15 s"),
        ("The seller greets", "The seller never greets"),
        ("The seller greets the shopper within 10 seconds.", "Nonsense."),
        ("| Item | What will be done |", "| Item | What will be done, says Anna |"),
        ("- Manager on duty:", "- Manager on duty: Anna. The fire door was blocked"),
    ] {
        assert!(ticked.contains(old), "{old}: {ticked}");
        let line = ticked[..ticked.find(old).expect("it")].matches('\n').count() + 1;
        let run = Book::sound().with("form.md", ticked.replacen(old, new, 1)).run(COMMAND_MD).ends(1);
        run.prints(&format!("form.md:{line}: "));
    }
    // Text under a heading as well.
    let under = ticked.replacen("## 1. Arrival\n", "## 1. Arrival\n\nNobody was there.\n", 1);
    Book::sound().with("form.md", under).run(COMMAND_MD).ends(1).prints("`Nobody was there.`");
}

/// Takes in the form as Markdown.
const COMMAND_MD: &str = "audit record form.md --today 2026-03-02";

#[test]
fn a_heading_of_an_earlier_edition_is_told_and_taken() {
    let issued = || {
        let book = Book::sound();
        book.run(
            "edition issue --number 1 --title Spring --approved-by seller --in-force 2026-02-01 --next-review 2027-02-01 \
             --today 2026-02-01",
        )
        .ends(0);
        book
    };
    let book = issued();
    let ticked = markdown(&book, "en");
    assert!(ticked.contains("- Edition: 1"), "{ticked}");
    let book = book.with("form.md", &ticked);
    book.run(&format!("{COMMAND_MD} --dry-run")).ends(0);
    // In the edition that the book is it has no such heading, its edition no such name, and no such day.
    for (old, new) in
        [("## 1. Arrival", "## 1. Chaos"), ("- Edition: 1", "- Edition: I think 1"), ("2026", "2026 or later")]
    {
        issued().with("form.md", ticked.replacen(old, new, 1)).run(COMMAND_MD).ends(1).prints("form.md:");
    }
    let other = book.edit(VISIT, "title: {en: Arrival, pl:", "title: {en: Coming in, pl:");
    let other = other.edit(VISIT, "en: Every shelf bears the price", "en: Each shelf bears the price");
    other.run(COMMAND_MD).ends(0).says("`1. Arrival`").says("another edition");
}

const VISIT: &str = "sequences/visit.yaml";

#[test]
fn what_csv_has_printed_is_not_written_over() {
    let book = Book::sound();
    let blank = book.run("checklist --format csv --site market").ends(0).stdout();
    let filled = blank.replacen(",,,,greet@", ",8,,,greet@", 1);
    let command = "audit record form.csv --today 2026-03-02 --date 2026-03-01 --site market";
    book.with("form.csv", &filled).run(command).ends(0);
    // An encoding that lacks the sign of a critical item leaves a question mark.
    Book::sound().with("form.csv", filled.replace('▲', "?")).run(command).ends(0);
    for (old, new, heading) in [
        ("Arrival,", "Arrival early,", "Phase"),
        ("The shopper comes in", "The shopper runs in", "Step"),
        ("The seller greets the shopper within 10 seconds.", "The seller never greets the shopper.", "Standard"),
        (",observe,", ",observe twice,", "How verified"),
        ("\n1,", "\nhalf,", "No."),
    ] {
        assert!(filled.contains(old), "{old}: {filled}");
        let run = Book::sound().with("form.csv", filled.replacen(old, new, 1)).run(command).ends(1);
        run.prints("form.csv:2: ").prints(heading);
    }
}

#[test]
fn a_letter_of_another_alphabet_is_named_in_a_form_of_any_kind() {
    let looks = "which looks like `";
    let book = Book::sound();
    let ticked = markdown(&book, "en");
    let csv = book.run("checklist --site market --format csv --lang en").ends(0).stdout();
    for (name, old, new, named) in [
        ("a.md", "[x] not met", "[x] n\u{43e}t met", "U+043E CYRILLIC SMALL LETTER O"),
        ("a.md", "[x] not met", "[\u{445}] not met", "U+0445 CYRILLIC SMALL LETTER HA"),
        ("a.md", "Site: **", "Site: **\u{422}", "U+0422 CYRILLIC CAPITAL LETTER TE"),
        ("a.csv", "Answer", "\u{410}nswer", "U+0410 CYRILLIC CAPITAL LETTER A"),
    ] {
        let text = if name == "a.md" { &ticked } else { &csv };
        assert!(text.contains(old), "{old}: {text}");
        let book = Book::sound().with(name, text.replacen(old, new, 1));
        let run = book.run(&format!("audit record {name} --today 2026-03-02")).ends(1);
        assert!(run.stdout().contains(named) && run.stdout().contains(looks), "{new}: {}", run.stdout());
        assert_eq!(run.stdout().matches(looks).count(), 1, "{}", run.stdout());
    }
    let plain = filled(&book);
    let receipt = row_of(&plain, 0, "receipt");
    for (row, column, text) in [(receipt, ANSWER, "n\u{43e}t met"), (7, ANSWER, "\u{410}nswer")] {
        let mut sheets = plain.clone();
        put(&mut sheets, 0, row, column, words(text));
        refused(&sheets, &named(&plain, 0, row, column as u8), looks);
    }
}

#[test]
fn a_merge_that_was_not_finished_is_one_refusal() {
    let book = Book::sound();
    let ticked = markdown(&book, "en");
    let csv = book.run("checklist --site market --format csv --lang en").ends(0).stdout();
    let json = form(&book).to_string();
    for (name, text) in [("a.md", ticked), ("a.csv", csv), ("a.json", json.replace(",\"", ",\n\""))] {
        let lines: Vec<&str> = text.lines().collect();
        let middle = lines.len() / 2;
        let (before, after) = lines.split_at(middle);
        let one = after[0];
        let text = format!(
            "{}\n<<<<<<< HEAD\n{one}\n=======\n{one}\n>>>>>>> other\n{}\n",
            before.join("\n"),
            after[1..].join("\n")
        );
        let book = Book::sound().with(name, text);
        let run = book.run(&format!("audit record {name} --today 2026-03-02")).ends(1);
        let told = run.stdout();
        assert!(told.contains(&format!("{name}:{}: a merge was not finished here", middle + 1)), "{told}");
        assert_eq!(told.matches("\n  help: ").count(), 1, "{told}");
    }
    let table = "date,site,rating,comment\n<<<<<<< HEAD\n2026-03-01,market,4,fine\n=======\n2026-03-01,market,2,no\n>>>>>>> other\n";
    let book = Book::sound().with("feedback/a.csv", table);
    let found = book.run("check --format json").ends(1).json();
    let errors: Vec<_> =
        found.as_array().expect("a list").iter().filter(|found| found["severity"] == "error").collect();
    assert!(matches!(&*errors, [only] if only["rule"] == "merge-conflict"), "{errors:#?}");
}

#[test]
fn a_letter_of_another_alphabet_is_named_in_feedback() {
    for (old, new) in
        [("market", "m\u{430}rket"), ("rating", "r\u{430}ting"), ("praise", "pr\u{430}ise"), ("visit", "v\u{456}sit")]
    {
        let table = "date,site,sequence,rating,kind,comment\n2026-03-01,market,visit,4,praise,fine\n";
        assert!(table.contains(old));
        let book = Book::sound().with("feedback/a.csv", table.replacen(old, new, 1));
        book.run("check").prints("which looks like `").prints(&format!("type `{old}` anew"));
    }
}
