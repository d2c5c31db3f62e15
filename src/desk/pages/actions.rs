//! Actions: what is to be done about what was found, and what became of it.

use chrono::NaiveDate;
use serde_json::{Value as Json, json};

use super::rounds::{owner_title, site_title};
use super::said::Said;
use super::{MAX_REMARK, Trouble, meanwhile, no_longer_than, state_of};
use crate::audit::evidence::{picture, read};
use crate::audit::filled::{MAX_OF_ANSWER, Photo};
use crate::audit::{Action, ActionState, FOLDER, Finding, findings};
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::query::encoded;
use crate::desk::server::DeskState;
use crate::edit::follow_up::{Act, act, find};
use crate::edit::{FileEdit, Picture};
use crate::edition::Directory;
use crate::language::Interface;
use crate::message::Message;
use crate::say;
use crate::source::{FileId, Refusal, World};
use crate::text::{iso_day, single_spaced};

/// So many of those that worked are listed, the newest, until all are asked for.
const MAX_SETTLED: usize = 20;

/// So many of every other kind, the most urgent, until all are asked for: nobody looks through more at once, and each is a form.
const MAX_TO_DO: usize = 100;

/// The actions, overdue ones first.
pub(super) fn page(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    Ok(listed(inside, ask, &opened, None))
}

