//! sites/*.yaml: a site and its attributes, which have names of the author's own.

use super::Name;
use crate::book::condition::COUNTRY;
use crate::book::country::Country;
use crate::book::decode::{Cx, Decode};
use crate::book::draft_values::TextDraft;
use crate::book::{Attribute, Spanned, format_words, id};
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Entry, Node, Style, Value};
use crate::text::nearest;
use crate::units::{Unit, parse_quantity};

/// sites/*.yaml: a place where the standards apply. Any further scalar keys are its attributes.
#[derive(Clone, Debug, Default)]
pub struct SiteDraft {
    /// The id.
    pub id: Option<Name>,
    /// The title.
    pub title: Option<TextDraft>,
    /// The former ids.
    pub was: Option<Vec<Name>>,
    /// The attributes.
    pub attributes: Vec<(Name, Spanned<Attribute>)>,
    /// The names of attributes whose value could not be read.
    pub misread: Vec<String>,
    /// From the first key to the last value.
    pub span: Span,
}

impl Decode for SiteDraft {
    fn expected() -> Message {
        say!("a site: a mapping with `id`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, _) = &node.value else { return cx.mistyped(node, Self::expected()) };
        cx.duplicates(entries);
        // Any key may be an attribute's name, so one that only looks like a key of the format has to be told here.
        let lacks = |key: &str| node.get(key).is_none_or(|value| value.value == Value::Null);
        let lacking: Vec<&'static str> = ["id", "title"].into_iter().filter(|key| lacks(key)).collect();
        let stands_for = |entry: &Entry| {
            let near = || nearest(&entry.key, lacking.iter().copied());
            let is_free = ["id", "title", "was"].contains(&&*entry.key);
            (!is_free).then(|| format_words::meant(&entry.key, lacking.iter().copied()).or_else(near)).flatten()
        };
        if lacks("id") && !entries.iter().any(|entry| stands_for(entry) == Some("id")) {
            cx.missing(&say!("a site"), node, "id");
        }
        let (mut attributes, mut misread) = (Vec::new(), Vec::new());
        for entry in entries.iter().filter(|entry| !["id", "title", "was"].contains(&&*entry.key)) {
            if let Some(near) = stands_for(entry) {
                let message = say!("`{key}` is not a key of {what}", key = entry.key.as_ref(), what = say!("a site"));
                let help = say!("did you mean `{near}`?", near);
                cx.report(Diagnostic::new(Code::UnknownKey, entry.key_span, message).help(help));
                continue;
            }
            let identifier = !entry.key.starts_with(|c: char| c.is_ascii_digit())
                && !entry.key.is_empty()
                && entry.key.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if !identifier {
                let better = id::suggest(&entry.key).map(|slug| say!("write `{slug}`", slug = slug.replace('-', "_")));
                let message = say!(
                    "`{key}` cannot be an attribute's name: it needs letters a-z, digits and `_`",
                    key = entry.key.as_ref()
                );
                cx.report(Diagnostic::new(Code::UnknownKey, entry.key_span, message).maybe_help(better));
                continue;
            }
            if entry.value.value == Value::Null {
                cx.empty(entry);
                misread.push(entry.key.to_string());
                continue;
            }
            let name = Spanned { value: entry.key.to_string(), span: entry.key_span };
            if name.value == COUNTRY {
                // Read by itself: Norway's letters are a word for `false` elsewhere.
                match Country::decode(&entry.value, cx) {
                    Some(Country(code)) => {
                        attributes.push((name, Spanned { value: Attribute::Text(code), span: entry.value.span }));
                    }
                    None => misread.push(name.value),
                }
                continue;
            }
            match Attribute::decode(&entry.value, cx) {
                Some(value) => attributes.push((name, Spanned { value, span: entry.value.span })),
                None => misread.push(name.value),
            }
        }
        Some(SiteDraft {
            id: cx.field(node, "id"),
            title: cx.field(node, "title"),
            was: cx.field(node, "was"),
            attributes,
            misread,
            span: node.span,
        })
    }
}

impl Decode for Attribute {
    fn expected() -> Message {
        say!("a text, a number, `true` or `false`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Scalar(scalar) = &node.value else { return cx.mistyped(node, Self::expected()) };
        if scalar.style == Style::Plain {
            match &*scalar.text {
                "true" | "True" | "TRUE" => return Some(Attribute::Bool(true)),
                "false" | "False" | "FALSE" => return Some(Attribute::Bool(false)),
                text => {
                    if let Some(number) = text.parse::<f64>().ok().filter(|number| number.is_finite()) {
                        return Some(Attribute::Number(number));
                    }
                    if let Some(cure) = untyped(text) {
                        let message = say!("`{text}` is a text, and looks like something else", text);
                        cx.report(Diagnostic::new(Code::UntypedValue, node.span, message).help(cure));
                        return None;
                    }
                }
            }
        }
        Some(Attribute::Text(scalar.text.to_string()))
    }
}

/// What to write for a text that looks like a truth value or a number: `no`, `tak`, `40 osób`, `1,5`.
fn untyped(text: &str) -> Option<Message> {
    let quoted = || format!("\"{text}\"");
    match text.to_lowercase().as_str() {
        "yes" | "y" | "on" | "tak" | "prawda" | "ja" | "sant" => {
            return Some(say!("write `true`; or {quoted}, if the text is meant", quoted = quoted()));
        }
        "no" | "n" | "off" | "nie" | "fałsz" | "nej" | "falskt" | "falsk" => {
            return Some(say!("write `false`; or {quoted}, if the text is meant", quoted = quoted()));
        }
        _ => {}
    }
    let quantity = parse_quantity(text, Span::default()).ok()?;
    let is_number = match &quantity.unit {
        Unit::Count => text.contains(','),
        Unit::Known(_) => true,
        Unit::Unknown(word) => !word.contains(' ') && word.chars().all(char::is_lowercase),
    };
    let number = quantity.value.to_string();
    is_number.then(|| {
        say!("write the number alone, `{number}`; or {quoted}, if the text is meant", number, quoted = quoted())
    })
}
