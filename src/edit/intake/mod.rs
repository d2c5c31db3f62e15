//! Drafts that come from outside: put into the phases of a sequence, with the phases and steps that they need, or into a sequence
//! file of their own.

mod draft;

use super::append::{self, AppendTarget, Content, NewItem};
use super::emit::YamlBlock;
use super::{EditError, FileEdit, verify};
use crate::book::{Loaded, MANIFEST};
use crate::message::Message;
use crate::say;
use crate::source::yaml::Node;
use crate::source::{FileId, Span, World};

pub(crate) use draft::{DraftValue, NewDraft, Wordings};

/// Drafts of one sequence.
#[derive(Clone, Debug)]
pub(crate) struct Intake {
    /// The sequence.
    pub home: Home,
    /// Its phases that get something.
    pub phases: Vec<IntakePhase>,
}

/// A sequence that takes drafts.
#[derive(Clone, Debug)]
pub(crate) enum Home {
    /// One of the book, by its index.
    Existing(usize),
    /// A new one.
    New {
        /// Its id, which nothing else has.
        id: String,
        /// Its title.
        title: Wordings,
        /// What stands above it as comments.
        comments: Vec<String>,
    },
}

/// A phase that takes drafts.
#[derive(Clone, Debug)]
pub(crate) struct IntakePhase {
    /// Its id.
    pub id: String,
    /// Its title, where it is new.
    pub title: Option<Wordings>,
    /// Steps that it does not have yet: ids and titles.
    pub steps: Vec<(String, Wordings)>,
    /// The drafts.
    pub drafts: Vec<NewDraft>,
}

/// One addition to a file: to the list under the key of an entry, by where its id stands; none for the top of the file.
struct Addition<'a> {
    owner: Option<Span>,
    name: Message,
    key: &'static str,
    content: Content<'a>,
}

/// Works out how to take the drafts in. Nothing is written.
///
/// # Errors
/// The [`EditError`] that says why not.
pub(crate) fn take_in(world: &dyn World, loaded: &Loaded, intakes: &[Intake]) -> Result<Vec<FileEdit>, EditError> {
    let mut changes: Vec<FileEdit> = Vec::new();
    let trees = verify::trees(loaded)?;
    let mut listed = Vec::new();
    for intake in intakes {
        match &intake.home {
            Home::New { id, title, comments } => {
                let path = format!("sequences/{id}.yaml");
                let after = file(loaded, id, title, comments, &intake.phases);
                changes.push(FileEdit { path, before: None, after });
                listed.push(id.clone());
            }
            Home::Existing(index) => {
                let sequence = &loaded.book.sequences[*index];
                let file = sequence.id.span.file;
                let additions = additions(loaded, *index, &intake.phases);
                changes.extend(edit(loaded, &trees, file, &additions)?);
            }
        }
    }
    // Where the manifest lists the sequences, new ones go to the end of the list.
    let manifest = loaded.sources.iter().find(|(_, source)| !source.built_in && source.path == MANIFEST);
    if let (Some((file, _)), false) = (manifest, listed.is_empty()) {
        let has_list = trees.iter().any(|(id, root)| *id == file && root.get("sequences").is_some());
        if has_list {
            let name = say!("the manifest");
            let addition = Addition { owner: None, name, key: "sequences", content: Content::Names(listed) };
            changes.extend(edit(loaded, &trees, file, &[addition])?);
        }
    }
    verify::unharmed(world, loaded, &changes)?;
    Ok(changes)
}

/// What is added to the file of a sequence, in the order in which it is to stand there.
fn additions<'a>(loaded: &'a Loaded, sequence: usize, phases: &'a [IntakePhase]) -> Vec<Addition<'a>> {
    let sequence = &loaded.book.sequences[sequence];
    let source = loaded.book.source_language().tag();
    let mut additions = Vec::new();
    for intake in phases {
        let Some(phase) = sequence.phases.iter().find(|phase| phase.id.name == intake.id) else { continue };
        let add = |key: &'static str, items: Vec<NewItem<'a>>| Addition {
            owner: Some(phase.id.span),
            name: say!("the phase `{phase}`", phase = &*phase.id.name),
            key,
            content: Content::Items(items),
        };
        // Drafts first: a phase that has no steps yet gets them behind its standards, where both may begin at one place.
        if !intake.drafts.is_empty() {
            additions.push(add("standards", intake.drafts.iter().map(|draft| draft.item(source)).collect()));
        }
        if !intake.steps.is_empty() {
            additions.push(add("steps", intake.steps.iter().map(|(id, title)| step(id, title, source)).collect()));
        }
    }
    let new: Vec<NewItem<'a>> = phases
        .iter()
        .filter(|intake| !sequence.phases.iter().any(|phase| phase.id.name == intake.id))
        .map(|intake| -> NewItem<'a> { Box::new(move |block, width| write_phase(block, width, intake, source)) })
        .collect();
    if !new.is_empty() {
        let name = say!("the sequence `{sequence}`", sequence = &*sequence.id.name);
        additions.push(Addition { owner: Some(sequence.id.span), name, key: "phases", content: Content::Items(new) });
    }
    additions
}

fn step<'a>(id: &'a str, title: &'a Wordings, source: &'a str) -> NewItem<'a> {
    Box::new(move |block, width| {
        block.item(width, |block| {
            block.value("id", id);
            draft::worded(block, "title", title, source);
        });
    })
}

fn write_phase(block: &mut YamlBlock, width: usize, phase: &IntakePhase, source: &str) {
    block.item(width, |block| {
        block.value("id", &phase.id);
        if let Some(title) = &phase.title {
            draft::worded(block, "title", title, source);
        }
        if !phase.steps.is_empty() {
            block.under("steps", |block| phase.steps.iter().for_each(|(id, title)| step(id, title, source)(block, 2)));
        }
        if !phase.drafts.is_empty() {
            block.under("standards", |block| phase.drafts.iter().for_each(|draft| draft.item(source)(block, 2)));
        }
    });
}

/// The text of a new sequence's file.
fn file(loaded: &Loaded, id: &str, title: &Wordings, comments: &[String], phases: &[IntakePhase]) -> String {
    let source = loaded.book.source_language().tag();
    let mut block = YamlBlock::new(0);
    comments.iter().for_each(|comment| block.comment(comment));
    block.value("id", id);
    draft::worded(&mut block, "title", title, source);
    block.under("phases", |block| phases.iter().for_each(|phase| write_phase(block, 2, phase, source)));
    block.text() + "\n"
}

/// Adds to a file, and proves that it then says what it said and that.
fn edit<'a>(
    loaded: &Loaded,
    trees: &[(FileId, Node<'_>)],
    file: FileId,
    additions: &'a [Addition<'a>],
) -> Result<Option<FileEdit>, EditError> {
    if additions.is_empty() {
        return Ok(None);
    }
    let root = trees.iter().find(|(id, _)| *id == file).map(|(_, root)| root);
    let root = root.ok_or_else(|| verify::not_kept(loaded.sources.get(file), say!("nothing would be added")))?;
    let target = |of: &'a Addition<'a>| AppendTarget { file, owner: of.owner, name: &of.name, key: of.key };
    let additions: Vec<_> = additions.iter().map(|addition| (target(addition), &addition.content)).collect();
    append::added(loaded, root, &additions).map(Some)
}

#[cfg(test)]
mod tests;
