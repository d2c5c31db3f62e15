//! `audit forget`: a person's code out of all records. It is replaced by a number that stands for nobody, the same in all of them,
//! so that figures of the past, which tell auditors apart, stay as they are.

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::Value as Json;

use super::unseen::unsee;
use super::{HEAD, names, tree_of};
use crate::audit::FOLDER;
use crate::edit::emit::{Context, scalar};
use crate::edit::fields::{self, Field};
use crate::edit::patch::Patch;
use crate::edit::{EditError, FileEdit, tree, verify};
use crate::review::kept::{is_as_written, sealed};
use crate::source::yaml::{Node, Value};
use crate::source::{FileId, Sources};

/// What stands for somebody who was forgotten, before a number.
const NOBODY: &str = "forgotten-";

/// The keys that name a person, or a list of them.
const KEYS: [&str; 5] = ["staff", "auditor", "owner", "reviewers", "distribution"];

/// What the mark stands behind in a review: the last of these that there is.
const HEAD_OF_REVIEW: [&str; 6] = ["opened", "closed", "carried-out", "reopened", "left", "edition"];

/// What forgetting amounts to.
#[derive(Debug, Default)]
pub(crate) struct Forgetting {
    /// What stands in the records instead.
    pub instead: String,
    /// The records.
    pub changes: Vec<FileEdit>,
    /// The photographs of that person's work that no record names any more, where they were asked for: their paths in the book.
    pub photographs: Vec<String>,
    /// Notes, reasons and pictures in these records, and places elsewhere that name the code: file, line and key or text, for a
    /// person to look at.
    pub look: Vec<(String, usize, String)>,
}

/// Works out the records without the code. Nothing is written.
///
/// # Errors
/// The [`EditError`] for a record that is written in a way that the edit does not reach.
pub(crate) fn forget(
    sources: &Sources,
    code: &str,
    reason: &str,
    today: NaiveDate,
    with_photographs: bool,
) -> Result<Forgetting, EditError> {
    let is_review = |path: &str| path.starts_with("reviews/") && (path.ends_with(".yaml") || path.ends_with(".yml"));
    let reviews = sources.iter().filter(|(_, source)| is_review(&source.path)).map(|(file, _)| file);
    let files: Vec<FileId> = names(sources).map(|(file, _)| file).chain(reviews).collect();
    let used = |n: &usize| sources.iter().any(|(_, source)| source.text.contains(&format!("{NOBODY}{n}")));
    let number = (1..).find(|n| !used(n)).unwrap_or(1);
    let mut taken = Vec::new();
    let mut forgetting = Forgetting { instead: format!("{NOBODY}{number}"), ..Forgetting::default() };
    for file in files {
        let source = sources.get(file);
        if !source.text.contains(code) {
            continue;
        }
        let root = tree_of(sources, file)?;
        let (mut patch, mut intended) = (Patch::default(), root.clone());
        let mut found = 0;
        each_named(&root, &mut |node| {
            if node.text().is_some_and(|text| text.trim() == code) {
                patch.replace(node.span.range(), scalar(&forgetting.instead, Context::Flow));
                found += 1;
            }
        });
        if found == 0 {
            continue;
        }
        replace(&mut intended, code, &forgetting.instead);
        let mark = marked(&root, reason, today);
        let behind: &[&str] = if is_review(&source.path) { &HEAD_OF_REVIEW } else { &HEAD };
        fields::set(&mut patch, sources, &root, "forgotten", &mark, behind)?;
        fields::intend(&mut intended, "forgotten", &mark, behind);
        if with_photographs {
            taken.extend(unsee(&mut patch, sources, &root, &mut intended, code)?);
        }
        forgetting.changes.push(verify::as_intended(source, &patch, &intended)?);
        look_at(sources, file, &root, with_photographs, &mut forgetting.look);
    }
    // Another round may have the very same photograph.
    let is_named = |name: &str| {
        sources.iter().any(|(_, source)| {
            let changed = forgetting.changes.iter().find(|change| change.path == source.path);
            changed.map_or(&*source.text, |change| &change.after).contains(name)
        })
    };
    let gone: BTreeSet<String> = taken.into_iter().filter(|name| !is_named(name)).collect();
    forgetting.photographs = gone.into_iter().map(|name| format!("{FOLDER}/{name}")).collect();
    elsewhere(sources, code, &mut forgetting);
    Ok(forgetting)
}

