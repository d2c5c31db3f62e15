//! The folder `editions/` → which sets are kept there, and which of them were issued. A set is read when something names it.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::set::{NAME_DIGITS, Set, Unreadable};
use crate::book::decode::record;
use crate::book::draft::Name;
use crate::book::draft_values::{DateDraft, TextDraft};
use crate::book::{Book, Spanned, YAML, decode_text, refusal_finding};
use crate::diag::{Code, Diagnostic};
use crate::method::Standards;
use crate::say;
use crate::source::{Source, Sources, Span, World};

/// The folder of a book that holds its editions.
pub const FOLDER: &str = "editions";

/// So many digits of a hash name a set, as with git's commits.
const LEAST_DIGITS: usize = 4;

/// The folder of those that were issued.
const ISSUED: &str = "editions/issued/";

/// How the name of a file ends that holds a part of a set.
const PART: &str = ".part";

record! {
    /// editions/issued/*.yaml: document control, one issue a file.
    IssueDraft = "an issue" {
        /// The number that the edition was issued with.
        key "number" => number: Spanned<f64>, required;
        /// The first eight digits of the set's hash.
        key "edition" => edition: Name, required;
        /// What it is called.
        key "title" => title: TextDraft;
        /// The day it was issued.
        key "issued" => issued: Spanned<DateDraft>;
        /// The day from which it is in force.
        key "in-force" => in_force: Spanned<DateDraft>, required;
        /// Who approved it: a role.
        key "approved-by" => approved_by: Name;
        /// When it is looked at again.
        key "next-review" => next_review: Spanned<DateDraft>;
        /// Why it is in force from a day before the last record that counts.
        key "backdated" => backdated: TextDraft;
    }
}

/// A set as something that can be counted by.
#[derive(Clone, Debug)]
pub struct Edition {
    /// The digits that records name it by.
    pub name: String,
    /// Whether only a part of it is here.
    pub is_partial: bool,
    /// A book that holds the set and nothing else.
    pub book: Book,
    /// The standards of the set, all in force.
    pub standards: Standards,
}

/// A set that was issued.
#[derive(Clone, Debug)]
pub struct Issue {
    /// The number that the edition was issued with.
    pub number: u32,
    /// The digits that name the set.
    pub edition: String,
    /// What it is called, in the author's words.
    pub title: Option<String>,
    /// The day it was issued.
    pub issued: Option<NaiveDate>,
    /// The day from which it is in force.
    pub in_force: NaiveDate,
    /// Who approved it.
    pub approved_by: Option<String>,
    /// When it is looked at again.
    pub next_review: Option<NaiveDate>,
    /// Why it is in force from a day before the last record that counts.
    pub backdated: Option<String>,
    /// Where its number stands.
    pub span: Span,
}

/// What of a book's past is kept in it.
#[derive(Debug, Default)]
pub struct Editions {
    /// Name → paths of the whole set and of a part.
    paths: BTreeMap<String, (Option<String>, Option<String>)>,
    /// What was issued, by the day from which it is in force.
    pub issues: Vec<Issue>,
    /// What is wrong with what was issued.
    pub findings: Vec<Diagnostic>,
}

impl Edition {
    /// What can be counted by a set.
    pub fn of(set: &Set) -> Self {
        let (book, standards) = set.revive();
        Edition { name: set.name(), is_partial: set.is_partial(), book, standards }
    }
}

impl Editions {
    /// Looks which sets there are, and reads what was issued; its files become sources.
    pub fn load(world: &dyn World, sources: &mut Sources) -> Self {
        let mut all = Editions::default();
        for item in world.list(FOLDER, YAML) {
            match item {
                Ok(path) if path.starts_with(ISSUED) => all.issue(world, sources, path),
                Ok(path) => all.place(path),
                Err((path, refusal)) => {
                    let file = sources.add(Source::refused(path, &refusal));
                    all.findings.push(refusal_finding(file, &refusal));
                }
            }
        }
        all.issues.sort_by_key(|issue| (issue.in_force, issue.number));
        all.each_once();
        all
    }

    /// What the editions that were issued are called in documents: the number, and the title where there is one.
    pub fn names_of_issues(&self) -> Vec<String> {
        let named = |issue: &Issue| match &issue.title {
            Some(title) => format!("{} {title}", issue.number),
            None => issue.number.to_string(),
        };
        self.issues.iter().map(named).collect()
    }

    fn place(&mut self, path: String) {
        let file = path.rsplit('/').next().unwrap_or_default();
        let Some(stem) = file.strip_suffix(".yaml").or_else(|| file.strip_suffix(".yml")) else { return };
        let (name, is_part) = stem.strip_suffix(PART).map_or((stem, false), |name| (name, true));
        let paths = self.paths.entry(name.to_owned()).or_default();
        *(if is_part { &mut paths.1 } else { &mut paths.0 }) = Some(path);
    }

