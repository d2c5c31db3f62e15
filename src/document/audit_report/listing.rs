//! Standards one by one, and all answers.

use super::Builder;
use super::part::{ReportCell, ReportColumn, ReportRow, ReportTable, Section};
use super::score::{aimed, bar};
use crate::audit::figures::StandardFigures;
use crate::audit::{Answer, Item, Record};
use crate::edition::Reference;

impl Builder<'_> {
    /// Each wording of each standard that was judged, in service order.
    pub(super) fn standards(&self) -> Section {
        let (rows, more) = self.cut(self.judged.figures.standards.iter().collect());
        let row = |standard: &StandardFigures| {
            let reference = Reference { id: &standard.id, stamp: standard.stamp.as_deref() }.to_string();
            let rate = ReportCell {
                number: standard.rate,
                share: true,
                bar: standard.interval.map(|interval| aimed(bar(standard.rate, interval), standard.demand)),
                ..ReportCell::plain(self.passes(standard.passed, standard.observations))
            };
            let cells = vec![
                ReportCell::prose(self.title_of(&standard.id, standard.stamp.as_deref())).code(reference),
                rate,
                ReportCell::plain(self.range(standard.interval)),
                ReportCell::count(standard.passed, self.n(standard.passed)),
                ReportCell::count(standard.observations, self.n(standard.observations)),
                ReportCell::count(standard.met, self.n(standard.met)),
                ReportCell::count(standard.judged, self.n(standard.judged)),
                ReportCell::count(standard.disputed, self.n(standard.disputed)),
                ReportCell {
                    number: Some(standard.demand),
                    share: true,
                    ..ReportCell::plain(self.percent(standard.demand))
                },
            ];
            ReportRow { tone: "", cells }
        };
        let mut columns = self.columns(&["standard", "observed-rate", "interval"]);
        columns[1].kind = "score";
        let figures = ["passed", "observations", "met", "judged", "disputed", "wanted"];
        columns.extend(figures.map(|key| ReportColumn { place: "sheet", ..self.column(key, "number") }));
        let rows = rows.into_iter().map(row).collect();
        let mut section = Section::new("standards", self.text("report.section.standards"));
        section.folded = true;
        let section = if self.judged.figures.standards.is_empty() {
            section
        } else {
            section.note(self.text("report.standards-note"))
        };
        section.table(ReportTable { columns, rows, more, ..ReportTable::default() })
    }

    /// All answers, the newest round first.
    pub(super) fn answers(&self) -> Section {
        let selection = self.judged.selection;
        let records = self.judged.audits.records.iter().rev().filter(|record| selection.counts(record));
        let of_record = |record| {
            let picked = move |item: &&Item| selection.picks(record, item);
            record.items.iter().filter(picked).map(move |item| (record, item))
        };
        let mut answers = records.flat_map(|record: &Record| of_record(record));
        let rows: Vec<ReportRow> =
            answers.by_ref().take(self.judged.rows).map(|(record, item)| self.answer(record, item)).collect();
        let left_out = answers.count();
        let more = (left_out > 0).then(|| self.count("report.more", left_out));
        let columns = self.columns(&["when", "site", "auditor", "standard", "answer", "note"]);
        let mut section = Section::new("answers", self.text("report.section.answers"));
        section.folded = true;
        section.table(ReportTable { columns, rows, more, ..ReportTable::default() })
    }

    fn answer(&self, record: &Record, item: &Item) -> ReportRow {
        let audits = self.judged.audits;
        let id = audits.id(item);
        let key = match item.answer {
            Answer::Met => "answer.met",
            Answer::NotMet => "answer.not-met",
            Answer::NotApplicable => "answer.not-applicable",
            Answer::NotObserved => "answer.not-observed",
        };
        let seen = match item.observations {
            0 | 1 => String::new(),
            all => format!(
                " ({})",
                self.fill(
                    "report.of",
                    &[("met", &self.n(u64::from(item.passed))), ("judged", &self.n(u64::from(all)))]
                )
            ),
        };
        let detail = item.detail.as_deref();
        let noted = detail.map(|detail| [detail.note.as_deref(), detail.why.as_deref()]);
        let noted: Vec<&str> = noted.into_iter().flatten().flatten().collect();
        let stamp = audits.stamp(self.scope.standards, item);
        let reference = Reference { id, stamp }.to_string();
        let standard = ReportCell::prose(self.title_of(id, audits.judged_stamp(self.scope.standards, item)));
        ReportRow {
            tone: if item.answer == Answer::NotMet { "bad" } else { "" },
            cells: vec![
                ReportCell {
                    day: Some(record.moment.date.to_string()),
                    ..ReportCell::plain(record.moment.to_string().replace('T', " "))
                },
                ReportCell::prose(self.site_of(record.site.as_deref())),
                record
                    .auditor
                    .as_deref()
                    .map(|name| ReportCell::prose(self.group("auditor", name)))
                    .unwrap_or_default(),
                self.marked(standard.code(reference), item),
                ReportCell::plain(format!("{}{seen}", self.text(key))),
                ReportCell::plain(noted.join(" · ")),
            ],
        }
    }
}
