//! What the parser refuses, in words for someone who does not program.

use granit_parser::{ErrorKind, ScanError};

use crate::message::Message;
use crate::say;

/// What is wrong, and how to mend it.
type Refusal = (Message, Message);

/// The parser's refusals in words for someone who does not program.
pub(super) fn explain(error: &ScanError) -> (Message, Message) {
    let kind = error.kind();
    let known =
        of_brackets(kind).or_else(|| of_lines(kind)).or_else(|| of_beginnings(kind)).or_else(|| of_quotation(kind));
    known.unwrap_or_else(|| (say!("the file stops being YAML here"), quoted()))
}

/// What helps where prose is taken for YAML.
fn quoted() -> Message {
    say!("if this is prose, put the whole text in quotation marks")
}

/// Brackets that do not close, or close what was never opened.
fn of_brackets(kind: &ErrorKind) -> Option<Refusal> {
    use ErrorKind as K;
    Some(match kind {
        K::UnclosedFlowCollection { open } => {
            (say!("`{open}` is never closed", open), say!("close the bracket, or quote the text that holds it"))
        }
        K::UnexpectedEofFlowSequence => (say!("`[` is never closed"), say!("add `]`")),
        K::UnexpectedEofFlowMapping | K::UnexpectedEofImplicitFlowMapping => {
            (say!("`{` is never closed"), say!("add `}`"))
        }
        K::MismatchedFlowCollectionEnd { open, close } => {
            (say!("`{open}` is closed by `{close}`", open, close), say!("brackets close in pairs: {…} and […]"))
        }
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => {
            (say!("a `,` or a closing bracket is missing"), quoted())
        }
        K::MisplacedFlowCollectionEnd => (
            say!("a bracket is closed that was never opened"),
            say!("remove it, or put the text that holds it in quotation marks"),
        ),
        _ => return None,
    })
}

/// Lines that do not stand as deep as they should, or begin with what cannot stand there.
fn of_lines(kind: &ErrorKind) -> Option<Refusal> {
    use ErrorKind as K;
    Some(match kind {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabAtBlockScalarStart
        | K::TabInIndentation
        | K::TabInPlainScalar => (say!("a tab is used for indentation"), say!("indent with spaces, two a level")),
        K::SimpleKeyExpected | K::InvalidSimpleKey => (
            say!("this line is neither `key: value` nor part of the text above"),
            say!("add the `:` after the key, or indent the line to continue the text above"),
        ),
        K::ExpectedBlockMappingKey | K::InvalidIndentation | K::ExpectedBlockSequenceEntry => (
            say!("this line is not indented like those it belongs to"),
            say!("give keys of one mapping, and the `-` of one list, the same indentation"),
        ),
        K::BlockSequenceEntryNotAllowed | K::BlockEntryInFlowCollection => {
            (say!("a list item `-` cannot stand here"), say!("put the list on lines of its own below the key"))
        }
        K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => (
            say!("after `|` or `>` the text begins on the next line"),
            say!("move the text to the next line and indent it, or put it in quotation marks"),
        ),
        K::InvalidBlockScalarIndent | K::InvalidFlowScalarIndent => (
            say!("this line of a longer text is not indented as far as its first line"),
            say!("indent all lines of the text alike"),
        ),
        K::BomInsideDocument => {
            (say!("a byte-order mark stands inside the file"), say!("remove it; files that were joined leave one"))
        }
        K::CommentNotSeparated | K::CommentInterceptedScalar => (
            say!("a comment stands where a text goes on"),
            say!("put the comment on a line of its own, or the text that holds `#` in quotation marks"),
        ),
        _ => return None,
    })
}

/// Texts that begin with a character of which YAML thinks otherwise.
fn of_beginnings(kind: &ErrorKind) -> Option<Refusal> {
    use ErrorKind as K;
    Some(match kind {
        K::UnknownAnchor => {
            (say!("a text that begins with `*` is read as a reference"), say!("put the text in quotation marks"))
        }
        K::UnexpectedCharacter { character } => {
            (say!("a text cannot begin with `{character}` here", character), say!("put the text in quotation marks"))
        }
        K::DirectiveDisallowed => (say!("a line cannot begin with `%`"), say!("put the text in quotation marks")),
        K::UndeclaredTagHandle | K::ExpectedTagBang | K::InvalidTagTerminator | K::MissingTagUri => {
            (say!("a text that begins with `!` is read as a tag"), say!("put the text in quotation marks"))
        }
        K::MissingAnchorOrAliasName => {
            (say!("a text that begins with `&` or `*` is read as a reference"), say!("put the text in quotation marks"))
        }
        K::PlainScalarStartsWithDashFlowIndicator | K::InvalidBlockEntryWhitespace => {
            (say!("a text cannot begin with `-` here"), say!("put the text in quotation marks"))
        }
        _ => return None,
    })
}

/// Quotation marks, and what stands between them or should.
fn of_quotation(kind: &ErrorKind) -> Option<Refusal> {
    use ErrorKind as K;
    Some(match kind {
        K::MappingValueNotAllowed | K::InvalidColonPlacement => {
            (say!("a colon followed by a space stands inside a text"), say!("put the whole text in quotation marks"))
        }
        K::UnexpectedEof | K::UnclosedQuotedScalar | K::InvalidQuotedScalarIndent => (
            say!("a quotation mark opens in this text and is never closed"),
            say!("close it at the end of the text, or remove it"),
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => (
            say!("the text goes on after its closing quotation mark"),
            say!("put the whole text between quotation marks of the other kind"),
        ),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => (
            say!("a `\\` in a text between double quotation marks begins a special character"),
            say!("write `\\\\` for a plain one, or put the text between single quotation marks"),
        ),
        _ => return None,
    })
}

/// Whether the parser stopped because of a line's indentation.
pub(super) fn is_of_depth(error: &ScanError) -> bool {
    use ErrorKind as K;
    matches!(
        error.kind(),
        K::ExpectedBlockMappingKey
            | K::InvalidIndentation
            | K::ExpectedBlockSequenceEntry
            | K::BlockSequenceEntryNotAllowed
    )
}
