//! What failed, what came back, what was done well, and what is done about it.

use std::collections::HashSet;

use super::Builder;
use super::part::{ReportCell, ReportColumn, ReportRow, ReportTable, Section};
use crate::audit::{ActionState, Answer, Finding, Grade, Item};
use crate::book::{Aspect, Status};
use crate::document::Prose;
use crate::statistics::Rate;

impl Builder<'_> {
    /// Critical standards that were not met.
    pub(super) fn critical(&self) -> Section {
        let section = Section::new("critical", self.text("report.section.critical"));
        let failed: Vec<&Finding<'_>> =
            self.findings.iter().rev().filter(|finding| self.is_critical(finding)).collect();
        if failed.is_empty() {
            let judged = self.judged.figures.overall.judged > 0;
            let any = self.scope.standards.all.iter().any(|standard| standard.critical);
            return if judged && any { section.note(self.text("report.empty.critical")) } else { section };
        }
        section.table(self.table_with_state(failed))
    }

    /// Failures of critical standards, each with how far its action has come, or that there is none.
    fn table_with_state(&self, failed: Vec<&Finding<'_>>) -> ReportTable {
        let states: Vec<ReportCell> = failed
            .iter()
            .map(|finding| match finding.action() {
                Some(action) => self.text(&format!("report.state.{}", action.state(self.scope.today))),
                None => self.text("review.no-action"),
            })
            .map(ReportCell::plain)
            .collect();
        let mut table = self.table_of(failed, "bad");
        table
            .columns
            .insert(4, ReportColumn { title: self.text("report.column.action"), ..self.column("state", "text") });
        for (row, state) in table.rows.iter_mut().zip(states) {
            row.cells.insert(4, state);
        }
        table
    }

    /// What was not met again after its action was done.
    pub(super) fn repeats(&self) -> Section {
        let section = Section::new("repeats", self.text("report.section.repeats"));
        let back: Vec<&Finding<'_>> = self.findings.iter().rev().filter(|finding| finding.repeats.is_some()).collect();
        if back.is_empty() {
            return section;
        }
        let (rows, more) = self.cut(back);
        let row = |finding: &Finding<'_>| {
            let earlier = finding.repeats.and_then(|index| self.all_findings.get(index));
            let action = earlier.and_then(|earlier| earlier.item.action());
            let done = action.and_then(|action| action.done);
            let mut cells = self.cells_of(finding);
            cells.truncate(3);
            cells.push(ReportCell::plain(action.map(|action| action.what.clone()).unwrap_or_default()));
            cells.push(self.day_cell(done));
            ReportRow { tone: "bad", cells }
        };
        let columns = self.columns(&["standard", "when", "site", "earlier-action", "done"]);
        section.table(ReportTable {
            columns,
            rows: rows.into_iter().map(row).collect(),
            more,
            ..ReportTable::default()
        })
    }

    /// Everything else that was not met, or could be better.
    pub(super) fn other_findings(&self) -> Section {
        let section = Section::new("findings", self.text("report.section.findings"));
        let is_other = |finding: &&Finding<'_>| {
            let praised = matches!(finding.grade, Some(Grade::GoodPractice | Grade::Conformity));
            let called_for = finding.item.answer == Answer::NotMet || finding.grade == Some(Grade::Opportunity);
            called_for && !praised && finding.repeats.is_none() && !self.is_critical(finding)
        };
        let mut others: Vec<&Finding<'_>> = self.findings.iter().rev().filter(is_other).collect();
        // The gravest first, the newest first among equals; what nobody graded stands between major and minor.
        others.sort_by_key(|finding| match finding.grade {
            Some(Grade::Major) => 0,
            None => 1,
            Some(Grade::Minor) => 2,
            _ => 3,
        });
        if others.is_empty() { section } else { section.table(self.table_of(others, "")) }
    }

    /// What others could learn from.
    pub(super) fn good_practice(&self) -> Section {
        let good = |finding: &&Finding<'_>| finding.grade == Some(Grade::GoodPractice);
        let good_findings: Vec<&Finding<'_>> = self.findings.iter().rev().filter(good).collect();
        let section = Section::new("practice", self.text("report.section.practice"));
        if good_findings.is_empty() { section } else { section.table(self.table_of(good_findings, "good")) }
    }

    /// Who does what by when.
    pub(super) fn all_actions(&self) -> Section {
        let today = self.scope.today;
        let with_action = self.actions.iter().filter_map(|finding| Some((finding, finding.item.action()?)));
        let mut all: Vec<_> = with_action.map(|(finding, action)| (action.state(today), finding, action)).collect();
        // Overdue ones first, and of equals the one that is due first.
        all.sort_by_key(|(state, _, action)| (*state, action.due.is_none(), action.due));
        let (rows, more) = self.cut(all);
        let row = |(state, finding, action): (ActionState, &Finding<'_>, &crate::audit::Action)| {
            let cells = vec![
                ReportCell::plain(&action.what),
                self.found_cell(finding),
                ReportCell::prose(self.site_of(finding.record.site.as_deref())),
                self.owner_cell(action),
                self.day_cell(action.due),
                ReportCell::plain(self.text(&format!("report.state.{state}"))),
                self.day_cell(Some(finding.record.moment.date)),
                self.day_cell(action.done),
                self.day_cell(action.verified),
                ReportCell::plain(action.cause.clone().unwrap_or_default()),
            ];
            let tone = match state {
                ActionState::Overdue | ActionState::WithoutEffect => "bad",
                ActionState::Verified => "good",
                ActionState::Open | ActionState::Done => "",
            };
            ReportRow { tone, cells }
        };
        let mut columns = self
            .columns(&["action", "standard", "site", "owner", "due", "state", "found", "done", "verified", "cause"]);
        columns[6..].iter_mut().for_each(|column| column.place = "sheet");
        let rows: Vec<ReportRow> = rows.into_iter().map(row).collect();
        let section = Section::new("actions", self.text("report.section.actions")).table(ReportTable {
            columns,
            rows,
            more,
            ..ReportTable::default()
        });
        // Those that the first page has no room for; where it has them all, they are not told twice.
        let idle = self.idle();
        if self.worst_idle(&idle).more.is_none() {
            return section;
        }
        let (rows, more) = self.cut(idle.iter().rev().collect());
        let title = Some(Prose::plain(self.text("actions.title.no-action")));
        section.table(ReportTable { title, more, ..self.idle_table(rows.into_iter()) })
    }

    /// Performance, organisation, professionalism: what is best, what is worst, what is done about it.
    pub(super) fn analysis(&self) -> Section {
        let figures = self.judged.figures;
        let mut section = Section::new("analysis", self.text("report.section.analysis"));
        for head in &figures.analysis {
            let Some(entry) = figures.by.aspect.iter().find(|entry| entry.key == head.aspect.word()) else { continue };
            let named =
                |ids: &[String]| -> Vec<(Prose, String)> { ids.iter().map(|id| self.most_judged(id)).collect() };
            let mut rows = Vec::new();
            for (key, tone, list) in [("best", "good", named(&head.best)), ("worst", "bad", named(&head.worst))] {
                rows.extend(list.into_iter().map(|(title, rate)| ReportRow {
                    tone,
                    cells: vec![
                        ReportCell::plain(self.text(&format!("report.analysis.{key}"))),
                        ReportCell::prose(title),
                        ReportCell::plain(rate),
                    ],
                }));
            }
            let aspect = self.capital(&format!("aspect.{}", head.aspect));
            let title = format!("{aspect}: {}", self.score(&entry.score));
            section = section.table(ReportTable {
                title: Some(Prose::plain(title)),
                columns: self.columns(&["what", "standard", "rate"]),
                rows,
                ..ReportTable::default()
            });
            let rows = self.improvements(head.aspect);
            if !rows.is_empty() {
                let title = format!("{aspect}: {}", self.text("report.analysis.improvement"));
                section = section.table(ReportTable {
                    title: Some(Prose::plain(title)),
                    columns: self.columns(&["action", "standard", "site", "due"]),
                    rows,
                    ..ReportTable::default()
                });
            }
        }
        section
    }

    /// The improvements that actions call for under a head: those not yet done, the first due first.
    fn improvements(&self, aspect: Aspect) -> Vec<ReportRow> {
        const NAMED: usize = 5;
        let of_head = |finding: &&Finding<'_>| {
            let id = self.judged.audits.id(finding.item);
            self.wordings.standard(id).is_some_and(|standard| standard.aspect == aspect)
        };
        let mut open: Vec<_> = self
            .actions
            .iter()
            .filter(of_head)
            .filter_map(|finding| Some((finding, finding.item.action()?)))
            .filter(|(_, action)| action.done.is_none())
            .collect();
        open.sort_by_key(|(_, action)| (action.due.is_none(), action.due));
        // What several auditors of a visit called for is one improvement.
        let mut seen = HashSet::new();
        open.retain(|(finding, action)| {
            seen.insert((&action.what, finding.item.standard, finding.record.site.as_deref(), action.due))
        });
        let row = |(finding, action): &(&Finding<'_>, &crate::audit::Action)| ReportRow {
            tone: "",
            cells: vec![
                ReportCell::plain(&action.what),
                self.found_cell(finding),
                ReportCell::prose(self.site_of(finding.record.site.as_deref())),
                self.day_cell(action.due),
            ],
        };
        open.iter().take(NAMED).map(row).collect()
    }

    pub(super) fn is_critical(&self, finding: &Finding<'_>) -> bool {
        let standard = self.judged.audits.row(self.scope.standards, finding.item);
        finding.item.answer == Answer::NotMet
            && standard.is_some_and(|standard| standard.critical && standard.status != Status::Draft)
    }

    fn table_of(&self, findings: Vec<&Finding<'_>>, tone: &'static str) -> ReportTable {
        let (rows, more) = self.cut(findings);
        let rows = rows.into_iter().map(|finding| ReportRow { tone, cells: self.cells_of(finding) }).collect();
        ReportTable {
            columns: self.columns(&["standard", "when", "site", "grade", "note"]),
            rows,
            more,
            ..ReportTable::default()
        }
    }

    /// Standard, day, site, grade, what was noted.
    pub(super) fn cells_of(&self, finding: &Finding<'_>) -> Vec<ReportCell> {
        let others = self.others.get(&finding.number).into_iter().flatten();
        let others = others.filter_map(|number| self.all_findings.get(*number));
        let details = std::iter::once(finding).chain(others).filter_map(|finding| finding.item.detail.as_deref());
        let mut noted: Vec<&str> = Vec::new();
        for text in details.flat_map(|detail| [detail.note.as_deref(), detail.why.as_deref()]).flatten() {
            if !noted.contains(&text) {
                noted.push(text);
            }
        }
        let grade = finding.grade.map(|grade| self.text(&format!("report.grade.{}", grade.word().replace(' ', "-"))));
        vec![
            self.found_cell(finding),
            self.day_cell(Some(finding.record.moment.date)),
            ReportCell::prose(self.site_of(finding.record.site.as_deref())),
            ReportCell::plain(grade.unwrap_or_default()),
            ReportCell::plain(noted.join(" · ")),
        ]
    }

    pub(super) fn found_cell(&self, finding: &Finding<'_>) -> ReportCell {
        let audits = self.judged.audits;
        let stamp = audits.judged_stamp(self.scope.standards, finding.item);
        self.marked(self.standard_cell(audits.id(finding.item), stamp), finding.item)
    }

    /// The same marked where it is about a draft.
    pub(super) fn marked(&self, cell: ReportCell, item: &Item) -> ReportCell {
        let is_trial = self.judged.audits.is_trial(self.scope.standards, item);
        if is_trial { cell.marked(&self.text("report.draft")) } else { cell }
    }

    /// What a standard demands and how often it was reached, in so many visits: of the wording judged most often.
    fn most_judged(&self, id: &str) -> (Prose, String) {
        let wordings = self.judged.figures.standards.iter().filter(|figures| figures.id == id);
        let most = wordings.max_by_key(|figures| figures.judged);
        let title = self.title_of(id, most.and_then(|figures| figures.stamp.as_deref()));
        (title, most.map(|figures| self.passes(figures.met, figures.judged)).unwrap_or_default())
    }

    /// `80 % (16 of 20)`; counts alone below 5.
    pub(super) fn passes(&self, passed: u64, all: u64) -> String {
        let counts = self.fill("report.of", &[("met", &self.n(passed)), ("judged", &self.n(all))]);
        let rate = Rate::new(passed, all);
        match rate.share() {
            Some(share) if !rate.is_few() => format!("{} ({counts})", self.percent(share)),
            _ => counts,
        }
    }

    fn capital(&self, key: &str) -> String {
        let text = self.text(key);
        let mut letters = text.chars();
        letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
    }
}
