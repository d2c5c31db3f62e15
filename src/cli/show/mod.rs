//! `show`: the resolved standards, one a line, or everything known of some.

mod detail;
mod json;
mod list;
mod thing;

use std::collections::BTreeSet;
use std::io::Write;

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
use thing::Thing;

/// What `show` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Standards to tell everything of, by id or former id, as printed on a checklist; or traits, roles, sites, phases and
    /// whatever else has an id, to tell where they are used; without any, all standards are listed
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
    /// Language of the texts in the table; without it, yours where the book has it, else the book's first
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
    // A table is read by a person, whose labels and texts are then in one language where the book has it.
    let reader = matches!(args.format, Format::Table).then(|| edge.people().tag());
    let language = language(opened, args.lang.as_ref(), reader)?;
    let filter = args.filters.resolve(book)?;
    let (wanted, things) = wanted(edge, opened, &args.ids)?;
    let chosen = select(book, &opened.standards, site, &filter);
    let wanted = (!args.ids.is_empty()).then_some(wanted);
    let view = View { opened, chosen: &chosen, wanted: wanted.as_deref(), language: &language };
    if things.is_empty() && view.told().next().is_none() {
        edge.remark(say!("no standards match"));
    }
    match args.format {
        Format::Json => json::write(&view, &things, site, edge.out.of(Content::Json)?)?,
        Format::Csv => {
            let mut bytes = Vec::new();
            list::write_csv(&view, &mut bytes)?;
            files::deliver(edge, None, Content::Csv, &bytes)?;
        }
        Format::Table if wanted.is_none() => list::write_table(&view, edge)?,
        Format::Table => {
            detail::write(&view, edge)?;
            if view.told().next().is_some() && !things.is_empty() {
                writeln!(edge.out)?;
            }
            thing::write(&view, &things, edge)?;
        }
    }
    Ok(standing.broken(edge))
}

/// What is shown.
struct View<'a> {
    opened: &'a Project,
    /// Those that the filters choose.
    chosen: &'a [Selected<'a>],
    /// Ids of those that are to be told; none for all.
    wanted: Option<&'a [&'a str]>,
    language: &'a Language,
}

impl<'a> View<'a> {
    /// The standards to be told.
    fn told(&self) -> impl Iterator<Item = &'a Selected<'a>> + use<'a> {
        let wanted = self.wanted;
        let is_wanted = move |selected: &&Selected<'_>| {
            wanted.is_none_or(|wanted| wanted.contains(&selected.standard.id.name.as_str()))
        };
        self.chosen.iter().filter(is_wanted)
    }
}

/// The language that is asked for, else the reader's where the book is written in it, else the book's first.
fn language(opened: &Project, tag: Option<&String>, reader: Option<&str>) -> Result<Language> {
    let book = &opened.loaded.book;
    if tag.is_none()
        && let Some(language) = book.languages.iter().find(|language| Some(language.primary()) == reader)
    {
        return Ok(language.clone());
    }
    let languages = super::filters::languages(book, tag.map(std::slice::from_ref).unwrap_or_default())?;
    Ok(languages.into_iter().next().unwrap_or_else(|| book.source_language().clone()))
}

/// The ids, as of now, of the standards asked for, and what else was. `ID@STAMP`, as a checklist prints it, is understood.
fn wanted<'a>(edge: &Edge, opened: &'a Project, asked: &[String]) -> Result<(Vec<&'a str>, Vec<Thing>)> {
    let (book, standards): (_, &Standards) = (&opened.loaded.book, &opened.standards);
    let directory = Directory::of(standards);
    let mut wanted = Vec::new();
    let mut things: Vec<Thing> = Vec::new();
    for asked in asked {
        let named = thing::named(book, asked);
        let Reference { id, stamp } = Reference::parse(asked.strip_prefix("standard:").unwrap_or(asked));
        let standard = directory.find(id).and_then(|place| standards.all.get(place));
        if standard.is_none() && named.is_empty() {
            let all = thing::all(book);
            let others = all.iter().filter(|(thing, _)| !thing.full().contains('.'));
            let known: BTreeSet<&str> =
                directory.present().iter().copied().chain(others.map(|(_, id)| id.name.as_str())).collect();
            return Err(unknown(say!("nothing in the book has the id `{old}`", old = id), id, known).into());
        }
        things.extend(named.into_iter().filter(|thing| !things.contains(thing)).collect::<Vec<_>>());
        let Some(standard) = standard else { continue };
        if stamp.is_some_and(|stamp| stamp != standard.stamp) {
            let now = Reference::to(standard).to_string();
            edge.remark(say!("{asked}: the wording has changed since; it is {now} now", asked, now));
        }
        wanted.push(standard.id.name.as_str());
    }
    Ok((wanted, things))
}
