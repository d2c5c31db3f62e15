//! A table of what customers said is looked at, then taken in.

use super::client::{Answer, Desk, Visitor};
use crate::support::Book;

const TABLE: &str =
    "date,site,rating,comment\n2026-01-05,corner,5,Kind\n2026-01-06,corner,eleven,Slow\nyesterday,corner,3,\n";

fn send(desk: &Desk, visitor: &Visitor, address: &str, table: &str) -> Answer {
    let headers = [("Cookie", &*visitor.cookie), ("X-Desk-Token", &*visitor.token), ("Content-Type", "text/csv")];
    desk.send("POST", address, &headers, table)
}

#[test]
fn a_table_is_looked_at_before_it_is_taken_in() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let before = book.files("");
    let looked = send(&desk, &visitor, "/customers?file=Card%20returns.CSV&try=yes", TABLE);
    assert_eq!(looked.status, 200, "{}", looked.body);
    let told = looked.json();
    assert_eq!((told["read"].as_u64(), told["left_out"].as_u64()), (Some(1), Some(2)), "{told}");
    let places: Vec<&str> =
        told["faults"].as_array().expect("faults").iter().filter_map(|fault| fault["place"].as_str()).collect();
    assert!(places.iter().any(|place| place.starts_with("feedback/card-returns.csv:3")), "{told}");
    assert!(places.iter().any(|place| place.starts_with("feedback/card-returns.csv:4")), "{told}");
    assert_eq!(book.files(""), before, "looking writes nothing");

    let taken = send(&desk, &visitor, "/customers?file=Card%20returns.CSV", TABLE);
    assert_eq!(taken.status, 201, "{}", taken.body);
    assert_eq!(book.read("feedback/card-returns.csv"), TABLE);
    let page = desk.get(&visitor, "/customers").body;
    assert!(page.contains("feedback/card-returns.csv:3") && page.contains("kind=feedback"), "{page}");
}

#[test]
fn what_is_no_table_is_refused_and_no_name_leads_out() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let before = book.files("");
    for table in ["nothing,of,this\n1,2,3\n", "\u{0}\u{1}", "<script>alert(1)</script>"] {
        let refused = send(&desk, &visitor, "/customers?file=a.csv", table);
        assert_eq!(refused.status, 422, "{table}: {}", refused.body);
        assert!(!refused.json()["error"].as_str().unwrap_or_default().is_empty());
    }
    assert_eq!(send(&desk, &visitor, "/customers?file=a.csv", "").status, 422);
    assert_eq!(book.files(""), before);
    let named = "/customers?file=polskie%20nag%C5%82%C3%B3wki.csv&try=yes";
    let looked = send(&desk, &visitor, named, "date,site,rating\n2026-01-05,corner,eleven\n");
    assert!(looked.body.contains("feedback/polskie-naglowki.csv"), "letters without their marks: {}", looked.body);
    for name in ["../../evil.csv", "CON.csv", "%2e%2e%2fevil.csv", "", "gamma-ok.yaml"] {
        let row = format!("date,site,rating\n2026-01-0{},corner,5\n", name.len() % 9 + 1);
        let taken = send(&desk, &visitor, &format!("/customers?file={name}"), &row);
        let path = taken.json()["path"].as_str().unwrap_or_default().to_owned();
        assert!(
            taken.status == 201 && path.starts_with("feedback/") && path.ends_with(".csv"),
            "{name}: {}",
            taken.body
        );
        assert!(!path.contains(".."), "{name}: {path}");
    }
    let wrong = [("Cookie", &*visitor.cookie), ("Content-Type", "text/csv")];
    assert_eq!(desk.send("POST", "/customers?file=b.csv", &wrong, TABLE).status, 403, "no token");
}

#[test]
fn a_workbook_is_taken_in_as_a_table() {
    use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};

    let mut workbook = Workbook::new();
    let sheet = workbook.add_worksheet();
    let day = Format::new().set_num_format("yyyy-mm-dd");
    let fill = |sheet: &mut rust_xlsxwriter::Worksheet| -> Result<(), rust_xlsxwriter::XlsxError> {
        for (column, head) in ["date", "site", "rating", "comment"].into_iter().enumerate() {
            sheet.write(0, column as u16, head)?;
        }
        sheet.write_with_format(1, 0, &ExcelDateTime::parse_from_str("2026-01-05")?, &day)?;
        sheet.write(1, 1, "corner")?.write(1, 2, 5)?.write(1, 3, "Kind, and quick")?;
        sheet.write(2, 0, "2026-01-06")?.write(2, 1, "corner")?.write(2, 2, "eleven")?;
        Ok(())
    };
    fill(sheet).expect("filled");
    let bytes = workbook.save_to_buffer().expect("saved");
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    let headers = [("Cookie", &*visitor.cookie), ("X-Desk-Token", &*visitor.token), ("Content-Type", kind)];
    let looked = desk.send_bytes("POST", "/customers?file=Survey.xlsx&try=yes", &headers, &bytes);
    let told = looked.json();
    assert_eq!((told["read"].as_u64(), told["left_out"].as_u64()), (Some(1), Some(1)), "{told}");
    assert!(
        told["faults"][0]["place"].as_str().is_some_and(|place| place.starts_with("feedback/survey.csv:3")),
        "{told}"
    );
    let taken = desk.send_bytes("POST", "/customers?file=Survey.xlsx", &headers, &bytes);
    assert_eq!(taken.status, 201, "{}", taken.body);
    let kept = book.read("feedback/survey.csv");
    assert_eq!(kept, "date,site,rating,comment\n2026-01-05,corner,5,\"Kind, and quick\"\n2026-01-06,corner,eleven\n");
    let broken = desk.send_bytes("POST", "/customers?file=Survey.xlsx", &headers, b"PK\x03\x04 not a workbook");
    assert_eq!(broken.status, 422, "{}", broken.body);
    // A script reads the answer, whatever was sent.
    let empty = desk.send_bytes("POST", "/customers?file=Survey.csv&try=yes", &headers, b"");
    assert_eq!((empty.status, empty.json()["error"].as_str()), (422, Some("the table is empty")));
}

