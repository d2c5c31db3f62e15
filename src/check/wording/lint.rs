//! A sentence on its way into the book, held against the wording rules before it is written.

use super::{Hit, StaffNouns, Statement, WordListLanguage};
use crate::book::{Book, Language, StandardType};
use crate::check::text_rules;
use crate::diag::{Code, Severity};

/// What the wording rules find in a sentence, as far as the book has them switched on; nothing in a language without word
/// lists.
pub(crate) fn lint(
    book: &Book,
    nouns: &StaffNouns,
    text: &str,
    language: &Language,
    kind: StandardType,
) -> Vec<(Code, Hit)> {
    let Some(words) = WordListLanguage::for_tag(language.tag()) else { return Vec::new() };
    let staff = nouns.in_language(language);
    // Its measure is asked for later; a figure in the text is one.
    let has_measure = super::figures(text, words).iter().any(|figure| figure.unit.is_some());
    let statement = Statement::new(text, words, kind, has_measure, staff);
    let is_off = |code: Code| {
        book.rules.iter().any(|(named, severity)| named.value == code.word() && *severity == Severity::Off)
    };
    let rules = text_rules().filter(|(code, _)| !is_off(*code));
    rules.flat_map(|(code, check)| check(&statement).into_iter().map(move |hit| (code, hit))).collect()
}
