//! What `build` makes of records: the audit report, the actions, what customers say, and the review.

use rayon::prelude::*;

use crate::audit::Audits;
use crate::book::{Language, Site};
use crate::cli::{Edge, review};
use crate::document::{Built, Document, DocumentKind, Request, SiteMonth, Workings, reportable, reported, told_lately};
use crate::edition::Filter;
use crate::message::Message;
use crate::project::{Project, Records};
use crate::review::Review;
use crate::say;

/// The documents of reviews.
const OF_REVIEWS: [DocumentKind; 2] = [DocumentKind::ReviewReport, DocumentKind::ReviewChecklist];

/// The book of today with its records, whichever edition the other documents are of: reports tell of the past by the
/// editions that it names.
pub(super) struct Reports {
    opened: Project,
    records: Records,
}

impl Reports {
    pub(super) fn open(edge: &Edge) -> anyhow::Result<Self> {
        let (opened, records) = edge.open_with_records()?;
        Ok(Reports { opened, records })
    }

    /// What was audited.
    pub(super) fn audits(&self) -> &Audits {
        &self.records.audits
    }

    /// The kinds that there is something to tell in.
    pub(super) fn kinds(&self) -> Vec<DocumentKind> {
        let told = OF_REVIEWS.into_iter().filter(|kind| self.review(*kind).is_some());
        reportable(&self.records).into_iter().chain(told).collect()
    }

    /// The review that a document tells of: the last that was closed, or the last that is open and is to be decided. None is
    /// made of one whose file has errors, or that is not as it was closed.
    fn review(&self, kind: DocumentKind) -> Option<&Review> {
        self.meant(kind).filter(|review| self.records.reviews.errors_of(review).next().is_none())
    }

    fn meant(&self, kind: DocumentKind) -> Option<&Review> {
        let is_meant = |review: &&Review| match kind {
            DocumentKind::ReviewReport => review.closed.is_some(),
            DocumentKind::ReviewChecklist => review.closed.is_none(),
            _ => false,
        };
        let all = self.records.reviews.all.iter().filter(is_meant);
        all.max_by_key(|review| (review.closed.as_ref().map(|closed| closed.value), review.opened))
    }

    /// The reviews of which no document is made, each with what is wrong with it.
    pub(super) fn left_out(&self) -> Vec<Message> {
        let reviews = OF_REVIEWS.into_iter().filter_map(|kind| self.meant(kind));
        let wrong = |review: &Review| {
            let errors: Vec<_> = self.records.reviews.errors_of(review).collect();
            let (name, why) = (&review.name, &errors.first()?.message);
            Some(say!(
                errors.len();
                "no document of the review `{name}` is made: its file has 1 error, which `gamma-ok check` shows: {why}",
                "no document of the review `{name}` is made: its file has {n} errors, which `gamma-ok check` shows; the first: {why}",
                name, why
            ))
        };
        reviews.filter_map(wrong).collect()
    }

    /// What is counted for all of them.
    pub(super) fn workings<'a>(&'a self, filter: &'a Filter) -> Workings<'a> {
        Workings::new(&self.opened.loaded.book, &self.opened.standards, &self.records, filter)
    }

    /// The documents of a kind of reviews, which are the same in every format.
    pub(super) fn of_review(&self, kind: DocumentKind, language: &Language) -> Option<Box<dyn Document>> {
        let found = self.review(kind)?;
        Some(review::document(&self.opened, (&self.records, found), kind, language))
    }

    /// One of the others. `format` is the format it is for: a spreadsheet has every row.
    pub(super) fn compose(
        &self,
        (kind, language, site): (DocumentKind, &Language, Option<&Site>),
        workings: &Workings<'_>,
        format: &str,
    ) -> Option<Box<dyn Document>> {
        let filter = Filter::default();
        let site = site.and_then(|site| self.opened.loaded.book.site(&site.id.name));
        let request = Request { site, ..Request::of(&self.opened, &filter, language) };
        reported(kind, request, workings, format)
    }

    /// What was told of the last month of each place, for those whose audit report was built.
    pub(super) fn verdicts(&self, built: &[Built], workings: &Workings<'_>) -> Vec<SiteMonth> {
        let mut reports: Vec<&Built> = built.iter().filter(|built| built.kind == DocumentKind::AuditReport).collect();
        reports.dedup_by_key(|built| (&built.language, &built.site));
        let told = |built: &&Built| {
            let site = built.site.as_ref().and_then(|site| self.opened.loaded.book.site(site));
            let filter = Filter::default();
            told_lately(Request { site, ..Request::of(&self.opened, &filter, &built.language) }, workings)
        };
        reports.par_iter().filter_map(told).collect()
    }
}
