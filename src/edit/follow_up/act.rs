//! `audit act`: what is done about what was found goes into the record that found it.

use chrono::NaiveDate;

use super::tree_of;
use crate::edit::emit::Context;
use crate::edit::fields::{self, Field};
use crate::edit::insertion::refuse;
use crate::edit::patch::Patch;
use crate::edit::{EditError, FileEdit, tree, verify};
use crate::edition::{Directory, Reference};
use crate::message::Message;
use crate::say;
use crate::source::yaml::{Entry, Layout, Node, Value};
use crate::source::{FileId, Sources};
use crate::text::{iso_day, nearest};

/// The order of an action's keys.
const ORDER: [&str; 9] = ["what", "cause", "owner", "due", "done", "evidence", "verified", "effective", "remark"];

/// The keys of an answer that its action stands behind.
const BEFORE_ACTION: [&str; 5] = ["answer", "note", "why", "evidence", "grade"];

/// What is to be written into an action; what is not given stays.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Act {
    /// What will be done.
    pub what: Option<String>,
    /// Why it happened.
    pub cause: Option<String>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// When it was done.
    pub done: Option<NaiveDate>,
    /// Paths of what shows it done, beside those that the action has.
    pub evidence: Vec<String>,
    /// When it was checked.
    pub verified: Option<NaiveDate>,
    /// Whether it had an effect.
    pub effective: Option<bool>,
    /// What became of it, in a few words.
    pub remark: Option<String>,
}

impl Act {
    /// The keys and values, in their order, for that action.
    fn fields(&self, action: Option<&Node<'_>>) -> Vec<(&'static str, Field)> {
        let text = |text: &Option<String>| text.clone().map(Field::Text);
        let day = |day: Option<NaiveDate>| day.map(|day| Field::Text(day.to_string()));
        let shows = (!self.evidence.is_empty()).then(|| {
            let mut all = texts(action.and_then(|action| action.get("evidence")));
            all.extend(self.evidence.iter().filter(|path| !all.contains(path)).cloned().collect::<Vec<_>>());
            Field::List(all)
        });
        let values = [
            text(&self.what),
            text(&self.cause),
            text(&self.owner),
            day(self.due),
            day(self.done),
            shows,
            day(self.verified),
            self.effective.map(Field::Flag),
            text(&self.remark),
        ];
        ORDER.into_iter().zip(values).filter_map(|(key, value)| Some((key, value?))).collect()
    }
}

/// Writes into the action of the answer about `standard`; makes the action where there is none and `act` says what is done.
///
/// # Errors
/// The [`EditError`] for an answer that is not there, days that cannot be, or a record that the edit does not reach.
pub(crate) fn act(
    sources: &Sources,
    directory: &Directory<'_>,
    file: FileId,
    standard: &str,
    act: &Act,
    today: NaiveDate,
) -> Result<FileEdit, EditError> {
    let source = sources.get(file);
    let root = tree_of(sources, file)?;
    if root.get("withdrawn").is_some() {
        return Err(EditError::usage(say!("{path} is withdrawn", path = source.path), None));
    }
    let place = answer(&root, directory, standard, &source.path)?;
    let answers = root.get("answers").unwrap_or(&root);
    let entry = &answers.entries()[place];
    let action = entry.value.get("action").filter(|action| action.value != Value::Null);
    check(&root, action, act, today)?;
    if action.is_none() && act.what.is_none() {
        let message = say!("nothing is to be done about `{id}` in {path} yet", id = &*entry.key, path = source.path);
        return Err(EditError::usage(
            message,
            Some(say!("say what with --what, and who and by when with --owner and --due")),
        ));
    }
    let (mut patch, mut intended) = (Patch::default(), root.clone());
    let target = intended_answer(&mut intended, place);
    write(&mut patch, sources, answers, entry, &act.fields(action), target)?;
    if patch.is_empty() {
        return Err(EditError::usage(say!("nothing would change"), None));
    }
    verify::as_intended(source, &patch, &intended)
}

/// The texts of a value, which may be one or a list.
pub(super) fn texts(node: Option<&Node<'_>>) -> Vec<String> {
    let Some(node) = node else { return Vec::new() };
    match &node.value {
        Value::List(items, _) => items.iter().filter_map(Node::text).map(str::to_owned).collect(),
        _ => node.text().map(str::to_owned).into_iter().collect(),
    }
}

