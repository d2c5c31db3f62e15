//! One line at a time: a question, a prompt, an answer.
//!
//! On a terminal the line can be edited as in a shell (arrow keys, history), with nothing redrawn above it, so that it
//! works over SSH and is read aloud in order. On a dumb terminal, and where the answers come from a file, lines are read
//! as they are.

use std::io::ErrorKind;

use anyhow::Result;
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

use crate::cli::Failure;
use crate::message::Message;
use crate::say;
use crate::source::system_says;

/// What came back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Reply {
    /// An answer, without blanks at its ends; empty where Enter alone was pressed.
    Line(String),
    /// `?`: what is meant by that?
    Explain,
    /// `<`: the question before this one.
    Back,
    /// `.`, or the end of the input: that is all for now.
    Stop,
}

/// Reads answers.
pub(super) struct Prompt {
    editor: DefaultEditor,
}

impl Prompt {
    /// Takes the terminal, or whatever standard input is.
    pub(super) fn new() -> Result<Self> {
        let editor = DefaultEditor::new().map_err(|error| unread(&error))?;
        Ok(Prompt { editor })
    }

    /// Reads one answer. On a terminal `given` stands in the line, to be changed.
    pub(super) fn line(&mut self, prompt: &str, given: &str) -> Result<Reply> {
        let read = match given {
            "" => self.editor.readline(prompt),
            given => self.editor.readline_with_initial(prompt, (given, "")),
        };
        match read {
            // Some programs begin what they write with a byte-order mark; what steers a terminal is no part of a text.
            Ok(line) => Ok(match without_control(line.trim_start_matches('\u{feff}')).trim() {
                "." => Reply::Stop,
                "<" | "back" => Reply::Back,
                "?" => Reply::Explain,
                line => {
                    // A history that cannot be kept is none that is missed.
                    let _ = self.editor.add_history_entry(line);
                    Reply::Line(line.to_owned())
                }
            }),
            Err(ReadlineError::Eof | ReadlineError::Interrupted) => Ok(Reply::Stop),
            Err(error) => Err(unread(&error)),
        }
    }
}

/// A line with spaces in the place of control characters.
fn without_control(line: &str) -> String {
    line.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect()
}

fn unread(error: &ReadlineError) -> anyhow::Error {
    let reason = match error {
        ReadlineError::Io(error) if error.kind() == ErrorKind::InvalidData => say!("they are not UTF-8 text"),
        ReadlineError::Io(error) => system_says(error),
        error => Message::verbatim(error.to_string()),
    };
    Failure(say!("the answers cannot be read: {reason}", reason)).into()
}
