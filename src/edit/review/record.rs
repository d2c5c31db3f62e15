//! `review record`: what a filled form says goes into the review's file, key by key; every other byte stays. What the
//! file says already is never overwritten.

use super::close::tree_of;
use crate::edit::emit::Context;
use crate::edit::fields::{self, Field};
use crate::edit::insertion::refuse;
use crate::edit::patch::Patch;
use crate::edit::{EditError, FileEdit, verify};
use crate::edition::{Directory, Reference};
use crate::forms::{FormPlace, Refused};
use crate::message::Message;
use crate::review::filled::{FilledDecision, FilledReview};
use crate::review::{Decision, Frozen, Review, ReviewEntry};
use crate::say;
use crate::source::yaml::{Layout, Node, Value};
use crate::source::{Sources, Span};

/// The order of an entry's keys: a new one goes behind the last of those before it.
const ORDER: [&str; 4] = ["decision", "reason", "owner", "due"];

/// What became of a filled form.
#[derive(Debug, Default)]
pub(crate) struct Recording {
    /// The review's file, where anything is new.
    pub change: Option<FileEdit>,
    /// Standards about which something was taken in.
    pub taken: Vec<String>,
    /// How many decisions are new.
    pub decided: usize,
    /// How many the file says the same about already.
    pub same: usize,
    /// What disagrees with the file, or with itself; nothing of it was taken in.
    pub(crate) conflicts: Vec<DecisionConflict>,
    /// What could not be placed.
    pub refused: Vec<Refused>,
}

/// Two values for one key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct DecisionConflict {
    /// The standard.
    pub id: String,
    /// The key.
    pub key: &'static str,
    /// What is recorded.
    pub recorded: String,
    /// Where.
    pub span: Span,
    /// What the form says.
    pub answered: String,
    /// Where in the form.
    pub place: FormPlace,
}

/// Takes a filled form into the review.
///
/// # Errors
/// The [`EditError`] where the review's file is written in a way that the edit does not reach.
pub(crate) fn record(
    sources: &Sources,
    directory: &Directory<'_>,
    review: &Review,
    filled: &FilledReview,
) -> Result<Recording, EditError> {
    let root = tree_of(sources, review)?;
    let mut recording = Recording { refused: filled.refused.clone(), ..Recording::default() };
    let mut writer = Writer { sources, root: &root, intended: root.clone(), patch: Patch::default() };
    // Two answers to one question that disagree are both left out, for nobody knows which was meant.
    let mut sorted: Vec<(usize, &FilledDecision)> = Vec::new();
    for answer in &filled.answers {
        match find(review, directory, answer) {
            Ok(index) => sorted.push((index, answer)),
            Err(refused) => recording.refused.push(refused),
        }
    }
    for (index, answer) in &sorted {
        let entry = &review.entries[*index];
        let twin = sorted.iter().find(|(other, twin)| other == index && !std::ptr::eq(*twin, *answer));
        if let Some((_, twin)) =
            twin.filter(|(_, twin)| (twin.decision, &twin.reason) != (answer.decision, &answer.reason))
        {
            let message = say!(
                "`{id}` is answered twice, in different ways: here and at {place}",
                id = entry.id,
                place = &twin.place
            );
            let help = say!("nothing of it was taken; keep one of the two answers");
            recording.refused.push(Refused::new(answer.place.clone(), message).help(help));
            continue;
        }
        let (new, mut conflicts) = compare(entry, answer);
        if !conflicts.is_empty() {
            recording.conflicts.append(&mut conflicts);
        } else if let Some(refused) = without_reason(entry, answer) {
            recording.refused.push(refused);
        } else if new.is_empty() {
            recording.same += 1;
        } else {
            writer.entry(entry, &new)?;
            recording.decided += usize::from(new.iter().any(|(key, _)| *key == "decision"));
            recording.taken.push(entry.id.clone());
        }
    }
    let reviewers: Vec<&String> =
        filled.reviewers.iter().filter(|reviewer| !review.reviewers.contains(reviewer)).collect();
    if !reviewers.is_empty() {
        writer.list("reviewers", &review.reviewers, &reviewers)?;
    }
    let known: Vec<String> = review.added.iter().map(|added| added.written.value.clone()).collect();
    let added: Vec<&String> = filled.added.iter().filter(|id| !known.contains(id)).collect();
    if !added.is_empty() {
        writer.list("added", &known, &added)?;
    }
    recording.change = writer.finish()?;
    Ok(recording)
}

