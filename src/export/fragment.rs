//! Pieces of HTML for programs that take their texts in it: an author's sentence with its marks, everything else escaped.

use crate::document::{Parts, Prose};
use crate::render::{escape, marked};

/// A sentence; one in another language than the document says which.
pub(super) fn prose(text: &Prose) -> String {
    let html = match &text.parts {
        Parts::Plain(text) => escaped(text),
        Parts::Rich(_) => {
            let mut html = String::new();
            // Writing into a string cannot fail.
            let _ = marked(text, &mut html);
            html
        }
    };
    match &text.lang {
        Some(lang) => format!("<span lang=\"{}\">{html}</span>", escaped(lang)),
        None => html,
    }
}

/// Characters as HTML shows them, in one line. A blank that does not break, as before a unit, stays.
pub(super) fn escaped(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    let mut html = String::with_capacity(text.len() + 8);
    let _ = escape(&words.join(" "), &mut html);
    html
}
