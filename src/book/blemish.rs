//! What spoils a file whatever it holds, as findings.

use crate::diag::{Code, Diagnostic};
use crate::say;
use crate::source::{BlemishKind, Excess, FileId, Span, blemishes};

/// The findings on what spoils a text that was read from a file: conflicts of a merge, characters that have no place in it.
pub fn blemish_findings(file: FileId, text: &str) -> Vec<Diagnostic> {
    let finding = |range: std::ops::Range<usize>, kind: BlemishKind| {
        let span = Span::new(file, range.start, range.end);
        match kind {
            BlemishKind::Conflict => Diagnostic::new(Code::MergeConflict, span, say!("a merge was not finished here"))
                .help(say!("choose between the two versions, or join them, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`")),
            BlemishKind::Control(character) => {
                let code = format!("U+{:04X}", u32::from(character));
                Diagnostic::new(Code::ControlCharacter, span, say!("a control character, {code}, stands here", code))
                    .help(say!("remove it; if you cannot see it, type the line anew"))
            }
            BlemishKind::Unseen(odd) => {
                let character = odd.described();
                Diagnostic::new(Code::InvisibleCharacter, span, say!("an invisible character, {character}, stands here", character))
                    .help(say!("remove it; if you cannot see it, type the line anew"))
            }
        }
    };
    blemishes(text).into_iter().map(|blemish| finding(blemish.range, blemish.kind)).collect()
}

/// The finding on what a text has too much of; `within` is where the text stands.
pub(super) fn excess_finding(within: Span, excess: &Excess) -> Diagnostic {
    let is_file = excess.is_of_length() && excess.range.is_empty();
    let code = if is_file { Code::FileTooLarge } else { Code::TooMuchMarkdown };
    let length = (within.end - within.start) as usize;
    // A text in quotation marks, or on several lines, is not as it stands in the file.
    let is_verbatim = excess.range.end <= length && !excess.is_of_length();
    let span = if is_verbatim { within.within(excess.range.clone()) } else { within.head() };
    Diagnostic::new(code, span, excess.message()).help(excess.help())
}
