//! HTML: one self-contained file, by the templates under `templates/html/`.

use std::fmt::{self, Write};

use base64::prelude::{BASE64_STANDARD as BASE64, Engine};
use minijinja::value::Value;
use minijinja::{Error, ErrorKind};
use sha2::{Digest, Sha256};

use super::{RenderError, Renderer};
use crate::document::{Document, DocumentKind, Event, Mark, Prose};

/// The template of a kind of document.
pub(super) fn path(kind: DocumentKind) -> String {
    format!("html/{}.html", kind.word())
}

/// Renders a document as HTML.
pub(super) fn render(
    renderer: &Renderer,
    document: &dyn Document,
    out: &mut dyn std::io::Write,
) -> Result<(), RenderError> {
    renderer.fill(&path(document.kind()), document, out)
}

/// Filter `json`: a value as JSON inside a `script` element, which no text of an author's may end.
pub(super) fn json(value: &Value) -> Result<Value, Error> {
    let text =
        serde_json::to_string(value).map_err(|error| Error::new(ErrorKind::BadSerialization, error.to_string()))?;
    let text = text.replace('<', "\\u003c").replace('>', "\\u003e").replace('&', "\\u0026");
    Ok(Value::from_safe_string(text))
}

/// Filter `source_hash`: how a content policy names an inline script or style. Browsers hash what they parsed, in which
/// line ends are line feeds.
pub(crate) fn source_hash(text: &str) -> String {
    let digest = Sha256::digest(text.replace("\r\n", "\n").replace('\r', "\n").as_bytes());
    format!("sha256-{}", BASE64.encode(digest))
}

/// Writes characters so that HTML shows them, between tags and inside quoted attributes.
pub(crate) fn escape(text: &str, out: &mut dyn Write) -> fmt::Result {
    let mut rest = text;
    while let Some(offset) = rest.find(['<', '>', '&', '"', '\'']) {
        out.write_str(&rest[..offset])?;
        out.write_str(match rest.as_bytes()[offset] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[offset + 1..];
    }
    out.write_str(rest)
}

/// Writes a sentence of the author's; `lang` marks one in another language than the document.
pub(super) fn prose(prose: &Prose, out: &mut dyn Write) -> fmt::Result {
    if let Some(lang) = &prose.lang {
        out.write_str("<span class=\"foreign\" lang=\"")?;
        escape(lang, out)?;
        out.write_str("\">")?;
    }
    marked(prose, out)?;
    if prose.lang.is_some() { out.write_str("</span>") } else { Ok(()) }
}

/// Writes the characters of a sentence with its marks.
pub(crate) fn marked(prose: &Prose, out: &mut dyn Write) -> fmt::Result {
    for event in prose.events() {
        match event {
            Event::Text(text) => escape(text, out)?,
            Event::Code(code) => {
                out.write_str("<code>")?;
                escape(code, out)?;
                out.write_str("</code>")?;
            }
            Event::Start(Mark::Emphasis) => out.write_str("<em>")?,
            Event::End(Mark::Emphasis) => out.write_str("</em>")?,
            Event::Start(Mark::Strong) => out.write_str("<strong>")?,
            Event::End(Mark::Strong) => out.write_str("</strong>")?,
            Event::Start(Mark::Link(url)) => {
                out.write_str("<a href=\"")?;
                escape(url, out)?;
                out.write_str("\">")?;
            }
            Event::End(Mark::Link(_)) => out.write_str("</a>")?,
        }
    }
    Ok(())
}
