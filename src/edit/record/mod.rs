//! `audit new` and `audit record`: records written into `audits/`.
//!
//! A round is one record: handed in again, it is nothing where it says the same, and updates its record where it adds or mends.
//! What is proved before anything is written is that it reads back as meant.

mod brought;
mod empty_record;
mod intake;
mod record_yaml;
mod resemblance;
mod resubmission;
mod update;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

pub use empty_record::{Skeleton, skeleton};
pub use intake::{FormOutcome, Intake, Options, altered, take_in};
pub use record_yaml::text;

use self::resubmission::{MergeMode, Merged, merge};
use self::update::updated;
use super::FileEdit;
use crate::audit::draft::RecordDraft;
use crate::audit::{Audits, FOLDER, Record, RoundKey, StandardIndex, WrittenRecord};
use crate::book::decode_text;
use crate::diag::Severity;
use crate::message::Message;
use crate::say;
use crate::source::{FileId, Refusal, Sources, World};
use crate::text::hex;

/// So many records of one site and day get a number after their name.
const MAX_NUMBER: usize = 10_000;

/// What the name of a round begins with whose form has none.
const UNNAMED: &str = "d-";

/// What comes of a record that is to be written.
#[derive(Debug)]
pub enum Recorded {
    /// A file to be made.
    New(FileEdit),
    /// The same round is recorded already, and this says more: the change of its record, what is new or mended, and what the
    /// record says beyond the form.
    Updated(FileEdit, Vec<Message>, Vec<Message>),
    /// The same round is recorded already, and says the same: the path of its record, and what it says beyond the form.
    Known(String, Vec<Message>),
    /// A record of that site and day has the same answers, so that it may be the same round: its path.
    Resembles(String),
    /// A record of that site and another day is the same in every answer and word, so that the day may have been mistyped: its
    /// path and its day.
    OfOtherDay(String, NaiveDate),
    /// The same round is recorded already, with answers that contradict these: the path of its record, which, and what else of
    /// the record would be taken out, because the form does not have it.
    Contradicts(String, Vec<Message>, Vec<Message>),
    /// The same round was recorded, in a record that was withdrawn since: its path.
    Withdrawn(String),
    /// The record would not read back as meant, or its file is not reached: why, and what to do.
    NotSound(Message, Option<Message>),
}

/// What records are put beside.
#[derive(Debug)]
pub struct Recorder<'a, 'i> {
    /// The book's files.
    pub sources: &'a Sources,
    /// The records that are there.
    pub audits: &'a Audits,
    /// What they are about.
    pub index: &'i StandardIndex<'a>,
    /// Whether answers that contradict those recorded take their place.
    pub replace: bool,
    /// Whether what the form no longer says is taken out of the record with them.
    pub takes_out: bool,
    /// Whether nothing of the form was refused: only such a form tells what it no longer says.
    pub is_whole: bool,
    /// Whether a round that resembles a recorded one is another.
    pub is_another: bool,
    /// Changes of this run, and the records in them.
    pub made: Vec<(FileEdit, WrittenRecord)>,
    /// The records that a form of this run had nothing to add to.
    pub known: Vec<String>,
}

impl Recorder<'_, '_> {
    /// Works out what becomes of a record, and keeps the change.
    pub fn record(&mut self, world: &dyn World, written: WrittenRecord) -> Recorded {
        let written = named(self.by_roles_of_today(written));
        if let Some(earlier) = self.earlier(&written) {
            return self.update(earlier, &written);
        }
        if let Some(path) = self.withdrawn(&written).filter(|_| !self.is_another) {
            return Recorded::Withdrawn(path);
        }
        if let Some(path) = self.resembling(&written).filter(|_| !self.is_another) {
            return Recorded::Resembles(path);
        }
        if let Some((change, other)) = self.of_other_day(&written).filter(|_| !self.is_another) {
            return match self.replace {
                true => self.update((change, other), &written),
                false => Recorded::OfOtherDay(change.path, other.moment.date),
            };
        }
        let after = text(&written);
        if let Some(message) = unsound(&after, &written, self.index) {
            return Recorded::NotSound(message, None);
        }
        let is_made = |path: &String| self.made.iter().any(|(made, _)| made.path == *path);
        let mut free = None;
        for path in path(&written).filter(|path| !is_made(path)) {
            match world.bytes(&path) {
                Err(Refusal::Missing) => {
                    free = Some(path);
                    break;
                }
                // What the system does not give may be a record of this name, or nothing.
                Err(Refusal::System(reason)) => {
                    let message = say!("nobody can tell whether {path} is there: {reason}", path, reason);
                    return Recorded::NotSound(message, None);
                }
                _ => {}
            }
        }
        match free {
            Some(path) => {
                let change = FileEdit { path, before: None, after };
                self.made.push((change.clone(), written));
                Recorded::New(change)
            }
            None => Recorded::NotSound(say!("there are too many records of that site and day"), None),
        }
    }

