//! The documents of the annual review: what is due, the checklist to decide by, and the report to hand over.

mod checklist;
mod due;
pub(crate) mod figures;
mod frozen;
mod item;
pub(crate) mod kept;
mod outcomes;
mod recommendations;
mod report;
mod sentences;
mod then;

pub use checklist::{ReviewChecklist, review_checklist};
pub use due::{ReviewDue, review_due};
pub use frozen::{FrozenReport, freeze, frozen_report, review_report};
#[cfg(feature = "desk")]
pub(crate) use item::DecisionKey;
pub(crate) use item::{Difference, ReviewItem};
pub use report::ReviewReport;
#[cfg(feature = "desk")]
pub(crate) use sentences::reopened_in_words;

use super::Request;
use crate::audit::Audits;
use crate::changes::Changes;
use crate::edition::Edition;
use crate::feedback::Feedback;
use crate::project::Records;
use crate::review::{OpenAction, Overview, Review, Reviews};

/// What is asked of a document of a review.
#[derive(Clone, Copy, Debug)]
pub struct ReviewRequest<'a> {
    /// Book, standards, language, day.
    pub request: Request<'a>,
    /// All reviews of the book.
    pub reviews: &'a Reviews,
    /// What is known of every standard in force on that day, due or not, and the gaps.
    pub overview: &'a Overview<'a>,
    /// What customers said.
    pub feedback: &'a Feedback,
    /// The audits.
    pub audits: &'a Audits,
    /// What audits asked for and is not settled.
    pub actions: &'a [OpenAction<'a>],
}

impl<'a> ReviewRequest<'a> {
    /// What is asked of a book with its records.
    pub(crate) fn of(
        request: Request<'a>,
        records: &'a Records,
        overview: &'a Overview<'a>,
        actions: &'a [OpenAction<'a>],
    ) -> Self {
        let (audits, feedback, reviews) = (&records.audits, &records.feedback, &records.reviews);
        ReviewRequest { request, reviews, overview, feedback, audits, actions }
    }
}

/// The same about one review.
#[derive(Clone, Copy, Debug)]
pub struct OfReview<'a> {
    /// What it is made of.
    pub asked: ReviewRequest<'a>,
    /// The review.
    pub review: &'a Review,
    /// What changed in the standards between the opening of the review before and that of this one, where the sets of both are
    /// here.
    pub since: Option<&'a Changes>,
    /// The set that a closed review was opened on, where it is here.
    pub on: Option<&'a Edition>,
    /// The set that this review left, where it is here.
    pub left: Option<&'a Edition>,
}
