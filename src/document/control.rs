//! Document control: which edition a document is of, or that it is a draft, and the stamp of what it contains.

use std::io::{self, BufWriter, Write};

use chrono::NaiveDate;
use serde::Serialize;
use sha2::{Digest, Sha256};

use super::prose::Prose;
use super::scope::Scope;
use crate::audit::filled::STAMP_DIGITS;
use crate::audit::{Audits, Record};
use crate::edition::Issue;
use crate::text::hex;

/// A line of document control.
#[derive(Clone, Debug, Serialize, serde::Deserialize)]
pub struct ControlLine {
    /// What it is.
    pub label: String,
    /// What it says.
    pub value: Prose,
}

/// What a document says of the state that it is in.
#[derive(Clone, Debug, Default)]
pub(super) struct DocumentState {
    /// Line by line.
    pub facts: Vec<ControlLine>,
    /// The same in short, for the head of every page.
    pub mark: String,
    /// The day that stands for it: the edition's day in force, or of a report the day that it tells of.
    pub day: Option<String>,
}

impl DocumentState {
    /// The same for a form to fill in, which names the set that it was made of, so that whatever it is filled in on says so.
    pub fn of_form(scope: &Scope) -> Self {
        let mut state = DocumentState::of(scope);
        let set = scope.control.and_then(|control| control.set.as_ref());
        if let Some((set, fact)) = set.zip(state.facts.first_mut()) {
            fact.value = Prose::plain(format!("{} ({})", fact.value.characters(), set.name()));
        }
        state
    }

    /// The state of a review's form: the edition that the review opened on.
    pub fn of_review(scope: &Scope, edition: Option<&str>, issues: &[Issue]) -> Self {
        let draft = scope.text("common.draft");
        let issue = issues.iter().find(|issue| Some(issue.edition.as_str()) == edition);
        let (value, mark) = match (issue, edition) {
            (Some(issue), _) => (named(issue), format!("{} {}", scope.text("common.edition"), issue.number)),
            (None, Some(edition)) => (format!("{draft} ({edition})"), draft),
            (None, None) => (draft.clone(), draft),
        };
        let facts = vec![ControlLine { label: scope.text("common.edition"), value: Prose::plain(value) }];
        DocumentState { facts, mark, day: None }
    }

    /// The state of a report: the editions that what it counts was judged by, and the day that it tells of where that is more
    /// than the days of its records, as what is overdue is so on a day.
    pub fn of_report(scope: &Scope, judged: &[Basis<'_>], day: Option<NaiveDate>) -> Self {
        let name = |basis: &Basis<'_>| match basis {
            Basis::Issued(issue) => format!("{} ({})", named(issue), issue.edition),
            Basis::Kept(name) => format!("{} ({name})", scope.text("common.draft")),
            Basis::Lost(name) => format!("{name} ({})", scope.text("report.not-here")),
            Basis::Today => scope.text("report.todays-book"),
        };
        let names: Vec<String> = judged.iter().map(name).collect();
        let fact = |key: &str, value: String| ControlLine { label: scope.text(key), value: Prose::plain(value) };
        let mut facts = Vec::new();
        if !names.is_empty() {
            facts.push(fact("report.judged-by", names.join("; ")));
        }
        facts.extend(day.map(|day| fact("common.as-of", scope.interface.date(day))));
        let mark = match judged {
            [Basis::Issued(issue)] => format!("{} {}", scope.text("common.edition"), issue.number),
            _ => day.map(|day| scope.interface.date(day)).unwrap_or_default(),
        };
        DocumentState { facts, mark, day: day.map(|day| day.to_string()) }
    }

    /// The state of a document of that scope; nothing of one that document control says nothing of.
    pub fn of(scope: &Scope) -> Self {
        let Some(control) = scope.control else { return DocumentState::default() };
        let fact = |key: &str, value: Prose| ControlLine { label: scope.text(key), value };
        let date = |day| scope.interface.date(day);
        let chosen: Vec<&str> = scope.chosen.iter().map(|chosen| chosen.standard.id.name.as_str()).collect();
        let site = scope.site.map(|site| site.id.name.as_str());
        let Some(issued) = control.edition_of(&chosen, site, scope.filter) else {
            let draft = scope.text("common.draft");
            return DocumentState {
                facts: vec![fact("common.edition", Prose::plain(draft.clone()))],
                mark: draft,
                day: None,
            };
        };
        let issue = &issued.issue;
        let mut facts = vec![
            fact("common.edition", Prose::plain(named(issue))),
            fact("common.in-force", Prose::plain(date(issue.in_force))),
        ];
        facts.extend(approved_by(scope, issue).map(|role| fact("common.approved-by", role)));
        facts.extend(issue.next_review.map(|day| fact("common.next-review", Prose::plain(date(day)))));
        let mark = format!("{} {}", scope.text("common.edition"), issue.number);
        DocumentState { facts, mark, day: Some(issue.in_force.to_string()) }
    }
}

/// What records were judged by.
#[derive(Clone, Debug)]
pub(super) enum Basis<'a> {
    /// An edition that was issued.
    Issued(&'a Issue),
    /// A set that was not, by its name.
    Kept(&'a str),
    /// A set that is not here, by its name: what its records say is judged by their stamps.
    Lost(&'a str),
    /// The book as it stands, because the record names none.
    Today,
}

/// What these records were judged by, in the order of their days, each once.
pub(super) fn judged_by<'a>(audits: &'a Audits, records: impl Iterator<Item = &'a Record>) -> Vec<Basis<'a>> {
    let name = |record: &'a Record| {
        let edition = record.basis.checked_sub(1).and_then(|place| audits.editions.get(place));
        edition.map(|edition| edition.name.as_str()).or(record.edition.as_deref())
    };
    let mut names: Vec<(Option<&str>, bool)> = Vec::new();
    for name in records.map(|record| (name(record), record.missing.is_some())) {
        if !names.contains(&name) {
            names.push(name);
        }
    }
    let basis = |(name, is_lost): (Option<&'a str>, bool)| {
        let Some(name) = name else { return Basis::Today };
        if is_lost {
            return Basis::Lost(name);
        }
        audits.issues.iter().find(|issue| issue.edition == name).map_or(Basis::Kept(name), Basis::Issued)
    };
    names.into_iter().map(basis).collect()
}

/// What an edition is called: its number, and its title where it has one.
pub(super) fn named(issue: &Issue) -> String {
    let title = issue.title.as_ref().map(|title| format!(" · {title}")).unwrap_or_default();
    format!("{}{title}", issue.number)
}

/// The role that approved an edition, by its title.
pub(super) fn approved_by(scope: &Scope, issue: &Issue) -> Option<Prose> {
    scope.role_titles(issue.approved_by.as_slice()).into_iter().next()
}

/// The stamp of what a document contains.
pub(super) fn stamp(content: &impl Serialize) -> String {
    struct Hashed(Sha256);
    impl Write for Hashed {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.update(bytes);
            Ok(bytes.len())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    let mut hashed = BufWriter::new(Hashed(Sha256::new()));
    // Hashing does not fail, and views hold nothing that JSON has not.
    let _ = serde_json::to_writer(&mut hashed, content);
    let hashed = hashed.into_inner().map_or_else(|_| Sha256::new(), |hashed| hashed.0);
    hex(&hashed.finalize()[..STAMP_DIGITS / 2])
}
