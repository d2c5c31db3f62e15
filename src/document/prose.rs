//! An author's sentence, parsed once: a small tree that every format walks, so that no format parses Markdown.
//!
//! Only emphasis, links and code are Markdown here. Everything else (HTML, tables, headings, images, links that could
//! run a script) comes out as the very characters.

use std::sync::Arc;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};
use minijinja::value::{Enumerator, Object, Serde, Value, serializing_for_value};
use serde::ser::{Serialize, SerializeStruct, Serializer};

use crate::book::{Language, Text, Worded};
use crate::text::single_spaced;

/// A sentence of the author's, in the document's language or marked as being in another.
///
/// A template gets it as one value with these two fields, which knows how to be written in each format.
#[derive(Clone, Debug, Default, PartialEq, serde::Deserialize)]
pub struct Prose {
    /// The tag of its language where that is not the document's.
    pub lang: Option<String>,
    /// What it says.
    pub parts: Parts,
}

/// A sentence without marks, which nearly all are, or a list of pieces.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(untagged)]
pub enum Parts {
    /// Plain characters.
    Plain(String),
    /// Pieces in order.
    Rich(Vec<Inline>),
}

/// A piece of a sentence.
#[derive(Clone, Debug, PartialEq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Inline {
    /// Plain characters.
    Text(String),
    /// Emphasised.
    Emphasis(Vec<Inline>),
    /// Strongly emphasised.
    Strong(Vec<Inline>),
    /// As typed.
    Code(String),
    /// A link to a page, a mail address or a phone number.
    Link {
        /// Where to.
        url: String,
        /// What it is called.
        content: Vec<Inline>,
    },
}

