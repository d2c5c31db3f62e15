//! What a form asks, as whoever asks says it; and the words for that in every language of the interface.

use std::collections::HashMap;

use super::former::former;
use super::{FormPlace, Refused, short};
use crate::book::{Language, odd_help};
use crate::language::{Interface, interface_languages};
use crate::message::{Message, Template};
use crate::say;
use crate::text::{as_it_looks, fill, folded, nearest};

/// What a kind of form asks. Texts are given by their keys in the interface, for forms come in any language.
#[derive(Debug)]
pub(crate) struct Questions {
    /// What files of that kind call themselves.
    pub kind: &'static str,
    /// What such a form is called in a sentence.
    pub name: Template,
    /// What to say of a text that has nothing of such a form, and what to do.
    pub nothing: (Template, Template),
    /// Other kinds of form: what they call themselves, what to say of one, and which command takes it.
    pub others: &'static [(&'static str, Template, Template)],
    /// The key of the items in JSON.
    pub list: &'static str,
    /// How the place of an item in JSON is told, by the id of its standard.
    pub(crate) item_place: fn(&str) -> String,
    /// What is asked once.
    pub head: &'static [Field],
    /// What is asked of every item, the choice among them.
    pub item: &'static [Field],
    /// The answers to choose from: the word of the format, and the key of its text.
    pub choices: &'static [(&'static str, &'static str)],
    /// What to say of a `{word}` that is none of them.
    pub(crate) no_choice: Template,
    /// The field that takes the words after a ticked answer.
    pub(crate) aside: &'static str,
    /// The columns of a table beside the items, the one that a row cannot lack first.
    pub table: &'static [Field],
    /// Labels, lines and heads that the form itself has.
    pub printed: &'static [&'static str],
    /// Labels before what a sheet works out by itself: the templates of that; none where it is a number.
    pub(crate) worked_out: &'static [(&'static str, &'static [&'static str])],
    /// Heads of columns that the form itself fills.
    pub columns: &'static [&'static str],
    /// Labels of what the form was limited to.
    pub limits: &'static [&'static str],
    /// Paragraphs that the form itself has: what they begin and end with.
    pub(crate) paragraphs: &'static [(&'static str, &'static str)],
    /// Headings below which the form itself has a paragraph of the author's words.
    pub(crate) listing: &'static [&'static str],
    /// Whether lines of an item before its boxes are the form's own where they are emphasised as a whole.
    pub shows: bool,
    /// Labels of signatures, which no record keeps.
    pub(crate) signatures: &'static [&'static str],
}

/// Something that a form asks.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Field {
    /// The name in the format.
    pub name: &'static str,
    /// The key of its label in the interface's texts; empty where only JSON has it.
    pub key: &'static str,
    /// What is to be written there.
    pub kind: FieldKind,
}

/// What a sheet works out by itself: the keys of the templates of that; none where it is a number.
#[derive(Clone, Copy, Debug)]
pub(super) struct WorkedOut(&'static [&'static str]);

impl WorkedOut {
    /// Whether a text is what the sheet can have worked out, in any language.
    pub fn fits(self, text: &str) -> bool {
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let text = folded(text);
        if self.0.is_empty() {
            return is_number(&text);
        }
        let mut templates = self.0.iter().flat_map(|key| texts(key));
        templates.any(|template| {
            // Whatever stands in the place of a hole is a number.
            let bare = |text: &str| {
                text.split(|letter: char| letter.is_ascii_digit())
                    .filter(|part| !part.is_empty())
                    .collect::<Vec<_>>()
                    .join("0")
            };
            bare(&folded(&fill(template, |_| Some("0".to_owned())))) == bare(&text)
        })
    }
}

/// What is to be written into a field.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A name: one, or the form contradicts itself.
    Name,
    /// Words, which may stand in several places.
    Words,
    /// Words, each place a thing of its own.
    List,
    /// A day.
    Day,
    /// A time of day, or words.
    Time,
    /// Values, set apart by semicolons.
    Values,
    /// One of the choices.
    Choice,
    /// Photographs, as `data:` addresses: long, and no words.
    Photographs,
}

/// A field, by its name, the key of its label, and its kind.
pub(crate) const fn field(name: &'static str, key: &'static str, kind: FieldKind) -> Field {
    Field { name, key, kind }
}

