//! `audit plan`: how many visits each place needs, and on which days.

use std::io::Write;

use anyhow::Result;
use chrono::{Days, NaiveDate};
use schemars::JsonSchema;
use serde::Serialize;

use crate::audit::{Kind, Moment, Plan, PlanPlace, PlanVisit, PlanWanted, Planned, StandardIndex, WrittenRecord, plan};
use crate::book::{Language, Level};
use crate::cli::documents::{PrintArgs, PrintFormat, note_labels, table_in_file};
use crate::cli::edits::{apply, usage};
use crate::cli::filters::language;
use crate::cli::out::OutputKind;
use crate::cli::table::Table;
use crate::cli::{Edge, Exit, FilterArgs, SiteArgs, Usage, check, files};
use crate::document::{Request, planned_calendar};
use crate::edit::FileEdit;
use crate::edit::record::{Skeleton, skeleton};
use crate::edition::Filter;
use crate::project::Project;
use crate::say;
use crate::source::World;

/// What `audit plan` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// Where a level asks for all visits: the fault that is to be seen, by the share of visits in which it shows
    #[arg(long, value_name = "SHARE", default_value = "20 %", value_parser = share)]
    pub detect: f64,
    /// How sure it is to be
    #[arg(long, value_name = "SHARE", default_value = "95 %", value_parser = share)]
    pub confidence: f64,
    /// Another number gives other days
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub seed: u64,
    /// The first day that a visit may be on; without it, tomorrow
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub from: Option<NaiveDate>,
    /// A shift to visit; several take turns
    #[arg(long, value_name = "NAME", value_delimiter = ',')]
    pub shift: Vec<String>,
    /// Who visits, by role; several take turns, and every fifth visit is made by two
    #[arg(long, value_name = "ROLE", value_delimiter = ',')]
    pub auditor: Vec<String>,
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Write a record to fill in for each visit, in audits/planned
    #[arg(long, conflicts_with_all = ["format", "output"])]
    pub write: bool,
    /// With --write: print the files instead of writing them
    #[arg(long, requires = "write")]
    pub(crate) dry_run: bool,
    /// Language of the calendar and of the records; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
    /// The site that is meant.
    #[command(flatten)]
    pub site: SiteArgs,
    /// Which standards are meant.
    #[command(flatten)]
    pub filters: FilterArgs,
}

/// How it is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// For calendars
    Ics,
}

impl PrintFormat for Format {
    const HELP: &str = "How to print it; without it, by the ending of the file, else as tables";
    const USUAL: Self = Format::Table;
    const ENDINGS: &[(&str, Self)] = &[("ics", Format::Ics), ("json", Format::Json)];
}

/// A share between none and all: `20 %`, `20%` or `0.2`.
fn share(text: &str) -> Result<f64, Usage> {
    let percent = text.trim().strip_suffix('%').map(str::trim_end);
    let number = percent.unwrap_or(text.trim()).replace(',', ".").parse::<f64>().ok();
    let share = number.map(|number| if percent.is_some() { number / 100.0 } else { number });
    let share = share.filter(|share| (0.001..=0.999).contains(share));
    share.ok_or_else(|| Usage::new(say!("write a share between 0.1 % and 99.9 %, such as 20 %")))
}

/// What `audit plan --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct PlanOutput<'a> {
    /// What each place needs, level by level.
    places: Vec<PlaceOutput<'a>>,
    /// The visits, by day and site.
    visits: Vec<VisitOutput<'a>>,
}

/// What a level of a place needs.
#[derive(Debug, Serialize, JsonSchema)]
struct PlaceOutput<'a> {
    /// Id of the site; null in a book without sites.
    site: Option<&'a str>,
    /// The level that is to be told.
    level: Level,
    /// Visits of the past year.
    so_far: SoFar,
    /// Visits still to be made; null where no number that a year holds would tell it.
    visits: Option<u64>,
    /// How sure it will be, from 0 to 1.
    certainty: f64,
    /// Why so many.
    why: String,
}

