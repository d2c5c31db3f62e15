//! The statements of a book: the texts that the wording rules judge, each with its place.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::{Statement, Words};
use crate::book::{Book, Language, Noun, Status, Worded};
use crate::diag::{Code, Diagnostic};
use crate::method::{Origin, Standard, Standards};
use crate::source::{Sources, Span};

/// The words for staff by language, in lower case: what may act in a sentence.
#[derive(Debug, Default)]
pub(crate) struct StaffNouns(BTreeMap<Language, Vec<String>>);

impl StaffNouns {
    /// All forms of the nouns of staff and roles.
    pub fn of(book: &Book) -> Self {
        let mut nouns = StaffNouns::default();
        for Noun { forms, .. } in std::iter::once(&book.staff).chain(book.roles.iter().map(|role| &role.noun)) {
            for (language, forms) in forms {
                let words = nouns.0.entry(language.clone()).or_default();
                words.extend(forms.forms.iter().map(|(_, word)| word.to_lowercase()));
            }
        }
        for words in nouns.0.values_mut() {
            words.sort_unstable();
            words.dedup();
        }
        nouns
    }

    pub(super) fn in_language(&self, language: &Language) -> &[String] {
        self.0.get(language).map(Vec::as_slice).unwrap_or_default()
    }
}

/// A statement and where it is written.
#[derive(Debug)]
pub(crate) struct Sentence<'a> {
    /// What the rules judge.
    pub statement: Statement<'a>,
    /// The text as the standard has it.
    pub worded: &'a Worded,
    /// The standard.
    pub standard: &'a Standard,
}

/// The texts of written standards that are not retired, and of the book's own patterns as they are filled in where they
/// are first converted. The library's patterns are tested, and an author could not mend them.
pub(crate) fn sentences<'a>(book: &Book, standards: &'a Standards, nouns: &'a StaffNouns) -> Vec<Sentence<'a>> {
    let own: BTreeSet<&str> = book.own_traits().map(|one| one.id.name.as_str()).collect();
    let mut patterns: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut judged = |standard: &&'a Standard| match &standard.origin {
        Origin::Written => standard.status != Status::Retired,
        Origin::Derived { of_trait, pattern } => {
            own.contains(of_trait.as_str()) && patterns.insert((of_trait, pattern))
        }
        Origin::Handoff(_) => false,
    };
    let judged: Vec<&Standard> = standards.all.iter().filter(|standard| judged(standard)).collect();
    let of = |standard: &&'a Standard| {
        let standard: &'a Standard = standard;
        let sentence = |worded: &'a Worded| {
            let words = Words::for_tag(worded.language.tag())?;
            let staff = nouns.in_language(&worded.language);
            let statement = Statement::new(&worded.text, words, standard.kind, standard.measure.is_some(), staff);
            Some(Sentence { statement, worded, standard })
        };
        standard.text.0.iter().filter_map(sentence).collect::<Vec<_>>()
    };
    judged.par_iter().flat_map_iter(of).collect()
}

impl Sentence<'_> {
    /// A finding of `code` over a range of the text.
    pub fn finding(&self, code: Code, sources: &Sources, hit: super::Hit) -> Diagnostic {
        let span = place(sources, self.worded, &hit.range);
        Diagnostic::new(code, span, hit.message).maybe_help(hit.help)
    }
}

/// Where a range of a text stands in its file; the whole text where YAML's escapes, or a pattern's filling, make file and
/// text differ in more than white space.
pub(super) fn place(sources: &Sources, worded: &Worded, range: &std::ops::Range<usize>) -> Span {
    let written = sources.slice(worded.span);
    aligned(written, &worded.text, range).map_or(worded.span, |range| worded.span.within(range))
}

fn aligned(written: &str, text: &str, range: &std::ops::Range<usize>) -> Option<std::ops::Range<usize>> {
    // Marks of a quoted or a block text come first.
    let start_of_text = match written.chars().next()? {
        '"' | '\'' => 1,
        '|' | '>' => written.find('\n')?,
        _ => 0,
    };
    let mut file = written.char_indices().skip_while(|(offset, _)| *offset < start_of_text).peekable();
    while file.next_if(|(_, next)| next.is_whitespace()).is_some() {}
    let (mut start, mut end) = (None, None);
    let mut letters = text.char_indices().peekable();
    while let Some((offset, letter)) = letters.next() {
        if letter.is_whitespace() {
            while letters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
            while file.next_if(|(_, next)| next.is_whitespace()).is_some() {}
            continue;
        }
        let (position, written_letter) = file.next()?;
        if written_letter != letter {
            return None;
        }
        if offset >= range.start && start.is_none() {
            start = Some(position);
        }
        if offset < range.end {
            end = Some(position + written_letter.len_utf8());
        }
    }
    Some(start?..end?)
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn a_word_is_found_in_the_file_however_the_text_is_written() {
        let text = "The clerk, żywo, greets.";
        let at = text.find("greets").map(|at| at..at + 6).unwrap_or_default();
        for written in [
            "The clerk, żywo, greets.",
            "\"The clerk, żywo, greets.\"",
            "'The clerk, żywo, greets.'",
            "The clerk, żywo,\n          greets.",
            ">-\n    The clerk,\n    żywo, greets.\n",
            "|\r\n  The clerk, żywo, greets.",
        ] {
            assert_eq!(aligned(written, text, &at).and_then(|at| written.get(at)), Some("greets"), "{written}");
        }
    }

    #[test]
    fn what_is_written_otherwise_has_no_place() {
        assert_eq!(aligned("\"a \\u0062\"", "a b", &(2..3)), None);
        assert_eq!(aligned("The {{ staff.one }} nods", "The clerk nods", &(4..9)), None);
        assert_eq!(aligned("", "a", &(0..1)), None);
        assert_eq!(aligned(">", "a", &(0..1)), None);
    }
}
