//! Texts that many items share, each once.

use std::collections::HashMap;

/// Texts and their places.
#[derive(Debug, Default)]
pub(super) struct Table {
    /// The texts, in the order in which they came.
    pub list: Vec<String>,
    places: HashMap<String, u32>,
}

impl Table {
    /// The place of a text, which gets one where it has none.
    pub fn place(&mut self, text: &str) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.list.len() as u32;
        self.list.push(text.to_owned());
        self.places.insert(text.to_owned(), place);
        place
    }

    /// A table that begins with texts which nobody looks up.
    pub fn after(list: Vec<String>) -> Self {
        Table { list, places: HashMap::new() }
    }
}
