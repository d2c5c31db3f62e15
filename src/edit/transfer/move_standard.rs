//! A standard to another phase. Its id stays, so records and reviews still find it.

use super::list_entry::{carried, item, without, written};
use super::{find_phase, or_unread};
use crate::book::{Book, Loaded, Phase, WrittenStandard};
use crate::edit::append::{self, AppendTarget};
use crate::edit::fields::{self, Field};
use crate::edit::insertion::refuse;
use crate::edit::patch::{Patch, next_line};
use crate::edit::{EditError, FileEdit, tree, verify};
use crate::say;
use crate::source::yaml::{self, Entry, Layout, Node, Value};
use crate::source::{FileId, Span};
use crate::text::nearest;

/// What moving a standard amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moved {
    /// Id of the standard.
    pub standard: String,
    /// Ids of the phases, from and to.
    pub phases: (String, String),
    /// The step that it was pinned to and that is not in the new phase.
    pub unpinned: Option<String>,
    /// The files.
    pub changes: Vec<FileEdit>,
}

/// Works out how to move a written standard to the end of another phase, pinned to `step` there. Without `step` it stays pinned
/// where the new phase has a step of that id, else it belongs to the phase as a whole. Nothing is written.
///
/// # Errors
/// An unknown id, or a place that is written in a way that this does not reach.
pub fn move_standard(loaded: &Loaded, standard: &str, phase: &str, step: Option<&str>) -> Result<Moved, EditError> {
    let book = &loaded.book;
    let (from, standard) = find(book, standard).map_err(|error| or_unread(loaded, error))?;
    let (_, to) = find_phase(book, phase).map_err(|error| or_unread(loaded, error))?;
    if from.id.name == to.id.name {
        let message =
            say!("`{standard}` is in the phase `{phase}` already", standard = &*standard.id.name, phase = &*to.id.name);
        return Err(EditError::usage(message, None));
    }
    let step = match step {
        Some(step) => Some(known_step(to, step)?),
        None => standard.step.clone().filter(|step| to.steps.iter().any(|known| known.id.is_or_was(step))),
    };
    let id = standard.id.span;
    let (source, home) = (loaded.sources.get(id.file), to.id.span);
    let root = parsed(loaded, id.file)?;
    let node = tree::owner(&root, "id", id).ok_or_else(|| unreached(loaded, id))?;
    let place = written(&loaded.sources, id.file, node)?;

    // What becomes of the step that it is pinned to.
    let mut pin = Patch::default();
    let mut entry = node.clone();
    match &step {
        None => {
            without(&mut pin, &loaded.sources, node, "step")?;
            drop_key(&mut entry, "step");
        }
        Some(step) if standard.step.as_ref() == Some(step) => {}
        Some(step) => {
            let step = Field::Text(step.clone());
            fields::set(&mut pin, &loaded.sources, node, "step", &step, &["id", "was", "status"])?;
            fields::intend(&mut entry, "step", &step, &["id", "was", "status"]);
        }
    }
    let unread = || verify::not_kept(source, say!("two edits meet at one place"));
    let lines = carried(source, &place, &pin).ok_or_else(unread)?;

    let mut out = Patch::default();
    take_out(&mut out, loaded, &root, (from.id.span, "standards"), node, place.lines.clone())?;
    let name = say!("the phase `{phase}`", phase = &*to.id.name);
    let target = AppendTarget { file: home.file, owner: Some(home), name: &name, key: "standards" };
    let mut changes = Vec::new();
    if home.file == id.file {
        append::items(&mut out, loaded, &root, target, &[item(&lines)])?;
        let mut intended = root.clone();
        leave(&mut intended, from.id.span, id);
        arrive(&mut intended, home, &entry);
        changes.push(verify::as_intended(source, &out, &intended)?);
    } else {
        let mut intended = root.clone();
        leave(&mut intended, from.id.span, id);
        changes.push(verify::as_intended(source, &out, &intended)?);
        let other = parsed(loaded, home.file)?;
        let mut into = Patch::default();
        append::items(&mut into, loaded, &other, target, &[item(&lines)])?;
        let mut intended = other.clone();
        arrive(&mut intended, home, &entry);
        changes.push(verify::as_intended(loaded.sources.get(home.file), &into, &intended)?);
    }
    let unpinned = standard.step.clone().filter(|_| step.is_none());
    let phases = (from.id.name.clone(), to.id.name.clone());
    Ok(Moved { standard: standard.id.name.clone(), phases, unpinned, changes })
}

