//! A book as one of its editions has it: what documents in force are made of.

use std::collections::HashMap;

use super::Project;
use crate::book::{Book, Language, Loaded, Phase, Step};
use crate::edition::{Editions, FOLDER, Set};
use crate::method::{Origin, Standard, Standards};
use crate::source::{Revision, World};

/// So many commits that touched an edition are looked at for the one that issued it.
const MAX_STEPS: usize = 50;

/// Where what a set does not hold was taken from: texts in other languages, training, the lanes of a blueprint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Beside {
    /// The book as it stands, which is this edition.
    Today,
    /// The book in the commit that issued it.
    Commit(Revision),
    /// The book as it stands where it has the same wordings; so many of the standards it does not have so.
    Wordings(usize),
}

impl<W: World> Project<W> {
    /// The same book as an edition has it. Its looks and its own chapters stay those of today.
    #[must_use]
    pub fn as_of(mut self, kept: &Editions, set: &Set) -> (Self, Beside) {
        if self.set().full_name() == set.full_name() {
            return (self, Beside::Today);
        }
        if let Some((revision, loaded, standards)) = self.issued_in(kept, set) {
            let today = std::mem::replace(&mut self.loaded, loaded).book;
            let book = &mut self.loaded.book;
            (book.templates, book.brand, book.chapters) = (today.templates, today.brand, today.chapters);
            self.standards = standards;
            return (self, Beside::Commit(revision));
        }
        let (book, standards) = set.revive();
        let (book, standards, unknown) = completed((book, standards), &self.loaded.book, &self.standards);
        self.loaded.book = book;
        self.standards = standards;
        (self, Beside::Wordings(unknown))
    }

    /// The book in the commit that issued a set: one that touched its file or its issue, and whose book is that set.
    fn issued_in(&self, kept: &Editions, set: &Set) -> Option<(Revision, Loaded, Standards)> {
        let name = set.name();
        let issue = kept.issues.iter().find(|issue| issue.edition == name);
        let issue = issue.map(|issue| self.loaded.sources.get(issue.span.file).path.clone());
        let paths: Vec<String> = std::iter::once(format!("{FOLDER}/{name}.yaml")).chain(issue).collect();
        let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
        self.steps(&paths, MAX_STEPS)?.into_iter().find_map(|step| {
            let former = self.at(step.revision.id()).ok().filter(|former| former.loaded.findings.is_empty())?;
            let is_it = Set::of(&former.loaded.book, &former.standards).full_name() == set.full_name();
            is_it.then_some((step.revision, former.loaded, former.standards))
        })
    }
}

/// A revived book with what today's has of the same things, and how many of its standards are worded otherwise today.
fn completed((mut book, mut standards): (Book, Standards), today: &Book, now: &Standards) -> (Book, Standards, usize) {
    let known: HashMap<(&str, &str), &Standard> =
        now.all.iter().map(|standard| ((standard.id.name.as_str(), standard.stamp.as_str()), standard)).collect();
    // Where two stand at one step, they stand as they do today.
    let order: HashMap<&str, usize> = now.all.iter().map(|standard| standard.id.name.as_str()).zip(0..).collect();
    standards.all.sort_by_key(|standard| {
        let today = order.get(standard.id.name.as_str()).copied().unwrap_or(usize::MAX);
        (standard.sequence, standard.phase, standard.step, today)
    });
    let mut unknown = 0;
    for standard in &mut standards.all {
        let Some(same) = known.get(&(standard.id.name.as_str(), standard.stamp.as_str())) else {
            unknown += 1;
            continue;
        };
        standard.text = same.text.clone();
        standard.teaching = same.teaching.clone();
        if let (Origin::Handoff(parts), Origin::Handoff(kept)) = (&mut standard.origin, &same.origin)
            && parts.receiver == kept.receiver
        {
            *parts = kept.clone();
        }
    }
    let source = book.source_language().clone();
    let others = today.languages.iter().filter(|language| **language != source).cloned();
    book.languages = std::iter::once(source.clone()).chain(others).collect::<Vec<Language>>();
    for (s, sequence) in book.sequences.iter_mut().enumerate() {
        let same = today.sequences.iter().find(|same| same.id.name == sequence.id.name);
        sequence.customer = same.map(|same| same.customer.clone()).unwrap_or_default();
        for (p, phase) in sequence.phases.iter_mut().enumerate() {
            let Some(same) = today.phase_of_id(&phase.id.name) else { continue };
            *phase = filled_in(phase, same, |step, to| {
                let is_it = |standard: &&Standard| {
                    let is_there = (standard.sequence, standard.phase, standard.step) == (s, p, Some(step));
                    is_there && matches!(&standard.origin, Origin::Handoff(parts) if parts.receiver == to)
                };
                standards.all.iter().any(|standard| is_it(&standard))
            });
            let is_known = |id: &str| standards.all.iter().any(|standard| standard.id.name == id);
            phase.scenarios.retain(|scenario| scenario.practises.iter().all(|practised| is_known(&practised.value)));
        }
    }
    for of_trait in &mut book.traits {
        if let Some(same) = today.trait_of(&of_trait.id.name) {
            *of_trait = crate::book::Trait { id: of_trait.id.clone(), title: of_trait.title.clone(), ..same.clone() };
        }
    }
    for role in &mut book.roles {
        if let Some(same) = today.role(&role.id.name) {
            let (id, title) = (role.id.clone(), role.title.clone());
            let (when, covered_by) = (role.when.clone(), role.covered_by.clone());
            *role = crate::book::Role { id, title, when, covered_by, ..same.clone() };
        }
    }
    let book = Book {
        title: today.title.clone(),
        customer: today.customer.clone(),
        staff: today.staff.clone(),
        departments: today.departments.clone(),
        review: today.review.clone(),
        feedback_scale: today.feedback_scale,
        brand: today.brand.clone(),
        chapters: today.chapters.clone(),
        templates: today.templates.clone(),
        ..book
    };
    (book, standards, unknown)
}

/// A phase of a set with what today's says of it; of the hand-offs of its steps those that the set has, too.
fn filled_in(phase: &Phase, same: &Phase, hands: impl Fn(usize, &str) -> bool) -> Phase {
    let step = |(index, step): (usize, &Step)| {
        let Some(known) = same.steps.iter().find(|known| known.id.name == step.id.name) else { return step.clone() };
        let mut filled =
            Step { id: step.id.clone(), title: step.title.clone(), when: step.when.clone(), ..known.clone() };
        filled.handoffs.retain(|handoff| hands(index, &handoff.to.value));
        filled
    };
    Phase {
        id: phase.id.clone(),
        title: phase.title.clone(),
        target: phase.target,
        when: phase.when.clone(),
        steps: phase.steps.iter().enumerate().map(step).collect(),
        standards: Vec::new(),
        waivers: Vec::new(),
        ..same.clone()
    }
}