/// The same, after what somebody has to look at first.
fn listed(inside: &DeskState, ask: &Ask, opened: &Opened, first: Option<Json>) -> Answer {
    let today = inside.shelf.today();
    let all = findings(&opened.records.audits, &opened.project.standards);
    let mut with_action: Vec<(&Finding<'_>, &Action)> =
        all.iter().filter_map(|finding| Some((finding, finding.action()?))).collect();
    with_action.sort_by_key(|(finding, action)| {
        (action.state(today), action.due.is_none(), action.due, finding.record.moment.date)
    });
    let of_states = ActionState::ALL.iter().filter_map(|state| {
        let of_state = with_action.iter().filter(|(_, action)| action.state(today) == *state);
        let is_settled = *state == ActionState::Verified;
        let most = match ask.query.get("all") {
            Some(_) => usize::MAX,
            None if is_settled => MAX_SETTLED,
            None => MAX_TO_DO,
        };
        let more = of_state.clone().count().saturating_sub(most);
        // The newest of those that worked stand last.
        let first = if is_settled { more } else { 0 };
        let shown = of_state.skip(first).take(most);
        let actions: Vec<Json> =
            shown.map(|(finding, action)| action_json(opened, finding, action, ask.interface)).collect();
        let title = ask.interface.text(&format!("actions.title.{state}")).to_owned();
        let more = (more > 0).then(|| ask.interface.count("desk.more", more));
        let group = json!({"state": state.word(), "title": title, "said": null, "actions": actions, "more": more});
        (!actions.is_empty()).then_some(group)
    });
    let groups: Vec<Json> = first.into_iter().chain(of_states).collect();
    super::page(inside, ask, opened, "actions", &json!({"groups": groups, "today": today.to_string()}))
}

fn action_json(opened: &Opened, finding: &Finding<'_>, action: &Action, words: &Interface) -> Json {
    let project = &opened.project;
    let audits = &opened.records.audits;
    let id = audits.id(finding.item);
    // An edition keeps the wording in one language; today's book has the same one in all of them.
    let stamp = audits.judged_stamp(&project.standards, finding.item);
    let same =
        audits.standard(&project.standards, finding.item).filter(|standard| stamp == Some(standard.stamp.as_str()));
    let judged = same.or_else(|| audits.row(&project.standards, finding.item));
    let text = judged.and_then(|standard| opened.text(&standard.text, words));
    let is_trial = audits.is_trial(&project.standards, finding.item);
    let mark = words.text("report.draft");
    let text = text.map(|text| if is_trial { format!("{text} ({mark})") } else { text.to_owned() });
    let path = &project.loaded.sources.get(finding.record.file).path;
    let found: &[String] = finding.item.detail.as_deref().map_or(&[], |detail| &detail.evidence);
    json!({
        "pictures": shown(found), "pictures_done": shown(&action.evidence),
        "from": state_of(action), "day": null, "typed": null,
        "what": action.what, "cause": action.cause, "remark": action.remark,
        "owner": action.owner.as_deref().map(|owner| owner_title(opened, owner, words)),
        "due": action.due.map(|day| words.date(day)), "done": action.done.map(|day| words.date(day)),
        "standard": id, "text": text,
        "site": finding.record.site.as_deref().map(|site| site_title(opened, site, words)),
        "found": words.date(finding.record.moment.date),
        "record": path.trim_start_matches("audits/").trim_end_matches(".yaml").trim_end_matches(".yml"),
    })
}

/// The addresses of those of these papers that are pictures.
fn shown(evidence: &[String]) -> Vec<String> {
    let pictures = evidence.iter().filter(|path| picture(path).is_some());
    pictures.map(|path| format!("/actions/picture?path={}", encoded(path))).collect()
}

/// A picture that a record names as evidence. What is asked for is compared with what records name, and no more.
pub(super) fn evidence(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let opened = inside.shelf.book()?;
    let asked = ask.query.get("path").ok_or(Trouble::Missing)?;
    let items = opened.records.audits.records.iter().flat_map(|record| &record.items);
    let mut named = items.filter_map(|item| item.detail.as_deref()).flat_map(|detail| {
        let of_action = detail.action.iter().flat_map(|action| &action.evidence);
        detail.evidence.iter().chain(of_action)
    });
    let path = named.find(|path| *path == asked).ok_or(Trouble::Missing)?;
    let (kind, bytes) = read(&opened.project.world, path).ok_or(Trouble::Missing)?;
    Ok(Answer::picture(kind, bytes))
}

/// An action is done: a form of the page, or with photographs what its script sends.
pub(super) fn done(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    done_as_asked(inside, ask).or_else(|trouble| refused(inside, ask, ActionState::Open, trouble))
}

fn done_as_asked(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let sent: Json = serde_json::from_slice(&ask.body).unwrap_or_default();
    let of = |name: &str| ask.form.get(name).or(sent.get(name).and_then(Json::as_str)).filter(|text| !text.is_empty());
    let day = of("day").map_or(Some(inside.shelf.today()), iso_day);
    let day: NaiveDate =
        day.ok_or_else(|| Trouble::Refused(say!("write a date as year, month and day: 2026-01-31")))?;
    let photographs = photographs(&sent)?;
    let evidence = photographs.iter().map(|photo| photo.path.clone()).collect();
    let became = Act { done: Some(day), remark: one_line(of("remark"))?, evidence, ..Act::default() };
    let asked = (of("record"), of("standard"), of("from"));
    if let Some(changed) = follow_up(inside, ask, asked, &became, photographs)? {
        return changed_meanwhile(inside, ask, changed, ActionState::Open, &became);
    }
    Ok(if ask.body.is_empty() { Answer::see("/actions") } else { Answer::json(200, &json!({"next": "/actions"})) })
}

/// The photographs that were sent, each made anew.
fn photographs(sent: &Json) -> Result<Vec<Photo>, Trouble> {
    let all = sent.get("photographs").and_then(Json::as_array).map(Vec::as_slice).unwrap_or_default();
    if all.len() > MAX_OF_ANSWER {
        return Err(say!("no more than {most} photographs go with an action", most = MAX_OF_ANSWER).into());
    }
    let read = |photograph: &Json| {
        let photo = Photo::read(photograph.as_str().unwrap_or_default());
        photo.map_err(|(message, help)| Trouble::Several(message, vec![help]))
    };
    all.iter().map(read).collect()
}

/// It was looked at whether an action had an effect.
pub(super) fn worked(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    worked_as_asked(inside, ask).or_else(|trouble| refused(inside, ask, ActionState::Done, trouble))
}

fn worked_as_asked(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    let effective = match ask.form.get("worked") {
        Some("yes") => true,
        Some("no") => false,
        _ => return Err(Trouble::Missing),
    };
    let verified = Some(inside.shelf.today());
    let remark = one_line(ask.form.get("remark"))?;
    let became = Act { verified, effective: Some(effective), remark, ..Act::default() };
    let asked = (ask.form.get("record"), ask.form.get("standard"), ask.form.get("from"));
    if let Some(changed) = follow_up(inside, ask, asked, &became, Vec::new())? {
        return changed_meanwhile(inside, ask, changed, ActionState::Done, &became);
    }
    Ok(Answer::see("/actions"))
}

/// What is remarked, on one line.
fn one_line(text: Option<&str>) -> Result<Option<String>, Trouble> {
    let text = single_spaced(text.unwrap_or_default());
    no_longer_than(&text, MAX_REMARK)?;
    Ok((!text.is_empty()).then(|| text.into_owned()))
}

/// The page once more where something of a form was refused: what is lacking, and what was typed, still in the fields.
///
/// # Errors
/// The trouble itself, where a script waits, where there is no such action, or where its words are no help on the page.
fn refused(inside: &DeskState, ask: &Ask, form: ActionState, trouble: Trouble) -> Result<Answer, Trouble> {
    let Ok(opened) = inside.shelf.book() else { return Err(trouble) };
    let all = findings(&opened.records.audits, &opened.project.standards);
    let asked = ask.form.get("record").zip(ask.form.get("standard"));
    let file = asked.and_then(|(record, _)| find(&opened.project.loaded.sources, &opened.records.audits, record).ok());
    let found = file.zip(asked).and_then(|(file, (_, standard))| about(&opened, &all, file, standard));
    let Some((finding, action)) = found.filter(|_| !ask.is_of_script) else { return Err(trouble) };
    let said = Said::of(trouble, &opened, ask.interface)?;
    let mut shown = action_json(&opened, finding, action, ask.interface);
    shown["day"] = json!(ask.form.get("day").filter(|day| iso_day(day).is_some()));
    shown["typed"] = json!(ask.form.get("remark"));
    // It is sent again about the same state of the book.
    if let Some(from) = ask.form.get("from") {
        shown["from"] = json!(from);
    }
    Ok(asked_again(inside, ask, &opened, (form, shown), &said))
}

/// The page of actions, with one that is asked about once more before all others.
fn asked_again(
    inside: &DeskState,
    ask: &Ask,
    opened: &Opened,
    (form, action): (ActionState, Json),
    said: &Said,
) -> Answer {
    let title = ask.interface.text(&format!("actions.title.{form}")).to_owned();
    let group = json!({"state": form.word(), "title": title, "said": said, "actions": [action], "more": null});
    listed(inside, ask, opened, Some(group)).status(said.status)
}

/// The action that is to be taken about a standard by a record.
fn about<'a>(
    opened: &Opened,
    all: &'a [Finding<'a>],
    file: FileId,
    standard: &str,
) -> Option<(&'a Finding<'a>, &'a Action)> {
    let is_it =
        |finding: &&Finding<'_>| finding.record.file == file && opened.records.audits.id(finding.item) == standard;
    all.iter().find(is_it).and_then(|finding| Some((finding, finding.item.action()?)))
}

