//! What of a book goes into its set.

use std::collections::{BTreeSet, HashSet};

use super::Set;
use super::rows::{MeasureRow, PhaseRow, RoleRow, SequenceRow, SiteRow, StandardRow, StepRow, TitledRow};
use crate::book::{Book, Condition, Id, Measure, Phase, Role, Status, Step, Text};
use crate::method::{Origin, Standard, Standards};

impl Set {
    /// The set of a book: its standards in force, drafts and retired ones left out, and what they stand on.
    pub fn of(book: &Book, standards: &Standards) -> Set {
        let mut rows: Vec<StandardRow> = standards
            .all
            .iter()
            .filter(|standard| standard.status == Status::Active)
            .filter_map(|standard| row(book, standard))
            .collect();
        rows.sort_by(|a, b| a.id.cmp(&b.id));
        let used = |names: fn(&StandardRow) -> &[String]| -> BTreeSet<&str> {
            rows.iter().flat_map(names).map(String::as_str).collect()
        };
        let (traits, roles) = (used(|row| &row.traits), used(|row| &row.roles));
        let receivers = rows.iter().filter_map(|row| row.to.as_deref());
        let roles = covers(book, roles.into_iter().chain(receivers));
        let sequences = book.sequences.iter().map(|sequence| SequenceRow {
            id: sequence.id.name.clone(),
            was: was(&sequence.id),
            area: sequence.area.clone(),
            when: sequence.when.as_ref().map(source),
            title: sequence.title.clone(),
        });
        let phases = book
            .sequences
            .iter()
            .flat_map(|sequence| sequence.phases.iter().map(|phase| of_phase(&sequence.id.name, phase)));
        let mut set = Set {
            language: book.source_language().tag().to_owned(),
            of: None,
            levels: book.level_shares,
            areas: book
                .areas
                .iter()
                .map(|area| TitledRow { id: area.id.name.clone(), was: was(&area.id), title: area.title.clone() })
                .collect(),
            sequences: sequences.collect(),
            phases: phases.collect(),
            traits: book
                .traits
                .iter()
                .filter(|of_trait| traits.contains(of_trait.id.name.as_str()))
                .map(|of_trait| TitledRow {
                    id: of_trait.id.name.clone(),
                    was: was(&of_trait.id),
                    title: of_trait.title.clone(),
                })
                .collect(),
            roles: book.roles.iter().filter(|role| roles.contains(role.id.name.as_str())).map(of_role).collect(),
            sites: book
                .sites
                .iter()
                .map(|site| SiteRow {
                    id: site.id.name.clone(),
                    was: was(&site.id),
                    attributes: site.attributes.clone(),
                    title: site.title.clone(),
                })
                .collect(),
            standards: rows,
        };
        set.traits.sort_by(|a, b| a.id.cmp(&b.id));
        set.roles.sort_by(|a, b| a.id.cmp(&b.id));
        set.sites.sort_by(|a, b| a.id.cmp(&b.id));
        set
    }

    /// Two parts of one set as one; where the other is of another set, it as it is.
    #[must_use]
    pub fn joined(&self, other: &Set) -> Set {
        if !self.is_partial() || self.full_name() != other.full_name() {
            return self.clone();
        }
        let mut standards = self.standards.clone();
        standards
            .extend(other.standards.iter().filter(|row| !self.standards.iter().any(|own| own.id == row.id)).cloned());
        standards.sort_by(|a, b| a.id.cmp(&b.id));
        Set { standards, ..self.clone() }
    }

    /// The part of it that these standards stand on, known by the name of the whole.
    pub(super) fn part(&self, ids: &HashSet<&str>, whole: &str) -> Set {
        let standards = self.standards.iter().filter(|row| ids.contains(row.id.as_str()));
        Set {
            language: self.language.clone(),
            of: Some(whole.to_owned()),
            levels: self.levels,
            areas: self.areas.clone(),
            sequences: self.sequences.clone(),
            phases: self.phases.clone(),
            traits: self.traits.clone(),
            roles: self.roles.clone(),
            sites: self.sites.clone(),
            standards: standards.cloned().collect(),
        }
    }
}

fn was(id: &Id) -> Vec<String> {
    let mut was = id.was.clone();
    was.sort_unstable();
    was
}

fn source(condition: &Condition) -> String {
    condition.source.to_string()
}

fn of_phase(sequence: &str, phase: &Phase) -> PhaseRow {
    let step = |step: &Step| StepRow {
        id: step.id.name.clone(),
        was: was(&step.id),
        when: step.when.as_ref().map(source),
        title: step.label().cloned().unwrap_or_default(),
    };
    PhaseRow {
        id: phase.id.name.clone(),
        was: was(&phase.id),
        sequence: sequence.to_owned(),
        target: phase.target.word().to_owned(),
        when: phase.when.as_ref().map(source),
        title: phase.title.clone(),
        steps: phase.steps.iter().map(step).collect(),
    }
}

fn of_role(role: &Role) -> RoleRow {
    RoleRow {
        id: role.id.name.clone(),
        was: was(&role.id),
        when: role.when.as_ref().map(source),
        covered_by: role.covered_by.as_ref().map(|cover| cover.value.clone()),
        title: role.title.clone(),
    }
}

/// The roles of those names, and all that cover for them.
fn covers<'a>(book: &'a Book, names: impl Iterator<Item = &'a str>) -> HashSet<&'a str> {
    let mut known = HashSet::new();
    let mut open: Vec<&str> = names.collect();
    while let Some(name) = open.pop() {
        let Some(role) = book.role(name) else { continue };
        if known.insert(role.id.name.as_str()) {
            open.extend(role.covered_by.as_ref().map(|cover| cover.value.as_str()));
        }
    }
    known
}

fn row(book: &Book, standard: &Standard) -> Option<StandardRow> {
    let sequence = book.sequences.get(standard.sequence)?;
    let phase = sequence.phases.get(standard.phase)?;
    let step = standard.step.and_then(|step| phase.steps.get(step));
    let text = book.in_source(&standard.text).unwrap_or_default();
    let sorted = |names: &[String]| {
        let mut names = names.to_vec();
        names.sort_unstable();
        names
    };
    let to = match &standard.origin {
        Origin::Handoff(parts) => Some(parts.receiver.clone()),
        Origin::Written | Origin::Derived { .. } => None,
    };
    Some(StandardRow {
        id: standard.id.name.clone(),
        stamp: standard.stamp.clone(),
        was: was(&standard.id),
        from: standard.from.clone(),
        origin: standard.origin.word().to_owned(),
        sequence: sequence.id.name.clone(),
        phase: phase.id.name.clone(),
        step: step.map(|step| step.id.name.clone()),
        area: sequence.area.clone(),
        r#type: standard.kind.word().to_owned(),
        level: standard.level.word().to_owned(),
        aspect: standard.aspect.word().to_owned(),
        procedure: standard.procedure.map(|procedure| procedure.word().to_owned()),
        verify: standard.verify.word().to_owned(),
        traits: sorted(&standard.traits),
        roles: sorted(&standard.roles),
        to,
        weight: standard.weight,
        critical: standard.critical,
        measure: standard.measure.as_ref().map(measure),
        when: standard.when.iter().map(source).collect(),
        text: text.to_owned(),
    })
}

fn measure(measure: &Measure) -> MeasureRow {
    MeasureRow {
        bound: measure.bound.key().to_owned(),
        value: measure.value.plain(),
        high: measure.high.as_ref().map(|high| high.plain()),
        share: measure.share,
        what: measure.what.clone().unwrap_or(Text(Vec::new())),
    }
}
