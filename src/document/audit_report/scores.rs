//! Scores by every head.

use super::Builder;
use super::part::{ReportCell, ReportColumn, ReportRow, ReportTable, Section};
use super::score::aimed;
use crate::audit::figures::{GroupFigures, Score};
use crate::book::{Book, Level, Phase, Step, Text};
use crate::document::Prose;
use crate::statistics::ENOUGH;

/// The figures of a group that stand each in a column of its own where they are counted on.
pub(crate) const FIGURES: [&str; 13] = [
    "met",
    "judged",
    "na",
    "unseen",
    "coverage",
    "low",
    "high",
    "disputed",
    "items-met",
    "items-judged",
    "passed",
    "observations",
    "visits",
];

impl Builder<'_> {
    /// All of them. A head with one group says nothing that the total does not, so it is left out on pages.
    pub(super) fn scores(&self) -> Section {
        let heads = &self.judged.figures.by;
        let heads: [(&str, &[GroupFigures]); 13] = [
            ("site", &heads.site),
            ("area", &heads.area),
            ("sequence", &heads.sequence),
            ("phase", &heads.phase),
            ("level", &heads.level),
            ("type", &heads.r#type),
            ("aspect", &heads.aspect),
            ("role", &heads.role),
            ("trait", &heads.r#trait),
            ("step", &heads.step),
            ("auditor", &heads.auditor),
            ("month", &heads.month),
            ("year", &heads.year),
        ];
        let mut section = Section::new("scores", self.text("report.section.scores"));
        if self.judged.figures.records > 0 {
            let all = GroupFigures { key: self.text("report.by.all"), score: self.judged.figures.overall.clone() };
            section = section.table(ReportTable { sheet_only: true, ..self.scores_by("all", &[all]) });
        }
        for (head, entries) in heads {
            if entries.len() > 1 || (head == "phase" && entries.len() == 1) {
                section = section.table(self.scores_by(head, entries));
            }
        }
        section
    }

    fn scores_by(&self, head: &str, entries: &[GroupFigures]) -> ReportTable {
        // What is not a place or a time reaches no level.
        let levelled = ["all", "site", "area", "sequence", "phase", "step", "month", "year"].contains(&head);
        let mut columns = vec![
            ReportColumn { title: self.text(&format!("report.by.{head}")), kind: "text", weight: 3, place: "all" },
            self.column("score", "score"),
            self.column("interval", "text"),
        ];
        if levelled {
            columns.push(self.column("level", "text"));
        }
        let number = |key: &&str| ReportColumn { place: "sheet", ..self.column(key, "number") };
        columns.extend(FIGURES.iter().map(number));
        let row = |entry: &GroupFigures| {
            let Score { critical_failed, .. } = &entry.score;
            let mut cells = vec![
                ReportCell::prose(self.group(head, &entry.key)),
                self.aimed_cell(head, entry),
                ReportCell::plain(self.range(entry.score.interval)),
            ];
            if levelled {
                cells.push(ReportCell::plain(self.level_cell(&entry.score)));
            }
            cells.extend(self.figures(&entry.score));
            ReportRow { tone: if critical_failed.is_empty() { "" } else { "bad" }, cells }
        };
        let (rows, more) = self.cut(entries.iter().collect());
        ReportTable { columns, rows: rows.into_iter().map(row).collect(), more, ..ReportTable::default() }
    }

    /// The score, on a scale with what is asked for where it is of a level.
    fn aimed_cell(&self, head: &str, entry: &GroupFigures) -> ReportCell {
        let cell = self.score_cell(&entry.score);
        let level = Level::ALL.iter().find(|level| head == "level" && level.word() == entry.key);
        let wanted = level.map(|level| self.judged.figures.level_shares[*level as usize]);
        ReportCell { bar: cell.bar.map(|bar| wanted.map_or(bar, |wanted| aimed(bar, wanted))), ..cell }
    }

    /// The level reached, and in how many visits it was; that it says little where too little was judged.
    fn level_cell(&self, score: &Score) -> String {
        if score.judged == 0 {
            return "–".to_owned();
        }
        let Some(level) = score.level_reached else { return self.text("report.no-level") };
        let name = self.level_name(level);
        // What a level rests on is its own units, however many of other levels were judged beside them.
        if score.level_judged < ENOUGH {
            return format!("{name} ({})", self.text("report.few"));
        }
        match score.reached_in.filter(|_| score.visits > 1) {
            Some(reached) => format!("{name}, {}", self.in_visits(reached.of(level), score.visits)),
            None => name,
        }
    }

    /// The figures one by one, for spreadsheets.
    fn figures(&self, score: &Score) -> Vec<ReportCell> {
        let count = |number: u64| ReportCell::count(number, self.n(number));
        let share =
            |share: Option<f64>| ReportCell::share(share, share.map(|share| self.percent(share)).unwrap_or_default());
        let interval = score.interval;
        let shares = [score.coverage, interval.map(|interval| interval.low), interval.map(|interval| interval.high)];
        let counts = [score.met, score.judged, score.not_applicable, score.not_observed];
        let beside =
            [score.disputed, score.items.met, score.items.judged, score.passed, score.observations, score.visits];
        counts
            .into_iter()
            .map(count)
            .chain(shares.into_iter().map(share))
            .chain(beside.into_iter().map(count))
            .collect()
    }

    /// What to call a group.
    pub(super) fn group(&self, head: &str, key: &str) -> Prose {
        let names = &self.judged.audits.names;
        let titled = |book: &Book| -> Option<Text> {
            let mut phases = book.phases();
            let text = match head {
                "area" => &book.areas.iter().find(|area| names.areas.now(&area.id.name) == key)?.title,
                "sequence" => {
                    &book.sequences.iter().find(|sequence| names.sequences.now(&sequence.id.name) == key)?.title
                }
                "phase" => &phases.find(|phase| names.phases.now(&phase.id.name) == key)?.title,
                "step" => {
                    let named = |phase: &Phase, step: &Step| format!("{}.{}", phase.id.name, step.id.name);
                    let mut steps = phases.flat_map(|phase| phase.steps.iter().map(move |step| (phase, step)));
                    let is_it = |(phase, step): &(&Phase, &Step)| names.steps.now(&named(phase, step)) == key;
                    steps.find(is_it)?.1.label()?
                }
                "trait" => &book.traits.iter().find(|of_trait| names.traits.now(&of_trait.id.name) == key)?.title,
                "role" | "auditor" => &book.roles.iter().find(|role| names.roles.now(&role.id.name) == key)?.title,
                _ => return None,
            };
            Some(text.clone())
        };
        match head {
            "site" => self.site_of(Some(key)),
            "level" | "type" | "aspect" => Prose::plain(self.text(&format!("{head}.{key}"))),
            _ => self.called(titled).unwrap_or_else(|| Prose::plain(key)),
        }
    }
}
