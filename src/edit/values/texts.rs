//! Texts and lists of texts in the author's layout.

use super::super::emit::{Context, YamlBlock, scalar};
use super::super::insertion::{after, dash_column};
use super::super::patch::{Patch, insert_lines, newline};
use super::super::{EditError, fields, tree};
use super::slot::{Slot, is_block};
use super::{Field, behind};
use crate::book::Loaded;
use crate::source::yaml::{Layout, Node, Value};

/// Languages and texts.
type Texts = Vec<(String, String)>;

/// Sets some languages of a text.
pub(super) fn wordings(
    patch: &mut Patch,
    loaded: &Loaded,
    slot: Slot<'_, '_>,
    wordings: &[(String, Option<String>)],
    source: &str,
) -> Result<(), EditError> {
    if wordings.is_empty() {
        return Ok(());
    }
    let sources = &loaded.sources;
    let old = slot.node();
    let new = merged(old, wordings, source);
    if new.is_empty() {
        return slot.remove(patch, sources);
    }
    match old.map(|node| &node.value) {
        Some(Value::Map(..)) => {
            let map = old.ok_or_else(|| slot.unreached(sources))?;
            for (language, text) in wordings {
                match text {
                    Some(text) => {
                        put_field(patch, loaded, Slot::Key { map, key: language }, &Field::Text(text.clone()), &[])?
                    }
                    None => Slot::Key { map, key: language }.remove(patch, sources)?,
                }
            }
            Ok(())
        }
        _ => whole(patch, loaded, slot, &new, source),
    }
}

/// The languages of a text after some of them were set, in the order that they have.
pub(super) fn merged(old: Option<&Node<'_>>, wordings: &[(String, Option<String>)], source: &str) -> Texts {
    let mut texts = of(old, source);
    for (language, text) in wordings {
        let place = texts.iter().position(|(known, _)| known == language);
        match (place, text) {
            (Some(place), Some(text)) => texts[place].1.clone_from(text),
            (Some(place), None) => {
                texts.remove(place);
            }
            (None, Some(text)) => texts.push((language.clone(), text.clone())),
            (None, None) => {}
        }
    }
    texts
}

