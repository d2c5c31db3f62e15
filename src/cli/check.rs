//! `check`: every rule over the whole book.

use std::path::Path;

use anyhow::Result;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::out::OutputKind;
use super::usage::{Told, Usage, unknown};
use super::{Edge, Exit};
use crate::audit::{is_later, leaves_out};
use crate::book::is_of_whole_file;
use crate::diag::{Code, Diagnostic, Severity};
use crate::edition::Editions;
use crate::message::Message;
use crate::project::{Checked, Project, Records};
use crate::report::{FORMS, Report, ReportFormat, Style};
use crate::say;

/// How wide findings are where there is no terminal to ask.
const USUAL_WIDTH: usize = 120;

/// What `check` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print the remarks
    #[arg(long, value_name = "FORMAT", default_value = "human", value_parser = form())]
    pub format: &'static ReportFormat,
    /// End with status 1 for these too: `warnings`, `notes` (and warnings), or a rule's code; may be repeated
    #[arg(long, value_name = "WHAT", value_delimiter = ',')]
    pub deny: Vec<String>,
}

fn form() -> impl TypedValueParser<Value = &'static ReportFormat> {
    PossibleValuesParser::new(FORMS.iter().map(|form| PossibleValue::new(form.name).help(form.about))).try_map(|name| {
        FORMS.iter().find(|form| form.name == name).ok_or_else(|| Usage::new(say!("`{name}` is unknown", name)))
    })
}

/// Checks the book and prints what was found.
///
/// # Errors
/// No book, an unknown rule in `--deny`, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let deny = Deny::read(&args.deny)?;
    let (mut opened, mut records) = edge.open_with_records()?;
    let Checked { findings, remark } = opened.check(&mut records);
    remark.into_iter().for_each(|remark| edge.remark(remark));
    let responses = records.feedback.responses.len();
    write(edge, &opened, &findings, args.format, &deny)?;
    if responses > 0 && args.format.for_people {
        edge.remark(say!(
            responses;
            "1 response of a customer: `gamma-ok feedback` says which area to improve first",
            "{n} responses of customers: `gamma-ok feedback` says which area to improve first"
        ));
    }
    Ok(if findings.iter().any(|finding| deny.covers(finding)) { Exit::Findings } else { Exit::Fine })
}

/// Tells what is in the way of a command, where something is, and ends it.
///
/// # Errors
/// [`Told`] where there are findings.
pub(super) fn clear(edge: &Edge, opened: &Project, findings: &[Diagnostic], remark: Message) -> Result<()> {
    if findings.is_empty() {
        return Ok(());
    }
    tell(edge, opened, findings)?;
    edge.remark(remark);
    Err(Told.into())
}

/// Documents need a book without errors.
pub(super) fn fit(edge: &Edge, opened: &Project) -> Result<()> {
    clear(edge, opened, &opened.errors(), say!("documents are made when the book has no errors"))
}

/// What is recorded names the standards that it was judged by: the system has to give every file of the book. What an author
/// wrote wrongly there keeps nobody from recording what was seen.
pub(super) fn given(edge: &Edge, opened: &Project, editions: &Editions) -> Result<()> {
    let remark = say!("nothing was written: by which standards it was judged stands in what could not be read");
    clear(edge, opened, &opened.withheld(editions), remark)
}

/// A file holds all of a book or stays as it was: files of the book, and of those records that it tells of, have to be read, and
/// all of such a record has to count.
pub(super) fn whole<'a>(
    edge: &Edge,
    opened: &'a Project,
    records: impl IntoIterator<Item = &'a Diagnostic>,
    output: Option<&Path>,
) -> Result<()> {
    let Some(file) = output else { return Ok(()) };
    let is_of_file = |finding: &&Diagnostic| {
        let source = opened.loaded.sources.get(finding.span.file);
        source.is_withheld
            || is_of_whole_file(finding.code, finding.span)
            || leaves_out(finding, &source.path, edge.globals.today.is_some())
            || finding.code == Code::ReviewAltered
    };
    let unread: Vec<Diagnostic> = opened.loaded.findings.iter().chain(records).filter(is_of_file).cloned().collect();
    let remark = say!("`{file}` was not written: it would lack what could not be read", file = file.display());
    clear(edge, opened, &unread, remark)
}

/// How many errors a book and its records have. What tells of them is shown all the same, and then says that something may be
/// missing.
pub(super) struct Faults {
    book: usize,
    records: usize,
}

