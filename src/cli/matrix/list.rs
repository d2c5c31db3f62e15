//! The matrix for people, a line a trait, and for spreadsheets, a line a cell.

use std::io::Write;

use anyhow::Result;
use unicode_width::UnicodeWidthStr;

use super::View;
use crate::book::{Level, StandardType};
use crate::cli::table::one_line;
use crate::edition::Coverage;
use crate::language::Interface;
use crate::message::Message;
use crate::method::{CellState, MatrixCell};
use crate::say;
use crate::statistics::whole_percent;
use crate::text::harmless;

/// States with the sign and colour of each; signs differ in shape, since not everybody sees colours.
const STATES: [(CellState, &str, &str, &str); 6] = [
    (CellState::Written, "written", "●", "\u{1b}[32m"),
    (CellState::Derived, "derived", "◐", "\u{1b}[32m"),
    (CellState::Proposed, "proposed", "○", "\u{1b}[33m"),
    (CellState::Waived, "waived", "–", "\u{1b}[2m"),
    (CellState::Missing, "missing", "✕", "\u{1b}[31m"),
    (CellState::Beyond, "beyond", "·", "\u{1b}[2m"),
];

fn word(state: CellState) -> &'static str {
    STATES.iter().find(|(known, ..)| *known == state).map_or("", |(_, word, ..)| word)
}

/// What a state is called.
fn state_name(state: CellState) -> Message {
    match state {
        CellState::Written => say!("written"),
        CellState::Derived => say!("derived"),
        CellState::Proposed => say!("proposed"),
        CellState::Waived => say!("waived"),
        CellState::Missing => say!("missing"),
        CellState::Beyond => say!("beyond"),
    }
}

/// A line a trait in a phase, a group of columns a type, in it a sign a level; then the legend and the share covered.
/// Laid out by role, such a table a role.
pub(super) fn write_table(view: &View, interface: &Interface, colour: bool, out: &mut impl Write) -> Result<()> {
    if view.cells.is_empty() {
        return Ok(());
    }
    match view.by_role {
        None => write_cells(view, view.cells, interface, colour, out)?,
        Some(roles) => {
            let (bold, off) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
            for (index, row) in roles.iter().enumerate() {
                let gap = if index == 0 { "" } else { "\n" };
                let anyone = || interface.say(&say!("anyone of the staff"));
                writeln!(out, "{gap}{bold}{}{off}", row.role.clone().unwrap_or_else(anyone))?;
                write_cells(view, &row.cells.iter().collect::<Vec<_>>(), interface, colour, out)?;
            }
        }
    }
    let levels = levels(view.cells);
    let occurring = STATES.iter().filter(|(state, ..)| view.cells.iter().any(|cell| cell.state == *state));
    let legend: Vec<String> = occurring
        .map(|(state, ..)| {
            let n = view.cells.iter().filter(|cell| cell.state == *state).count();
            format!("{} {} {n}", sign(*state, colour), interface.say(&state_name(*state)))
        })
        .collect();
    let words: Vec<&str> = levels.iter().map(|level| interface.word("level", level.word())).collect();
    let groups = interface.say(&say!("in each group: {words}", words = words.join(", ")));
    writeln!(out, "\n{groups}\n{}", legend.join("   "))?;
    let coverage = Coverage::of(view.cells);
    let share = say!(
        "covered: {covered} of {wanted} cells, {percent} %",
        covered = coverage.covered,
        wanted = coverage.wanted,
        percent = whole_percent(coverage.share())
    );
    writeln!(out, "{}", interface.say(&share))?;
    Ok(())
}

/// The levels that the matrix has columns for.
fn levels(cells: &[&MatrixCell]) -> Vec<Level> {
    Level::ALL.iter().copied().filter(|level| cells.iter().any(|cell| cell.level == *level)).collect()
}

