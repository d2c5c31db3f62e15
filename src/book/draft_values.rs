//! Values of the drafts that are neither words nor records: texts, nouns, quantities, dates, trait uses.

use chrono::NaiveDate;

use super::country::Country;
use super::decode::{Cx, Decode, narrow};
use super::draft::Name;
use super::model::Spanned;
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Layout, Node, Style, Value};
use crate::text::{NoDay, as_it_looks, days_of_month, iso_day, written_day};
use crate::units::{Quantity, parse_quantity};

/// Prose: a text in the source language, or a mapping from language to text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TextDraft {
    /// Language (absent: the source language) and text.
    pub parts: Vec<(Option<Name>, Spanned<String>)>,
    /// Where it is written.
    pub span: Span,
}

impl Decode for TextDraft {
    fn expected() -> Message {
        say!("a text, or a mapping from language to text")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) => {
                let text = Spanned { value: scalar.text.to_string(), span: node.span };
                Some(TextDraft { parts: vec![(None, text)], span: node.span })
            }
            Value::Map(entries, layout) if entries.iter().any(|entry| is_language_tag(&as_it_looks(&entry.key))) => {
                cx.duplicates(entries);
                let mut parts = Vec::new();
                for entry in entries {
                    let cut = *layout == Layout::Flow && entry.value.value == Value::Null;
                    if cut && (entry.key.contains(' ') || !is_language_tag(&entry.key)) {
                        let message = say!("`{value}` is not a language", value = entry.key.as_ref());
                        cx.report(
                            Diagnostic::new(Code::UnknownKey, entry.key_span, message)
                                .help(say!("quote this text: it contains a comma")),
                        );
                        continue;
                    }
                    if entry.value.value == Value::Null {
                        continue;
                    }
                    let key = Spanned { value: entry.key.to_string(), span: entry.key_span };
                    if let Some(text) = Spanned::<String>::decode(&entry.value, cx) {
                        parts.push((Some(key), text));
                    }
                }
                Some(TextDraft { parts, span: node.span })
            }
            _ => cx.mistyped(node, Self::expected()),
        }
    }
    fn judge_list(items: &[Node], layout: Layout, cx: &mut Cx) {
        if let Some(half) = reads_like_a_cut(items).filter(|_| layout == Layout::Flow) {
            let message =
                say!("`{text}` reads like the second half of a sentence", text = half.text().unwrap_or_default());
            let help =
                say!("quote this text: it contains a comma; or begin each item of the list with a capital letter");
            cx.report(Diagnostic::new(Code::WrongType, half.span, message).help(help));
        }
    }
}

/// Where a figure comes from: a text, or a mapping of the text and the country whose law it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SourceDraft {
    /// What it is called.
    pub text: TextDraft,
    /// Whose law it is.
    pub country: Option<Country>,
}

impl Decode for SourceDraft {
    fn expected() -> Message {
        say!("a text, or a mapping of `text` and `country`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, layout) = &node.value else {
            return TextDraft::decode(node, cx).map(|text| SourceDraft { text, country: None });
        };
        if entries.iter().all(|entry| is_language_tag(&entry.key)) {
            return TextDraft::decode(node, cx).map(|text| SourceDraft { text, country: None });
        }
        cx.duplicates(entries);
        cx.unknown_keys(&say!("a source"), entries, *layout, &["text", "country"]);
        if node.get("text").is_none_or(|value| value.value == Value::Null) {
            cx.missing(&say!("a source"), node, "text");
        }
        Some(SourceDraft { text: cx.field(node, "text")?, country: cx.field(node, "country") })
    }
    fn judge_list(items: &[Node], layout: Layout, cx: &mut Cx) {
        TextDraft::judge_list(items, layout, cx);
    }
}

/// Whether a key has the form of a BCP 47 tag: a subtag of 2 or 3 letters (longer ones are reserved), then subtags of letters and digits.
pub fn is_language_tag(key: &str) -> bool {
    let mut subtags = key.split('-');
    let primary = subtags.next().unwrap_or_default();
    (2..=3).contains(&primary.len())
        && primary.bytes().all(|byte| byte.is_ascii_alphabetic())
        && subtags
            .all(|subtag| (1..=8).contains(&subtag.len()) && subtag.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}

/// A word in the forms that sentences need: language → form → word.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NounDraft {
    /// The forms it has in each language, as written.
    pub languages: Vec<FormsDraft>,
    /// Where it is written.
    pub span: Span,
}

