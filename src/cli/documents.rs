//! What the commands that make one document have in common: which standards, which language, which format, and where to.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;

use super::filters::{language, words};
use super::out::OutputKind;
use super::usage::Usage;
use super::{Edge, Exit, StandardsArgs, files};
use crate::book::Language;
use crate::document::{Document, DocumentKind, Request};
use crate::edition::select;
use crate::language::Interface;
use crate::message::Message;
use crate::project::Project;
use crate::render::{FORMATS, Format, Paper, RenderError, Renderer, formats_of};
use crate::say;

/// What a command that makes one document takes.
#[derive(Clone, Debug, Default, clap::Args)]
pub(crate) struct DocumentArgs {
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
    /// Which standards are meant.
    #[command(flatten)]
    pub standards: StandardsArgs,
}

/// The formats of a command that has its own.
pub(crate) trait PrintFormat: ValueEnum + Copy + Send + Sync + 'static {
    /// The help of `--format`.
    const HELP: &'static str;
    /// How it is printed where neither `--format` nor the file says so.
    const USUAL: Self;
    /// What the ending of a file asks for, in the order in which whoever names another is told.
    const ENDINGS: &'static [(&'static str, Self)];
}

/// How the result of such a command is printed, and where to.
#[derive(Debug, clap::Args)]
pub(crate) struct PrintArgs<F: PrintFormat> {
    #[arg(long, value_name = "FORMAT", help = F::HELP)]
    pub format: Option<F>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
}

impl<F: PrintFormat> PrintArgs<F> {
    /// The file to write, where one is named.
    pub fn file(&self) -> Option<&Path> {
        self.output.as_deref()
    }

    /// The format asked for, else that of the file's ending, else the usual one.
    ///
    /// # Errors
    /// [`Usage`] for an ending that says nothing.
    pub fn format(&self) -> Result<F, Usage> {
        let (None, Some(file)) = (self.format, self.file()) else { return Ok(self.format.unwrap_or(F::USUAL)) };
        let of = |ending: &str| F::ENDINGS.iter().find(|(known, _)| *known == ending).map(|(_, format)| *format);
        by_ending(file, of).ok_or_else(|| wrong_ending(file, F::ENDINGS.iter().map(|(ending, _)| *ending)))
    }
}

/// Wrong usage: a file is named for a table that is laid out for people.
pub(super) fn table_in_file(help: Message) -> anyhow::Error {
    Usage::new(say!("a table goes to standard output")).help(help).into()
}

/// Makes one document, composed from what is asked of it.
///
/// # Errors
/// Wrong usage, no book, a template of the book's that is wrong, or output that cannot be written.
pub(super) fn run(
    kind: DocumentKind,
    args: &DocumentArgs,
    edge: &mut Edge,
    compose: impl FnOnce(Request) -> Box<dyn Document>,
) -> Result<Exit> {
    let format = format(kind, args.format.as_deref(), args.output.as_deref())?;
    fits_terminal(edge, format, args.output.as_deref())?;
    let content = if format.name == "csv" { OutputKind::Csv } else { OutputKind::Data };
    deliver(args, content, edge, |edge, opened, request| {
        laid_out(edge, opened, format, args.paper, compose(request).as_ref())
    })
}

/// Hands over what is made from what is asked, where the book is fit for it.
///
/// # Errors
/// Wrong usage, no book, output that cannot be written, and whatever `make` does.
pub(super) fn deliver(
    args: &DocumentArgs,
    content: OutputKind,
    edge: &mut Edge,
    make: impl FnOnce(&Edge, &Project, Request) -> Result<Vec<u8>>,
) -> Result<Exit> {
    let standing = args.standards.edition.open(edge)?;
    standing.fit(edge)?;
    let opened = &standing.project;
    let book = &opened.loaded.book;
    let language = language(book, args.lang.as_ref())?;
    let site = args.standards.site.resolve(book)?;
    let filter = args.standards.filters.resolve(book)?.in_force(args.drafts);
    note_labels(edge, [&language]);
    if select(book, &opened.standards, site, &filter).is_empty() {
        edge.remark(say!("no standards match: the document holds none"));
    }
    let request = Request { site, control: Some(&standing.control), ..Request::of(opened, &filter, &language) };
    let bytes = make(edge, opened, request)?;
    files::deliver(edge, args.output.as_deref(), content, &bytes)?;
    Ok(Exit::Fine)
}

