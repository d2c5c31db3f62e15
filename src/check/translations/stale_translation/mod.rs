//! `stale-translation`: a text that was changed while its translation stayed as it was.
//!
//! The one rule that asks the past. What counts is what a text and its translation say, however they are typed, quoted and
//! wrapped: going back commit by commit, the text is looked for that stood beside the translation when that was made. Where it
//! is another than now, the translation is stale, unless that very pair was committed before. What is in the folder and not
//! yet committed is the newest state of all. An entry's `allow` is for the changes before it, not for those to come.
//!
//! It must cost next to nothing where nothing is stale, however long the past. So former files are not parsed where the lines of a
//! text and of its translation are all in the former file ([`trace`]); where they are not, that one file is ([`former`]), to
//! tell a new wording from a new line break. Chapters are files of their own, and compared as a whole ([`chapters`]).

mod chapters;
mod former;
mod trace;

use crate::book::{Allow, Loaded, Text, Worded};
use crate::diag::{Code, Diagnostic, Rule};
use crate::say;
use crate::source::{History, HistoryFault, Span};

use self::former::fold;
use self::trace::{Stale, TranslatedText};
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
    Ok(stale.into_iter().map(|outdated| finding(&units[outdated.unit], &outdated)).collect())
}

/// The places of those translations, each with what its text was before it changed; what its entry allows is none of them.
///
/// # Errors
/// What kept the history from answering.
pub(crate) fn stale(history: &dyn History, loaded: &Loaded) -> Result<Vec<(Span, Option<String>)>, HistoryFault> {
    let units = units(loaded);
    let stale = trace::trace(history, &loaded.sources, &units)?;
    let told = stale.into_iter().filter(|outdated| !units[outdated.unit].has_allow || outdated.despite_allow);
    Ok(told.map(|outdated| (units[outdated.unit].translation, outdated.before)).collect())
}

/// Every translation of every text of the author's.
fn units(loaded: &Loaded) -> Vec<TranslatedText> {
    let source = loaded.book.source_language();
    let is_about = |allow: &&Allow| allow.codes.iter().any(|code| code.value == Code::StaleTranslation.word());
    let allows: Vec<Span> = loaded.book.allows.iter().filter(is_about).map(|allow| allow.span).collect();
    let of_text = |text: &Text| -> Vec<TranslatedText> {
        let Some(original) = text.get(source) else { return Vec::new() };
        let others = text.0.iter().filter(|worded| worded.language != *source && !worded.text.is_empty());
        let unit = |worded: &Worded| TranslatedText {
            original: original.span,
            original_text: fold(&original.text),
            translation: worded.span,
            translation_text: fold(&worded.text),
            language: worded.language.tag().to_owned(),
            source: source.tag().to_owned(),
            has_allow: allows.iter().any(|span| {
                span.file == worded.span.file && span.start <= worded.span.start && worded.span.end <= span.end
            }),
        };
        others.map(unit).collect()
    };
    texts(&loaded.book).into_iter().flat_map(of_text).collect()
}

fn finding(unit: &TranslatedText, stale: &Stale) -> Diagnostic {
    let language = unit.language.as_str();
    let message = say!("the text was changed, its translation into `{language}` was not", language);
    let help = match stale.despite_allow {
        false => say!(
            "bring the translation up to date; if it is right as it is, add `allow: [stale-translation]` to the entry"
        ),
        true => say!(
            "bring the translation up to date; the entry's `allow` is older than this change: if the translation is right as it \
             is, remove the `allow`, commit, and add it again"
        ),
    };
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
    let finding = Diagnostic::new(Code::StaleTranslation, unit.translation, message).help(help);
    let finding = finding.related(unit.original, related);
    if stale.despite_allow { finding.despite_allow() } else { finding }
}
