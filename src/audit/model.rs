//! What was seen, resolved and judged. Built for a million answers: an item is a few words, and only what was noted
//! beside an answer costs more.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::{NaiveDate, NaiveTime};
use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use super::draft::{ActionDraft, RecordDraft};
use crate::book::draft::Name;
use crate::book::draft_values::DateDraft;
use crate::book::vocabulary::words;
use crate::book::{Book, Spanned, Status, is_of_whole_file};
use crate::diag::Diagnostic;
use crate::edition::{Edition, Issue, Lineages};
use crate::method::{Standard, Standards};
use crate::source::{FileId, Span, Stretch};

words! {
    /// How a standard was answered.
    Answer {
        /// It was kept.
        Met = "met",
        /// It was not.
        NotMet = "not met",
        /// It cannot be asked there; leaves the denominator, and needs a reason.
        NotApplicable = "n/a",
        /// Nobody saw whether it was kept; leaves the denominator and lowers coverage.
        NotObserved = "not observed",
    }
}

words! {
    /// What kind of audit it was.
    Kind {
        /// By the house's own people.
        Internal = "internal",
        /// By somebody from outside.
        External = "external",
        /// By somebody who came as a customer.
        Mystery = "mystery",
        /// By those who were judged.
        SelfAudit = "self",
    }
}

words! {
    /// What an audit finding is, in the words of ISO 19011.
    Grade {
        /// The standard is kept.
        Conformity = "conformity",
        /// It is kept in a way that others could learn from.
        GoodPractice = "good practice",
        /// It is kept and could be kept better.
        Opportunity = "opportunity",
        /// It is not kept, without much harm.
        Minor = "minor",
        /// It is not kept, and customers suffer from it.
        Major = "major",
    }
}

impl Grade {
    /// The gravest has the least.
    pub fn gravity(self) -> u8 {
        match self {
            Grade::Major => 0,
            Grade::Minor => 1,
            Grade::Opportunity => 2,
            Grade::GoodPractice => 3,
            Grade::Conformity => 4,
        }
    }
}

/// A day, or a day and a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment {
    /// The day on which it was; what counts in periods.
    pub date: NaiveDate,
    /// The time, where it was noted.
    pub time: Option<NaiveTime>,
}

impl std::fmt::Display for Moment {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.time {
            None => write!(f, "{}", self.date),
            Some(time) => write!(f, "{}T{}", self.date, time.format("%H:%M")),
        }
    }
}

/// All audit records of a book.
#[derive(Debug, Default)]
pub struct Audits {
    /// The records, by date and path.
    pub records: Vec<Record>,
    /// The id, as of now, of everything that an item may speak of: first all standards in the order of
    /// [`Standards::all`], then ids that the book no longer knows, under their own name.
    pub ids: Vec<String>,
    /// How many of `ids` are standards of the book.
    pub known: usize,
    /// The editions that records are counted by.
    pub editions: Vec<Arc<Edition>>,
    /// What was issued, by the day from which it is in force.
    pub issues: Vec<Issue>,
    /// What things of editions are called now.
    pub names: Lineages,
    /// For each row (see [`Item::row`]) the number of its id.
    pub numbers: Vec<u32>,
    /// Former stamps that items name; see [`Wording::Former`].
    pub stamps: Vec<String>,
    /// Codes of the staff whose work was judged; see [`Item::staff`].
    pub staff: Vec<String>,
    /// Photographs that records name and that are not there.
    pub lost: BTreeSet<String>,
    /// The records that were withdrawn, and count for nothing.
    pub withdrawn: Vec<WithdrawnRecord>,
    /// Visits that are planned and were not made yet, by date and path.
    pub planned: Vec<Planned>,
    /// What is wrong in the records; `check_with_records` gives the severities.
    pub findings: Vec<Diagnostic>,
}

/// A record that was withdrawn.
#[derive(Clone, Debug)]
pub struct WithdrawnRecord {
    /// The file that it stands in.
    pub file: FileId,
    /// Id of the site as of now; as written where the book has no such site.
    pub site: Option<String>,
    /// The day.
    pub date: NaiveDate,
    /// What a form called the round.
    pub round: Option<String>,
}

