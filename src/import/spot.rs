//! Where something stands in a file of a house, and what could not be taken from there.

use crate::forms::{FormPlace, Refused};
use crate::message::Message;
use crate::say;

/// A place in a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Spot {
    /// For programs: `Recepcja!B12`, `line 12`.
    pub place: String,
    /// For people: *sheet Recepcja, row 12*.
    pub told: Message,
}

/// Something in a file that was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Unread {
    /// Where.
    pub spot: Spot,
    /// What stands there.
    pub value: String,
    /// Why it was not taken.
    pub why: Message,
}

/// Why a file as a whole cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Refusal {
    /// What is wrong, without a full stop.
    pub message: Message,
    /// What to do.
    pub help: Option<Message>,
}

impl Spot {
    /// A row of a sheet, from 0.
    pub fn row(sheet: &str, row: u32) -> Self {
        let number = (u64::from(row) + 1).to_string();
        Spot { place: format!("{sheet}!{number}"), told: say!("sheet {sheet}, row {number}", sheet, number) }
    }

    /// A cell of a sheet.
    pub fn cell(sheet: &str, cell: crate::forms::CellAddress) -> Self {
        let place = FormPlace::Cell(sheet.to_owned(), cell).to_string();
        let cell = cell.to_string();
        Spot { place, told: say!("sheet {sheet}, cell {cell}", sheet, cell) }
    }

    /// A line of a text, from 1.
    pub fn line(line: usize) -> Self {
        let number = line.to_string();
        Spot { place: format!("line {number}"), told: say!("line {number}", number) }
    }

    /// A paragraph of a document, from 1.
    pub fn paragraph(paragraph: usize) -> Self {
        let number = paragraph.to_string();
        Spot { place: format!("paragraph {number}"), told: say!("paragraph {number}", number) }
    }

    /// A row of a table in a document, both from 1.
    pub fn table(table: usize, row: usize) -> Self {
        let (table, row) = (table.to_string(), row.to_string());
        Spot { place: format!("table {table}, row {row}"), told: say!("table {table}, row {row}", table, row) }
    }

    /// A part of a document beside its text, such as its notes.
    pub fn part(name: &str, told: Message) -> Self {
        Spot { place: name.to_owned(), told }
    }
}

impl Refusal {
    /// Without help.
    pub fn new(message: impl Into<Message>) -> Self {
        Refusal { message: message.into(), help: None }
    }

    /// Adds what to do.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }
}

impl From<Refused> for Refusal {
    fn from(refused: Refused) -> Self {
        let message = match &refused.place {
            FormPlace::Whole => refused.message,
            place => say!("{place}: {message}", place, message = refused.message),
        };
        Refusal { message, help: refused.help }
    }
}
