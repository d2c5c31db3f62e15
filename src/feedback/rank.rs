//! Areas and phases in the order in which they need improvement, and how sure that order is.

use std::collections::{BTreeMap, HashMap};

use chrono::{Days, Months, NaiveDate};

use super::need::{Voice, Voices, mean, stays, sureness};
use super::{Feedback, Response, ResponseKind, order};
use crate::book::Book;
use crate::statistics::{Interval, Rate};
use crate::units::Quantity;

/// The first stays first in this share of resamples, or it cannot be told from who takes its place.
pub(crate) const SURE: f64 = 0.95;

/// Which responses are meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct ResponseSelection {
    /// Only this site: its index in the book.
    pub site: Option<usize>,
    /// From this day; without it, as far before the last one as reviews are apart.
    pub since: Option<NaiveDate>,
    /// To this day; without it, that of the newest response.
    pub until: Option<NaiveDate>,
}

/// From one day to another, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    /// The first day.
    pub since: NaiveDate,
    /// The last day.
    pub until: NaiveDate,
}

impl Period {
    /// Whether a day is one of it.
    fn holds(self, day: NaiveDate) -> bool {
        self.since <= day && day <= self.until
    }
}

/// What customers say, ranked.
#[derive(Clone, Debug, PartialEq)]
pub struct Ranking {
    /// The period that is ranked; none without any response.
    pub(crate) period: Option<Period>,
    /// How many responses are of that period.
    pub responses: u64,
    /// How many others there are, at that site if one is meant.
    pub others: u64,
    /// Service areas, the one that needs improvement most first.
    pub areas: Vec<RankedGroup>,
    /// Phases, likewise.
    pub phases: Vec<RankedGroup>,
    /// Id of the area to improve first; of the phase in a book of one area.
    pub first: Option<String>,
    /// Which of the two it is.
    pub(crate) first_of: FirstOf,
    /// How sure that is.
    pub(crate) certainty: Certainty,
    /// The share of resamples in which it stays first, and how many there were; none where it has no rival.
    pub stays_first: Option<(f64, usize)>,
    /// The means that divide the quadrants, of importance and of rating; none where importance is not given.
    pub(crate) cross: Option<(f64, f64)>,
}

/// What is to be improved first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum FirstOf {
    /// An area.
    Area,
    /// A phase, since the book has one area.
    Phase,
}

/// How sure the first place is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Certainty {
    /// Clearly ahead of every other.
    Clear,
    /// It cannot be told from another.
    Tied,
    /// Nobody rated it: complaints alone put it there.
    Unrated,
    /// There is no other with enough ratings.
    Alone,
    /// None has enough ratings, or nobody is dissatisfied.
    None,
}

/// What the responses of a group are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum GroupOf {
    /// A service area.
    Area,
    /// A phase: index of its sequence and of it there.
    Phase(usize, usize),
}

/// What customers say of one area or phase.
#[derive(Clone, Debug, PartialEq)]
pub struct RankedGroup {
    /// Id of the area or phase.
    pub key: String,
    /// What it is.
    pub(crate) of: GroupOf,
    /// All responses.
    pub responses: u64,
    /// Mean rating.
    pub mean: Option<f64>,
    /// Low ratings out of all ratings.
    pub low: Rate,
    /// The share's interval; none below five ratings.
    pub interval: Option<Interval>,
    /// Complaints.
    pub complaints: u64,
    /// Praise.
    pub praise: u64,
    /// How much it needs improvement, against all others. None where there are no others, or nobody is dissatisfied.
    pub need: Option<f64>,
    /// The place, from 1.
    pub rank: usize,
    /// Those that it cannot be told apart from.
    pub tied_with: Vec<String>,
    /// The period before: its low ratings out of all.
    pub before: Rate,
    /// What its responses say, and said in the period before.
    pub(super) voices: (Voices, Voices),
    /// Whether it got better or worse since.
    pub(crate) direction: Option<Direction>,
    /// Mean importance.
    pub importance: Option<f64>,
    /// Where importance and rating put it.
    pub(crate) quadrant: Option<Quadrant>,
    /// The share of resamples in which it stays there; none where too few say anything.
    pub(crate) quadrant_stays: Option<f64>,
}

/// How something went since the period before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Direction {
    /// Rated higher, or fewer are dissatisfied; the difference is established.
    Better,
    /// Rated lower, or more are dissatisfied; the difference is established.
    Worse,
    /// Whatever difference there is may be chance.
    NotTold,
}

/// Importance against performance.
///
/// Source: J. A. Martilla and J. C. James, "Importance-performance analysis", Journal of Marketing 41 (1977) 77–79; the
/// cross stands at the means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Quadrant {
    /// Important and rated low.
    ConcentrateHere,
    /// Important and rated high.
    KeepUp,
    /// Neither.
    LowPriority,
    /// Rated high and not important.
    PossibleOverkill,
}

