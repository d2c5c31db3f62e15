//! What must hold whatever somebody gives to the program. Each property takes bytes and panics where it does not hold: the
//! targets of `cargo fuzz` hand it what they think up, and `tests/it/properties.rs` the seeds and what a generator makes.

mod expressions;
mod feedback;
mod forms;
mod markdown;
pub mod parts;
mod reader;
mod stamps;

use std::sync::LazyLock;

use chrono::NaiveDate;
use gamma_ok::diag::Diagnostic;
use gamma_ok::project::Project;
use gamma_ok::source::{Memory, Sources};

pub use expressions::expressions;
pub use feedback::feedback;
pub use forms::forms;
pub use markdown::markdown;
pub use reader::reader;
pub use stamps::stamps;

/// A small sound book in two languages, of two sites.
const BOOK: [(&str, &str); 5] = [
    ("gamma-ok.yaml", "title: {en: Corner shop, pl: Sklep na rogu}\nlanguages: [en, pl]\nderive: false\n"),
    (
        "roles.yaml",
        "roles:\n  - id: seller\n    title: {en: Seller, pl: Sprzedawca}\n  - id: cashier\n    title: {en: Cashier, pl: Kasjer}\n    \
         when: site.tills > 1\n    covered-by: seller\ndepartments:\n  - {id: accounting, title: {en: Accounting, pl: Księgowość}}\n",
    ),
    ("sites/corner.yaml", "id: corner\ntitle: {en: Corner, pl: Róg}\ntills: 1\n"),
    ("sites/market.yaml", "id: market\ntitle: {en: Market, pl: Rynek}\ntills: 4\n"),
    ("sequences/visit.yaml", include_str!("../../tests/it/visit.yaml")),
];

/// The day on which all of this happens.
fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 3, 2).unwrap_or_default()
}

/// The small sound book with other files in it.
fn world<'f>(files: impl IntoIterator<Item = (&'f str, Vec<u8>)>) -> Memory {
    let mut world = Memory::new(BOOK);
    world.today = today();
    world.files.extend(files.into_iter().map(|(path, bytes)| (path.to_owned(), bytes)));
    world
}

/// The small sound book as it is.
static SOUND: LazyLock<Project<Memory>> = LazyLock::new(|| Project::open(world([])).expect("there is a manifest"));

/// Findings say something, of letters that their file has, and each in its own language's words.
fn point_into_their_files(sources: &Sources, found: &[Diagnostic]) {
    for finding in found {
        let places = finding.related.iter().map(|related| related.span).chain([finding.span]);
        for span in places {
            let source = sources.get(span.file);
            assert!(source.text.get(span.range()).is_some(), "{finding:?} stands outside {}", source.path);
        }
        assert!(!finding.message.is_empty(), "{finding:?}");
        assert!(finding.help.as_deref().is_none_or(|help| !help.is_empty()), "{finding:?}");
    }
}
