//! How people and files name a standard: `ID`, or `ID@STAMP` where one wording of it is meant.

use std::fmt;

use crate::message::Message;
use crate::method::Standard;
use crate::say;

/// A standard as it is named, and the wording of it that is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reference<'a> {
    /// The id, present or former, as written; whether the book knows it is for a [`super::Directory`] to say.
    pub id: &'a str,
    /// The stamp of the wording, as written; none where any wording is meant.
    pub stamp: Option<&'a str>,
}

impl<'a> Reference<'a> {
    /// The parts of a reference as somebody wrote it; [`Reference::fault`] tells what is wrong with them.
    pub fn parse(text: &'a str) -> Self {
        let (id, stamp) = text.split_once('@').map_or((text, None), |(id, stamp)| (id, Some(stamp.trim())));
        Reference { id: id.trim(), stamp }
    }

    /// The wording of a standard as it stands.
    pub fn to(standard: &'a Standard) -> Self {
        Reference { id: &standard.id.name, stamp: Some(&standard.stamp) }
    }

    /// Why the stamp names no wording, and what to write instead; `standard` gives the one meant, where it is known.
    pub fn fault<'s>(&self, standard: impl FnOnce() -> Option<&'s Standard>) -> Option<(Message, Message)> {
        let stamp = self.stamp.filter(|stamp| !is_stamp(stamp))?;
        let shown: String = stamp.chars().take(80).collect();
        Some((say!("`{stamp}` is not a stamp", stamp = shown), stamp_help(standard())))
    }
}

impl fmt::Display for Reference<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.id)?;
        self.stamp.map_or(Ok(()), |stamp| write!(f, "@{stamp}"))
    }
}

/// What to write where a stamp is not one.
fn stamp_help(standard: Option<&Standard>) -> Message {
    match standard {
        Some(standard) => {
            say!("the wording of today is `{reference}`", reference = Reference::to(standard).to_string())
        }
        None => say!("a stamp has 8 digits of 0-9 and a-f, as checklists and `gamma-ok show` print it after the `@`"),
    }
}

fn is_stamp(text: &str) -> bool {
    text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_what_it_writes_and_forgives_spaces() {
        for text in ["greet", "greet@3f9a1c2e", "desk.friendly.smile@00000000"] {
            let reference = Reference::parse(text);
            assert_eq!(reference.to_string(), text);
            assert_eq!(reference.fault(|| None), None);
        }
        assert_eq!(Reference::parse(" greet @ 3f9a1c2e "), Reference::parse("greet@3f9a1c2e"));
    }

    #[test]
    fn says_what_is_no_stamp() {
        for text in ["greet@", "greet@3F9A1C2E", "greet@3f9a1c2", "greet@3f9a1c2e@3f9a1c2e"] {
            let fault = Reference::parse(text).fault(|| None).map(|(message, _)| message.to_string());
            let stamp = text.trim_start_matches("greet@");
            assert_eq!(fault, Some(format!("`{stamp}` is not a stamp")));
        }
    }
}
