//! The JSON of `import`, that others rely on: fields may be added, never changed.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use crate::book::{Level, StandardType};
use crate::cli::Edge;
use crate::cli::out::OutputKind;
use crate::import::{Report, Unread};

/// What `import --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct ImportOutput<'a> {
    /// The drafts.
    standards: Vec<DraftOutput<'a>>,
    /// What is no standard, such as other paragraphs.
    not_read: Vec<UnreadOutput<'a>>,
    /// What stands among the standards and was not understood.
    not_understood: Vec<UnreadOutput<'a>>,
    /// Values that an edited sheet changes.
    changes: Vec<ChangeOutput<'a>>,
    /// Values that the sheet and the book both changed.
    conflicts: Vec<ConflictOutput<'a>>,
    /// Standards that traits yield and that an edited sheet made drafts of.
    drafted: Vec<DraftedOutput<'a>>,
    /// Standards whose rows are gone from an edited sheet; they stay in the book.
    deleted: Vec<&'a str>,
    /// What was read and is to be looked at: rows and sheets that are hidden, columns that are gone from an edited sheet.
    remarks: Vec<UnreadOutput<'a>>,
    /// The files that change, relative to the book.
    files: Vec<&'a str>,
    /// Whether they were written.
    written: bool,
}

/// A draft.
#[derive(Debug, Serialize, JsonSchema)]
struct DraftOutput<'a> {
    /// Its id.
    id: &'a str,
    /// Id of its sequence.
    sequence: &'a str,
    /// Id of its phase.
    phase: &'a str,
    /// Where it comes from.
    from: String,
    /// Keys that something is proposed for, or that are to be decided.
    proposed: &'a [&'static str],
    /// What it demands, by language.
    text: BTreeMap<&'a str, &'a str>,
    /// Its type, where the file says so.
    r#type: Option<StandardType>,
    /// Its level, where the file says so.
    level: Option<Level>,
}

/// Something that was not taken.
#[derive(Debug, Serialize, JsonSchema)]
struct UnreadOutput<'a> {
    /// The file.
    file: &'a str,
    /// Where in it.
    place: &'a str,
    /// What stands there.
    value: &'a str,
    /// Why it was not taken.
    why: &'a str,
}

/// A value that changes.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeOutput<'a> {
    /// Id of the standard.
    id: &'a str,
    /// The key, with its language.
    key: &'a str,
    /// As the book has it.
    before: &'a str,
    /// As it will be.
    after: &'a str,
}

/// A value that both changed.
#[derive(Debug, Serialize, JsonSchema)]
struct ConflictOutput<'a> {
    /// The file.
    file: &'a str,
    /// Id of the standard.
    id: &'a str,
    /// The key, with its language.
    key: &'a str,
    /// Where it stands in the file.
    place: &'a str,
    /// As it was exported.
    exported: &'a str,
    /// As the file has it.
    theirs: &'a str,
    /// As the book has it.
    ours: &'a str,
}

/// A standard of a trait that became a draft.
#[derive(Debug, Serialize, JsonSchema)]
struct DraftedOutput<'a> {
    /// Its id as a trait yields it.
    derived: &'a str,
    /// The id of the draft.
    id: &'a str,
}

pub(super) fn write(edge: &mut Edge, report: &Report, is_written: bool) -> Result<()> {
    let output = ImportOutput {
        standards: report
            .drafts
            .iter()
            .map(|draft| DraftOutput {
                id: &draft.id,
                sequence: &draft.sequence,
                phase: &draft.phase,
                from: format!("{}, {}", draft.file, draft.spot.place),
                proposed: &draft.proposed,
                text: draft.text.iter().map(|(tag, text)| (tag.as_str(), text.as_str())).collect(),
                r#type: draft.kind,
                level: draft.level,
            })
            .collect(),
        not_read: unread(&report.not_read),
        not_understood: unread(&report.not_understood),
        changes: report
            .changes
            .iter()
            .map(|change| ChangeOutput {
                id: &change.id,
                key: &change.key,
                before: &change.before,
                after: &change.after,
            })
            .collect(),
        conflicts: report
            .conflicts
            .iter()
            .map(|(file, conflict)| ConflictOutput {
                file,
                id: &conflict.id,
                key: &conflict.key,
                place: &conflict.spot.place,
                exported: &conflict.exported,
                theirs: &conflict.theirs,
                ours: &conflict.ours,
            })
            .collect(),
        drafted: report.drafted.iter().map(|(derived, id)| DraftedOutput { derived, id }).collect(),
        deleted: report.deleted.iter().map(|(_, id)| id.as_str()).collect(),
        remarks: unread(&report.remarks),
        files: report.files.iter().map(|change| change.path.as_str()).collect(),
        written: is_written && !report.files.is_empty(),
    };
    let out = edge.out.of(OutputKind::Json)?;
    serde_json::to_writer_pretty(&mut *out, &output)?;
    Ok(writeln!(out)?)
}

fn unread(all: &[(String, Unread)]) -> Vec<UnreadOutput<'_>> {
    all.iter()
        .map(|(file, unread)| UnreadOutput { file, place: &unread.spot.place, value: &unread.value, why: &unread.why })
        .collect()
}
