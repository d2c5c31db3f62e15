//! `POST /rounds`: a filled-in form, judged by the code of `audit record`.

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::{Trouble, state_of};
use crate::audit::StandardIndex;
use crate::audit::filled::read;
use crate::book::Language;
use crate::desk::answer::Answer;
use crate::desk::ask::Ask;
use crate::desk::book::Opened;
use crate::desk::server::DeskState;
use crate::edit::record::{FormOutcome, Options, Recorded, take_in};
use crate::edition::Reference;
use crate::forms::{Form, FormPlace, Refused};
use crate::language::Interface;
use crate::message::Message;
use crate::say;
use crate::source::World;

/// What the form is called where its places are told.
const NAME: &str = "form.json";

/// Takes a round in, all of it or nothing; what is said of it is in the language of the form.
pub(super) fn hand_in(inside: &DeskState, ask: &Ask) -> Result<Answer, Trouble> {
    if ask.body.is_empty() {
        return Err(say!("nothing was handed in").into());
    }
    let sent: Json = serde_json::from_slice(&ask.body).unwrap_or_default();
    let of_form = sent["language"].as_str().filter(|tag| ask.query.get("lang").is_none() && !tag.is_empty());
    let words = of_form.map_or(ask.interface, |tag| Interface::of(&Language::new(tag)));
    taken(inside, ask, &sent, words).or_else(|trouble| Ok(super::told_to_script(trouble, ask, words)))
}

fn taken(inside: &DeskState, ask: &Ask, sent: &Json, words: &'static Interface) -> Result<Answer, Trouble> {
    let (lock, opened) = inside.shelf.book_to_write()?;
    let (project, records) = (&opened.project, &opened.records);
    if records.audits.unread().next().is_some() || !project.withheld(&records.editions).is_empty() {
        return Err(Trouble::NotWritten(say!(
            "nothing was recorded: a round is recorded once, and it may stand in what cannot be read; mend this first"
        )));
    }
    let say = |message: &Message| words.say(message);
    let form = match read(NAME, &ask.body, &project.loaded.book) {
        Ok(form) => form,
        Err(refused) => return Ok(refusal(sent, &[refused], &say)),
    };
    let given = answered(&form);
    // Whether an answer is about a wording of the book nobody can tell of one that is not read whole.
    if !opened.errors.is_empty() && !is_about_what_is_known(&opened, &form) {
        let error = unfit_to_judge(opened.errors.len());
        return Ok(Answer::json(422, &json!({"error": say(&error), "items": []})));
    }
    // What somebody else answered is not a phone's to see or to replace.
    let is_asked = |name: &str| ask.query.get(name) == Some("yes");
    let is_own = |path: &str| ask.phone().is_none_or(|phone| inside.has_handed_in(phone, path));
    let take = |form: Form, replace: bool, another: bool| {
        // What the form does not have is taken out only where that was asked for beside the other.
        let takes_out = replace && is_asked("remove");
        let options = Options { replace, takes_out, another, ..Options::default() };
        take_in(project, records, &options, vec![(NAME.to_owned(), form)])
    };
    let mut intake = take(form.clone(), false, false)?;
    if let Some(recorded) = intake.taken.first().and_then(|taken| taken.recorded.as_ref()) {
        match recorded {
            // A phone corrects what it handed in itself, and whoever was asked about something else is asked again.
            Recorded::Contradicts(path, differing, removable)
                if is_asked("replace") && is_own(path) && is_as_asked(ask, differing, removable) =>
            {
                intake = take(form, true, false)?;
            }
            Recorded::OfOtherDay(path, _) if is_asked("replace") && is_own(path) => intake = take(form, true, false)?,
            Recorded::Resembles(path) | Recorded::OfOtherDay(path, _) | Recorded::Withdrawn(path)
                if is_asked("another") && is_own(path) =>
            {
                intake = take(form, false, true)?;
            }
            _ => {}
        }
    }
    let Some(taken) = intake.taken.into_iter().next() else { return Err(Trouble::Missing) };
    let FormOutcome { remarks, refused, recorded, answers, unanswered, .. } = taken;
    let Some(recorded) = recorded else { return Ok(refusal(sent, &refused, &say)) };
    let all = |messages: &[Message]| messages.iter().map(say).collect::<Vec<_>>();
    let said = match &recorded {
        Recorded::Updated(change, changes, _) => Some(updated(&opened, &change.path, &given, changes, words)),
        _ => None,
    };
    let (state, path, changes, beyond) = match &recorded {
        // Nor is it a phone's to add to.
        Recorded::Updated(change, ..) if !is_own(&change.path) => return Ok(from_elsewhere(&say)),
        Recorded::New(change) => ("new", change.path.clone(), Vec::new(), Vec::new()),
        Recorded::Updated(change, changes, beyond) => ("updated", change.path.clone(), all(changes), all(beyond)),
        Recorded::Known(path, beyond) => ("known", path.clone(), Vec::new(), all(beyond)),
        Recorded::Contradicts(path, ..)
        | Recorded::Resembles(path)
        | Recorded::OfOtherDay(path, _)
        | Recorded::Withdrawn(path)
            if !is_own(path) =>
        {
            return Ok(from_elsewhere(&say));
        }
        refused => return Ok(contradiction(refused, &|message| in_words(message, &opened, words), &say)),
    };
    let changed: Vec<_> = intake.sets.into_iter().chain(intake.changes).collect();
    inside.write_with(&lock, ask, &intake.pictures, &changed)?;
    drop(lock);
    // What is a phone's own is what it handed in first.
    if let (Some(phone), Some(phones), "new") = (ask.phone(), &inside.gate.phones, state) {
        phones.has_handed_in(phone, &path);
    }
    let (changes, beyond) = if is_own(&path) { (changes, beyond) } else { (Vec::new(), Vec::new()) };
    let status = if state == "new" { 201 } else { 200 };
    Ok(Answer::json(
        status,
        &json!({
            "recorded": state, "said": said.filter(|_| is_own(&path)), "record": path, "answers": answers, "unanswered": unanswered, "changes": changes,
            "beyond": beyond, "remarks": intake.remarks.iter().chain(&remarks).map(say).collect::<Vec<_>>(),
        }),
    ))
}

