//! Pieces of HTML for programs that take their texts in it: an author's sentence with its marks, everything else escaped.

use crate::document::{Inline, Parts, Prose};
use crate::render::escape_html as escape;

/// A sentence; one in another language than the document says which.
pub(super) fn prose(text: &Prose) -> String {
    let mut html = String::new();
    match &text.parts {
        Parts::Plain(text) => html.push_str(&escaped(text)),
        Parts::Rich(inner) => pieces(inner, &mut html),
    }
    match &text.lang {
        Some(lang) => format!("<span lang=\"{}\">{html}</span>", escaped(lang)),
        None => html,
    }
}

/// Characters as HTML shows them, in one line. A blank that does not break, as before a unit, stays.
pub(super) fn escaped(text: &str) -> String {
    let words: Vec<&str> = text.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty()).collect();
    let mut html = String::with_capacity(text.len() + 8);
    // Writing into a string cannot fail.
    let _ = escape(&words.join(" "), &mut html);
    html
}

fn pieces(all: &[Inline], html: &mut String) {
    for piece in all {
        match piece {
            // Here blanks at either end matter.
            Inline::Text(text) => drop(escape(text, html)),
            Inline::Emphasis(inner) => between("em", inner, html),
            Inline::Strong(inner) => between("strong", inner, html),
            Inline::Code(code) => {
                html.push_str("<code>");
                let _ = escape(code, html);
                html.push_str("</code>");
            }
            Inline::Link { url, content } => {
                html.push_str(&format!("<a href=\"{}\">", escaped(url)));
                pieces(content, html);
                html.push_str("</a>");
            }
        }
    }
}

fn between(tag: &str, inner: &[Inline], html: &mut String) {
    html.push_str(&format!("<{tag}>"));
    pieces(inner, html);
    html.push_str(&format!("</{tag}>"));
}
