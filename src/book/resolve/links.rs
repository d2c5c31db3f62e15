//! How many links the texts of a book hold together: each is an object of a document by itself, and a file that is nothing else
//! would take more memory than there is.

use super::Resolver;
use crate::book::draft::SequenceDraft;
use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::Span;

/// So many links may the texts of any book hold.
const FEW: usize = 5_000;

/// And so many for each standard that is written: ten times what people write.
const FOR_EACH: usize = 5;

/// What was counted.
#[derive(Default)]
pub(super) struct Links {
    counted: usize,
    most: usize,
}

impl Links {
    /// Nothing yet, in a book of these sequences.
    pub(super) fn within(sequences: &[SequenceDraft]) -> Self {
        let phases = sequences.iter().flat_map(|sequence| sequence.phases.iter().flatten());
        let standards: usize = phases.map(|phase| phase.standards.as_ref().map_or(0, Vec::len)).sum();
        Links { counted: 0, most: FEW + FOR_EACH * standards }
    }
}

impl Resolver {
    /// Counts what may be a link in a text, and tells of the first that is too many.
    pub(super) fn count_links(&mut self, text: &str, span: Span) {
        let before = self.links.counted;
        self.links.counted += text.bytes().filter(|byte| matches!(byte, b'[' | b'<')).count();
        let most = self.links.most;
        if before <= most && self.links.counted > most {
            let message = say!("up to here the texts of this book hold more than {most} links", most);
            let help = say!("keep those that readers follow, and take out brackets that mean nothing");
            self.report(Diagnostic::new(Code::BookTooLarge, span, message).help(help));
        }
    }
}
