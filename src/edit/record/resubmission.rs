//! The same round handed in again: what it adds and mends, and where it contradicts what is recorded.
//!
//! What is recorded and the form does not say stays, for somebody may have written it since, and is told. What says more takes
//! the place of what says less; what says otherwise, or what was taken back, only where that is asked for.

use crate::audit::record_words::{self, seen, word};
use crate::audit::{Action, Answer, StandardIndex, WrittenAnswer, WrittenRecord, judge};
use crate::edition::Reference;
use crate::message::{Message, ToValue};
use crate::say;

/// A record and a form of the same round put together.
#[derive(Debug)]
pub(super) struct Merged {
    /// What the record is to say; where something contradicts, what it said.
    pub written: WrittenRecord,
    /// What is new or mended.
    pub changes: Vec<Message>,
    /// Where the form contradicts the record.
    pub contradictions: Vec<Message>,
    /// What the record says and the form does not.
    pub beyond: Vec<Message>,
    /// What of that would be taken out, where that is asked for.
    pub removable: Vec<Message>,
}

/// How far a form's side is taken.
#[derive(Clone, Copy, Debug)]
pub(super) struct MergeMode {
    /// Whether what contradicts takes the place of what is recorded.
    pub replaces: bool,
    /// Whether what the form no longer says is taken out of the record.
    pub takes_back: bool,
}

/// Puts a form's record into the one that is there.
pub(super) fn merge(old: &WrittenRecord, new: &WrittenRecord, index: &StandardIndex<'_>, taking: MergeMode) -> Merged {
    let (changes, contradictions, beyond, removable) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut merger = Merger { index, taking, changes, contradictions, beyond, removable };
    let mut written = old.clone();
    merger.head(&mut written, new);
    for answer in &new.answers {
        let id = id_of(&answer.key);
        match written.answers.iter_mut().find(|old| id_of(&old.key) == id) {
            Some(old) => merger.answer(old, answer),
            None => {
                let (standard, new_seen) = (&answer.key, seen(&answer.seen));
                merger.changes.push(say!("`{standard}` is answered now: `{here}`", standard, here = new_seen));
                written.answers.push(answer.clone());
            }
        }
    }
    let is_said = |old: &WrittenAnswer| new.answers.iter().any(|new| id_of(&new.key) == id_of(&old.key));
    written.answers.retain(|old| is_said(old) || merger.keeps(old));
    written.settle(index);
    let Merger { changes, contradictions, beyond, removable, .. } = merger;
    Merged { written, changes, contradictions, beyond, removable }
}

/// The id in `ID@STAMP`.
fn id_of(key: &str) -> &str {
    Reference::parse(key).id
}

struct Merger<'a, 'i> {
    index: &'i StandardIndex<'a>,
    taking: MergeMode,
    changes: Vec<Message>,
    contradictions: Vec<Message>,
    beyond: Vec<Message>,
    removable: Vec<Message>,
}

impl Merger<'_, '_> {
    fn head(&mut self, old: &mut WrittenRecord, new: &WrittenRecord) {
        self.once("site", &mut old.site, &new.site);
        // A round is judged by what it was begun with.
        if old.edition.is_none() {
            self.once("edition", &mut old.edition, &new.edition);
        }
        self.once("visit", &mut old.visit, &new.visit);
        self.once("auditor", &mut old.auditor, &new.auditor);
        self.once("staff", &mut old.staff, &new.staff);
        self.once("kind", &mut old.kind, &new.kind);
        let mut date = Some(old.moment.date);
        self.once("date", &mut date, &Some(new.moment.date));
        old.moment.date = date.unwrap_or(old.moment.date);
        let shown = |time: Option<chrono::NaiveTime>| time.map(|time| time.format("%H:%M").to_string());
        let mut time = shown(old.moment.time);
        self.once("time", &mut time, &shown(new.moment.time));
        if time != shown(old.moment.time) {
            old.moment.time = new.moment.time;
        }
    }

