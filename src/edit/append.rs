//! Adding to a mapping of an author's file: items at the end of one of its lists, or a new key at its end, in the layout
//! that the file has.

use super::emit::{Context, YamlBlock, scalar};
use super::insertion::{after, dash_column, key_column, refuse};
use super::patch::{Patch, insert_lines, line_end, next_line};
use super::{EditError, FileEdit, tree, verify};
use crate::book::Loaded;
use crate::message::Message;
use crate::say;
use crate::source::yaml::{self, Entry, Layout, Node, Value};
use crate::source::{FileId, Span};

/// How far a list's dashes stand from their key, and its items' keys from their dash, where the file gives no example.
const USUAL: (usize, usize) = (2, 2);

/// The mapping to add to, and the key of it.
#[derive(Clone, Copy, Debug)]
pub(super) struct AppendTarget<'a> {
    /// The file.
    pub file: FileId,
    /// Where its id stands; none for the top of the file.
    pub owner: Option<Span>,
    /// What to call it in a refusal, such as *the phase `check-in`*.
    pub name: &'a Message,
    /// The key.
    pub key: &'a str,
}

/// An item of a list: written with its keys so many columns after the dash.
pub(super) type NewItem<'a> = Box<dyn Fn(&mut YamlBlock, usize) + 'a>;

/// What is added under the key.
pub(super) enum Content<'a> {
    /// Mappings, at the end of a list.
    Items(Vec<NewItem<'a>>),
    /// Names, at the end of a list.
    Names(Vec<String>),
    /// A value, where the key has none.
    Value(String),
}

/// Adds to a file, and proves that it then says what it said and that.
pub(super) fn added(
    loaded: &Loaded,
    root: &Node<'_>,
    additions: &[(AppendTarget<'_>, &Content<'_>)],
) -> Result<FileEdit, EditError> {
    let source = loaded.sources.get(root.span.file);
    let not_kept = |detail: Message| verify::not_kept(source, detail);
    let mut patch = Patch::default();
    let mut texts = Vec::new();
    for (target, content) in additions {
        let mut alone = YamlBlock::new(0);
        match content {
            Content::Items(new) => {
                items(&mut patch, loaded, root, *target, new)?;
                alone.under("added", |block| new.iter().for_each(|item| item(block, 2)));
            }
            Content::Names(new) => {
                names(&mut patch, loaded, root, *target, new)?;
                alone.flow("added", new.iter().map(String::as_str));
            }
            Content::Value(new) => {
                value(&mut patch, loaded, root, *target, new)?;
                alone.value("added", new);
            }
        }
        texts.push(alone.text());
    }
    let mut intended = root.clone();
    for ((target, _), text) in additions.iter().zip(&texts) {
        let added = yaml::parse(target.file, text).map_err(|_| not_kept(say!("it would not be YAML")))?;
        let added = added.get("added").cloned().ok_or_else(|| not_kept(say!("nothing would be added")))?;
        match target.owner {
            None => intend(&mut intended, target.key, added),
            Some(id) => tree::each_mut(&mut intended, &mut |node| {
                if node.get("id").is_some_and(|value| value.span == id) {
                    intend(node, target.key, added.clone());
                }
            }),
        }
    }
    verify::as_intended(source, &patch, &intended)
}

/// The intended change: what is added at the end of a key's list, or the key with it.
fn intend<'t>(map: &mut Node<'t>, key: &str, mut added: Node<'t>) {
    let Value::Map(entries, _) = &mut map.value else { return };
    match entries.iter_mut().find(|entry| entry.key == key) {
        Some(entry) => match (&mut entry.value.value, &mut added.value) {
            (Value::List(old, _), Value::List(new, _)) => old.append(new),
            (other, Value::List(new, _)) => *other = Value::List(std::mem::take(new), Layout::Block),
            (other, _) => *other = added.value,
        },
        None => entries.push(Entry { key: key.to_owned().into(), key_span: Span::default(), value: added }),
    }
}

