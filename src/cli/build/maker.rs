//! Files are made where they do not stand already as they would be.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use anyhow::Result;

use super::folder::OutFolder;
use super::made::Made;
use super::reports::Reports;
use crate::document::Document;
use crate::message::Message;
use crate::render::fingerprint::{Content, Fingerprints, Summed};
use crate::render::plan::Job;
use crate::render::{Format, Paper, Renderer};

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
            renderer: Renderer::new(overrides).on(paper),
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
    ///
    /// # Errors
    /// As [`Made::settle`].
    pub(super) fn settle(self, folder: &OutFolder) -> Result<()> {
        self.made.settle(|path| folder.has(path))
    }

    /// Makes the files of a job: of the document that the book gave, or else of those that the records give for each format.
    /// Tells what the author should know of them.
    ///
    /// # Errors
    /// As [`OutFolder::write`].
    pub(super) fn documents(
        &self,
        folder: &OutFolder,
        job: &Job,
        of_book: Option<&dyn Document>,
        reports: &Reports,
    ) -> Result<Vec<Message>> {
        let content = of_book.and_then(|document| self.content(document));
        let mut remarks = Vec::new();
        for (path, format) in job.files() {
            if let Some(document) = of_book {
                remarks.extend((format.remarks)(document));
                self.file(folder, &path, format, document, content.as_ref())?;
            } else if let Some(document) = reports.compose(job.kind, job.language, job.site, format.name) {
                remarks.extend((format.remarks)(document.as_ref()));
                self.file(folder, &path, format, document.as_ref(), self.content(document.as_ref()).as_ref())?;
            }
        }
        Ok(remarks)
    }

    /// The content of a document; none where it cannot be told.
    pub(super) fn content(&self, document: &dyn Document) -> Option<Content> {
        self.fingerprints.content(document)
    }

    /// Makes one file, unless it stands as it would be made.
    ///
    /// # Errors
    /// As [`OutFolder::write`].
    pub(super) fn file(
        &self,
        folder: &OutFolder,
        path: &str,
        format: &Format,
        document: &dyn Document,
        content: Option<&Content>,
    ) -> Result<()> {
        let fingerprint = content.map(|content| self.fingerprints.of(content, format));
        if fingerprint.as_deref().is_some_and(|fingerprint| self.made.stands(path, fingerprint)) {
            return Ok(());
        }
        let mut sum = String::new();
        folder.write(path, |out| {
            let mut summed = Summed::new(out);
            self.renderer.render_to(format, document, &mut summed)?;
            sum = summed.sum();
            Ok(())
        })?;
        self.anew.fetch_add(1, Ordering::Relaxed);
        match fingerprint {
            Some(fingerprint) => self.made.note(path, fingerprint, sum),
            None => Ok(()),
        }
    }
}
