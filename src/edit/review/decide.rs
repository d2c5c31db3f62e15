//! A decision of a review, as it is made and made again while the review is open: key by key, every other byte stays.

use chrono::NaiveDate;

use super::close::tree_of;
use super::record::Writer;
use crate::edit::fields::Field;
use crate::edit::patch::Patch;
use crate::edit::{EditError, FileEdit};
use crate::review::{Decision, Frozen, Review, ReviewEntry};
use crate::say;
use crate::source::Sources;

/// What is decided about one standard; what is not given is taken out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Decided {
    /// The decision.
    pub decision: Option<Decision>,
    /// Why.
    pub reason: Option<String>,
    /// Who carries it out.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<NaiveDate>,
}

/// Writes a decision into the review's file; none where it says so already.
///
/// # Errors
/// The [`EditError`] of a decision that lacks its reason, or of a file that the edit does not reach.
pub(crate) fn decide(
    sources: &Sources,
    review: &Review,
    entry: &ReviewEntry,
    asked: &Decided,
) -> Result<Option<FileEdit>, EditError> {
    let is_failing = entry.evidence.as_ref().is_some_and(Frozen::is_failing);
    if let Some(decision) = asked.decision.filter(|decision| decision.needs_reason(is_failing))
        && asked.reason.is_none()
    {
        let message = match decision {
            Decision::Keep => say!("`{id}` is kept without a reason, although fewer than half met it", id = &entry.id),
            _ => say!("`{id}` is decided without a reason", id = &entry.id),
        };
        return Err(EditError::usage(
            message,
            Some(say!("write the reason beside it; nothing of this answer was taken")),
        ));
    }
    let root = tree_of(sources, review)?;
    let mut writer = Writer { sources, root: &root, intended: root.clone(), patch: Patch::default() };
    let written = entry.reason.as_ref().map(|reason| reason.0.as_slice()).unwrap_or_default();
    let is_same_reason = match &asked.reason {
        Some(reason) => written.iter().any(|worded| worded.text == *reason),
        None => written.is_empty(),
    };
    if !is_same_reason && written.len() > 1 {
        let message = say!("the reason for `{id}` is written in several languages", id = &entry.id);
        return Err(EditError::usage(message, Some(say!("change it in the review's file"))));
    }
    let reason = if is_same_reason { None } else { Some(asked.reason.clone()) };
    let decided = entry.decision.as_ref().map(|decision| decision.value);
    let changed = |is: bool, value: Option<String>| is.then_some(value);
    let all = [
        ("decision", changed(decided != asked.decision, asked.decision.map(|decision| decision.to_string()))),
        ("reason", reason),
        ("owner", changed(entry.owner != asked.owner, asked.owner.clone())),
        ("due", changed(entry.due != asked.due, asked.due.map(|day| day.to_string()))),
    ];
    let set = |(key, value): &(&'static str, Option<Option<String>>)| Some((*key, value.clone()??));
    let new: Vec<(&'static str, String)> = all.iter().filter_map(set).collect();
    for (key, _) in all.iter().filter(|(_, value)| matches!(value, Some(None))) {
        writer.clear(entry, key)?;
    }
    if !new.is_empty() {
        writer.entry(entry, &new)?;
    }
    writer.finish()
}

/// Writes who decides, and what standards are asked for; none where the file says so already.
///
/// # Errors
/// The [`EditError`] of a file that the edit does not reach.
pub(crate) fn reviewers(
    sources: &Sources,
    review: &Review,
    names: &[String],
    added: &[String],
) -> Result<Option<FileEdit>, EditError> {
    let root = tree_of(sources, review)?;
    let mut writer = Writer { sources, root: &root, intended: root.clone(), patch: Patch::default() };
    if names != review.reviewers {
        writer.top("reviewers", &Field::List(names.to_vec()), &["opened", "closed"])?;
    }
    if !review.added.iter().map(|added| &added.written.value).eq(added) {
        writer.top("added", &Field::List(added.to_vec()), &["decisions"])?;
    }
    writer.finish()
}
