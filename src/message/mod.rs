//! What the program says to people: a sentence in English with named holes, which a catalogue has in other languages.
//!
//! A message is made by [`say!`](crate::say), and is its English text wherever a text is needed. [`Message::spoken`] gives
//! it in another language, numbers and nested messages included; which languages there are is not known here.

use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;

use crate::text::{NumberStyle, fill, is_of_name, shown, shown_lines};

/// A language that messages can be said in.
pub trait Tongue {
    /// What stands in place of an English template; none where the language has no words for it.
    fn template(&self, english: &str) -> Option<&str>;
    /// The same of a template that counts, in the form that goes with `n`.
    fn counted(&self, english: &str, n: f64) -> Option<&str>;
    /// A number in its digits.
    fn number(&self, value: f64) -> String;
}

/// A sentence for people, in English, with what it takes to say it in another language.
#[derive(Clone, Debug, Default)]
pub struct Message {
    english: String,
    /// What it was made of; none for a text that was never a template. Apart, so that an error that holds messages is small.
    made_of: Option<Box<MadeOf>>,
}

/// A template and what fills it.
#[derive(Clone, Debug)]
struct MadeOf {
    /// The English template, which is the key of its translations.
    template: &'static str,
    counts: bool,
    holes: Vec<(&'static str, Value)>,
}

/// What fills a hole of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A text that is the same in every language: a name, a word of the format, what an author wrote; on one line, without
    /// what would steer a terminal.
    Text(String),
    /// A number, written as the language does.
    Number(f64),
    /// Another message.
    Message(Message),
}

/// Makes a [`Message`](crate::message::Message) of an English template and what fills its `{holes}`.
///
/// `say!("the phase `{phase}` has no traits", phase = id)`, or `phase` alone for a variable of that name. What is counted
/// comes first: `say!(errors; "1 error in {file}", "{n} errors in {file}", file)`. A brace that does not enclose a name is a
/// brace.
///
/// Each template stands in the catalogues `src/language/messages/*/`; a test names those that are missing there.
#[macro_export]
macro_rules! say {
    ($template:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const { assert!($crate::message::holes_agree($template, &[$(stringify!($name)),*]), "holes and values differ") };
        $crate::message::Message::new($template, vec![$((stringify!($name), $crate::say!(@ $name $($value)?))),*])
    }};
    (@ $name:ident) => { $crate::message::ToValue::to_value(&$name) };
    (@ $name:ident $value:expr) => { $crate::message::ToValue::to_value(&$value) };
    ($count:expr; $singular:literal, $many:literal $(, $name:ident $(= $value:expr)?)* $(,)?) => {{
        const { assert!($crate::message::holes_agree($many, &["n" $(, stringify!($name))*]), "holes and values differ") };
        $crate::message::Message::counted(
            $count, $singular, $many, vec![$((stringify!($name), $crate::say!(@ $name $($value)?))),*],
        )
    }};
}

/// A template to be filled in later: what [`template!`](crate::template) makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Template(pub &'static str);

/// Makes a [`Template`](crate::message::Template): a sentence as [`say!`](crate::say) takes it, whose holes are filled where
/// it is needed.
#[macro_export]
macro_rules! template {
    ($template:literal) => {
        $crate::message::Template($template)
    };
}

impl Template {
    /// The message with one hole filled.
    pub fn with(self, name: &'static str, value: impl ToValue) -> Message {
        Message::new(self.0, vec![(name, value.to_value())])
    }
}

impl From<Template> for Message {
    fn from(template: Template) -> Self {
        Message::new(template.0, Vec::new())
    }
}

