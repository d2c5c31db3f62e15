//! Documents that records fill: the audit report, the actions, what customers say.

use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};

use super::audit_report::{Judged, VerdictView, rows_of};
use super::{Document, DocumentKind, Request, actions, audit_report, feedback};
use crate::audit::figures::{Figures, RecordSelection, Selection, figures};
use crate::audit::{Finding, findings};
use crate::book::{Book, Language, Site};
use crate::edition::Filter;
use crate::feedback::{Ranking, ResponseSelection as WantedResponses, rank};
use crate::method::Standards;
use crate::project::Records;

/// The kinds that there is something to tell in.
pub fn reportable(records: &Records) -> Vec<DocumentKind> {
    let audits = &records.audits;
    let has_action = audits.records.iter().flat_map(|record| &record.items).any(|item| item.action().is_some());
    let told = [
        (DocumentKind::AuditReport, !audits.records.is_empty()),
        (DocumentKind::Actions, has_action),
        (DocumentKind::Feedback, !records.feedback.responses.is_empty()),
    ];
    told.into_iter().filter(|(_, is_told)| *is_told).map(|(kind, _)| kind).collect()
}

/// From one day to another, both included; without one, from the first or to the last.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Days {
    /// The first.
    pub from: Option<NaiveDate>,
    /// The last.
    pub to: Option<NaiveDate>,
}

/// What is counted for documents of records: once for each place, and not for each language and format again.
#[derive(Debug)]
pub struct Workings<'a> {
    book: &'a Book,
    standards: &'a Standards,
    records: &'a Records,
    filter: &'a Filter,
    days: Days,
    findings: OnceLock<Vec<Finding<'a>>>,
    /// All sites together, then each of them.
    places: Vec<PlaceFigures<'a>>,
}

/// What is counted and what of.
type Counted<'a> = (Selection<'a>, Figures);

/// What is counted of one place.
#[derive(Debug, Default)]
struct PlaceFigures<'a> {
    site: Option<&'a str>,
    /// Of all that was ever recorded.
    ever: OnceLock<Counted<'a>>,
    /// Of the last month in which something was judged.
    lately: OnceLock<Option<Counted<'a>>>,
    ranking: OnceLock<Ranking>,
}

impl<'a> Workings<'a> {
    /// Of these records, judged by that book; nothing is counted before it is asked for.
    pub fn new(book: &'a Book, standards: &'a Standards, records: &'a Records, filter: &'a Filter) -> Self {
        let sites = book.sites.iter().map(|site| Some(site.id.name.as_str()));
        let places =
            std::iter::once(None).chain(sites).map(|site| PlaceFigures { site, ..PlaceFigures::default() }).collect();
        Workings { book, standards, records, filter, days: Days::default(), findings: OnceLock::new(), places }
    }

    /// The same of these days alone, as far as the audit report goes.
    #[must_use]
    pub fn of_days(self, days: Days) -> Self {
        Workings { days, ..self }
    }

    fn place(&self, site: Option<&Site>) -> Option<&PlaceFigures<'a>> {
        let site = site.map(|site| site.id.name.as_str());
        self.places.iter().find(|place| place.site == site)
    }

    fn counted(&self, wanted: RecordSelection<'a>) -> Counted<'a> {
        let selection = Selection::of(self.book, self.standards, &self.records.audits, wanted);
        let figures = figures(self.book, self.standards, &self.records.audits, &selection);
        (selection, figures)
    }

    fn wanted(&self, place: &PlaceFigures<'a>) -> RecordSelection<'a> {
        RecordSelection { site: place.site, filter: self.filter, from: self.days.from, to: self.days.to, staff: false }
    }

    fn lately(&self, place: &PlaceFigures<'a>) -> Option<Counted<'a>> {
        let wanted = self.wanted(place);
        let (all, _) = place.ever.get_or_init(|| self.counted(wanted));
        let records = self.records.audits.records.iter().filter(|record| all.counts(record));
        let last = records.map(|record| record.moment.date).max()?;
        let from = NaiveDate::from_ymd_opt(last.year(), last.month(), 1);
        Some(self.counted(RecordSelection { from, to: Some(last), ..wanted }))
    }
}

/// One of them, over what was recorded at the request's site. `format` is the format it is for: a spreadsheet has
/// every row. None for a kind that records do not fill.
pub fn reported(
    kind: DocumentKind,
    request: Request<'_>,
    workings: &Workings<'_>,
    format: &str,
) -> Option<Box<dyn Document>> {
    let request = request.laid_out_as(format);
    let (audits, place) = (&workings.records.audits, workings.place(request.site)?);
    let reviews = &workings.records.reviews;
    match kind {
        DocumentKind::AuditReport => {
            let (selection, figures) = place.ever.get_or_init(|| workings.counted(workings.wanted(place)));
            Some(Box::new(audit_report(request, Judged { audits, reviews, selection, figures, rows: rows_of(format) })))
        }
        DocumentKind::Actions => {
            let all = workings.findings.get_or_init(|| findings(audits, workings.standards));
            let is_here = |finding: &&Finding<'_>| {
                let is_of_place = place.site.is_none() || finding.record.site.as_deref() == place.site;
                finding.action().is_some() && is_of_place
            };
            let chosen: Vec<&Finding<'_>> = all.iter().filter(is_here).collect();
            Some(Box::new(actions(request, audits, all, &chosen)))
        }
        DocumentKind::Feedback => {
            let responses = &workings.records.feedback;
            let ranking = place.ranking.get_or_init(|| {
                let site = workings.book.sites.iter().position(|site| Some(site.id.name.as_str()) == place.site);
                rank(responses, workings.book, WantedResponses { site, since: None, until: None })
            });
            Some(Box::new(feedback(request, responses, ranking)))
        }
        _ => None,
    }
}

/// What the audits of a place say of its last month.
#[derive(Clone, Debug)]
pub struct SiteMonth {
    /// Id of the site; none for all of them.
    pub site: Option<String>,
    /// In which language.
    pub language: Language,
    /// The days from the first to the last record of that month, in words.
    pub period: String,
    /// The verdict on them.
    pub verdict: VerdictView,
}

/// What is told of the last month in which something was judged at the request's site; none where nothing ever was.
pub fn told_lately(request: Request<'_>, workings: &Workings<'_>) -> Option<SiteMonth> {
    let place = workings.place(request.site)?;
    let (selection, figures) = place.lately.get_or_init(|| workings.lately(place)).as_ref()?;
    let Records { audits, reviews, .. } = workings.records;
    let report = audit_report(request, Judged { audits, reviews, selection, figures, rows: 0 });
    let site = request.site.map(|site| site.id.name.clone());
    let language = request.language.clone();
    Some(SiteMonth { site, language, period: report.period, verdict: report.verdict })
}
