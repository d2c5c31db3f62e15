//! Putting what a round adds into the record that is there: every other byte of the file stays.

use super::text::{answer, text};
use crate::audit::{Written, WrittenAnswer};
use crate::edit::EditError;
use crate::edit::emit::Block;
use crate::edit::fields::{self, Field};
use crate::edit::patch::{Patch, insert_lines, line_start};
use crate::edit::place::{after, key_column, refuse};
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
    old: &Written,
    new: &Written,
    id: impl Fn(&str) -> String,
) -> Result<String, EditError> {
    // As the program wrote it: nobody has made it a file of their own.
    if before == text(old) {
        return Ok(text(new));
    }
    let mut sources = Sources::default();
    let file = sources.add(Source::new(path, before));
    let stop = |at: usize| {
        let message = say!("the record is written in a way that the program does not reach");
        refuse(&sources, file, at, message, say!("write each answer on a line of its own, below `answers:`"))
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
    patch.apply(before).ok_or_else(|| stop(0))
}

/// Sets what the head says anew.
fn head(patch: &mut Patch, sources: &Sources, root: &Node<'_>, old: &Written, new: &Written) -> Result<(), EditError> {
    let kind = |written: &Written| written.kind.map(|kind| kind.word().to_owned());
    let date = |written: &Written| Some(written.moment.to_string());
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

/// Writes an answer in the place of the one that is there; none where that would take away a comment, or the lines are
/// shared with something else.
fn replace(patch: &mut Patch, text: &str, entry: &Entry<'_>, new: &WrittenAnswer, old: &Written) -> Option<()> {
    let start = entry.key_span.start as usize;
    let column = key_column(text, start)?;
    let range = line_start(text, start)..end_of(text, entry, column);
    let written = text.get(range.clone())?;
    let before = old.answers.iter().find(|answer| Reference::parse(&answer.key).id == Reference::parse(&new.key).id)?;
    let is_own = written.trim_end() == lines(before, column).trim_end();
    if !is_own && written.contains('#') {
        return None;
    }
    let end = &written[written.trim_end().len()..];
    let newline = if written.contains("\r\n") { "\r\n" } else { "\n" };
    patch.replace(range, format!("{}{end}", lines(new, column).replace('\n', newline)));
    Some(())
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
    let mut block = Block::new(column);
    answer(&mut block, written);
    block.text()
}
