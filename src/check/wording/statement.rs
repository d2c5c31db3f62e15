//! What the rules are given, and what they give back.

use std::ops::{Deref, Range};

use super::reading::{Phrase, Reading};
use super::token::{Shape, Token};
use super::words::{Class, WordListLanguage};
use crate::book::StandardType;
use crate::message::{Message, Template};

/// Text of one standard in one language, prepared once for all rules.
#[derive(Debug)]
pub struct Statement<'a> {
    /// The words.
    pub reading: Reading<'a>,
    /// The type of the standard.
    pub kind: StandardType,
    /// Whether the standard carries a measure beside its text.
    pub(crate) has_measure: bool,
    /// All noun forms of staff and roles in this language, in lower case.
    pub staff: &'a [String],
}

/// One finding of a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// Where in the text.
    pub range: Range<usize>,
    /// What is the matter; names the found words.
    pub message: Message,
    /// How to mend it.
    pub help: Option<Message>,
}

impl<'a> Deref for Statement<'a> {
    type Target = Reading<'a>;

    fn deref(&self) -> &Reading<'a> {
        &self.reading
    }
}

impl<'a> Statement<'a> {
    /// Prepares `text`.
    pub fn new(
        text: &'a str,
        language: WordListLanguage,
        kind: StandardType,
        has_measure: bool,
        staff: &'a [String],
    ) -> Self {
        Self { reading: Reading::new(text, language), kind, has_measure, staff }
    }

    /// A finding over the tokens from `first` to `last`; `{words}` in `message` becomes their text.
    pub(super) fn hit(&self, first: usize, last: usize, message: Template, help: Template) -> Hit {
        let range = self.range(first, last);
        let words = self.text.get(range.clone()).unwrap_or_default();
        Hit { range, message: message.with("words", words), help: Some(help.into()) }
    }

    /// A finding over the tokens from `first` to `last` that does not name them.
    pub(super) fn hit_saying(&self, first: usize, last: usize, message: Message, help: Template) -> Hit {
        Hit { range: self.range(first, last), message, help: Some(help.into()) }
    }

    /// Findings for every phrase of `class` that passes `test` and is not part of an innocent phrase.
    pub(super) fn hits(
        &self,
        class: Class,
        message: Template,
        help: Template,
        test: impl Fn(Phrase) -> bool,
    ) -> Vec<Hit> {
        self.all(class)
            .filter(|f| !self.innocent(*f) && test(*f))
            .map(|f| self.hit(f.first, f.last, message, help))
            .collect()
    }

    /// Whether the words up to and including token `i` end with a noun of staff.
    pub(super) fn staff_ends_at(&self, i: usize) -> bool {
        if self.all(Class::Staff).any(|f| f.last == i) || self.ends_as_staff(i) {
            return true;
        }
        self.staff.iter().any(|noun| {
            let words = noun.split(' ').count();
            !noun.is_empty()
                && words <= i + 1
                && noun.split(' ').enumerate().all(|(k, w)| self.word(i + 1 - words + k) == w)
        })
    }

    /// Whether token `i` ends as nouns of staff do.
    fn ends_as_staff(&self, i: usize) -> bool {
        self.language.lists().staff.iter().any(|ending| self.word(i).ends_with(ending))
    }

    /// Whether a noun of staff starts at token `i`.
    pub(super) fn staff_starts_at(&self, i: usize) -> bool {
        self.at(i, Class::Staff).is_some()
            || self.ends_as_staff(i)
            || self
                .staff
                .iter()
                .any(|noun| !noun.is_empty() && noun.split(' ').enumerate().all(|(k, w)| self.word(i + k) == w))
    }

    /// Whether staff are the subject of the verb `phrase`: right before it or, in a sentence that begins with anything else
    /// than its subject, as a Swedish one may, right behind it.
    pub(super) fn staff_acts(&self, phrase: Phrase) -> bool {
        let mut i = phrase.first;
        while i > 0 {
            i -= 1;
            if self.staff_ends_at(i) {
                return true;
            }
            match self.over(i, Class::Adverb) {
                Some(adverb) => i = adverb.first,
                None => break,
            }
        }
        let owner =
            self.language.lists().genitive && i > 0 && self.clause(i) == i - 1 && self.over(i, Class::Person).is_none();
        if owner && self.staff_ends_at(i - 1) {
            return true;
        }
        let customer = phrase.first.checked_sub(1).is_some_and(|i| self.is_customer(i));
        phrase.first > 0 && !customer && self.joined(phrase.last + 1) && self.staff_starts_at(phrase.last + 1)
    }

    /// Whether staff, or anybody whose name ends as those of trades do, are the subject of the verb `phrase`.
    pub(super) fn agent_acts(&self, phrase: Phrase) -> bool {
        let behind = phrase.last + 1;
        // An English infinitive may end as nouns of trades do.
        let turned =
            phrase.first > 0 && self.joined(behind) && !self.language.lists().compounds && self.is_agent(behind);
        // *kierownik zmiany*: the first noun acts.
        let owner = self.language.lists().genitive
            && self.before_verb(phrase).is_some_and(|i| i > 0 && self.clause(i) == i - 1 && self.is_agent(i - 1));
        self.staff_acts(phrase)
            || owner
            || self.before_verb(phrase).is_some_and(|i| self.is_agent(i))
            || turned && self.before_verb(phrase).is_none_or(|i| !self.is_person(i))
    }

