//! `diff`: what changed in the standards between two revisions or editions, or between one and the working folder.

mod human;
mod json;
mod state;

use anyhow::Result;

use super::documents::{PrintArgs, PrintFormat, note_labels};
use super::filters::language;
use super::out::OutputKind;
use super::table::one_line;
use super::{Edge, Exit, check, files};
use crate::book::Language;
use crate::changes::{Changes, compare};
use crate::document::{self, Pictures, Request};
use crate::edition::Filter;
use crate::language::Interface;
use crate::project::Project;
use crate::render::{Renderer, format};
use crate::say;
use crate::source::World;

use human::Titled;
pub(crate) use json::DiffOutput;
use state::{DiffSide, alike};

/// What `diff` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The older one: a branch, a tag, a commit, HEAD~3; an edition by its number, the first digits of its hash, `in-force`, or
    /// the file of its set; without it, HEAD
    #[arg(value_name = "REV")]
    pub old: Option<String>,
    /// The newer one, likewise; without it, the working folder as it is
    #[arg(value_name = "REV")]
    pub new: Option<String>,
    /// How it is printed, and where to.
    #[command(flatten)]
    pub print: PrintArgs<Format>,
    /// Language of the Markdown; without it, the book's first
    #[arg(long, value_name = "TAG")]
    pub lang: Option<String>,
}

/// How `diff` prints.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people, on a terminal
    Human,
    /// A page to hand over
    Md,
    /// For programs
    Json,
}

impl PrintFormat for Format {
    const HELP: &str = "How to print it; without it, by the ending of the file, else for people";
    const USUAL: Self = Format::Human;
    const ENDINGS: &[(&str, Self)] = &[("md", Format::Md), ("json", Format::Json), ("txt", Format::Human)];
}

/// Compares the book with itself of another time, and prints what changed.
///
/// # Errors
/// No book, no git, an unknown revision or edition, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let how = args.print.format()?;
    let mut project = edge.open()?;
    // What could not be read would seem to be gone.
    if args.new.is_none() {
        check::whole(edge, &project, [], args.print.file())?;
    }
    let kept = project.editions();
    let old = args.old.as_deref().unwrap_or("HEAD");
    let before = DiffSide::of(&project, &kept, old)?;
    let after = args.new.as_deref().map(|name| DiffSide::of(&project, &kept, name)).transpose()?;
    let sides = alike(edge, [before, after.unwrap_or_else(|| DiffSide::working(&project))]);
    let changes = compare(sides[0].side(), sides[1].side());
    if changes.all.is_empty() {
        edge.remark(say!("nothing changed in the standards"));
    }
    let content = match how {
        Format::Json => OutputKind::Json,
        Format::Human => OutputKind::People,
        Format::Md => OutputKind::Data,
    };
    let mut bytes = Vec::new();
    match how {
        Format::Json => json::write(&changes, &mut bytes)?,
        Format::Human => {
            let title = |kind, id: &str| titled(&sides, edge, kind, id);
            human::write(&changes, edge, title, args.print.file().is_none(), &mut bytes)?;
        }
        Format::Md => markdown(&changes, &sides, &args, &project, edge, &mut bytes)?,
    }
    files::deliver(edge, args.print.file(), content, &bytes)?;
    Ok(broken(edge, &sides))
}

/// What a phase, a role or a standard is called, as the newer side has it, else the older.
fn titled([before, after]: &[DiffSide<'_>; 2], edge: &Edge, kind: Titled, id: &str) -> String {
    let language = Language::new(edge.people().tag());
    let of = |state: &DiffSide<'_>| {
        let book = state.book();
        let title = match kind {
            Titled::Phase => book.phase_of_id(id).map(|phase| &phase.title),
            Titled::Role => book.role(id).map(|role| &role.title),
            Titled::Standard => {
                let mut all = state.standards().all.iter();
                all.find(|standard| standard.id.name == id).map(|standard| &*standard.text)
            }
        };
        title.and_then(|title| book.in_language(title, &language)).map(one_line)
    };
    let title = of(after).or_else(|| of(before));
    title.filter(|title| !title.is_empty()).unwrap_or_else(|| id.to_owned())
}

/// What changed between a revision or an edition and the working folder as it is.
///
/// # Errors
/// No book, no git, or an unknown revision.
pub(super) fn changes_since(name: &str, edge: &Edge) -> Result<Changes> {
    let mut project = edge.open()?;
    let kept = project.editions();
    let [before, after] = alike(edge, [DiffSide::of(&project, &kept, name)?, DiffSide::working(&project)]);
    broken(edge, std::slice::from_ref(&before));
    Ok(compare(before.side(), after.side()))
}

/// Says which side could not be read as a whole: then something may be missing in the comparison, or seem removed.
fn broken(edge: &Edge, states: &[DiffSide<'_>]) -> Exit {
    let mut exit = Exit::Fine;
    for state in states.iter().filter(|state| state.errors > 0) {
        let n = state.errors;
        exit = match state.name.as_deref() {
            None => edge.lacking(n),
            Some(revision) => {
                edge.remark(say!(n; "the book at `{revision}` has 1 error, so something may be missing here",
                    "the book at `{revision}` has {n} errors, so something may be missing here", revision));
                Exit::Findings
            }
        };
    }
    exit
}

fn markdown(
    changes: &Changes,
    [before, after]: &[DiffSide<'_>; 2],
    args: &Args,
    project: &Project,
    edge: &Edge,
    out: &mut Vec<u8>,
) -> Result<()> {
    // A set has neither title nor templates.
    let of_book = if after.is_edition() { &DiffSide::working(project) } else { after };
    let (book, standards) = (of_book.book(), of_book.standards());
    let language = language(book, args.lang.as_ref())?;
    note_labels(edge, [&language]);
    let filter = Filter::default();
    let today = project.world.today();
    let (control, audits, pictures, language) = (None, None, Pictures::default(), &language);
    let request = Request { book, standards, site: None, filter: &filter, language, today, control, audits, pictures };
    let edition = |name: &str| Interface::of(language).fill("changes.edition", &[("name", name)]);
    let called = |state: &DiffSide<'_>| match (state.number, &state.name) {
        (Some(number), Some(_)) => Some(edition(&number.to_string())),
        (None, Some(name)) if state.is_edition() => Some(edition(name)),
        (_, name) => name.clone(),
    };
    let view = document::changes(request, changes, &called(before).unwrap_or_default(), called(after).as_deref());
    if let Some(format) = format("md") {
        out.extend(Renderer::new(&book.templates).render(format, &view)?);
    }
    Ok(())
}
