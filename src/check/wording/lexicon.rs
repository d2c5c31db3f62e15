//! A language's word list, compiled for one look-up a word.

use std::collections::HashMap;

use rustc_hash::FxBuildHasher;

use super::words::{Class, Lists};

/// What a phrase of the list means, and the words that must follow its first one.
#[derive(Debug)]
pub struct LexiconEntry {
    /// What the phrase is.
    pub class: Class,
    /// Value of a number word, factor of a unit.
    pub value: f64,
    /// Canonical unit of a unit.
    pub unit: Option<&'static str>,
    /// The following words, each a set of alternatives.
    pub rest: Vec<Vec<Pattern>>,
}

/// One alternative of a word in a phrase.
#[derive(Clone, Copy, Debug)]
pub enum Pattern {
    /// This word.
    Word(&'static str),
    /// Any word that begins so.
    Stem(&'static str),
    /// Any word that ends so.
    End(&'static str),
}

impl Pattern {
    fn new(pattern: &'static str) -> Self {
        match (pattern.strip_suffix('*'), pattern.strip_prefix('*')) {
            (Some(stem), _) => Self::Stem(stem),
            (None, Some(end)) => Self::End(end),
            (None, None) => Self::Word(pattern),
        }
    }

    /// Whether `word`, in lower case, is meant.
    pub fn fits(self, word: &str) -> bool {
        match self {
            Self::Word(own) => word == own,
            Self::Stem(own) => word.starts_with(own),
            Self::End(own) => word.ends_with(own),
        }
    }
}

/// The phrases of a language by their first word.
#[derive(Debug)]
pub(crate) struct Lexicon {
    /// The standard hash costs more than the whole rest of a look-up; these keys are ours, so nobody can choose them to collide.
    words: HashMap<&'static str, Vec<LexiconEntry>, FxBuildHasher>,
    /// Beginnings of words, sorted; no one is the beginning of another (a test keeps it so).
    stems: Vec<(&'static str, Vec<LexiconEntry>)>,
    /// For each first byte, where its stems lie in `stems`.
    firsts: [(u16, u16); 256],
}

impl Lexicon {
    /// Compiles `lists`.
    pub fn new(lists: &Lists) -> Self {
        let mut lexicon = Self { words: HashMap::default(), stems: Vec::new(), firsts: [(0, 0); 256] };
        for (class, phrases) in lists.phrases.iter().copied().flatten() {
            for phrase in *phrases {
                lexicon.add(phrase, *class, 0.0, None);
            }
        }
        for (words, value) in lists.numbers {
            lexicon.add(words, Class::Number, *value, None);
        }
        for (phrases, factor, unit) in lists.units {
            for phrase in *phrases {
                lexicon.add(phrase, Class::Unit, *factor, Some(unit));
            }
        }
        for (phrases, value, unit) in lists.fixed {
            for phrase in *phrases {
                lexicon.add(phrase, Class::Fixed, *value, Some(unit));
            }
        }
        lexicon.stems.sort_by_key(|(stem, _)| *stem);
        // Longest phrase first, so that the first match of a class is its best.
        let stems = lexicon.stems.iter_mut().map(|(_, entries)| entries);
        // Each list is sorted by itself, so the order of the table does not show.
        for entries in lexicon.words.values_mut().chain(stems) {
            entries.sort_by_key(|e| std::cmp::Reverse(e.rest.len()));
        }
        for (i, (stem, _)) in (1..).zip(&lexicon.stems) {
            if let Some(first) = stem.bytes().next() {
                let (from, to) = &mut lexicon.firsts[usize::from(first)];
                if *to == 0 {
                    *from = i - 1;
                }
                *to = i;
            }
        }
        lexicon
    }

    fn add(&mut self, phrase: &'static str, class: Class, value: f64, unit: Option<&'static str>) {
        let mut parts = phrase.split(' ');
        let first = parts.next().unwrap_or_default();
        let rest: Vec<Vec<Pattern>> = parts.map(|p| p.split('|').map(Pattern::new).collect()).collect();
        for word in first.split('|') {
            let entry = LexiconEntry { class, value, unit, rest: rest.clone() };
            match Pattern::new(word) {
                Pattern::Stem(stem) => match self.stems.iter_mut().find(|(s, _)| *s == stem) {
                    Some((_, entries)) => entries.push(entry),
                    None => self.stems.push((stem, vec![entry])),
                },
                // A first word is looked up by how it begins; a test keeps such patterns out of there.
                Pattern::Word(word) | Pattern::End(word) => self.words.entry(word).or_default().push(entry),
            }
        }
    }

    /// The phrases that `word`, in lower case, may start.
    pub(crate) fn starting<'a>(&'a self, word: &str) -> impl Iterator<Item = &'a LexiconEntry> + use<'a> {
        let exact = self.words.get(word).map_or(&[][..], Vec::as_slice);
        let (from, to) = word.bytes().next().map_or((0, 0), |b| self.firsts[usize::from(b)]);
        let stem = self.stems[usize::from(from)..usize::from(to)]
            .iter()
            .find(|(stem, _)| word.starts_with(stem))
            .map_or(&[][..], |(_, entries)| entries.as_slice());
        exact.iter().chain(stem)
    }

    /// The stems, for the test that none begins another.
    #[cfg(test)]
    pub(crate) fn stems(&self) -> impl Iterator<Item = &'static str> {
        self.stems.iter().map(|(stem, _)| *stem)
    }
}
