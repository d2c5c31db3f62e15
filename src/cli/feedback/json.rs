//! The JSON of `feedback`, that others rely on: fields may be added, never changed.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use crate::book::{Book, Text};
use crate::document::group_text;
use crate::feedback::{Certainty, Direction, FirstOf, Quadrant, RankedGroup, Ranking};
use crate::statistics::Interval;

/// What `feedback --format json` prints.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct FeedbackOutput<'a> {
    /// The days that are counted, both included.
    period: Option<PeriodOutput>,
    /// How many responses are of that period.
    responses: u64,
    /// How many are of another time.
    others: u64,
    /// Service areas, the one that needs improvement most first.
    areas: Vec<GroupOutput<'a>>,
    /// Phases, likewise.
    phases: Vec<GroupOutput<'a>>,
    /// Id of the area to improve first; of the phase in a book of one area.
    first: Option<&'a str>,
    /// Which of the two it is.
    first_of: FirstOf,
    /// How sure that is: `clear`, `tied` with those that its entry names, `alone` with enough ratings, or `none`.
    certainty: Certainty,
    /// The share of resamples in which it stays first; null where it has no rival.
    stays_first: Option<f64>,
    /// How often the responses were drawn anew.
    resamples: usize,
}

/// From one day to another.
#[derive(Debug, Serialize, JsonSchema)]
struct PeriodOutput {
    /// The first day.
    since: String,
    /// The last day.
    until: String,
}

/// What customers say of one area or phase.
#[derive(Debug, Serialize, JsonSchema)]
struct GroupOutput<'a> {
    /// Id of the area or phase.
    key: &'a str,
    /// Its title, by language.
    #[schemars(with = "BTreeMap<String, String>")]
    title: Text,
    /// How many ratings.
    n: u64,
    /// Mean rating.
    mean: Option<f64>,
    /// Share of ratings below the middle of the scale.
    low_share: Option<f64>,
    /// Its 95 % interval; null below five ratings.
    interval: Option<Interval>,
    /// How many complaints.
    complaints: u64,
    /// How many responses in praise.
    praise: u64,
    /// All responses, with a rating or without.
    responses: u64,
    /// How much it needs improvement against all others: by ranks and the share of the dissatisfied, how many say so, and how
    /// important it is; null where there are no others.
    need: Option<f64>,
    /// Its place, from 1.
    rank: usize,
    /// Those that it cannot be told apart from.
    tied_with: &'a [String],
    /// How it went since the period before; null where there is too little to say.
    direction: Option<Direction>,
    /// Mean importance.
    importance: Option<f64>,
    /// Where importance and rating put it.
    quadrant: Option<Quadrant>,
    /// The share of resamples of its responses in which it stays there; below 0.95 chance alone may have put it there. Null where
    /// too few say how they rate it, or how important it is.
    quadrant_stays: Option<f64>,
}

/// The ranking for other programs.
pub(super) fn output<'a>(ranking: &'a Ranking, book: &Book) -> FeedbackOutput<'a> {
    FeedbackOutput {
        period: ranking
            .period
            .map(|period| PeriodOutput { since: period.since.to_string(), until: period.until.to_string() }),
        responses: ranking.responses,
        others: ranking.others,
        areas: ranking.areas.iter().map(|group| self::group(group, book)).collect(),
        phases: ranking.phases.iter().map(|group| self::group(group, book)).collect(),
        first: ranking.first.as_deref(),
        first_of: ranking.first_of,
        certainty: ranking.certainty,
        stays_first: ranking.stays_first.map(|(share, _)| share),
        resamples: ranking.stays_first.map_or(0, |(_, times)| times),
    }
}

fn group<'a>(group: &'a RankedGroup, book: &Book) -> GroupOutput<'a> {
    GroupOutput {
        key: &group.key,
        title: group_text(book, group).cloned().unwrap_or_default(),
        n: group.low.of(),
        mean: group.mean,
        low_share: group.low.share(),
        interval: group.interval,
        complaints: group.complaints,
        praise: group.praise,
        responses: group.responses,
        need: group.need,
        rank: group.rank,
        tied_with: &group.tied_with,
        direction: group.direction,
        importance: group.importance,
        quadrant: group.quadrant,
        quadrant_stays: group.quadrant_stays,
    }
}
