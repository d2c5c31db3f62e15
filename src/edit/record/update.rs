//! Putting what a round adds into the record that is there: every other byte of the file stays.

use super::record_yaml::{answer, text};
use crate::audit::{WrittenAnswer, WrittenRecord};
use crate::edit::EditError;
use crate::edit::emit::YamlBlock;
use crate::edit::fields::{self, Field};
use crate::edit::insertion::{after, key_column, refuse};
use crate::edit::patch::{Patch, insert_lines, line_start};
use crate::edition::Reference;
use crate::say;
use crate::source::yaml::{self, Entry, Node};
use crate::source::{Source, Sources};

/// The text of a record's file with what was merged into it. `id` gives the name of today to what the file calls it.
///
/// # Errors
/// A file that is written in a way that the edit does not reach.
pub(super) fn updated(
    path: &str,
    before: &str,
    old: &WrittenRecord,
    new: &WrittenRecord,
    id: impl Fn(&str) -> String,
) -> Result<String, EditError> {
    // As the program wrote it: nobody has made it a file of their own.
    if before == text(old) {
        return Ok(text(new));
    }
    let mut sources = Sources::default();
    let file = sources.add(Source::new(path, before));
    let stop = |offset: usize| {
        let message = say!("the record is written in a way that the program does not reach");
        refuse(&sources, file, offset, message, say!("write each answer on a line of its own, below `answers:`"))
    };
    let root = yaml::parse(file, before).map_err(|_| stop(0))?;
    let mut patch = Patch::default();
    head(&mut patch, &sources, &root, old, new)?;
    let answers = root.get("answers").ok_or_else(|| stop(0))?;
    for changed in new.answers.iter().filter(|answer| !old.answers.contains(answer)) {
        let wanted = Reference::parse(&changed.key).id;
        let written = answers.entries().iter().find(|entry| id(Reference::parse(&entry.key).id) == wanted);
        match written {
            Some(entry) => {
                replace(&mut patch, before, entry, changed, old).ok_or_else(|| stop(entry.key_span.start as usize))?
            }
            None => {
                let last = answers.entries().last().ok_or_else(|| stop(answers.span.start as usize))?;
                let column = key_column(before, last.key_span.start as usize);
                let column = column.ok_or_else(|| stop(last.key_span.start as usize))?;
                insert_lines(&mut patch, before, end_of(before, last, column), &lines(changed, column));
            }
        }
    }
    let is_there = |id: &str| new.answers.iter().any(|answer| Reference::parse(&answer.key).id == id);
    for gone in old.answers.iter().map(|answer| Reference::parse(&answer.key).id).filter(|id| !is_there(id)) {
        let entry = answers.entries().iter().find(|entry| id(Reference::parse(&entry.key).id) == gone);
        let entry = entry.ok_or_else(|| stop(answers.span.start as usize))?;
        let start = entry.key_span.start as usize;
        let column = key_column(before, start).ok_or_else(|| stop(start))?;
        let range = line_start(before, start)..end_of(before, entry, column);
        let comments = comments(before.get(range.clone()).unwrap_or_default(), old, gone);
        patch.replace(range, above(&comments, column));
    }
    patch.apply(before).ok_or_else(|| stop(0))
}

/// Sets what the head says anew.
fn head(
    patch: &mut Patch,
    sources: &Sources,
    root: &Node<'_>,
    old: &WrittenRecord,
    new: &WrittenRecord,
) -> Result<(), EditError> {
    let kind = |written: &WrittenRecord| written.kind.map(|kind| kind.word().to_owned());
    let date = |written: &WrittenRecord| Some(written.moment.to_string());
    let fields = [
        ("edition", &old.edition, &new.edition),
        ("site", &old.site, &new.site),
        ("date", &date(old), &date(new)),
        ("visit", &old.visit, &new.visit),
        ("round", &old.round, &new.round),
        ("auditor", &old.auditor, &new.auditor),
        ("kind", &kind(old), &kind(new)),
        ("staff", &old.staff, &new.staff),
    ];
    for (place, (key, old, new)) in fields.iter().enumerate() {
        if let Some(value) = new.as_ref().filter(|_| old != new) {
            let behind: Vec<&str> = fields[..place].iter().map(|(key, ..)| *key).collect();
            fields::set(patch, sources, root, key, &Field::Text(value.clone()), &behind)?;
        }
    }
    Ok(())
}

/// Writes an answer in the place of the one that is there, or behind the key that has none; comments within it stand above it
/// then. None where its lines are shared with something else.
fn replace(patch: &mut Patch, text: &str, entry: &Entry<'_>, new: &WrittenAnswer, old: &WrittenRecord) -> Option<()> {
    let start = entry.key_span.start as usize;
    let column = key_column(text, start)?;
    let range = line_start(text, start)..end_of(text, entry, column);
    let written = text.get(range.clone())?;
    let comments = comments(written, old, Reference::parse(&new.key).id);
    let end = &written[written.trim_end().len()..];
    let newline = if written.contains("\r\n") { "\r\n" } else { "\n" };
    let answer = above(&comments, column) + &lines(new, column);
    patch.replace(range, format!("{}{end}", answer.replace('\n', newline)));
    Some(())
}

/// Comments within the lines of an answer: what follows a `#` that no text of the answer holds.
fn comments<'t>(written: &'t str, old: &WrittenRecord, id: &str) -> Vec<&'t str> {
    let before = old.answers.iter().find(|answer| Reference::parse(&answer.key).id == id);
    let action = before.and_then(|answer| answer.action.as_ref());
    let texts = before.into_iter().flat_map(|answer| answer.note.iter().chain(&answer.why));
    let texts: Vec<&String> =
        texts.chain(action.iter().flat_map(|action| [&action.what].into_iter().chain(&action.cause))).collect();
    let comment = |line: &'t str| {
        let starts = line.match_indices('#').map(|(start, _)| start);
        let mut starts = starts.filter(|start| line[..*start].chars().next_back().is_none_or(char::is_whitespace));
        let comment = starts.find(|start| {
            !texts.iter().any(|text| text.contains(line[*start..].trim_end_matches(['"', '\'']).trim_end()))
        })?;
        Some(line[comment..].trim_end())
    };
    written.lines().filter_map(comment).collect()
}

/// Comments as lines of their own.
fn above(comments: &[&str], column: usize) -> String {
    comments.iter().map(|comment| format!("{}{comment}\n", " ".repeat(column))).collect()
}

/// Where the line after an answer starts.
fn end_of(text: &str, entry: &Entry<'_>, column: usize) -> usize {
    match entry.value.value {
        yaml::Value::Null => crate::edit::patch::next_line(text, entry.key_span.end as usize),
        _ => after(text, &entry.value, column),
    }
}

/// An answer as lines, so far in.
fn lines(written: &WrittenAnswer, column: usize) -> String {
    let mut block = YamlBlock::new(column);
    answer(&mut block, written);
    block.text()
}
