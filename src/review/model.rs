//! Reviews as everything after reading sees them.

use std::collections::{HashMap, HashSet};

use chrono::NaiveDate;

use crate::book::vocabulary::words;
use crate::book::{Level, Measure, Spanned, Text};
use crate::diag::{Code, Diagnostic, Severity};
use crate::method::Standards;
use crate::source::{FileId, Span};
use crate::statistics::ENOUGH;

words! {
    /// What a review decides about a standard.
    Decision {
        /// It stays as it is.
        Keep = "keep",
        /// It says the same in other words, or something else.
        Reword = "reword",
        /// It demands more of the same.
        Tighten = "tighten",
        /// It demands less of the same.
        Loosen = "loosen",
        /// It becomes several standards, each of which names it in `from`.
        Split = "split",
        /// With others it becomes one standard, which names them all in `from`.
        Merge = "merge",
        /// It moves one level up.
        LevelUp = "level-up",
        /// It moves one level down: what was exclusive has become expected, or what was expected the norm.
        LevelDown = "level-down",
        /// It goes out of force.
        Retire = "retire",
    }
}

words! {
    /// Why a standard is due for review.
    Reason {
        /// No review has looked at it.
        NeverReviewed = "never-reviewed",
        /// The last review that did is longer ago than the book allows.
        OlderThanReview = "older-than-review",
        /// What it demands is not what the last review left it with.
        Changed = "changed",
        /// Audits or customers say that something is wrong with it.
        Evidence = "evidence",
    }
}

words! {
    /// What evidence calls attention to.
    Call {
        /// Fewer than half of its units were met.
        FailedByMost = "failed-by-most",
        /// Auditors judged the same thing differently.
        ReadDifferently = "read-differently",
        /// Customers rate its phase low more often than the rest.
        Complaints = "complaints",
        /// Met by practically everyone for a year, above the basic level.
        Ordinary = "ordinary",
    }
}

/// The folder of what is kept of closed reviews.
pub const KEPT: &str = "reviews/closed/";

/// All reviews of a book.
#[derive(Debug, Default)]
pub struct Reviews {
    /// In the order of their closing, those still open last; among equals by name.
    pub all: Vec<Review>,
    /// What reading them found.
    pub findings: Vec<Diagnostic>,
}

/// One annual review.
#[derive(Clone, Debug, Default)]
pub struct Review {
    /// The name: the file's, without ending.
    pub name: String,
    /// The file that it stands in.
    pub file: FileId,
    /// The day it was opened.
    pub opened: Option<NaiveDate>,
    /// The day it was closed: everything was decided. None while it is open.
    pub closed: Option<Spanned<NaiveDate>>,
    /// The day on which nothing that was decided was left to do.
    pub carried_out: Option<NaiveDate>,
    /// When it was closed before and opened again, the first time first.
    pub reopened: Vec<Reopening>,
    /// The set of standards that it was opened on.
    pub edition: Option<String>,
    /// The set of standards that it left.
    pub left: Option<String>,
    /// Both, as written.
    pub sets: Vec<Spanned<String>>,
    /// Who decides, by role.
    pub reviewers: Vec<String>,
    /// A standard each, in the author's order.
    pub entries: Vec<ReviewEntry>,
    /// Standards that the review adds, or asks for in words.
    pub added: Vec<Added>,
    /// What management answers.
    pub response: Option<Text>,
    /// Who gets the report.
    pub distribution: Vec<String>,
    /// Who else may read it.
    pub confidentiality: Option<Text>,
    /// When the next review is due.
    pub next: Option<NaiveDate>,
}

/// A review that was closed and opened again.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reopening {
    /// The day it had been closed.
    pub closed: NaiveDate,
    /// The day on which all that had been decided was carried out.
    pub carried_out: Option<NaiveDate>,
    /// The day it was opened again.
    pub day: NaiveDate,
    /// Why.
    pub reason: String,
}

