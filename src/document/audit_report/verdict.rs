//! What to know when nothing else is read.

use serde::Serialize;

use super::Builder;
use super::part::Bar;
use crate::audit::{ActionState, Finding};
use crate::book::Level;
use crate::statistics::ENOUGH;

/// The verdict.
#[derive(Clone, Debug, Serialize)]
pub struct VerdictView {
    /// `good`, `bad` or `open`, where too little was judged to say.
    pub tone: &'static str,
    /// The score alone, large: `86 %`, or counts, or n/a.
    pub score: String,
    /// The counts.
    pub counts: String,
    /// The place on a scale.
    pub bar: Option<Bar>,
    /// The level reached, with its numeral; none where none is.
    pub level: Option<String>,
    /// The same in sentences, and what is urgent.
    pub sentences: Vec<String>,
}

impl Builder<'_> {
    /// The verdict. Within a report that tells of all actions itself, those of the period are not told of besides.
    pub(super) fn verdict(&self, with_actions: bool) -> VerdictView {
        let overall = &self.judged.figures.overall;
        let (few, none) = (overall.judged < ENOUGH, overall.judged == 0);
        let mut sentences = self.of_score();
        if !none {
            sentences.push(self.of_level());
        }
        let critical = overall.critical_failed.len();
        if critical > 0 {
            sentences.push(self.count("report.verdict.critical", critical));
        }
        let is_trial = |finding: &Finding<'_>| self.judged.audits.is_trial(self.scope.standards, finding.item);
        let repeats = self.findings.iter().filter(|finding| finding.repeats.is_some() && !is_trial(finding)).count();
        if repeats > 0 {
            sentences.push(self.count("report.verdict.repeats", repeats));
        }
        let today = self.scope.today;
        let states = self.actions.iter().filter_map(|finding| finding.item.action());
        let overdue = states.filter(|action| action.state(today) == ActionState::Overdue).count();
        if with_actions && overdue > 0 {
            sentences.push(self.count("report.verdict.overdue", overdue));
        }
        let uncounted = self.judged.figures.answers_not_counted;
        if uncounted > 0 {
            sentences.push(self.count("report.verdict.not-counted", uncounted));
        }
        let broken = critical > 0 || overall.level_reached.is_none();
        let tone = match () {
            () if none => "open",
            () if broken || repeats > 0 || overdue > 0 => "bad",
            () if few || uncounted > 0 => "open",
            () => "good",
        };
        let score = match overall.score {
            Some(share) if !few => self.percent(share),
            _ if none => self.text("sheet.nothing-judged"),
            _ => self.fill("report.of", &[("met", &self.n(overall.met)), ("judged", &self.n(overall.judged))]),
        };
        let level = overall.level_reached.map(|level| self.level_name(level));
        // Where nothing was judged, no level was missed either.
        let level = level.or_else(|| none.then(|| self.text("sheet.nothing-judged")));
        VerdictView {
            tone,
            score,
            counts: [self.counts(overall)].into_iter().chain(self.failed(overall)).collect::<Vec<_>>().join(", "),
            bar: overall.interval.map(|interval| super::score::bar(overall.score, interval)),
            level,
            sentences,
        }
    }

    fn level(&self, level: Level) -> String {
        self.text(&format!("level.{level}"))
    }

    /// The score, and how sure it is.
    fn of_score(&self) -> Vec<String> {
        let overall = &self.judged.figures.overall;
        let (met, judged) = (self.n(overall.met), self.n(overall.judged));
        match (overall.score, overall.interval) {
            (Some(share), Some(interval)) => {
                let values = [("score", self.percent(share)), ("met", met), ("judged", judged)];
                let values = values.each_ref().map(|(name, value)| (*name, value.as_str()));
                let (low, high) = (self.percent(interval.low), self.percent(interval.high));
                vec![
                    self.fill("report.verdict.score", &values),
                    self.fill("report.verdict.range", &[("low", &low), ("high", &high)]),
                ]
            }
            _ if overall.judged > 0 => {
                vec![self.fill("report.verdict.few", &[("met", &met), ("judged", &judged)])]
            }
            _ => vec![self.text("report.verdict.none")],
        }
    }

    /// Which level is reached, and what keeps the next one back.
    fn of_level(&self) -> String {
        let overall = &self.judged.figures.overall;
        let reached = overall.level_reached.map(|level| self.level(level)).unwrap_or_default();
        let Some(next) = &self.judged.figures.next_level else {
            let sentence = self.fill("report.verdict.level-all", &[("level", &reached)]);
            return if overall.level_judged < ENOUGH {
                format!("{sentence} {}", self.text("report.too-few"))
            } else {
                sentence
            };
        };
        let missed = (next.met as f64 / next.judged as f64) < next.wanted - 1e-9;
        let key = match (overall.level_reached.is_some(), missed) {
            (true, true) => "report.verdict.level-some",
            (true, false) => "report.verdict.level-some-critical",
            (false, true) => "report.verdict.level-none",
            (false, false) => "report.verdict.level-none-critical",
        };
        let counts = self.fill("report.of", &[("met", &self.n(next.met)), ("judged", &self.n(next.judged))]);
        let sentence = self.fill(
            key,
            &[
                ("level", &reached),
                ("next", &self.level(next.level)),
                ("counts", &counts),
                ("wanted", &self.scope.interface.percent(next.wanted)),
            ],
        );
        let is_few = overall.level_reached.is_some() && overall.level_judged < ENOUGH;
        if is_few || next.judged < ENOUGH { format!("{sentence} {}", self.text("report.too-few")) } else { sentence }
    }
}
