//! Conversion: book → standards. Written standards first, else patterns that fit, else a gap; hand-offs become
//! procedural standards; waivers are honoured.

use std::sync::Arc;

use rayon::prelude::*;

use super::pattern::{Filler, PatternContext};
use super::size::{MAX_FORMER, is_beyond};
use super::{CellState, HandoffParts, MatrixCell, Origin, Standard, Standards, stamp};
use crate::book::{
    Aspect, Book, Bound, Contact, Feature, Handoff, Home, Id, Level, Measure, Pattern, Phase, Sequence, StandardType,
    Status, Step, Text, Trait, TraitUse, Verify, Waiver, WrittenStandard,
};
use crate::source::Span;

/// All standards of a book and the matrix of its cells, whatever the site. None of a book that multiplies beyond bounds,
/// which is a finding of its own (`book-too-large`).
pub fn standards(book: &Book) -> Standards {
    if is_beyond(book) {
        return Standards::default();
    }
    let filler = Filler::new(book);
    let convert = |(sequence, phase)| Converter::new(book, &filler, sequence, phase).convert();
    let converted: Vec<(Vec<Standard>, Vec<MatrixCell>)> = places(book).into_par_iter().map(convert).collect();
    let count = |of: fn(&(Vec<Standard>, Vec<MatrixCell>)) -> usize| converted.iter().map(of).sum();
    let (all, cells) = (count(|(all, _)| all.len()), count(|(_, cells)| cells.len()));
    let mut standards = Standards { all: Vec::with_capacity(all), cells: Vec::with_capacity(cells) };
    for (all, cells) in converted {
        standards.all.extend(all);
        standards.cells.extend(cells);
    }
    standards
}

/// What the patterns yield for a phase, whether or not the book converts by them: the derived standards where `derive`
/// is on, and the proposed ones where it is off.
pub struct Proposal {
    /// Index of the sequence in the book.
    pub sequence: usize,
    /// Index of the phase in the sequence.
    pub phase: usize,
    /// The standards, in the order of the matrix.
    pub standards: Vec<Standard>,
}

/// What the traits of every phase yield.
pub fn proposals(book: &Book) -> Vec<Proposal> {
    if is_beyond(book) {
        return Vec::new();
    }
    let filler = Filler::new(book);
    let of_phase = |(sequence, phase): (usize, usize)| {
        let converter = Converter::new(book, &filler, sequence, phase);
        let filled = converter
            .cells()
            .into_iter()
            .filter(|(cell, _)| matches!(cell.state, CellState::Derived | CellState::Proposed));
        let standards = filled.flat_map(|(_, derivations)| derivations);
        Proposal { sequence, phase, standards: standards.map(|derivation| converter.derived(&derivation)).collect() }
    };
    places(book).into_iter().map(of_phase).collect()
}

/// All phases, by the index of their sequence and their own.
fn places(book: &Book) -> Vec<(usize, usize)> {
    let sequences = book.sequences.iter().enumerate();
    sequences.flat_map(|(place, sequence)| (0..sequence.phases.len()).map(move |phase| (place, phase))).collect()
}

/// A pattern, and the place in the phase where it becomes a standard.
struct Derivation<'a> {
    of_trait: &'a Trait,
    pattern: &'a Pattern,
    step: Option<usize>,
    /// Where the trait stands in the sequence.
    span: Span,
}

struct Converter<'a> {
    book: &'a Book,
    filler: &'a Filler<'a>,
    sequence_at: usize,
    phase_at: usize,
    sequence: &'a Sequence,
    phase: &'a Phase,
}

impl<'a> Converter<'a> {
    fn new(book: &'a Book, filler: &'a Filler<'a>, sequence_at: usize, phase_at: usize) -> Self {
        let sequence = &book.sequences[sequence_at];
        Converter { book, filler, sequence_at, phase_at, sequence, phase: &sequence.phases[phase_at] }
    }

