//! `portfolio`: several books in one picture.

use std::path::{Path, PathBuf};

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use super::documents::{self, PrintArgs, PrintFormat, table_in_file};
use super::out::OutputKind;
use super::table::{Table, one_line};
use super::usage::Usage;
use super::{Edge, Exit, check, files};
use crate::book::{Book, Language, id};
use crate::document::{DocumentKind, Pictures, PortfolioBook, Request, portfolio, portfolio_book};
use crate::edition::Filter;
use crate::method::Standards;
use crate::project::{Project, is_book};
use crate::render::{Paper, Renderer};
use crate::say;

/// What `portfolio` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The folders of the books
    #[arg(value_name = "DIR", required = true)]
    pub folders: Vec<PathBuf>,
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Language of the page; without it, that of messages
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// A page
    Html,
}

impl PrintFormat for Format {
    const HELP: &str = "How to print it; without it, by the ending of the file, else as a table";
    const USUAL: Self = Format::Table;
    const ENDINGS: &[(&str, Self)] = &[("html", Format::Html), ("json", Format::Json)];
}

/// What `portfolio --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PortfolioOutput {
    /// The books, as they were named.
    books: Vec<PortfolioBook>,
}

/// Prints the picture.
///
/// # Errors
/// Wrong usage, a folder without a book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let format = args.print.format()?;
    if format == Format::Table && args.print.file().is_some() {
        return Err(table_in_file(say!("end the file in .json or .html")));
    }
    let mut exit = Exit::Fine;
    let mut books = Vec::new();
    for folder in &args.folders {
        let mut opened = open(edge, folder)?;
        let records = opened.records();
        // A book with errors would be told wrongly among sound ones.
        let clear =
            check::fit(edge, &opened).and_then(|()| check::whole(edge, &opened, &records.findings(), Some(folder)));
        if clear.is_err() {
            edge.remark(say!("{folder} is left out", folder = folder.display()));
            exit = Exit::Findings;
            continue;
        }
        books.push(portfolio_book(&name(&opened.loaded.book), &opened, &records));
    }
    match format {
        Format::Table => table(edge, &books)?,
        Format::Json => files::deliver_json(edge, args.print.file(), &PortfolioOutput { books })?,
        Format::Html => {
            let bytes = page(edge, args.lang.as_deref(), &books)?;
            files::deliver(edge, args.print.file(), OutputKind::Data, &bytes)?;
        }
    }
    Ok(exit)
}

fn open(edge: &Edge, folder: &Path) -> Result<Project> {
    is_book(folder).map_err(|error| Usage { message: error.message(), help: error.help() })?;
    Ok(Project::open(edge.world_in(folder)?)?)
}

/// What a book is called where nobody says: its title as an id.
pub(super) fn name(book: &Book) -> String {
    id::suggest(book.in_source(&book.title).unwrap_or_default()).unwrap_or_else(|| "book".to_owned())
}

fn table(edge: &mut Edge, books: &[PortfolioBook]) -> Result<()> {
    let head = [
        say!("book"),
        say!("edition"),
        say!("next review"),
        say!("overdue"),
        say!("last audit"),
        say!("level"),
        say!("score"),
    ];
    let mut table = Table::new(head.map(|head| edge.say(&head)));
    let words = edge.people();
    let language = Language::new(words.tag());
    for book in books {
        let title = book.title.best(&language, &language).map(|title| one_line(&title.text)).unwrap_or_default();
        let or = |text: Option<String>| text.unwrap_or_else(|| "–".to_owned());
        let counts = edge.say(&say!("{met} of {judged}", met = book.met, judged = book.judged));
        let enough = book.judged >= crate::statistics::ENOUGH;
        let score = match book.score.filter(|_| enough) {
            Some(score) => format!("{} ({counts})", words.share(score)),
            None => counts,
        };
        table.row([
            &title,
            &or(book.edition.map(|number| number.to_string())),
            &or(book.next_review.clone()),
            &book.overdue_actions.to_string(),
            &or(book.last_audit.clone()),
            &or(book.level.map(|level| words.word("level", level.word()).to_owned())),
            &score,
        ]);
    }
    table.write(edge)
}

fn page(edge: &Edge, tag: Option<&str>, books: &[PortfolioBook]) -> Result<Vec<u8>> {
    let language = Language::new(tag.unwrap_or(edge.people().tag()));
    documents::note_labels(edge, [&language]);
    // No book of them heads the page, so one without anything does.
    let (nothing, none, filter) =
        (Book { languages: vec![language.clone()], ..Book::default() }, Standards::default(), Filter::default());
    let today = edge.today()?;
    let request = Request {
        book: &nothing,
        standards: &none,
        site: None,
        filter: &filter,
        language: &language,
        today,
        control: None,
        pictures: Pictures::default(),
        audits: None,
    };
    let format = documents::format(DocumentKind::Portfolio, Some("html"), None)?;
    Ok(Renderer::new(&nothing.templates).on(Paper::default()).render(format, &portfolio(request, books))?)
}