    fn issue(&mut self, world: &dyn World, sources: &mut Sources, path: String) {
        let text = match world.text(&path) {
            Ok(text) => text,
            Err(refusal) => {
                let file = sources.add(Source::refused(path, &refusal));
                return self.findings.push(refusal_finding(file, &refusal));
            }
        };
        let file = sources.add(Source::new(path, text));
        let (draft, findings) = decode_text::<IssueDraft>(file, &sources.get(file).text, say!("an issue"));
        self.findings.extend(findings);
        let Some(draft) = draft else { return };
        let text =
            |text: Option<TextDraft>| text.and_then(|text| text.parts.into_iter().next().map(|(_, text)| text.value));
        let day = |day: Option<Spanned<DateDraft>>| day.map(|day| day.value.0);
        let (Some(number), Some(edition), Some(in_force)) = (draft.number, draft.edition, day(draft.in_force)) else {
            return;
        };
        if number.value < 1.0 || number.value.fract() != 0.0 || number.value > f64::from(u32::MAX) {
            let finding = Diagnostic::new(Code::WrongType, number.span, say!("an edition's number is 1, 2, 3 …"));
            return self.findings.push(finding.help(say!("write a whole number")));
        }
        if !self.has(&edition.value) {
            let message = say!("there is no set `{edition}` in editions/", edition = &edition.value);
            let help = say!("bring its file back; until then the program does not know what was issued");
            self.findings.push(Diagnostic::new(Code::UnknownEdition, edition.span, message).help(help));
        }
        self.issues.push(Issue {
            number: number.value as u32,
            edition: edition.value,
            title: text(draft.title),
            issued: day(draft.issued),
            in_force,
            approved_by: draft.approved_by.map(|role| role.value),
            next_review: day(draft.next_review),
            backdated: text(draft.backdated),
            span: number.span,
        });
    }

    /// Tells issues that share their number, or the day from which they are in force.
    fn each_once(&mut self) {
        let mut findings = Vec::new();
        for (index, issue) in self.issues.iter().enumerate() {
            for first in &self.issues[..index] {
                let message = if first.number == issue.number {
                    say!("the number {number} was issued twice", number = issue.number)
                } else if first.in_force == issue.in_force {
                    say!("two editions are in force from {day}", day = issue.in_force)
                } else {
                    continue;
                };
                let finding = Diagnostic::new(Code::EditionTwice, issue.span, message);
                let finding = finding.help(say!("give one of them another number and day, or remove its file"));
                findings.push(finding.related(first.span, say!("the other is here")));
            }
        }
        self.findings.extend(findings);
    }

    /// Whether a set of that name is kept, or a part of it.
    pub fn has(&self, name: &str) -> bool {
        self.paths.contains_key(name)
    }

    /// Whether the whole set of that name is kept.
    pub fn has_whole(&self, name: &str) -> bool {
        self.paths.get(name).is_some_and(|(whole, _)| whole.is_some())
    }

    /// The names of all sets, in the order of their names.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.paths.keys().map(String::as_str)
    }

    /// The set that is meant by the number of its issue, or by the first digits of its hash: four of them at least, so that
    /// the number of an edition to come is never taken for some.
    pub fn named(&self, asked: &str) -> Option<&str> {
        let numbered = self.issues.iter().find(|issue| issue.number.to_string() == asked);
        let begins = |name: &&str| asked.len() >= LEAST_DIGITS && (name.starts_with(asked) || asked.starts_with(name));
        let mut begun = self.names().filter(begins);
        let by_hash = begun.next().filter(|_| begun.next().is_none());
        numbered.map(|issue| issue.edition.as_str()).or(by_hash)
    }

    /// The files of all sets: the name, the path, and whether it is a part whose whole is there too.
    pub(crate) fn files(&self) -> impl Iterator<Item = (&str, &str, bool)> {
        self.paths.iter().flat_map(|(name, (whole, part))| {
            let of_whole = whole.iter().map(move |path| (name.as_str(), path.as_str(), false));
            let of_part = part.iter().map(move |path| (name.as_str(), path.as_str(), whole.is_some()));
            of_whole.chain(of_part)
        })
    }

    /// The path of a set: of the whole one, where it is there.
    pub fn path(&self, name: &str) -> Option<&str> {
        self.paths.get(name).and_then(|(whole, part)| whole.as_deref().or(part.as_deref()))
    }

    /// Reads a set.
    ///
    /// # Errors
    /// Why its file is not that set.
    pub fn read(&self, world: &dyn World, name: &str) -> Option<Result<Set, Unreadable>> {
        let path = self.path(name)?;
        let text = match world.large_text(path) {
            Ok(text) => text,
            Err(refusal) => return Some(Err(Unreadable { line: 0, message: refusal.message() })),
        };
        Some(Set::read(&text).and_then(|set| match set.name() == name {
            true => Ok(set),
            false => Err(Unreadable {
                line: 0,
                message: say!("it is the set `{name}`, which is not what its file is called", name = set.name()),
            }),
        }))
    }

    /// Reads a set as something that can be counted by; none where it is not there or was altered.
    pub fn revived(&self, world: &dyn World, name: &str) -> Option<Arc<Edition>> {
        self.read(world, name)?.ok().map(|set| Arc::new(Edition::of(&set)))
    }

    /// What was in force on a day.
    pub fn in_force(&self, day: NaiveDate) -> Option<&Issue> {
        self.issues.iter().rev().find(|issue| issue.in_force <= day)
    }

    /// Reads every set and tells those that are not as they were written.
    pub fn altered(&self, world: &dyn World, sources: &mut Sources) -> Vec<Diagnostic> {
        let mut findings = Vec::new();
        for name in self.names() {
            let Some(Err(Unreadable { line, message })) = self.read(world, name) else { continue };
            let path = self.path(name).unwrap_or_default();
            let file = sources.add(Source::new(path, world.text(path).unwrap_or_default()));
            let text = &sources.get(file).text;
            let start: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
            let end = text[start..].find('\n').map_or(text.len(), |end| start + end);
            let span = Span { file, start: start as u32, end: end as u32 };
            let message = say!("this set is not as it was written: {said}", said = message);
            let help = say!("bring the file back from git, or remove it: what it held then counts by today's book");
            findings.push(Diagnostic::new(Code::EditionAltered, span, message).help(help));
        }
        findings
    }
}

/// Whether a text can be the name of a set.
pub fn is_name(text: &str) -> bool {
    text.len() == NAME_DIGITS && text.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte))
}
