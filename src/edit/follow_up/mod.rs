//! What becomes of records once they are taken in: actions that are done and checked, records that are withdrawn, and people who
//! are forgotten. Every other byte of a record stays.

mod act;
mod forget;
mod unseen;
mod withdraw;

pub(crate) use act::{Act, act};
pub(crate) use forget::{forget, forget_kept};
pub(crate) use withdraw::withdraw;

use super::EditError;
use super::insertion::parsed;
use crate::audit::{Audits, FOLDER};
use crate::say;
use crate::source::yaml::Node;
use crate::source::{FileId, Sources};
use crate::text::nearest;

/// What a new key of a record stands behind: the last of these that there is.
const HEAD: [&str; 13] = [
    "site",
    "date",
    "visit",
    "round",
    "planned",
    "edition",
    "adopted",
    "auditor",
    "kind",
    "scope",
    "staff",
    "withdrawn",
    "forgotten",
];

/// The files of all records, by their names: the path below `audits/` without its ending.
pub(crate) fn names(sources: &Sources) -> impl Iterator<Item = (FileId, &str)> {
    sources.iter().filter_map(|(file, source)| Some((file, name(&source.path)?)))
}

/// The name of the record in a file.
fn name(path: &str) -> Option<&str> {
    let inner = path.strip_prefix(FOLDER)?.strip_prefix('/')?;
    inner.strip_suffix(".yaml").or_else(|| inner.strip_suffix(".yml"))
}

/// The file of a record, by its name or by its round.
///
/// # Errors
/// [`EditError::Usage`] where there is none, or several of that round.
pub(crate) fn find(sources: &Sources, audits: &Audits, asked: &str) -> Result<FileId, EditError> {
    let plain = name(asked).unwrap_or(asked);
    if let Some((file, _)) = names(sources).find(|(_, name)| *name == plain) {
        return Ok(file);
    }
    let of_round: Vec<FileId> = audits
        .records
        .iter()
        .filter(|record| record.round.as_deref() == Some(asked))
        .map(|record| record.file)
        .collect();
    match of_round.as_slice() {
        [file] => Ok(*file),
        [] => {
            let message = say!("there is no record `{asked}`", asked);
            let near = nearest(plain, names(sources).map(|(_, name)| name));
            Err(EditError::usage(
                message,
                Some(match near {
                    Some(near) => say!("did you mean `{near}`?", near),
                    None => say!("name its path below audits/ without the ending, or its round"),
                }),
            ))
        }
        several => {
            let message = say!("{n} records are of the round `{asked}`", n = several.len(), asked);
            Err(EditError::usage(message, Some(say!("name the one that is meant by its path below audits/"))))
        }
    }
}

/// A record as a tree.
fn tree_of(sources: &Sources, file: FileId) -> Result<Node<'_>, EditError> {
    parsed(sources, file, say!("the record cannot be read"))
}
