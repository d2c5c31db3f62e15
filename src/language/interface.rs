//! The interface in one language: texts by dotted key, counts, dates and quotation marks.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use serde_json::{Map, Value as Json};

use super::catalogue::Catalogue;
use super::figures::number_style;
use super::plural::Plural;
use super::{FALLBACK, interface};
use crate::book::{Language, NounForms};
use crate::message::{Message, Tongue};
use crate::source::FileId;
use crate::source::yaml::{self, Node, Value};
use crate::text::{NO_BREAK, NumberStyle, fill};
use crate::units::{UnitWords, unit_words};

/// Sections of a file that are not texts.
const SPECIAL: [&str; 6] = ["plural", "number", "quotes", "date", "name", "customer"];

/// The program's words in one language.
#[derive(Debug)]
pub struct Interface {
    /// The tag.
    tag: String,
    /// True for English that stands in for a language without a file.
    fallback: bool,
    pub(super) number: NumberStyle,
    pub(super) units: &'static BTreeMap<String, UnitWords>,
    pub(super) months: Vec<String>,
    plural: Plural,
    quotes: [String; 2],
    /// The word for the customer by form, for books that have none in this language.
    customer: BTreeMap<String, String>,
    long_date: String,
    texts: BTreeMap<String, String>,
    /// Made when the first document asks for it.
    tree: OnceLock<Json>,
}

