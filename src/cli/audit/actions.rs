//! `audit actions`: what is done about what was found.

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::TypedValueParser;
use schemars::JsonSchema;
use serde::Serialize;

use super::printed_actions as printed;
use crate::audit::{Action, ActionState, Audits, Finding, Grade, Item, Record, findings, unanswered};
use crate::cli::documents::{self, PrintArgs, PrintFormat, table_in_file};
use crate::cli::filters::{language, words};
use crate::cli::out::OutputKind;
use crate::cli::{Edge, Exit, SiteArgs, Usage, check, files};
use crate::document::{Request, actions};
use crate::edition::Filter;
use crate::project::Project;
use crate::render::{self, Paper};
use crate::say;
use crate::source::World;
use crate::text::nearest;

/// What `audit actions` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Language of the page; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// Size of the paper that PDF and spreadsheets are laid out for
    #[arg(long, value_name = "SIZE", default_value = Paper::default().word(), value_parser = words(Paper::ALL, Paper::word))]
    pub paper: Paper,
    /// Only actions that have come this far; may be repeated
    #[arg(long, value_name = "STATE", value_delimiter = ',', value_parser = states())]
    pub state: Vec<ActionState>,
    /// Only what this owner sees to; may be repeated
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub owner: Vec<String>,
    /// Only findings that came back after their action was done
    #[arg(long)]
    pub repeat: bool,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
}

fn states() -> impl TypedValueParser<Value = ActionState> {
    words(ActionState::ALL, ActionState::word)
}

/// How actions are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// For spreadsheets
    Csv,
    /// For a document
    Md,
    /// A page
    Html,
    /// To be printed
    Pdf,
    /// A workbook
    Xlsx,
}

impl Format {
    /// How a document of them is laid out; none for what is printed here.
    fn laid(self) -> Option<&'static render::Format> {
        let name = match self {
            Format::Html => "html",
            Format::Pdf => "pdf",
            Format::Xlsx => "xlsx",
            Format::Table | Format::Json | Format::Csv | Format::Md => return None,
        };
        render::format(name)
    }
}

impl PrintFormat for Format {
    const HELP: &str = "How to print them; without it, by the ending of the file, else a table";
    const USUAL: Self = Format::Table;
    const ENDINGS: &[(&str, Self)] = &[
        ("csv", Format::Csv),
        ("html", Format::Html),
        ("json", Format::Json),
        ("md", Format::Md),
        ("pdf", Format::Pdf),
        ("xlsx", Format::Xlsx),
    ];
}

/// What `audit actions --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ActionsOutput<'a> {
    /// The day it was asked on.
    today: String,
    /// The actions: overdue ones first, then by the day they are due.
    actions: Vec<ActionRow<'a>>,
    /// How many there are of each state.
    counts: Counts,
    /// Failures of critical standards about which nothing is to be done, and which nobody has found mended since.
    without_action: Vec<WithoutAction>,
}

/// A critical failure without an action.
#[derive(Debug, Serialize, JsonSchema)]
pub(super) struct WithoutAction {
    /// Id of the standard, as of now.
    standard: String,
    /// Id of the site.
    site: Option<String>,
    /// The day it was found.
    found: String,
    /// The record.
    file: String,
    /// The line of the answer in it, from 1.
    line: usize,
}

/// How many actions there are of each state.
#[derive(Debug, Default, Serialize, JsonSchema)]
struct Counts {
    overdue: usize,
    open: usize,
    done: usize,
    without_effect: usize,
    verified: usize,
    /// Findings that came back after their action was done.
    repeat: usize,
}

