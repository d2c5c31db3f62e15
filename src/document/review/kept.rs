//! The reports of closed reviews as they were kept on closing: one file a review, beside the reviews.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::{OfReview, ReviewRequest, figures, freeze, frozen_report, review_checklist, review_report};
use crate::book::{Language, LoadError};
use crate::changes::{Changes, compare};
use crate::document::{Document, Request};
use crate::edit::FileEdit;
use crate::edition::{Edition, Filter};
use crate::message::Message;
use crate::project::{Project, Records};
use crate::review::kept::{ended, is_as_written, sealed};
use crate::review::{KEPT, Review, open_actions, review_before};
use crate::say;
use crate::source::{Overlay, World};

/// The file as it is written by this program.
const VERSION: u32 = 1;

/// What was kept of a review.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct KeptReport {
    /// What the review's file said of its end, as far as the program wrote it; older programs kept nothing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    ended: Option<Json>,
    /// Of this form.
    version: u32,
    /// The day of closing.
    closed: String,
    /// The document by language.
    pub reports: BTreeMap<String, Json>,
    /// The same for other programs.
    pub figures: Json,
}

/// Why a report cannot be kept.
#[derive(Debug, thiserror::Error)]
pub(crate) enum KeepError {
    /// The book that the changes leave cannot be opened.
    #[error(transparent)]
    Book(#[from] LoadError),
    /// What no view of texts and numbers could cause.
    #[error(transparent)]
    Written(#[from] serde_json::Error),
}

impl KeepError {
    /// It as a sentence for people.
    pub(crate) fn message(&self) -> Message {
        match self {
            KeepError::Book(error) => error.message(),
            KeepError::Written(error) => say!("the report cannot be kept: {reason}", reason = error.to_string()),
        }
    }
}

/// The path of what is kept of the review of that name.
pub(crate) fn path(name: &str) -> String {
    format!("{KEPT}{name}.json")
}

/// Composes something about a review: of a closed one as things stood on that day, where it is a report.
pub(crate) fn asked<W: World, T>(
    opened: &Project<W>,
    (records, review): (&Records, &Review),
    language: &Language,
    is_report: bool,
    make: impl FnOnce(OfReview<'_>) -> T,
) -> T {
    let closed = review.closed.as_ref().map(|closed| closed.value).filter(|_| is_report);
    let today = closed.unwrap_or(opened.world.today());
    let evidence = opened.evidence(records);
    let overview = opened.due(records, &evidence);
    let actions = open_actions(&records.audits, &opened.standards, today);
    let filter = Filter::default().in_force(false);
    let control = is_report.then(|| opened.control(&records.editions));
    let request = Request { today, control: control.as_ref(), ..Request::of(opened, &filter, language) };
    let asked = ReviewRequest::of(request, records, &overview, &actions);
    let since = is_report.then(|| since(opened, records, review)).flatten();
    let left = is_report.then(|| set(opened, records, review.left.as_deref()?)).flatten();
    let on = closed.and_then(|_| set(opened, records, review.edition.as_deref()?));
    make(OfReview { asked, review, since: since.as_ref(), on: on.as_ref(), left: left.as_ref() })
}

/// The document about a review: its report, as it was kept if it was, or else its checklist.
pub(crate) fn document(
    opened: &Project,
    reviewed: (&Records, &Review),
    language: &Language,
    is_report: bool,
) -> Box<dyn Document> {
    let kept = if is_report { read(opened, reviewed.1) } else { None };
    let told = kept.as_ref().and_then(|kept| kept.reports.get(language.tag()));
    composed(opened, reviewed, language, is_report, told)
}

/// The same with what was kept of the report in that language.
pub(crate) fn composed(
    opened: &Project,
    reviewed: (&Records, &Review),
    language: &Language,
    is_report: bool,
    told: Option<&Json>,
) -> Box<dyn Document> {
    asked(opened, reviewed, language, is_report, |request| match told.and_then(|told| frozen_report(request, told)) {
        Some(frozen) => Box::new(frozen) as Box<dyn Document>,
        None if is_report => Box::new(review_report(request)),
        None => Box::new(review_checklist(request)),
    })
}

/// What changed between the set that the review before was opened on and that of this one; none where one of them is not here.
fn since<W: World>(opened: &Project<W>, records: &Records, review: &Review) -> Option<Changes> {
    let last = review_before(&records.reviews, review)?;
    let of = |name: &str| set(opened, records, name);
    let (before, after) = (of(last.edition.as_deref()?)?, of(review.edition.as_deref()?)?);
    Some(compare((&before).into(), (&after).into()))
}

/// A set of standards, where it is here.
fn set<W: World>(opened: &Project<W>, records: &Records, name: &str) -> Option<Edition> {
    Some(Edition::of(&records.editions.read(&opened.world, name)?.ok()?))
}

/// The file that keeps the reports of a review which these changes close, in each language of the book; none where the changes
/// leave no closed review of that name.
///
/// # Errors
/// A book that cannot be opened any more.
pub(crate) fn keep(opened: &Project, changes: &[FileEdit], name: &str) -> Result<Option<FileEdit>, KeepError> {
    let mut world = Overlay::new(&opened.world);
    world.apply(changes);
    let mut left = Project::open(world)?;
    let records = left.records();
    let Some(review) = records.reviews.named(name) else { return Ok(None) };
    let Some(closed) = &review.closed else { return Ok(None) };
    let mut reports = BTreeMap::new();
    for language in &left.loaded.book.languages {
        let report = asked(&left, (&records, review), language, true, freeze)?;
        reports.insert(language.tag().to_owned(), report);
    }
    let source = left.loaded.book.source_language();
    let figures = asked(&left, (&records, review), source, true, |request| figures::value(request, None))?;
    let kept =
        KeptReport { ended: Some(ended(review)), version: VERSION, closed: closed.value.to_string(), reports, figures };
    let path = path(name);
    let before = opened.world.large_text(&path).ok();
    Ok(Some(FileEdit { path, before, after: sealed(&serde_json::to_string(&kept)?) }))
}

/// What was kept of a closed review; none where nothing was, or it is of another closing.
pub(crate) fn read(opened: &Project, review: &Review) -> Option<KeptReport> {
    let closed = review.closed.as_ref()?.value.to_string();
    let text = opened.world.large_text(&path(&review.name)).ok()?;
    let kept = serde_json::from_str(&text).ok().filter(|_| is_as_written(&text));
    kept.filter(|kept: &KeptReport| kept.version == VERSION && kept.closed == closed)
}
