//! Setting values of a mapping where an author wrote it: in the key's own place, or as a new key beside the others.

use super::emit::{Context, scalar};
use super::insertion::{after, key_column, refuse};
use super::patch::{Patch, insert_lines, line_end};
use super::{EditError, tree};
use crate::say;
use crate::source::Sources;
use crate::source::yaml::{Entry, Layout, Node, Scalar, Style, Value};

/// A value to write.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Field {
    /// A text on one line.
    Text(String),
    /// A truth value.
    Flag(bool),
    /// A number, as it is to stand in the file.
    Number(String),
    /// Several texts in brackets.
    List(Vec<String>),
    /// A mapping in brackets.
    Map(Vec<(String, Field)>),
    /// Several values in brackets.
    Maps(Vec<Field>),
}

impl Field {
    /// As it stands in a file.
    pub(super) fn written(&self, context: Context) -> String {
        match self {
            Field::Text(text) => scalar(text, context),
            Field::Flag(value) => value.to_string(),
            Field::Number(number) => number.clone(),
            Field::List(items) => {
                let items: Vec<String> = items.iter().map(|item| scalar(item, Context::Flow)).collect();
                format!("[{}]", items.join(", "))
            }
            Field::Maps(items) => {
                let items: Vec<String> = items.iter().map(|item| item.written(Context::Flow)).collect();
                format!("[{}]", items.join(", "))
            }
            Field::Map(fields) => {
                let pair = |(key, value): &(String, Field)| {
                    format!("{}: {}", scalar(key, Context::Key), value.written(Context::Flow))
                };
                format!("{{{}}}", fields.iter().map(pair).collect::<Vec<_>>().join(", "))
            }
        }
    }

    /// As a tree without places, for what an edit is meant to say.
    pub(super) fn node(&self) -> Node<'static> {
        match self {
            Field::Text(text) => tree::text(text),
            Field::Flag(value) => bare(value.to_string()),
            Field::Number(number) => bare(number.clone()),
            Field::List(items) => tree::list(items.iter().map(|item| tree::text(item)).collect()),
            Field::Maps(items) => tree::list(items.iter().map(Field::node).collect()),
            Field::Map(fields) => {
                let entry = |(key, value): &(String, Field)| entry_of(key, value);
                let entries = fields.iter().map(entry).collect();
                Node { span: crate::source::Span::default(), value: Value::Map(entries, Layout::Block) }
            }
        }
    }
}

/// A number or a truth value.
fn bare(text: String) -> Node<'static> {
    let scalar = Scalar { text: text.into(), style: Style::Plain };
    Node { span: crate::source::Span::default(), value: Value::Scalar(scalar) }
}

fn entry_of(key: &str, value: &Field) -> Entry<'static> {
    Entry { key: key.to_owned().into(), key_span: crate::source::Span::default(), value: value.node() }
}

/// Sets `key` of the mapping `map`: replaces its value, fills the empty place after it, or adds it behind the key
/// `behind` (the first there is of them), else at the end.
pub(super) fn set(
    patch: &mut Patch,
    sources: &Sources,
    map: &Node<'_>,
    key: &str,
    value: &Field,
    behind: &[&str],
) -> Result<(), EditError> {
    let file = map.span.file;
    let text: &str = &sources.get(file).text;
    let Value::Map(entries, layout) = &map.value else {
        let help = say!("write it as a mapping, each key on a line of its own");
        return Err(refuse(sources, file, map.span.start as usize, say!("this is no mapping"), help));
    };
    let context = if *layout == Layout::Flow { Context::Flow } else { Context::Block };
    if let Some(entry) = entries.iter().find(|entry| entry.key == key) {
        return fill(patch, sources, map, entry, &value.written(context));
    }
    let anchor =
        behind.iter().rev().find_map(|name| entries.iter().find(|entry| entry.key == *name)).or(entries.last());
    let Some(anchor) = anchor else {
        // `{}`
        patch.insert(map.span.start as usize + 1, format!("{key}: {}", value.written(Context::Flow)));
        return Ok(());
    };
    if *layout == Layout::Flow {
        let in_place = tree::is_written_here(map, anchor);
        let end = anchor.value.span.end.max(anchor.key_span.end) as usize;
        // A key without a value ends with its colon.
        let end = match &anchor.value.value {
            Value::Null => text
                .get(anchor.key_span.end as usize..map.span.end as usize)
                .and_then(|rest| rest.find([',', '}']))
                .map_or(end, |offset| anchor.key_span.end as usize + offset),
            _ => end,
        };
        if !in_place {
            let help = say!("write the value out instead of referring to it");
            return Err(refuse(
                sources,
                file,
                anchor.key_span.start as usize,
                say!("this refers to another value"),
                help,
            ));
        }
        patch.insert(end, format!(", {key}: {}", value.written(Context::Flow)));
        return Ok(());
    }
    let Some(column) = key_column(text, anchor.key_span.start as usize) else {
        let help = say!("write each key on a line of its own");
        let message = say!("this mapping is written in a way that the program does not reach");
        return Err(refuse(sources, file, anchor.key_span.start as usize, message, help));
    };
    let offset = match &anchor.value.value {
        Value::Null => super::patch::next_line(text, anchor.key_span.end as usize),
        _ => after(text, &anchor.value, column),
    };
    insert_lines(patch, text, offset, &format!("{}{key}: {}", " ".repeat(column), value.written(context)));
    Ok(())
}

