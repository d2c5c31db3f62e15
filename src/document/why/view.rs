//! The same for people: sections of tables in one language.

use chrono::NaiveDate;
use serde::Serialize;

use super::facts::Why;
use crate::book::Text;
use crate::document::audit_report::{Cell, Column, Row, Section, Table};
use crate::document::head::Head;
use crate::document::kind::Kind;
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
    let head = Head::of(Kind::Why, &builder.scope).stamped(&(&text, &sections));
    WhyView { head, reference: format!("{}@{}", why.id, why.stamp), text, sections }
}

struct Builder<'a> {
    scope: Scope<'a>,
    why: &'a Why,
}

impl Builder<'_> {
    fn section(&self, anchor: &'static str) -> Section {
        Section::new(anchor, self.scope.text(&format!("why.{anchor}")))
    }

    fn table(&self, columns: &[&str], rows: Vec<Vec<Cell>>) -> Table {
        let column = |key: &&str| Column { title: self.scope.text(key), kind: "text", weight: 2, place: "all" };
        let rows = rows.into_iter().map(|cells| Row { tone: "", cells }).collect();
        Table { columns: columns.iter().map(column).collect(), rows, ..Table::default() }
    }

    fn of(&self, text: Option<&Text>) -> Cell {
        text.map(|text| Cell::prose(self.scope.prose(text))).unwrap_or_default()
    }

    fn day(&self, day: Option<&String>) -> Cell {
        let Some(day) = day else { return Cell::default() };
        let written = day.parse::<NaiveDate>().map_or_else(|_| day.clone(), |day| self.scope.interface.date(day));
        Cell { day: Some(day.clone()), ..Cell::plain(written) }
    }

    fn site(&self, site: Option<&String>) -> Cell {
        let Some(site) = site else { return Cell::default() };
        let known = self.scope.book.site(site).map(|site| self.scope.prose(&site.title));
        Cell::prose(known.unwrap_or_else(|| Prose::plain(site)))
    }

    fn role(&self, role: Option<&String>) -> Cell {
        let Some(role) = role else { return Cell::default() };
        let known = self.scope.book.role(role).map(|role| self.scope.prose(&role.title));
        Cell::prose(known.unwrap_or_else(|| Prose::plain(role)))
    }

    /// Where it stands, its own reason, those of its traits, its sources, and what it was made of.
    fn reasons(&self) -> Section {
        let book = self.scope.book;
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let label = |key: &str| Cell::plain(self.scope.text(key));
        let sequence = book.sequences.iter().find(|sequence| sequence.id.name == self.why.sequence);
        if let Some(area) = &self.why.area {
            let title = book.areas.iter().find(|known| known.id.name == *area).map(|area| &area.title);
            rows.push(vec![label("why.area"), title.map_or_else(|| Cell::plain(area), |title| self.of(Some(title)))]);
        }
        let phase = sequence.and_then(|sequence| sequence.phases.iter().find(|phase| phase.id.name == self.why.phase));
        rows.extend(phase.map(|phase| vec![label("report.column.phase"), self.of(Some(&phase.title))]));
        rows.extend(self.why.why.as_ref().map(|why| vec![label("why.why"), self.of(Some(why))]));
        for of in &self.why.traits {
            let meaning = || book.trait_of(&of.id).and_then(|known| known.meaning.as_ref());
            rows.push(vec![Cell::prose(self.scope.trait_title(&of.id)), self.of(of.why.as_ref().or_else(meaning))]);
        }
        rows.extend(self.why.sources.iter().zip(&self.why.source_countries).map(|(source, country)| {
            let title = self.scope.text("why.source");
            let label = country.as_ref().map_or_else(
                || title.to_owned(),
                |country| format!("{title} ({})", self.scope.interface.country(country)),
            );
            vec![Cell::plain(&label), self.of(Some(source))]
        }));
        rows.extend(self.why.from.iter().map(|id| vec![label("why.from"), Cell::plain(id)]));
        rows.extend(self.why.became.iter().map(|id| vec![label("why.became"), Cell::plain(id)]));
        self.section("reasons").table(self.table(&["why.column.what", "why.column.says"], rows))
    }

    fn customers(&self) -> Section {
        let interface = self.scope.interface;
        let row = |voices: &super::facts::Voices| {
            let low = voices.low_share.map(|share| interface.percent(share)).unwrap_or_default();
            let place = [("n", voices.rank.to_string()), ("of", voices.ranked.to_string())];
            let place: Vec<(&str, &str)> = place.iter().map(|(key, value)| (*key, value.as_str())).collect();
            vec![
                Cell::plain(&voices.key),
                Cell::count(voices.n, interface.number(voices.n as f64)),
                Cell::plain(low),
                Cell::count(voices.complaints, interface.number(voices.complaints as f64)),
                Cell::plain(interface.fill("why.rank", &place)),
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
                Cell::plain(wording.editions.join(", ")),
            ]
        };
        let columns = ["why.column.wording", "why.column.from", "why.column.to", "why.column.editions"];
        self.section("wordings").table(self.table(&columns, self.why.wordings.iter().map(row).collect()))
    }

    fn records(&self) -> Section {
        let row = |judged: &super::facts::Judgement| {
            let answer = judged.answer.replace("n/a", "not-applicable").replace(' ', "-");
            vec![
                self.day(Some(&judged.date)),
                self.site(judged.site.as_ref()),
                self.role(judged.auditor.as_ref()),
                Cell::plain(self.scope.text(&format!("answer.{answer}"))),
                Cell::plain(judged.note.clone().unwrap_or_default()),
                Cell::plain("").code(format!("{}:{}", judged.file, judged.line)),
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
                Cell::plain(&done.action.what),
                self.role(done.action.owner.as_ref()),
                day(done.action.due),
                Cell::plain(self.scope.text(&format!("report.state.{}", done.state.word()))),
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
                Cell::plain(&decided.review),
                self.day(decided.closed.as_ref()),
                decided
                    .decision
                    .map(|word| Cell::plain(self.scope.text(&format!("decision.{word}"))))
                    .unwrap_or_default(),
                self.of(decided.reason.as_ref()),
            ]
        };
        let columns = ["document.review", "why.column.closed", "why.column.decision", "why.column.reason"];
        self.section("reviews").table(self.table(&columns, self.why.reviews.iter().map(row).collect()))
    }

    fn taught(&self) -> Section {
        let mut rows: Vec<Vec<Cell>> = Vec::new();
        let documents: Vec<String> =
            self.why.documents.iter().map(|name| self.scope.of_customer(&format!("document.{name}"))).collect();
        if !documents.is_empty() {
            rows.push(vec![Cell::plain(self.scope.text("why.documents")), Cell::plain(documents.join(", "))]);
        }
        for role in &self.why.roles {
            rows.push(vec![Cell::plain(self.scope.text("common.role")), self.role(Some(role))]);
        }
        for scenario in &self.why.scenarios {
            rows.push(vec![Cell::plain(self.scope.text("why.scenario")), self.of(Some(scenario))]);
        }
        self.section("taught").table(self.table(&["why.column.what", "why.column.says"], rows))
    }
}