/// The entry that an answer is about.
fn find(review: &Review, directory: &Directory<'_>, answer: &FilledDecision) -> Result<usize, Refused> {
    let Reference { id, stamp } = Reference::parse(&answer.reference);
    let standard = directory.find(id);
    let mut entries = review.entries.iter();
    let index = entries.position(|entry| entry.id == id || (standard.is_some() && entry.standard == standard));
    let refused = |message: Message, help: Message| Refused::new(answer.place.clone(), message).help(help);
    let Some(index) = index else {
        let message = say!("the review `{name}` does not ask about `{id}`", name = review.name, id);
        return Err(refused(message, say!("add it to `decisions` in the review's file, if it is to be decided now")));
    };
    match (stamp, &review.entries[index].stamp) {
        (Some(stamp), Some(asked)) if stamp != asked => {
            let message =
                say!("`{id}@{stamp}` is another wording than the review asks about, `{id}@{asked}`", id, stamp, asked);
            Err(refused(message, say!("decide about the wording of the review: print its checklist again")))
        }
        _ => Ok(index),
    }
}

/// The refusal of a decision that needs a reason and has none, neither here nor in the file.
fn without_reason(entry: &ReviewEntry, answer: &FilledDecision) -> Option<Refused> {
    let decision = answer.decision?;
    let is_failing = entry.evidence.as_ref().is_some_and(Frozen::is_failing);
    let has_reason = entry.reason.is_some() || answer.reason.as_ref().is_some_and(|reason| !reason.trim().is_empty());
    if has_reason || !decision.needs_reason(is_failing) {
        return None;
    }
    let message = match decision {
        Decision::Keep => say!("`{id}` is kept without a reason, although fewer than half met it", id = &entry.id),
        _ => say!("`{id}` is decided without a reason", id = &entry.id),
    };
    let help = say!("write the reason beside it; nothing of this answer was taken");
    Some(Refused::new(answer.place_of("decision").clone(), message).help(help))
}

