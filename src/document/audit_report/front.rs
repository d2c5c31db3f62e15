//! The first page: how the levels stand, what keeps the next one away, what got better or worse, who must do what by when.

use std::collections::{HashMap, HashSet};

use super::Builder;
use super::part::{ReportCell, ReportRow, ReportTable, Section};
use super::score::{aimed, bar};
use crate::audit::figures::{Block, Change, Comparison};
use crate::audit::{ActionState, Item, Record, Unanswered, all_unanswered};
use crate::book::Level;
use crate::statistics::{ENOUGH, Rate};

/// So many standards and actions stand on the first page, which has to hold them; the parts below have all of them.
const NAMED: usize = 4;

impl Builder<'_> {
    /// The levels: how much of each is met, how much is asked for, and in how many visits it was reached.
    pub(super) fn levels(&self) -> Section {
        let figures = self.judged.figures;
        let overall = &figures.overall;
        let row = |level: Level| {
            let score = &figures.by.level.iter().find(|entry| entry.key == level.word())?.score;
            let wanted = self.judged.figures.level_shares[level as usize];
            let rate = Rate::new(score.met, score.judged);
            let share = rate.share()?;
            let visits = overall.reached_in.map(|reached| reached.of(level)).unwrap_or_default();
            let is_few = rate.is_few();
            let missed = share < wanted - 1e-9 || !score.critical_failed.is_empty();
            let shown = match is_few {
                true => self.few(score.met, score.judged),
                false => self.passes(score.met, score.judged),
            };
            let scale = rate.told_interval().map(|interval| aimed(bar(Some(share), interval), wanted));
            Some(ReportRow {
                tone: if missed && !is_few { "bad" } else { "" },
                cells: vec![
                    ReportCell::plain(self.level_name(level)),
                    ReportCell { bar: scale, number: Some(share), share: true, ..ReportCell::plain(shown) },
                    ReportCell {
                        number: Some(wanted),
                        share: true,
                        ..ReportCell::plain(self.scope.interface.percent(wanted))
                    },
                    ReportCell::plain(self.in_visits(visits, overall.visits)),
                ],
            })
        };
        let rows: Vec<ReportRow> = Level::ALL.iter().filter_map(|level| row(*level)).collect();
        let section = Section::new("levels", self.text("report.section.levels")).in_front();
        if rows.is_empty() {
            return section;
        }
        let mut columns = self.columns(&["by-level", "rate", "wanted", "reached-in"]);
        columns[1].kind = "score";
        section.note(self.text("report.levels.note")).table(ReportTable { columns, rows, ..ReportTable::default() })
    }

    /// What keeps the next level away, standard by standard.
    pub(super) fn blocks(&self) -> Section {
        let Some(next) = &self.judged.figures.next_level else { return Section::default() };
        let level = self.text(&format!("level.{}", next.level));
        let title = self.fill("report.section.blocks", &[("level", &level)]);
        let section = Section::new("blocks", title).in_front();
        if next.blocks.is_empty() {
            return section;
        }
        let rate = Rate::new(next.met, next.judged);
        let section = if rate.is_few() { section.note(self.text("report.too-few")) } else { section };
        let row = |block: &Block| ReportRow {
            tone: "bad",
            cells: vec![
                self.standard_cell(&block.standard, block.stamp.as_deref()),
                self.phase_of(&block.standard, block.stamp.as_deref()).map(ReportCell::prose).unwrap_or_default(),
                ReportCell {
                    number: Rate::new(block.met, block.judged).share(),
                    share: true,
                    ..ReportCell::plain(self.passes(block.met, block.judged))
                },
                ReportCell::plain(if block.critical { self.text("report.blocks.critical") } else { String::new() }),
            ],
        };
        let rows = next.blocks.iter().take(NAMED).map(row).collect();
        let more = next.blocks.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| self.count("report.blocks.more", more));
        let columns = self.columns(&["standard", "phase", "rate", "remark"]);
        section.table(ReportTable { columns, rows, more, ..ReportTable::default() })
    }

    /// What got better or worse, standard by standard, as far as it is more than chance.
    pub(super) fn changes(&self) -> Section {
        let figures = self.judged.figures;
        let section = Section::new("changes", self.text("report.section.changes")).in_front();
        let Some(compared) = &figures.compared else {
            return if figures.records > 0 { section.note(self.text("report.changes.one-month")) } else { section };
        };
        let stretch = |[from, to]: &[String; 2]| match from == to {
            true => self.moment(from),
            false => self.fill("report.days", &[("from", &self.moment(from)), ("to", &self.moment(to))]),
        };
        let between = self.fill(
            "report.changes.between",
            &[("now", &stretch(&compared.now)), ("before", &stretch(&compared.before))],
        );
        let told = figures.changes.iter().filter(|change| change.p.is_some()).count();
        let mut sure: Vec<&Change> = figures.changes.iter().filter(|change| change.established).collect();
        sure.sort_by(|a, b| a.difference.total_cmp(&b.difference));
        let section = self.totals().into_iter().fold(section.note(between), Section::note);
        let section = match (told, sure.len()) {
            (0, _) => return section.note(self.text("report.changes.few")),
            (_, 0) => return section.note(self.count("report.changes.none", told)),
            (_, n) => section.note(self.count("report.changes.some", n).replace("{told}", &self.n(told as u64))),
        };
        let row = |change: &&Change| {
            let better = change.difference > 0.0;
            let passes = |items: crate::audit::figures::Items| ReportCell {
                number: Rate::new(items.met, items.judged).share(),
                share: true,
                ..ReportCell::plain(self.passes(items.met, items.judged))
            };
            ReportRow {
                tone: if better { "good" } else { "bad" },
                cells: vec![
                    self.standard_cell(&change.standard, change.stamp.as_deref()),
                    passes(change.before),
                    passes(change.now),
                    ReportCell::plain(self.text(if better { "report.changes.better" } else { "report.changes.worse" })),
                ],
            }
        };
        let (rows, more) = self.cut(sure.iter().collect());
        let columns = self.columns(&["standard", "before", "now", "conclusion"]);
        section.table(ReportTable {
            columns,
            rows: rows.into_iter().map(row).collect(),
            more,
            ..ReportTable::default()
        })
    }

    /// What changed of everything together from one period, or year, to another, as far as it is more than chance: where no
    /// standard alone shows it.
    fn totals(&self) -> Vec<String> {
        let is_told = |comparison: &&Comparison| {
            comparison.established && ["period", "year"].contains(&comparison.dimension) && comparison.b.is_some()
        };
        let told = self.judged.figures.comparisons.iter().filter(is_told);
        let sentence = |comparison: &Comparison| {
            let compared = self.side_by_side(comparison);
            let key =
                if compared.difference > 0.0 { "report.changes.total-better" } else { "report.changes.total-worse" };
            let (later, earlier) = (compared.second.characters(), compared.first.characters());
            self.fill(key, &[("a", &later), ("b", &earlier), ("difference", &self.difference(&compared))])
        };
        told.map(sentence).collect()
    }

    /// Who must do what by when: what is open, the overdue first; and critical failures that nobody acts on.
    pub(super) fn todo(&self) -> Section {
        let today = self.scope.today;
        let section = Section::new("todo", self.text("report.section.todo")).in_front();
        let Unanswered { open: idle, met_since } = self.unanswered();
        let section = match idle.len() {
            0 => section,
            n => section.note(self.count("report.todo.no-action", n)).table(self.worst_idle(&idle)),
        };
        // They stand with the other failures of critical standards, each with what became of it.
        let section = match met_since.len() {
            0 => section,
            n => section.note(
                self.count("report.todo.no-action-met", n).replace("{section}", &self.text("report.section.critical")),
            ),
        };
        let mut open: Vec<_> = self
            .actions
            .iter()
            .filter_map(|finding| Some((finding.item.action()?.state(today), finding, finding.item.action()?)))
            .filter(|(state, ..)| {
                matches!(state, ActionState::Overdue | ActionState::Open | ActionState::WithoutEffect)
            })
            .collect();
        if open.is_empty() {
            return if self.judged.figures.records > 0 {
                section.note(self.text("report.todo.nothing"))
            } else {
                section
            };
        }
        open.sort_by_key(|(state, _, action)| (*state, action.due.is_none(), action.due));
        let more = open.len().saturating_sub(NAMED);
        let more = (more > 0).then(|| self.count("report.todo.more", more));
        let row =
            |(state, finding, action): &(ActionState, &crate::audit::Finding<'_>, &crate::audit::Action)| ReportRow {
                tone: if *state == ActionState::Open { "" } else { "bad" },
                cells: vec![
                    ReportCell::plain(&action.what),
                    self.found_cell(finding),
                    self.owner_cell(action),
                    self.day_cell(action.due),
                    ReportCell::plain(self.text(&format!("report.state.{state}"))),
                    ReportCell::prose(self.site_of(finding.record.site.as_deref())),
                ],
            };
        let rows = open.iter().take(NAMED).map(row).collect();
        let columns = self.columns(&["action", "standard", "owner", "due", "state", "site"]);
        section.table(ReportTable { columns, rows, more, ..ReportTable::default() })
    }

    /// Critical failures up to the end of the period that nobody acts on, and that nobody found mended since; and those of the
    /// period that somebody did.
    fn unanswered(&self) -> Unanswered<'_> {
        let (today, selection) = (self.scope.today, self.judged.selection);
        let until = selection.wanted.to.map_or(today, |to| to.min(today));
        let mut all = all_unanswered(self.judged.audits, self.scope.standards, until, today);
        all.open.retain(|(record, item)| selection.wanted.is_here(record) && selection.picks(record, item));
        all.met_since.retain(|(record, item)| selection.counts(record) && selection.picks(record, item));
        all
    }

    /// Those that are open.
    pub(super) fn idle(&self) -> Vec<(&Record, &Item)> {
        self.unanswered().open
    }

    /// The failures that nobody acts on, where there is room for all; else the worst of them: of a standard at a place the latest
    /// alone, and first what failed there most often. Where the rest stands is said below.
    pub(super) fn worst_idle(&self, idle: &[(&Record, &Item)]) -> ReportTable {
        if idle.len() <= NAMED {
            return self.idle_table(idle.iter().rev());
        }
        let place = |(record, item): &(&Record, &Item)| (item.standard, record.site.as_deref().map(str::to_owned));
        let mut times: HashMap<(u32, Option<String>), usize> = HashMap::new();
        idle.iter().for_each(|failure| *times.entry(place(failure)).or_default() += 1);
        let mut seen = HashSet::new();
        let mut latest: Vec<_> = idle.iter().rev().filter(|failure| seen.insert(place(failure))).copied().collect();
        latest.sort_by_key(|failure| std::cmp::Reverse(times.get(&place(failure)).copied()));
        latest.truncate(NAMED);
        let title = self.text("report.section.actions");
        let more = self.count("report.todo.idle-more", idle.len() - latest.len()).replace("{section}", &title);
        ReportTable { more: Some(more), ..self.idle_table(latest.iter()) }
    }

    /// Failures that nobody acts on, a row each.
    pub(super) fn idle_table<'b>(&self, idle: impl Iterator<Item = &'b (&'b Record, &'b Item)>) -> ReportTable {
        let row = |(record, item): &(&Record, &Item)| {
            let audits = self.judged.audits;
            ReportRow {
                tone: "bad",
                cells: vec![
                    self.standard_cell(audits.id(item), audits.judged_stamp(self.scope.standards, item)),
                    self.day_cell(Some(record.moment.date)),
                    ReportCell::prose(self.site_of(record.site.as_deref())),
                ],
            }
        };
        let columns = self.columns(&["standard", "when", "site"]);
        ReportTable { columns, rows: idle.map(row).collect(), ..ReportTable::default() }
    }

    /// A level with its numeral.
    pub(super) fn level_name(&self, level: Level) -> String {
        format!("{} · {}", super::super::standard::numeral(level), self.text(&format!("level.{level}")))
    }

    /// `in 5 of 8 visits`.
    pub(super) fn in_visits(&self, visits: u64, all: u64) -> String {
        self.count("report.levels.in-visits", all as usize).replace("{k}", &self.n(visits))
    }

    /// Counts of which no share is told: `3 of 4: too few to rely on`.
    fn few(&self, met: u64, judged: u64) -> String {
        debug_assert!(judged < ENOUGH);
        let counts = self.fill("report.of", &[("met", &self.n(met)), ("judged", &self.n(judged))]);
        format!("{counts}: {}", self.text("report.few"))
    }

    /// A day in words; a month as it is written.
    fn moment(&self, text: &str) -> String {
        text.parse().map_or_else(|_| text.to_owned(), |day| self.date(day))
    }
}