/// What a review says about one standard.
#[derive(Clone, Debug, Default)]
pub struct ReviewEntry {
    /// `ID` or `ID@STAMP`, as written.
    pub key: Spanned<String>,
    /// The id in it.
    pub id: String,
    /// The stamp in it: the wording that was judged.
    pub stamp: Option<String>,
    /// The place in the book's standards; none where the book no longer has it.
    pub standard: Option<usize>,
    /// Whether the book no longer has it in force.
    pub is_out_of_force: bool,
    /// The decision; none while undecided.
    pub decision: Option<Spanned<Decision>>,
    /// Why.
    pub reason: Option<Text>,
    /// Who carries it out.
    pub owner: Option<String>,
    /// By when.
    pub due: Option<NaiveDate>,
    /// Why it was due, frozen when the review was opened.
    pub reasons: Vec<Reason>,
    /// What it demanded then.
    pub demand: Demand,
    /// What the review before had left it with, where that was something else.
    pub before: Option<Demand>,
    /// The evidence as it stood then.
    pub evidence: Option<Frozen>,
    /// The stamp that the review left it with.
    pub now: Option<String>,
    /// What it demands since, where the review changed it.
    pub became: Option<Demand>,
    /// Ids of the standards that it was split or merged into.
    pub parts: Vec<String>,
    /// The entry, key and value.
    pub span: Span,
}

/// What a standard demands, as a record keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Demand {
    /// The text, in the languages that were kept.
    pub wording: Option<Text>,
    /// The level; none where the record does not say.
    pub level: Option<Level>,
    /// The figure, without what is measured.
    pub measure: Option<Measure>,
}

/// Evidence as a record keeps it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Frozen {
    /// Units met: a unit is the standard in one visit.
    pub met: u32,
    /// Units judged.
    pub of: u32,
    /// Share of low ratings of its phase.
    pub low_ratings: Option<f64>,
    /// Share of pairs of auditors' judgements that agree.
    pub agreement: Option<f64>,
    /// Over how many units that several auditors judged; none where the record does not say.
    pub agreement_units: Option<u32>,
    /// What of it calls for attention.
    pub calls: Vec<Call>,
    /// Units met and judged in the year before, where they propose something.
    pub year: Option<(u32, u32)>,
}

impl Frozen {
    /// Whether the standard fails: of enough units fewer than half were met.
    pub fn is_failing(&self) -> bool {
        u64::from(self.of) >= ENOUGH && self.met * 2 < self.of
    }

    /// What the figures propose; the reviewers decide.
    pub fn proposal(&self) -> Option<Decision> {
        self.calls.contains(&Call::Ordinary).then_some(Decision::LevelDown)
    }
}

/// Something that a review adds.
#[derive(Clone, Debug, Default)]
pub struct Added {
    /// An id, `ID@STAMP`, or what is asked for in words.
    pub written: Spanned<String>,
    /// The standard's place in the book; none while it is only asked for.
    pub standard: Option<usize>,
    /// The stamp that the review left it with.
    pub stamp: Option<String>,
}

impl Review {
    /// The entries without a decision.
    pub fn undecided(&self) -> impl Iterator<Item = &ReviewEntry> {
        self.entries.iter().filter(|entry| entry.decision.is_none())
    }

    /// The entries whose decision lacks the reason that it needs.
    pub fn unreasoned(&self) -> impl Iterator<Item = &ReviewEntry> {
        self.entries.iter().filter(|entry| entry.lacks_reason())
    }

    /// The entries whose decision changes something and was not carried out yet, as far as the record says.
    pub fn pending(&self) -> impl Iterator<Item = &ReviewEntry> {
        self.entries.iter().filter(|entry| self.is_pending(entry))
    }

    /// Whether what was decided about the standard is still to be carried out, as far as the record says.
    pub fn is_pending(&self, entry: &ReviewEntry) -> bool {
        self.carried_out.is_none() && entry.changing().is_some() && !entry.is_carried_out()
    }

    /// The entry about the standard at that place.
    pub fn entry_of(&self, standard: usize) -> Option<&ReviewEntry> {
        self.entries.iter().find(|entry| entry.standard == Some(standard))
    }
}

