//! A standard's rate month by month, over answers to one wording only.

use schemars::JsonSchema;
use serde::Serialize;

use super::wording::WordingTally;
use crate::statistics::{ENOUGH_FOR_CHART, Interval, Rate, chance_outside, p_chart};

/// How one wording of a standard fared over time.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Trend {
    /// Id of the standard.
    pub standard: String,
    /// The wording; null for a standard that the book no longer knows, of a record that does not say.
    pub stamp: Option<String>,
    /// Month by month, those without observations left out.
    pub points: Vec<Point>,
    /// A p-chart, from 20 months with observations on.
    pub chart: Option<Chart>,
}

/// One month.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Point {
    /// The month, as `2026-05`.
    pub period: String,
    /// Observations that passed.
    pub passed: u64,
    /// Observations.
    pub n: u64,
    /// Units met.
    pub met: u64,
    /// Units judged.
    pub judged: u64,
}

/// A control chart of shares: within its limits a share only wavers.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Chart {
    /// The share over all months.
    pub centre: f64,
    /// For each point, the limits that its share keeps to by chance; narrower where more was observed.
    pub limits: Vec<Interval>,
    /// The months whose share lies outside; only those with 5 observations or more.
    pub outside: Vec<String>,
    /// How many of those months would lie outside by chance, if the share never changed (binomial distribution).
    pub by_chance: f64,
}

impl Trend {
    pub(super) fn of(standard: &str, stamp: Option<&str>, wording: &WordingTally) -> Self {
        let points: Vec<Point> = wording
            .months
            .iter()
            .map(|month| Point {
                period: month.month.to_string(),
                passed: month.observed.met(),
                n: month.observed.of(),
                met: month.units.met(),
                judged: month.units.of(),
            })
            .collect();
        let chart = if points.len() < ENOUGH_FOR_CHART { None } else { chart(&points) };
        Trend { standard: standard.to_owned(), stamp: stamp.map(str::to_owned), points, chart }
    }
}

impl Point {
    /// The share that passed.
    pub fn rate(&self) -> Rate {
        Rate::new(self.passed, self.n)
    }
}

fn chart(points: &[Point]) -> Option<Chart> {
    let rates: Vec<Rate> = points.iter().map(Point::rate).collect();
    let found = p_chart(&rates)?;
    // A month is only there because something was observed, so each has limits.
    let limits: Option<Vec<Interval>> = found.limits.into_iter().collect();
    // Of a few observations a share is chance, whatever the limits, which are those of large samples.
    let outside = found.outside.iter().filter(|month| !points[**month].rate().is_few());
    let outside = outside.map(|month| points[*month].period.clone()).collect();
    let limits = limits?;
    let told = rates.iter().zip(&limits).filter(|(rate, _)| !rate.is_few());
    let by_chance = told.map(|(rate, limits)| chance_outside(found.centre, rate.of(), *limits)).sum();
    Some(Chart { centre: found.centre, limits, outside, by_chance })
}
