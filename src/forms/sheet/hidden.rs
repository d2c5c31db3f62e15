//! The hidden sheet: what form it is, and what the form itself says.

use std::collections::BTreeSet;

use super::FORM_SHEET;
use super::book::{Content, Sheet};
use super::cell::plain;
use crate::forms::questions::Words;
use crate::forms::{Cell, Entry, Place, Refused, of_another_kind};
use crate::say;
use crate::text::folded;

/// The version of that sheet that is understood.
const VERSION: &str = "1";

/// What the hidden sheet says.
#[derive(Default)]
pub(super) struct Hidden {
    /// Values of the head that the form itself has, such as the id of the site.
    head: Vec<(String, String)>,
    /// Texts that the form itself has printed; empty where the form is of a time when it did not say.
    pub printed: BTreeSet<String>,
}

impl Hidden {
    pub fn read(sheet: &Sheet, words: &Words) -> Result<Hidden, Refused> {
        let text = |row: u32, column: u32| match sheet.cells.get(&Cell { row, column }) {
            Some(Content::Text(text)) => text.as_str(),
            _ => "",
        };
        let mut hidden = Hidden::default();
        let mut kind = ("", String::new());
        let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).collect();
        for row in rows {
            let (name, value) = (text(row, 1), text(row, 2));
            match text(row, 0) {
                "form" => kind = (name, sheet.cells.get(&Cell { row, column: 2 }).map_or_else(String::new, plain)),
                "printed" => drop(hidden.printed.insert(folded(value))),
                key => hidden.head.push((key.to_owned(), value.to_owned())),
            }
        }
        if kind.0 != words.questions.kind {
            return Err(match kind.0 {
                "" => {
                    let wrong = say!("the sheet that says what form this is has been changed");
                    let help = say!("make the checklist again and copy the answers into it");
                    Refused::new(Place::Path(FORM_SHEET.to_owned()), wrong).help(help)
                }
                other => of_another_kind(other, words),
            });
        }
        if kind.1 != VERSION {
            let wrong = Refused::new(Place::Whole, say!("the form is of another version of gamma-ok"));
            return Err(
                wrong.help(say!("make the checklist again with this version, or take the form in with that one"))
            );
        }
        Ok(hidden)
    }

    /// What the form itself says of the round.
    pub fn head(&self, words: &Words) -> Vec<Entry> {
        let place = Place::Path(FORM_SHEET.to_owned());
        let entries = self.head.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(key, value)| {
            let field = words.questions.head.iter().find(|field| field.name == key)?;
            Some(Entry::new(place.clone(), field.name, value))
        });
        entries.collect()
    }

    pub(crate) fn is_printed(&self, text: &str) -> bool {
        self.printed.contains(&folded(text))
    }
}
