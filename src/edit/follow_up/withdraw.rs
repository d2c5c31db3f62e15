//! `audit withdraw`: a record that was wrong is kept, marked, and not counted.

use chrono::NaiveDate;

use super::{HEAD, tree_of};
use crate::edit::fields::{self, Field};
use crate::edit::patch::Patch;
use crate::edit::{EditError, FileEdit, verify};
use crate::say;
use crate::source::{FileId, Sources};

/// Marks the record.
///
/// # Errors
/// The [`EditError`] for one that is withdrawn, or is written in a way that the edit does not reach.
pub(crate) fn withdraw(sources: &Sources, file: FileId, reason: &str, today: NaiveDate) -> Result<FileEdit, EditError> {
    let source = sources.get(file);
    let root = tree_of(sources, file)?;
    if root.get("withdrawn").is_some() {
        return Err(EditError::usage(say!("{path} is withdrawn already", path = source.path), None));
    }
    let value = Field::Map(vec![
        ("why".to_owned(), Field::Text(reason.to_owned())),
        ("date".to_owned(), Field::Text(today.to_string())),
    ]);
    let (mut patch, mut intended) = (Patch::default(), root.clone());
    fields::set(&mut patch, sources, &root, "withdrawn", &value, &HEAD)?;
    fields::intend(&mut intended, "withdrawn", &value, &HEAD);
    verify::as_intended(source, &patch, &intended)
}