fn find<'a>(book: &'a Book, name: &str) -> Result<(&'a Phase, &'a WrittenStandard), EditError> {
    let all = || book.phases().clone().flat_map(|phase| phase.standards.iter().map(move |standard| (phase, standard)));
    all().find(|(_, standard)| standard.id.is_or_was(name)).ok_or_else(|| {
        let near = nearest(name, all().map(|(_, standard)| standard.id.name.as_str()));
        let help = match near {
            Some(near) => say!("did you mean `{near}`?", near),
            None => say!("what a trait or a hand-off yields goes where that goes; `gamma-ok convert --write` makes it a standard of its own"),
        };
        EditError::usage(say!("the book has no written standard `{name}`", name), Some(help))
    })
}

fn known_step(phase: &Phase, step: &str) -> Result<String, EditError> {
    let found = phase.steps.iter().find(|known| known.id.is_or_was(step));
    found.map(|found| found.id.name.clone()).ok_or_else(|| {
        let near = nearest(step, phase.steps.iter().map(|known| known.id.name.as_str()));
        let message = say!("the phase `{phase}` has no step `{step}`", phase = &*phase.id.name, step);
        EditError::usage(message, near.map(|near| say!("did you mean `{near}`?", near)))
    })
}

pub(super) fn unreached(loaded: &Loaded, id: Span) -> EditError {
    let message = say!("this entry is written in a way that it cannot be carried elsewhere");
    let help = say!("begin it with a dash on a line of its own");
    refuse(&loaded.sources, id.file, id.start as usize, message, help)
}

/// A file as a tree.
pub(in crate::edit) fn parsed(loaded: &Loaded, file: FileId) -> Result<Node<'_>, EditError> {
    yaml::parse(file, &loaded.sources.get(file).text).map_err(|_| {
        let of_file = loaded.findings.iter().filter(|finding| finding.span.file == file);
        EditError::Findings(of_file.cloned().collect())
    })
}

/// Takes the lines of an entry out of a list of the phase with that id. The last of a list leaves an empty one.
pub(in crate::edit) fn take_out(
    patch: &mut Patch,
    loaded: &Loaded,
    root: &Node<'_>,
    (phase, key): (Span, &str),
    node: &Node<'_>,
    lines: std::ops::Range<usize>,
) -> Result<(), EditError> {
    let home = tree::owner(root, "id", phase).ok_or_else(|| unreached(loaded, phase))?;
    let list = tree::entry(home, key).ok_or_else(|| unreached(loaded, node.span))?;
    if list.value.items().len() == 1 {
        let text: &str = &loaded.sources.get(node.span.file).text;
        let end = list.key_span.end as usize;
        let colon = text.get(end..).and_then(|rest| rest.find(':')).ok_or_else(|| unreached(loaded, node.span))?;
        patch.insert(end + colon + 1, " []");
    }
    // The blank lines that set the entry apart from the next go with it.
    let text: &str = &loaded.sources.get(node.span.file).text;
    let is_last = list.value.items().last().is_some_and(|last| last.span == node.span);
    let mut end = lines.end;
    while !is_last && end < text.len() && text[end..next_line(text, end)].trim().is_empty() {
        end = next_line(text, end);
    }
    patch.replace(lines.start..end, "");
    Ok(())
}

/// The phase without the standard.
fn leave(root: &mut Node<'_>, phase: Span, id: Span) {
    tree::each_mut(root, &mut |node| {
        if let Some(Value::List(items, _)) = list_of(node, phase) {
            items.retain(|item| item.get("id").is_none_or(|value| value.span != id));
        }
    });
}

/// The phase with the entry at the end.
fn arrive<'t>(root: &mut Node<'t>, phase: Span, entry: &Node<'t>) {
    tree::each_mut(root, &mut |node| {
        if node.get("id").is_none_or(|value| value.span != phase) {
            return;
        }
        if let Some(list) = list_of(node, phase) {
            match list {
                Value::List(items, _) => items.push(entry.clone()),
                other => *other = Value::List(vec![entry.clone()], Layout::Block),
            }
        } else if let Value::Map(entries, _) = &mut node.value {
            let value = tree::list(vec![entry.clone()]);
            entries.push(Entry { key: "standards".into(), key_span: Span::default(), value });
        }
    });
}

fn list_of<'a, 't>(node: &'a mut Node<'t>, phase: Span) -> Option<&'a mut Value<'t>> {
    if node.get("id").is_none_or(|value| value.span != phase) {
        return None;
    }
    let Value::Map(entries, _) = &mut node.value else { return None };
    entries.iter_mut().find(|entry| entry.key == "standards").map(|entry| &mut entry.value.value)
}

pub(super) fn drop_key(node: &mut Node<'_>, key: &str) {
    if let Value::Map(entries, _) = &mut node.value {
        entries.retain(|entry| entry.key != key);
    }
}