impl Interface {
    /// The interface in that language, or in English where there is none for it.
    pub fn of(language: &Language) -> &'static Interface {
        interface(language.primary()).unwrap_or_else(|| &FALLBACK)
    }

    /// English, in which the program thinks.
    pub fn english() -> &'static Interface {
        Interface::of(Language::english())
    }

    /// The interface of a language that has one, by tag: `pl`, `en-GB`, `sv_SE.UTF-8`.
    pub fn named(tag: &str) -> Option<&'static Interface> {
        let primary = tag.split(['-', '_', '.', '@']).next().unwrap_or_default();
        interface(&primary.to_ascii_lowercase())
    }

    /// What the program has to say, in this language; in English where it has no words for it.
    pub fn say(&self, message: &Message) -> String {
        message.spoken(self)
    }

    /// A text that stands in the program in English, in this language; itself where there is none.
    pub fn translate<'a>(&'a self, english: &'a str) -> &'a str {
        self.translated(english).unwrap_or(english)
    }

    /// What stands in this language in place of a text that is English in the program; none where it has none.
    pub fn translation(&'static self, english: &str) -> Option<&'static str> {
        self.translated(english)
    }

    /// What stands in place of an English template.
    fn translated(&self, english: &str) -> Option<&str> {
        Catalogue::of(&self.tag)?.text(english)
    }

    /// Reads a file; what it lacks comes from `base`.
    pub(super) fn read(tag: &str, text: &str, base: Option<&Interface>) -> Self {
        // The files are embedded and a test reads each of them, so the empty tree cannot happen to a user.
        let empty = Node { span: crate::source::Span::default(), value: Value::Null };
        let root = yaml::parse(FileId(0), text).unwrap_or(empty);
        let mut texts = base.map(|base| base.texts.clone()).unwrap_or_default();
        for entry in root.entries().iter().filter(|entry| !SPECIAL.contains(&&*entry.key)) {
            flatten(&entry.key, &entry.value, &mut texts);
        }
        let name = root.get("name").and_then(Node::text).unwrap_or(tag);
        texts.insert("name".to_owned(), name.to_owned());
        let words = |node: Option<&Node>| -> Vec<String> {
            node.map(Node::items).unwrap_or_default().iter().filter_map(Node::text).map(str::to_owned).collect()
        };
        let quotes: [String; 2] = words(root.get("quotes")).try_into().unwrap_or(["\"".to_owned(), "\"".to_owned()]);
        let date = root.get("date");
        let long_date = date.and_then(|date| date.get("long")?.text()).unwrap_or("{year}-{month}-{day}");
        Interface {
            tag: tag.to_owned(),
            fallback: false,
            number: number_style(root.get("number")),
            units: unit_words(tag),
            months: words(date.and_then(|date| date.get("months"))),
            plural: Plural::read(root.get("plural")),
            quotes,
            customer: root
                .get("customer")
                .map(Node::entries)
                .unwrap_or_default()
                .iter()
                .filter_map(|entry| Some((entry.key.to_string(), entry.value.text()?.to_owned())))
                .collect(),
            long_date: long_date.to_owned(),
            tree: OnceLock::new(),
            texts,
        }
    }

    /// The same, standing in for a language without a file.
    pub(super) fn into_fallback(self) -> Self {
        Interface { fallback: true, ..self }
    }

    /// The keys that a file itself has, with the forms of a count folded into one.
    #[cfg(test)]
    pub(super) fn own_keys(text: &str) -> std::collections::BTreeSet<String> {
        let read = Interface::read("xx", text, None);
        let fold = |key: &String| match key.rsplit_once('.') {
            Some((stem, form)) if crate::units::PLURAL_FORMS.contains(&form) => stem.to_owned(),
            _ => key.clone(),
        };
        read.texts.keys().map(fold).collect()
    }

    /// The tag of the language the words are in.
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// Whether this is English in place of a language that has no interface texts.
    pub fn is_fallback(&self) -> bool {
        self.fallback
    }

    /// The text of a dotted key, or the key itself where no language has it.
    pub fn text<'a>(&'a self, key: &'a str) -> &'a str {
        self.texts.get(key).map_or(key, String::as_str)
    }

    /// What a word of the format is called: of the key `level`, `basic`. English calls it as the format does.
    pub fn word<'a>(&'a self, key: &str, word: &'a str) -> &'a str {
        let named = || self.texts.get(&format!("{key}.{word}"));
        if self.tag == "en" { word } else { named().map_or(word, String::as_str) }
    }

    /// What a country is called; its two letters where there is no word for it.
    pub fn country<'a>(&'a self, code: &'a str) -> &'a str {
        self.texts.get(&format!("country.{code}")).map_or(code, String::as_str)
    }

    /// The text of a key with its `{name}`s replaced. A value's own braces are left alone.
    pub fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.spoken(fill_from(self.text(key), values))
    }

    /// A text as it is said: in Polish, `z` before a number that begins with a hundred is `ze` (12 ze 101).
    fn spoken(&self, text: String) -> String {
        if self.tag != "pl" || !text.contains("z 1") {
            return text;
        }
        let mut said = String::with_capacity(text.len() + 1);
        let mut from = 0;
        for (at, _) in text.match_indices("z 1") {
            let is_word = text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric());
            let digits = text[at + 2..].chars().take_while(char::is_ascii_digit).count();
            if is_word && digits == 3 {
                said.push_str(&text[from..=at]);
                said.push('e');
                from = at + 1;
            }
        }
        said.push_str(&text[from..]);
        said
    }

    /// The language that these texts are in, in a document in `language`: English ones stand in for a language without texts.
    pub fn spoken_in<'a>(&self, language: &'a Language) -> &'a Language {
        if self.is_fallback() { Language::english() } else { language }
    }

    /// The text of a key with `{customer-FORM}` replaced by the book's word for the customer, and a capital at its start.
    pub fn of_customer(&self, key: &str, noun: Option<&NounForms>) -> String {
        let filled = self.with_customer(key, noun, &[]);
        let mut letters = filled.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }

    /// The text of a key with `{customer-FORM}` replaced by the book's word for the customer, and `{name}`s by their values.
    pub fn with_customer(&self, key: &str, noun: Option<&NounForms>, values: &[(&str, &str)]) -> String {
        let word = |form: &str| noun.and_then(|noun| noun.get(form)).or(self.customer.get(form).map(String::as_str));
        let names: Vec<(String, &str)> =
            self.customer.keys().filter_map(|form| Some((format!("customer-{form}"), word(form)?))).collect();
        let names = names.iter().map(|(name, word)| (name.as_str(), *word));
        self.fill(key, &names.chain(values.iter().copied()).collect::<Vec<_>>())
    }

    /// The text of a key in the form that goes with `n`, with `{n}` replaced.
    pub fn count(&self, key: &str, n: usize) -> String {
        let form = self.plural_form(n as f64);
        let candidates = [form, "other", "many"];
        let text = candidates.iter().find_map(|form| self.texts.get(&format!("{key}.{form}")));
        self.spoken(fill_from(text.map_or(key, String::as_str), &[("n", &self.number(n as f64))]))
    }

    /// Which form goes with `n`.
    pub(super) fn plural_form(&self, n: f64) -> &str {
        self.plural.form(n)
    }

    /// A date in words, such as *5 March 2026*.
    pub fn date(&self, date: NaiveDate) -> String {
        let month = self.months.get(date.month0() as usize).map_or("", String::as_str);
        let (day, year) = (date.day().to_string(), date.year().to_string());
        let spaced = self.long_date.replace(' ', &NO_BREAK.to_string());
        fill_from(&spaced, &[("day", &day), ("month", month), ("year", &year)])
    }

    /// All texts below a key.
    pub(crate) fn below(&self, group: &str) -> impl Iterator<Item = &str> {
        let start = format!("{group}.");
        let of_group = self.texts.range(start.clone()..).take_while(move |(key, _)| key.starts_with(&start));
        of_group.map(|(_, text)| text.as_str())
    }

    /// The names of the months.
    pub(crate) fn months(&self) -> &[String] {
        &self.months
    }

    /// The text in the language's quotation marks.
    pub fn quote(&self, text: &str) -> String {
        format!("{}{text}{}", self.quotes[0], self.quotes[1])
    }

    /// The opening and the closing quotation mark.
    pub fn quotes(&self) -> &[String; 2] {
        &self.quotes
    }

    /// All texts as nested maps, for views: `manual.contents` is `tree["manual"]["contents"]`.
    pub fn tree(&self) -> &Json {
        self.tree.get_or_init(|| tree(&self.texts))
    }
}