/// Adds items that are mappings to the list; makes the list where there is none.
pub(super) fn items(
    patch: &mut Patch,
    loaded: &Loaded,
    root: &Node<'_>,
    target: AppendTarget<'_>,
    new: &[NewItem<'_>],
) -> Result<(), EditError> {
    let AppendTarget { file, name, key, .. } = target;
    let text: &str = &loaded.sources.get(file).text;
    let stop =
        |offset: u32, message: Message, help: Message| refuse(&loaded.sources, file, offset as usize, message, help);
    let map = mapping(loaded, root, target)?;
    let Some(list) = tree::entry(map, key) else {
        let column = column(loaded, map, target)?;
        let (dash, width) = style(text, map).or_else(|| style(text, root)).unwrap_or(USUAL);
        let mut block = YamlBlock::new(column);
        block.under(key, |_| {});
        let lines = written(new, column + dash, width, false);
        insert_lines(patch, text, end_of(text, map, column), &format!("{}\n{lines}", block.text()));
        return Ok(());
    };
    let start = list.key_span.start;
    if !tree::is_written_here(map, list) {
        let message = say!("`{key}` of {name} refers to another list", key, name = name.clone());
        return Err(stop(start, message, say!("write the list out instead of referring to it")));
    }
    match &list.value.value {
        Value::List(old, Layout::Block) if !old.is_empty() => {
            let dash = old.last().and_then(|last| dash_column(text, last.span.start as usize));
            let Some(dash) = dash else {
                let message = say!(
                    "`{key}` of {name} is written in a way that nothing can be added to it",
                    key,
                    name = name.clone()
                );
                let help = say!("begin each item with a dash on a line of its own");
                return Err(stop(list.value.span.start, message, help));
            };
            let width = old.iter().rev().find_map(|item| width(text, item, dash)).unwrap_or(USUAL.1);
            let offset = after(text, &list.value, dash);
            let spaced = is_spaced(text, old);
            let mut lines = written(new, dash, width, spaced);
            if spaced {
                lines.insert(0, '\n');
            }
            insert_lines(patch, text, offset, &lines);
            Ok(())
        }
        // `standards: []`, or the key alone: what stands for "nothing" goes.
        Value::List(old, _) if old.is_empty() => empty(patch, loaded, root, map, target, list, new, "[]"),
        Value::Null => empty(patch, loaded, root, map, target, list, new, ""),
        _ => {
            let message =
                say!("`{key}` of {name} stands in brackets, where nothing can be added", key, name = name.clone());
            Err(stop(list.value.span.start, message, say!("write each item on lines of its own, beginning with `-`")))
        }
    }
}

/// Adds names to a list of names, in brackets or not; makes one in brackets where there is none.
pub(super) fn names(
    patch: &mut Patch,
    loaded: &Loaded,
    root: &Node<'_>,
    target: AppendTarget<'_>,
    new: &[String],
) -> Result<(), EditError> {
    let text: &str = &loaded.sources.get(target.file).text;
    let map = mapping(loaded, root, target)?;
    let flow = |list: &Entry<'_>| match &list.value.value {
        Value::List(old, Layout::Flow) if tree::is_written_here(map, list) => old.last().map(|last| last.span.end),
        _ => None,
    };
    let list = tree::entry(map, target.key);
    if let Some(end) = list.and_then(flow) {
        let new: String = new.iter().map(|name| format!(", {}", scalar(name, Context::Flow))).collect();
        patch.insert(end as usize, new);
        return Ok(());
    }
    if list.is_some() {
        let item = |name: &String| -> NewItem<'_> {
            let name = name.clone();
            Box::new(move |block, _| block.item_text(&name))
        };
        return items(patch, loaded, root, target, &new.iter().map(item).collect::<Vec<_>>());
    }
    let column = column(loaded, map, target)?;
    let mut block = YamlBlock::new(column);
    block.flow(target.key, new.iter().map(String::as_str));
    insert_lines(patch, text, end_of(text, map, column), &block.text());
    Ok(())
}

/// Adds a key with a value on one line, at the end of the mapping.
pub(super) fn value(
    patch: &mut Patch,
    loaded: &Loaded,
    root: &Node<'_>,
    target: AppendTarget<'_>,
    value: &str,
) -> Result<(), EditError> {
    let text: &str = &loaded.sources.get(target.file).text;
    let map = mapping(loaded, root, target)?;
    let column = column(loaded, map, target)?;
    let mut block = YamlBlock::new(column);
    block.value(target.key, value);
    insert_lines(patch, text, end_of(text, map, column), &block.text());
    Ok(())
}

/// The mapping, which must not stand in brackets.
fn mapping<'a, 't>(loaded: &Loaded, root: &'a Node<'t>, target: AppendTarget<'_>) -> Result<&'a Node<'t>, EditError> {
    let map = match target.owner {
        None => Some(root),
        Some(id) => tree::owner(root, "id", id),
    };
    map.filter(|map| matches!(map.value, Value::Map(_, Layout::Block))).ok_or_else(|| {
        let start = target.owner.map_or(0, |id| id.start as usize);
        let (name, key) = (target.name.clone(), target.key);
        let message = say!("{name} stands in brackets, where `{key}` cannot be added", name, key);
        refuse(&loaded.sources, target.file, start, message, say!("write each key on a line of its own"))
    })
}

