//! Texts that many items share, each once.

use std::borrow::Cow;
use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

/// Texts and their places.
#[derive(Debug, Default)]
pub(super) struct TextTable<'t> {
    /// The texts, in the order in which they came.
    pub list: Vec<Cow<'t, str>>,
    places: HashMap<Cow<'t, str>, u32, FxBuildHasher>,
}

impl<'t> TextTable<'t> {
    /// The place of a text, which gets one where it has none.
    pub fn place(&mut self, text: &str) -> u32 {
        self.placed(text, || Cow::Owned(text.to_owned()))
    }

    /// The place of a text that outlives the table, and need not be copied.
    pub fn place_lasting(&mut self, text: &'t str) -> u32 {
        self.placed(text, || Cow::Borrowed(text))
    }

    fn placed(&mut self, text: &str, kept: impl FnOnce() -> Cow<'t, str>) -> u32 {
        if let Some(place) = self.places.get(text) {
            return *place;
        }
        let place = self.list.len() as u32;
        let kept = kept();
        self.list.push(kept.clone());
        self.places.insert(kept, place);
        place
    }

    /// A table that begins with texts which nobody looks up.
    pub fn after(list: impl IntoIterator<Item = String>) -> Self {
        TextTable { list: list.into_iter().map(Cow::Owned).collect(), places: HashMap::default() }
    }

    /// The texts.
    pub fn into_list(self) -> Vec<String> {
        self.list.into_iter().map(Cow::into_owned).collect()
    }
}
