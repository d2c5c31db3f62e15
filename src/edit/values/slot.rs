//! The place of a value in a tree: under a key of a mapping, or an item of a list.

use super::super::insertion::{after, dash_column, key_column, refuse};
use super::super::patch::{Patch, insert_lines, line_start, newline, next_line};
use super::super::{EditError, tree};
use super::TreeStep;
use crate::say;
use crate::source::Sources;
use crate::source::yaml::{Entry, Layout, Node, Style, Value};

/// The place of a value, whether or not there is one.
#[derive(Clone, Copy, Debug)]
pub(super) enum Slot<'a, 't> {
    /// Under a key.
    Key {
        /// The mapping.
        map: &'a Node<'t>,
        /// The key.
        key: &'a str,
    },
    /// An item.
    Item {
        /// The list.
        list: &'a Node<'t>,
        /// Which, from 0.
        index: usize,
    },
}

/// The place at the end of a way; none where the way leads nowhere.
pub(super) fn slot<'a, 't>(owner: &'a Node<'t>, path: &'a [TreeStep]) -> Option<Slot<'a, 't>> {
    let mut reached = Some(owner);
    let mut found = None;
    for step in path {
        let node = reached?;
        match (step, &node.value) {
            (TreeStep::Key(key), Value::Map(..)) => {
                found = Some(Slot::Key { map: node, key });
                reached = node.get(key);
            }
            (TreeStep::Item(index), Value::List(items, _)) => {
                found = Some(Slot::Item { list: node, index: *index });
                reached = items.get(*index);
            }
            (TreeStep::Item(0), _) => {}
            _ => return None,
        }
    }
    found
}

/// Whether a value stands on lines of its own: a list, a mapping, or a text behind `|` or `>`.
pub(super) fn is_block(node: &Node<'_>) -> bool {
    let is_text = matches!(&node.value, Value::Scalar(scalar) if scalar.style == Style::Block);
    is_text || matches!(node.value, Value::List(_, Layout::Block) | Value::Map(_, Layout::Block))
}

impl<'a, 't> Slot<'a, 't> {
    /// What stands there; none also where the key has no value.
    pub fn node(self) -> Option<&'a Node<'t>> {
        let node = match self {
            Slot::Key { map, key } => map.get(key),
            Slot::Item { list, index } => list.items().get(index),
        };
        node.filter(|node| node.value != Value::Null)
    }

    /// The key with its value.
    pub fn entry(self) -> Option<&'a Entry<'t>> {
        match self {
            Slot::Key { map, key } => tree::entry(map, key),
            Slot::Item { .. } => None,
        }
    }

    /// Whether it stands in brackets.
    pub fn is_flow(self) -> bool {
        let node = match self {
            Slot::Key { map, .. } => map,
            Slot::Item { list, .. } => list,
        };
        matches!(node.value, Value::List(_, Layout::Flow) | Value::Map(_, Layout::Flow))
    }

    /// The refusal of a value that is written in another way than the program reaches.
    pub fn unreached(self, sources: &Sources) -> EditError {
        let node = match self {
            Slot::Key { map, .. } => map,
            Slot::Item { list, .. } => list,
        };
        let span = self.node().unwrap_or(node).span;
        let message = say!("this value is written in a way that the program does not reach");
        refuse(sources, span.file, span.start as usize, message, say!("write each key on a line of its own"))
    }

    /// Whether the value is written here, and not referred to.
    fn is_here(self) -> bool {
        match self {
            Slot::Key { map, key } => tree::entry(map, key).is_none_or(|entry| tree::is_written_here(map, entry)),
            Slot::Item { list, index } => list
                .items()
                .get(index)
                .is_some_and(|item| list.span.start <= item.span.start && item.span.end <= list.span.end),
        }
    }