/// The column of the mapping's keys.
fn column(loaded: &Loaded, map: &Node<'_>, target: AppendTarget<'_>) -> Result<usize, EditError> {
    let text: &str = &loaded.sources.get(target.file).text;
    map.entries().iter().find_map(|entry| key_column(text, entry.key_span.start as usize)).ok_or_else(|| {
        let start = target.owner.map_or(0, |id| id.start as usize);
        let message = say!("{name} is written in a way that nothing can be added to it", name = target.name.clone());
        refuse(&loaded.sources, target.file, start, message, say!("write each key on a line of its own"))
    })
}

/// Where a mapping ends. What follows at its own depth belongs to it; a comment less far in introduces what comes next.
fn end_of(text: &str, map: &Node<'_>, column: usize) -> usize {
    after(text, map, column.saturating_sub(1))
}

/// Fills a list that holds nothing.
#[expect(clippy::too_many_arguments, reason = "what is needed to find the place and to write there")]
fn empty(
    patch: &mut Patch,
    loaded: &Loaded,
    root: &Node<'_>,
    map: &Node<'_>,
    target: AppendTarget<'_>,
    list: &Entry<'_>,
    new: &[NewItem<'_>],
    nothing: &str,
) -> Result<(), EditError> {
    let text: &str = &loaded.sources.get(target.file).text;
    let key = list.key_span.start as usize;
    let end = match list.value.value {
        Value::Null => line_end(text, list.key_span.end as usize).min(next_line(text, list.key_span.end as usize)),
        _ => list.value.span.end as usize,
    };
    let stop = || {
        let message = say!("this empty `{key}` is written in a way that nothing can be added to it", key = target.key);
        refuse(&loaded.sources, target.file, key, message, say!("remove the key, or write an item under it"))
    };
    let column = key_column(text, key).ok_or_else(stop)?;
    let colon = key + text.get(key..end).and_then(|line| line.find(':')).ok_or_else(stop)?;
    // Up to a comment, which stays.
    let written_there = text.get(colon + 1..end).unwrap_or("");
    let written_there = written_there.find(" #").map_or(written_there, |comment| &written_there[..comment]);
    let bare: String = written_there.split_whitespace().collect();
    if bare != nothing && !(nothing.is_empty() && matches!(bare.as_str(), "~" | "null")) {
        return Err(stop());
    }
    let kept = colon + 1 + written_there.trim_end().len();
    if kept > colon + 1 {
        patch.replace(colon + 1..kept, "");
    }
    let (dash, width) = style(text, map).or_else(|| style(text, root)).unwrap_or(USUAL);
    insert_lines(patch, text, next_line(text, end), &written(new, column + dash, width, false));
    Ok(())
}

/// The items, with a blank line between them or not.
fn written(new: &[NewItem<'_>], dash: usize, width: usize, spaced: bool) -> String {
    let write = |item: &NewItem<'_>| {
        let mut block = YamlBlock::new(dash);
        item(&mut block, width);
        block.text()
    };
    new.iter().map(write).collect::<Vec<_>>().join(if spaced { "\n\n" } else { "\n" })
}

/// Whether the author sets the items of a list apart by blank lines.
fn is_spaced(text: &str, list: &[Node<'_>]) -> bool {
    let [.., previous, last] = list else { return false };
    let between = text.get(previous.span.end as usize..last.span.start as usize).unwrap_or("");
    between.lines().skip(1).any(|line| line.trim().is_empty())
}

/// How far from its dash an item's keys stand.
fn width(text: &str, item: &Node<'_>, dash: usize) -> Option<usize> {
    let first = item.entries().first()?;
    key_column(text, first.key_span.start as usize)?.checked_sub(dash).filter(|width| *width >= 2)
}

/// The layout of the first list of mappings below a mapping: dash from key, keys from dash.
fn style(text: &str, map: &Node<'_>) -> Option<(usize, usize)> {
    let of_entry = |entry: &Entry<'_>| {
        let Value::List(items, Layout::Block) = &entry.value.value else { return None };
        let item = items.iter().find(|item| matches!(item.value, Value::Map(_, Layout::Block)))?;
        let key = key_column(text, entry.key_span.start as usize)?;
        let dash = dash_column(text, item.span.start as usize)?;
        Some((dash.checked_sub(key)?, width(text, item, dash)?))
    };
    map.entries().iter().find_map(of_entry)
}