    fn convert(&self) -> (Vec<Standard>, Vec<MatrixCell>) {
        let cells = self.cells();
        let mut all: Vec<Standard> = self.phase.standards.iter().map(|standard| self.written(standard)).collect();
        for (cell, derivations) in &cells {
            if cell.state == CellState::Derived {
                all.extend(derivations.iter().map(|derivation| self.derived(derivation)));
            }
        }
        for (place, step) in self.phase.steps.iter().enumerate() {
            all.extend(step.handoffs.iter().enumerate().map(|(n, handoff)| self.handoff(place, step, n, handoff)));
        }
        // Service order: the phase itself, then its steps; the sort is stable, so within a step the order stays.
        all.sort_by_key(|standard| standard.step.map_or(0, |step| step + 1));
        (all, cells.into_iter().map(|(cell, _)| cell).collect())
    }

    /// The traits of the phase: its own, then its steps', each once, with where it stands first.
    fn traits(&self) -> Vec<(&'a Trait, &'a TraitUse)> {
        let mut traits: Vec<(&Trait, &TraitUse)> = Vec::new();
        for used in self.phase.traits.iter().chain(self.phase.steps.iter().flat_map(|step| &step.traits)) {
            let Some(of_trait) = self.book.trait_of(&used.name) else { continue };
            if !traits.iter().any(|(earlier, _)| earlier.id.name == of_trait.id.name) {
                traits.push((of_trait, used));
            }
        }
        traits
    }

    fn cells(&self) -> Vec<(MatrixCell, Vec<Derivation<'a>>)> {
        let mut cells = Vec::new();
        for (of_trait, used) in self.traits() {
            for kind in StandardType::ALL {
                for level in Level::ALL {
                    cells.push(self.cell(of_trait, used, *kind, *level));
                }
            }
        }
        cells
    }

