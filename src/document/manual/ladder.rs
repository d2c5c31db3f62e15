//! The standards of a phase as a ladder: types one below the other, a row a trait, a column a level.

use serde::Serialize;

use super::phase::LevelColumn;
use crate::book::{Level, StandardType};
use crate::document::prose::Prose;
use crate::document::scope::{Scope, ShownPhase};
use crate::document::standard::{Numbered, Taught, numeral};
use crate::method::Origin;

/// The standards of one type.
#[derive(Clone, Debug, Serialize)]
pub struct TypeGroup {
    /// The type's word in the format.
    pub word: &'static str,
    /// What heads it.
    pub label: String,
    /// Rows, in the order of the phase's traits; standards without a trait last.
    pub rows: Vec<LadderRow>,
}

/// The standards that convert one trait.
#[derive(Clone, Debug, Serialize)]
pub struct LadderRow {
    /// The trait's title; none for standards without a trait.
    pub of_trait: Option<Prose>,
    /// The standards at each level, in the order of the columns.
    pub levels: Vec<LadderCell>,
}

/// The standards of one trait, type and level.
#[derive(Clone, Debug, Serialize)]
pub struct LadderCell {
    /// Those that convert this trait first.
    pub standards: Vec<Taught>,
    /// Those that convert it too and stand in the row of another.
    pub elsewhere: Vec<Numbered>,
}

/// The columns and the groups. A standard with several traits stands in full under its first, and by name under the
/// others; hand-offs have a place of their own.
pub(super) fn ladder(scope: &Scope, part: &ShownPhase, is_leaflet: bool) -> (Vec<LevelColumn>, Vec<TypeGroup>) {
    // A leaflet has no column in which nothing stands.
    let occurs = |level: Level| !is_leaflet || part.standards.iter().any(|selected| selected.standard.level == level);
    let levels: Vec<Level> =
        Level::ALL.iter().copied().filter(|level| scope.filter.picks_level(*level) && occurs(*level)).collect();
    let column = |level: &Level| LevelColumn {
        word: level.word(),
        numeral: numeral(*level),
        label: scope.text(&format!("level.{level}")),
    };
    let order = trait_order(part);
    let group = |kind: &StandardType| {
        let of_kind = |index: &usize| {
            let standard = part.standards[*index].standard;
            standard.kind == *kind && !matches!(standard.origin, Origin::Handoff(_))
        };
        let mine: Vec<usize> = (0..part.standards.len()).filter(of_kind).collect();
        let traits_of = |index: usize| &part.standards[index].standard.traits;
        let mut traits: Vec<Option<&str>> = Vec::new();
        for index in &mine {
            let names: Vec<Option<&str>> = traits_of(*index).iter().map(|name| Some(name.as_str())).collect();
            let names = if names.is_empty() { vec![None] } else { names };
            traits.extend(names.iter().filter(|name| !traits.contains(name)).collect::<Vec<_>>());
        }
        // Stable: a trait that only standards name keeps the place where it first occurs, after the phase's own.
        traits.sort_by_key(|name| match name {
            Some(name) => order.iter().position(|known| known == name).unwrap_or(order.len()),
            None => usize::MAX,
        });
        let cell = |name: Option<&str>, level: Level| {
            let of_level = mine.iter().copied().filter(|index| part.standards[*index].standard.level == level);
            let mut cell = LadderCell { standards: Vec::new(), elsewhere: Vec::new() };
            for index in of_level {
                match traits_of(index).iter().position(|known| Some(known.as_str()) == name) {
                    Some(0) => cell.standards.push(scope.taught(&part.standards[index])),
                    Some(_) => cell.elsewhere.push(scope.numbered(&part.standards[index])),
                    None if name.is_none() && traits_of(index).is_empty() => {
                        cell.standards.push(scope.taught(&part.standards[index]))
                    }
                    None => {}
                }
            }
            cell
        };
        let row = |name: &Option<&str>| LadderRow {
            of_trait: name.map(|name| scope.trait_title(name)),
            levels: levels.iter().map(|level| cell(*name, *level)).collect(),
        };
        TypeGroup {
            word: kind.word(),
            label: scope.text(&format!("type-plural.{kind}")),
            rows: traits.iter().map(row).collect(),
        }
    };
    let groups = StandardType::ALL.iter().map(group).filter(|group| !group.rows.is_empty()).collect();
    (levels.iter().map(column).collect(), groups)
}

/// The phase's traits, then its steps', in order.
fn trait_order<'a>(part: &ShownPhase<'a>) -> Vec<&'a str> {
    let uses = part.phase.traits.iter().chain(part.phase.steps.iter().flat_map(|step| &step.traits));
    uses.map(|used| used.name.as_str()).collect()
}
