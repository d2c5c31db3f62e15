//! Everything that is found in a book, its records and its past.

use super::{Project, Records};
use crate::book::unread;
use crate::check::{asks_history, check, check_with_records, of_history};
use crate::diag::{Diagnostic, Severity};
use crate::edition::Editions;
use crate::message::Message;
use crate::review;
use crate::say;
use crate::source::World;

/// What there is to say of a book.
#[derive(Debug)]
pub struct Checked {
    /// All findings, by file and place.
    pub findings: Vec<Diagnostic>,
    /// What of the past was not to be had, and why.
    pub remark: Option<Message>,
}

impl<W: World> Project<W> {
    /// Holds every rule against the book, its records and its past.
    pub fn check(&mut self, records: &mut Records) -> Checked {
        let unread = unread(&self.world, &mut self.loaded.sources);
        let altered = records.editions.altered(&self.world, &mut self.loaded.sources);
        records.ask_past(|| self.history(), &self.standards);
        let in_force = self.in_force(records);
        let (book, today) = (&self.loaded.book, self.world.today());
        records.set_due(review::findings(book, &self.standards, &records.reviews, &in_force, today));
        let of_past = match asks_history(&self.loaded.book) {
            true => self.history().and_then(|history| of_history(history, &self.loaded)).map(Some),
            false => Ok(None),
        };
        let was_asked = !matches!(of_past, Ok(None)) || records.lacks_past();
        let fault = of_past.as_ref().err().or(records.past_fault());
        let remark = match fault {
            Some(fault) => Some(say!(
                "the book's past was not looked at: {fault}; stale translations and earlier wordings are not known here",
                fault = fault.message()
            )),
            None if was_asked && self.history().is_ok_and(|history| history.is_cut_off()) => Some(say!(
                "the book's past is cut off, since the repository was copied without it: stale translations and earlier \
                 wordings from before are not known here"
            )),
            None => None,
        };
        let of_past = of_past.ok().flatten().unwrap_or_default();
        let all = records.findings().into_iter().chain(altered).chain(of_past).chain(unread);
        let all: Vec<Diagnostic> = all.collect();
        Checked { findings: check_with_records(&self.loaded, &self.standards, all), remark }
    }

    /// What says of a file of the book, or of its editions, that the system did not give it. It may be sound, so nobody
    /// knows what the book is.
    pub(crate) fn withheld(&self, editions: &Editions) -> Vec<Diagnostic> {
        let is_withheld = |finding: &&Diagnostic| self.loaded.sources.get(finding.span.file).is_withheld;
        self.loaded.findings.iter().chain(&editions.findings).filter(is_withheld).cloned().collect()
    }

    /// What keeps documents from being made.
    pub fn errors(&self) -> Vec<Diagnostic> {
        // Warnings would hide it.
        let mut findings = check(&self.loaded, &self.standards);
        findings.retain(|finding| finding.severity == Severity::Error);
        findings
    }
}
