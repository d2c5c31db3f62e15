//! What audits and customers said, as the report of an annual review tells it: the audits that it relies on, scores by place and
//! phase, critical failures, nonconformities with cause and effect, good practice, and what the sample can say.

use std::collections::HashMap;

use chrono::NaiveDate;

use super::part::{ReportCell, ReportColumn, ReportRow, ReportTable, Section};
use super::score::bar;
use super::verdict::VerdictView;
use super::{Builder, Judged, LabelledValue, builder};
use crate::audit::{ActionState, Answer, Finding, Grade, Record};
use crate::document::control::DocumentState;
use crate::document::scope::Request;
use crate::edition::Edition;
use crate::review::as_of;
use crate::statistics::Rate;

/// The part of a review's report that audits and customers give.
pub(in crate::document) struct Reviewed {
    /// Document control: by which editions what is counted was judged.
    pub state: DocumentState,
    /// What to know when nothing else is read.
    pub verdict: VerdictView,
    /// How much was looked at.
    pub facts: Vec<LabelledValue>,
    /// The days from the first to the last record, in words; empty where there is none.
    pub period: String,
    /// The audits that the review relies on.
    pub basis: Section,
    /// What they came to; empty parts are left out.
    pub sections: Vec<Section>,
}

/// Composes it. `low` says of each phase, by sequence and phase, how many ratings were low; `on` is the set that a closed review
/// was opened on, which things are called after.
pub(in crate::document) fn for_review<'a>(
    request: Request<'a>,
    judged: Judged<'a>,
    on: Option<&'a Edition>,
    low: &HashMap<(usize, usize), Rate>,
) -> Reviewed {
    // No spreadsheet is made of a review.
    let builder = builder(request, judged);
    let then = on.map(|edition| &edition.book).or(builder.then);
    let builder = Builder { more: "report.more-left-out", then, ..builder };
    let mut scores = builder.scores();
    // Places and phases; the rest stands in the audit report.
    let wanted = [builder.text("report.by.site"), builder.text("report.by.phase")];
    scores.tables.retain(|table| {
        !table.sheet_only && table.columns.first().is_some_and(|column| wanted.contains(&column.title))
    });
    let [weighed, plain] = builder.nonconformities();
    let (practice, agreed, sample) = (builder.good_practice(), builder.agreed(), builder.sample());
    let sections = [scores, builder.customers(low), builder.critical(), weighed, plain, practice, agreed, sample];
    Reviewed {
        state: builder.state(None),
        verdict: builder.verdict(false),
        facts: builder.facts(),
        period: builder.period(),
        basis: builder.basis(),
        sections: sections.into_iter().filter(|section| !section.is_empty()).collect(),
    }
}

