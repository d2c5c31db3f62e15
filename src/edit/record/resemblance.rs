//! Rounds of one site and day that may be the same: a head that was filled in later must not make a second record.

use chrono::Timelike;

use crate::audit::{Kind, WrittenAnswer, WrittenRecord};
use crate::edition::Reference;
use crate::text::folded;

/// Whether two records may be one round: nothing in their heads tells them apart, and one holds the answers of the other.
pub(super) fn may_be_same(record: &WrittenRecord, other: &WrittenRecord) -> bool {
    heads_fit(record, other) && is_part(record, other)
}

/// Whether two records of different days may be one round whose day was mistyped: they are the same in every answer, and in
/// words that nobody writes the same twice.
pub(super) fn may_be_mistyped(record: &WrittenRecord, other: &WrittenRecord) -> bool {
    let id = |answer: &WrittenAnswer| Reference::parse(&answer.key).id.to_owned();
    let is_same = |answer: &WrittenAnswer| {
        let twin = other.answers.iter().find(|other| id(other) == id(answer));
        twin.is_some_and(|twin| twin.seen == answer.seen && words(twin) == words(answer))
    };
    heads_fit(record, other)
        && has_words(record)
        && record.answers.len() == other.answers.len()
        && record.answers.iter().all(is_same)
}

/// Whether anything in a record is in words of somebody's own.
pub(super) fn has_words(record: &WrittenRecord) -> bool {
    record.answers.iter().any(|answer| words(answer).iter().any(Option::is_some))
}

/// What of an answer is in words of somebody's own.
fn words(answer: &WrittenAnswer) -> [Option<&str>; 3] {
    let action = answer.action.as_ref().map(|action| action.what.as_str());
    [answer.note.as_deref(), answer.why.as_deref(), action]
}

/// Whether nothing in two heads tells their rounds apart.
pub(super) fn heads_fit(record: &WrittenRecord, other: &WrittenRecord) -> bool {
    // The hour, or else the shift: either tells rounds of one day apart.
    let when = |written: &WrittenRecord| {
        let hour = written.moment.time.map(|time| time.hour().to_string());
        hour.or_else(|| written.visit.clone())
    };
    // Rounds that forms have named are told apart by their names.
    let named = |written: &WrittenRecord| written.round.clone().filter(|round| !round.starts_with(super::UNNAMED));
    let is_named_apart = matches!((named(record), named(other)), (Some(name), Some(other)) if name != other);
    !is_named_apart
        && record.kind.unwrap_or(Kind::Internal) == other.kind.unwrap_or(Kind::Internal)
        && fits(&when(record), &when(other), |when, other| is_near(when, other))
        && fits(&record.auditor, &other.auditor, |name, other| is_near(name, other))
}

/// Whether one of two records holds all answers of the other.
pub(super) fn is_part(record: &WrittenRecord, other: &WrittenRecord) -> bool {
    let holds = |whole: &WrittenRecord, part: &WrittenRecord| {
        part.answers.iter().all(|answer| {
            let id = Reference::parse(&answer.key).id;
            whole.answers.iter().any(|whole| Reference::parse(&whole.key).id == id && whole.seen == answer.seen)
        })
    };
    !record.answers.is_empty() && !other.answers.is_empty() && (holds(record, other) || holds(other, record))
}

/// Whether two heads agree in a field, or one of them leaves it out.
fn fits<T>(value: &Option<T>, other: &Option<T>, is_same: impl Fn(&T, &T) -> bool) -> bool {
    match (value, other) {
        (Some(value), Some(other)) => is_same(value, other),
        _ => true,
    }
}

/// Whether two names differ by a slip at most: a sign, or a letter of a long name.
fn is_near(name: &str, other: &str) -> bool {
    let bare = |name: &str| folded(name).chars().filter(|c| c.is_alphanumeric()).collect::<String>();
    let (name, other) = (bare(name), bare(other));
    let is_long = name.chars().count().min(other.chars().count()) >= LONG;
    name == other
        || is_long && !name.contains(|c: char| c.is_ascii_digit()) && strsim::damerau_levenshtein(&name, &other) <= 1
}

/// From so many letters a name is long enough that one of them may be a slip.
const LONG: usize = 6;
