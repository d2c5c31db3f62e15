//! A text as the rules see it: tokens, and the listed phrases found in them.

use std::ops::Range;
use std::sync::OnceLock;

use super::figure::Figure;
use super::lexicon::{LexiconEntry, Pattern};
use super::token::{Gap, Shape, Token, tokenize};
use super::words::{Class, WordListLanguage};

/// A phrase of the word list, found in a text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Phrase {
    /// What the phrase is.
    pub class: Class,
    /// Index of its first token.
    pub first: usize,
    /// Index of its last token.
    pub last: usize,
    /// The list's entry.
    pub entry: &'static LexiconEntry,
}

/// How much of a text is read, in bytes. No statement is that long (`long-statement` says so), and
/// the bound keeps hostile ones from costing more than a few milliseconds.
const LONGEST_READ: usize = 4096;

/// One text in one language, cut into words once for all rules.
#[derive(Debug)]
pub struct Reading<'a> {
    /// The text.
    pub text: &'a str,
    /// The language.
    pub language: WordListLanguage,
    tokens: Vec<Token>,
    lower: String,
    phrases: Vec<Phrase>,
    /// The figures, once somebody has asked for them.
    figures: OnceLock<Vec<Figure>>,
    /// One bit for each class that was found, so that most rules return at once.
    classes: u128,
}

impl<'a> Reading<'a> {
    /// Reads `text`.
    pub fn new(text: &'a str, language: WordListLanguage) -> Self {
        let end = (0..=text.len().min(LONGEST_READ)).rev().find(|i| text.is_char_boundary(*i));
        let read = &text[..end.unwrap_or(0)];
        let (tokens, lower) = tokenize(read, &super::speech::hidden(read));
        let mut reading = Self {
            text,
            language,
            tokens,
            lower,
            phrases: Vec::with_capacity(16),
            figures: OnceLock::new(),
            classes: 0,
        };
        reading.find();
        reading.end_sentences();
        reading.drop_names();
        reading
    }

    fn find(&mut self) {
        let lexicon = self.language.lexicon();
        for first in 0..self.tokens.len() {
            if self.tokens[first].shape != Shape::Word {
                continue;
            }
            let mut seen = 0u128;
            for entry in lexicon.starting(self.word(first)) {
                let last = first + entry.rest.len();
                let bit = 1 << entry.class as u32;
                let follows = |(i, patterns): (usize, &Vec<Pattern>)| {
                    let word = self.word(i);
                    self.joined(i) && patterns.iter().any(|p| p.fits(word))
                };
                if last < self.tokens.len() && seen & bit == 0 && (first + 1..).zip(&entry.rest).all(follows) {
                    seen |= bit;
                    self.phrases.push(Phrase { class: entry.class, first, last, entry });
                }
            }
            self.classes |= seen;
        }
    }

    /// A full stop ends no sentence behind an abbreviation, or where no capital follows.
    fn end_sentences(&mut self) {
        for i in 1..self.tokens.len() {
            if self.tokens[i].gap != Gap::Sentence {
                continue;
            }
            let next = &self.tokens[i];
            let capital = next.title || next.shout || next.shape != Shape::Word;
            let previous = &self.tokens[i - 1];
            let dot = self.text[previous.range.end..].starts_with('.');
            let initial = previous.shape == Shape::Word
                && previous.range.len() == 1
                && !i.checked_sub(2).is_some_and(|j| matches!(self.tokens[j].shape, Shape::Number(_)));
            let short = dot && (initial || self.at(i - 1, Class::Abbreviation).is_some());
            if short || !capital {
                self.tokens[i].gap = if dot { Gap::Dot } else { Gap::Break };
            }
        }
    }

    /// Drops listed words that are part of a name: a capitalised word inside a sentence, or one that
    /// starts a sentence when another capitalised word follows.
    fn drop_names(&mut self) {
        if !self.tokens.iter().skip(1).any(|t| t.title) {
            return;
        }
        let names: Vec<bool> = (0..self.tokens.len()).map(|i| self.is_name(i)).collect();
        self.phrases.retain(|f| !f.class.may_be_name() || !names[f.first..=f.last].contains(&true));
        self.classes = self.phrases.iter().fold(0, |bits, f| bits | 1 << f.class as u32);
    }

    fn is_name(&self, i: usize) -> bool {
        let token = &self.tokens[i];
        let name = |j: usize| self.tokens.get(j).is_some_and(|t| t.title && t.gap != Gap::Sentence);
        // Words of courtesy are capitalised in some houses; they make no name of their neighbours.
        let person = |j: usize| self.at(j, Class::Staff).is_some() || self.at(j, Class::Person).is_some();
        if token.gap == Gap::Sentence {
            return token.title && name(i + 1) && self.joined(i + 1) && !person(i + 1);
        }
        let after_colon = self.text[..token.range.start].trim_end().ends_with(':');
        token.title && !after_colon
            || token.shout && (name(i + 1) && self.joined(i + 1) || i > 0 && name(i - 1) && self.joined(i))
    }

