//! A record as written → a record whose ids are the book's, and whose answers are judged.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};
use rustc_hash::FxBuildHasher;

use super::bases::{Bases, Basis, TODAY};
use super::draft::{AnswerDraft, RecordDraft, ScopeDraft, SeenDraft};
use super::judge::{Outcome, demand, judge};
use super::model::{Answer, Item, Kind, Missing, Record, filled};
use super::people::{NamedAs, Person};
use super::subject::Subject;
use super::table::TextTable;
use crate::book::draft::Name;
use crate::book::{Book, Id, Spanned};
use crate::diag::{Code, Diagnostic};
use crate::edition::{Edition, Editions, Filter, Things, Values};
use crate::forms::short;
use crate::message::Message;
use crate::method::{Standard, Standards};
use crate::say;
use crate::source::{FileId, Span};
use crate::text::{FIRST_YEAR, nearest};

/// How many ids a hint lists before it stops being one.
const MAX_LISTED: usize = 12;

/// What every record is resolved against; made once.
#[derive(Debug)]
pub struct StandardIndex<'a> {
    book: &'a Book,
    standards: &'a Standards,
    today: NaiveDate,
    pub(super) bases: Bases<'a>,
}

/// A record that is resolved except for what all records share: indices into its own tables, to be put into the common
/// ones by [`super::load`].
pub(super) struct Resolved<'a> {
    pub record: Option<Record>,
    pub filter: Filter,
    /// Ids that nothing knows; items speak of them by their place, with [`super::subject::UNKNOWN`] set.
    pub unknown: Vec<Cow<'a, str>>,
    pub stamps: Vec<Cow<'a, str>>,
    pub staff: Vec<Cow<'a, str>>,
    /// Who is named in it.
    pub people: Vec<Person>,
    pub findings: Vec<Diagnostic>,
}

impl<'a> StandardIndex<'a> {
    /// The index of a book and its standards, for records that tell of days up to `today`.
    pub fn new(book: &'a Book, standards: &'a Standards, today: NaiveDate) -> Self {
        StandardIndex { book, standards, today, bases: Bases::of_today(book, standards) }
    }

    /// The same with editions that records may name.
    pub fn with(
        book: &'a Book,
        standards: &'a Standards,
        today: NaiveDate,
        read: &'a [Arc<Edition>],
        kept: &Editions,
    ) -> Self {
        StandardIndex { book, standards, today, bases: Bases::new(book, standards, read, kept) }
    }

    /// The same where it is known which edition today's book is.
    #[must_use]
    pub fn calling_today(mut self, name: Option<String>) -> Self {
        self.bases.call_today(name);
        self
    }

    /// The place in `Standards::all` of the standard with that id, now or once.
    pub fn find(&self, id: &str) -> Option<u32> {
        self.bases.directory().find(id).map(|place| place as u32)
    }

