//! `matrix`: phase × trait × type × level, and what fills each cell.

mod json;
mod list;

use std::path::PathBuf;

use anyhow::Result;

use super::documents::{self, DocumentArgs, by_ending, wrong_ending};
use super::{Edge, Exit, FilterArgs, Opened, SiteArgs, files};
use crate::document::Kind;
use crate::method::{Cell, cells};

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
    /// Language of the HTML page and of the titles in the table; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
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
}

/// Prints the matrix.
///
/// # Errors
/// An unknown filter value, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let format = format(&args)?;
    if format == Format::Html {
        let Args { output, lang, site, filters, .. } = args;
        let format = Some("html".to_owned());
        return documents::run(
            Kind::Matrix,
            &DocumentArgs { lang, format, output, drafts: false, site, filters },
            edge,
        );
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
        Format::Table | Format::Html => list::write_table(&view, edge.colours() && args.output.is_none(), &mut bytes)?,
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
            _ => None,
        })
        .ok_or_else(|| wrong_ending(file, "matrix", ".html, .csv, .json, .txt").into()),
    }
}
