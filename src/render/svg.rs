//! SVG: the service blueprint, by the templates under `templates/svg/`.
//!
//! Every text has its place in the view already, measured by letters at least as wide as those of the fonts that the
//! style sheet names, so nothing here measures or breaks lines.

use std::fmt;
use std::io::Write;

use minijinja::context;
use minijinja::value::Serde;

use super::{RenderError, Renderer};
#[cfg(feature = "pdf")]
use crate::document::audit_report::Plot;
use crate::document::blueprint::Picture;
use crate::document::{Document, DocumentKind, Head};

/// The template of a kind of document.
pub(super) fn path(kind: DocumentKind) -> String {
    format!("svg/{}.svg", kind.word())
}

/// Renders a document as SVG.
pub(super) fn render(renderer: &Renderer, document: &dyn Document, out: &mut dyn Write) -> Result<(), RenderError> {
    renderer.fill(&path(document.kind()), document, out)
}

/// Each piece of a picture as an SVG file of its own, for formats that place pictures on pages.
pub(super) fn pieces(renderer: &Renderer, head: &Head, picture: &Picture) -> Result<Vec<String>, RenderError> {
    const PATH: &str = "svg/picture.svg";
    let fault = |error: minijinja::Error| super::template::fault(PATH, &error);
    super::own::begin();
    let template = renderer.environment.get_template(PATH).map_err(fault)?;
    let whole = context! { width => picture.width, height => picture.height };
    let head = minijinja::Value::from(Serde(head));
    let context = |piece| context! { head => &head, picture => &whole, piece => Serde(piece) };
    picture.pieces.iter().map(|piece| template.render(context(piece)).map_err(fault)).collect()
}

/// A share over time as an SVG file of its own, for formats that place pictures on pages.
#[cfg(feature = "pdf")]
pub(super) fn plot(renderer: &Renderer, head: &Head, plot: &Plot) -> Result<String, RenderError> {
    const PATH: &str = "svg/plot-page.svg";
    let fault = |error: minijinja::Error| super::template::fault(PATH, &error);
    super::own::begin();
    let template = renderer.environment.get_template(PATH).map_err(fault)?;
    template.render(context! { head => Serde(head), plot => Serde(plot) }).map_err(fault)
}

/// Writes characters so that XML shows them, between tags and inside quoted attributes. What XML cannot hold at all is
/// left out.
pub(super) fn escape(text: &str, out: &mut dyn fmt::Write) -> fmt::Result {
    if text.chars().all(is_allowed) {
        return super::html::escape(text, out);
    }
    super::html::escape(&text.chars().filter(|c| is_allowed(*c)).collect::<String>(), out)
}

/// Whether XML 1.0 can hold a character.
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
