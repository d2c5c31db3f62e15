//! What is to be done on which day: actions that are due, visits that are planned, the next review.
//!
//! Calendars keep what they imported by its UID. One is made of what stays when the day moves: the round in which a fault was
//! found and the oldest id of the standard, the round of a planned visit, the name of the review before.

use std::collections::HashMap;

use chrono::NaiveDate;
use sha2::{Digest, Sha256};

use super::scope::{Request, Scope};
use crate::audit::{Action, ActionState, Audits, Planned, Record, findings};
use crate::language::Interface;
use crate::method::Standard;
use crate::review::{OpenAction, Reviews, open_actions};
use crate::text::hex;

/// The view of a calendar.
#[derive(Clone, Debug)]
pub struct Calendar {
    /// What it is called.
    pub name: String,
    /// Tag of its language.
    pub lang: String,
    /// The day that it was made for.
    pub today: NaiveDate,
    /// What is to be done, by day.
    pub events: Vec<CalendarEvent>,
    /// How many open actions have no day.
    pub undated: usize,
}

/// Something that is to be done on a day.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CalendarEvent {
    /// The day.
    pub day: NaiveDate,
    /// The same as long as it is the same event, on whichever day.
    pub uid: String,
    /// What it is, in a few words.
    pub summary: String,
    /// What else there is to know, a line each.
    pub lines: Vec<String>,
    /// Where.
    pub place: Option<String>,
}

impl CalendarEvent {
    /// The UID of something by what it is made of.
    pub(crate) fn uid_of(kind: &str, parts: &[&str]) -> String {
        let mut hash = Sha256::new();
        for part in std::iter::once(&kind).chain(parts) {
            hash.update((part.len() as u64).to_le_bytes());
            hash.update(part.as_bytes());
        }
        let digits = hex(&hash.finalize()[..16]);
        format!("{kind}-{digits}@gamma-ok")
    }
}

/// Composes the calendar of a book: what is open, at one site or at all, on `today` and later; what is overdue stays on its day.
pub fn calendar(request: Request, audits: &Audits, reviews: &Reviews) -> Calendar {
    let scope = Scope::of(request);
    let composer = Composer { scope: &scope };
    let is_here = |site: Option<&str>| scope.site.is_none_or(|wanted| Some(wanted.id.name.as_str()) == site);
    let all = findings(audits, scope.standards);
    let found: RecordOfAction<'_> =
        all.iter().filter_map(|finding| Some((std::ptr::from_ref(finding.item.action()?), finding.record))).collect();
    // What was verified is closed: where the fault came back, the action of its new finding is due.
    let is_due = |open: &OpenAction<'_>| open.state != ActionState::Verified && is_here(open.site);
    let open: Vec<OpenAction<'_>> =
        open_actions(audits, scope.standards, scope.today).into_iter().filter(is_due).collect();
    let undated = open.iter().filter(|open| open.action.due.is_none()).count();
    let mut events: Vec<CalendarEvent> = open.iter().filter_map(|open| composer.action(open, &found)).collect();
    let planned = audits.planned.iter().filter(|planned| is_here(planned.site.as_deref()));
    let planned = planned.filter(|planned| planned.moment.date >= scope.today);
    events.extend(planned.map(|planned| composer.visit(planned)));
    events.extend(composer.review(reviews));
    composer.calendar(events, undated)
}

/// The calendar of planned visits alone.
pub fn planned_calendar(request: Request, visits: &[Planned]) -> Calendar {
    let scope = Scope::of(request);
    let composer = Composer { scope: &scope };
    composer.calendar(visits.iter().map(|planned| composer.visit(planned)).collect(), 0)
}

/// The record in which each action stands.
type RecordOfAction<'a> = HashMap<*const Action, &'a Record>;

struct Composer<'a> {
    scope: &'a Scope<'a>,
}

