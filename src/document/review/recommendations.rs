//! What the figures of a review recommend, in words.

use super::ReviewRequest;
use super::item::PhaseReview;
use super::then::Then;
use crate::document::prose::Prose;
use crate::document::scope::Scope;
use crate::review::{About, Advice, Review, recommend};
use serde::Serialize;

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

/// The recommendations in the reader's language. What the evidence of the review calls for is told in the wording that the
/// review judged; what audits found, in that of the book.
pub(super) fn recommendations(
    scope: &Scope,
    then: &Then<'_>,
    (asked, review): (&ReviewRequest<'_>, &Review),
    phases: &[PhaseReview],
) -> Vec<Recommendation> {
    let in_book = |id: &str| {
        let known = scope.standards.all.iter().find(|standard| standard.id.name == id);
        known.map_or_else(|| Prose::plain(id), |standard| scope.prose(&standard.text))
    };
    let reviewed = |id: &str| {
        let item = phases.iter().flat_map(|phase| &phase.items).find(|item| item.id == id);
        item.map_or_else(|| in_book(id), |item| item.text.clone())
    };
    let title = |place: Option<(usize, usize)>| {
        let phase = place.and_then(|(sequence, phase)| scope.book.phase_at(sequence, phase));
        phase.map_or_else(|| Prose::plain(scope.text("review.gone")), |phase| then.phase(phase))
    };
    let all = recommend(asked.audits, scope.standards, asked.actions, review, scope.today);
    let view = all.into_iter().map(|recommendation| {
        let what = scope.text(&format!("review.recommend.{}", recommendation.advice));
        match recommendation.about {
            About::Standard(id) => {
                let of_audits =
                    matches!(recommendation.advice, Advice::Critical | Advice::Overdue | Advice::WithoutEffect);
                let about = if of_audits { in_book(&id) } else { reviewed(&id) };
                Recommendation { what, about, id: Some(id) }
            }
            About::Phase(place) => Recommendation { what, about: title(place), id: None },
        }
    });
    view.collect()
}