/// The forms of a word in one language.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FormsDraft {
    /// The language.
    pub language: Name,
    /// Form and word, in the author's order.
    pub forms: Vec<(Name, String)>,
    /// Where they are written.
    pub span: Span,
}

impl Decode for NounDraft {
    fn expected() -> Message {
        say!("a word by language and form, such as `en: {one: guest, many: guests, possessive: \"guest's\"}`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, _) = &node.value else { return cx.mistyped(node, Self::expected()) };
        cx.duplicates(entries);
        let mut languages = Vec::new();
        for entry in entries {
            let Value::Map(forms, _) = &entry.value.value else {
                cx.wrong_type(&entry.value, say!("the word's forms, such as `{one: guest, many: guests}`"));
                continue;
            };
            cx.duplicates(forms);
            let mut words = Vec::new();
            for form in forms {
                if let Some(word) = String::decode(&form.value, cx) {
                    words.push((Spanned { value: form.key.to_string(), span: form.key_span }, word));
                }
            }
            let language = Spanned { value: entry.key.to_string(), span: entry.key_span };
            languages.push(FormsDraft { language, forms: words, span: narrow(&entry.value) });
        }
        Some(NounDraft { languages, span: narrow(node) })
    }
}

/// A trait's id, or a mapping of trait and why.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TraitUseDraft {
    /// The trait.
    pub name: Option<Name>,
    /// Why it matters here.
    pub why: Option<TextDraft>,
}

impl Decode for TraitUseDraft {
    fn expected() -> Message {
        say!("a trait's id, or a mapping of `trait` and `why`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) => {
                let name = Spanned { value: scalar.text.to_string(), span: node.span };
                Some(TraitUseDraft { name: Some(name), why: None })
            }
            Value::Map(entries, layout) => {
                cx.duplicates(entries);
                cx.unknown_keys(&say!("a trait's use"), entries, *layout, &["trait", "why"]);
                if node.get("trait").is_none_or(|value| value.value == Value::Null) {
                    cx.missing(&say!("a trait's use"), node, "trait");
                }
                Some(TraitUseDraft { name: cx.field(node, "trait"), why: cx.field(node, "why") })
            }
            _ => cx.mistyped(node, Self::expected()),
        }
    }
}

/// A number and a unit.
#[derive(Clone, Debug, PartialEq)]
pub struct QuantityDraft(pub Quantity);

