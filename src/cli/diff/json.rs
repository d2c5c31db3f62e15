//! The JSON of `diff`, that others rely on: fields may be added, never changed.

use std::io::Write;

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use crate::changes::{ChangeKind, ChangedKind, Changes, Value};

/// What `diff --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct DiffOutput<'a> {
    /// What changed: in the standards, in service order, then in what they stand in.
    changes: Vec<ChangeOutput<'a>>,
    /// Who has to learn something new.
    retrain: Vec<RetrainOutput<'a>>,
}

/// One change. A standard may have several.
#[derive(Debug, Serialize, JsonSchema)]
struct ChangeOutput<'a> {
    /// How it changed.
    kind: ChangeKind,
    /// Id of what changed; of what is gone, the id it had.
    id: &'a str,
    /// The id it had, where that was another.
    old_id: Option<&'a str>,
    /// Of what is new, the ids of the standards that it was split from (one) or merged of (several).
    from: &'a [String],
    /// What it was: a text in the source language, a figure, an id or a word of the format.
    before: Option<String>,
    /// What it is now, likewise.
    after: Option<String>,
    /// Id of its phase.
    phase: Option<&'a str>,
    /// What kind of thing it is.
    of: ChangedKind,
    /// The key of the format that changed, where the kind does not say so.
    field: Option<&'static str>,
    /// The language of a translation.
    language: Option<&'a str>,
}

/// A role that has to learn something new.
#[derive(Debug, Serialize, JsonSchema)]
struct RetrainOutput<'a> {
    /// Its id; null for whoever is of the staff, where a standard names no role.
    role: Option<&'a str>,
    /// Ids of the standards.
    standards: &'a [String],
}

/// Writes the changes.
pub(super) fn write(changes: &Changes, out: &mut impl Write) -> Result<()> {
    let plain = |value: &Option<Value>| value.as_ref().map(Value::plain);
    let all = changes.all.iter().map(|change| ChangeOutput {
        kind: change.kind,
        id: &change.id,
        old_id: change.old_id.as_deref(),
        from: &change.from,
        before: plain(&change.before),
        after: plain(&change.after),
        phase: change.phase.as_deref(),
        of: change.of,
        field: change.field,
        language: change.language.as_deref(),
    });
    let retrain = changes.retrain.iter();
    let retrain = retrain.map(|group| RetrainOutput { role: group.role.as_deref(), standards: &group.standards });
    serde_json::to_writer_pretty(&mut *out, &DiffOutput { changes: all.collect(), retrain: retrain.collect() })?;
    Ok(writeln!(out)?)
}
