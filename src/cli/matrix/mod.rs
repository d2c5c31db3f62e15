//! `matrix`: phase × trait × type × level, and what fills each cell.

mod json;
mod list;

use std::path::PathBuf;

use anyhow::Result;

use super::documents::{self, DocumentArgs, by_ending, wrong_ending};
use super::filters::words;
use super::{Edge, Exit, FilterArgs, Opened, SiteArgs, files};
use crate::document::Kind;
use crate::method::{Cell, cells};
use crate::render::Paper;

pub use json::MatrixOutput;

/// What `matrix` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to print it; without it, by the ending of the file, else a table
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Language of the page and of the titles in the table; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Size of the paper that PDF is laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which cells are meant. Roles, procedures and aspects pick whole traits in a phase.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// How `matrix` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// A page to look at
    Html,
    /// A page to print
    Pdf,
}

/// Prints the matrix.
///
/// # Errors
/// An unknown filter value, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let format = format(&args)?;
    let laid_out = match format {
        Format::Html => Some("html"),
        Format::Pdf => Some("pdf"),
        _ => None,
    };
    if let Some(name) = laid_out {
        let Args { output, lang, paper, site, filters, .. } = args;
        let format = Some(name.to_owned());
        let document = DocumentArgs { lang, format, output, paper, drafts: false, site, filters };
        return documents::run(Kind::Matrix, &document, edge);
    }
    let opened = edge.open()?;
    let book = &opened.loaded.book;
    let site = args.site.resolve(book)?;
    let languages = super::filters::languages(book, args.lang.as_slice())?;
    let cells = cells(book, &opened.standards, site, &args.filters.resolve(book)?);
    if cells.is_empty() {
        edge.remark("no cells match");
    }
    let view = View { opened: &opened, cells: &cells, language: languages.first().unwrap_or(book.source_language()) };
    let mut bytes = Vec::new();
    match format {
        Format::Json => json::write(&view, &mut bytes)?,
        Format::Csv => list::write_csv(&view, &mut bytes)?,
        Format::Table | Format::Html | Format::Pdf => {
            list::write_table(&view, edge.colours() && args.output.is_none(), &mut bytes)?
        }
    }
    match &args.output {
        Some(file) => files::overwrite(file, &bytes)?,
        None => std::io::Write::write_all(&mut edge.out, &bytes)?,
    }
    Ok(edge.broken(&opened))
}

/// What is shown.
struct View<'a> {
    opened: &'a Opened,
    cells: &'a [&'a Cell],
    language: &'a crate::book::Language,
}

fn format(args: &Args) -> Result<Format> {
    match (args.format, &args.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Table),
        (None, Some(file)) => by_ending(file, |ending| match ending {
            "txt" => Some(Format::Table),
            "json" => Some(Format::Json),
            "csv" => Some(Format::Csv),
            "html" => Some(Format::Html),
            "pdf" => Some(Format::Pdf),
            _ => None,
        })
        .ok_or_else(|| wrong_ending(file, "matrix", ".html, .pdf, .csv, .json, .txt").into()),
    }
}
