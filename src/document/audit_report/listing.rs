//! Standards one by one, and all answers.

use super::Builder;
use super::part::{Cell, Column, Row, Section, Table};
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
            let rate = Cell {
                number: standard.rate,
                share: true,
                bar: standard.interval.map(|interval| aimed(bar(standard.rate, interval), standard.demand)),
                ..Cell::plain(self.passes(standard.passed, standard.observations))
            };
            let cells = vec![
                Cell::prose(self.title_of(&standard.id, standard.stamp.as_deref())).code(reference),
                rate,
                Cell::plain(self.range(standard.interval)),
                Cell::count(standard.passed, self.n(standard.passed)),
                Cell::count(standard.observations, self.n(standard.observations)),
                Cell::count(standard.met, self.n(standard.met)),
                Cell::count(standard.judged, self.n(standard.judged)),
                Cell::count(standard.disputed, self.n(standard.disputed)),
                Cell { number: Some(standard.demand), share: true, ..Cell::plain(self.percent(standard.demand)) },
            ];
            Row { tone: "", cells }
        };
        let mut columns = self.columns(&["standard", "rate", "interval"]);
        columns[1].kind = "score";
        let figures = ["passed", "observations", "met", "judged", "disputed", "wanted"];
        columns.extend(figures.map(|key| Column { place: "sheet", ..self.column(key, "number") }));
        let rows = rows.into_iter().map(row).collect();
        let mut section = Section::new("standards", self.text("report.section.standards"));
        section.folded = true;
        section.table(Table { columns, rows, more, ..Table::default() })
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
        let rows: Vec<Row> =
            answers.by_ref().take(self.judged.rows).map(|(record, item)| self.answer(record, item)).collect();
        let left_out = answers.count();
        let more = (left_out > 0).then(|| self.count("report.more", left_out));
        let columns = self.columns(&["when", "site", "auditor", "standard", "answer", "note"]);
        let mut section = Section::new("answers", self.text("report.section.answers"));
        section.folded = true;
        section.table(Table { columns, rows, more, ..Table::default() })
    }

    fn answer(&self, record: &Record, item: &Item) -> Row {
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
        Row {
            tone: if item.answer == Answer::NotMet { "bad" } else { "" },
            cells: vec![
                Cell {
                    day: Some(record.moment.date.to_string()),
                    ..Cell::plain(record.moment.to_string().replace('T', " "))
                },
                Cell::prose(self.site_of(record.site.as_deref())),
                record.auditor.as_deref().map(|name| Cell::prose(self.group("auditor", name))).unwrap_or_default(),
                Cell::prose(self.title_of(id, audits.judged_stamp(self.scope.standards, item))).code(reference),
                Cell::plain(format!("{}{seen}", self.text(key))),
                Cell::plain(noted.join(" · ")),
            ],
        }
    }
}
