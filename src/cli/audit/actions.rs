//! `audit actions`: what is done about what was found.

use std::io::Write;

use anyhow::Result;
use chrono::NaiveDate;
use clap::builder::TypedValueParser;
use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::{Action, ActionState, Audits, Finding, Grade, Item, Record, findings, unanswered};
use crate::book::{Book, Language, Text};
use crate::cli::Usage;
use crate::cli::filters::words;
use crate::cli::out::Content;
use crate::cli::table::{Table, one_line};
use crate::cli::{Edge, Exit, SiteArgs, files};
use crate::diag::Severity;
use crate::project::Project;
use crate::say;
use crate::source::World;
use crate::text::{harmless, nearest};

/// What `audit actions` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,
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
}

/// What `audit actions --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ActionsOutput<'a> {
    /// The day it was asked on.
    today: String,
    /// The actions: overdue ones first, then by the day they are due.
    actions: Vec<Row<'a>>,
    /// How many there are of each state.
    counts: Counts,
    /// Failures of critical standards about which nothing is to be done, and which nobody has found mended since.
    without_action: Vec<WithoutAction>,
}

/// A critical failure without an action.
#[derive(Debug, Serialize, JsonSchema)]
struct WithoutAction {
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
struct Row<'a> {
    /// Id of the standard, as of now.
    standard: String,
    /// The wording that was judged.
    stamp: Option<String>,
    /// Id of the site.
    site: Option<String>,
    /// The day it was found.
    found: String,
    /// The action.
    #[serde(flatten)]
    action: &'a Action,
    /// How far it has come.
    state: ActionState,
    /// By how many days it is overdue.
    days_overdue: Option<i64>,
    /// How grave the finding is.
    grade: Option<Grade>,
    /// The day on which the standard was not met again at the site after the action was done.
    came_back: Option<String>,
    /// The day of the earlier finding that this one repeats.
    repeats: Option<String>,
    /// The record.
    file: String,
    /// The line of the action in it, from 1.
    line: usize,
}

/// Prints the actions; ends with status 1 when one of them is overdue.
///
/// # Errors
/// Wrong usage, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let (opened, records) = edge.open_with_records()?;
    let site = args.site.resolve(&opened.loaded.book)?.map(|site| site.id.name.clone());
    let today = opened.world.today();
    let rows = rows(&records.audits, &opened, today);
    let owners: Vec<&str> = rows.iter().filter_map(|row| row.action.owner.as_deref()).collect();
    if let Some(wrong) = args.owner.iter().find(|owner| !owners.contains(&owner.as_str())) {
        let usage = Usage::new(say!("no action is owned by `{owner}`", owner = wrong));
        let near = nearest(wrong, owners.iter().copied()).map(|near| say!("did you mean `{near}`?", near));
        return Err(near.map_or(usage.clone(), |near| usage.help(near)).into());
    }
    let keep = |row: &Row| {
        (site.is_none() || row.site == site)
            && (args.state.is_empty() || args.state.contains(&row.state))
            && (args.owner.is_empty() || row.action.owner.as_ref().is_some_and(|owner| args.owner.contains(owner)))
            && (!args.repeat || row.came_back.is_some())
    };
    let rows: Vec<Row> = rows.into_iter().filter(keep).collect();
    let counts = count(&rows);
    let is_overdue = counts.overdue > 0;
    if rows.is_empty() {
        edge.remark(say!("no actions match"));
    }
    let mut without_action = without_action(&records.audits, &opened, today);
    without_action.retain(|failure| site.is_none() || failure.site == site);
    for failure in without_action.iter().filter(|_| args.format != Format::Json) {
        let WithoutAction { standard, found, file, line, .. } = failure;
        let place = format!("{file}:{line}");
        edge.remark(say!(
            "nothing is to be done about the critical `{standard}`, not met on {found}: {place}",
            standard,
            found,
            place
        ));
    }
    match args.format {
        Format::Table => table(&rows, edge, &opened.loaded.book)?,
        Format::Csv => csv(&rows, edge)?,
        Format::Md => markdown(&rows, edge, &opened.loaded.book)?,
        Format::Json => {
            let output = ActionsOutput { today: today.to_string(), actions: rows, counts, without_action };
            serde_json::to_writer_pretty(edge.out.of(Content::Json)?, &output)?;
            writeln!(edge.out)?;
        }
    }
    Ok(if is_overdue { Exit::Findings } else { broken(edge, &opened, &records) })
}

/// Says so when records could not be read as a whole, so that actions may be missing.
fn broken(edge: &Edge, opened: &Project, records: &crate::project::Records) -> Exit {
    match records.findings().iter().filter(|finding| finding.code.severity() == Severity::Error).count() {
        0 => edge.broken(opened),
        n => {
            edge.remark(say!(
                n;
                "the records have 1 error, so something may be missing here; `gamma-ok check` shows it",
                "the records have {n} errors, so something may be missing here; `gamma-ok check` shows them"
            ));
            Exit::Findings
        }
    }
}

fn without_action(audits: &Audits, opened: &Project, today: NaiveDate) -> Vec<WithoutAction> {
    let is_critical = |item: &Item| audits.row(&opened.standards, item).is_some_and(|standard| standard.critical);
    let failure = |(record, item): (&Record, &Item)| {
        let source = opened.loaded.sources.get(record.file);
        WithoutAction {
            standard: audits.id(item).to_owned(),
            site: record.site.clone(),
            found: record.moment.date.to_string(),
            file: source.path.clone(),
            line: source.position(item.span.start as usize).line,
        }
    };
    unanswered(audits, today, is_critical).into_iter().map(failure).collect()
}

