//! YAML as a tree whose every key and value carries its span.
//!
//! Built from `granit-parser`'s events in one loop, so depth costs no stack. YAML 1.2 core schema: a plain scalar is
//! read as text and judged by whoever needs a number or a truth value. Limits: [`MAX_DEPTH`] levels, [`MAX_ALIAS_NODES`]
//! nodes that aliases may add to a file, and of each text what [`text_excess`] knows.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

mod plain;
mod property;
mod refusal;
mod slips;

use super::{Excess, FileId, Span, text_excess};
use crate::message::Message;
use crate::say;
use crate::text::composed;

/// Deepest nesting of lists and mappings.
pub const MAX_DEPTH: usize = 64;

/// How many nodes the aliases of one file may add to it.
pub const MAX_ALIAS_NODES: usize = 20_000;

/// A value and its place.
#[derive(Clone, Debug, PartialEq)]
pub struct Node<'t> {
    /// From the first byte of the value to the last; a block collection ends with its last value.
    pub span: Span,
    /// What it is.
    pub value: Value<'t>,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq)]
pub enum Value<'t> {
    /// Nothing: an empty value, `~` or `null`.
    Null,
    /// Text, number or truth value, as written.
    Scalar(Scalar<'t>),
    /// A list.
    List(Vec<Node<'t>>, Layout),
    /// A mapping, in the author's order, duplicate keys included.
    Map(Vec<Entry<'t>>, Layout),
}

/// A scalar as written.
#[derive(Clone, Debug, PartialEq)]
pub struct Scalar<'t> {
    /// The text after YAML's own escapes and folding, in NFC; borrowed from the file where those change nothing.
    pub text: Cow<'t, str>,
    /// How it is written.
    pub style: Style,
}

/// How a scalar is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Without marks.
    Plain,
    /// In quotation marks.
    Quoted,
    /// As a block with `|` or `>`.
    Block,
}

/// How a collection is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// On lines of its own.
    Block,
    /// In brackets.
    Flow,
}

/// One `key: value` of a mapping.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry<'t> {
    /// The key's text.
    pub key: Cow<'t, str>,
    /// The key's place.
    pub key_span: Span,
    /// The value.
    pub value: Node<'t>,
}

impl<'t> Node<'t> {
    /// The text of a scalar.
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Scalar(scalar) => Some(&scalar.text),
            _ => None,
        }
    }

    /// The value of a mapping's key; the first where a key stands twice.
    pub fn get(&self, key: &str) -> Option<&Node<'t>> {
        self.entries().iter().find(|entry| entry.key == key).map(|entry| &entry.value)
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry<'t>] {
        match &self.value {
            Value::Map(entries, _) => entries,
            _ => &[],
        }
    }

    /// The items of a list; none for anything else.
    pub fn items(&self) -> &[Node<'t>] {
        match &self.value {
            Value::List(items, _) => items,
            _ => &[],
        }
    }

    /// What it is, in an author's words.
    pub fn kind(&self) -> Message {
        match &self.value {
            Value::Null => say!("nothing"),
            Value::Scalar(_) => say!("a text"),
            Value::List(..) => say!("a list"),
            Value::Map(..) => say!("a mapping"),
        }
    }

    fn size(&self) -> usize {
        match &self.value {
            Value::Null | Value::Scalar(_) => 1,
            Value::List(items, _) => 1 + items.iter().map(Node::size).sum::<usize>(),
            Value::Map(entries, _) => 1 + entries.iter().map(|entry| 1 + entry.value.size()).sum::<usize>(),
        }
    }
}

/// Why a text is not a tree.
#[derive(Clone, Debug, PartialEq)]
pub enum YamlFault {
    /// Not YAML, or YAML that a book does not use.
    Syntax {
        /// Where.
        span: Span,
        /// What is wrong.
        message: Message,
        /// How to mend it.
        help: Option<Message>,
    },
    /// Nested deeper than [`MAX_DEPTH`]; holds where.
    TooDeep(Span),
    /// Aliases add more than [`MAX_ALIAS_NODES`] nodes; holds where.
    AliasBomb(Span),
    /// A text is longer, or holds more of something, than is ever laid out; holds where the text stands.
    Excess(Span, Excess),
}

/// A collection that is still open.
struct OpenCollection<'t> {
    anchor: usize,
    start: Span,
    layout: Layout,
    content: Content<'t>,
}

impl OpenCollection<'_> {
    /// The key whose value is being read.
    fn key(&self) -> Option<&str> {
        match &self.content {
            Content::Map { key: Some((key, _)), .. } => Some(key),
            _ => None,
        }
    }
}

enum Content<'t> {
    List(Vec<Node<'t>>),
    Map { entries: Vec<Entry<'t>>, key: Option<(Cow<'t, str>, Span)> },
}

