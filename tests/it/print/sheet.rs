//! The checklist as a spreadsheet, and as CSV.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};
use gamma_ok::document::{Checklist, DocumentKind};
use gamma_ok::edition::Filter;
use gamma_ok::source::Memory;

use super::{HOSTILE, hotel, office, part, texts, with_part};
use crate::documents::{Loaded, day, hostile_book, load};

fn workbook(loaded: &Loaded, language: &str) -> Vec<u8> {
    loaded.bytes_of("xlsx", &*loaded.compose(DocumentKind::Checklist, language, Some("krakow"), Filter::default()))
}

fn open(bytes: &[u8]) -> Xlsx<Cursor<&[u8]>> {
    Xlsx::new(Cursor::new(bytes)).expect("a workbook")
}

/// What the hidden sheet says: what, name, value.
fn form(bytes: &[u8]) -> Vec<[String; 3]> {
    let range = open(bytes).worksheet_range("gamma-ok").expect("the hidden sheet");
    let cell = |row: &[Data], at: usize| row.get(at).map(ToString::to_string).unwrap_or_default();
    range.rows().map(|row| [cell(row, 0), cell(row, 1), cell(row, 2)]).collect()
}

fn value(form: &[[String; 3]], what: &str, name: &str) -> String {
    let found = form.iter().find(|row| row[0] == what && (name.is_empty() || row[1] == name));
    found.map(|row| row[2].clone()).unwrap_or_else(|| panic!("{what} {name}"))
}

/// Rows of the items, from 1, with their `ID@STAMP`.
fn items(bytes: &[u8], sheet: &str) -> Vec<(usize, String)> {
    let range = open(bytes).worksheet_range(sheet).expect("the sheet");
    let rows = range.rows().enumerate().skip(8);
    rows.filter_map(|(at, row)| Some((at + 1, row.get(10)?.to_string()))).filter(|(_, id)| id.contains('@')).collect()
}

/// The workbook with these words in the cells of answers.
fn answered(bytes: &[u8], answers: &[(usize, String)]) -> Vec<u8> {
    let mut xml = part(bytes, "xl/worksheets/sheet1.xml");
    for (row, answer) in answers {
        let open = format!("<c r=\"I{row}\" s=\"");
        let from = xml.find(&open).unwrap_or_else(|| panic!("I{row}")) + open.len();
        let end = from + xml[from..].find("\"/>").expect("an empty cell");
        let style = xml[from..end].to_owned();
        xml.replace_range(end..end + 3, &format!("\" t=\"inlineStr\"><is><t>{answer}</t></is></c>"));
        assert!(style.chars().all(|c| c.is_ascii_digit()), "{style}");
    }
    with_part(bytes, "xl/worksheets/sheet1.xml", &xml)
}

/// The score of these answers to the first items, in per cent, weighed by hand.
fn weighted(loaded: &Loaded, language: &str, answers: &[&str]) -> f64 {
    let document = loaded.compose(DocumentKind::Checklist, language, Some("krakow"), Filter::default());
    let Some(view) = document.view::<Checklist>() else { panic!("a checklist") };
    let weights = view.phases.iter().flat_map(|one| &one.steps).flat_map(|step| &step.items).map(|item| item.weight);
    let judged: Vec<_> = weights.zip(answers).filter(|(_, answer)| ["met", "not met"].contains(answer)).collect();
    let met: f64 = judged.iter().filter(|(_, answer)| **answer == "met").map(|(weight, _)| weight).sum();
    (100.0 * met / judged.iter().map(|(weight, _)| weight).sum::<f64>()).round()
}

