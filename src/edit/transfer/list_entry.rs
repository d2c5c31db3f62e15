//! An entry of a list as it is written: its lines, the comments above it, and how they stand elsewhere.

use std::ops::Range;

use crate::edit::append::NewItem;
use crate::edit::insertion::{after, dash_column, key_column, refuse};
use crate::edit::patch::{Patch, line_end, line_start, next_line};
use crate::edit::{EditError, tree};
use crate::say;
use crate::source::yaml::{Layout, Node, Value};
use crate::source::{FileId, Source, Sources};

/// An entry of a list that stands on lines of its own.
#[derive(Clone, Debug)]
pub(super) struct WrittenEntry {
    /// Its lines with the comments directly above it.
    pub lines: Range<usize>,
    /// The column of its dash.
    pub dash: usize,
}

/// The lines of an entry with the comments directly above it.
pub(in crate::edit) fn lines_of(sources: &Sources, file: FileId, node: &Node<'_>) -> Result<Range<usize>, EditError> {
    written(sources, file, node).map(|written| written.lines)
}

/// The entry `node` as it stands in its file.
pub(super) fn written(sources: &Sources, file: FileId, node: &Node<'_>) -> Result<WrittenEntry, EditError> {
    let text: &str = &sources.get(file).text;
    let offset = node.span.start as usize;
    let start = line_start(text, offset);
    let Some(dash) = dash_column(text, offset).filter(|dash| text[start..start + dash].trim().is_empty()) else {
        let message = say!("this entry is written in a way that it cannot be carried elsewhere");
        return Err(refuse(sources, file, offset, message, say!("begin it with a dash on a line of its own")));
    };
    let end = after(text, node, dash);
    let mut first = start;
    // A comment directly above an entry is about it.
    while first > 0 {
        let above = line_start(text, first - 1);
        let line = text.get(above..line_end(text, above)).unwrap_or("");
        let content = line.trim_start_matches(' ');
        if !content.starts_with('#') || line.len() - content.len() != dash {
            break;
        }
        first = above;
    }
    Ok(WrittenEntry { lines: first..end, dash })
}

/// The entry with its comments and with the patch made, as lines that begin at the column of its dash. All edits of the patch
/// must lie in the entry.
pub(super) fn carried(source: &Source, written: &WrittenEntry, patch: &Patch) -> Option<Vec<String>> {
    let text: &str = &source.text;
    let patched = patch.apply(text)?;
    let end = (written.lines.end + patched.len()).checked_sub(text.len())?;
    let lines = patched.get(written.lines.start..end)?.lines();
    let outdented = lines.map(|line| {
        let spaces = line.len() - line.trim_start_matches(' ').len();
        line.get(spaces.min(written.dash)..).unwrap_or("").to_owned()
    });
    Some(outdented.collect())
}

/// The lines as an entry of another list.
pub(super) fn item(lines: &[String]) -> NewItem<'_> {
    Box::new(move |block, _| lines.iter().for_each(|line| block.verbatim(line)))
}

/// Takes a key out of an entry with all its lines; nothing happens where there is no such key.
pub(in crate::edit) fn without(
    patch: &mut Patch,
    sources: &Sources,
    map: &Node<'_>,
    key: &str,
) -> Result<(), EditError> {
    let Some(entry) = tree::entry(map, key) else { return Ok(()) };
    let file = map.span.file;
    let text: &str = &sources.get(file).text;
    let start = entry.key_span.start as usize;
    let line = line_start(text, start);
    let column = key_column(text, start).filter(|column| text[line..line + column].trim().is_empty());
    let (Some(column), Value::Map(_, Layout::Block), true) = (column, &map.value, tree::is_written_here(map, entry))
    else {
        let message = say!("`{key}` is written in a way that the program does not reach", key);
        return Err(refuse(sources, file, start, message, say!("write each key on a line of its own")));
    };
    let end = match entry.value.value {
        Value::Null => next_line(text, start),
        _ => after(text, &entry.value, column),
    };
    patch.replace(line..end, "");
    Ok(())
}
