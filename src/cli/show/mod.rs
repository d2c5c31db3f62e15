//! `show`: the resolved standards, one a line, or everything known of some.

mod detail;
mod json;
mod list;

use anyhow::Result;

use super::files;
use super::out::Content;
use super::usage::unknown;
use super::{Edge, EditionArgs, Exit, FilterArgs, SiteArgs};
use crate::book::Language;
use crate::edition::{Directory, Reference, Selected, select};
use crate::method::Standards;
use crate::project::Project;
use crate::say;

pub(crate) use json::ShowOutput;

/// What `show` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Standards to tell everything of, by id or former id, as printed on a checklist; without any, all are listed
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
    /// Language of the texts in the table; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Which state of the standards is meant.
    #[command(flatten)]
    pub edition: EditionArgs,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which standards are meant.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// How `show` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs, everything in it
    Json,
    /// For spreadsheets
    Csv,
}

/// Prints standards.
///
/// # Errors
/// An unknown id or filter value, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let standing = args.edition.open(edge)?;
    let opened = &standing.project;
    let book = &opened.loaded.book;
    let site = args.site.resolve(book)?;
    let language = language(opened, args.lang.as_ref())?;
    let filter = args.filters.resolve(book)?;
    let wanted = wanted(edge, &opened.standards, &args.ids)?;
    let mut chosen = select(book, &opened.standards, site, &filter);
    if !wanted.is_empty() {
        chosen.retain(|selected| wanted.contains(&selected.standard.id.name.as_str()));
    }
    if chosen.is_empty() {
        edge.remark(say!("no standards match"));
    }
    let view = View { opened, chosen: &chosen, language: &language };
    match args.format {
        Format::Json => json::write(&view, site, edge.out.of(Content::Json)?)?,
        Format::Csv => {
            let mut bytes = Vec::new();
            list::write_csv(&view, &mut bytes)?;
            files::deliver(edge, None, Content::Csv, &bytes)?;
        }
        Format::Table if wanted.is_empty() => list::write_table(&view, edge)?,
        Format::Table => detail::write(&view, edge)?,
    }
    Ok(standing.broken(edge))
}

/// What is shown.
struct View<'a> {
    opened: &'a Project,
    chosen: &'a [Selected<'a>],
    language: &'a Language,
}

fn language(opened: &Project, tag: Option<&String>) -> Result<Language> {
    let book = &opened.loaded.book;
    let languages = super::filters::languages(book, tag.map(std::slice::from_ref).unwrap_or_default())?;
    Ok(languages.into_iter().next().unwrap_or_else(|| book.source_language().clone()))
}

/// The ids, as of now, of the standards asked for. `ID@STAMP`, as a checklist prints it, is understood.
fn wanted<'a>(edge: &Edge, standards: &'a Standards, asked: &[String]) -> Result<Vec<&'a str>> {
    let directory = Directory::of(standards);
    let mut wanted = Vec::new();
    for asked in asked {
        let Reference { id, stamp } = Reference::parse(asked);
        let standard = directory.find(id).and_then(|place| standards.all.get(place)).ok_or_else(|| {
            let known = directory.present().iter().copied();
            unknown(say!("this book has no standard `{id}`", id), id, known)
        })?;
        if stamp.is_some_and(|stamp| stamp != standard.stamp) {
            let now = Reference::to(standard).to_string();
            edge.remark(say!("{asked}: the wording has changed since; it is {now} now", asked, now));
        }
        wanted.push(standard.id.name.as_str());
    }
    Ok(wanted)
}