/// An action about which somebody else wrote since: as it is now, and what is said of that.
struct Changed {
    action: Json,
    message: Message,
}

/// Shows what the first one wrote, and what the second one typed, still in the fields of the form that it was sent by.
fn changed_meanwhile(
    inside: &DeskState,
    ask: &Ask,
    Changed { mut action, message }: Changed,
    form: ActionState,
    typed: &Act,
) -> Result<Answer, Trouble> {
    let said = Said::meanwhile(ask.interface.say(&message));
    if !ask.body.is_empty() {
        let told = json!({"error": said.message, "from": action["from"]});
        return Ok(Answer::json(said.status.as_u16(), &told));
    }
    action["day"] = json!(typed.done.map(|day| day.to_string()));
    action["typed"] = json!(typed.remark);
    Ok(asked_again(inside, ask, &*inside.shelf.book()?, (form, action), &said))
}

/// Writes what became of an action into its record, unless it is another by now than the page showed.
fn follow_up(
    inside: &DeskState,
    ask: &Ask,
    (record, standard, from): (Option<&str>, Option<&str>, Option<&str>),
    became: &Act,
    photographs: Vec<Photo>,
) -> Result<Option<Changed>, Trouble> {
    let (Some(record), Some(standard)) = (record, standard) else { return Err(Trouble::Missing) };
    let (lock, opened) = inside.shelf.book_to_write()?;
    let project = &opened.project;
    let sources = &project.loaded.sources;
    let file = find(sources, &opened.records.audits, record)?;
    let directory = Directory::new(&project.loaded.book, &project.standards);
    let change = act(sources, &directory, file, standard, became, inside.shelf.today())?;
    let is_there = |path: &str| project.world.bytes(path) != Err(Refusal::Missing);
    let pictures =
        photographs.into_iter().map(|Photo { path, bytes }| Picture { path: format!("{FOLDER}/{path}"), bytes });
    let pictures: Vec<Picture> = pictures.filter(|picture| !is_there(&picture.path)).collect();
    // Who sends the same twice means it once.
    let changes: Vec<FileEdit> =
        Some(change).filter(|change| change.before.as_ref() != Some(&change.after)).into_iter().collect();
    if !changes.is_empty()
        && let Some(from) = from
    {
        let all = findings(&opened.records.audits, &project.standards);
        if let Some((finding, action)) = about(&opened, &all, file, standard)
            && state_of(action) != from
        {
            let words = ask.interface;
            let state = words.text(&format!("actions.title.{}", action.state(inside.shelf.today()))).to_owned();
            let day = action.verified.or(action.done).map(|day| words.date(day));
            let message = meanwhile([Some(&*state), day.as_deref(), action.remark.as_deref()]);
            return Ok(Some(Changed { action: action_json(&opened, finding, action, words), message }));
        }
    }
    inside.write_with(&lock, ask, &pictures, &changes)?;
    Ok(None)
}