#[test]
fn the_score_computes_in_another_program() {
    let loaded = hotel();
    for (language, sheet, percent, said) in [
        ("en", "Checklist", "\u{a0}%", "(6 of 7; 2 n/a, 1 not observed)"),
        ("pl", "Lista kontrolna", "%", "(6 z 7; nie dotyczy: 2, nie zaobserwowano: 1)"),
    ] {
        let bytes = workbook(&loaded, language);
        let form = form(&bytes);
        let items = items(&bytes, sheet);
        let words = ["met", "met", "n/a", "met", "not met", "met", "not observed", "met", "n/a", "met"];
        let answers: Vec<_> =
            items.iter().zip(words).map(|((row, _), word)| (*row, value(&form, "answer", word))).collect();
        let Some(shown) =
            office::converted(&answered(&bytes, &answers), "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")
        else {
            return;
        };
        let shown = String::from_utf8_lossy(&shown).into_owned();
        let share = weighted(&loaded, language, &words);
        let line = format!("{share}{percent} {said}");
        assert!(shown.contains(&line), "{line} in {}", shown.lines().take(8).collect::<Vec<_>>().join("\n"));
        let Some(blank) = office::converted(&bytes, "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76") else { return };
        let nothing = if language == "en" { "n/a" } else { "brak ocen" };
        let head = String::from_utf8_lossy(&blank).lines().take(4).collect::<Vec<_>>().join("\n");
        assert!(head.contains(nothing) && !head.contains('%'), "{head}");
    }
}

#[test]
fn a_critical_failure_is_counted_and_weights_weigh() {
    let text = "id: a\nphases:\n  - id: p\n    standards:\n      \
                - {id: one, type: personal, level: basic, critical: true, weight: 3, text: The clerk greets.}\n      \
                - {id: two, type: personal, level: basic, text: The clerk thanks.}\n";
    let loaded = crate::documents::memory(&[("gamma-ok.yaml", "title: House\n"), ("sequences/a.yaml", text)]);
    let bytes = loaded.bytes_of("xlsx", &*loaded.compose(DocumentKind::Checklist, "en", None, Filter::default()));
    let rows = items(&bytes, "Checklist");
    let answers = [(rows[0].0, "not met".to_owned()), (rows[1].0, "met".to_owned())];
    let Some(shown) =
        office::converted(&answered(&bytes, &answers), "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76")
    else {
        return;
    };
    let head = String::from_utf8_lossy(&shown).lines().take(4).collect::<Vec<_>>().join("\n");
    assert!(head.contains("25\u{a0}% (1 of 2; 0 n/a, 0 not observed)"), "{head}");
    assert!(head.contains("\"Critical, not met\",1") || head.contains("Critical, not met,1"), "{head}");
}

#[test]
fn the_drop_down_is_there_and_another_program_knows_it() {
    let bytes = workbook(&hotel(), "pl");
    let xml = part(&bytes, "xl/worksheets/sheet1.xml");
    assert!(xml.contains("<dataValidation type=\"list\"") && xml.contains("'gamma-ok'!$C$1:$C$4"), "{xml}");
    for needed in ["<pane ", "fitToHeight=\"0\"", "orientation=\"landscape\"", "<conditionalFormatting"] {
        assert!(xml.contains(needed), "{needed}");
    }
    let names = part(&bytes, "xl/workbook.xml");
    assert!(
        names.contains("_xlnm.Print_Titles")
            && names.contains("_xlnm.Print_Area")
            && names.contains("state=\"hidden\"")
    );
    let Some(flat) = office::converted(&bytes, "xlsx", "fods") else { return };
    let flat = String::from_utf8_lossy(&flat);
    assert!(flat.contains("<table:content-validation ") && flat.contains("cell-content-is-in-list"));
}