/// The standards that a form answers, by their ids.
fn answered(form: &Form) -> BTreeSet<String> {
    let items = form.items.iter().filter(|item| !item.entries.is_empty());
    items.map(|item| Reference::parse(&item.reference).id.to_owned()).collect()
}

/// What became of a round that was recorded already: how many answers are new, how many say something else or more now, and how
/// many are as they were.
fn updated(opened: &Opened, path: &str, given: &BTreeSet<String>, changes: &[Message], words: &Interface) -> String {
    let (audits, sources) = (&opened.records.audits, &opened.project.loaded.sources);
    let record = audits.records.iter().find(|record| sources.get(record.file).path == path);
    let before: BTreeSet<&str> = record.iter().flat_map(|record| &record.items).map(|item| audits.id(item)).collect();
    let of_changes: BTreeSet<String> = changes
        .iter()
        .filter_map(|change| change.hole("standard"))
        .map(|reference| Reference::parse(&reference).id.to_owned())
        .collect();
    let new = given.iter().filter(|id| !before.contains(id.as_str())).count();
    let changed = of_changes.iter().filter(|id| before.contains(id.as_str())).count();
    let same = given.iter().filter(|id| before.contains(id.as_str()) && !of_changes.contains(*id)).count();
    let number = |n: usize| words.number(n as f64);
    let counted = [("new", number(new)), ("changed", number(changed)), ("same", number(same))];
    words.fill("desk.hand-in.counted", &counted.each_ref().map(|(name, value)| (*name, value.as_str())))
}

/// Whether all that is answered is about wordings that the book has, or an edition of it.
fn is_about_what_is_known(opened: &Opened, form: &Form) -> bool {
    let (project, records) = (&opened.project, &opened.records);
    let (book, today) = (&project.loaded.book, project.world.today());
    let index = StandardIndex::with(book, &project.standards, today, &records.audits.editions, &records.editions);
    form.items.iter().filter(|item| !item.entries.is_empty()).all(|item| {
        let Reference { id, stamp } = Reference::parse(&item.reference);
        index.worded(id, stamp).is_some_and(|standard| stamp.is_none_or(|stamp| standard.stamp == stamp))
    })
}

/// Why a round is not taken that cannot be judged.
fn unfit_to_judge(errors: usize) -> Message {
    say!(
        errors;
        "the book has 1 error, so this round cannot be judged now; hand it in again when that is mended",
        "the book has {n} errors, so this round cannot be judged now; hand it in again when they are mended"
    )
}

/// What a phone is told about a round that it has not handed in itself.
fn from_elsewhere(say: &dyn Fn(&Message) -> String) -> Answer {
    let error = say!("this round is recorded already, from elsewhere: hand it in at the desk");
    Answer::json(409, &json!({"error": say(&error), "items": []}))
}

/// Whether the record is still as whoever answers the question was shown it; nobody who says so was shown anything else.
fn is_as_asked(ask: &Ask, differing: &[Message], removable: &[Message]) -> bool {
    ask.query.get("from").is_none_or(|from| from == state(differing, removable))
}

