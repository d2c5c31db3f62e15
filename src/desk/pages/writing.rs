//! Writing: what `check` has to say of the whole book, and a document beside it.

use serde_json::{Value as Json, json};

use super::documents::{asks, titled};
use super::{Trouble, address};
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::server::DeskState;
use crate::diag::Severity;
use crate::document::DocumentKind;

/// So many remarks are shown; who has more mends these first.
const MAX_REMARKS: usize = 500;

/// The remarks, by file and place.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let (project, checked) = opened.remarks(inside.shelf.root(), inside.shelf.today())?;
    let words = ask.interface;
    let remarks: Vec<Json> = checked
        .findings
        .iter()
        .filter(|finding| ask.query.get("code").is_none_or(|code| finding.code.word() == code))
        .take(MAX_REMARKS)
        .map(|finding| {
            let mut told = super::told(finding, &project.loaded.sources, words);
            told["code"] = json!(finding.code.word());
            told["label"] = json!(words.say(&finding.severity.title()));
            told
        })
        .collect();
    let of = |severity: Severity| checked.findings.iter().filter(|finding| finding.severity == severity).count();
    let counts: Vec<String> = [Severity::Error, Severity::Warning, Severity::Note]
        .into_iter()
        .filter(|severity| of(*severity) > 0)
        .map(|severity| words.count(&format!("desk.remarks.{}", severity.word()), of(severity)))
        .collect();
    let kinds: Vec<Json> = DocumentKind::ALL
        .iter()
        .filter(|kind| kind.composer().is_some() && !matches!(kind, DocumentKind::Quiz | DocumentKind::Cards))
        .map(|kind| {
            let is_chosen = ask.query.get("kind") == Some(kind.word());
            json!({"value": kind.word(), "title": titled(&opened, words, *kind), "is_chosen": is_chosen})
        })
        .collect();
    let beside = ask.query.get("kind").filter(|kind| !kind.is_empty()).map(|kind| {
        let chosen = ["site", "role", "lang"].map(|name| (name, ask.query.get(name)));
        let pairs: Vec<_> = [("kind", Some(kind)), ("format", Some("html")), ("still", Some("yes"))]
            .into_iter()
            .chain(chosen)
            .collect();
        address("/documents/show", &pairs)
    });
    let mut asks = asks(&opened, ask, &ask.query);
    asks.retain(|ask| {
        ask.get("name").and_then(Json::as_str).is_some_and(|name| ["site", "role", "lang"].contains(&name))
    });
    let view = json!({
        "remarks": remarks, "counts": counts, "kinds": kinds, "beside": beside, "asks": asks,
        "past": checked.remark.as_ref().map(|remark| words.say(remark)),
    });
    Ok(super::page(inside, ask, &opened, "writing", &view))
}
