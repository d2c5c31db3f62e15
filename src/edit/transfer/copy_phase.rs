//! A phase once more, under new ids: what another sequence needs too, to be worded for it.

use std::collections::{BTreeMap, BTreeSet};

use super::list_entry::{carried, item, without, written};
use super::move_standard::{drop_key, parsed, unreached};
use super::{find_phase, or_unread};
use crate::book::{Book, Loaded, NameKind, Phase, Status, id};
use crate::edit::append::{self, AppendTarget};
use crate::edit::convert::{own_id, taken};
use crate::edit::emit::{Context, scalar};
use crate::edit::fields::{self, Field};
use crate::edit::patch::Patch;
use crate::edit::{EditError, FileEdit, tree, verify};
use crate::say;
use crate::source::Span;
use crate::source::yaml::{Node, Value};
use crate::text::nearest;

/// What copying a phase amounts to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Copied {
    /// Ids of the phases, the old one and its copy.
    pub phases: (String, String),
    /// Ids of the standards, each with that of its copy.
    pub standards: Vec<(String, String)>,
    /// The file.
    pub changes: Vec<FileEdit>,
}

/// An id for a copy of a phase: its own with a number.
pub fn free_copy(book: &Book, phase: &str) -> String {
    let taken: BTreeSet<String> =
        book.phases().flat_map(|phase| std::iter::once(&phase.id.name).chain(&phase.id.was)).cloned().collect();
    own_id(phase, &taken)
}

/// Works out how to copy a phase as `new`, to the end of its sequence or of the sequence `into`. Its standards get ids of their own,
/// made of the new phase's, and are drafts, since they say what those of the old phase say; former ids, and standards that are
/// retired, stay with the old phase. Nothing is written.
///
/// # Errors
/// An unknown id, one that is not free, or a place that is written in a way that this does not reach.
pub fn copy_phase(loaded: &Loaded, phase: &str, new: &str, into: Option<&str>) -> Result<Copied, EditError> {
    let book = &loaded.book;
    let (home, phase) = find_phase(book, phase).map_err(|error| or_unread(loaded, error))?;
    is_free(book, new)?;
    let into = match into {
        None => home,
        Some(name) => book.sequences.iter().find(|sequence| sequence.id.is_or_was(name)).ok_or_else(|| {
            let near = nearest(name, book.sequences.iter().map(|sequence| sequence.id.name.as_str()));
            let help = near.map(|near| say!("did you mean `{near}`?", near));
            or_unread(loaded, EditError::usage(say!("the book has no sequence `{name}`", name), help))
        })?,
    };
    let id = phase.id.span;
    let source = loaded.sources.get(id.file);
    let root = parsed(loaded, id.file)?;
    let node = tree::owner(&root, "id", id).ok_or_else(|| unreached(loaded, id))?;
    let place = written(&loaded.sources, id.file, node)?;
    let ids = new_ids(book, phase, new);
    let names = names(book, phase, new, &ids);

    let mut patch = Patch::default();
    for (span, name) in &names {
        patch.replace(span.range(), scalar(name, Context::Flow));
    }
    let draft = Field::Text(Status::Draft.word().to_owned());
    let behind = ["id", "was"];
    let ids_of = |is_retired: bool| -> BTreeSet<Span> {
        let chosen = phase.standards.iter().filter(|standard| (standard.status == Status::Retired) == is_retired);
        chosen.map(|standard| standard.id.span).collect()
    };
    let (drafted, retired) = (ids_of(false), ids_of(true));
    leave_out(&mut patch, loaded, node, &retired, drafted.is_empty())?;
    let mut entry = node.clone();
    let mut refused = None;
    tree::each(node, &mut |part| {
        let Some(own) = part.get("id").map(|value| value.span).filter(|own| !retired.contains(own)) else { return };
        let mut edit = || {
            without(&mut patch, &loaded.sources, part, "was")?;
            if drafted.contains(&own) {
                // Where `was` goes, nothing can be put behind it.
                fields::set(&mut patch, &loaded.sources, part, "status", &draft, &behind[..1])?;
            }
            Ok::<(), EditError>(())
        };
        refused = refused.take().or(edit().err());
    });
    if let Some(refused) = refused {
        return Err(refused);
    }
    tree::each_mut(&mut entry, &mut |part| {
        if let Value::List(items, _) = &mut part.value {
            items.retain(|item| item.get("id").is_none_or(|own| !retired.contains(&own.span)));
        }
        if let Some(own) = part.get("id").map(|value| value.span) {
            drop_key(part, "was");
            if drafted.contains(&own) {
                fields::intend(part, "status", &draft, &behind[..1]);
            }
        }
        if let (Value::Scalar(_), Some(name)) = (&part.value, names.get(&part.span)) {
            part.value = tree::text(name).value;
        }
    });
    let unread = || verify::not_kept(source, say!("two edits meet at one place"));
    let lines = carried(source, &place, &patch).ok_or_else(unread)?;

    let sequence = into.id.span;
    let name = say!("the sequence `{sequence}`", sequence = &*into.id.name);
    let target = AppendTarget { file: sequence.file, owner: Some(sequence), name: &name, key: "phases" };
    let root = parsed(loaded, sequence.file)?;
    let mut patch = Patch::default();
    append::items(&mut patch, loaded, &root, target, &[item(&lines)])?;
    let mut intended = root.clone();
    arrive(&mut intended, sequence, &entry);
    let change = verify::as_intended(loaded.sources.get(sequence.file), &patch, &intended)?;
    Ok(Copied { phases: (phase.id.name.clone(), new.to_owned()), standards: ids, changes: vec![change] })
}