impl Tongue for Interface {
    fn template(&self, english: &str) -> Option<&str> {
        self.translated(english)
    }

    fn counted(&self, english: &str, n: f64) -> Option<&str> {
        Catalogue::of(&self.tag)?.count(english, self.plural_form(n))
    }

    fn number(&self, value: f64) -> String {
        Interface::number(self, value)
    }
}

/// Puts a tree's texts under dotted keys.
fn flatten(prefix: &str, node: &Node, into: &mut BTreeMap<String, String>) {
    if let Some(text) = node.text() {
        // A figure and its sign stay on one line.
        into.insert(prefix.to_owned(), text.replace("} %", &format!("}}{NO_BREAK}%")));
    }
    for entry in node.entries() {
        flatten(&format!("{prefix}.{}", entry.key), &entry.value, into);
    }
}

/// The same texts as nested maps. Hyphens become underscores, so that a template can name every key.
fn tree(texts: &BTreeMap<String, String>) -> Json {
    let mut root = Map::new();
    for (key, text) in texts {
        let mut level = &mut root;
        let mut parts = key.split('.').peekable();
        while let Some(part) = parts.next() {
            let part = part.replace('-', "_");
            if parts.peek().is_none() {
                level.insert(part, Json::String(text.clone()));
                break;
            }
            let next = level.entry(part).or_insert_with(|| Json::Object(Map::new()));
            // A key that is both a text and a group would lose the group; the files have none, as a test shows.
            let Json::Object(inner) = next else { break };
            level = inner;
        }
    }
    Json::Object(root)
}

