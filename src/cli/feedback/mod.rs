//! `feedback`: ranks service areas and phases by what customers say.

mod json;

use std::io::Write;
use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;

use super::documents::{self, by_ending, laid_out, note_labels, table_in_file};
use super::filters::{language, words};
use super::out::OutputKind;
use super::table::{Table, one_line};
use super::usage::Usage;
use super::{Edge, Exit, SiteArgs, check, edge, files};
use crate::book::Language;
use crate::diag::Sink;
use crate::document::{self, DocumentKind, Request, group_title, low_ratings, mean, verdict};
use crate::edition::Filter;
use crate::feedback::{Feedback, RankedGroup, Ranking, ResponseSelection, rank};
use crate::project::Project;
use crate::render::{Format, Paper, formats_of};
use crate::say;

pub(crate) use json::FeedbackOutput;

/// What `feedback` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print it; without it, by the ending of the file, else a table
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(["table", "json"].into_iter().chain(formats_of(DocumentKind::Feedback).map(|format| format.name))))]
    pub format: Option<String>,
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
    /// Size of the paper that PDF is laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
}

/// How `feedback` prints.
enum Form {
    /// For people.
    Table,
    /// For programs.
    Json,
    /// As a document.
    Laid(&'static Format),
}

/// Ranks what customers say, and prints where to begin. Rows that cannot be counted are told as `check` tells them.
///
/// # Errors
/// No book, an unknown site, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let how = how(&args)?;
    if let Form::Laid(format) = &how {
        documents::fits_terminal(edge, format, args.output.as_deref())?;
    }
    if let (Some(since), Some(until)) = (args.since, args.until)
        && since > until
    {
        let (since, until) = (since.to_string(), until.to_string());
        return Err(Usage::new(say!("nothing is both since {since} and until {until}", since, until)).into());
    }
    let mut opened = edge.open()?;
    let book = &opened.loaded.book;
    let language = language(book, args.lang.as_ref())?;
    let site = args.site.resolve(book)?.map(|site| site.id.name.clone());
    let read = opened.feedback();
    check::whole(edge, &opened, &read.findings, args.output.as_deref())?;
    let book = &opened.loaded.book;
    let site_index = site.as_ref().and_then(|name| book.sites.iter().position(|site| site.id.name == *name));
    let ranking = rank(&read, book, ResponseSelection { site: site_index, since: args.since, until: args.until });
    let exit = faults(edge, &opened, &read)?;
    if read.responses.is_empty() && read.findings.is_empty() {
        edge.remark(say!("there is no feedback yet: put what customers said into `feedback/`, one table a file, as CSV with the columns `date`, `area` or `phase`, and `rating`"));
    } else if ranking.responses == 0 {
        edge.remark(say!("no responses match"));
    }
    let content = if matches!(how, Form::Json) { OutputKind::Json } else { OutputKind::Data };
    let bytes = match how {
        Form::Json => files::json(&json::output(&ranking, book))?,
        Form::Laid(format) => {
            let filter = Filter::default();
            let site = site.as_deref().and_then(|name| book.site(name));
            let request = Request { site, ..Request::of(&opened, &filter, &language) };
            note_labels(edge, [&language]);
            laid_out(edge, &opened, format, args.paper, &document::feedback(request, &read, &ranking))?
        }
        Form::Table if args.output.is_none() => return table(&opened, &ranking, edge).map(|()| exit),
        Form::Table => return Err(table_in_file(say!("end the file in .json or .html"))),
    };
    files::deliver(edge, args.output.as_deref(), content, &bytes)?;
    Ok(exit)
}

fn how(args: &Args) -> Result<Form> {
    let is_json = |file: &PathBuf| by_ending(file, |ending| (ending == "json").then_some(())).is_some();
    Ok(match (args.format.as_deref(), &args.output) {
        (Some("table"), _) | (None, None) => Form::Table,
        (Some("json"), _) => Form::Json,
        (None, Some(file)) if is_json(file) => Form::Json,
        (name, file) => Form::Laid(documents::format(DocumentKind::Feedback, name, file.as_deref())?),
    })
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
            rows(groups, edge, |group| group_title(book, &language, group))?;
        }
    }
    Ok(())
}

fn rows(groups: &[RankedGroup], edge: &mut Edge, title: impl Fn(&RankedGroup) -> String) -> Result<()> {
    let words = edge.people();
    let head = ["rank", "key", "n", "mean", "low", "complaints", "direction", "tied-with"];
    let mut table = Table::new(head.map(|key| words.text(&format!("feedback.{key}")).to_owned()));
    let tied = |group: &RankedGroup| {
        let others = groups.iter().filter(|other| group.tied_with.contains(&other.key));
        others.map(&title).collect::<Vec<_>>().join(", ")
    };
    for group in groups {
        let direction =
            group.direction.map(|direction| words.text(&format!("direction.{}", direction.word())).to_owned());
        table.row([
            &group.rank.to_string(),
            &one_line(&title(group)),
            &words.number(group.low.of() as f64),
            &mean(words, group.mean),
            &low_ratings(words, group),
            &words.number(group.complaints as f64),
            direction.as_deref().unwrap_or("–"),
            &one_line(&tied(group)),
        ]);
    }
    table.write(edge)
}
