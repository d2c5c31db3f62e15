//! What goes out to other programs: calendars and data sets.

use std::collections::BTreeMap;

use crate::support::Book;

/// A day on which the example has actions that are open, and visits behind it.
const DAY: &str = "--today 2026-11-20";

fn calendar(book: &Book) -> Vec<BTreeMap<String, String>> {
    let text = book.run(&format!("export calendar {DAY}")).ends(0).stdout();
    assert!(text.starts_with("BEGIN:VCALENDAR\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.split("\r\n").all(|line| line.len() <= 75 && !line.contains('\n')), "{text}");
    let whole = text.replace("\r\n ", "");
    let mut events: Vec<BTreeMap<String, String>> = Vec::new();
    for line in whole.split("\r\n") {
        if line == "BEGIN:VEVENT" {
            events.push(BTreeMap::new());
        } else if let (Some(event), Some((key, value))) = (events.last_mut(), line.split_once(':')) {
            event.insert(key.split(';').next().unwrap_or_default().to_owned(), value.to_owned());
        }
    }
    events
}

#[test]
fn a_calendar_has_what_is_due_on_its_day_and_keeps_its_names() {
    let record = "audits/2026/2026-07-06-krakow.yaml";
    let book = Book::example("hotel-wisla");
    let before = calendar(&book);
    let due = |events: &[BTreeMap<String, String>], day: &str| {
        let found = events.iter().find(|event| event["DTSTART"] == day && event["UID"].starts_with("action-"));
        found.unwrap_or_else(|| panic!("nothing on {day}: {events:#?}")).clone()
    };
    let event = due(&before, "20270131");
    assert_eq!((event["DTEND"].as_str(), event["DTSTAMP"].as_str()), ("20270201", "20261120T000000Z"));
    assert!(before.iter().any(|event| event["UID"].starts_with("review-")), "{before:#?}");
    // What was verified is closed, though the fault came back.
    assert!(before.iter().all(|event| event["DTSTART"] != "20260415"), "{before:#?}");
    let unverified = "      verified: 2026-05-14\n      effective: true\n";
    let done = Book::example("hotel-wisla").edit("audits/2026/2026-03-11-krakow.yaml", unverified, "");
    assert!(due(&calendar(&done), "20260415")["DESCRIPTION"].contains("came back on 25 October 2026"));
    // The day moves, the id is another, the text has what the format escapes: it is the same event.
    let book = book.edit(record, "due: 2027-01-31", "due: 2027-02-28");
    let moved = due(&calendar(&book), "20270228");
    assert_eq!(moved["UID"], event["UID"]);
    book.run(&format!("export calendar --site krakow {DAY}")).ends(0).prints("UID:action-").omits("Kazimierz");
    book.run(&format!("export calendar --lang pl {DAY}")).ends(0).prints("SUMMARY:Termin: ");
}

#[test]
fn a_planned_visit_is_no_fault_stands_in_the_calendar_and_counts_for_nothing() {
    let plan = "date: 2026-12-05\nsite: market\nvisit: 2026-12-05-evening\nround: plan-1\nplanned: true\nauditor: lead\nanswers:\n  \
                greet:\n";
    let book = Book::sound().with("audits/planned/2026-12-05-market.yaml", plan);
    book.run(&format!("check {DAY}")).ends(0).omits("audits/");
    book.run(&format!("export calendar {DAY}")).ends(0).prints("DTSTART;VALUE=DATE:20261205").prints("Market");
    assert_eq!(book.run(&format!("audit report --format json {DAY}")).json()["records"], 0);
    // Once its day is past it is no event any more.
    book.run("export calendar --today 2027-01-01").ends(0).omits("VEVENT");
}

fn table(book: &Book, path: &str) -> Vec<BTreeMap<String, String>> {
    let text = book.read(path);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    reader.deserialize().map(|row| row.expect("a row")).collect()
}

fn units(book: &Book, folder: &str) -> Vec<BTreeMap<String, String>> {
    let files = book.files(folder);
    let parts = files.iter().filter(|file| file.starts_with("units/") && file.ends_with(".csv"));
    parts.flat_map(|part| table(book, &format!("{folder}/{part}"))).collect()
}

#[test]
fn the_units_of_a_data_set_add_up_to_the_report() {
    let book = Book::example("hotel-wisla");
    book.run(&format!("export data out/set {DAY}")).ends(0);
    let report = book.run(&format!("audit report --format json {DAY}")).json();
    let all = units(&book, "out/set");
    let mut compared = 0;
    for (head, key) in [("site", "site"), ("level", "level"), ("phase", "phase"), ("step", "step"), ("month", "day")] {
        for entry in report["by"][head].as_array().expect("a list") {
            let wanted = entry["key"].as_str().expect("a key");
            let own =
                || all.iter().filter(|unit| unit[key].starts_with(wanted) && (key == "day" || unit[key] == wanted));
            let count = |state: &str| own().filter(|unit| unit["state"] == state).count() as u64;
            for (field, state) in [("met", "met"), ("not_applicable", "n/a"), ("not_observed", "not observed")] {
                assert_eq!(entry[field].as_u64(), Some(count(state)), "{head} {wanted} {field}");
            }
            assert_eq!(entry["disputed"].as_u64(), Some(count("disputed")), "{head} {wanted}");
            assert_eq!(entry["judged"].as_u64(), Some(count("met") + count("not met")), "{head} {wanted}");
            compared += 1;
        }
    }
    assert!(compared > 40, "{compared}");
    let answers = table(&book, "out/set/answers.csv");
    assert!(answers.iter().any(|answer| !answer["value"].is_empty() && answer["unit"] == "s"));
    assert!(answers.iter().all(|answer| answer["staff"].is_empty()), "codes of persons only where asked for");
    for (name, least) in
        [("standards", 30), ("standard_traits", 30), ("standard_roles", 30), ("sites", 2), ("reviews", 1)]
    {
        assert!(table(&book, &format!("out/set/{name}.csv")).len() >= least, "{name}");
    }
}

#[test]
fn a_data_set_is_the_same_each_time_and_takes_no_strange_folder() {
    let book = Book::example("hotel-wisla");
    book.run(&format!("export data first --staff --name wisla {DAY}")).ends(0).says("README.md");
    assert!(table(&book, "first/answers.csv").iter().any(|answer| !answer["staff"].is_empty()));
    assert!(table(&book, "first/sites.csv").iter().all(|site| site["book"] == "wisla"));
    book.run(&format!("export data second --staff --name wisla {DAY}")).ends(0);
    let files = book.files("first");
    assert_eq!(files, book.files("second"));
    for file in &files {
        let bytes = |folder: &str| std::fs::read(book.path().join(folder).join(file)).expect("a file");
        assert!(bytes("first") == bytes("second"), "{file}");
    }
    // What an earlier run made and this one does not goes away; what is strange is refused and stays.
    let book = book.with("second/units/period_year=1999/units.csv", "old").with("second/mine.txt", "mine");
    book.run(&format!("export data second --staff --name wisla {DAY}")).ends(0);
    let now = book.files("second");
    assert!(now.contains(&"mine.txt".to_owned()) && !now.iter().any(|file| file.contains("1999")), "{now:?}");
    let book = book.with("strange/letter.txt", "Dear");
    book.run(&format!("export data strange {DAY}")).ends(2).says("no data set");
    book.run(&format!("export data audits/set {DAY}")).ends(2).says("part of a book");
    assert_eq!(book.files("strange"), ["letter.txt"]);
}

#[cfg(feature = "parquet")]
#[test]
fn parquet_says_what_csv_says() {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    let book = Book::example("hotel-wisla");
    book.run(&format!("export data set {DAY}")).ends(0);
    let files = book.files("set");
    let made: Vec<&String> = files.iter().filter(|file| file.ends_with(".parquet")).collect();
    assert!(made.len() >= 10, "{files:?}");
    for file in made {
        let open = std::fs::File::open(book.path().join("set").join(file)).expect("a file");
        let reader = SerializedFileReader::new(open).expect("Parquet");
        let rows = table(&book, &format!("set/{}", file.replace(".parquet", ".csv")));
        let read: Vec<_> = reader.get_row_iter(None).expect("rows").map(|row| row.expect("a row")).collect();
        assert_eq!(read.len(), rows.len(), "{file}");
        for (row, other) in read.iter().zip(&rows) {
            for (name, field) in row.get_column_iter() {
                let wanted = &other[name.as_str()];
                let said = match field {
                    parquet::record::Field::Null => String::new(),
                    parquet::record::Field::Str(text) => text.clone(),
                    parquet::record::Field::Date(days) => {
                        let day = chrono::NaiveDate::default() + chrono::Duration::days((*days).into());
                        day.to_string()
                    }
                    parquet::record::Field::Double(value) => value.to_string(),
                    field => field.to_string(),
                };
                assert_eq!(said.trim_start_matches('\''), wanted.trim_start_matches('\''), "{file} {name}");
            }
        }
    }
}
