//! `rename`: an id wherever the book uses it, the old one kept in `was`.
//!
//! Places come from [`Book::names`](crate::book::Book::names), which holds every definition and use with its span, and
//! from the conditions, which may compare `site.id` with a site's id. `was` lists are history and stay as they are, save
//! the one that the old id goes into. Audits and reviews are never rewritten: they resolve through `was`.

mod places;
mod target;
mod uses;
mod was;

use std::collections::BTreeMap;
use std::ops::Range;

use super::condition::site_literals;
use super::emit::reads_as_text;
use super::insertion::refuse;
use super::patch::Patch;
use super::{EditError, FileEdit, tree, verify};
use crate::book::{Loaded, NameKind};
use crate::diag::Code;
use crate::message::Message;
use crate::say;
use crate::source::yaml::{Node, Scalar, Style, Value};
use crate::source::{FileId, Span, World};
pub use places::{attribute_places, places};
pub(crate) use target::NamedThing;
use uses::Use;

/// What a renaming amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Renaming {
    /// What is renamed, as `step:check-in.approach`.
    pub target: String,
    /// The new id.
    pub new: String,
    /// At how many places it stands, its definition included.
    pub places: usize,
    /// Whether the old id is kept in `was`; not so for a service area that has no title, and so no entry.
    pub kept: bool,
    /// The files.
    pub changes: Vec<FileEdit>,
}

/// Works out how to call what `old` (`[KIND:]ID`) names `new`. Nothing is written.
///
/// # Errors
/// The [`EditError`] that says why not.
pub fn rename(world: &dyn World, loaded: &Loaded, old: &str, new: &str) -> Result<Renaming, EditError> {
    let book = &loaded.book;
    let trees = verify::trees(loaded)?;
    let target = target::find(book, old)?;
    target::is_free(book, &target, new)?;
    let mut uses = uses::uses(book, &target);
    let definitions: Vec<Span> = uses.iter().filter(|place| place.definition).map(|place| place.span).collect();
    if definitions.len() > 1 {
        // The id stands at two entries; which of them was meant, and which the uses mean, nobody can tell.
        let clash = loaded.findings.iter().filter(|finding| finding.code == Code::DuplicateId).cloned().collect();
        return Err(EditError::Findings(clash));
    }
    if target.kind == NameKind::Site {
        uses.extend(trees.iter().flat_map(|(file, tree)| in_conditions(loaded, *file, tree, &target.name)));
    }

    let mut changes = Vec::new();
    for (file, tree) in &trees {
        let in_file: Vec<&Use> = uses.iter().filter(|place| place.span.file == *file).collect();
        if !in_file.is_empty() {
            changes.push(edit_file(loaded, *file, tree, &in_file, &target.name, new)?);
        }
    }
    let after = verify::unharmed(world, loaded, &changes)?;
    if target.kind == NameKind::Site {
        conditions_hold(loaded, &after, &changes)?;
    }
    Ok(Renaming {
        target: target.label(),
        new: new.to_owned(),
        places: uses.len(),
        kept: !definitions.is_empty(),
        changes,
    })
}

/// The word for a kind of id, before the colon of `[KIND:]ID`.
pub fn kind_word(kind: NameKind) -> &'static str {
    target::word(kind)
}

/// The kind of id that a word before the colon of `[KIND:]ID` names.
pub fn kind_of(word: &str) -> Option<NameKind> {
    target::kind_of(word)
}

/// What a kind of id is called in a sentence.
pub fn kind_noun(kind: NameKind) -> Message {
    target::noun(kind)
}

