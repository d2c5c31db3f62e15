//! What a form itself printed, as it stands in a filled-in one; and the words that it can have printed.

use std::collections::{HashMap, HashSet};

use super::FormPlace;
use super::former::{former, former_below};
use crate::book::{Language, Text};
use crate::language::{Interface, interface_languages};
use crate::text::folded;

/// Something that a form printed, as it stands there now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PrintedText {
    /// Where.
    pub place: FormPlace,
    /// Which part of the form.
    pub part: PrintedPart,
    /// What stands there.
    pub text: String,
}

/// Parts of a form that nobody is asked to fill in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum PrintedPart {
    /// The title, a heading, or a line of the head.
    Head,
    /// A line above a table, which may be anybody's title for it.
    Title,
    /// A paragraph.
    Paragraph,
    /// A line of the item of that reference.
    Line(String),
    /// A cell of a table of items, in the row of the item of that reference.
    Cell(String),
    /// A row of a table of another kind.
    Row,
}

/// Words that a form can have printed. Whatever else stands there, somebody wrote.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    /// Phrases by their first word.
    phrases: HashMap<String, Vec<Vec<String>>>,
    /// Signs that stand in them.
    signs: HashSet<char>,
    /// Whether figures of any kind are among them.
    has_figures: bool,
}

/// Signs that forms of every kind set their words apart with.
const MARKS: &str = "#*_`~|\\/<>()[]{}\"'.,:;-&=@^$%·▲★→–—„”“’‘»«…°";

impl Vocabulary {
    /// The same with figures of any kind.
    pub fn with_figures(self) -> Self {
        Vocabulary { has_figures: true, ..self }
    }

    /// Adds a phrase.
    pub fn add(&mut self, text: &str) {
        self.signs.extend(text.chars().filter(|c| is_sign(*c)));
        let words = words(text);
        if let Some(first) = words.first() {
            let all = self.phrases.entry(first.clone()).or_default();
            if !all.contains(&words) {
                all.push(words);
            }
        }
    }

    /// Adds a text of the author's in each of its languages.
    pub fn text(&mut self, text: &Text) {
        text.0.iter().for_each(|worded| self.add(&worded.text));
    }

    /// Adds the interface's texts of a key in every language. Of a template it is what stands between its holes.
    pub fn key(&mut self, key: &str) {
        interfaces().for_each(|words| self.template(words.text(key)));
        former(key).for_each(|text| self.template(text));
    }

    /// Adds all of the interface's texts below a key in every language.
    pub fn group(&mut self, group: &str) {
        interfaces().for_each(|words| words.below(group).for_each(|text| self.template(text)));
        former_below(group).for_each(|text| self.template(text));
    }

    fn template(&mut self, text: &str) {
        self.signs.extend(text.chars().filter(|c| is_sign(*c)));
        text.split('{').for_each(|part| self.add(part.split_once('}').map_or(part, |(_, rest)| rest)));
    }

    /// Adds the names of the months.
    pub fn months(&mut self) {
        for words in interfaces() {
            words.months().iter().for_each(|month| self.add(month));
        }
    }

    /// Whether a text is made of these phrases and nothing else.
    pub fn covers(&self, text: &str) -> bool {
        let is_odd = |c: char| is_sign(c) && !MARKS.contains(c) && !self.signs.contains(&c);
        let text = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace("&quot;", "\"");
        if text.contains(is_odd) {
            return false;
        }
        let words = words(&text);
        let mut reached = vec![false; words.len() + 1];
        reached[0] = true;
        for index in 0..words.len() {
            if !reached[index] {
                continue;
            }
            if self.has_figures && words[index].bytes().all(|byte| byte.is_ascii_digit()) {
                reached[index + 1] = true;
            }
            for phrase in self.phrases.get(&words[index]).into_iter().flatten() {
                if words[index..].starts_with(phrase) {
                    reached[index + phrase.len()] = true;
                }
            }
        }
        reached[words.len()]
    }
}

impl Vocabulary {
    /// The same where a program has put question marks in the place of letters and signs that its encoding lacks.
    pub fn covers_with_losses(&self, text: &str) -> bool {
        let is_lost = |c: char| c == '?';
        let is_odd = |c: char| is_sign(c) && !is_lost(c) && !MARKS.contains(c) && !self.signs.contains(&c);
        if !text.contains(is_lost) || text.contains(is_odd) {
            return false;
        }
        let folded = folded(text);
        let words = folded.split(|c: char| !c.is_alphanumeric() && !is_lost(c));
        let words: Vec<&str> = words.filter(|word| word.contains(|c: char| !is_lost(c))).collect();
        let is_same = |word: &str, known: &str| {
            word.chars().count() == known.chars().count()
                && word.chars().zip(known.chars()).all(|(c, known)| c == known || is_lost(c) && !known.is_ascii())
        };
        let mut reached = vec![false; words.len() + 1];
        reached[0] = true;
        for index in 0..words.len() {
            for phrase in self.phrases.values().flatten().filter(|_| reached[index]).collect::<Vec<_>>() {
                let rest = &words[index..];
                if rest.len() >= phrase.len() && phrase.iter().zip(rest).all(|(known, word)| is_same(word, known)) {
                    reached[index + phrase.len()] = true;
                }
            }
        }
        reached[words.len()]
    }
}

fn interfaces() -> impl Iterator<Item = &'static Interface> {
    interface_languages().map(|tag| Interface::of(&Language::new(tag)))
}

fn is_sign(c: char) -> bool {
    !c.is_alphanumeric() && !c.is_whitespace()
}

/// The words of a text, as they are compared.
pub(crate) fn words(text: &str) -> Vec<String> {
    folded(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_made_of_its_phrases_is_covered_and_nothing_else() {
        let mut known = Vocabulary::default();
        for text in ["Check", "Check in", "In the hall", "What’s up?", "A < B"] {
            known.add(text);
        }
        known.key("review.last");
        for text in ["Check", "**Check**, check in", "check · in the hall", "What’s up?", "A &lt; B", "A \\< B", ""]
        {
            assert!(known.covers(text), "{text}");
        }
        for text in
            ["Check it", "in", "the hall", "Check ✗", "Check?? no", "Check in the hallway", "Check 3", "+ Check"]
        {
            assert!(!known.covers(text), "{text}");
        }
        known.add("Wejście – główne");
        assert!(known.covers_with_losses("Wej?cie ? g?ówne") && known.covers_with_losses("Check ?"));
        assert!(!known.covers_with_losses("Wej?cie ? kuchenne") && !known.covers_with_losses("Ch?ck"));
        known.months();
        for decision in ["keep", "2025"] {
            known.add(decision);
        }
        assert!(!known.covers("Last reviewed on 2 March 2026 (2025): keep."));
        let known = known.with_figures();
        assert!(known.covers("Last reviewed on 2 March 2026 (2025): keep."));
        assert!(!known.covers("Last reviewed on 2 March 2026 (2025): keep. Why?"));
    }
}
