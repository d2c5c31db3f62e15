//! `review due`: what is due for review, and why.

use anyhow::{Context, Result};

use super::json;
use crate::book::{Language, Level, Measure, NounForms, Text};
use crate::cli::documents::{PrintArgs, PrintFormat};
use crate::cli::out::OutputKind;
use crate::cli::table::one_line;
use crate::cli::{Edge, Exit, check, files, filters};
use crate::document::review::ReviewRequest;
use crate::document::{Request, review_due};
use crate::edition::{Filter, Reference};
use crate::message::Message;
use crate::project::Project;
use crate::render::Renderer;
use crate::review::{Call, Due, Overview, Reason, WordingChange, open_actions};
use crate::say;
use crate::source::World;
use crate::statistics::whole_percent;

/// What `review due` takes.
#[derive(Debug, clap::Args)]
#[command(after_help = "Exit status 1: something is overdue.")]
pub(crate) struct Args {
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Language of the page and of the texts in the table; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// How `review due` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people
    Table,
    /// For programs
    Json,
    /// A page to look at
    Html,
}

impl PrintFormat for Format {
    const HELP: &str = "How to print it; without it, by the ending of the file, else a table";
    const USUAL: Self = Format::Table;
    const ENDINGS: &[(&str, Self)] = &[("html", Format::Html), ("json", Format::Json), ("txt", Format::Table)];
}

/// Prints what is due.
///
/// # Errors
/// No book, wrong usage, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let format = args.print.format()?;
    let (opened, records) = edge.open_with_records()?;
    check::whole(edge, &opened, &records.findings(), args.print.file())?;
    let book = &opened.loaded.book;
    let language = &filters::language(book, args.lang.as_ref())?;
    let evidence = opened.evidence(&records);
    let overview = opened.due(&records, &evidence);
    let content = match format {
        Format::Json => OutputKind::Json,
        Format::Table => OutputKind::People,
        Format::Html => OutputKind::Data,
    };
    let bytes = match format {
        Format::Json => files::json(&json::output(&opened, &overview))?,
        Format::Table => {
            let colour = edge.colours() && args.print.file().is_none();
            table(edge, &opened, &overview, language, colour).into_bytes()
        }
        Format::Html => {
            let filter = Filter::default().in_force(false);
            let request = Request::of(&opened, &filter, language);
            let actions = open_actions(&records.audits, &opened.standards, opened.world.today());
            let view = review_due(ReviewRequest::of(request, &records, &overview, &actions));
            let html = crate::render::format("html").context("there is no HTML")?;
            Renderer::new(&book.templates).render(html, &view)?
        }
    };
    files::deliver(edge, args.print.file(), content, &bytes)?;
    let (due, overdue) = (overview.due().count(), overview.due().filter(|due| due.overdue).count());
    let all = overview.standards.len();
    edge.remark(match (due, overdue) {
        (0, _) => say!("nothing is due for review"),
        (due, 0) => say!("{due} of {all} standards in force are due, none overdue", due, all),
        (due, overdue) => {
            say!("{due} of {all} standards in force are due, {overdue} of them overdue", due, all, overdue)
        }
    });
    for review in records.reviews.all.iter().filter(|review| review.closed.is_some()) {
        let pending = review.pending().count();
        if pending > 0 {
            let name = &review.name;
            edge.remark(say!(
                pending; "1 decision of the review `{name}` is still to be carried out: `gamma-ok review close {name}` \
                 shows it",
                "{n} decisions of the review `{name}` are still to be carried out: `gamma-ok review close {name}` shows them",
                name
            ));
        }
    }
    if !overview.gaps.is_empty() {
        edge.remark(say!(
            overview.gaps.len(); "1 cell of the matrix is a gap: `gamma-ok matrix` shows it",
            "{n} cells of the matrix are gaps: `gamma-ok matrix` shows them"
        ));
    }
    let broken = edge.broken(&opened);
    Ok(if overdue > 0 { Exit::Findings } else { broken })
}

