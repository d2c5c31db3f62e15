//! Rows of a table of the book that cannot be counted are mended or taken out one by one, at the desk.

use super::client::{Desk, Visitor};
use super::hidden;
use crate::support::Book;

const TABLE: &str = "date;site;rating;comment\r\n2026-01-05;corner;5;\"Kind;  and quick\"\r\n2026-01-06;corner;eleven;\"Slow, \"\"so slow\"\"\"\r\n\
     yesterday;corner;3;\r\n2026-01-07;corner;4;Fine\r\n";

fn open() -> (Book, Desk, Visitor) {
    let book = Book::sound().with("feedback/a.csv", TABLE);
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    (book, desk, visitor)
}

/// The form of a row on a page, by a line that it stands on.
fn form_of(page: &str, place: &str) -> String {
    let mut forms = page.split("action=\"/customers/row\"");
    let form = forms.find(|form| form.split("</form>").next().is_some_and(|form| form.contains(place)));
    form.unwrap_or_else(|| panic!("{place} in {page}")).split("</form>").next().unwrap_or_default().to_owned()
}

/// What is sent for a row with those cells.
fn sent(form: &str, what: &str, cells: [&str; 4]) -> String {
    let from = hidden(form, "from");
    let cell = |(number, cell): (usize, &&str)| {
        format!("&cell-{number}={}", cell.replace('"', "%22").replace(';', "%3B").replace(' ', "+"))
    };
    let cells: String = cells.iter().enumerate().map(cell).collect();
    format!("from={from}&do={what}{cells}")
}

#[test]
fn a_row_is_mended_and_every_other_byte_stays() {
    let (book, desk, visitor) = open();
    let page = desk.get(&visitor, "/customers").body;
    assert!(page.contains("Rows that are not counted"), "{page}");
    let form = form_of(&page, "feedback/a.csv:3");
    assert!(form.contains("`eleven` is not a number") && form.contains("value=\"eleven\""), "{form}");
    assert!(
        form.contains("value=\"Slow, &quot;so slow&quot;\"") || form.contains("value=\"Slow, &#34;so slow&#34;\""),
        "{form}"
    );
    assert!(!page.contains("feedback/a.csv:2"), "a row that counts is not asked about");

    // What is still wrong is not written, and what was typed stays.
    let cells = ["2026-01-06", "corner", "12", "Slow, \"so slow\""];
    let refused = desk.post(&visitor, "/customers/row", &sent(&form, "mend", cells));
    assert_eq!(refused.status, 422, "{}", refused.body);
    assert!(
        refused.body.contains("this row still cannot be counted") && refused.body.contains("value=\"12\""),
        "{}",
        refused.body
    );
    assert_eq!(book.read("feedback/a.csv"), TABLE);

    let cells = ["2026-01-06", "corner", "2", "Slow, \"so slow\""];
    assert_eq!(desk.post(&visitor, "/customers/row", &sent(&form, "mend", cells)).status, 303);
    assert_eq!(book.read("feedback/a.csv"), TABLE.replace(";eleven;", ";2;"));
    // The same form again is about a row that is no longer there.
    let again = desk.post(&visitor, "/customers/row", &sent(&form, "out", cells));
    assert_eq!(again.status, 422, "{}", again.body);
    assert!(again.body.contains("not there any more as the page showed it"), "{}", again.body);
    assert_eq!(book.read("feedback/a.csv"), TABLE.replace(";eleven;", ";2;"));
}

#[test]
fn a_row_is_taken_out_and_a_cell_is_quoted_where_it_must_be() {
    let (book, desk, visitor) = open();
    let page = desk.get(&visitor, "/customers").body;
    let form = form_of(&page, "feedback/a.csv:4");
    assert_eq!(desk.post(&visitor, "/customers/row", &sent(&form, "out", ["", "", "", ""])).status, 303);
    let without = TABLE.replace("yesterday;corner;3;\r\n", "");
    assert_eq!(book.read("feedback/a.csv"), without);
    let page = desk.get(&visitor, "/customers").body;
    let form = form_of(&page, "feedback/a.csv:3");
    let cells = ["2026-01-06", "corner", "2", "One; two \"three\""];
    assert_eq!(desk.post(&visitor, "/customers/row", &sent(&form, "mend", cells)).status, 303);
    let mended = without.replace("eleven;\"Slow, \"\"so slow\"\"\"", "2;\"One; two \"\"three\"\"\"");
    assert_eq!(book.read("feedback/a.csv"), mended);
    let page = desk.get(&visitor, "/customers").body;
    assert!(!page.contains("Rows that are not counted"), "{page}");
    book.run("check").ends(0);
}

