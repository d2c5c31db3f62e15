//! `audit act`: what is done about a finding goes into the record that has it.

use anyhow::Result;
use chrono::NaiveDate;

use crate::audit::evidence::missing;
use crate::audit::{Answer, Audits, Grade, Item};
use crate::cli::edits::{apply, usage};
use crate::cli::{Edge, Exit, Usage};
use crate::edit::follow_up::{self, Act, find};
use crate::edition::{Directory, Reference};
use crate::say;
use crate::source::{FileId, World};
use crate::text::nearest;

/// What `audit act` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "RECORD is the path below audits/ without its ending, such as 2026/05-12-krakow, or the round; `gamma-ok audit \
    actions` shows both the record and the standard. Every other byte of the record stays."
)]
pub(crate) struct Args {
    /// The record that has the finding
    #[arg(value_name = "RECORD")]
    pub record: String,
    /// The standard
    #[arg(value_name = "STANDARD")]
    pub standard: String,
    /// What will be done
    #[arg(long, value_name = "TEXT")]
    pub what: Option<String>,
    /// Why it happened
    #[arg(long, value_name = "TEXT")]
    pub cause: Option<String>,
    /// Who sees to it: a role rather than a name
    #[arg(long, value_name = "ROLE")]
    pub owner: Option<String>,
    /// By when it is to be done
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub due: Option<NaiveDate>,
    /// The day it was done
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub done: Option<NaiveDate>,
    /// A picture or paper that shows it done: its path from `audits/` or from the book's folder; may be repeated
    #[arg(long, value_name = "FILE")]
    pub evidence: Vec<String>,
    /// The day on which it was checked that it had an effect
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub verified: Option<NaiveDate>,
    /// Whether it had one
    #[arg(long, value_name = "yes|no", value_parser = ["yes", "no"])]
    pub effective: Option<String>,
    /// What became of it, in a few words
    #[arg(long, value_name = "TEXT")]
    pub remark: Option<String>,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Writes it into the record.
///
/// # Errors
/// Wrong usage, no book, a record or an answer that is not there, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let text = |text: &Option<String>| text.as_ref().map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    let act = Act {
        what: text(&args.what),
        cause: text(&args.cause),
        owner: text(&args.owner),
        due: args.due,
        done: args.done,
        evidence: args.evidence.clone(),
        verified: args.verified,
        effective: args.effective.as_deref().map(|word| word == "yes"),
        remark: text(&args.remark),
    };
    if act == Act::default() {
        let message = say!("say what became of it: --done, --verified with --effective, or --what, --owner and --due");
        return Err(Usage::new(message).into());
    }
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    let sources = &opened.loaded.sources;
    let file = find(sources, &records.audits, &args.record).map_err(|error| usage(&error))?;
    let book = &opened.loaded.book;
    if let Some(owner) =
        act.owner.as_deref().filter(|name| book.role(name).is_none() && book.department(name).is_none())
    {
        let known = book.roles.iter().map(|role| role.id.name.as_str());
        edge.remark(match nearest(owner, known) {
            Some(near) => say!("`{owner}` is no role of the book; did you mean `{near}`?", owner, near),
            None => say!("`{owner}` is no role of the book", owner),
        });
    }
    if let Some(path) = missing(&opened.world, &act.evidence) {
        let place = format!("{}/{path}", crate::audit::FOLDER);
        let message = say!("the photograph {place} is not there", place);
        return Err(Usage::new(message).help(say!("put the file there first")).into());
    }
    let directory = Directory::new(&opened.loaded.book, &opened.standards);
    if let Some(refusal) = nothing_failed(&records.audits, file, (&directory, &args.standard), &sources.get(file).path)
    {
        return Err(refusal.into());
    }
    let change = follow_up::act(sources, &directory, file, &args.standard, &act, opened.world.today());
    let change = change.map_err(|error| usage(&error))?;
    apply(edge, opened.world.root(), &[change], args.dry_run)?;
    Ok(Exit::Fine)
}

/// The refusal of an action about what was met and not graded as something to be better, where the answer has none yet.
fn nothing_failed(
    audits: &Audits,
    file: FileId,
    (directory, standard): (&Directory<'_>, &str),
    path: &str,
) -> Option<Usage> {
    let asked = Reference::parse(standard).id;
    let known = directory.find(asked);
    let is_it = |item: &&Item| {
        let id = audits.id(item);
        id == asked || known.is_some() && directory.find(id) == known
    };
    let record = audits.records.iter().find(|record| record.file == file)?;
    let item = record.items.iter().find(is_it)?;
    let is_sound = matches!(item.grade(), None | Some(Grade::Conformity | Grade::GoodPractice));
    if item.answer != Answer::Met || !is_sound || item.action().is_some() {
        return None;
    }
    let message = say!("`{standard}` was met in {path}: there is nothing to act on", standard = asked, path);
    Some(Usage::new(message).help(say!("where it could be kept better, give the answer `grade: opportunity` first")))
}
