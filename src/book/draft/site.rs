//! sites/*.yaml: a site and its attributes, which have names of the author's own.

use super::Name;
use crate::book::condition::COUNTRY;
use crate::book::country::Country;
use crate::book::decode::{Cx, Decode, odd_help};
use crate::book::draft_values::TextDraft;
use crate::book::{Attribute, Spanned, format_words, id};
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Entry, Node, Style, Value};
use crate::text::{as_it_looks, nearest};
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
                if let Some(odd) = odd_help(&entry.key, []) {
                    let message = say!(
                        "`{key}` cannot be an attribute's name: it needs letters a-z, digits and `_`",
                        key = entry.key.as_ref()
                    );
                    cx.report(Diagnostic::new(Code::InvisibleCharacter, entry.key_span, message).help(odd));
                    misread.push(as_it_looks(&entry.key));
                    continue;
                }
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
    if let Some(numbers) = grouped(text).or_else(|| in_thousands(text)) {
        return Some(say!(
            "write the number in figures alone, {numbers}; or {quoted}, if the text is meant",
            numbers,
            quoted = quoted()
        ));
    }
    let figure = exact(text);
    let quantity = parse_quantity(figure, Span::default()).ok()?;
    let is_number = match &quantity.unit {
        Unit::Count => figure.contains(',') || figure != text,
        Unit::Known(_) => true,
        Unit::Unknown(word) => !word.contains(' ') && word.chars().all(char::is_lowercase),
    };
    let number = quantity.value.to_string();
    is_number.then(|| {
        say!("write the number alone, `{number}`; or {quoted}, if the text is meant", number, quoted = quoted())
    })
}

/// What `1 200` and `1,200` come to: with a comma, either of two numbers.
fn grouped(text: &str) -> Option<Message> {
    let mark =
        text.chars().find(|letter| !letter.is_ascii_digit()).filter(|mark| " ,'’\u{a0}\u{202f}".contains(*mark))?;
    let (whole, rest) = text.split_once(mark)?;
    let is_of = |part: &str, digits: std::ops::RangeInclusive<usize>| {
        digits.contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit())
    };
    let is_number = is_of(whole, 1..=3) && is_of(rest, 3..=3) && !whole.starts_with('0');
    let one = format!("{whole}{rest}");
    is_number.then(|| match mark {
        ',' => say!("`{one}` or `{other}`", one, other = format!("{whole}.{rest}")),
        _ => say!("`{one}`", one),
    })
}

/// What `12k` and `1,5 tys.` come to.
fn in_thousands(text: &str) -> Option<Message> {
    const THOUSANDS: [&str; 5] = ["k", "tys.", "tys", "tusen", "thousand"];
    let lower = text.to_lowercase();
    let figure = THOUSANDS.iter().find_map(|word| lower.strip_suffix(word))?.trim_end().replace(',', ".");
    let number: f64 = figure.parse().ok().filter(|number: &f64| number.is_finite())?;
    Some(say!("`{one}`", one = (number * 1000.0).to_string()))
}

/// The figure without a word or a sign that says it is not exact.
fn exact(text: &str) -> &str {
    const ABOUT: [&str; 12] =
        ["ca.", "ca", "c.", "ok.", "około", "about", "circa", "cirka", "approx.", "~", "≈", "ungefär"];
    let bare = ABOUT.iter().find_map(|word| {
        let head = text.get(..word.len()).filter(|head| head.to_lowercase() == *word)?;
        text.strip_prefix(head)
    });
    let bare = bare.map(str::trim_start).filter(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit()));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let text = bare.unwrap_or(text);
    text.strip_suffix(['+', '*']).filter(|figure| digits(figure)).unwrap_or(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_are_not_written_in_figures_alone_have_their_cure() {
        let cure = |text: &str| untyped(text).map(|cure| cure.to_string()).unwrap_or_default();
        for (text, number) in [
            ("1 200", "`1200`"),
            ("1\u{a0}200", "`1200`"),
            ("1'200", "`1200`"),
            ("1,200", "`1200` or `1.200`"),
            ("12k", "`12000`"),
            ("1,5 tys.", "`1500`"),
            ("ca 40", "`40`"),
            ("ok. 40", "`40`"),
            ("~40", "`40`"),
            ("40+", "`40`"),
            ("4*", "`4`"),
            ("około 40 osób", "`40`"),
            ("1,5", "`1.5`"),
            ("40 %", "`40`"),
        ] {
            assert!(cure(text).contains(number), "{text}: {}", cure(text));
        }
        for text in ["30-001", "601 234 567", "2026-01-01", "24/7", "+48 12 345 67 89", "Warszawa", "A+", "k"] {
            assert_eq!(cure(text), "", "{text}");
        }
    }
}