/// Reads one document. An empty file is [`Value::Null`].
///
/// # Errors
/// The first [`YamlFault`]; after it nothing of the file can be trusted.
pub fn parse(file: FileId, text: &str) -> Result<Node<'_>, YamlFault> {
    plain::read(file, text).map_or_else(|| parse_any(file, text), Ok)
}

/// The same, whatever YAML it is.
fn parse_any(file: FileId, text: &str) -> Result<Node<'_>, YamlFault> {
    let options = granit_parser::options! {
        disallow_directives: true,
        emit_comments: false,
        emit_anchor_events: true,
        flow_nesting_limit: MAX_DEPTH + 1,
        block_nesting_limit: MAX_DEPTH + 1,
    };
    let mut builder = Builder {
        file,
        text,
        open: Vec::new(),
        anchors: HashMap::new(),
        names: property::Anchors::default(),
        added: 0,
        root: None,
        read: 0,
    };
    let mut documents = 0;
    for next in Parser::new_from_str_with_options(text, options) {
        let (event, span) = next.map_err(|error| builder.fault(&error, text))?;
        let span = span.byte_range().map_or(Span::new(file, 0, 0), |range| Span::new(file, range.start, range.end));
        if matches!(event, Event::DocumentStart(..)) {
            documents += 1;
            if documents > 1 {
                return Err(YamlFault::Syntax {
                    span,
                    message: say!("a second document begins here"),
                    help: Some(say!("keep one document a file: move what follows `---` into a file of its own")),
                });
            }
        }
        let is_of_line = matches!(
            event,
            Event::SequenceStart(StructureStyle::Block, ..) | Event::MappingStart(StructureStyle::Block, ..)
        );
        let is_written = span.start < span.end && !is_of_line;
        builder.take(event, span)?;
        if is_written {
            builder.read = span.end as usize;
        }
    }
    if let Some(fault) = builder.names.unused() {
        return Err(fault);
    }
    Ok(builder.root.unwrap_or(Node { span: Span::new(file, 0, 0), value: Value::Null }))
}

struct Builder<'t> {
    file: FileId,
    text: &'t str,
    open: Vec<OpenCollection<'t>>,
    anchors: HashMap<usize, Node<'t>>,
    names: property::Anchors,
    added: usize,
    root: Option<Node<'t>>,
    /// The end of the last value, key or bracket.
    read: usize,
}

impl<'t> Builder<'t> {
    fn take(&mut self, event: Event<'t>, span: Span) -> Result<(), YamlFault> {
        let tag = match &event {
            Event::Scalar(.., tag) | Event::SequenceStart(.., tag) | Event::MappingStart(.., tag) => tag.as_deref(),
            _ => None,
        };
        if tag.is_some_and(|tag| !tag.is_yaml_core_schema()) {
            return Err(property::of_tag(self.file, self.text, self.read, span.start as usize));
        }
        match event {
            Event::Scalar(text, style, anchor, tag) => {
                // How long an expression may be is known to who reads it.
                if let Some(excess) = text_excess(&text).filter(|_| !self.is_in_expression()) {
                    return Err(YamlFault::Excess(span, excess));
                }
                let text = composed_whole(text);
                let value = match style {
                    ScalarStyle::Plain if tag.is_none() && matches!(&*text, "" | "~" | "null" | "Null" | "NULL") => {
                        Value::Null
                    }
                    ScalarStyle::Plain => Value::Scalar(Scalar { text, style: Style::Plain }),
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => {
                        Value::Scalar(Scalar { text, style: Style::Quoted })
                    }
                    _ => Value::Scalar(Scalar { text, style: Style::Block }),
                };
                self.close(Node { span, value }, anchor)
            }
            Event::SequenceStart(style, anchor, _) => self.open(span, style, anchor, Content::List(Vec::new())),
            Event::MappingStart(style, anchor, _) => {
                self.open(span, style, anchor, Content::Map { entries: Vec::new(), key: None })
            }
            Event::SequenceEnd | Event::MappingEnd => {
                let Some(open) = self.open.pop() else { return Ok(()) };
                let (value, last) = match open.content {
                    Content::List(items) => {
                        let last = items.last().map(|item| item.span);
                        (Value::List(items, open.layout), last)
                    }
                    Content::Map { entries, .. } => {
                        let last = entries.last().map(|entry| entry.value.span.max_end(entry.key_span));
                        (Value::Map(entries, open.layout), last)
                    }
                };
                // A block collection's end event stands where the next token begins; its text ends with its last value.
                let end = match (open.layout, last) {
                    (Layout::Block, Some(last)) => last.end,
                    _ => span.end,
                };
                let span = Span { end: end.max(open.start.start), ..open.start };
                self.close(Node { span, value }, open.anchor)
            }
            Event::Anchor(anchor, _) => {
                self.names.give(anchor, span);
                Ok(())
            }
            Event::Alias(anchor) => {
                self.names.refer(anchor);
                let Some(node) = self.anchors.get(&anchor) else {
                    return Err(YamlFault::Syntax {
                        span,
                        message: say!("this alias stands inside what it refers to"),
                        help: Some(say!("write the value out instead of referring to it")),
                    });
                };
                self.added += node.size();
                if self.added > MAX_ALIAS_NODES {
                    return Err(YamlFault::AliasBomb(span));
                }
                let node = node.clone();
                if self.open.len() + depth(&node) > MAX_DEPTH {
                    return Err(YamlFault::TooDeep(span));
                }
                self.close(node, 0)
            }
            _ => Ok(()),
        }
    }

