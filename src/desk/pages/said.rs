//! What is lacking in what somebody sent, said on the very page that it was sent from: nobody has to go back and type it again.

use axum::http::StatusCode;
use serde::Serialize;

use super::Trouble;
use crate::book::Language;
use crate::desk::book::Opened;
use crate::language::Interface;
use crate::message::Message;

/// What is said above a form that is shown again.
#[derive(Debug, Serialize)]
pub(super) struct Said {
    /// What is lacking, or what happened meanwhile.
    pub message: String,
    /// What to do about it, or what else there is, a line each.
    pub more: Vec<String>,
    #[serde(skip)]
    pub status: StatusCode,
}

impl Said {
    /// Something that somebody else did meanwhile.
    pub fn meanwhile(message: String) -> Self {
        Said { message, more: Vec::new(), status: StatusCode::CONFLICT }
    }

    /// What is said of a trouble.
    ///
    /// # Errors
    /// The trouble itself, where its words are no help beside a form.
    pub fn of(trouble: Trouble, opened: &Opened, words: &Interface) -> Result<Self, Trouble> {
        let say = |message: &Message| called(opened, message, words);
        let refused = StatusCode::UNPROCESSABLE_ENTITY;
        let (message, more, status) = match trouble {
            Trouble::Refused(message) => (say(&message), Vec::new(), refused),
            Trouble::Several(message, more) => (say(&message), more.iter().map(say).collect(), refused),
            Trouble::Listed(message, more) => (say(&message), more, refused),
            Trouble::NotWritten(message) => (say(&message), Vec::new(), StatusCode::CONFLICT),
            Trouble::Missing | Trouble::Told(_) => return Err(trouble),
        };
        Ok(Said { message, more: for_browsers(more), status })
    }
}

/// Those lines that help at a browser: what to type at a terminal helps nobody there.
pub(super) fn for_browsers(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| !line.contains("gamma-ok ") && !line.contains("--")).collect()
}

/// What is said of a standard, which is called by what it demands and not by its id.
pub(super) fn called(opened: &Opened, message: &Message, words: &Interface) -> String {
    let said = words.say(message);
    let standards = &opened.project.standards;
    let Some(id) = message.hole("id").or_else(|| message.hole("written")) else { return said };
    let Some(standard) = standards.all.iter().find(|standard| standard.id.is_or_was(&id)) else { return said };
    let source = opened.project.loaded.book.source_language();
    let Some(worded) = standard.text.best(&Language::new(words.tag()), source) else { return said };
    said.replacen(&format!("`{id}`"), &words.quote(worded.text.trim_end_matches('.')), 1)
}