/// One action.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(rename = "Row")]
pub(super) struct ActionRow<'a> {
    /// Id of the standard, as of now.
    pub(super) standard: String,
    /// The wording that was judged.
    pub(super) stamp: Option<String>,
    /// Id of the site.
    pub(super) site: Option<String>,
    /// The day it was found.
    pub(super) found: String,
    /// The action.
    #[serde(flatten)]
    pub(super) action: &'a Action,
    /// How far it has come.
    pub(super) state: ActionState,
    /// By how many days it is overdue.
    pub(super) days_overdue: Option<i64>,
    /// How grave the finding is.
    pub(super) grade: Option<Grade>,
    /// The day on which the standard was not met again at the site after the action was done.
    pub(super) came_back: Option<String>,
    /// The day of the earlier finding that this one repeats.
    pub(super) repeats: Option<String>,
    /// Whether it is about a draft: a trial, which counts in no figure.
    pub(super) draft: bool,
    /// The record.
    pub(super) file: String,
    /// The line of the action in it, from 1.
    pub(super) line: usize,
    /// Its finding, among all of them.
    #[serde(skip)]
    #[schemars(skip)]
    finding: usize,
    /// Whether it is the one that tells for all auditors of a visit what they found.
    #[serde(skip)]
    #[schemars(skip)]
    is_first: bool,
}

/// Prints the actions; ends with status 1 when one of them is overdue.
///
/// # Errors
/// Wrong usage, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let how = args.print.format()?;
    if let Some(format) = how.laid() {
        documents::fits_terminal(edge, format, args.print.file())?;
    }
    let (mut opened, records) = edge.open_with_records()?;
    let faults = check::Faults::of(edge, &mut opened, &records);
    let site = args.site.resolve(&opened.loaded.book)?.map(|site| site.id.name.clone());
    let today = opened.world.today();
    let rows = rows(&records.audits, &opened, today);
    let owners: Vec<&str> = rows.iter().filter_map(|row| row.action.owner.as_deref()).collect();
    if let Some(wrong) = args.owner.iter().find(|owner| !owners.contains(&owner.as_str())) {
        let usage = Usage::new(say!("no action is owned by `{owner}`", owner = wrong));
        let near = nearest(wrong, owners.iter().copied()).map(|near| say!("did you mean `{near}`?", near));
        return Err(near.map_or(usage.clone(), |near| usage.help(near)).into());
    }
    let keep = |row: &ActionRow| {
        (site.is_none() || row.site == site)
            && (args.state.is_empty() || args.state.contains(&row.state))
            && (args.owner.is_empty() || row.action.owner.as_ref().is_some_and(|owner| args.owner.contains(owner)))
            && (!args.repeat || row.came_back.is_some())
    };
    let rows: Vec<ActionRow> = rows.into_iter().filter(keep).collect();
    let counts = count(&rows);
    let is_overdue = counts.overdue > 0;
    if rows.is_empty() {
        edge.remark(say!("no actions match"));
    }
    let is_here = |record: &Record, _: &Item| site.is_none() || record.site == site;
    let without_action = without_action(&records.audits, &opened, today, is_here);
    for failure in without_action.iter().filter(|_| how != Format::Json) {
        let WithoutAction { standard, found, file, line, .. } = failure;
        let place = format!("{file}:{line}");
        edge.remark(say!(
            "the critical `{standard}`, not met on {found}, has no action: {place}",
            standard,
            found,
            place
        ));
    }
    let book = &opened.loaded.book;
    let (content, bytes) = match how {
        Format::Table if args.print.file().is_some() => {
            return Err(table_in_file(say!("end the file in .json or .html")));
        }
        Format::Table => (OutputKind::Data, printed::table(&rows, edge, book)?),
        Format::Csv => (OutputKind::Csv, printed::csv(&rows)?),
        Format::Md => (OutputKind::Data, printed::markdown(&rows, edge, book).into_bytes()),
        Format::Json => {
            let output = ActionsOutput { today: today.to_string(), actions: rows, counts, without_action };
            (OutputKind::Json, files::json(&output)?)
        }
        Format::Html | Format::Pdf | Format::Xlsx => {
            (OutputKind::Data, document(&args, how, edge, (&opened, &records.audits), &rows)?)
        }
    };
    if !bytes.is_empty() {
        files::deliver(edge, args.print.file(), content, &bytes)?;
    }
    let exit = faults.tell(edge);
    Ok(if is_overdue { Exit::Findings } else { exit })
}

