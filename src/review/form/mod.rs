//! Filled review checklists: a page's JSON, ticked Markdown, or a workbook become a [`Filled`], whichever language they
//! were printed in.

mod json;
mod markdown;
mod workbook;

use chrono::NaiveDate;

use super::Decision;
use crate::book::Language;
use crate::language::{Interface, interface_languages};
use crate::message::Message;
use crate::say;

/// What a filled form says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filled {
    /// The review that it belongs to.
    pub review: String,
    /// Who took part.
    pub reviewers: Vec<String>,
    /// What was decided, item by item; items that nobody touched are left out.
    pub answers: Vec<Answer>,
    /// Standards that are asked for.
    pub added: Vec<String>,
    /// What could not be read.
    pub rejected: Vec<Rejected>,
}

/// What was written beside one standard.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// `ID@STAMP`.
    pub reference: String,
    /// The box that is ticked.
    pub decision: Option<Decision>,
    /// Why.
    pub reason: Option<String>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Where in the form: a line, a cell, a place in the JSON.
    pub place: String,
}

/// Something that was filled in and cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// Where in the form.
    pub place: String,
    /// What is wrong, in a sentence without a full stop.
    pub message: Message,
    /// How to mend it.
    pub help: Message,
}

/// Why a file is no filled review checklist at all.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct NoForm {
    /// What is wrong, in a sentence without a full stop.
    pub message: Message,
    /// What to do instead.
    pub help: Message,
}

impl NoForm {
    fn new(message: impl Into<Message>, help: impl Into<Message>) -> Self {
        NoForm { message: message.into(), help: help.into() }
    }
}

/// What to do with a file that is none of the three.
fn forms() -> Message {
    say!("give the file that the page's Save button wrote, the filled Markdown, or the filled workbook")
}

/// Reads a filled checklist, told by its content and not by its name.
///
/// # Errors
/// [`NoForm`] for a file that is none. What is wrong with single answers stands in [`Filled::rejected`].
pub fn read(bytes: &[u8]) -> Result<Filled, NoForm> {
    if bytes.starts_with(b"PK") {
        return workbook::read(bytes);
    }
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Err(NoForm::new(say!("the file is neither text nor a workbook"), forms()));
    };
    let text = text.trim_start_matches('\u{feff}');
    if text.trim_start().starts_with('{') { json::read(text) } else { markdown::read(text) }
}

impl Answer {
    /// Whether anything was filled in.
    fn is_filled(&self) -> bool {
        self.decision.is_some() || self.reason.is_some() || self.owner.is_some() || self.due.is_some()
    }
}

/// A text that somebody filled in; none where there is nothing but blanks.
fn filled(text: &str) -> Option<String> {
    let text = text.trim();
    (!text.is_empty()).then(|| text.to_owned())
}

/// A day as people write it: 2026-05-20, 20.05.2026, 20/5/2026 (day first, as in the three languages).
fn day(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let number = |part: &str| part.trim().parse::<u32>().ok().filter(|_| part.trim().len() <= 4);
    let parts: Vec<u32> =
        text.split(['-', '.', '/']).filter(|part| !part.trim().is_empty()).filter_map(number).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    let separators = text.chars().filter(|c| !c.is_ascii_digit() && !c.is_whitespace()).count();
    if !(2..=3).contains(&separators) || text.chars().any(|c| !(c.is_ascii_digit() || "-./ ".contains(c))) {
        return None;
    }
    match (*a > 31, *c > 31) {
        (true, false) => NaiveDate::from_ymd_opt(*a as i32, *b, *c),
        (false, true) => NaiveDate::from_ymd_opt(*c as i32, *b, *a),
        _ => None,
    }
    .filter(|day| (1900..=2200).contains(&chrono::Datelike::year(day)))
}

/// Sets the day of an answer, or says that it is none.
fn set_due(answer: &mut Answer, written: &str, rejected: &mut Vec<Rejected>) {
    let Some(written) = filled(written) else { return };
    match day(&written) {
        Some(day) => answer.due = Some(day),
        None => rejected.push(Rejected {
            place: answer.place.clone(),
            message: say!("`{text}` is not a date", text = written),
            help: say!("write year-month-day, such as 2027-01-31"),
        }),
    }
}

/// The decision that a word stands for, in the format's words or those of any language.
fn decision(word: &str) -> Option<Decision> {
    let word = word.trim().to_lowercase();
    let said = |decision: &Decision| {
        decision.word() == word
            || languages().any(|words| words.text(&format!("decision.{decision}")).to_lowercase() == word)
    };
    Decision::ALL.iter().copied().find(said)
}

/// Whether a label is the interface's text of that key, in any language.
fn is_label(label: &str, key: &str) -> bool {
    let label = label.trim().to_lowercase();
    languages().any(|words| words.text(key).to_lowercase() == label)
}

fn languages() -> impl Iterator<Item = &'static Interface> {
    interface_languages().map(|tag| Interface::of(&Language::new(tag)))
}

/// Names separated by commas.
fn names(text: &str) -> Vec<String> {
    text.split([',', ';']).filter_map(filled).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let read = |text: &str| day(text).map(|day| day.to_string());
        for text in ["2027-01-31", "31.01.2027", "31. 1. 2027", "31/1/2027", " 2027-1-31 ", "2027.01.31"] {
            assert_eq!(read(text).as_deref(), Some("2027-01-31"), "{text}");
        }
        for text in ["", "soon", "31.02.2027", "1/2/27", "2027-01", "20270131", "31.01.2027 r", "01/31/2027"] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn decisions_are_known_in_every_language() {
        for words in languages() {
            for one in Decision::ALL {
                assert_eq!(decision(words.text(&format!("decision.{one}"))), Some(*one), "{}", words.tag());
            }
        }
        assert_eq!(decision(" Level-Down "), Some(Decision::LevelDown));
        assert_eq!(decision("maybe"), None);
    }

    #[test]
    fn what_is_no_form_says_so() {
        for bytes in [
            &b"\xff\xfe\x00"[..],
            b"PK\x03\x04 broken",
            b"{\"a\": 1}",
            b"{\"gamma-ok\": \"review\"",
            b"# Notes\n\n- milk\n",
            b"",
        ] {
            assert!(read(bytes).is_err(), "{bytes:?}");
        }
    }
}
