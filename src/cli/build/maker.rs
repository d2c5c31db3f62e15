//! Files are made where they do not stand already as they would be.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;

use super::folder::OutFolder;
use super::made::Made;
use super::reports::Reports;
use crate::document::{Document, Workings};
use crate::message::Message;
use crate::render::fingerprint::{DocumentContent, Fingerprints, Summed};
use crate::render::plan::Job;
use crate::render::{Format, Paper, Renderer, may_lack};

/// Makes files, where they do not stand already.
pub(super) struct Maker {
    renderer: Renderer,
    fingerprints: Fingerprints,
    made: Made,
    /// How many were made in this run.
    anew: AtomicUsize,
}

impl Maker {
    /// Lays documents out with these templates of the book's own on that paper.
    pub(super) fn new(overrides: &BTreeMap<String, String>, paper: Paper, made: Made) -> Self {
        Maker {
            renderer: Renderer::new(overrides).on(paper).for_spreadsheets(),
            fingerprints: Fingerprints::new(overrides, paper),
            made,
            anew: AtomicUsize::new(0),
        }
    }

    /// How many files were made so far, and did not stand.
    pub(super) fn anew(&self) -> usize {
        self.anew.load(Ordering::Relaxed)
    }

    /// Keeps in mind what was made, of what is still there.
    pub(super) fn settle(self, folder: &OutFolder) -> Result<()> {
        self.made.settle(|path| folder.has(path))
    }

    /// Makes the files of a job: of the document that the book gave, or else of those that the records give for each format.
    /// Tells what the author should know of them.
    pub(super) fn documents(
        &self,
        folder: &OutFolder,
        job: &Job,
        of_book: Option<&dyn Document>,
        (reports, workings): (&Reports, &Workings<'_>),
    ) -> Result<Vec<Message>> {
        let of_review = if of_book.is_none() { reports.of_review(job.kind, job.language) } else { None };
        let same = of_book.or(of_review.as_deref());
        let content = same.and_then(|document| self.content(document));
        let mut remarks = Vec::new();
        for (path, format) in job.files() {
            if let Some(document) = same {
                remarks.extend(self.told(folder, &path, format, document, content.as_ref())?);
                continue;
            }
            let of_job = (job.kind, job.language, job.site);
            if let Some(document) = reports.compose(of_job, workings, format.name) {
                let content = self.content(document.as_ref());
                remarks.extend(self.told(folder, &path, format, document.as_ref(), content.as_ref())?);
            }
        }
        Ok(remarks)
    }

    /// Makes one file, and tells what the author should know of it: of a file that stands only what can be seen of its text, since
    /// to look at more would take as long as to make it.
    fn told(
        &self,
        folder: &OutFolder,
        path: &str,
        format: &Format,
        document: &dyn Document,
        content: Option<&DocumentContent>,
    ) -> Result<Vec<Message>> {
        let is_anew = self.file(folder, path, format, document, content)?;
        let is_odd = content.is_none_or(|content| content.holds(may_lack));
        Ok(if is_anew || is_odd { (format.remarks)(document) } else { Vec::new() })
    }

    /// The content of a document; none where it cannot be told.
    pub(super) fn content(&self, document: &dyn Document) -> Option<DocumentContent> {
        self.fingerprints.content(document)
    }

    /// Makes one file, unless it stands as it would be made; says whether it did.
    pub(super) fn file(
        &self,
        folder: &OutFolder,
        path: &str,
        format: &Format,
        document: &dyn Document,
        content: Option<&DocumentContent>,
    ) -> Result<bool> {
        let fingerprint = content.map(|content| self.fingerprints.of(content, format));
        if fingerprint.as_deref().is_some_and(|fingerprint| self.made.stands(path, fingerprint)) {
            return Ok(false);
        }
        let mut sum = String::new();
        folder.write(path, |out| {
            let mut summed = Summed::new(out);
            self.renderer.render_to(format, document, &mut summed)?;
            sum = summed.sum();
            Ok(())
        })?;
        self.anew.fetch_add(1, Ordering::Relaxed);
        if let Some(fingerprint) = fingerprint {
            self.made.note(path, fingerprint, sum)?;
        }
        Ok(true)
    }
}
