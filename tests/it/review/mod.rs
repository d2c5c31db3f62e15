//! The annual review from what is due to the report, in each language and by each way to fill it in.

mod again;
mod close;
mod due;
mod record;
mod report;

use gamma_ok::book::load;
use gamma_ok::method::standards;
use gamma_ok::review::{self, ReviewEntry};
use gamma_ok::source::Disk;

use crate::support::Book;

/// The day on which reviews are held here.
const DAY: &str = "2026-11-21";

/// A book in one language: two written standards that may move, a hand-off, and what a trait's pattern makes.
fn book(language: &str) -> Book {
    Book::empty()
        .with(
            "gamma-ok.yaml",
            format!(
                "title: Nordic\nlanguages: [{language}]\nsector: hotel\nderive: true\nreview: {{every: 12 months, since: \
                 2025-01-15}}\n"
            ),
        )
        .with(
            "sequences/stay.yaml",
            "# The stay.\nid: stay\nphases:\n  - id: arrive # at the desk\n    title: Arrival\n    traits: [friendly]\n    \
             steps:\n      - {id: desk, contact: face-to-face}\n    standards:\n      - id: greet-within-60s\n        trait: friendly\n        type: personal\n        level: \
             basic\n        text: The porter greets the guest within 60 seconds.\n        measure: {within: 60 s}\n      \
             - id: welcome-drink   # a gesture\n        type: product\n        level: \
             exclusive # for now\n        text: A welcome drink stands on the desk.\n      - id: map\n        \
             type: product\n        level: basic\n        text: A map of the town lies on the desk.\n",
        )
}

/// The entries of a review as they stand in the book's folder.
fn entries(book: &Book, name: &str) -> Vec<ReviewEntry> {
    let world = Disk::new(book.path(), DAY.parse().expect("a date")).expect("a folder");
    let mut loaded = load(&world).expect("a book");
    let standards = standards(&loaded.book);
    let reviews = review::load(&world, &mut loaded.sources, &loaded.book, &standards);
    assert!(reviews.findings.is_empty(), "{:?}", reviews.findings);
    reviews.named(name).expect("the review").entries.clone()
}

/// What was decided: id, decision, reason, owner, day.
fn decisions(book: &Book, name: &str) -> Vec<[String; 5]> {
    let text = |entry: &ReviewEntry| entry.reason.as_ref().map(|reason| reason.0[0].text.clone()).unwrap_or_default();
    let said = |entry: &ReviewEntry| {
        [
            entry.id.clone(),
            entry.decision.as_ref().map(|one| one.value.to_string()).unwrap_or_default(),
            text(entry),
            entry.owner.clone().unwrap_or_default(),
            entry.due.map(|day| day.to_string()).unwrap_or_default(),
        ]
    };
    entries(book, name).iter().map(said).collect()
}

/// What the reviewers of these tests decide.
fn verdict(id: &str) -> [&'static str; 4] {
    match id {
        "greet-within-60s" => ["tighten", "Guests wait: a minute is long", "front-office-manager", "2027-01-31"],
        "welcome-drink" => ["level-down", "Every house in town does it # now", "", ""],
        "map" => ["retire", "Phones, \"all\" of them", "", ""],
        _ => ["keep", "", "", ""],
    }
}
