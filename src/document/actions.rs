//! What is done about what audits found: who, what, by when, and what became of it.

use chrono::NaiveDate;
use serde::Serialize;

use super::audit_report::{
    Caption, JudgedWordings, Photographs, ReportCell, ReportColumn, ReportRow, ReportTable, Section,
};
use super::head::Head;
use super::kind::DocumentKind;
use super::long::Long;
use super::prose::Prose;
use super::scope::{Request, Scope};
use crate::audit::{Action, ActionState, Audits, Finding, Item, Record, unanswered};

/// The view of the actions.
#[derive(Clone, Debug, Serialize)]
pub struct ActionsView {
    /// What it is.
    pub head: Head,
    /// `bad` where something is overdue or had no effect, else `good`, or `open` while something is to be done.
    pub tone: &'static str,
    /// How many there are of each state.
    pub sentences: Vec<String>,
    /// The actions, state by state.
    pub sections: Long<Section>,
}

struct Builder<'a> {
    scope: Scope<'a>,
    audits: &'a Audits,
    all: &'a [Finding<'a>],
    wordings: JudgedWordings<'a>,
}

/// The page of the actions of those findings; `all` are the findings that they count through.
pub fn actions<'a>(
    request: Request<'a>,
    audits: &'a Audits,
    all: &'a [Finding<'a>],
    chosen: &[&Finding<'a>],
) -> ActionsView {
    let wordings = JudgedWordings::of(audits, request.standards);
    let site = request.site.map(|site| site.id.name.as_str());
    let mut idle = unanswered(audits, request.standards, request.today, request.today);
    idle.retain(|(record, _)| site.is_none() || record.site.as_deref() == site);
    let builder = Builder { scope: Scope::of(request), audits, all, wordings };
    builder.build(chosen, &idle)
}

