//! `portfolio`: several books in one picture.

use crate::support::{Book, keys};

#[test]
fn it_sums_each_book_up_and_says_what_is_due() {
    let (first, second) = (Book::example("hotel-wisla"), Book::sound());
    let folders = format!("{} {}", first.path().display(), second.path().display());
    let day = "--today 2026-11-20";
    let told = second.run(&format!("portfolio {folders} --format json {day}")).ends(0).json();
    let books = told["books"].as_array().expect("a list");
    assert_eq!(books.len(), 2);
    let wanted = ["book", "title", "edition", "next_review", "overdue_actions", "last_audit", "level", "score"];
    assert!(wanted.iter().all(|key| keys(&books[0]).contains(key)), "{}", books[0]);
    let report = first.run(&format!("audit report --format json --from 2025-11-20 --to 2026-11-20 {day}")).json();
    assert_eq!(books[0]["score"], report["overall"]["score"]);
    assert_eq!(books[0]["level"], report["overall"]["level_reached"]);
    let overdue = first.run(&format!("audit actions --format json {day}")).json();
    assert_eq!(books[0]["overdue_actions"], overdue["counts"]["overdue"]);
    assert_eq!(
        (&books[1]["book"], &books[1]["score"], &books[1]["last_audit"]),
        (&"corner-shop".into(), &().into(), &().into())
    );
    second.run(&format!("portfolio {folders} {day}")).ends(0).prints("Corner shop").prints("0 of 0");
    let page = second.run(&format!("portfolio {folders} --format html --lang sv {day}")).ends(0).stdout();
    assert!(page.contains("Flera böcker") && page.contains("Hotel Wisła"), "{page}");
    let path = first.path().display().to_string();
    assert!(!page.contains(&path), "a path of this machine");
    second.run("portfolio nowhere").ends(2);
}
