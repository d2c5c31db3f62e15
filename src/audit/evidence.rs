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

/// The kind of a picture by the ending of its name, as a browser is told of it; none for other papers.
pub(crate) fn picture(path: &str) -> Option<&'static str> {
    match path.rsplit_once('.')?.1.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => Some("image/jpeg"),
        "png" => Some("image/png"),
        _ => None,
    }
}

/// A picture that a record names, with its kind; none where it is not there, or is no such picture in the book.
#[cfg(feature = "desk")]
pub(crate) fn read(world: &dyn World, path: &str) -> Option<(&'static str, Vec<u8>)> {
    let kind = picture(path)?;
    let bytes = places(path).iter().find_map(|place| world.bytes(place).ok())?;
    let begins: &[u8] = if kind == "image/png" { b"\x89PNG" } else { b"\xff\xd8" };
    bytes.starts_with(begins).then_some((kind, bytes))
}

/// The photographs beside the records that none of these texts of records names.
pub(super) fn unnamed<'t>(world: &dyn World, texts: impl Iterator<Item = &'t str> + Clone) -> Vec<String> {
    let folder = format!("{FOLDER}/{PHOTOS}/");
    let photographs: Vec<String> =
        world.list_names(folder.trim_end_matches('/'), &[".jpg", ".jpeg", ".png"]).into_iter().flatten().collect();
    if photographs.is_empty() {
        return photographs;
    }
    let begin = format!("{PHOTOS}/");
    let is_of_name = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '/');
    let named = |text: &'t str| {
        let names = text.match_indices(&begin).map(move |(offset, _)| &text[offset..]);
        names.map(|rest| &rest[..rest.find(|c| !is_of_name(c)).unwrap_or(rest.len())]).collect::<Vec<_>>()
    };
    let named: HashSet<&str> = texts.clone().flat_map(named).collect();
    let of_record = |path: &str| path.strip_prefix(FOLDER).unwrap_or(path).trim_start_matches('/').to_owned();
    // The words of a name may stand apart.
    let is_named = |name: &str| named.contains(name) || texts.clone().any(|text| text.contains(name));
    photographs.into_iter().filter(|path| !is_named(&of_record(path))).collect()
}

/// Whether a path of a record is to be of a file beside the records: all in the folder of photographs, and any picture that is
/// not kept elsewhere.
fn is_photograph(path: &str) -> bool {
    let is_beside = path.strip_prefix(PHOTOS).is_some_and(|rest| rest.starts_with('/'));
    is_beside || picture(path).is_some() && !path.contains("://")
}

/// The first of these paths that is to be of a file beside the records and is of none.
pub(crate) fn missing<'p>(world: &dyn World, paths: &'p [String]) -> Option<&'p String> {
    let is_lost = |path: &&String| is_photograph(path) && places(path).iter().all(|place| world.bytes(place).is_err());
    paths.iter().find(is_lost)
}

/// The photographs that a record names.
pub(super) fn photos(draft: &RecordDraft) -> Vec<Name> {
    let answers = draft.answers.iter().flat_map(|answers| &answers.entries);
    let details = answers.filter_map(|(_, answer)| match answer {
        Some(AnswerDraft::Full(detail)) => Some(detail),
        _ => None,
    });
    let details = details.flat_map(|detail| {
        let of_action = detail.action.as_ref().and_then(|action| action.evidence.as_ref());
        detail.evidence.iter().chain(of_action)
    });
    let is_photo = |path: &&Name| is_photograph(&path.value);
    details.flat_map(|paths| &paths.0).filter(is_photo).cloned().collect()
}

/// Those of the photographs that records name that are not there. Other papers may be kept anywhere.
pub(super) fn lost(world: &dyn World, named: Vec<Name>) -> Vec<Name> {
    if named.is_empty() {
        return named;
    }
    let folders = places(PHOTOS);
    let there: HashSet<String> = folders.iter().flat_map(|folder| world.list_names(folder, &[""])).flatten().collect();
    let is_there = |place: &String| there.contains(place) || !is_listed(place) && world.bytes(place).is_ok();
    named.into_iter().filter(|path| !places(&path.value).iter().any(is_there)).collect()
}

/// Whether a place in the book is in one of the folders of photographs.
fn is_listed(place: &str) -> bool {
    places(PHOTOS).iter().any(|folder| place.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/')))
}

/// What is said of a photograph that is not there.
pub(super) fn finding(path: &Name) -> Diagnostic {
    let place = format!("{FOLDER}/{}", path.value);
    Diagnostic::new(Code::LostEvidence, path.span, say!("the photograph {place} is not there", place)).help(say!(
        "bring the file back, or hand the round in again from the form, which has it; else take the path out of the record"
    ))
}