impl Composer<'_> {
    fn calendar(&self, mut events: Vec<CalendarEvent>, undated: usize) -> Calendar {
        events.sort();
        let name = self.scope.prose(&self.scope.book.title).characters();
        Calendar { name, lang: self.scope.language.tag().to_owned(), today: self.scope.today, events, undated }
    }

    fn labelled(&self, key: &str, value: &str) -> String {
        format!("{}: {value}", self.scope.text(key))
    }

    fn site(&self, site: Option<&str>) -> Option<String> {
        let site = site?;
        let title = self.scope.book.site(site).map(|site| self.scope.prose(&site.title).characters());
        Some(title.filter(|title| !title.is_empty()).unwrap_or_else(|| site.to_owned()))
    }

    fn action(&self, open: &OpenAction<'_>, found: &RecordOfAction<'_>) -> Option<CalendarEvent> {
        let day = open.action.due?;
        let record = found.get(&std::ptr::from_ref(open.action))?;
        let standard = self.scope.standards.all.iter().find(|standard| standard.id.name == open.standard);
        let oldest = standard.map_or(open.standard, |standard| standard.id.oldest());
        let text = |standard: &Standard| self.scope.prose(&standard.text).characters();
        let mut lines: Vec<String> = Vec::new();
        lines.extend(open.action.owner.as_ref().map(|owner| self.labelled("report.column.owner", &self.owner(owner))));
        lines.extend(standard.map(|standard| self.labelled("report.column.standard", &text(standard))));
        let day_found = self.scope.interface.date(record.moment.date);
        lines.push(self.labelled("report.column.found", &day_found));
        lines.extend(open.action.cause.as_ref().map(|cause| self.labelled("report.column.cause", cause)));
        let state = format!("report.state.{}", open.state.word());
        let mut state = self.scope.interface.text(&state).to_owned();
        // Done, and here all the same: the fault was seen again.
        if let Some(day) = open.came_back {
            let day = self.scope.interface.date(day);
            state = format!("{state}, {}", self.scope.interface.fill("actions.came-back", &[("date", &day)]));
        }
        lines.push(self.labelled("report.column.state", &state));
        Some(CalendarEvent {
            day,
            uid: CalendarEvent::uid_of("action", &[&round(record), oldest]),
            summary: fill(self.scope.interface, "calendar.action", &open.action.what),
            lines,
            place: self.site(open.site),
        })
    }

    fn owner(&self, owner: &str) -> String {
        let role = self.scope.book.role(owner).map(|role| self.scope.prose(&role.title).characters());
        role.filter(|title| !title.is_empty()).unwrap_or_else(|| owner.to_owned())
    }

    fn visit(&self, planned: &Planned) -> CalendarEvent {
        let place = self.site(planned.site.as_deref());
        let name = place.clone().or_else(|| planned.visit.clone()).unwrap_or_default();
        let mut lines: Vec<String> = Vec::new();
        let auditor = planned.auditor.as_ref().map(|auditor| self.owner(auditor));
        lines.extend(auditor.map(|auditor| self.labelled("report.column.auditor", &auditor)));
        lines.extend(planned.visit.as_ref().map(|visit| self.labelled("checklist.time", visit)));
        let day = planned.moment.date;
        let unnamed = || format!("{day}|{}|{}", name, planned.visit.clone().unwrap_or_default());
        CalendarEvent {
            day,
            uid: CalendarEvent::uid_of("visit", &[&planned.round.clone().unwrap_or_else(unnamed)]),
            summary: fill(self.scope.interface, "calendar.visit", &name),
            lines,
            place,
        }
    }

    /// The next review, by the last that was closed.
    fn review(&self, reviews: &Reviews) -> Option<CalendarEvent> {
        let closed = |review: &&crate::review::Review| {
            review.closed.as_ref().is_some_and(|closed| closed.value <= self.scope.today)
        };
        let last = reviews.all.iter().rfind(closed)?;
        Some(CalendarEvent {
            day: last.next?,
            uid: CalendarEvent::uid_of("review", &[&last.name]),
            summary: self.scope.text("document.review"),
            lines: vec![fill(self.scope.interface, "calendar.after", &last.name)],
            place: None,
        })
    }
}

fn fill(interface: &Interface, key: &str, subject: &str) -> String {
    interface.fill(key, &[("what", subject)])
}

/// What a round is known by: the name that a form gave it, else place, day, hour and auditor.
fn round(record: &Record) -> String {
    record.round.clone().unwrap_or_else(|| record.key().to_string())
}
