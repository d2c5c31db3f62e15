//! One line at a time: a question, a prompt, an answer.
//!
//! On a terminal the line can be edited as in a shell (arrow keys, history), with nothing redrawn above it, so that it
//! works over SSH and is read aloud in order. On a dumb terminal, and where the answers come from a file, lines are read
//! as they are.

use anyhow::{Result, anyhow};
use rustyline::DefaultEditor;
use rustyline::error::ReadlineError;

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
        let editor = DefaultEditor::new().map_err(|error| anyhow!("cannot read answers: {error}"))?;
        Ok(Prompt { editor })
    }

    /// Reads one answer. On a terminal `given` stands in the line, to be changed.
    pub(super) fn line(&mut self, prompt: &str, given: &str) -> Result<Reply> {
        let read = match given {
            "" => self.editor.readline(prompt),
            given => self.editor.readline_with_initial(prompt, (given, "")),
        };
        match read {
            // Some programs begin what they write with a byte-order mark.
            Ok(line) => Ok(match line.trim_start_matches('\u{feff}').trim() {
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
            Err(error) => Err(anyhow!("cannot read answers: {error}")),
        }
    }
}
