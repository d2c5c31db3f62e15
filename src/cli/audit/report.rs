//! `audit report`: what the audits come to, as a document or for other programs.

use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::PossibleValuesParser;

use super::report_json;
use crate::audit::figures::{Figures, RecordSelection, Selection, figures};
use crate::book::Language;
use crate::cli::documents;
use crate::cli::filters::{language, words};
use crate::cli::out::OutputKind;
use crate::cli::usage::Usage;
use crate::cli::{Edge, Exit, FilterArgs, SiteArgs, check, files};
use crate::document::audit_report::{Judged, rows_of};
use crate::document::{DocumentKind, Request, audit_report};
use crate::project::Project;
use crate::render::{Format, Paper, formats_of};
use crate::say;

/// What `audit report` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Format; without it, by the ending of the file, else md
    #[arg(long, value_name = "FORMAT", value_parser = PossibleValuesParser::new(formats_of(DocumentKind::AuditReport).map(|format| format.name).chain(["json"])))]
    pub format: Option<String>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Language; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Size of the paper that PDF and spreadsheets are laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
    /// Only audits from this day on, as 2026-01-31
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub from: Option<NaiveDate>,
    /// Only audits up to this day; with --from, the period before is compared with
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub to: Option<NaiveDate>,
    /// Add figures of persons, by their codes, where there is enough of them to be fair
    #[arg(long)]
    pub staff: bool,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which standards are meant.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// How the report is printed.
enum Form {
    Json,
    Laid(&'static Format),
}

/// Prints the report.
///
/// # Errors
/// Wrong usage, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let form = form(&args)?;
    if let Form::Laid(format) = &form {
        documents::fits_terminal(edge, format, args.output.as_deref())?;
    }
    if let (Some(from), Some(to)) = (args.from, args.to)
        && to < from
    {
        return Err(Usage::new(say!("--to {to} lies before --from {from}", to, from)).into());
    }
    let (mut opened, records) = edge.open_with_records()?;
    check::fit(edge, &opened)?;
    let faults = check::Faults::of(edge, &mut opened, &records);
    let unread = records.audits.findings.iter().chain(&records.editions.findings);
    check::whole(edge, &opened, unread, args.output.as_deref())?;
    let book = &opened.loaded.book;
    let language = language(book, args.lang.as_ref())?;
    let site = args.site.resolve(book)?;
    // What was audited counts whatever became of its standard since.
    let past = records.audits.books_of(args.from, args.to);
    let filter = args.filters.resolve_in(book, &past, &records.audits.names)?;
    let wanted = RecordSelection {
        site: site.map(|site| site.id.name.as_str()),
        filter: &filter,
        from: args.from,
        to: args.to,
        staff: args.staff,
    };
    let audits = &records.audits;
    let selection = Selection::of(book, &opened.standards, audits, wanted);
    let figures = figures(book, &opened.standards, audits, &selection);
    say_what_is_missing(edge, &figures);
    let exit = faults.tell(edge);
    let content = match &form {
        Form::Json => OutputKind::Json,
        Form::Laid(format) if format.name == "csv" => OutputKind::Csv,
        Form::Laid(_) => OutputKind::Data,
    };
    let bytes = match form {
        // The findings of a million answers are tens of megabytes, which nobody need hold.
        Form::Json if args.output.is_none() => {
            report_json::write(edge.out.of(OutputKind::Json)?, &opened, audits, &selection, &figures)?;
            return Ok(exit);
        }
        Form::Json => {
            let mut bytes = Vec::new();
            report_json::write(&mut bytes, &opened, audits, &selection, &figures)?;
            bytes
        }
        Form::Laid(format) => {
            documents::note_labels(edge, [&language]);
            let rows = rows_of(format.name);
            let reviews = &records.reviews;
            let judged = Judged { audits, reviews, selection: &selection, figures: &figures, rows };
            laid_out(edge, &args, format, &opened, site, &language, judged)?
        }
    };
    files::deliver(edge, args.output.as_deref(), content, &bytes)?;
    Ok(exit)
}

fn laid_out(
    edge: &Edge,
    args: &Args,
    format: &Format,
    opened: &Project,
    site: Option<&crate::book::Site>,
    language: &Language,
    judged: Judged<'_>,
) -> Result<Vec<u8>> {
    let filter = judged.selection.wanted.filter;
    let request = Request { site, ..Request::of(opened, filter, language) }.laid_out_as(format.name);
    documents::laid_out(edge, opened, format, args.paper, &audit_report(request, judged))
}

fn form(args: &Args) -> Result<Form> {
    if documents::is_json(args.format.as_deref(), args.output.as_deref()) {
        return Ok(Form::Json);
    }
    documents::format(DocumentKind::AuditReport, args.format.as_deref(), args.output.as_deref()).map(Form::Laid)
}

/// Says what the reader should know of the figures: that there are none, or what they do not rest on.
fn say_what_is_missing(edge: &Edge, figures: &Figures) {
    if figures.records == 0 {
        edge.remark(say!("no audits match: there is nothing to report"));
    }
    match figures.records_of_lost_editions {
        0 => {}
        n => edge.remark(say!(
            n;
            "1 of {records} records names an edition that is not here: its answers count where today's book places them; `gamma-ok check` shows it",
            "{n} of {records} records name editions that are not here: their answers count where today's book places them; `gamma-ok check` shows them",
            records = figures.records.to_string()
        )),
    }
    match figures.records_without_edition {
        0 => {}
        n => edge.remark(say!(
            n;
            "1 of {records} records names no edition: it is judged by today's book, and counts anew when that changes; `gamma-ok edition adopt` gives it its edition",
            "{n} of {records} records name no edition: they are judged by today's book, and count anew when that changes; `gamma-ok edition adopt` gives them their editions",
            records = figures.records
        )),
    }
    match figures.answers_not_counted {
        0 => {}
        n => edge.remark(say!(
            n;
            "1 answer is kept and not counted: the edition that it was judged by is not here; `gamma-ok check` shows the record",
            "{n} answers are kept and not counted: the editions that they were judged by are not here; `gamma-ok check` shows the \
             records"
        )),
    }
}
