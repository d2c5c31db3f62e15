//! A document of a book's own templates, set apart: whoever wrote such a template may be a stranger, the typesetter's language
//! knows loops and texts of any length, and nothing in it can be stopped from within. So the edge hands the work to a process
//! of its own ([`typeset_apart`]), which it can end.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use serde::{Deserialize, Serialize};

use super::{Sheet, Templates, lay_out};
use crate::message::Message;
use crate::render::RenderError;

/// What a document may cost that is set apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// Seconds of work.
    pub seconds: u64,
    /// Megabytes of memory.
    pub megabytes: u64,
}

impl Bounds {
    /// So much for a document with a view of so many bytes: ten times what the program's own templates take.
    fn of(view: usize) -> Self {
        Bounds { seconds: 10 + view as u64 / 100_000, megabytes: 400 + view as u64 / 10_000 }
    }
}

/// Why nothing came of it.
#[derive(Debug)]
pub enum Stopped {
    /// It went beyond its bounds, or ended by itself because the system had no more.
    TooMuch,
    /// The process could not be had.
    Failed(std::io::Error),
}

/// Hands a job to [`typeset`] in a process of its own, and its answer back, within the bounds.
pub type Apart = fn(job: &[u8], bounds: Bounds) -> Result<Vec<u8>, Stopped>;

static APART: OnceLock<Apart> = OnceLock::new();

/// Says how documents of a book's own templates are set in a process of their own. Where nobody says so, as in a test of this
/// library, they are set here.
pub fn typeset_apart(how: Apart) {
    // Who is second says the same.
    let _ = APART.set(how);
}

/// What a document is made of, without the book.
#[derive(Serialize, Deserialize)]
struct Job {
    templates: BTreeMap<String, String>,
    name: String,
    view: String,
    files: BTreeMap<String, String>,
    day: Option<String>,
    identity: String,
    is_accessible: bool,
}

/// The document, or what is wrong with it.
#[derive(Serialize, Deserialize)]
enum Answer {
    Pdf(String),
    Template { path: String, line: Option<usize>, message: String },
    Failed(String),
}

/// How own templates are set apart; none where none are own, or nobody said how.
pub(super) fn way(templates: &Templates) -> Option<Apart> {
    APART.get().copied().filter(|_| !templates.own().is_empty())
}

/// Sets a document that way.
pub(super) fn set(how: Apart, templates: &Templates, sheet: &Sheet) -> Result<Vec<u8>, RenderError> {
    let failed = |error: String| RenderError::Failed(error);
    let bounds = Bounds::of(sheet.view.len());
    let job = Job {
        templates: templates.own().clone(),
        name: sheet.name.clone(),
        view: sheet.view.clone(),
        files: sheet.files.iter().map(|(path, bytes)| (path.clone(), BASE64.encode(bytes))).collect(),
        day: sheet.day.clone(),
        identity: sheet.identity.clone(),
        is_accessible: sheet.is_accessible,
    };
    let job = serde_json::to_vec(&job).map_err(|error| failed(error.to_string()))?;
    let answer = how(&job, bounds).map_err(|stopped| match stopped {
        Stopped::TooMuch => RenderError::TooMuch { path: format!("typst/{}.typ", sheet.name), bounds },
        Stopped::Failed(error) => failed(error.to_string()),
    })?;
    match serde_json::from_slice(&answer).map_err(|error| failed(error.to_string()))? {
        Answer::Pdf(pdf) => BASE64.decode(pdf).map_err(|error| failed(error.to_string())),
        Answer::Template { path, line, message } => {
            Err(RenderError::Template { path, line, message: Message::verbatim(message) })
        }
        Answer::Failed(message) => Err(failed(message)),
    }
}

/// What a process of its own does: sets the document of a job. Gives the answer for whoever handed the job over.
pub fn typeset(job: &[u8]) -> Vec<u8> {
    let answer = answer(job).unwrap_or_else(|error| match error {
        RenderError::Template { path, line, message } => Answer::Template { path, line, message: message.to_string() },
        RenderError::Failed(message) => Answer::Failed(message),
        other => Answer::Failed(other.to_string()),
    });
    serde_json::to_vec(&answer).unwrap_or_default()
}

fn answer(job: &[u8]) -> Result<Answer, RenderError> {
    let unread = |error: String| RenderError::Failed(error);
    let job: Job = serde_json::from_slice(job).map_err(|error| unread(error.to_string()))?;
    let mut files = BTreeMap::new();
    for (path, encoded) in job.files {
        files.insert(path, BASE64.decode(encoded).map_err(|error| unread(error.to_string()))?);
    }
    let Job { name, view, day, identity, is_accessible, .. } = job;
    let sheet = Sheet { name, view, files, day, identity, is_accessible };
    Ok(Answer::Pdf(BASE64.encode(lay_out(&Templates::new(&job.templates), sheet)?)))
}
