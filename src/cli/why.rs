//! `why`: what led to a standard, and what came of it.

use std::io::Write;

use anyhow::Result;

use super::documents::{self, PrintArgs, PrintFormat, table_in_file};
use super::filters::language;
use super::out::OutputKind;
use super::table::{Table, one_line};
use super::usage::{Usage, unknown};
use super::{Edge, Exit, SiteArgs, check, files};
use crate::document::{DocumentKind, Orphans, Request, WhyView, orphans, why, why_of};
use crate::edition::{Directory, Filter, Reference};
use crate::project::{Project, Records};
use crate::render::Paper;
use crate::say;

/// What `why` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The standard, by its id or a former one, as printed on a checklist
    #[arg(value_name = "ID", required_unless_present = "orphans")]
    pub id: Option<String>,
    /// Instead: standards that nothing supports, and findings that led to nothing
    #[arg(long, conflicts_with = "id")]
    pub orphans: bool,
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Language; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// For programs
    Json,
    /// A page
    Html,
}

impl PrintFormat for Format {
    const HELP: &str = "How to print it; without it, by the ending of the file, else as text";
    const USUAL: Self = Format::Text;
    const ENDINGS: &[(&str, Self)] = &[("html", Format::Html), ("json", Format::Json), ("txt", Format::Text)];
}

/// Tells it.
///
/// # Errors
/// An unknown standard, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let format = args.print.format()?;
    if args.orphans && format == Format::Html {
        return Err(Usage::new(say!("the list of orphans is no page")).help(say!("ask for `text` or `json`")).into());
    }
    let (mut opened, records) = edge.open_with_records()?;
    let faults = check::Faults::of(edge, &mut opened, &records);
    check::whole(edge, &opened, records.findings().iter(), args.print.file())?;
    let Some(asked) = &args.id else {
        of_orphans(&args, format, edge, &opened, &records)?;
        return Ok(faults.tell(edge));
    };
    let directory = Directory::of(&opened.standards);
    let id = Reference::parse(asked).id;
    let place = directory.find(id).ok_or_else(|| {
        unknown(say!("this book has no standard `{id}`", id), id, directory.present().iter().copied())
    })?;
    let Some(told) = why_of(&opened, &records, place) else { return Ok(Exit::Findings) };
    if format == Format::Json {
        return files::deliver_json(edge, args.print.file(), &told).map(|()| faults.tell(edge));
    }
    let book = &opened.loaded.book;
    let language = language(book, args.lang.as_ref())?;
    documents::note_labels(edge, [&language]);
    let filter = Filter::default();
    let request = Request { site: args.site.resolve(book)?, ..Request::of(&opened, &filter, &language) };
    let view = why(request, &told);
    let (content, bytes) = match format {
        Format::Html => {
            let format = documents::format(DocumentKind::Why, Some("html"), None)?;
            (OutputKind::Data, documents::laid_out(edge, &opened, format, Paper::default(), &view)?)
        }
        Format::Text | Format::Json => (OutputKind::People, text(&view).into_bytes()),
    };
    files::deliver(edge, args.print.file(), content, &bytes)?;
    Ok(faults.tell(edge))
}

/// The parts one below the other, a line a row, what stands in it under its heading where that is needed.
fn text(view: &WhyView) -> String {
    let mut text = format!("{}\n{}\n", view.reference, one_line(&view.text.characters()));
    for section in view.sections.iter() {
        text.push_str(&format!("\n{}\n", section.title));
        for table in &section.tables {
            for row in &table.rows {
                let cells = row.cells.iter().zip(&table.columns).enumerate().filter_map(|(place, (cell, column))| {
                    let code = cell.code.as_ref().map(|code| code.characters());
                    let shown = [Some(cell.text.characters()), code].into_iter().flatten();
                    let shown = shown.filter(|shown| !shown.is_empty()).collect::<Vec<_>>().join(" · ");
                    // The first two tell what they are.
                    let label = if place < 2 { String::new() } else { format!("{}: ", column.title) };
                    (!shown.is_empty()).then(|| format!("{label}{}", one_line(&shown)))
                });
                text.push_str(&format!("  {}\n", cells.collect::<Vec<_>>().join("; ")));
            }
        }
    }
    text
}

fn of_orphans(args: &Args, format: Format, edge: &mut Edge, opened: &Project, records: &Records) -> Result<()> {
    let orphans = orphans(opened, records);
    if format == Format::Json {
        return files::deliver_json(edge, args.print.file(), &orphans);
    }
    let Orphans { standards, findings } = &orphans;
    if args.print.file().is_some() {
        return Err(table_in_file(say!("end the file in .json")));
    }
    if standards.is_empty() && findings.is_empty() {
        edge.remark(say!("every standard has something that supports it, and every finding led to something"));
    }
    let book = &opened.loaded.book;
    if !standards.is_empty() {
        let title =
            edge.say(&say!(standards.len(); "1 standard that nothing supports", "{n} standards that nothing supports"));
        writeln!(edge.out, "{title}")?;
        let head = [say!("standard"), say!("phase"), say!("text")];
        let mut table = Table::new(head.map(|head| edge.say(&head)));
        for standard in standards {
            let text = book.in_source(&standard.text).map(one_line).unwrap_or_default();
            table.row([&standard.id, &standard.phase, &text]);
        }
        table.write(edge)?;
    }
    if !findings.is_empty() {
        let title =
            edge.say(&say!(findings.len(); "1 finding that led to nothing", "{n} findings that led to nothing"));
        writeln!(edge.out, "{}{title}", if standards.is_empty() { "" } else { "\n" })?;
        let head = [say!("standard"), say!("date"), say!("site"), say!("place")];
        let mut table = Table::new(head.map(|head| edge.say(&head)));
        for finding in findings {
            let place = format!("{}:{}", finding.file, finding.line);
            table.row([&finding.standard, &finding.date, finding.site.as_deref().unwrap_or("–"), &place]);
        }
        table.write(edge)?;
    }
    Ok(())
}
