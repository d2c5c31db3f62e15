//! Documents that records fill: the audit report, the actions, what customers say.

use chrono::{Datelike, NaiveDate};

use super::audit_report::{Judged, Verdict, rows_of};
use super::{Document, Kind, Request, actions, audit_report, feedback};
use crate::audit::figures::{Selection, Wanted, figures};
use crate::audit::{Finding, findings};
use crate::book::Language;
use crate::edition::Filter;
use crate::feedback::{Wanted as WantedResponses, rank};
use crate::project::Records;

/// The kinds that there is something to tell in.
pub fn reportable(records: &Records) -> Vec<Kind> {
    let audits = &records.audits;
    let has_action = audits.records.iter().flat_map(|record| &record.items).any(|item| item.action().is_some());
    let told = [
        (Kind::AuditReport, !audits.records.is_empty()),
        (Kind::Actions, has_action),
        (Kind::Feedback, !records.feedback.responses.is_empty()),
    ];
    told.into_iter().filter(|(_, is_told)| *is_told).map(|(kind, _)| kind).collect()
}

/// One of them, over all that was ever recorded at the request's site. `format` is the format it is for: a spreadsheet has
/// every row. None for a kind that records do not fill.
pub fn reported(kind: Kind, request: Request<'_>, records: &Records, format: &str) -> Option<Box<dyn Document>> {
    let request = request.laid_out_as(format);
    let Request { book, standards, filter, .. } = request;
    let audits = &records.audits;
    let name = request.site.map(|site| site.id.name.as_str());
    match kind {
        Kind::AuditReport => {
            let wanted = Wanted { site: name, filter, from: None, to: None, staff: false };
            let selection = Selection::of(book, standards, audits, wanted);
            let figures = figures(book, standards, audits, &selection);
            let rows = rows_of(format);
            let judged = Judged { audits, selection: &selection, figures: &figures, rows };
            Some(Box::new(audit_report(request, judged)))
        }
        Kind::Actions => {
            let all = findings(audits, standards);
            let is_here = |finding: &&Finding<'_>| {
                finding.item.action().is_some() && (name.is_none() || finding.record.site.as_deref() == name)
            };
            let chosen: Vec<&Finding<'_>> = all.iter().filter(is_here).collect();
            Some(Box::new(actions(request, audits, &all, &chosen)))
        }
        Kind::Feedback => {
            let place = name.and_then(|name| book.sites.iter().position(|site| site.id.name == name));
            let ranking = rank(&records.feedback, book, WantedResponses { site: place, since: None, until: None });
            Some(Box::new(feedback(request, &records.feedback, &ranking)))
        }
        _ => None,
    }
}

/// What the audits of a place say of its last month.
#[derive(Clone, Debug)]
pub struct Told {
    /// Id of the site; none for all of them.
    pub site: Option<String>,
    /// In which language.
    pub language: Language,
    /// The days from the first to the last record of that month, in words.
    pub period: String,
    /// The verdict on them.
    pub verdict: Verdict,
}

/// What is told of the last month in which something was judged at the request's site; none where nothing ever was.
pub fn told_lately(request: Request<'_>, records: &Records) -> Option<Told> {
    let Request { book, standards, language, .. } = request;
    let (audits, filter) = (&records.audits, Filter::default());
    let site = request.site.map(|site| site.id.name.as_str());
    let wanted = Wanted { site, filter: &filter, from: None, to: None, staff: false };
    let all = Selection::of(book, standards, audits, wanted);
    let days = audits.records.iter().filter(|record| all.counts(record)).map(|record| record.moment.date);
    let last = days.max()?;
    let from = NaiveDate::from_ymd_opt(last.year(), last.month(), 1);
    let selection = Selection::of(book, standards, audits, Wanted { from, to: Some(last), ..wanted });
    let figures = figures(book, standards, audits, &selection);
    let judged = Judged { audits, selection: &selection, figures: &figures, rows: 0 };
    let report = audit_report(request, judged);
    let site = request.site.map(|site| site.id.name.clone());
    Some(Told { site, language: language.clone(), period: report.period, verdict: report.verdict })
}
