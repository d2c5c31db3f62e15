//! The documents of one review: its checklist, and its report, of a closed one as it was kept.

use super::{named, spoken};
use crate::book::Language;
use crate::desk::answer::{Answer, SANDBOX};
use crate::desk::ask::Ask;
use crate::desk::book::unfit;
use crate::desk::pages::Trouble;
use crate::desk::pages::documents::{as_file, renderer};
use crate::desk::server::DeskState;
use crate::document::DocumentKind;
use crate::document::review::kept;
use crate::render::formats_of;

/// The document that is asked for, as from nowhere.
pub(in crate::desk::pages) fn document(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    if !opened.errors.is_empty() {
        return Err(unfit(opened.errors.len()).into());
    }
    let project = &opened.project;
    let review = named(&opened, ask.query.get("name"))?;
    let kinds = [DocumentKind::ReviewReport, DocumentKind::ReviewChecklist];
    let kind = kinds.into_iter().find(|kind| Some(kind.word()) == ask.query.get("kind")).ok_or(Trouble::Missing)?;
    let name = ask.query.get("format").unwrap_or("html");
    let format = formats_of(kind).find(|format| format.name == name).ok_or(Trouble::Missing)?;
    let book = &project.loaded.book;
    let tag = ask.query.get("lang").or(spoken(&opened, ask.interface));
    let known = |tag: &str| book.languages.iter().find(|language| language.tag() == tag);
    let language: &Language = tag.and_then(known).unwrap_or(book.source_language());
    let is_report = kind == DocumentKind::ReviewReport;
    if is_report && let Some(finding) = opened.records.reviews.errors_of(review).next() {
        return Err(finding.message.clone().into());
    }
    let document = kept::document(project, (&opened.records, review), language, is_report);
    let bytes = renderer(inside, &opened).render(format, document.as_ref()).map_err(|error| error.message())?;
    if format.name == "html" {
        return Ok(Answer::page_under(bytes, SANDBOX.to_owned()));
    }
    let parts = [kind.word(), review.name.as_str(), language.tag()];
    Ok(as_file(format.name, &parts, ask.query.get("keep").is_none(), bytes))
}
