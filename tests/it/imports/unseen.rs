//! What nobody sees in a workbook, or has gone from it, is told; a copied sheet once.

use std::io::Cursor;

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use rust_xlsxwriter::{Workbook, XlsxError};

use crate::support::Book;

const SEQUENCE: &str = "id: visit\nphases:\n  - id: arrival\n    title: Arrival\n    standards:\n      - id: greet\n        type: personal\n        \
     level: basic\n        text: The seller greets the customer.\n      - id: floor\n        type: product\n        level: expected\n        \
     text: The floor is dry.\n";

fn book() -> Book {
    Book::empty()
        .with("gamma-ok.yaml", "title: Shop\nlanguages: [en]\nderive: false\n")
        .with("sequences/visit.yaml", SEQUENCE)
}

/// The sheet of the book's standards written again: with a copy beside it, without a column, with a hidden row.
fn changed(book: &Book, copies: bool, without: Option<&str>, hides: Option<u32>) -> Vec<u8> {
    book.run("show --format xlsx -o sheet.xlsx").ends(0);
    let bytes = std::fs::read(book.path().join("sheet.xlsx")).expect("a sheet");
    let mut old: Xlsx<_> = open_workbook_from_rs(Cursor::new(bytes)).expect("a workbook");
    let mut new = Workbook::new();
    for name in old.sheet_names() {
        let range = old.worksheet_range(&name).expect("a sheet");
        let is_kept = name == "gamma-ok";
        let mut names = vec![name.clone()];
        names.extend((copies && !is_kept).then(|| format!("{name} (2)")));
        for name in names {
            let sheet = new.add_worksheet();
            sheet.set_name(&name).expect("a name").set_hidden(is_kept);
            let gone =
                range.rows().next().and_then(|heads| heads.iter().position(|head| Some(&*head.to_string()) == without));
            for (at, row) in (0u32..).zip(range.rows()) {
                let cells = row.iter().enumerate().filter(|(column, _)| is_kept || Some(*column) != gone);
                for (column, (_, cell)) in (0u16..).zip(cells).filter(|(_, (_, cell))| **cell != Data::Empty) {
                    sheet.write_string(at, column, cell.to_string()).expect("a cell");
                }
            }
            if let Some(row) = hides.filter(|_| !is_kept) {
                sheet.set_row_hidden(row).expect("a row");
            }
        }
    }
    new.save_to_buffer().expect("a workbook")
}

fn import(book: &Book, bytes: &[u8], options: &[&str]) -> crate::support::Run {
    std::fs::write(book.path().join("back.xlsx"), bytes).expect("written");
    book.run_words(&[&["import", "back.xlsx"][..], options].concat())
}

#[test]
fn a_copied_sheet_is_told_once() {
    let book = book();
    let copy = changed(&book, true, None, None);
    let run = import(&book, &copy, &[]).ends(1).prints("it is a copy; delete the sheet that is not meant");
    let told = run.stdout();
    assert_eq!(told.matches("back.xlsx, ").count(), 1, "{told}");
    assert!(told.contains("2 rows of it name the same standards as the sheet"), "{told}");
    assert_eq!(book.read("sequences/visit.yaml"), SEQUENCE);
}

#[test]
fn a_column_that_is_gone_is_named_and_a_hidden_row_told() {
    let book = book();
    let back = changed(&book, false, Some("Level"), Some(1));
    let run = import(&book, &back, &[]).ends(0).says("`Level`: this column is gone from the sheet");
    run.says("1 row of it is hidden, and was read like the others");
    let json = import(&book, &back, &["--format", "json"]).ends(0).json();
    let values: Vec<&str> =
        json["remarks"].as_array().expect("remarks").iter().filter_map(|remark| remark["value"].as_str()).collect();
    assert_eq!(values, ["Level", ""], "{json}");
    assert_eq!(book.read("sequences/visit.yaml"), SEQUENCE);
}

/// A house's own workbook, with hidden rows among its standards.
fn of_house(hidden: &[u32]) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let rows =
        ["Standard", "The porter opens the door.", "The porter carries the bags.", "The porter smiles at guests."];
    for (row, text) in (0u32..).zip(rows) {
        sheet.write(row, 0, text)?;
    }
    hidden.iter().try_for_each(|row| sheet.set_row_hidden(*row).map(|_| ()))?;
    workbook.save_to_buffer()
}

#[test]
fn hidden_rows_of_a_house_are_read_and_counted() {
    let book = book();
    let bytes = of_house(&[2, 3]).expect("a workbook");
    let run = import(&book, &bytes, &["--into", "visit", "--dry-run"]);
    run.says("2 rows of it are hidden, and were read like the others").says("3 drafts would be written");
    let bytes = of_house(&[]).expect("a workbook");
    let run = import(&book, &bytes, &["--into", "visit", "--dry-run"]);
    let run = run.says("3 drafts would be written");
    assert!(!run.stderr().contains("hidden"), "{}", run.stderr());
}