/// What a question asks about, in a few letters.
fn state(differing: &[Message], removable: &[Message]) -> String {
    let texts = |messages: &[Message]| messages.iter().map(ToString::to_string).collect::<Vec<_>>();
    state_of(&(texts(differing), texts(removable)))
}

/// What of the form is refused, each with the item that it is about.
fn refusal(sent: &Json, refused: &[Refused], say: &dyn Fn(&Message) -> String) -> Answer {
    let items: Vec<Json> = refused
        .iter()
        .map(|refused| {
            json!({
                "id": item_of(sent, &refused.place), "place": refused.place.to_string(),
                "message": say(&refused.message),
                "help": refused.help.as_ref().filter(|help| !is_for_terminal(help)).map(say),
            })
        })
        .collect();
    let error = say(&say!("nothing was recorded: mend what is named and hand in again"));
    Answer::json(422, &json!({"error": error, "items": items}))
}

/// Whether a help names an option of a command, which nobody at a form can give.
fn is_for_terminal(help: &Message) -> bool {
    help.to_string().contains(" --")
}

/// A difference with the standard's own words for its id, as far as the book has them.
fn in_words(message: &Message, opened: &Opened, interface: &Interface) -> String {
    let said = interface.say(message);
    let project = &opened.project;
    let text = message.hole("standard").and_then(|reference| {
        let id = Reference::parse(&reference).id.to_owned();
        let standard = project.standards.all.iter().find(|row| row.id.name == id)?;
        let text = project.loaded.book.in_language(&standard.text, &Language::new(interface.tag()))?;
        Some((reference, text.trim_end_matches('.').to_owned()))
    });
    match text {
        Some((reference, text)) => said.replacen(&format!("`{reference}`"), &text, 1),
        None => said,
    }
}

/// The id of the item that a place is in.
fn item_of(sent: &Json, place: &FormPlace) -> Option<String> {
    let FormPlace::Path(path) = place else { return None };
    let answers = sent.get("answers")?.as_array()?;
    if let Some(rest) = path.strip_prefix("answers[") {
        let index: usize = rest.split(']').next()?.parse().ok()?;
        return answers.get(index)?.get("standard")?.as_str().map(str::to_owned);
    }
    let ids = answers.iter().filter_map(|answer| answer.get("standard")?.as_str());
    // One id may begin as another does.
    ids.filter(|id| !id.is_empty() && path.starts_with(id)).max_by_key(|id| id.len()).map(str::to_owned)
}

/// Why a round that could be read is not written: what is recorded says otherwise.
fn contradiction(
    recorded: &Recorded,
    differs: &dyn Fn(&Message) -> String,
    say: &dyn Fn(&Message) -> String,
) -> Answer {
    let none: &[Message] = &[];
    let (error, path, differing) = match recorded {
        Recorded::Contradicts(path, differing, _) => (
            say!("this round is recorded already, in {path}, with other answers", path),
            Some(path),
            differing.as_slice(),
        ),
        Recorded::Withdrawn(path) => {
            (say!("this round is recorded already, in {path}, and was withdrawn", path), Some(path), none)
        }
        Recorded::Resembles(path) => {
            (say!("{path} has the same answers, of the same site and day", path), Some(path), none)
        }
        Recorded::OfOtherDay(path, day) => (
            say!("{path} is the same in every answer and every word, of {day}", path, day = day.to_string()),
            Some(path),
            none,
        ),
        Recorded::NotSound(message, _) => (message.clone(), None, none),
        Recorded::New(_) | Recorded::Updated(..) | Recorded::Known(..) => return Answer::json(200, &json!({})),
    };
    let status = if matches!(recorded, Recorded::NotSound(..)) { 422 } else { 409 };
    let told = |message: &Message| {
        let hole = |name: &str| message.hole(name);
        let id = hole("standard").map(|reference| Reference::parse(&reference).id.to_owned());
        json!({"id": id, "there": hole("there"), "here": hole("here"), "message": differs(message)})
    };
    let mut answer = json!({
        "error": say(&error), "record": path, "items": differing.iter().map(told).collect::<Vec<_>>(),
    });
    match recorded {
        Recorded::Contradicts(_, differing, removable) => {
            answer["removable"] = removable.iter().map(told).collect();
            answer["from"] = json!(state(differing, removable));
        }
        Recorded::Resembles(_) | Recorded::OfOtherDay(..) | Recorded::Withdrawn(_) => {
            answer["may_be_another"] = json!(true)
        }
        _ => {}
    }
    Answer::json(status, &answer)
}