    fn open(
        &mut self,
        start: Span,
        style: StructureStyle,
        anchor: usize,
        content: Content<'t>,
    ) -> Result<(), YamlFault> {
        if self.open.len() >= MAX_DEPTH {
            return Err(YamlFault::TooDeep(start));
        }
        let layout = if style == StructureStyle::Flow { Layout::Flow } else { Layout::Block };
        self.open.push(OpenCollection { anchor, start, layout, content });
        Ok(())
    }

    /// Whether what is read now is a condition, or the text of a pattern.
    fn is_in_expression(&self) -> bool {
        let keys: Vec<&str> = self.open.iter().filter_map(OpenCollection::key).collect();
        let is_condition = self.open.last().and_then(OpenCollection::key) == Some("when");
        let of_patterns = keys.iter().rposition(|key| *key == "patterns");
        is_condition || of_patterns.is_some_and(|patterns| keys.get(patterns + 1) == Some(&"text"))
    }

    /// Puts a finished node where it belongs.
    fn close(&mut self, node: Node<'t>, anchor: usize) -> Result<(), YamlFault> {
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut().map(|open| &mut open.content) {
            None => self.root = Some(node),
            Some(Content::List(items)) => items.push(node),
            Some(Content::Map { entries, key }) => match key.take() {
                Some((text, key_span)) => entries.push(Entry { key: text, key_span, value: node }),
                None => match node.value {
                    Value::Scalar(scalar) => *key = Some((scalar.text, node.span)),
                    Value::Null => *key = Some((Cow::Borrowed(""), node.span)),
                    _ => {
                        return Err(YamlFault::Syntax {
                            span: node.span,
                            message: say!("{kind} cannot be a key", kind = node.kind()),
                            help: Some(match node.value {
                                Value::Map(..) => {
                                    say!("quote a text that begins with `{`, as in \"{{ customer.one }} …\"")
                                }
                                _ => say!("quote a text that begins with `[`"),
                            }),
                        });
                    }
                },
            },
        }
        Ok(())
    }

    /// Says in an author's words what the parser refused.
    fn fault(&self, error: &ScanError, text: &str) -> YamlFault {
        let offset = error.marker().byte_offset().unwrap_or(0).min(text.len());
        let width = text
            .get(offset..)
            .and_then(|rest| rest.chars().next())
            .filter(|c| !c.is_control())
            .map_or(0, char::len_utf8);
        let span = Span::new(self.file, offset, offset + width);
        if matches!(error.kind(), ErrorKind::RecursionLimitExceeded) {
            return YamlFault::TooDeep(span);
        }
        if let Some(slip) = slips::slip(text, offset, refusal::is_of_depth(error)) {
            let span = Span::new(self.file, slip.range.start, slip.range.end);
            return YamlFault::Syntax { span, message: slip.message, help: Some(slip.help) };
        }
        let (message, help) = refusal::explain(error);
        YamlFault::Syntax { span, message, help: Some(help) }
    }
}

/// A text with its letters composed (NFC): a text that one editor wrote is the same as what another wrote, in stamps, words,
/// ids and comparisons alike. The file keeps its bytes, and every value its place in them.
fn composed_whole(text: Cow<'_, str>) -> Cow<'_, str> {
    match composed(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(text) => Cow::Owned(text),
    }
}

fn depth(node: &Node<'_>) -> usize {
    match &node.value {
        Value::Null | Value::Scalar(_) => 0,
        Value::List(items, _) => 1 + items.iter().map(depth).max().unwrap_or(0),
        Value::Map(entries, _) => 1 + entries.iter().map(|entry| depth(&entry.value)).max().unwrap_or(0),
    }
}

impl Span {
    /// The one of two spans of a file that ends later.
    fn max_end(self, other: Span) -> Span {
        if other.end > self.end { other } else { self }
    }
}
