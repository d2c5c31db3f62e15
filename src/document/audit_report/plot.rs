//! A share over time as a picture: each month's interval, its share where enough was observed, and what it wavers within.

use serde::Serialize;

use super::Builder;
use crate::audit::figures::{Change, Items, Point, Trend};
use crate::document::{Inline, Parts, Prose};
use crate::edition::Reference;

/// A picture of a share over time. Coordinates count from its upper left corner.
#[derive(Clone, Debug, Serialize)]
pub struct Plot {
    /// The standard.
    pub title: Prose,
    /// `ID@STAMP`.
    pub reference: Prose,
    /// What the picture shows, for who does not see it.
    pub description: String,
    /// What is to be made of it.
    pub caption: String,
    /// Width of the whole.
    pub width: f64,
    /// Height of the whole.
    pub height: f64,
    /// Left end of the scale.
    pub left: f64,
    /// Right end of it.
    pub right: f64,
    /// Lines across, with the share they stand for.
    pub grid: Vec<Tick>,
    /// Months below.
    pub months: Vec<Tick>,
    /// Each month's share and interval.
    pub points: Vec<PlotMonth>,
    /// The share over all months, where there is a chart.
    pub centre: Option<f64>,
    /// Between which the share wavers by chance, as a path, where there is a chart.
    pub limits: Option<String>,
}

/// A word on an axis.
#[derive(Clone, Debug, Serialize)]
pub struct Tick {
    /// The place.
    pub at: f64,
    /// What it says.
    pub label: String,
}

/// One month.
#[derive(Clone, Debug, Serialize)]
pub struct PlotMonth {
    /// The place along the axis.
    pub x: f64,
    /// Where its share stands; none where fewer than 5 were observed.
    pub y: Option<f64>,
    /// Upper end of the interval.
    pub top: f64,
    /// Lower end of the interval.
    pub bottom: f64,
    /// Whether it lies outside the chart's limits.
    pub outside: bool,
}

const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 144.0;
const LEFT: f64 = 46.0;
const RIGHT: f64 = 628.0;
const TOP: f64 = 12.0;
const BOTTOM: f64 = 112.0;

/// At most so many months are named below; more would run into each other.
const NAMED: usize = 8;

fn rounded(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

fn height_of(share: f64) -> f64 {
    rounded(BOTTOM - share * (BOTTOM - TOP))
}

/// Which months, counted from the first, the points stand at.
fn places(points: &[Point]) -> Vec<f64> {
    let month = |point: &Point| -> f64 {
        let (year, month) = point.period.split_once('-').unwrap_or(("0", "0"));
        year.parse::<f64>().unwrap_or_default() * 12.0 + month.parse::<f64>().unwrap_or_default()
    };
    let first = points.first().map_or(0.0, month);
    let last = points.last().map_or(0.0, month);
    let span = (last - first).max(1.0);
    let x = |point: &Point| rounded(LEFT + 14.0 + (month(point) - first) / span * (RIGHT - LEFT - 28.0));
    points.iter().map(x).collect()
}

impl Builder<'_> {
    /// The picture of a trend.
    pub(super) fn plot(&self, trend: &Trend, change: Option<&Change>) -> Plot {
        let xs = places(&trend.points);
        let outside = |point: &Point| trend.chart.as_ref().is_some_and(|chart| chart.outside.contains(&point.period));
        let mark = |(point, x): (&Point, &f64)| {
            // Every point has observations, so every point has an interval.
            let interval = point.rate().interval()?;
            Some(PlotMonth {
                x: *x,
                y: point.rate().share().filter(|_| !point.rate().is_few()).map(height_of),
                top: height_of(interval.high),
                bottom: height_of(interval.low),
                outside: outside(point),
            })
        };
        let every = trend.points.len().div_ceil(NAMED).max(1);
        let months = trend.points.iter().zip(&xs).step_by(every);
        let months = months.map(|(point, x)| Tick { at: *x, label: point.period.clone() }).collect();
        let grid = [0.0, 0.5, 1.0].map(|share| Tick { at: height_of(share), label: self.percent(share) });
        let reference = Reference { id: &trend.standard, stamp: trend.stamp.as_deref() }.to_string();
        Plot {
            title: self.title_of(&trend.standard, trend.stamp.as_deref()),
            reference: Prose { lang: None, parts: Parts::Rich(vec![Inline::Code(reference)]) },
            description: self.description(trend),
            caption: self.caption(trend, change),
            width: WIDTH,
            height: HEIGHT,
            left: LEFT,
            right: RIGHT,
            grid: grid.into(),
            months,
            points: trend.points.iter().zip(&xs).filter_map(mark).collect(),
            centre: trend.chart.as_ref().map(|chart| height_of(chart.centre)),
            limits: trend.chart.as_ref().map(|chart| {
                let ends = |end: fn(&crate::statistics::Interval) -> f64| -> Vec<String> {
                    let ends = chart.limits.iter().zip(&xs);
                    ends.map(|(limits, x)| format!("{x} {}", height_of(end(limits)))).collect()
                };
                let (low, mut high) = (ends(|limits| limits.low), ends(|limits| limits.high));
                high.reverse();
                format!("M{}L{}Z", low.join("L"), high.join("L"))
            }),
        }
    }

    /// What the picture shows, month by month.
    fn description(&self, trend: &Trend) -> String {
        let of = |point: &Point| {
            let counts = self.fill("report.of", &[("met", &self.n(point.passed)), ("judged", &self.n(point.n))]);
            format!("{}: {counts}", point.period)
        };
        trend.points.iter().map(of).collect::<Vec<_>>().join("; ")
    }

    /// What is to be made of it.
    fn caption(&self, trend: &Trend, change: Option<&Change>) -> String {
        match &trend.chart {
            Some(chart) if chart.outside.is_empty() => {
                self.fill("report.trend.stable", &[("centre", &self.percent(chart.centre))])
            }
            Some(chart) => {
                let months = chart.outside.join(", ");
                self.fill("report.trend.outside", &[("centre", &self.percent(chart.centre)), ("months", &months)])
            }
            None => match change {
                Some(change) if change.established => {
                    let key = if change.difference > 0.0 { "report.trend.better" } else { "report.trend.worse" };
                    let passes = |items: Items| self.passes(items.met, items.judged);
                    self.fill(key, &[("from", &passes(change.before)), ("to", &passes(change.now))])
                }
                _ => self.text("report.trend.unclear"),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_stand_where_they_fall() {
        let points = [("2025-11", 9), ("2025-12", 9), ("2026-02", 9)].map(|(period, n)| Point {
            period: period.to_owned(),
            passed: 1,
            n,
            met: 0,
            judged: 1,
        });
        let xs = places(&points);
        assert!(
            (xs[2] - xs[1] - 2.0 * (xs[1] - xs[0])).abs() < 0.2,
            "a month without observations leaves a gap: {xs:?}"
        );
    }
}
