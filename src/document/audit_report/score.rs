//! Scores in words: always with their counts, never a percentage of too little.

use super::Builder;
use super::part::{Bar, ReportCell};
use crate::audit::figures::Score;
use crate::statistics::{ENOUGH, Interval};

impl Builder<'_> {
    /// A share of what was observed.
    pub(super) fn percent(&self, share: f64) -> String {
        self.scope.interface.share(share)
    }

    /// A number as the language writes it.
    pub(super) fn n(&self, number: u64) -> String {
        self.scope.interface.number(number as f64)
    }

    /// `18 of 21; 2 n/a, 1 not observed, 1 disputed`.
    pub(super) fn counts(&self, score: &Score) -> String {
        let beside = [
            ("report.na", score.not_applicable),
            ("report.unseen", score.not_observed),
            ("report.disputed", score.disputed),
        ];
        let beside: Vec<String> = beside
            .into_iter()
            .filter(|(_, number)| *number > 0)
            .map(|(key, number)| self.fill(key, &[("n", &self.n(number))]))
            .collect();
        let judged = if score.judged == 0 {
            String::new()
        } else {
            self.fill("report.of", &[("met", &self.n(score.met)), ("judged", &self.n(score.judged))])
        };
        [judged, beside.join(", ")].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("; ")
    }

    /// `86 % (18 of 21; 2 n/a, 1 not observed)`; counts alone below 5 judged; `n/a` where nothing was judged.
    pub(super) fn score(&self, score: &Score) -> String {
        let counts = self.counts(score);
        let head = match score.score {
            Some(share) if score.judged >= ENOUGH => format!("{} ({counts})", self.percent(share)),
            _ if score.judged > 0 => counts,
            _ if counts.is_empty() => self.text("sheet.nothing-judged"),
            _ => format!("{} ({counts})", self.text("sheet.nothing-judged")),
        };
        [head].into_iter().chain(self.failed(score)).collect::<Vec<_>>().join(", ")
    }

    /// How many critical standards failed, which no number may hide.
    pub(super) fn failed(&self, score: &Score) -> Option<String> {
        let failed = score.critical_failed.len();
        (failed > 0).then(|| self.scope.interface.count("report.failed", failed))
    }

    /// The score with its place on a scale.
    pub(super) fn score_cell(&self, score: &Score) -> ReportCell {
        let bar = score.interval.map(|interval| bar(score.score, interval));
        ReportCell { bar, number: score.score, share: true, ..ReportCell::plain(self.score(score)) }
    }

    /// `65–95 %`; a dash where there is too little for one.
    pub(super) fn range(&self, interval: Option<Interval>) -> String {
        let Some(interval) = interval else { return "–".to_owned() };
        let (low, high) = (self.percent(interval.low), self.percent(interval.high));
        self.fill("report.from-to", &[("low", &low), ("high", &high)])
    }
}

/// A share and its interval on a scale of 0 to 100.
pub(super) fn bar(share: Option<f64>, interval: Interval) -> Bar {
    let tenths = |share: f64| (share * 1000.0).round() / 10.0;
    let (from, to) = (tenths(interval.low), tenths(interval.high));
    Bar { at: share.map(tenths), from, width: tenths((to - from) / 100.0), target: None }
}

/// The same with what is asked for.
pub(super) fn aimed(bar: Bar, wanted: f64) -> Bar {
    Bar { target: Some((wanted * 1000.0).round() / 10.0), ..bar }
}