/// Visits of the past year.
#[derive(Debug, Serialize, JsonSchema)]
struct SoFar {
    /// Those that reached the level.
    met: u64,
    /// Those in which it was judged.
    judged: u64,
}

/// A visit.
#[derive(Debug, Serialize, JsonSchema)]
struct VisitOutput<'a> {
    /// The day.
    date: String,
    /// Id of the site.
    site: Option<&'a str>,
    /// In which shift.
    shift: Option<&'a str>,
    /// By whom.
    auditors: &'a [String],
    /// What is looked at, as in a record; empty for everything.
    scope: std::collections::BTreeMap<String, Vec<String>>,
    /// The phase to look at most closely.
    phase: Option<&'a str>,
    /// The round of its record.
    round: &'a str,
}

/// Plans.
///
/// # Errors
/// Wrong usage, no book, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let format = args.print.format()?;
    if format == Format::Table && args.print.file().is_some() {
        return Err(table_in_file(say!("end the file in .ics or .json")));
    }
    let (mut opened, records) = edge.open_to_write_with_records(!args.write || args.dry_run)?;
    check::fit(edge, &opened)?;
    let faults = check::Faults::of(edge, &mut opened, &records);
    let unread = records.audits.findings.iter().chain(&records.editions.findings);
    check::whole(edge, &opened, unread, args.print.file())?;
    let book = &opened.loaded.book;
    let today = opened.world.today();
    let from = args.from.or_else(|| today.checked_add_days(Days::new(1))).unwrap_or(today);
    if from <= today {
        let message = say!("{date} is not after today, {today}", date = from.to_string(), today = today.to_string());
        return Err(Usage::new(message).help(say!("a visit can be planned from tomorrow on")).into());
    }
    let filter = args.filters.resolve(book)?;
    let site = args.site.resolve(book)?.map(|site| site.id.name.as_str());
    let wanted = PlanWanted {
        site,
        filter: &filter,
        detect: args.detect,
        certainty: args.confidence,
        seed: args.seed,
        today,
        from,
        shifts: &args.shift,
        auditors: &args.auditor,
    };
    let made = plan(book, &opened.standards, &records.audits, &wanted);
    if made.visits.is_empty() {
        edge.remark(say!("nothing is to be planned: what can be told is told already"));
    }
    let language = language(book, args.lang.as_ref())?;
    if args.write {
        write(&args, edge, &opened, &made, &filter, &language)?;
        return Ok(faults.tell(edge));
    }
    match format {
        Format::Table => tables(edge, &made)?,
        Format::Json => {
            files::deliver_json(edge, args.print.file(), &output(&made, &filter, args.confidence))?;
        }
        Format::Ics => {
            note_labels(edge, [&language]);
            let visits: Vec<Planned> = made.visits.iter().flat_map(planned).collect();
            let everything = Filter::default();
            let calendar = planned_calendar(Request::of(&opened, &everything, &language), &visits);
            let mut bytes = Vec::new();
            crate::export::ics(&calendar, &mut bytes)?;
            files::deliver(edge, args.print.file(), OutputKind::Data, &bytes)?;
        }
    }
    Ok(faults.tell(edge))
}

fn tables(edge: &mut Edge, made: &Plan) -> Result<()> {
    let head = [say!("site"), say!("level"), say!("so far"), say!("visits"), say!("why")];
    let mut places = Table::new(head.map(|head| edge.say(&head)));
    for PlanPlace { site, level, met, judged, visits, why } in &made.places {
        let level = edge.people().word("level", level.word()).to_owned();
        let visits = visits.map_or_else(|| "–".to_owned(), |visits| visits.to_string());
        let so_far = edge.say(&say!("{met} of {judged}", met, judged));
        places.row([site.as_deref().unwrap_or("–"), &level, &so_far, &visits, &edge.say(why)]);
    }
    places.write(edge)?;
    if made.visits.is_empty() {
        return Ok(());
    }
    writeln!(edge.out)?;
    let head = [say!("date"), say!("site"), say!("shift"), say!("auditor"), say!("look closely at")];
    let mut visits = Table::new(head.map(|head| edge.say(&head)));
    for PlanVisit { date, site, shift, auditors, phase, .. } in &made.visits {
        let or = |text: &Option<String>| text.clone().unwrap_or_else(|| "–".to_owned());
        visits.row([&date.to_string(), &or(site), &or(shift), &auditors.join(", "), &or(phase)]);
    }
    visits.write(edge)
}

