//! What `import` tells people: what was not taken, what conflicts, what is left to decide.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::Result;

use crate::cli::Edge;
use crate::cli::table::one_line;
use crate::forms::short;
use crate::import::{Report, Unread};
use crate::message::Message;
use crate::say;

/// So many paragraphs that are no standards are told one by one.
const MAX_TOLD: usize = 40;

/// What was not understood and what conflicts, on standard output; what is no standard, beside it.
///
/// # Errors
/// When standard output cannot be written to.
pub(super) fn left(edge: &mut Edge, report: &Report) -> Result<()> {
    for (file, unread) in &report.not_understood {
        let line = line(file, unread);
        let line = edge.say(&line);
        writeln!(edge.out, "{line}")?;
    }
    for (file, conflict) in &report.conflicts {
        let place = conflict.spot.told.clone();
        let field = say!("{id}, {key}", id = &*conflict.id, key = &*conflict.key);
        let head =
            say!("{file}, {place}: {what} was changed here and in the book", file = &**file, place, what = field);
        let head = edge.say(&head);
        writeln!(edge.out, "{head}")?;
        let three = [
            (say!("as exported:"), &conflict.exported),
            (say!("in the file:"), &conflict.theirs),
            (say!("in the book:"), &conflict.ours),
        ];
        for (label, value) in three {
            let label = edge.say(&label);
            writeln!(edge.out, "  {label} {}", one_line(value))?;
        }
    }
    for (file, unread) in report.not_read.iter().take(MAX_TOLD) {
        edge.remark(say!("not taken: {what}", what = line(file, unread)));
    }
    if let Some(more) = report.not_read.len().checked_sub(MAX_TOLD).filter(|more| *more > 0) {
        edge.remark(say!(
            more;
            "1 more piece of text is not taken; --format json lists all",
            "{n} more pieces of text are not taken; --format json lists all"
        ));
    }
    for (file, remark) in &report.remarks {
        edge.remark(line(file, remark));
    }
    for (file, id) in &report.deleted {
        edge.remark(say!(
            "{file}: the row of `{id}` is gone; the standard stays in the book: give it `status: retired` if it is to go",
            file = &**file,
            id = &**id
        ));
    }
    Ok(())
}

/// Where something stands, what it is, why it was not taken.
fn line(file: &str, unread: &Unread) -> Message {
    let place = unread.spot.told.clone();
    let value = short(&one_line(&unread.value));
    match value.is_empty() {
        true => say!("{file}, {place}: {why}", file, place, why = unread.why.clone()),
        false => say!("{file}, {place}: `{value}`: {why}", file, place, value, why = unread.why.clone()),
    }
}

/// What was done, and what is left to do.
pub(super) fn done(edge: &Edge, report: &Report, is_dry: bool) {
    for file in &report.held {
        edge.remark(say!(
            "{file}: nothing of it was taken; mend what is listed, or take the rest with --partial",
            file = &**file
        ));
    }
    for (derived, id) in &report.drafted {
        edge.remark(say!(
            "`{derived}` came of a trait; edited, it is the draft `{id}`",
            derived = &**derived,
            id = &**id
        ));
    }
    let drafts = report.drafts.len();
    let values = report.changes.len();
    if drafts == 0 && values == 0 && report.held.is_empty() && report.is_whole() {
        edge.remark(say!("nothing is new in it"));
    }
    if values > 0 {
        let count = say!(values; "1 value", "{n} values");
        edge.remark(match is_dry {
            true => say!("{count} would be changed", count),
            false => say!("{count} changed", count),
        });
    }
    if drafts == 0 {
        return;
    }
    let phases: BTreeSet<(&str, &str)> =
        report.drafts.iter().map(|draft| (draft.sequence.as_str(), draft.phase.as_str())).collect();
    let phases = phases.len();
    let count = say!(drafts; "1 draft", "{n} drafts");
    let phases = say!(phases; "1 phase", "{n} phases");
    edge.remark(match is_dry {
        true => say!("{count} would be written into {phases}", count, phases),
        false => say!("{count} written into {phases}", count, phases),
    });
    let open = |key: &str| report.drafts.iter().filter(|draft| draft.proposed.contains(&key)).count();
    let parts = [
        (open("type"), say!(open("type"); "1 type", "{n} types")),
        (open("level"), say!(open("level"); "1 level", "{n} levels")),
        (open("measure"), say!(open("measure"); "1 measure", "{n} measures")),
    ];
    let parts: Vec<String> = parts.iter().filter(|(n, _)| *n > 0).map(|(_, part)| edge.say(part)).collect();
    if !parts.is_empty() {
        edge.remark(say!(
            "left for you: {parts}; each draft says in a comment what is proposed, and `gamma-ok check` what to sharpen",
            parts = parts.join(", ")
        ));
    }
}