#[test]
fn a_row_that_stands_twice_and_one_with_too_many_cells_are_asked_about_in_the_readers_language() {
    let table = "id,date,site,rating\n1,2026-01-05,corner,5\n1,2026-01-05,corner,5\n2,2026-01-06,corner,4,,extra\n";
    let book = Book::sound().with("feedback/a.csv", table);
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let name = visitor.cookie.split('=').next().expect("a name").to_owned();
    for (tag, twice) in [("pl", "Ten wiersz już policzono"), ("sv", "Raden är redan räknad")] {
        let cookie = format!("{}; {name}-lang={tag}", visitor.cookie);
        let page = desk.send("GET", "/customers", &[("Cookie", &*cookie)], "").body;
        assert!(form_of(&page, "feedback/a.csv:3").contains(twice), "{page}");
    }
    let page = desk.get(&visitor, "/customers").body;
    let form = form_of(&page, "feedback/a.csv:4");
    assert!(form.contains("value=\"extra\"") && form.contains("cell-5"), "{form}");
    let mended = sent(&form, "mend", ["2", "2026-01-06", "corner", "4"]);
    assert_eq!(desk.post(&visitor, "/customers/row", &mended).status, 303);
    let page = desk.get(&visitor, "/customers").body;
    let form = form_of(&page, "feedback/a.csv:3");
    assert_eq!(desk.post(&visitor, "/customers/row", &sent(&form, "out", ["", "", "", ""])).status, 303);
    assert_eq!(book.read("feedback/a.csv"), "id,date,site,rating\n1,2026-01-05,corner,5\n2,2026-01-06,corner,4\n");
}

#[test]
fn a_table_in_another_encoding_is_left_alone_and_a_mark_at_its_beginning_stays() {
    let book = Book::sound().with("feedback/a.csv", format!("\u{feff}{TABLE}"));
    let latin =
        "date;site;rating;comment\n2026-02-05;corner;twelve;Sm\u{f6}rg\u{e5}s\n".chars().map(|c| c as u32 as u8);
    std::fs::write(book.path().join("feedback/b.csv"), latin.collect::<Vec<u8>>()).expect("written");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let page = desk.get(&visitor, "/customers").body;
    let before = std::fs::read(book.path().join("feedback/b.csv")).expect("a table");
    let form = form_of(&page, "feedback/b.csv:2");
    let refused = desk.post(&visitor, "/customers/row", &sent(&form, "out", ["", "", "", ""]));
    assert!(refused.status == 422 && refused.body.contains("is not written in UTF-8"), "{}", refused.body);
    assert_eq!(std::fs::read(book.path().join("feedback/b.csv")).expect("a table"), before);
    let form = form_of(&page, "feedback/a.csv:4");
    assert_eq!(desk.post(&visitor, "/customers/row", &sent(&form, "out", ["", "", "", ""])).status, 303);
    assert_eq!(book.read("feedback/a.csv"), format!("\u{feff}{}", TABLE.replace("yesterday;corner;3;\r\n", "")));
}

#[test]
fn what_is_too_long_for_a_page_is_told_on_a_page_with_what_was_typed() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let name = visitor.cookie.split('=').next().expect("a name").to_owned();
    let cookie = format!("{}; {name}-lang=sv", visitor.cookie);
    let before = book.files("");
    let headers = [
        ("Cookie", &*cookie),
        ("X-Desk-Token", &*visitor.token),
        ("Content-Type", "application/x-www-form-urlencoded"),
    ];
    let reason = format!("Because{}", "+and".repeat(20_000));
    let refused = desk.send("POST", "/review/reopen", &headers, &format!("name=2026&reason={reason}"));
    assert_eq!(refused.status, 413);
    assert!(refused.header("content-type").starts_with("text/html"), "{}", refused.header("content-type"));
    assert!(refused.body.contains("längre än en sida") && refused.body.contains("Because and and"), "what was typed");
    let huge = format!("name=2026&reason={}", "x".repeat(2_000_000));
    let refused = desk.send("POST", "/review/reopen", &headers, &huge);
    assert!(refused.status == 413 && refused.body.contains("längre än en sida"), "{}", refused.body);
    assert_eq!(book.files(""), before);
}

