//! The matrix: phase × trait × type × level, as a heat map that also reads without colour.

use serde::Serialize;

use super::head::Head;
use super::kind::DocumentKind;
use super::long::Long;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::book::{Level, StandardType};
use crate::edition::{Coverage, FilterKey, RoleCells, cells, cells_by_role};
use crate::method::{CellState, MatrixCell};
use crate::statistics::whole_percent;

/// The view of the matrix.
#[derive(Clone, Debug, Serialize)]
pub struct Matrix {
    /// What it is.
    pub head: Head,
    /// The three types, each over its levels.
    pub types: Vec<String>,
    /// The levels under each type.
    pub levels: Vec<String>,
    /// How much is covered, in words.
    pub summary: String,
    /// Covered share of what is wanted, 0 to 100, for a bar.
    pub percent: u32,
    /// States that occur, with their sign and how often.
    pub legend: Vec<StateKey>,
    /// Phases in service order.
    pub phases: Long<PhaseCells>,
    /// The same role by role, where it is asked for so: filled cells only.
    pub roles: Long<RoleMap>,
}

/// What a role keeps.
#[derive(Clone, Debug, Serialize)]
pub struct RoleMap {
    /// Title of the role; none for what is anyone's on duty.
    pub title: Option<Prose>,
    /// How many standards it keeps in these cells, in words.
    pub count: String,
    /// Phases in service order.
    pub phases: Vec<PhaseCells>,
}

/// A line of the legend.
#[derive(Clone, Debug, Serialize)]
pub struct StateKey {
    /// The state's word in the format.
    pub state: &'static str,
    /// The sign in the map.
    pub sign: &'static str,
    /// The name.
    pub label: String,
    /// How many cells have it.
    pub count: String,
}

/// The cells of a phase.
#[derive(Clone, Debug, Serialize)]
pub struct PhaseCells {
    /// Title of the phase.
    pub title: Prose,
    /// A line a trait.
    pub rows: Vec<TraitCells>,
}

/// The cells of a trait in a phase.
#[derive(Clone, Debug, Serialize)]
pub struct TraitCells {
    /// Title of the trait.
    pub title: Prose,
    /// Type by type, level by level; as many as the head has columns.
    pub cells: Vec<CellView>,
}

/// One cell.
#[derive(Clone, Debug, Serialize)]
pub struct CellView {
    /// The state's word in the format.
    pub state: &'static str,
    /// The sign.
    pub sign: &'static str,
    /// The name.
    pub label: String,
    /// Ids of the standards that fill it.
    pub standards: Vec<String>,
    /// The waiver's reason.
    pub why: Option<Prose>,
}

/// The states in the order of the legend: word in the format and sign. Signs differ in shape, not only in shade.
const STATES: [(CellState, &str, &str); 6] = [
    (CellState::Written, "written", "●"),
    (CellState::Derived, "derived", "◐"),
    (CellState::Proposed, "proposed", "○"),
    (CellState::Waived, "waived", "–"),
    (CellState::Missing, "missing", "✕"),
    (CellState::Beyond, "beyond", "·"),
];

fn state_words(state: CellState) -> (&'static str, &'static str) {
    STATES.iter().find(|(known, ..)| *known == state).map_or(("beyond", "·"), |(_, word, sign)| (word, sign))
}

/// Composes the matrix.
pub fn matrix(request: Request) -> Matrix {
    let scope = Scope::of(request);
    let filter = scope.filter;
    let types: Vec<StandardType> = wanted(StandardType::ALL, |kind| filter.picks(FilterKey::Type, kind.word()));
    let levels = wanted_levels(&scope);
    let cells = cells(scope.book, scope.standards, scope.site, filter);
    let coverage = Coverage::of(&cells);
    let legend = STATES.iter().filter_map(|(state, word, sign)| {
        let n = cells.iter().filter(|cell| cell.state == *state).count();
        let (label, count) = (scope.text(&format!("state.{word}")), scope.interface.number(n as f64));
        (n > 0).then_some(StateKey { state: word, sign, label, count })
    });
    let (n, all) = (scope.interface.number(coverage.covered as f64), scope.interface.number(coverage.wanted as f64));
    let share = scope.interface.share(coverage.share());
    let of_phase = |cells: &[&MatrixCell]| phase(&scope, cells);
    let phases: Long<PhaseCells> =
        cells.chunk_by(|a, b| (a.sequence, a.phase) == (b.sequence, b.phase)).map(of_phase).collect();
    Matrix {
        head: Head::of(DocumentKind::Matrix, &scope).stamped(&phases),
        types: types.iter().map(|kind| scope.text(&format!("type-plural.{kind}"))).collect(),
        levels: levels.iter().map(|level| scope.text(&format!("level.{level}"))).collect(),
        summary: scope.interface.fill("matrix.summary", &[("n", &n), ("all", &all), ("share", &share)]),
        percent: whole_percent(coverage.share()) as u32,
        legend: legend.collect(),
        phases,
        roles: Long::default(),
    }
}

