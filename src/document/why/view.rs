//! The same for people: sections of tables in one language.

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::{Voices, Why};
use crate::book::Text;
use crate::document::audit_report::{ReportCell, ReportRow, ReportTable, Section};
use crate::document::head::Head;
use crate::document::kind::DocumentKind;
use crate::document::long::Long;
use crate::document::prose::Prose;
use crate::document::scope::{Request, Scope};

/// The view of why a standard is there.
#[derive(Clone, Debug, Serialize)]
pub struct WhyView {
    /// What it is.
    pub head: Head,
    /// `ID@STAMP`.
    pub reference: String,
    /// What it demands.
    pub text: Prose,
    /// What led to it and what came of it; empty ones are left out.
    pub sections: Long<Section>,
}

/// Lays out what was gathered about a standard.
pub fn why(request: Request<'_>, why: &Why) -> WhyView {
    let builder = Builder { scope: Scope::of(request), why };
    let sections = [
        builder.reasons(),
        builder.customers(),
        builder.wordings(),
        builder.records(),
        builder.actions(),
        builder.reviews(),
        builder.taught(),
    ];
    let is_empty =
        |section: &Section| section.notes.is_empty() && section.tables.iter().all(|table| table.rows.is_empty());
    let sections: Long<Section> = sections.into_iter().filter(|section| !is_empty(section)).collect();
    let text = builder.scope.prose(&why.text);
    let head = Head::of(DocumentKind::Why, &builder.scope).stamped(&(&text, &sections));
    WhyView { head, reference: format!("{}@{}", why.id, why.stamp), text, sections }
}

struct Builder<'a> {
    scope: Scope<'a>,
    why: &'a Why,
}

