//! The days that the figures of a review are of.

use chrono::NaiveDate;

use super::model::{Review, Reviews};

/// The days that a review looks back on: from the day after the review before was opened, as what came up to it was frozen in that
/// one, to the day on which it was opened itself, or to `today` where its file does not say. Without a review before there is
/// no first day.
pub fn period(reviews: &Reviews, review: &Review, today: NaiveDate) -> (Option<NaiveDate>, NaiveDate) {
    let to = review.opened.unwrap_or(today);
    let opened = |other: &Review| other.opened.filter(|day| other.closed.is_some() && *day < to);
    let last = reviews.all.iter().filter(|other| other.name != review.name).filter_map(opened).max();
    (last.and_then(|day| day.succ_opt()), to)
}
