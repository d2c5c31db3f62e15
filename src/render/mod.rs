//! Rendering: a finished view becomes bytes. One file a format and one flat register, [`FORMATS`].
//!
//! In: a [`Document`] and the templates (the program's own, overridden by a book's). Out: bytes. Nothing here computes
//! content. Everything an author wrote is text: HTML escapes by default, Markdown escapes by default, and neither reads
//! a value as a template.

mod block;
mod csv;
mod docx;
pub(crate) mod fingerprint;
mod html;
mod markdown;
mod own;
#[cfg(feature = "pdf")]
mod pdf;
mod pictures;
pub(crate) mod plan;
mod svg;
mod template;
mod xlsx;

use std::collections::BTreeMap;
use std::io::Write;

use minijinja::Environment;
use minijinja::value::{Serde, Value};

use crate::document::blueprint::Picture;
use crate::document::{Document, DocumentKind, Head};
use crate::message::Message;
use crate::say;
use crate::source::system_says;

/// A format that documents can be had in.
#[derive(Debug)]
pub struct Format {
    /// The name, as in `--format`, and the ending of its files.
    pub name: &'static str,
    /// Whether it does a kind of document.
    pub does: fn(DocumentKind) -> bool,
    /// Whether it is text, that may go to a terminal.
    pub is_text: bool,
    /// Whether the program was built with it; one that was not is known by name, to say how to get it.
    pub is_built_in: bool,
    /// Lays a document out.
    render: Render,
    /// What the author should know of how a document comes out; found without laying it out.
    pub remarks: fn(&dyn Document) -> Vec<Message>,
}

/// Lays a document out.
type Render = fn(&Renderer, &dyn Document, &mut dyn Write) -> Result<(), RenderError>;

impl Format {
    const fn text(name: &'static str, does: fn(DocumentKind) -> bool, render: Render) -> Self {
        Format { is_text: true, ..Format::binary(name, does, render) }
    }

    const fn binary(name: &'static str, does: fn(DocumentKind) -> bool, render: Render) -> Self {
        Format { name, does, is_text: false, is_built_in: true, render, remarks: |_| Vec::new() }
    }

    /// The kinds of documents that it does.
    pub fn documents(&self) -> impl Iterator<Item = DocumentKind> {
        let does = self.does;
        DocumentKind::ALL.iter().copied().filter(move |kind| does(*kind))
    }
}

/// Sizes of paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 in.
    Letter,
}

impl Paper {
    /// All of them.
    pub const ALL: &'static [Self] = &[Paper::A4, Paper::Letter];

    /// The word for it, as in `--paper`.
    pub fn word(self) -> &'static str {
        match self {
            Paper::A4 => "a4",
            Paper::Letter => "letter",
        }
    }
}

/// The register of formats: a line each. Most do the documents that they have a template for.
pub static FORMATS: &[Format] = &[
    Format::text("html", |kind| is_template(&html::path(kind)), html::render),
    Format::text("md", |kind| is_template(&markdown::path(kind)), markdown::render),
    PDF,
    Format::text("svg", |kind| is_template(&svg::path(kind)), svg::render),
    Format::binary("xlsx", xlsx::does, xlsx::render),
    Format::binary("docx", |kind| is_template(&docx::path(kind)), docx::render),
    Format::text("csv", csv::does, csv::render),
];

#[cfg(feature = "pdf")]
const PDF: Format =
    Format { remarks: pdf::remarks, ..Format::binary("pdf", |kind| is_template(&pdf_path(kind)), pdf::render) };

/// The name stays known without the feature, so that who asks for it learns how to get it.
#[cfg(not(feature = "pdf"))]
const PDF: Format = Format {
    is_built_in: false,
    ..Format::binary("pdf", |kind| is_template(&pdf_path(kind)), |_, _, _| Err(RenderError::NoPdf))
};

#[cfg(feature = "pdf")]
pub use pdf::{Apart, Bounds, Stopped, typeset, typeset_apart};

