//! `diff`: what changed in the standards between two revisions, or between a revision and the working folder.

mod human;
mod json;

use std::path::PathBuf;

use anyhow::Result;
use chrono::NaiveDate;

use super::documents::{by_ending, note_labels, wrong_ending};
use super::filters::languages;
use super::out::Content;
use super::usage::Usage;
use super::{Edge, Exit, check, files};
use crate::book::Loaded;
use crate::changes::{Changes, Side, compare};
use crate::document::{self, Request};
use crate::edition::Filter;
use crate::method::Standards;
use crate::project::{Former, NoFormer, Project};
use crate::render::{Renderer, format};
use crate::say;
use crate::source::World;

pub(crate) use json::DiffOutput;

/// What `diff` takes.
#[derive(Debug, clap::Args)]
pub(crate) struct Args {
    /// The older revision: a branch, a tag, a commit, HEAD~3; without it, HEAD
    #[arg(value_name = "REV")]
    pub old: Option<String>,
    /// The newer revision; without it, the working folder as it is
    #[arg(value_name = "REV")]
    pub new: Option<String>,
    /// How to print it; without it, by the ending of the file, else for people
    #[arg(long, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The file to write; without it, standard output
    #[arg(short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
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

/// A book as of one side.
#[derive(Clone, Copy)]
struct State<'a> {
    /// The revision; none for the working folder.
    name: Option<&'a str>,
    loaded: &'a Loaded,
    standards: &'a Standards,
}

impl<'a> State<'a> {
    fn side(&self) -> Side<'a> {
        Side { book: &self.loaded.book, standards: self.standards }
    }
}

/// Compares the book with itself of another time, and prints what changed.
///
/// # Errors
/// No book, no git, an unknown revision, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let how = how(&args)?;
    let project = edge.open()?;
    // What could not be read would seem to be gone.
    if args.new.is_none() && !check::is_whole(edge, &project, [], args.output.as_deref())? {
        return Ok(Exit::Findings);
    }
    let old = args.old.as_deref().unwrap_or("HEAD");
    let former = past(&project, old)?;
    let newer = args.new.as_deref().map(|name| past(&project, name)).transpose()?;
    let before = State { name: Some(old), loaded: &former.loaded, standards: &former.standards };
    let (loaded, standards) = match &newer {
        Some(newer) => (&newer.loaded, &newer.standards),
        None => (&project.loaded, &project.standards),
    };
    let after = State { name: args.new.as_deref(), loaded, standards };
    let changes = compare(before.side(), after.side());
    if changes.all.is_empty() {
        edge.remark(say!("nothing changed in the standards"));
    }
    let content = match how {
        Format::Json => Content::Json,
        Format::Human => Content::People,
        Format::Md => Content::Data,
    };
    let mut bytes = Vec::new();
    match how {
        Format::Json => json::write(&changes, &mut bytes)?,
        Format::Human => human::write(&changes, edge, args.output.is_none(), &mut bytes)?,
        Format::Md => markdown(&changes, [before, after], &args, project.world.today(), edge, &mut bytes)?,
    }
    files::deliver(edge, args.output.as_deref(), content, &bytes)?;
    Ok(broken(edge, &[before, after]))
}

/// What changed between a revision and the working folder as it is.
///
/// # Errors
/// No book, no git, or an unknown revision.
pub(super) fn changes_since(name: &str, edge: &Edge) -> Result<Changes> {
    let project = edge.open()?;
    let former = past(&project, name)?;
    let before = State { name: Some(name), loaded: &former.loaded, standards: &former.standards };
    broken(edge, &[before]);
    let after = State { name: None, loaded: &project.loaded, standards: &project.standards };
    Ok(compare(before.side(), after.side()))
}

fn how(args: &Args) -> Result<Format> {
    match (args.format, &args.output) {
        (Some(format), _) => Ok(format),
        (None, None) => Ok(Format::Human),
        (None, Some(file)) => by_ending(file, |ending| match ending {
            "txt" => Some(Format::Human),
            "md" => Some(Format::Md),
            "json" => Some(Format::Json),
            _ => None,
        })
        .ok_or_else(|| wrong_ending(file, ".md, .json, .txt").into()),
    }
}

/// The book as it was in a revision.
fn past(project: &Project, name: &str) -> Result<Former, Usage> {
    project.at(name).map_err(|error| match error {
        NoFormer::History(fault) => Usage { message: fault.message(), help: fault.help() },
        NoFormer::NoBook => Usage::new(say!("the revision `{name}` has no book in this folder", name))
            .help(say!("name one in which it was there: `git log -- gamma-ok.yaml` lists those that touched it")),
    })
}

/// Says which side could not be read as a whole: then something may be missing in the comparison, or seem removed.
fn broken(edge: &Edge, states: &[State<'_>]) -> Exit {
    let mut exit = Exit::Fine;
    for state in states.iter().filter(|state| !state.loaded.findings.is_empty()) {
        let n = state.loaded.findings.len();
        edge.remark(match state.name {
            None => say!(n; "the book has 1 error, so something may be missing here; `gamma-ok check` shows more",
                "the book has {n} errors, so something may be missing here; `gamma-ok check` shows more"),
            Some(revision) => say!(n; "the book at `{revision}` has 1 error, so something may be missing here",
                "the book at `{revision}` has {n} errors, so something may be missing here", revision),
        });
        exit = Exit::Findings;
    }
    exit
}

fn markdown(
    changes: &Changes,
    [before, after]: [State<'_>; 2],
    args: &Args,
    today: NaiveDate,
    edge: &Edge,
    out: &mut Vec<u8>,
) -> Result<()> {
    let book = &after.loaded.book;
    let language = languages(book, args.lang.as_slice())?.into_iter().next();
    let language = language.unwrap_or_else(|| book.source_language().clone());
    note_labels(edge, [&language]);
    let filter = Filter::default();
    let request = Request {
        book,
        standards: after.standards,
        site: None,
        filter: &filter,
        language: &language,
        today,
        control: None,
    };
    let view = document::changes(request, changes, before.name.unwrap_or_default(), after.name);
    if let Some(format) = format("md") {
        out.extend(Renderer::new(&book.templates).render(format, &view)?);
    }
    Ok(())
}