impl Quadrant {
    /// The word for it in JSON and in keys of the interface.
    pub fn word(self) -> &'static str {
        match self {
            Quadrant::ConcentrateHere => "concentrate-here",
            Quadrant::KeepUp => "keep-up",
            Quadrant::LowPriority => "low-priority",
            Quadrant::PossibleOverkill => "possible-overkill",
        }
    }
}

impl Direction {
    /// The word for it in JSON and in keys of the interface.
    pub fn word(self) -> &'static str {
        match self {
            Direction::Better => "better",
            Direction::Worse => "worse",
            Direction::NotTold => "not-told",
        }
    }
}

/// Ranks areas and phases by how much they need improvement.
pub fn rank(feedback: &Feedback, book: &Book, wanted: ResponseSelection) -> Ranking {
    let at_site: Vec<&Response> = feedback
        .responses
        .iter()
        .filter(|response| wanted.site.is_none_or(|site| response.site == Some(site)))
        .collect();
    let newest = at_site
        .iter()
        .map(|response| response.date)
        .filter(|date| wanted.until.is_none_or(|until| *date <= until))
        .max();
    let until = wanted.until.or(newest);
    let every = &book.review.every;
    let period = until.map(|until| Period { since: wanted.since.unwrap_or_else(|| begin(until, every)), until });
    let before = period.and_then(|period| before(period, wanted, every));
    let of = |period: Option<Period>| -> Vec<&Response> {
        let inside = |response: &&&Response| period.is_some_and(|period| period.holds(response.date));
        at_site.iter().filter(inside).copied().collect()
    };
    let (now, earlier) = (of(period), of(before));
    let cross = mean(now.iter().filter_map(|response| response.importance))
        .zip(mean(now.iter().filter_map(|response| response.rating)));
    let tables = Tables { feedback, now: &now, earlier: &earlier, cross };
    let areas = tables.ranked(|response| response.area.as_ref().map(|area| (area.clone(), GroupOf::Area)));
    let phases = tables.ranked(|response| {
        let (sequence, phase) = (response.sequence?, response.phase?);
        let id = &book.phase_at(sequence, phase)?.id.name;
        Some((id.clone(), GroupOf::Phase(sequence, phase)))
    });
    let mut ranking = Ranking {
        period,
        responses: now.len() as u64,
        others: (at_site.len() - now.len()) as u64,
        areas,
        phases,
        first: None,
        first_of: FirstOf::Phase,
        certainty: Certainty::None,
        stays_first: None,
        cross,
    };
    ranking.choose();
    ranking
}

impl Ranking {
    /// Those that the first place is given among.
    pub(crate) fn candidates(&self) -> &[RankedGroup] {
        match self.first_of {
            FirstOf::Area => &self.areas,
            FirstOf::Phase => &self.phases,
        }
    }

    /// Says what to improve first, and how sure that is.
    fn choose(&mut self) {
        // An area is named where customers speak of several, or where nobody says which phase is meant: one that nothing is said
        // of is no rival.
        if self.areas.len() > 1 || self.phases.is_empty() {
            self.first_of = FirstOf::Area;
        }
        let voices: Vec<&Voices> = self.candidates().iter().map(|group| &group.voices.0).collect();
        let is_led = voices.first().is_some_and(|leader| !leader.is_few() && leader.unhappy().met() > 0);
        let Some(leader) = self.candidates().first().filter(|_| is_led) else { return };
        let first = leader.key.clone();
        let sure = sureness(&voices);
        let behind = sure.as_ref().map(|sure| sure.ahead_of.iter().map(|ahead| *ahead >= SURE).collect::<Vec<_>>());
        let groups = match self.first_of {
            FirstOf::Area => &mut self.areas,
            FirstOf::Phase => &mut self.phases,
        };
        order::tie_with_first(groups, &behind.unwrap_or_default());
        self.certainty = match (enough_of(groups), groups.first()) {
            (..2, _) => Certainty::Alone,
            (_, Some(leader)) if leader.low.of() == 0 => Certainty::Unrated,
            (_, Some(leader)) if leader.tied_with.is_empty() => Certainty::Clear,
            _ => Certainty::Tied,
        };
        self.stays_first = sure.map(|sure| (sure.stays_first, sure.resamples));
        self.first = Some(first);
    }
}

/// How many groups have enough ratings.
fn enough_of(groups: &[RankedGroup]) -> usize {
    groups.iter().filter(|group| !group.voices.0.is_few()).count()
}

impl Feedback {
    /// What customers said of each phase in a period, at any site: low ratings out of all, by the numbers of the sequence
    /// and of the phase in it.
    pub(crate) fn low_by_phase(&self, since: NaiveDate, until: NaiveDate) -> HashMap<(usize, usize), Rate> {
        let mut rates: HashMap<(usize, usize), Rate> = HashMap::new();
        for response in self.responses.iter().filter(|response| since <= response.date && response.date <= until) {
            if let (Some(phase), Some(rating)) = (response.sequence.zip(response.phase), response.rating) {
                let rate = rates.entry(phase).or_default();
                *rate = *rate + Rate::new(u64::from(self.is_low(rating)), 1);
            }
        }
        rates
    }
}

