//! Tags and names of values: what YAML takes from the beginning of a text. Whoever writes `!important Smile` or `&more`
//! means words, and they would be gone from every document; so what a book has no use for is refused at its place.

use std::collections::HashMap;

use super::{FileId, Span, YamlFault};
use crate::say;

/// The names that values were given with `&`, until something refers to them.
#[derive(Default)]
pub(super) struct Anchors(HashMap<usize, Span>);

impl Anchors {
    /// Takes in a name.
    pub(super) fn give(&mut self, id: usize, place: Span) {
        self.0.insert(id, place);
    }

    /// Something refers to it.
    pub(super) fn refer(&mut self, id: usize) {
        self.0.remove(&id);
    }

    /// The first name that nothing refers to: it was meant as a word.
    pub(super) fn unused(&self) -> Option<YamlFault> {
        let span = self.0.values().min_by_key(|span| span.start).copied()?;
        Some(YamlFault::Syntax {
            span,
            message: say!("a text that begins with `&` or `*` is read as a reference"),
            help: Some(say!("put the text in quotation marks")),
        })
    }
}

/// The refusal of a tag that stands between the end of what was read before and the value that it belongs to.
pub(super) fn of_tag(file: FileId, text: &str, before: usize, value: usize) -> YamlFault {
    let range = tag(text, before, value).unwrap_or(value..value);
    YamlFault::Syntax {
        span: Span::new(file, range.start, range.end),
        message: say!("a text that begins with `!` is read as a tag"),
        help: Some(say!("put the text in quotation marks")),
    }
}

/// Where the first tag of a stretch stands that holds no values: marks of lists and keys, white space, comments.
fn tag(text: &str, from: usize, to: usize) -> Option<std::ops::Range<usize>> {
    let mut start = from;
    for line in text.get(from..to.max(from))?.split_inclusive('\n') {
        let bytes = line.as_bytes();
        let begins = |offset: usize| offset == 0 || b" \t[{,:".contains(&bytes[offset - 1]);
        let end = (0..bytes.len()).find(|offset| bytes[*offset] == b'#' && begins(*offset)).unwrap_or(bytes.len());
        if let Some(mark) = (0..end).find(|offset| bytes[*offset] == b'!' && begins(*offset)) {
            let length = bytes[mark..end].iter().take_while(|byte| !byte.is_ascii_whitespace()).count();
            return Some(start + mark..start + mark + length);
        }
        start += line.len();
    }
    None
}
