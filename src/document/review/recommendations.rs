//! What the figures of a review recommend, the most pressing first.

use std::collections::HashSet;

use super::ReviewRequest;
use super::item::PhaseReview;
use crate::audit::{ActionState, Item, unanswered};
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::review::{Call, OpenAction, Review};
use serde::Serialize;

/// At most so many; who reads more has read none.
const MOST: usize = 15;

/// A recommendation and what it is about.
#[derive(Clone, Debug, Serialize)]
pub struct Recommendation {
    /// What to do.
    pub what: String,
    /// About which standard or phase.
    pub about: Prose,
    /// The id, where it is about a standard.
    pub id: Option<String>,
}

/// Critical failures that nobody does anything about, actions that are late, without effect or came back, then what the evidence
/// calls for, worst first.
pub(super) fn recommendations(
    scope: &Scope,
    asked: &ReviewRequest<'_>,
    review: &Review,
    phases: &[PhaseReview],
) -> Vec<Recommendation> {
    let mut all = Vec::new();
    let text = |key: &str| scope.text(&format!("review.recommend.{key}"));
    let standard = |id: &str| {
        let known = scope.standards.all.iter().find(|standard| standard.id.name == id);
        known.map_or_else(|| Prose::plain(id), |standard| scope.prose(&standard.text))
    };
    let of = |key: &str, id: &str| Recommendation { what: text(key), about: standard(id), id: Some(id.to_owned()) };
    let is_critical = |item: &Item| asked.audits.row(scope.standards, item).is_some_and(|row| row.critical);
    let mut named = HashSet::new();
    for (_, item) in unanswered(asked.audits, scope.today, is_critical) {
        let id = asked.audits.id(item);
        if named.insert(id) {
            all.push(of("critical", id));
        }
    }
    let open = |is: &dyn Fn(&OpenAction<'_>) -> bool, key: &str, all: &mut Vec<Recommendation>| {
        let mut named = HashSet::new();
        let late = asked.actions.iter().filter(|action| is(action));
        all.extend(late.filter(|action| named.insert(action.standard)).map(|action| of(key, action.standard)));
    };
    open(&|action| action.state == ActionState::Overdue, "overdue", &mut all);
    let failed = |action: &OpenAction<'_>| action.state == ActionState::WithoutEffect || action.came_back.is_some();
    open(&failed, "without-effect", &mut all);
    for call in [Call::FailedByMost, Call::ReadDifferently, Call::Ordinary] {
        let called = review
            .entries
            .iter()
            .filter(|entry| entry.evidence.as_ref().is_some_and(|evidence| evidence.calls.contains(&call)));
        let mut called: Vec<_> = called.collect();
        called.sort_by_key(|entry| {
            entry.evidence.as_ref().map_or((0, 0), |one| (one.met * 1000 / one.of.max(1), one.of))
        });
        for entry in called {
            let item = phases.iter().flat_map(|phase| &phase.items).find(|item| item.id == entry.id);
            let about = item.map_or_else(|| standard(&entry.id), |item| item.text.clone());
            all.push(Recommendation { what: text(call.word()), about, id: Some(entry.id.clone()) });
        }
    }
    for phase in phases {
        let complains = |id: &str| {
            let entry = review.entries.iter().find(|entry| entry.id == id);
            let evidence = entry.and_then(|entry| entry.evidence.as_ref());
            evidence.is_some_and(|evidence| evidence.calls.contains(&Call::Complaints))
        };
        if phase.items.iter().any(|item| complains(&item.id)) {
            all.push(Recommendation { what: text("complaints"), about: phase.title.clone(), id: None });
        }
    }
    all.truncate(MOST);
    all
}
