//! `diff`: what changed in the standards between two revisions, or between a revision and the working folder.

mod human;
mod json;

use std::path::PathBuf;

use anyhow::Result;

use super::documents::{by_ending, note_labels, wrong_ending};
use super::filters::languages;
use super::usage::Usage;
use super::{Edge, Exit, files};
use crate::book::{Loaded, load};
use crate::changes::{Changes, Side, compare};
use crate::document::{self, Request};
use crate::edition::Filter;
use crate::method::{Standards, standards};
use crate::render::{Renderer, format};
use crate::say;
use crate::source::{Disk, Git, History, HistoryFault, Snapshot, World};

pub use json::DiffOutput;

/// What `diff` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
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
struct State {
    name: String,
    loaded: Loaded,
    standards: Standards,
}

impl State {
    fn side(&self) -> Side<'_> {
        Side { book: &self.loaded.book, standards: &self.standards }
    }
}

/// Compares the book with itself of another time, and prints what changed.
///
/// # Errors
/// No book, no git, an unknown revision, or output that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let how = how(&args)?;
    let disk = edge.world()?;
    let git = Git::open(disk.root()).map_err(usage)?;
    let before = past(&git, args.old.as_deref().unwrap_or("HEAD"), &disk)?;
    let after = match &args.new {
        Some(name) => past(&git, name, &disk)?,
        None => {
            let loaded = load(&disk)?;
            let standards = standards(&loaded.book);
            State { name: String::new(), loaded, standards }
        }
    };
    let changes = compare(before.side(), after.side());
    if changes.all.is_empty() {
        edge.remark(say!("nothing changed in the standards"));
    }
    let mut bytes = Vec::new();
    match how {
        Format::Json => json::write(&changes, &mut bytes)?,
        Format::Human => human::write(&changes, edge, args.output.is_none(), &mut bytes)?,
        Format::Md => markdown(&changes, &before, &after, &args, &disk, edge, &mut bytes)?,
    }
    files::deliver(edge, args.output.as_deref(), &bytes)?;
    Ok(broken(edge, &[&before, &after]))
}

/// What changed between a revision and the working folder as it is.
///
/// # Errors
/// No book, no git, or an unknown revision.
pub(super) fn changes_since(name: &str, edge: &Edge) -> Result<Changes> {
    let disk = edge.world()?;
    let git = Git::open(disk.root()).map_err(usage)?;
    let before = past(&git, name, &disk)?;
    let loaded = load(&disk)?;
    let standards = standards(&loaded.book);
    broken(edge, &[&before]);
    Ok(compare(before.side(), Side { book: &loaded.book, standards: &standards }))
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
fn past(git: &Git, name: &str, disk: &Disk) -> Result<State> {
    let revision = git.revision(name).map_err(usage)?;
    let world = Snapshot::new(git, &revision, disk.today()).map_err(usage)?;
    let loaded = load(&world).map_err(|_| {
        Usage::new(say!("the revision `{name}` has no book in this folder", name))
            .help(say!("name one in which it was there: `git log -- gamma-ok.yaml` lists those that touched it"))
    })?;
    let standards = standards(&loaded.book);
    Ok(State { name: name.to_owned(), loaded, standards })
}

/// A fault of the history as wrong usage, with what to do about it.
fn usage(fault: HistoryFault) -> Usage {
    let usage = Usage::new(fault.said());
    match fault.help() {
        Some(help) => usage.help(help),
        None => usage,
    }
}

/// Says which side could not be read as a whole: then something may be missing in the comparison, or seem removed.
fn broken(edge: &Edge, states: &[&State]) -> Exit {
    let mut exit = Exit::Fine;
    for state in states.iter().filter(|state| !state.loaded.found.is_empty()) {
        let n = state.loaded.found.len();
        let revision = state.name.as_str();
        edge.remark(match revision {
            "" => say!(n; "the book has 1 error, so something may be missing here; `gamma-ok check` shows more",
                "the book has {n} errors, so something may be missing here; `gamma-ok check` shows more"),
            _ => say!(n; "the book at `{revision}` has 1 error, so something may be missing here",
                "the book at `{revision}` has {n} errors, so something may be missing here", revision),
        });
        exit = Exit::Findings;
    }
    exit
}

fn markdown(
    changes: &Changes,
    before: &State,
    after: &State,
    args: &Args,
    disk: &Disk,
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
        standards: &after.standards,
        site: None,
        filter: &filter,
        language: &language,
        today: disk.today(),
        version: None,
    };
    let newer = Some(after.name.as_str()).filter(|name| !name.is_empty());
    let view = document::changes(request, changes, &before.name, newer);
    if let Some(format) = format("md") {
        out.extend(Renderer::new(&book.templates).render(format, &view)?);
    }
    Ok(())
}
