//! Which levels of a phase are filled: what `missing-level` and `level-gap` share.

use crate::book::Level;
use crate::check::PhaseView;
use crate::message::Message;
use crate::method::CellState;
use crate::say;

/// Whether any standard of the phase has the level.
pub(super) fn is_filled(view: &PhaseView<'_>, level: Level) -> bool {
    view.alive().any(|standard| standard.level == level)
}

/// Whether all cells of the level are left blank for a reason.
pub(super) fn is_waived(view: &PhaseView<'_>, level: Level) -> bool {
    let mut cells = view.cells.iter().filter(|cell| cell.level == level).peekable();
    cells.peek().is_some() && cells.all(|cell| cell.state == CellState::Waived)
}

/// The levels below a filled one that are neither filled nor waived: rungs that the ladder lacks.
pub(super) fn gaps(view: &PhaseView<'_>) -> Vec<Level> {
    let highest = view.alive().map(|standard| standard.level).max();
    let below = Level::ALL.iter().copied().filter(|level| Some(*level) < highest);
    below.filter(|level| !is_filled(view, *level) && !is_waived(view, *level)).collect()
}

/// What to do about a level that is not filled.
pub(super) fn help(view: &PhaseView<'_>, level: Level) -> Message {
    let phase = &view.phase.id.name;
    if view.cells.iter().any(|cell| cell.level == level && cell.state == CellState::Proposed) {
        return say!("`gamma-ok convert {phase}` proposes some; `--write` puts them into the file", phase);
    }
    let asks = match level {
        Level::Basic => say!("what does every business of the trade offer here?"),
        Level::Expected => say!("what does the customer imagine they will get here?"),
        Level::Exclusive => say!("which gesture does the customer not expect here?"),
    };
    say!("{asks} Write a standard with `level: {level}`, or say under `waive` why there is none", asks, level)
}
