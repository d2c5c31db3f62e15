//! Two texts of authors: in which of their languages they differ, and how they are shown.

use crate::book::{Language, Text};
use crate::text::single_spaced;

/// In which languages two texts differ.
pub(super) struct Difference {
    /// Whether in the source language.
    pub source: bool,
    /// Language, what it was and what it is now, where the source stayed as it was.
    pub translations: Vec<(String, Option<String>, Option<String>)>,
}

impl Difference {
    pub(super) fn of(before: &Text, after: &Text, source: &Language) -> Self {
        let text = |text: &Text, language: &Language| {
            text.get(language).map(|worded| single_spaced(&worded.text).into_owned())
        };
        let best = |text: &Text| text.best(source, source).map(|worded| single_spaced(&worded.text).into_owned());
        if best(before) != best(after) {
            return Difference { source: true, translations: Vec::new() };
        }
        let mut languages: Vec<&Language> = before.0.iter().chain(&after.0).map(|worded| &worded.language).collect();
        languages.sort_unstable();
        languages.dedup();
        let differs = |language: &&Language| {
            let (before, after) = (text(before, language), text(after, language));
            (before != after).then(|| (language.to_string(), before, after))
        };
        Difference { source: false, translations: languages.iter().filter_map(differs).collect() }
    }
}

/// Several texts as one, language by language.
pub(super) fn joined(texts: &[Text]) -> Text {
    let mut all = Text::default();
    for worded in texts.iter().flat_map(|text| &text.0) {
        match all.0.iter_mut().find(|known| known.language == worded.language) {
            Some(known) => {
                known.text.push_str(" / ");
                known.text.push_str(&worded.text);
            }
            None => all.0.push(worded.clone()),
        }
    }
    all
}

/// A text as it is shown, on one line.
pub(super) fn shown(text: &Text, language: &Language) -> String {
    text.best(language, language).map(|worded| single_spaced(&worded.text).into_owned()).unwrap_or_default()
}