/// Whether a character may be one that the fonts of a PDF lack, alone or with its neighbours.
#[cfg(feature = "pdf")]
pub(crate) use pdf::may_lack;

/// Without PDF there is none.
#[cfg(not(feature = "pdf"))]
pub(crate) fn may_lack(_: char) -> bool {
    false
}

/// The template that sets a kind of document as PDF.
fn pdf_path(kind: DocumentKind) -> String {
    format!("typst/{}.typ", kind.word())
}

fn is_template(path: &str) -> bool {
    crate::library::template(path).is_some()
}

pub(crate) use csv::with_decimal_comma;
#[cfg(feature = "desk")]
pub(crate) use html::source_hash;
pub(crate) use html::{escape, marked};
pub(crate) use xlsx::standards as standards_sheet;

/// The font that pictures name first; whoever draws them without a reader's own fonts brings this one.
pub const PICTURE_FONT: &str = "Source Sans 3";

/// The formats that a kind of document can be had in.
pub(crate) fn formats_of(kind: DocumentKind) -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(move |format| (format.does)(kind))
}

/// The format of that name.
pub fn format(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

/// Why a document could not be laid out. With the built-in templates this does not happen; a book's own may fail.
#[derive(Debug, thiserror::Error)]
#[error("{}", self.message())]
pub enum RenderError {
    /// The format does not do this kind of document.
    NotOffered {
        /// The kind of document.
        document: DocumentKind,
        /// The format.
        format: String,
    },
    /// What was laid out could not be written.
    Write(#[from] std::io::Error),
    /// The program was built without PDF.
    NoPdf,
    /// A template of the book's own asks for more than a document may cost.
    #[cfg(feature = "pdf")]
    TooMuch {
        /// Path below `templates/`.
        path: String,
        /// What it may cost.
        bounds: Bounds,
    },
    /// The layout failed, at no place of a template that could be named.
    Failed(String),
    /// A template is wrong.
    Template {
        /// Path below `templates/`.
        path: String,
        /// Line in it, if known.
        line: Option<usize>,
        /// What is wrong.
        message: Message,
    },
}

impl RenderError {
    /// It as a sentence for people. What a template engine has to say is in English.
    pub fn message(&self) -> Message {
        match self {
            RenderError::NotOffered { document, format } => {
                let formats: Vec<&str> = formats_of(*document).map(|format| format.name).collect();
                let (document, formats) = (document.word(), formats.join(", "));
                say!("`{document}` cannot be made as {format}, only as {formats}", document, format, formats)
            }
            RenderError::Write(error) => system_says(error),
            RenderError::NoPdf => say!(
                "this program was built without PDF; build it with the feature `pdf`, which `cargo install gamma-ok` does, or \
                 make HTML (`--format html`) and print that"
            ),
            #[cfg(feature = "pdf")]
            RenderError::TooMuch { path, bounds: Bounds { seconds, megabytes } } => say!(
                "{place}: this template asks for more than {seconds} s of work or {megabytes} MB of memory, and was stopped: \
                 look for a loop or a text that grows without end",
                place = format!("templates/{path}"),
                seconds,
                megabytes
            ),
            RenderError::Failed(error) => say!("the document could not be laid out: {reason}", reason = error),
            RenderError::Template { path, line: Some(line), message } => {
                say!("{place}: {message}", place = format!("templates/{path}:{line}"), message)
            }
            RenderError::Template { path, line: None, message } => {
                say!("{place}: {message}", place = format!("templates/{path}"), message)
            }
        }
    }
}

/// The templates, read once for all documents; shared by threads.
pub struct Renderer {
    environment: Environment<'static>,
    paper: Paper,
    /// Whether tables are for spreadsheets, which read them as their language writes figures, and not for programs.
    for_spreadsheets: bool,
    #[cfg(feature = "pdf")]
    typst: pdf::Templates,
}

impl std::fmt::Debug for Renderer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Renderer").finish_non_exhaustive()
    }
}