/// The languages of a text as it is written.
pub(super) fn of(node: Option<&Node<'_>>, source: &str) -> Texts {
    match node.map(|node| &node.value) {
        Some(Value::Scalar(scalar)) => vec![(source.to_owned(), scalar.text.to_string())],
        Some(Value::Map(entries, _)) => {
            let text =
                |entry: &crate::source::yaml::Entry<'_>| Some((entry.key.to_string(), entry.value.text()?.to_owned()));
            entries.iter().filter_map(text).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a text in these languages stands as one text, without naming its language.
pub(super) fn is_plain(texts: &[(String, String)], source: &str) -> bool {
    matches!(texts, [(language, _)] if language == source)
}

/// A text as a value in brackets, or on one line.
pub(super) fn field(texts: &[(String, String)], source: &str) -> Field {
    match texts {
        [(language, text)] if language == source => Field::Text(text.clone()),
        texts => Field::Map(texts.iter().map(|(tag, text)| (tag.clone(), Field::Text(text.clone()))).collect()),
    }
}

/// Writes a text that stood there as one text, or not at all.
fn whole(
    patch: &mut Patch,
    loaded: &Loaded,
    slot: Slot<'_, '_>,
    texts: &[(String, String)],
    source: &str,
) -> Result<(), EditError> {
    let sources = &loaded.sources;
    match slot {
        Slot::Item { list, .. } => {
            let node = slot.node().ok_or_else(|| slot.unreached(sources))?;
            let text: &str = &sources.get(list.span.file).text;
            let written = match (is_plain(texts, source), slot.column(text)) {
                (true, _) => scalar(&texts[0].1, if slot.is_flow() { Context::Flow } else { Context::Block }),
                (false, Some(column)) => {
                    let mut block = YamlBlock::new(column);
                    texts.iter().for_each(|(language, text)| block.value(language, text));
                    block.text().trim_start().replace('\n', newline(text))
                }
                (false, None) => field(texts, source).written(Context::Flow),
            };
            patch.replace(node.span.range(), written);
            Ok(())
        }
        Slot::Key { map, key } => {
            let text: &str = &sources.get(map.span.file).text;
            let column = slot.column(text).filter(|_| !is_plain(texts, source));
            let Some(column) = column else {
                return put_field(patch, loaded, slot, &field(texts, source), &behind(map, key));
            };
            let mut block = YamlBlock::new(column);
            block.under(key, |block| texts.iter().for_each(|(language, text)| block.value(language, text)));
            put(patch, loaded, slot, column, &block.text())
        }
    }
}

/// Puts a value on the line of its key, whatever stood there.
fn put_field(
    patch: &mut Patch,
    loaded: &Loaded,
    slot: Slot<'_, '_>,
    value: &Field,
    behind: &[&str],
) -> Result<(), EditError> {
    let Slot::Key { map, key } = slot else { return Err(slot.unreached(&loaded.sources)) };
    match slot.node().is_some_and(is_block) {
        true => {
            let line = format!("{}: {}", scalar(key, Context::Key), value.written(Context::Block));
            slot.replace_lines(patch, &loaded.sources, &line)
        }
        false => fields::set(patch, &loaded.sources, map, key, value, behind),
    }
}

/// Puts lines in the place of a key and its value, or where a new key belongs.
fn put(patch: &mut Patch, loaded: &Loaded, slot: Slot<'_, '_>, column: usize, lines: &str) -> Result<(), EditError> {
    let Slot::Key { map, key } = slot else { return Err(slot.unreached(&loaded.sources)) };
    let text: &str = &loaded.sources.get(map.span.file).text;
    match slot.entry() {
        Some(entry) if entry.value.value != Value::Null => {
            // A comment behind the value stays on the key's line.
            let end = entry.value.span.end as usize;
            let between = text.get(entry.key_span.end as usize..entry.value.span.start as usize);
            if between.is_none_or(|between| between.trim() != ":") || is_block(&entry.value) {
                return slot.replace_lines(patch, &loaded.sources, lines.trim_start());
            }
            let behind_key = lines.trim_start().strip_prefix(key).unwrap_or_default();
            patch.replace(entry.key_span.end as usize..end, behind_key.replace('\n', newline(text)));
            Ok(())
        }
        Some(entry) => {
            let start = super::super::patch::line_start(text, entry.key_span.start as usize);
            let end = super::super::patch::line_end(text, entry.key_span.end as usize);
            let lead = entry.key_span.start as usize - start;
            patch.replace(start + lead..end, lines.trim_start().replace('\n', newline(text)));
            Ok(())
        }
        None => {
            let entries = map.entries();
            let last = behind(map, key);
            let anchor = last.first().and_then(|name| tree::entry(map, name));
            let anchor = anchor.or(entries.last()).ok_or_else(|| slot.unreached(&loaded.sources))?;
            let offset = match anchor.value.value {
                Value::Null => super::super::patch::next_line(text, anchor.key_span.end as usize),
                _ => after(text, &anchor.value, column),
            };
            insert_lines(patch, text, offset, lines);
            Ok(())
        }
    }
}

/// Writes a list of texts; items that stay keep their bytes.
pub(super) fn list(
    patch: &mut Patch,
    loaded: &Loaded,
    slot: Slot<'_, '_>,
    new: &[Texts],
    source: &str,
) -> Result<(), EditError> {
    let sources = &loaded.sources;
    if new.is_empty() {
        return slot.remove(patch, sources);
    }
    let Slot::Key { map, key } = slot else { return Err(slot.unreached(sources)) };
    let text: &str = &sources.get(map.span.file).text;
    if let Some(node) = slot.node()
        && let Value::List(old, layout) = &node.value
        && !old.is_empty()
        && (*layout == Layout::Block || old.len() == new.len())
    {
        for (index, texts) in new.iter().enumerate().take(old.len()) {
            wordings(patch, loaded, Slot::Item { list: node, index }, &changes(&old[index], texts, source), source)?;
        }
        for index in new.len()..old.len() {
            Slot::Item { list: node, index }.remove(patch, sources)?;
        }
        if let Some(more) = new.get(old.len()..).filter(|more| !more.is_empty()) {
            let last = Slot::Item { list: node, index: old.len() - 1 };
            let dash = old.last().and_then(|last| dash_column(text, last.span.start as usize));
            let dash = dash.ok_or_else(|| slot.unreached(sources))?;
            let mut block = YamlBlock::new(dash);
            more.iter().for_each(|texts| item(&mut block, texts, source));
            last.add_behind(patch, sources, &block.text())?;
        }
        return Ok(());
    }
    match slot.column(text) {
        Some(column) => {
            let mut block = YamlBlock::new(column);
            block.under(key, |block| new.iter().for_each(|texts| item(block, texts, source)));
            put(patch, loaded, slot, column, &block.text())
        }
        None => {
            let items = new.iter().map(|texts| field(texts, source)).collect();
            fields::set(patch, sources, map, key, &Field::Maps(items), &behind(map, key))
        }
    }
}

/// What of an item is to be set so that it has those languages and no other.
pub(super) fn changes(old: &Node<'_>, new: &Texts, source: &str) -> Vec<(String, Option<String>)> {
    let old = of(Some(old), source);
    let gone = old.iter().filter(|(language, _)| !new.iter().any(|(kept, _)| kept == language));
    let gone = gone.map(|(language, _)| (language.clone(), None));
    let set = new.iter().filter(|pair| !old.contains(pair));
    set.map(|(language, text)| (language.clone(), Some(text.clone()))).chain(gone).collect()
}

fn item(block: &mut YamlBlock, texts: &Texts, source: &str) {
    if is_plain(texts, source) {
        return block.item_text(&texts[0].1);
    }
    block.item(2, |block| texts.iter().for_each(|(language, text)| block.value(language, text)));
}
