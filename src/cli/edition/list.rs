//! `edition list`: the editions that a book keeps.

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use super::Format;
use crate::cli::table::Table;
use crate::cli::{Edge, Exit, files};
use crate::edition::{Editions, Issue};
use crate::project::Project;
use crate::say;

/// What `edition list` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    format: Format,
}

/// What `edition list --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EditionListOutput<'a> {
    /// Those that were issued by the day from which they are in force, then the others by name.
    editions: Vec<EditionOutput<'a>>,
}

/// An edition.
#[derive(Debug, Serialize, JsonSchema)]
struct EditionOutput<'a> {
    /// The first digits of its hash.
    edition: &'a str,
    /// The day it was issued.
    issued: Option<String>,
    /// Its number; null for a set that was not issued.
    number: Option<u32>,
    /// What it is called.
    title: Option<&'a str>,
    /// The day from which it is in force.
    in_force: Option<String>,
    /// Who approved it.
    approved_by: Option<&'a str>,
    /// When it is looked at again.
    next_review: Option<String>,
    /// Why it is in force from a day before the last audit then.
    backdated: Option<&'a str>,
    /// How many standards it holds; null where its file is missing or was altered.
    standards: Option<usize>,
    /// Whether only a part of it is here.
    partial: bool,
    /// The file of the set, relative to the book.
    file: Option<&'a str>,
    /// Whether it is the book as it stands.
    current: bool,
    /// Whether it was not issued and no record or review names it, so that `edition prune` removes it; null where records
    /// cannot be read.
    unnamed: Option<bool>,
}

/// Prints the list.
///
/// # Errors
/// No book, or output that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let mut opened = edge.open()?;
    let kept = opened.editions();
    let now = opened.set().name();
    let unnamed = opened.unnamed(&kept).ok();
    let is_unnamed = |path: Option<&str>| {
        let unnamed = unnamed.as_ref()?;
        Some(unnamed.iter().any(|set| Some(set.path.as_str()) == path))
    };
    let issued = kept.issues.iter().map(|issue| output(&opened, &kept, &now, &issue.edition, Some(issue)));
    let others = kept.names().filter(|name| kept.issues.iter().all(|issue| issue.edition != **name));
    let mut editions: Vec<EditionOutput<'_>> =
        issued.chain(others.map(|name| output(&opened, &kept, &now, name, None))).collect();
    editions.iter_mut().for_each(|listed| listed.unnamed = is_unnamed(listed.file));
    if args.format == Format::Json {
        return files::deliver_json(edge, None, &EditionListOutput { editions }).map(|()| Exit::Fine);
    }
    if editions.is_empty() {
        edge.remark(say!("the book keeps no edition yet: the first audit brings one, or `gamma-ok edition issue`"));
        return Ok(Exit::Fine);
    }
    let head =
        [say!("number"), say!("edition"), say!("in force"), say!("approved by"), say!("standards"), say!("about it")];
    let mut table = Table::new(head.map(|head| edge.say(&head)));
    for listed in &editions {
        let number = listed.number.map(|number| number.to_string()).unwrap_or_default();
        let standards = listed.standards.map_or_else(|| "?".to_owned(), |standards| standards.to_string());
        let marks = [
            listed.title.map(str::to_owned),
            listed.current.then(|| edge.say(&say!("as the book stands"))),
            listed.partial.then(|| edge.say(&say!("a part only"))),
            listed
                .unnamed
                .is_some_and(|is| is)
                .then(|| edge.say(&say!("nothing names it, so `edition prune` removes it"))),
        ];
        let about: Vec<String> = marks.into_iter().flatten().collect();
        let in_force = listed.in_force.as_deref().unwrap_or("");
        table.row([&number, listed.edition, in_force, listed.approved_by.unwrap_or(""), &standards, &about.join("; ")]);
    }
    table.write(edge)?;
    Ok(Exit::Fine)
}

fn output<'a>(
    opened: &Project,
    kept: &'a Editions,
    now: &str,
    name: &'a str,
    issue: Option<&'a Issue>,
) -> EditionOutput<'a> {
    let set = kept.read(&opened.world, name).and_then(Result::ok);
    EditionOutput {
        edition: name,
        issued: issue.and_then(|issue| issue.issued).map(|day| day.to_string()),
        number: issue.map(|issue| issue.number),
        title: issue.and_then(|issue| issue.title.as_deref()),
        in_force: issue.map(|issue| issue.in_force.to_string()),
        approved_by: issue.and_then(|issue| issue.approved_by.as_deref()),
        next_review: issue.and_then(|issue| issue.next_review).map(|day| day.to_string()),
        backdated: issue.and_then(|issue| issue.backdated.as_deref()),
        standards: set.as_ref().map(|set| set.len()),
        partial: set.as_ref().is_some_and(|set| set.is_partial()),
        file: kept.path(name),
        current: name == now,
        unnamed: Some(false),
    }
}