impl Decode for QuantityDraft {
    fn expected() -> Message {
        say!("a number and a unit, such as `10 s`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Some(text) = node.text() else { return no_quantity(node, cx) };
        match parse_quantity(text, node.span) {
            Ok(quantity) => Some(QuantityDraft(quantity)),
            Err(problem) => {
                let message = say!("`{text}` is not a quantity: {problem}", text = text.trim(), problem);
                let range =
                    range(text).map(|(low, high)| say!("write a range as `between: [{low}, {high}]`", low, high));
                let help = range.unwrap_or_else(|| say!(
                    "write a number and a unit: 10 s, 2 min, 24 h, 3 d, 2 wd (working days), 12 months, 80 %, 3 m, 21 °C, or a bare count"
                ));
                cx.report(Diagnostic::new(Code::BadQuantity, node.span, message).help(help));
                None
            }
        }
    }
}

/// Reports a value that is no text; one that somebody put in braces, `{0,5 min}`, with what to write.
fn no_quantity(node: &Node, cx: &mut Cx) -> Option<QuantityDraft> {
    let keys: Vec<&str> = node.entries().iter().map(|entry| &*entry.key).collect();
    let items = node.items().iter().filter_map(Node::text);
    let parts: Vec<&str> = keys.into_iter().chain(items).take(3).collect();
    let right = parts.join(".");
    if parts.len() > 2 || parse_quantity(&right, node.span).is_err() {
        return cx.mistyped(node, QuantityDraft::expected());
    }
    let message = say!("expected {expected}, found {found}", expected = QuantityDraft::expected(), found = node.kind());
    let help = say!("write it without brackets, decimals with a point: `{right}`", right);
    cx.report(Diagnostic::new(Code::WrongType, narrow(node), message).help(help));
    None
}

/// How often something must hold, or how much of something: a quantity in per cent, or a number up to 1.
#[derive(Clone, Debug, PartialEq)]
pub struct ShareDraft(pub QuantityDraft);

impl Decode for ShareDraft {
    fn expected() -> Message {
        say!("a share such as `90 %`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        QuantityDraft::decode(node, cx).map(ShareDraft)
    }
}

/// A calendar date, `2026-01-15`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DateDraft(pub NaiveDate);

impl Decode for DateDraft {
    fn expected() -> Message {
        say!("a date such as `2026-01-15`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Some(text) = node.text() else { return cx.mistyped(node, Self::expected()) };
        let date = iso_day(text);
        if date.is_none() {
            let (message, help) = no_day(text, say!("write year-month-day, such as 2026-01-15"));
            cx.report(Diagnostic::new(Code::BadDate, node.span, message).help(help));
        }
        date.map(DateDraft)
    }
}

/// What is wrong with a text that is no day as files have it, and what to do: the day, where it is clear which one is meant.
pub fn no_day(text: &str, form: Message) -> (Message, Message) {
    let shown: String = text.chars().take(LONGEST_DAY).collect();
    match written_day(text).day(None) {
        Err(NoDay::Either(first, second)) => {
            let (first, second) = (first.to_string(), second.to_string());
            (say!("`{cell}` may be {one} or {other}", cell = shown, one = first, other = second), form)
        }
        Ok(day) => (say!("`{date}` is not a date", date = shown), say!("write it as {date}", date = day.to_string())),
        Err(NoDay::NoDate) => (say!("`{date}` is not a date", date = shown), no_such_day(text).unwrap_or(form)),
    }
}

/// So much of what is no day is shown.
const LONGEST_DAY: usize = 40;

/// Help for a day that its month has not.
pub fn no_such_day(text: &str) -> Option<Message> {
    days_of_month(text).map(|days| say!("that month has {days} days", days))
}

/// Shares of standards met at which the levels are reached.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LevelSharesDraft {
    /// For basic, expected and exclusive.
    pub shares: [Option<ShareDraft>; 3],
}

impl Decode for LevelSharesDraft {
    fn expected() -> Message {
        say!("shares such as `{basic: 100 %, expected: 90 %, exclusive: 75 %}`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, layout) = &node.value else { return cx.mistyped(node, Self::expected()) };
        cx.duplicates(entries);
        cx.unknown_keys(&say!("`levels`"), entries, *layout, &["basic", "expected", "exclusive"]);
        Some(LevelSharesDraft { shares: ["basic", "expected", "exclusive"].map(|level| cx.field(node, level)) })
    }
}

/// Lowest and highest rating.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ScaleDraft(pub [f64; 2]);

impl Decode for ScaleDraft {
    fn expected() -> Message {
        say!("the lowest and the highest rating, such as `[1, 10]`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        if let [low, high] = node.items() {
            let (low, high) = (f64::decode(low, cx)?, f64::decode(high, cx)?);
            if low < high {
                return Some(ScaleDraft([low, high]));
            }
        }
        cx.mistyped(node, Self::expected())
    }
}

impl Decode for Severity {
    fn expected() -> Message {
        say!("`off`, `note`, `warning` or `error`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        cx.word(node, &Severity::ALL, Severity::word)
    }
}

/// Whether an item of a list in brackets reads like the second half of a sentence that a comma cut in two.
fn reads_like_a_cut<'t>(items: &'t [Node<'t>]) -> Option<&'t Node<'t>> {
    let plain = |node: &Node| match &node.value {
        Value::Scalar(scalar) if scalar.style == Style::Plain => scalar.text.chars().next(),
        _ => None,
    };
    let pairs = items.iter().zip(items.iter().skip(1));
    let cut = |(before, after): &(&Node, &Node)| {
        plain(before).is_some_and(char::is_uppercase)
            && plain(after).is_some_and(char::is_lowercase)
            && after.text().is_some_and(|text| text.contains(' '))
    };
    pairs.into_iter().find(cut).map(|(_, after)| after)
}

/// The bounds of `20-30 s`, `20–30 s`, `20 do 30 s`, each with the unit.
fn range(text: &str) -> Option<(String, String)> {
    let (low, rest) = ["-", "–", "—", " to ", " do ", " till "].iter().find_map(|mark| text.trim().split_once(mark))?;
    let (low, rest) = (low.trim(), rest.trim());
    let is_figure = |text: &str| !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','));
    let figure = rest.split(|c: char| !(c.is_ascii_digit() || matches!(c, '.' | ','))).next().unwrap_or_default();
    let unit = rest[figure.len()..].trim();
    let with_unit = |figure: &str| if unit.is_empty() { figure.to_owned() } else { format!("{figure} {unit}") };
    let low_figure = low.split(' ').next().unwrap_or_default();
    (is_figure(low_figure) && is_figure(figure)).then(|| (with_unit(low_figure), with_unit(figure)))
}