#[test]
fn what_a_reader_of_a_filled_workbook_needs_is_there() {
    let loaded = hotel();
    for language in ["en", "pl"] {
        let bytes = workbook(&loaded, language);
        let form = form(&bytes);
        assert_eq!(value(&form, "form", "checklist"), "1");
        assert_eq!(
            (value(&form, "language", ""), value(&form, "site", "")),
            (language.to_owned(), "krakow".to_owned())
        );
        assert_eq!(value(&form, "column", "reference"), "K");
        let sheets = open(&bytes).sheet_names();
        assert_eq!(sheets.len(), 4);
        let document = loaded.compose(DocumentKind::Checklist, language, Some("krakow"), Filter::default());
        let Some(view) = document.view::<Checklist>() else { panic!("a checklist") };
        let wanted: Vec<&str> = view
            .phases
            .iter()
            .flat_map(|phase| &phase.steps)
            .flat_map(|step| &step.items)
            .map(|item| item.standard.reference.as_str())
            .collect();
        let found = items(&bytes, &sheets[0]);
        assert_eq!(found.iter().map(|(_, id)| id.as_str()).collect::<Vec<_>>(), wanted);
    }
}

#[test]
fn hostile_texts_stay_texts() {
    for text in HOSTILE {
        let loaded = load(&Memory { today: day(), ..Memory::new(hostile_book(text)) });
        let document = loaded.compose(DocumentKind::Checklist, "en", Some("here"), Filter::default());
        let bytes = loaded.bytes_of("xlsx", &*document);
        let shown = text.replace("&amp;", "&").replace("&lt;", "<");
        let mut book = open(&bytes);
        let range = book.worksheet_range("Checklist").expect("the sheet");
        assert!(range.used_cells().any(|(_, _, cell)| *cell == Data::String(shown.clone())), "{text}");
        let formulas = book.worksheet_formula("Checklist").expect("formulas");
        let formulas: Vec<_> = formulas.used_cells().filter(|(_, _, formula)| !formula.is_empty()).collect();
        assert_eq!(
            formulas.len(),
            2 + 2 * 3,
            "the score, the critical failures, and what each item comes to: {formulas:?}"
        );
        assert!(formulas.iter().all(|(_, _, formula)| !formula.contains(shown.as_str())), "{formulas:?}");
        for name in ["xl/worksheets/sheet1.xml", "xl/sharedStrings.xml", "docProps/core.xml"] {
            texts(&part(&bytes, name));
        }

        let csv = loaded.text_of("csv", &*document);
        let mut reader = csv::Reader::from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
        let rows: Vec<csv::StringRecord> = reader.records().map(|row| row.expect("a row")).collect();
        assert_eq!(rows.len(), 2);
        for cell in rows.iter().flatten() {
            assert!(!cell.starts_with(['=', '+', '-', '@', '\t', '\r']), "{cell}");
        }
        let statement = rows.iter().map(|row| &row[3]).find(|cell| cell.ends_with(&shown));
        assert!(statement.is_some_and(|cell| cell.trim_start_matches('\'') == shown), "{text}: {rows:?}");
    }
}

#[test]
fn the_day_of_its_making_is_not_in_the_file() {
    let bytes = workbook(&hotel(), "en");
    assert!(part(&bytes, "docProps/core.xml").contains("1980-01-01T00:00:00Z"));
}

/// The workbook with these texts in the cells of a column.
fn typed(bytes: &[u8], column: char, texts: &[(usize, &str)]) -> Vec<u8> {
    let mut xml = part(bytes, "xl/worksheets/sheet1.xml");
    for (row, text) in texts {
        let open = format!("<c r=\"{column}{row}\" s=\"");
        let from = xml.find(&open).unwrap_or_else(|| panic!("{column}{row}")) + open.len();
        let end = from + xml[from..].find("\"/>").expect("an empty cell");
        xml.replace_range(end..end + 3, &format!("\" t=\"inlineStr\"><is><t>{text}</t></is></c>"));
    }
    with_part(bytes, "xl/worksheets/sheet1.xml", &xml)
}

