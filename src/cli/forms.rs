//! What commands that take in filled forms have in common.

use std::fs::File;
use std::io::{Read, Write};
use std::path::Path;

use anyhow::Result;

use super::Edge;
use super::usage::Failure;
use crate::forms::{MAX_BYTES, Refused};
use crate::message::Message;
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

/// Prints what was refused: `FILE:PLACE: what is wrong`, and how to mend it.
///
/// # Errors
/// When it cannot be printed.
pub(super) fn complain(edge: &mut Edge, file: &str, refused: &Refused) -> Result<()> {
    let message = edge.say(&refused.message);
    writeln!(edge.out, "{}: {message}", refused.place.of(file))?;
    if let Some(help) = &refused.help {
        let (label, help) = (edge.say(&say!("help:")), edge.say(help));
        writeln!(edge.out, "  {label} {help}")?;
    }
    Ok(())
}