impl Builder<'_> {
    fn build(&self, chosen: &[&Finding<'_>], idle: &[(&Record, &Item)]) -> ActionsView {
        let today = self.scope.today;
        let of_state = |state: ActionState| -> Vec<&Finding<'_>> {
            let is_so =
                |finding: &&&Finding<'_>| finding.item.action().is_some_and(|action| action.state(today) == state);
            chosen.iter().filter(is_so).copied().collect()
        };
        let mut sentences = Vec::new();
        let mut sections = Vec::new();
        if !idle.is_empty() {
            sentences.push(self.scope.interface.count("report.todo.no-action", idle.len()));
            sections.push(self.idle(idle));
        }
        for state in ActionState::ALL {
            let findings = of_state(*state);
            if !findings.is_empty() {
                let key = format!("actions.count.{state}");
                sentences.push(self.scope.interface.count(&key, findings.len()));
                sections.push(self.section(*state, findings));
            }
        }
        let photographs = self.photographs(chosen);
        if !photographs.photos.is_empty() {
            sections.push(photographs);
        }
        let has = |state: ActionState| !of_state(state).is_empty();
        let tone = match () {
            () if !idle.is_empty() || has(ActionState::Overdue) || has(ActionState::WithoutEffect) => "bad",
            () if has(ActionState::Open) => "open",
            () => "good",
        };
        let head = Head::of(DocumentKind::Actions, &self.scope).stamped(&(&sentences, &sections));
        Photographs { scope: &self.scope, audits: self.audits }.fetch(&mut sections);
        ActionsView { head, tone, sentences, sections: sections.into() }
    }

    /// Failures of critical standards that nobody acts on.
    fn idle(&self, idle: &[(&Record, &Item)]) -> Section {
        let columns = ["standard", "site", "found"].map(|key| ReportColumn {
            title: self.scope.text(&format!("report.column.{key}")),
            kind: "text",
            weight: if key == "standard" { 4 } else { 2 },
            place: "all",
        });
        let row = |(record, item): &(&Record, &Item)| ReportRow {
            tone: "bad",
            cells: vec![
                self.standard(item),
                self.site(record).map(ReportCell::prose).unwrap_or_default(),
                self.day(Some(record.moment.date)),
            ],
        };
        let table =
            ReportTable { columns: columns.into(), rows: idle.iter().map(row).collect(), ..ReportTable::default() };
        let title = self.scope.text("actions.title.no-action");
        Section { anchor: "no-action", title, tables: vec![table], ..Section::default() }
    }

    fn section(&self, state: ActionState, mut findings: Vec<&Finding<'_>>) -> Section {
        let due = |finding: &Finding<'_>| finding.item.action().and_then(|action| action.due);
        findings.sort_by_key(|finding| (due(finding).is_none(), due(finding), finding.record.moment.date));
        let tone = match state {
            ActionState::Overdue | ActionState::WithoutEffect => "bad",
            ActionState::Verified => "good",
            ActionState::Open | ActionState::Done => "",
        };
        let row = |finding: &&Finding<'_>| {
            let action = finding.item.action()?;
            Some(ReportRow { tone, cells: self.cells(finding, action) })
        };
        let rows: Vec<ReportRow> = findings.iter().filter_map(row).collect();
        // A page has no room for columns in which nothing stands.
        let is_empty = |place: usize| {
            let mut cells = rows.iter().filter_map(|row| row.cells.get(place));
            cells.all(|cell: &ReportCell| cell.text.characters().is_empty())
        };
        let keys = ["action", "owner", "due", "standard", "site", "found", "done", "verified", "cause", "remark"];
        let columns = keys.iter().enumerate().map(|(index, &key)| ReportColumn {
            title: self.scope.text(&format!("report.column.{key}")),
            kind: "text",
            weight: match key {
                "action" | "standard" => 4,
                "cause" | "remark" => 3,
                _ => 2,
            },
            place: if ["done", "verified", "cause", "remark"].contains(&key) && is_empty(index) {
                "sheet"
            } else {
                "all"
            },
        });
        let columns: Vec<ReportColumn> = columns.collect();
        let anchor = match state {
            ActionState::Overdue => "overdue",
            ActionState::Open => "open",
            ActionState::Done => "done",
            ActionState::WithoutEffect => "without-effect",
            ActionState::Verified => "verified",
        };
        let table = ReportTable { columns, rows, ..ReportTable::default() };
        Section {
            anchor,
            title: self.scope.text(&format!("actions.title.{state}")),
            tables: vec![table],
            ..Section::default()
        }
    }

    fn cells(&self, finding: &Finding<'_>, action: &Action) -> Vec<ReportCell> {
        let book = self.scope.book;
        let owner = action
            .owner
            .as_deref()
            .map(|owner| book.role(owner).map_or_else(|| Prose::plain(owner), |role| self.scope.prose(&role.title)));
        vec![
            ReportCell::plain(&action.what),
            owner.map(ReportCell::prose).unwrap_or_default(),
            self.day(action.due),
            self.standard(finding.item),
            self.site(finding.record).map(ReportCell::prose).unwrap_or_default(),
            self.day(Some(finding.record.moment.date)),
            self.day(action.done),
            self.day(action.verified),
            ReportCell::plain(action.cause.clone().unwrap_or_default()),
            ReportCell::plain(self.remark(finding, action)),
        ]
    }

    /// What was photographed of what is still to be done.
    fn photographs(&self, chosen: &[&Finding<'_>]) -> Section {
        let is_open = |finding: &&Finding<'_>| {
            let state = finding.item.action().map(|action| action.state(self.scope.today));
            state.is_some_and(|state| state != ActionState::Verified)
        };
        let open = chosen.iter().copied().filter(is_open);
        Photographs { scope: &self.scope, audits: self.audits }.of(open, |finding| Caption {
            standard: self.standard(finding.item),
            site: self.site(finding.record).unwrap_or_default(),
            day: self.scope.interface.date(finding.record.moment.date),
        })
    }

    /// What a standard demanded when it was judged, with its id.
    fn standard(&self, item: &Item) -> ReportCell {
        let (id, stamp) = (self.audits.id(item), self.audits.judged_stamp(self.scope.standards, item));
        let standard = self.wordings.judged(id, stamp);
        let title = standard.map_or_else(|| Prose::plain(id), |standard| self.scope.prose(&standard.text));
        let cell = ReportCell::prose(title).code(id);
        let is_trial = self.audits.is_trial(self.scope.standards, item);
        if is_trial { cell.marked(&self.scope.text("report.draft")) } else { cell }
    }

    /// The title of a record's site; of one that is no longer in the book as an edition has it.
    fn site(&self, record: &Record) -> Option<Prose> {
        let id = record.site.as_deref()?;
        let books =
            std::iter::once(self.scope.book).chain(self.audits.editions.iter().rev().map(|edition| &edition.book));
        let mut sites = books.flat_map(|book| &book.sites);
        let known = sites.find(|site| self.audits.names.sites.now(&site.id.name) == id);
        Some(known.map_or_else(|| Prose::plain(id), |site| self.scope.prose(&site.title)))
    }

    /// By how long it is overdue, and whether what it was to mend came back.
    fn remark(&self, finding: &Finding<'_>, action: &Action) -> String {
        let today = self.scope.today;
        let late = action.due.filter(|_| action.is_overdue(today)).map(|due| (today - due).num_days());
        let late =
            late.map(|days| self.scope.interface.count("actions.late", usize::try_from(days).unwrap_or_default()));
        let back = finding.came_back.and_then(|index| self.all.get(index)).map(|later| {
            let day = self.scope.interface.date(later.record.moment.date);
            self.scope.interface.fill("actions.came-back", &[("date", &day)])
        });
        late.into_iter().chain(back).collect::<Vec<_>>().join("; ")
    }

    fn day(&self, day: Option<NaiveDate>) -> ReportCell {
        let Some(day) = day else { return ReportCell::default() };
        ReportCell { day: Some(day.to_string()), ..ReportCell::plain(self.scope.interface.date(day)) }
    }
}
