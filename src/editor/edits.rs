//! Changes of the book's files as edits of the editor's texts: what differs in the lines that differ, and nothing else, so that
//! carets and folds stay where they are.

use std::collections::HashMap;
use std::ops::Range;

use lsp_types::{
    CreateFile, DocumentChangeOperation, DocumentChanges, OneOf, OptionalVersionedTextDocumentIdentifier, ResourceOp,
    TextDocumentEdit, TextEdit, WorkspaceEdit,
};
use similar::{DiffOp, TextDiff};

use super::address::uri;
use super::lines::{Encoding, Lines};
use super::workspace::OpenBook;
use crate::edit::FileEdit;

/// What the editor is able to take.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Takes {
    /// Edits of documents in a version.
    pub versions: bool,
    /// New files.
    pub new_files: bool,
}

/// The edits that make the changes; none where the editor cannot take them.
pub(super) fn workspace_edit(
    book: &OpenBook,
    changes: &[FileEdit],
    encoding: Encoding,
    takes: Takes,
) -> Option<WorkspaceEdit> {
    let makes_files = changes.iter().any(|change| change.before.is_none());
    if !takes.versions {
        if makes_files {
            return None;
        }
        // The protocol's own map has addresses as keys, which nothing changes.
        #[expect(clippy::mutable_key_type, reason = "the type of the protocol")]
        let mut edits = HashMap::new();
        for change in changes {
            edits.insert(uri(&book.address(&change.path))?, text_edits(change, encoding));
        }
        return Some(WorkspaceEdit { changes: Some(edits), ..WorkspaceEdit::default() });
    }
    if makes_files && !takes.new_files {
        return None;
    }
    let mut operations = Vec::new();
    for change in changes {
        let address = uri(&book.address(&change.path))?;
        if change.before.is_none() {
            let create = CreateFile { uri: address.clone(), options: None, annotation_id: None };
            operations.push(DocumentChangeOperation::Op(ResourceOp::Create(create)));
        }
        let version = book.texts.get(&change.path).map(|open| open.version);
        operations.push(DocumentChangeOperation::Edit(TextDocumentEdit {
            text_document: OptionalVersionedTextDocumentIdentifier { uri: address, version },
            edits: text_edits(change, encoding).into_iter().map(OneOf::Left).collect(),
        }));
    }
    Some(WorkspaceEdit { document_changes: Some(DocumentChanges::Operations(operations)), ..WorkspaceEdit::default() })
}

/// The stretches that differ.
fn text_edits(change: &FileEdit, encoding: Encoding) -> Vec<TextEdit> {
    let before = change.before.as_deref().unwrap_or("");
    let lines = Lines::of(before, encoding);
    let (old, new): (Vec<&str>, Vec<&str>) =
        (before.split_inclusive('\n').collect(), change.after.split_inclusive('\n').collect());
    let starts = |lines: &[&str]| -> Vec<usize> {
        let mut offset = 0;
        std::iter::once(0)
            .chain(lines.iter().map(move |line| {
                offset += line.len();
                offset
            }))
            .collect()
    };
    let (old_starts, new_starts) = (starts(&old), starts(&new));
    let stretch = |old: Range<usize>, new: Range<usize>| {
        let bytes = *old_starts.get(old.start)?..*old_starts.get(old.end)?;
        let text = change.after.get(*new_starts.get(new.start)?..*new_starts.get(new.end)?)?;
        let (bytes, text) = smallest(before, bytes, text);
        if bytes.is_empty() && text.is_empty() {
            return None;
        }
        // A byte-order mark is before the first place that an editor knows.
        let text = if bytes.start == 0 { text.trim_start_matches('\u{feff}') } else { text };
        Some(TextEdit { range: lines.range(bytes), new_text: text.to_owned() })
    };
    let difference = TextDiff::from_slices(&old, &new);
    let mut edits = Vec::new();
    for op in difference.ops().iter().filter(|op| !matches!(op, DiffOp::Equal { .. })) {
        let (old, new) = (op.old_range(), op.new_range());
        if old.len() == new.len() {
            // As many lines as before: each is another wording of the one that stood there.
            let pairs = old.zip(new);
            edits.extend(pairs.filter_map(|(old, new)| stretch(old..old + 1, new..new + 1)));
        } else {
            edits.extend(stretch(old, new));
        }
    }
    edits
}

/// The part of a stretch that differs: what it begins and ends with in both texts is left out.
fn smallest<'a>(before: &str, bytes: Range<usize>, after: &'a str) -> (Range<usize>, &'a str) {
    let old = before.get(bytes.clone()).unwrap_or("");
    let same = |pairs: &mut dyn Iterator<Item = (char, char)>| -> usize {
        pairs.take_while(|(old, new)| old == new).map(|(letter, _)| letter.len_utf8()).sum()
    };
    let mut head = same(&mut old.chars().zip(after.chars()));
    // Between `\r` and `\n` is no place.
    if old[..head].ends_with('\r') {
        head -= 1;
    }
    let (old_rest, new_rest) = (&old[head..], &after[head..]);
    let mut tail = same(&mut old_rest.chars().rev().zip(new_rest.chars().rev()));
    let is_halved = |text: &str, tail: usize| {
        text[text.len() - tail..].starts_with('\n') && text[..text.len() - tail].ends_with('\r')
    };
    if is_halved(old_rest, tail) || is_halved(new_rest, tail) {
        tail -= 1;
    }
    (bytes.start + head..bytes.end - tail, &new_rest[..new_rest.len() - tail])
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn applied(before: &str, edits: &[TextEdit], encoding: Encoding) -> String {
        let lines = Lines::of(before, encoding);
        let mut text = before.to_owned();
        for edit in edits.iter().rev() {
            text.replace_range(lines.bytes(edit.range), &edit.new_text);
        }
        text
    }

    #[test]
    fn only_the_word_that_differs_is_replaced() {
        let (before, after) = ("a: x\nid: greet # kept\n\nb: ż\n", "a: x\nid: welcome # kept\n\nb: ż\nc: d\n");
        let change = FileEdit { path: "x".to_owned(), before: Some(before.to_owned()), after: after.to_owned() };
        let edits = text_edits(&change, Encoding::Utf16);
        let written: Vec<(u32, u32, &str)> = edits
            .iter()
            .map(|edit| (edit.range.start.line, edit.range.start.character, edit.new_text.as_str()))
            .collect();
        assert_eq!(written, [(1, 4, "welcome"), (4, 0, "c: d\n")]);
    }

    proptest! {
        #[test]
        fn the_edits_make_the_text(before in "([aż😀:]{0,3}\r?\n){0,6}[ab]{0,2}", after in "([aż😀:]{0,3}\r?\n){0,6}[ab]{0,2}") {
            let change = FileEdit { path: "x".to_owned(), before: Some(before.clone()), after: after.clone() };
            for encoding in [Encoding::Utf8, Encoding::Utf16] {
                prop_assert_eq!(&applied(&before, &text_edits(&change, encoding), encoding), &after);
            }
        }
    }
}
