//! `convert`: what the traits yield, printed in the form of a sequence's file, or put there as drafts.

mod draft;

use std::collections::BTreeSet;

use super::append::{self, AppendTarget, NewItem};
use super::emit::YamlBlock;
use super::patch::Patch;
use super::{EditError, FileEdit, tree, verify};
use crate::book::{Book, Loaded, Phase, Status, Text};
use crate::edition::Filter;
use crate::method::{Proposal, Standard, proposals};
use crate::say;
use crate::source::yaml::{self, Layout, Node, Value};
use crate::source::{FileId, Span, World};
use draft::Draft;

/// What a conversion writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Conversion {
    /// Phase by phase: its id, and the ids of its new drafts.
    pub drafts: Vec<(String, Vec<String>)>,
    /// The files.
    pub changes: Vec<FileEdit>,
}

/// The proposals of a phase that are wanted, with the names they get.
struct Group<'a> {
    sequence: usize,
    phase: &'a Phase,
    drafts: Vec<Draft<'a>>,
}

/// What the traits yield, as YAML in the very form that a sequence's file takes: one document a sequence.
pub fn yaml(loaded: &Loaded, filter: &Filter) -> String {
    let proposals = proposals(&loaded.book);
    let groups = groups(&loaded.book, &proposals, |standard| filter.fits(&loaded.book, standard));
    let mut documents: Vec<String> = Vec::new();
    for (index, sequence) in loaded.book.sequences.iter().enumerate() {
        let of_sequence: Vec<&Group<'_>> = groups.iter().filter(|group| group.sequence == index).collect();
        if of_sequence.is_empty() {
            continue;
        }
        let mut block = YamlBlock::new(0);
        block.comment(&loaded.sources.get(sequence.id.span.file).path);
        block.value("id", &sequence.id.name);
        block.under("phases", |block| {
            for group in of_sequence {
                block.item(2, |block| {
                    block.value("id", &group.phase.id.name);
                    block.under("standards", |block| {
                        group.drafts.iter().for_each(|draft| draft.write(&loaded.book, block, 2));
                    });
                });
            }
        });
        documents.push(block.text() + "\n");
    }
    documents.join("---\n")
}

/// Works out how to put what the traits yield into the sequences' files, as drafts. Nothing is written.
///
/// # Errors
/// The [`EditError`] that says why not.
pub(crate) fn convert(world: &dyn World, loaded: &Loaded, filter: &Filter) -> Result<Conversion, EditError> {
    if !loaded.findings.is_empty() {
        return Err(EditError::Findings(loaded.findings.clone()));
    }
    convert_those(world, loaded, |standard| filter.fits(&loaded.book, standard))
}

/// The same with those that fit, in a book that may have findings.
///
/// # Errors
/// The [`EditError`] that says why not.
pub(crate) fn convert_those(
    world: &dyn World,
    loaded: &Loaded,
    fits: impl Fn(&Standard) -> bool,
) -> Result<Conversion, EditError> {
    let proposals = proposals(&loaded.book);
    let groups = groups(&loaded.book, &proposals, fits);
    let mut changes = Vec::new();
    for (file, root) in &verify::trees(loaded)? {
        let of_file: Vec<&Group<'_>> = groups.iter().filter(|group| group.phase.id.span.file == *file).collect();
        if !of_file.is_empty() {
            changes.push(edit_file(loaded, *file, root, &of_file)?);
        }
    }
    let after = verify::unharmed(world, loaded, &changes)?;
    for group in &groups {
        reads_back(&after.book, &loaded.book, group, &changes)?;
    }
    let names =
        |group: &Group<'_>| (group.phase.id.name.clone(), group.drafts.iter().map(|draft| draft.id.clone()).collect());
    Ok(Conversion { drafts: groups.iter().map(names).collect(), changes })
}

/// The wanted proposals by phase, each with an id that nothing in the book has or had.
fn groups<'a>(book: &'a Book, proposals: &'a [Proposal], fits: impl Fn(&Standard) -> bool) -> Vec<Group<'a>> {
    let mut taken = taken(book);
    let mut groups = Vec::new();
    for proposal in proposals {
        let phase = &book.sequences[proposal.sequence].phases[proposal.phase];
        let chosen = proposal.standards.iter().filter(|standard| fits(standard));
        let drafts: Vec<Draft<'_>> = chosen.map(|standard| draft(standard, &mut taken)).collect();
        if !drafts.is_empty() {
            groups.push(Group { sequence: proposal.sequence, phase, drafts });
        }
    }
    groups
}

/// The ids that standards of the book have or had.
pub(crate) fn taken(book: &Book) -> BTreeSet<String> {
    let written = book.phases().flat_map(|phase| &phase.standards);
    written.flat_map(|standard| std::iter::once(&standard.id.name).chain(&standard.id.was)).cloned().collect()
}

/// A proposal with an id of its own.
fn draft<'a>(standard: &'a Standard, taken: &mut BTreeSet<String>) -> Draft<'a> {
    // Where a standard has the derived id in its history, that history is not this draft's.
    let was = taken.insert(standard.id.name.clone()).then(|| standard.id.name.clone());
    let id = own_id(&standard.id.name, taken);
    taken.insert(id.clone());
    Draft { id, was, standard }
}

/// A proposal as an entry of its own, for whoever takes one at a time.
pub(in crate::edit) fn draft_of<'a>(book: &Book, standard: &'a Standard) -> Draft<'a> {
    draft(standard, &mut taken(book))
}

