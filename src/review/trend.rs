//! How audits of a standard moved between two reviews: only over answers to one wording.

use std::collections::{BTreeMap, HashMap};

use super::due::entry_before;
use super::model::{Review, ReviewEntry, Reviews};
use super::units::{Unit, rate, units};
use crate::audit::Audits;
use crate::method::Standards;
use crate::statistics::{
    Clusters, Difference, FALSE_DISCOVERIES, Rate, benjamini_hochberg, clustered_difference, difference, exact_test,
};

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

/// How the standards of a review moved.
#[derive(Clone, Debug, Default)]
pub struct Trends<'a> {
    /// Standard by standard.
    pub all: Vec<Trend<'a>>,
    /// Units met of all of them together until the last review, visit by visit.
    before: Clusters,
    /// And since.
    since: Clusters,
}

/// The standards of a review with answers to the wording that it judged both before the last review of them was opened and
/// after it.
pub fn trends<'a>(audits: &Audits, standards: &Standards, reviews: &Reviews, review: &'a Review) -> Trends<'a> {
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
    let units = units(audits, standards, |_, item| is_of_wording(item.standard, audits.judged_stamp(standards, item)));
    let mut found: Vec<Trend<'a>> = Vec::new();
    let (mut visits_before, mut visits_since) = (BTreeMap::new(), BTreeMap::new());
    for entry in review.entries.iter().filter(|entry| entry.stamp.is_some()) {
        let Some((last, _)) = entry_before(reviews, review, entry) else { continue };
        let opened = last.opened.or(last.closed.as_ref().map(|closed| closed.value));
        let place = entry.standard.or_else(|| number.get(entry.id.as_str()).copied());
        let (Some(opened), Some(units)) = (opened, place.and_then(|place| units.get(place))) else { continue };
        let until = |day| review.opened.is_none_or(|end| day <= end);
        let of_before = || units.iter().filter(|unit| unit.day <= opened);
        let of_since = || units.iter().filter(|unit| unit.day > opened && until(unit.day));
        let (before, since) = (rate(of_before()), rate(of_since()));
        if let Some(difference) = difference(since, before) {
            add(&mut visits_before, of_before());
            add(&mut visits_since, of_since());
            found.push(Trend { entry, before, since, difference, established: false });
        }
    }
    judge(&mut found);
    Trends { all: found, before: clusters(visits_before), since: clusters(visits_since) }
}

/// Adds units to their visits.
fn add<'u>(visits: &mut BTreeMap<usize, Rate>, units: impl Iterator<Item = &'u Unit>) {
    for unit in units {
        let visit = visits.entry(unit.visit).or_default();
        *visit = *visit + Rate::new(u64::from(unit.is_met), 1);
    }
}

fn clusters(visits: BTreeMap<usize, Rate>) -> Clusters {
    let mut clusters = Clusters::default();
    visits.into_values().for_each(|visit| clusters.add(visit));
    clusters
}

/// What moved of everything together, before and since, as far as it is more than chance: where no standard alone may show it. What
/// is seen on one visit hangs together, so visits are compared and not their units.
pub fn total(trends: &Trends<'_>) -> Option<Difference> {
    let is_told = !(trends.before.rate().is_few() || trends.since.rate().is_few());
    let found = clustered_difference(trends.since, trends.before).filter(|_| is_told)?;
    let is_sure = found.p < FALSE_DISCOVERIES && !found.difference.interval.holds(0.0);
    is_sure.then_some(found.difference)
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