/// Refuses to write to a terminal what is no text.
///
/// # Errors
/// When nothing else than a terminal was named for it.
pub(super) fn fits_terminal(edge: &Edge, format: &Format, output: Option<&Path>) -> Result<(), Usage> {
    if output.is_some() || format.is_text || !edge.out.is_terminal() {
        return Ok(());
    }
    Err(Usage::new(say!("{format} is not text to be read on a terminal", format = format.name))
        .help(say!("name a file with -o FILE")))
}

/// A document in a format, after telling what the author should know of how it comes out.
///
/// # Errors
/// When the format does not do such documents, or a template is wrong.
pub(super) fn laid_out(
    edge: &Edge,
    opened: &Project,
    format: &Format,
    paper: Paper,
    document: &dyn Document,
) -> Result<Vec<u8>> {
    for remark in (format.remarks)(document) {
        edge.remark(remark);
    }
    Ok(Renderer::new(&opened.loaded.book.templates).on(paper).render(format, document)?)
}

/// Says for which languages the program has no words of its own, so that labels are in English.
pub(super) fn note_labels<'a>(edge: &Edge, languages: impl IntoIterator<Item = &'a Language>) {
    let foreign = |language: &&Language| Interface::of(language).is_fallback();
    let foreign: Vec<String> = languages.into_iter().filter(foreign).map(|tag| format!("`{tag}`")).collect();
    if !foreign.is_empty() {
        edge.remark(say!(
            "note: labels are in English, since gamma-ok has no words in {foreign}",
            foreign = foreign.join(", ")
        ));
    }
}

/// The format asked for by name, else by the ending of the file, else the one that reads best as plain text.
pub(super) fn format(kind: DocumentKind, name: Option<&str>, output: Option<&Path>) -> Result<&'static Format> {
    if let Some(name) = name {
        let format = formats_of(kind).find(|format| format.name == name);
        return format.ok_or_else(|| RenderError::NotOffered { document: kind, format: name.to_owned() }.into());
    }
    let Some(output) = output else {
        let plain = formats_of(kind).find(|format| format.name == "md").or_else(|| formats_of(kind).next());
        return plain.context("this document has no format");
    };
    by_ending(output, |ending| formats_of(kind).find(|format| format.name == ending))
        .ok_or_else(|| wrong_ending(output, formats_of(kind).map(|format| format.name)).into())
}

/// What the ending of a file stands for.
pub(super) fn by_ending<T>(file: &Path, find: impl Fn(&str) -> Option<T>) -> Option<T> {
    find(&file.extension()?.to_str()?.to_lowercase())
}

/// Wrong usage: the ending of a file says nothing.
fn wrong_ending<'a>(file: &Path, endings: impl Iterator<Item = &'a str>) -> Usage {
    let endings = endings.map(|ending| format!(".{ending}")).collect::<Vec<_>>().join(", ");
    Usage::new(say!("the ending of `{file}` does not say in which format to write the document", file = file.display()))
        .help(say!("end it in {endings}, or name the format with --format", endings))
}

/// Makes `--format` take the formats that a kind of document can be had in.
pub(super) fn formats_for(kind: DocumentKind) -> impl Fn(clap::Arg) -> clap::Arg {
    move |argument| argument.value_parser(PossibleValuesParser::new(formats_of(kind).map(|format| format.name)))
}

/// The same and JSON, which is no document.
pub(super) fn formats_or_json(kind: DocumentKind) -> impl Fn(clap::Arg) -> clap::Arg {
    move |argument| {
        let formats = formats_of(kind).map(|format| format.name).chain(["json"]);
        argument.value_parser(PossibleValuesParser::new(formats))
    }
}

/// Whether JSON is asked for: by name, or by the ending of the file where no format is named.
pub(super) fn is_json(name: Option<&str>, output: Option<&Path>) -> bool {
    let ending = output.and_then(|file| file.extension());
    name.map_or_else(|| ending.is_some_and(|ending| ending == "json"), |name| name == "json")
}
