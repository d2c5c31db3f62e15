//! What `build` makes of records: the audit report, the actions, and what customers say.

use crate::book::{Language, Site};
use crate::cli::Edge;
use crate::document::{Document, Kind, Request, reportable, reported};
use crate::edition::Filter;
use crate::project::{Project, Records};

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

    /// The kinds that there is something to tell in.
    pub(super) fn kinds(&self) -> Vec<Kind> {
        reportable(&self.records)
    }

    /// One of them. `format` is the format it is for: a spreadsheet has every row.
    pub(super) fn compose(
        &self,
        kind: Kind,
        language: &Language,
        site: Option<&Site>,
        format: &str,
    ) -> Option<Box<dyn Document>> {
        let filter = Filter::default();
        let site = site.and_then(|site| self.opened.loaded.book.site(&site.id.name));
        let request = Request { site, ..Request::of(&self.opened, &filter, language) };
        reported(kind, request, &self.records, format)
    }
}