impl Builder<'_> {
    fn section(&self, anchor: &'static str) -> Section {
        let sequence = self.scope.book.sequences.iter().find(|sequence| sequence.id.name == self.why.sequence);
        let title = self.scope.interface.of_customer(&format!("why.{anchor}"), self.scope.customer(sequence));
        Section::new(anchor, title)
    }

    fn table(&self, columns: &[&str], rows: Vec<Vec<ReportCell>>) -> ReportTable {
        self.scope.text_table(columns, rows.into_iter().map(|cells| ReportRow { tone: "", cells }).collect())
    }

    fn of(&self, text: Option<&Text>) -> ReportCell {
        text.map(|text| ReportCell::prose(self.scope.prose(text))).unwrap_or_default()
    }

    fn day(&self, day: Option<&String>) -> ReportCell {
        self.scope.day_cell(day)
    }

    fn site(&self, site: Option<&String>) -> ReportCell {
        self.titled(site, |site| self.scope.book.site(site).map(|site| &site.title))
    }

    fn role(&self, role: Option<&String>) -> ReportCell {
        self.titled(role, |role| self.scope.book.role(role).map(|role| &role.title))
    }

    /// Another standard, by what it demands, over its id; the id alone where the book does not have it any more.
    fn standard(&self, id: &str) -> ReportCell {
        let known = self.scope.standards.all.iter().find(|standard| standard.id.is_or_was(id));
        known.map_or_else(|| ReportCell::plain(id), |standard| self.of(Some(&standard.text)).code(id))
    }

    /// What customers speak of: an area or a phase.
    fn heard(&self, voices: &Voices) -> ReportCell {
        let book = self.scope.book;
        let area = || book.areas.iter().find(|area| area.id.name == voices.key).map(|area| &area.title);
        let phase = || {
            let sequence = book.sequences.iter().find(|sequence| sequence.id.name == self.why.sequence)?;
            sequence.phases.iter().find(|phase| phase.id.name == voices.key).map(|phase| &phase.title)
        };
        let title = if voices.of == "area" { area() } else { phase() };
        title.map_or_else(|| ReportCell::plain(&voices.key), |title| self.of(Some(title)))
    }

    /// What something is called; what is written where the book has none of that name.
    fn titled<'t>(&self, name: Option<&String>, find: impl Fn(&str) -> Option<&'t Text>) -> ReportCell {
        let Some(name) = name else { return ReportCell::default() };
        find(name).map_or_else(|| ReportCell::plain(name), |title| ReportCell::prose(self.scope.prose(title)))
    }

    /// Where it stands, its own reason, those of its traits, its sources, and what it was made of.
    fn reasons(&self) -> Section {
        let book = self.scope.book;
        let mut rows: Vec<Vec<ReportCell>> = Vec::new();
        let label = |key: &str| ReportCell::plain(self.scope.text(key));
        let sequence = book.sequences.iter().find(|sequence| sequence.id.name == self.why.sequence);
        if let Some(area) = &self.why.area {
            let title = book.areas.iter().find(|known| known.id.name == *area).map(|area| &area.title);
            rows.push(vec![
                label("why.area"),
                title.map_or_else(|| ReportCell::plain(area), |title| self.of(Some(title))),
            ]);
        }
        let phase = sequence.and_then(|sequence| sequence.phases.iter().find(|phase| phase.id.name == self.why.phase));
        rows.extend(phase.map(|phase| vec![label("report.column.phase"), self.of(Some(&phase.title))]));
        rows.extend(self.why.why.as_ref().map(|why| vec![label("why.why"), self.of(Some(why))]));
        for of_trait in &self.why.traits {
            let meaning = || book.trait_of(&of_trait.id).and_then(|known| known.meaning.as_ref());
            rows.push(vec![
                ReportCell::prose(self.scope.trait_title(&of_trait.id)),
                self.of(of_trait.why.as_ref().or_else(meaning)),
            ]);
        }
        rows.extend(self.why.sources.iter().zip(&self.why.source_countries).map(|(source, country)| {
            let title = self.scope.text("why.source");
            let label = country.as_ref().map_or_else(
                || title.to_owned(),
                |country| format!("{title} ({})", self.scope.interface.country(country)),
            );
            vec![ReportCell::plain(&label), self.of(Some(source))]
        }));
        rows.extend(self.why.from.iter().map(|id| vec![label("why.from"), self.standard(id)]));
        rows.extend(self.why.became.iter().map(|id| vec![label("why.became"), self.standard(id)]));
        self.section("reasons").table(self.table(&["why.column.what", "why.column.says"], rows))
    }

    fn customers(&self) -> Section {
        let interface = self.scope.interface;
        let row = |voices: &Voices| {
            let low = voices.low_share.map(|share| interface.share(share)).unwrap_or_default();
            let place = [("n", voices.rank.to_string()), ("of", voices.ranked.to_string())];
            let place: Vec<(&str, &str)> = place.iter().map(|(key, value)| (*key, value.as_str())).collect();
            vec![
                self.heard(voices),
                ReportCell::count(voices.n, interface.number(voices.n as f64)),
                ReportCell::plain(low),
                ReportCell::count(voices.complaints, interface.number(voices.complaints as f64)),
                ReportCell::plain(interface.fill("why.rank", &place)),
            ]
        };
        let columns = ["why.column.of", "feedback.n", "feedback.low", "feedback.complaints", "feedback.rank"];
        self.section("customers").table(self.table(&columns, self.why.feedback.iter().map(row).collect()))
    }

    fn wordings(&self) -> Section {
        let row = |wording: &super::wordings::WordingOutput| {
            vec![
                self.of(Some(&wording.text)).code(&wording.stamp),
                self.day(wording.from.as_ref()),
                self.day(wording.to.as_ref()),
                ReportCell::plain(wording.editions.join(", ")),
            ]
        };
        let columns = ["why.column.wording", "why.column.from", "why.column.to", "why.column.editions"];
        self.section("wordings").table(self.table(&columns, self.why.wordings.iter().map(row).collect()))
    }

    fn records(&self) -> Section {
        let row = |judged: &super::facts::Judgement| {
            let answer = judged.answer.replace("n/a", "not-applicable").replace(' ', "-");
            let answer = ReportCell::plain(self.scope.text(&format!("answer.{answer}")));
            let mark = self.scope.text("report.draft");
            vec![
                self.day(Some(&judged.date)),
                self.site(judged.site.as_ref()),
                self.role(judged.auditor.as_ref()),
                if judged.draft { answer.marked(&mark) } else { answer },
                ReportCell::plain(judged.note.clone().unwrap_or_default()),
                ReportCell::plain("").code(format!("{}:{}", judged.file, judged.line)),
            ]
        };
        let columns = ["when", "site", "auditor", "answer", "note"].map(|key| format!("report.column.{key}"));
        let mut columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        columns.push("why.column.record");
        self.section("records").table(self.table(&columns, self.why.records.iter().map(row).collect()))
    }

    fn actions(&self) -> Section {
        let row = |done: &super::facts::Doing| {
            let day = |day: Option<NaiveDate>| self.day(day.map(|day| day.to_string()).as_ref());
            vec![
                ReportCell::plain(&done.action.what),
                self.role(done.action.owner.as_ref()),
                day(done.action.due),
                ReportCell::plain(self.scope.text(&format!("report.state.{}", done.state.word()))),
                self.day(Some(&done.found)),
                self.day(done.came_back.as_ref()),
            ]
        };
        let columns = ["action", "owner", "due", "state", "found"].map(|key| format!("report.column.{key}"));
        let mut columns: Vec<&str> = columns.iter().map(String::as_str).collect();
        columns.push("why.column.came-back");
        self.section("actions").table(self.table(&columns, self.why.actions.iter().map(row).collect()))
    }

    fn reviews(&self) -> Section {
        let row = |decided: &super::facts::Decided| {
            vec![
                ReportCell::plain(&decided.review),
                self.day(decided.closed.as_ref()),
                decided
                    .decision
                    .map(|word| ReportCell::plain(self.scope.text(&format!("decision.{word}"))))
                    .unwrap_or_default(),
                self.of(decided.reason.as_ref()),
            ]
        };
        let columns = ["document.review", "why.column.closed", "why.column.decision", "why.column.reason"];
        self.section("reviews").table(self.table(&columns, self.why.reviews.iter().map(row).collect()))
    }

    fn taught(&self) -> Section {
        let mut rows: Vec<Vec<ReportCell>> = Vec::new();
        let documents: Vec<String> =
            self.why.documents.iter().map(|name| self.scope.of_customer(&format!("document.{name}"))).collect();
        if !documents.is_empty() {
            rows.push(vec![
                ReportCell::plain(self.scope.text("why.documents")),
                ReportCell::plain(documents.join(", ")),
            ]);
        }
        for role in &self.why.roles {
            rows.push(vec![ReportCell::plain(self.scope.text("common.role")), self.role(Some(role))]);
        }
        for scenario in &self.why.scenarios {
            rows.push(vec![ReportCell::plain(self.scope.text("why.scenario")), self.of(Some(scenario))]);
        }
        self.section("taught").table(self.table(&["why.column.what", "why.column.says"], rows))
    }
}
