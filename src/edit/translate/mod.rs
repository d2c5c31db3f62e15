//! Texts of the book as they go to translators and come back: where each stands, what is protected in it, and how a
//! translation is put into the author's file.

pub(crate) mod pieces;
mod unit;

pub(crate) use unit::{TranslationUnit, hash, units};

use super::values::{Set, To, set};
use super::{EditError, FileEdit, unharmed};
use crate::book::{Language, Loaded};
use crate::say;
use crate::source::World;

/// Works out the changes that put translations into the book: each unit with its text in the language `to`.
///
/// # Errors
/// A text that is written in a way that the program does not reach, or a book that would have new errors.
pub(crate) fn translated(
    world: &dyn World,
    loaded: &Loaded,
    translations: &[(&TranslationUnit<'_>, String)],
    to: &Language,
) -> Result<Vec<FileEdit>, EditError> {
    let mut sets = Vec::new();
    let mut changes = Vec::new();
    for (unit, text) in translations {
        match &unit.chapter {
            Some(name) => changes.push(chapter(loaded, unit, name, text, to)?),
            None => sets.push(Set {
                file: unit.source.span.file,
                owner: None,
                path: unit.path.clone(),
                to: To::Wordings(vec![(to.tag().to_owned(), Some(text.clone()))]),
            }),
        }
    }
    changes.extend(set(loaded, &sets)?);
    unharmed(world, loaded, &changes)?;
    Ok(changes)
}

/// A chapter is a file a language.
fn chapter(
    loaded: &Loaded,
    unit: &TranslationUnit<'_>,
    name: &str,
    text: &str,
    to: &Language,
) -> Result<FileEdit, EditError> {
    if *to == *loaded.book.source_language() {
        return Err(EditError::usage(
            say!("a chapter is translated out of the book's first language, not into it"),
            None,
        ));
    }
    let text = if text.ends_with('\n') { text.to_owned() } else { format!("{text}\n") };
    let before = unit.target.map(|target| loaded.sources.get(target.span.file));
    let path = before.map_or_else(|| format!("chapters/{name}.{}.md", to.tag()), |source| source.path.clone());
    let before = before.map(|source| source.text.to_string());
    let text =
        if before.as_ref().is_some_and(|before| before.contains("\r\n")) { text.replace('\n', "\r\n") } else { text };
    Ok(FileEdit { path, before, after: text })
}
