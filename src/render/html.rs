//! HTML: one self-contained file, by the templates under `templates/html/`.

use std::fmt::{self, Write};

use minijinja::value::Value;
use minijinja::{Error, ErrorKind};
use sha2::{Digest, Sha256};

use super::{RenderError, Renderer};
use crate::document::{Document, Kind, base64};

/// The template of a kind of document.
pub(super) fn path(kind: Kind) -> String {
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
pub(super) fn source_hash(text: &str) -> String {
    let digest = Sha256::digest(text.replace("\r\n", "\n").replace('\r', "\n").as_bytes());
    format!("sha256-{}", base64(&digest))
}

/// Writes characters so that HTML shows them, between tags and inside quoted attributes.
pub(crate) fn escape(text: &str, out: &mut dyn Write) -> fmt::Result {
    let mut rest = text;
    while let Some(at) = rest.find(['<', '>', '&', '"', '\'']) {
        out.write_str(&rest[..at])?;
        out.write_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            _ => "&#39;",
        })?;
        rest = &rest[at + 1..];
    }
    out.write_str(rest)
}

/// Writes a sentence of the author's; `lang` marks one in another language than the document.
pub(super) fn prose(lang: &Value, parts: &Value, out: &mut dyn Write) -> fmt::Result {
    let lang = lang.as_str();
    if let Some(lang) = lang {
        out.write_str("<span class=\"foreign\" lang=\"")?;
        escape(lang, out)?;
        out.write_str("\">")?;
    }
    pieces(parts, out)?;
    if lang.is_some() { out.write_str("</span>") } else { Ok(()) }
}

fn pieces(parts: &Value, out: &mut dyn Write) -> fmt::Result {
    if let Some(text) = parts.as_str() {
        return escape(text, out);
    }
    for piece in parts.try_iter().into_iter().flatten() {
        let get = |key: &str| piece.get_attr(key).ok().filter(|value| !value.is_undefined());
        if let Some(text) = get("text") {
            pieces(&text, out)?;
        } else if let Some(inner) = get("emphasis") {
            tagged("em", &inner, out)?;
        } else if let Some(inner) = get("strong") {
            tagged("strong", &inner, out)?;
        } else if let Some(inner) = get("code") {
            tagged("code", &inner, out)?;
        } else if let Some(link) = get("link") {
            let part = |key: &str| link.get_attr(key).unwrap_or_default();
            out.write_str("<a href=\"")?;
            escape(part("url").as_str().unwrap_or(""), out)?;
            out.write_str("\">")?;
            pieces(&part("content"), out)?;
            out.write_str("</a>")?;
        }
    }
    Ok(())
}

fn tagged(tag: &str, inner: &Value, out: &mut dyn Write) -> fmt::Result {
    write!(out, "<{tag}>")?;
    pieces(inner, out)?;
    write!(out, "</{tag}>")
}
