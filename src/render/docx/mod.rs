//! DOCX: the manual for those who edit in a word processor, by the templates under `templates/docx/`.
//!
//! A package of a few XML files, each a template; text goes in through the filter `runs` alone, which escapes it. Styles
//! carry the look, headings are headings, tables repeat their heads. The same view gives the same bytes.

mod chapter;
mod runs;

use std::io::{Cursor, Write};
use std::sync::Arc;

use minijinja::Environment;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{RenderError, Renderer};
use crate::document::Document;

/// The parts of the package, in order, and the templates that they are made by.
const PARTS: [(&str, &str); 9] = [
    ("[Content_Types].xml", "docx/types.xml"),
    ("_rels/.rels", "docx/package-links.xml"),
    ("docProps/core.xml", "docx/core.xml"),
    ("word/document.xml", "docx/manual.xml"),
    ("word/_rels/document.xml.rels", "docx/document-links.xml"),
    ("word/styles.xml", "docx/styles.xml"),
    ("word/numbering.xml", "docx/numbering.xml"),
    ("word/header.xml", "docx/header.xml"),
    ("word/footer.xml", "docx/footer.xml"),
];

/// Renders a manual as DOCX.
pub(super) fn render(renderer: &Renderer, document: &Arc<Document>, out: &mut dyn Write) -> Result<(), RenderError> {
    if !matches!(**document, Document::Manual(_)) {
        return Err(RenderError::NotOffered { document: document.kind().word(), format: "docx" });
    }
    let wrong = |error: zip::result::ZipError| RenderError::Failed(error.to_string());
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    // A time of day would make two packages of one view differ.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (part, template) in PARTS {
        let mut text = Vec::new();
        renderer.fill(template, document, &mut text)?;
        package.start_file(part, options).map_err(wrong)?;
        // A declaration must be the first thing in its file, and a template may begin with imports.
        package.write_all(text.trim_ascii_start())?;
    }
    Ok(out.write_all(&package.finish().map_err(wrong)?.into_inner())?)
}

/// Makes the filters of these templates known.
pub(super) fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("runs", runs::filter);
    environment.add_filter("block_docx", chapter::filter);
    environment.add_filter("numbered_lists", chapter::numbered_lists);
    environment.add_filter("word_language", runs::language);
}
