//! Actions: what is to be done about what was found, and what became of it.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::rounds::{owner_title, site_title};
use super::{Trouble, written};
use crate::audit::{Action, ActionState, Finding, findings};
use crate::book::Language;
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::server::Inside;
use crate::edit::follow_up::{Act, act, find};
use crate::edition::Directory;
use crate::language::Interface;
use crate::say;
use crate::text::iso_day;

/// So many of those that worked are listed, the newest, until all are asked for.
const MAX_SETTLED: usize = 20;

/// The actions, overdue ones first.
pub(super) fn page(inside: &Inside, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let today = inside.shelf.today();
    let all = findings(&opened.records.audits, &opened.project.standards);
    let mut with_action: Vec<(&Finding<'_>, &Action)> =
        all.iter().filter_map(|finding| Some((finding, finding.item.action()?))).collect();
    with_action.sort_by_key(|(finding, action)| {
        (action.state(today), action.due.is_none(), action.due, finding.record.moment.date)
    });
    let groups: Vec<Json> = ActionState::ALL
        .iter()
        .filter_map(|state| {
            let of_state = with_action.iter().filter(|(_, action)| action.state(today) == *state);
            let is_settled = *state == ActionState::Verified && ask.query.get("all").is_none();
            let most = if is_settled { MAX_SETTLED } else { usize::MAX };
            let more = of_state.clone().count().saturating_sub(most);
            let actions: Vec<Json> =
                of_state.skip(more).map(|(finding, action)| one(&opened, finding, action, ask.interface)).collect();
            let title = ask.interface.text(&format!("actions.title.{state}")).to_owned();
            let more = (more > 0).then(|| ask.interface.count("desk.more", more));
            let group = json!({"state": state.word(), "title": title, "actions": actions, "more": more});
            (!actions.is_empty()).then_some(group)
        })
        .collect();
    Ok(super::page(inside, ask, &opened, "actions", &json!({"groups": groups, "today": today.to_string()})))
}

fn one(opened: &Opened, finding: &Finding<'_>, action: &Action, words: &Interface) -> Json {
    let project = &opened.project;
    let audits = &opened.records.audits;
    let id = audits.id(finding.item);
    let book = &project.loaded.book;
    let text = audits.row(&project.standards, finding.item).and_then(|standard| {
        let worded = standard.text.best(&Language::new(words.tag()), book.source_language())?;
        Some(worded.text.clone())
    });
    let path = &project.loaded.sources.get(finding.record.file).path;
    json!({
        "what": action.what, "cause": action.cause, "remark": action.remark,
        "owner": action.owner.as_deref().map(|owner| owner_title(opened, owner, words)),
        "due": action.due.map(|day| words.date(day)), "done": action.done.map(|day| words.date(day)),
        "standard": id, "text": text,
        "site": finding.record.site.as_deref().map(|site| site_title(opened, site, words)),
        "found": words.date(finding.record.moment.date),
        "record": path.trim_start_matches("audits/").trim_end_matches(".yaml").trim_end_matches(".yml"),
    })
}

/// An action is done.
pub(super) fn done(inside: &Inside, ask: &Ask) -> Result<Answer, Trouble> {
    let day = ask.form.get("day").map_or(Some(inside.shelf.today()), iso_day);
    let day: NaiveDate =
        day.ok_or_else(|| Trouble::Refused(say!("write a date as year, month and day: 2026-01-31")))?;
    follow_up(inside, ask, &Act { done: Some(day), remark: remark(ask), ..Act::default() })
}

/// It was looked at whether an action had an effect.
pub(super) fn worked(inside: &Inside, ask: &Ask) -> Result<Answer, Trouble> {
    let effective = match ask.form.get("worked") {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Trouble::Missing),
    };
    let verified = Some(inside.shelf.today());
    follow_up(inside, ask, &Act { verified, effective: Some(effective), remark: remark(ask), ..Act::default() })
}

/// What is remarked, on one line.
fn remark(ask: &Ask) -> Option<String> {
    let said = ask.form.get("remark")?.split_whitespace().collect::<Vec<_>>().join(" ");
    (!said.is_empty()).then_some(said)
}

/// Writes what became of an action into its record.
fn follow_up(inside: &Inside, ask: &Ask, became: &Act) -> Result<Answer, Trouble> {
    let (Some(record), Some(standard)) = (ask.form.get("record"), ask.form.get("standard")) else {
        return Err(Trouble::Missing);
    };
    written(inside, ask, |opened| {
        let project = &opened.project;
        let sources = &project.loaded.sources;
        let file = find(sources, &opened.records.audits, record)?;
        let directory = Directory::new(&project.loaded.book, &project.standards);
        Ok(vec![act(sources, &directory, file, standard, became, inside.shelf.today())?])
    })?;
    Ok(Answer::see("/actions"))
}
