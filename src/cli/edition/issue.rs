//! `edition issue`: document control for the standards as they stand.

use anyhow::Result;
use chrono::NaiveDate;

use crate::cli::edits::{apply, refused};
use crate::cli::usage::known;
use crate::cli::{Edge, Exit, Usage, check};
use crate::edit::edition::{Control, issue, keep};
use crate::edition::Editions;
use crate::project::{Project, Records};
use crate::say;
use crate::source::World;

/// What `edition issue` takes.
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The number of the edition
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub number: u32,
    /// The day from which it is in force, as 2026-01-31
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub in_force: NaiveDate,
    /// Who approved it: a role of the book
    #[arg(long, value_name = "ROLE")]
    pub approved_by: String,
    /// What it is called
    #[arg(long, value_name = "TEXT")]
    pub title: Option<String>,
    /// When it is looked at again
    #[arg(long, value_name = "DATE", value_parser = crate::cli::edge::date)]
    pub next_review: Option<NaiveDate>,
    /// Why it is in force from a day before the last audit
    #[arg(long, value_name = "REASON")]
    pub backdate: Option<String>,
    /// Print the difference instead of writing it
    #[arg(long)]
    pub dry_run: bool,
}

/// Writes the set and its issue.
///
/// # Errors
/// Wrong usage, no book, or a file that cannot be written.
pub fn run(args: Args, edge: &mut Edge) -> Result<Exit> {
    let (opened, records) = edge.open_to_write_with_records(args.dry_run)?;
    check::fit(edge, &opened)?;
    let control = Control {
        number: args.number,
        title: args.title,
        issued: opened.world.today(),
        in_force: args.in_force,
        approved_by: Some(args.approved_by),
        next_review: args.next_review,
        backdated: args.backdate,
    };
    let control = checked(&opened, &records, control)?;
    let set = opened.set();
    let changes = keep(&opened.world, &records.editions, &set)
        .and_then(|kept| Ok(kept.into_iter().chain([issue(&records.editions, &set, &control)?]).collect::<Vec<_>>()));
    let changes = changes.or_else(|error| refused(edge, &opened, error))?;
    apply(edge, opened.world.root(), &changes, args.dry_run)?;
    issued(edge, &control, args.dry_run);
    Ok(Exit::Fine)
}

/// Document control with the role that approved by its name of today; what would contradict the book or its audits is refused.
///
/// # Errors
/// A role that the book does not have, or a day before the last audit without a reason.
pub(in crate::cli) fn checked(opened: &Project, records: &Records, asked: Control) -> Result<Control, Usage> {
    let book = &opened.loaded.book;
    let all = || book.roles.iter().map(|role| role.id.name.as_str()).collect();
    let find = |name: &str| book.role(name).map(|role| role.id.name.as_str());
    let approved_by = known(&say!("role"), asked.approved_by.as_slice(), find, all)?.into_iter().next();
    let last = records.audits.records.iter().map(|record| record.moment.date).max();
    let backdated = asked.backdated.map(|reason| reason.trim().to_owned()).filter(|reason| !reason.is_empty());
    if let Some(last) = last.filter(|last| *last > asked.in_force)
        && backdated.is_none()
    {
        let message = say!("there are audits up to {last}, which were made by other standards", last);
        let help = say!("name a later day with --in-force, or say with --backdate why it is this one");
        return Err(Usage::new(message).help(help));
    }
    let newest = records.editions.issues.iter().max_by_key(|issue| issue.in_force);
    if let Some(newest) = newest.filter(|newest| newest.in_force > asked.in_force)
        && backdated.is_none()
    {
        let (number, day) = (newest.number, newest.in_force);
        let message = say!("edition {number} is in force from {day}, so this one would never be", number, day);
        let help = say!("name a later day with --in-force, or say with --backdate why it is this one");
        return Err(Usage::new(message).help(help));
    }
    if let Some(next) = asked.next_review.filter(|next| *next <= asked.in_force) {
        let day = asked.in_force;
        return Err(Usage::new(say!(
            "the next review, {next}, would be before the edition is in force, {day}",
            next,
            day
        )));
    }
    Ok(Control { approved_by, backdated, ..asked })
}

/// Says that the edition is issued, or would be.
pub(in crate::cli) fn issued(edge: &Edge, control: &Control, dry_run: bool) {
    let (number, day) = (control.number, control.in_force);
    edge.remark(match dry_run {
        true => say!("edition {number} would be in force from {day}; nothing was written", number, day),
        false => {
            say!("edition {number} is in force from {day}; commit its files, and they stay as they are", number, day)
        }
    });
}

/// Offers to issue what a review has left behind, unless it was issued already.
pub(in crate::cli) fn offer(edge: &Edge, kept: &Editions, edition: &str) {
    if kept.issues.iter().any(|issue| issue.edition == edition) {
        return;
    }
    let number = kept.issues.iter().map(|issue| issue.number).max().unwrap_or(0) + 1;
    let command = format!("`gamma-ok edition issue --number {number} --in-force DATE --approved-by ROLE`");
    edge.remark(say!(
        "these standards can be issued now, so that documents say since when they are in force: {command}",
        command
    ));
}