    fn cell(
        &self,
        of_trait: &'a Trait,
        used: &'a TraitUse,
        kind: StandardType,
        level: Level,
    ) -> (MatrixCell, Vec<Derivation<'a>>) {
        let mut cell = MatrixCell {
            sequence: self.sequence_at,
            phase: self.phase_at,
            of_trait: of_trait.id.name.clone(),
            kind,
            level,
            state: CellState::Beyond,
            standards: Vec::new(),
            why: None,
        };
        let fills = |standard: &&WrittenStandard| {
            standard.kind == kind
                && standard.level == level
                && !standard.undecided.is_any()
                && standard.status != Status::Retired
                && standard.traits.contains(&of_trait.id.name)
        };
        let written: Vec<String> =
            self.phase.standards.iter().filter(fills).map(|standard| standard.id.name.clone()).collect();
        if !written.is_empty() {
            return (MatrixCell { state: CellState::Written, standards: written, ..cell }, Vec::new());
        }
        let waiver = self.phase.waivers.iter().find(|waiver| self.waives_cell(waiver, of_trait, kind, level));
        if let Some(waiver) = waiver {
            return (MatrixCell { state: CellState::Waived, why: Some(waiver.why.clone()), ..cell }, Vec::new());
        }
        if level > self.phase.target {
            return (cell, Vec::new());
        }
        let fitting = of_trait.patterns.iter().filter(|pattern| pattern.kind == kind && pattern.level == level);
        let placed: Vec<Derivation<'_>> = fitting.filter_map(|pattern| self.place(of_trait, used, pattern)).collect();
        let waived_by = |derivation: &Derivation<'_>| {
            self.phase.waivers.iter().find(|waiver| self.waives_pattern(waiver, derivation))
        };
        let why = placed.iter().find_map(waived_by).map(|waiver| waiver.why.clone());
        let any = !placed.is_empty();
        let kept: Vec<Derivation<'_>> =
            placed.into_iter().filter(|derivation| waived_by(derivation).is_none()).collect();
        cell.state = match (any, kept.is_empty(), self.book.derive) {
            (false, ..) => CellState::Missing,
            (true, true, _) => CellState::Waived,
            (true, false, true) => CellState::Derived,
            (true, false, false) => CellState::Proposed,
        };
        if cell.state == CellState::Waived {
            cell.why = why;
        }
        if cell.state == CellState::Derived {
            cell.standards = kept.iter().map(|derivation| self.derived_id(derivation)).collect();
        }
        (cell, kept)
    }

    /// Whether a waiver leaves a whole cell blank. One for a step fits the cells of a trait that only this step has;
    /// one for a pattern never fits a whole cell.
    fn waives_cell(&self, waiver: &Waiver, of_trait: &Trait, kind: StandardType, level: Level) -> bool {
        let only_of_step = |step: &String| {
            let has = |step: &Step| step.traits.iter().any(|used| used.name == of_trait.id.name);
            !self.phase.traits.iter().any(|used| used.name == of_trait.id.name)
                && self.phase.steps.iter().all(|other| has(other) == (other.id.name == *step))
        };
        waiver.pattern.is_none()
            && waiver.of_trait.as_ref().is_none_or(|name| *name == of_trait.id.name)
            && waiver.kind.is_none_or(|wanted| wanted == kind)
            && waiver.level.is_none_or(|wanted| wanted == level)
            && waiver.step.as_ref().is_none_or(only_of_step)
    }

    /// Whether a waiver leaves out what a pattern would make.
    fn waives_pattern(&self, waiver: &Waiver, derivation: &Derivation<'_>) -> bool {
        let step = derivation.step.map(|place| self.phase.steps[place].id.name.as_str());
        let pattern = |(of_trait, pattern): &(String, String)| {
            *of_trait == derivation.of_trait.id.name && *pattern == derivation.pattern.id.name
        };
        (waiver.pattern.is_some() || waiver.step.is_some())
            && waiver.pattern.as_ref().is_none_or(pattern)
            && waiver.of_trait.as_ref().is_none_or(|name| *name == derivation.of_trait.id.name)
            && waiver.kind.is_none_or(|kind| kind == derivation.pattern.kind)
            && waiver.level.is_none_or(|level| level == derivation.pattern.level)
            && waiver.step.as_ref().is_none_or(|wanted| step == Some(wanted.as_str()))
    }

    /// Where in the phase a pattern becomes a standard; nowhere if it fits neither the sector nor any step.
    fn place(&self, of_trait: &'a Trait, used: &'a TraitUse, pattern: &'a Pattern) -> Option<Derivation<'a>> {
        // A book without a sector is of a trade that nobody knows: of the library it gets what fits any, and what stands in
        // the book itself is meant for it.
        let is_of_sector = match &self.book.sector {
            Some(sector) => pattern.sectors.contains(sector),
            None => of_trait.home == Home::Book,
        };
        if !pattern.sectors.is_empty() && !is_of_sector {
            return None;
        }
        let fits = |step: &Step| fits_step(pattern, step);
        let fits_anywhere = pattern.contact.is_empty() && pattern.needs.is_empty() && pattern.unless.is_empty();
        let own = self.phase.traits.iter().any(|own| own.name == of_trait.id.name);
        let has = |step: &Step| own || step.traits.iter().any(|used| used.name == of_trait.id.name);
        let is_right = |step: &Step| has(step) && fits(step);
        let steps = &self.phase.steps;
        let step = match (own && fits_anywhere, pattern.last) {
            (true, _) => None,
            (false, false) => Some(steps.iter().position(is_right)?),
            (false, true) => Some(steps.iter().rposition(is_right)?),
        };
        let at_step =
            step.and_then(|place| self.phase.steps[place].traits.iter().find(|used| used.name == of_trait.id.name));
        let span = at_step.filter(|_| !own).map_or(used.span, |used| used.span);
        Some(Derivation { of_trait, pattern, step, span })
    }

    fn derived_id(&self, derivation: &Derivation<'_>) -> String {
        format!("{}.{}.{}", self.phase.id.name, derivation.of_trait.id.name, derivation.pattern.id.name)
    }

    /// Former ids of a derived standard: every combination of present and former names of its three parts but the
    /// present one.
    fn derived_was(&self, derivation: &Derivation<'_>) -> Vec<String> {
        former_ids(&[&self.phase.id, &derivation.of_trait.id, &derivation.pattern.id])
    }

    fn derived(&self, derivation: &Derivation<'a>) -> Standard {
        let pattern = derivation.pattern;
        let step = derivation.step.map(|step| &self.phase.steps[step]);
        let roles =
            if pattern.roles.is_empty() { step.map(|step| step.roles.clone()) } else { Some(pattern.roles.clone()) };
        let roles = roles.unwrap_or_default();
        let place = PatternContext {
            sequence: self.sequence,
            phase: self.phase,
            step,
            role: roles.first().map(String::as_str),
        };
        let fill = |text: &Text| self.filler.fill(text, &place);
        let id = Id { name: self.derived_id(derivation), span: derivation.span, was: self.derived_was(derivation) };
        let mut standard = self.standard(id, derivation.step, pattern.kind, pattern.level);
        standard.stamp = stamp(
            self.demand(&pattern.text),
            pattern.kind,
            pattern.level,
            pattern.measure.as_ref(),
            pattern.critical,
            pattern.when.as_ref(),
        );
        standard.traits = vec![derivation.of_trait.id.name.clone()];
        standard.roles = roles.clone();
        standard.text = fill(&pattern.text).into();
        standard.measure = pattern.measure.clone();
        standard.verify = pattern.verify.unwrap_or(standard.verify);
        standard.aspect = pattern.aspect.unwrap_or(standard.aspect);
        standard.critical = pattern.critical;
        standard.weight = pattern.weight;
        standard.when.extend(pattern.when.clone());
        standard.teaching = pattern.teaching.map(fill).into();
        standard.origin =
            Origin::Derived { of_trait: derivation.of_trait.id.name.clone(), pattern: pattern.id.name.clone() };
        standard.span = derivation.span;
        standard
    }

    fn written(&self, written: &WrittenStandard) -> Standard {
        let step = written.step.as_ref();
        let step = step.and_then(|name| self.phase.steps.iter().position(|step| step.id.name == *name));
        let mut standard = self.standard(written.id.clone(), step, written.kind, written.level);
        standard.from = written.from.clone();
        standard.undecided = written.undecided;
        standard.stamp = stamp(
            self.demand(&written.text),
            written.kind,
            written.level,
            written.measure.as_ref(),
            written.critical,
            written.when.as_ref(),
        );
        standard.traits = written.traits.clone();
        if !written.roles.is_empty() {
            standard.roles = written.roles.clone();
        }
        standard.text = written.text.clone();
        standard.measure = written.measure.clone();
        standard.verify = written.verify.unwrap_or(standard.verify);
        standard.aspect = written.aspect.unwrap_or(standard.aspect);
        standard.critical = written.critical;
        standard.weight = written.weight;
        standard.when.extend(written.when.clone());
        standard.teaching = written.teaching.clone();
        standard.status = written.status;
        standard.span = written.span;
        standard
    }

    /// The `n`th hand-off of a step, which stands at `place` in its phase.
    fn handoff(&self, place: usize, step: &Step, n: usize, handoff: &Handoff) -> Standard {
        let number = if n == 0 { String::new() } else { format!("-{}", n + 1) };
        let name = |phase: &str, step: &str| format!("{phase}.{step}.handoff{number}");
        let formers = former_ids(&[&self.phase.id, &step.id]).into_iter();
        let was = formers.map(|former| format!("{former}.handoff{number}")).collect();
        let id = Id { name: name(&self.phase.id.name, &step.id.name), span: handoff.span, was };
        let mut standard = self.standard(id, Some(place), StandardType::Procedural, Level::Basic);
        standard.measure = handoff.within.as_ref().map(|limit| Measure {
            what: None,
            bound: Bound::Within,
            value: limit.clone(),
            high: None,
            share: 1.0,
            span: limit.span,
        });
        let demand = self.handoff_demand(handoff);
        let measure = standard.measure.as_ref();
        standard.stamp = stamp(&demand, StandardType::Procedural, Level::Basic, measure, false, None);
        let parts = HandoffParts {
            receiver: handoff.to.value.clone(),
            content: handoff.what.clone(),
            channel: handoff.via.clone(),
            limit: handoff.within.clone(),
        };
        standard.text = super::handoff::text(self.book, &parts, &parts.receiver, handoff.span).into();
        standard.origin = Origin::Handoff(parts);
        standard.span = handoff.span;
        standard
    }

    /// What a hand-off demands beside its limit, for its stamp: its parts in the source language, the receiver by id.
    fn handoff_demand(&self, handoff: &Handoff) -> String {
        let via = handoff.via.as_ref().map_or("", |via| self.demand(via));
        format!("to {}\nwhat {}\nvia {via}", handoff.to.value, self.demand(&handoff.what))
    }

    /// The source-language text, which a stamp is made of; the first there is where that lacks.
    fn demand<'t>(&self, text: &'t Text) -> &'t str {
        self.book.in_source(text).unwrap_or_default()
    }

    /// A standard with what its place and type give it.
    fn standard(&self, id: Id, step: Option<usize>, kind: StandardType, level: Level) -> Standard {
        let own = step.map(|step| &self.phase.steps[step]);
        let when = [self.sequence.when.as_ref(), self.phase.when.as_ref(), own.and_then(|step| step.when.as_ref())];
        let verify: Verify = kind.usual_verify();
        let aspect: Aspect = kind.usual_aspect();
        Standard {
            id,
            from: Vec::new(),
            stamp: String::new(),
            sequence: self.sequence_at,
            phase: self.phase_at,
            step,
            kind,
            level,
            traits: Vec::new(),
            roles: own.map(|step| step.roles.clone()).unwrap_or_default(),
            text: Arc::default(),
            measure: None,
            verify,
            aspect,
            critical: false,
            weight: 1.0,
            procedure: own.and_then(|step| step.procedure),
            when: when.into_iter().flatten().cloned().collect(),
            teaching: Arc::default(),
            origin: Origin::Written,
            status: Status::Active,
            undecided: Default::default(),
            span: Span::default(),
        }
    }
}