    /// The standard with that id, now or once.
    pub fn standard(&self, id: &str) -> Option<&'a Standard> {
        self.bases.directory().find(id).and_then(|place| self.standards.all.get(place))
    }

    /// The standard as the stamp words it, in whichever edition has it so; without a stamp, or where nothing has it so, as
    /// the book has it now.
    pub(crate) fn worded(&self, id: &str, stamp: Option<&str>) -> Option<&'a Standard> {
        let worded = stamp.and_then(|stamp| self.bases.wording(id, stamp)).map(|found| found.standard);
        worded.or_else(|| self.standard(id))
    }

    /// Whether the book or an edition has a standard of that id.
    pub(crate) fn knows(&self, id: &str) -> bool {
        self.bases.any(id).is_some()
    }

    /// The findings on a record.
    pub fn check(&self, draft: RecordDraft) -> Vec<Diagnostic> {
        if draft.is_plan() {
            return Vec::new();
        }
        let Resolved { record, mut findings, .. } = self.resolve(FileId::default(), draft);
        findings.extend(record.and_then(|record| record.without_edition()));
        findings
    }

    /// The book.
    pub fn book(&self) -> &'a Book {
        self.book
    }

    /// The standards.
    pub fn standards(&self) -> &'a Standards {
        self.standards
    }

    /// The day to count from.
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// Resolves one record. One without a date that can be read has its findings and nothing else: no figure could place it.
    pub(super) fn resolve(&self, file: FileId, draft: RecordDraft) -> Resolved<'a> {
        let span = draft.date.as_ref().map_or(draft.span.head(), |date| date.span);
        let day = draft.date.as_ref().map(|date| date.value.0.date);
        let edition = draft.edition.as_ref().filter(|edition| !edition.value.trim().is_empty());
        let named = edition.map(|edition| self.bases.named(edition.value.trim()));
        let in_force = || day.and_then(|day| self.bases.in_force(day)).unwrap_or(TODAY);
        let mut resolver = Resolver {
            index: self,
            basis: named.map_or_else(in_force, |named| named.unwrap_or(TODAY)),
            names_edition: named.is_some(),
            is_blind: named == Some(None),
            missing: Missing::default(),
            day,
            findings: Vec::new(),
            tables: Tables::default(),
            seen: HashMap::default(),
            people: Vec::new(),
        };
        let site = resolver.site(draft.site.as_ref(), draft.span);
        let is_placed = resolver.findings.iter().all(|finding| finding.code != Code::UnknownSite);
        let moment = draft.date.map(|date| Spanned { value: date.value.0, span: date.span });
        if let Some(moment) = &moment {
            resolver.in_time(moment.value.date, moment.span);
        }
        let filter = draft.scope.map(|scope| resolver.scope(scope)).unwrap_or_default();
        let staff = draft.staff.as_ref().map(|staff| resolver.staff(&staff.value, staff.span));
        if let Some(auditor) = &draft.auditor {
            resolver.person(NamedAs::Auditor, &auditor.value, auditor.span);
        }
        let items = draft.answers.map(|answers| {
            let place = answers.entries.first().map_or(span, |(key, _)| key.span);
            let items = resolver.items(answers.entries, staff);
            if items.is_empty()
                && resolver.missing.lost == 0
                && resolver.missing.waiting.is_empty()
                && resolver.findings.iter().all(|finding| finding.code != Code::BadAnswer)
            {
                let finding = Diagnostic::new(Code::MissingKey, place, say!("no answer is filled in"));
                resolver.findings.push(finding.help(say!("fill in what was seen, or remove the file")));
            }
            items
        });
        let basis = resolver.basis;
        let span_of_edition = edition.map(|edition| edition.span).filter(|_| resolver.is_blind);
        let missing = span_of_edition.map(|span| Box::new(Missing { span, ..std::mem::take(&mut resolver.missing) }));
        let text = |name: Option<Name>| filled(name.map(|name| name.value));
        let record = moment.map(|moment| Record {
            file,
            span,
            site,
            is_placed,
            moment: moment.value,
            visit: text(draft.visit),
            round: text(draft.round),
            edition: text(draft.edition),
            is_adopted: draft.adopted == Some(true),
            basis,
            auditor: text(draft.auditor).map(|name| self.bases.names.roles.now(&name).to_owned()),
            staff,
            kind: draft.kind.unwrap_or(Kind::Internal),
            scope: [].into(),
            items: items.unwrap_or_default(),
            missing,
        });
        let Resolver { findings, people, tables: Tables { unknown, stamps, staff }, .. } = resolver;
        let (unknown, stamps, staff) = (unknown.list, stamps.list, staff.list);
        Resolved { record, filter, unknown, stamps, staff, people, findings }
    }
}

/// Tables of a record's own.
#[derive(Default)]
pub(super) struct Tables<'a> {
    pub(super) unknown: TextTable<'a>,
    pub(super) stamps: TextTable<'a>,
    staff: TextTable<'a>,
}

/// A record while it is resolved.
pub(super) struct Resolver<'a, 'i> {
    pub(super) index: &'i StandardIndex<'a>,
    /// What it is judged by: the number of one of the bases.
    pub(super) basis: usize,
    /// Whether the record says so.
    pub(super) names_edition: bool,
    /// Whether it names what is not here.
    pub(super) is_blind: bool,
    /// Answers that cannot be judged because of that.
    pub(super) missing: Missing,
    /// The day of the record.
    pub(super) day: Option<NaiveDate>,
    findings: Vec<Diagnostic>,
    pub(super) tables: Tables<'a>,
    /// Standards answered so far, and where.
    seen: HashMap<u32, Span, FxBuildHasher>,
    people: Vec<Person>,
}