impl Reviews {
    /// The wordings that reviews judged or left: id, as of now or as written, and stamp.
    pub fn wordings<'a>(&'a self, standards: &'a Standards) -> HashSet<(&'a str, &'a str)> {
        let mut known = HashSet::new();
        for entry in self.all.iter().flat_map(|review| &review.entries) {
            let standard = entry.standard.and_then(|place| standards.all.get(place));
            let ids = [Some(entry.id.as_str()), standard.map(|standard| standard.id.name.as_str())];
            let stamps = [&entry.stamp, &entry.now].into_iter().flatten();
            known.extend(stamps.flat_map(|stamp| ids.into_iter().flatten().map(move |id| (id, stamp.as_str()))));
        }
        known
    }

    /// What is known of the figures of those wordings, by the same id and stamp: none inside where one had no figure.
    pub fn demands<'a>(&'a self, standards: &'a Standards) -> HashMap<(&'a str, &'a str), Option<&'a Measure>> {
        let mut known = HashMap::new();
        for entry in self.all.iter().flat_map(|review| &review.entries) {
            let standard = entry.standard.and_then(|place| standards.all.get(place));
            let ids = [Some(entry.id.as_str()), standard.map(|standard| standard.id.name.as_str())];
            let judged = entry.stamp.as_deref().zip(Some(&entry.demand));
            // What a review left and does not describe is what it judged.
            let left = entry.now.as_deref().zip(entry.became.as_ref());
            for (stamp, demand) in judged.into_iter().chain(left).filter(|(_, demand)| demand.wording.is_some()) {
                for id in ids.into_iter().flatten() {
                    known.entry((id, stamp)).or_insert(demand.measure.as_ref());
                }
            }
        }
        known
    }

    /// Those wordings in the languages that they had, by the same id and stamp; of several the one in most languages.
    pub fn texts<'a>(&'a self, standards: &'a Standards) -> HashMap<(&'a str, &'a str), &'a Text> {
        let mut known: HashMap<(&str, &str), &Text> = HashMap::new();
        for entry in self.all.iter().flat_map(|review| &review.entries) {
            let standard = entry.standard.and_then(|place| standards.all.get(place));
            let ids = [Some(entry.id.as_str()), standard.map(|standard| standard.id.name.as_str())];
            let became = entry.became.as_ref().and_then(|became| became.wording.as_ref());
            let judged = entry.stamp.as_deref().zip(entry.demand.wording.as_ref());
            let left = entry.now.as_deref().zip(became.or(entry.demand.wording.as_ref()));
            for (stamp, text) in judged.into_iter().chain(left) {
                for id in ids.into_iter().flatten() {
                    let kept = known.entry((id, stamp)).or_insert(text);
                    if kept.0.len() < text.0.len() {
                        *kept = text;
                    }
                }
            }
        }
        known
    }

    /// What is wrong in the file of a review. What is still to be decided or to be given a reason is no error of an open one.
    pub fn errors_of<'a>(&'a self, review: &'a Review) -> impl Iterator<Item = &'a Diagnostic> {
        let is_unfinished = |finding: &Diagnostic| review.closed.is_none() && finding.code == Code::MissingKey;
        let of_file = self.findings.iter().filter(|finding| finding.span.file == review.file);
        of_file.filter(move |finding| finding.code.severity() == Severity::Error && !is_unfinished(finding))
    }

    /// The review of that name.
    pub fn named(&self, name: &str) -> Option<&Review> {
        self.all.iter().find(|review| review.name == name)
    }
}

impl Decision {
    /// Whether it needs a reason: always, but for keeping what does not fail.
    pub fn needs_reason(self, is_failing: bool) -> bool {
        self != Decision::Keep || is_failing
    }
}

impl ReviewEntry {
    /// The decision, where it changes something.
    pub fn changing(&self) -> Option<Decision> {
        self.decision.as_ref().map(|decision| decision.value).filter(|decision| *decision != Decision::Keep)
    }

    /// Whether what was decided is carried out, as far as the record, or of what is retired the book, says.
    pub fn is_carried_out(&self) -> bool {
        match self.changing() {
            None => false,
            Some(Decision::Retire) => self.is_out_of_force,
            Some(Decision::Split | Decision::Merge) => !self.parts.is_empty(),
            // What was kept first and decided otherwise after a reopening has the stamp that it always had.
            Some(_) => self.now.is_some() && (self.stamp.is_none() || self.now != self.stamp),
        }
    }

    /// Whether its evidence calls attention to that.
    pub fn calls_for(&self, call: Call) -> bool {
        self.evidence.as_ref().is_some_and(|evidence| evidence.calls.contains(&call))
    }

    /// Whether it is decided without the reason that the decision needs.
    pub fn lacks_reason(&self) -> bool {
        let is_failing = self.evidence.as_ref().is_some_and(Frozen::is_failing);
        let needs = |decision: &Spanned<Decision>| decision.value.needs_reason(is_failing);
        self.reason.is_none() && self.decision.as_ref().is_some_and(needs)
    }

    /// The stamp that the review left the standard with, as far as the record says.
    pub fn left(&self) -> Option<&str> {
        self.now.as_deref().or(self.stamp.as_deref())
    }

    /// What the review left it with: what was judged, and what of it changed.
    pub fn left_demand(&self) -> Demand {
        let Some(became) = &self.became else { return self.demand.clone() };
        Demand {
            wording: became.wording.clone().or_else(|| self.demand.wording.clone()),
            level: became.level.or(self.demand.level),
            measure: became.measure.clone().or_else(|| self.demand.measure.clone()),
        }
    }
}
