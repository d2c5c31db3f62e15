//! The statements of a book: the texts that the wording rules judge, each with its place.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use unicode_normalization::char::decompose_canonical;

use super::{Statement, WordListLanguage};
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

/// The standards whose texts are judged: written ones that are not retired, and the book's own patterns as they are filled in
/// where they are first converted. The library's patterns are tested, and an author could not mend them.
pub(crate) fn judged<'a>(book: &Book, standards: &'a Standards) -> Vec<&'a Standard> {
    let own: BTreeSet<&str> = book.own_traits().map(|of_trait| of_trait.id.name.as_str()).collect();
    let mut patterns: BTreeSet<(&str, &str)> = BTreeSet::new();
    let mut judged = |standard: &&'a Standard| match &standard.origin {
        Origin::Written => standard.status != Status::Retired,
        Origin::Derived { of_trait, pattern } => {
            own.contains(of_trait.as_str()) && patterns.insert((of_trait, pattern))
        }
        Origin::Handoff(_) => false,
    };
    standards.all.iter().filter(|standard| judged(standard)).collect()
}

/// The texts of a standard in the languages that have word lists, cut into words once for all rules. Those of a whole book at
/// once would take more memory than the book.
pub(crate) fn sentences<'a>(standard: &'a Standard, nouns: &'a StaffNouns) -> Vec<Sentence<'a>> {
    let sentence = |worded: &'a Worded| {
        let words = WordListLanguage::for_tag(worded.language.tag())?;
        let staff = nouns.in_language(&worded.language);
        let statement = Statement::new(&worded.text, words, standard.kind, standard.measure.is_some(), staff);
        Some(Sentence { statement, worded, standard })
    };
    standard.text.0.iter().filter_map(sentence).collect()
}

impl Sentence<'_> {
    /// A finding of `code` over a range of the text.
    pub fn finding(&self, code: Code, sources: &Sources, hit: super::Hit) -> Diagnostic {
        let span = place(sources, self.worded, &hit.range);
        Diagnostic::new(code, span, hit.message).maybe_help(hit.help)
    }
}

/// Where a range of a text stands in its file; the whole text where a pattern's filling makes file and text differ in more
/// than white space, YAML's escapes and how letters are composed.
pub(super) fn place(sources: &Sources, worded: &Worded, range: &Range<usize>) -> Span {
    let written = sources.slice(worded.span);
    aligned(written, &worded.text, range).map_or(worded.span, |range| worded.span.within(range))
}

fn aligned(written: &str, text: &str, range: &Range<usize>) -> Option<Range<usize>> {
    let mut file = letters(written).skip_while(|(_, letter)| letter.is_whitespace()).peekable();
    let (mut start, mut end) = (None, None);
    let mut letters = text.char_indices().peekable();
    while let Some((offset, letter)) = letters.next() {
        if letter.is_whitespace() {
            while letters.next_if(|(_, next)| next.is_whitespace()).is_some() {}
            while file.next_if(|(_, next)| next.is_whitespace()).is_some() {}
            continue;
        }
        // One letter of the text may be several characters of the file; both are compared in their parts.
        let mut place: Option<Range<usize>> = None;
        let mut parts = Vec::new();
        decompose_canonical(letter, |part| parts.push(part));
        let mut parts = parts.into_iter();
        while parts.len() > 0 {
            let (range, written_letter) = file.next()?;
            let mut differs = false;
            decompose_canonical(written_letter, |part| differs |= parts.next() != Some(part));
            if differs {
                return None;
            }
            place = Some(place.map_or(range.start, |place| place.start)..range.end);
        }
        let place = place?;
        if offset >= range.start && start.is_none() {
            start = Some(place.start);
        }
        if offset < range.end {
            end = Some(place.end);
        }
    }
    Some(start?..end?)
}

/// The letters of a text as it is written in YAML, each with its bytes: without the marks around it, escapes read.
fn letters(written: &str) -> impl Iterator<Item = (Range<usize>, char)> {
    let mark = written.chars().next();
    let mut offset = match mark {
        Some('"' | '\'') => 1,
        Some('|' | '>') => written.find('\n').unwrap_or(written.len()),
        _ => 0,
    };
    std::iter::from_fn(move || {
        loop {
            let rest = &written[offset..];
            let first = rest.chars().next()?;
            let (length, letter) = match (mark, first) {
                (Some('"'), '\\') => escaped(rest)?,
                (Some('\''), '\'') if rest.starts_with("''") => (2, Some(first)),
                _ => (first.len_utf8(), Some(first)),
            };
            let range = offset..offset + length;
            offset = range.end;
            if let Some(letter) = letter {
                return Some((range, letter));
            }
        }
    })
}

/// How long the escape is that a text begins with, and what it stands for; none for the end of a line, which is no letter.
fn escaped(text: &str) -> Option<(usize, Option<char>)> {
    let kind = text.chars().nth(1)?;
    let length = 1 + kind.len_utf8();
    let digits = match kind {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => {
            let letter = match kind {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'N' => '\u{85}',
                '_' => '\u{a0}',
                'L' => '\u{2028}',
                'P' => '\u{2029}',
                '\n' => return Some((length, None)),
                '\r' => return Some((length, None)),
                other => other,
            };
            return Some((length, Some(letter)));
        }
    };
    let code = u32::from_str_radix(text.get(length..length + digits)?, 16).ok()?;
    Some((length + digits, Some(char::from_u32(code)?)))
}

#[cfg(test)]
mod tests {
    use super::aligned;

    #[test]
    fn a_word_is_found_in_the_file_however_the_text_is_written() {
        let text = "The clerk, żywo, greets.";
        let range = text.find("greets").map(|offset| offset..offset + 6).unwrap_or_default();
        for written in [
            "The clerk, żywo, greets.",
            "\"The clerk, żywo, greets.\"",
            "'The clerk, żywo, greets.'",
            "The clerk, żywo,\n          greets.",
            ">-\n    The clerk,\n    żywo, greets.\n",
            "|\r\n  The clerk, żywo, greets.",
            "The clerk, z\u{307}ywo, greets.",
            r#""The clerk,\u0020\u017cywo,\t greets.""#,
            r#""The \x63lerk, \U0000017Cywo, greets.""#,
            "\"The clerk, \\\n    żywo, greets.\"",
        ] {
            assert_eq!(
                aligned(written, text, &range).and_then(|range| written.get(range)),
                Some("greets"),
                "{written}"
            );
        }
    }

    #[test]
    fn quotation_marks_within_quotation_marks_are_letters() {
        assert_eq!(aligned("'it''s so'", "it's so", &(5..7)), Some(7..9));
        assert_eq!(aligned(r#""a \"b\" so""#, "a \"b\" so", &(6..8)), Some(9..11));
        assert_eq!(aligned("o\u{328}\u{304}s so", "ǭs so", &(0..2)), Some(0..5));
    }

    #[test]
    fn what_is_written_otherwise_has_no_place() {
        assert_eq!(aligned("\"a \\u0062\"", "a c", &(2..3)), None);
        assert_eq!(aligned("The {{ staff.one }} nods", "The clerk nods", &(4..9)), None);
        assert_eq!(aligned("", "a", &(0..1)), None);
        assert_eq!(aligned(">", "a", &(0..1)), None);
    }
}