impl<'a> Resolver<'a, '_> {
    /// What it is judged by.
    fn own(&self) -> &Basis<'a> {
        self.index.bases.all.get(self.basis).unwrap_or(self.index.bases.today())
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<Message>, help: impl Into<Message>) {
        self.findings.push(Diagnostic::new(code, span, message).help(help));
    }

    fn site(&mut self, name: Option<&Name>, record: Span) -> Option<String> {
        let book = self.own().book;
        let Some(name) = name else {
            if !book.sites.is_empty() {
                let known = listed(book.sites.iter().map(|site| &site.id));
                let help = say!("add `site: …`; known: {words}", words = known);
                self.report(Code::MissingKey, record.head(), say!("an audit record lacks the key `site`"), help);
            }
            return None;
        };
        if let Some(site) = book.site(&name.value).or_else(|| self.index.book.site(&name.value)) {
            return Some(self.index.bases.names.sites.now(&site.id.name).to_owned());
        }
        self.unknown(
            Code::UnknownSite,
            say!("a site"),
            say!("a file in sites/"),
            name,
            self.index.book.sites.iter().map(|site| &site.id),
        );
        Some(name.value.clone())
    }

    pub(super) fn in_time(&mut self, date: NaiveDate, span: Span) {
        if date > self.index.today {
            let message =
                say!("{date} is after today, {today}", date = date.to_string(), today = self.index.today.to_string());
            self.report(Code::BadDate, span, message, say!("an audit tells of what has been: mend the date"));
        } else if date.year() < FIRST_YEAR {
            let message = say!(
                "{date} is before {year}: is the year right?",
                date = date.to_string(),
                year = FIRST_YEAR.to_string()
            );
            self.report(Code::BadDate, span, message, say!("an audit tells of what has been: mend the date"));
        }
    }

    fn scope(&mut self, draft: ScopeDraft) -> Filter {
        let mut filter = Filter::default();
        for (criterion, names) in draft.filters {
            let values = match criterion.values() {
                Values::Ids(things) => self.names(things, names),
                Values::Words(_) | Values::UpTo(_) => names.into_iter().map(|word| word.value).collect(),
            };
            filter.set(criterion, values);
        }
        filter.in_force(false)
    }

    /// Ids as of now. An unknown one is reported, and kept: it must not widen the scope to everything.
    fn names(&mut self, things: &Things, names: Vec<Name>) -> Vec<String> {
        let mut now = Vec::new();
        for name in names {
            let own = self.own().book;
            let lineage = self.index.bases.names.of_things(things.unknown);
            // What is called so today may have had another name in the edition.
            let renamed = || {
                let is_same = |id: &&Id| lineage.now(&id.name) == lineage.now(&name.value);
                (things.all)(own).into_iter().map(|(id, _)| id).find(is_same)
            };
            let found = things.find(own, &name.value).or_else(renamed).map(|id| id.name.clone());
            if found.is_none() {
                let all = (things.all)(self.index.book).into_iter().map(|(id, _)| id);
                self.unknown(things.unknown, (things.a_noun)(), say!("the book"), &name, all);
            }
            now.push(found.unwrap_or(name.value));
        }
        now
    }

    fn unknown<'b>(
        &mut self,
        code: Code,
        noun: Message,
        place: Message,
        name: &Name,
        known: impl Iterator<Item = &'b Id> + Clone,
    ) {
        let shown: String = name.value.chars().take(80).collect();
        let help = match nearest(&name.value, known.clone().map(|id| id.name.as_str())) {
            Some(near) => say!("did you mean `{near}`?", near),
            None => match known.clone().count() {
                0 => say!("add it to {place}", place),
                1..=MAX_LISTED => say!("known: {words}; or add it to {place}", words = listed(known), place),
                _ => say!("add it to {place}", place),
            },
        };
        self.report(code, name.span, say!("`{name}` is not {what} of the book", name = shown, what = noun), help);
    }

    fn items(&mut self, entries: Vec<(Name, Option<AnswerDraft>)>, staff: Option<u32>) -> Vec<Item> {
        let mut items = Vec::with_capacity(entries.len());
        for (key, answer) in entries {
            let Some(answer) = answer else { continue };
            items.extend(self.item(&key, answer, staff));
        }
        items
    }

    fn item(&mut self, key: &Name, answer: AnswerDraft, staff: Option<u32>) -> Option<Item> {
        let (seen, detail) = match answer {
            AnswerDraft::Bare(seen) => (seen, None),
            AnswerDraft::Full(mut detail) => (detail.answer.take()?, Some(*detail)),
        };
        let Subject { standard, row, wording, judged_by, is_found, waits } = self.subject(key)?;
        if let Some(first) = self.seen.insert(standard, key.span) {
            self.seen.insert(standard, first);
            let message = say!("`{standard}` is answered twice in this record", standard = short(&key.value));
            let finding =
                Diagnostic::new(Code::BadAnswer, key.span, message).related(first, say!("it is answered here first"));
            self.findings.push(finding.help(say!("keep one of the two, or join them in a list of observations")));
            return None;
        }
        let measure = judged_by.and_then(|standard| standard.measure.as_ref());
        let is_known = judged_by.is_some();
        let is_word = matches!(seen.seen.as_slice(), [word] if word.value.parse::<Answer>().is_ok());
        let is_former = waits || is_known && !is_found;
        let former: Vec<String> =
            seen.seen.iter().filter(|_| is_former && !is_word).map(|seen| seen.value.clone()).collect();
        let outcome = match judge(seen.seen.iter().map(|seen| seen.value.as_str()), seen.is_list, measure) {
            Ok(outcome) => outcome,
            // A value cannot be judged by a standard that is gone; that it is gone has been said.
            Err(_) if !is_known && reads_as_value(&seen) => {
                Outcome { answer: Answer::NotObserved, passed: 0, observations: 0 }
            }
            // What the wording of that time says is asked of the past, where there is one; see `Audits::rejudge`.
            Err(wrong) if !former.is_empty() => {
                if !waits {
                    self.report(Code::BadAnswer, key.span, wrong.message, wrong.help);
                }
                Outcome { answer: Answer::NotObserved, passed: 0, observations: 0 }
            }
            Err(wrong) => {
                let span = seen.seen.get(wrong.index).map_or(seen.span, |wrong| wrong.span);
                self.report(Code::BadAnswer, span, wrong.message, wrong.help);
                return None;
            }
        };
        let why = detail.as_ref().and_then(|detail| detail.why.as_deref()).map_or("", str::trim);
        if outcome.answer == Answer::NotApplicable && why.is_empty() {
            let message = say!("`{standard}` is not applicable for no reason", standard = short(&key.value));
            let help = say!(
                "give the reason as in {example}",
                example = format!("`{}: {{answer: n/a, why: …}}`", short(&key.value))
            );
            self.report(Code::AnswerWithoutReason, seen.span, message, help);
        }
        let own = detail.as_ref().and_then(|detail| detail.staff.as_deref()).map(|code| self.staff(code, key.span));
        let mut detail = detail.and_then(|detail| self.detail(detail)).map(Box::new);
        if !former.is_empty() {
            detail.get_or_insert_default().observed = former;
        }
        let (key, staff) = (key.span.into(), own.or(staff));
        let Outcome { answer, passed, observations } = outcome;
        let (demand, seen) = (demand(measure), seen.span.into());
        let item = Item { standard, row, wording, answer, passed, observations, demand, staff, detail, key, seen };
        if waits {
            self.missing.waiting.push(item);
            return None;
        }
        Some(item)
    }

    /// The number of a code of staff.
    fn staff(&mut self, code: &str, span: Span) -> u32 {
        let known = self.tables.staff.list.len();
        let number = self.tables.staff.place(code.trim());
        if number as usize == known {
            self.person(NamedAs::Staff, code, span);
        }
        number
    }

    /// Keeps that somebody is named.
    pub(super) fn person(&mut self, part: NamedAs, name: &str, span: Span) {
        if !name.trim().is_empty() {
            self.people.push((part, name.trim().to_owned(), span));
        }
    }
}

/// Whether what was seen begins like a figure.
fn reads_as_value(seen: &SeenDraft) -> bool {
    seen.seen.iter().all(|seen| seen.value.trim().starts_with(|c: char| c.is_ascii_digit() || matches!(c, '-' | '+')))
}

fn listed<'b>(ids: impl Iterator<Item = &'b Id>) -> String {
    let ids: Vec<_> = ids.take(MAX_LISTED).map(|id| format!("`{}`", id.name)).collect();
    ids.join(", ")
}
