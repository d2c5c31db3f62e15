//! What is kept of a closed review, and whether it is still what was kept: the file of its report, whose hash stands in front
//! of it, and the decisions in it.

use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::model::{Frozen, KEPT, Review, ReviewEntry};
use crate::book::{Measure, Text};
use crate::diag::{Code, Diagnostic};
use crate::edition::Reference;
use crate::say;
use crate::source::{Span, World};
use crate::text::hex;

/// What stands before the hash, and behind it.
const HEAD: (&str, &str) = ("{\"hash\":\"", "\",");

/// What of a kept report says how it was decided.
#[derive(Deserialize)]
struct KeptReview {
    closed: String,
    figures: KeptFigures,
}

#[derive(Deserialize)]
struct KeptFigures {
    opened: Option<String>,
    edition: Option<String>,
    decisions: Vec<KeptDecision>,
}

#[derive(Deserialize)]
struct KeptDecision {
    standard: String,
    stamp: Option<String>,
    decision: Option<String>,
    /// What else was kept of it; older programs kept less.
    #[serde(flatten)]
    rest: Map<String, Json>,
}

/// A report that is to be kept, a JSON object, with its own hash in front.
pub(crate) fn sealed(kept: &str) -> String {
    let rest = kept.trim_end().strip_prefix('{').unwrap_or(kept);
    format!("{}{}{}{rest}\n", HEAD.0, hash(rest), HEAD.1)
}

/// Whether a kept report is as it was written. One without a hash is older than hashes.
pub(crate) fn is_as_written(text: &str) -> bool {
    let Some(after) = text.strip_prefix(HEAD.0) else { return true };
    let Some((hash, rest)) = after.split_once(HEAD.1) else { return false };
    self::hash(rest.trim_end()) == hash
}

fn hash(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

/// What of a closed review is not as it was when it was closed.
pub(super) fn altered(world: &dyn World, review: &Review, report: Option<Span>) -> Vec<Diagnostic> {
    let Some(closed) = &review.closed else { return Vec::new() };
    let place = report.unwrap_or(closed.span);
    let path = format!("{KEPT}{}.json", review.name);
    let Ok(text) = world.large_text(&path) else {
        // What was closed by hand, or by an older program, kept none.
        let lost = report.map(|span| {
            let message = say!("the report that was kept of this review is not there: {path}", path);
            Diagnostic::new(Code::ReviewAltered, span, message).help(back())
        });
        return lost.into_iter().collect();
    };
    let told = |message| vec![Diagnostic::new(Code::ReviewAltered, place, message).help(back())];
    let kept: Option<KeptReview> = serde_json::from_str(&text).ok();
    // A review that names what was kept was closed when it got its hash: to take that out is to alter it.
    let is_whole = is_as_written(&text) && (report.is_none() || text.starts_with(HEAD.0));
    let Some(kept) = kept.filter(|_| is_whole) else {
        return told(say!("the report that was kept of this review is not as it was written: {path}", path));
    };
    if kept.closed != closed.value.to_string() {
        return match report {
            Some(_) => {
                let day = kept.closed;
                told(say!(
                    "the report that was kept of this review is of {day}, another day of closing: {path}",
                    day,
                    path
                ))
            }
            None => Vec::new(),
        };
    }
    // From these two the next review goes on: where its evidence begins, and what was judged.
    let opened = review.opened.map(|day| day.to_string());
    let same = [("opened", opened, &kept.figures.opened), ("edition", review.edition.clone(), &kept.figures.edition)];
    let moved = same.into_iter().filter(|(_, now, kept)| kept.is_some() && now != *kept).map(|(key, ..)| {
        let message = say!("`{key}` is not what it was when the review was closed", key);
        Diagnostic::new(Code::ReviewAltered, place, message).help(back())
    });
    moved.chain(decisions(review, &kept.figures.decisions, place)).collect()
}

fn back() -> crate::message::Message {
    say!("bring the file back from git, or close the review anew after `gamma-ok review reopen`")
}

/// What is decided otherwise than it was.
fn decisions(review: &Review, kept: &[KeptDecision], place: Span) -> Vec<Diagnostic> {
    let is_of = |kept: &KeptDecision, entry: &ReviewEntry| {
        let reference = Reference::parse(&entry.key.value);
        kept.standard == reference.id && kept.stamp.as_deref() == reference.stamp
    };
    let help =
        || say!("put it back as it was, or open the review again with `gamma-ok review reopen`, and decide there");
    let changed = review.entries.iter().filter_map(|entry| {
        let now = entry.decision.as_ref()?;
        let (id, word) = (&entry.id, now.value.word());
        let message = match kept.iter().find(|kept| is_of(kept, entry)) {
            Some(kept) if kept.decision.as_deref() == Some(word) => return None,
            Some(KeptDecision { decision: Some(then), .. }) => {
                say!("when the review was closed, `{id}` was decided as `{then}`, not as `{now}`", id, then, now = word)
            }
            _ => say!("when the review was closed, nothing was decided about `{id}`", id),
        };
        Some(Diagnostic::new(Code::ReviewAltered, now.span, message).help(help()))
    });
    let gone = kept.iter().filter(|kept| !review.entries.iter().any(|entry| is_of(kept, entry)));
    let gone = gone.map(|kept| {
        let id = &kept.standard;
        let message = say!("when the review was closed, it decided about `{id}` too", id);
        Diagnostic::new(Code::ReviewAltered, place, message).help(help())
    });
    let moved = review.entries.iter().flat_map(|entry| {
        let kept = kept.iter().find(|kept| is_of(kept, entry));
        kept.map(|kept| moved(entry, &kept.rest)).unwrap_or_default()
    });
    let moved = moved.map(|(id, key, span)| {
        let message = say!("`{id}`: `{key}` is not what it was when the review was closed", id, key);
        Diagnostic::new(Code::ReviewAltered, span, message).help(help())
    });
    changed.chain(gone).chain(moved).collect()
}

/// The id of an entry, and the keys of it that do not say what was kept: what was decided by, and why.
fn moved<'a>(entry: &'a ReviewEntry, kept: &Map<String, Json>) -> Vec<(&'a str, &'static str, Span)> {
    let before = kept.get("before");
    let demanded = |key: &str| before.and_then(|before| before.get(key));
    let demand = &entry.demand;
    let same = [
        ("evidence", kept.get("evidence").is_none_or(|kept| is_same(&evidence(entry.evidence.as_ref()), kept))),
        ("reasons", kept.get("reasons").is_none_or(|kept| is_same(&json!(entry.reasons), kept))),
        ("reason", kept.get("reason").is_none_or(|kept| says(entry.reason.as_ref(), kept))),
        ("wording", demanded("text").is_none_or(|kept| says(demand.wording.as_ref(), kept))),
        ("level", demanded("level").is_none_or(|kept| is_same(&json!(demand.level), kept))),
        (
            "measure",
            demanded("measure").is_none_or(|kept| is_same(&json!(demand.measure.as_ref().map(Measure::plain)), kept)),
        ),
    ];
    let id = entry.id.as_str();
    same.into_iter().filter(|(_, is_same)| !is_same).map(|(key, _)| (id, key, entry.key.span)).collect()
}