/// Takes a key with a value on its line out of a mapping, with the line. Nothing happens where there is no such key.
pub(super) fn remove(patch: &mut Patch, sources: &Sources, map: &Node<'_>, key: &str) -> Result<(), EditError> {
    let Some(entry) = tree::entry(map, key) else { return Ok(()) };
    let file = map.span.file;
    let text: &str = &sources.get(file).text;
    let start = entry.key_span.start as usize;
    let end = entry.value.span.end.max(entry.key_span.end) as usize;
    let line = super::patch::line_start(text, start);
    let is_alone = matches!(&map.value, Value::Map(_, Layout::Block))
        && tree::is_written_here(map, entry)
        && text.get(line..start).is_some_and(|before| before.bytes().all(|byte| byte == b' '))
        && !text.get(start..end).unwrap_or("\n").contains('\n');
    if !is_alone {
        let message = say!("the value of `{key}` is written in a way that the program does not reach", key);
        return Err(refuse(sources, file, start, message, say!("write it as `key: value` on one line")));
    }
    patch.replace(line..super::patch::next_line(text, end), "");
    Ok(())
}

/// Takes the value of a key away that stands on the key's line, and leaves the key. Nothing happens where there is no such key.
#[cfg(feature = "desk")]
pub(super) fn clear(patch: &mut Patch, sources: &Sources, map: &Node<'_>, key: &str) -> Result<(), EditError> {
    let Some(entry) = tree::entry(map, key).filter(|entry| entry.value.value != Value::Null) else { return Ok(()) };
    let file = map.span.file;
    let text: &str = &sources.get(file).text;
    let (start, end) = (entry.key_span.end as usize, entry.value.span.end as usize);
    let between = text.get(start..entry.value.span.start as usize).unwrap_or("");
    let is_plain = tree::is_written_here(map, entry)
        && matches!(entry.value.value, Value::Scalar(_))
        && between.trim() == ":"
        && !text.get(start..end).unwrap_or("\n").contains('\n');
    if !is_plain {
        let message = say!("the value of `{key}` is written in a way that the program does not reach", key);
        return Err(refuse(sources, file, start, message, say!("write it as `key: value` on one line")));
    }
    patch.replace(start..end, if is_flow(map) { ": " } else { ":" });
    Ok(())
}

/// Puts `written` in the place of a value, or after a key that has none.
pub(super) fn fill(
    patch: &mut Patch,
    sources: &Sources,
    map: &Node<'_>,
    entry: &Entry<'_>,
    written: &str,
) -> Result<(), EditError> {
    let file = map.span.file;
    let text: &str = &sources.get(file).text;
    let key_end = entry.key_span.end as usize;
    let stop = || {
        let message = say!("the value of `{key}` is written in a way that the program does not reach", key = entry.key);
        refuse(sources, file, entry.key_span.start as usize, message, say!("write it as `key: value` on one line"))
    };
    if !tree::is_written_here(map, entry) {
        return Err(stop());
    }
    if entry.value.value != Value::Null {
        let flow_or_scalar = match &entry.value.value {
            Value::Scalar(_) | Value::Null => true,
            Value::List(_, layout) | Value::Map(_, layout) => *layout == Layout::Flow,
        };
        // An anchor or a tag before the value would stay and mean something else.
        let between = text.get(key_end..entry.value.span.start as usize).unwrap_or("");
        if !flow_or_scalar || between.trim() != ":" {
            return Err(stop());
        }
        patch.replace(entry.value.span.range(), written);
        return Ok(());
    }
    let rest = text.get(key_end..line_end(text, key_end)).unwrap_or("");
    let Some(colon) = rest.find(':').filter(|offset| rest[..*offset].trim().is_empty()) else { return Err(stop()) };
    let behind = &rest[colon + 1..];
    let end = behind.find(" #").unwrap_or(behind.len());
    // In brackets the place ends at the next comma.
    let end = if is_flow(map) { behind.find([',', '}']).unwrap_or(end) } else { end };
    let nothing = behind[..end].trim();
    if !matches!(nothing, "" | "~" | "null") {
        return Err(stop());
    }
    let start = key_end + colon + 1;
    let kept = behind[..end].trim_end().len();
    patch.replace(start..start + kept, format!(" {written}"));
    Ok(())
}

fn is_flow(map: &Node<'_>) -> bool {
    matches!(&map.value, Value::Map(_, Layout::Flow))
}

/// Makes the same change to a tree: what the file is meant to say afterwards. The order is that of [`set`].
pub(super) fn intend<'t>(map: &mut Node<'t>, key: &str, value: &Field, behind: &[&str]) {
    let Value::Map(entries, _) = &mut map.value else { return };
    if let Some(entry) = entries.iter_mut().find(|entry| entry.key == key) {
        entry.value = value.node();
        return;
    }
    let anchor = behind.iter().rev().find_map(|name| entries.iter().position(|entry| entry.key == *name));
    let index = anchor.map_or(entries.len(), |anchor| anchor + 1);
    entries.insert(index, entry_of(key, value));
}
