//! Where a phase's new standards go: after the last of its `standards:`, or under a new key at the end of the phase.

use super::draft::Draft;
use crate::book::{Loaded, Phase};
use crate::edit::emit::Block;
use crate::edit::patch::{Patch, insert_lines, line_end, next_line};
use crate::edit::place::{after, dash_column, key_column, refuse};
use crate::edit::{EditError, tree};
use crate::language::Message;
use crate::say;
use crate::source::yaml::{Layout, Node, Value};

/// How far a list's dashes stand from their key, and its items' keys from their dash, where the file gives no example.
const USUAL: (usize, usize) = (2, 2);

/// Adds the drafts to the phase, whose file is `root`.
pub(super) fn insert(
    patch: &mut Patch,
    loaded: &Loaded,
    root: &Node<'_>,
    phase: &Phase,
    drafts: &[Draft<'_>],
) -> Result<(), EditError> {
    let file = phase.id.span.file;
    let text: &str = &loaded.sources.get(file).text;
    let stop = |at: u32, message: Message, help: Message| refuse(&loaded.sources, file, at as usize, message, help);
    let name = &phase.id.name;
    let block_style = say!("write each key of the phase on a line of its own");
    let map = tree::owner(root, "id", phase.id.span);
    let Some((map, entries)) = map.and_then(|map| match &map.value {
        Value::Map(entries, Layout::Block) => Some((map, entries)),
        _ => None,
    }) else {
        let message = say!("the phase `{name}` stands in brackets, where standards cannot be added", name);
        return Err(stop(phase.id.span.start, message, block_style));
    };
    let Some(standards) = tree::entry(map, "standards") else {
        let column = entries.iter().find_map(|entry| key_column(text, entry.key_span.start as usize));
        let Some(column) = column else {
            let message = say!("the phase `{name}` is written in a way that `convert` does not reach", name);
            return Err(stop(phase.id.span.start, message, block_style));
        };
        let (dash, width) = style(text, map).or_else(|| style(text, root)).unwrap_or(USUAL);
        let mut block = Block::new(column);
        block.under("standards", |_| {});
        let list = items(loaded, drafts, column + dash, width, false);
        // What follows at the phase's own depth belongs to it; a comment less far in introduces what comes next.
        let at = after(text, map, column.saturating_sub(1));
        insert_lines(patch, text, at, &format!("{}\n{list}", block.text()));
        return Ok(());
    };
    let key = standards.key_span;
    if !tree::is_written_here(map, standards) {
        let message = say!("`standards` of the phase `{name}` refers to another list", name);
        return Err(stop(key.start, message, say!("write the list out instead of referring to it")));
    }
    match &standards.value.value {
        Value::List(list, Layout::Block) if !list.is_empty() => {
            let dash = list.last().and_then(|last| dash_column(text, last.span.start as usize));
            let Some(dash) = dash else {
                let message = say!(
                    "the standards of the phase `{name}` are written in a way that `convert` does not reach",
                    name
                );
                return Err(stop(standards.value.span.start, message, say!("begin each standard with `- id: …`")));
            };
            let width = list.iter().rev().find_map(|item| width(text, item, dash)).unwrap_or(USUAL.1);
            let at = after(text, &standards.value, dash);
            let mut lines = items(loaded, drafts, dash, width, is_spaced(text, list));
            if is_spaced(text, list) {
                lines.insert(0, '\n');
            }
            insert_lines(patch, text, at, &lines);
            Ok(())
        }
        // `standards: []`, or the key alone: what stands for "nothing" goes.
        Value::List(list, _) if list.is_empty() => {
            empty(patch, loaded, map, standards.value.span.end as usize, key.start as usize, drafts, "[]")
        }
        Value::Null => {
            let end = next_line(text, key.end as usize);
            empty(patch, loaded, map, line_end(text, key.end as usize).min(end), key.start as usize, drafts, "")
        }
        _ => {
            let message =
                say!("the standards of the phase `{name}` stand in brackets, where drafts cannot be added", name);
            Err(stop(
                standards.value.span.start,
                message,
                say!("write each standard on lines of its own, beginning with `-`"),
            ))
        }
    }
}

/// Fills a `standards:` that holds nothing.
fn empty(
    patch: &mut Patch,
    loaded: &Loaded,
    map: &Node<'_>,
    end: usize,
    key: usize,
    drafts: &[Draft<'_>],
    nothing: &str,
) -> Result<(), EditError> {
    let file = map.span.file;
    let text: &str = &loaded.sources.get(file).text;
    let stop = || {
        let help = say!("remove the key `standards`, or write a standard under it");
        refuse(
            &loaded.sources,
            file,
            key,
            say!("this empty list is written in a way that `convert` does not reach"),
            help,
        )
    };
    let column = key_column(text, key).ok_or_else(stop)?;
    let colon = key + text.get(key..end).and_then(|line| line.find(':')).ok_or_else(stop)?;
    // Up to a comment, which stays.
    let written = text.get(colon + 1..end).unwrap_or("");
    let written = written.find(" #").map_or(written, |comment| &written[..comment]);
    let bare: String = written.split_whitespace().collect();
    if bare != nothing && !(nothing.is_empty() && matches!(bare.as_str(), "~" | "null")) {
        return Err(stop());
    }
    let kept = colon + 1 + written.trim_end().len();
    if kept > colon + 1 {
        patch.replace(colon + 1..kept, "");
    }
    let (dash, width) = style(text, map).unwrap_or(USUAL);
    insert_lines(patch, text, next_line(text, end), &items(loaded, drafts, column + dash, width, false));
    Ok(())
}

/// The drafts as items of a list, with a blank line between them or not.
fn items(loaded: &Loaded, drafts: &[Draft<'_>], dash: usize, width: usize, spaced: bool) -> String {
    let write = |draft: &Draft<'_>| {
        let mut block = Block::new(dash);
        draft.write(&loaded.book, &mut block, width);
        block.text()
    };
    let items: Vec<String> = drafts.iter().map(write).collect();
    items.join(if spaced { "\n\n" } else { "\n" })
}

/// Whether the author sets the items of a list apart by blank lines.
fn is_spaced(text: &str, list: &[Node<'_>]) -> bool {
    let [.., one, other] = list else { return false };
    let between = text.get(one.span.end as usize..other.span.start as usize).unwrap_or("");
    between.lines().skip(1).any(|line| line.trim().is_empty())
}

/// How far from its dash an item's keys stand.
fn width(text: &str, item: &Node<'_>, dash: usize) -> Option<usize> {
    let first = item.entries().first()?;
    key_column(text, first.key_span.start as usize)?.checked_sub(dash).filter(|width| *width >= 2)
}

/// The layout of the first list of mappings below a mapping: dash from key, keys from dash.
fn style(text: &str, map: &Node<'_>) -> Option<(usize, usize)> {
    let of_entry = |entry: &crate::source::yaml::Entry<'_>| {
        let Value::List(items, Layout::Block) = &entry.value.value else { return None };
        let item = items.iter().find(|item| matches!(item.value, Value::Map(_, Layout::Block)))?;
        let key = key_column(text, entry.key_span.start as usize)?;
        let dash = dash_column(text, item.span.start as usize)?;
        Some((dash.checked_sub(key)?, width(text, item, dash)?))
    };
    map.entries().iter().find_map(of_entry)
}
