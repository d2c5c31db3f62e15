//! The hidden sheet: what form it is, and what the form itself says.

use std::collections::{BTreeSet, HashMap};

use super::FORM_SHEET;
use super::book::{CellContent, Sheet};
use super::cell::plain;
use crate::forms::questions::FormWords;
use crate::forms::{CellAddress, FormEntry, FormPlace, Refused, of_another_kind};
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
    /// What the running heads of its sheets say; empty where the form is of a time when it did not say.
    pub running: BTreeSet<String>,
    /// What the form calls its site.
    site: Option<String>,
    /// The hash of the edition that it was made of.
    pub edition: Option<String>,
    /// What it brings of it, a line a row; a long line goes on in the next rows.
    pub part: String,
    /// `ID@STAMP` → the texts that the form has printed beside it; empty where the form is of a time when it did not say.
    items: HashMap<String, BTreeSet<String>>,
}

impl Hidden {
    pub(crate) fn read(sheet: &Sheet, words: &FormWords) -> Result<Hidden, Refused> {
        let text = |row: u32, column: u32| match sheet.cells.get(&CellAddress { row, column }) {
            Some(CellContent::Text(text)) => text.as_str(),
            _ => "",
        };
        let mut hidden = Hidden::default();
        let mut kind = ("", String::new());
        let rows: BTreeSet<u32> = sheet.cells.keys().map(|cell| cell.row).collect();
        for row in rows {
            let (name, value) = (text(row, 1), text(row, 2));
            match text(row, 0) {
                "form" => {
                    kind = (name, sheet.cells.get(&CellAddress { row, column: 2 }).map_or_else(String::new, plain))
                }
                "printed" if name.is_empty() => drop(hidden.printed.insert(folded(value))),
                "printed" if name == "site" => hidden.site = Some(folded(value)),
                "printed" if name == "running" => drop(hidden.running.insert(folded(value))),
                "printed" => drop(hidden.items.entry(name.to_owned()).or_default().insert(folded(value))),
                "edition" => hidden.edition = Some(value.to_owned()),
                "part" if name == "on" => hidden.part.push_str(value),
                // A cell is read without the spaces around it, and a row of a set begins with two.
                "part" => hidden.part += &format!("\n{}{value}", if value.starts_with("- ") { "  " } else { "" }),
                key => hidden.head.push((key.to_owned(), value.to_owned())),
            }
        }
        if kind.0 != words.questions.kind {
            return Err(match kind.0 {
                "" => {
                    let wrong = say!("the sheet that says what form this is has been changed");
                    let help = say!("make the checklist again and copy the answers into it");
                    Refused::new(FormPlace::Path(FORM_SHEET.to_owned()), wrong).help(help)
                }
                other => of_another_kind(other, words),
            });
        }
        if kind.1 != VERSION {
            let wrong = Refused::new(FormPlace::Whole, say!("the form is of another version of gamma-ok"));
            return Err(
                wrong.help(say!("make the checklist again with this version, or take the form in with that one"))
            );
        }
        Ok(hidden)
    }

    /// What the form itself says of the round.
    pub(crate) fn head(&self, words: &FormWords) -> Vec<FormEntry> {
        let place = FormPlace::Path(FORM_SHEET.to_owned());
        let entries = self.head.iter().filter(|(_, value)| !value.is_empty()).filter_map(|(key, value)| {
            let field = words.questions.head.iter().find(|field| field.name == key)?;
            Some(FormEntry::new(place.clone(), field.name, value))
        });
        entries.collect()
    }

    /// Whether the form says what it has printed beside each item, and on each of its sheets.
    pub(crate) fn is_whole(&self) -> bool {
        !self.items.is_empty()
    }

    /// Whether that is what the form calls its site.
    pub(crate) fn is_site(&self, text: &str) -> bool {
        self.site.as_ref().is_some_and(|site| *site == folded(text))
    }

    /// Whether somebody has written a text beside an item where the form has its own.
    pub(crate) fn is_altered(&self, reference: &str, text: &str) -> bool {
        self.items.get(reference).is_some_and(|own| !own.contains(&folded(text)))
    }

    pub(crate) fn is_printed(&self, text: &str) -> bool {
        self.printed.contains(&folded(text))
    }
}