impl Message {
    /// A message of a template; what [`say!`](crate::say) stands for.
    pub fn new(template: &'static str, holes: Vec<(&'static str, Value)>) -> Self {
        let english = filled(template, &holes, None);
        Message { english, made_of: Some(Box::new(MadeOf { template, counts: false, holes })) }
    }

    /// A message that counts: `singular` goes with one, `many` with any other number.
    pub fn counted(
        n: usize,
        singular: &'static str,
        many: &'static str,
        mut holes: Vec<(&'static str, Value)>,
    ) -> Self {
        holes.push(("n", n.to_value()));
        let english = filled(if n == 1 { singular } else { many }, &holes, None);
        Message { english, made_of: Some(Box::new(MadeOf { template: many, counts: true, holes })) }
    }

    /// A text that is said as it is in every language.
    pub fn verbatim(text: impl Into<String>) -> Self {
        Message { english: shown_lines(&text.into()).into_owned(), ..Message::default() }
    }

    /// One of several words: *`a`, `b` or `c`*.
    pub fn one_of(words: impl IntoIterator<Item = impl ToValue>) -> Self {
        let mut words: Vec<Value> = words.into_iter().map(|word| word.to_value()).collect();
        let last = words.pop().unwrap_or(Value::Text(String::new()));
        let comma = |all: Option<Value>, word: Value| match all {
            None => Some(word),
            Some(all) => {
                Some(Value::Message(Message::new("{first}, {second}", vec![("first", all), ("second", word)])))
            }
        };
        match words.into_iter().fold(None, comma) {
            None => Message::new("{word}", vec![("word", last)]),
            Some(first) => crate::say!("{first} or {last}", first, last),
        }
    }

    /// The text that fills a hole, where the message was made of that template.
    pub fn filled(&self, template: &str, hole: &str) -> Option<&str> {
        let made_of = self.made_of.as_ref().filter(|made_of| made_of.template == template)?;
        let (_, value) = made_of.holes.iter().find(|(name, _)| *name == hole)?;
        if let Value::Text(text) = value { Some(text) } else { None }
    }

    /// What fills a hole, in English.
    #[cfg(feature = "desk")]
    pub(crate) fn hole(&self, hole: &str) -> Option<String> {
        let (_, value) = self.made_of.as_ref()?.holes.iter().find(|(name, _)| *name == hole)?;
        Some(match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => number.to_string(),
            Value::Message(message) => message.english.clone(),
        })
    }

    /// The message in the words of a language; in English where it has none for it.
    pub fn spoken(&self, tongue: &dyn Tongue) -> String {
        let Some(made_of) = &self.made_of else { return self.english.clone() };
        let template = made_of.template;
        let translated = match made_of.number() {
            None => tongue.template(template),
            Some(n) => tongue.counted(template, n),
        };
        match translated {
            Some(translated) => filled(translated, &made_of.holes, Some(tongue)),
            // A template of nothing but holes is the same in every language.
            None if is_bare(template) => filled(template, &made_of.holes, Some(tongue)),
            None => self.english.clone(),
        }
    }
}

impl MadeOf {
    /// What it counts, where it counts.
    fn number(&self) -> Option<f64> {
        if !self.counts {
            return None;
        }
        self.holes.iter().find_map(|(name, value)| match value {
            Value::Number(n) if *name == "n" => Some(*n),
            _ => None,
        })
    }
}

/// Whether a template holds no letter outside its holes.
pub fn is_bare(template: &str) -> bool {
    let without = fill(template, |_| Some(String::new()));
    !without.chars().any(char::is_alphabetic)
}

/// Fills a template in a language; in English where none is given.
fn filled(template: &str, holes: &[(&'static str, Value)], tongue: Option<&dyn Tongue>) -> String {
    let value = |wanted: &str| {
        let (_, value) = holes.iter().find(|(name, _)| *name == wanted)?;
        Some(match value {
            Value::Text(text) => text.clone(),
            Value::Number(number) => match tongue {
                Some(tongue) => tongue.number(*number),
                None => NumberStyle::english().write(*number),
            },
            Value::Message(message) => tongue.map_or_else(|| message.english.clone(), |tongue| message.spoken(tongue)),
        })
    };
    fill(template, value)
}

/// Whether a template's holes are those names and no others; [`say!`](crate::say) asks while it is compiled.
pub const fn holes_agree(template: &str, names: &[&str]) -> bool {
    let text = template.as_bytes();
    let mut index = 0;
    while index < text.len() {
        if text[index] == b'{' {
            let start = index + 1;
            let mut end = start;
            while end < text.len() && is_of_name(text[end]) {
                end += 1;
            }
            if end > start && end < text.len() && text[end] == b'}' && !contains(names, text, start, end) {
                return false;
            }
        }
        index += 1;
    }
    let mut name = 0;
    while name < names.len() {
        if !has_hole(text, names[name].as_bytes()) {
            return false;
        }
        name += 1;
    }
    true
}

const fn contains(names: &[&str], text: &[u8], start: usize, end: usize) -> bool {
    let mut name = 0;
    while name < names.len() {
        let wanted = names[name].as_bytes();
        if wanted.len() == end - start && is_at(text, start, wanted) {
            return true;
        }
        name += 1;
    }
    false
}

const fn has_hole(text: &[u8], name: &[u8]) -> bool {
    let mut start = 0;
    while start + name.len() + 2 <= text.len() {
        if text[start] == b'{' && text[start + name.len() + 1] == b'}' && is_at(text, start + 1, name) {
            return true;
        }
        start += 1;
    }
    false
}

const fn is_at(text: &[u8], start: usize, wanted: &[u8]) -> bool {
    let mut index = 0;
    while index < wanted.len() {
        if text[start + index] != wanted[index] {
            return false;
        }
        index += 1;
    }
    true
}

/// A message is its English text, wherever a text is needed.
impl Deref for Message {
    type Target = str;

    fn deref(&self) -> &str {
        &self.english
    }
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.english)
    }
}

