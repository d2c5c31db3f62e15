//! The JSON of `matrix`, that others rely on: fields may be added, never changed.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use super::View;
use crate::book::{Level, StandardType, Text};
use crate::method::{CellState, Coverage};

/// What `matrix --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MatrixOutput<'a> {
    /// The cells in the order phase, trait, type, level.
    cells: Vec<CellOutput<'a>>,
    /// How many cells need nothing more: written, waived or derived.
    covered: usize,
    /// How many cells the book aims at: those, the proposed and the missing ones.
    wanted: usize,
}

/// One cell.
#[derive(Debug, Serialize, JsonSchema)]
struct CellOutput<'a> {
    /// Id of its phase.
    phase: &'a str,
    /// Id of its trait.
    r#trait: &'a str,
    /// Its type.
    r#type: StandardType,
    /// Its level.
    level: Level,
    /// What fills it, or why nothing does.
    state: CellState,
    /// Ids of the standards that fill it.
    standards: &'a [String],
    /// The waiver's reason, by language.
    #[schemars(with = "Option<BTreeMap<String, String>>")]
    why: Option<&'a Text>,
}

/// Writes the cells.
pub(super) fn write(view: &View, out: &mut impl Write) -> Result<()> {
    let book = &view.opened.loaded.book;
    let cells = view.cells.iter().map(|cell| CellOutput {
        phase: &book.sequences[cell.sequence].phases[cell.phase].id.name,
        r#trait: &cell.of_trait,
        r#type: cell.kind,
        level: cell.level,
        state: cell.state,
        standards: &cell.standards,
        why: cell.why.as_ref(),
    });
    let Coverage { covered, wanted } = Coverage::of(view.cells);
    serde_json::to_writer_pretty(&mut *out, &MatrixOutput { cells: cells.collect(), covered, wanted })?;
    Ok(writeln!(out)?)
}
