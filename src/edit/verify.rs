//! Whether a book is still whole with an edit made: the last gate before anything is written.

use std::collections::BTreeMap;

use super::patch::Patch;
use super::{EditError, FileEdit, tree};
use crate::book::{Loaded, is_of_whole_file, load};
use crate::diag::{Code, Diagnostic, Severity};
use crate::message::Message;
use crate::say;
use crate::source::yaml::{self, Node};
use crate::source::{FileId, Overlay, Source, World};

/// The refusal of an edit of a file after which it would not say what is meant.
pub(super) fn not_kept(source: &Source, detail: Message) -> EditError {
    EditError::NotKept { path: source.path.clone(), detail }
}

/// The change that a patch makes to a file, and the proof that the file then says what is intended and nothing else.
pub(super) fn as_intended(source: &Source, patch: &Patch, intended: &Node<'_>) -> Result<FileEdit, EditError> {
    let after = patch.apply(&source.text).ok_or_else(|| not_kept(source, say!("two edits meet at one place")))?;
    let read = yaml::parse(intended.span.file, &after).map_err(|_| not_kept(source, say!("it would not be YAML")))?;
    if let Some(path) = tree::difference(intended, &read) {
        return Err(not_kept(source, say!("`{path}` would change", path)));
    }
    Ok(FileEdit { path: source.path.clone(), before: Some(source.text.to_string()), after })
}

/// Loads the book with the changes made, and sees to it that no finding is new.
pub(crate) fn unharmed(world: &dyn World, before: &Loaded, changes: &[FileEdit]) -> Result<Loaded, EditError> {
    let mut edited = Overlay::new(world);
    edited.apply(changes);
    let path = changes.first().map_or(String::new(), |change| change.path.clone());
    let refused = |detail: Message| EditError::NotKept { path: path.clone(), detail };
    let after = load(&edited).map_err(|error| refused(error.message()))?;
    let count = |findings: &[Diagnostic]| {
        let mut counts: BTreeMap<Code, usize> = BTreeMap::new();
        // What an author writes may be odd; only what keeps the book from being understood stops an edit.
        let grave = findings.iter().filter(|finding| finding.code.severity() == Severity::Error);
        grave.for_each(|finding| *counts.entry(finding.code).or_default() += 1);
        counts
    };
    let (old, new) = (count(&before.findings), count(&after.findings));
    let worse = new.iter().find(|(code, number)| old.get(code).copied().unwrap_or(0) < **number);
    if let Some((code, _)) = worse {
        let known: Vec<_> = before.findings.iter().map(|finding| &finding.message).collect();
        let finding = after.findings.iter().find(|finding| finding.code == *code && !known.contains(&&finding.message));
        let finding = finding.or_else(|| after.findings.iter().find(|finding| finding.code == *code));
        return Err(finding.map_or_else(
            || refused(Message::verbatim(code.word())),
            |finding| {
                let source = after.sources.get(finding.span.file);
                let line = source.position(finding.span.start as usize).line;
                not_kept(source, say!("line {line}: {message} ({code})", line, message = finding.message, code))
            },
        ));
    }
    Ok(after)
}

/// The folders of files that use what is edited.
const FOLDERS: [&str; 3] = ["sequences", "traits", "sites"];

/// The author's YAML files as trees.
///
/// # Errors
/// The findings of files and folders that could not be read: whether they too use what is edited cannot be known.
pub(super) fn trees(loaded: &Loaded) -> Result<Vec<(FileId, Node<'_>)>, EditError> {
    let mut trees = Vec::new();
    let mut unread = Vec::new();
    for (file, source) in loaded.sources.iter() {
        let is_yaml = source.path.ends_with(".yaml") || source.path.ends_with(".yml");
        if source.built_in || !is_yaml {
            // A folder of such files that could not be looked into.
            let is_unread =
                |finding: &&Diagnostic| finding.span.file == file && is_of_whole_file(finding.code, finding.span);
            if FOLDERS.contains(&source.path.split('/').next().unwrap_or_default()) {
                unread.extend(loaded.findings.iter().filter(is_unread).cloned());
            }
            continue;
        }
        match yaml::parse(file, &source.text) {
            // A file that was refused stands there without a text.
            Ok(tree) if !source.text.is_empty() => trees.push((file, tree)),
            _ => unread.extend(loaded.findings.iter().filter(|finding| finding.span.file == file).cloned()),
        }
    }
    if unread.is_empty() { Ok(trees) } else { Err(EditError::Findings(unread)) }
}
