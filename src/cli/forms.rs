//! What commands that take in filled forms have in common.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::Result;

use super::Edge;
use super::usage::Failure;
use crate::forms::{MAX_BYTES, Place, Refused};
use crate::message::Message;
use crate::project::Project;
use crate::say;
use crate::source::system_says;

/// The bytes of a form, which may lie anywhere.
///
/// # Errors
/// A folder, what the system refuses, or more than any form holds.
pub(super) fn bytes(file: &Path) -> Result<Vec<u8>> {
    let because = |reason: Message| Failure(say!("cannot read `{file}`: {reason}", file = file.display(), reason));
    let wrong = |error: std::io::Error| because(system_says(&error));
    let metadata = std::fs::metadata(file).map_err(wrong)?;
    if metadata.is_dir() {
        return Err(because(say!("it is a folder")).into());
    }
    // What a shell hands over is a pipe that is being written to; any other may be waited for in vain.
    let is_handed_over =
        ["/dev/fd/", "/dev/stdin", "/proc/"].iter().any(|start| file.to_string_lossy().starts_with(start));
    if !metadata.is_file() && !is_handed_over {
        return Err(because(say!("it is not a regular file")).into());
    }
    let mut bytes = Vec::new();
    // What is a pipe has no size beforehand.
    File::open(file).and_then(|open| open.take(MAX_BYTES + 1).read_to_end(&mut bytes)).map_err(wrong)?;
    if bytes.len() as u64 > MAX_BYTES {
        return Err(because(say!("it is larger than {most} MiB", most = MAX_BYTES / 1024 / 1024)).into());
    }
    Ok(bytes)
}

/// What of a form reads otherwise than the form had it, and is refused. Where the form was made of another edition than the
/// book now is (`made_of` are the digits of its hash), that may have had it so: then it is said, and no more.
pub(super) fn altered(
    edge: &Edge,
    opened: &Project,
    file: &str,
    made_of: Option<&str>,
    altered: Vec<Refused>,
) -> Vec<Refused> {
    let is_now = |made_of: &str| {
        let now = opened.set().name();
        made_of.starts_with(&now) || now.starts_with(made_of)
    };
    if altered.is_empty() || made_of.is_none_or(is_now) {
        return altered;
    }
    for Refused { place: at, message, .. } in altered {
        edge.remark(say!(
            "{place}: {message}; the form is of another edition than the book now is, which may have had it",
            place = place(file, &at),
            message
        ));
    }
    Vec::new()
}

/// A file and a place in it.
pub(super) fn place(file: &str, place: &Place) -> String {
    if *place == Place::Whole { file.to_owned() } else { format!("{file}:{place}") }
}

/// Prints what was refused: `FILE:PLACE: what is wrong`, and how to mend it.
///
/// # Errors
/// When it cannot be printed.
pub(super) fn complain(edge: &mut Edge, file: &str, refused: &Refused) -> Result<()> {
    let message = edge.say(&refused.message);
    writeln!(edge.out, "{}: {message}", place(file, &refused.place))?;
    if let Some(help) = &refused.help {
        let (label, help) = (edge.say(&say!("help:")), edge.say(help));
        writeln!(edge.out, "  {label} {help}")?;
    }
    Ok(())
}
