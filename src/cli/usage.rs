//! Wrong usage, as a sentence and a hint.

use crate::book::LoadError;
use crate::edit::{EditError, WriteError};
use crate::message::Message;
use crate::render::RenderError;
use crate::say;
use crate::source::system_says;
use crate::text::nearest;

/// How many known words a hint lists before it stops being one.
const MAX_LISTED: usize = 20;

/// Wrong usage: what is wrong, and what to do instead.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{message}")]
pub struct Usage {
    /// What is wrong, in a sentence without a full stop.
    pub message: Message,
    /// What to do instead.
    pub help: Option<Message>,
}

impl Usage {
    /// Wrong usage without a hint.
    pub fn new(message: impl Into<Message>) -> Self {
        Usage { message: message.into(), help: None }
    }

    /// Adds what to do instead.
    #[must_use]
    pub fn help(mut self, help: impl Into<Message>) -> Self {
        self.help = Some(help.into());
        self
    }
}

/// A failure of input or output, as a sentence without a full stop.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub struct Failure(pub Message);

/// What is in the way of a command was told already: it ends as with findings, and nothing more is said.
#[derive(Debug, thiserror::Error)]
#[error("told already")]
pub struct Told;

/// What an error says to people. An error of a library that is none of ours speaks English.
pub(crate) fn message_of(error: &anyhow::Error) -> Message {
    let usage = error.downcast_ref::<Usage>().map(|usage| usage.message.clone());
    let failure = || error.downcast_ref::<Failure>().map(|failure| failure.0.clone());
    let load = || error.downcast_ref::<LoadError>().map(LoadError::message);
    let edit = || error.downcast_ref::<EditError>().map(EditError::message);
    let write = || error.downcast_ref::<WriteError>().map(WriteError::message);
    let render = || error.downcast_ref::<RenderError>().map(RenderError::message);
    // Where somebody said beside it which file was meant, that is not lost; where nobody did, it is where results go.
    let alone = error.chain().count() == 1;
    let system = || {
        let kind = super::out::refusal(error.as_ref()).filter(|_| alone)?;
        Some(say!("standard output cannot be written to: {reason}", reason = system_says(&kind)))
    };
    let known = usage.or_else(failure).or_else(load).or_else(edit).or_else(write).or_else(render).or_else(system);
    known.unwrap_or_else(|| Message::verbatim(format!("{error:#}")))
}

/// Wrong usage: `word` is none of the `known` ones. Names the nearest, or lists them where they are few.
pub fn unknown<'a>(message: impl Into<Message>, word: &str, known: impl IntoIterator<Item = &'a str>) -> Usage {
    let known: Vec<&str> = known.into_iter().collect();
    let usage = Usage::new(message);
    match nearest(word, known.iter().copied()) {
        Some(near) => usage.help(say!("did you mean `{near}`?", near)),
        None if known.is_empty() => usage,
        None => usage.help(say!("known: {words}", words = list(&known))),
    }
}

/// Resolves words to what they name, or says which one is unknown and names the nearest.
///
/// # Errors
/// [`Usage`] for the first word that `find` does not know; `noun` says what it should have been, as in `phase`.
pub fn known<'a>(
    noun: &Message,
    words: &[String],
    find: impl Fn(&str) -> Option<&'a str>,
    all: impl Fn() -> Vec<&'a str>,
) -> Result<Vec<String>, Usage> {
    let resolve = |word: &String| match find(word) {
        Some(name) => Ok(name.to_owned()),
        None => Err(unknown(say!("this book has no {what} `{word}`", what = noun, word), word, all())),
    };
    words.iter().map(resolve).collect()
}

fn list(words: &[&str]) -> Message {
    let more = words.len().saturating_sub(MAX_LISTED);
    let listed = words.iter().take(MAX_LISTED).copied().collect::<Vec<_>>().join(", ");
    if more == 0 { say!("{listed}", listed) } else { say!("{listed} and {more} more", listed, more) }
}