    fn answer(&mut self, old: &mut WrittenAnswer, new: &WrittenAnswer) {
        let name = old.key.clone();
        if new.key != old.key && self.contradicts(&name, Message::verbatim(&*old.key), Message::verbatim(&*new.key)) {
            old.key.clone_from(&new.key);
        }
        if self.is_more(old, new) {
            let (old_seen, new_seen) = (seen(&old.seen), seen(&new.seen));
            self.changes.push(say!(
                "`{standard}`: `{there}` there, `{here}` here",
                standard = &name,
                there = old_seen,
                here = new_seen
            ));
            old.seen.clone_from(&new.seen);
        } else if !self.is_less(old, new) && self.contradicts(&name, seen(&old.seen), seen(&new.seen)) {
            old.seen.clone_from(&new.seen);
        } else if old.seen != new.seen && old.seen.starts_with(&new.seen) {
            let (old_seen, new_seen) = (seen(&old.seen), seen(&new.seen));
            let message = say!(
                "`{standard}`: `{there}` there, `{here}` here",
                standard = &name,
                there = old_seen,
                here = new_seen
            );
            if self.takes_back(message) {
                old.seen.clone_from(&new.seen);
            }
        }
        self.mend(&name, "note", &mut old.note, &new.note);
        self.mend(&name, "why", &mut old.why, &new.why);
        self.unsaid(&name, "note", &mut old.note, &new.note);
        self.unsaid(&name, "why", &mut old.why, &new.why);
        self.mend(&name, "staff", &mut old.staff, &new.staff);
        self.mend(&name, "grade", &mut old.grade, &new.grade);
        self.evidence(&name, &mut old.evidence, &new.evidence);
        match (&mut old.action, &new.action) {
            (None, None) => {}
            // Whoever sees to it writes into the record; no form takes that back.
            (Some(action), None) => self.beyond.push(say!(
                "`{standard}` has an action in the record, and not in the form: {what}",
                standard = &name,
                what = &action.what
            )),
            (None, Some(action)) => {
                self.changes.push(say!(
                    "`{standard}` has an action now: {what}",
                    standard = &name,
                    what = &action.what
                ));
                old.action = Some(action.clone());
            }
            (Some(old), Some(new)) => self.action(&name, old, new),
        }
    }

    /// What shows it: only ever added to.
    fn evidence(&mut self, name: &str, old: &mut Vec<String>, new: &[String]) {
        for path in new {
            if !old.contains(path) {
                self.changes.push(say!("`{standard}` has new evidence: {path}", standard = name, path));
                old.push(path.clone());
            }
        }
    }

    fn action(&mut self, name: &str, old: &mut Action, new: &Action) {
        let mut kept = Some(old.what.clone());
        self.mend(name, "what", &mut kept, &Some(new.what.clone()));
        old.what = kept.unwrap_or_default();
        self.mend(name, "cause", &mut old.cause, &new.cause);
        self.mend(name, "owner", &mut old.owner, &new.owner);
        self.mend(name, "due", &mut old.due, &new.due);
        self.mend(name, "done", &mut old.done, &new.done);
        self.evidence(name, &mut old.evidence, &new.evidence);
        self.mend(name, "verified", &mut old.verified, &new.verified);
        self.mend(name, "effective", &mut old.effective, &new.effective);
        self.mend(name, "remark", &mut old.remark, &new.remark);
    }

    /// Whether what was seen says more than what is recorded: an answer where none was seen, more observations, or values
    /// that the same answer was given for.
    fn is_more(&self, old: &WrittenAnswer, new: &WrittenAnswer) -> bool {
        let unseen = [Answer::NotObserved.word()];
        let is_longer = new.seen.len() > old.seen.len() && new.seen.starts_with(&old.seen);
        new.seen != old.seen
            && (old.seen == unseen && new.seen != unseen || is_longer || self.values_say(&old.seen, new))
    }

    /// Whether what was seen says less than what is recorded, and nothing else.
    fn is_less(&self, old: &WrittenAnswer, new: &WrittenAnswer) -> bool {
        new.seen == old.seen || old.seen.starts_with(&new.seen) || self.values_say(&new.seen, old)
    }

    /// Whether an answer in one word is what the values of the other come to.
    fn values_say(&self, word: &[String], values: &WrittenAnswer) -> bool {
        let [word] = word else { return false };
        let Ok(answer) = word.parse::<Answer>() else { return false };
        let is_word = matches!(values.seen.as_slice(), [value] if value.parse::<Answer>().is_ok());
        let measure = self.index.standard(id_of(&values.key)).and_then(|standard| standard.measure.as_ref());
        let seen = values.seen.iter().map(String::as_str);
        !is_word && judge(seen, values.seen.len() > 1, measure).is_ok_and(|outcome| outcome.answer == answer)
    }