    /// The figures of the text, in its order.
    pub fn figures(&self) -> &[Figure] {
        self.figures.get_or_init(|| self.find_figures())
    }

    /// Whether the text is longer than what is read of it.
    pub(super) fn is_cut(&self) -> bool {
        self.text.len() > LONGEST_READ
    }

    /// How many tokens there are.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there are no words at all.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The token at `i`.
    pub(super) fn token(&self, i: usize) -> Option<&Token> {
        self.tokens.get(i)
    }

    /// All tokens.
    pub(super) fn tokens(&self) -> &[Token] {
        &self.tokens
    }

    /// The lower-case form of the token at `i`, empty behind the end.
    pub(super) fn word(&self, i: usize) -> &str {
        self.tokens.get(i).map_or("", |t| &self.lower[t.lower.clone()])
    }

    /// The part of the lower-cased text from `from` to the end of the token at `i`.
    pub(super) fn tail(&self, i: usize, from: usize) -> &str {
        self.tokens.get(i).and_then(|t| self.lower.get(from..t.lower.end)).unwrap_or("")
    }

    /// Whether only white space separates the token at `i` from the one before it.
    pub(super) fn joined(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| matches!(t.gap, Gap::Space | Gap::None))
    }

    /// Whether any phrase of `class` was found.
    pub(super) fn has(&self, class: Class) -> bool {
        self.classes & 1 << class as u32 != 0
    }

    /// The phrases of `class`, in the order of the text.
    pub(super) fn all(&self, class: Class) -> impl Iterator<Item = Phrase> + '_ {
        let some = if self.has(class) { self.phrases.as_slice() } else { &[] };
        some.iter().copied().filter(move |f| f.class == class)
    }

    /// The phrase of `class` that starts at token `i`.
    pub(super) fn at(&self, i: usize, class: Class) -> Option<Phrase> {
        if !self.has(class) {
            return None;
        }
        let from = self.phrases.partition_point(|f| f.first < i);
        self.phrases[from..].iter().take_while(|f| f.first == i).find(|f| f.class == class).copied()
    }

    /// The phrase of `class` that covers token `i`.
    pub(super) fn over(&self, i: usize, class: Class) -> Option<Phrase> {
        self.all(class).find(|f| f.first <= i && i <= f.last)
    }

    /// Whether `phrase` lies wholly inside an innocent phrase.
    pub(super) fn innocent(&self, phrase: Phrase) -> bool {
        self.all(Class::Innocent).any(|f| f.first <= phrase.first && phrase.last <= f.last)
    }

    /// Where the tokens from `first` to `last` stand in the text.
    pub(super) fn range(&self, first: usize, last: usize) -> Range<usize> {
        match (self.tokens.get(first), self.tokens.get(last)) {
            (Some(a), Some(b)) => a.range.start..b.range.end,
            _ => 0..0,
        }
    }

    /// The first token of the clause that token `i` stands in: the nearest one behind a comma,
    /// another break or a sentence's end.
    pub(super) fn clause(&self, i: usize) -> usize {
        (0..=i)
            .rev()
            .find(|j| matches!(self.tokens.get(*j).map(|t| t.gap), Some(Gap::Sentence | Gap::Break | Gap::Link)))
            .unwrap_or(0)
    }

    /// The first token of the sentence that token `i` stands in.
    pub(super) fn sentence(&self, i: usize) -> usize {
        (0..=i).rev().find(|j| self.tokens.get(*j).is_some_and(|t| t.gap == Gap::Sentence)).unwrap_or(0)
    }

    /// The token behind the last one of the clause that token `i` stands in.
    pub(super) fn clause_end(&self, i: usize) -> usize {
        (i + 1..self.len())
            .find(|j| matches!(self.tokens.get(*j).map(|t| t.gap), Some(Gap::Sentence | Gap::Break | Gap::Link)))
            .unwrap_or(self.len())
    }

    /// Whether token `i` stands in a main clause: no word such as *if*, *that* or *who* between the
    /// last break and it. An error here only ever silences a rule that asks for a main clause.
    pub(super) fn in_main_clause(&self, i: usize) -> bool {
        let start = self.clause(i);
        // *if possible* and *as soon as possible* start no clause.
        let phrase =
            |token| [Class::Escape, Class::EscapeEnd, Class::Speed].iter().any(|c| self.over(token, *c).is_some());
        !self.all(Class::Subordinator).any(|f| start <= f.first && f.first < i && !phrase(f.first))
    }
}