/// The first day of a period of that length that ends with `until`.
fn begin(until: NaiveDate, every: &Quantity) -> NaiveDate {
    back(until, every).and_then(|day| day.checked_add_days(Days::new(1))).unwrap_or(NaiveDate::MIN)
}

/// So long before a day.
fn back(day: NaiveDate, every: &Quantity) -> Option<NaiveDate> {
    let whole = every.value.max(1.0).round().min(100_000.0) as u32;
    match every.unit.key() {
        "months" => day.checked_sub_months(Months::new(whole)),
        "weeks" => day.checked_sub_days(Days::new(u64::from(whole) * 7)),
        "d" => day.checked_sub_days(Days::new(u64::from(whole))),
        _ => day.checked_sub_months(Months::new(12)),
    }
}

/// The period of the same length before.
fn before(period: Period, wanted: ResponseSelection, every: &Quantity) -> Option<Period> {
    let until = period.since.pred_opt()?;
    let since = match wanted.since {
        None => begin(until, every),
        Some(_) => until.checked_sub_days(Days::new((period.until - period.since).num_days().max(0) as u64))?,
    };
    Some(Period { since, until })
}

struct Tables<'a> {
    feedback: &'a Feedback,
    now: &'a [&'a Response],
    earlier: &'a [&'a Response],
    cross: Option<(f64, f64)>,
}

impl Tables<'_> {
    fn ranked(&self, group_of: impl Fn(&Response) -> Option<(String, GroupOf)>) -> Vec<RankedGroup> {
        let mut parts: BTreeMap<String, (GroupOf, Vec<&Response>, Vec<&Response>)> = BTreeMap::new();
        for response in self.now {
            if let Some((key, grouping)) = group_of(response) {
                parts.entry(key).or_insert_with(|| (grouping, Vec::new(), Vec::new())).1.push(response);
            }
        }
        for response in self.earlier {
            if let Some(part) = group_of(response).and_then(|(key, _)| parts.get_mut(&key)) {
                part.2.push(response);
            }
        }
        let mut groups: Vec<RankedGroup> = parts
            .into_iter()
            .map(|(key, (grouping, now, earlier))| self.group(key, grouping, &now, &earlier))
            .collect();
        order::rank(&mut groups);
        groups
    }

    fn group(&self, key: String, grouping: GroupOf, now: &[&Response], earlier: &[&Response]) -> RankedGroup {
        let low = self.low(now);
        let kind = |kind: ResponseKind| now.iter().filter(|response| response.kind == Some(kind)).count() as u64;
        let mean_rating = mean(now.iter().filter_map(|response| response.rating));
        let importance = mean(now.iter().filter_map(|response| response.importance));
        let place = |importance: f64, rating: f64| {
            self.cross.map(|(important, good)| match (importance >= important, rating >= good) {
                (true, false) => Quadrant::ConcentrateHere,
                (true, true) => Quadrant::KeepUp,
                (false, false) => Quadrant::LowPriority,
                (false, true) => Quadrant::PossibleOverkill,
            })
        };
        let quadrant = importance.zip(mean_rating).and_then(|(importance, rating)| place(importance, rating));
        let pairs: Vec<(Option<f64>, Option<f64>)> =
            now.iter().map(|response| (response.importance, response.rating)).collect();
        let is_same = |importance: f64, rating: f64| place(importance, rating) == quadrant;
        let quadrant_stays = if quadrant.is_some() { stays(&pairs, is_same) } else { None };
        RankedGroup {
            key,
            of: grouping,
            responses: now.len() as u64,
            mean: mean_rating,
            low,
            interval: low.told_interval(),
            complaints: kind(ResponseKind::Complaint),
            praise: kind(ResponseKind::Praise),
            need: None,
            rank: 0,
            tied_with: Vec::new(),
            before: self.low(earlier),
            voices: (self.voices(now), self.voices(earlier)),
            direction: None,
            importance,
            quadrant,
            quadrant_stays,
        }
    }

    fn low(&self, responses: &[&Response]) -> Rate {
        let ratings: Vec<f64> = responses.iter().filter_map(|response| response.rating).collect();
        let low = ratings.iter().filter(|rating| self.feedback.is_low(**rating)).count();
        Rate::new(low as u64, ratings.len() as u64)
    }

    fn voices(&self, responses: &[&Response]) -> Voices {
        let Feedback { lowest, middle, .. } = *self.feedback;
        Voices(responses.iter().map(|response| Voice::of(response, lowest, middle)).collect())
    }
}