impl Renderer {
    /// The program's templates, with a book's own in their place where it has some.
    pub fn new(overrides: &BTreeMap<String, String>) -> Self {
        Renderer {
            environment: template::environment(overrides.clone()),
            paper: Paper::default(),
            for_spreadsheets: false,
            #[cfg(feature = "pdf")]
            typst: pdf::Templates::new(overrides),
        }
        .on(Paper::default())
    }

    /// The same for that size of paper.
    pub fn on(mut self, paper: Paper) -> Self {
        self.environment.add_global("paper", paper.word());
        Renderer { paper, ..self }
    }

    /// The same with tables as the spreadsheets of a document's language open them: where that has a decimal comma, with it and
    /// with semicolons.
    pub fn for_spreadsheets(self) -> Self {
        Renderer { for_spreadsheets: true, ..self }
    }

    /// Lays a document out in a format.
    ///
    /// # Errors
    /// When the format does not do such documents, or a template is wrong.
    pub fn render(&self, format: &Format, document: &dyn Document) -> Result<Vec<u8>, RenderError> {
        let mut bytes = Vec::new();
        self.render_to(format, document, &mut bytes)?;
        Ok(bytes)
    }

    /// Lays a document out into a file, or whatever takes bytes, without holding all of them.
    ///
    /// # Errors
    /// As [`Renderer::render`], and when writing fails; what was written before an error is worthless.
    pub fn render_to(&self, format: &Format, document: &dyn Document, out: &mut dyn Write) -> Result<(), RenderError> {
        let kind = document.kind();
        if !(format.does)(kind) {
            return Err(RenderError::NotOffered { document: kind, format: format.name.to_owned() });
        }
        (format.render)(self, document, out)
    }

    /// The pieces of a picture, each as an SVG file that no page needs to split. Its letters are [`PICTURE_FONT`]'s, in
    /// regular, italic and semi-bold, or narrower than their boxes allow.
    ///
    /// # Errors
    /// When a template is wrong.
    pub fn pictures(&self, head: &Head, picture: &Picture) -> Result<Vec<String>, RenderError> {
        svg::pieces(self, head, picture)
    }

    /// Fills the template at that path below `templates/` with what is no document.
    ///
    /// # Errors
    /// When the template is wrong.
    #[cfg(feature = "desk")]
    pub(crate) fn page(&self, path: &str, view: &impl serde::Serialize) -> Result<String, RenderError> {
        let fault = |error: minijinja::Error| template::fault(path, &error);
        own::begin();
        let template = self.environment.get_template(path).map_err(fault)?;
        template.render(Value::from(Serde(view))).map_err(fault)
    }

    /// Fills the template at that path below `templates/`.
    fn fill(&self, path: &str, document: &dyn Document, out: &mut dyn Write) -> Result<(), RenderError> {
        let fault = |error: minijinja::Error| template::fault(path, &error);
        own::begin();
        let template = self.environment.get_template(path).map_err(fault)?;
        // Template instructions write a few bytes each.
        let mut buffered = std::io::BufWriter::with_capacity(64 * 1024, out);
        template.render_captured_to(Value::from(Serde(document)), &mut buffered).map_err(fault)?;
        Ok(buffered.flush()?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(kind: DocumentKind) -> Vec<&'static str> {
        formats_of(kind).map(|format| format.name).collect()
    }

    #[test]
    fn every_document_has_the_formats_that_it_has_templates_for() {
        assert_eq!(names(DocumentKind::Manual), ["html", "md", "pdf", "docx"]);
        assert_eq!(names(DocumentKind::Blueprint), ["html", "pdf", "svg"]);
        // What goes to other programs is exported.
        let without = DocumentKind::ALL.iter().filter(|kind| names(**kind).is_empty());
        assert_eq!(without.collect::<Vec<_>>(), [&DocumentKind::Quiz, &DocumentKind::Cards]);
    }

    #[test]
    fn a_refusal_names_what_the_document_can_be_had_as() {
        let refusal = RenderError::NotOffered { document: DocumentKind::Blueprint, format: "docx".to_owned() };
        assert_eq!(refusal.to_string(), "`blueprint` cannot be made as docx, only as html, pdf, svg");
    }
}