/// The edits of one file, and the proof that they say what is meant.
fn edit_file(
    loaded: &Loaded,
    file: FileId,
    root: &Node<'_>,
    uses: &[&Use],
    old: &str,
    new: &str,
) -> Result<FileEdit, EditError> {
    let sources = &loaded.sources;
    let source = sources.get(file);
    let mut patch = Patch::default();
    for place in uses {
        let start = place.span.start as usize;
        let places = replacements(source.text.get(place.span.range()).unwrap_or(""), place, new).ok_or_else(|| {
            let help = say!("write the id plainly, without escapes");
            refuse(sources, file, start, say!("this id is written in a way that `rename` does not reach"), help)
        })?;
        for (range, text) in places {
            patch.replace(start + range.start..start + range.end, text);
        }
        if place.definition {
            was::add(&mut patch, sources, root, place.span, old, new)?;
        }
    }
    let mut intended = root.clone();
    tree::each_mut(&mut intended, &mut |node| {
        let defines = |place: &&&Use| place.definition && node.get("id").is_some_and(|id| id.span == place.span);
        if uses.iter().any(|place| defines(&place)) {
            was::intend(node, old, new);
        }
        if let (Value::Scalar(scalar), Some(place)) =
            (&mut node.value, uses.iter().find(|place| place.span == node.span))
        {
            // An id is a text, whatever it looks like.
            *scalar = Scalar { text: place.renamed(new).into(), style: Style::Quoted };
        }
    });
    verify::as_intended(source, &patch, &intended)
}

/// Which bytes of a value as written become what. Quotation marks, and what else stands in the value, stay.
///
/// Letters of an id stand for themselves in every style of writing, so the third occurrence in the value is the third in
/// the file; where their numbers differ (an escape, a line break in the middle) the place is not known.
fn replacements(raw: &str, place: &Use, new: &str) -> Option<Vec<(Range<usize>, String)>> {
    let renamed = place.renamed(new);
    // A plain scalar that would be read as a number or as nothing needs quotation marks.
    if raw == place.value && !reads_as_text(&renamed) {
        return Some(vec![(0..raw.len(), format!("\"{renamed}\""))]);
    }
    let replacement = |part: &Range<usize>| {
        let old = place.value.get(part.clone())?;
        let read: Vec<usize> = place.value.match_indices(old).map(|(offset, _)| offset).collect();
        let written: Vec<usize> = raw.match_indices(old).map(|(offset, _)| offset).collect();
        let number = read.iter().position(|offset| *offset == part.start).filter(|_| read.len() == written.len())?;
        let start = *written.get(number)?;
        Some((start..start + old.len(), new.to_owned()))
    };
    place.parts.iter().map(replacement).collect()
}

/// The `when` values of a file that compare `site.id` with the site's id.
fn in_conditions(loaded: &Loaded, file: FileId, root: &Node<'_>, old: &str) -> Vec<Use> {
    let path = &loaded.sources.get(file).path;
    // In a site's file `when` would be an attribute.
    if path.starts_with("sites/") {
        return Vec::new();
    }
    let mut conditions: BTreeMap<Span, Use> = BTreeMap::new();
    tree::each(root, &mut |node| {
        let Some(value) = node.get("when") else { return };
        let Some(expression) = value.text() else { return };
        let parts = site_literals(expression, old);
        if !parts.is_empty() {
            let value = Use { span: value.span, value: expression.to_owned(), parts, definition: false };
            conditions.insert(value.span, value);
        }
    });
    conditions.into_values().collect()
}

/// Every condition must hold at the same sites as before. One that names the site in a way that [`site_literals`] does
/// not know would now be false, silently.
fn conditions_hold(before: &Loaded, after: &Loaded, changes: &[FileEdit]) -> Result<(), EditError> {
    let all = |loaded: &'_ Loaded| loaded.book.conditions().cloned().collect::<Vec<_>>();
    let (old, new) = (all(before), all(after));
    for (was, is) in old.iter().zip(&new) {
        let sites = before.book.sites.iter().zip(&after.book.sites);
        if sites.clone().any(|(old, new)| was.holds(Some(old)) != is.holds(Some(new))) {
            let help = say!("write it as site.id == \"…\", or change this condition by hand and rename again");
            let message = say!("this condition names the site in a way that `rename` does not reach");
            return Err(refuse(&before.sources, was.span.file, was.span.start as usize, message, help));
        }
    }
    if old.len() == new.len() {
        return Ok(());
    }
    let path = changes.first().map_or(String::new(), |change| change.path.clone());
    Err(EditError::NotKept { path, detail: say!("a condition would be lost") })
}

#[cfg(test)]
mod tests;
