//! Where each standard stands in today's book and stood in each edition, as numbers: what a million items are counted by.

use std::collections::HashMap;
use std::ops::Range;

use crate::audit::Audits;
use crate::book::{Aspect, Book, Id, Level, Phase, Site, StandardType, Step};
use crate::edition::{Filter, FilterKey, Lineages, Staffing};
use crate::method::{Standard, Standards};

/// Numbers of a standard's groups.
#[derive(Clone, Debug)]
pub(super) struct StandardGroups {
    /// The groups that it belongs to whoever keeps it, counted through all heads.
    pub fixed: Vec<usize>,
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
    /// Where the groups of each head begin when all are counted through.
    pub heads: Heads,
    /// By row; see [`crate::audit::Item::row`].
    pub rows: Vec<StandardGroups>,
}

/// The groups of each head, as stretches of all groups.
#[derive(Clone, Debug, Default)]
pub(super) struct Heads {
    pub area: Range<usize>,
    pub sequence: Range<usize>,
    pub phase: Range<usize>,
    pub step: Range<usize>,
    pub r#trait: Range<usize>,
    pub role: Range<usize>,
    pub r#type: Range<usize>,
    pub level: Range<usize>,
    pub aspect: Range<usize>,
}

/// A standard's groups, counted through those of each head alone.
struct Own {
    area: Option<usize>,
    sequence: usize,
    phase: usize,
    step: Option<usize>,
    traits: Vec<usize>,
    roles: Vec<usize>,
    kind: usize,
    level: usize,
    aspect: usize,
    fits: bool,
}

impl Heads {
    fn of(keys: &Keys) -> Self {
        let mut end = 0;
        let mut next = |many: usize| {
            let begin = end;
            end += many;
            begin..end
        };
        Heads {
            area: next(keys.areas.names.len()),
            sequence: next(keys.sequences.names.len()),
            phase: next(keys.phases.names.len()),
            step: next(keys.steps.names.len()),
            r#trait: next(keys.traits.names.len()),
            role: next(keys.roles.names.len()),
            r#type: next(StandardType::ALL.len()),
            level: next(Level::ALL.len()),
            aspect: next(Aspect::ALL.len()),
        }
    }

    /// How many groups there are.
    pub(super) fn count(&self) -> usize {
        self.aspect.end
    }