/// What a sentence is made of, in order: characters, and marks that begin and end around them.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Event<'a> {
    /// A mark begins.
    Start(Mark<'a>),
    /// Plain characters.
    Text(&'a str),
    /// Characters as typed.
    Code(&'a str),
    /// The mark that began last ends.
    End(Mark<'a>),
}

/// A mark around characters.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Mark<'a> {
    /// Emphasis.
    Emphasis,
    /// Strong emphasis.
    Strong,
    /// A link to this address.
    Link(&'a str),
}

impl Default for Parts {
    fn default() -> Self {
        Parts::Plain(String::new())
    }
}

impl Prose {
    /// The text in `language`, else in the source language and marked so.
    pub fn of(text: &Text, language: &Language, source: &Language) -> Self {
        text.best(language, source).map(|worded| Prose::worded(worded, language)).unwrap_or_default()
    }

    /// A text as it stands, marked where it is not in `language`.
    pub fn worded(worded: &Worded, language: &Language) -> Self {
        let lang = (worded.language != *language).then(|| worded.language.tag().to_owned());
        Prose { lang, parts: parse(&worded.text) }
    }

    /// Characters of the program's own, in the document's language.
    pub fn plain(text: impl Into<String>) -> Self {
        Prose { lang: None, parts: Parts::Plain(text.into()) }
    }

    /// What it is made of, in order.
    pub fn events(&self) -> Box<dyn Iterator<Item = Event<'_>> + '_> {
        match &self.parts {
            Parts::Plain(text) => Box::new(std::iter::once(Event::Text(text))),
            Parts::Rich(pieces) => Box::new(pieces.iter().flat_map(Inline::events)),
        }
    }

    /// The characters without their marks.
    pub fn characters(&self) -> String {
        let characters = |event| match event {
            Event::Text(text) | Event::Code(text) => text,
            Event::Start(_) | Event::End(_) => "",
        };
        self.events().map(characters).collect()
    }

    /// The same between two marks.
    pub fn wrapped(self, open: &str, close: &str) -> Self {
        let parts = match self.parts {
            Parts::Plain(text) => Parts::Plain(format!("{open}{text}{close}")),
            Parts::Rich(pieces) => {
                let (first, last) = (Inline::Text(open.to_owned()), Inline::Text(close.to_owned()));
                Parts::Rich(std::iter::once(first).chain(pieces).chain(std::iter::once(last)).collect())
            }
        };
        Prose { parts, ..self }
    }

    /// Whether it says nothing.
    pub fn is_empty(&self) -> bool {
        matches!(&self.parts, Parts::Plain(text) if text.is_empty())
    }
}

impl Inline {
    fn events(&self) -> Box<dyn Iterator<Item = Event<'_>> + '_> {
        let (mark, inner) = match self {
            Inline::Text(text) => return Box::new(std::iter::once(Event::Text(text))),
            Inline::Code(code) => return Box::new(std::iter::once(Event::Code(code))),
            Inline::Emphasis(inner) => (Mark::Emphasis, inner),
            Inline::Strong(inner) => (Mark::Strong, inner),
            Inline::Link { url, content } => (Mark::Link(url), content),
        };
        let inner = inner.iter().flat_map(Inline::events);
        Box::new(std::iter::once(Event::Start(mark)).chain(inner).chain(std::iter::once(Event::End(mark))))
    }
}

impl Serialize for Prose {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if serializing_for_value() {
            return Value::from_object(self.clone()).serialize(serializer);
        }
        let mut fields = serializer.serialize_struct("Prose", 2)?;
        fields.serialize_field("lang", &self.lang)?;
        fields.serialize_field("parts", &self.parts)?;
        fields.end()
    }
}

impl Object for Prose {
    fn get_value(self: &Arc<Self>, key: &Value) -> Option<Value> {
        match key.as_str()? {
            "lang" => Some(Serde(&self.lang).into()),
            "parts" => Some(Serde(&self.parts).into()),
            _ => None,
        }
    }

    fn enumerate(self: &Arc<Self>) -> Enumerator {
        Enumerator::Str(&["lang", "parts"])
    }
}

/// Whether a link may be followed: pages, mail and phone. Anything with another scheme, or without one, is not a link
/// that works in a document that stands alone.
pub fn is_safe_link(url: &str) -> bool {
    let lower = url.to_ascii_lowercase();
    let scheme = ["https://", "http://", "mailto:", "tel:"].iter().any(|scheme| lower.starts_with(scheme));
    scheme && !url.chars().any(char::is_control)
}

/// Stands before the text while it is parsed, so that nothing in it can begin a block. A full stop, because emphasis
/// may begin right after punctuation.
const GUARD: &str = ".";

fn parse(text: &str) -> Parts {
    let line = if text.contains(['\n', '\r']) || text.starts_with(' ') || text.ends_with(' ') {
        single_spaced(text).into_owned()
    } else {
        text.to_owned()
    };
    // comrak only where there is something for it to find.
    if !line.contains(['*', '_', '`', '[', '<', '\\', '&']) {
        return Parts::Plain(line);
    }
    let guarded = format!("{GUARD}{line}");
    let arena = Arena::new();
    let root = parse_document(&arena, &guarded, &Options::default());
    let Some(paragraph) = root.first_child() else { return Parts::Plain(line) };
    if paragraph.next_sibling().is_some() || !matches!(paragraph.data().value, NodeValue::Paragraph) {
        return Parts::Plain(line);
    }
    let mut pieces = inlines(paragraph, &guarded, 0);
    if let Some(Inline::Text(first)) = pieces.first_mut() {
        *first = first.strip_prefix(GUARD).map(str::to_owned).unwrap_or_else(|| first.clone());
    }
    pieces.retain(|piece| !matches!(piece, Inline::Text(text) if text.is_empty()));
    match pieces.as_slice() {
        [] => Parts::default(),
        [Inline::Text(text)] => Parts::Plain(text.clone()),
        _ => Parts::Rich(pieces),
    }
}

/// So deep may marks stand in one another; what is deeper is read as its characters.
const DEPTH: usize = 8;

fn inlines(parent: Node<'_>, source: &str, depth: usize) -> Vec<Inline> {
    let mut pieces: Vec<Inline> = Vec::new();
    for node in parent.children() {
        let ast = node.data();
        let piece = match &ast.value {
            NodeValue::Text(text) => Inline::Text(text.to_string()),
            NodeValue::HtmlInline(text) => Inline::Text(text.clone()),
            NodeValue::SoftBreak | NodeValue::LineBreak => Inline::Text(" ".to_owned()),
            NodeValue::Code(code) => Inline::Code(code.literal.clone()),
            NodeValue::Emph | NodeValue::Strong | NodeValue::Link(_) if depth >= DEPTH => {
                Inline::Text(characters(node))
            }
            NodeValue::Emph => Inline::Emphasis(inlines(node, source, depth + 1)),
            NodeValue::Strong => Inline::Strong(inlines(node, source, depth + 1)),
            NodeValue::Link(link) if is_safe_link(&link.url) => {
                Inline::Link { url: link.url.clone(), content: inlines(node, source, depth + 1) }
            }
            // A link or an image that is none for us is printed as the author typed it.
            _ => {
                let (from, to) = (ast.sourcepos.start.column, ast.sourcepos.end.column);
                Inline::Text(source.get(from.saturating_sub(1)..to).unwrap_or("").to_owned())
            }
        };
        match (pieces.last_mut(), piece) {
            (Some(Inline::Text(before)), Inline::Text(text)) => before.push_str(&text),
            (_, piece) => pieces.push(piece),
        }
    }
    pieces
}

/// The characters below a node, without marks.
fn characters(node: Node<'_>) -> String {
    let text = |node: Node<'_>| match &node.data().value {
        NodeValue::Text(text) => text.to_string(),
        NodeValue::HtmlInline(text) => text.clone(),
        NodeValue::Code(code) => code.literal.clone(),
        NodeValue::SoftBreak | NodeValue::LineBreak => " ".to_owned(),
        _ => String::new(),
    };
    node.descendants().map(text).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_emphasis_link_or_code_stays_as_typed() {
        let texts = [
            "<script>alert(1)</script>",
            "{{ 7*7 }}",
            "| a | b |",
            "# x",
            "[x](javascript:1)",
            "![x](https://example.org/x.png)",
            "</style>",
            "]]>",
            "- a list",
            "1. a list",
            "> a quotation",
            "[a]: https://example.org",
            "a < b & c",
            "***",
            "```",
            "ż [ł](JavaScript:alert) ó",
        ];
        for text in texts {
            assert_eq!(parse(text), Parts::Plain(text.to_owned()), "{text}");
        }
    }

    #[test]
    fn marks_stand_in_one_another_within_bounds() {
        let text = format!("{}x{}", "*a ".repeat(400), " a*".repeat(400));
        let Parts::Rich(pieces) = parse(&text) else { panic!("it has marks") };
        let (mut depth, mut inner) = (0, &pieces);
        while let Some(Inline::Emphasis(content)) = inner.iter().find(|piece| matches!(piece, Inline::Emphasis(_))) {
            (depth, inner) = (depth + 1, content);
        }
        assert_eq!(depth, DEPTH);
        let prose = Prose { lang: None, parts: Parts::Rich(pieces) };
        assert_eq!(prose.characters(), text.replace('*', ""));
    }

    #[test]
    fn emphasis_links_and_code_are_kept() {
        let text = |text: &str| Inline::Text(text.to_owned());
        assert_eq!(parse("_Look_ up"), Parts::Rich(vec![Inline::Emphasis(vec![text("Look")]), text(" up")]));
        assert_eq!(
            parse("**a** `b`"),
            Parts::Rich(vec![Inline::Strong(vec![text("a")]), text(" "), Inline::Code("b".to_owned())])
        );
        let link = Inline::Link { url: "https://example.org/".to_owned(), content: vec![text("here")] };
        assert_eq!(parse("[here](https://example.org/)"), Parts::Rich(vec![link]));
        assert_eq!(parse("two\n  lines"), Parts::Plain("two lines".to_owned()));
    }
}
