//! The days that the figures of a review are of.

use chrono::NaiveDate;

use super::model::{Review, Reviews};

/// The days that a review looks back on: from the day after the review before was opened, as what came up to it was frozen in that
/// one, to the day on which it was opened itself, or to `today` where its file does not say. Without a review before there is
/// no first day.
pub fn period(reviews: &Reviews, review: &Review, today: NaiveDate) -> (Option<NaiveDate>, NaiveDate) {
    let to = review.opened.unwrap_or(today);
    let last = before(reviews, review, to).and_then(|last| last.opened);
    (last.and_then(|day| day.succ_opt()), to)
}

/// The closed review that was opened last before this one; none where its file does not say when it was opened itself.
pub fn review_before<'a>(reviews: &'a Reviews, review: &Review) -> Option<&'a Review> {
    before(reviews, review, review.opened?)
}

fn before<'a>(reviews: &'a Reviews, review: &Review, day: NaiveDate) -> Option<&'a Review> {
    let opened = |other: &&Review| other.opened.filter(|opened| other.closed.is_some() && *opened < day);
    let others = reviews.all.iter().filter(|other| other.name != review.name);
    others.filter(|other| opened(other).is_some()).max_by_key(|other| other.opened)
}
