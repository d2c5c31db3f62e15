//! `import`: what houses have becomes drafts, and edited sheets come back.

mod hostile;
mod houses;
mod round_trip;
mod samples;
mod tracked;
mod unseen;
mod words;

use crate::support::Book;

/// An empty book in three languages.
fn book() -> Book {
    Book::empty()
        .with("gamma-ok.yaml", "title: A house\nlanguages: [en, pl, sv]\nderive: false\n")
        .with("roles.yaml", "roles:\n  - id: agent\n    title: {en: Agent, pl: Konsultant, sv: Handläggare}\n  - id: cashier\n    title: {en: Cashier, pl: Kasjer, sv: Kassör}\n")
}
