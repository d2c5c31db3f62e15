//! `matrix`: phase × trait × type × level, and what fills each cell.

mod json;
mod list;

use anyhow::Result;

use super::documents::{self, DocumentArgs, PrintArgs, PrintFormat};
use super::filters::words;
use super::out::OutputKind;
use super::{Edge, Exit, StandardsArgs, check, files};
use crate::document::{DocumentKind, matrix, matrix_by_role};
use crate::edition::{RoleCells, cells, cells_by_role};
use crate::method::MatrixCell;
use crate::project::Project;
use crate::render::Paper;
use crate::say;

pub(crate) use json::MatrixOutput;

/// What `matrix` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Lay it out by role: what each role keeps, cell by cell. At a site, a role that is absent has given its standards to
    /// whoever covers for it
    #[arg(long, value_name = "WHAT")]
    pub by: Option<By>,
    /// Language of the page and of the titles in the table; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Size of the paper that PDF is laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
    /// Which cells are meant. Roles, procedures and aspects pick whole traits in a phase.
    #[command(flatten)]
    pub standards: StandardsArgs,
}

/// What `matrix` is laid out by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum By {
    /// Role by role
    Role,
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

impl PrintFormat for Format {
    const HELP: &str = "How to print it; without it, by the ending of the file, else a table";
    const USUAL: Self = Format::Table;
    const ENDINGS: &[(&str, Self)] = &[
        ("html", Format::Html),
        ("pdf", Format::Pdf),
        ("csv", Format::Csv),
        ("json", Format::Json),
        ("txt", Format::Table),
    ];
}

/// Prints the matrix.
///
/// # Errors
/// An unknown filter value, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let format = args.print.format()?;
    let laid_out = match format {
        Format::Html => Some("html"),
        Format::Pdf => Some("pdf"),
        _ => None,
    };
    if let Some(name) = laid_out {
        let Args { print, lang, paper, standards, by } = args;
        let (format, output) = (Some(name.to_owned()), print.output);
        let document = DocumentArgs { lang, format, output, paper, drafts: false, standards };
        return documents::run(DocumentKind::Matrix, &document, edge, |request| {
            Box::new(match by {
                None => matrix(request),
                Some(By::Role) => matrix_by_role(request),
            })
        });
    }
    let standing = args.standards.edition.open(edge)?;
    let opened = &standing.project;
    if standing.is_working {
        check::whole(edge, opened, [], args.print.file())?;
    }
    let book = &opened.loaded.book;
    let site = args.standards.site.resolve(book)?;
    let language = super::filters::language(book, args.lang.as_ref())?;
    let filter = args.standards.filters.resolve(book)?;
    let cells = cells(book, &opened.standards, site, &filter);
    let by_role = args.by.map(|By::Role| cells_by_role(book, &opened.standards, site, &filter));
    if cells.is_empty() {
        edge.remark(say!("no cells match"));
    }
    let view = View { opened, cells: &cells, by_role: by_role.as_deref(), language: &language };
    let content = match format {
        Format::Json => OutputKind::Json,
        Format::Csv => OutputKind::Csv,
        Format::Table | Format::Html | Format::Pdf => OutputKind::People,
    };
    let mut bytes = Vec::new();
    match format {
        Format::Json => json::write(&view, &mut bytes)?,
        Format::Csv => list::write_csv(&view, &mut bytes)?,
        Format::Table | Format::Html | Format::Pdf => {
            list::write_table(&view, edge.tongue.people, edge.colours() && args.print.file().is_none(), &mut bytes)?
        }
    }
    files::deliver(edge, args.print.file(), content, &bytes)?;
    Ok(standing.broken(edge))
}

/// What is shown.
struct View<'a> {
    opened: &'a Project,
    cells: &'a [&'a MatrixCell],
    /// Role by role, where it is laid out so.
    by_role: Option<&'a [RoleCells]>,
    language: &'a crate::book::Language,
}
