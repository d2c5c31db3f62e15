//! Where in the author's layout something new goes: after which line, under which dash, how far in.

use super::EditError;
use super::patch::{before_on_line, line_end, next_line};
use crate::message::Message;
use crate::say;
use crate::source::yaml::{self, Layout, Node, Style, Value};
use crate::source::{FileId, Sources};

/// The refusal that points at a byte of a file.
pub(super) fn refuse(
    sources: &Sources,
    file: FileId,
    offset: usize,
    message: impl Into<Message>,
    help: impl Into<Message>,
) -> EditError {
    let source = sources.get(file);
    let line = source.position(offset).line;
    EditError::Place { path: source.path.clone(), line, message: message.into(), help: Some(help.into()) }
}

/// A file as a tree; the refusal says `unread` of one that is no YAML.
pub(super) fn parsed(sources: &Sources, file: FileId, unread: Message) -> Result<Node<'_>, EditError> {
    let refused = |_| refuse(sources, file, 0, unread, say!("mend it first; `gamma-ok check` shows where"));
    yaml::parse(file, &sources.get(file).text).map_err(refused)
}

/// The column, in bytes, of the `-` of the list item that starts at `start`; none where more than dashes and spaces
/// stands before it, or the dash is on another line.
pub(super) fn dash_column(text: &str, start: usize) -> Option<usize> {
    let before = before_on_line(text, start);
    let dash = before.rfind('-')?;
    before.bytes().all(|byte| matches!(byte, b' ' | b'-')).then_some(dash)
}

/// The column, in bytes, of a key that has only spaces and dashes before it on its line.
pub(super) fn key_column(text: &str, start: usize) -> Option<usize> {
    let before = before_on_line(text, start);
    before.bytes().all(|byte| matches!(byte, b' ' | b'-')).then_some(before.len())
}

/// Where the line after a value starts. Comments that are indented further than `column` belong to the value.
pub(super) fn after(text: &str, node: &Node<'_>, column: usize) -> usize {
    let leaf = last_leaf(node);
    let mut offset = match &leaf.value {
        Value::Scalar(scalar) if scalar.style == Style::Block => {
            let end = leaf.span.end as usize;
            let blank_lines_count = scalar.text.ends_with("\n\n");
            let written = text.get(..end).unwrap_or("").trim_end().len();
            if blank_lines_count || written < leaf.span.start as usize { end } else { next_line(text, written) }
        }
        _ => next_line(text, node.span.end as usize),
    };
    // Blank lines before such a comment go with it; others stay below what is inserted.
    let mut ahead = offset;
    while ahead < text.len() {
        let line = text.get(ahead..line_end(text, ahead)).unwrap_or("");
        let content = line.trim_start_matches(' ');
        let next = next_line(text, ahead);
        if content.starts_with('#') && line.len() - content.len() > column {
            offset = next;
        } else if !content.is_empty() {
            break;
        }
        ahead = next;
    }
    offset
}

/// The value that ends a value.
fn last_leaf<'a, 't>(node: &'a Node<'t>) -> &'a Node<'t> {
    let last = match &node.value {
        Value::List(items, Layout::Block) => items.last(),
        Value::Map(entries, Layout::Block) => entries.last().map(|entry| &entry.value),
        _ => None,
    };
    // A value that is an alias stands elsewhere; the collection's own end is right then.
    match last {
        Some(last) if last.span.start >= node.span.start && last.span.end == node.span.end => last_leaf(last),
        _ => node,
    }
}
