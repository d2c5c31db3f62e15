//! The old id goes into `was`: into the list that is there, in its own style, or on a line of its own after the id.

use crate::edit::emit::{Context, scalar};
use crate::edit::insertion::{dash_column, key_column, refuse};
use crate::edit::patch::{Patch, insert_lines, line_end, next_line};
use crate::edit::{EditError, tree};
use crate::say;
use crate::source::yaml::{Layout, Node, Value};
use crate::source::{FileId, Sources, Span};

/// Adds `old` to the former ids of the entry whose `id` stands at `id_span`. Where `new` is one of them, the entry gets
/// a name back that was its own: `old` then takes the place of `new`, because an id in use cannot be a former one.
pub(super) fn add(
    patch: &mut Patch,
    sources: &Sources,
    root: &Node<'_>,
    id_span: Span,
    old: &str,
    new: &str,
) -> Result<(), EditError> {
    let file = id_span.file;
    let text: &str = &sources.get(file).text;
    let offset = id_span.start as usize;
    let help = say!("write `id: …` on a line of its own, in the usual way");
    let Some(map) = tree::owner(root, "id", id_span) else {
        return Err(refuse(
            sources,
            file,
            offset,
            say!("this id is written in a way that `rename` does not reach"),
            help,
        ));
    };
    let Some(was) = tree::entry(map, "was") else {
        return new_list(patch, sources, file, map, old);
    };
    if !tree::is_written_here(map, was) {
        let help = say!("write the list out instead of referring to it");
        return Err(refuse(
            sources,
            file,
            was.key_span.start as usize,
            say!("`was` refers to another list here"),
            help,
        ));
    }
    match &was.value.value {
        Value::List(items, layout) => {
            if let Some(item) = items.iter().find(|item| item.text() == Some(new)) {
                // Replaced inside its quotation marks, if it has any.
                let raw = sources.slice(item.span);
                let start = item.span.start as usize;
                match raw.find(new) {
                    _ if raw == new => patch.replace(start..start + raw.len(), item_text(old)),
                    Some(offset) => patch.replace(start + offset..start + offset + new.len(), old),
                    None => return Err(refuse(sources, file, start, say!("this id is written with escapes"), help)),
                }
                return Ok(());
            }
            append(patch, sources, file, &was.value, items, *layout, old)
        }
        // `was:` without a value.
        Value::Null => {
            let colon = was.key_span.end as usize;
            let rest = text.get(colon..line_end(text, colon)).unwrap_or("");
            let end = rest.find(" #").map_or(rest.trim_end().len(), |comment| rest[..comment].trim_end().len());
            let plain = matches!(rest[..end].trim_start_matches(':').trim(), "" | "~" | "null");
            match plain && rest.starts_with(':') && map_layout(map) == Layout::Block {
                true => patch.replace(colon..colon + end, format!(": [{}]", item_text(old))),
                false => {
                    return Err(refuse(
                        sources,
                        file,
                        colon,
                        say!("`was` is empty here"),
                        say!("remove the key `was`"),
                    ));
                }
            }
            Ok(())
        }
        _ => {
            let offset = was.value.span.start as usize;
            Err(refuse(sources, file, offset, say!("`was` must be a list"), say!("write `was: [{old}]`", old)))
        }
    }
}

fn append(
    patch: &mut Patch,
    sources: &Sources,
    file: FileId,
    list: &Node<'_>,
    items: &[Node<'_>],
    layout: Layout,
    old: &str,
) -> Result<(), EditError> {
    let text: &str = &sources.get(file).text;
    let (start, end) = (list.span.start as usize, list.span.end as usize);
    let Some(last) = items.last() else {
        patch.insert(start + 1, item_text(old));
        return Ok(());
    };
    let in_place = list.span.start <= last.span.start && last.span.end <= list.span.end;
    if layout == Layout::Flow && in_place {
        patch.insert(last.span.end as usize, format!(", {}", item_text(old)));
        return Ok(());
    }
    match dash_column(text, last.span.start as usize).filter(|_| in_place) {
        Some(column) => {
            insert_lines(patch, text, next_line(text, end), &format!("{}- {}", " ".repeat(column), item_text(old)));
            Ok(())
        }
        None => {
            let help = say!("write each former id on a line of its own: `- old-id`");
            Err(refuse(sources, file, start, say!("this list is written in a way that `rename` does not reach"), help))
        }
    }
}

fn new_list(patch: &mut Patch, sources: &Sources, file: FileId, map: &Node<'_>, old: &str) -> Result<(), EditError> {
    let text: &str = &sources.get(file).text;
    // `owner` found the mapping by this entry.
    let Some(id) = tree::entry(map, "id") else { return Ok(()) };
    let key = id.key_span.start as usize;
    let in_place = tree::is_written_here(map, id);
    let help = say!("write `id: …` on a line of its own, in the usual way");
    if map_layout(map) == Layout::Flow {
        if !in_place {
            return Err(refuse(
                sources,
                file,
                key,
                say!("this id refers to another value"),
                say!("write the id itself"),
            ));
        }
        patch.insert(id.value.span.end as usize, format!(", was: [{}]", item_text(old)));
        return Ok(());
    }
    let Some(column) = key_column(text, key) else {
        return Err(refuse(sources, file, key, say!("this id is written in a way that `rename` does not reach"), help));
    };
    let end = if in_place { id.value.span.end } else { id.key_span.end };
    let line = format!("{}was: [{}]", " ".repeat(column), item_text(old));
    insert_lines(patch, text, next_line(text, end as usize), &line);
    Ok(())
}

/// What the entry's mapping is to say of `was`: the intended change, for the comparison.
pub(super) fn intend<'t>(map: &mut Node<'t>, old: &str, new: &str) {
    let Value::Map(entries, _) = &mut map.value else { return };
    match entries.iter_mut().find(|entry| entry.key == "was") {
        Some(was) => match &mut was.value.value {
            Value::List(items, _) => match items.iter_mut().find(|item| item.text() == Some(new)) {
                Some(item) => *item = tree::text(old),
                None => items.push(tree::text(old)),
            },
            _ => was.value = tree::list(vec![tree::text(old)]),
        },
        None => {
            let index = entries.iter().position(|entry| entry.key == "id").map_or(entries.len(), |id| id + 1);
            let value = tree::list(vec![tree::text(old)]);
            let entry = crate::source::yaml::Entry { key: "was".into(), key_span: Span::default(), value };
            entries.insert(index, entry);
        }
    }
}

fn map_layout(map: &Node<'_>) -> Layout {
    match &map.value {
        Value::Map(_, layout) => *layout,
        _ => Layout::Block,
    }
}

fn item_text(old: &str) -> String {
    scalar(old, Context::Flow)
}