#[test]
fn the_same_table_twice_is_refused_with_the_reason() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let table = "date,site,rating,comment\n2026-01-05,corner,5,Kind\n2026-01-06,corner,4,Slow\n";
    assert_eq!(send(&desk, &visitor, "/customers?file=Survey.csv", table).status, 201);
    for address in ["/customers?file=Survey.csv", "/customers?file=Another.csv&try=yes"] {
        let again = send(&desk, &visitor, address, table);
        let said = again.json()["error"].as_str().unwrap_or_default().to_owned();
        assert!(
            again.status == 422 && said.contains("stand in `feedback/survey.csv` too"),
            "{address}: {}",
            again.body
        );
    }
    assert_eq!(book.files("feedback"), ["survey.csv"]);
}

#[test]
fn only_the_rows_that_can_be_counted_are_taken_in_where_that_is_asked_for_and_it_says_which_are_not() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let first = "date,site,rating,comment\n2026-01-05,corner,5,Kind\n";
    assert_eq!(send(&desk, &visitor, "/customers?file=First.csv", first).status, 201);
    let table = "date,site,rating,comment\n2026-01-07,corner,5,\"Kind,\nand quick\"\n2026-01-06,corner,eleven,\"Slow\nand cold\"\n\
                 2026-01-08,corner,4,Fine\nyesterday,corner,3,\n2026-01-05,corner,5,Kind\n";
    let looked = send(&desk, &visitor, "/customers?file=Cards.csv&try=yes", table).json();
    assert_eq!((looked["read"].as_u64(), looked["left_out"].as_u64()), (Some(2), Some(3)), "{looked}");
    assert_eq!(looked["lines_left_out"], serde_json::json!([4, 7, 8]), "{looked}");
    assert!(looked["good_rows_said"].as_str().is_some_and(|said| said.contains("4, 7, 8")), "{looked}");
    let taken = send(&desk, &visitor, "/customers?file=Cards.csv&rows=good", table);
    assert_eq!(taken.status, 201, "{}", taken.body);
    let kept = book.read("feedback/cards.csv");
    assert_eq!(kept, "date,site,rating,comment\n2026-01-07,corner,5,\"Kind,\nand quick\"\n2026-01-08,corner,4,Fine\n");
    assert!(!desk.get(&visitor, "/customers").body.contains("feedback/cards.csv:"));
}

#[test]
fn rows_that_another_table_has_are_told_and_taken_in_twice_only_where_that_is_meant() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let week = "date,site,rating\n2026-01-05,corner,5\n2026-01-06,corner,4\n";
    assert_eq!(send(&desk, &visitor, "/customers?file=week.csv", week).status, 201);
    let grown = format!("{week}2026-01-07,corner,3\n");
    let looked = send(&desk, &visitor, "/customers?file=grown.csv&try=yes", &grown);
    let said = "2 of these rows also stand in `feedback/week.csv`";
    assert!(looked.status == 200 && looked.body.contains(said), "{}", looked.body);
    let refused = send(&desk, &visitor, "/customers?file=grown.csv", &grown);
    assert!(refused.status == 422 && refused.body.contains(said), "{}", refused.body);
    // The rows that are new can be taken in alone, also by whoever has been refused.
    assert!(refused.json()["good_rows_said"].as_str().is_some_and(|lines| lines.contains("2, 3")), "{}", refused.body);
    assert_eq!(book.files("feedback"), ["week.csv"]);
    let good = send(&desk, &visitor, "/customers?file=new.csv&rows=good", &grown);
    assert_eq!(good.status, 201, "{}", good.body);
    let next = good.json()["next"].as_str().expect("an address").to_owned();
    let told = "The table is taken in – new: 1, there already and not counted again: 2.";
    assert!(desk.get(&visitor, &next).body.contains(told), "{next}");
    assert_eq!(looked.json()["said"], "Rows of this table – new: 1, there already and not counted again: 2.");
    assert_eq!(book.read("feedback/new.csv"), "date,site,rating\n2026-01-07,corner,3\n");
    let meant = send(&desk, &visitor, "/customers?file=grown.csv&copies=yes", &grown);
    assert_eq!(meant.status, 201, "{}", meant.body);
    // That all of it is there already comes before a cell that cannot be read.
    let named = "date,site,rating,comment\n2026-01-08,corner,5,Kind\n";
    assert_eq!(send(&desk, &visitor, "/customers?file=named.csv", named).status, 201);
    let again = send(&desk, &visitor, "/customers?file=b.csv&try=yes", &format!("{named}2026-01-09,corner,eleven,\n"));
    let error = again.json()["error"].as_str().unwrap_or_default().to_owned();
    assert!(again.status == 422 && error.contains("stands in `feedback/named.csv` too"), "{error}");
    assert!(error.starts_with("nothing in this table is new") && !error.contains("can be counted"), "{error}");
}
