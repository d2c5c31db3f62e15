//! `audit new` and `audit record`: records written into `audits/`.
//!
//! A record is a new file and never changes an old one, so there is nothing of the author's to keep; what is proved before
//! it is written is that it reads back as meant.

mod skeleton;
mod text;

use sha2::{Digest, Sha256};

pub use skeleton::{Skeleton, skeleton};
pub use text::text;

use super::Change;
use crate::audit::draft::RecordDraft;
use crate::audit::{Audits, FOLDER, Index, Written};
use crate::book::decode_text;
use crate::diag::Severity;
use crate::message::Message;
use crate::say;
use crate::source::{FileId, Sources, World};

/// So many records of one site and day get a number after their name.
const MAX_NUMBER: usize = 10_000;

/// What comes of a record that is to be written.
#[derive(Debug)]
pub enum Recorded {
    /// A file to be made.
    New(Change),
    /// The same round is recorded already, and says the same: the path of its record.
    Known(String),
    /// The same round is recorded already and says something else: the path of its record, and what differs.
    Differs(String, Vec<Message>),
    /// The record would not read back as meant.
    NotSound(Message),
}

/// Works out the file of a record. `taken` holds paths that are to be made in the same run, and the records in them.
pub fn record(
    world: &dyn World,
    sources: &Sources,
    audits: &Audits,
    taken: &[(Change, Written)],
    index: &Index<'_>,
    written: Written,
) -> Recorded {
    let written = named(written);
    let round = written.round.clone().unwrap_or_default();
    let earlier = audits.records.iter().find(|record| record.round.as_deref() == Some(&round));
    let earlier = earlier.and_then(|record| {
        let source = sources.get(record.file);
        let (draft, _) = decode_text::<RecordDraft>(record.file, &source.text, say!("an audit record"));
        Some((source.path.clone(), Written::of(draft?, index)))
    });
    let beside = || {
        let found = taken.iter().find(|(_, other)| other.round.as_deref() == Some(&round));
        found.map(|(change, other)| (change.path.clone(), other.clone()))
    };
    if let Some((path, other)) = earlier.or_else(beside) {
        let differences = differences(&other, &written);
        return if differences.is_empty() { Recorded::Known(path) } else { Recorded::Differs(path, differences) };
    }
    let after = text(&written);
    if let Some(message) = unsound(&after, &written, index) {
        return Recorded::NotSound(message);
    }
    let is_free = |path: &String| !exists(world, path) && !taken.iter().any(|(change, _)| change.path == *path);
    match path(&written).find(is_free) {
        Some(path) => Recorded::New(Change { path, before: None, after }),
        None => Recorded::NotSound(say!("there are too many records of that site and day")),
    }
}

/// The record with the name of its round.
pub fn named(written: Written) -> Written {
    let round = written.round.clone().unwrap_or_else(|| round(&written));
    Written { round: Some(round), ..written }
}

/// What a round is called whose form does not say: a hash of all that it says, so that the same answers are the same
/// round, whichever way they come.
fn round(written: &Written) -> String {
    let unnamed = Written { round: None, ..written.clone() };
    Sha256::digest(text(&unnamed).as_bytes()).iter().take(4).map(|byte| format!("{byte:02x}")).collect()
}

/// `audits/DATE-SITE.yaml`, then with a number.
fn path(written: &Written) -> impl Iterator<Item = String> {
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
    !matches!(world.bytes(path), Err(crate::source::Refusal::Missing))
}

/// Why a text would not read back as what it was written from.
fn unsound(text: &str, written: &Written, index: &Index<'_>) -> Option<Message> {
    let (draft, found) = decode_text::<RecordDraft>(FileId::default(), text, say!("an audit record"));
    let Some(draft) = draft else { return Some(say!("the record would not be YAML")) };
    let mut found = found;
    found.extend(index.check(draft.clone()));
    if let Some(finding) = found.into_iter().find(|finding| finding.code.severity() == Severity::Error) {
        return Some(finding.message);
    }
    let read = Written::of(draft, index);
    (read != *written).then(|| say!("the record would not read back as it was meant"))
}

/// What two records of one round say differently.
fn differences(old: &Written, new: &Written) -> Vec<Message> {
    let mut found = Vec::new();
    let whole = |written: &Written| Written { answers: Vec::new(), round: None, ..written.clone() };
    if whole(old) != whole(new) {
        found.push(say!("the head differs"));
    }
    let key = |written: &Written, key: &str| written.answers.iter().position(|answer| answer.key == key);
    for answer in &new.answers {
        match key(old, &answer.key).map(|at| &old.answers[at]) {
            None => found.push(say!("`{standard}` is not answered there", standard = &answer.key)),
            Some(other) if other.seen != answer.seen => {
                let (there, here) = (other.seen.join(", "), answer.seen.join(", "));
                found.push(say!("`{standard}`: `{there}` there, `{here}` here", standard = &answer.key, there, here));
            }
            Some(other) if other != answer => {
                found.push(say!("what is noted beside `{standard}` differs", standard = &answer.key));
            }
            Some(_) => {}
        }
    }
    for answer in old.answers.iter().filter(|answer| key(new, &answer.key).is_none()) {
        found.push(say!("`{standard}` is not answered here", standard = &answer.key));
    }
    found
}
