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
