//! What the commands that make one document have in common: which standards, which language, which format, and where to.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use clap::builder::PossibleValuesParser;

use super::filters::{languages, words};
use super::usage::{Usage, unknown};
use super::{Edge, Exit, FilterArgs, SiteArgs, check, files, version};
use crate::book::{Language, Site};
use crate::document::{Document, Kind, OfBook, Request};
use crate::edition::{Filter, select};
use crate::language::Interface;
use crate::message::Message;
use crate::project::Opened;
use crate::render::{FORMATS, Format, Paper, Renderer, formats_of};
use crate::say;
use crate::source::World;

/// What a command that makes one document takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct DocumentArgs {
    /// Language; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Format; without it, by the ending of the file
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(FORMATS.iter().map(|format| format.name)))]
    pub format: Option<String>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Size of the paper that PDF, DOCX, XLSX and the print of HTML are laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
    /// Put drafts in as well
    #[arg(long)]
    pub drafts: bool,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which standards are meant.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// Makes one document that the book fills by itself.
///
/// # Errors
/// Wrong usage, no book, a template of the book's that is wrong, or output that cannot be written.
pub fn run(of_book: OfBook, args: &DocumentArgs, edge: &mut Edge) -> Result<Exit> {
    run_as(of_book.kind(), args, edge, |request| of_book.compose(request))
}

/// Makes one document of a kind, composed in a way of its own.
///
/// # Errors
/// As [`run`].
pub(super) fn run_as(
    kind: Kind,
    args: &DocumentArgs,
    edge: &mut Edge,
    compose: impl FnOnce(Request) -> Document,
) -> Result<Exit> {
    let format = format(kind, args.format.as_deref(), args.output.as_deref())?;
    if args.output.is_none() && !format.is_text && edge.out.is_terminal() {
        return Err(Usage::new(say!("{format} is not text to be read on a terminal", format = format.name))
            .help(say!("name a file with -o FILE"))
            .into());
    }
    let opened = edge.open()?;
    if !check::is_fit(edge, &opened)? {
        return Ok(Exit::Findings);
    }
    let book = &opened.loaded.book;
    let tags = args.lang.as_slice();
    let language = languages(book, tags)?.into_iter().next().unwrap_or_else(|| book.source_language().clone());
    let site = args.site.resolve(book)?;
    let filter = args.filters.resolve(book)?.in_force(args.drafts);
    note_labels(edge, [&language]);
    if select(book, &opened.standards, site, &filter).is_empty() {
        edge.remark(say!("no standards match: the document holds none"));
    }
    let version = version::of(opened.world.root());
    let asked = Asked { opened: &opened, site, filter: &filter, language: &language, version: version.as_deref() };
    let document = compose(asked.request());
    let bytes = laid_out(edge, &opened, format, args.paper, document)?;
    files::deliver(edge, args.output.as_deref(), &bytes)?;
    Ok(Exit::Fine)
}

/// A document in a format, after telling what the author should know of how it comes out.
///
/// # Errors
/// When the format does not do such documents, or a template is wrong.
pub(super) fn laid_out(
    edge: &Edge,
    opened: &Opened,
    format: &Format,
    paper: Paper,
    document: Document,
) -> Result<Vec<u8>> {
    let document = Arc::new(document);
    for remark in (format.remarks)(&document) {
        edge.remark(remark);
    }
    Ok(Renderer::new(&opened.loaded.book.templates).on(paper).render(format, &document)?)
}

/// Says for which languages the program has no words of its own, so that labels are in English.
pub(super) fn note_labels<'a>(edge: &Edge, languages: impl IntoIterator<Item = &'a Language>) {
    let foreign = |language: &&Language| Interface::of(language).is_fallback();
    let foreign: Vec<String> = languages.into_iter().filter(foreign).map(|one| format!("`{one}`")).collect();
    if !foreign.is_empty() {
        edge.remark(say!(
            "note: labels are in English, since gamma-ok has no words in {foreign}",
            foreign = foreign.join(", ")
        ));
    }
}

/// The format asked for by name, else by the ending of the file, else the one that reads best as plain text.
pub(super) fn format(kind: Kind, name: Option<&str>, output: Option<&Path>) -> Result<&'static Format> {
    let of_kind: Vec<&'static Format> = formats_of(kind).collect();
    if let Some(name) = name {
        let found = of_kind.iter().find(|format| format.name == name).copied();
        let names = of_kind.iter().map(|format| format.name);
        return found.ok_or_else(|| {
            unknown(say!("a {kind} cannot be had as {name}", kind = kind.said(), name), name, names).into()
        });
    }
    let Some(output) = output else {
        let plain = of_kind.iter().find(|format| format.name == "md").or(of_kind.first()).copied();
        return plain.context("this document has no format");
    };
    by_ending(output, |ending| of_kind.iter().find(|format| format.extension == ending).copied()).ok_or_else(|| {
        let endings: Vec<String> = of_kind.iter().map(|format| format!(".{}", format.extension)).collect();
        wrong_ending(output, kind.said(), &endings.join(", ")).into()
    })
}

/// What the ending of a file stands for.
pub(super) fn by_ending<T>(file: &Path, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    find(&file.extension()?.to_str()?.to_lowercase())
}

/// Wrong usage: the ending of a file says nothing.
pub(super) fn wrong_ending(file: &Path, document: Message, endings: &str) -> Usage {
    Usage::new(say!(
        "the ending of `{file}` does not say in which format to write the {document}",
        file = file.display(),
        document
    ))
    .help(say!("end it in {endings}, or name the format with --format", endings))
}

/// What is asked of a document, with the book's own parts still together.
pub(super) struct Asked<'a> {
    pub opened: &'a Opened,
    pub site: Option<&'a Site>,
    pub filter: &'a Filter,
    pub language: &'a Language,
    pub version: Option<&'a str>,
}

impl<'a> Asked<'a> {
    pub fn request(&self) -> Request<'a> {
        Request {
            book: &self.opened.loaded.book,
            standards: &self.opened.standards,
            site: self.site,
            filter: self.filter,
            language: self.language,
            today: self.opened.world.today(),
            version: self.version,
        }
    }
}