impl Faults {
    /// Counts them; sets of editions that are not as they were written are read for that.
    pub fn of(edge: &Edge, opened: &mut Project, records: &Records) -> Faults {
        let altered = records.editions.altered(&opened.world, &mut opened.loaded.sources);
        let is_error = |finding: &&Diagnostic| {
            let path = &opened.loaded.sources.get(finding.span.file).path;
            // What came after the day that is asked for had not been then.
            finding.code.severity() == Severity::Error
                && finding.severity == Severity::Error
                && !is_later(finding, path, edge.globals.today.is_some())
        };
        let found = records.findings();
        let records = found.iter().chain(&altered).filter(is_error).count();
        Faults { book: opened.errors().len(), records }
    }

    /// The exit status of what was shown; says on standard error that there are errors.
    pub fn tell(&self, edge: &Edge) -> Exit {
        if self.records == 0 {
            return edge.lacking(self.book);
        }
        edge.remark(say!(
            self.records;
            "the records have 1 error, so something may be missing here; `gamma-ok check` shows it",
            "the records have {n} errors, so something may be missing here; `gamma-ok check` shows them"
        ));
        Exit::Findings
    }
}

/// How a book's files are reached from the root of its repository, or from the working folder where there is none: empty, or
/// a relative path that ends in `/`. The nearest folder upwards with `.git` is taken for the root: no program is asked.
fn from_repository(edge: &Edge, book: &Path) -> String {
    let Some(root) = book.ancestors().find(|folder| folder.join(".git").exists()) else { return edge.prefix(book) };
    let below = book.strip_prefix(root).unwrap_or(book);
    below.components().map(|part| format!("{}/", part.as_os_str().to_string_lossy())).collect()
}

fn write(edge: &mut Edge, opened: &Project, findings: &[Diagnostic], form: &ReportFormat, deny: &Deny) -> Result<()> {
    let content = match form.name {
        "json" | "sarif" => OutputKind::Json,
        _ if form.for_people => OutputKind::People,
        _ => OutputKind::Data,
    };
    // Only what people read follows the locale.
    let interface = if form.for_people { edge.tongue.people } else { edge.tongue.programs };
    let width = edge.out.width().unwrap_or(USUAL_WIDTH);
    let style = Style { colour: edge.colours(), width, count: !edge.globals.quiet };
    let report = Report {
        findings,
        sources: &opened.loaded.sources,
        prefix: &edge.prefix(opened.world.root()),
        root: &from_repository(edge, opened.world.root()),
        standards: opened.standards.all.len(),
        decides: &|finding| deny.covers(finding),
        interface,
        style,
    };
    Ok((form.write)(&report, edge.out.of(content)?)?)
}

/// Tells a person of findings beside the results, on standard error: they are not what was asked for.
///
/// # Errors
/// Never in fact: what is written goes to memory first.
pub(super) fn tell(edge: &Edge, opened: &Project, findings: &[Diagnostic]) -> Result<()> {
    let deny = Deny::default();
    let report = Report {
        findings,
        sources: &opened.loaded.sources,
        prefix: &edge.prefix(opened.world.root()),
        root: &from_repository(edge, opened.world.root()),
        standards: opened.standards.all.len(),
        decides: &|finding| deny.covers(finding),
        interface: edge.people(),
        style: Style { colour: edge.colours_errors(), width: USUAL_WIDTH, count: false },
    };
    let mut text = Vec::new();
    (FORMS[0].write)(&report, &mut text)?;
    edge.to_stderr(String::from_utf8_lossy(&text).trim_end());
    Ok(())
}

/// What counts as failing beside errors.
#[derive(Debug, Default)]
struct Deny {
    from: Option<Severity>,
    codes: Vec<Code>,
}

impl Deny {
    fn read(words: &[String]) -> Result<Self, Usage> {
        let mut deny = Deny::default();
        for word in words {
            let severity = match word.as_str() {
                "warning" | "warnings" => Some(Severity::Warning),
                "note" | "notes" => Some(Severity::Note),
                _ => None,
            };
            match (severity, Code::named(word)) {
                (Some(severity), _) => deny.from = Some(deny.from.map_or(severity, |from| from.min(severity))),
                (None, Some(code)) => deny.codes.push(code),
                (None, None) => {
                    let known = ["warnings", "notes"].into_iter().chain(Code::ALL.iter().map(|code| code.word()));
                    return Err(unknown(say!("--deny: there is no rule `{word}`", word), word, known));
                }
            }
        }
        Ok(deny)
    }

    fn covers(&self, finding: &Diagnostic) -> bool {
        finding.severity >= self.from.unwrap_or(Severity::Error) || self.codes.contains(&finding.code)
    }
}