    /// Something of which a round has one: added where there is none, a contradiction where it is another.
    fn once<T: Clone + PartialEq + ToString>(&mut self, key: &'static str, old: &mut Option<T>, new: &Option<T>) {
        match (&old, new) {
            (_, None) => {}
            (None, Some(value)) => {
                self.changes.push(say!(
                    "{key} is `{value}` now",
                    key = record_words::key(key),
                    value = word(&value.to_string())
                ));
                old.clone_from(new);
            }
            (Some(old_value), Some(new_value)) if old_value == new_value => {}
            (Some(old_value), Some(new_value)) => {
                if self.contradicts(record_words::key(key), word(&old_value.to_string()), word(&new_value.to_string()))
                {
                    old.clone_from(new);
                }
            }
        }
    }

    /// Something that may be written more fully: added to without asking, set to another only where that is asked for.
    fn mend<T: Clone + PartialEq + ToString>(
        &mut self,
        name: &str,
        key: &'static str,
        old: &mut Option<T>,
        new: &Option<T>,
    ) {
        let Some(new_value) = new.as_ref().filter(|_| old != new).map(ToString::to_string) else { return };
        let Some(old_value) = old.as_ref().map(ToString::to_string) else {
            let new_value = word(&new_value);
            self.changes.push(say!(
                "{key} of `{standard}` is `{here}` now",
                key = record_words::key(key),
                standard = name,
                here = new_value
            ));
            return old.clone_from(new);
        };
        let (is_more, is_less) = (new_value.contains(&old_value), old_value.contains(&new_value));
        let (old_value, new_value) = (word(&old_value), word(&new_value));
        let key = record_words::key(key);
        let message = say!(
            "{key} of `{standard}`: `{there}` there, `{here}` here",
            key,
            standard = name,
            there = old_value,
            here = new_value
        );
        let is_taken = if is_more {
            self.changes.push(message);
            true
        } else if is_less {
            self.takes_back(message)
        } else {
            self.is_replaced(message)
        };
        if is_taken {
            old.clone_from(new);
        }
    }

    /// Words that the record has and the form has not.
    fn unsaid(&mut self, name: &str, key: &'static str, old: &mut Option<String>, new: &Option<String>) {
        if let (Some(old_value), None) = (&old, new) {
            let message = say!(
                "{key} of `{standard}` is `{there}` in the record, and empty in the form",
                key = record_words::key(key),
                standard = name,
                there = old_value
            );
            if self.takes_back(message) {
                *old = None;
            }
        }
    }

    /// Whether an answer that the form does not have stays. What goes with it is told as well; what shows it, and what is to be
    /// done about it, no form takes back.
    fn keeps(&mut self, old: &WrittenAnswer) -> bool {
        let standard = &old.key;
        let message = say!(
            "`{standard}` is answered in the record, and not in the form: `{there}`",
            standard,
            there = seen(&old.seen)
        );
        if let Some(action) = &old.action {
            self.beyond.push(message);
            self.beyond.push(say!(
                "`{standard}` has an action in the record, and not in the form: {what}",
                standard,
                what = &action.what
            ));
            return true;
        }
        if !old.evidence.is_empty() {
            self.beyond.push(message);
            return true;
        }
        let is_gone = self.takes_back(message);
        for (key, words) in [("note", &old.note), ("why", &old.why)] {
            self.unsaid(standard, key, &mut words.clone(), &None);
        }
        !is_gone
    }

    /// Takes note of what the record says beyond the form; whether that is taken out.
    fn takes_back(&mut self, message: Message) -> bool {
        if self.taking.takes_back {
            self.changes.push(message);
        } else {
            self.removable.push(message.clone());
            self.beyond.push(message);
        }
        self.taking.takes_back
    }

    /// Takes note of a contradiction; whether the form's side is to be taken.
    fn contradicts(&mut self, standard: impl ToValue, old_value: Message, new_value: Message) -> bool {
        self.is_replaced(say!(
            "`{standard}`: `{there}` there, `{here}` here",
            standard,
            there = old_value,
            here = new_value
        ))
    }

    fn is_replaced(&mut self, message: Message) -> bool {
        if self.taking.replaces {
            self.changes.push(message);
        } else {
            self.contradictions.push(message);
        }
        self.taking.replaces
    }
}
