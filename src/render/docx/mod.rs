//! DOCX: the manual for those who edit in a word processor, by the templates under `templates/docx/`.
//!
//! A package of a few XML files, each a template; text goes in through the filter `runs` alone, which escapes it. Styles
//! carry the look, headings are headings, tables repeat their heads. The same view gives the same bytes.

mod chapter;
mod drawing;
mod runs;

use std::collections::BTreeMap;
use std::io::{Cursor, Write};

use minijinja::Environment;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{RenderError, Renderer};
use crate::document::{Document, DocumentKind};

pub(super) use drawing::drawing;

/// The part that is the document itself; its template is named after the kind of document.
const DOCUMENT: &str = "word/document.xml";

/// The part that says what the document refers to.
const LINKS: &str = "word/_rels/document.xml.rels";

/// The parts of the package, in order, and the templates that they are made by.
const PARTS: [(&str, &str); 9] = [
    ("[Content_Types].xml", "docx/types.xml"),
    ("_rels/.rels", "docx/package-links.xml"),
    ("docProps/core.xml", "docx/core.xml"),
    (DOCUMENT, ""),
    (LINKS, "docx/document-links.xml"),
    ("word/styles.xml", "docx/styles.xml"),
    ("word/numbering.xml", "docx/numbering.xml"),
    ("word/header.xml", "docx/header.xml"),
    ("word/footer.xml", "docx/footer.xml"),
];

/// The template of a kind of document.
pub(super) fn path(kind: DocumentKind) -> String {
    format!("docx/{}.xml", kind.word())
}

/// Renders a document as DOCX.
pub(super) fn render(renderer: &Renderer, document: &dyn Document, out: &mut dyn Write) -> Result<(), RenderError> {
    let wrong = |error: zip::result::ZipError| match error {
        zip::result::ZipError::Io(error) => RenderError::Write(error),
        error => RenderError::Failed(error.to_string()),
    };
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    // A time of day would make two packages of one view differ.
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    let view = serde_json::to_value(document).map_err(|error| RenderError::Failed(error.to_string()))?;
    let mut pictures = drawing::files(&view)?;
    if let Some(logo) = &document.head().brand.logo {
        pictures.extend(drawing::logo_file(logo)?.map(|file| (drawing::LOGO.to_owned(), file)));
    }
    for (part, template) in PARTS {
        let mut text = Vec::new();
        let own = path(document.kind());
        renderer.fill(if part == DOCUMENT { &own } else { template }, document, &mut text)?;
        if part == LINKS {
            text = linked(&String::from_utf8_lossy(&text), &pictures).into_bytes();
        }
        package.start_file(part, options).map_err(wrong)?;
        // A declaration must be the first thing in its file, and a template may begin with imports.
        package.write_all(text.trim_ascii_start())?;
    }
    for (name, (ending, bytes)) in &pictures {
        package.start_file(format!("word/media/{name}.{ending}"), options).map_err(wrong)?;
        package.write_all(bytes)?;
    }
    Ok(out.write_all(&package.finish().map_err(wrong)?.into_inner())?)
}

/// What the document refers to, with its pictures.
fn linked(links: &str, pictures: &BTreeMap<String, (String, Vec<u8>)>) -> String {
    let kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image";
    let link = |(name, (ending, _)): (&String, &(String, Vec<u8>))| {
        format!("<Relationship Id=\"{name}\" Type=\"{kind}\" Target=\"media/{name}.{ending}\"/>")
    };
    let all: String = pictures.iter().map(link).collect();
    links.replace("</Relationships>", &format!("{all}</Relationships>"))
}

/// Makes the filters of these templates known.
pub(super) fn add_filters(environment: &mut Environment<'static>) {
    environment.add_filter("runs", runs::filter);
    environment.add_filter("block_docx", chapter::filter);
    environment.add_filter("drawing", drawing::filter);
    environment.add_filter("logo", drawing::logo_filter);
    environment.add_filter("numbered_lists", chapter::numbered_lists);
    environment.add_filter("word_language", runs::language);
}