/// One auditor's round.
#[derive(Clone, Debug)]
pub struct Record {
    /// The file that it stands in.
    pub file: FileId,
    /// Where findings about the record as a whole point.
    pub span: Span,
    /// Id of the site as of now; as written where the book has no such site.
    pub site: Option<String>,
    /// Whether that site is known, or none is needed.
    pub is_placed: bool,
    /// When.
    pub moment: Moment,
    /// What auditors share who judged the same thing at the same time.
    pub visit: Option<String>,
    /// What a form called the round.
    pub round: Option<String>,
    /// The name of the edition that it was judged by, as written.
    pub edition: Option<String>,
    /// Whether it was given that edition long after, by `edition adopt`.
    pub is_adopted: bool,
    /// By what it is counted: 0 for today's book, else the place of an edition in [`Audits::editions`], plus 1.
    pub basis: usize,
    /// Who judged.
    pub auditor: Option<String>,
    /// Whose work all of it judged, as an index into [`Audits::staff`]; an answer may have its own.
    pub staff: Option<u32>,
    /// What kind of audit it was.
    pub kind: Kind,
    /// The standards in scope, as rows (see [`Item::row`]), in service order. Records of one site and scope share it.
    pub scope: Arc<[u32]>,
    /// The answers, in the author's order; a standard at most once.
    pub items: Vec<Item>,
    /// What of it is not counted, where it was judged by an edition that is not here; none where it is.
    pub missing: Option<Box<Missing>>,
}

/// A visit that is planned and was not made yet.
#[derive(Clone, Debug)]
pub struct Planned {
    /// The file that it stands in.
    pub file: FileId,
    /// Id of the site as of now; as written where the book has no such site.
    pub site: Option<String>,
    /// When.
    pub moment: Moment,
    /// What auditors share who judge the same thing at the same time.
    pub visit: Option<String>,
    /// What the round is called.
    pub round: Option<String>,
    /// Who is to judge.
    pub auditor: Option<String>,
}

impl Planned {
    /// The visit that a record plans; none where it tells of one that was made.
    pub(super) fn of(file: FileId, draft: &RecordDraft, book: &Book) -> Option<Self> {
        if !draft.is_plan() {
            return None;
        }
        let text = |name: &Option<Name>| filled(name.as_ref().map(|name| name.value.clone()));
        let site = text(&draft.site).map(|name| book.site(&name).map_or(name, |site| site.id.name.clone()));
        Some(Planned {
            file,
            site,
            moment: draft.date.as_ref()?.value.0,
            visit: text(&draft.visit),
            round: text(&draft.round),
            auditor: text(&draft.auditor),
        })
    }
}

/// What a record says that nothing here can judge.
#[derive(Clone, Debug, Default)]
pub struct Missing {
    /// Where the record names its edition.
    pub span: Span,
    /// Answers that name no wording, or that cannot be read without it.
    pub lost: usize,
    /// Answers about wordings that no edition here holds: reviews may have kept them, and git may know them.
    pub waiting: Vec<Item>,
}

/// One standard in one record.
#[derive(Clone, Debug)]
pub struct Item {
    /// What it speaks of: an index into [`Audits::ids`].
    pub standard: u32,
    /// Where it counts: as which standard of today's book or of an edition, counted through today's standards and those of
    /// each edition; [`NO_ROW`] where nothing knows it.
    pub row: u32,
    /// Which wording was judged.
    pub wording: Wording,
    /// How it was answered.
    pub answer: Answer,
    /// Observations that passed.
    pub passed: u32,
    /// Observations; 0 where nothing was judged.
    pub observations: u32,
    /// The share of its observations that had to pass, in millionths.
    pub demand: u32,
    /// Whose work it was: an index into [`Audits::staff`]; the record's, where the answer names nobody.
    pub staff: Option<u32>,
    /// What else was noted.
    pub detail: Option<Box<Detail>>,
    /// The place of the key in its record's file.
    pub key: Stretch,
    /// The place of what was seen; the text there is the observed value.
    pub seen: Stretch,
}

/// A demand of every observation; see [`Item::demand`].
pub const WHOLE: u32 = 1_000_000;

/// The row of what nothing knows.
pub const NO_ROW: u32 = u32::MAX;

