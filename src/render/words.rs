//! The interface's texts of a document, for formats that are written without templates.

use crate::document::Head;

/// The text of a dotted key; the key itself where there is none.
pub(super) fn word<'a>(head: &'a Head, key: &'a str) -> &'a str {
    let found = key.split('.').try_fold(head.words, |at, part| at.get(part.replace('-', "_")));
    found.and_then(|text| text.as_str()).unwrap_or(key)
}
