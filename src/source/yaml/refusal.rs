//! What the parser refuses, in words for someone who does not program.

use granit_parser::{ErrorKind, ScanError};

use crate::message::Message;
use crate::say;

/// The parser's refusals in words for someone who does not program.
pub(super) fn explain(error: &ScanError) -> (Message, Option<Message>) {
    use ErrorKind as K;
    let quote = Some(say!("if this is prose, put the whole text in quotation marks"));
    match error.kind() {
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabAtBlockScalarStart
        | K::TabInIndentation
        | K::TabInPlainScalar => (say!("a tab is used for indentation"), Some(say!("indent with spaces, two a level"))),
        K::UnclosedFlowCollection { open } => {
            (say!("`{open}` is never closed", open), Some(say!("close the bracket, or quote the text that holds it")))
        }
        K::UnexpectedEofFlowSequence => (say!("`[` is never closed"), Some(say!("add `]`"))),
        K::UnexpectedEofFlowMapping | K::UnexpectedEofImplicitFlowMapping => {
            (say!("`{` is never closed"), Some(say!("add `}`")))
        }
        K::MismatchedFlowCollectionEnd { open, close } => {
            (say!("`{open}` is closed by `{close}`", open, close), Some(say!("brackets close in pairs: {…} and […]")))
        }
        K::UnknownAnchor => {
            (say!("a text that begins with `*` is read as a reference"), Some(say!("put the text in quotation marks")))
        }
        K::UnexpectedCharacter { character } => (
            say!("a text cannot begin with `{character}` here", character),
            Some(say!("put the text in quotation marks")),
        ),
        K::SimpleKeyExpected | K::InvalidSimpleKey => (
            say!("this line is neither `key: value` nor part of the text above"),
            Some(say!("add the `:` after the key, or indent the line to continue the text above")),
        ),
        K::ExpectedBlockMappingKey | K::InvalidIndentation | K::ExpectedBlockSequenceEntry => (
            say!("this line is not indented like those it belongs to"),
            Some(say!("give keys of one mapping, and the `-` of one list, the same indentation")),
        ),
        K::BlockSequenceEntryNotAllowed | K::BlockEntryInFlowCollection => {
            (say!("a list item `-` cannot stand here"), Some(say!("put the list on lines of its own below the key")))
        }
        K::ExpectedFlowMappingSeparator | K::ExpectedFlowSequenceSeparator => {
            (say!("a `,` or a closing bracket is missing"), quote)
        }
        K::DirectiveDisallowed => (say!("a line cannot begin with `%`"), Some(say!("put the text in quotation marks"))),
        K::UndeclaredTagHandle | K::ExpectedTagBang | K::InvalidTagTerminator | K::MissingTagUri => {
            (say!("a text that begins with `!` is read as a tag"), Some(say!("put the text in quotation marks")))
        }
        K::MissingAnchorOrAliasName => (
            say!("a text that begins with `&` or `*` is read as a reference"),
            Some(say!("put the text in quotation marks")),
        ),
        K::MappingValueNotAllowed | K::InvalidColonPlacement => (
            say!("a colon followed by a space stands inside a text"),
            Some(say!("put the whole text in quotation marks")),
        ),
        K::UnexpectedEof | K::UnclosedQuotedScalar | K::InvalidQuotedScalarIndent => (
            say!("a quotation mark opens in this text and is never closed"),
            Some(say!("close it at the end of the text, or remove it")),
        ),
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => (
            say!("the text goes on after its closing quotation mark"),
            Some(say!("put the whole text between quotation marks of the other kind")),
        ),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => (
            say!("a `\\` in a text between double quotation marks begins a special character"),
            Some(say!("write `\\\\` for a plain one, or put the text between single quotation marks")),
        ),
        K::InvalidBlockScalarHeader | K::ZeroBlockScalarIndent => (
            say!("after `|` or `>` the text begins on the next line"),
            Some(say!("move the text to the next line and indent it, or put it in quotation marks")),
        ),
        K::InvalidBlockScalarIndent | K::InvalidFlowScalarIndent => (
            say!("this line of a longer text is not indented as far as its first line"),
            Some(say!("indent all lines of the text alike")),
        ),
        K::BomInsideDocument => (
            say!("a byte-order mark stands inside the file"),
            Some(say!("remove it; files that were joined leave one")),
        ),
        K::MisplacedFlowCollectionEnd => (
            say!("a bracket is closed that was never opened"),
            Some(say!("remove it, or put the text that holds it in quotation marks")),
        ),
        K::CommentNotSeparated | K::CommentInterceptedScalar => (
            say!("a comment stands where a text goes on"),
            Some(say!("put the comment on a line of its own, or the text that holds `#` in quotation marks")),
        ),
        K::PlainScalarStartsWithDashFlowIndicator | K::InvalidBlockEntryWhitespace => {
            (say!("a text cannot begin with `-` here"), Some(say!("put the text in quotation marks")))
        }
        _ => (say!("the file stops being YAML here"), quote),
    }
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
