//! The JSON of `audit report`, that others rely on: fields may be added, never changed.

use std::io::{self, Write};
use std::sync::mpsc::{SyncSender, sync_channel};
use std::{panic, thread};

use anyhow::Result;
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::actions::{WithoutAction, without_action};
use crate::audit::figures::{Figures, Selection};
use crate::audit::{Action, ActionState, Audits, Finding, Item, Record, findings};
use crate::project::Project;
use crate::source::World;

/// What `audit report --format json` prints.
#[derive(Serialize, JsonSchema)]
pub(crate) struct ReportOutput<'a> {
    /// What the audits come to.
    #[serde(flatten)]
    figures: &'a Figures,
    /// What was not met, graded, or has an action, by date.
    #[schemars(with = "Vec<FindingOutput<'_>>")]
    findings: Each<'a, FindingOutput<'a>>,
    /// What is done about what was found in the period, or earlier and was still open when it began; by date of the finding.
    #[schemars(with = "Vec<ActionOutput<'_>>")]
    actions: Each<'a, ActionOutput<'a>>,
    /// Failures of critical standards up to the end of the period about which nothing is to be done, and which nobody has found
    /// mended since.
    without_action: Vec<WithoutAction>,
}

/// A finding.
#[derive(Debug, Serialize, JsonSchema)]
struct FindingOutput<'a> {
    /// Id of the standard.
    standard: &'a str,
    /// The wording that was judged, where the record says so.
    stamp: Option<&'a str>,
    /// Id of the site.
    site: Option<&'a str>,
    /// The day, as `2026-05-12`.
    date: String,
    /// The visit.
    visit: Option<&'a str>,
    /// Who judged.
    auditor: Option<&'a str>,
    /// How it was answered.
    answer: &'static str,
    /// How grave it is, in the words of ISO 19011.
    grade: Option<&'static str>,
    /// Whether a critical standard was not met.
    critical: bool,
    /// Whether it is about a draft: a trial, which counts in no figure.
    draft: bool,
    /// What was noted.
    note: Option<&'a str>,
    /// Whether it counts as a nonconformity: the auditors of the visit together say that it was not met, and of those who found it
    /// this one tells it for all.
    nonconformity: bool,
    /// Day of the earlier finding that this one repeats although its action was done.
    repeats: Option<String>,
    /// The record's file, relative to the book.
    file: &'a str,
}

/// A corrective action.
#[derive(Debug, Serialize, JsonSchema)]
struct ActionOutput<'a> {
    /// Id of the standard.
    standard: &'a str,
    /// Id of the site.
    site: Option<&'a str>,
    /// Day of the finding.
    found: String,
    /// The action.
    #[serde(flatten)]
    action: &'a Action,
    /// How far it has come: `overdue`, `open`, `done`, `without-effect` or `verified`.
    state: ActionState,
    /// Whether it is about a draft.
    draft: bool,
}

/// A list of which each entry is made when it is written: of a million answers there are a hundred thousand.
struct Each<'a, T> {
    all: &'a [Finding<'a>],
    entry: &'a (dyn Fn(&Finding<'a>) -> Option<T> + Sync),
}

impl<T: Serialize> Serialize for Each<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.all.iter().filter_map(self.entry))
    }
}

/// Writes the report as JSON.
///
/// # Errors
/// What `out` says.
pub(super) fn write(
    mut out: impl Write,
    opened: &Project,
    audits: &Audits,
    selection: &Selection<'_>,
    figures: &Figures,
) -> Result<()> {
    let all = findings(audits, &opened.standards);
    let today = opened.world.today();
    let until = selection.wanted.to.map_or(today, |to| to.min(today));
    let is_wanted = |record: &Record, item: &Item| selection.wanted.is_here(record) && selection.picks(record, item);
    let counts = |chosen: &Finding<'_>| selection.counts(chosen.record) && selection.picks(chosen.record, chosen.item);
    let output = ReportOutput {
        figures,
        findings: Each { all: &all, entry: &|chosen| counts(chosen).then(|| finding(opened, audits, &all, chosen)) },
        actions: Each { all: &all, entry: &|chosen| action(opened, audits, selection, chosen) },
        without_action: without_action(audits, opened, until, is_wanted),
    };
    // One thread makes the text while this one looks at it and hands it on.
    let (pieces, made) = sync_channel(4);
    thread::scope(|scope| {
        let making = scope.spawn(move || {
            let mut text = Pieces { held: Vec::new(), made: pieces };
            serde_json::to_writer_pretty(&mut text, &output)?;
            writeln!(text)?;
            text.flush()
        });
        // Where the reader has gone, the pieces that nobody takes any more end the other thread too.
        made.into_iter().try_for_each(|piece| out.write_all(&piece))?;
        making.join().unwrap_or_else(|fault| panic::resume_unwind(fault))?;
        Ok(())
    })
}

/// So long a piece of the text is, in bytes.
const PIECE: usize = 64 * 1024;

/// Hands on in pieces what comes a few letters at a time.
struct Pieces {
    held: Vec<u8>,
    made: SyncSender<Vec<u8>>,
}

impl Write for Pieces {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.write_all(bytes)?;
        Ok(bytes.len())
    }

    fn write_all(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.held.extend_from_slice(bytes);
        if self.held.len() < PIECE { Ok(()) } else { self.flush() }
    }

    fn flush(&mut self) -> io::Result<()> {
        let piece = std::mem::replace(&mut self.held, Vec::with_capacity(PIECE + 1024));
        self.made.send(piece).map_err(|_| io::ErrorKind::BrokenPipe.into())
    }
}

fn finding<'a>(
    opened: &'a Project,
    audits: &'a Audits,
    all: &[Finding<'a>],
    finding: &Finding<'a>,
) -> FindingOutput<'a> {
    let Finding { record, item, repeats, .. } = *finding;
    let draft = audits.is_trial(&opened.standards, item);
    let nonconformity = finding.is_nonconformity() && !draft;
    let critical = audits.row(&opened.standards, item).is_some_and(|standard| standard.critical);
    FindingOutput {
        standard: audits.id(item),
        stamp: audits.stamp(&opened.standards, item),
        site: record.site.as_deref(),
        date: record.moment.date.to_string(),
        visit: record.visit.as_deref(),
        auditor: record.auditor.as_deref(),
        answer: item.answer.word(),
        grade: item.grade().map(|grade| grade.word()),
        critical: critical && !draft && item.answer == crate::audit::Answer::NotMet,
        draft,
        note: item.detail.as_deref().and_then(|detail| detail.note.as_deref()),
        nonconformity,
        repeats: repeats.and_then(|index| all.get(index)).map(|earlier| earlier.record.moment.date.to_string()),
        file: &opened.loaded.sources.get(record.file).path,
    }
}

fn action<'a>(
    opened: &'a Project,
    audits: &'a Audits,
    selection: &Selection<'_>,
    finding: &Finding<'a>,
) -> Option<ActionOutput<'a>> {
    let Finding { record, item, .. } = *finding;
    let action = finding.action()?;
    if !(selection.holds_action(record, action) && selection.picks(record, item)) {
        return None;
    }
    Some(ActionOutput {
        standard: audits.id(item),
        site: record.site.as_deref(),
        found: record.moment.date.to_string(),
        action,
        state: action.state(opened.world.today()),
        draft: audits.is_trial(&opened.standards, item),
    })
}