#[test]
fn a_file_in_the_place_of_the_books_folder_is_told() {
    let base = Book::empty();
    let sound = Book::sound();
    let root = base.path().join("book");
    std::fs::create_dir(&root).expect("a folder");
    for path in sound.files("") {
        let target = root.join(&path);
        std::fs::create_dir_all(target.parent().expect("a folder")).expect("folders");
        std::fs::copy(sound.path().join(&path), target).expect("copied");
    }
    let desk = Desk::open_in(&root, &["--port", "0"]);
    let visitor = desk.visitor();
    assert_eq!(desk.get(&visitor, "/rounds").status, 200);
    std::fs::remove_dir_all(&root).expect("removed");
    let name = visitor.cookie.split('=').next().expect("a name").to_owned();
    let said = |said: [&str; 3]| {
        for (tag, said) in ["en", "pl", "sv"].into_iter().zip(said) {
            let cookie = format!("{}; {name}-lang={tag}", visitor.cookie);
            let told = desk.send("GET", "/rounds", &[("Cookie", &*cookie)], "");
            assert!(told.status == 422 && told.body.contains(said), "{tag}: {}", told.body);
        }
    };
    said(["is not there any more", "nie ma już folderu książki", "finns inte längre"]);
    std::fs::write(&root, "not a folder").expect("a file");
    said(["a file has taken the place", "jest teraz plik: przenieś", "en fil har tagit bokmappens plats"]);
    let told = desk.post(&visitor, "/review/open", "name=2026&all=yes");
    assert!(told.status == 422 && told.body.contains("a file has taken the place"), "{}", told.body);
}

#[test]
fn a_close_that_is_refused_calls_standards_by_what_they_demand() {
    let book = Book::sound();
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    assert_eq!(desk.post(&visitor, "/review/open", "name=2026&all=yes").status, 303);
    let refused = desk.post(&visitor, "/review/close", "name=2026");
    assert_eq!(refused.status, 422, "{}", refused.body);
    let shown = book.run("show price-tags --format json").ends(0).json();
    let text = shown["standards"][0]["text"]["en"].as_str().expect("a text").to_owned();
    assert!(refused.body.contains(&text) && !refused.body.contains("price-tags"), "{text}: {}", refused.body);
}

#[test]
fn a_template_that_fails_is_told_in_the_readers_language() {
    let book = Book::sound().with("templates/html/checklist.html", "{{ no_such_thing.at_all }}");
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    assert_eq!(desk.post(&visitor, "/documents/templates", "allow=yes").status, 303);
    let name = visitor.cookie.split('=').next().expect("a name").to_owned();
    for (tag, said) in
        [("en", "undefined value"), ("pl", "wartość, której tu nie ma"), ("sv", "värde som inte finns här")]
    {
        let cookie = format!("{}; {name}-lang={tag}", visitor.cookie);
        let page = desk.send("GET", "/documents/show?kind=checklist", &[("Cookie", &*cookie)], "");
        assert!(page.status == 422 && page.body.contains(said), "{tag}: {}", page.body);
    }
}

#[test]
fn a_row_that_is_mended_into_one_that_is_there_is_told_so_in_one_sentence() {
    let table = "id,date,site,rating\n1,2026-01-05,corner,5\n2,2026-01-06,corner,eleven\n";
    let book = Book::sound().with("feedback/a.csv", table);
    let desk = Desk::open(&book);
    let visitor = desk.visitor();
    let form = form_of(&desk.get(&visitor, "/customers").body, "feedback/a.csv:3");
    let same = desk.post(&visitor, "/customers/row", &sent(&form, "mend", ["1", "2026-01-05", "corner", "5"]));
    assert_eq!(same.status, 422, "{}", same.body);
    let own = form_of(&same.body, "feedback/a.csv:3");
    assert!(same.body.contains("another row says the same and is counted already"), "{}", same.body);
    assert!(!same.body.contains("still cannot be counted") && !own.contains("eleven"), "{own}");
    // What is wrong now is told of what was typed.
    let other = desk.post(&visitor, "/customers/row", &sent(&form, "mend", ["2", "2026-01-06", "corner", "twelve"]));
    let own = form_of(&other.body, "feedback/a.csv:3");
    assert!(own.contains("`twelve` is not a number") && !own.contains("eleven"), "{own}");
    assert_eq!(book.read("feedback/a.csv"), table);
    let mended = desk.post(&visitor, "/customers/row", &sent(&form, "mend", ["2", "2026-01-06", "corner", "4"]));
    assert_eq!((mended.status, mended.header("location")), (303, "/customers?row=mended"));
    assert!(desk.get(&visitor, "/customers?row=mended").body.contains("is corrected and counted now"));
}
