//! A standard moved to another phase, a phase copied: entries carried as they are written, with their comments, to where the
//! ids say that they belong.
//!
//! What is carried is the author's own text, indented as the new place needs it; what changes in it (a step that is not
//! there, ids that have to be new) is worked out as a patch of that text.

mod copy_phase;
mod list_entry;
mod move_standard;

pub use copy_phase::{Copied, copy_phase, free_copy};
pub(super) use list_entry::{lines_of, without};
pub use move_standard::{Moved, move_standard};
pub(super) use move_standard::{parsed, take_out};

use super::EditError;
use crate::book::{Book, Loaded, Phase, Sequence};
use crate::diag::Code;
use crate::say;
use crate::text::nearest;

/// So many phases are named to somebody who named none of them.
const MAX_NAMED: usize = 20;

/// Why a name leads nowhere: what it names may stand in a file that cannot be read just now, and that is said first.
fn or_unread(loaded: &Loaded, error: EditError) -> EditError {
    let unread = loaded.findings.iter().filter(|finding| finding.code == Code::YamlSyntax);
    let unread: Vec<_> = unread.cloned().collect();
    if unread.is_empty() { error } else { EditError::Findings(unread) }
}

/// The phase of that id, or former id, with its sequence.
fn find_phase<'a>(book: &'a Book, name: &str) -> Result<(&'a Sequence, &'a Phase), EditError> {
    let all = || book.sequences.iter().flat_map(|sequence| sequence.phases.iter().map(move |phase| (sequence, phase)));
    all().find(|(_, phase)| phase.id.is_or_was(name)).ok_or_else(|| {
        let ids = || all().map(|(_, phase)| phase.id.name.as_str());
        let help = match nearest(name, ids()) {
            Some(near) => say!("did you mean `{near}`?", near),
            None => say!("known: {words}", words = ids().take(MAX_NAMED).collect::<Vec<_>>().join(", ")),
        };
        EditError::usage(say!("the book has no phase `{name}`", name), Some(help))
    })
}

#[cfg(test)]
mod tests;