impl PartialEq for Message {
    fn eq(&self, other: &Self) -> bool {
        self.english == other.english
    }
}

impl Eq for Message {}

impl PartialOrd for Message {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Message {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.english.cmp(&other.english)
    }
}

impl PartialEq<&str> for Message {
    fn eq(&self, other: &&str) -> bool {
        self.english == *other
    }
}

impl From<String> for Message {
    fn from(text: String) -> Self {
        Message::verbatim(text)
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        Message::verbatim(text)
    }
}

impl From<&String> for Message {
    fn from(text: &String) -> Self {
        Message::verbatim(text)
    }
}

impl From<&Message> for Message {
    fn from(message: &Message) -> Self {
        message.clone()
    }
}

/// What can fill a hole of a message; taken by reference, as `format!` does.
pub trait ToValue {
    /// The value.
    fn to_value(&self) -> Value;
}

impl<T: ToValue + ?Sized> ToValue for &T {
    fn to_value(&self) -> Value {
        (**self).to_value()
    }
}

impl ToValue for Message {
    fn to_value(&self) -> Value {
        Value::Message(self.clone())
    }
}

impl ToValue for Value {
    fn to_value(&self) -> Value {
        self.clone()
    }
}

/// Values that are texts in every language.
macro_rules! texts {
    ($($kind:ty),+) => {
        $(impl ToValue for $kind {
            fn to_value(&self) -> Value {
                Value::Text(shown(&self.to_string()).into_owned())
            }
        })+
    };
}
texts!(str, String, char, Cow<'_, str>, std::sync::Arc<str>, std::path::Display<'_>, chrono::NaiveDate);

/// Values that are numbers.
macro_rules! numbers {
    ($($kind:ty),+) => {
        $(impl ToValue for $kind {
            fn to_value(&self) -> Value {
                // Counts of things in files of a few MiB; all of them are whole in an f64.
                Value::Number(*self as f64)
            }
        })+
    };
}
numbers!(usize, u32, u64, i32, i64, f64);

#[cfg(test)]
mod tests {
    use super::*;
    #[test]
    fn a_message_is_its_english_text() {
        let phase = "check-in";
        let message = say!(
            "`{phase}` and {{ x }} {…} in {place}",
            phase,
            place = say!("{first}, {second}", first = 1, second = 'b')
        );
        assert_eq!(message, "`check-in` and {{ x }} {…} in 1, b");
        assert_eq!(message.to_string(), &*message);
        assert_eq!(say!(1; "1 error", "{n} errors"), "1 error");
        assert_eq!(say!(1200; "1 error", "{n} errors"), "1,200 errors");
        assert_eq!(template!("‘{words}’ is vague").with("words", "{x}"), "‘{x}’ is vague", "values are left alone");
    }

    #[test]
    fn a_list_of_words_ends_in_or() {
        assert_eq!(Message::one_of(["a"]), "a");
        assert_eq!(Message::one_of(["a", "b"]), "a or b");
        assert_eq!(Message::one_of(["a", "b", "c"]), "a, b or c");
        assert_eq!(Message::one_of(Vec::<String>::new()), "");
    }

    #[test]
    fn nothing_of_a_value_steers_a_terminal() {
        let name = "a\n::error::b\u{1b}]52;c;x\u{7}";
        assert_eq!(say!("`{name}` is\nodd", name), "`a\u{fffd}::error::b\u{fffd}]52;c;x\u{fffd}` is\nodd");
        assert_eq!(Message::verbatim("a\n\rb"), "a\n\u{fffd}b");
    }

    #[test]
    fn holes_and_names_must_agree() {
        assert!(holes_agree("a {b} {c_1} {b} {…} {{ x }} {", &["b", "c_1"]));
        assert!(!holes_agree("a {b}", &[]));
        assert!(!holes_agree("a", &["b"]));
        assert!(!holes_agree("a {bc}", &["b"]));
        assert!(holes_agree("{{code}: off}", &["code"]));
    }
}