/// Composes the matrix, laid out by role.
pub fn matrix_by_role(request: Request) -> Matrix {
    let composed = matrix(request);
    let scope = Scope::of(request);
    let places: Vec<(StandardType, Level)> = {
        let types = wanted(StandardType::ALL, |kind| scope.filter.picks(FilterKey::Type, kind.word()));
        let levels = wanted_levels(&scope);
        types.iter().flat_map(|kind| levels.iter().map(|level| (*kind, *level))).collect()
    };
    let by_role = cells_by_role(scope.book, scope.standards, scope.site, scope.filter);
    let roles = by_role.iter().map(|role| role_map(&scope, role, &places)).collect();
    Matrix { roles, ..composed }
}

fn role_map(scope: &Scope, kept: &RoleCells, places: &[(StandardType, Level)]) -> RoleMap {
    let role = kept.role.as_ref().and_then(|role| scope.book.role(role));
    let ids: std::collections::BTreeSet<&String> = kept.cells.iter().flat_map(|cell| &cell.standards).collect();
    let phases = kept.cells.chunk_by(|a, b| (a.sequence, a.phase) == (b.sequence, b.phase)).map(|cells| {
        let mut phase = phase(scope, &cells.iter().collect::<Vec<_>>());
        // Every column of every row, what the role has nothing in as an empty cell.
        for (row, cells) in phase.rows.iter_mut().zip(cells.chunk_by(|a, b| a.of_trait == b.of_trait)) {
            let of_place = |(kind, level): &(StandardType, Level)| {
                cells
                    .iter()
                    .find(|filled| (filled.kind, filled.level) == (*kind, *level))
                    .map_or_else(nothing, |filled| cell(scope, filled))
            };
            row.cells = places.iter().map(of_place).collect();
        }
        phase
    });
    RoleMap {
        title: role.map(|role| scope.prose(&role.title)),
        count: scope.interface.count("manual.standards", ids.len()),
        phases: phases.collect(),
    }
}

/// A cell in which a role keeps nothing.
fn nothing() -> CellView {
    CellView { state: "none", sign: "", label: String::new(), standards: Vec::new(), why: None }
}

fn wanted_levels(scope: &Scope) -> Vec<Level> {
    wanted(Level::ALL, |level| scope.filter.picks_level(*level))
}

fn wanted<T: Copy>(all: &[T], keep: impl Fn(&T) -> bool) -> Vec<T> {
    all.iter().copied().filter(|item| keep(item)).collect()
}

fn phase(scope: &Scope, cells: &[&MatrixCell]) -> PhaseCells {
    let phase = cells.first().and_then(|cell| scope.book.phase_at(cell.sequence, cell.phase));
    let rows = cells.chunk_by(|a, b| a.of_trait == b.of_trait).map(|cells| {
        let name = cells.first().map_or("", |cell| cell.of_trait.as_str());
        TraitCells { title: scope.trait_title(name), cells: cells.iter().map(|filled| cell(scope, filled)).collect() }
    });
    PhaseCells { title: phase.map(|phase| scope.prose(&phase.title)).unwrap_or_default(), rows: rows.collect() }
}

fn cell(scope: &Scope, cell: &MatrixCell) -> CellView {
    let (state, sign) = state_words(cell.state);
    CellView {
        state,
        sign,
        label: scope.text(&format!("state.{state}")),
        standards: cell.standards.clone(),
        why: cell.why.as_ref().map(|why| scope.prose(why)),
    }
}
