//! The library and the examples: nothing is found in them, not even a note.

use std::path::Path;

use chrono::NaiveDate;
use gamma_ok::book::load;
use gamma_ok::diag::Code;
use gamma_ok::library;
use gamma_ok::source::Disk;

use crate::fixture::{findings, read_all, shown};

#[test]
fn nothing_is_found_in_the_examples() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples");
    let mut books = 0;
    for entry in std::fs::read_dir(folder).expect("the examples").flatten() {
        let today = NaiveDate::from_ymd_opt(2026, 11, 21).expect("a date");
        let (loaded, found) = read_all(&Disk::new(&entry.path(), today).expect("a folder"));
        let found: Vec<String> = found.iter().map(|finding| shown(&loaded, finding)).collect();
        assert!(found.is_empty(), "{}: {}\n{}", entry.path().display(), found.len(), found.join("\n"));
        books += 1;
    }
    assert!(books > 0);
}

#[test]
fn nothing_is_found_in_the_sectors() {
    for sector in library::sectors() {
        let loaded = load(&library::sector(sector).expect("a sector")).expect("a book");
        // A sector is of no country; the book that is made of it is, or leaves the conditions out.
        let found = findings(&loaded);
        let found = found.iter().filter(|finding| finding.code != Code::CountryNotNamed);
        let found: Vec<String> = found.map(|finding| shown(&loaded, finding)).collect();
        assert!(found.is_empty(), "{sector}: {}\n{}", found.len(), found.join("\n"));
    }
}