    fn place(&self, own: Own) -> StandardGroups {
        let mut fixed: Vec<usize> = own.area.map(|area| self.area.start + area).into_iter().collect();
        fixed.push(self.sequence.start + own.sequence);
        fixed.push(self.phase.start + own.phase);
        fixed.extend(own.step.map(|step| self.step.start + step));
        fixed.push(self.r#type.start + own.kind);
        fixed.push(self.level.start + own.level);
        fixed.push(self.aspect.start + own.aspect);
        fixed.extend(own.traits.iter().map(|number| self.r#trait.start + number));
        StandardGroups { fixed, roles: own.roles, fits: own.fits }
    }
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
    /// `told` is what the last record of the period is counted by: its order is that of the lists, so that a list of the past does
    /// not follow the book as it is now. An edition keeps phases and steps in their order, and everything else by its id.
    pub(super) fn of(book: &Book, standards: &Standards, audits: &Audits, filter: &Filter, told: usize) -> Self {
        let mut all = Keys::default();
        let mut rows: Vec<Own> = Vec::with_capacity(audits.numbers.len());
        let bases: Vec<&Book> = audits.bases(book, standards).map(|(book, _)| book).collect();
        let editions = bases.iter().skip(1).rev().chain(bases.first());
        let first = bases.get(told).into_iter();
        for book in first.chain(editions) {
            all.add_places(book, &audits.names);
            all.add_others(book, &audits.names);
        }
        for (of_basis, standards) in audits.bases(book, standards) {
            let filter = filter.in_terms_of(of_basis, &audits.names);
            rows.extend(standards.all.iter().map(|standard| all.groups(of_basis, standard, &filter, &audits.names)));
        }
        let heads = Heads::of(&all);
        let rows = rows.into_iter().map(|own| heads.place(own)).collect();
        GroupKeys {
            heads,
            areas: all.areas.into_names(),
            sequences: all.sequences.into_names(),
            phases: all.phases.into_names(),
            steps: all.steps.into_names(),
            traits: all.traits.into_names(),
            roles: all.roles.into_names(),
            rows,
        }
    }
}

/// The keys so far, each called as it is called now.
#[derive(Default)]
struct Keys {
    areas: Numbers,
    sequences: Numbers,
    phases: Numbers,
    steps: Numbers,
    traits: Numbers,
    roles: Numbers,
}

impl Keys {
    /// Adds what has no place in a sequence, by its id: so an edition keeps it, and a book in which it is listed otherwise has the
    /// same figures.
    fn add_others(&mut self, book: &Book, names: &Lineages) {
        let sorted = |ids: &mut dyn Iterator<Item = &'_ Id>| {
            let mut ids: Vec<String> = ids.map(|id| id.name.clone()).collect();
            ids.sort_unstable();
            ids
        };
        for area in sorted(&mut book.areas.iter().map(|area| &area.id)) {
            self.areas.of(names.areas.now(&area));
        }
        for listed in sorted(&mut book.traits.iter().map(|listed| &listed.id)) {
            self.traits.of(names.traits.now(&listed));
        }
        for role in sorted(&mut book.roles.iter().map(|role| &role.id)) {
            self.roles.of(names.roles.now(&role));
        }
    }

    /// Adds sequences, phases and steps in their order.
    fn add_places(&mut self, book: &Book, names: &Lineages) {
        for sequence in &book.sequences {
            self.sequences.of(names.sequences.now(&sequence.id.name));
            for phase in &sequence.phases {
                self.phases.of(names.phases.now(&phase.id.name));
                phase.steps.iter().for_each(|step| _ = self.step(phase, step, names));
            }
        }
    }

    fn step(&mut self, phase: &Phase, step: &Step, names: &Lineages) -> usize {
        self.steps.of(names.steps.now(&format!("{}.{}", phase.id.name, step.id.name)))
    }

    fn groups(&mut self, book: &Book, standard: &Standard, filter: &Filter, names: &Lineages) -> Own {
        let sequence = &book.sequences[standard.sequence];
        let phase = &sequence.phases[standard.phase];
        let step = standard.step.and_then(|step| phase.steps.get(step));
        Own {
            area: sequence.area.as_ref().map(|area| self.areas.of(names.areas.now(area))),
            sequence: self.sequences.of(names.sequences.now(&sequence.id.name)),
            phase: self.phases.of(names.phases.now(&phase.id.name)),
            step: step.map(|step| self.step(phase, step, names)),
            traits: standard.traits.iter().map(|name| self.traits.of(names.traits.now(name))).collect(),
            roles: standard.roles.iter().map(|role| self.roles.of(names.roles.now(role))).collect(),
            kind: standard.kind as usize,
            level: standard.level as usize,
            aspect: standard.aspect as usize,
            fits: filter.fits(book, standard),
        }
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
    /// Who does what at a site. A role that the filter asks for and the site does not have keeps nothing there, unless that
    /// very site is asked for (`is_site_wanted`): then whoever covers for it is meant.
    pub(super) fn of(
        book: &Book,
        site: Option<&Site>,
        (filter, is_site_wanted): (&Filter, bool),
        places: &GroupKeys,
        names: &Lineages,
    ) -> Self {
        let staffing = Staffing::new(book, site);
        let filter = filter.in_terms_of(book, names);
        let asked = filter.values(FilterKey::Role);
        let folded = match is_site_wanted {
            true => staffing.fold(asked),
            false => asked.iter().filter(|role| staffing.exists(role)).cloned().collect(),
        };
        let number = |role: &str| places.roles.iter().position(|name| name == names.roles.now(role));
        let mut holders: Vec<usize> = (0..places.roles.len()).collect();
        for role in &book.roles {
            if let (Some(own), Some(holder)) = (number(&role.id.name), number(staffing.holder(&role.id.name))) {
                holders[own] = holder;
            }
        }
        let wanted = if asked.is_empty() {
            Vec::new()
        } else {
            let folded: Vec<&str> = folded.iter().map(|role| names.roles.now(role)).collect();
            places.roles.iter().map(|role| folded.contains(&role.as_str())).collect()
        };
        Duties { holders, wanted }
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
        let is_wanted = |role: &usize| self.wanted[self.holders[*role]];
        match roles {
            _ if self.wanted.is_empty() => true,
            // Everybody's is also theirs, where one of them is there.
            [] => self.wanted.contains(&true),
            roles => roles.iter().any(is_wanted),
        }
    }
}