#[test]
fn the_score_counts_a_row_with_nothing_but_an_observed_value_as_recording_does() {
    // What was measured, what was seen, and whether that is met; nothing where it cannot be judged.
    let cases = [
        ("{what: wait, within: 10 s}", "8", Some(true)),
        ("{what: wait, within: 10 s}", "12 s", Some(false)),
        ("{what: wait, within: 10 s}", "0,1 min", Some(true)),
        ("{what: wait, within: 10 s}", "0:09", Some(true)),
        ("{what: wait, within: 10 s}", "1:30", Some(false)),
        ("{what: wait, within: 10 s}", "8 sekund", Some(true)),
        ("{what: wait, within: 10 s}", "8 m", None),
        ("{what: wait, within: 10 s}", "soon", None),
        ("{what: wait, within: 2 h}", "1:59", Some(true)),
        ("{what: wait, within: 2 h, share: 90%}", "18/20", Some(true)),
        ("{what: wait, within: 2 h, share: 90%}", "17 / 20", Some(false)),
        ("{what: cold, at-most: -18 °C}", "-18,5", Some(true)),
        ("{what: cold, at-most: -18 °C}", "−17 °C", Some(false)),
        ("{what: choices, at-least: 3}", "3", Some(true)),
        ("{what: choices, at-least: 3}", "2", Some(false)),
        ("{what: filled, at-least: 80 %}", "85 %", Some(true)),
        ("{what: filled, at-least: 80 %}", "120", None),
        ("{what: room, between: [18 °C, 22 °C]}", "20", Some(true)),
        ("{what: room, between: [18 °C, 22 °C]}", "23", Some(false)),
    ];
    let standard = |(number, (measure, _, _)): (usize, &(&str, &str, Option<bool>))| {
        format!(
            "      - {{id: s{number}, type: procedural, level: basic, text: The clerk does {number}., measure: {measure}}}\n"
        )
    };
    let standards: String = cases.iter().enumerate().map(standard).collect();
    let text = format!("id: a\nphases:\n  - id: p\n    standards:\n{standards}");
    let loaded = crate::documents::memory(&[("gamma-ok.yaml", "title: House\n"), ("sequences/a.yaml", &text)]);
    let bytes = loaded.bytes_of("xlsx", &*loaded.compose(DocumentKind::Checklist, "en", None, Filter::default()));
    let rows = items(&bytes, "Checklist");
    assert_eq!(rows.len(), cases.len());
    let seen: Vec<(usize, &str)> = rows.iter().zip(&cases).map(|((row, _), (_, seen, _))| (*row, *seen)).collect();
    let filled = typed(&bytes, 'H', &seen);
    let Some(flat) =
        office::converted(&filled, "xlsx", "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false")
    else {
        return;
    };
    let flat = String::from_utf8_lossy(&flat).into_owned();
    let count = |wanted: Option<bool>| cases.iter().filter(|(_, _, met)| *met == wanted).count();
    let line = format!("({} of {}; 0 n/a, 0 not observed)", count(Some(true)), count(Some(true)) + count(Some(false)));
    let verdicts: Vec<&str> = flat.lines().skip(8).collect();
    assert!(
        flat.contains(&line),
        "{line} in {}\n{}",
        flat.lines().take(5).collect::<Vec<_>>().join("\n"),
        verdicts.join("\n")
    );
}

#[test]
fn a_sheet_is_no_wider_than_paper_shows_in_letters_that_can_be_read() {
    let xml = part(&workbook(&hotel(), "pl"), "xl/worksheets/sheet1.xml");
    let columns = xml.split("<cols>").nth(1).and_then(|rest| rest.split("</cols>").next()).expect("columns");
    let width = |column: &str| -> f64 {
        let value = column.split("width=\"").nth(1).and_then(|rest| rest.split('"').next()).expect("a width");
        value.parse().expect("a number")
    };
    let shown = columns.split("<col ").skip(1).filter(|column| !column.contains("hidden=\"1\""));
    let all: f64 = shown.map(width).sum();
    assert!((120.0..=165.0).contains(&all), "{all}");
}