    /// The column at which the key, or the item behind its dash, begins; none in brackets.
    pub fn column(self, text: &str) -> Option<usize> {
        if self.is_flow() || !self.is_here() {
            return None;
        }
        match self {
            Slot::Key { map, .. } => {
                let entry = self.entry().or_else(|| map.entries().first())?;
                key_column(text, entry.key_span.start as usize)
            }
            Slot::Item { .. } => key_column(text, self.node()?.span.start as usize),
        }
    }

    /// The lines that it takes, with those of its value: the start of the first, the start of the next behind them.
    fn lines(self, text: &str) -> Option<(usize, usize)> {
        self.column(text)?;
        match self {
            Slot::Key { .. } => {
                let entry = self.entry()?;
                let start = line_start(text, entry.key_span.start as usize);
                let is_alone = text.get(start..entry.key_span.start as usize)?.bytes().all(|byte| byte == b' ');
                let column = key_column(text, entry.key_span.start as usize)?;
                let end = match entry.value.value {
                    Value::Null => next_line(text, entry.key_span.end as usize),
                    _ => after(text, &entry.value, column),
                };
                is_alone.then_some((start, end))
            }
            Slot::Item { .. } => {
                let node = self.node()?;
                let dash = dash_column(text, node.span.start as usize)?;
                let start = line_start(text, node.span.start as usize);
                Some((start, after(text, node, dash)))
            }
        }
    }

    /// Takes it out, with its lines; in brackets, with its comma.
    pub fn remove(self, patch: &mut Patch, sources: &Sources) -> Result<(), EditError> {
        let Slot::Key { map, key } = self else {
            let node = self.node().ok_or_else(|| self.unreached(sources))?;
            let text: &str = &sources.get(node.span.file).text;
            let (start, end) = self.lines(text).ok_or_else(|| self.unreached(sources))?;
            patch.replace(start..end, "");
            return Ok(());
        };
        let Some(index) = map.entries().iter().position(|entry| entry.key == key) else { return Ok(()) };
        let text: &str = &sources.get(map.span.file).text;
        if !self.is_here() {
            return Err(self.unreached(sources));
        }
        if self.is_flow() {
            let end = |entry: &Entry<'_>| entry.value.span.end.max(entry.key_span.end) as usize;
            let entries = map.entries();
            let range = match (index.checked_sub(1).map(|before| &entries[before]), entries.get(index + 1)) {
                (Some(before), _) => end(before)..end(&entries[index]),
                (None, Some(next)) => entries[index].key_span.start as usize..next.key_span.start as usize,
                (None, None) => entries[index].key_span.start as usize..end(&entries[index]),
            };
            patch.replace(range, "");
            return Ok(());
        }
        let (start, end) = self.lines(text).ok_or_else(|| self.unreached(sources))?;
        patch.replace(start..end, "");
        Ok(())
    }

    /// Puts other lines in the place of the key, its value and their lines; each but the first has its own indentation.
    pub fn replace_lines(self, patch: &mut Patch, sources: &Sources, lines: &str) -> Result<(), EditError> {
        let node = self.node().ok_or_else(|| self.unreached(sources))?;
        let text: &str = &sources.get(node.span.file).text;
        let key = self.entry().ok_or_else(|| self.unreached(sources))?.key_span.start as usize;
        self.column(text).ok_or_else(|| self.unreached(sources))?;
        let column = key_column(text, key).ok_or_else(|| self.unreached(sources))?;
        let end = after(text, node, column);
        let break_at = newline(text);
        let last = if text[..end].ends_with('\n') { break_at } else { "" };
        patch.replace(key..end, format!("{}{last}", lines.replace('\n', break_at)));
        Ok(())
    }

    /// Adds lines behind an item of a list on lines of its own.
    pub fn add_behind(self, patch: &mut Patch, sources: &Sources, lines: &str) -> Result<(), EditError> {
        let node = self.node().ok_or_else(|| self.unreached(sources))?;
        let text: &str = &sources.get(node.span.file).text;
        let (_, end) = self.lines(text).ok_or_else(|| self.unreached(sources))?;
        insert_lines(patch, text, end, lines);
        Ok(())
    }
}