/// Fills a template from a list of names and values.
fn fill_from(template: &str, values: &[(&str, &str)]) -> String {
    fill(template, |wanted| values.iter().find(|(name, _)| *name == wanted).map(|(_, value)| (*value).to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::say;

    fn of(tag: &str) -> &'static Interface {
        Interface::of(&Language::new(tag))
    }

    fn in_language(tag: &str, message: &Message) -> String {
        of(tag).say(message)
    }

    #[test]
    fn what_fills_it_follows_the_language() {
        let message =
            say!("{first}, {second}", first = 12000.5, second = say!("{first} or {last}", first = "`a`", last = "`b`"));
        assert_eq!(message, "12,000.5, `a` or `b`");
        assert_eq!(in_language("pl", &message), "12\u{a0}000,5, `a` lub `b`");
        assert_eq!(in_language("sv-FI", &message), "12\u{a0}000,5, `a` eller `b`");
        assert_eq!(in_language("de", &message), &*message);
        assert_eq!(in_language("pl", &Message::from("as it is")), "as it is");
    }

    #[test]
    fn a_list_of_words_ends_in_or() {
        assert_eq!(in_language("sv", &Message::one_of(["a", "b", "c"])), "a, b eller c");
    }

    #[test]
    fn the_english_of_messages_is_that_of_the_file() {
        assert_eq!(Interface::english().number, NumberStyle::english());
    }

    #[test]
    fn dates_follow_the_language() {
        let date = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap_or_default();
        assert_eq!(of("en").date(date), "5\u{a0}March\u{a0}2026");
        assert_eq!(of("pl").date(date), "5\u{a0}marca\u{a0}2026");
        assert_eq!(of("sv-FI").date(date), "5\u{a0}mars\u{a0}2026");
    }

    #[test]
    fn plural_forms_follow_the_language() {
        let forms = |tag: &str| [0.0, 1.0, 2.0, 5.0, 12.0, 22.0, 101.0, 1.5].map(|n| of(tag).plural_form(n));
        assert_eq!(forms("en"), ["other", "one", "other", "other", "other", "other", "other", "other"]);
        assert_eq!(forms("pl"), ["many", "one", "few", "many", "many", "few", "many", "other"]);
    }

    #[test]
    fn a_language_without_a_file_gets_english_and_says_so() {
        assert!(of("de").is_fallback());
        assert!(!of("en-GB").is_fallback());
        assert_eq!(of("de").text("level.basic"), of("en").text("level.basic"));
    }

    #[test]
    fn filling_leaves_braces_of_values_alone() {
        assert_eq!(fill_from("a {x} b {y} {z", &[("x", "{y}"), ("y", "1")]), "a {y} b 1 {z");
        assert_eq!(of("pl").quote("tak"), "„tak”");
    }

    #[test]
    fn texts_speak_of_the_customer_in_the_words_of_the_book() {
        let forms = vec![("one".to_owned(), "guest".to_owned())];
        let guest = NounForms { forms, span: crate::source::Span::default() };
        assert_eq!(of("en").of_customer("manual.phase.wants", Some(&guest)), "What the guest wants here");
        assert_eq!(of("pl").of_customer("manual.phase.wants", None), "Czego klient tu chce");
        assert_eq!(of("sv").of_customer("lane.customer", Some(&guest)), "Kunden", "a form that the book lacks");
    }

    #[test]
    fn every_form_of_the_customer_in_a_text_has_a_word() {
        for tag in ["en", "pl", "sv"] {
            for (key, text) in &of(tag).texts {
                for form in text.split("{customer-").skip(1).filter_map(|rest| rest.split('}').next()) {
                    assert!(of(tag).customer.contains_key(form), "{tag}: {key}: {form}");
                }
            }
        }
    }

    #[test]
    fn no_key_is_both_a_text_and_a_group() {
        for tag in ["en", "pl", "sv"] {
            let texts = &of(tag).texts;
            for key in texts.keys() {
                assert!(!texts.keys().any(|other| other.starts_with(&format!("{key}."))), "{tag}: {key}");
            }
        }
    }
}
