//! The JSON of `matrix`, that others rely on: fields may be added, never changed.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use schemars::JsonSchema;
use serde::Serialize;

use super::View;
use crate::book::{Book, Level, StandardType, Text};
use crate::edition::{Coverage, RoleCells};
use crate::method::{CellState, MatrixCell};

/// What `matrix --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct MatrixOutput<'a> {
    /// The cells in the order phase, trait, type, level.
    cells: Vec<CellOutput<'a>>,
    /// How many cells need nothing more: written, waived or derived.
    covered: usize,
    /// How many cells the book aims at: those, the proposed and the missing ones.
    wanted: usize,
    /// With `--by role`: what each role keeps, in the order of the book's roles.
    #[serde(skip_serializing_if = "Option::is_none")]
    roles: Option<Vec<RoleOutput<'a>>>,
}

/// What a role keeps.
#[derive(Debug, Serialize, JsonSchema)]
struct RoleOutput<'a> {
    /// Id of the role; null for what is anyone's on duty.
    role: Option<&'a str>,
    /// The cells that it keeps standards in, each with its own standards alone.
    cells: Vec<CellOutput<'a>>,
}

/// One cell.
#[derive(Debug, Serialize, JsonSchema)]
struct CellOutput<'a> {
    /// Id of its phase.
    phase: &'a str,
    /// Id of its trait.
    r#trait: &'a str,
    /// The type of standard that the cell asks for.
    r#type: StandardType,
    /// The level that the cell asks for.
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
pub(super) fn write<'a>(view: &View<'a>, out: &mut impl Write) -> Result<()> {
    let book = &view.opened.loaded.book;
    let Coverage { covered, wanted } = Coverage::of(view.cells);
    let of_role = |row: &'a RoleCells| RoleOutput {
        role: row.role.as_deref(),
        cells: row.cells.iter().map(|cell| output(book, cell)).collect(),
    };
    let roles = view.by_role.map(|roles| roles.iter().map(of_role).collect());
    let cells = view.cells.iter().map(|cell| output(book, cell)).collect();
    serde_json::to_writer_pretty(&mut *out, &MatrixOutput { cells, covered, wanted, roles })?;
    Ok(writeln!(out)?)
}

fn output<'a>(book: &'a Book, cell: &'a MatrixCell) -> CellOutput<'a> {
    CellOutput {
        phase: &book.sequences[cell.sequence].phases[cell.phase].id.name,
        r#trait: &cell.of_trait,
        r#type: cell.kind,
        level: cell.level,
        state: cell.state,
        standards: &cell.standards,
        why: cell.why.as_ref(),
    }
}