    /// The record of the same round: its file as it is, and as it will be after this run.
    fn earlier(&self, written: &WrittenRecord) -> Option<(FileEdit, WrittenRecord)> {
        let is_same = |round: Option<&str>, key: &dyn Fn() -> RoundKey| match written.round.as_deref() {
            // A form without a name for its round is known by where, when and by whom it was filled in.
            Some(own) if own.starts_with(UNNAMED) => {
                round.is_none_or(|round| round.starts_with(UNNAMED)) && key() == RoundKey::of(written)
            }
            own => round == own,
        };
        let made = self.made.iter().find(|(_, made)| is_same(made.round.as_deref(), &|| RoundKey::of(made)));
        if let Some(made) = made {
            return Some(made.clone());
        }
        let record = self.audits.records.iter().find(|record| is_same(record.round.as_deref(), &|| record.key()));
        if let Some(record) = record {
            return self.written(record);
        }
        // The same round by two ways, of which one names it: the page, and the form on paper.
        let is_way = |written: &WrittenRecord| written.round.as_deref().is_none_or(|round| round.starts_with(UNNAMED));
        let key = RoundKey::of(written);
        let is_of_both = |other: &WrittenRecord| {
            is_way(written) != is_way(other) && RoundKey::of(other) == key && resemblance::is_part(other, written)
        };
        // A record that was begun, and has no answer yet.
        let is_begun = |other: &WrittenRecord| other.answers.is_empty() && resemblance::heads_fit(other, written);
        let mut all = self.same_day(written);
        all.find(|(_, other)| is_of_both(other) || is_begun(other))
    }

    /// The record of the same round, where it was withdrawn.
    fn withdrawn(&self, written: &WrittenRecord) -> Option<String> {
        let record =
            self.audits.withdrawn.iter().find(|record| record.round.is_some() && record.round == written.round);
        record.map(|record| self.sources.get(record.file).path.clone())
    }

    /// A record of the same site and day that may be the same round, though its head says more or less.
    fn resembling(&self, written: &WrittenRecord) -> Option<String> {
        let mut all = self.same_day(written);
        all.find(|(_, other)| resemblance::may_be_same(other, written)).map(|(change, _)| change.path)
    }

    /// A record of the same site and another day that says the same, word for word.
    fn of_other_day(&self, written: &WrittenRecord) -> Option<(FileEdit, WrittenRecord)> {
        // What a page has named is known by its name.
        let is_named = |round: Option<&str>| round.is_some_and(|round| !round.starts_with(UNNAMED));
        if is_named(written.round.as_deref()) || !resemblance::has_words(written) {
            return None;
        }
        let is_other = |record: &&Record| {
            record.site == written.site
                && record.moment.date != written.moment.date
                && !is_named(record.round.as_deref())
                && record.items.len() == written.answers.len()
        };
        let mut records = self.audits.records.iter().filter(is_other).filter_map(|record| self.written(record));
        records.find(|(_, other)| resemblance::may_be_mistyped(other, written))
    }

    /// The records of the same site and day, those of this run among them.
    fn same_day<'s>(&'s self, written: &'s WrittenRecord) -> impl Iterator<Item = (FileEdit, WrittenRecord)> + 's {
        let is_made = |path: &str| self.made.iter().any(|(change, _)| change.path == path);
        let made =
            self.made.iter().filter(|(_, made)| made.site == written.site && made.moment.date == written.moment.date);
        let records = self.audits.records.iter();
        let records = records.filter(|record| record.site == written.site && record.moment.date == written.moment.date);
        let records = records.filter_map(|record| self.written(record));
        made.cloned().chain(records.filter(move |(change, _)| !is_made(&change.path)))
    }

