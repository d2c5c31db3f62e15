//! A set → a book that holds nothing else: what counts, picks and compares standards does so with those of the past as with
//! those of today.

use std::collections::HashMap;
use std::sync::Arc;

use super::Set;
use super::rows::{MeasureRow, PhaseRow, SequenceRow, StandardRow, StepRow};
use crate::book::{
    Area, Book, Bound, Condition, Id, Language, Measure, Phase, Role, Sequence, Site, Spanned, Status, Step, Teaching,
    Text, Trait,
};
use crate::method::{HandoffParts, Origin, Standard, Standards};
use crate::source::Span;
use crate::units::parse_quantity;

impl Set {
    /// The book and the standards that it holds, in service order. What no program of this version could have written is
    /// left out; the hash has vouched that there is none.
    pub fn revive(&self) -> (Book, Standards) {
        let language = Language::new(&self.language);
        let mut book = Book {
            languages: vec![language.clone()],
            level_shares: self.levels,
            areas: self.areas.iter().map(|row| Area { id: id(&row.id, &row.was), title: row.title.clone() }).collect(),
            sequences: self.sequences.iter().map(sequence).collect(),
            ..Book::default()
        };
        for row in &self.phases {
            if let Some(sequence) = book.sequences.iter_mut().find(|sequence| sequence.id.name == row.sequence) {
                sequence.phases.push(phase(row));
            }
        }
        book.traits = self
            .traits
            .iter()
            .map(|row| Trait { id: id(&row.id, &row.was), title: row.title.clone(), ..Trait::default() })
            .collect();
        let role = |row: &super::rows::RoleRow| Role {
            id: id(&row.id, &row.was),
            title: row.title.clone(),
            when: row.when.as_deref().and_then(condition),
            covered_by: row.covered_by.clone().map(|value| Spanned { value, span: Span::default() }),
            ..Role::default()
        };
        book.roles = self.roles.iter().map(role).collect();
        let site = |row: &super::rows::SiteRow| Site {
            id: id(&row.id, &row.was),
            title: row.title.clone(),
            attributes: row.attributes.clone(),
            span: Span::default(),
        };
        book.sites = self.sites.iter().map(site).collect();
        let standards = self.standards(&book, &language);
        (book, standards)
    }

    fn standards(&self, book: &Book, language: &Language) -> Standards {
        let mut places: HashMap<(&str, &str), (usize, usize)> = HashMap::new();
        for (s, sequence) in book.sequences.iter().enumerate() {
            for (p, phase) in sequence.phases.iter().enumerate() {
                places.insert((&sequence.id.name, &phase.id.name), (s, p));
            }
        }
        let standard = |row: &StandardRow| {
            let (s, p) = *places.get(&(row.sequence.as_str(), row.phase.as_str()))?;
            let steps = &book.phase_at(s, p)?.steps;
            let step = row.step.as_ref().and_then(|name| steps.iter().position(|step| step.id.name == *name));
            standard(row, (s, p, step), language)
        };
        let mut all: Vec<Standard> = self.standards.iter().filter_map(standard).collect();
        all.sort_by(|a, b| (a.sequence, a.phase, a.step, &a.id.name).cmp(&(b.sequence, b.phase, b.step, &b.id.name)));
        Standards { all, cells: Vec::new() }
    }
}

fn id(name: &str, was: &[String]) -> Id {
    Id { name: name.to_owned(), span: Span::default(), was: was.to_vec() }
}

fn condition(source: &str) -> Option<Condition> {
    Condition::parse(source, Span::default()).ok()
}

fn sequence(row: &SequenceRow) -> Sequence {
    Sequence {
        id: id(&row.id, &row.was),
        title: row.title.clone(),
        area: row.area.clone(),
        when: row.when.as_deref().and_then(condition),
        ..Sequence::default()
    }
}

fn phase(row: &PhaseRow) -> Phase {
    let step = |row: &StepRow| Step {
        id: id(&row.id, &row.was),
        title: Some(row.title.clone()).filter(|title| !title.is_empty()),
        when: row.when.as_deref().and_then(condition),
        ..Step::default()
    };
    Phase {
        id: id(&row.id, &row.was),
        title: row.title.clone(),
        target: row.target.parse().unwrap_or_default(),
        steps: row.steps.iter().map(step).collect(),
        when: row.when.as_deref().and_then(condition),
        ..Phase::default()
    }
}

fn standard(row: &StandardRow, place: (usize, usize, Option<usize>), language: &Language) -> Option<Standard> {
    let text = Text::of(language, row.text.as_str(), Span::default());
    let origin = match (&row.to, row.origin.as_str()) {
        (Some(receiver), _) => Origin::Handoff(HandoffParts {
            receiver: receiver.clone(),
            content: text.clone(),
            channel: None,
            limit: None,
        }),
        (None, "derived") => {
            let mut parts = row.id.splitn(3, '.').skip(1).map(str::to_owned);
            Origin::Derived { of_trait: parts.next().unwrap_or_default(), pattern: parts.next().unwrap_or_default() }
        }
        (None, _) => Origin::Written,
    };
    Some(Standard {
        id: id(&row.id, &row.was),
        from: row.from.clone(),
        stamp: row.stamp.clone(),
        sequence: place.0,
        phase: place.1,
        step: place.2,
        kind: row.r#type.parse().ok()?,
        level: row.level.parse().ok()?,
        traits: row.traits.clone(),
        roles: row.roles.clone(),
        text: Arc::new(text),
        measure: row.measure.as_ref().and_then(measure),
        verify: row.verify.parse().ok()?,
        aspect: row.aspect.parse().ok()?,
        critical: row.critical,
        weight: row.weight,
        procedure: row.procedure.as_ref().and_then(|word| word.parse().ok()),
        when: row.when.iter().filter_map(|source| condition(source)).collect(),
        teaching: Arc::new(Teaching::default()),
        origin,
        status: Status::Active,
        undecided: Default::default(),
        span: Span::default(),
    })
}

fn measure(row: &MeasureRow) -> Option<Measure> {
    let quantity = |written: &str| parse_quantity(written, Span::default()).ok();
    let bound = [Bound::Within, Bound::AtMost, Bound::AtLeast, Bound::Between];
    Some(Measure {
        what: Some(row.what.clone()).filter(|what| !what.is_empty()),
        bound: bound.into_iter().find(|bound| bound.key() == row.bound)?,
        value: quantity(&row.value)?,
        high: row.high.as_deref().and_then(quantity),
        share: row.share,
        span: Span::default(),
    })
}