fn output<'a>(made: &'a Plan, filter: &Filter, certainty: f64) -> PlanOutput<'a> {
    let place = |place: &'a PlanPlace| PlaceOutput {
        site: place.site.as_deref(),
        level: place.level,
        so_far: SoFar { met: place.met, judged: place.judged },
        visits: place.visits,
        certainty,
        why: place.why.to_string(),
    };
    let visit = |visit: &'a PlanVisit| VisitOutput {
        date: visit.date.to_string(),
        site: visit.site.as_deref(),
        shift: visit.shift.as_deref(),
        auditors: &visit.auditors,
        scope: filter.in_words().into_iter().collect(),
        phase: visit.phase.as_deref(),
        round: &visit.round,
    };
    PlanOutput { places: made.places.iter().map(place).collect(), visits: made.visits.iter().map(visit).collect() }
}

/// What a visit is in a record, or in a calendar: one for each auditor.
fn heads(visit: &PlanVisit, filter: &Filter) -> Vec<WrittenRecord> {
    let auditors: Vec<Option<&String>> = match visit.auditors.as_slice() {
        [] => vec![None],
        all => all.iter().map(Some).collect(),
    };
    let head = |(place, auditor): (usize, Option<&String>)| WrittenRecord {
        site: visit.site.clone(),
        moment: Moment { date: visit.date, time: None },
        visit: visit.shift.as_ref().map(|shift| format!("{}-{shift}", visit.date)),
        round: Some(if place == 0 { visit.round.clone() } else { format!("{}-{}", visit.round, place + 1) }),
        is_planned: true,
        auditor: auditor.cloned(),
        kind: Some(Kind::Internal),
        scope: filter.in_words(),
        ..WrittenRecord::default()
    };
    auditors.into_iter().enumerate().map(head).collect()
}

fn planned(visit: &PlanVisit) -> Vec<Planned> {
    let of = |head: WrittenRecord| Planned {
        file: crate::source::FileId::default(),
        site: head.site,
        moment: head.moment,
        visit: head.visit,
        round: head.round,
        auditor: head.auditor,
    };
    heads(visit, &Filter::default()).into_iter().map(of).collect()
}

/// Writes the records, none of which may be there.
fn write(
    args: &Args,
    edge: &mut Edge,
    opened: &Project,
    made: &Plan,
    filter: &Filter,
    language: &Language,
) -> Result<()> {
    let book = &opened.loaded.book;
    let index = StandardIndex::new(book, &opened.standards, opened.world.today());
    let in_force = filter.clone().in_force(false);
    let mut changes: Vec<FileEdit> = Vec::new();
    for head in made.visits.iter().flat_map(|visit| heads(visit, filter)) {
        let site = head.site.as_deref().and_then(|site| book.site(site));
        let file = format!("audits/planned/{}.yaml", head.round.as_deref().unwrap_or_default());
        let asked = Skeleton { site, filter: &in_force, head, language, file: Some(file) };
        changes.push(skeleton(&opened.world, &index, &asked).map_err(|error| usage(&error))?);
    }
    apply(edge, opened.world.root(), &changes, args.dry_run)?;
    if !args.dry_run && !changes.is_empty() {
        edge.remark(say!(
            "a visit counts when its record is filled in; until then it is in the calendar of `gamma-ok export calendar`"
        ));
    }
    Ok(())
}
