//! Values of any entry: texts, truth values, numbers, lists, mappings with free keys.

use super::{Cx, Decode, MAX_ITEMS, narrow, short};
use crate::book::model::Spanned;
use crate::diag::{Code, Diagnostic};
use crate::message::Message;
use crate::say;
use crate::source::yaml::{Entry, Layout, Node, Style, Value};

impl<T: Decode> Decode for Spanned<T> {
    fn is_word() -> bool {
        T::is_word()
    }
    fn expected() -> Message {
        T::expected()
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        T::decode(node, cx).map(|value| Spanned { value, span: node.span })
    }
}

impl Decode for String {
    fn is_word() -> bool {
        true
    }
    fn expected() -> Message {
        say!("a text")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        if node.text().is_none() {
            cx.wrong_type(node, Self::expected());
        }
        node.text().map(str::to_owned)
    }
}

impl Decode for bool {
    fn expected() -> Message {
        say!("`true` or `false`")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        match &node.value {
            Value::Scalar(scalar) if scalar.style == Style::Plain => match &*scalar.text {
                "true" | "True" | "TRUE" => return Some(true),
                "false" | "False" | "FALSE" => return Some(false),
                _ => {}
            },
            _ => {}
        }
        // YAML 1.1 took these for truth values, and people still write them.
        let meant = match node.text().map(str::to_lowercase).as_deref() {
            Some("yes" | "on" | "tak" | "ja" | "y" | "1") => Some(say!("write `true`")),
            Some("no" | "off" | "nie" | "nej" | "n" | "0") => Some(say!("write `false`")),
            _ => None,
        };
        let is_quoted = |text: &str| matches!(text.to_lowercase().as_str(), "true" | "false");
        let (shown, meant) = match node.text() {
            Some(text) if is_quoted(text) => (
                say!("`{text}` in quotation marks, which is a text", text = short(text)),
                Some(say!("write `{word}` without quotation marks", word = text.to_lowercase())),
            ),
            Some(text) => (say!("`{text}`", text = short(text)), meant),
            None => (node.kind(), meant),
        };
        let message = say!("expected `true` or `false`, found {shown}", shown);
        cx.report(Diagnostic::new(Code::WrongType, narrow(node), message).maybe_help(meant));
        None
    }
}

impl Decode for f64 {
    fn expected() -> Message {
        say!("a number")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let number = node.text().and_then(|text| text.replace(',', ".").parse::<f64>().ok());
        match number.filter(|number| number.is_finite()) {
            Some(number) => Some(number),
            None => cx.mistyped(node, Self::expected()),
        }
    }
}

/// A list. Items that cannot be read are reported and left out.
impl<T: Decode> Decode for Vec<T> {
    fn expected() -> Message {
        say!("a list; each item {expected}", expected = T::expected())
    }
    fn may_be_empty() -> bool {
        true
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        match &node.value {
            Value::List(items, layout) => {
                T::judge_list(items, *layout, cx);
                if let Some(item) = items.get(MAX_ITEMS) {
                    cx.too_long(item.span, MAX_ITEMS);
                }
                // A large book is lists within lists: none takes more room than it has items.
                let mut list = Vec::with_capacity(items.len().min(MAX_ITEMS));
                list.extend(items.iter().take(MAX_ITEMS).filter_map(|item| decode_item(item, cx)));
                Some(list)
            }
            // `[` is missing.
            Value::Scalar(scalar) if lacks_bracket(&scalar.text, scalar.style) => {
                let shown = scalar.text.trim();
                let message = say!("`{mark}` is missing before `{shown}`", mark = '[', shown);
                let finding = Diagnostic::new(Code::WrongType, narrow(node), message);
                cx.report(finding.help(say!("write `{list}`", list = format!("[{shown}"))));
                None
            }
            // Words with values where a list of words belongs.
            Value::Map(entries, _) if T::is_word() && entries.len() <= MAX_SHOWN => {
                let keys: Vec<&str> = entries.iter().map(|entry| &*entry.key).collect();
                let message = say!("expected a list, found {found}", found = node.kind());
                let help = say!("write the words alone, in brackets: `[{shown}]`", shown = short(&keys.join(", ")));
                cx.report(Diagnostic::new(Code::WrongType, narrow(node), message).help(help));
                None
            }
            // An entry where a list of entries belongs.
            Value::Map(entries, Layout::Block) if entries.first().is_some_and(|first| first.key == "id") => {
                let message = say!("expected a list, found {found}", found = node.kind());
                let help = say!("put `- ` before its first key");
                cx.report(Diagnostic::new(Code::WrongType, narrow(node), message).help(help));
                None
            }
            // One word where a list belongs: only what could be its item is told so.
            Value::Scalar(scalar) if !scalar.text.contains(['\n', ',']) && scalar.text.chars().count() <= 80 => {
                let shown = scalar.text.trim();
                let message = say!("expected a list, found `{shown}`", shown);
                let help = say!("write it in brackets: `[{shown}]`", shown);
                cx.report(Diagnostic::new(Code::WrongType, narrow(node), message).help(help));
                None
            }
            _ => cx.mistyped(node, say!("a list")),
        }
    }
}

/// So many words are shown of what should be a list.
const MAX_SHOWN: usize = 5;

/// Whether a text is a list that lacks its first bracket: `friendly, prompt]`.
fn lacks_bracket(text: &str, style: Style) -> bool {
    style == Style::Plain && text.ends_with(']') && !text.contains(['[', '\n']) && text.chars().count() <= 80
}

fn decode_item<T: Decode>(item: &Node, cx: &mut Cx) -> Option<T> {
    if item.value == Value::Null {
        let expected = T::expected();
        cx.report(Diagnostic::new(
            Code::WrongType,
            item.span,
            say!("this list item is empty: expected {expected}", expected),
        ));
        return None;
    }
    T::decode(item, cx)
}

/// One value or a list of them.
#[derive(Clone, Debug, PartialEq)]
pub struct OneOrMany<T>(pub Vec<T>);

impl<T> Default for OneOrMany<T> {
    fn default() -> Self {
        OneOrMany(Vec::new())
    }
}

impl<T: Decode> Decode for OneOrMany<T> {
    fn expected() -> Message {
        say!("{expected}, or a list of them", expected = T::expected())
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        match &node.value {
            Value::List(..) => Vec::decode(node, cx).map(OneOrMany),
            Value::Scalar(scalar) if lacks_bracket(&scalar.text, scalar.style) => Vec::decode(node, cx).map(OneOrMany),
            _ => T::decode(node, cx).map(|value| OneOrMany(vec![value])),
        }
    }
}

/// A mapping with free keys, in the author's order.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs<T>(pub Vec<(Spanned<String>, T)>);

impl<T: Decode> Decode for Pairs<T> {
    fn expected() -> Message {
        say!("a mapping")
    }
    fn decode(node: &Node, cx: &mut Cx) -> Option<Self> {
        let Value::Map(entries, _) = &node.value else { return cx.mistyped(node, say!("a mapping")) };
        cx.duplicates(entries);
        let pair = |entry: &Entry, cx: &mut Cx| {
            let key = Spanned { value: entry.key.to_string(), span: entry.key_span };
            T::decode(&entry.value, cx).map(|value| (key, value))
        };
        Some(Pairs(entries.iter().filter_map(|entry| pair(entry, cx)).collect()))
    }
}
