//! What a browser gets: a status, a body, and the rules that it is to show it by.

use axum::body::Body;
use axum::http::{HeaderName, HeaderValue, Response, StatusCode};
use serde_json::Value as Json;

use crate::library::template;
use crate::render::source_hash;

/// The rules for what a book's document may do: it is shown as from nowhere, so that nothing in it reaches the desk.
pub(super) const SANDBOX: &str = "sandbox allow-scripts; frame-ancestors 'self'";

/// The rules for a document beside Writing: nothing of it runs and nothing is fetched, so the page may know how far it is scrolled
/// and take nobody's place when it is made anew. Who follows a link of it leaves the page; a link alone leads nowhere.
pub(super) const STILL: &str = "sandbox allow-same-origin allow-top-navigation-by-user-activation; default-src 'none'; img-src data:; style-src 'unsafe-inline'; \
    font-src data:; frame-ancestors 'self'";

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    status: StatusCode,
    kind: &'static str,
    policy: String,
    others: Vec<(&'static str, String)>,
    body: Vec<u8>,
}

impl Answer {
    fn of(status: StatusCode, kind: &'static str, body: impl Into<Vec<u8>>) -> Self {
        let policy = "default-src 'none'; frame-ancestors 'none'".to_owned();
        Answer { status, kind, policy, others: Vec::new(), body: body.into() }
    }

    /// A page of the desk.
    pub fn page(html: String) -> Self {
        let policy = format!(
            "default-src 'none'; script-src '{}' '{}' '{}'; style-src '{}'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; \
             form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
            hash("desk/door.js"),
            hash("desk/desk.js"),
            hash("html/form/small.js"),
            hash("desk/style.css")
        );
        Answer { policy, ..Answer::of(StatusCode::OK, "text/html; charset=utf-8", html) }
    }

    /// The same, which pages of this desk may show in a frame.
    pub fn framed(self) -> Self {
        Answer { policy: self.policy.replace("frame-ancestors 'none'", "frame-ancestors 'self'"), ..self }
    }

    /// A page under other rules.
    pub fn page_under(html: impl Into<Vec<u8>>, policy: String) -> Self {
        Answer { policy, ..Answer::of(StatusCode::OK, "text/html; charset=utf-8", html) }
    }

    /// A file, to be shown or kept under a name.
    pub fn file(kind: &'static str, name: &str, is_shown: bool, body: Vec<u8>) -> Self {
        // What shows a PDF is a part of the browser that a sandbox keeps from starting.
        let policy = match kind {
            "application/pdf" => {
                "default-src 'none'; object-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'self'"
            }
            _ => SANDBOX,
        };
        let how = if is_shown { "inline" } else { "attachment" };
        let answer = Answer { policy: policy.to_owned(), ..Answer::of(StatusCode::OK, kind, body) };
        answer.with("content-disposition", format!("{how}; filename=\"{name}\""))
    }

    /// A picture, and nothing that runs.
    pub fn picture(kind: &'static str, body: Vec<u8>) -> Self {
        Answer::of(StatusCode::OK, kind, body).with("content-disposition", "inline".to_owned())
    }

    /// What a script reads.
    pub fn json(status: u16, value: &Json) -> Self {
        let status = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        Answer::of(status, "application/json", value.to_string())
    }

    /// A few words, where there is no page.
    pub fn words(status: StatusCode, words: &str) -> Self {
        Answer::of(status, "text/plain; charset=utf-8", words)
    }

    /// On to a page of this desk.
    pub fn see(path: &str) -> Self {
        Answer::of(StatusCode::SEE_OTHER, "text/plain; charset=utf-8", "").with("location", path.to_owned())
    }

    /// The same with another status.
    pub fn status(self, status: StatusCode) -> Self {
        Answer { status, ..self }
    }

    /// The same with a header.
    pub fn with(mut self, name: &'static str, value: String) -> Self {
        self.others.push((name, value));
        self
    }

    /// As it is sent.
    pub fn into_response(self) -> Response<Body> {
        let mut response = Response::new(Body::from(self.body));
        *response.status_mut() = self.status;
        let fixed = [
            ("content-type", self.kind.to_owned()),
            ("content-security-policy", self.policy),
            ("x-content-type-options", "nosniff".to_owned()),
            // Without any, browsers would send the desk's own forms as from nowhere.
            ("referrer-policy", "same-origin".to_owned()),
            ("cross-origin-opener-policy", "same-origin".to_owned()),
            ("cross-origin-resource-policy", "same-origin".to_owned()),
            ("cache-control", "no-store".to_owned()),
        ];
        for (name, value) in fixed.into_iter().chain(self.others) {
            // A value that no header can hold is left out; none of ours is.
            if let Ok(value) = HeaderValue::from_str(&value) {
                response.headers_mut().append(HeaderName::from_static(name), value);
            }
        }
        response
    }
}

/// How a policy names a script or a style of the desk's own.
pub(super) fn hash(path: &str) -> String {
    source_hash(template(path).unwrap_or_default())
}