/// Evidence as a kept report has it.
fn evidence(frozen: Option<&Frozen>) -> Json {
    let Some(Frozen { met, of, low_ratings, agreement, agreement_units, calls, year }) = frozen else {
        return Json::Null;
    };
    json!({
        "met": met, "of": of, "low_ratings": low_ratings, "agreement": agreement, "agreement_units": agreement_units,
        "calls": calls, "year": year,
    })
}

/// Whether two values are the same, as far as the kept one goes: what is read from two files may differ in the last digit.
fn is_same(now: &Json, kept: &Json) -> bool {
    match (now, kept) {
        (Json::Object(now), Json::Object(kept)) => {
            now.iter().all(|(key, now)| kept.get(key).is_none_or(|kept| is_same(now, kept)))
        }
        (Json::Array(now), Json::Array(kept)) => {
            now.len() == kept.len() && now.iter().zip(kept).all(|(now, kept)| is_same(now, kept))
        }
        (Json::Number(now), Json::Number(kept)) => {
            now.as_f64().zip(kept.as_f64()).is_some_and(|(now, kept)| (now - kept).abs() < 1e-9)
        }
        (now, kept) => now == kept,
    }
}

/// Whether a text says what was kept, in whichever languages: those of the book may be others by now.
fn says(now: Option<&Text>, kept: &Json) -> bool {
    let kept: Vec<&str> = kept.as_object().into_iter().flat_map(Map::values).filter_map(Json::as_str).collect();
    let mut now = now.into_iter().flat_map(|text| &text.0).peekable();
    let is_there = now.peek().is_some();
    is_there != kept.is_empty() && now.all(|worded| kept.contains(&worded.text.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_sealed_is_as_written_until_it_is_touched() {
        let kept = sealed("{\"version\":1,\"met\":1446}\n");
        assert!(is_as_written(&kept) && is_as_written(kept.trim_end()));
        assert!(!is_as_written(&kept.replace("1446", "1623")));
        assert!(is_as_written("{\"version\":1}"), "older than hashes");
        assert!(serde_json::from_str::<serde_json::Value>(&kept).is_ok());
    }
}
