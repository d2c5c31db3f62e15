//! The review checklist: what the reviewers decide by, printed or filled in.

use std::collections::{BTreeMap, HashSet};

use serde::Serialize;
use serde_json::{Map, Value as Json};

use super::OfReview;
use super::item::{DecisionKey, PhaseReview, ReviewItem, by_phase, decision_keys, name_of};
use super::report::{ActionView, action_views};
use super::sentences::{GapRow, gap_rows};
use super::then::Then;
use crate::document::control::DocumentState;
use crate::document::form::FormData;
use crate::document::head::Head;
use crate::document::kind::DocumentKind;
use crate::document::long::Long;
use crate::document::prose::Prose;
use crate::document::scope::Scope;

/// The view of a review checklist.
#[derive(Clone, Debug, Serialize)]
pub struct ReviewChecklist {
    /// What it is.
    pub head: Head,
    /// Name of the review.
    pub name: String,
    /// The day it was opened, in words.
    pub opened: Option<String>,
    /// How many standards, in words.
    pub count: String,
    /// The boxes of each item.
    pub decisions: Vec<DecisionKey>,
    /// Who takes part, as far as is recorded.
    pub reviewers: Vec<String>,
    /// What its fillable form needs to know.
    pub form: FormData,
    /// Phases in service order.
    pub phases: Long<PhaseReview>,
    /// Standards that the review adds already.
    pub added: Vec<String>,
    /// Cells that nothing fills.
    pub gaps: Vec<GapRow>,
    /// Traits that some phase names and no standard in force converts.
    pub idle_traits: Vec<Prose>,
    /// Actions of audits that should have been done.
    pub actions: Vec<ActionView>,
}

/// Composes the checklist of a review.
pub fn review_checklist(of_review: OfReview) -> ReviewChecklist {
    let OfReview { asked, review, .. } = of_review;
    let scope = Scope::of(asked.request);
    let used: HashSet<&str> =
        asked.overview.standards.iter().flat_map(|due| due.standard.traits.iter().map(String::as_str)).collect();
    let named: HashSet<&str> = scope
        .book
        .phases()
        .flat_map(|phase| phase.traits.iter().chain(phase.steps.iter().flat_map(|step| &step.traits)))
        .map(|used| used.name.as_str())
        .collect();
    let idle = scope
        .book
        .traits
        .iter()
        .filter(|known| named.contains(known.id.name.as_str()) && !used.contains(known.id.name.as_str()));
    let overdue: Vec<_> = asked.actions.iter().filter(|open| open.is_overdue()).collect();
    let then = Then::of(&scope, &of_review);
    let phases = by_phase(&scope, &then, (asked.reviews, review), &asked.overview.standards);
    let state = DocumentState::of_review(&scope, review.edition.as_deref(), &asked.audits.issues);
    let head = Head::of(DocumentKind::ReviewChecklist, &scope).of_name(&review.name).in_state(state).stamped(&phases);
    ReviewChecklist {
        name: name_of(&review.name),
        form: FormData::review(&scope, &review.name, decided(&phases)),
        opened: review.opened.map(|day| scope.interface.date(day)),
        count: scope.interface.count("manual.standards", review.entries.len()),
        decisions: decision_keys(&scope),
        reviewers: review.reviewers.clone(),
        phases,
        added: review.added.iter().map(|added| added.written.value.clone()).collect(),
        gaps: gap_rows(&scope, &asked.overview.gaps),
        idle_traits: idle.map(|known| scope.prose(&known.title)).collect(),
        // By their ids alone: what they demand stands above, and a form is read back by what it prints.
        actions: action_views(&scope, &then, &overdue)
            .into_iter()
            .map(|view| ActionView { text: None, ..view })
            .collect(),
        head,
    }
}

/// What is decided already, as the fields of the form have it.
fn decided(phases: &[PhaseReview]) -> BTreeMap<String, Map<String, Json>> {
    let items = phases.iter().flat_map(|phase| &phase.items).filter(|item| item.decision.is_some());
    let fields = |item: &ReviewItem| {
        let fields = [
            ("decision", item.decision.map(str::to_owned)),
            ("reason", item.reason.as_ref().map(Prose::characters)),
            ("owner", item.owner.clone()),
            ("due", item.due_day.clone()),
        ];
        fields.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?.into()))).collect()
    };
    items.map(|item| (item.reference.clone(), fields(item))).collect()
}
