//! `show`: the resolved standards, one a line, or everything known of some.

mod detail;
mod json;
mod list;
mod thing;

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;

use super::documents::{PrintArgs, PrintFormat};
use super::files;
use super::out::OutputKind;
use super::usage::{Usage, unknown};
use super::{Edge, Exit, StandardsArgs};
use crate::book::Language;
use crate::diag::Code;
use crate::edit::rename::NamedThing;
use crate::edition::{Directory, Reference, Selected, select};
use crate::import::sheet::rows;
use crate::language::Interface;
use crate::method::Standards;
use crate::project::Project;
use crate::render::standards_sheet;
use crate::say;

pub(crate) use json::ShowOutput;

/// What `show` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Standards to tell everything of, by id or former id, as printed on a checklist; or traits, roles, sites, phases and
    /// whatever else has an id, to tell where they are used; without any, all standards are listed
    #[arg(value_name = "ID")]
    pub ids: Vec<String>,
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Language of the texts in the table, and of the words in a sheet; without it, yours where the book has it, else the book's
    /// first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Which standards are meant.
    #[command(flatten)]
    pub standards: StandardsArgs,
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
    /// A sheet to edit, which `import` takes back
    Xlsx,
}

impl PrintFormat for Format {
    const HELP: &str = "How to print them; without it, by the ending of the file, else a table";
    const USUAL: Self = Format::Table;
    const ENDINGS: &[(&str, Self)] = &[("xlsx", Format::Xlsx), ("csv", Format::Csv), ("json", Format::Json)];
}

/// Prints standards.
///
/// # Errors
/// An unknown id or filter value, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let standing = args.standards.edition.open(edge)?;
    let opened = &standing.project;
    let book = &opened.loaded.book;
    let site = args.standards.site.resolve(book)?;
    // A table is read by a person, whose labels and texts are then in one language where the book has it.
    let format = args.format()?;
    let reader = matches!(format, Format::Table).then(|| edge.people().tag());
    let language = language(opened, args.lang.as_ref(), reader)?;
    let filter = args.standards.filters.resolve(book)?;
    let (wanted, things) = wanted(edge, opened, &args.ids)?;
    if format == Format::Xlsx && args.print.file().is_none() && edge.out.is_terminal() {
        let wrong = Usage::new(say!("{format} is not text to be read on a terminal", format = "xlsx"));
        return Err(wrong.help(say!("name a file with -o")).into());
    }
    let chosen = select(book, &opened.standards, site, &filter);
    let wanted = (!args.ids.is_empty()).then_some(wanted);
    let view = View { opened, chosen: &chosen, wanted: wanted.as_deref(), language: &language };
    if things.is_empty() && view.told().next().is_none() {
        edge.remark(say!("no standards match"));
    }
    match format {
        Format::Json => {
            let mut bytes = Vec::new();
            json::write(&view, &things, site, &mut bytes)?;
            files::deliver(edge, args.print.file(), OutputKind::Json, &bytes)?;
        }
        Format::Csv => {
            let mut bytes = Vec::new();
            list::write_csv(&view, &mut bytes)?;
            files::deliver(edge, args.print.file(), OutputKind::Csv, &bytes)?;
        }
        Format::Xlsx => {
            let bytes = sheet(&view)?;
            files::deliver(edge, args.print.file(), OutputKind::Data, &bytes)?;
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

impl Args {
    /// How to print: as it was asked for, else by the ending of the file.
    fn format(&self) -> Result<Format, Usage> {
        match self.print.format() {
            Ok(Format::Table) | Err(_) if self.print.file().is_some() => {
                let message = say!("a table for people is not written to a file");
                Err(Usage::new(message).help(say!("name a file that ends in .xlsx, .csv or .json")))
            }
            format => format,
        }
    }
}

/// The standards that are shown as a sheet to edit. The words of a sheet are those of the language asked for.
fn sheet(view: &View) -> Result<Vec<u8>> {
    let book = &view.opened.loaded.book;
    let words = Interface::of(view.language);
    let rows = rows(book, view.told().map(|selected| selected.standard), words);
    Ok(standards_sheet(book, &rows, words)?)
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
    super::filters::language(book, tag)
}

/// The ids, as of now, of the standards asked for, and what else was. `ID@STAMP`, as a checklist prints it, is understood.
fn wanted<'a>(edge: &Edge, opened: &'a Project, asked: &[String]) -> Result<(Vec<&'a str>, Vec<NamedThing>)> {
    let (book, standards): (_, &Standards) = (&opened.loaded.book, &opened.standards);
    let directory = Directory::of(standards);
    let mut wanted = Vec::new();
    let mut things: Vec<NamedThing> = Vec::new();
    for asked in asked {
        let named = thing::named(book, asked);
        let Reference { id, stamp } = Reference::parse(asked.strip_prefix("standard:").unwrap_or(asked));
        let standard = directory.find(id).and_then(|place| standards.all.get(place));
        if standard.is_none() && named.is_empty() {
            let all = thing::all(book);
            let others = all.iter().filter(|(thing, _)| !thing.full().contains('.'));
            let known: BTreeSet<&str> =
                directory.present().iter().copied().chain(others.map(|(_, id)| id.name.as_str())).collect();
            // It may stand in a file that cannot be read just now.
            let unread = opened.loaded.findings.iter().filter(|finding| finding.code == Code::YamlSyntax);
            let unread: Vec<_> = unread.cloned().collect();
            if !unread.is_empty() {
                super::check::tell(edge, opened, &unread)?;
            }
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
