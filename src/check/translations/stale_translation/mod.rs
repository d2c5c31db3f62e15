//! `stale-translation`: a text that was changed while its translation stayed as it was.
//!
//! The one rule that asks the past. Going back commit by commit, a text and its translation are compared with what they were:
//! where the translation changed last, or both changed at once, all is well; where the text alone changed, the translation
//! is stale. What is in the folder and not yet committed is the newest state of all.
//!
//! It must cost next to nothing where nothing is stale, however long the past. So former files are not parsed: a text whose lines
//! are all in the former file has not changed ([`trace`]). Only where the text's lines changed and the translation's did not is that
//! one file parsed ([`former`]), to tell a new wording from a new line break.

mod former;
mod trace;

use crate::book::{Loaded, Text, Worded};
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;
use crate::source::{History, HistoryFault};

use self::trace::{Stale, Unit};
use super::texts::texts;

/// A translation that is older than its text.
pub static RULE: Rule = Rule {
    code: Code::StaleTranslation,
    summary: "A translation that stayed as it was when its text was changed",
    why: "Whoever reads the translation keeps another standard than whoever reads the text: at one desk the guest is greeted \
          within 10 seconds, at the other within 20. The book's past in git tells which text was changed last; without git \
          this rule is silent.",
    bad: "# changed today; the translation is of last year\ntext:\n  en: The clerk answers within 3 rings.\n  pl: Recepcjonista odbiera w ciągu 5 \
          sygnałów.",
    good: "text:\n  en: The clerk answers within 3 rings.\n  pl: Recepcjonista odbiera w ciągu 3 sygnałów.",
};

/// The translations that are older than their texts, as far back as looking costs little.
///
/// # Errors
/// What kept the history from answering.
pub fn stale_translations(history: &dyn History, loaded: &Loaded) -> Result<Vec<Diagnostic>, HistoryFault> {
    let book = &loaded.book;
    if book.languages.len() < 2 {
        return Ok(Vec::new());
    }
    let units = units(loaded);
    let stale = trace::trace(history, &loaded.sources, &units)?;
    Ok(stale.into_iter().map(|one| finding(&units[one.unit], &one)).collect())
}

/// Every translation of every text of the author's.
fn units(loaded: &Loaded) -> Vec<Unit> {
    let source = loaded.book.source_language();
    let of_text = |text: &Text| -> Vec<Unit> {
        let Some(original) = text.get(source) else { return Vec::new() };
        let others = text.0.iter().filter(|worded| worded.language != *source && !worded.text.is_empty());
        let unit = |worded: &Worded| Unit {
            original: original.span,
            original_text: original.text.clone(),
            translation: worded.span,
            translation_text: worded.text.clone(),
            language: worded.language.tag().to_owned(),
            source: source.tag().to_owned(),
        };
        others.map(unit).collect()
    };
    texts(&loaded.book).into_iter().flat_map(of_text).collect()
}

fn finding(unit: &Unit, stale: &Stale) -> Diagnostic {
    let language = unit.language.as_str();
    let message = say!("the text was changed, its translation into `{language}` was not", language);
    let help = say!(
        "bring the translation up to date; if it is right as it is, add `allow: [stale-translation]` to the entry"
    );
    let when = match &stale.changed {
        Some((commit, date)) => {
            say!("it was changed in {commit} of {date}", commit = commit.short(), date = date.to_string())
        }
        None => say!("it was changed since the last commit"),
    };
    let related = match &stale.before {
        Some(before) => say!("{when}; before, it read: {before}", when, before = before.as_str()),
        None => when,
    };
    Diagnostic::new(Code::StaleTranslation, unit.translation, message).help(help).related(unit.original, related)
}
