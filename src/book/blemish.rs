//! What spoils a file whatever it holds, as findings.

use super::decode::odd_help;
use crate::diag::{Code, Diagnostic, Severity};
use crate::say;
use crate::source::{Blemish, BlemishKind, Excess, FileId, Span, blemishes};
use crate::text::garbled;

/// The findings on what spoils a file whosever words it holds: conflicts of a merge, characters that have no place anywhere.
pub fn blemish_findings(file: FileId, text: &str) -> Vec<Diagnostic> {
    findings(file, text, blemishes(text).into_iter().filter(|blemish| !blemish.kind.is_of_words()))
}

/// The findings on what spoils a file of the author's: also letters that hide a word from every search and rule.
pub(super) fn author_findings(file: FileId, text: &str) -> Vec<Diagnostic> {
    findings(file, text, blemishes(text).into_iter())
}

fn findings(file: FileId, text: &str, blemishes: impl Iterator<Item = Blemish>) -> Vec<Diagnostic> {
    let finding = |range: std::ops::Range<usize>, kind: BlemishKind| {
        let span = Span::new(file, range.start, range.end);
        match kind {
            BlemishKind::Conflict => Diagnostic::new(Code::MergeConflict, span, say!("a merge was not finished here"))
                .help(say!("choose between the two versions, or join them, and remove the lines with `<<<<<<<`, `=======` and `>>>>>>>`")),
            BlemishKind::Control(character) => control_finding(span, character),
            BlemishKind::Unseen(odd) => {
                let character = odd.described();
                Diagnostic::new(Code::InvisibleCharacter, span, say!("an invisible character, {character}, stands here", character))
                    .help(say!("remove it; if you cannot see it, type the line anew"))
            }
            BlemishKind::UnseenInWord(odd) => {
                let character = odd.described();
                Diagnostic::new(Code::InvisibleCharacter, span, say!("an invisible character, {character}, stands here", character))
                    .help(say!("remove it; if you cannot see it, type the line anew"))
                    .at_most(Severity::Warning)
            }
            BlemishKind::LookAlike(_) => {
                let word = &text[range];
                Diagnostic::new(Code::InvisibleCharacter, span, say!("`{word}` holds a letter of another alphabet", word))
                    .maybe_help(odd_help(word, []))
                    .at_most(Severity::Warning)
            }
            BlemishKind::Garbled(more) => garbled_finding(text, span, more),
        }
    };
    blemishes.map(|blemish| finding(blemish.range, blemish.kind)).collect()
}

/// The finding on letters that were read in a wrong encoding.
fn garbled_finding(text: &str, span: Span, more: usize) -> Diagnostic {
    let shown = text.get(span.range()).unwrap_or_default();
    let was = garbled(shown, 0).map(|(_, was)| was).filter(|was| !was.is_empty());
    let message = match was {
        Some(was) => say!("`{shown}` was `{was}` before the file was read in a wrong encoding", shown, was),
        None => say!("a letter was lost here when the file was read in a wrong encoding"),
    };
    let help = match more {
        0 => say!("type the letter anew"),
        _ => say!(
            more;
            "open the original as UTF-8 and copy it anew; 1 more such letter stands in this file",
            "open the original as UTF-8 and copy it anew; {n} more such letters stand in this file"
        ),
    };
    Diagnostic::new(Code::GarbledText, span, message).help(help)
}

/// The finding on a character that steers a device and prints nothing.
pub(super) fn control_finding(span: Span, character: char) -> Diagnostic {
    let code = format!("U+{:04X}", u32::from(character));
    Diagnostic::new(Code::ControlCharacter, span, say!("a control character, {code}, stands here", code))
        .help(say!("remove it; if you cannot see it, type the line anew"))
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
