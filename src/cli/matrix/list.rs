//! The matrix for people, a line a trait, and for spreadsheets, a line a cell.

use std::io::Write;

use anyhow::Result;
use unicode_width::UnicodeWidthStr;

use super::View;
use crate::book::{Level, StandardType};
use crate::cli::table::{harmless, one_line};
use crate::method::{Cell, CellState, Coverage};

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
    STATES.iter().find(|(one, ..)| *one == state).map_or("", |(_, word, ..)| word)
}

/// A line a trait in a phase, a group of columns a type, in it a sign a level; then the legend and the share covered.
pub(super) fn write_table(view: &View, colour: bool, out: &mut impl Write) -> Result<()> {
    let book = &view.opened.loaded.book;
    let types: Vec<StandardType> =
        StandardType::ALL.iter().copied().filter(|one| view.cells.iter().any(|cell| cell.kind == *one)).collect();
    let levels: Vec<Level> =
        Level::ALL.iter().copied().filter(|one| view.cells.iter().any(|cell| cell.level == *one)).collect();
    let rows: Vec<(String, String, &[&Cell])> = view
        .cells
        .chunk_by(|a, b| (a.sequence, a.phase, &a.of_trait) == (b.sequence, b.phase, &b.of_trait))
        .filter_map(|cells| {
            let first = cells.first()?;
            let phase = &book.sequences[first.sequence].phases[first.phase].id.name;
            Some((phase.clone(), first.of_trait.clone(), cells))
        })
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let width = |texts: &mut dyn Iterator<Item = &str>| texts.map(UnicodeWidthStr::width).max().unwrap_or(0) + 2;
    let phases = width(&mut rows.iter().map(|(phase, ..)| phase.as_str()).chain(["phase"]));
    let traits = width(&mut rows.iter().map(|(_, of_trait, _)| of_trait.as_str()).chain(["trait"]));
    let group = |one: &StandardType| one.word().len().max(levels.len() * 2) + 2;
    let (bold, off) = if colour { ("\u{1b}[1m", "\u{1b}[0m") } else { ("", "") };
    let heads: String = types.iter().map(|one| format!("{:<1$}", one.word(), group(one))).collect();
    writeln!(out, "{bold}{:<phases$}{:<traits$}{}{off}", "phase", "trait", heads.trim_end())?;
    let mut before = "";
    for (phase, of_trait, cells) in &rows {
        let mut line = format!("{:<phases$}{of_trait:<traits$}", if phase == before { "" } else { phase });
        before = phase;
        for one in &types {
            let mut used = 0;
            for level in &levels {
                let cell = cells.iter().find(|cell| cell.kind == *one && cell.level == *level);
                line.push_str(&cell.map_or_else(|| " ".to_owned(), |cell| sign(cell.state, colour)));
                line.push(' ');
                used += 2;
            }
            line.extend(std::iter::repeat_n(' ', group(one) - used));
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    let occurring = STATES.iter().filter(|(state, ..)| view.cells.iter().any(|cell| cell.state == *state));
    let legend: Vec<String> = occurring
        .map(|(state, word, ..)| {
            let n = view.cells.iter().filter(|cell| cell.state == *state).count();
            format!("{} {word} {n}", sign(*state, colour))
        })
        .collect();
    let words: Vec<&str> = levels.iter().map(|level| level.word()).collect();
    writeln!(out, "\nin each group: {}\n{}", words.join(", "), legend.join("   "))?;
    let coverage = Coverage::of(view.cells);
    writeln!(out, "covered: {} of {} cells, {} %", coverage.covered, coverage.wanted, coverage.percent())?;
    Ok(())
}

fn sign(state: CellState, colour: bool) -> String {
    let (sign, paint) =
        STATES.iter().find(|(one, ..)| *one == state).map_or(("", ""), |(_, _, sign, paint)| (sign, paint));
    if colour { format!("{paint}{sign}\u{1b}[0m") } else { (*sign).to_owned() }
}

/// A line a cell.
pub(super) fn write_csv(view: &View, out: &mut impl Write) -> Result<()> {
    let book = &view.opened.loaded.book;
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(["sequence", "phase", "trait", "type", "level", "state", "standards", "why"])?;
    for cell in view.cells {
        let sequence = &book.sequences[cell.sequence];
        let why = cell.why.as_ref().and_then(|why| why.best(view.language, book.source_language()));
        let why = why.map(|why| one_line(&why.text)).unwrap_or_default();
        let standards = cell.standards.join(" ");
        csv.write_record([
            sequence.id.name.as_str(),
            sequence.phases[cell.phase].id.name.as_str(),
            cell.of_trait.as_str(),
            cell.kind.word(),
            cell.level.word(),
            word(cell.state),
            standards.as_str(),
            &harmless(&why),
        ])?;
    }
    Ok(csv.flush()?)
}