/// The actions as a document.
fn document(
    args: &Args,
    how: Format,
    edge: &Edge,
    (opened, audits): (&Project, &Audits),
    rows: &[ActionRow],
) -> Result<Vec<u8>> {
    let Some(format) = how.laid() else { return Ok(Vec::new()) };
    let book = &opened.loaded.book;
    let language = language(book, args.lang.as_ref())?;
    documents::note_labels(edge, [&language]);
    let (filter, site) = (Filter::default(), args.site.resolve(book)?);
    let request = Request { site, ..Request::of(opened, &filter, &language) }.laid_out_as(format.name);
    let all = findings(audits, &opened.standards);
    let chosen: Vec<&Finding> = rows.iter().filter_map(|row| all.get(row.finding)).collect();
    documents::laid_out(edge, opened, format, args.paper, &actions(request, audits, &all, &chosen))
}

/// Critical failures up to `until` that nobody acts on, of the answers that are wanted.
pub(super) fn without_action(
    audits: &Audits,
    opened: &Project,
    until: NaiveDate,
    is_wanted: impl Fn(&Record, &Item) -> bool,
) -> Vec<WithoutAction> {
    let failure = |(record, item): (&Record, &Item)| {
        let source = opened.loaded.sources.get(record.file);
        WithoutAction {
            standard: audits.id(item).to_owned(),
            site: record.site.clone(),
            found: record.moment.date.to_string(),
            file: source.path.clone(),
            line: source.position(item.key.of(record.file).start as usize).line,
        }
    };
    let idle = unanswered(audits, &opened.standards, until, opened.world.today()).into_iter();
    idle.filter(|(record, item)| is_wanted(record, item)).map(failure).collect()
}

fn count(rows: &[ActionRow]) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        *match row.state {
            ActionState::Overdue => &mut counts.overdue,
            ActionState::Open => &mut counts.open,
            ActionState::Done => &mut counts.done,
            ActionState::WithoutEffect => &mut counts.without_effect,
            ActionState::Verified => &mut counts.verified,
        } += 1;
        counts.repeat += usize::from(row.came_back.is_some() && row.is_first);
    }
    counts
}

/// All actions: what is overdue first, then by the day they are due, then as they were found.
fn rows<'a>(audits: &'a Audits, opened: &Project, today: NaiveDate) -> Vec<ActionRow<'a>> {
    let all = findings(audits, &opened.standards);
    let day = |index: Option<usize>| index.map(|index: usize| all[index].record.moment.date.to_string());
    let row = |(index, finding): (usize, &Finding<'a>)| -> Option<ActionRow<'a>> {
        let action = finding.action()?;
        let source = opened.loaded.sources.get(finding.record.file);
        let state = action.state(today);
        Some(ActionRow {
            standard: audits.id(finding.item).to_owned(),
            stamp: audits.stamp(&opened.standards, finding.item).map(str::to_owned),
            site: finding.record.site.clone(),
            found: finding.record.moment.date.to_string(),
            action,
            state,
            days_overdue: action.due.filter(|_| state == ActionState::Overdue).map(|due| (today - due).num_days()),
            grade: finding.item.grade(),
            came_back: day(finding.came_back),
            repeats: day(finding.repeats),
            draft: audits.is_trial(&opened.standards, finding.item),
            file: source.path.clone(),
            line: source.position(action.span.start as usize).line,
            finding: index,
            is_first: finding.told_by.is_none(),
        })
    };
    let mut rows: Vec<ActionRow> = all.iter().enumerate().filter_map(row).collect();
    // What has no day comes after what has one.
    rows.sort_by_cached_key(|row| (row.state, row.action.due.is_none(), row.action.due, row.found.clone()));
    rows
}
