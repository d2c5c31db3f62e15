//! What a browser is refused with: in the language of whoever reads it, and with the words that were typed, so that they are not
//! lost.

use axum::body::{Body, to_bytes};
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use serde_json::json;
use tokio::time::timeout;

use super::answer::Answer;
use super::query::Query;
use super::server::{MAX_FIELDS, STRANGER_WITHIN};
use crate::language::Interface;
use crate::render::Renderer;

/// The fields that somebody types into; the others are the page's own.
const TYPED: [&str; 7] = ["title", "remark", "reason", "owner", "due", "reviewers", "added"];

/// How forms without a script are sent.
const FORM: &str = "application/x-www-form-urlencoded";

/// Who refuses, in which language.
#[derive(Clone, Copy)]
pub(super) struct Refusal<'a> {
    /// The language of the page.
    pub words: &'static Interface,
    /// What makes pages.
    pub renderer: &'a Renderer,
}

impl Refusal<'_> {
    /// Without a page: the text of that key.
    pub fn plain(&self, status: StatusCode, key: &str) -> Answer {
        Answer::words(status, self.words.text(&format!("desk.refused.{key}")))
    }

    /// For a script: the text of that key.
    pub fn told(&self, status: StatusCode, key: &str) -> Answer {
        Answer::json(status.as_u16(), &json!({"error": self.words.text(&format!("desk.refused.{key}"))}))
    }

    /// The page from before is no good any more: a page that says so, with what was typed there.
    pub fn of_old_page(&self, status: StatusCode, form: &Query) -> Answer {
        self.of_form(status, "old", form)
    }

    /// For whoever sent a form of a page: a page that says the text of that key, with what was typed there.
    pub fn of_form(&self, status: StatusCode, key: &str, form: &Query) -> Answer {
        let message = self.words.text(&format!("desk.refused.{key}")).to_owned();
        let view = json!({
            "lang": self.words.tag(), "words": self.words.tree(), "message": message, "typed": typed(form),
        });
        match self.renderer.page("desk/old.html", &view) {
            Ok(html) => Answer::page(html).status(status),
            Err(_) => self.told(status, key),
        }
    }

    /// The same to whoever has no cookie, or one from before this desk was opened.
    pub async fn of_stranger(&self, parts: &Parts, body: Body) -> Answer {
        let status = StatusCode::UNAUTHORIZED;
        if !is_form(parts) {
            return self.told(status, "old");
        }
        // Nobody knows who sends it: no more is read than a form of a page can hold, and for no longer than a head.
        match timeout(STRANGER_WITHIN, to_bytes(body, MAX_FIELDS)).await {
            Ok(Ok(body)) => self.of_old_page(status, &Query::parse(&String::from_utf8_lossy(&body))),
            _ => self.of_old_page(status, &Query::default()),
        }
    }
}

/// What somebody typed into a form, so that it is not lost with what it was sent for.
pub(super) fn typed(form: &Query) -> Vec<&str> {
    TYPED.iter().filter_map(|name| form.get(name)).chain(form.starting("cell-")).collect()
}

/// Whether a form of a page is sent, and no script waits for the answer.
pub(super) fn is_form(parts: &Parts) -> bool {
    let kind = parts.headers.get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().eq_ignore_ascii_case(FORM)
}