impl Builder<'_> {
    /// How far auditors agreed over all standards, and the standards that stand out; the others stand in the audit report.
    fn agreed(&self) -> Section {
        let mut section = self.agreement();
        for table in &mut section.tables {
            table.rows.retain(|row| row.tone == "bad");
        }
        section.tables.retain(|table| !table.rows.is_empty());
        section
    }

    /// The records that count, each with its day, place, kind, auditor and how much was judged.
    fn basis(&self) -> Section {
        let audits = self.judged.audits;
        let counted: Vec<&Record> =
            audits.records.iter().filter(|record| self.judged.selection.counts(record)).collect();
        let (rows, more) = self.cut(counted);
        let row = |record: &Record| {
            let judged = record.items.iter().filter(|item| item.is_judged()).count();
            let auditor = record.auditor.as_deref().map(|name| self.group("role", name));
            ReportRow {
                tone: "",
                cells: vec![
                    ReportCell::plain(self.date(record.moment.date)),
                    ReportCell::prose(self.site_of(record.site.as_deref())),
                    ReportCell::plain(self.text(&format!("form.kinds.{}", record.kind))),
                    auditor.map_or_else(|| ReportCell::plain("–"), ReportCell::prose),
                    ReportCell::count(judged as u64, self.n(judged as u64)),
                ],
            }
        };
        let mut columns = self.columns(&["when", "site"]);
        columns.push(ReportColumn { title: self.text("form.kind"), kind: "text", weight: 2, place: "all" });
        columns.push(self.column("auditor", "text"));
        columns.push(self.column("judged", "number"));
        let rows: Vec<ReportRow> = rows.into_iter().map(row).collect();
        Section::new("basis", self.text("review.basis")).table(ReportTable {
            columns,
            rows,
            more,
            ..ReportTable::default()
        })
    }

    /// The phases by how often customers rate them low, the most often first.
    fn customers(&self, low: &HashMap<(usize, usize), Rate>) -> Section {
        let section = Section::new("customers", self.scope.of_customer("review.customers"));
        let mut rated: Vec<(&(usize, usize), &Rate)> = low.iter().filter(|(_, rate)| rate.of() > 0).collect();
        rated.sort_by(|(place, rate), (other_place, other)| {
            let share = |rate: &Rate| rate.share().unwrap_or_default();
            share(other).total_cmp(&share(rate)).then(place.cmp(other_place))
        });
        let row = |(place, rate): (&(usize, usize), &Rate)| {
            let phase = self.scope.book.phase_at(place.0, place.1)?;
            let scale = rate.told_interval().map(|interval| bar(rate.share(), interval));
            let share = ReportCell { bar: scale, ..ReportCell::plain(self.passes(rate.met(), rate.of())) };
            let title = self.group("phase", &phase.id.name);
            Some(ReportRow { tone: "", cells: vec![ReportCell::prose(title), share] })
        };
        let rows: Vec<ReportRow> = rated.into_iter().filter_map(row).collect();
        if rows.is_empty() {
            return section;
        }
        let mut columns = vec![self.column("standard", "text"), self.column("rate", "score")];
        columns[0].title = self.text("report.by.phase");
        columns[1].title = self.text("review.low-ratings");
        let section = section.note(self.text("review.customers-note")).legend(self.text("review.customers-legend"));
        section.table(ReportTable { columns, rows, ..ReportTable::default() })
    }

    /// What was not met, or could be better: first what somebody weighed or acts on, the gravest first, with its cause and what
    /// its action did; then the rest by standard, of which there is no more to tell than how often and where.
    fn nonconformities(&self) -> [Section; 2] {
        let is_one = |finding: &&Finding<'_>| {
            let praised = matches!(finding.grade, Some(Grade::GoodPractice | Grade::Conformity));
            !praised && (finding.item.answer == Answer::NotMet || finding.grade.is_some())
        };
        let mut found: Vec<&Finding<'_>> = self.findings.iter().rev().filter(is_one).collect();
        // What nobody graded stands between major and minor.
        found.sort_by_key(|finding| match finding.grade {
            Some(Grade::Major) => 0,
            None => 1,
            Some(Grade::Minor) => 2,
            _ => 3,
        });
        let section = Section::new("nonconformities", self.text("review.nonconformities"));
        let rest = Section::new("unweighed", self.text("review.unweighed"));
        if found.is_empty() {
            return [section, rest];
        }
        let graded = |grade: Grade| found.iter().filter(|finding| finding.grade == Some(grade)).count();
        let ungraded = found.iter().filter(|finding| finding.grade.is_none()).count();
        let numbers = [
            ("major", graded(Grade::Major)),
            ("minor", graded(Grade::Minor)),
            ("opportunity", graded(Grade::Opportunity)),
            ("ungraded", ungraded),
        ];
        let numbers: Vec<String> = numbers
            .into_iter()
            .filter(|(_, number)| *number > 0)
            .map(|(key, number)| self.count(&format!("review.graded.{key}"), number))
            .collect();
        let numbers = numbers.join(", ");
        let sum = self.fill("review.graded.sum", &[("list", &numbers)]);
        let (weighed, plain): (Vec<&Finding<'_>>, Vec<&Finding<'_>>) = found.into_iter().partition(|finding| {
            finding.grade.is_some() || finding.item.action().is_some() || self.is_critical(finding)
        });
        let mut by_standard: HashMap<u32, Vec<&Finding<'_>>> = HashMap::new();
        plain.into_iter().for_each(|finding| by_standard.entry(finding.item.standard).or_default().push(finding));
        let mut by_standard: Vec<Vec<&Finding<'_>>> = by_standard.into_values().collect();
        by_standard.sort_by_key(|same| (usize::MAX - same.len(), same.first().map(|finding| finding.item.standard)));
        // No spreadsheet is made of a review: all stand here.
        let table = |columns, rows: Vec<ReportRow>| ReportTable { columns, rows, ..ReportTable::default() };
        let mut columns = self.columns(&["standard", "when", "site", "grade", "cause", "action"]);
        columns.push(ReportColumn { title: self.text("review.effect"), kind: "text", weight: 2, place: "all" });
        let rows = weighed.into_iter().map(|finding| self.nonconformity(finding)).collect();
        let plain = by_standard.iter().filter_map(|same| self.same(same)).collect();
        let in_short = self.columns(&["standard", "when", "site"]);
        [section.note(sum).table(table(columns, rows)), rest.table(table(in_short, plain))]
    }

    /// All that was found of one standard and that nobody weighed or acts on, the newest first.
    fn same(&self, found: &[&Finding<'_>]) -> Option<ReportRow> {
        let mut cells = self.cells_of(found.first()?);
        cells.truncate(3);
        if found.len() > 1 {
            let mut sites: Vec<Option<&str>> = found.iter().map(|finding| finding.record.site.as_deref()).collect();
            sites.sort_unstable();
            sites.dedup();
            let sites: Vec<String> = sites.into_iter().map(|site| self.site_of(site).characters()).collect();
            cells[1] = ReportCell::plain(self.count("review.times", found.len()));
            cells[2] = ReportCell::plain(sites.join(", "));
        }
        Some(ReportRow { tone: "", cells })
    }

    fn nonconformity(&self, finding: &Finding<'_>) -> ReportRow {
        let mut cells = self.cells_of(finding);
        cells.truncate(4);
        let action = finding.item.action();
        let text = |text: Option<&str>| ReportCell::plain(text.unwrap_or("–"));
        cells.push(text(action.and_then(|action| action.cause.as_deref())));
        cells.push(text(action.map(|action| action.what.as_str())));
        let state = action.map(|action| as_of(action, self.scope.today).state(self.scope.today));
        let back = finding.came_back.and_then(|later| self.all_findings.get(later));
        let back: Option<NaiveDate> = back.map(|later| later.record.moment.date).filter(|day| *day <= self.scope.today);
        let effect = match (state, back) {
            (None, _) => self.text("review.no-action"),
            (Some(_), Some(day)) => self.fill("review.came-back", &[("date", &self.date(day))]),
            (Some(state), None) => self.text(&format!("report.state.{state}")),
        };
        cells.push(ReportCell::plain(effect));
        let is_bad = back.is_some() || matches!(state, None | Some(ActionState::Overdue | ActionState::WithoutEffect));
        ReportRow { tone: if is_bad { "bad" } else { "" }, cells }
    }
}
