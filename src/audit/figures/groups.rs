//! Where each standard stands in the book, as numbers: what a million items are counted by.

use std::collections::HashMap;

use crate::book::{Book, Site};
use crate::edition::{By, Filter, Staffing};
use crate::method::{Standard, Standards};

/// Numbers of a standard's groups.
#[derive(Clone, Debug)]
pub(super) struct StandardGroups {
    pub area: Option<usize>,
    pub sequence: usize,
    /// Counted through all sequences.
    pub phase: usize,
    /// Counted through all phases.
    pub step: Option<usize>,
    pub traits: Vec<usize>,
    /// As written; who has them depends on the site.
    pub roles: Vec<usize>,
    /// Whether everything but its roles fits the filter.
    pub fits: bool,
}

/// The keys of all groups in the book's order, and the place of every standard.
#[derive(Debug, Default)]
pub(super) struct GroupKeys {
    pub areas: Vec<String>,
    pub sequences: Vec<String>,
    pub phases: Vec<String>,
    /// `PHASE.STEP`, since a step's id is unique in its phase only.
    pub steps: Vec<String>,
    pub traits: Vec<String>,
    pub roles: Vec<String>,
    /// By number of the standard.
    pub standards: Vec<StandardGroups>,
}

/// Names that get numbers in the order in which they are met.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    names: Vec<String>,
    known: HashMap<String, usize>,
}

impl Numbers {
    pub(super) fn of(&mut self, name: &str) -> usize {
        if let Some(number) = self.known.get(name) {
            return *number;
        }
        self.known.insert(name.to_owned(), self.names.len());
        self.names.push(name.to_owned());
        self.names.len() - 1
    }

    pub(super) fn into_names(self) -> Vec<String> {
        self.names
    }
}

impl GroupKeys {
    pub(super) fn of(book: &Book, standards: &Standards, filter: &Filter) -> Self {
        let (mut areas, mut traits, mut roles) = (Numbers::default(), Numbers::default(), Numbers::default());
        book.areas.iter().for_each(|area| _ = areas.of(&area.id.name));
        book.traits.iter().for_each(|listed| _ = traits.of(&listed.id.name));
        book.roles.iter().for_each(|role| _ = roles.of(&role.id.name));
        let mut places = GroupKeys::default();
        // The number of each sequence's first phase, and of each phase's first step.
        let (mut first_phase, mut first_step) = (Vec::new(), Vec::new());
        for sequence in &book.sequences {
            places.sequences.push(sequence.id.name.clone());
            first_phase.push(places.phases.len());
            for phase in &sequence.phases {
                places.phases.push(phase.id.name.clone());
                first_step.push(places.steps.len());
                let key = |step: &crate::book::Step| format!("{}.{}", phase.id.name, step.id.name);
                places.steps.extend(phase.steps.iter().map(key));
            }
        }
        let place = |standard: &Standard| {
            let phase = first_phase[standard.sequence] + standard.phase;
            StandardGroups {
                area: book.sequences[standard.sequence].area.as_ref().map(|area| areas.of(area)),
                sequence: standard.sequence,
                phase,
                step: standard.step.map(|step| first_step[phase] + step),
                traits: standard.traits.iter().map(|name| traits.of(name)).collect(),
                roles: standard.roles.iter().map(|role| roles.of(role)).collect(),
                fits: filter.fits(book, standard),
            }
        };
        places.standards = standards.all.iter().map(place).collect();
        (places.areas, places.traits, places.roles) = (areas.into_names(), traits.into_names(), roles.into_names());
        places
    }
}

/// Who does what at one site, as numbers.
#[derive(Debug)]
pub(super) struct Duties {
    /// By number of the role: who has its duties.
    holders: Vec<usize>,
    /// By number of the role: whether the filter asks for it. Empty where it asks for none.
    wanted: Vec<bool>,
}

impl Duties {
    pub(super) fn of(book: &Book, site: Option<&Site>, filter: &Filter, places: &GroupKeys) -> Self {
        let staffing = Staffing::new(book, site);
        let number = |role: &str| places.roles.iter().position(|name| name == role);
        let holder = |(own, role): (usize, &String)| number(staffing.holder(role)).unwrap_or(own);
        let folded = staffing.fold(filter.values(By::Role));
        let wanted = if folded.is_empty() {
            Vec::new()
        } else {
            places.roles.iter().map(|role| folded.contains(role)).collect()
        };
        Duties { holders: places.roles.iter().enumerate().map(holder).collect(), wanted }
    }

    /// Who keeps a standard there, each once.
    pub(super) fn keepers(&self, place: &StandardGroups, into: &mut Vec<usize>) {
        into.clear();
        for role in &place.roles {
            let holder = self.holders[*role];
            if !into.contains(&holder) {
                into.push(holder);
            }
        }
    }

    /// Whether the filter picks what these roles keep: what names a role asked for, or no role at all, since that is
    /// everybody's.
    pub(super) fn picks(&self, roles: &[usize]) -> bool {
        self.wanted.is_empty() || roles.is_empty() || roles.iter().any(|role| self.wanted[self.holders[*role]])
    }
}
