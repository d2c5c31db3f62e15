//! Prose in several languages, and the forms of a noun.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use crate::source::Span;

/// A language by its BCP 47 tag, such as `en` or `pt-BR`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Language(Arc<str>);

impl Language {
    /// The language of that tag.
    pub fn new(tag: &str) -> Self {
        Language(tag.into())
    }

    /// English, which labels fall back to.
    pub fn english() -> &'static Language {
        static ENGLISH: LazyLock<Language> = LazyLock::new(|| Language::new("en"));
        &ENGLISH
    }

    /// The tag.
    pub fn tag(&self) -> &str {
        &self.0
    }

    /// The primary subtag: `pt` of `pt-BR`.
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or(&self.0)
    }
}

impl std::fmt::Display for Language {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

/// The forms that a noun has in the languages that the method is written in; other languages name their own.
pub const NOUN_FORMS: &[(&str, &[&str])] = &[
    ("en", &["one", "many", "possessive"]),
    (
        "pl",
        &[
            "nom", "gen", "dat", "acc", "ins", "loc", "voc", "many_nom", "many_gen", "many_dat", "many_acc",
            "many_ins", "many_loc",
        ],
    ),
    ("sv", &["one", "def", "many", "many_def", "possessive"]),
];

/// A text in one language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Worded {
    /// The language it is written in.
    pub language: Language,
    /// The text.
    pub text: String,
    /// Where it is written; for a made-up text, the place of what it is made of.
    pub span: Span,
}

/// Prose: a text in one or more languages, the author's order kept.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text(pub Vec<Worded>);

impl Text {
    /// A text in one language.
    pub fn of(language: &Language, text: impl Into<String>, span: Span) -> Self {
        Text(vec![Worded { language: language.clone(), text: text.into(), span }])
    }

    /// The text in that very language.
    pub fn get(&self, language: &Language) -> Option<&Worded> {
        self.0.iter().find(|worded| worded.language == *language)
    }

    /// The text in that language, else in the source language, else in any: what a document prints. The result says
    /// its own language, so that a fallback can be marked.
    pub fn best(&self, language: &Language, source: &Language) -> Option<&Worded> {
        self.get(language).or_else(|| self.get(source)).or_else(|| self.0.first())
    }

    /// Whether there is no text at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Where it is written.
    pub fn span(&self) -> Span {
        self.0.first().map(|worded| worded.span).unwrap_or_default()
    }
}

impl crate::message::ToValue for Language {
    fn to_value(&self) -> crate::message::Value {
        self.tag().to_value()
    }
}

impl serde::Serialize for Text {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|worded| (worded.language.tag(), &worded.text)))
    }
}

/// A word in the forms that sentences need, by language.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Noun {
    /// Language → its forms.
    pub forms: BTreeMap<Language, NounForms>,
    /// Where it is written; the default span for a built-in noun.
    pub span: Span,
}

/// The form of a noun that says its gender, for the articles and endings beside it.
pub(crate) const GENDER: &str = "gender";
/// The genders that a noun may have.
pub(crate) const GENDERS: [&str; 4] = ["masculine", "feminine", "neuter", "common"];

/// The forms of a noun in one language, in the author's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct NounForms {
    /// Form name → word.
    pub forms: Vec<(String, String)>,
    /// Where they are written.
    pub span: Span,
}

impl NounForms {
    /// The word in that form.
    pub fn get(&self, form: &str) -> Option<&str> {
        self.forms.iter().find(|(name, _)| name == form).map(|(_, word)| word.as_str())
    }
}
