//! What `edition` writes: sets, issues of them, and the edition of a record that names none.

use chrono::NaiveDate;

use super::emit::YamlBlock;
use super::patch::{Patch, insert_lines, line_start};
use super::{EditError, FileEdit};
use crate::audit::draft::RecordDraft;
use crate::book::decode_text;
use crate::edition::{Editions, Set};
use crate::project::Project;
use crate::say;
use crate::source::yaml::{self, Layout, Value};
use crate::source::{FileId, World};

/// The file of a set; none where it is kept already.
///
/// # Errors
/// A file of that name that is not this set: one that was altered, or, once in four thousand million, another set whose hash
/// begins with the same digits.
pub fn keep(world: &dyn World, kept: &Editions, set: &Set) -> Result<Option<FileEdit>, EditError> {
    let name = set.name();
    let is_there = if set.is_partial() { kept.has(&name) } else { kept.has_whole(&name) };
    if !is_there {
        return Ok(Some(FileEdit { path: set.path(), before: None, after: set.text() }));
    }
    match kept.read(world, &name) {
        Some(Ok(kept_set)) if kept_set.full_name() == set.full_name() => Ok(None),
        Some(Ok(_)) => {
            let message = say!("the set `{name}` in editions/ is another one whose hash begins alike", name);
            Err(EditError::usage(message, Some(say!("change any word of any standard, and it gets another name"))))
        }
        _ => {
            let message = say!("{path} is not as it was written", path = set.path());
            Err(EditError::usage(
                message,
                Some(say!("bring it back from git; `gamma-ok check` says what is wrong with it")),
            ))
        }
    }
}

/// The name of the set of a book as it stands, and its file where it is not kept yet. A book with errors has none.
pub(crate) fn current<W: World>(
    opened: &Project<W>,
    kept: &Editions,
) -> Result<(Option<String>, Option<FileEdit>), EditError> {
    if !opened.errors().is_empty() {
        return Ok((None, None));
    }
    let set = opened.set();
    let change = keep(&opened.world, kept, &set)?;
    Ok((Some(set.name()), change))
}

/// What document control says of an edition that is issued.
#[derive(Clone, Debug)]
pub struct Control {
    /// The number to issue the edition with.
    pub number: u32,
    /// What it is called.
    pub title: Option<String>,
    /// The day it is issued.
    pub issued: NaiveDate,
    /// The day from which it is in force.
    pub in_force: NaiveDate,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When it is looked at again.
    pub next_review: Option<NaiveDate>,
    /// Why it is in force from a day before the last record that counts.
    pub backdated: Option<String>,
}

/// The file of an issue. What it would contradict is refused.
///
/// # Errors
/// A number or a day that another edition has.
pub fn issue(kept: &Editions, set: &Set, control: &Control) -> Result<FileEdit, EditError> {
    let number = control.number;
    if kept.issues.iter().any(|issue| issue.number == number) {
        let next = kept.issues.iter().map(|issue| issue.number).max().unwrap_or(0) + 1;
        let message = say!("the number {number} was issued already", number);
        return Err(EditError::usage(message, Some(say!("the next one is {next}", next))));
    }
    if let Some(other) = kept.issues.iter().find(|issue| issue.in_force == control.in_force) {
        let (day, other) = (control.in_force, other.number);
        let message = say!("edition {other} is in force from {day} already", other, day);
        return Err(EditError::usage(message, Some(say!("name another day with --in-force"))));
    }
    let mut block = YamlBlock::new(0);
    block.raw("number", &number.to_string());
    block.value("edition", &set.name());
    control.title.iter().for_each(|title| block.prose("title", title));
    block.value("issued", &control.issued.to_string());
    block.value("in-force", &control.in_force.to_string());
    control.approved_by.iter().for_each(|role| block.value("approved-by", role));
    control.next_review.iter().for_each(|day| block.value("next-review", &day.to_string()));
    control.backdated.iter().for_each(|reason| block.prose("backdated", reason));
    Ok(FileEdit { path: format!("editions/issued/{number}.yaml"), before: None, after: block.text() + "\n" })
}

/// A record's file with the edition that it gets afterwards above its first key; every other byte stays.
///
/// # Errors
/// A file that is written in a way that the edit does not reach.
pub fn adopted(path: &str, before: &str, edition: &str) -> Result<FileEdit, EditError> {
    let not_kept = || EditError::NotKept { path: path.to_owned(), detail: say!("it is not written a key a line") };
    let root = yaml::parse(FileId::default(), before).map_err(|_| not_kept())?;
    let (Value::Map(entries, Layout::Block), Some(first)) = (&root.value, root.entries().first()) else {
        return Err(not_kept());
    };
    let start = line_start(before, first.key_span.start as usize);
    // Before the key there may be a byte-order mark, and nothing else.
    let is_first =
        before.get(start..first.key_span.start as usize).is_some_and(|rest| rest.trim_matches('\u{feff}').is_empty());
    if !is_first {
        return Err(not_kept());
    }
    let mut block = YamlBlock::new(0);
    block.value("edition", edition);
    block.raw("adopted", "true");
    let mut patch = Patch::default();
    insert_lines(&mut patch, before, first.key_span.start as usize, &block.text());
    let after = patch.apply(before).ok_or_else(not_kept)?;
    let read = decode_text::<RecordDraft>(FileId::default(), &after, say!("an audit record")).0.ok_or_else(not_kept)?;
    let is_said = read.edition.is_some_and(|written| written.value == edition) && read.adopted == Some(true);
    let rest = yaml::parse(FileId::default(), &after).map_err(|_| not_kept())?;
    let is_rest = rest.entries().len() == entries.len() + 2;
    if !(is_said && is_rest) {
        return Err(not_kept());
    }
    Ok(FileEdit { path: path.to_owned(), before: Some(before.to_owned()), after })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_record_gets_its_edition_above_its_first_key() {
        let text = "# A round.\n\nsite: a\r\ndate: 2026-05-01 # today\nanswers: {x: met}\n";
        let change = adopted("audits/1.yaml", text, "12345678").expect("written a key a line");
        assert_eq!(
            change.after.replace('\r', ""),
            "# A round.\n\nedition: \"12345678\"\nadopted: true\nsite: a\ndate: 2026-05-01 # today\nanswers: {x: met}\n"
        );
        assert!(adopted("audits/1.yaml", "{site: a, date: 2026-05-01, answers: {x: met}}", "7f3a9c2e").is_err());
        assert!(adopted("audits/1.yaml", "--- {site: a}", "7f3a9c2e").is_err());
    }
}
