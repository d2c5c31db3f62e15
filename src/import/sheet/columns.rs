//! The columns of the sheet.

use crate::book::Book;
use crate::language::Interface;

/// A column: a key of a standard, in a language where it is prose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct SheetColumn {
    /// The key.
    pub key: &'static str,
    /// The language.
    pub language: Option<String>,
}

/// Keys before the texts: what places a standard.
const PLACES: [&str; 8] = ["sequence", "phase", "step", "trait", "type", "level", "role", "status"];

/// Keys of figures and of how it counts.
const FIGURES: [&str; 7] = ["measure", "share", "verify", "aspect", "critical", "weight", "when"];

/// Keys of prose behind them.
const PROSE: [&str; 6] = ["what", "why", "how", "say", "avoid", "sources"];

/// The key of the column that names the standard.
pub(crate) const REFERENCE: &str = "reference";

/// The columns of a book's sheet.
pub(crate) fn columns(book: &Book) -> Vec<SheetColumn> {
    let plain = |key: &'static str| SheetColumn { key, language: None };
    let of_languages = |key: &'static str| {
        book.languages
            .iter()
            .map(move |language| SheetColumn { key, language: Some(language.tag().to_owned()) })
            .collect::<Vec<_>>()
    };
    let mut columns = vec![plain(REFERENCE)];
    columns.extend(PLACES.map(plain));
    columns.extend(of_languages("text"));
    columns.extend(FIGURES.map(plain));
    columns.extend(PROSE.into_iter().flat_map(of_languages));
    columns
}

impl SheetColumn {
    /// Its name in the hidden sheet: `text.pl`.
    pub fn name(&self) -> String {
        match &self.language {
            Some(language) => format!("{}.{language}", self.key),
            None => self.key.to_owned(),
        }
    }

    /// The column of that name.
    pub fn named(name: &str) -> Option<SheetColumn> {
        let (key, language) = match name.split_once('.') {
            Some((key, language)) => (key, Some(language.to_owned())),
            None => (name, None),
        };
        let known =
            [REFERENCE, "text"].into_iter().chain(PLACES).chain(FIGURES).chain(PROSE).find(|known| *known == key)?;
        Some(SheetColumn { key: known, language })
    }

    /// What heads it.
    pub fn heading(&self, words: &Interface) -> String {
        let key = format!("standards-sheet.{}", self.key);
        let title = words.text(&key);
        match &self.language {
            Some(language) => format!("{title} ({language})"),
            None => title.to_owned(),
        }
    }

    /// How wide it is.
    pub fn width(&self) -> f64 {
        match self.key {
            REFERENCE => 24.0,
            "text" => 52.0,
            "why" | "how" | "say" | "avoid" => 34.0,
            "sequence" | "phase" | "step" | "sources" | "what" | "when" => 20.0,
            _ => 13.0,
        }
    }

    /// Whether its values can be changed in the sheet.
    pub fn is_fixed(&self) -> bool {
        matches!(self.key, REFERENCE | "sequence" | "phase")
    }

    /// Whether its value is a list of texts, one a line.
    pub fn is_list(&self) -> bool {
        matches!(self.key, "how" | "say" | "avoid" | "sources")
    }
}