/// For people: a paragraph a standard, phase by phase.
fn table(edge: &Edge, opened: &Project, overview: &Overview<'_>, language: &Language, colour: bool) -> String {
    let book = &opened.loaded.book;
    let best = |text: &Text| one_line(book.in_language(text, language).unwrap_or_default());
    let (bold, red, off) = if colour { ("\u{1b}[1m", "\u{1b}[31m", "\u{1b}[0m") } else { ("", "", "") };
    let level = |level: Level| edge.people().word("level", level.word());
    let spoken = Language::new(edge.people().tag());
    let mut out = String::new();
    let mut place = None;
    for due in overview.due() {
        let phase_of_due = (due.standard.sequence, due.standard.phase);
        if place.replace(phase_of_due) != Some(phase_of_due) {
            let phase = book.phase_at(phase_of_due.0, phase_of_due.1);
            let title = phase.map(|phase| best(&phase.title)).unwrap_or_default();
            let break_before = if out.is_empty() { "" } else { "\n" };
            out.push_str(&format!("{break_before}{bold}{title}{off}\n"));
        }
        let standard = due.standard;
        let overdue = edge.say(&say!("overdue"));
        let overdue = if due.overdue { format!("  {red}{overdue}{off}") } else { String::new() };
        out.push_str(&format!("  {}  {}{overdue}\n", Reference::to(standard), level(standard.level)));
        out.push_str(&format!("    {}\n", best(&standard.text)));
        let customer = book.customer_of(book.sequences.get(standard.sequence), &spoken);
        let reasons: Vec<String> =
            due.reasons.iter().map(|reason| edge.say(&reason_text(edge, *reason, due, customer))).collect();
        out.push_str(&format!("    {}\n", reasons.join("; ")));
        if let Some(change) = &due.change {
            changed(edge, &mut out, change, due, &best);
        }
        let evidence = &due.evidence;
        let (met, of) = (evidence.met, evidence.of);
        let audits = match evidence.interval {
            _ if of == 0 => None,
            None => Some(say!("audits: met {met} of {of}", met, of)),
            Some((low, high)) => {
                let (low, high) = (whole_percent(low), whole_percent(high));
                Some(say!("audits: met {met} of {of}, interval {low} to {high} %", met, of, low, high))
            }
        };
        if let Some(audits) = audits {
            out.push_str(&format!("    {}\n", edge.say(&audits)));
        }
        if let Some(decision) = evidence.proposal() {
            let (met, of) = evidence.year;
            let proposal = say!(
                "the figures propose: {decision}, met {met} of {of} in the past year (the market decides, not the figures)",
                decision = edge.people().word("decision", decision.word()),
                met,
                of
            );
            out.push_str(&format!("    {}\n", edge.say(&proposal)));
        }
    }
    out
}

fn reason_text(edge: &Edge, reason: Reason, due: &Due<'_>, customer: Option<&NounForms>) -> Message {
    match (reason, &due.last) {
        (Reason::NeverReviewed, _) => say!("never reviewed"),
        (Reason::OlderThanReview, Some(last)) => {
            say!("last reviewed on {day} in {name}", day = last.closed, name = last.review.name)
        }
        (Reason::Changed, Some(last)) => say!("changed since {name}", name = last.review.name),
        (Reason::Evidence, _) => {
            let told = |call: &Call| edge.people().with_customer(&format!("call.{call}"), customer, &[]);
            let calls: Vec<String> = due.evidence.calls.iter().map(told).collect();
            say!("evidence: {calls}", calls = calls.join(", "))
        }
        (reason, None) => Message::verbatim(reason.word()),
    }
}

/// Both wordings, as far as they are known.
fn changed(edge: &Edge, out: &mut String, change: &WordingChange, due: &Due<'_>, best: &dyn Fn(&Text) -> String) {
    let standard = due.standard;
    let mut line = |before: String, after: String| {
        if before != after {
            out.push_str(&format!("    - {before}\n    + {after}\n"));
        }
    };
    if let Some(wording) = &change.before.wording {
        line(best(wording), best(&standard.text));
    }
    if let Some(level) = change.before.level {
        let word = |level: Level| edge.people().word("level", level.word()).to_owned();
        line(word(level), word(standard.level));
    }
    let figure = |measure: Option<&Measure>| match measure {
        None => edge.say(&say!("no figure")),
        Some(measure) if edge.people().tag() == "en" => measure.plain(),
        Some(measure) => edge.people().bound(measure),
    };
    if change.before != crate::review::Demand::default() {
        line(figure(change.before.measure.as_ref()), figure(standard.measure.as_ref()));
    }
}