fn count(rows: &[Row]) -> Counts {
    let mut counts = Counts::default();
    for row in rows {
        *match row.state {
            ActionState::Overdue => &mut counts.overdue,
            ActionState::Open => &mut counts.open,
            ActionState::Done => &mut counts.done,
            ActionState::WithoutEffect => &mut counts.without_effect,
            ActionState::Verified => &mut counts.verified,
        } += 1;
        counts.repeat += usize::from(row.came_back.is_some());
    }
    counts
}

/// All actions: what is overdue first, then by the day they are due, then as they were found.
fn rows<'a>(audits: &'a Audits, opened: &Project, today: NaiveDate) -> Vec<Row<'a>> {
    let all = findings(audits);
    let day = |index: Option<usize>| index.map(|index: usize| all[index].record.moment.date.to_string());
    let row = |finding: &Finding<'a>| -> Option<Row<'a>> {
        let action = finding.item.action()?;
        let source = opened.loaded.sources.get(finding.record.file);
        let state = action.state(today);
        Some(Row {
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
            file: source.path.clone(),
            line: source.position(action.span.start as usize).line,
        })
    };
    let mut rows: Vec<Row> = all.iter().filter_map(row).collect();
    // What has no day comes after what has one.
    rows.sort_by_cached_key(|row| (row.state, row.action.due.is_none(), row.action.due, row.found.clone()));
    rows
}

/// The cells for a person: states in the reader's words, roles and sites by their titles.
fn cells(row: &Row, edge: &Edge, book: &Book) -> [String; 9] {
    let day = |day: Option<NaiveDate>| day.map_or_else(|| "-".to_owned(), |day| day.to_string());
    let language = Language::new(edge.people().tag());
    // Who reads English sees the words that the records have.
    let titled = |name: &String, title: Option<&Text>| {
        let title = title.and_then(|title| title.best(&language, book.source_language()));
        title.filter(|_| language != *Language::english()).map_or_else(|| name.clone(), |title| one_line(&title.text))
    };
    let owner = row.action.owner.as_ref().map(|name| titled(name, book.role(name).map(|role| &role.title)));
    let site = row.site.as_ref().map(|name| titled(name, book.site(name).map(|site| &site.title)));
    let state = edge.people().word("report.state", row.state.word());
    let state = match (row.days_overdue, &row.came_back) {
        (Some(days), _) => edge.say(&say!("{state} {days} d", state, days)),
        (None, Some(day)) => edge.say(&say!("{state}, came back {day}", state, day)),
        (None, None) => state.to_owned(),
    };
    [
        state,
        day(row.action.due),
        owner.unwrap_or_else(|| "-".to_owned()),
        site.unwrap_or_else(|| "-".to_owned()),
        row.standard.clone(),
        day(row.action.done),
        day(row.action.verified),
        format!("{}:{}", row.file, row.line),
        row.action.what.clone(),
    ]
}

/// The heads of the columns, in the language of whoever reads them.
fn heads(edge: &Edge) -> [String; 9] {
    [
        say!("state"),
        say!("due"),
        say!("owner"),
        say!("site"),
        say!("standard"),
        say!("done"),
        say!("verified"),
        say!("record"),
        say!("what is done"),
    ]
    .map(|head| edge.say(&head))
}

fn table(rows: &[Row], edge: &mut Edge, book: &Book) -> Result<()> {
    let mut table = Table::new(heads(edge));
    rows.iter().for_each(|row| table.row(cells(row, edge, book).each_ref().map(String::as_str)));
    if !rows.is_empty() {
        table.write(edge)?;
    }
    Ok(())
}

fn markdown(rows: &[Row], edge: &mut Edge, book: &Book) -> Result<()> {
    let line = |cells: [String; 9]| {
        let escaped = cells.map(|cell| one_line(&cell).replace('\\', "\\\\").replace('|', "\\|").replace('<', "\\<"));
        format!("| {} |", escaped.join(" | "))
    };
    let heads = line(heads(edge));
    edge.out.of(Content::Data)?;
    writeln!(edge.out, "{heads}\n|{}", " --- |".repeat(9))?;
    for row in rows {
        writeln!(edge.out, "{}", line(cells(row, edge, book)))?;
    }
    Ok(())
}

fn csv(rows: &[Row], edge: &mut Edge) -> Result<()> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "state",
        "standard",
        "stamp",
        "site",
        "found",
        "what",
        "cause",
        "owner",
        "due",
        "done",
        "verified",
        "effective",
        "days_overdue",
        "grade",
        "came_back",
        "repeats",
        "file",
        "line",
    ])?;
    for row in rows {
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let day = |day: Option<NaiveDate>| day.map(|day| day.to_string()).unwrap_or_default();
        let cells = [
            row.state.to_string(),
            row.standard.clone(),
            text(&row.stamp),
            text(&row.site),
            row.found.clone(),
            row.action.what.clone(),
            text(&row.action.cause),
            text(&row.action.owner),
            day(row.action.due),
            day(row.action.done),
            day(row.action.verified),
            row.action.effective.map_or_else(String::new, |effective| effective.to_string()),
            row.days_overdue.map_or_else(String::new, |days| days.to_string()),
            row.grade.map_or_else(String::new, |grade| grade.to_string()),
            text(&row.came_back),
            text(&row.repeats),
            row.file.clone(),
            row.line.to_string(),
        ];
        writer.write_record(cells.iter().map(|cell| harmless(cell).into_owned()))?;
    }
    let bytes = writer.into_inner().map_err(|error| error.into_error())?;
    files::deliver(edge, None, Content::Csv, &bytes)
}
