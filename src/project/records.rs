//! The records of a book: what was seen, decided and said, read beside it.

use std::cell::RefCell;
use std::collections::BTreeSet;

use crate::audit::{self, Audits};
use crate::book::Loaded;
use crate::changes::wordings;
use crate::diag::Diagnostic;
use crate::edition::Editions;
use crate::feedback::{self, Feedback};
use crate::method::Standards;
use crate::review::{self, Reviews};
use crate::source::{History, HistoryFault, World};

/// All records of a book.
#[derive(Debug, Default)]
pub struct Records {
    /// The audits.
    pub audits: Audits,
    /// What customers said.
    pub feedback: Feedback,
    /// The annual reviews.
    pub reviews: Reviews,
    /// What of its past is kept.
    pub editions: Editions,
    /// What the records say about each other and about the book's history.
    findings: Vec<Diagnostic>,
    /// What the reviews say about the book.
    due: Vec<Diagnostic>,
    /// What came of asking the past; none where it was not asked yet.
    past: Option<Past>,
}

/// What came of asking the past for the wordings that records judged.
#[derive(Debug)]
enum Past {
    /// It knew them, or knew that there were no such.
    Known,
    /// Some it does not know, and cannot: part of it is missing.
    Partly,
    /// It did not answer.
    Silent(HistoryFault),
}

impl Records {
    /// Reads them. Their files become sources of the book.
    pub fn load(world: &dyn World, loaded: &mut Loaded, standards: &Standards) -> Self {
        let editions = Editions::load(world, &mut loaded.sources);
        let mut audits = audit::load(world, &mut loaded.sources, &loaded.book, standards, &editions);
        let mut feedback = feedback::load(world, &mut loaded.sources, &loaded.book);
        let mut reviews = review::load(world, &mut loaded.sources, &loaded.book, standards);
        // What a review looked at or left stands in its file, whatever became of the editions.
        if audits.has_former_values() {
            let kept = reviews.demands(standards);
            audits.rejudge(|id, stamp| kept.get(&(id, stamp)).copied());
        }
        // What stands in a file of the book that could not be read is not unknown.
        for findings in [&mut audits.findings, &mut feedback.findings, &mut reviews.findings] {
            findings.retain(|finding| !loaded.undefined.contains(&finding.code));
        }
        let reviewed = reviews.wordings(standards);
        let findings = audit::unknown_stamps(&audits, standards, false, |id, stamp| reviewed.contains(&(id, stamp)));
        reviews.findings.extend(review::unknown_sets(&reviews, |set| editions.path(set).is_some()));
        let in_force = review::in_force(world, &editions, standards, loaded.book.review.since);
        let due = review::findings(&loaded.book, standards, &reviews, &in_force, world.today());
        Records { audits, feedback, reviews, editions, findings, due, past: None }
    }

    /// Asks the past of the book for the wordings that records judged and that are not those of today: once.
    pub(crate) fn ask_past<'h>(
        &mut self,
        history: impl FnOnce() -> Result<&'h dyn History, HistoryFault>,
        standards: &Standards,
    ) {
        if self.past.is_some() {
            return;
        }
        let wanted: RefCell<BTreeSet<(String, String)>> = RefCell::default();
        let want = |id: &str, stamp: &str| wanted.borrow_mut().insert((id.to_owned(), stamp.to_owned()));
        audit::unknown_stamps(&self.audits, standards, false, want);
        self.audits.waiting().for_each(|(id, stamp)| _ = want(id, stamp));
        let wanted = wanted.into_inner();
        if wanted.is_empty() {
            self.past = Some(Past::Known);
            return;
        }
        let past = match history().and_then(|history| wordings(history, standards, &wanted)) {
            Ok(past) => past,
            Err(fault) => {
                // The reviews may have them all the same.
                self.past = Some(if self.findings.is_empty() { Past::Known } else { Past::Silent(fault) });
                return;
            }
        };
        self.audits.rejudge(|id, stamp| {
            past.found.get(&(id.to_owned(), stamp.to_owned())).map(|wording| wording.measure.as_ref())
        });
        let reviewed = self.reviews.wordings(standards);
        let is_known = |id: &str, stamp: &str| {
            reviewed.contains(&(id, stamp)) || past.found.contains_key(&(id.to_owned(), stamp.to_owned()))
        };
        // Where not all of the past was looked at, a stamp may be of the rest.
        self.findings = audit::unknown_stamps(&self.audits, standards, past.is_complete, is_known);
        self.past = Some(if past.is_complete || self.findings.is_empty() { Past::Known } else { Past::Partly });
    }

    /// Says what is due by a better knowledge of since when each standard is in force.
    pub(crate) fn set_due(&mut self, due: Vec<Diagnostic>) {
        self.due = due;
    }

    /// Whether they judged wordings that are not known, and that a whole past might know.
    pub(crate) fn lacks_past(&self) -> bool {
        matches!(self.past, Some(Past::Partly | Past::Silent(_)))
    }

    /// What kept the past from answering.
    pub(crate) fn past_fault(&self) -> Option<&HistoryFault> {
        match &self.past {
            Some(Past::Silent(fault)) => Some(fault),
            _ => None,
        }
    }

    /// What is wrong in them, for `check_with_records`.
    pub fn findings(&self) -> Vec<Diagnostic> {
        let read = self.audits.findings.iter().chain(&self.feedback.findings).chain(&self.reviews.findings);
        let read = read.chain(&self.editions.findings).chain(&self.findings).chain(&self.due).cloned();
        read.chain(self.audits.records.iter().filter_map(audit::Record::without_edition)).collect()
    }
}