/// The words of a form in every language.
pub(super) struct FormWords {
    pub questions: &'static Questions,
    pub head: Labels,
    pub item: Labels,
    pub table: Labels,
    choices: HashMap<String, &'static str>,
    printed: Vec<String>,
    signatures: HashMap<String, ()>,
}

/// Labels of fields, in every language.
pub(super) struct Labels(HashMap<String, &'static Field>);

impl Labels {
    fn of(fields: &'static [Field]) -> Self {
        let labels = fields.iter().filter(|field| !field.key.is_empty());
        Labels(labels.flat_map(|field| texts(field.key).map(move |text| (folded(text), field))).collect())
    }

    /// The field of a label.
    pub fn find(&self, label: &str) -> Option<&'static Field> {
        self.0.get(&folded(label)).copied()
    }

    /// The field whose label a line begins with, and the rest of the line.
    pub fn begin<'t>(&self, line: &'t str) -> Option<(&'static Field, &'t str)> {
        let matching = self.0.iter().filter_map(|(label, field)| Some((label.len(), *field, after(line, label)?)));
        matching.max_by_key(|(length, ..)| *length).map(|(_, field, rest)| (field, rest))
    }

    /// The field whose label differs by one letter, so that it is clear what was meant.
    pub fn near(&self, label: &str) -> Option<&'static Field> {
        let label = folded(label);
        let near = nearest(&label, self.all())?;
        let is_slip = near.chars().count() > 3 && strsim::damerau_levenshtein(&label, near) <= 1;
        is_slip.then(|| self.find(near)).flatten()
    }

    /// All labels, for "did you mean".
    pub fn all(&self) -> impl Iterator<Item = &str> {
        let mut all: Vec<&str> = self.0.keys().map(String::as_str).collect();
        all.sort_unstable();
        all.into_iter()
    }
}

impl FormWords {
    pub fn of(questions: &'static Questions) -> Self {
        let choices = questions.choices.iter().flat_map(|(word, key)| {
            std::iter::once(folded(word)).chain(texts(key).map(folded)).map(move |text| (text, *word))
        });
        // A template is known by what stands before its first hole.
        let fixed = |text: &'static str| folded(text.split('{').next().unwrap_or_default());
        let printed = questions.printed.iter().chain(questions.limits).flat_map(|key| texts(key).map(fixed));
        FormWords {
            questions,
            head: Labels::of(questions.head),
            item: Labels::of(questions.item),
            table: Labels::of(questions.table),
            choices: choices.collect(),
            printed: printed.filter(|text| !text.is_empty()).collect(),
            signatures: questions.signatures.iter().flat_map(|key| texts(key)).map(|text| (folded(text), ())).collect(),
        }
    }

    /// The choice that a word stands for, in the words of the format.
    pub fn choice(&self, word: &str) -> Option<&'static str> {
        self.choices.get(&folded(word)).copied()
    }

