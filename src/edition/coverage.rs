//! Which cells of the matrix a command or a document is about, and how far they are covered.

use std::collections::HashSet;

use super::{Filter, FilterKey, Staffing, select};
use crate::book::{Book, Condition, Site, Status};
use crate::method::{CellState, MatrixCell, Standards};
use crate::statistics::Rate;

/// How far cells are covered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coverage {
    /// Cells that need nothing more: written, made by a pattern, or left blank for a reason.
    pub covered: usize,
    /// Cells that the book aims at: those, the proposed and the missing ones.
    pub wanted: usize,
}

impl Coverage {
    /// Counts cells.
    pub fn of(cells: &[&MatrixCell]) -> Self {
        let covered = cells.iter().filter(|cell| cell.state.is_covered()).count();
        let wanted = cells.iter().filter(|cell| cell.state != CellState::Beyond).count();
        Coverage { covered, wanted }
    }

    /// The share of covered cells; all of none.
    pub fn share(self) -> f64 {
        Rate::new(self.covered as u64, self.wanted as u64).share().unwrap_or(1.0)
    }
}

impl CellState {
    /// Whether the cell needs nothing more.
    pub fn is_covered(self) -> bool {
        matches!(self, CellState::Written | CellState::Derived | CellState::Waived)
    }
}

/// The cells that the filter asks for and whose place exists at the site, in the order of the matrix.
///
/// What only standards have, such as roles, an empty cell has not; so such a filter picks whole rows, a trait in a phase,
/// where a standard that it picks converts the trait.
pub fn cells<'a>(book: &Book, standards: &'a Standards, site: Option<&Site>, filter: &Filter) -> Vec<&'a MatrixCell> {
    let by_standard = filter.chosen().any(|(criterion, _)| !criterion.is_of_cells());
    let rows: HashSet<(usize, usize, &str)> = if by_standard {
        let chosen = select(book, standards, site, filter);
        let in_use =
            chosen.iter().map(|selected| selected.standard).filter(|standard| standard.status != Status::Retired);
        in_use
            .flat_map(|standard| standard.traits.iter().map(|name| (standard.sequence, standard.phase, name.as_str())))
            .collect()
    } else {
        HashSet::new()
    };
    let holds = |when: Option<&Condition>| when.is_none_or(|when| when.holds(site));
    let fits = |cell: &&MatrixCell| {
        let Some(sequence) = book.sequences.get(cell.sequence) else { return false };
        let Some(phase) = sequence.phases.get(cell.phase) else { return false };
        filter.fits_cell(book, cell)
            && holds(sequence.when.as_ref())
            && holds(phase.when.as_ref())
            && (!by_standard || rows.contains(&(cell.sequence, cell.phase, cell.of_trait.as_str())))
    };
    standards.cells.iter().filter(fits).collect()
}

/// The cells that a role keeps standards in.
#[derive(Clone, Debug, PartialEq)]
pub struct RoleCells {
    /// Id of the role; none for what is anyone's on duty.
    pub role: Option<String>,
    /// The cells in the order of the matrix, each with the role's standards alone; a cell without any is left out.
    pub cells: Vec<MatrixCell>,
}

/// The filled cells of the matrix role by role, in the order of the book's roles, what is anyone's last. At a site, a role
/// that is absent has given its standards to its cover. A standard of several roles stands with each.
pub fn cells_by_role(book: &Book, standards: &Standards, site: Option<&Site>, filter: &Filter) -> Vec<RoleCells> {
    let all = cells(book, standards, site, filter);
    // Drafts fill cells too, as in the matrix itself.
    let chosen = select(book, standards, site, &filter.clone().of_any_status());
    let wanted = Staffing::new(book, site).fold(filter.values(FilterKey::Role));
    let roles = book.roles.iter().map(|role| &role.id.name);
    let roles = roles.filter(|role| wanted.is_empty() || wanted.contains(role)).map(Some);
    let of_role = |role: Option<&String>| {
        let keeps = |roles: &[String]| role.map_or(roles.is_empty(), |role| roles.contains(role));
        let own = chosen.iter().filter(|own| own.standard.status != Status::Retired && keeps(&own.roles));
        let own: HashSet<&str> = own.map(|own| own.standard.id.name.as_str()).collect();
        let of_cell = |cell: &&MatrixCell| {
            let standards: Vec<String> =
                cell.standards.iter().filter(|id| own.contains(id.as_str())).cloned().collect();
            (!standards.is_empty()).then(|| MatrixCell { standards, ..(*cell).clone() })
        };
        let cells: Vec<MatrixCell> = all.iter().filter_map(of_cell).collect();
        (!cells.is_empty()).then(|| RoleCells { role: role.cloned(), cells })
    };
    roles.chain(std::iter::once(None)).filter_map(of_role).collect()
}
