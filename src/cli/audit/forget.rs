//! `audit forget`: a person's code out of all records.

use std::io::Write;

use anyhow::Result;

use crate::cli::edits::{apply, usage};
use crate::cli::{Edge, Exit, Usage, check};
use crate::edit::follow_up::{forget, forget_kept};
use crate::project::Project;
use crate::review::KEPT;
use crate::say;
use crate::source::World;

/// So many commits are counted that may still hold the code.
const MAX_STEPS: usize = 10_000;

/// What `audit forget` takes.
#[derive(Debug, clap::Args)]
#[command(
    after_help = "In `staff`, `auditor` and `owner` a number that stands for nobody takes the place of the code, the same in all \
    records, so that figures of the past do not move. What else may tell who it was is listed for a person to look at; \
    photographs go with --photographs."
)]
pub(crate) struct Args {
    /// The code
    #[arg(value_name = "CODE")]
    pub code: String,
    /// Why; it stands in the records
    #[arg(long, value_name = "TEXT")]
    pub reason: String,
    /// Take the photographs of that person's work out of the records too, and remove those that no other record names
    #[arg(long)]
    pub photographs: bool,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub(crate) dry_run: bool,
}

/// Takes the code out and lists what a person has to look at.
///
/// # Errors
/// Wrong usage, no book, a code that no record has, or a file that cannot be written.
pub fn run(args: &Args, edge: &mut Edge) -> Result<Exit> {
    let (code, reason) = (args.code.trim(), args.reason.trim());
    if reason.is_empty() || code.is_empty() {
        return Err(Usage::new(say!("somebody is forgotten with a reason")).into());
    }
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    let unread: Vec<_> = records.audits.unread().cloned().collect();
    check::clear(edge, &opened, &unread, say!("nothing was written: mend this first"))?;
    let book = &opened.loaded.book;
    if book.role(code).is_some() || book.departments.iter().any(|department| department.id.is_or_was(code)) {
        let message = say!("`{code}` is a role of the book and no person", code);
        return Err(Usage::new(message).help(say!("a role may be named in records")).into());
    }
    let sources = &opened.loaded.sources;
    let forgetting = forget(sources, code, reason, opened.world.today(), args.photographs);
    let mut forgetting = forgetting.map_err(|error| usage(&error))?;
    for path in opened.world.list(KEPT.trim_end_matches('/'), &[".json"]).into_iter().flatten() {
        let kept = opened.world.large_text(&path).ok();
        let kept = kept.and_then(|text| forget_kept(&path, &text, code, &forgetting.instead));
        forgetting.changes.extend(kept);
    }
    let others = records.audits.other_spellings(code);
    if forgetting.changes.is_empty() {
        let usage = Usage::new(say!("no record names `{code}` as staff, auditor or owner", code));
        return Err(match others.first() {
            Some(near) => usage.help(say!("did you mean `{near}`?", near)).into(),
            None => usage.into(),
        });
    }
    apply(edge, opened.world.root(), &forgetting.changes, args.dry_run)?;
    if args.dry_run {
        return Ok(Exit::Fine);
    }
    let n = forgetting.changes.len();
    edge.remark(say!(
        n; "`{instead}` stands in 1 record instead", "`{instead}` stands in {n} records instead",
        instead = &forgetting.instead
    ));
    let mut removed = 0;
    for path in &forgetting.photographs {
        // One that is not there any more is told by `check`, and gone all the same.
        let Ok(bytes) = opened.world.bytes(path) else { continue };
        edge.remove_bytes(path, &bytes)?;
        removed += 1;
    }
    if removed > 0 {
        edge.remark(say!(removed; "1 photograph was removed", "{n} photographs were removed"));
    }
    // Who is forgotten in one spelling and kept in another is not forgotten.
    if !others.is_empty() {
        let names: Vec<String> = others.iter().map(|name| format!("`{name}`")).collect();
        edge.remark(say!("records also spell it {names}: forget that too", names = names.join(", ")));
    }
    if !forgetting.look.is_empty() {
        edge.remark(say!("look whether these still say who it was:"));
        let prefix = edge.prefix(opened.world.root());
        for (path, line, text) in &forgetting.look {
            writeln!(edge.out, "{prefix}{path}:{line}: {text}")?;
        }
    }
    let changed = forgetting.changes.iter().map(|change| change.path.as_str());
    let paths: Vec<&str> = changed.chain(forgetting.photographs.iter().map(String::as_str)).collect();
    held_by_git(edge, &opened, &paths);
    Ok(Exit::Fine)
}

/// Says what git keeps of these files.
fn held_by_git(edge: &mut Edge, opened: &Project, paths: &[&str]) {
    let Ok(history) = opened.history() else { return };
    let steps = history.revision("HEAD").and_then(|head| history.steps(&head, paths, MAX_STEPS));
    let n = steps.map_or(0, |steps| steps.len());
    if n > 0 {
        edge.remark(say!(
            n; "git still holds the code in 1 commit of these records, here and wherever it was pushed",
            "git still holds the code in {n} commits of these records, here and wherever they were pushed"
        ));
    }
}
