//! The audit report: on its first page how we are, what keeps the next level away, what got better or worse, and who must do
//! what by when; then scores with counts and intervals, what failed, what came back, what is done about
//! it, and what all of it can and cannot say.
//!
//! Every part is a `Section` of tables, notes and plots, so that a format lays out parts and knows nothing of audits.

mod findings;
mod for_review;
mod front;
mod listing;
mod part;
mod photographs;
mod plot;
mod sample;
mod score;
mod scores;
mod spread;
mod titles;
mod verdict;
mod wordings;

use std::collections::HashMap;

use chrono::NaiveDate;
use serde::Serialize;

pub(super) use for_review::{Reviewed, for_review};
pub(crate) use part::{ReportCell, ReportColumn, ReportRow, ReportTable, Section};
pub(super) use photographs::{Caption, Photographs};
#[cfg(feature = "pdf")]
pub(crate) use plot::Plot;

pub(crate) use self::scores::FIGURES;
pub use self::verdict::VerdictView;
pub(super) use self::wordings::JudgedWordings;
use super::control::{DocumentState, judged_by};
use super::head::{Head, Limit};
use super::kind::DocumentKind;
use super::long::Long;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::audit::figures::{Figures, Selection};
use crate::audit::{Action, Audits, Finding, findings};
use crate::book::{Book, Text};
use crate::edition::Reference;
use crate::review::Reviews;

/// What was judged, and how much of it is shown.
#[derive(Clone, Copy, Debug)]
pub struct Judged<'a> {
    /// All records.
    pub audits: &'a Audits,
    /// The reviews, which keep wordings in the languages that they had.
    pub reviews: &'a Reviews,
    /// Which of them count.
    pub selection: &'a Selection<'a>,
    /// What they come to.
    pub figures: &'a Figures,
    /// At most so many rows a table; what is left out is said.
    pub rows: usize,
}

/// So many rows a table has where people read.
const ROWS: usize = 120;

/// How many rows a table has in a format: a spreadsheet has all of them.
pub fn rows_of(format: &str) -> usize {
    if format == "xlsx" || format == "csv" { usize::MAX } else { ROWS }
}

/// The view of the audit report.
#[derive(Clone, Debug, Serialize)]
pub struct AuditReport {
    /// What it is.
    pub head: Head,
    /// The days from the first to the last record, in words.
    pub period: String,
    /// What to know when nothing else is read.
    pub verdict: VerdictView,
    /// How much was looked at.
    pub facts: Vec<LabelledValue>,
    /// The parts in order; empty ones are left out.
    pub sections: Long<Section>,
}

/// A label and a value.
#[derive(Clone, Debug, Serialize)]
pub struct LabelledValue {
    /// What it is.
    pub label: String,
    /// How much.
    pub value: String,
}

/// What all parts are built from.
struct Builder<'a> {
    scope: Scope<'a>,
    judged: Judged<'a>,
    /// What the records speak of, in the words that were judged.
    wordings: JudgedWordings<'a>,
    /// What counts of all findings: one standard in one visit once, whoever found it.
    findings: Vec<Finding<'a>>,
    /// The findings whose actions belong to the period: found in it, or still open when it began.
    actions: Vec<Finding<'a>>,
    /// All findings, which `repeats` counts through.
    all_findings: Vec<Finding<'a>>,
    /// What says how many rows are left out.
    more: &'static str,
    /// By the finding that tells it for others, those others.
    others: HashMap<usize, Vec<usize>>,
    /// Wordings as reviews keep them, by id and stamp.
    kept: HashMap<(&'a str, &'a str), &'a Text>,
    /// The edition that the last record of a period that is over was judged by: things are called as they were called then.
    then: Option<&'a Book>,
}

/// Composes the audit report.
pub fn audit_report(request: Request<'_>, judged: Judged<'_>) -> AuditReport {
    builder(request, judged).build()
}

/// What all parts are built from.
fn builder<'a>(request: Request<'a>, judged: Judged<'a>) -> Builder<'a> {
    let all_findings = findings(judged.audits, request.standards);
    let counts = |finding: &&Finding<'_>| {
        judged.selection.counts(finding.record) && judged.selection.picks(finding.record, finding.item)
    };
    let findings: Vec<Finding<'_>> =
        all_findings.iter().filter(|finding| finding.counts()).filter(counts).copied().collect();
    let has_action = |finding: &&Finding<'_>| {
        let holds = |action| judged.selection.holds_action(finding.record, action);
        finding.action().is_some_and(holds) && judged.selection.picks(finding.record, finding.item)
    };
    let actions: Vec<Finding<'_>> = all_findings.iter().filter(has_action).copied().collect();
    let wordings = JudgedWordings::of(judged.audits, request.standards);
    let mut others: HashMap<usize, Vec<usize>> = HashMap::new();
    for finding in &all_findings {
        finding.told_by.into_iter().for_each(|teller| others.entry(teller).or_default().push(finding.number));
    }
    let is_over = judged.selection.wanted.to.is_some_and(|to| to < request.today);
    let last = judged.audits.records.iter().rfind(|record| judged.selection.counts(record)).filter(|_| is_over);
    let edition = last.and_then(|last| judged.audits.editions.get(last.basis.checked_sub(1)?));
    Builder {
        kept: judged.reviews.texts(request.standards),
        then: edition.map(|edition| &edition.book),
        scope: Scope::of(request),
        judged,
        wordings,
        findings,
        actions,
        all_findings,
        others,
        more: "report.more",
    }
}