/// Which wording of a standard was judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Wording {
    /// The record does not say.
    Unsaid,
    /// That of today.
    Current,
    /// An earlier one: an index into [`Audits::stamps`].
    Former(u32),
}

/// What was noted beside an answer.
#[derive(Clone, Debug, Default)]
pub struct Detail {
    /// A remark.
    pub note: Option<String>,
    /// The reason of an answer.
    pub why: Option<String>,
    /// Paths of pictures or papers.
    pub evidence: Vec<String>,
    /// How grave it is.
    pub grade: Option<Grade>,
    /// What is done about it.
    pub action: Option<Action>,
    /// What was seen, each time, where an earlier wording was judged: its measure may have been another one.
    pub observed: Vec<String>,
}

/// What is done about a finding; the same from the file, or the form, to the reports. As JSON its days are texts.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct Action {
    /// What will be done.
    pub what: String,
    /// Why it happened.
    pub cause: Option<String>,
    /// Who sees to it.
    pub owner: Option<String>,
    /// By when.
    #[serde(serialize_with = "day")]
    #[schemars(with = "Option<String>")]
    pub due: Option<NaiveDate>,
    /// When it was done.
    #[serde(serialize_with = "day")]
    #[schemars(with = "Option<String>")]
    pub done: Option<NaiveDate>,
    /// Paths of pictures or papers that show it done.
    pub evidence: Vec<String>,
    /// When its effect was checked.
    #[serde(serialize_with = "day")]
    #[schemars(with = "Option<String>")]
    pub verified: Option<NaiveDate>,
    /// Whether it had one.
    pub effective: Option<bool>,
    /// What became of it, in a few words.
    pub remark: Option<String>,
    /// Its place, that of its first key; none where it is to be written.
    #[serde(skip)]
    pub span: Span,
}

fn day<S: Serializer>(day: &Option<NaiveDate>, serializer: S) -> Result<S::Ok, S::Error> {
    day.map(|day| day.to_string()).serialize(serializer)
}

impl From<ActionDraft> for Action {
    fn from(draft: ActionDraft) -> Self {
        let day = |day: Option<Spanned<DateDraft>>| day.map(|day| day.value.0);
        Action {
            what: filled(draft.what).unwrap_or_default(),
            cause: filled(draft.cause),
            owner: filled(draft.owner),
            due: day(draft.due),
            done: day(draft.done),
            evidence: draft
                .evidence
                .map(|many| many.0.into_iter().map(|path| path.value).collect())
                .unwrap_or_default(),
            verified: day(draft.verified),
            effective: draft.effective,
            remark: filled(draft.remark),
            span: draft.span.head(),
        }
    }
}

/// A text without the white space around it, where anything is left.
pub(super) fn filled(text: Option<String>) -> Option<String> {
    text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty())
}

impl Audits {
    /// The books of the editions by which the records of a period are judged.
    pub fn books_of(&self, from: Option<NaiveDate>, to: Option<NaiveDate>) -> Vec<&Book> {
        let is_within = |record: &&Record| {
            let day = record.moment.date;
            from.is_none_or(|from| from <= day) && to.is_none_or(|to| day <= to)
        };
        let bases: BTreeSet<usize> = self.records.iter().filter(is_within).map(|record| record.basis).collect();
        let editions = bases.into_iter().filter_map(|basis| self.editions.get(basis.checked_sub(1)?));
        editions.map(|edition| &edition.book).collect()
    }

    /// What is wrong with files that could not be read at all, so that nobody knows which rounds are in them.
    pub fn unread(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(|finding| is_of_whole_file(finding.code, finding.span))
    }