    /// The choice whose word a line begins with, before a sign that sets it apart from what follows; and what follows.
    pub(crate) fn choice_and<'t>(&self, line: &'t str) -> Option<(&'static str, &'t str)> {
        let matching = self.choices.iter().filter_map(|(text, word)| {
            let rest = after(line, text)?.trim_start();
            let aside = rest.trim_start_matches([':', ';', ',', '.', '-', '–', '—', '(']);
            (aside.len() < rest.len() && !aside.trim().is_empty()).then(|| (text.len(), *word, aside.trim()))
        });
        matching.max_by_key(|(length, ..)| *length).map(|(_, word, aside)| (word, aside))
    }

    /// Whether a line begins with the word of a choice.
    pub fn begins_with_choice(&self, line: &str) -> bool {
        self.choices.keys().any(|text| after(line.trim_start_matches(['*', '_', ' ']), text).is_some())
    }

    /// A word that is no choice.
    pub(crate) fn no_choice(&self, word: &str, place: FormPlace) -> Refused {
        Refused::new(place, self.questions.no_choice.with("word", short(word))).help(self.choices_help(word))
    }

    /// What to say of a word that is no choice: the nearest one, or all of the language that it seems to be of.
    fn choices_help(&self, word: &str) -> Message {
        if let Some(help) = odd_help(word, []) {
            return help;
        }
        let word = folded(word);
        if let Some(near) =
            nearest(&word, self.choices.keys().map(String::as_str).collect::<std::collections::BTreeSet<_>>())
        {
            let own = |tag: &&str| self.in_language(tag).iter().any(|text| folded(text) == near);
            let language = interface_languages().find(own);
            let known = self.in_language(language.unwrap_or_default()).join(", ");
            return say!("did you mean `{near}`? Known: {words}", near, words = known);
        }
        say!("known: {words}", words = self.in_language("en").join(", "))
    }

    fn in_language(&self, tag: &str) -> Vec<&'static str> {
        let interface = Interface::of(&Language::new(tag));
        self.questions.choices.iter().map(|(_, key)| interface.text(key)).collect()
    }

    /// Whether a line, a label or a head is the form's own.
    pub(crate) fn is_printed(&self, line: &str) -> bool {
        let line = folded(line.trim_start_matches(['*', '_']));
        self.printed.iter().any(|text| after(&line, text).is_some())
    }

    /// Whether a text is a label or a line of the form's own, as a whole.
    pub(crate) fn is_label(&self, text: &str) -> bool {
        self.printed.contains(&folded(text))
    }

    /// What a sheet works out behind that label.
    pub(crate) fn worked_out(&self, label: &str) -> Option<WorkedOut> {
        let found = self.questions.worked_out.iter().find(|(key, _)| is(label, key));
        found.map(|(_, templates)| WorkedOut(templates))
    }

    /// Why a head is none of the form's that holds a letter of another alphabet and looks like one.
    pub(crate) fn odd_head(&self, head: &str, place: FormPlace) -> Option<Refused> {
        let looks = as_it_looks(head);
        let is_meant = looks != head && (self.item.find(&looks).is_some() || self.column(&looks).is_some());
        let help = odd_help(head, []).filter(|_| is_meant)?;
        Some(Refused::new(place, say!("`{head}` is no head of the form", head)).help(help))
    }

    /// The key of a column that the form itself fills.
    pub(crate) fn column(&self, head: &str) -> Option<&'static str> {
        // A head may say in brackets what its signs mean.
        let head = head.split_once('(').map_or(head, |(head, _)| head).trim();
        self.questions.columns.iter().copied().find(|key| is(head, key))
    }

    /// Whether a label asks for a signature.
    pub(crate) fn is_signature(&self, label: &str) -> bool {
        self.signatures.contains_key(&folded(label))
    }

    /// Whether a paragraph is the form's own.
    pub(crate) fn is_printed_paragraph(&self, text: &str) -> bool {
        let text = folded(text);
        self.questions.paragraphs.iter().any(|(start, end)| {
            let mut languages = interface_languages().map(|tag| Interface::of(&Language::new(tag)));
            let is_end =
                |end: &str| text.trim_end_matches(['.', ' ']).ends_with(folded(end).trim_end_matches(['.', ' ']));
            languages.any(|words| after(&text, &folded(words.text(start))).is_some() && is_end(words.text(end)))
        })
    }

    /// Whether below a heading stands a paragraph of the author's words.
    pub(crate) fn is_listing(&self, heading: &str) -> bool {
        self.questions.listing.iter().any(|key| is(heading, key))
    }
}

/// Whether a word is the interface's for that key, in any language.
pub fn is(word: &str, key: &'static str) -> bool {
    let word = folded(word);
    texts(key).any(|text| folded(text) == word)
}

/// The text of a key in every language, and those that it had before.
fn texts(key: &'static str) -> impl Iterator<Item = &'static str> {
    interface_languages().map(move |tag| Interface::of(&Language::new(tag)).text(key)).chain(former(key))
}

/// What follows a folded text at the start of a line, where no word goes on there.
fn after<'t>(line: &'t str, start: &str) -> Option<&'t str> {
    let mut letters = line.char_indices().peekable();
    for wanted in start.chars() {
        let (_, letter) = letters.next()?;
        if !letter.to_lowercase().eq(std::iter::once(wanted)) {
            return None;
        }
    }
    let rest = letters.peek().map_or("", |(start, _)| &line[*start..]);
    (!rest.starts_with(char::is_alphanumeric) || !start.ends_with(char::is_alphanumeric)).then_some(rest)
}