/// The head and the lines of some cells, in the columns of the whole matrix.
fn write_cells(
    view: &View,
    cells: &[&MatrixCell],
    interface: &Interface,
    colour: bool,
    out: &mut impl Write,
) -> Result<()> {
    let book = &view.opened.loaded.book;
    let types: Vec<StandardType> =
        StandardType::ALL.iter().copied().filter(|kind| view.cells.iter().any(|cell| cell.kind == *kind)).collect();
    let levels = levels(view.cells);
    let rows: Vec<(String, String, &[&MatrixCell])> = cells
        .chunk_by(|a, b| (a.sequence, a.phase, &a.of_trait) == (b.sequence, b.phase, &b.of_trait))
        .filter_map(|cells| {
            let first = cells.first()?;
            let phase = &book.sequences[first.sequence].phases[first.phase].id.name;
            Some((phase.clone(), first.of_trait.clone(), cells))
        })
        .collect();
    let [phase_head, trait_head] = [say!("phase"), say!("trait")].map(|head| interface.say(&head));
    let width = |texts: &mut dyn Iterator<Item = &str>| texts.map(UnicodeWidthStr::width).max().unwrap_or(0) + 2;
    let phases = width(&mut rows.iter().map(|(phase, ..)| phase.as_str()).chain([phase_head.as_str()]));
    let traits = width(&mut rows.iter().map(|(_, of_trait, _)| of_trait.as_str()).chain([trait_head.as_str()]));
    let called = |kind: &StandardType| interface.word("type", kind.word());
    let group = |kind: &StandardType| called(kind).width().max(levels.len() * 2) + 2;
    let (bold, off) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let heads: String = types.iter().map(|kind| format!("{:<1$}", called(kind), group(kind))).collect();
    writeln!(out, "{bold}{phase_head:<phases$}{trait_head:<traits$}{}{off}", heads.trim_end())?;
    let mut before = "";
    for (phase, of_trait, cells) in &rows {
        let mut line = format!("{:<phases$}{of_trait:<traits$}", if phase == before { "" } else { phase });
        before = phase;
        for kind in &types {
            let mut used = 0;
            for level in &levels {
                let cell = cells.iter().find(|cell| cell.kind == *kind && cell.level == *level);
                line.push_str(&cell.map_or_else(|| " ".to_owned(), |cell| sign(cell.state, colour)));
                line.push(' ');
                used += 2;
            }
            line.extend(std::iter::repeat_n(' ', group(kind) - used));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

fn sign(state: CellState, colour: bool) -> String {
    let (sign, paint) =
        STATES.iter().find(|(known, ..)| *known == state).map_or(("", ""), |(_, _, sign, paint)| (sign, paint));
    if colour { format!("{paint}{sign}\u{1b}[0m") } else { (*sign).to_owned() }
}

/// A line a cell; laid out by role, a line for each cell of a role, with a column that names the role.
pub(super) fn write_csv(view: &View, out: &mut impl Write) -> Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    let columns = ["sequence", "phase", "trait", "type", "level", "state", "standards", "why"];
    match view.by_role {
        None => {
            csv.write_record(columns)?;
            for cell in view.cells {
                csv.write_record(row(view, cell).map(|cell| harmless(&cell).into_owned()))?;
            }
        }
        Some(roles) => {
            csv.write_record(columns.into_iter().chain(["role"]))?;
            for of_role in roles {
                for cell in &of_role.cells {
                    let role = of_role.role.clone().unwrap_or_default();
                    let row = row(view, cell).into_iter().chain([role]);
                    csv.write_record(row.map(|cell| harmless(&cell).into_owned()))?;
                }
            }
        }
    }
    Ok(csv.flush()?)
}

fn row(view: &View, cell: &MatrixCell) -> [String; 8] {
    let book = &view.opened.loaded.book;
    let sequence = &book.sequences[cell.sequence];
    let why = cell.why.as_ref().and_then(|why| book.in_language(why, view.language)).map(one_line).unwrap_or_default();
    [
        sequence.id.name.clone(),
        sequence.phases[cell.phase].id.name.clone(),
        cell.of_trait.clone(),
        cell.kind.to_string(),
        cell.level.to_string(),
        word(cell.state).to_owned(),
        cell.standards.join(" "),
        why,
    ]
}