impl Builder<'_> {
    fn build(&self) -> AuditReport {
        let sections = [
            self.levels(),
            self.blocks(),
            self.changes(),
            self.todo(),
            self.scores(),
            self.critical(),
            self.repeats(),
            self.other_findings(),
            self.good_practice(),
            self.all_actions(),
            self.photographs(),
            self.analysis(),
            self.sample(),
            self.comparisons(),
            self.trends(),
            self.agreement(),
            self.staff(),
            self.standards(),
            self.answers(),
        ];
        let mut head = Head::of(DocumentKind::AuditReport, &self.scope).in_state(self.state(self.told_day()));
        let period = self.period();
        if !period.is_empty() {
            let values = vec![Prose::plain(period.clone())];
            head.limits.insert(0, Limit { label: self.text("report.period"), values });
        }
        let (verdict, facts) = (self.verdict(true), self.facts());
        let mut sections: Vec<Section> = sections.into_iter().filter(|section| !section.is_empty()).collect();
        let head = head.stamped(&(&verdict, &facts, &sections));
        Photographs { scope: &self.scope, audits: self.judged.audits }.fetch(&mut sections);
        AuditReport { head, period, verdict, facts, sections: sections.into() }
    }

    /// Document control of a report about these records, which tells of that day.
    fn state(&self, day: Option<NaiveDate>) -> DocumentState {
        let counted = self.judged.audits.records.iter().filter(|record| self.judged.selection.counts(record));
        DocumentState::of_report(&self.scope, &judged_by(self.judged.audits, counted), day)
    }

    /// The day that the report tells of: what is not done yet is late or not on a day; the rest is of the days of its records.
    fn told_day(&self) -> Option<NaiveDate> {
        let is_open = |finding: &Finding<'_>| {
            let action = finding.action().filter(|action| action.due.is_some());
            action.is_some_and(|action| action.done.is_none())
        };
        self.actions.iter().any(is_open).then_some(self.scope.today)
    }

    /// A text of the interface.
    fn text(&self, key: &str) -> String {
        self.scope.text(key)
    }

    /// A text of the interface with its holes filled.
    fn fill(&self, key: &str, values: &[(&str, &str)]) -> String {
        self.scope.interface.fill(key, values)
    }

    /// A counted text.
    fn count(&self, key: &str, n: usize) -> String {
        self.scope.interface.count(key, n)
    }

    fn date(&self, date: NaiveDate) -> String {
        self.scope.interface.date(date)
    }

    /// From the first day to the last.
    fn period(&self) -> String {
        match self.judged.figures.days {
            None => String::new(),
            Some((first, last)) if first == last => self.date(first),
            Some((first, last)) => self.fill("report.days", &[("from", &self.date(first)), ("to", &self.date(last))]),
        }
    }

    /// How much was looked at.
    fn facts(&self) -> Vec<LabelledValue> {
        let figures = self.judged.figures;
        let facts = [
            ("rounds", figures.records),
            ("visits", figures.visits),
            ("sites", figures.by.site.len()),
            ("auditors", figures.by.auditor.len()),
            ("items", usize::try_from(figures.overall.judged).unwrap_or(usize::MAX)),
        ];
        let fact = |(key, number): (&str, usize)| LabelledValue {
            label: self.text(&format!("report.fact.{key}")),
            value: self.n(number as u64),
        };
        facts.into_iter().map(fact).collect()
    }

    /// The same with its id, and with the stamp where it says something else today.
    fn standard_cell(&self, id: &str, stamp: Option<&str>) -> ReportCell {
        let is_former = stamp.is_some_and(|stamp| self.wordings.standard(id).is_some_and(|now| now.stamp != stamp));
        let reference = Reference { id, stamp: stamp.filter(|_| is_former) };
        ReportCell::prose(self.title_of(id, stamp)).code(reference.to_string())
    }

    /// Who sees to an action, by the title of the role where it is one.
    fn owner_cell(&self, action: &Action) -> ReportCell {
        let Some(owner) = action.owner.as_deref() else { return ReportCell::default() };
        ReportCell::prose(self.group("role", owner))
    }

    /// A day, as a date in spreadsheets.
    fn day_cell(&self, day: Option<NaiveDate>) -> ReportCell {
        let Some(day) = day else { return ReportCell::default() };
        ReportCell { day: Some(day.to_string()), ..ReportCell::plain(self.date(day)) }
    }

    /// A column that stands everywhere.
    fn column(&self, key: &str, kind: &'static str) -> ReportColumn {
        let weight = match key {
            "standard" => 5,
            "score" | "rate" => 4,
            "action" | "earlier-action" | "note" | "cause" | "remark" => 3,
            _ => 2,
        };
        let title = match key {
            "by-level" => "report.by.level".to_owned(),
            _ => format!("report.column.{key}"),
        };
        ReportColumn { title: self.text(&title), kind, weight, place: "all" }
    }

    /// Text columns that stand everywhere.
    fn columns(&self, keys: &[&str]) -> Vec<ReportColumn> {
        keys.iter().map(|key| self.column(key, "text")).collect()
    }

    /// The rows that there is room for, and how many there is none for.
    fn cut<T>(&self, mut rows: Vec<T>) -> (Vec<T>, Option<String>) {
        let left_out = rows.len().saturating_sub(self.judged.rows);
        rows.truncate(self.judged.rows);
        (rows, (left_out > 0).then(|| self.count(self.more, left_out)))
    }
}
