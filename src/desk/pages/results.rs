//! What audits, customers and reviews come to: the reports, each within a page of the desk and to keep as a file.

use serde_json::{Value as Json, json};

use super::documents::{asks, titled};
use super::{Trouble, address};
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::server::DeskState;
use crate::document::{DocumentKind, reportable};
use crate::render::formats_of;
use crate::say;
use crate::text::iso_day;

/// The audit report.
pub(super) fn results(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let mut view =
        reported(ask, &opened, DocumentKind::AuditReport, &["site", "role", "phase", "level", "verify", "lang"]);
    view["said"] = json!(misasked(ask, &opened));
    view["days"] = json!({"from": day(ask, "from"), "to": day(ask, "to")});
    Ok(super::page(inside, ask, &opened, "results", &view))
}

/// A day that was asked for, as a field of a page has it.
fn day(ask: &Ask, name: &str) -> String {
    ask.query.get(name).and_then(iso_day).map(|day| day.to_string()).unwrap_or_default()
}

/// What of the question has no answer, so that none is shown as if it had.
fn misasked(ask: &Ask, opened: &Opened) -> Vec<String> {
    let asked = |name: &str| ask.query.get(name).filter(|value| !value.is_empty());
    let mut said = Vec::new();
    if let Some(site) = asked("site")
        && opened.project.loaded.book.sites.iter().all(|known| known.id.name != site)
    {
        said.push(say!("the book has no site `{site}`", site));
    }
    let days = ["from", "to"].map(asked);
    if days.into_iter().flatten().any(|day| iso_day(day).is_none()) {
        said.push(say!("write a date as year, month and day: 2026-01-31"));
    }
    if let [Some(from), Some(to)] = days.map(|day| day.and_then(iso_day))
        && from > to
    {
        said.push(say!("the first day, {from}, is after the last one, {to}, so that no day lies between", from, to));
    }
    said.iter().map(|message| ask.interface.say(message)).collect()
}

/// A report within a page: what can be asked of it, and where it is.
pub(super) fn reported(ask: &Ask, opened: &Opened, kind: DocumentKind, names: &[&str]) -> Json {
    let is_there = reportable(&opened.records).contains(&kind);
    let mut asks = asks(opened, ask, &ask.query);
    asks.retain(|ask| ask.get("name").and_then(Json::as_str).is_some_and(|name| names.contains(&name)));
    let spoken = || opened.project.loaded.book.languages.iter().find(|known| known.primary() == ask.interface.tag());
    let lang = ask.query.get("lang").or_else(|| spoken().map(crate::book::Language::tag));
    let asked =
        names.iter().chain(&["from", "to"]).filter(|name| **name != "lang").map(|name| (*name, ask.query.get(name)));
    let asked: Vec<(&str, Option<&str>)> = asked.collect();
    let link = |format: &str, keep: Option<&str>| {
        let pairs = [("kind", Some(kind.word())), ("format", Some(format)), ("lang", lang), ("keep", keep)];
        address("/documents/show", &pairs.into_iter().chain(asked.iter().copied()).collect::<Vec<_>>())
    };
    let files: Vec<Json> = formats_of(kind)
        .filter(|format| format.is_built_in && ["pdf", "xlsx"].contains(&format.name))
        .map(|format| json!({"name": format.name.to_uppercase(), "path": link(format.name, Some("yes"))}))
        .collect();
    let title = titled(opened, ask.interface, kind);
    json!({
        "title": title, "show": is_there.then(|| link("html", None)), "files": files, "asks": asks, "path": ask.path,
        "days": null, "said": [],
    })
}
