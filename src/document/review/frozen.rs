//! The report of a closed review as it was on the day of closing: what nothing that becomes of the book, its records or what
//! customers say moves any more. What the review's own file says since is told as it stands there: what was carried out, who gets
//! the report, what management answers.

use serde::de::DeserializeOwned;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use serde_json::{Map, Value as Json};

use super::OfReview;
use super::report::{ReviewReport, composed, stamped};
use crate::document::control::ControlLine;
use crate::document::head::{Head, Limit};
use crate::document::kind::Document;
use crate::document::prose::Prose;

/// What the review's file says, and the report with it, after the closing too.
const LIVE: [&str; 7] = ["name", "is_closed", "facts", "outcomes", "next", "response", "distribution"];

/// The report of a review as it was when it was closed.
#[derive(Debug)]
pub struct FrozenReport {
    head: Head,
    content: Vec<(String, Tree)>,
}

/// Anything that a view holds, read back.
#[derive(Debug)]
enum Tree {
    Prose(Prose),
    Map(Vec<(String, Tree)>),
    List(Vec<Tree>),
    Plain(Json),
}

/// What of a head belongs to the day of closing.
#[derive(serde::Deserialize)]
struct FrozenHead {
    title: String,
    book: Prose,
    limits: Vec<Limit>,
    control: Vec<ControlLine>,
    mark: String,
    day: Option<String>,
    page_title: String,
}

/// The report as it stands, to be kept: the same that [`frozen_report`] reads.
///
/// # Errors
/// None that a view of texts and numbers could cause.
pub fn freeze(request: OfReview) -> serde_json::Result<Json> {
    let mut kept = serde_json::to_value(composed(request))?;
    if let Some(head) = kept.get_mut("head").and_then(Json::as_object_mut) {
        let keys = ["title", "book", "limits", "control", "mark", "day", "page_title"];
        head.retain(|key, _| keys.contains(&key.as_str()));
    }
    Ok(kept)
}

/// The report of a closed review from what was kept of it; none where that cannot be read.
pub fn frozen_report(request: OfReview, kept: &Json) -> Option<FrozenReport> {
    let live = composed(request);
    let FrozenHead { title, book, limits, control, mark, day, page_title } = read(kept.get("head")?)?;
    let head = Head { title, book, limits, control, mark, day, page_title, ..live.head.clone() };
    let Json::Object(now) = serde_json::to_value(&live).ok()? else { return None };
    let then = kept.as_object()?;
    let content: Map<String, Json> = now
        .into_iter()
        .filter(|(key, _)| key != "head")
        .map(|(key, now)| {
            let value = match then.get(&key) {
                Some(then) if key == "actions" => actions(then, &now),
                Some(then) if !LIVE.contains(&key.as_str()) => then.clone(),
                _ => now,
            };
            (key, value)
        })
        .collect();
    let head = head.stamped(&content);
    let content = content.into_iter().map(|(key, value)| (key, Tree::from(value))).collect();
    Some(FrozenReport { head, content })
}

/// The report of a review as it stands now.
pub fn review_report(request: OfReview) -> ReviewReport {
    stamped(composed(request))
}

/// What the review decided and is still to be done, by its file; what audits asked for, as it was.
fn actions(then: &Json, now: &Json) -> Json {
    let of_review = |action: &&Json| action.get("of_review") == Some(&Json::Bool(true));
    let list = |all: &Json| all.as_array().cloned().unwrap_or_default();
    let (then, now) = (list(then), list(now));
    let decided = now.iter().filter(of_review);
    Json::Array(decided.chain(then.iter().filter(|action| !of_review(action))).cloned().collect())
}

fn read<T: DeserializeOwned>(kept: &Json) -> Option<T> {
    serde_json::from_value(kept.clone()).ok()
}

impl From<Json> for Tree {
    fn from(json: Json) -> Self {
        match json {
            Json::Object(fields) => {
                let is_prose = fields.len() == 2 && fields.contains_key("lang") && fields.contains_key("parts");
                let object = Json::Object(fields);
                if let Some(prose) = read(&object).filter(|_| is_prose) {
                    return Tree::Prose(prose);
                }
                let Json::Object(fields) = object else { return Tree::Plain(object) };
                Tree::Map(fields.into_iter().map(|(key, value)| (key, Tree::from(value))).collect())
            }
            Json::Array(items) => Tree::List(items.into_iter().map(Tree::from).collect()),
            plain => Tree::Plain(plain),
        }
    }
}

impl Serialize for Tree {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Tree::Prose(prose) => prose.serialize(serializer),
            Tree::Map(fields) => {
                let mut map = serializer.serialize_map(Some(fields.len()))?;
                fields.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
                map.end()
            }
            Tree::List(items) => {
                let mut list = serializer.serialize_seq(Some(items.len()))?;
                items.iter().try_for_each(|item| list.serialize_element(item))?;
                list.end()
            }
            Tree::Plain(Json::Null) => serializer.serialize_none(),
            Tree::Plain(plain) => plain.serialize(serializer),
        }
    }
}

impl Serialize for FrozenReport {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.content.len() + 1))?;
        map.serialize_entry("head", &self.head)?;
        self.content.iter().try_for_each(|(key, value)| map.serialize_entry(key, value))?;
        map.end()
    }
}

impl Document for FrozenReport {
    fn head(&self) -> &Head {
        &self.head
    }
}