    /// A record as its file has it.
    fn written(&self, record: &Record) -> Option<(FileEdit, WrittenRecord)> {
        let source = self.sources.get(record.file);
        let (draft, _) = decode_text::<RecordDraft>(record.file, &source.text, say!("an audit record"));
        let text = source.text.to_string();
        let change = FileEdit { path: source.path.clone(), before: Some(text.clone()), after: text };
        Some((change, self.by_roles_of_today(WrittenRecord::of(draft?, self.index))))
    }

    /// The same by the name that the auditor's role has now: whoever has it is the same auditor as before.
    fn by_roles_of_today(&self, written: WrittenRecord) -> WrittenRecord {
        let roles = &self.audits.names.roles;
        WrittenRecord { auditor: written.auditor.map(|name| roles.now(&name).to_owned()), ..written }
    }

    fn update(&mut self, (change, old): (FileEdit, WrittenRecord), new: &WrittenRecord) -> Recorded {
        // Of several forms of one round in one run none takes back what another says.
        let is_made = self.made.iter().any(|(made, _)| made.path == change.path) || self.known.contains(&change.path);
        let taking = MergeMode { replaces: self.replace, takes_back: self.takes_out && self.is_whole && !is_made };
        let Merged { written, changes, contradictions, beyond, removable } = merge(&old, new, self.index, taking);
        if !contradictions.is_empty() {
            return Recorded::Contradicts(change.path, contradictions, removable);
        }
        if changes.is_empty() {
            self.known.push(change.path.clone());
            return Recorded::Known(change.path, beyond);
        }
        let mut changes = changes;
        let is_named_by = |date: NaiveDate| change.path.contains(&date.to_string());
        if is_named_by(old.moment.date) && !is_named_by(written.moment.date) {
            changes.push(say!("the file keeps its name, which nothing goes by"));
        }
        let id = |id: &str| self.index.standard(id).map_or_else(|| id.to_owned(), |standard| standard.id.name.clone());
        let after = match updated(&change.path, &change.after, &old, &written, id) {
            Ok(after) => after,
            Err(error) => return Recorded::NotSound(error.message(), error.help()),
        };
        if let Some(message) = unsound(&after, &written, self.index) {
            return Recorded::NotSound(message, None);
        }
        let change = FileEdit { after, ..change };
        self.made.retain(|(made, _)| made.path != change.path);
        self.made.push((change.clone(), written));
        Recorded::Updated(change, changes, beyond)
    }
}

/// The record with the name of its round.
fn named(written: WrittenRecord) -> WrittenRecord {
    let round = written.round.clone().unwrap_or_else(|| {
        let hash = Sha256::digest(RoundKey::of(&written).to_string().as_bytes());
        UNNAMED.to_owned() + &hex(&hash[..4])
    });
    WrittenRecord { round: Some(round), ..written }
}

/// `audits/DATE-SITE.yaml`, then with a number.
fn path(written: &WrittenRecord) -> impl Iterator<Item = String> {
    let date = written.moment.date;
    let stem =
        written.site.as_ref().map_or_else(|| format!("{FOLDER}/{date}"), |site| format!("{FOLDER}/{date}-{site}"));
    (1..=MAX_NUMBER).map(move |number| match number {
        1 => format!("{stem}.yaml"),
        number => format!("{stem}-{number}.yaml"),
    })
}

fn exists(world: &dyn World, path: &str) -> bool {
    // A file that cannot be read is in the way as well.
    !matches!(world.bytes(path), Err(Refusal::Missing))
}

/// Why a text would not read back as what it was written from.
fn unsound(text: &str, written: &WrittenRecord, index: &StandardIndex<'_>) -> Option<Message> {
    let (draft, found) = decode_text::<RecordDraft>(FileId::default(), text, say!("an audit record"));
    let Some(draft) = draft else { return Some(say!("the record would not be YAML")) };
    let mut found = found;
    found.extend(index.check(draft.clone()));
    if let Some(finding) = found.into_iter().find(|finding| finding.code.severity() == Severity::Error) {
        return Some(finding.message);
    }
    let read = WrittenRecord::of(draft, index);
    (read != *written).then(|| say!("the record would not read back as it was meant"))
}