/// The mark, behind those of others who were forgotten before.
fn marked(root: &Node<'_>, reason: &str, today: NaiveDate) -> Field {
    let of = |why: &str, date: &str| {
        let mut fields = vec![("why".to_owned(), Field::Text(why.to_owned()))];
        if !date.is_empty() {
            fields.push(("date".to_owned(), Field::Text(date.to_owned())));
        }
        Field::Map(fields)
    };
    let text = |node: &Node<'_>, key: &str| node.get(key).and_then(Node::text).unwrap_or_default().to_owned();
    let before: Vec<Field> = match root.get("forgotten").map(|node| &node.value) {
        Some(Value::List(items, _)) => items.iter().map(|item| of(&text(item, "why"), &text(item, "date"))).collect(),
        _ => Vec::new(),
    };
    Field::Maps(before.into_iter().chain([of(reason, &today.to_string())]).collect())
}

/// What is kept of the reports of closed reviews, without the code: each text that is the code and nothing else is another. None where
/// there is no such.
pub(crate) fn forget_kept(path: &str, text: &str, code: &str, instead: &str) -> Option<FileEdit> {
    let mut kept: Json = serde_json::from_str(text).ok()?;
    let is_named = replace_kept(&mut kept, code, instead);
    // What was altered before is not vouched for now.
    let after = if is_as_written(text) {
        kept.as_object_mut()?.shift_remove("hash");
        sealed(&serde_json::to_string(&kept).ok()?)
    } else {
        format!("{}\n", serde_json::to_string(&kept).ok()?)
    };
    is_named.then(|| FileEdit { path: path.to_owned(), before: Some(text.to_owned()), after })
}

fn replace_kept(kept: &mut Json, code: &str, instead: &str) -> bool {
    match kept {
        Json::String(text) if text.trim() == code => {
            *text = instead.to_owned();
            true
        }
        // Each of them, whatever was found before.
        Json::Array(items) => items.iter_mut().map(|item| replace_kept(item, code, instead)).max().unwrap_or_default(),
        Json::Object(fields) => {
            fields.values_mut().map(|item| replace_kept(item, code, instead)).max().unwrap_or_default()
        }
        _ => false,
    }
}

/// Calls `visit` on the value of each key that names a person.
fn each_named<'a, 't>(root: &'a Node<'t>, visit: &mut dyn FnMut(&'a Node<'t>)) {
    tree::each(root, &mut |node| {
        for entry in node.entries().iter().filter(|entry| KEYS.contains(&entry.key.as_ref())) {
            match &entry.value.value {
                Value::List(items, _) => items.iter().for_each(&mut *visit),
                _ => visit(&entry.value),
            }
        }
    });
}

fn replace(root: &mut Node<'_>, code: &str, instead: &str) {
    tree::each_mut(root, &mut |node| {
        let Value::Map(entries, _) = &mut node.value else { return };
        for entry in entries.iter_mut().filter(|entry| KEYS.contains(&entry.key.as_ref())) {
            let is_named = |node: &Node<'_>| node.text().is_some_and(|text| text.trim() == code);
            if is_named(&entry.value) {
                entry.value = tree::text(instead);
            } else if let Value::List(items, _) = &mut entry.value.value {
                items.iter_mut().filter(|item| is_named(item)).for_each(|item| *item = tree::text(instead));
            }
        }
    });
}

/// What in a record of that person may tell who it was.
fn look_at(
    sources: &Sources,
    file: FileId,
    root: &Node<'_>,
    with_photographs: bool,
    look: &mut Vec<(String, usize, String)>,
) {
    let source = sources.get(file);
    let is_told = |key: &str| match key {
        // What is left of it is none of that person's.
        "evidence" => !with_photographs,
        key => ["note", "why", "what", "cause", "remark"].contains(&key),
    };
    tree::each(root, &mut |node| {
        for entry in node.entries().iter().filter(|entry| is_told(&entry.key)) {
            let line = source.position(entry.key_span.start as usize).line;
            look.push((source.path.clone(), line, entry.key.to_string()));
        }
    });
}

/// Lines of the book that name the code and are not changed.
fn elsewhere(sources: &Sources, code: &str, forgetting: &mut Forgetting) {
    for (_, source) in sources.iter().filter(|(_, source)| !source.built_in) {
        let changed = forgetting.changes.iter().find(|change| change.path == source.path);
        let text: &str = changed.map_or(&source.text, |change| &change.after);
        for (number, line) in text.lines().enumerate().filter(|(_, line)| names_it(line, code)) {
            forgetting.look.push((source.path.clone(), number + 1, line.trim().to_owned()));
        }
    }
}

/// Whether a line has the code as a word of its own.
fn names_it(line: &str, code: &str) -> bool {
    line.match_indices(code).any(|(offset, _)| {
        let is_end = |c: Option<char>| c.is_none_or(|c| !c.is_alphanumeric());
        is_end(line[..offset].chars().next_back()) && is_end(line[offset + code.len()..].chars().next())
    })
}