    /// Whether somebody who is not served is the subject of the verb `phrase`: staff or, right before it and at the start
    /// of its sentence, whoever else. Only for verbs that things do not do.
    pub(super) fn somebody_acts(&self, phrase: Phrase) -> bool {
        let start = self.sentence(phrase.first);
        let near = |last: &usize| *last < start + SUBJECT && self.kind != StandardType::Product;
        let Some(last) = self.before_verb(phrase).filter(near) else {
            return self.agent_acts(phrase);
        };
        let whole = (start + 1..phrase.first).all(|i| self.joined(i));
        let named = (start..=last).all(|i| self.token(i).is_some_and(|t| t.shape == Shape::Word) && !self.is_person(i));
        self.agent_acts(phrase) || whole && named
    }

    /// The word before the verb `phrase` and its adverbs, in the same clause.
    fn before_verb(&self, phrase: Phrase) -> Option<usize> {
        let mut i = phrase.first;
        while i > 0 && self.joined(i) {
            match self.over(i - 1, Class::Adverb) {
                Some(adverb) => i = adverb.first,
                None => return Some(i - 1),
            }
        }
        None
    }

    /// Whether the word is a customer, or no person at all.
    fn is_person(&self, i: usize) -> bool {
        [Class::Person, Class::NoAgent, Class::Subordinator].iter().any(|class| self.over(i, *class).is_some())
    }

    /// Whether the word is a customer; a team's members are none.
    pub(super) fn is_customer(&self, i: usize) -> bool {
        self.over(i, Class::Person).is_some() && !self.staff_ends_at(i)
    }

    /// Whether token `i` ends as the names of trades do.
    pub(super) fn is_agent(&self, i: usize) -> bool {
        let word = self.word(i);
        word.chars().count() > 4
            && self.language.lists().agent.iter().any(|ending| word.ends_with(ending))
            && !self.is_person(i)
    }

    /// Whether the standard has a measure, or its text a quantity or a time.
    pub(super) fn is_limited(&self) -> bool {
        let time = |token: &Token| token.shape == Shape::Label;
        self.has_measure || self.tokens().iter().any(time) || self.figures().iter().any(|figure| figure.unit.is_some())
    }

    /// Whether the text has a figure or a time, or the standard a measure, which says what vague words leave open.
    pub(super) fn is_measured(&self) -> bool {
        let counts = |token: &Token| token.shape != Shape::Word;
        self.has_measure || self.tokens().iter().any(counts) || !self.figures().is_empty()
    }
}

/// How many words a subject has at most.
const SUBJECT: usize = 4;

/// Removes findings that lie inside another, keeping the longer one, and sorts by place.
pub(super) fn without_overlaps(mut hits: Vec<Hit>) -> Vec<Hit> {
    hits.sort_by_key(|h| (h.range.start, std::cmp::Reverse(h.range.end)));
    let mut end = 0;
    hits.retain(|h| {
        let keep = h.range.start >= end;
        if keep {
            end = h.range.end;
        }
        keep
    });
    hits
}

#[cfg(test)]
mod tests {
    use super::super::Statement;
    use super::super::words::LANGUAGES;
    use crate::check::text_rules;

    use crate::book::StandardType;

    /// Pieces that meet every branch of the cutting: marks, joints, figures, letters of many bytes.
    const PIECES: &[&str] = &[
        " ",
        " ",
        " ",
        "a",
        "ż",
        "İ",
        "\u{301}",
        "1",
        "10",
        "10-",
        ":",
        ".",
        ",",
        ";",
        "!",
        "…",
        "\"",
        "'",
        "’",
        "“",
        "”",
        "„",
        "«",
        "»",
        "`",
        "](",
        ")",
        "<",
        ">",
        "https://",
        "%",
        "°C",
        "×",
        "–",
        "\u{a0}",
        "m.in",
        "14:30",
        "is ",
        "greeted ",
        "should ",
        "about ",
        "nie ",
        "należy ",
        "witać ",
        "zostaje ",
        "man ",
        "blir ",
        "hälsad ",
        "inom ",
        "några ",
        "minuter ",
        "etc.",
        "The ",
        "not ",
        "two ",
        "ten-minute ",
        "kl. ",
        "if possible",
        "knows ",
        "receptionist ",
        "by ",
        "20:e ",
        "🦌",
        "ǅ",
    ];

    #[test]
    fn no_text_panics_and_every_range_is_a_piece_of_it() {
        let staff = ["receptionist".to_owned(), String::new(), "front-office manager".to_owned()];
        let mut state = 1u32;
        for round in 0..3000 {
            let mut text = String::new();
            for _ in 0..round % 40 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                text.push_str(PIECES[(state >> 16) as usize % PIECES.len()]);
            }
            for (language, ..) in LANGUAGES {
                let statement = Statement::new(&text, *language, StandardType::Procedural, false, &staff);
                for (code, check) in text_rules() {
                    for hit in check(&statement) {
                        assert!(text.get(hit.range.clone()).is_some_and(|t| !t.is_empty()), "{code}: {text}");
                    }
                }
                for figure in statement.figures() {
                    assert!(text.get(figure.range.clone()).is_some(), "{text}");
                }
            }
        }
    }

    /// Without the bound on what is read this would not end within any patience.
    #[test]
    fn a_hostile_text_costs_little() {
        for piece in ["“", "not ", "about 1 ", "if a ", "is greeted by ", "ten-minute ", "1-", "receptionist knows "]
        {
            let text = piece.repeat(1_000_000 / piece.len());
            for (language, ..) in LANGUAGES {
                let statement = Statement::new(&text, *language, StandardType::Procedural, false, &[]);
                for (_, check) in text_rules() {
                    check(&statement);
                }
                assert!(statement.len() < 5000);
            }
        }
    }
}
