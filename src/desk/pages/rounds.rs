//! Rounds: pick one to fill in or print, and what became of those so far.

use serde_json::{Value as Json, json};

use super::documents::{asks, print_format};
use super::said::Said;
use super::{MAX_REMARK, Trouble, no_longer_than, text_of, written};
use crate::audit::{Record, Verdict};
use crate::desk::answer::Answer;
use crate::desk::ask::{Ask, PICKED};
use crate::desk::book::Opened;
use crate::desk::query::Query;
use crate::desk::server::DeskState;
use crate::edit::follow_up::{find, withdraw};
use crate::language::Interface;
use crate::say;

/// So many rounds are listed, the newest first, until all are asked for.
const MAX_LISTED: usize = 50;

/// The rounds.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    Ok(listed(inside, ask, &*inside.shelf.book()?, None))
}

/// The same; of one of them it is said why it is not withdrawn.
fn listed(inside: &DeskState, ask: &Ask, opened: &Opened, refused: Option<&Said>) -> Answer {
    let path = |record: &Record| &opened.project.loaded.sources.get(record.file).path;
    let is_shown = |record: &&Record| ask.phone().is_none_or(|phone| inside.has_handed_in(phone, path(record)));
    let records = opened.records.audits.records.iter().rev().filter(is_shown);
    let is_all = ask.query.get("all").is_some() || refused.is_some();
    let most = if is_all { usize::MAX } else { MAX_LISTED };
    let more = records.clone().count().saturating_sub(most);
    let rounds: Vec<Json> = records.take(most).map(|record| round(opened, record, ask.interface)).collect();
    let has_asked = !ask.query.only(&PICKED).is_empty();
    let chosen = if has_asked { &ask.query } else { &ask.picked };
    let mut asks = asks(opened, ask, chosen);
    if opened.has_edition(inside.shelf.today()) {
        let choices = [("in-force", "desk.edition.in-force"), ("", "desk.edition.working")].map(|(value, title)| {
            let is_chosen = has_asked_or_picked(chosen) && chosen.get("edition").unwrap_or_default() == value;
            json!({"value": value, "title": ask.interface.text(title), "is_chosen": is_chosen})
        });
        asks.push(json!({"name": "edition", "label": ask.interface.text("desk.edition.which"), "choices": choices}));
    }
    let more = (more > 0).then(|| ask.interface.count("desk.more", more));
    let refused =
        refused.map(|said| json!({"record": ask.form.get("record"), "said": said, "typed": ask.form.get("reason")}));
    let view = json!({"asks": asks, "rounds": rounds, "more": more, "print": print_format(), "refused": refused});
    super::page(inside, ask, opened, "rounds", &view)
}

/// Whether anything was picked: what was not is not the working copy.
fn has_asked_or_picked(chosen: &Query) -> bool {
    !chosen.only(&PICKED).is_empty()
}

/// A round that was recorded, with what its answers come to.
fn round(opened: &Opened, record: &Record, words: &Interface) -> Json {
    let project = &opened.project;
    let (audits, standards) = (&opened.records.audits, &project.standards);
    let (mut met, mut judged, mut critical) = (0_usize, 0_usize, 0_usize);
    let is_it = |other: &Record| other.file == record.file;
    audits.each_unit(
        standards,
        is_it,
        |_, _| true,
        |_, unit, _| {
            judged += usize::from(unit.is_judged());
            met += usize::from(unit.verdict == Verdict::Met);
            let is_critical = standards.all.get(unit.standard as usize).is_some_and(|standard| standard.critical);
            critical += usize::from(is_critical && unit.verdict == Verdict::NotMet);
        },
    );
    let verdict = words.fill("desk.verdict", &[("met", &met.to_string()), ("judged", &judged.to_string())]);
    let path = &project.loaded.sources.get(record.file).path;
    json!({
        "record": path.trim_start_matches("audits/").trim_end_matches(".yaml").trim_end_matches(".yml"),
        // In large letters it has more than one line, which begins between its words.
        "date": words.date(record.moment.date).replace('\u{a0}', " "),
        "site": record.site.as_deref().map(|site| site_title(opened, site, words)),
        "auditor": record.auditor.as_deref().map(|auditor| owner_title(opened, auditor, words)),
        "verdict": verdict,
        "critical": (critical > 0).then(|| words.count("desk.critical", critical)),
    })
}

/// What a site is called; its id where the book has none of that name.
pub(super) fn site_title(opened: &Opened, site: &str, words: &Interface) -> String {
    let known = opened.project.loaded.book.site(site);
    known.and_then(|known| opened.text(&known.title, words)).unwrap_or(site).to_owned()
}

/// What a role is called; what is written where the book has no such role.
pub(super) fn owner_title(opened: &Opened, owner: &str, words: &Interface) -> String {
    let known = opened.project.loaded.book.role(owner);
    known.and_then(|known| opened.text(&known.title, words)).unwrap_or(owner).to_owned()
}

/// Marks a record that was wrong.
pub(super) fn withdraw_round(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let record = ask.form.get("record").ok_or(Trouble::Missing)?;
    let done = written(inside, ask, |opened| {
        let reason = text_of(&ask.form, "reason");
        let reason = reason.ok_or_else(|| Trouble::Refused(say!("a record is withdrawn with a reason")))?;
        no_longer_than(&reason, MAX_REMARK)?;
        let sources = &opened.project.loaded.sources;
        let file = find(sources, &opened.records.audits, record)?;
        Ok(vec![withdraw(sources, file, &reason, inside.shelf.today())?])
    });
    let Err(trouble) = done else { return Ok(Answer::see("/rounds")) };
    let Ok(opened) = inside.shelf.book() else { return Err(trouble) };
    // Said where the record is listed; of another one the page would say nothing.
    if find(&opened.project.loaded.sources, &opened.records.audits, record).is_err() {
        return Err(trouble);
    }
    let said = Said::of(trouble, &opened, ask.interface)?;
    Ok(listed(inside, ask, &opened, Some(&said)).status(said.status))
}