/// Whether a pattern makes sense at a step: its contact, and what the step has.
fn fits_step(pattern: &Pattern, step: &Step) -> bool {
    let is_needed = |feature: Feature| pattern.needs.contains(&feature);
    let is_met_there = || step.contact.iter().any(|contact: &Contact| pattern.contact.contains(contact));
    // Who is threatened thinks of safety, and not of a wish for the journey.
    let is_safe = !step.has.contains(&Feature::Threat) || is_needed(Feature::Threat);
    // A menu of a telephone has a voice, and no manners.
    let is_human = !step.has.contains(&Feature::SelfService);
    let somebody_acts = is_human || pattern.kind == StandardType::Product || is_needed(Feature::SelfService);
    let has_all = pattern.needs.iter().all(|need| step.has.contains(need));
    let has_none = !pattern.unless.iter().any(|feature| step.has.contains(feature));
    is_safe && somebody_acts && has_all && has_none && (pattern.contact.is_empty() || is_met_there())
}

/// Ids that parts joined by full stops have had: every combination of their present and former names but the present one.
/// None where there are too many, which is a finding of its own (`book-too-large`).
fn former_ids(parts: &[&Id]) -> Vec<String> {
    if parts.iter().map(|id| id.was.len() + 1).product::<usize>() > MAX_FORMER {
        return Vec::new();
    }
    let mut ids = vec![String::new()];
    for part in parts {
        let names = || std::iter::once(&part.name).chain(&part.was);
        let joined = |id: &String, name: &String| if id.is_empty() { name.clone() } else { format!("{id}.{name}") };
        ids = ids.iter().flat_map(|id| names().map(move |name| joined(id, name))).collect();
    }
    ids.remove(0);
    ids
}
