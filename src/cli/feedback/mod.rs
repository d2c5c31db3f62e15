//! `feedback`: ranks service areas and phases by what customers say.

mod json;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;

use super::documents::{by_ending, note_labels, wrong_ending};
use super::filters::languages;
use super::out::Content;
use super::table::Table;
use super::usage::Usage;
use super::{Edge, Exit, SiteArgs, check, edge, files};
use crate::book::Language;
use crate::diag::Sink;
use crate::document::{self, Request, group_title, low_ratings, mean, verdict};
use crate::edition::Filter;
use crate::feedback::{Feedback, Group, Ranking, Wanted, rank};
use crate::project::Project;
use crate::render::{Renderer, format};
use crate::say;

pub(crate) use json::FeedbackOutput;

/// What `feedback` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print it; without it, by the ending of the file, else a table
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Language of the page; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// From this day, as 2026-01-31; without it, as far back as reviews are apart
    #[arg(long, value_name = "DATE", value_parser = edge::date)]
    pub since: Option<NaiveDate>,
    /// To this day; without it, to the newest response
    #[arg(long, value_name = "DATE", value_parser = edge::date)]
    pub until: Option<NaiveDate>,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// How `feedback` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// A page with charts
    Html,
}

/// Ranks what customers say, and prints where to begin. Rows that cannot be counted are told as `check` tells them.
///
/// # Errors
/// No book, an unknown site, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let how = how(&args)?;
    if let (Some(since), Some(until)) = (args.since, args.until)
        && since > until
    {
        let (since, until) = (since.to_string(), until.to_string());
        return Err(Usage::new(say!("nothing is both since {since} and until {until}", since, until)).into());
    }
    let mut opened = edge.open()?;
    let book = &opened.loaded.book;
    let language = languages(book, args.lang.as_slice())?.into_iter().next();
    let language = language.unwrap_or_else(|| book.source_language().clone());
    let site = args.site.resolve(book)?.map(|site| site.id.name.clone());
    let read = opened.feedback();
    if !check::is_whole(edge, &opened, &read.findings, args.output.as_deref())? {
        return Ok(Exit::Findings);
    }
    let book = &opened.loaded.book;
    let site_index = site.as_ref().and_then(|name| book.sites.iter().position(|site| site.id.name == *name));
    let ranking = rank(&read, book, Wanted { site: site_index, since: args.since, until: args.until });
    let exit = faults(edge, &opened, &read)?;
    if read.responses.is_empty() && read.findings.is_empty() {
        edge.remark(say!("there is no feedback yet: put what customers said into `feedback/`, one table a file, as CSV with the columns `date`, `area` or `phase`, and `rating`"));
    } else if ranking.responses == 0 {
        edge.remark(say!("no responses match"));
    }
    let content = if how == Format::Json { Content::Json } else { Content::Data };
    let mut bytes = Vec::new();
    match how {
        Format::Json => json::write(&ranking, book, &mut bytes)?,
        Format::Html => html(&opened, &read, &ranking, (&language, site.as_deref()), edge, &mut bytes)?,
        Format::Table if args.output.is_none() => return table(&opened, &ranking, edge).map(|()| exit),
        Format::Table => {
            return Err(Usage::new(say!("a table goes to standard output"))
                .help(say!("end the file in .json or .html"))
                .into());
        }
    }
    files::deliver(edge, args.output.as_deref(), content, &bytes)?;
    Ok(exit)
}

fn how(args: &Args) -> Result<Format> {
    match (args.format, &args.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Table),
        (None, Some(file)) => by_ending(file, |ending| match ending {
            "json" => Some(Format::Json),
            "html" => Some(Format::Html),
            _ => None,
        })
        .ok_or_else(|| wrong_ending(file, ".html, .json").into()),
    }
}

/// Tells on standard error what is wrong in the tables, each row at its place.
fn faults(edge: &Edge, opened: &Project, read: &Feedback) -> Result<Exit> {
    let broken = edge.broken(opened);
    if read.findings.is_empty() {
        return Ok(broken);
    }
    let mut sink = Sink::default();
    sink.add(read.findings.iter().cloned());
    let findings = sink.finish();
    check::tell(edge, opened, &findings)?;
    Ok(Exit::Findings)
}

fn html(
    opened: &Project,
    read: &Feedback,
    ranking: &Ranking,
    (language, site): (&Language, Option<&str>),
    edge: &Edge,
    out: &mut Vec<u8>,
) -> Result<()> {
    let book = &opened.loaded.book;
    note_labels(edge, [language]);
    let filter = Filter::default();
    let site = site.and_then(|name| book.site(name));
    let request = Request { site, ..Request::of(opened, &filter, language) };
    let view = document::feedback(request, read, ranking);
    if let Some(format) = format("html") {
        out.extend(Renderer::new(&book.templates).render(format, &view)?);
    }
    Ok(())
}

/// Where to begin, then the areas and the phases.
fn table(opened: &Project, ranking: &Ranking, edge: &mut Edge) -> Result<()> {
    if ranking.responses == 0 {
        return Ok(());
    }
    let words = edge.people();
    let book = &opened.loaded.book;
    let language = Language::new(words.tag());
    writeln!(edge.out, "{}", verdict(words, ranking, |group| group_title(book, &language, group)))?;
    if let Some(period) = ranking.period {
        let (since, until) = (period.since.to_string(), period.until.to_string());
        let period = words.fill("feedback.period", &[("since", &since), ("until", &until)]);
        writeln!(edge.out, "{period}: {}", words.count("feedback.responses", ranking.responses as usize))?;
    }
    for (key, groups) in [("feedback.areas", &ranking.areas), ("feedback.phases", &ranking.phases)] {
        if !groups.is_empty() {
            writeln!(edge.out, "\n{}", words.text(key))?;
            rows(groups, edge)?;
        }
    }
    Ok(())
}

fn rows(groups: &[Group], edge: &mut Edge) -> Result<()> {
    let words = edge.people();
    let head = ["rank", "key", "n", "mean", "low", "complaints", "direction", "tied-with"];
    let mut table = Table::new(head.map(|key| words.text(&format!("feedback.{key}")).to_owned()));
    for group in groups {
        let direction =
            group.direction.map(|direction| words.text(&format!("direction.{}", direction.word())).to_owned());
        table.row([
            &group.rank.to_string(),
            &group.key,
            &words.number(group.low.of() as f64),
            &mean(words, group.mean),
            &low_ratings(words, group),
            &words.number(group.complaints as f64),
            direction.as_deref().unwrap_or("–"),
            &group.tied_with.join(", "),
        ]);
    }
    table.write(edge)
}