/// The place of the answer about a standard, whatever it was called when the record was written.
fn answer(root: &Node<'_>, directory: &Directory<'_>, standard: &str, path: &str) -> Result<usize, EditError> {
    let asked = Reference::parse(standard).id;
    let known = directory.find(asked);
    let answers = root.get("answers").map(Node::entries).unwrap_or_default();
    let is_it = |entry: &Entry<'_>| {
        let id = Reference::parse(&entry.key).id.to_owned();
        id == asked || known.is_some() && directory.find(&id) == known
    };
    answers.iter().position(is_it).ok_or_else(|| {
        let message = say!("{path} has no answer about `{id}`", path, id = asked);
        let ids = answers.iter().map(|entry| entry.key.split('@').next().unwrap_or_default());
        let near = nearest(asked, ids).map(|near| say!("did you mean `{near}`?", near));
        EditError::usage(message, near)
    })
}

/// Whether the days can be, with those that the action has.
fn check(root: &Node<'_>, action: Option<&Node<'_>>, act: &Act, today: NaiveDate) -> Result<(), EditError> {
    let written = |key: &str| iso_day(action?.get(key)?.text()?);
    let found = root.get("date").and_then(Node::text).and_then(|text| iso_day(text.get(..10)?));
    let (done, verified) = (act.done.or(written("done")), act.verified.or(written("verified")));
    let wrong = |message: Message| Err(EditError::usage(message, None));
    if let Some(day) = [act.done, act.verified].into_iter().flatten().find(|day| *day > today) {
        return wrong(say!("{day} is after today, {today}", day, today));
    }
    if let (Some(done), Some(found)) = (act.done, found)
        && done < found
    {
        return wrong(say!("it cannot be done on {done}: it was found on {found}", done, found));
    }
    if let (Some(due), Some(found)) = (act.due, found)
        && due < found
    {
        return wrong(say!("it cannot be due on {due}: it was found on {found}", due, found));
    }
    match (done, verified) {
        (None, Some(_)) => {
            let message = say!("what is not done cannot be verified");
            return Err(EditError::usage(message, Some(say!("say when it was done with --done"))));
        }
        (Some(done), Some(verified)) if verified < done => {
            return wrong(say!("it cannot be verified on {verified}: it was done on {done}", verified, done));
        }
        _ => {}
    }
    if act.effective.is_some() && verified.is_none() {
        let message = say!("whether it had an effect is told with the day on which that was verified");
        return Err(EditError::usage(message, Some(say!("say when with --verified"))));
    }
    Ok(())
}

/// Writes the fields, and makes the same change to the answer in the tree that the record is to read as.
fn write(
    patch: &mut Patch,
    sources: &Sources,
    answers: &Node<'_>,
    entry: &Entry<'_>,
    new: &[(&'static str, Field)],
    target: Option<&mut Node<'_>>,
) -> Result<(), EditError> {
    let whole = || Field::Map(new.iter().map(|(key, value)| ((*key).to_owned(), value.clone())).collect());
    let Some(target) = target else { return Ok(()) };
    match (&entry.value.value, tree::entry(&entry.value, "action")) {
        (Value::Map(..), Some(action)) if matches!(action.value.value, Value::Map(..)) => {
            let Value::Map(entries, _) = &mut target.value else { return Ok(()) };
            let inner = entries.iter_mut().find(|other| other.key == "action");
            let Some(inner) = inner.map(|entry| &mut entry.value) else { return Ok(()) };
            for (key, value) in new {
                let behind = ORDER.iter().position(|known| known == key).map_or(&[][..], |index| &ORDER[..index]);
                fields::set(patch, sources, &action.value, key, value, behind)?;
                fields::intend(inner, key, value, behind);
            }
        }
        (Value::Map(..), _) => {
            fields::set(patch, sources, &entry.value, "action", &whole(), &BEFORE_ACTION)?;
            fields::intend(target, "action", &whole(), &BEFORE_ACTION);
        }
        (value, _) => {
            let file = entry.key_span.file;
            let seen = match value {
                Value::Scalar(scalar) => Field::Text(scalar.text.to_string()),
                Value::List(items, Layout::Flow) => {
                    Field::List(items.iter().filter_map(Node::text).map(str::to_owned).collect())
                }
                _ => {
                    let message = say!("this answer is written in a way that the program does not reach");
                    let help = say!("write it on one line, or as a mapping with `answer`");
                    return Err(refuse(sources, file, entry.key_span.start as usize, message, help));
                }
            };
            let map = Field::Map(vec![("answer".to_owned(), seen), ("action".to_owned(), whole())]);
            fields::fill(patch, sources, answers, entry, &map.written(Context::Flow))?;
            *target = map.node();
        }
    }
    Ok(())
}

pub(super) fn intended_answer<'n, 't>(intended: &'n mut Node<'t>, place: usize) -> Option<&'n mut Node<'t>> {
    let Value::Map(entries, _) = &mut intended.value else { return None };
    let answers = entries.iter_mut().find(|entry| entry.key == "answers")?;
    let Value::Map(entries, _) = &mut answers.value.value else { return None };
    entries.get_mut(place).map(|entry| &mut entry.value)
}