/// What an answer adds to an entry, or where it disagrees.
fn compare(entry: &ReviewEntry, answer: &FilledDecision) -> (Vec<(&'static str, String)>, Vec<DecisionConflict>) {
    // A form has the reason in one language of those that the file has it in.
    let plain = |text: &crate::book::Text| {
        let worded = text.0.iter().find(|worded| Some(&worded.text) == answer.reason.as_ref());
        worded.or(text.0.first()).map(|worded| worded.text.clone())
    };
    let pairs = [
        (
            "decision",
            entry.decision.as_ref().map(|decision| decision.value.to_string()),
            answer.decision.map(|decision| decision.to_string()),
        ),
        ("reason", entry.reason.as_ref().and_then(plain), answer.reason.clone()),
        ("owner", entry.owner.clone(), answer.owner.clone()),
        ("due", entry.due.map(|day| day.to_string()), answer.due.map(|day| day.to_string())),
    ];
    let mut new = Vec::new();
    let mut conflicts = Vec::new();
    for (key, recorded, answered) in pairs {
        match (recorded, answered) {
            (_, None) => {}
            (None, Some(answered)) => new.push((key, answered)),
            (Some(recorded), Some(answered)) if recorded == answered => {}
            (Some(recorded), Some(answered)) => conflicts.push(DecisionConflict {
                id: entry.id.clone(),
                key,
                recorded,
                span: entry.key.span,
                answered,
                place: answer.place_of(key).clone(),
            }),
        }
    }
    (new, conflicts)
}

/// Edits of a review's file, and what they are meant to say.
pub(super) struct Writer<'a, 't> {
    pub(super) sources: &'a Sources,
    pub(super) root: &'a Node<'t>,
    pub(super) intended: Node<'t>,
    pub(super) patch: Patch,
}

impl<'t> Writer<'_, 't> {
    /// Sets keys of an entry.
    pub(super) fn entry(&mut self, entry: &ReviewEntry, new: &[(&'static str, String)]) -> Result<(), EditError> {
        let fields: Vec<(&'static str, Field)> =
            new.iter().map(|(key, value)| (*key, Field::Text(value.clone()))).collect();
        self.fields(entry, &fields)
    }

    /// Sets keys of an entry.
    pub(super) fn fields(&mut self, entry: &ReviewEntry, new: &[(&'static str, Field)]) -> Result<(), EditError> {
        let written = self.root.get("decisions").map(Node::entries).unwrap_or_default();
        let Some(place) = written.iter().position(|written_entry| written_entry.key_span == entry.key.span) else {
            let message = say!("this entry is written in a way that the program does not reach");
            let help = say!("write each decision as `ID@STAMP: …`");
            return Err(refuse(self.sources, entry.key.span.file, entry.key.span.start as usize, message, help));
        };
        let target = &written[place];
        match &target.value.value {
            Value::Map(..) => {
                for (key, value) in new {
                    let behind = before(key);
                    fields::set(&mut self.patch, self.sources, &target.value, key, value, behind)?;
                    if let Some(entry) = self.intended_entry(place) {
                        fields::intend(entry, key, value, behind);
                    }
                }
            }
            // A decision alone, or nothing: it becomes a mapping in brackets, and what stands behind it stays.
            value => {
                let mut all: Vec<(String, Field)> = Vec::new();
                if let Value::Scalar(scalar) = value {
                    all.push(("decision".to_owned(), Field::Text(scalar.text.to_string())));
                }
                all.extend(new.iter().map(|(key, value)| ((*key).to_owned(), value.clone())));
                let map = Field::Map(all);
                let decisions = self.root.get("decisions").unwrap_or(self.root);
                fields::fill(&mut self.patch, self.sources, decisions, target, &map.written(Context::Flow))?;
                if let Some(entry) = self.intended_entry(place) {
                    *entry = map.node();
                }
            }
        }
        Ok(())
    }

    /// Takes the value of a key of an entry away, and leaves the key.
    #[cfg(feature = "desk")]
    pub(super) fn clear(&mut self, entry: &ReviewEntry, key: &str) -> Result<(), EditError> {
        let written = self.root.get("decisions").map(Node::entries).unwrap_or_default();
        let Some(place) = written.iter().position(|written| written.key_span == entry.key.span) else { return Ok(()) };
        let map = &written[place].value;
        if !matches!(map.value, Value::Map(..)) {
            let message = say!("this entry is written in a way that the program does not reach");
            let help = say!("write each decision as `ID@STAMP: …`");
            return Err(refuse(self.sources, entry.key.span.file, entry.key.span.start as usize, message, help));
        }
        fields::clear(&mut self.patch, self.sources, map, key)?;
        if let Some(Node { value: Value::Map(entries, _), .. }) = self.intended_entry(place)
            && let Some(entry) = entries.iter_mut().find(|entry| entry.key == key)
        {
            entry.value.value = Value::Null;
        }
        Ok(())
    }

    fn intended_entry(&mut self, place: usize) -> Option<&mut Node<'t>> {
        let Value::Map(entries, _) = &mut self.intended.value else { return None };
        let decisions = entries.iter_mut().find(|entry| entry.key == "decisions")?;
        let Value::Map(entries, _) = &mut decisions.value.value else { return None };
        entries.get_mut(place).map(|entry| &mut entry.value)
    }

    /// Sets a key of the review itself.
    pub(super) fn top(&mut self, key: &'static str, value: &Field, behind: &[&str]) -> Result<(), EditError> {
        fields::set(&mut self.patch, self.sources, self.root, key, value, behind)?;
        fields::intend(&mut self.intended, key, value, behind);
        Ok(())
    }

    /// Takes a key of the review itself out, with its line.
    pub(super) fn remove(&mut self, key: &str) -> Result<(), EditError> {
        fields::remove(&mut self.patch, self.sources, self.root, key)?;
        if let Value::Map(entries, _) = &mut self.intended.value {
            entries.retain(|entry| entry.key != key);
        }
        Ok(())
    }

    /// Adds texts to a list of the review itself.
    fn list(&mut self, key: &'static str, old: &[String], new: &[&String]) -> Result<(), EditError> {
        let all: Vec<String> = old.iter().chain(new.iter().copied()).cloned().collect();
        let behind: &[&str] = if key == "reviewers" { &["opened", "closed"] } else { &["decisions"] };
        let written = self.root.get(key);
        if let Some(Node { value: Value::List(items, Layout::Block), .. }) = written
            && let Some(last) = items.last()
        {
            let text: &str = &self.sources.get(self.root.span.file).text;
            let column = crate::edit::insertion::dash_column(text, last.span.start as usize).ok_or_else(|| {
                let help = say!("write each item on a line of its own, after a `-`");
                refuse(
                    self.sources,
                    last.span.file,
                    last.span.start as usize,
                    say!("the program does not reach this list"),
                    help,
                )
            })?;
            let offset = crate::edit::insertion::after(text, last, column);
            let line =
                |text: &&String| format!("{}- {}", " ".repeat(column), crate::edit::emit::scalar(text, Context::Block));
            let lines: Vec<String> = new.iter().map(line).collect();
            crate::edit::patch::insert_lines(&mut self.patch, text, offset, &lines.join("\n"));
            fields::intend(&mut self.intended, key, &Field::List(all), behind);
            return Ok(());
        }
        self.top(key, &Field::List(all), behind)
    }

    /// The change, and the proof that the file says what is meant.
    pub(super) fn finish(self) -> Result<Option<FileEdit>, EditError> {
        if self.patch.is_empty() {
            return Ok(None);
        }
        let source = self.sources.get(self.root.span.file);
        verify::as_intended(source, &self.patch, &self.intended).map(Some)
    }
}

/// The keys that stand before one.
fn before(key: &str) -> &'static [&'static str] {
    match ORDER.iter().position(|known| *known == key) {
        Some(index) => &ORDER[..index],
        None => &[],
    }
}