fn is_free(book: &Book, new: &str) -> Result<(), EditError> {
    if let Some(problem) = id::problem(new) {
        let help = id::suggest(new).map(|slug| say!("write `{slug}`", slug));
        return Err(EditError::usage(say!("`{shown}` is not an id: {problem}", shown = new, problem), help));
    }
    if book.phases().any(|phase| phase.id.is_or_was(new)) {
        let help = say!("an id is never reused, so that records stay true: choose another");
        return Err(EditError::usage(say!("the id `{new}` is taken", new), Some(help)));
    }
    Ok(())
}

/// The ids of the phase's standards, each with a free one for its copy.
fn new_ids(book: &Book, phase: &Phase, new: &str) -> Vec<(String, String)> {
    let mut taken = taken(book);
    let old = phase.id.name.as_str();
    let copy = |standard: &crate::book::WrittenStandard| {
        let name = standard.id.name.as_str();
        let rest = name.strip_prefix(old).filter(|rest| rest.is_empty() || rest.starts_with('-'));
        let words = rest.map_or_else(|| format!("{new}-{name}"), |rest| format!("{new}{rest}"));
        let copy = own_id(&words, &taken);
        taken.insert(copy.clone());
        (name.to_owned(), copy)
    };
    phase.standards.iter().filter(|standard| standard.status != Status::Retired).map(copy).collect()
}

/// Takes what is retired out: it is the history of the old phase.
fn leave_out(
    patch: &mut Patch,
    loaded: &Loaded,
    phase: &Node<'_>,
    retired: &BTreeSet<Span>,
    is_all: bool,
) -> Result<(), EditError> {
    let Some(list) = tree::entry(phase, "standards").filter(|_| !retired.is_empty()) else { return Ok(()) };
    for item in list.value.items() {
        if item.get("id").is_some_and(|own| retired.contains(&own.span)) {
            patch.replace(written(&loaded.sources, phase.span.file, item)?.lines, "");
        }
    }
    let text: &str = &loaded.sources.get(phase.span.file).text;
    let end = list.key_span.end as usize;
    if let Some(colon) = text.get(end..).and_then(|rest| rest.find(':')).filter(|_| is_all) {
        patch.insert(end + colon + 1, " []");
    }
    Ok(())
}

/// What stands in the phase under a name that is another in its copy, by place.
fn names(book: &Book, phase: &Phase, new: &str, ids: &[(String, String)]) -> BTreeMap<Span, String> {
    let mut names: BTreeMap<Span, String> = BTreeMap::from([(phase.id.span, new.to_owned())]);
    let retired = |span: Span| {
        let mut retired = phase.standards.iter().filter(|standard| standard.status == Status::Retired);
        retired.any(|standard| standard.span.range().contains(&(span.start as usize)))
    };
    let inside = |span: Span| {
        span.file == phase.span.file && phase.span.range().contains(&(span.start as usize)) && !retired(span)
    };
    for used in book.names.iter().filter(|used| used.kind == NameKind::Standard && inside(used.span)) {
        let standard = phase.standards.iter().find(|standard| standard.id.is_or_was(&used.name));
        let copy = standard.and_then(|standard| ids.iter().find(|(old, _)| *old == standard.id.name));
        // `PHASE.TRAIT.PATTERN`, what a trait yields in this phase.
        let derived = || {
            let rest = used.name.split_once('.').filter(|(home, _)| phase.id.is_or_was(home))?.1;
            Some(format!("{new}.{rest}"))
        };
        if let Some(name) = copy.map(|(_, copy)| copy.clone()).or_else(derived) {
            names.insert(used.span, name);
        }
    }
    names
}

/// The sequence with the phase at the end.
fn arrive<'t>(root: &mut Node<'t>, sequence: Span, phase: &Node<'t>) {
    tree::each_mut(root, &mut |node| {
        if node.get("id").is_none_or(|value| value.span != sequence) {
            return;
        }
        let Value::Map(entries, _) = &mut node.value else { return };
        match entries.iter_mut().find(|entry| entry.key == "phases").map(|entry| &mut entry.value.value) {
            Some(Value::List(items, _)) => items.push(phase.clone()),
            Some(other) => *other = tree::list(vec![phase.clone()]).value,
            None => {
                let value = tree::list(vec![phase.clone()]);
                let key_span = Span::default();
                entries.push(crate::source::yaml::Entry { key: "phases".into(), key_span, value });
            }
        }
    });
}
