//! What `build` makes of records: the audit report, the actions, and what customers say.

use crate::audit::figures::{Selection, Wanted, figures};
use crate::audit::{Finding, findings};
use crate::book::{Language, Site};
use crate::cli::Edge;
use crate::document::audit_report::{Judged, rows_of};
use crate::document::{Document, Kind, Request, actions, audit_report, feedback};
use crate::edition::Filter;
use crate::feedback::{Feedback, Wanted as WantedResponses, rank};
use crate::project::{Project, Records};

/// The book of today with its records, whichever edition the other documents are of: reports tell of the past by the
/// editions that it names.
pub(super) struct Reports {
    opened: Project,
    records: Records,
    feedback: Feedback,
}

impl Reports {
    pub(super) fn open(edge: &Edge) -> anyhow::Result<Self> {
        let (mut opened, records) = edge.open_with_records()?;
        let feedback = opened.feedback();
        Ok(Reports { opened, records, feedback })
    }

    /// The kinds that there is something to tell in.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        let audits = &self.records.audits;
        let has_action = audits.records.iter().flat_map(|record| &record.items).any(|item| item.action().is_some());
        let told = [
            (Kind::AuditReport, !audits.records.is_empty()),
            (Kind::Actions, has_action),
            (Kind::Feedback, !self.feedback.responses.is_empty()),
        ];
        told.into_iter().filter(|(_, is_told)| *is_told).map(|(kind, _)| kind).collect()
    }

    /// One of them. `format` is the format it is for: a spreadsheet has every row.
    pub(super) fn compose(
        &self,
        kind: Kind,
        language: &Language,
        site: Option<&Site>,
        format: &str,
    ) -> Option<Box<dyn Document>> {
        let (opened, audits) = (&self.opened, &self.records.audits);
        let book = &opened.loaded.book;
        let filter = Filter::default();
        let site = site.and_then(|site| book.site(&site.id.name));
        let request = Request { site, ..Request::of(opened, &filter, language) };
        let name = site.map(|site| site.id.name.as_str());
        match kind {
            Kind::AuditReport => {
                let wanted = Wanted { site: name, filter: &filter, from: None, to: None, staff: false };
                let selection = Selection::of(book, &opened.standards, audits, wanted);
                let figures = figures(book, &opened.standards, audits, &selection);
                let rows = rows_of(format);
                let judged = Judged { audits, selection: &selection, figures: &figures, rows };
                Some(Box::new(audit_report(request, judged)))
            }
            Kind::Actions => {
                let all = findings(audits, &opened.standards);
                let is_here = |finding: &&Finding<'_>| {
                    finding.item.action().is_some() && (name.is_none() || finding.record.site.as_deref() == name)
                };
                let chosen: Vec<&Finding<'_>> = all.iter().filter(is_here).collect();
                Some(Box::new(actions(request, audits, &all, &chosen)))
            }
            Kind::Feedback => {
                let place = name.and_then(|name| book.sites.iter().position(|site| site.id.name == name));
                let ranking = rank(&self.feedback, book, WantedResponses { site: place, since: None, until: None });
                Some(Box::new(feedback(request, &self.feedback, &ranking)))
            }
            _ => None,
        }
    }
}
