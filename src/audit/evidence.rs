//! Where the photographs and papers are that records name as evidence.

use std::collections::HashSet;

use super::FOLDER;
use super::draft::{AnswerDraft, RecordDraft};
use super::filled::PHOTOS;
use crate::book::draft::Name;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::World;

/// The places in the book that a path of a record may mean: beside the records, where forms put their photographs, else from
/// the book's own folder.
pub(crate) fn places(path: &str) -> [String; 2] {
    [format!("{FOLDER}/{path}"), path.to_owned()]
}

/// The photographs that records name and that are not there. Other papers may be kept anywhere.
pub(super) fn lost<'d>(world: &dyn World, drafts: impl Iterator<Item = &'d RecordDraft>) -> Vec<Diagnostic> {
    let answers = drafts.filter_map(|draft| draft.answers.as_ref()).flat_map(|answers| &answers.entries);
    let details = answers.filter_map(|(_, answer)| match answer {
        Some(AnswerDraft::Full(detail)) => detail.evidence.as_ref(),
        _ => None,
    });
    let is_photo = |path: &&Name| path.value.strip_prefix(PHOTOS).is_some_and(|rest| rest.starts_with('/'));
    let named: Vec<&Name> = details.flat_map(|paths| &paths.0).filter(is_photo).collect();
    if named.is_empty() {
        return Vec::new();
    }
    let folders = places(PHOTOS);
    let there: HashSet<String> = folders.iter().flat_map(|folder| world.list_names(folder, &[""])).flatten().collect();
    let lost = named.into_iter().filter(|path| places(&path.value).iter().all(|place| !there.contains(place)));
    let finding = |path: &Name| {
        let place = format!("{FOLDER}/{}", path.value);
        Diagnostic::new(Code::LostEvidence, path.span, say!("the photograph {place} is not there", place)).help(say!(
            "bring the file back, or hand the round in again from the form, which has it; else take the path out of the record"
        ))
    };
    lost.map(finding).collect()
}