/// A proposal as an entry of `standards:`, a draft to be worded, without its dash: the first line as it is, the others with
/// `column` spaces before them.
pub fn entry_of(book: &Book, standard: &Standard, column: usize) -> String {
    let dash = column.saturating_sub(2);
    let mut block = YamlBlock::new(dash);
    draft_of(book, standard).write(book, &mut block, 2);
    block.text().trim_start().trim_start_matches("- ").to_owned()
}

/// An id for a new standard, made of some words.
pub(in crate::edit) fn free_id(book: &Book, words: &str) -> String {
    own_id(words, &taken(book))
}

/// A derived id as a slug: dots become `-`, at most 64 characters, numbered where it is taken.
pub(crate) fn own_id(derived: &str, taken: &BTreeSet<String>) -> String {
    let words = derived.replace('.', "-");
    let cut = |room: usize| -> String {
        if words.len() <= room {
            return words.clone();
        }
        // Whole words where there are several; ids are ASCII, so any cut is between letters.
        let head = &words[..room];
        head.rfind('-').map_or(head, |end| &head[..end]).trim_end_matches('-').to_owned()
    };
    let plain = cut(crate::book::id::MAX_ID);
    if !taken.contains(&plain) {
        return plain;
    }
    let numbered = (2usize..).map(|number| {
        let ending = format!("-{number}");
        cut(crate::book::id::MAX_ID - ending.len()) + &ending
    });
    // `taken` is finite, so one of the numbers is free.
    numbered.into_iter().find(|id| !taken.contains(id)).unwrap_or(plain)
}

/// A draft as an item of a list.
fn item<'d>(book: &'d Book, draft: &'d Draft<'d>) -> NewItem<'d> {
    Box::new(move |block, width| draft.write(book, block, width))
}

/// The edits of one file, and the proof that it says what it said, with the drafts at the end of their lists.
fn edit_file(loaded: &Loaded, file: FileId, root: &Node<'_>, groups: &[&Group<'_>]) -> Result<FileEdit, EditError> {
    let source = loaded.sources.get(file);
    let mut patch = Patch::default();
    for group in groups {
        let name = say!("the phase `{phase}`", phase = &*group.phase.id.name);
        let target = AppendTarget { file, owner: Some(group.phase.id.span), name: &name, key: "standards" };
        let items: Vec<NewItem<'_>> = group.drafts.iter().map(|draft| item(&loaded.book, draft)).collect();
        append::items(&mut patch, loaded, root, target, &items)?;
    }
    let mut block = YamlBlock::new(0);
    for group in groups {
        block.under(&group.phase.id.name, |block| {
            group.drafts.iter().for_each(|draft| draft.write(&loaded.book, block, 2));
        });
    }
    let added = block.text();
    let added = yaml::parse(file, &added).map_err(|_| verify::not_kept(source, say!("it would not be YAML")))?;
    let mut intended = root.clone();
    tree::each_mut(&mut intended, &mut |node| {
        let is_phase = |group: &&&Group<'_>| node.get("id").is_some_and(|id| id.span == group.phase.id.span);
        let Some(group) = groups.iter().find(is_phase) else { return };
        let new = added.get(&group.phase.id.name).map(|list| list.items().to_vec()).unwrap_or_default();
        append(node, new);
    });
    verify::as_intended(source, &patch, &intended)
}

/// The intended change: more items in the phase's `standards`.
fn append<'t>(phase: &mut Node<'t>, mut new: Vec<Node<'t>>) {
    let Value::Map(entries, _) = &mut phase.value else { return };
    match entries.iter_mut().find(|entry| entry.key == "standards") {
        Some(entry) => match &mut entry.value.value {
            Value::List(items, _) => items.append(&mut new),
            other => *other = Value::List(new, Layout::Block),
        },
        None => {
            entries.push(yaml::Entry { key: "standards".into(), key_span: Span::default(), value: tree::list(new) })
        }
    }
}

/// Whether the drafts, read as part of the book, demand what the traits yielded.
fn reads_back(after: &Book, before: &Book, group: &Group<'_>, changes: &[FileEdit]) -> Result<(), EditError> {
    let path = changes.first().map_or(String::new(), |change| change.path.clone());
    let phase = after
        .sequences
        .get(group.sequence)
        .and_then(|sequence| sequence.phases.iter().find(|phase| phase.id.name == group.phase.id.name));
    for draft in &group.drafts {
        let standard = draft.standard;
        let read = phase.and_then(|phase| phase.standards.iter().find(|standard| standard.id.name == draft.id));
        let is_same = read.is_some_and(|read| {
            let figure = |measure: &crate::book::Measure| {
                let (value, unit) = measure.value.canonical();
                (measure.bound, value, unit.to_owned(), measure.high.as_ref().map(|high| high.canonical().0))
            };
            let taught = |teaching: &crate::book::Teaching| {
                teaching.fields().map(|(_, texts)| texts.iter().map(|text| worded(before, text)).collect::<Vec<_>>())
            };
            read.status == Status::Draft
                && (read.kind, read.level, read.critical) == (standard.kind, standard.level, standard.critical)
                && read.traits == standard.traits
                && read.step.as_deref() == draft::step(before, standard)
                && worded(before, &read.text) == worded(before, &standard.text)
                && read.measure.as_ref().map(figure) == standard.measure.as_ref().map(figure)
                && taught(&read.teaching) == taught(&standard.teaching)
        });
        if !is_same {
            return Err(EditError::NotKept {
                path,
                detail: say!("`{draft}` would not read as drafted", draft = draft.id),
            });
        }
    }
    Ok(())
}

/// A text's wordings, whatever their languages.
fn worded(book: &Book, text: &Text) -> Vec<String> {
    draft::wordings(book, text).into_iter().map(|(_, text)| text.trim().to_owned()).collect()
}

#[cfg(test)]
mod tests;
