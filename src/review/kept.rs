//! What is kept of a closed review, and whether it is still what was kept: the file of its report, whose hash stands in front
//! of it, and the decisions in it.

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Map, Value as Json, json};
use sha2::{Digest, Sha256};

use super::model::{Demand, Frozen, KEPT, Review, ReviewEntry};
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
    /// What the program has written of its end since; older programs kept nothing of it.
    #[serde(default)]
    ended: Json,
    figures: KeptFigures,
}

#[derive(Deserialize)]
struct KeptFigures {
    opened: Option<String>,
    edition: Option<String>,
    decisions: Vec<KeptDecision>,
    #[serde(default)]
    added: Vec<KeptAdded>,
}

#[derive(Deserialize)]
struct KeptAdded {
    written: String,
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

/// What begins what a kept report says of the review's end.
const ENDED: &str = "\"ended\":";

/// The same report with what the review's file says of its end by now; every other byte stays. None for one that is not as it was
/// written: that is not vouched for.
pub(crate) fn with_end(text: &str, review: &Review) -> Option<String> {
    let (hash, rest) = text.strip_prefix(HEAD.0)?.split_once(HEAD.1).filter(|_| is_as_written(text))?;
    let others = match rest.strip_prefix(ENDED) {
        None => rest,
        Some(value) => {
            let mut values = serde_json::Deserializer::from_str(value).into_iter::<Json>();
            values.next()?.ok()?;
            value.get(values.byte_offset()..)?.strip_prefix(',')?
        }
    };
    let after = sealed(&format!("{{{ENDED}{},{others}", ended(review)));
    Some(if after.starts_with(&format!("{}{hash}", HEAD.0)) { text.to_owned() } else { after })
}

/// What a review's file says of its end: what `review close` writes into it, each time that it is run. What is not written yet, and
/// may be, is not in it.
pub(crate) fn ended(review: &Review) -> Json {
    let of_entry = |entry: &ReviewEntry| {
        let became = entry.became.as_ref().map(|became| {
            let measure = became.measure.as_ref().map(Measure::plain);
            json!({"text": became.wording, "level": became.level, "measure": measure})
        });
        let parts = Some(&entry.parts).filter(|parts| !parts.is_empty());
        let said = present([("now", json!(entry.now)), ("became", json!(became)), ("parts", json!(parts))]);
        (entry.key.value.clone(), said)
    };
    let decisions: Map<String, Json> = review.entries.iter().map(of_entry).collect();
    let day = |day: Option<NaiveDate>| json!(day.map(|day| day.to_string()));
    let added: Vec<&str> = review.added.iter().map(|added| added.written.value.as_str()).collect();
    present([
        ("next", day(review.next)),
        ("carried-out", day(review.carried_out)),
        ("left", json!(review.left)),
        ("added", json!(added)),
        ("decisions", Json::Object(decisions)),
    ])
}

/// Those that have a value.
fn present<const N: usize>(fields: [(&str, Json); N]) -> Json {
    let fields = fields.into_iter().filter(|(_, value)| !value.is_null());
    Json::Object(fields.map(|(key, value)| (key.to_owned(), value)).collect())
}

/// Whether a review that was closed on that day and opened again decides what it decided then: nothing else, nothing more and nothing
/// less. Where nothing was kept of that closing, nobody can tell.
pub(crate) fn decided_the_same(world: &dyn World, review: &Review, closed: NaiveDate) -> bool {
    let text = world.large_text(&format!("{KEPT}{}.json", review.name)).ok().filter(|text| is_as_written(text));
    let kept = text.and_then(|text| serde_json::from_str::<KeptReview>(&text).ok());
    let Some(kept) = kept.filter(|kept| kept.closed == closed.to_string()) else { return false };
    let decided = |kept: &KeptDecision| {
        let of_it = review.entries.iter().find(|entry| is_of(kept, entry));
        of_it.is_some_and(|entry| {
            entry.decision.as_ref().map(|decision| decision.value.word()) == kept.decision.as_deref()
        })
    };
    let decisions = &kept.figures.decisions;
    let id = |written: &str| Reference::parse(written.trim()).id.to_owned();
    let mut now: Vec<String> = review.added.iter().map(|added| id(&added.written.value)).collect();
    let figures = || kept.figures.added.iter().map(|added| id(&added.written)).collect();
    let since = kept.ended["added"].as_array();
    let mut then: Vec<String> =
        since.map_or_else(figures, |added| added.iter().filter_map(Json::as_str).map(id).collect());
    now.sort_unstable();
    then.sort_unstable();
    decisions.len() == review.entries.len() && decisions.iter().all(decided) && now == then
}

/// Whether what was kept is of that entry.
fn is_of(kept: &KeptDecision, entry: &ReviewEntry) -> bool {
    let reference = Reference::parse(&entry.key.value);
    kept.standard == reference.id && kept.stamp.as_deref() == reference.stamp
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
    let end = end_altered(review, &kept.ended, place);
    moved.chain(decisions(review, &kept.figures.decisions, place)).chain(end).collect()
}

/// What of its end does not say what the program wrote there. What it did not write may be added.
fn end_altered(review: &Review, kept: &Json, place: Span) -> Vec<Diagnostic> {
    let now = ended(review);
    let is_kept = |now: &Json, kept: &Json, key: &str| kept.get(key).is_none_or(|kept| is_same(&now[key], kept));
    let keys = ["next", "carried-out", "left"].into_iter().filter(|key| !is_kept(&now, kept, key));
    let of_review = keys.map(|key| {
        let message = say!("`{key}` is not what `gamma-ok review close` wrote", key);
        Diagnostic::new(Code::ReviewAltered, place, message).help(back())
    });
    let of_entries = review.entries.iter().flat_map(|entry| {
        let key = entry.key.value.as_str();
        let (now, then) = (&now["decisions"][key], &kept["decisions"][key]);
        let is_same_demand = then.get("became").is_none_or(|kept| match &entry.became {
            None => false,
            Some(demand) => demands(demand, kept).is_none(),
        });
        let same =
            [("now", is_kept(now, then, "now")), ("became", is_same_demand), ("parts", is_kept(now, then, "parts"))];
        let others = same.into_iter().filter(|(_, is_same)| !is_same);
        others.map(|(key, _)| {
            let message = say!("`{id}`: `{key}` is not what `gamma-ok review close` wrote", id = &entry.id, key);
            Diagnostic::new(Code::ReviewAltered, entry.key.span, message).help(back())
        })
    });
    of_review.chain(of_entries).collect()
}

/// The first key of a demand that does not say what was kept.
fn demands(demand: &Demand, kept: &Json) -> Option<&'static str> {
    let kept = |key: &str| kept.get(key);
    let measure = json!(demand.measure.as_ref().map(Measure::plain));
    let same = [
        ("wording", kept("text").is_none_or(|kept| says(demand.wording.as_ref(), kept))),
        ("level", kept("level").is_none_or(|kept| is_same(&json!(demand.level), kept))),
        ("measure", kept("measure").is_none_or(|kept| is_same(&measure, kept))),
    ];
    same.into_iter().find(|(_, is_same)| !is_same).map(|(key, _)| key)
}

fn back() -> crate::message::Message {
    say!("bring the file back from git, or close the review anew after `gamma-ok review reopen`")
}

/// What is decided otherwise than it was.
fn decisions(review: &Review, kept: &[KeptDecision], place: Span) -> Vec<Diagnostic> {
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
    let same = [
        ("evidence", kept.get("evidence").is_none_or(|kept| is_same(&evidence(entry.evidence.as_ref()), kept))),
        ("reasons", kept.get("reasons").is_none_or(|kept| is_same(&json!(entry.reasons), kept))),
        ("reason", kept.get("reason").is_none_or(|kept| says(entry.reason.as_ref(), kept))),
    ];
    let id = entry.id.as_str();
    let demanded = before.and_then(|before| demands(&entry.demand, before));
    let moved = same.into_iter().filter(|(_, is_same)| !is_same).map(|(key, _)| key).chain(demanded);
    moved.map(|key| (id, key, entry.key.span)).collect()
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