    /// The standard that an item speaks of; none where the book no longer knows it.
    pub fn standard<'a>(&self, standards: &'a Standards, item: &Item) -> Option<&'a Standard> {
        standards.all.get(item.standard as usize)
    }

    /// Today's book and the editions that records are counted by, in the order of their rows.
    pub fn bases<'a>(
        &'a self,
        book: &'a Book,
        standards: &'a Standards,
    ) -> impl Iterator<Item = (&'a Book, &'a Standards)> {
        let editions = self.editions.iter().map(|edition| (&edition.book, &edition.standards));
        std::iter::once((book, standards)).chain(editions)
    }

    /// The standards of today's book and of those editions, in the order of their rows.
    pub(super) fn bases_of<'a>(&'a self, standards: &'a Standards) -> impl Iterator<Item = &'a Standards> {
        std::iter::once(standards).chain(self.editions.iter().map(|edition| &edition.standards))
    }

    /// The book that a record is counted by.
    pub fn book_of<'a>(&'a self, book: &'a Book, record: &Record) -> &'a Book {
        let edition = record.basis.checked_sub(1).and_then(|place| self.editions.get(place));
        edition.map_or(book, |edition| &edition.book)
    }

    /// What an item is counted as: the standard as it stood in the edition that it was judged by, else that of today; none
    /// where nothing knows it.
    pub fn row<'a>(&'a self, standards: &'a Standards, item: &Item) -> Option<&'a Standard> {
        let mut place = item.row as usize;
        for all in std::iter::once(standards).chain(self.editions.iter().map(|edition| &edition.standards)) {
            match place.checked_sub(all.all.len()) {
                None => return all.all.get(place),
                Some(rest) => place = rest,
            }
        }
        None
    }

    /// Whether the answer is about a draft: a trial, which counts nowhere.
    pub fn is_trial(&self, standards: &Standards, item: &Item) -> bool {
        self.row(standards, item).is_some_and(|standard| standard.status == Status::Draft)
    }

    /// The id, as of now, that an item speaks of.
    pub fn id(&self, item: &Item) -> &str {
        self.ids.get(item.standard as usize).map_or("", String::as_str)
    }

    /// The stamp of the wording that was judged, where the record says so.
    pub fn stamp<'a>(&'a self, standards: &'a Standards, item: &Item) -> Option<&'a str> {
        match item.wording {
            Wording::Unsaid => None,
            Wording::Current => self.standard(standards, item).map(|standard| standard.stamp.as_str()),
            Wording::Former(stamp) => self.stamps.get(stamp as usize).map(String::as_str),
        }
    }

    /// The stamp of the wording that an item was judged by, whether it names one or leaves that to its record's edition.
    pub fn judged_stamp<'a>(&'a self, standards: &'a Standards, item: &Item) -> Option<&'a str> {
        let by_edition = || self.row(standards, item).map(|standard| standard.stamp.as_str());
        self.stamp(standards, item).or_else(by_edition)
    }

    /// Whose work an item judged.
    pub fn staff(&self, item: &Item) -> Option<&str> {
        self.staff.get(item.staff? as usize).map(String::as_str)
    }
}

impl Wording {
    /// The number of an earlier wording's stamp. A record that names no wording was made with the one that the book had.
    pub fn former(self) -> Option<u32> {
        match self {
            Wording::Unsaid | Wording::Current => None,
            Wording::Former(stamp) => Some(stamp),
        }
    }
}

impl Record {
    /// How many of its answers are kept and not counted.
    pub fn uncounted(&self) -> usize {
        self.missing.as_ref().map_or(0, |missing| missing.lost + missing.waiting.len())
    }

    /// The rows in scope that the record has no answer to: each counts as not observed. `numbers` are `Audits::numbers`.
    pub fn unanswered<'a>(&'a self, numbers: &'a [u32]) -> impl Iterator<Item = u32> + 'a {
        let mut answered: Vec<u32> = self.items.iter().map(|item| item.standard).collect();
        answered.sort_unstable();
        let number = |row: &u32| numbers.get(*row as usize).copied().unwrap_or(NO_ROW);
        self.scope.iter().copied().filter(move |row| answered.binary_search(&number(row)).is_err())
    }
}

impl Action {
    /// Whether it should have been done before `today`.
    pub fn is_overdue(&self, today: NaiveDate) -> bool {
        self.done.is_none() && self.due.is_some_and(|due| due < today)
    }
}

impl Item {
    /// Whether it counts in a score.
    pub fn is_judged(&self) -> bool {
        matches!(self.answer, Answer::Met | Answer::NotMet)
    }

    /// What is done about it.
    pub fn action(&self) -> Option<&Action> {
        self.detail.as_ref().and_then(|detail| detail.action.as_ref())
    }

    /// How grave it is.
    pub fn grade(&self) -> Option<Grade> {
        self.detail.as_ref().and_then(|detail| detail.grade)
    }
}
