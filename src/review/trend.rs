//! How audits of a standard moved between two reviews: only over answers to one wording.

use std::collections::HashMap;

use super::due::entry_before;
use super::model::{Review, ReviewEntry, Reviews};
use super::units::{judged, rate, units};
use crate::audit::Audits;
use crate::method::Standards;
use crate::statistics::{Difference, FALSE_DISCOVERIES, Rate, benjamini_hochberg, difference, exact_test};

/// What audits said of one wording before the last review of it was opened, and from then until this one was.
#[derive(Clone, Copy, Debug)]
pub struct Trend<'a> {
    /// What this review says of the standard.
    pub entry: &'a ReviewEntry,
    /// Units met until the last review.
    pub before: Rate,
    /// Units met since.
    pub since: Rate,
    /// Their difference.
    pub difference: Difference,
    /// Whether it is more than chance, all standards of the review considered (Benjamini and Hochberg).
    pub established: bool,
}

/// The standards of a review with answers to the wording that it judged both before the last review of them was opened and
/// after it.
pub fn trends<'a>(audits: &Audits, standards: &Standards, reviews: &Reviews, review: &'a Review) -> Vec<Trend<'a>> {
    let number: HashMap<&str, usize> = audits.ids.iter().enumerate().map(|(index, id)| (id.as_str(), index)).collect();
    let stamps: HashMap<usize, &str> = review
        .entries
        .iter()
        .filter_map(|entry| {
            Some((entry.standard.or_else(|| number.get(entry.id.as_str()).copied())?, entry.stamp.as_deref()?))
        })
        .collect();
    let is_of_wording =
        |place: u32, stamp: Option<&str>| stamp.is_some() && stamps.get(&(place as usize)).copied() == stamp;
    let units = units(audits, standards, |_, item| is_of_wording(item.standard, judged(audits, standards, item)));
    let mut found: Vec<Trend<'a>> = Vec::new();
    for entry in review.entries.iter().filter(|entry| entry.stamp.is_some()) {
        let Some((last, _)) = entry_before(reviews, review, entry) else { continue };
        let opened = last.opened.or(last.closed.as_ref().map(|closed| closed.value));
        let place = entry.standard.or_else(|| number.get(entry.id.as_str()).copied());
        let (Some(opened), Some(units)) = (opened, place.and_then(|place| units.get(place))) else { continue };
        let until = |day| review.opened.is_none_or(|end| day <= end);
        let before = rate(units.iter().filter(|unit| unit.day <= opened));
        let since = rate(units.iter().filter(|unit| unit.day > opened && until(unit.day)));
        if let Some(difference) = difference(since, before) {
            found.push(Trend { entry, before, since, difference, established: false });
        }
    }
    judge(&mut found);
    found
}

/// What moved of everything together, before and since, as far as it is more than chance: where no standard alone may show it.
pub fn total(trends: &[Trend<'_>]) -> Option<Difference> {
    let before: Rate = trends.iter().map(|trend| trend.before).sum();
    let since: Rate = trends.iter().map(|trend| trend.since).sum();
    let is_told = !(before.is_few() || since.is_few());
    let is_sure = is_told && exact_test(since, before).is_some_and(|p| p < FALSE_DISCOVERIES);
    difference(since, before).filter(|difference| is_sure && !difference.interval.holds(0.0))
}

/// Decides, over all standards of the review, which differences are established; as between periods of an audit report.
fn judge(trends: &mut [Trend<'_>]) {
    let is_told = |trend: &&mut Trend<'_>| !(trend.before.is_few() || trend.since.is_few());
    let mut tested: Vec<(&mut Trend<'_>, f64)> = trends
        .iter_mut()
        .filter(is_told)
        .filter_map(|trend| exact_test(trend.since, trend.before).map(|p| (trend, p)))
        .collect();
    let probabilities: Vec<f64> = tested.iter().map(|(_, p)| *p).collect();
    let rejected = benjamini_hochberg(&probabilities, FALSE_DISCOVERIES);
    for ((trend, _), rejected) in tested.iter_mut().zip(rejected) {
        trend.established = rejected && !trend.difference.interval.holds(0.0);
    }
}
